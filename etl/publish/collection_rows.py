"""Rows of `coverage.csv` and `source_changes.csv`."""

from __future__ import annotations

from collections.abc import Iterable

from etl.publish.cells import Row
from etl.records import CoverageRow, SourceChange


def coverage_rows(rows: Iterable[CoverageRow]) -> list[Row]:
    """One row a source and day, in that order."""
    return [
        {
            "source": one.source_id,
            "day": one.day,
            "listed": one.listed,
            "relevant": one.relevant,
            "fetched": one.fetched,
            "claims": one.claims,
            "failed": one.failed,
            "answered": one.answered,
        }
        for one in sorted(rows, key=lambda one: (one.source_id, one.day))
    ]


def change_rows(changes: Iterable[SourceChange]) -> list[Row]:
    """One row a change of the list of sources, oldest first."""
    return [
        {"day": one.day, "source": one.source_id, "change": one.change}
        for one in sorted(changes, key=lambda one: (one.day, one.source_id, one.change))
    ]
