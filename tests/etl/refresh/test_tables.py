"""A table that a refresh has read is not read again, by whatever build comes next."""

from __future__ import annotations

from dataclasses import replace

from etl.acquire.sources import read_sources
from etl.remembered import table_rows
from etl.store import open_tracker
from tests.etl.refresh.conftest import Desk, day
from tests.etl.refresh.hostile.contents import CSV, HEADER, MAPPING, csv, row
from tests.servers.loopback import Page


def test_a_table_is_read_once(desk: Desk) -> None:
    address = f"{desk.site.url}/table"
    desk.write_sources(
        f'[[source]]\nid = "ministry"\nname = "M"\nkind = "table"\nurl = "{address}"\n{MAPPING}'
    )
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
