"""Looking after a store: is it whole, can it be smaller, a copy of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, delete, func, select, text

from etl.store.documents import is_whole
from etl.store.extractions import OF_TABLES
from etl.store.tables import documents, extractions, fetch_log, pages, readings

_DOCUMENTS_AT_ONCE = 4


def verify(connection: Connection) -> list[str]:
    """What is wrong, one sentence each. Reads every document: about 100 MB a second."""
    found = list(_of_database(connection))
    wanted = select(
        documents.c.id, documents.c.url, documents.c.sha256, documents.c.size, documents.c.body
    ).order_by(documents.c.id)
    found += [
        f"document {row.id} ({row.url}) does not match its checksum"
        for row in connection.execute(wanted.execution_options(yield_per=_DOCUMENTS_AT_ONCE))
        if not is_whole(row.body, row.sha256, row.size)
    ]
    newest = select(func.coalesce(func.max(documents.c.version), 0)).where(documents.c.page_id == pages.c.id)
    wrong = select(pages.c.id).where(pages.c.version != newest.scalar_subquery()).order_by(pages.c.id)
    found += [f"page {row.id} does not point at its newest version" for row in connection.execute(wrong)]
    return found


def prune(connection: Connection, keep_log_after: datetime) -> None:
    """Forget log lines before a time, and what other versions of the readers and the extractor made than the
    last ones.
    """
    connection.execute(delete(fetch_log).where(fetch_log.c.at < keep_log_after))
    last = select(readings.c.reader_version).order_by(readings.c.id.desc()).limit(1).scalar_subquery()
    connection.execute(delete(readings).where(readings.c.reader_version != last))
    of_tables = extractions.c.extractor.startswith(OF_TABLES)
    for kind in (of_tables, ~of_tables):
        by_age = select(extractions.c.extractor).where(kind).order_by(extractions.c.id.desc())
        newest = by_age.limit(1).scalar_subquery()
        connection.execute(delete(extractions).where(kind, extractions.c.extractor != newest))


def compact(engine: Engine) -> None:
    """Give what was freed back to the disk."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                connection.cursor().execute(statement)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def copy(connection: Connection, to: Path) -> None:
    """Copy an SQLite database into a file as it is now; others may go on writing.

    sqlite3.Error where the copy is not whole.
    """
    source = cast("sqlite3.Connection", connection.connection.driver_connection)
    with closing(sqlite3.connect(to)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        said = target.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise sqlite3.DatabaseError(said)


def _of_database(connection: Connection) -> Iterator[str]:
    """What SQLite itself finds; PostgreSQL keeps references and pages whole by itself."""
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"the database file is damaged: {said}"
    for table, row_id, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"row {row_id} of {table} refers to something that is not in {parent}"
