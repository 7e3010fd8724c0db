"""Which sentences and figures tell of one seizure: the grouping at the heart of the extractor.

Sentences are read in order. A figure that repeats one already told belongs to that seizure; one of another
drug
or measure belongs to the seizure being told; another figure of the same drug, another place or a word such as
"separately" begins the next. A figure that is the sum of others is their total, not a seizure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.extract import status as st
from etl.extract.drugs import VAGUE, agree
from etl.extract.loads import Figure, figure, same_figure, sum_of
from etl.extract.mentions import Quantity
from etl.extract.page import Annotated, Page
from etl.extract.sections import CAPTION, STORY, SUMMARY, TITLE
from etl.vocabulary import load
from geo.gazetteer import by_id

_NEAR = 3
"""A seizure is told in neighbouring sentences: figures further apart don't complete each other."""


@dataclass
class Draft:
    """One seizure (or total) in the making. `parts` are indices into Page.parts, in the order of the page."""

    status: str
    figures: list[Figure] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    is_sum: bool = False  # the sum of seizures told apart on the same page
    parent: Draft | None = None  # the sum that this one is part of

    def add(self, index: int) -> None:
        if index not in self.parts:
            self.parts.append(index)
            self.parts.sort()


def group(page: Page, statuses: Sequence[str]) -> list[Draft]:
    """Return the drafts of a page in the order in which it tells them."""
    drafts: list[Draft] = []
    for index, part in enumerate(page.parts):
        if part.kind == STORY and statuses[index] != st.GENERAL:
            for figures in _sets(page, index):
                _place(page, drafts, statuses[index], index, figures)
    for draft in drafts[:]:
        drafts += _split(draft)
    _find_sums(page, drafts)
    _add_repeats(page, drafts)
    if not any(d.status == st.CURRENT and not d.is_sum for d in drafts):
        drafts += _without_figures(page, statuses)
    _attach(page, statuses, drafts)
    return sorted(drafts, key=lambda d: (d.parts[0], d.figures[0].index if d.figures else -1))


def _sets(page: Page, index: int) -> list[list[Figure]]:
    """The figures of one sentence, a set for each seizure that it tells of."""
    sets: list[list[Figure]] = []
    last_end = 0
    for figure_ in _figures(page, index):
        quantity = page.quantities[figure_.index]
        part = page.parts[index]
        conflict = bool(sets) and any(_conflict(figure_, other) for other in sets[-1])
        if not sets or (conflict and _place_between(part, last_end, quantity.start)):
            sets.append([])
        sets[-1].append(figure_)
        last_end = quantity.end
    return sets


def _figures(page: Page, index: int) -> list[Figure]:
    part = page.parts[index]
    found = []
    for position in part.quantities:
        quantity = page.quantities[position]
        if quantity.role == "load" and _is_drugs(quantity, part, page):
            made = figure(position, index, quantity)
            if made:
                found.append(made)
    return found


def _is_drugs(quantity: Quantity, part: Annotated, page: Page) -> bool:
    """Whether a quantity may be of drugs: tablets are; a weight needs a drug near; packages need it
    beside."""
    measure = load("units").get(quantity.unit, {}).get("measure", "")
    if quantity.drug or measure == "tablets":
        return True
    return measure == "mass" and (bool(part.drugs) or "seizure" in part.cues or quantity.tied_to is not None)


def _conflict(one: Figure, other: Figure) -> bool:
    """Two figures that can't both describe one load: same drug and measure, different numbers."""
    return one.measure == other.measure and agree(one.drug, other.drug) and not same_figure(one, other)


def _place_between(part: Annotated, start: int, end: int) -> bool:
    return any(start <= place.start < end and place.role in {"at", "near", ""} for place in part.places)


def _place(page: Page, drafts: list[Draft], status: str, index: int, figures: list[Figure]) -> None:
    same_kind = [d for d in drafts if d.status == status]
    target = next((d for d in same_kind if _repeats(page, d, figures, index)), None)
    if target is None and same_kind and _continues(page, same_kind[-1], index, figures):
        target = same_kind[-1]
    if target is None:
        target = Draft(status)
        drafts.append(target)
    target.figures += figures
    target.add(index)


def _repeats(page: Page, draft: Draft, figures: Sequence[Figure], index: int) -> bool:
    if _elsewhere(page, draft, index):
        return False
    return any(same_figure(new, old) for new in figures for old in draft.figures)


def _continues(page: Page, draft: Draft, index: int, figures: Sequence[Figure]) -> bool:
    """Whether figures of another drug or measure go on telling of the draft's seizure."""
    if (
        index - draft.parts[-1] > _NEAR
        or "another" in page.parts[index].cues
        or _elsewhere(page, draft, index)
    ):
        return False
    return not any(_conflict(new, old) for new in figures for old in draft.figures)


