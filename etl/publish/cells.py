"""From Python values to the bytes of a CSV: one format for every cell of every published table.

UTF-8 without a byte order mark, `\\n` line ends, blanks for unknown, dates as YYYY-MM-DD, yes/no as 1/0,
whole numbers without exponent, lists joined by `|`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from etl.schema import Field, Table

Row = Mapping[str, object]

# A spreadsheet runs a cell that begins with one of these as a formula. Only texts can carry foreign words; a
# negative longitude is a number and stays one.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def one_line(text: str) -> str:
    """Line breaks, tabs and runs of blanks become one space: a row stays a line in every tool."""
    return " ".join(text.split())


def number(value: float, decimals: int) -> str:
    """A number without exponent, rounded to `decimals` places, no trailing zeros: 2.50 -> 2.5, 3e6 ->
    3000000.
    """
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def cell(field: Field, value: object) -> str:
    """The text of one cell; "" for None, the empty text and the empty list.

    Raises TypeError where a value's type is not the column's: a slip in our code, not in the data.
    """
    if value is None or value in ("", (), []):
        return ""
    kind = field.type
    if kind in {"text", "list"}:
        text = _text(kind, value)
    elif kind == "yes_no" and (isinstance(value, bool) or value in (0, 1)):
        text = "1" if value else "0"
    elif kind == "date" and isinstance(value, date):
        text = value.isoformat()
    elif kind in {"integer", "number"} and isinstance(value, (int, float)) and not isinstance(value, bool):
        text = str(round(value)) if kind == "integer" else number(value, field.decimals)
    else:
        text = None
    if text is None:
        raise TypeError(f"column {field.name} ({kind}) cannot hold {value!r}")
    return text


def _text(kind: str, value: object) -> str | None:
    if kind == "text":
        return guard(one_line(value)) if isinstance(value, str) else None
    if isinstance(value, (tuple, list)):
        return guard("|".join(one_line(str(item)).replace("|", "/") for item in value))
    return None


def csv_bytes(table: Table, rows: Iterable[Row]) -> bytes:
    """The table as CSV, in the schema's column order; columns a row lacks are blank.

    Raises KeyError for a row with a column that the table doesn't have.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    known = frozenset(table.columns)
    for row in rows:
        if unknown := row.keys() - known:
            raise KeyError(f"table {table.name} has no column {min(unknown)!r}")
        writer.writerow([cell(field, row.get(field.name)) for field in table.fields])
    return out.getvalue().encode()


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a published CSV as texts, as they stand (guards included)."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))
