"""When an event happened, as precisely as its source says: never at a made-up day.

An event belongs to a month, quarter or year only when its whole span (`date_start`..`date_end`) lies
inside it.
So a year-only event is in no monthly chart, and one whose week straddles two months is in neither.
Of an undated event, the year alone may be known: from its bounds (`date_not_before`..`date_not_after`),
as the filters read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import i18n

GRAINS = {"month": "M", "quarter": "Q", "year": "Y"}
PERIODS = {grain: f"in_{grain}" for grain in GRAINS}
"""Columns in which a table may bring along what `periods` finds, by grain (`with_periods`)."""
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_BOUNDS = ("date_not_before", "date_not_after")


def periods(frame: pd.DataFrame, grain: str) -> pd.Series:
    """The start of each event's period as `datetime64`, NaT where its date is unknown or too coarse.

    The year of an undated event is that of its bounds, where the table has both and they lie in one. They are
    no date: a month or a quarter is never taken from them.
    """
    if PERIODS[grain] in frame:
        return frame[PERIODS[grain]]
    days = [frame["date_start"], frame["date_end"]]
    if grain == "year" and set(_BOUNDS) <= set(frame.columns):
        days = [day.fillna(frame[bound]) for day, bound in zip(days, _BOUNDS, strict=True)]
    start, end = (_first_month(day, _MONTHS[grain]) for day in days)
    inside = np.where(start == end, start, np.datetime64("NaT"))
    return pd.Series(inside.astype("datetime64[ns]"), index=frame.index)


def with_periods(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with its periods of each grain: selections of its rows then need not find them again."""
    return frame.assign(**{column: periods(frame, grain) for grain, column in PERIODS.items()})


def _first_month(days: pd.Series, length: int) -> npt.NDArray[np.datetime64]:
    """The first month of the period of `length` months that each day lies in; NaT of NaT."""
    months = pd.to_datetime(days).to_numpy().astype("datetime64[M]")
    since = months.astype(np.int64)  # months since January 1970, with which all these periods begin
    return np.where(np.isnat(months), months, (since - since % length).astype("datetime64[M]"))


def undated(frame: pd.DataFrame) -> pd.Series:
    """True where no date is known, not even the year."""
    if PERIODS["year"] in frame:
        return frame["date_start"].isna() & frame[PERIODS["year"]].isna()
    dateless = np.flatnonzero(pd.to_datetime(frame["date_start"]).isna())
    found = np.zeros(len(frame), dtype=bool)
    found[dateless] = periods(frame.take(dateless), "year").isna()
    return pd.Series(found, index=frame.index)


def text(row: Any, lang: str = i18n.DEFAULT) -> str:
    """`8 Dec 2024`, `Dec 2024`, `2024`, or "" for an undated event (`date_start`, `date_precision`)."""
    if row.date_precision == "none" or pd.isna(row.date_start):
        return ""
    return _text(row.date_start, row.date_precision, lang)


@lru_cache(maxsize=4096)
def _text(start: pd.Timestamp, precision: str, lang: str) -> str:
    if precision == "year":
        return str(start.year)
    return i18n.month(start, lang) if precision == "month" else i18n.day(start, lang)


@dataclass(frozen=True)
class Calendar:
    """The periods of a time axis: from the one that holds `first` to the one that holds `complete_to`.

    `complete_to` is the last day whose sources were collected and reviewed; a period that goes on after it is
    incomplete. Where reports of a later time await review, the axis goes on to the one of `last`: nothing is
    counted there.
    """

    grain: str
    first: date
    complete_to: date
    last: date | None = None

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        """First day of each period."""
        end = max(self.first, self.complete_to, self.last or self.complete_to)
        return pd.period_range(self.first, end, freq=GRAINS[self.grain]).to_timestamp()

    @cached_property
    def counted(self) -> pd.DatetimeIndex:
        """The periods in which events are counted; those after them are hatched."""
        return self.starts[self.starts <= pd.Timestamp(max(self.first, self.complete_to))]

    @cached_property
    def end(self) -> pd.Timestamp:
        """First moment after the axis."""
        return _after(self.starts[-1], self.grain)

    @property
    def begins_late(self) -> pd.Timestamp | None:
        """Where the selection begins inside the first period; None when it begins with it."""
        first = pd.Timestamp(self.first)
        return first if first > self.starts[0] else None

    @property
    def incomplete_from(self) -> pd.Timestamp | None:
        """Where the data ends inside the last period; None when that period is complete."""
        after = pd.Timestamp(self.complete_to + timedelta(days=1))
        return after if after < self.end else None

    @cached_property
    def _lengths(self) -> dict[pd.Timestamp, pd.Timedelta]:
        ends = [*self.starts[1:], self.end]
        return {start: end - start for start, end in zip(self.starts, ends, strict=True)}

    def length(self, start: pd.Timestamp) -> pd.Timedelta:
        """How long the period that begins at `start` (one of `starts`) is."""
        return self._lengths[start]

    def name(self, start: pd.Timestamp, lang: str = i18n.DEFAULT) -> str:
        """`Dec 2024`, `Q4 2024` or `2024`."""
        if self.grain == "year":
            return str(start.year)
        if self.grain == "quarter":
            return i18n.t("figure.quarter", lang=lang, quarter=start.quarter, year=str(start.year))
        return i18n.month(start, lang)

    def full_name(self, start: pd.Timestamp, lang: str = i18n.DEFAULT) -> str:
        """The name for a tooltip: `كانون الأول 2024 (ديسمبر)` where a month has two names in a language."""
        other = i18n.month_elsewhere(start, lang) if self.grain == "month" else ""
        name = self.name(start, lang)
        return i18n.t("time.month_names", lang=lang, name=name, other=other) if other else name


def _after(start: pd.Timestamp, grain: str) -> pd.Timestamp:
    return (
        start
        + {
            "month": pd.DateOffset(months=1),
            "quarter": pd.DateOffset(months=3),
            "year": pd.DateOffset(years=1),
        }[grain]
    )
