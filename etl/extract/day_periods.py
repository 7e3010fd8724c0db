"""Periods: "from July 16, 2024, to April 30, 2025", "since the beginning of the year", "خلال الربع الأول",
"in the first ten months of 2024", "over the past three years", "من 1 إلى 15 آذار", "2019 to 2023".

A period that runs up to now ends on the day of publication. A length of time without an anchor ("in nine
months", "خلال ثلاث سنوات") is a period whose days are unknown.
"""

from __future__ import annotations

import re
from datetime import timedelta

from etl.extract import day_calendar, day_hijri, day_relative
from etl.extract.day_calendar import DATE, DATE_STARTS, EDGE, MONTH, MONTH_YEAR, YEAR, parts, resolve
from etl.extract.day_relative import COUNT, COUNT_STARTS, UNIT, WEEKDAY_SAID, counted
from etl.extract.day_rules import (
    Page,
    Reading,
    Rule,
    Span,
    capped,
    shifted,
    unit_span,
    year_span,
)
from etl.extract.day_words import Words

_END = rf"{EDGE}(?:{day_hijri.HIJRI}|{DATE}|(?:L|C)?{MONTH}(?:{YEAR}|[LC])?|y?YG?|[do](?![DKmyP]))"
_LATE_DAYS = 15
"""A report of a quarter may come out some days before its end."""


def _range(words: Words, start: int, end: int, page: Page) -> Reading | None:
    match = _RANGE.match(words.letters, start, end)
    if match is None:
        return None
    left, right = match.span("left"), match.span("right")
    ends = words.letters[slice(*left)], words.letters[slice(*right)]
    if not set("MYIHJ") & set(ends[1]) | set("MI") & set(ends[0]):
        return None
    if any(set("HJ") & set(letters) for letters in ends):
        return _hijri_range(words, left, right, page)
    until, since = parts(words, *right), parts(words, *left)
    if (
        since.month is None
        and until.month is None
        and not (ends[0].strip("yEG,") == "Y" == ends[1].strip("yEG,"))
    ):
        return None
    if until.day and until.month is None:  # "March 3-5"
        until = until._replace(month=since.month)
    if since.day and since.month is None:  # "3-5 March"
        since = since._replace(month=until.month)
    last = resolve(until, page.published)
    if last is None:
        return Reading(None, kind="period", precision="period")
    if not since.dated and since.month:
        year = last.last.year
        later = (since.month, since.day or 0) > (last.last.month, last.last.day)
        since = since._replace(year=year - later)
    first = resolve(since, page.published)
    if first is None or first.first > last.last:
        return None
    span = Span(first.first, last.last, "period")
    return Reading(capped(span, page.published), kind="period", precision="period")


def _hijri_range(words: Words, left: tuple[int, int], right: tuple[int, int], page: Page) -> Reading | None:
    del page
    spans = []
    for start, end in (left, right):
        date_at = next((i for i in range(start, end) if words.letters[i] == "J"), None)
        if date_at is not None:
            spans.append(day_hijri.hijri_span(*words.dates[date_at][:3]))
            continue
        year = words.first("h", start, end) or words.first("h", *right)
        month = words.first("H", start, end) or words.first("H", *right)
        spans.append(day_hijri.hijri_span(year, month, words.first("do", start, end)) if year else None)
    if spans[0] is None or spans[1] is None or spans[0].first > spans[1].last:
        return Reading(None, kind="period", precision="period")
    return Reading(Span(spans[0].first, spans[1].last, "period"), kind="period")


def _point(words: Words, start: int, end: int, page: Page) -> Span | None:
    """Return the days of a date, month, year or relative unit inside a longer phrase."""
    for rule, pattern in _POINTS:
        if pattern.fullmatch(words.letters, start, end):
            reading = rule.read(words, start, end, page)
            return reading.span if reading else None
    return None


def _since(words: Words, start: int, end: int, page: Page) -> Reading | None:
    begin = start + 1
    while words.letters[begin] in "rE-Of" and begin + 1 < end:
        begin += 1
    if words.letters[begin:end] in {"m", "y", "K"}:  # "since the beginning of the year"
        span = unit_span(page.published, words.letters[begin]) if page.published else None
    else:
        span = _point(words, begin, end, page)
    if span is None or page.published is None or span.first > page.published:
        return Reading(None, kind="period", precision="period")
    return Reading(Span(span.first, page.published, "period"), kind="period")


