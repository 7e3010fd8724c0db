"""Calendar dates: "5 March 2024", "the third of March", "الثاني من تشرين الثاني", "ديسمبر/كانون الأول 2024",
"Tuesday (September 26)", "March last year", "في 2023".

A date without a year is the latest such day that is not after publication: news looks back. A page may be
made before midnight where the event's day has begun, hence one day of slack.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from etl.extract.day_rules import Page, Reading, Rule, Span, day_span, month_span, months_before, year_span
from etl.extract.day_words import NumericDate, Words
from etl.vocabulary import load

YEAR = r"(?:[,/-]?[Ofi]?[rC]?(?:L?y?YG?(?!P)|[LC]y|y[LC]))"
_LAST = r"(?:[LC](?![DKmyWMQS]))"  # "فبراير الماضي"
MONTH = r"(?:m[Of]?)?M(?:[/-]M|,?\(M\))?"
WEEKDAY = r"(?:D?T[,/(]?)?(?:[LC]?D?[Ww][LC]?[),/(-]{0,2}q?[:,(]?r?D?)?"
DAY_MONTH = rf"(?:d|o,?)[Of]?r?[/-]?{MONTH}(?:{YEAR}|{_LAST})?"
MONTH_DAY = rf"{MONTH}r?[do](?!P){YEAR}?"
DATE = rf"{WEEKDAY}(?:IG?|{DAY_MONTH}|{MONTH_DAY})"
DATE_STARTS = "LCDTWwIdomM"
EDGE = r"(?:E-?[Of]?r?)?"
MONTH_YEAR = rf"{EDGE}(?:L|C|X)?{MONTH}(?:{YEAR}|{_LAST})?"
YEAR_ALONE = rf"{EDGE}(?:yY|(?<=[iufOtbsE&,(-])Y|Y(?=[.,;:)\n&]|$))G?(?!P)"


class Parts(NamedTuple):
    """What the words say of a date; None for what they leave open.

    `shift`: years from that of publication ("last year" -1). `months_back`: months before that of publication
    ("الشهر الماضي" 1). `strict`: "last", not the current month or day.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int | None = None
    months_back: int | None = None
    strict: bool = False
    ahead: bool = False

    @property
    def dated(self) -> bool:
        """Tell whether the year is stated, directly or from the day of publication."""
        return self.year is not None or self.shift is not None or self.months_back is not None

    @property
    def has_month(self) -> bool:
        """Tell whether the month is said, by name or from the month of publication."""
        return self.month is not None or self.months_back is not None


def parts(words: Words, start: int, end: int) -> Parts:
    """Return what the tokens of a date, month or year say."""
    for index in range(start, end):
        if words.letters[index] in "IJ":
            return Parts(*words.dates[index][:3])
    letters = words.letters[start:end]
    year = words.first("Y", start, end)
    shift = None
    if year is None and "y" in letters:
        shift = -1 if "L" in letters else 0 if set("CE") & set(letters) else None
    elif year is None and "C" in letters and "m" not in letters:
        shift = 0
    month = words.first("M", start, end)
    months_back = None
    if month is None and "m" in letters:
        months_back = 1 if "L" in letters else 0
    return Parts(
        year=year,
        month=month,
        months_back=months_back,
        day=words.first("do", start, end),
        shift=shift,
        strict="L" in letters and not set("yW") & set(letters),
        ahead="X" in letters,
    )


def resolve(said: Parts, published: date | None) -> Span | None:
    """Return the days meant, None where the year cannot be known or the day does not exist."""
    year = said.year
    if said.months_back is not None:
        if published is None:
            return None
        month = months_before(published.replace(day=1), said.months_back)
        return _of_year(month.year, month.month, said.day)
    if year is None and said.shift is not None and published:
        year = published.year + said.shift
    if said.month is None:
        return year_span(year) if year and said.day is None else None
    if year is None:
        return _nearest(said, published)
    return _of_year(year, said.month, said.day)


def _of_year(year: int, month: int, day: int | None) -> Span | None:
    try:
        return day_span(date(year, month, day)) if day else month_span(year, month)
    except ValueError:
        return None


def _nearest(said: Parts, published: date | None) -> Span | None:
    """Return the latest such month or day that had begun at publication (the next one for "next June")."""
    if published is None or said.month is None:
        return None
    limit = published + timedelta(days=_slack_days() if said.day else 0)
    if said.strict:
        limit = published.replace(day=1) - timedelta(days=1)
    for year in range(limit.year, limit.year - 9, -1):  # 29 February may be eight years away
        span = _of_year(year, said.month, said.day)
        if span and span.first <= limit:
            return _of_year(year + 1, said.month, said.day) if said.ahead else span
    return None


def _slack_days() -> int:
    return int(load("dates")["publication_slack_days"])


def read_date(words: Words, start: int, end: int, page: Page) -> Reading | None:
    said = parts(words, start, end)
    numeric = words.letters.find("I", start, end)
    if numeric >= 0:
        return Reading(day_span(_numeric(words.dates[numeric], page.published)))
    if _counts_things(words, start, end):
        return None
    if said.day and said.month and _of_year(said.year or 2024, said.month, said.day) is None:
        return None  # 31 June
    return Reading(resolve(said, page.published))


