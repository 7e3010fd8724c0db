"""Which seizures a table or a download lists: those shown, or those that the filters could not place."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filters
from dashboard.release import Snapshot
from dashboard.selection import Selection, apply

LISTS = ("shown", "undated", "undecided", "outside", "later")
"""shown: the events and, beside them, pills of unstated kind. The others as in `Selection`."""


def listed(selection: Selection, name: str = "shown") -> pd.DataFrame:
    """The rows of one list in the order of the release; the shown ones for a name that is none of `LISTS`."""
    frame: pd.DataFrame = getattr(selection, name) if name in LISTS[1:] else selection.drawn
    return frame.sort_index()


def shown_ids(filters: Filters, snapshot: Snapshot, name: str = "shown") -> frozenset[str]:
    """The ids of the seizures in a list."""
    return frozenset(listed(apply(filters, snapshot), name)["event_id"])
