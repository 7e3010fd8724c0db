"""How each sentence stands to the news of its page: current, recalled, a total, or no seizure at all.

A page tells its news and then what came before: older seizures, the year's sums, how the trade works. Only
current sentences make incidents. Words decide first (`etl/vocabulary/story_cues.toml`), then dates: what lies
before the day of the news is recalled, unless the page is a round-up of some days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from etl.extract.mentions import Day
from etl.extract.page import Annotated, Page
from etl.extract.sections import STORY, TITLE
from etl.vocabulary import load

CURRENT, RECALLED, TOTAL, GENERAL = "current", "recalled", "total", "general"
FEATURE = "feature"

_LEAD = 2
"""The news stands in the first sentences: they say of what day it is and of what kind."""
_FRESH = timedelta(days=2)
"""Seizures at most this much older than the news may be news themselves, if no word says otherwise."""
_ROUNDUP = timedelta(days=8)
"""A weekly round-up and the days before it is printed."""
_OLD = timedelta(days=45)
"""News is told within weeks; a page that opens with an older day tells a story."""
_PERIOD = timedelta(days=9)
"""A span longer than this is a period, and what was seized in it a total."""
_LABEL = 8
"""A line of no more words may be a label: "Opinion", "The writer is a former police brigadier."."""
_NOT_DATES_OF_EVENTS = {"dateline", "timestamp"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What the page as a whole is: the day of its news, a round-up or not, a total's or a court's page.

    `slack`: how much older than the anchor a seizure of the news may be.
    """

    anchor: date | None
    slack: timedelta
    roundup: bool
    of_days: bool  # a round-up of a week or so: what has no day of its own happened in it
    mood: str  # "" | total | court | destruction | feature
    day: Day | None = None  # the words that gave the anchor


def frame(page: Page) -> Frame:
    """Read the frame of a page from its headline and lead."""
    lead = _lead(page)
    cues = frozenset().union(*(part.cues for part in lead)) if lead else frozenset()
    day = _first_day([d for part in lead if "recalled" not in part.cues for d in part.days])
    if day and day.last and page.published and page.published - day.last > _OLD:
        day = None  # a page that opens with an old story is no news of it
    stated = day.last if day else None
    anchor = stated or page.published
    plain = Frame(anchor, _FRESH, roundup=False, of_days=False, mood="")
    of_days = "roundup_of_days" in cues or _numbered(page)
    roundup = of_days or "roundup" in cues
    mood = ""
    if any("destruction" in part.cues and not _seizes(part) for part in lead[:2]):
        mood = "destruction"
    elif not roundup and _tells_totals(lead, plain):
        mood = TOTAL
    elif _is_of_court(lead, plain):
        mood = "court"
    elif any("destruction" in part.cues and not _seizes(part) for part in lead):
        mood = "destruction"
    elif _argues(page, lead, plain):
        mood = FEATURE
    slack = _FRESH if stated and not of_days else _ROUNDUP
    return Frame(anchor, slack, roundup, of_days, mood, day)


def statuses(page: Page, setting: Frame) -> list[str]:
    """Return the status of each part of the page."""
    found: list[str] = []
    story = 0
    before: Annotated | None = None
    for part in page.parts:
        story += part.kind == STORY and says_something(part)
        own, by_itself = _status(part, setting, first=story <= 1)
        same_line = before is not None and before.sentence.line == part.sentence.line
        if not by_itself and same_line and found and found[-1] in {RECALLED, TOTAL}:
            own = found[-1]
        found.append(own)
        before = part
    return found


def point_days(days: Sequence[Day]) -> list[Day]:
    """Return the mentions that may date an event: known, one point in time, no byline."""
    return [d for d in days if d.kind == "point" and d.first and d.rule not in _NOT_DATES_OF_EVENTS]


def is_fresh(part: Annotated, setting: Frame) -> bool:
    """Whether a sentence is dated by itself and not before the news; a weekday that can't be resolved
    counts."""
    unresolved = any(d.kind == "point" and d.precision == "day" and not d.first for d in part.days)
    return unresolved or _by_date(part, setting) == CURRENT


def _status(part: Annotated, setting: Frame, *, first: bool) -> tuple[str, bool]:
    """The status of one sentence, and whether its own words gave it (else a neighbour's may stand for it)."""
    if setting.mood in {"court", "destruction"}:
        return (TOTAL if setting.mood == "court" and _spans_long(part) else RECALLED), True
    if "denied" in part.cues:
        return GENERAL, True
    by_date = _by_date(part, setting)
    verdict = ""
    if _spans_long(part) or (by_date != CURRENT and _is_total(part, setting)):
        verdict = TOTAL
    elif not first and _recalls(part, setting):
        verdict = RECALLED
    counts = bool(part.quantities) or "seizure" in part.cues
    if not verdict and not first and _names_a_past_month(part):
        verdict = RECALLED
    if not verdict and not by_date and counts:
        verdict = {TOTAL: TOTAL, FEATURE: RECALLED}.get(setting.mood, "")
    verdict = verdict or by_date
    if verdict:
        return verdict, True
    if "general" in part.cues and not part.quantities:
        return GENERAL, False
    return CURRENT, "another" in part.cues


def _recalls(part: Annotated, setting: Frame) -> bool:
    """Whether words put the sentence before the news; reported speech moves its verbs back without meaning
    it."""
    if "recalled" in part.cues or ("days_before" in part.cues and not setting.roundup):
        return True
    back = next((m.start for m in part.marks if "past_of_past" in m.value), None)
    return back is not None and not any("speech" in m.value and m.start < back for m in part.marks)


