"""Days on which a source could not be had: in the release beside quiet days, and marked by the dashboard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler

import pytest

from dashboard.release import load
from dashboard.trends.outages import watch
from etl.refresh import Outcome
from tests.etl.refresh.conftest import Desk, day
from tests.etl.refresh.test_again import QUICK
from tests.etl.refresh.test_tables import ministry, put
from tests.servers.loopback import Page


def refreshed(desk: Desk, at: datetime, stop: threading.Event | None = None) -> Outcome:
    """A refresh that asks each address once."""
    return desk.refresh(at, stop, client=QUICK)


def answers(desk: Desk) -> dict[tuple[str, str], str]:
    """By source and day of the month: what the release says."""
    return {(row["source"], row["day"][-2:]): row["answered"] for row in desk.table("coverage")}


@pytest.mark.parametrize(
    "down", [Page(status=500), Page(status=404), Page(b"Back soon.")], ids=["500", "404", "unreadable"]
)
def test_an_outage_is_told_from_a_quiet_day_and_from_one_without_a_look(desk: Desk, down: Page) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    refreshed(desk, day(0))
    well = desk.site.pages["/1/feed.xml"]
    for name in "12":
        desk.site.pages[f"/{name}/feed.xml"] = down
    refreshed(desk, day(1, 6))
    desk.site.pages["/2/feed.xml"] = Page(_nothing_new())
    refreshed(desk, day(1, 12))
    desk.site.pages["/1/feed.xml"] = well
    desk.newsroom.lay_out(desk.site, 4)
    assert refreshed(desk, day(3)).published
    told = answers(desk)
    assert [told["outlet_0", on] for on in ("06", "07", "09")] == ["yes"] * 3
    assert [told["outlet_1", on] for on in ("06", "07", "09")] == ["yes", "no", "yes"]
    assert [told["outlet_2", on] for on in ("06", "07", "09")] == ["yes", "partly", "yes"]
    assert {on for _, on in told} == {"06", "07", "09"}
    (row,) = (one for one in desk.table("coverage") if (one["source"], one["day"][-2:]) == ("outlet_1", "07"))
    assert {row[name] for name in ("listed", "relevant", "fetched", "claims", "failed")} == {"0"}


def _nothing_new() -> bytes:
    return b'<rss version="2.0"><channel><title>News</title></channel></rss>'


def test_a_run_that_is_stopped_leaves_no_outage(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 2)
    feeds = {path: desk.site.pages[path] for path in (f"/{n}/feed.xml" for n in range(3))}
    stop = threading.Event()
    desk.site.pages |= dict.fromkeys(feeds, _stops(stop))
    assert refreshed(desk, day(0), stop).stopped
    desk.site.pages |= feeds
    refreshed(desk, day(1))
    assert answers(desk) == {(f"outlet_{n}", "07"): "yes" for n in range(3)}


def _stops(stop: threading.Event) -> Callable[[BaseHTTPRequestHandler], None]:
    """Asks the run to stop, and fails."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        stop.set()
        request.send_error(500)

    return answer


def test_a_table_answers_by_its_page(desk: Desk) -> None:
    desk.write_sources(ministry(desk))
    put(desk, 3)
    refreshed(desk, day(0))
    refreshed(desk, day(1))
    desk.site.pages["/table"] = Page(status=500)
    refreshed(desk, day(2))
    put(desk, 4)
    assert refreshed(desk, day(3)).published
    assert [row["answered"] for row in desk.table("coverage")] == ["yes", "yes", "no", "yes"]


@pytest.mark.parametrize("tracker_urls", ["sqlite"], indirect=True)
def test_the_dashboard_marks_the_outage_and_not_the_quiet_source(desk: Desk) -> None:
    (desk.folder / "coverage.toml").write_text("data_complete_to = 2026-01-20\n", encoding="utf-8")
    for number in (0, 1, 2, 3, 6, 9, 11):
        desk.newsroom.lay_out(desk.site, number + 1)
        if number:  # quiet: what it has listed before
            desk.site.pages["/2/feed.xml"] = Page(_nothing_new())
        if 3 <= number <= 9:
            desk.site.pages["/1/feed.xml"] = Page(status=503)
        refreshed(desk, day(number, 6))
    outages = watch(load(desk.folder)).outages
    assert [(one.source, one.start, one.end) for one in outages] == [
        ("outlet_1", date(2026, 1, 9), date(2026, 1, 16))
    ]
