"""The figures of one period: counts, tablets with and without the largest, sizes, possible repeats."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard import tally
from dashboard.trends.bootstrap import Numbers

TOP = 3


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """One period of `days` days. Tablets are sums of best figures; `sizes` the stated ones, largest first.

    `doubtful` events may be counted twice; `doubtful_tablets` is what they add to `tablets`.
    """

    days: int
    events: int
    sizes: Numbers = field(repr=False)
    low: float
    high: float
    doubtful: int
    doubtful_tablets: float

    @property
    def with_quantity(self) -> int:
        return len(self.sizes)

    @property
    def tablets(self) -> float:
        return float(self.sizes.sum())

    @property
    def median(self) -> float | None:
        return float(np.median(self.sizes)) if len(self.sizes) else None

    def top(self, most: int = TOP) -> float:
        """Tablets of the largest seizures together."""
        return float(self.sizes[:most].sum())

    def without(self, most: int) -> float:
        """Tablets without the largest seizures."""
        return float(self.sizes[most:].sum())

    @property
    def top_share(self) -> float | None:
        """The share of all tablets that the three largest seizures hold; None without a stated quantity."""
        return self.top() / self.tablets if self.tablets else None

    @property
    def per_day(self) -> float:
        return self.tablets / self.days if self.days else 0.0


def side(events: pd.DataFrame, days: int) -> Side:
    """The figures of the seizures of a period of `days` days."""
    known = events[events["tablets_best"].notna()]
    low, _, high = tally.total(known)
    repeats = events["possible_duplicate_of"] != ""
    sizes = np.sort(known["tablets_best"].to_numpy(dtype=float))[::-1]
    return Side(
        days=days,
        events=len(events),
        sizes=sizes,
        low=low,
        high=high,
        doubtful=int(repeats.sum()),
        doubtful_tablets=float(events.loc[repeats, "tablets_best"].sum()),
    )


def without_doubtful(events: pd.DataFrame) -> pd.DataFrame:
    """The seizures that are marked as possible repeats of no other."""
    return events[events["possible_duplicate_of"] == ""]
