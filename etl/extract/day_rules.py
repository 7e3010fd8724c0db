"""What the rules for dates share: their shape, what they know of the page, and spans of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from etl.extract.day_words import Words
from etl.extract.mentions import Day

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
"""No date of a page lies outside; texts that count on and on ("200 years earlier") stop there."""


class Span(NamedTuple):
    """Days `first`..`last` inclusive, of a precision of `Day`."""

    first: date
    last: date
    precision: str


class Reading(NamedTuple):
    """What a rule makes of its words. `span` None: a date is meant, but nothing here says which."""

    span: Span | None
    basis: str = "stated"
    kind: str = "point"
    precision: str = "day"  # what an unknown span would have


@dataclass(slots=True)
class Page:
    """What the words of a date may refer to: the day of publication, and the points that the text gave last,
    by precision."""

    published: date | None
    given: dict[str, Day] = field(default_factory=dict)

    def remember(self, day: Day) -> None:
        """Keep a point for words like "a day earlier"; a finer one stands for the coarser ones as well."""
        if day.kind == "point" and day.first and day.precision in _COARSER:
            self.given.update(dict.fromkeys(_COARSER[day.precision], day))

    def reference(self, unit: str) -> Day | None:
        """Return the date from which "a day (week, month, year) earlier" counts: letters D K m y."""
        return self.given.get("year" if unit == "y" else "month")


_COARSER = {"day": ("month", "year"), "month": ("month", "year"), "year": ("year",)}


class Rule(NamedTuple):
    """A name, a pattern over the letters of `day_words`, and the reader of what it matches.

    `starts`: the letters with which a match may begin, so that most of a text is passed over at once. The
    reader gets the tokens start..end; None means that they are no date after all.
    """

    name: str
    starts: str
    pattern: str
    read: Callable[[Words, int, int, Page], Reading | None]


def day_span(day: date) -> Span:
    """Return one day."""
    return Span(day, day, "day")


def week_span(day: date) -> Span:
    """Return the week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6), "week")


def month_span(year: int, month: int) -> Span:
    """Return a month of a year."""
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def year_span(year: int) -> Span:
    """Return a year."""
    return Span(date(year, 1, 1), date(year, 12, 31), "year")


def months_before(day: date, months: int) -> date:
    """Return the same day some months ago (negative: ahead), at most the last day of that month."""
    index = max(EARLIEST.year * 12, min(LATEST.year * 12 + 11, day.year * 12 + day.month - 1 - months))
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def unit_span(day: date, unit: str) -> Span:
    """Return the calendar day, week, month or year (letters D K m y) that holds a day."""
    if unit == "D":
        return day_span(day)
    if unit == "K":
        return week_span(day)
    return month_span(day.year, day.month) if unit == "m" else year_span(day.year)


def shifted(day: date, unit: str, count: int) -> date:
    """Return the day `count` units (letters D K m y, U an hour) later, earlier if negative."""
    length = {"D": 1.0, "K": 7.0, "U": 1 / 24}.get(unit)
    if length:
        days = ceil(abs(count) * length)  # of hours, the days that they touch
        return max(EARLIEST, min(LATEST, day + timedelta(days=days if count > 0 else -days)))
    return months_before(day, -count * (12 if unit == "y" else 1))


def capped(span: Span, published: date | None) -> Span:
    """Return the part of a period that had passed when the page was made."""
    if published is None or span.last <= published or span.first > published:
        return span
    return Span(span.first, published, span.precision)


PRECISION = {"U": "day", "D": "day", "K": "week", "m": "month", "y": "year"}
