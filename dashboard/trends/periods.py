"""Which two periods are compared: the filters' own, or equal lengths before and after a chosen day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from dashboard.filters import Filters, Span
from dashboard.release import Mask, Snapshot, per_release
from dashboard.selection import Selection, apply


@dataclass(frozen=True, eq=False)
class Compared:
    """Two periods of one state of the filters.

    `now` is the later period with its comparison; `other` is the earlier period taken by itself, for what is
    undated or undecided there (None without a second period). `shown` covers both, for the charts.
    `shortened`: the days after the chosen day were cut to as many as the data has before it.
    """

    filters: Filters
    now: Selection
    other: Selection | None
    shown: Selection
    shortened: bool = False

    @property
    def spans(self) -> tuple[Span, Span] | None:
        """The earlier period and the later one; None without a comparison."""
        return (self.other.span, self.now.span) if self.other is not None else None

    @property
    def loose(self) -> pd.DataFrame:
        """Seizures that fit the filters and may lie in either period, surely in neither: undated, or dated
        across an edge."""
        either = self._either(lambda side: side.masks["undated"] | (side.masks["undecided"] & _fitting(side)))
        return self.now.snapshot.seizures[either]

    @property
    def undecided(self) -> pd.DataFrame:
        """Seizures of which a filter other than the period cannot tell whether they belong to a period."""
        return self.now.snapshot.seizures[self._undecided]

    @property
    def undecided_by(self) -> tuple[str, ...]:
        """The filters that leave `undecided` so; the same for both periods."""
        tests = self.now.tests.items()
        return tuple(n for n, test in tests if n != "period" and (self._undecided & ~test.sure).any())

    @cached_property
    def _undecided(self) -> Mask:
        return self._either(lambda side: side.masks["undecided"] & ~_fitting(side))

    def _either(self, of: Callable[[Selection], Mask]) -> Mask:
        found: Mask = np.logical_or.reduce([of(side) for side in (self.now, self.other) if side is not None])
        return found


@per_release(128)
def compared(filters: Filters, snapshot: Snapshot) -> Compared:
    """The periods of these filters.

    With a chosen day (`filters.cut`) the later period runs from that day to the end of the filters' period,
    and the earlier one is as long; where the data does not reach back that far, both are cut to what it has.
    A day after the end of the period is compared to the end of the data.
    """
    complete_to = snapshot.data_complete_to
    asked, shortened = replace(filters, cut=None), False
    if filters.cut and not filters.ids:
        end = filters.span(complete_to).end
        end = end if filters.cut <= end else complete_to
        days, back = (end - filters.cut).days + 1, _days_of_data_before(filters, snapshot)
        shortened = back < days
        days = min(days, back)
        if days > 0:
            before, last = filters.cut - timedelta(days=days), filters.cut + timedelta(days=days - 1)
            asked = _over(asked, Span(filters.cut, last), Span(before, filters.cut - timedelta(days=1)))
    now = apply(asked, snapshot)
    if now.comparison_span is None or now.comparison_span.start is None or now.span.start is None:
        return Compared(filters, now, None, now)
    span, other = now.span, now.comparison_span
    assert span.start is not None
    assert other.start is not None
    if other.start > span.start:  # dates of the reader's own may lie the wrong way round
        now = apply(_over(asked, other, span), snapshot)
        span, other = other, span
    assert other.start is not None
    shown = Span(other.start, max(span.end, other.end))
    return Compared(
        filters,
        now,
        apply(_over(asked, other, None), snapshot),
        apply(_over(asked, shown, None), snapshot),
        shortened,
    )


def _over(filters: Filters, span: Span, other: Span | None) -> Filters:
    asked = replace(
        filters, since="", date_from=span.start, date_to=span.end, vs="none", vs_from=None, vs_to=None
    )
    return asked if other is None else replace(asked, vs="", vs_from=other.start, vs_to=other.end)


def _days_of_data_before(filters: Filters, snapshot: Snapshot) -> int:
    """Days from the first seizure that fits the other filters to the chosen day; 0 without one before it."""
    everything = replace(
        filters, since="all", date_from=None, date_to=None, vs="none", vs_from=None, vs_to=None, cut=None
    )
    first = apply(everything, snapshot).events["date_start"].min()
    assert filters.cut is not None
    return 0 if pd.isna(first) else max(0, (filters.cut - first.date()).days)


def _fitting(side: Selection) -> Mask:
    """What every filter but the period surely lets in."""
    sure: Mask = np.logical_and.reduce([test.sure for name, test in side.tests.items() if name != "period"])
    return sure
