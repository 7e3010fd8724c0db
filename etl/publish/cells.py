"""From Python values to the bytes of a CSV: one format for every cell of every published table.

UTF-8 without a byte order mark, `\\n` line ends, blanks for unknown, dates as YYYY-MM-DD, yes/no as 1/0,
whole numbers without exponent, lists joined by `|`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache

from etl.schema import Field, Table

Row = Mapping[str, object]

# A spreadsheet runs a cell that begins with one of these as a formula. Only texts can carry foreign words; a
# negative longitude is a number and stays one.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@lru_cache(maxsize=1 << 17)
def plain(text: str) -> str:
    """A text as it is published: on one line (runs of blanks become one space), no formula for a spreadsheet.

    Line breaks and tabs would break rows apart in simple tools; an apostrophe keeps a formula from being run.
    """
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(FORMULA_STARTS) else line


def number(value: float, decimals: int) -> str:
    """A number without exponent, rounded to `decimals` places, no trailing zeros: 2.50 -> 2.5."""
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
    text = _FORMATS[field.type](field, value)
    if text is None:
        raise TypeError(f"column {field.name} ({field.type}) cannot hold {value!r}")
    return text


def _text(_: Field, value: object) -> str | None:
    return plain(value) if isinstance(value, str) else None


def _list(_: Field, value: object) -> str | None:
    if not isinstance(value, (tuple, list)):
        return None
    return plain("|".join([str(item).replace("|", "/") for item in value]))


def _yes_no(_: Field, value: object) -> str | None:
    return ("1" if value else "0") if value in (0, 1) else None


def _date(_: Field, value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def _integer(_: Field, value: object) -> str | None:
    return str(round(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _number(field: Field, value: object) -> str | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value, field.decimals)
    return None


_FORMATS: dict[str, Callable[[Field, object], str | None]] = {
    "text": _text,
    "list": _list,
    "yes_no": _yes_no,
    "date": _date,
    "integer": _integer,
    "number": _number,
}


def texts(table: Table, rows: Iterable[Row]) -> list[dict[str, str]]:
    """The rows as they are written: the columns that they fill, as texts.

    Raises KeyError for a row with a column that the table doesn't have.
    """
    fields = {field.name: field for field in table.fields}
    found = []
    for row in rows:
        if unknown := row.keys() - fields.keys():
            raise KeyError(f"table {table.name} has no column {min(unknown)!r}")
        found.append({name: text for name, value in row.items() if (text := cell(fields[name], value))})
    return found


def csv_bytes(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Texts as CSV, in the schema's column order; columns that a row lacks are blank."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, table.columns, restval="", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a published CSV as texts, as they stand (guards included)."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))
