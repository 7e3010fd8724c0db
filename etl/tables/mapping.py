"""The mapping of a table's columns, as an operator writes it in `data/sources.toml` (docs/tables.md).

Checked as a whole before a byte of the table is read: a slip in it is one sentence that names the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache

from etl.rows import known_columns
from etl.tables.records import TableError
from etl.vocabulary import fold, load

DATES = ("event_date", "published", "period_start", "period_end", "date_earliest", "date_latest")
NUMBERS = ("quantity", "quantity_high", "weight_kg", "value_usd", "arrests", "killed")
REQUIRED = ("event_type", "drug")
"""Columns of the ledger that a mapping must fill: no default would be true of every table."""
SERIAL = "excel"
"""The format of a day that stands as the number of a spreadsheet (45000 = 2023-03-15)."""
_KEYS = frozenset({
    "sheet", "header_row", "header_rows", "delimiter", "dates", "decimal", "blanks", "identity",
    "skip_rows_where", "keep_rows_where", "columns",
})  # fmt: skip
_COLUMN_KEYS = frozenset(
    {"column", "value", "default", "dates", "decimal", "times", "codes", "fill_down", "optional"}
)
_DIRECTIVES = frozenset("%" + letter for letter in "dmYybBHMSpaAj%")

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of the ledger is filled: from the table's column of one of the `headers`, or by `value`.

    `codes`: folded text -> text of the ledger. `default` stands where the table's cell is blank.
    """

    target: str
    headers: tuple[str, ...] = ()
    value: str = ""
    default: str = ""
    dates: tuple[str, ...] = ()
    decimal: str = "."
    times: Decimal = Decimal(1)
    codes: Mapping[str, str] | None = None
    fill_down: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What a cell must be for a row to be meant: one of `equals`, with one of `contains` in it, or blank."""

    headers: tuple[str, ...]
    equals: frozenset[str] = frozenset()
    contains: tuple[str, ...] = ()
    blank: bool | None = None

    def holds(self, text: str) -> bool:
        folded = fold(text)
        return (
            (self.blank is not None and self.blank == (not text))
            or (bool(text) and folded in self.equals)
            or any(words in folded for words in self.contains)
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked mapping. `header_row` and `header_rows` are 0 where they are to be found."""

    columns: tuple[Column, ...]
    sheets: tuple[str, ...] = ()
    header_row: int = 0
    header_rows: int = 0
    delimiter: str = ""
    identity: tuple[tuple[str, ...], ...] = ()
    skip: tuple[Condition, ...] = ()
    keep: tuple[Condition, ...] = ()
    blanks: frozenset[str] = frozenset()

    def wanted(self) -> dict[tuple[str, ...], bool]:
        """The spellings of each column of the table that is read -> whether it must be there."""
        found: dict[tuple[str, ...], bool] = {}
        conditions = (condition.headers for condition in (*self.skip, *self.keep))
        for headers in (*conditions, *self.identity):
            found[headers] = True
        for column in self.columns:
            if column.headers:
                found[column.headers] = found.get(column.headers, False) or not column.optional
        return found


def read_mapping(table: Table) -> Plan:
    """Check a mapping. Raises TableError (`table_mapping_wrong`)."""
    _only(table, _KEYS, "the mapping")
    columns = table.get("columns")
    if not isinstance(columns, Mapping):
        raise _wrong("it has no [columns]")
    dates = _formats(table.get("dates", ()), "dates")
    decimal = _decimal(table.get("decimal", "."), "decimal")
    read = tuple(_column(str(target), entry, dates, decimal) for target, entry in columns.items())
    given = {column.target for column in read}
    if missing := [target for target in REQUIRED if target not in given]:
        raise _wrong(f"[columns] does not say where {' and '.join(missing)} come from")
    if not any(column.headers for column in read):
        raise _wrong("it names no column of the table")
    sheet = table.get("sheet", ())
    sheets = (str(sheet),) if isinstance(sheet, int) else _texts(sheet, "sheet")
    delimiter = table.get("delimiter", "")
    if not isinstance(delimiter, str) or len(delimiter) > 1 or (delimiter and delimiter in '"\r\n\0'):
        raise _wrong("delimiter must be a single character")
    blanks = (*load("table_words")["blanks"], *_texts(table.get("blanks", ()), "blanks"))
    return Plan(
        columns=read,
        sheets=sheets,
        header_row=_whole(table.get("header_row", 0), "header_row", 100_000),
        header_rows=_whole(table.get("header_rows", 0), "header_rows", 2),
        delimiter=delimiter,
        identity=tuple(_identity(table.get("identity", ()))),
        skip=_conditions(table.get("skip_rows_where", ()), "skip_rows_where"),
        keep=_conditions(table.get("keep_rows_where", ()), "keep_rows_where"),
        blanks=frozenset(text.casefold() for text in blanks),
    )