def _by_date(part: Annotated, setting: Frame) -> str:
    """What the dates of a sentence say: current, recalled, or nothing ("")."""
    known = point_days(part.days)
    fine = [d.last for d in known if d.precision in {"day", "week"} and d.last]
    if not known or setting.anchor is None:
        return ""
    if fine:
        return CURRENT if max(fine) >= setting.anchor - setting.slack else RECALLED
    coarse = known[0]
    within = coarse.first and coarse.last and coarse.first <= setting.anchor <= coarse.last
    return "" if within else RECALLED


def _names_a_past_month(part: Annotated) -> bool:
    """Whether a page without a date says "in July": a month that it has to name is not the news' own."""
    return any(d.kind == "point" and d.precision in {"month", "year"} and not d.first for d in part.days)


def _spans_long(part: Annotated) -> bool:
    """Whether a figure stands beside a period, or a year and no place of its own: a total whoever speaks
    when."""
    if not part.quantities or "superlative" in part.cues:
        return False
    if _names_a_period(part) or "span" in part.cues:
        return True
    return any(d.precision == "year" for d in part.days) and not _is_local(part)


def _is_local(part: Annotated) -> bool:
    """Whether the sentence names a place finer than a country."""
    named = (mention.likeliest for mention in part.places if mention.role != "dateline")
    return any(place.precision != "country" for place in named if place)


def _is_total(part: Annotated, setting: Frame) -> bool:
    if "superlative" in part.cues:
        return False
    if _names_a_period(part) or "span" in part.cues:
        return True
    if "several" in part.cues:
        return False  # the sum of seizures told apart, not of a period
    if "total" in part.cues:
        return True
    coarse = any(d.precision in {"year", "month"} and d.kind == "point" for d in part.days)
    coarse = coarse or "spans_of_time" in part.cues
    return "perhaps_total" in part.cues and (coarse or setting.mood == TOTAL)


def _names_a_period(part: Annotated) -> bool:
    """Whether the sentence names a long span; "in recent years" beside a day is mere background, "in seven
    months" is not.
    """
    dated = any(d.precision == "day" for d in point_days(part.days))
    return any(_is_period(part, d) and (d.first or not dated or d.rule == "duration") for d in part.days)


def _is_period(part: Annotated, day: Day) -> bool:
    if day.kind != "period":
        return False
    if day.first is None or day.last is None:
        words = part.words_of(day)
        within = day.rule != "duration" or words.startswith(_within())
        return within and not _long_units().isdisjoint(words.split())
    return day.last - day.first > _PERIOD


@cache
def _within() -> tuple[str, ...]:
    return tuple(f"{word} " for word in load("story_cues")["within"]["words"])


@cache
def _long_units() -> frozenset[str]:
    return frozenset(load("story_cues")["long_units"]["words"])


def _tells_totals(lead: Sequence[Annotated], plain: Frame) -> bool:
    """Whether the headline or the first sentence gives a total, and no seizure of these days stands beside
    it."""
    opening = [p for p in lead if p.kind == TITLE] + [p for p in lead if p.kind == STORY][:1]
    if not any(_spans_long(part) or _is_total(part, plain) for part in opening):
        return False
    fresh = [p for p in lead if _seizes(p) and not _spans_long(p) and _by_date(p, plain) == CURRENT]
    return not any(not _is_total(part, plain) for part in fresh)


def _is_of_court(lead: Sequence[Annotated], plain: Frame) -> bool:
    """Whether the page opens with a court and no seizure of these days; what a headline tells decides."""
    title = frozenset().union(*(part.cues for part in lead if part.kind == TITLE))
    if "court" in title and "seizure" not in title:
        return True
    fresh = any(_seizes(part) and _by_date(part, plain) != RECALLED for part in lead[:2])
    return any("court" in part.cues for part in lead[:2]) and not fresh


def _seizes(part: Annotated) -> bool:
    return "seizure" in part.cues and bool(part.quantities)


def _argues(page: Page, lead: Sequence[Annotated], plain: Frame) -> bool:
    """Whether the page is an opinion or a feature: it says so on a line of its own, or its headline asks and
    its lead tells nothing of these days.
    """
    lines = [part for part in page.parts if part.kind == STORY and len(part.words.split()) <= _LABEL]
    asks = bool(page.titles) and page.titles[-1].words.rstrip().endswith("?")
    fresh = any((p.people or "seizure" in p.cues) and _by_date(p, plain) == CURRENT for p in lead)
    labels = (m for p in lines for m in p.marks if "feature" in m.value and m.start == p.sentence.start)
    return (asks and not fresh) or any(True for _ in labels)


def _lead(page: Page) -> list[Annotated]:
    told = [part for part in page.parts if part.kind == STORY and says_something(part)]
    return page.titles + told[:_LEAD]


def says_something(part: Annotated) -> bool:
    """Not a byline or a timestamp: a sentence with a deed, a figure, a drug or a body in it."""
    return bool(part.cues or part.quantities or part.drugs or part.bodies)


def _first_day(days: Sequence[Day]) -> Day | None:
    return next((d for d in point_days(days) if d.precision == "day"), None)


def _numbered(page: Page) -> bool:
    """Whether the story is a numbered list: at least three lines that begin with 1) 2) 3)."""
    starts = [page.text.folded[p.sentence.start : p.sentence.start + 4].strip() for p in page.parts]
    return sum(s[:1].isdigit() and s.lstrip("0123456789")[:1] in {")", "."} for s in starts) > _LEAD
