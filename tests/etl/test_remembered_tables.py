"""Tables are read once: the same bytes and mapping give the rows of before; nothing else is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from etl.acquire.records import Answer, Source
from etl.collection import remember_tables
from etl.fetched import RawDocument
from etl.remembered import extractor_version, table_rows, tables_version
from etl.store import Tracker
from etl.tables import TableRows
from tests.etl.test_tables import COLUMNS, HEADER, MAPPING, ROW, as_csv
from tests.etl.workbooks import workbook

AT = datetime(2026, 3, 1, 6, tzinfo=UTC)
SOURCE = Source("interior", "Interior", "table", "https://interior.example/seizures", options=MAPPING)
TOTAL = ("Total", "", "", "", "9", "")
BAD_DAY = ("2", "the other day", "Iraq", "Opium", "3", "Mosul")
ROWS = [HEADER, ROW, BAD_DAY, TOTAL]
SHEETS: dict[str, Any] = {"CSV": as_csv(ROWS), "XLSX": workbook({"2025": ROWS, "2024": ROWS[:2]})}


def fetched(tracker: Tracker, body: bytes, at: datetime = AT) -> RawDocument:
    run = tracker.begin_run("test", at)
    tracker.keep(run, SOURCE.id, SOURCE.url, Answer(SOURCE.url, SOURCE.url, 200, at, body), None)
    found = tracker.latest(SOURCE.id, SOURCE.url)
    assert found is not None
    return found


def is_remembered(tracker: Tracker, raw: RawDocument, source: Source = SOURCE) -> bool:
    """Whether the rows come without a look at the bytes."""
    return bool(table_rows(tracker, replace(raw, body=b""), source).rows)


@pytest.mark.parametrize("kind", SHEETS)
def test_rows_come_back_as_they_were_read(tracker: Tracker, kind: str) -> None:
    raw = fetched(tracker, SHEETS[kind])
    read = table_rows(tracker, raw, SOURCE)
    assert read.rows
    assert {found.code for found in read.issues} >= {"table_total_row", "table_cells_unread"}
    assert not is_remembered(tracker, raw), "a build keeps nothing"
    remember_tables(tracker, [SOURCE, replace(SOURCE, id="other", kind="feed")])
    assert table_rows(tracker, replace(raw, body=b""), SOURCE) == read


def test_the_day_of_fetching_is_that_of_the_document(tracker: Tracker) -> None:
    raw = fetched(tracker, SHEETS["CSV"])
    table_rows(tracker, raw, SOURCE, keep=True)
    later = replace(raw, fetched_at=AT + timedelta(days=2))
    assert table_rows(tracker, later, SOURCE).newest == date(2026, 3, 3)


@pytest.mark.parametrize(
    "other",
    [
        {"options": {"columns": {**COLUMNS, "place": "Country"}}},
        {"options": {"columns": dict(reversed(COLUMNS.items()))}},
        {"name": "Ministry"},
        {"language": "ar"},
        {"id": "justice"},
    ],
    ids=["another column", "another order", "name", "language", "id"],
)
def test_what_the_list_of_sources_says_otherwise_is_read_anew(
    tracker: Tracker, other: dict[str, Any]
) -> None:
    raw = fetched(tracker, SHEETS["CSV"])
    table_rows(tracker, raw, SOURCE, keep=True)
    assert is_remembered(tracker, raw)
    assert not is_remembered(tracker, raw, replace(SOURCE, **other))


@pytest.mark.parametrize("body", [b"<html>Moved</html>", as_csv([("Other", "columns"), ("1", "2")]), b""])
def test_what_could_not_be_read_is_tried_again(tracker: Tracker, body: bytes) -> None:
    raw = fetched(tracker, body)
    refused = table_rows(tracker, raw, SOURCE, keep=True)
    assert refused == TableRows(issues=refused.issues, newest=AT.date())
    assert table_rows(tracker, replace(raw, body=SHEETS["CSV"]), SOURCE).rows


def test_vacuum_keeps_the_last_of_texts_and_of_tables(tracker: Tracker) -> None:
    key = "ab" * 32
    raw = fetched(tracker, SHEETS["CSV"])
    for version in ("older", extractor_version(), "tables older"):
        tracker.save_extractions(version, {key: b"read"})
    table_rows(tracker, raw, SOURCE, keep=True)
    tracker.vacuum(AT)
    assert is_remembered(tracker, raw)
    kept = [v for v in ("older", extractor_version(), "tables older") if tracker.extractions(v, [key])]
    assert kept == [extractor_version()]
    assert tables_version().startswith("tables ")
