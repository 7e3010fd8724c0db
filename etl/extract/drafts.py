"""Which sentences and figures tell of one seizure: the grouping at the heart of the extractor.

Sentences are read in order. A figure that repeats one already told belongs to that seizure; one of another
drug or measure belongs to the seizure being told; another figure of the same drug, another place or a word
such as "separately" begins the next. A figure that is the sum of others is their total, not a seizure.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract import clauses
from etl.extract import status as st
from etl.extract.attach import attach
from etl.extract.draft import NEAR, Draft
from etl.extract.drugs import VAGUE
from etl.extract.loads import Figure, same_figure, sum_of
from etl.extract.older import demote
from etl.extract.page import Annotated, Page
from etl.extract.scenes import places_of, scenes_of, set_elsewhere
from etl.extract.sections import CAPTION, STORY, SUMMARY, TITLE
from etl.extract.sums import find_sums, split, without_first_parts
from etl.extract.told_figures import conflicting, figures_of
from etl.extract.unquantified import opens, silent, without_figures


def group(page: Page, statuses: Sequence[str], setting: st.Frame) -> list[Draft]:
    """Return the drafts of a page in the order in which it tells them."""
    drafts: list[Draft] = []
    scenes = scenes_of(page, statuses)
    for index, part in enumerate(page.parts):
        if part.kind == STORY and statuses[index] != st.GENERAL:
            for figures in _sets(page, index):
                _place(page, drafts, statuses[index], figures, scenes)
    for draft in drafts[:]:
        drafts += split(draft)
    drafts = without_first_parts(page, drafts)
    _add_repeats(page, drafts)
    if not setting.mood and not any(d.status == st.CURRENT or opens(page, d) for d in drafts):
        drafts += without_figures(page, statuses)
    if not setting.mood:
        drafts += silent(page, statuses, drafts, roundup=setting.roundup)
    attach(page, statuses, drafts, scenes)
    demote(page, drafts, setting)
    find_sums(page, drafts)
    _share_sentences(page, drafts)
    return sorted(drafts, key=lambda d: (d.parts[0], d.figures[0].index if d.figures else -1))


def _sets(page: Page, index: int) -> list[list[Figure]]:
    """The figures of one sentence, a set for each seizure that it tells of."""
    sets: list[list[Figure]] = []
    last_end = 0
    for figure_ in figures_of(page, index):
        quantity = page.quantities[figure_.index]
        part = page.parts[index]
        conflict = bool(sets) and any(conflicting(figure_, other) for other in sets[-1])
        if not sets or (conflict and _next_begins(part, last_end, quantity.start)):
            sets.append([])
        sets[-1].append(figure_)
        last_end = quantity.end
    return sets


def _next_begins(part: Annotated, start: int, end: int) -> bool:
    """Whether another seizure begins between two figures of a sentence: a place, or "in the second
    attempt"."""
    places = any(start <= p.start < end and p.role in {"at", "near", ""} for p in part.places)
    return places or any(start <= m.start < end and "another" in m.value for m in part.marks)


def _place(
    page: Page,
    drafts: list[Draft],
    status: str,
    figures: list[Figure],
    scenes: Sequence[frozenset[str]],
) -> None:
    index = figures[0].part
    here = [d for d in drafts if not set_elsewhere(scenes, d, index) and not _is_another(page, d, index)]
    told = [d for d in here if _told_before(d, figures)]
    target = next((d for d in told if d.status == status), None)
    if target is None and status == st.TOTAL:
        target = next(iter(told), None)  # the lead gave the sum as if it were news
        if target:
            target.status = st.TOTAL
    alike = [d for d in drafts if d.status == status]
    if target is None and alike and _continues(page, alike[-1], index, figures, scenes):
        target = alike[-1]
    if target is None:
        target = Draft(status)
        drafts.append(target)
    target.figures += figures
    target.add(index)


def _is_another(page: Page, draft: Draft, index: int) -> bool:
    """Whether "in a separate operation" and a place of its own tell a seizure with the same figure apart."""
    here = places_of(page.parts[index])
    if "another" not in page.parts[index].cues or not here or index in draft.parts:
        return False
    return not here & set().union(*(places_of(page.parts[i]) for i in draft.parts))


def _told_before(draft: Draft, figures: Sequence[Figure]) -> bool:
    return any(same_figure(new, old) for new in figures for old in draft.figures)


def _continues(
    page: Page, draft: Draft, index: int, figures: Sequence[Figure], scenes: Sequence[frozenset[str]]
) -> bool:
    """Whether figures of another drug or measure go on telling of the draft's seizure."""
    if (
        index - draft.parts[-1] > NEAR
        or "another" in page.parts[index].cues
        or set_elsewhere(scenes, draft, index)
    ):
        return False
    if page.first_of_several <= index and index not in draft.parts:
        before = set().union(*(places_of(page.parts[f.part]) for f in draft.figures if f.told))
        if places_of(page.parts[index]) - before:
            return False
    rivals = [old for old in draft.figures if any(conflicting(new, old) for new in figures)]
    return all(old.drug in VAGUE and sum_of(old, figures) for old in rivals)


def _share_sentences(page: Page, drafts: Sequence[Draft]) -> None:
    """Tell each of several drafts of one sentence which figures in it are its own."""
    found: dict[int, list[tuple[clauses.Span, Draft]]] = {}
    for draft in drafts:
        for index in draft.parts:
            here = [page.quantities[f.index] for f in draft.figures if f.part == index]
            if here:
                span = min(q.start for q in here), max(q.end for q in here)
                found.setdefault(index, []).append((span, draft))
    for index, sharing in found.items():
        if len(sharing) > 1:
            sharing.sort(key=lambda item: item[0])
            spans = [span for span, _ in sharing]
            for which, (_, draft) in enumerate(sharing):
                draft.shared[index] = (spans, which)


def _add_repeats(page: Page, drafts: Sequence[Draft]) -> None:
    """Let headline, captions and summaries confirm what the story tells; they tell of nothing by
    themselves."""
    for index, part in enumerate(page.parts):
        if part.kind not in {TITLE, CAPTION, SUMMARY}:
            continue
        for new in figures_of(page, index):
            for draft in drafts:
                if draft.status != st.RECALLED and any(same_figure(new, old) for old in draft.figures):
                    draft.figures.append(new)
                    if part.kind == TITLE:
                        draft.add(index)
                    break
