"""The release's own log of changes (`changes.csv`) and of retired ids (`event_ids.csv`), as records."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.cite.compare import KIND_OF, Logged
from dashboard.cite.kept import label_key
from dashboard.release import Snapshot, per_release


@per_release(1)
def logged(snapshot: Snapshot) -> tuple[Logged, ...]:
    """Every change of every release up to this one, in the order of the file; () in a release without."""
    frame = snapshot.changes
    if frame.empty:
        return ()
    return tuple(
        Logged(
            release=str(row["release"]),
            on=_day(row["date"]),
            event_id=str(row["event_id"]),
            kind=KIND_OF[str(row["change"])],
            columns=_list(row["columns"]),
            others=_list(row["other_event_ids"]),
        )
        for row in frame.to_dict("records")
        if str(row["change"]) in KIND_OF
    )


def after(label: str, snapshot: Snapshot) -> tuple[Logged, ...]:
    """The changes of the releases that came after `label`."""
    return tuple(one for one in logged(snapshot) if label_key(one.release) > label_key(label))


@per_release(1)
def merged(snapshot: Snapshot) -> Mapping[str, str]:
    """Retired id -> the id that it was merged into."""
    ids = snapshot.table("event_ids")
    if ids.empty:
        return {}
    gone = ids.loc[ids["status"] == "merged_into"]
    return dict(zip(gone["event_id"].astype(str), gone["merged_into"].astype(str), strict=True))


def _day(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value[:10] if isinstance(value, str) else ""


def _list(cell: object) -> tuple[str, ...]:
    return tuple(part for part in str(cell or "").split("|") if part) if isinstance(cell, str) else ()
