"""The data behind a chart, as a program reads it: the same in every language, one row a mark, period or bar.

Columns have the names of the release (docs/data-dictionary.md) where they hold the same; categories are
codes, days are dates, tablets whole numbers. Blank is unknown, open or not reported: 0 stands only where
a source says so or seizures were counted and none fits. Words stand in columns that are called `label`
or end in it, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboard.figures.when import Calendar
from dashboard.filters import UNSTATED
from dashboard.tally import bounds

SEIZURES, BESIDE = "captagon", "unstated"
"""Codes of `series`: what is counted, and pills of unstated kind beside it."""
_BEFORE = ("event_id", "date_start", "date_end", "date_precision", "country", "admin1_code")
_AFTER = (
    *("drug", "tablets_low", "tablets_best", "tablets_high", "tablets_qualifier"),
    *("n_outlets", "review_status"),
)

Part = tuple[Mapping[str, object], pd.DataFrame]
"""The codes of a series, and its numbers with the first days of the periods as index."""


def series(drug: pd.Series) -> list[str]:
    """The series of each event by its main drug."""
    return [BESIDE if unstated else SEIZURES for unstated in drug.isin(UNSTATED)]


def marks(events: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """One row an event: when, where, how much; `columns` stand after its place."""
    wanted = [*_BEFORE, "place", "place_precision", *columns, *_AFTER]
    table = events[[name for name in wanted if name in events]].rename(columns={"place": "label"})
    table.insert(1, "series", series(events["drug"]))
    return table


def by_period(calendar: Calendar, parts: Iterable[Part]) -> pd.DataFrame:
    """One row a period and series. `complete` 0: the data or the time chosen hold part of its days only."""
    return pd.concat([_periods(rows.index, calendar, codes, rows) for codes, rows in parts])


def _periods(
    starts: pd.Index, calendar: Calendar, codes: Mapping[str, object], rows: pd.DataFrame
) -> pd.DataFrame:
    first = pd.DatetimeIndex(starts)
    last = pd.DatetimeIndex([start + calendar.length(start) - pd.Timedelta(days=1) for start in first])
    complete = (first >= pd.Timestamp(calendar.first)) & (last <= pd.Timestamp(calendar.complete_to))
    days = {"period_start": first, "period_end": last, "complete": complete.astype(int)}
    return pd.DataFrame({**days, **codes, **{str(name): rows[name].to_numpy() for name in rows}})


def reported(counts: pd.Series) -> pd.Series:
    """Counts of events with a blank instead of 0: a period without a report is no zero."""
    return counts.where(counts > 0)


def sums(rows: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """The tablets of each period of the calendar by the `period` of rows, from those that state a quantity.

    `tablets_low` is without `possible_repeats` events (analyst requirements 1.4), blank where these are all.
    In `tablets_high` the `open_above` events ("more than") count with their best figure.
    """
    known = rows[rows["tablets_best"].notna()]
    found = bounds(known).add_prefix("tablets_")
    found["possible_repeats"] = (known["possible_duplicate_of"] != "").astype(int)
    found["open_above"] = known["tablets_high"].isna().astype(int)
    groups = found.groupby(known["period"])
    table = groups.sum()
    table.insert(0, "events_with_quantity", groups.size())
    table["tablets_low"] = table["tablets_low"].where(
        table["possible_repeats"] < table["events_with_quantity"]
    )
    return table.reindex(calendar.counted)
