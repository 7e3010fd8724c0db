"""Which sentences without a figure go on telling of which seizure."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract import status as st
from etl.extract.draft import NEAR, Draft, told
from etl.extract.page import Annotated, Page
from etl.extract.scenes import set_elsewhere
from etl.extract.sections import STORY

_HEADING = 8
"""A line of no more words than this and without a full stop is a heading."""


def attach(
    page: Page, statuses: Sequence[str], drafts: Sequence[Draft], scenes: Sequence[frozenset[str]]
) -> None:
    """Give every other sentence of the story to the draft that it goes on telling of."""
    taken = {index for d in drafts for index in d.parts}
    beginnings = {d: min(told(d, page)) for d in drafts}
    left_off = False  # behind background, or under the heading of another story
    for index, part in enumerate(page.parts):
        if part.kind != STORY:
            continue
        if index in taken:
            left_off = left_off and statuses[index] != st.CURRENT
            continue
        if statuses[index] != st.CURRENT:
            left_off = True
        alike = [d for d in drafts if d.status == statuses[index] and not set_elsewhere(scenes, d, index)]
        before = [d for d in alike if beginnings[d] < index]
        behind = [d for d in alike if beginnings[d] > index]
        line = part.sentence.line
        if "another" in part.cues and part.days and behind and beginnings[behind[0]] - index < NEAR:
            behind[0].add(index)
        elif _is_heading(part) and before:
            own = _under(page, index, drafts)
            left_off = own is None
            if own in alike:
                own.add(index)
        elif before and page.parts[max(before[-1].parts)].sentence.line == line:
            before[-1].add(index)
        elif behind and page.parts[beginnings[behind[0]]].sentence.line == line:
            behind[0].add(index)
        elif statuses[index] == st.CURRENT and alike and (not left_off or _goes_on(part)):
            (before[-1] if before else behind[0]).add(index)


def _under(page: Page, heading: int, drafts: Sequence[Draft]) -> Draft | None:
    """The draft told first under a heading, before the next one."""
    for index in range(heading + 1, len(page.parts)):
        found = next((d for d in drafts if index in d.parts), None)
        if found is not None:
            return found
        if _is_heading(page.parts[index]):
            return None
    return None


def _is_heading(part: Annotated) -> bool:
    """A short line without a full stop, between paragraphs."""
    words = part.words.split()
    return 1 < len(words) <= _HEADING and part.words.rstrip()[-1:] not in {".", "!", "?", ":", ";", '"'}


def _goes_on(part: Annotated) -> bool:
    """Whether a sentence behind the background still tells of the news: arrests, or a fresh day."""
    return bool(part.people) or bool(part.means and part.bodies)