def _during(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "during 2020", "خلال شهر أيلول", "in the whole of 2023"."""
    begin = start + 1
    while words.letters[begin] in "rOf" and begin + 1 < end:
        begin += 1
    span = _point(words, begin, end, page)
    if span is None:
        return Reading(None, kind="period", precision="period")
    return Reading(capped(span, page.published), kind="period")


def _trailing(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "over the past nine months", "خلال السنوات الثلاث الماضية": up to publication."""
    unit, count = counted(words, start, end)
    if page.published is None or count is None or count > 200:
        return Reading(None, "relative", "period", "period")
    first = shifted(page.published, unit, -count)
    return Reading(Span(first, page.published, "period"), "relative", "period")


def _duration(words: Words, start: int, end: int, page: Page) -> Reading | None:
    del page
    unit, count = counted(words, start, end)
    return Reading(None, "relative", "period", "period") if unit and count != 1 else None


def _share(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "first ten months of 2024", "النصف الأول من العام الجاري", "the last week of January"."""
    match = _SHARE.match(words.letters, start, end)
    if match is None:
        return None
    head = match.span("head")
    share = words.first("Q", *head)
    unit, count = ("m", share) if share else counted(words, *head)
    if not unit or not count:
        return Reading(None, kind="period", precision="period")
    turn = 0 if "L" in words.letters[slice(*head)] else words.first("o", *head) or 1
    if turn > 1 and not share and unit != "K":
        return None
    whole = _whole(words, *match.span("base"), page)
    if whole is None:
        return _latest_share(unit, count, turn, page) if match["base"] in {"", None} and share else _unknown()
    span = _cut(whole, unit, count, turn, share is not None)
    return Reading(capped(span, page.published), kind="period") if span else None


def _unknown() -> Reading:
    return Reading(None, kind="period", precision="period")


def _whole(words: Words, start: int, end: int, page: Page) -> Span | None:
    """Return the year or month that a share is taken of."""
    while start < end and words.letters[start] in ",Ofri":
        start += 1
    letters = words.letters[start:end]
    if not letters:
        return None
    if letters in {"y", "m"}:
        return unit_span(page.published, letters) if page.published else None
    return _point(words, start, end, page)


def _cut(whole: Span, unit: str, count: int, turn: int, share: bool) -> Span | None:
    """Return the first `count` units of a year or month, or its `turn`-th share; turn 0 is the last."""
    if share and whole.precision == "month":
        if count != 6:
            return None
        middle = whole.first + timedelta(days=14)
        return (
            Span(whole.first, middle, "period")
            if turn == 1
            else Span(middle + timedelta(days=1), whole.last, "period")
        )
    if turn == 0:
        last = whole.last
        first = shifted(last + timedelta(days=1), unit, -count)
        return Span(first, last, "period")
    first = shifted(whole.first, unit, count * (turn - 1))
    last = shifted(first, unit, count) - timedelta(days=1)
    return Span(first, min(last, whole.last), "period") if first <= whole.last else None


def _latest_share(unit: str, count: int, turn: int, page: Page) -> Reading:
    """Return the latest such quarter or half that was (nearly) over at publication."""
    if page.published is None:
        return _unknown()
    for year in (page.published.year, page.published.year - 1):
        span = _cut(year_span(year), unit, count, turn, share=True)
        if span and span.last <= page.published + timedelta(days=_LATE_DAYS):
            return Reading(capped(span, page.published), kind="period")
    return _unknown()


_BASE = rf"(?:,?[Ofi]?r?(?:y?YG?|[LC]y|y[LC]?|{MONTH_YEAR}|m[LC]?))"
_HEADS = (
    "[oL]Q|Q[oL]",  # first quarter, الربع الأول
    f"o{COUNT}[DKm]|[DKm]{COUNT}o|{COUNT}[DKm]o",  # first ten months, الأشهر العشرة الأولى
    f"L{COUNT}[DKm](?=,?[Ofi])",  # last three months of
    "[oL]K(?=[Of])|Ko",  # first week of, الأسبوع الأول
)
_HEAD = f"(?:{'|'.join(_HEADS)})"
_SHARE = re.compile(rf"(?P<head>{_HEAD})(?P<base>{_BASE})?")
_RANGE = re.compile(rf"[fb]?r?(?P<left>{_END})(?:,?&?[t&-])t?r?(?P<right>{_END})")
_POINT = rf"(?:{DATE}|{UNIT}|{MONTH_YEAR}|y?YG?|{WEEKDAY_SAID}|r?N|D?T)"
_POINTS = tuple(
    (rule, re.compile(rule.pattern))
    for rule in (
        day_calendar.RULES[0],
        *(rule for rule in day_relative.RULES if rule.name in {"weekday", "today", "unit"}),
        day_calendar.COARSE_RULES[0],
        Rule("year", "yY", r"y?YG?", day_calendar.COARSE_RULES[1].read),
    )
)
_END_STARTS = "ELCyYr" + day_hijri.STARTS + DATE_STARTS

RULES = (
    Rule(
        "range",
        "bf" + _END_STARTS,
        rf"b{_END},?[&t-]t?r?{_END}|f{_END},?&?[t-]r?{_END}|{_END}[t-]r?{_END}",
        _range,
    ),
    Rule("since", "s", rf"sr?(?:E-?[Of]?r?[Kmy](?![MHYLC])|{_POINT})", _since),
    Rule("share", "oLQDKm" + COUNT_STARTS, rf"{_HEAD}{_BASE}?", _share),
    Rule("during", "u", rf"u[Of]?r?C?(?:{UNIT}|{MONTH_YEAR}|y?YG?)", _during),
    Rule(
        "trailing",
        "LDKmy" + COUNT_STARTS,
        rf"L{COUNT}[DKmy]|[DKmy]{COUNT}L|{COUNT}[DKmy]L",
        _trailing,
    ),
    Rule("duration", "iu", rf"[ui]{COUNT}[DKmy]|u[DKmy]", _duration),
)
