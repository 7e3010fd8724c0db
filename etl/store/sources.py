"""How each source did, on which days it could be had, and when the list of sources changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy import insert as plain_insert

from etl.records import SourceChange
from etl.store.inserts import insert
from etl.store.records import SourceState
from etl.store.tables import looks, source_changes, source_list, source_states


def state(connection: Connection, source_id: str) -> SourceState:
    """The state of a source; a blank one where it was never asked."""
    row = connection.execute(
        select(source_states).where(source_states.c.source_id == source_id)
    ).one_or_none()
    return SourceState(**row._mapping) if row else SourceState(source_id)


def save_state(connection: Connection, new: SourceState) -> None:
    """Put the state in the place of the one before."""
    values = asdict(new)
    statement = insert(connection, source_states).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["source_id"], set_=values))


def note_look(connection: Connection, source_id: str, at: datetime, *, answered: bool) -> None:
    """Note whether a source could be had. A look repeated at the same time leaves the day as it is."""
    row = {"source_id": source_id, "day": at.date(), "answered": answered, "failed": not answered}
    now_true = {"answered" if answered else "failed": True}
    statement = insert(connection, looks).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["source_id", "day"], set_=now_true))


def note(connection: Connection, fingerprints: Mapping[str, str], day: date) -> list[SourceChange]:
    """Compare the list of sources with the one noted last, and note both the changes and the new list."""
    known = {row.source_id: row.fingerprint for row in connection.execute(select(source_list))}
    if known == fingerprints:
        return []
    changes = [SourceChange(day, source_id, "added") for source_id in fingerprints.keys() - known.keys()]
    changes += [SourceChange(day, source_id, "removed") for source_id in known.keys() - fingerprints.keys()]
    changes += [
        SourceChange(day, source_id, "changed")
        for source_id in known.keys() & fingerprints.keys()
        if known[source_id] != fingerprints[source_id]
    ]
    changes.sort(key=lambda change: change.source_id)
    connection.execute(
        insert(connection, source_changes).on_conflict_do_nothing(), [asdict(change) for change in changes]
    )
    connection.execute(delete(source_list))
    if fingerprints:
        rows = [{"source_id": name, "fingerprint": text} for name, text in sorted(fingerprints.items())]
        connection.execute(plain_insert(source_list), rows)
    return changes


def changes(connection: Connection) -> list[SourceChange]:
    """Every change ever noted, by day, source and kind."""
    columns = source_changes.c
    rows = connection.execute(select(source_changes).order_by(columns.day, columns.source_id, columns.change))
    return [SourceChange(row.day, row.source_id, row.change) for row in rows]
