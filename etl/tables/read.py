"""The reading of a table: mapping, sheets, header, then row by row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from etl.records import Issue, RowRef
from etl.tables.cells import as_text, convert
from etl.tables.headers import Header, find_header
from etl.tables.mapping import Column, Condition, Plan, read_mapping
from etl.tables.records import Cell, Sheet, TableError, TableRows, TableSource
from etl.tables.sheets import read_sheets
from etl.vocabulary import fold, load
from etl.vocabulary.issues import issue

_TOP = 1
_ID_DIGITS = 16
_SAY_SOMETHING = frozenset(
    {"event_date", "period_start", "period_end", "quantity", "weight_kg", "quantity_as_written"}
)
_ROLE = "background"
"""A table recalls seizures, as a page does that is not their news: its own date says nothing of theirs."""
_AS_WRITTEN = {"quantity_as_written": "quantity", "place_as_written": "place"}


def read_table(data: bytes, mapping: Mapping[str, object], name: str, *, source: TableSource) -> TableRows:
    """Read a CSV or XLSX by its mapping. Raises nothing, whatever the bytes and the mapping hold.

    `name` is the source's id: the first part of each `report_id`, and, with the sheet, where rows stand.
    A table that can't be read is one blocking issue at its first line and no rows.
    """
    try:
        plan = read_mapping(mapping)
        sheets = read_sheets(data, plan)
    except TableError as error:
        return TableRows(issues=(_refusal(error, name),), newest=source.fetched)
    places = _places(name, sheets)
    read = [
        _read_sheet(sheet, plan, name, place, source) for place, sheet in zip(places, sheets, strict=True)
    ]
    return TableRows(
        rows=tuple(row for part in read for row in part.rows),
        issues=tuple(found for part in read for found in part.issues),
        rows_read=sum(part.rows_read for part in read),
        skipped=sum(part.skipped for part in read),
        newest=source.fetched,
    )


def _refusal(error: TableError, place: str) -> Issue:
    return issue(error.code, RowRef(place, _TOP), value=error.value, **error.words)


def _places(name: str, sheets: Sequence[Sheet]) -> list[str]:
    """What each sheet is called beside the source's id; sheets of one name are told apart by a number."""
    places: list[str] = []
    for number, sheet in enumerate(sheets, 1):
        place = f"{name} {sheet.name}".rstrip()
        places.append(f"{place} ({number})" if place in places else place)
    return places


def _read_sheet(sheet: Sheet, plan: Plan, name: str, place: str, source: TableSource) -> TableRows:
    try:
        header = find_header(sheet, plan)
    except TableError as error:
        return TableRows(issues=(_refusal(error, place),))
    reading = _Reading(plan, header, name, place, source)
    below = [(line, cells) for line, cells in sheet.rows if line > header.line]
    for line, cells in below:
        reading.read(RowRef(place, line), cells, ragged=sheet.ragged)
    refused = {found.ref for found in reading.issues if found.blocking}
    return TableRows(
        rows=tuple(reading.rows),
        issues=(*reading.issues, *reading.remarks(len(below))),
        rows_read=len(reading.rows) + len(refused),
        skipped=reading.skipped,
    )


