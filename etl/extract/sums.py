"""Totals and their parts: a figure that is the sum of others is no seizure, and its parts are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from etl.extract import status as st
from etl.extract.draft import NEAR, Draft
from etl.extract.drugs import VAGUE
from etl.extract.loads import Figure, may_hold, same_figure, sum_of
from etl.extract.page import Page
from etl.extract.scenes import spots_of
from etl.extract.told_figures import conflicting, counterpart

_MONTH = timedelta(days=31)
"""Attempts told apart in a statement lie within a month."""
_ROUNDING = 0.02
"""A rounded total may fall this much short of its parts."""


def split(draft: Draft) -> list[Draft]:
    """Take the parts of a sum that stands with them in one sentence out into drafts of their own."""
    for total in draft.figures:
        rivals = [f for f in draft.figures if conflicting(total, f) and f.drug not in VAGUE]
        parts = sum_of(total, rivals)
        if parts and len({f.drug for f in parts} - VAGUE) <= 1:
            draft.figures = [f for f in draft.figures if f not in parts]
            return [Draft(draft.status, [f], [f.part]) for f in parts]
    return []


def without_first_parts(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give a part that a later "all in all" includes to that total: "the first was stopped with 200,000"."""
    kept: list[Draft] = []
    for draft, following in zip(drafts, [*drafts[1:], None], strict=False):
        if following is not None and _includes(page, following, draft):
            following.parts = sorted({*following.parts, *draft.parts})
        else:
            kept.append(draft)
    return kept


def _includes(page: Page, later: Draft, draft: Draft) -> bool:
    if len(draft.figures) != 1 or draft.status != later.status or later.parts[0] - draft.parts[-1] > NEAR:
        return False
    part, cues = draft.figures[0], page.parts[later.parts[0]].cues
    if "part" not in page.parts[part.part].cues or "in_all" not in cues:
        return False
    whole = counterpart(later, part)
    return whole is not None and whole.middle > part.middle


def find_sums(page: Page, drafts: list[Draft]) -> None:
    """Mark drafts whose figure is the sum of others' and drop a weight that is the sum of its own loads."""
    for draft in drafts:
        for total in draft.figures[:]:
            own = [f for f in draft.figures if f.drug not in VAGUE and not same_figure(f, total)]
            known = {f.index for f in own}
            own += [f for f in draft.figures if f.drug not in VAGUE | {total.drug} and f.index not in known]
            if len({f.drug for f in sum_of(total, own)}) > 1:
                draft.figures = [f for f in draft.figures if f in own or not same_figure(f, total)]
    for draft in sorted(drafts, key=lambda d: -max((f.middle for f in d.figures), default=0.0)):
        if draft.parent:
            continue
        others = [d for d in drafts if d is not draft and d.figures]
        for total in draft.figures:
            near = [d for d in others if d.status == draft.status or _may_open(draft, d)]
            smaller = _smaller(total, near)
            members = _exact_parts(page, draft, total, smaller, others) or _told_apart(page, total, smaller)
            if not members and not _over_regions(page, draft, total):
                continue
            draft.is_sum = True
            for other in others:
                if any(f in members for f in other.figures):
                    other.parent = draft
                    if draft.status == st.CURRENT or (draft.status == st.TOTAL and _of_attempts(page, draft)):
                        other.status = st.CURRENT  # a sum of some weeks: its parts are the news


def _may_open(total: Draft, part: Draft) -> bool:
    """Whether a total of a period may be of seizures that the page tells as its news."""
    return total.status == st.TOTAL and part.status == st.CURRENT


def _smaller(total: Figure, drafts: Sequence[Draft]) -> list[Figure]:
    return [f for d in drafts if (f := counterpart(d, total)) and f.middle < total.middle]


def _exact_parts(
    page: Page, draft: Draft, total: Figure, smaller: Sequence[Figure], others: Sequence[Draft]
) -> tuple[Figure, ...]:
    """Figures that add up to a total; older ones only where the total is said to be of several seizures."""
    found = sum_of(total, smaller)
    several = any("several" in page.parts[i].cues for i in draft.parts)
    if found or draft.status != st.CURRENT or total.qualifier != "exact" or not several:
        return found
    return sum_of(total, _smaller(total, [d for d in others if d.status != st.TOTAL]))


def _of_attempts(page: Page, draft: Draft) -> bool:
    """Whether a total is of a few attempts or cases told apart, not of a year's work."""
    told = [page.parts[i] for i in draft.parts]
    days = [d for part in told for d in part.days if d.kind == "period" and d.first and d.last]
    short = all(d.first and d.last and d.last - d.first <= _MONTH for d in days)
    return short and any("several" in part.cues for part in told)


def _told_apart(page: Page, total: Figure, alike: Sequence[Figure]) -> list[Figure]:
    """The parts that follow a figure "in five cases", or that are told as "the largest", "a third case"."""
    later = [f for f in alike if f.part > total.part]
    if "part" in page.parts[total.part].cues or not later:
        return []
    if "several" in page.parts[total.part].cues:
        few = sum(f.middle for f in later) <= total.middle * (1 + _ROUNDING)
        return later if few or may_hold(total, later) else []
    counted = any({"part", "another"} & page.parts[f.part].cues for f in later)
    return later if counted and may_hold(total, later) else []


def _over_regions(page: Page, draft: Draft, total: Figure) -> bool:
    """Whether a figure is given for several attempts in several governorates at once."""
    told = [page.parts[i] for i in draft.parts if i <= total.part]
    return any("several" in part.cues and len(spots_of(part)) > 1 for part in told)
