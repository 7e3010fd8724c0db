"""Stage `ledger`: the curated CSV files -> Ledger, every row a claim or an issue.

The answer depends on what the rows say, not on how the files are called, how many there are or in which order
rows stand: claims come sorted by report_id. Where each row stood is kept for the curator only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from etl.csvfile import HEADER_LINE, CsvFile, RawRow, read_csv
from etl.dates import newest_believable, read_period
from etl.records import Claim, Correction, Issue, Judgement, Ledger, RowRef
from etl.rows import columns, known_columns, read_row
from etl.tables.records import TableRows
from etl.vocabulary.issues import issue

Cells = dict[str, str]
_DATED = ("event_date", "published", "period_start", "period_end", "date_earliest")


def read_ledger(
    folder: Path,
    *,
    newest: date | None = None,
    judgements: Sequence[Judgement] = (),
    corrections: Sequence[Correction] = (),
    tables: Sequence[TableRows] = (),
) -> Ledger:
    """Read every CSV file below a folder, and beside them the rows of published tables (`etl.tables`).

    `newest` is the last day that a date may have (the release's day); without it the rows themselves and
    `dates.toml` say (`etl.dates.newest_believable`). Corrections replace cells before anything is understood;
    judgements are only carried along, the linker says which of them it could obey.
    A table's rows can be of no later day than the table, and vouch for no other row's day.
    `rows_read` counts the rows of files that could be read: each is a claim or among `quarantined_rows`.
    """
    files = [_read_file(folder, path) for path in sorted(folder.rglob("*")) if path.suffix.lower() == ".csv"]
    issues = [found for file in files for found in (*file.issues, *_column_issues(file))]
    rows, ragged = _as_cells(files)
    rows_read = len(rows) + len(ragged) + sum(table.rows_read for table in tables)
    issues += ragged
    newest_of = _add_tables(tables, rows, issues)
    issues += _apply(corrections, rows)
    read = [read_row(cells, ref) for ref, cells in rows]
    own = (cells for ref, cells in rows if ref not in newest_of)
    latest = newest or newest_believable(day for cells in own if (day := _newest_day(cells)))
    claims: list[tuple[Claim, Cells]] = []
    for (ref, cells), (claim, faults) in zip(rows, read, strict=True):
        late = _future_dates(cells, ref, min(newest_of.get(ref, latest), newest or date.max))
        issues += (*faults, *late)
        if claim and not late:
            claims.append((claim, cells))
    unique, repeated = _one_row_an_id(claims)
    issues += repeated
    in_order = tuple(sorted(issues, key=_issue_order))
    return Ledger(tuple(unique), in_order, rows_read, tuple(judgements), tuple(corrections))


def quarantined_rows(issues: Iterable[Issue]) -> set[RowRef]:
    """Return the rows that blocking issues keep out. A whole file's issue stands at its header: no row."""
    return {found.ref for found in issues if found.blocking and found.ref and found.ref.line > HEADER_LINE}


def newest_day(claims: Iterable[Claim]) -> date | None:
    """Return the newest day that the claims name, the default date of a release; a month is its first day."""
    days = (
        day
        for claim in claims
        for day in (claim.published, claim.when.start, claim.period_start, claim.period_end)
        if day
    )
    return max(days, default=None)


def _read_file(folder: Path, path: Path) -> CsvFile:
    name = path.relative_to(folder).as_posix()
    return read_csv(path, name, essential=columns()["essential"], known=known_columns())


def _column_issues(file: CsvFile) -> list[Issue]:
    if not file.header:
        return []
    top = RowRef(file.name, HEADER_LINE)
    missing = [column for column in columns()["expected"] if column not in file.header]
    return [issue("missing_column", top, column=column) for column in missing] + [
        issue("unknown_column", top, column=column, value=column) for column in file.extra if column
    ]


def _as_cells(files: Iterable[CsvFile]) -> tuple[list[tuple[RowRef, Cells]], list[Issue]]:
    """Pair cells with their columns; a row with more or fewer cells than the header is refused."""
    rows, ragged = [], []
    known = frozenset(known_columns())
    for file in files:
        for row in file.rows:
            if len(row.cells) == len(file.header):
                pairs = zip(file.header, row.cells, strict=True)
                rows.append((row.ref, {column: text for column, text in pairs if column in known}))
            else:
                ragged.append(_ragged(file, row))
    return rows, ragged


def _ragged(file: CsvFile, row: RawRow) -> Issue:
    at = file.header.index("report_id")
    report_id = row.cells[at] if at < len(row.cells) else ""
    cells, width = len(row.cells), len(file.header)
    return issue("ragged_row", row.ref, report_id=report_id[:80], cells=cells, columns=width)


def _apply(corrections: Iterable[Correction], rows: Iterable[tuple[RowRef, Cells]]) -> list[Issue]:
    """Put corrected values into the cells of every row with the report's id; report what changes nothing."""
    by_id: dict[str, list[Cells]] = {}
    for _, cells in rows:
        by_id.setdefault(cells["report_id"], []).append(cells)
    issues = []
    for fix in corrections:
        targets = by_id.get(fix.report_id, [])
        words = {"column": fix.column, "value": fix.report_id, "report_id": fix.report_id}
        if not targets:
            issues.append(issue("unmatched_correction", fix.ref, **words))
        elif all(cells.get(fix.column, "") == fix.value for cells in targets):
            issues.append(issue("idle_correction", fix.ref, **words))
        for cells in targets:
            cells[fix.column] = fix.value
    return issues


def _add_tables(
    tables: Iterable[TableRows], rows: list[tuple[RowRef, Cells]], issues: list[Issue]
) -> dict[RowRef, date]:
    """Add the tables' rows and issues to the ledger's; return the last day that each such row may be of."""
    newest: dict[RowRef, date] = {}
    for table in tables:
        rows += [(ref, dict(cells)) for ref, cells in table.rows]
        issues += table.issues
        newest |= dict.fromkeys((ref for ref, _ in table.rows), table.newest)
    return newest


def _newest_day(cells: Cells) -> date | None:
    spans = (read_period(cells.get(column, "")) for column in _DATED)
    return max((span.start for span in spans if span), default=None)


def _future_dates(cells: Cells, ref: RowRef, latest: date) -> list[Issue]:
    """Return the dates that begin after the last day that has passed (a year in progress began before it)."""
    return [
        issue(
            "future_date",
            ref,
            column=column,
            value=cells[column],
            report_id=cells["report_id"],
            newest=latest,
        )
        for column in _DATED
        if (span := read_period(cells.get(column, ""))) and span.start > latest
    ]


def _one_row_an_id(claims: list[tuple[Claim, Cells]]) -> tuple[list[Claim], list[Issue]]:
    """Return one claim for each report_id, sorted, and an issue for each row left over.

    Of rows that share an id the fullest stays (of those, the first by its texts), whatever file it is in.
    """
    by_id: dict[str, list[tuple[Claim, Cells]]] = {}
    for pair in claims:
        by_id.setdefault(pair[0].report_id, []).append(pair)
    kept: list[Claim] = []
    issues: list[Issue] = []
    for report_id in sorted(by_id):
        group = by_id[report_id]
        if len(group) > 1:
            group.sort(key=lambda pair: (_fullest_first(pair[1]), pair[0].ref))
        (first, first_cells), *rest = group
        kept.append(first)
        other = f"line {first.ref.line} of {first.ref.file}"
        for claim, cells in rest:
            code = "duplicate_row" if cells == first_cells else "duplicate_report_id"
            words = {"column": "report_id", "value": report_id, "report_id": report_id}
            issues.append(issue(code, claim.ref, **words, other=other))
    return kept, issues


def _fullest_first(cells: Cells) -> tuple[int, tuple[str, ...]]:
    texts = tuple(cells.get(column, "") for column in known_columns())
    return -sum(map(bool, texts)), texts


def _issue_order(found: Issue) -> tuple[str, str, str, str, RowRef]:
    return found.report_id, found.code, found.column, found.value, found.ref or RowRef("", 0)
