"""Judgements of people: which reports tell of one seizure (`links.csv`), what is wrong (`corrections.csv`).

They win over scores and rows, so each is signed: who, when and why. A line that can't be used is an issue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from etl.csvfile import read_csv
from etl.dates import read_period
from etl.records import Correction, Issue, Judgement, RowRef
from etl.rows import known_columns
from etl.vocabulary.issues import issue

VERDICTS = ("same", "different", "possibly_same")
SIGNATURE = ("by", "on", "why")
LINK_COLUMNS = ("report_id_a", "report_id_b", "verdict", *SIGNATURE)
CORRECTION_COLUMNS = ("report_id", "column", "value", *SIGNATURE)

T = TypeVar("T")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided, in an order that no file order changes, and the lines that can't be used."""

    judgements: tuple[Judgement, ...] = ()
    corrections: tuple[Correction, ...] = ()
    issues: tuple[Issue, ...] = ()


def read_decisions(folder: Path) -> Decisions:
    """Read `links.csv` and `corrections.csv` of a folder; a missing file holds no decisions.

    Of two judgements of one pair that differ the later day counts, on one day the more cautious verdict
    (different, possibly_same, same); the other is an issue. Corrections of one cell are settled alike.
    """
    judgements, issues = _read(folder / "links.csv", LINK_COLUMNS, _judgement)
    corrections, more = _read(folder / "corrections.csv", CORRECTION_COLUMNS, _correction)
    issues += more
    kept: dict[tuple[str, ...], Judgement] = {}
    for judgement in sorted(judgements, key=_judgement_order):
        pair = (judgement.report_id_a, judgement.report_id_b)
        if pair in kept:
            issues.append(
                _second_opinion(kept[pair].ref, judgement.ref, kept[pair].verdict, judgement.verdict)
            )
        else:
            kept[pair] = judgement
    cells: dict[tuple[str, str], Correction] = {}
    for fix in sorted(corrections, key=_correction_order):
        cell = (fix.report_id, fix.column)
        if cell in cells:
            issues.append(_second_opinion(cells[cell].ref, fix.ref, cells[cell].value, fix.value))
        else:
            cells[cell] = fix
    ordered = sorted(issues, key=lambda found: (found.ref or RowRef("", 0), found.code))
    return Decisions(
        tuple(sorted(kept.values(), key=lambda j: (j.report_id_a, j.report_id_b))),
        tuple(sorted(cells.values(), key=lambda c: (c.report_id, c.column))),
        tuple(ordered),
    )


def _read(
    path: Path, columns: tuple[str, ...], make: Callable[[Row, RowRef], T | Issue]
) -> tuple[list[T], list[Issue]]:
    if not path.is_file():
        return [], []
    file = read_csv(path, path.name, essential=columns, known=columns)
    found: list[T] = []
    issues = list(file.issues)
    for row in file.rows:
        if len(row.cells) != len(file.header):
            counts = f"{len(row.cells)}", f"{len(file.header)}"
            issues.append(issue("ragged_row", row.ref, cells=counts[0], columns=counts[1]))
            continue
        cells = dict(zip(file.header, row.cells, strict=True))
        made = _unsigned(cells, row.ref) or make(cells, row.ref)
        if isinstance(made, Issue):
            issues.append(made)
        else:
            found.append(made)
    return found, issues


def _unsigned(cells: Row, ref: RowRef) -> Issue | None:
    """Return an issue for a decision without a name, a day or a reason."""
    day = read_period(cells["on"])
    for column in SIGNATURE:
        if not cells[column] or (column == "on" and (day is None or day.precision != "day")):
            return issue("unsigned_decision", ref, column=column, value=cells[column])
    return None


def _judgement(cells: Row, ref: RowRef) -> Judgement | Issue:
    """Read one line of links.csv; the pair is kept in alphabetical order, since it has none of its own."""
    first, second = sorted((cells["report_id_a"], cells["report_id_b"]))
    verdict = cells["verdict"].lower()
    if not first:
        return issue("missing_report_id", ref, column="report_id_a")
    if first == second:
        return issue("decision_on_itself", ref, column="report_id_b", value=first, report_id=first)
    if verdict not in VERDICTS:
        return issue("bad_verdict", ref, column="verdict", value=cells["verdict"], report_id=first)
    return Judgement(first, second, verdict, cells["by"], cells["on"], cells["why"], ref)


def _correction(cells: Row, ref: RowRef) -> Correction | Issue:
    """Read one line of corrections.csv. A blank value empties the cell; the report_id itself can't change."""
    report_id, column = cells["report_id"], cells["column"]
    if not report_id:
        return issue("missing_report_id", ref, column="report_id")
    if column not in known_columns() or column == "report_id":
        return issue("unknown_correction_column", ref, column="column", value=column, report_id=report_id)
    return Correction(report_id, column, cells["value"], cells["by"], cells["on"], cells["why"], ref)


def _judgement_order(judgement: Judgement) -> tuple[str, str, int, int, str, str]:
    """Sort by pair, the latest day first, then the verdict that merges least."""
    caution = ("different", "possibly_same", "same").index(judgement.verdict)
    day = int(judgement.on.replace("-", ""))
    return (judgement.report_id_a, judgement.report_id_b, -day, caution, judgement.by, judgement.why)


def _correction_order(fix: Correction) -> tuple[str, str, int, str, str, str]:
    return (fix.report_id, fix.column, -int(fix.on.replace("-", "")), fix.value, fix.by, fix.why)


def _second_opinion(kept: RowRef, other: RowRef, kept_says: str, other_says: str) -> Issue:
    where = f"line {kept.line} of {kept.file}"
    if kept_says == other_says:
        return issue("duplicate_decision", other, other=where)
    return issue("contradictory_decisions", other, other=where, verdict=kept_says or "blank")
