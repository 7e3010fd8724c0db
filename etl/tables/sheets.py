"""Bytes -> sheets: what a table is, whatever its name or its server says, and its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.bounded import BoundedError, ask
from etl.bounded.xlsx import COLUMNS, ROWS
from etl.decoding import NotTextError, decode
from etl.tables.headers import LOOKED_AT, best_header
from etl.tables.mapping import Plan
from etl.tables.records import Cell, Sheet, TableError

LARGEST = 20_000_000
"""Bytes of a table as it was sent."""
SECONDS = 120.0
"""For a workbook; one of 100,000 rows of 12 cells takes about a tenth."""
_LONGEST = 131_072
"""Characters of a cell of a CSV: the csv module's own limit, which libraries lift for the whole process."""
_DELIMITERS = ",;\t|"
_PARTS = {
    b"xl/workbook.bin": "a binary workbook (.xlsb)",
    b"content.xml": "an OpenDocument file (.ods)",
    b"word/document.xml": "a Word document",
}
_OLD = "an old workbook (.xls), or one with a password"


def read_sheets(data: bytes, plan: Plan) -> list[Sheet]:
    """Return the sheets that the mapping wants; a CSV is one without a name. Raises TableError."""
    if len(data) > LARGEST:
        raise TableError("table_too_large", limit=LARGEST // 1_000_000)
    if not data.strip():
        raise TableError("table_kind_unknown", kind="nothing: the file is empty")
    if data.startswith(b"PK"):
        return _workbook(data, plan)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError("table_kind_unknown", kind=_OLD)
    try:
        text = decode(data)
    except NotTextError as error:
        raise TableError("table_kind_unknown", kind=str(error)) from error
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise TableError("table_kind_unknown", kind="a web page")
    return [_delimited(text, plan)]


def _workbook(data: bytes, plan: Plan) -> list[Sheet]:
    if b"_rels/.rels" not in data or b"xl/workbook.bin" in data:
        kind = next((kind for part, kind in _PARTS.items() if part in data), "a ZIP archive")
        raise TableError("table_kind_unknown", kind=kind)
    try:
        found: Any = ask("xlsx", data, *plan.sheets, seconds=SECONDS)
    except BoundedError as error:
        code = "table_unreadable" if error.why == "broken" else "table_too_slow"
        raise TableError(code, why="its reader failed") from error
    if "trouble" in found:
        raise TableError(found.pop("trouble"), **found)
    return [
        Sheet(name, tuple((line, tuple(map(_typed, cells))) for line, cells in rows))
        for name, rows in found["sheets"]
    ]


def _typed(cell: Any) -> Cell:
    """A text, a number, or a day; a time of day is no more than its text."""
    if not isinstance(cell, list):
        typed: Cell = cell
        return typed
    text = str(cell[0])
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text


def _delimited(text: str, plan: Plan) -> Sheet:
    """A CSV, by the delimiter with which most of the wanted columns are found in a header."""
    if plan.delimiter:
        return _sheet(text, plan.delimiter, ROWS)

    def fit(delimiter: str) -> tuple[int, int]:
        sheet = _sheet(text, delimiter, LOOKED_AT, cut=True)
        header = best_header(sheet, plan)
        return (len(header.columns), header.width) if header else (0, 0)

    return _sheet(text, max(_DELIMITERS, key=fit), ROWS)


def _sheet(text: str, delimiter: str, most: int, *, cut: bool = False) -> Sheet:
    rows = []
    try:
        for row in _rows(text, delimiter):
            rows.append(row)
            if len(rows) > most:
                if cut:
                    break
                raise TableError("table_too_long", limit=f"{most:,}")
    except csv.Error as error:
        if not cut:
            why = f"after {len(rows)} rows: {error}; a quotation mark was probably never closed"
            raise TableError("table_unreadable", why=why) from error
    return Sheet("", tuple(rows), ragged=True)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        if max(map(len, cells), default=0) > _LONGEST:
            raise csv.Error(f"field larger than field limit ({_LONGEST})")
        tidy = tuple(" ".join(cell.split()) for cell in cells[: COLUMNS + 1])
        if any(tidy):
            yield line, tidy
        line = reader.line_num + 1
