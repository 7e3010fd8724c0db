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
    """A number without exponent, rounded to `decimals` places, no trailing zeros: 2.50 -> 2.5, 3e6 -> 3000000."""
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
    match field.type, value:
        case "yes_no", bool() | 0 | 1:
            return "1" if value else "0"
        case "integer" | "number", bool():
            pass
        case "integer", int() | float() as count:
            return str(round(count))
        case "number", int() | float() as amount:
            return number(amount, field.decimals)
        case "date", date() as day:
            return day.isoformat()
        case "text", str() as text:
            return guard(one_line(text))
        case "list", list() | tuple() as items:
            return guard("|".join(one_line(str(item)).replace("|", "/") for item in items))
        case _:
            pass
    raise TypeError(f"column {field.name} ({field.type}) cannot hold {value!r}")


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
