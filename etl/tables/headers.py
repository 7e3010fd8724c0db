"""Where a table's header stands and which of its columns are meant.

Above a header stand titles and dates, a header may take two lines (a merged "Quantity" over "tablets" and
"kg"), and the publisher moves columns about: so columns are known by name, never by place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.tables.cells import as_text
from etl.tables.mapping import Plan
from etl.tables.records import Cell, Sheet, TableError
from etl.vocabulary import fold

LOOKED_AT = 60
"""Rows among which the header must be: titles and notes above it take no more."""
_SHOWN = 200  # characters of a message


@dataclass(frozen=True, slots=True)
class Header:
    """`columns`: the first spelling of each wanted column -> its place. `line`: the header's last line."""

    columns: dict[str, int]
    line: int
    width: int
    missing: tuple[str, ...]  # wanted and necessary, but not there
    twice: tuple[str, ...]  # wanted, and there more than once
    names: tuple[str, ...]


def find_header(sheet: Sheet, plan: Plan) -> Header:
    """Return the first header with the most wanted columns. Raises TableError."""
    header = best_header(sheet, plan)
    if header is None or header.missing:
        wanted = ", ".join(next(iter(spellings)) for spellings in plan.wanted())
        missing = ", ".join(header.missing if header else ()) or wanted
        found = ", ".join(name for name in header.names if name) if header else "nothing"
        line = header.line if header else 1
        raise TableError(
            "table_columns_missing", missing=missing[:_SHOWN], found=found[:_SHOWN] or "nothing", line=line
        )
    if header.twice:
        raise TableError("table_column_twice", value=", ".join(header.twice)[:_SHOWN], line=header.line)
    return header


def best_header(sheet: Sheet, plan: Plan) -> Header | None:
    """The likeliest header, whether or not all wanted columns are in it; None of a sheet without rows."""
    rows = sheet.rows[:LOOKED_AT]
    if plan.header_row:
        rows = tuple(row for row in sheet.rows if row[0] >= plan.header_row)[:2]
    starts = range(1 if plan.header_row else len(rows))
    heights = (plan.header_rows,) if plan.header_rows else (1, 2)
    found = [
        _header(rows[start : start + height], plan)
        for height in heights
        for start in starts
        if start + height <= len(rows)
    ]
    return max(found, key=lambda header: len(header.columns), default=None)


def _header(rows: Sequence[tuple[int, Sequence[Cell]]], plan: Plan) -> Header:
    names = [" ".join(as_text(cell).split()) for cell in rows[0][1]]
    below: list[str] = []
    if len(rows) == 2:
        below = [" ".join(as_text(cell).split()) for cell in rows[1][1]]
        width = max(len(names), len(below))
        names = _filled(names + [""] * (width - len(names)))
        below += [""] * (width - len(below))
    whole = [f"{top} {sub}".strip() for top, sub in zip(names, below, strict=True)] if below else names
    spelled = [fold(name) for name in whole]
    lower = [fold(name) for name in below]
    columns: dict[str, int] = {}
    missing: list[str] = []
    twice: list[str] = []
    for spellings, needed in plan.wanted().items():
        places = _places(spelled, spellings) or _places(lower, spellings)
        if places:
            columns[spellings[0]] = places[0]
            twice += spellings[:1] * (len(places) > 1)
        elif needed:
            missing.append(spellings[0])
    return Header(columns, rows[-1][0], len(whole), tuple(missing), tuple(twice), tuple(whole))


def _places(names: Sequence[str], spellings: tuple[str, ...]) -> list[int]:
    """The places of the first spelling that is there: a later one may name something else beside it."""
    for spelling in spellings:
        if places := [at for at, name in enumerate(names) if name == spelling]:
            return places
    return []


def _filled(names: list[str]) -> list[str]:
    """A merged cell's text stands in its first column only."""
    last, filled = "", []
    for name in names:
        last = name or last
        filled.append(last)
    return filled
