"""One table, four file formats; the same rows give the same bytes on every machine and every day."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter

from dashboard.export.source import Column, RawTable, guard

BOM = b"\xef\xbb\xbf"
CELL_LIMIT = 32_767
"""Characters that a cell of an Excel sheet can hold (Excel specifications and limits)."""
TOO_LONG = " … [cut: Excel holds no more; see the CSV]"

SHEET_WORDS = ("readme", "columns", "column", "unit", "meaning")
_ARROW = {"integer": pa.int64(), "number": pa.float64(), "date": pa.date32(), "boolean": pa.int8()}


def to_csv(table: RawTable, *, for_excel: bool = False) -> bytes:
    """The header and records as published. Excel alone needs the byte-order mark."""
    body = (table.header + "".join(table.records)).encode()
    return BOM + body if for_excel else body


def typed(column: Column, cell: str) -> int | float | date | str | None:
    """The cell as its column's type; blank is unknown, a cell that does not parse stays text."""
    if cell == "":
        return None
    try:
        match column.type:
            case "integer" | "boolean":
                return int(cell)
            case "number":
                return float(cell)
            case "date":
                return date.fromisoformat(cell)
    except ValueError:
        pass
    return cell


def to_parquet(table: RawTable) -> bytes:
    """Typed columns; blanks are nulls. A column with a cell that breaks its type is written as text."""
    arrays, fields = [], []
    for i, column in enumerate(table.columns):
        values = [typed(column, row[i]) for row in table.rows]
        kind = _ARROW.get(column.type, pa.string())
        if any(isinstance(value, str) for value in values):
            kind, values = pa.string(), [None if value is None else str(value) for value in values]
        arrays.append(pa.array(values, kind))
        fields.append(pa.field(column.name, kind))
    return _parquet(pa.Table.from_arrays(arrays, schema=pa.schema(fields)))


def cut_parquet(path: Path, event_ids: Collection[str] | None) -> bytes:
    """A GeoParquet file of the release, cut to these events; its `geo` metadata is kept."""
    if event_ids is None:
        return path.read_bytes()
    whole = pq.read_table(path)
    wanted = pa.array(sorted(event_ids), pa.string())
    return _parquet(whole.filter(pc.is_in(whole["event_id"].cast(pa.string()), value_set=wanted)))


def _parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def cut_geojson(path: Path, event_ids: Collection[str] | None) -> bytes:
    """A GeoJSON file of the release, cut to these events. Geometry is null where no honest point exists."""
    if event_ids is None:
        return path.read_bytes()
    whole = json.loads(path.read_text("utf-8"))
    wanted = frozenset(event_ids)
    whole["features"] = [f for f in whole["features"] if f["properties"].get("event_id") in wanted]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def to_xlsx(
    table: RawTable, readme: Sequence[tuple[str, str]], created: date, words: Mapping[str, str]
) -> bytes:
    """A workbook of three sheets: README first, the table, its columns explained.

    `readme` holds (label, text) lines; `created` is the release's day, since a clock would change the bytes;
    `words` names the sheets and headings (`SHEET_WORDS`).
    """
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(
        sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(created.year, created.month, created.day)})  # noqa: DTZ001
    bold = book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})

    front = book.add_worksheet(words["readme"])
    front.set_column(0, 0, 22)
    front.set_column(1, 1, 100)
    for i, (label, text) in enumerate(readme):
        front.write_string(i, 0, label, bold)
        front.write_string(i, 1, guard(text), wrap)

    sheet = book.add_worksheet(table.name[:31])
    sheet.freeze_panes(1, 1)
    for j, column in enumerate(table.columns):
        sheet.write_string(0, j, column.name, bold)
        sheet.set_column(j, j, _width(column))
    for i, row in enumerate(table.rows, start=1):
        for j, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write(sheet, i, j, typed(column, cell), day)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)

    legend = book.add_worksheet(words["columns"])
    legend.set_column(0, 0, 28)
    legend.set_column(2, 2, 100)
    for j, word in enumerate(SHEET_WORDS[2:]):
        legend.write_string(0, j, words[word], bold)
    for i, column in enumerate(table.columns, start=1):
        for j, text in enumerate((column.name, column.unit, guard(column.description))):
            legend.write_string(i, j, text, wrap)
    book.close()
    return sink.getvalue()


def _write(sheet: Any, i: int, j: int, value: int | float | date | str | None, day: Any) -> None:
    match value:
        case None:
            return
        case str():
            fits = value if len(value) <= CELL_LIMIT else value[: CELL_LIMIT - len(TOO_LONG)] + TOO_LONG
            sheet.write_string(i, j, fits)
        case date():
            sheet.write_datetime(i, j, value, day)
        case _:
            sheet.write_number(i, j, value)


def _width(column: Column) -> int:
    return {"date": 11, "integer": 12, "number": 12, "boolean": 6}.get(column.type, 20)
