"""The figures of one period: counts, tablets with and without the largest, sizes, possible repeats."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard import tally
from dashboard.trends.bootstrap import Numbers

TOP = 3
_READ = ["tablets_low", "tablets_best", "tablets_high", "figures_differ", "possible_duplicate_of"]


@dataclass(frozen=True, slots=True)
class Carrier:
    """The tablets of the largest seizures together; `differs`: outlets give other figures for one of them."""

    low: float
    best: float
    high: float
    differs: bool


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """One period of `days` days. Tablets are sums of best figures; `sizes` the stated ones, largest first.

    `largest` are the seizures of the first `TOP` sizes. `doubtful` events may be counted twice;
    `doubtful_tablets` is what they add to `tablets`, and what `low` leaves out.
    """

    days: int
    events: int
    sizes: Numbers = field(repr=False)
    largest: pd.DataFrame = field(repr=False)
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

    def carrier(self, most: int) -> Carrier:
        """The largest seizures together, a possible repeat with its own low: here each is told by itself."""
        rows = self.largest.head(most)
        best = rows["tablets_best"]
        low, high = rows["tablets_low"].fillna(best), np.fmax(rows["tablets_high"], best)
        differs = bool(rows["figures_differ"].any())
        return Carrier(float(low.sum()), float(best.sum()), float(high.sum()), differs)

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
    known = events.loc[events["tablets_best"].notna(), _READ]
    known = known.sort_values("tablets_best", ascending=False, kind="stable")
    low, _, high = tally.total(known)
    repeats = events["possible_duplicate_of"] != ""
    return Side(
        days=days,
        events=len(events),
        sizes=known["tablets_best"].to_numpy(dtype=float),
        largest=known.head(TOP),
        low=low,
        high=high,
        doubtful=int(repeats.sum()),
        doubtful_tablets=float(events.loc[repeats, "tablets_best"].sum()),
    )


def without_doubtful(events: pd.DataFrame) -> pd.DataFrame:
    """The seizures that are marked as possible repeats of no other."""
    return events[events["possible_duplicate_of"] == ""]
