"""What passes between the parts of reading a table, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.records import Issue, RowRef

Cell = str | int | float | date
"""A cell as the file types it. Texts are on one line; "" is an empty cell. A CSV has texts only."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where a table comes from: what its rows say where the mapping names no column for it.

    `fetched` is the day on which these bytes were fetched: no row of theirs can be of a later day.
    """

    url: str
    publisher: str
    lang: str
    fetched: date


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows shaped like those of the ledger (column -> text, as `etl.rows.read_row` takes them).

    `rows_read` = `len(rows)` + the rows that blocking issues refuse (those whose line is not the first).
    `skipped` rows were left out because the mapping says so; they count nowhere else. `newest`: the last
    day that a row can be of.
    """

    rows: tuple[tuple[RowRef, dict[str, str]], ...] = ()
    issues: tuple[Issue, ...] = ()
    rows_read: int = 0
    skipped: int = 0
    newest: date = date.max


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: (1-based line, cells) of each row that is not blank. `ragged`: rows that have more or fewer
    cells than the header are broken (CSV), not cut short (XLSX)."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    ragged: bool = False


class TableError(ValueError):
    """None of the table can be read: a code of `issue_codes.toml` and the words of its sentence."""

    def __init__(self, code: str, *, value: str = "", **words: Any) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.words = words
