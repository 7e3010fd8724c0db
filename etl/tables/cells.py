"""One cell of a table -> the text that the ledger's column would hold.

What fits none of the mapping's formats stays as it stands: the ledger refuses the row with a sentence, and a
correction by a curator can still mend the cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale

from etl.dates import read_period
from etl.tables.mapping import DATES, NUMBERS, SERIAL, Column
from etl.tables.records import Cell
from etl.vocabulary import fold, load
from etl.vocabulary.countries import country_codes
from etl.vocabulary.drugs import drug_code
from etl.vocabulary.units import unit_code

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LONGEST_DATE = 60
_LONGEST_NUMBER = 40
_NUMBER = {
    ".": re.compile(r"[+-]?(?:[0-9]{1,3}(?:[,'’ ٬،][0-9]{3})+|[0-9]+)(?:[.٫][0-9]+)?"),
    ",": re.compile(r"[+-]?(?:[0-9]{1,3}(?:[.'’ ٬][0-9]{3})+|[0-9]+)(?:[,٫][0-9]+)?"),
}
_FIRST_SERIAL = date(1899, 12, 30)  # day 0 of spreadsheets, counted so that days from March 1900 are right
_SERIALS = range(61, 80_000)


def as_text(cell: Cell) -> str:
    """The cell as people see it: no exponents, days as YYYY-MM-DD."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{Decimal(repr(cell)):f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def convert(cell: Cell, column: Column) -> tuple[str, bool]:
    """Return the ledger's text of a cell that isn't blank, and whether the mapping could read it."""
    text = as_text(cell)
    if column.codes and (code := column.codes.get(fold(text))) is not None:
        return code, True
    if column.target in DATES:
        found = _day(cell, text, column.dates)
    elif column.target in NUMBERS:
        found = _number(cell, text, column)
    elif column.target == "country":
        found = _country(text)
    elif column.target in ("drug", "unit"):
        known = drug_code(text) if column.target == "drug" else unit_code(text)
        found = text if known is not None else ""
    else:
        return text, True
    return found or text, bool(found)


# -- dates


def _day(cell: Cell, text: str, formats: tuple[str, ...]) -> str:
    """YYYY-MM-DD, YYYY-MM or YYYY, as precise as the format; "" where none fits."""
    if isinstance(cell, date):
        return cell.isoformat()
    return _read_day(_bare(text), formats) if len(text) <= _LONGEST_DATE else ""


@lru_cache(maxsize=1 << 14)
def _read_day(text: str, formats: tuple[str, ...]) -> str:
    for form in formats:
        found = _by_serial(text) if form == SERIAL else _by_format(text, form)
        if found:
            return found
    return text if read_period(text) else ""


def _by_serial(text: str) -> str:
    days = int(text.partition(".")[0]) if re.fullmatch(r"[0-9]{2,5}(?:\.[0-9]{1,20})?", text) else 0
    return (_FIRST_SERIAL + timedelta(days=days)).isoformat() if days in _SERIALS else ""


def _by_format(text: str, form: str) -> str:
    if "%b" in form or "%B" in form:
        pattern, numbers = _months()
        text = pattern.sub(lambda found: f" {numbers[found.group(1)]} ", fold(text)).strip()
        form = re.sub(r"[^%\w]+", " ", form.replace("%b", "%m").replace("%B", "%m")).strip()
    try:
        day = datetime.strptime(text, form)  # noqa: DTZ007 - a day as it is written, nowhere's midnight
    except (ValueError, OverflowError, re.error):
        return ""
    if "%d" in form or "%j" in form:
        return day.date().isoformat()
    return f"{day.year:04}-{day.month:02}" if "%m" in form else f"{day.year:04}"


@cache
def _months() -> tuple[re.Pattern[str], Mapping[str, int]]:
    """Names of months in any spelling, a second name beside the first taken with it (شباط/فبراير)."""
    numbers = {fold(name): int(n) for n, names in load("calendar_words")["month"].items() for name in names}
    names = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({names})(?!\w)(?: (?:{names})(?!\w)){{0,2}}"), numbers


# -- numbers


def _number(cell: Cell, text: str, column: Column) -> str:
    """Plain digits with at most a decimal point; "" where it is no number as the mapping writes them."""
    if isinstance(cell, (int, float)):
        return _times(text, column.times)
    text = _bare(text)
    if len(text) > _LONGEST_NUMBER or _NUMBER[column.decimal].fullmatch(text) is None:
        return ""
    whole, _, part = text.replace("٫", column.decimal).partition(column.decimal)
    sign = "-" if whole.startswith("-") else ""
    digits = re.sub(r"[^0-9]", "", whole)
    return _times(f"{sign}{digits}.{part}" if part else f"{sign}{digits}", column.times)


def _times(text: str, times: Decimal) -> str:
    if times == 1:
        return text
    value = f"{Decimal(text) * times:f}"
    return value.rstrip("0").rstrip(".") if "." in value else value


def _bare(text: str) -> str:
    """ASCII digits, and no marks of writing direction or other invisible signs."""
    kept = "".join(c for c in text.translate(_DIGITS) if c.isascii() or unicodedata.category(c) != "Cf")
    return " ".join(kept.split())


# -- countries


def _country(text: str) -> str:
    code = text.upper()
    return code if code in country_codes() else _countries().get(fold(text), "")


@cache
def _countries() -> Mapping[str, str]:
    """Folded English, Arabic and French names -> ISO 3166 code."""
    return {
        fold(name): code
        for language in ("fr", "ar", "en")
        for code, name in Locale(language).territories.items()
        if code in country_codes()
    }
