"""How much was collected: outlets and languages that reported in each period, from the release's reports.

An outlet counts in a period where this collection holds one of its reports of a seizure of that time. It
measures what was published, found and kept, of any drug, in the countries of the view.
"""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filters, Span
from dashboard.release import Snapshot, machine_read, per_release


@per_release(32)
def reports(filters: Filters, snapshot: Snapshot) -> pd.DataFrame:
    """`outlet`, `language`, `date_start` and `date_end` of each dated report of a seizure in these countries.

    The date is that of the seizure told of: half of the reports give no day of publication. Machine-read
    reports are in only where the filters show what nobody has reviewed.
    """
    table, events = snapshot.reports, snapshot.seizures
    if not {"event_id", "language"} <= set(table.columns):
        return pd.DataFrame(columns=["outlet", "language", "date_start", "date_end"])
    wanted = events
    if countries := filters.countries():
        wanted = events[events["country"].isin(countries)]
    kept = table if filters.with_machine_read() else table[~machine_read(table)]
    rows = kept[["event_id", "language"]].assign(outlet=_outlet(kept))
    found = rows.merge(wanted[["event_id", "date_start", "date_end"]], on="event_id")
    return found[found["date_start"].notna() & (found["outlet"] != "")]


def active(found: pd.DataFrame, span: Span) -> tuple[int, int]:
    """How many outlets and languages reported of a period."""
    inside = found["date_end"] <= pd.Timestamp(span.end)
    if span.start is not None:
        inside &= found["date_start"] >= pd.Timestamp(span.start)
    rows = found[inside]
    return rows["outlet"].nunique(), rows.loc[rows["language"] != "", "language"].nunique()


def _outlet(rows: pd.DataFrame) -> pd.Series:
    """One name for an outlet: its id, else its name as folded by the release."""
    names = [rows[name].astype(str) for name in ("outlet_id", "outlet", "publisher") if name in rows]
    found = pd.Series("", index=rows.index)
    for one in names:
        found = found.where(found != "", one)
    return found