def _column(target: str, entry: object, dates: tuple[str, ...], decimal: str) -> Column:
    where = f"columns.{target}"
    if target not in known_columns() or target == "report_id":
        raise _wrong(f"the ledger has no column {target} that a table could fill")
    if isinstance(entry, (str, list, tuple)):
        entry = {"column": entry}
    if not isinstance(entry, Mapping):
        raise _wrong(f"{where} must be a header, a list of its spellings, or a table of settings")
    _only(entry, _COLUMN_KEYS, where)
    if ("column" in entry) == ("value" in entry):
        raise _wrong(f"{where} needs either column or value")
    if "value" in entry:
        _only(entry, {"value"}, f"{where} with a value")
        return Column(target, value=_text(entry["value"], f"{where}.value"))
    codes = entry.get("codes")
    if codes is not None and not isinstance(codes, Mapping):
        raise _wrong(f"{where}.codes must be a table of text = code")
    return Column(
        target,
        headers=_headers(entry["column"], f"{where}.column"),
        default=_text(entry.get("default", ""), f"{where}.default"),
        dates=_formats(entry["dates"], f"{where}.dates") if "dates" in entry else dates,
        decimal=_decimal(entry.get("decimal", decimal), f"{where}.decimal"),
        times=_times(entry.get("times", 1), f"{where}.times"),
        codes={fold(str(k)): _text(v, f"{where}.codes") for k, v in codes.items()} if codes else None,
        fill_down=_yes(entry.get("fill_down", False), f"{where}.fill_down"),
        optional=_yes(entry.get("optional", False), f"{where}.optional"),
    )


def _conditions(entries: object, where: str) -> tuple[Condition, ...]:
    if isinstance(entries, Mapping):
        entries = [entries]
    if not isinstance(entries, (list, tuple)):
        raise _wrong(f"{where} must be a list of conditions")
    return tuple(_condition(entry, where) for entry in entries)


def _condition(entry: object, where: str) -> Condition:
    if not isinstance(entry, Mapping) or "column" not in entry:
        raise _wrong(f"a condition of {where} must name a column")
    _only(entry, {"column", "is", "contains", "blank"}, where)
    if len(entry) < 2:
        raise _wrong(f"a condition of {where} needs one of is, contains, blank")
    contains = tuple(fold(text) for text in _texts(entry.get("contains", ()), f"{where}.contains"))
    if not all(contains):
        raise _wrong(f"{where}.contains must hold words")
    return Condition(
        headers=_headers(entry["column"], f"{where}.column"),
        equals=frozenset(fold(text) for text in _texts(entry.get("is", ()), f"{where}.is")),
        contains=contains,
        blank=_yes(entry["blank"], f"{where}.blank") if "blank" in entry else None,
    )


def _identity(value: object) -> Iterable[tuple[str, ...]]:
    """A list of columns; each is a header, or a list of its spellings."""
    if not isinstance(value, (list, tuple)):
        raise _wrong("identity must be a list of columns")
    return (_headers(entry, "identity") for entry in value)


def _headers(value: object, where: str) -> tuple[str, ...]:
    texts = _texts(value, where)
    folded = tuple(dict.fromkeys(fold(text) for text in texts))
    if not folded or not all(folded):
        raise _wrong(f"{where} must be a header, or a list of its spellings")
    return folded


def _formats(value: object, where: str) -> tuple[str, ...]:
    formats = _texts(value, where)
    for text in formats:
        _check_format(text, where)
    return formats


@cache
def _check_format(text: str, where: str) -> None:
    found = re.findall(r"%.?", text)
    if text == SERIAL:
        return
    if len(text) > 60 or not set(found) <= _DIRECTIVES or not {"%Y", "%y"} & set(found):
        raise _wrong(f"{where}: '{text[:60]}' is no format of a date (%d/%m/%Y, %B %Y, %Y, excel)")
    try:
        datetime.strptime("", text)  # noqa: DTZ007 - only whether it is a format
    except ValueError as error:
        if "does not match" not in str(error):
            raise _wrong(f"{where}: '{text}' is no format of a date ({error})") from error
    except re.error as error:  # a directive that stands twice
        raise _wrong(f"{where}: '{text}' names a part of the date twice") from error


def _decimal(value: object, where: str) -> str:
    if value not in (".", ","):
        raise _wrong(f'{where} must be "." or ","')
    return str(value)


def _times(value: object, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e12:
        raise _wrong(f"{where} must be a positive number")
    return Decimal(str(value))


def _whole(value: object, where: str, largest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= largest:
        raise _wrong(f"{where} must be a whole number up to {largest}")
    return value


def _yes(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(f"{where} must be true or false")
    return value


def _text(value: object, where: str) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise _wrong(f"{where} must be a text")
    return " ".join(str(value).split())


def _texts(value: object, where: str) -> tuple[str, ...]:
    values = (value,) if isinstance(value, str) else value
    if not isinstance(values, (list, tuple)):
        raise _wrong(f"{where} must be a text or a list of texts")
    return tuple(_text(entry, where) for entry in values)


def _only(table: Mapping[str, object], known: Iterable[str], where: str) -> None:
    if unknown := sorted(str(key) for key in table if key not in known):
        raise _wrong(
            f"{where} has no setting {', '.join(unknown)[:80]} (there are: {', '.join(sorted(known))})"
        )


def _wrong(why: str) -> TableError:
    return TableError("table_mapping_wrong", why=why)
