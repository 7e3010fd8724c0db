"""Key figures of a set of seizures. One event counts once; no stated quantity is never zero tablets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard import tally
from dashboard.selection import Selection

MIN_EVENTS = 10
"""Below ten events a side nothing is compared (analyst requirements 1.5, 1.13)."""


@dataclass(frozen=True)
class Figures:
    """Key figures. Tablets are None where no event states a quantity.

    `low` leaves possible repeats out and takes each event's lowest figure; `high` takes the highest, and is a
    lower bound itself where `open_ended` events say "more than".
    """

    events: int
    with_quantity: int
    median: float | None
    low: float | None
    best: float | None
    high: float | None
    open_ended: int
    largest: float | None
    largest_id: str
    doubtful: int
    doubtful_tablets: float
    undated: int
    undated_tablets: float
    several_outlets: int
    one_outlet: int
    figures_differ: int
    evidence: Mapping[str, int]

    @property
    def without_largest(self) -> float | None:
        return None if self.best is None or self.largest is None else self.best - self.largest


READ = (
    *("event_id", "date_precision", "tablets_low", "tablets_best", "tablets_high"),
    *("possible_duplicate_of", "n_outlets", "figures_differ", "evidence"),
)
"""The columns of seizures that key figures are made of."""


def figures_of(selection: Selection, name: str) -> Figures:
    """The key figures of a table of a selection (`events`, `comparison` ...), worked out once."""
    key = f"figures {name}"
    found: Figures | None = selection.memo.get(key)
    if found is None:
        found = selection.memo[key] = figures(selection.lean(name, READ))
    return found


def figures(events: pd.DataFrame) -> Figures:
    """The key figures of rows of `seizures`."""
    amount = events["tablets_best"].to_numpy(dtype=float)
    stated = ~np.isnan(amount)
    known, some = amount[stated], bool(stated.any())
    low, total, high = tally.total(events)  # what states no quantity adds nothing
    repeats = (events["possible_duplicate_of"] != "").to_numpy(dtype=bool)
    undated = (events["date_precision"] == "none").to_numpy(dtype=bool)
    outlets = events["n_outlets"].to_numpy()
    top = int(np.flatnonzero(stated)[known.argmax()]) if some else 0
    return Figures(
        events=len(events),
        with_quantity=len(known),
        median=float(np.median(known)) if some else None,
        low=low if some else None,
        best=total if some else None,
        high=high if some else None,
        open_ended=int(events["tablets_high"].isna().to_numpy()[stated].sum()),
        largest=float(amount[top]) if some else None,
        largest_id=str(events["event_id"].iloc[top]) if some else "",
        doubtful=int(repeats.sum()),
        doubtful_tablets=float(amount[repeats & stated].sum()),
        undated=int(undated.sum()),
        undated_tablets=float(amount[undated & stated].sum()),
        several_outlets=int((outlets >= 2).sum()),
        one_outlet=int((outlets < 2).sum()),
        figures_differ=int(events["figures_differ"].sum()),
        evidence=dict(events["evidence"].value_counts()),
    )
