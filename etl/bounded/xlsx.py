"""The child that reads a workbook: values only, never formulas, macros or links to other files.

Answer: {"sheets": [[name, [[line, cells], ...]], ...]} or {"trouble": code, ...words}. A cell is a text, a
number, or a list of one text: a day (or a time) in ISO 8601, typed as such in the workbook. Rows without any
value are left out; `line` is 1-based.
"""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import count
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from etl.bounded.child import answer

UNPACKED = 200_000_000
"""Bytes that all parts of a workbook may have together when unpacked: 100,000 rows of 20 cells take half."""
PART = 10_000_000
"""Bytes of a part that is neither a sheet nor the table of texts; those are read as a whole."""
PARTS = 1000
ROWS = 100_000
LINES = 1_048_576
"""Lines of a sheet that are walked through, blank ones included: as many as a sheet can have."""
COLUMNS = 128
CELLS = 3_000_000
TEXT = 50_000_000
"""Characters of all cells together: one text of the table of texts can stand in any number of cells."""
LONGEST = 30_000
"""Characters of a cell; what is longer is no entry of a table and is refused later on."""
_STREAMED = re.compile(r"(?:xl/)?(?:worksheets/[^/]{1,100}|sharedStrings)\.xml", re.IGNORECASE)
_DECLARED = re.compile(rb"""^[^<]{0,10}<\?xml[^>]{0,100}encoding\s{0,3}=\s{0,3}["']([\w.-]{1,40})""")
_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}
_CHUNK = 1 << 20


class _RefusedError(Exception):
    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.told = {"trouble": code, **words}


def read(data: bytes, wanted: list[str]) -> dict[str, object]:
    """Read the wanted sheets: names or numbers from 1, `*` for all that are shown, none for the first."""
    try:
        _check(data)
        return {"sheets": _sheets(data, wanted)}
    except _RefusedError as refusal:
        return refusal.told
    except MemoryError:
        raise
    except Exception as error:  # a broken workbook makes the library raise anything
        why = str(error).split("\n", 1)[0] if isinstance(error, BadZipFile) else type(error).__name__
        return {"trouble": "table_unreadable", "why": why[:120]}


def _check(data: bytes) -> None:
    """Unpack every part once, piece by piece, before anything looks into it."""
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS or len({part.filename for part in parts}) < len(parts):
            raise _RefusedError("table_unsafe", why=f"it has {len(parts)} parts, or one twice")
        if sum(part.file_size for part in parts) > UNPACKED:
            raise _RefusedError("table_too_large", limit=UNPACKED // 1_000_000)
        left = UNPACKED
        for part in parts:
            if part.flag_bits & 1 or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise _RefusedError("table_unsafe", why="a part is encrypted or packed in an unusual way")
            largest = left if _STREAMED.fullmatch(part.filename) else min(left, PART)
            media = "media/" in part.filename or part.filename.endswith(".bin")  # never opened
            xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
            size, before = 0, b""
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    if not size and xml:
                        _check_encoding(chunk)
                    size += len(chunk)
                    if size > (left if media else largest):
                        raise _RefusedError("table_too_large", limit=UNPACKED // 1_000_000)
                    if xml and (b"<!DOCTYPE" in before + chunk or b"<!ENTITY" in before + chunk):
                        raise _RefusedError("table_unsafe", why="a part declares XML entities")
                    before = chunk[-16:]
            left -= size


def _check_encoding(head: bytes) -> None:
    """Parts in another encoding than UTF-8, which could hide a declaration, no spreadsheet makes."""
    declared = _DECLARED.match(head)
    if b"\0" in head[:200] or (declared and declared.group(1).lower() not in _ENCODINGS):
        raise _RefusedError("table_unsafe", why="a part is not encoded in UTF-8")


def _sheets(data: bytes, wanted: list[str]) -> list[tuple[str, list[object]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - may be needless

    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    every = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
    shown = [sheet for sheet in every if sheet.sheet_state == "visible"] or every
    by_name = {str(sheet.title).strip().casefold(): sheet for sheet in every}
    chosen = shown if "*" in wanted else shown[:1] if not wanted else []
    for name in wanted if "*" not in wanted else ():
        at = int(name) - 1 if name.isdecimal() else -1
        sheet = by_name.get(name.strip().casefold()) or (every[at] if 0 <= at < len(every) else None)
        if sheet is None:
            found = ", ".join(str(sheet.title)[:60] for sheet in every[:20]) or "none"
            raise _RefusedError("table_without_sheet", value=name[:60], found=found)
        chosen.append(sheet)
    if not chosen:
        raise _RefusedError("table_without_sheet", value="with cells", found="none")
    budget = _Budget()
    chosen = list(dict.fromkeys(chosen))
    return [(str(sheet.title)[:60], list(_rows(sheet, budget))) for sheet in chosen]


class _Budget:
    """What may still be read, over all sheets."""

    def __init__(self) -> None:
        self.rows, self.cells, self.text = ROWS, CELLS, TEXT

    def take(self, cells: list[object]) -> None:
        self.rows -= 1
        self.cells -= len(cells)
        self.text -= sum(len(cell) for cell in cells if isinstance(cell, str))
        if self.rows < 0:
            raise _RefusedError("table_too_long", limit=f"{ROWS:,}")
        if self.cells < 0 or self.text < 0:
            raise _RefusedError("table_too_large", limit=TEXT // 1_000_000)


def _rows(sheet: object, budget: _Budget) -> Iterator[object]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what a sheet says of its size can be a lie
    lines = count(1)
    for values in sheet.iter_rows(max_col=COLUMNS, values_only=True):  # type: ignore[attr-defined]
        line = next(lines)
        if line > LINES:
            raise _RefusedError("table_too_long", limit=f"{ROWS:,}")
        if values.count(None) == len(values):
            continue
        cells = [_cell(value) for value in values]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            budget.take(cells)
            yield line, cells


def _cell(value: object) -> object:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, (int, float)):
        return value if abs(value) < 1e300 else str(value)[:40]  # not infinite, and no end of digits
    if isinstance(value, datetime):
        day = value.time() == time()
        return [value.date().isoformat() if day else value.isoformat(" ", "seconds")]
    if isinstance(value, (date, time)):
        return [value.isoformat()]
    return " ".join(str(value)[:LONGEST].split())


if __name__ == "__main__":
    gc.disable()  # cells make no cycles; searching millions of them takes longer than reading them
    answer(lambda data: read(data, sys.argv[1:]))
