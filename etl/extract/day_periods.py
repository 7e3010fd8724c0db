"""Periods: "from July 16, 2024, to April 30, 2025", "since the beginning of the year", "خلال الربع الأول",
"in the first ten months of 2024", "over the past three years", "من 1 إلى 15 آذار", "2019 to 2023".

A period that runs up to now ends on the day of publication. A length of time without an anchor ("in nine
months", "خلال ثلاث سنوات") is a period whose days are unknown.
"""

from __future__ import annotations

import re
from datetime import timedelta

from etl.extract import day_calendar, day_hijri, day_relative
from etl.extract.day_calendar import DATE, DATE_STARTS, EDGE, MONTH, MONTH_YEAR, YEAR, Parts, parts, resolve
from etl.extract.day_relative import (
    COUNT,
    COUNT_STARTS,
    UNIT,
    WEEKDAY_SAID,
    counted,
    trailing,
    weekday_before,
)
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

_OF_MONTH = r"[do][Of]r?(?:m[LC]|[LC]m)"
_BARE_UNIT = r"[my](?![LCMHYF])"
_ENDS = (
    day_hijri.HIJRI,
    DATE,
    f"[LC]?{MONTH}(?:{YEAR}|[LC])?",
    "y?YG?",
    _OF_MONTH,
    f"[do](?![DKmyP]){YEAR}?",
    "[LC][my]|[my][LC]",
    rf"{day_hijri.MONTH}{day_hijri.HIJRI_YEAR}?",
    _BARE_UNIT,  # "the start of the year"
)
_END = f"{EDGE}(?:{'|'.join(_ENDS)})"
_LATE_DAYS = 15
"""A report of a quarter may come out some days before its end."""


