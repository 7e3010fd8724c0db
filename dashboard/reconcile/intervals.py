"""Low, best and high, and what they say when one lies beside another. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

TRACED, PART, NOT_TRACED = "traced", "part", "not_traced"
ABOVE_MINIMUM, BELOW_MAXIMUM, DIFFERS = "above_minimum", "below_maximum", "differs"
LABELS = (TRACED, PART, NOT_TRACED, ABOVE_MINIMUM, BELOW_MAXIMUM, DIFFERS)


@dataclass(frozen=True, slots=True)
class Interval:
    """low <= best <= high; `high` may be infinite. Raises ValueError for anything else."""

    low: float
    best: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.best <= self.high:
            raise ValueError(f"no interval: {self.low}, {self.best}, {self.high}")

    def meets(self, other: Interval) -> bool:
        """Whether one figure may be both."""
        return self.low <= other.high and other.low <= self.high

    def of(self, whole: float) -> Interval:
        """As shares of `whole`, 1 for all of it. Raises ZeroDivisionError for nothing."""
        return Interval(self.low / whole, self.best / whole, self.high / whole)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the sum of events lies to a total.

    `share` is that of the total's figure, `rest` what no event stands for (`high` infinite where the source
    says "at least"), `by` how far the two are apart where the events come to more: 0 where they do not.
    """

    label: str
    share: Interval
    rest: Interval
    by: float


def stated(low: float | None, best: float, high: float | None, qualifier: str) -> Interval:
    """The interval that a source leaves open: upwards for "at least", down to nothing for "less than".

    Raises ValueError for a negative figure.
    """
    if qualifier == "over":
        lowest = min(best, best if low is None else low)
        return Interval(lowest, best, inf)
    if qualifier == "under":
        return Interval(0, best, max(best, high or best))
    return Interval(min(best, best if low is None else low), best, max(best, best if high is None else high))


def judge(total: Interval, ours: Interval, qualifier: str) -> Verdict:
    """The label of a total by the bounds of both sides; a minimum is never exceeded, only reached or not."""
    rest = Interval(
        max(0.0, total.low - ours.high),
        max(0.0, total.best - ours.best),
        max(0.0, total.high - ours.low),
    )
    return Verdict(
        _label(total, ours, qualifier), ours.of(total.best), rest, max(0.0, ours.best - total.best)
    )


def _label(total: Interval, ours: Interval, qualifier: str) -> str:
    if ours.high == 0:
        return NOT_TRACED
    if qualifier == "over" and ours.best >= total.best:
        return ABOVE_MINIMUM
    if qualifier == "under" and ours.best <= total.best:
        return BELOW_MAXIMUM
    if total.meets(ours):
        return TRACED
    return PART if ours.high < total.low else DIFFERS
