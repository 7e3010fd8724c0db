"""Spans in which a source that is collected by itself gave nothing, from the release's `coverage.csv`.

A source that lists a page a day is silent after a week without one; one that lists a page a month is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from dashboard.collection.marks import days
from dashboard.filters import Span
from dashboard.release import Snapshot, per_release

MIN_DAYS = 7
"""Shorter silences are week-ends, holidays and a run that failed."""
TIMES_USUAL = 5
"""A silence is an outage from so many times the source's own median pause between days with pages."""
LOST = 0.2
"""Share of source-days lost above which a period is not compared: as large as the least change told."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Days, both ends included, on which a source listed and delivered nothing."""

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
    numbers = frame[["listed", "fetched"]].apply(pd.to_numeric, errors="coerce").fillna(0)
    alive = frame[(numbers > 0).any(axis=1).to_numpy()]
    gone = _removed(snapshot)
    watched, outages = [], []
    for source, rows in frame.groupby("source"):
        name = str(source)
        first = rows["day"].min().date()
        last = min(gone.get(name, snapshot.data_complete_to), snapshot.data_complete_to)
        if first > last:
            continue
        watched.append(Outage(name, first, last))
        seen = sorted({stamp.date() for stamp in alive.loc[alive["source"] == source, "day"]})
        outages += _silences(name, first, last, seen)
    return Watch(tuple(watched), tuple(sorted(outages, key=lambda one: (one.start, one.source))))


def _removed(snapshot: Snapshot) -> dict[str, date]:
    """The day on which a source left the list for good."""
    changes = days(snapshot.table("source_changes"))
    if not {"source", "change"} <= set(changes.columns):
        return {}
    newest = changes.sort_values("day", kind="stable").groupby("source").tail(1)
    gone = newest[newest["change"] == "removed"]
    return {str(source): day.date() for source, day in zip(gone["source"], gone["day"], strict=True)}


def _silences(source: str, first: date, last: date, seen: list[date]) -> list[Outage]:
    day = timedelta(days=1)
    seen = [one for one in seen if first <= one <= last]
    pauses = pd.Series([(b - a).days for a, b in pairwise(seen)], dtype=float)
    usual = float(pauses.median()) if len(pauses) else 1.0
    least = max(MIN_DAYS, TIMES_USUAL * usual)
    edges = [first - day, *seen, last + day]
    return [Outage(source, a + day, b - day) for a, b in pairwise(edges) if (b - a).days - 1 >= least]
