"""Reading CSV files that people edit: whatever is in them, the answer is rows and issues, never a crash."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from etl.records import Issue, RowRef
from etl.vocabulary.issues import issue

HEADER_LINE = 1
_LARGEST_FIELD = 2**31 - 1  # the csv module's own limit would end the file; ours quarantines the row
_limit_lock = Lock()


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before anything is understood: its cells in the order of `CsvFile.header`."""

    ref: RowRef
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file's header, its rows, the columns nobody asked for, and what is wrong with it as a whole."""

    name: str
    header: tuple[str, ...]
    extra: tuple[str, ...]
    rows: tuple[RawRow, ...]
    issues: tuple[Issue, ...]


def read_csv(path: Path, name: str, *, essential: Sequence[str], known: Sequence[str]) -> CsvFile:
    """Read one file. If it is no UTF-8, lacks an essential column or has one twice: one issue, no rows.

    A byte order mark, any line ending and blank lines are accepted. Cells are stripped of surrounding blanks.
    A row of nothing but empty cells is a blank line.
    Rows whose number of cells differs from the header's keep the cells they have: the caller refuses them.
    """
    top = RowRef(name, HEADER_LINE)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(name, issue("file_not_utf8", top, offset=error.start))
    except OSError as error:
        return _refused(name, issue("file_unreadable", top, why=error.strerror or type(error).__name__))
    records = _records(text)
    header = tuple(cell.strip() for cell in records[0][1]) if records else ()
    if missing := [column for column in essential if column not in header]:
        return _refused(name, issue("file_without_columns", top, missing=", ".join(missing)))
    if twice := sorted({column for column in header if column in known and header.count(column) > 1}):
        return _refused(name, issue("file_duplicate_column", top, columns=", ".join(twice)))
    rows = tuple(
        RawRow(RowRef(name, line), tuple(cell.strip() for cell in cells)) for line, cells in records[1:]
    )
    extra = tuple(column for column in header if column not in known)
    return CsvFile(name, header, extra, rows, ())


def _refused(name: str, why: Issue) -> CsvFile:
    return CsvFile(name, (), (), (), (why,))


def _records(text: str) -> list[tuple[int, list[str]]]:
    """Return (first line, cells) of each record that isn't blank.

    A quotation mark that is never closed swallows the rest of the file into one long cell. The csv module
    would stop there; its limit (the whole process's, so it is put back) is lifted, the row refused later.
    """
    with _limit_lock:
        before = csv.field_size_limit(_LARGEST_FIELD)
        try:
            reader = csv.reader(io.StringIO(text, newline=""))
            found, line = [], 1
            for cells in reader:
                if any(cells):
                    found.append((line, cells))
                line = reader.line_num + 1
            return found
        finally:
            csv.field_size_limit(before)
