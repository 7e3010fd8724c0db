"""Dates of the Islamic calendar: "14 ربيع الأول 1447", "20/2/1437هـ", "12 Ramadan 1444 AH", "شهر رمضان".

Converted by the Umm al-Qura calendar, the civil one of Saudi Arabia; a sighting of the moon elsewhere may
differ by a day. Where a Gregorian date stands beside ("الموافق 5 مارس 2024"), it is taken.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from hijridate import Gregorian, Hijri

from etl.extract.day_calendar import DATE, DATE_STARTS, WEEKDAY, parts, resolve
from etl.extract.day_rules import Page, Reading, Rule, Span, capped
from etl.extract.day_words import Words

MONTH = r"(?:m[Of]?)?r?H"
HIJRI_YEAR = r"(?:[,/-]?[Ofi]?y?hA?)"
HIJRI = rf"(?:JA?|[do][Of]?r?[/-]?{MONTH}{HIJRI_YEAR}?|{MONTH}r?d{HIJRI_YEAR})"
_AND = r"G?[)]?[,(/=-]{0,2}q?D?[:,(]?"
_HIJRI_FIRST = re.compile(rf"{WEEKDAY}{HIJRI}{_AND}")
_GREGORIAN = re.compile(DATE)


def hijri_span(year: int, month: int | None, day: int | None) -> Span | None:
    """Return the days of a Hijri year, month or day, None outside the calendar's tables (1343 to 1500)."""
    try:
        if month is None:
            return Span(_day(year, 1, 1), _day(year + 1, 1, 1) - timedelta(days=1), "period")
        if day is None:
            length = Hijri(year, month, 1).month_length()
            return Span(_day(year, month, 1), _day(year, month, length), "period")
        return Span(_day(year, month, day), _day(year, month, day), "day")
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def _day(year: int, month: int, day: int) -> date:
    return date(*Hijri(year, month, day).to_gregorian().datetuple())


def _nearest(month: int, day: int | None, published: date | None, *, over: bool) -> Span | None:
    """Return the latest such month or day that had begun (was over) at publication."""
    if published is None:
        return None
    try:
        year = Gregorian.fromdate(published).to_hijri().year
    except (ValueError, OverflowError):
        return None
    for candidate in (year, year - 1):
        span = hijri_span(candidate, month, day)
        if span and (span.last if over else span.first) <= published:
            return span
    return None


def _hijri(words: Words, start: int, end: int, page: Page) -> Reading | None:
    for index in range(start, end):
        if words.letters[index] == "J":
            return Reading(hijri_span(*words.dates[index][:3]))
    year, month = words.first("h", start, end), words.first("H", start, end)
    day = words.first("do", start, end)
    if month == 2 and day and year is None:
        return None  # صفر is "zero" as well
    precision = "day" if day else "period"
    if year is None and month is not None:
        return Reading(
            _nearest(month, day, page.published, over="L" in words.letters[start:end]), precision=precision
        )
    return Reading(hijri_span(year, month, day) if year else None, precision=precision)


def _both(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read a date given in both calendars by its Gregorian half; a year said on one side only is enough."""
    hijri_first = _HIJRI_FIRST.match(words.letters, start, end)
    if hijri_first:
        cut = hijri_first.end()
        half, other_half = (cut, end), (start, cut)
    else:
        gregorian = _GREGORIAN.match(words.letters, start, end)
        cut = gregorian.end() if gregorian else end
        half, other_half = (start, cut), (cut, end)
    said = parts(words, *half)
    span = resolve(said, page.published)
    other = None if said.dated else _hijri(words, *other_half, page)
    if other and other.span:
        span = resolve(said, other.span.first + timedelta(days=15)) or span
    return Reading(span)


def _month_alone(words: Words, start: int, end: int, page: Page) -> Reading | None:
    reading = _hijri(words, start, end, page)
    if reading is None:
        return None
    span = capped(reading.span, page.published) if reading.span else None
    return Reading(span, kind="period", precision="period")


_KNOWN_MONTH = r"(?:m[Of]?r?|(?<=[iuOsEL])r?|(?<=[iuOs]r))HL?r?(?!h)|HL"  # elsewhere it may be a name
STARTS = "JdomHr"

RULES = (
    Rule("hijri", STARTS + DATE_STARTS, rf"{WEEKDAY}{HIJRI}{_AND}{DATE}|{DATE}{_AND}{HIJRI}", _both),
    Rule("hijri", STARTS + "DTWw", rf"{WEEKDAY}{HIJRI}", _hijri),
    Rule("hijri", "mrH", rf"{MONTH}{HIJRI_YEAR}", _month_alone),
    Rule("hijri", "mrHyh", rf"{_KNOWN_MONTH}|yA?hA?|(?<=[iufO])hA", _month_alone),
)
