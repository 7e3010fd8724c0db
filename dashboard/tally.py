"""The sum of tablets over seizures, low to high: one rule for key figures and charts."""

from __future__ import annotations

import numpy as np
import pandas as pd


def bounds(events: pd.DataFrame) -> pd.DataFrame:
    """`low`, `best` and `high` tablets that each event adds to a sum; zeros where it states no quantity.

    A missing bound counts as the event's best figure, so low <= best <= high; an event marked
    `possible_duplicate_of` is left out of low (analyst requirement 1.4).
    """
    best = events["tablets_best"].to_numpy(dtype=float)
    low, high = (events[name].to_numpy(dtype=float) for name in ("tablets_low", "tablets_high"))
    low = np.where(np.isnan(low), best, low)
    if "possible_duplicate_of" in events:
        low = np.where(events["possible_duplicate_of"].fillna("") == "", low, 0.0)
    ends = {"low": low, "best": best, "high": np.fmax(high, best)}
    return pd.DataFrame({name: np.nan_to_num(end) for name, end in ends.items()}, index=events.index)


def total(events: pd.DataFrame) -> tuple[float, float, float]:
    """The sums of low, best and high."""
    low, best, high = bounds(events).sum()
    return float(low), float(best), float(high)
