"""What was collected by source and month."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.collection.coverage import NOT_ASKED, Cell, coverage, summary, table
from tests.dashboard.conftest import MakeSnapshot


def row(source: str, day: str, fetched: object = 1, failed: object = 0) -> dict[str, Any]:
    return {"source": source, "day": day, "fetched": fetched, "failed": failed}


def test_pages_and_failed_days_by_source_and_month(make_snapshot: MakeSnapshot) -> None:
    rows = [
        row("b", "2026-01-30", 2, 1),
        row("b", "2026-01-31", 3, 4),
        row("b", "2026-02-01", 5),
        row("a", "2026-02-02", "7", "0"),
    ]
    found = coverage(make_snapshot({}, coverage=rows))
    assert [f"{month:%Y-%m}" for month in found.months] == ["2026-01", "2026-02"]
    assert found.rows == (("a", (NOT_ASKED, Cell(7, 0))), ("b", (Cell(5, 2), Cell(5, 0))))
    assert found.totals == (Cell(5, 2), Cell(12, 0))
    assert summary(found, {"b": "SANA"}) == (
        "Between Jan 2026 and Feb 2026, 17 pages were fetched from 2 sources; "
        "on 2 days of a source something failed, most often with SANA."
    )


def test_a_day_without_an_answer_failed_once(make_snapshot: MakeSnapshot) -> None:
    answers = {"01": "no", "02": "partly", "03": "yes", "04": "", "05": "no"}
    rows = [row("a", f"2026-01-{on}", 0) | {"answered": told} for on, told in answers.items()]
    rows[-1]["failed"] = 3
    assert coverage(make_snapshot({}, coverage=rows)).totals == (Cell(0, 2),)


@pytest.mark.parametrize(
    "tables",
    [{}, {"coverage": []}, {"coverage": [{"day": "2026-01-01"}]}, {"coverage": [row("a", "nonsense")]}],
)
def test_without_coverage_it_says_so(make_snapshot: MakeSnapshot, tables: dict[str, Any]) -> None:
    found = coverage(make_snapshot({}, **tables))
    assert found.months == ()
    assert "No coverage has been recorded" in str(table(found, {}))


def test_cells_that_are_no_numbers_count_nothing(make_snapshot: MakeSnapshot) -> None:
    found = coverage(
        make_snapshot({}, coverage=[row("a", "2026-01-01", "x", ""), {"source": "b", "day": "2026-01-01"}])
    )
    assert found.totals == (Cell(0, 0),)
    assert "no page failed" in summary(found, {})
    table(found, {})


def test_only_the_last_months_are_shown(make_snapshot: MakeSnapshot) -> None:
    rows = [row("a", f"2025-{month:02d}-01") for month in range(1, 13)]
    found = coverage(make_snapshot({}, coverage=rows))
    assert [month.month for month in found.months] == [7, 8, 9, 10, 11, 12]
    assert sum(cell.fetched for cell in found.totals) == 6