def _elsewhere(page: Page, draft: Draft, index: int) -> bool:
    """Whether the sentence is set in another governorate or place than the draft."""
    here = _spots(page.parts[index])
    there = set().union(*(_spots(page.parts[p]) for p in draft.parts))
    return index not in draft.parts and bool(here) and bool(there) and not here & there


def _spots(part: Annotated) -> set[str]:
    """The governorates (of places without one: the places) at which a sentence is set; countries don't
    count."""
    spots = set()
    for mention in part.places:
        if mention.role in {"at", "near"} and mention.place_ids:
            place = by_id(mention.place_ids[0])
            if place.precision != "country":
                spots.add(place.admin1_code or place.place_id)
    return spots


def _split(draft: Draft) -> list[Draft]:
    """Take the parts of a sum that stands with them in one sentence out into drafts of their own."""
    for total in draft.figures:
        rivals = [f for f in draft.figures if _conflict(total, f) and f.drug not in VAGUE]
        parts = sum_of(total, rivals)
        if parts and len({f.drug for f in parts} - VAGUE) <= 1:
            draft.figures = [f for f in draft.figures if f not in parts]
            return [Draft(draft.status, [f], [f.part]) for f in parts]
    return []


def _find_sums(page: Page, drafts: list[Draft]) -> None:
    """Mark drafts whose figure is the sum of others' and drop a weight that is the sum of its own loads."""
    for draft in drafts:
        for total in draft.figures[:]:
            own = [f for f in draft.figures if f is not total and f.drug not in VAGUE]
            if len({f.drug for f in sum_of(total, own)}) > 1:
                draft.figures.remove(total)
    for draft in drafts:
        others = [d for d in drafts if d is not draft and d.status == draft.status and d.figures]
        for total in draft.figures:
            of = sum_of(total, [_alike(d, total) or total for d in others])
            several = "several" in page.parts[total.part].cues and [
                f
                for d in others
                if (f := _alike(d, total)) and f.part >= total.part and f.middle < total.middle
            ]
            members = of or several
            if members:
                draft.is_sum = True
                for other in others:
                    if any(f in members for f in other.figures):
                        other.parent = draft


def _alike(draft: Draft, total: Figure) -> Figure | None:
    return next((f for f in draft.figures if f.measure == total.measure and agree(f.drug, total.drug)), None)


def _add_repeats(page: Page, drafts: Sequence[Draft]) -> None:
    """Let headline, captions and summaries confirm what the story tells; they tell of nothing by
    themselves."""
    for index, part in enumerate(page.parts):
        if part.kind not in {TITLE, CAPTION, SUMMARY}:
            continue
        for new in _figures(page, index):
            for draft in drafts:
                if draft.status != st.RECALLED and any(same_figure(new, old) for old in draft.figures):
                    draft.figures.append(new)
                    if part.kind == TITLE:
                        draft.add(index)
                    break


def _without_figures(page: Page, statuses: Sequence[str]) -> list[Draft]:
    """The news of a page that gives no figure: its first sentence of a deed, a drug and a body, day or
    place."""
    named = any(p.drugs for p in page.parts if p.kind == TITLE)
    story = [i for i, p in enumerate(page.parts) if p.kind == STORY]
    for index in story[: _NEAR + 1]:
        part = page.parts[index]
        told = statuses[index] == st.CURRENT and "seizure" in part.cues and (part.drugs or named)
        if told and (part.bodies or part.days or part.places):
            title = [f for i, p in enumerate(page.parts) if p.kind == TITLE for f in _figures(page, i)]
            return [Draft(st.CURRENT, title, [index])]
    return []


def _attach(page: Page, statuses: Sequence[str], drafts: Sequence[Draft]) -> None:
    """Give every other sentence of the story to the draft that it goes on telling of."""
    current = [d for d in drafts if d.status == st.CURRENT]
    for index, part in enumerate(page.parts):
        if part.kind != STORY or any(index in d.parts for d in drafts):
            continue
        if statuses[index] == st.CURRENT and current:
            before = [d for d in current if d.parts and min(_told(d, page)) < index]
            (before[-1] if before else current[0]).add(index)
        elif statuses[index] in {st.RECALLED, st.TOTAL}:
            line = [
                d
                for d in drafts
                if d.status == statuses[index]
                and any(page.parts[p].sentence.line == part.sentence.line for p in d.parts)
            ]
            if line:
                line[-1].add(index)


def _told(draft: Draft, page: Page) -> list[int]:
    return [p for p in draft.parts if page.parts[p].kind == STORY] or draft.parts
