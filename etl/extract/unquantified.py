"""Seizures that a page tells without a figure."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract import status as st
from etl.extract.draft import LEAD, NEAR, Draft
from etl.extract.page import Page
from etl.extract.scenes import countries_of, lands_of, places_of
from etl.extract.sections import STORY, TITLE
from etl.extract.told_figures import figures_of


def without_figures(page: Page, statuses: Sequence[str]) -> list[Draft]:
    """The news of a page that gives no figure: its first sentence of a deed, a drug and a body, day or
    place."""
    titles = page.titles
    named = any(p.drugs for p in titles)
    done = any("seizure" in p.cues and p.drugs for p in titles)
    story = [i for i, p in enumerate(page.parts) if p.kind == STORY]
    lead = [i for i in story if st.says_something(page.parts[i])][:LEAD]
    fought = any(m.kind == "killed" for p in (*titles, *(page.parts[i] for i in lead)) for m in p.people)
    for index in sorted({*story[: NEAR + 1], *lead}):
        part = page.parts[index]
        deed = "seizure" in part.cues or (
            bool(part.bodies) and any(w.kind == "event_type" for w in part.means)
        )
        unsaid = "quantities" in part.cues
        if index in story[: NEAR + 1]:
            told = (deed and (bool(part.drugs) or named)) or (done and bool(part.drugs))
        else:
            told = unsaid and bool(part.drugs) and deed
        told = told or (fought and bool(part.drugs) and (deed or unsaid))  # what the shot left behind
        known = [page.parts[i] for i in story if i <= index]
        if statuses[index] == st.CURRENT and told and any(p.bodies or p.days or p.places for p in known):
            title = [f for i, p in enumerate(page.parts) if p.kind == TITLE for f in figures_of(page, i)]
            return [Draft(st.CURRENT, title, [index])]
    return []


def silent(page: Page, statuses: Sequence[str], drafts: Sequence[Draft], *, roundup: bool) -> list[Draft]:
    """Further seizures without a figure: another country's, or another place's in a round-up.

    Only sentences with a deed and a drug, which no figure has claimed; the first draft is the page's news.
    """
    current = [d for d in drafts if d.status == st.CURRENT]
    if not current:
        return []
    taken = {index for d in drafts for index in d.parts}
    told = [page.parts[i] for d in current for i in d.parts]
    countries = set().union(*map(countries_of, told)) or set().union(*map(lands_of, told))
    places = set().union(*(places_of(page.parts[i]) for d in current for i in d.parts))
    found: list[Draft] = []
    for index, part in enumerate(page.parts):
        if (
            index in taken
            or part.kind != STORY
            or statuses[index] != st.CURRENT
            or index < current[0].parts[0]
        ):
            continue
        if "seizure" not in part.cues or not part.drugs or part.quantities:
            continue
        here, lands = places_of(part), countries_of(part)
        if (roundup and here and not here & places) or (lands and countries and not lands & countries):
            found.append(Draft(st.CURRENT, [], [index]))
            places |= here
            countries |= lands
    return found


def opens(page: Page, draft: Draft) -> bool:
    """Whether a total is what the page opens with: then it is the news, and no seizure is missing."""
    story = [i for i, p in enumerate(page.parts) if p.kind == STORY and (p.quantities or p.cues)]
    return draft.status == st.TOTAL and bool(set(draft.parts) & set(story[:NEAR]))
