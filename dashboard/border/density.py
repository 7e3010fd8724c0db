"""Events and tablets along the line, period against period, each event spread over where it may lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from dashboard.border.pair import Pair, Period
from dashboard.border.position import Floats, bins, reach, sector_edges, shares

BIN_KM = 20.0
YEAR = 365.25  # days


@dataclass(frozen=True, eq=False)
class Profile:
    """One period along the line. `events` and `tablets` are per bin of `edges`; events add up to `n`.

    Tablets are of the best figures; events that state no quantity add none.
    """

    name: str
    n: int
    days: int
    edges: Floats
    events: Floats
    tablets: Floats

    def per_year(self) -> Floats:
        return self.events * (YEAR / self.days)


def profile(period: Period, edges: Floats) -> Profile:
    """The events at the line of a period, spread over bins."""
    return spread(period.at_line, edges, name=period.name, days=period.span.days or 0)


def spread(events: pd.DataFrame, edges: Floats, *, name: str = "", days: int = 0) -> Profile:
    """Rows of `seizures` with a position along the line, spread over bins; mass 1 an event."""
    part = shares(*reach(events), edges)
    tablets = np.nan_to_num(events["tablets_best"].to_numpy(dtype=float))
    return Profile(name, len(events), days, edges, part.sum(axis=0), tablets @ part)


@dataclass(frozen=True, eq=False)
class Density:
    """Both periods by bins and by sectors. Made only where the pair is comparable."""

    now: Profile
    before: Profile
    sectors: tuple[str, ...]
    sectors_now: Profile
    sectors_before: Profile
    unstated: Profile
    """Pills of unstated kind of the period chosen: beside the events, in no change."""

    @property
    def equal_length(self) -> bool:
        """Periods of one length are compared by counts, others by counts a year."""
        return abs(self.now.days - self.before.days) <= 1

    @cached_property
    def change(self) -> Floats:
        """Events per bin now less those before; a year's worth of each where the periods differ in length."""
        return self.difference(self.now, self.before)

    def difference(self, now: Profile, before: Profile) -> Floats:
        return now.events - before.events if self.equal_length else now.per_year() - before.per_year()


def density(pair: Pair, width_km: float = BIN_KM) -> Density | None:
    """The density of two periods; None where either has fewer than ten events at the line."""
    if pair.before is None or not pair.comparable:
        return None
    edges = bins(width_km)
    codes, limits = sector_edges()
    return Density(
        profile(pair.now, edges),
        profile(pair.before, edges),
        codes,
        profile(pair.now, limits),
        profile(pair.before, limits),
        spread(pair.now.unstated_at_line, edges, name="unstated", days=pair.now.span.days or 0),
    )
