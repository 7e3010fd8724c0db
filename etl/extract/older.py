"""Seizures that no word calls recalled, but that their place in the page, their land or date does."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract import status as st
from etl.extract.draft import LEAD, NEAR, Draft
from etl.extract.page import Annotated, Page
from etl.extract.scenes import lands_of
from etl.extract.sections import STORY, TITLE


def demote(page: Page, drafts: Sequence[Draft], setting: st.Frame) -> None:
    """Call recalled what no word calls so: seizures that a page without one in its lead comes to, and another
    country's without a day of its own, in a page that is no round-up.
    """
    current = [d for d in drafts if d.status == st.CURRENT]
    if not current:
        return
    told = [i for i, part in enumerate(page.parts) if part.kind == STORY and st.says_something(part)]
    main = current[0]
    deed = any(_acts(part) for part in page.titles) or _told_of(page, told[:LEAD])
    anchors = {f.part for f in main.figures} or set(main.parts)
    early = any(page.parts[i].drugs for i in told[:NEAR]) or any(part.drugs for part in page.titles)
    in_lead = early and bool(anchors & {*told[:LEAD], *(i for i in anchors if page.parts[i].kind == TITLE)})
    home = set().union(*(lands_of(page.parts[i]) for i in main.parts))
    for draft in current:
        parts = [page.parts[i] for i in draft.parts]
        if not deed and not _told_of(page, draft.parts):
            draft.status = st.RECALLED
            continue
        if any(st.is_fresh(part, setting) for part in parts):
            continue
        if (
            draft is not main
            and not setting.of_days
            and any(_dated_coarsely(page.parts[f.part]) for f in draft.figures)
        ):
            draft.status = st.RECALLED  # "in mid-June", on a page whose news has a day
            continue
        named = (lands_of(page.parts[f.part]) for f in draft.figures if draft is not main)
        abroad: set[str] = set().union(*named)
        elsewhere = bool(abroad and home) and not abroad & home
        another = any("another" in page.parts[f.part].cues for f in draft.figures)
        if not in_lead or (elsewhere and not setting.roundup and not another):
            draft.status = st.RECALLED


def _dated_coarsely(part: Annotated) -> bool:
    return any(d.precision in {"month", "year"} for d in st.point_days(part.days))


def _told_of(page: Page, parts: Sequence[int]) -> bool:
    return any(_acts(page.parts[i]) for i in parts)


def _acts(part: Annotated) -> bool:
    """Whether a sentence has a deed or somebody who may do it."""
    held = any(persons.kind == "arrested" for persons in part.people)
    return held or bool({"seizure", "tried"} & part.cues) or any(b.role == "seizing" for b in part.bodies)
