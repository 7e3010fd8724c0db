"""Tables in refreshes: read once, by whatever build comes next, and kept while their newest version is not
to be believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.acquire.sources import read_sources
from etl.pipeline import build
from etl.publish import Refused
from etl.refresh.outcome import Exit
from etl.remembered import table_rows
from etl.store import open_tracker
from tests.etl.refresh.conftest import Desk, day
from tests.etl.refresh.hostile.contents import CSV, HEADER, MAPPING, csv, row
from tests.servers.loopback import Page


def ministry(desk: Desk, more: str = "") -> str:
    """The entry of a table at /table."""
    address = f"{desk.site.url}/table"
    return f'[[source]]\nid = "ministry"\nname = "M"\nkind = "table"\nurl = "{address}"\n{more}\n{MAPPING}'


def put(desk: Desk, rows: int) -> None:
    """Put a table of so many rows there."""
    body = csv([*HEADER], *(row(503_001 + number) for number in range(rows)))
    desk.site.pages["/table"] = Page(body, headers=CSV)


def published(desk: Desk) -> int:
    """The table's rows in the current release."""
    return sum(row["report_id"].startswith("ministry") for row in desk.table("reports"))


def test_a_table_is_read_once(desk: Desk) -> None:
    desk.write_sources(ministry(desk))
    desk.site.pages["/table"] = Page(csv([*HEADER], row(503_001), row(503_002)), headers=CSV)
    assert desk.refresh(day(0)).published
    told = {row["tablets"] for row in desk.table("reports")}
    assert {"503001", "503002"} <= told
    (source,) = read_sources(desk.folder / "sources.toml")[0]
    with open_tracker(desk.tracker) as tracker:
        raw = tracker.latest(source.id, source.url)
        assert raw is not None
        assert len(table_rows(tracker, replace(raw, body=b""), source).rows) == 2
    assert not desk.refresh(day(1)).published
    assert {row["tablets"] for row in desk.table("reports")} == told


@pytest.mark.parametrize("rows", [1, 9])
def test_a_table_outside_its_range_keeps_its_rows_and_stops_nobody(desk: Desk, rows: int) -> None:
    entry = ministry(desk, "minimum = 5\nmaximum = 8")
    desk.write_sources(f"{desk.newsroom.sources(desk.site.url)}\n{entry}")
    desk.newsroom.lay_out(desk.site, 1)
    put(desk, 6)
    assert desk.refresh(day(0)).exit == Exit.DONE
    desk.newsroom.lay_out(desk.site, 2)
    put(desk, rows)
    outcome = desk.refresh(day(1))
    assert (outcome.exit, outcome.published, outcome.counts["claims"]) == (Exit.PARTLY, True, 10)
    assert "(ministry)" in outcome.message
    assert published(desk) == 6
    state = next(source for source in desk.status()["sources"] if source["id"] == "ministry")
    assert (state["state"], f"{rows} items" in state["message"]) == ("failing", True)
    put(desk, 7)
    assert desk.refresh(day(2)).exit == Exit.DONE
    assert published(desk) == 7


def test_a_table_that_never_was_in_its_range_gives_its_newest_rows(desk: Desk) -> None:
    desk.write_sources(ministry(desk, "minimum = 5"))
    for number, rows in enumerate((2, 3)):
        put(desk, rows)
        assert desk.refresh(day(number)).exit == Exit.PARTLY
        assert published(desk) == rows


@pytest.mark.parametrize("offline", [False, True])
def test_what_would_shrink_by_a_table_is_refused_with_its_name(desk: Desk, offline: bool) -> None:
    desk.write_sources(ministry(desk))
    put(desk, 6)
    desk.refresh(day(0))
    desk.write_sources(ministry(desk, "minimum = 7"))  # no version was ever in this range
    put(desk, 1)
    refused = desk.refresh(day(1))
    if offline:
        refused = desk.refresh(day(1), offline=True)
    assert (refused.exit, "(ministry)" in refused.message) == (Exit.SHRUNK, True)
    (state,) = desk.status()["sources"]
    assert (state["state"], "1 items where 7" in state["message"]) == ("failing", True)
    assert published(desk) == 6


@pytest.mark.parametrize("typo", ["minimun = 5", "[[source]"])
def test_a_typo_in_the_list_takes_no_rows_of_a_table_away(desk: Desk, typo: str) -> None:
    desk.write_sources(ministry(desk))
    put(desk, 6)
    desk.refresh(day(0))
    desk.write_sources(ministry(desk, typo))
    refused = desk.refresh(day(1), allow_shrink=True)
    assert (refused.exit, "the rows of ministry" in refused.message) == (Exit.REFUSED, True)
    assert "list of sources" in desk.status()["message"]
    with pytest.raises(Refused, match="etl refresh --offline"):
        build(desk.plan(day(1)).inputs)
    desk.write_sources(ministry(desk))
    assert desk.refresh(day(2)).word == "nothing_new"
    assert published(desk) == 6
    with open_tracker(desk.tracker) as tracker:
        assert [change.change for change in tracker.source_changes()] == ["added"]
    desk.write_sources(desk.newsroom.sources(desk.site.url))  # taken off the list on purpose
    desk.refresh(day(3), allow_shrink=True)
    assert published(desk) == 0
