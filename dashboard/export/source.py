"""The files of a release, cut to the events shown.

An export is a subset of the release's own records, byte for byte: nothing is parsed into numbers and printed
again, so a figure in a download can never differ from the published one.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

GUARDED = ("=", "+", "-", "@")
"""First characters that a spreadsheet takes for a formula (OWASP, "CSV Injection")."""

WHOLE = frozenset({"aggregates", "changes", "event_ids", "quarantine"})
"""Tables that a choice of events does not cut: their rows are not (only) rows about one shown event."""


@dataclass(frozen=True)
class Column:
    """A column as the data package describes it: `type` is string, integer, number, date or boolean."""

    name: str
    type: str = "string"
    description: str = ""
    unit: str = ""
    labels: Mapping[str, str] | None = None

    @property
    def is_text(self) -> bool:
        return self.type == "string"


@dataclass(frozen=True)
class RawTable:
    """A published CSV: `records` are its lines as written, `rows` their cells."""

    name: str
    columns: tuple[Column, ...]
    header: str
    records: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def follows_events(self) -> bool:
        return "event_id" in self.names and self.name not in WHOLE

    def cut(self, event_ids: Collection[str] | None) -> RawTable:
        """The rows of these events in the published order; None or a table of its own kind: all of it."""
        if event_ids is None or not self.follows_events:
            return self
        wanted = frozenset(event_ids)
        at = self.names.index("event_id")
        return self._only([i for i, row in enumerate(self.rows) if row[at] in wanted])

    def curated(self) -> RawTable:
        """Without the rows that a machine read, where the table says which those are."""
        if "review_status" not in self.names:
            return self
        at = self.names.index("review_status")
        kept = [i for i, row in enumerate(self.rows) if row[at] != "machine"]
        return self if len(kept) == len(self.rows) else self._only(kept)

    def _only(self, kept: list[int]) -> RawTable:
        return RawTable(
            self.name,
            self.columns,
            self.header,
            tuple(self.records[i] for i in kept),
            tuple(self.rows[i] for i in kept),
        )


def guard(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it; twice changes nothing."""
    return f"'{text}" if text.startswith(GUARDED) else text


def records(text: str) -> Iterator[str]:
    """The lines of a CSV with quoted line breaks kept together, line ends as they stand."""
    held = ""
    for line in io.StringIO(text, newline=""):
        held += line
        if held.count('"') % 2 == 0:
            yield held
            held = ""
    if held:
        yield held


def described(package: Mapping[str, Any], table: str) -> dict[str, Column]:
    """The columns of a table by name, from the release's `datapackage.json`."""
    for resource in package.get("resources", ()):
        if resource.get("name") == table:
            fields = resource.get("schema", {}).get("fields", ())
            return {field["name"]: _column(field) for field in fields}
    return {}


def _column(field: Mapping[str, Any]) -> Column:
    return Column(
        field["name"],
        field.get("type", "string"),
        field.get("description", ""),
        field.get("unit", "") or field.get("captagon:unit", ""),
    )


@lru_cache(maxsize=32)
def read(folder: Path, table: str, sha256: str) -> RawTable | None:
    """One CSV of a release, None where the release has no such table; `sha256` names the release's state."""
    path = folder / f"{table}.csv"
    if not path.is_file():
        return None
    text = path.read_bytes().decode("utf-8-sig")
    header, *lines = records(text)
    names = next(csv.reader([header]))
    known = described(json.loads((folder / "datapackage.json").read_text("utf-8")), table)
    columns = tuple(known.get(name, Column(name)) for name in names)
    rows = tuple(tuple(next(csv.reader(io.StringIO(line, newline="")))) for line in lines)
    return _guarded(RawTable(table, columns, header, tuple(lines), rows))


def _guarded(table: RawTable) -> RawTable:
    """Releases come guarded; a record is rewritten only where one did not."""
    lines, rows = [], []
    for line, row in zip(table.records, table.rows, strict=True):
        safe = tuple(
            guard(cell) if column.is_text else cell for column, cell in zip(table.columns, row, strict=True)
        )
        lines.append(line if safe == row else _line(safe, table.header))
        rows.append(safe)
    return RawTable(table.name, table.columns, table.header, tuple(lines), tuple(rows))


def _line(row: tuple[str, ...], header: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n" if header.endswith("\r\n") else "\n").writerow(row)
    return out.getvalue()