def _range(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read "from ... to ...": each end takes from the other what it leaves out, the first its year last."""
    match = _RANGE.match(words.letters, start, end)
    if match is None:
        return None
    left, right = match.span("left"), match.span("right")
    ends = words.letters[slice(*left)], words.letters[slice(*right)]
    if any(set("HJ") & set(letters) for letters in ends):
        return _hijri_range(words, left, right) if not any(set("MIY") & set(e) for e in ends) else None
    since, until = parts(words, *left), parts(words, *right)
    if not _bounds(since, until):
        return None
    if until.day and not until.has_month:  # "March 3-5"
        until = until._replace(month=since.month)
    if since.day and not since.has_month:  # "3-5 March"
        since = since._replace(month=until.month, months_back=until.months_back)
    last = resolve(until, page.published)
    if last and since.month and not since.dated:
        later = (since.month, since.day or 0) > (last.last.month, last.last.day)
        since = since._replace(year=last.last.year - later)
    first = resolve(since, page.published)
    if first is None or last is None:
        return Reading(None, kind="period", precision="period")
    if first.first > last.last:
        return None
    span = Span(first.first, last.last, "period")
    return Reading(capped(span, page.published), kind="period", precision="period")


def _bounds(since: Parts, until: Parts) -> bool:
    """Tell whether two things said are the ends of one period: "17-Nov-2024" and "5 to 10" are not."""
    if since.day and not since.has_month:
        return until.day is not None and until.has_month
    if until.day and not until.has_month:
        return since.day is not None
    return until.has_month or (until.dated and since.dated)


def _hijri_range(words: Words, left: tuple[int, int], right: tuple[int, int]) -> Reading | None:
    """Read a period between Hijri dates (one beside a Gregorian date is no period but the same day twice)."""
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


def _weekday_range(words: Words, start: int, end: int, page: Page) -> Reading | None:
    first, last = (words.tokens[i].value for i in range(start, end) if words.letters[i] == "W")
    if page.published is None:
        return Reading(None, "weekday", "period", "period")
    until = weekday_before(page.published, last, strictly=False)
    return Reading(Span(weekday_before(until, first, strictly=True), until, "period"), "weekday", "period")


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
    return trailing(*counted(words, start, end), page)


def _duration(words: Words, start: int, end: int, page: Page) -> Reading | None:
    del page
    unit, count = counted(words, start, end)
    return (
        Reading(None, "relative", "period", "period")
        if unit and (count != 1 or "~" in words.letters[start:end])
        else None
    )


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
    if share and whole.last - whole.first < timedelta(days=31):
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


_HIJRI_MONTH = rf"{day_hijri.MONTH}{day_hijri.HIJRI_YEAR}?L?"
_BASE = rf"(?:,?[Ofi]?r?(?:y?YG?|[LC]y|y[LC]?|{MONTH_YEAR}|m[LC]?|{_HIJRI_MONTH}))"
_HEADS = (
    "[oL]Q|Q[oL]",  # first quarter, الربع الأول
    f"o{COUNT}[DKm]|[DKm]{COUNT}o|{COUNT}[DKm]o",  # first ten months, الأشهر العشرة الأولى
    f"L{COUNT}[DKm](?=,?[Ofi])",  # last three months of
    "[oL]K(?=[Of])|Ko|KL(?=fm?M)",  # first week of, الأسبوع الأول
)
_HEAD = f"(?:{'|'.join(_HEADS)})"
_SHARE = re.compile(rf"(?P<head>{_HEAD})(?P<base>{_BASE})?")
_RANGE = re.compile(rf"[fbs]?r?(?P<left>{_END})(?:,?&?[tu&/-])t?r?(?P<right>{_END})")
_POINT = rf"(?:{day_hijri.HIJRI}|{_HIJRI_MONTH}|{DATE}|{UNIT}|{MONTH_YEAR}|y?YG?|{WEEKDAY_SAID}|r?N|D?T)"
_POINTS = tuple(
    (rule, re.compile(rule.pattern))
    for rule in (
        Rule("calendar", DATE_STARTS, DATE, day_calendar.read_date),
        *(rule for rule in day_relative.RULES if rule.name in {"weekday", "today", "unit"}),
        day_calendar.COARSE_RULES[0],
        Rule("hijri", "", _HIJRI_MONTH, day_hijri.RULES[-1].read),
        Rule("hijri", "", day_hijri.HIJRI, day_hijri.RULES[1].read),
        Rule("year", "yY", r"y?YG?", day_calendar.COARSE_RULES[1].read),
    )
)
_END_STARTS = "ELCyYr" + day_hijri.STARTS + DATE_STARTS

RULES = (
    Rule(
        "range",
        "bfs" + _END_STARTS,
        rf"b{_END},?[&t-]t?r?{_END}|[fs]r?{_END},?&?[tu-]r?{_END}|{_END}(?:[tu-]r?|/(?=[do]M)){_END}",
        _range,
    ),
    Rule("range", "bfWD", r"[bf]D?W,?&?[t&-]r?D?W|D?W[-/]D?W(?![,/-]?[do])", _weekday_range),
    Rule("since", "s", rf"sr?(?:E-?[Of]?r?(?:{_POINT}|[Kmy](?![MHYLC]))|{_POINT})", _since),
    Rule("share", "oLQDKm" + COUNT_STARTS, rf"{_HEAD}{_BASE}?", _share),
    Rule("during", "u", rf"u[Of]?r?C?(?:{UNIT}|{MONTH_YEAR}|y?YG?)", _during),
    Rule(
        "trailing",
        "LDKmyUs" + COUNT_STARTS,
        rf"L{COUNT}[DKmyU]|[DKmyU]{COUNT}L|{COUNT}[DKmyU]L|[DU]L|L[DU](?![Of])|s{COUNT}?[my](?![LCMHYd])",
        _trailing,
    ),
)
UNANCHORED_RULES = (
    Rule("duration", "iu", rf"[ui]{COUNT}[DKmyU](?![oLe])|u[DKmyU](?!{COUNT}|[LCXoMHY])", _duration),
)
