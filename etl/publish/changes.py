"""What a release changed against the one before: rows of `changes.csv`, and `last_changed` of every event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from etl.publish.identity import Identities, id_number
from etl.schema import SEIZURES

# Two say when a row changed, not what it says; what machines read beside a curated event is no change of it.
BOOKKEEPING = frozenset({"last_changed", "release", "n_machine_reports"})
COMPARED = tuple(name for name in SEIZURES.columns if name not in BOOKKEEPING)

Texts = Mapping[str, str]


def changed_columns(before: Texts, after: Texts) -> tuple[str, ...]:
    """Columns of two `seizures.csv` rows (as texts) that differ, bookkeeping apart.

    A column that the older row doesn't have is passed over: a column added to the schema changes no event.
    """
    return tuple(name for name in COMPARED if name in before and before[name] != after.get(name, ""))


def change_rows(
    before: Mapping[str, Texts], after: Mapping[str, Texts], identities: Identities, release: str, on: date
) -> list[dict[str, object]]:
    """The rows that this release adds to `changes.csv`; `before` and `after` are event_id -> row as texts."""
    rows: list[dict[str, object]] = []

    def add(event_id: str, change: str, columns: Sequence[str] = (), others: Sequence[str] = ()) -> None:
        rows.append({
            "release": release, "date": on, "event_id": event_id, "change": change,
            "columns": tuple(columns), "other_event_ids": tuple(others),
        })  # fmt: skip

    for event_id in after:
        if event_id not in before:
            add(event_id, "ADD")
        elif columns := changed_columns(before[event_id], after[event_id]):
            add(event_id, "MOD", columns)
    for event_id, survivor in identities.merged.items():
        if event_id in before:
            add(event_id, "MERGE", others=(survivor,))
    for event_id, parts in identities.split.items():
        if event_id in before:
            add(event_id, "SPLIT", others=parts)
    for event_id in before:
        if event_id not in after and event_id not in identities.merged:
            add(event_id, "WITHDRAW")
    return sorted(rows, key=lambda row: (id_number(str(row["event_id"])), str(row["change"])))