@dataclass
class _Reading:
    """The rows below one header, read one by one; what is wrong with them gathers in `issues`."""

    plan: Plan
    header: Header
    name: str
    place: str
    source: TableSource
    rows: list[tuple[RowRef, dict[str, str]]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    skipped: int = 0
    above: dict[str, Cell] = field(default_factory=dict)
    unread: dict[str, tuple[int, str, int]] = field(default_factory=dict)

    def read(self, ref: RowRef, cells: Sequence[Cell], *, ragged: bool) -> None:
        """Take in one row: it becomes one of `rows`, an issue, or is skipped."""
        self.fill_down(cells)
        if self.is_skipped(cells):
            self.skipped += 1
        elif ragged and len(cells) != self.header.width:
            self.issues.append(issue("ragged_row", ref, cells=len(cells), columns=self.header.width))
        elif total := _total(cells):
            self.issues.append(issue("table_total_row", ref, value=total))
        else:
            row = self.row(ref, cells)
            read = (column.target for column in self.plan.columns if column.headers)
            if any(row[target] for target in read if target in _SAY_SOMETHING):
                self.rows.append((ref, row))
            else:
                self.issues.append(issue("table_row_empty", ref))

    def cell(self, headers: tuple[str, ...], cells: Sequence[Cell]) -> Cell:
        """The cell below a header; "" where it is blank, marked as not known, or the column isn't there."""
        at = self.header.columns.get(headers[0], -1)
        found = cells[at] if 0 <= at < len(cells) else ""
        return "" if isinstance(found, str) and found.casefold() in self.plan.blanks else found

    def fill_down(self, cells: Sequence[Cell]) -> None:
        for column in self.plan.columns:
            if column.fill_down and (found := self.cell(column.headers, cells)) != "":
                self.above[column.headers[0]] = found

    def is_skipped(self, cells: Sequence[Cell]) -> bool:
        def holds(condition: Condition) -> bool:
            return condition.holds(as_text(self.cell(condition.headers, cells)))

        return any(map(holds, self.plan.skip)) or not all(map(holds, self.plan.keep))

    def row(self, ref: RowRef, cells: Sequence[Cell]) -> dict[str, str]:
        """The row of the ledger; columns that the mapping doesn't name are left out, which is blank."""
        row = {"role": _ROLE, "url": self.source.url, "publisher": self.source.publisher}
        row["lang"] = self.source.lang
        written: dict[str, str] = {}
        for column in self.plan.columns:
            found = self.found(column, cells)
            written[column.target] = as_text(found)
            row[column.target] = self.text(column, found, ref)
        for target, origin in _AS_WRITTEN.items():
            if target not in row and written.get(origin):
                row[target] = written[origin]
        if row.get("event_date") and "date_basis" not in row:
            row["date_basis"] = "stated"
        row["report_id"] = self.report_id(cells)
        return row

    def found(self, column: Column, cells: Sequence[Cell]) -> Cell:
        found = self.cell(column.headers, cells) if column.headers else ""
        return self.above.get(column.headers[0], "") if column.fill_down and found == "" else found

    def text(self, column: Column, cell: Cell, ref: RowRef) -> str:
        if cell == "":
            return column.value or column.default
        text, understood = convert(cell, column)
        if not understood:
            count, first, line = self.unread.get(column.target, (0, text, ref.line))
            self.unread[column.target] = (count + 1, first, line)
        return text

    def report_id(self, cells: Sequence[Cell]) -> str:
        """The source's id and a hash of what the row says, so that rows may be re-ordered and inserted.

        By the columns of `identity`, or all that are read; each under its first spelling in the mapping.
        """
        spellings = self.plan.identity or [column.headers for column in self.plan.columns if column.headers]
        said = {headers[0]: as_text(self.cell(headers, cells)) for headers in spellings}
        for column in self.plan.columns:
            if column.fill_down and column.headers[0] in said:
                said[column.headers[0]] = as_text(self.found(column, cells))
        text = json.dumps(sorted((key, value) for key, value in said.items() if value), ensure_ascii=True)
        return f"{self.name}-{hashlib.sha256(text.encode('ascii')).hexdigest()[:_ID_DIGITS]}"

    def remarks(self, below: int) -> list[Issue]:
        """What a curator should know of the table as a whole."""
        top = RowRef(self.place, self.header.line)
        remarks = [
            issue("table_cells_unread", top, column=target, value=first, count=count, line=line)
            for target, (count, first, line) in self.unread.items()
        ]
        if self.skipped:
            remarks.append(issue("table_rows_skipped", top, count=self.skipped, all=below))
        if not below:
            remarks.append(issue("table_without_rows", top, line=self.header.line))
        return remarks


def _total(cells: Sequence[Cell]) -> str:
    """The first words of a row that sums up others, "" for any other row."""
    first = next((cell for cell in cells if cell != ""), "")
    words = fold(first[:80]) if isinstance(first, str) else ""
    return str(first) if words and f"{words} ".startswith(_totals()) else ""


@cache
def _totals() -> tuple[str, ...]:
    return tuple(f"{fold(word)} " for word in load("table_words")["totals"])
