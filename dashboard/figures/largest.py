"""The largest single seizures: one line each, low to high, with a mark wherever a figure is doubtful."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures import amounts, when
from dashboard.figures.view import Look
from dashboard.filters import UNSTATED

READ = (
    *(
        "event_id",
        "date_start",
        "date_precision",
        "country",
        "admin1",
        "place",
        "drug",
        "n_outlets",
        "n_origins",
    ),
    *("tablets_low", "tablets_best", "tablets_high", "tablets_qualifier"),
    *("figures_differ", "is_bundle", "possible_duplicate_of", "review_status"),
)
"""The columns of seizures that it is made of."""


@dataclass(frozen=True)
class Line:
    """One seizure of the list. `marks` are words for the reader (figures differ, may be counted
    twice ...)."""

    event_id: str
    date: str
    country: str
    place: str
    amount: str
    n_outlets: int
    n_origins: int
    reported_by: str
    marks: tuple[str, ...]
    unstated_kind: bool
    machine_read: bool = False


@dataclass(frozen=True)
class Largest:
    """The list, the sentence under it, the same as a table, and how many seizures it was chosen from."""

    lines: tuple[Line, ...]
    summary: str
    tabled: Callable[[], pd.DataFrame]
    total: int

    @property
    def table(self) -> pd.DataFrame:
        return self.tabled()


def largest(events: pd.DataFrame, look: Look, *, n: int = 10) -> Largest:
    """The `n` largest single seizures by best figure; bundles of several seizures are not single ones."""
    is_single = ~events["is_bundle"].to_numpy(dtype=bool) & events["tablets_best"].notna().to_numpy()
    sizes = events["tablets_best"].to_numpy(dtype=float)[is_single]
    least = np.partition(sizes, -n)[-n] if len(sizes) > n else -np.inf  # ties with the last come along
    top = events[[*READ]].take(np.flatnonzero(is_single)[sizes >= least])
    top = top.sort_values(["tablets_best", "event_id"], ascending=[False, True]).head(n)
    lines = tuple(_line(row, look) for row in top.itertuples())
    return Largest(
        lines=lines,
        summary=_summary(lines, len(sizes), len(events) - len(sizes), look),
        tabled=partial(_table, lines, look),
        total=len(sizes),
    )


def _summary(lines: tuple[Line, ...], total: int, left_out: int, look: Look) -> str:
    """Of how many the list is, and how many of its lines are pills of unstated kind."""
    said = look.t("largest.summary", n=len(lines), total=total, left_out=left_out)
    unstated = sum(line.unstated_kind for line in lines)
    return f"{said} {look.t('largest.summary_unstated', n=unstated)}" if unstated else said


def _line(row: Any, look: Look) -> Line:
    n_outlets, n_origins = int(row.n_outlets), int(row.n_origins)
    marks = []
    if row.drug in UNSTATED:
        marks.append(look.t("largest.unstated_kind"))
    if row.figures_differ:
        marks.append(look.t("largest.figures_differ"))
    if row.possible_duplicate_of:
        marks.append(look.t("largest.possible_duplicate", id=row.possible_duplicate_of))
    if n_origins <= 1:
        marks.append(look.t("largest.one_origin"))
    return Line(
        event_id=str(row.event_id),
        date=when.text(row, look.lang) or look.t("undated"),
        country=str(row.country),
        place=str(row.place or row.admin1 or look.country(row.country)),
        amount=amounts.tablets(row, look),
        n_outlets=n_outlets,
        n_origins=n_origins,
        reported_by=look.t("outlets", n=n_outlets),
        marks=tuple(marks),
        unstated_kind=row.drug in UNSTATED,
        machine_read=row.review_status == "machine",
    )


def _notes(line: Line, look: Look) -> tuple[str, ...]:
    return (look.t("machine_read"), *line.marks) if line.machine_read else line.marks


def _table(lines: tuple[Line, ...], look: Look) -> pd.DataFrame:
    return pd.DataFrame(
        {
            look.t("column.date"): [line.date for line in lines],
            look.t("column.place"): [line.place for line in lines],
            look.t("column.country"): [look.country(line.country) for line in lines],
            look.t("column.tablets"): [line.amount for line in lines],
            look.t("column.outlets"): [line.n_outlets for line in lines],
            look.t("column.notes"): [look.t("clause_join").join(_notes(line, look)) for line in lines],
            look.t("column.event"): [line.event_id for line in lines],
        }
    )
