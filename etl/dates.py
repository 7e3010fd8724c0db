"""Dates that are only partly known: reading them, bounding them, and telling which are still to come.

A source may name a day, a month or a year. Nothing here guesses a day: a coarse date stays a span.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from etl.records import When
from etl.vocabulary import load


class Period(NamedTuple):
    """Inclusive days of a date as precise as it was written: day, month or year."""

    start: date
    end: date
    precision: str


_ISO = re.compile(r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?)?")


@lru_cache(maxsize=65536)
def read_period(text: str) -> Period | None:
    """Return the span of YYYY-MM-DD, YYYY-MM or YYYY, None for anything else and days that don't exist."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    return _period(int(match["y"]), int(match["m"] or 0), int(match["d"] or 0), len(text))


def _period(year: int, month: int, day: int, length: int = 0) -> Period | None:
    """Return the span of a year, month and day (0 = none); `length` refuses a month or day written as 00."""
    try:
        if day:
            return Period(date(year, month, day), date(year, month, day), "day")
        if month and length != len("2020-01-01"):
            return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
        return Period(date(year, 1, 1), date(year, 12, 31), "year") if length in {0, len("2020")} else None
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    return {str(name): int(number) for name, number in load("dates")["months"].items()}


@cache
def _url_patterns() -> tuple[re.Pattern[str], ...]:
    """Compile how addresses carry dates: /2024/05/12/ or /2024/may/, then 2024-05-12, then 20240512."""
    names = "|".join(sorted(_months(), key=len, reverse=True))
    year = r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})"
    day = r"(?:/(?P<d>0?[1-9]|[12][0-9]|3[01]))?"
    parts = rf"/(?P<y>(?:19|20)[0-9]{{2}})/(?P<m>0?[1-9]|1[0-2]|{names}){day}(?![0-9a-z])"
    slug = rf"{year}-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9])"
    run = rf"{year}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9])"
    return re.compile(parts), re.compile(slug), re.compile(run)


@lru_cache(maxsize=65536)
def url_period(url: str) -> Period | None:
    """Return the day or month in which the address says its page was made, None if its path carries no date.

    Only the path counts (a query may hold anything). Parts of the path go before a date inside a slug, and
    inside a slug only a whole date counts: `drugs-during-2020-1.1249050` names no month.
    """
    try:
        path = urlsplit(url).path.casefold()
    except ValueError:
        return None
    for pattern in _url_patterns():
        for match in pattern.finditer(path):
            month = int(match["m"]) if match["m"].isdigit() else _months()[match["m"]]
            year, day = int(match["y"]), int(match["d"] or 0)
            found = _period(year, month, day) or _period(year, month, 0)
            if found and found.start >= earliest():
                return found
    return None


def earliest() -> date:
    """Return the first day that a date may have."""
    day: date = load("dates")["earliest"]
    return day


def bound(when: When, *, published: Period | None, url: str, primary_seizure: bool) -> When:
    """Add to a coarse or missing date what the page's own date says about it.

    Not after: no page tells of what hasn't happened. Not before: a page whose news is the seizure
    (`primary_seizure`) follows it within `primary_lag_days`; a page that recalls a seizure or gives a total
    says nothing there. Only what narrows the date is added, and nothing that contradicts what the row says
    itself (event_date, date_earliest, date_latest).
    """
    if when.precision == "day":
        return when
    page, basis = (published, "published") if published else (url_period(url), "url_path")
    if page is None:
        return when
    first = max(when.start or date.min, when.not_before or date.min)
    last = min(when.end or date.max, when.not_after or date.max)
    lag = timedelta(days=int(load("dates")["primary_lag_days"]))
    earliest_told = page.start - lag if primary_seizure else date.min
    raises, lowers = earliest_told > first, page.end < last
    if not (raises or lowers) or max(first, earliest_told) > min(last, page.end):
        return when
    return replace(
        when,
        not_before=earliest_told if raises else when.not_before,
        not_after=page.end if lowers else when.not_after,
        bound_basis=when.bound_basis or basis,
    )


def newest_believable(days: Iterable[date]) -> date:
    """Return the last day that can be believed to have passed, given the newest day of each row.

    Up to `reviewed_on` every day has. Beyond it the days themselves must lead on, in steps of at most
    `longest_step_days`: a growing ledger does, a row that says 2099 doesn't, however many rows say it.
    """
    table = load("dates")
    newest: date = table["reviewed_on"]
    step = timedelta(days=int(table["longest_step_days"]))
    for day in sorted({day for day in days if day > newest}):
        if day - newest > step:
            break
        newest = day
    return newest
