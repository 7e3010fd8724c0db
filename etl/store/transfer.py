"""A store as one file of gzipped JSON lines: the way to another database, and a back-up of PostgreSQL.

The first line names the format and schema, then one line a row, tables in the order of their references; the
last line has the number of rows and the SHA-256 of every line before it. Bytes are in base64.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Date, LargeBinary, Table, func, insert, select, text

from etl.store import schema
from etl.store.columns import Moment
from etl.store.documents import is_whole
from etl.store.errors import TrackerError
from etl.store.tables import documents, metadata

_FORMAT = "captagon-store-1"
_LONGEST_LINE = 64_000_000  # bytes; a body of 10 MB that doesn't compress is 13.4 MB in base64
_ROWS_AT_ONCE = 500
_DOCUMENTS_AT_ONCE = 4
_TABLES: dict[str, Table] = {table.name: table for table in metadata.sorted_tables}


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name only when it is complete and flushed; till then what was there stays."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def export(connection: Connection, file: IO[bytes]) -> int:
    """Write everything as of now; returns the number of rows. Memory does not grow with the store."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    digest, rows = hashlib.sha256(), 0
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:

        def put(content: dict[str, Any]) -> None:
            line = json.dumps(content, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            packed.write(line)

        put({"format": _FORMAT, "schema": schema.newest()})
        for name, table in _TABLES.items():
            wanted = select(table).order_by(*table.primary_key)
            for row in connection.execute(wanted.execution_options(yield_per=_at_once(table))):
                put({"table": name, "row": {key: _plain(value) for key, value in row._mapping.items()}})
                rows += 1
        put({"rows": rows, "sha256": digest.hexdigest()})
    return rows


def import_(connection: Connection, path: Path, where: str) -> int:
    """Read an export into an empty store within the caller's transaction; returns the number of rows.

    Raises TrackerError where the store isn't empty, or the file is broken, cut off or of another schema.
    """
    if any(
        connection.execute(select(func.count()).select_from(table)).scalar() for table in _TABLES.values()
    ):
        raise TrackerError("store_not_empty", where)
    rows, batch = 0, _Batch(connection)
    try:
        for name, row in _lines(path):
            batch.add(_TABLES[name], row)
            rows += 1
        batch.flush()
    except (ValueError, KeyError, TypeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        said = str(error) or type(error).__name__
        raise TrackerError("store_export_broken", str(path), said=said) from error
    _set_sequences(connection)
    return rows


class _Batch:
    """Rows of one table, written a few at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._table: Table | None = None
        self._rows: list[dict[str, Any]] = []

    def add(self, table: Table, row: dict[str, Any]) -> None:
        if table is not self._table or len(self._rows) == _at_once(table):
            self.flush()
        self._table = table
        self._rows.append(_typed(table, row))

    def flush(self) -> None:
        if self._table is not None and self._rows:
            self._connection.execute(insert(self._table), self._rows)
        self._rows = []


def _at_once(table: Table) -> int:
    """How many rows to hold in memory: those of documents and readings may be of megabytes."""
    has_bodies = any(isinstance(column.type, LargeBinary) for column in table.columns)
    return _DOCUMENTS_AT_ONCE if has_bodies else _ROWS_AT_ONCE


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows with their tables. ValueError: not what was written."""
    digest, rows, is_complete = hashlib.sha256(), 0, False
    with gzip.open(path) as file:
        head = file.readline(_LONGEST_LINE)
        _check_head(json.loads(head))
        digest.update(head)
        while line := file.readline(_LONGEST_LINE):
            content = json.loads(line)
            if is_complete:
                raise ValueError("it goes on after its end")
            if "table" not in content:
                if content != {"rows": rows, "sha256": digest.hexdigest()}:
                    raise ValueError("its checksum does not agree with its content")
                is_complete = True
                continue
            digest.update(line)
            rows += 1
            yield content["table"], content["row"]
    if not is_complete:
        raise ValueError("its end is missing")


def _check_head(head: Any) -> None:
    if not isinstance(head, dict) or head.get("format") != _FORMAT:
        raise ValueError("it is no export of a store")
    if head.get("schema") != schema.newest():
        raise ValueError(
            f"it has schema {head.get('schema')}, this program writes {schema.newest()}; read it in with the "
            "program that wrote it, then migrate"
        )


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row as the table takes it. ValueError: not its columns, or a document that isn't what it was."""
    if row.keys() != set(table.columns.keys()):
        raise ValueError(f"a row of {table.name} has other columns")
    typed = {key: _value(table.columns[key].type, value) for key, value in row.items()}
    if table is documents and not is_whole(typed["body"], typed["sha256"], typed["size"]):
        raise ValueError(f"document {typed['id']} does not match its checksum")
    return typed


def _value(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return b64decode(value, validate=True)
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _set_sequences(connection: Connection) -> None:
    """Let PostgreSQL go on counting where the imported ids end; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in _TABLES.values():
        if "id" in table.columns and (last := connection.execute(select(func.max(table.c.id))).scalar()):
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, last)))