def _numeric(written: NumericDate, published: date | None) -> date:
    """Return a date in digits: day before month, unless that lies ahead and the other order does not."""
    said = date(*written[:3])
    if written.turnable and published and said > published + timedelta(days=_slack_days()):
        turned = date(written.year, written.day, written.month)
        return min(said, turned)
    return said


def _counts_things(words: Words, start: int, end: int) -> bool:
    """Tell whether a number after a month counts something: "in March 20 people", "في آذار 20 شخصا"."""
    letters = words.letters[start:end]
    month, day = letters.find("M"), letters.find("d")
    if not 0 <= month < day or "Y" in letters or letters[0] in "WwT":
        return False
    arabic = start + month in words.arabic
    lead = words.letters[start - 1] if start else ""
    follows = words.letters[end : end + 1]
    return arabic or (lead == "i" and words.tokens[start - 1].value == 1 and follows in {"x", "P"})


def _month(words: Words, start: int, end: int, page: Page) -> Reading | None:
    months = [words.tokens[i].value for i in range(start, end) if words.letters[i] == "M"]
    said = parts(words, start, end)
    span = resolve(said, page.published)
    if len(months) > 1 and months[0] != months[1]:  # "January/February 2024"
        until = resolve(said._replace(month=months[1]), page.published)
        if span and until:
            first = month_span(until.first.year - (months[0] > months[1]), months[0]).first
            span = Span(first, until.last, "period")
        return Reading(span, kind="period", precision="period")
    before = words.letters[start - 1] if start else ""
    named = words.letters[start:end].startswith("m") and before not in {*"iufOtbsE"}
    return Reading(span, kind="period" if named else "point", precision="month")


def _year(words: Words, start: int, end: int, page: Page) -> Reading | None:
    year = words.first("Y", start, end)
    if year is None or (page.published and year > page.published.year + 1):
        return None
    return Reading(year_span(year), precision="year")


def _slashed(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read day/month after a weekday or "dated": "السبت 15/3"."""
    day, month = (words.tokens[i].value for i in range(start, end) if words.letters[i] == "d")
    if month > 12:
        return None
    return Reading(_nearest(Parts(month=month, day=day), page.published))


def _listed(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read the first of "24 and 30 November" or "4, 5 and 8 December": the month stands with the last."""
    last = start
    while words.letters[last + 1 : last + 2] not in {"M", "O", "f", "r", "m"}:
        last += 1
    match = _DAY_MONTH.match(words.letters, last)
    if match is None:
        return None
    said = parts(words, last, match.end())._replace(day=words.tokens[start].value)
    return Reading(resolve(said, page.published))


def _first_listed(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read the first of "March 5 and 6, 2023", whose year stands at the end."""
    year = words.letters.index("Y", end)
    return Reading(resolve(parts(words, start, end)._replace(year=words.tokens[year].value), page.published))


def _next_listed(words: Words, start: int, end: int, page: Page) -> Reading | None:
    """Read the later days of "December 4, 5 and 8": their month stands with the first."""
    month = words.letters.rfind("M", max(0, start - 12), start)
    if month < 0 or not _LIST.fullmatch(words.letters, month, start + 1):
        return None
    year = _LIST_YEAR.match(words.letters, start)
    said = parts(words, month, month + 1)._replace(day=words.tokens[start].value)
    if year:
        said = said._replace(year=words.tokens[year.end() - 1].value)
    return Reading(resolve(said, page.published))


def _no_date(words: Words, start: int, end: int, page: Page) -> Reading | None:
    del words, start, end, page
    return None


NOT_DATES = (
    Rule("law", "#", r"#{1,2}[.(]?(?:[ndYh][)]?[Of]?r?#?y?)?Y", _no_date),
    Rule("name", "p", r"pr?[do][Of]?r?M(?![,/]?[Ofi]?y?Y)", _no_date),
    Rule("name", "do", r"[do]OMp", _no_date),
)
_DAY_MONTH = re.compile(DAY_MONTH)
_LIST = re.compile(r"Md(?:,?&?d){1,4}")
_LIST_YEAR = re.compile(r"d(?:,?&?d){0,4},?Y")
RULES = (
    Rule("calendar", "do", rf"[do](?=(?:,[do]){{0,4}},?&[do][Of]?r?{MONTH})", _listed),
    Rule("calendar", "M", r"Md(?=(?:,d){0,3},?&d,?Y)", _first_listed),
    Rule("calendar", DATE_STARTS, DATE, read_date),
    Rule("calendar", "d", r"(?<=[,&])d(?:(?=,[do]|,?&[do])|,?Y|(?=[,;:.)\n]|$))", _next_listed),
    Rule("calendar", "WD", r"[WD],?d/d(?![/d])", _slashed),
)
COARSE_RULES = (
    Rule("month", "ELCXmM", MONTH_YEAR, _month),
    Rule("year", "EyY", YEAR_ALONE, _year),
)
