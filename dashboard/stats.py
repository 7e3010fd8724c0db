"""Key figures of a set of seizures. One event counts once; no stated quantity is never zero tablets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import tally
from dashboard.selection import Selection

MIN_EVENTS = 10
"""Below ten events a side nothing is compared (analyst requirements 1.5, 1.13)."""


_COLUMNS = (
    "event_id", "date_precision", "tablets_low", "tablets_best", "tablets_high", "possible_duplicate_of",
    "n_outlets", "figures_differ", "evidence",
)  # fmt: skip


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


def figures_of(selection: Selection, name: str) -> Figures:
    """The key figures of a table of a selection (`events`, `comparison` ...), worked out once."""
    key = f"figures {name}"
    found: Figures | None = selection.memo.get(key)
    if found is None:
        found = selection.memo[key] = figures(selection.lean(name))
    return found


def figures(events: pd.DataFrame) -> Figures:
    """The key figures of rows of `seizures`."""
    events = events[[name for name in _COLUMNS if name in events]]
    best = events["tablets_best"]
    known = events[best.notna()]
    low, total, high = tally.total(known)
    repeats = known["possible_duplicate_of"] != ""
    undated = events["date_precision"] == "none"
    some = len(known) > 0
    top = int(known["tablets_best"].to_numpy().argmax()) if some else 0
    return Figures(
        events=len(events),
        with_quantity=len(known),
        median=float(known["tablets_best"].median()) if some else None,
        low=low if some else None,
        best=total if some else None,
        high=high if some else None,
        open_ended=int(known["tablets_high"].isna().sum()),
        largest=float(known["tablets_best"].iloc[top]) if some else None,
        largest_id=str(known["event_id"].iloc[top]) if some else "",
        doubtful=int((events["possible_duplicate_of"] != "").sum()),
        doubtful_tablets=float(known.loc[repeats, "tablets_best"].sum()),
        undated=int(undated.sum()),
        undated_tablets=float(best[undated].sum()),
        several_outlets=int((events["n_outlets"] >= 2).sum()),
        one_outlet=int((events["n_outlets"] < 2).sum()),
        figures_differ=int(events["figures_differ"].sum()),
        evidence=dict(events["evidence"].value_counts()),
    )
