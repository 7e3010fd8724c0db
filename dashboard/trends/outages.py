"""Spans in which a source that is collected by itself gave nothing, from the release's `coverage.csv`.

A source that lists a page a day is silent after a week without one; one that lists a page a month is not, but
it is out after a week without an answer. What has no pace of its own, a table say, is out only then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

import pandas as pd

from dashboard.collection.marks import days
from dashboard.filters import Span
from dashboard.release import Snapshot, per_release

MIN_DAYS = 7
"""Shorter silences are week-ends, holidays and a run that failed."""
TIMES_USUAL = 5
"""A silence is an outage from so many times the source's own median pause between days with pages, or days
with an answer."""
ANSWERS = ("yes", "partly")
"""What `answered` says of a day on which the source could be had."""
_DAY = timedelta(days=1)
LOST = 0.2
"""Share of source-days lost above which a period is not compared: as large as the least change told."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Days, both ends included, on which a source delivered nothing, or did not answer."""

    source: str
    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def within(self, span: Span) -> int:
        """Its days inside a period."""
        first = max(self.start, span.start or self.start)
        return max(0, (min(self.end, span.end) - first).days + 1)


@dataclass(frozen=True, slots=True)
class Watch:
    """How long each source was collected (`watched`: source, first and last day) and when it was silent."""

    watched: tuple[Outage, ...] = ()
    outages: tuple[Outage, ...] = ()

    def lost(self, span: Span) -> float:
        """The share of source-days of a period that outages took; 0 where nothing was collected by itself."""
        asked = sum(one.within(span) for one in self.watched)
        return sum(one.within(span) for one in self.outages) / asked if asked else 0.0

    def inside(self, first: date, last: date) -> tuple[Outage, ...]:
        """The outages that touch the days from `first` to `last`, oldest first."""
        return tuple(one for one in self.outages if one.start <= last and one.end >= first)


@per_release(1)
def watch(snapshot: Snapshot) -> Watch:
    """The outages of a release up to the day to which its data is complete; none in one collected by hand."""
    frame = days(snapshot.table("coverage"))
    if frame.empty or not {"source", "listed", "fetched"} <= set(frame.columns):
        return Watch()
    numbers = frame[["listed", "fetched"]].apply(pd.to_numeric, errors="coerce").fillna(0) > 0
    told = numbers.assign(answered=frame["answered"].isin(ANSWERS) if "answered" in frame else False)
    frame = frame.assign(gave=numbers.any(axis=1), heard=told.any(axis=1), paced=numbers["listed"])
    gone = _removed(snapshot)
    watched, outages = [], []
    for source, rows in frame.groupby("source"):
        name = str(source)
        first = rows["day"].min().date()
        last = min(gone.get(name, snapshot.data_complete_to), snapshot.data_complete_to)
        if first > last:
            continue
        watched.append(Outage(name, first, last))
        out = _silences(first, last, rows.loc[rows["heard"], "day"])
        if rows["paced"].sum() > 1:  # what listed pages once, as a table does itself, has no pace
            out |= _silences(first, last, rows.loc[rows["gave"], "day"])
        outages += [Outage(name, *span) for span in _spans(out)]
    return Watch(tuple(watched), tuple(sorted(outages, key=lambda one: (one.start, one.source))))


def _removed(snapshot: Snapshot) -> dict[str, date]:
    """The day on which a source left the list for good."""
    changes = days(snapshot.table("source_changes"))
    if not {"source", "change"} <= set(changes.columns):
        return {}
    newest = changes.sort_values("day", kind="stable").groupby("source").tail(1)
    gone = newest[newest["change"] == "removed"]
    return {str(source): day.date() for source, day in zip(gone["source"], gone["day"], strict=True)}


def _silences(first: date, last: date, days_with: pd.Series) -> set[date]:
    """The days of pauses between days with something that are far longer than usual."""
    seen = sorted({one for one in (stamp.date() for stamp in days_with) if first <= one <= last})
    pauses = pd.Series([(b - a).days for a, b in pairwise(seen)], dtype=float)
    usual = float(pauses.median()) if len(pauses) else 1.0
    least = max(MIN_DAYS, TIMES_USUAL * usual)
    edges = [first - _DAY, *seen, last + _DAY]
    long = [(a, (b - a).days) for a, b in pairwise(edges) if (b - a).days - 1 >= least]
    return {a + n * _DAY for a, length in long for n in range(1, length)}


def _spans(found: set[date]) -> list[tuple[date, date]]:
    """The first and last of days in a row."""
    runs = groupby(enumerate(sorted(found)), key=lambda one: one[1] - one[0] * _DAY)
    days_in_a_row = ([day for _, day in run] for _, run in runs)
    return [(run[0], run[-1]) for run in days_in_a_row]
