"""Which pages are asked for again after a failure, when, for how long, and who is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from etl.acquire.client import Client, Limits
from etl.refresh.outcome import Exit
from tests.etl.refresh.conftest import Desk, day
from tests.etl.refresh.hostile.contents import CSV, HEADER, MAPPING, csv, row
from tests.servers.loopback import Page

QUICK = partial(Client, Limits(attempts=1))
HOURS = timedelta(hours=6)
EMPTY = Page(b"<rss version='2.0'><channel><title>x</title></channel></rss>")
TABLE = '[[source]]\nid = "ministry"\nname = "M"\nkind = "table"\nurl = "{}"\n' + MAPPING


def lay_out(desk: Desk, answer: Page) -> dict[str, Page]:
    """A day's news whose pages, but not their feeds, answer like this; the pages themselves."""
    desk.newsroom.lay_out(desk.site, 1)
    stories = {story.path: Page(story.html) for story in desk.newsroom.day(0)}
    desk.site.pages |= dict.fromkeys(stories, answer)
    return stories


def asked(desk: Desk, at: datetime) -> int:
    """How many pages a refresh asks for."""
    desk.site.asked.clear()
    desk.refresh(at, client=QUICK)
    return sum(asked.path.endswith(".html") for asked in desk.site.asked)


@pytest.mark.parametrize("every", [HOURS, 50 * HOURS], ids=["for a day", "for 12 days"])
def test_pages_of_a_site_that_was_down_are_had_when_it_is_well(desk: Desk, every: timedelta) -> None:
    """The feeds list them at first only."""
    stories = lay_out(desk, Page(status=503))
    runs = 5 if every == HOURS else 2
    for run in range(runs):
        outcome = desk.refresh(day(0) + run * every, client=QUICK)
        assert (outcome.exit, outcome.counts["failed"]) == (Exit.PARTLY, 5)
        assert {source["state"] for source in desk.status()["sources"]} == {"failing"}
        assert "status 503" in desk.status()["sources"][0]["message"]
        desk.site.pages |= {f"/{feed}/feed.xml": EMPTY for feed in range(3)}
    desk.site.pages |= stories
    assert desk.refresh(day(0) + runs * every + 4 * HOURS).counts["claims"] == 5


def test_pages_that_wait_for_their_next_attempt_are_told_of_a_source_that_is_fresh(desk: Desk) -> None:
    stories = lay_out(desk, Page(status=404))
    assert [asked(desk, day(0) + run * HOURS) for run in range(2)] == [5, 0]
    told = {source["id"]: (source["state"], source["waiting"]) for source in desk.status()["sources"]}
    assert told == {"outlet_0": ("fresh", 1), "outlet_1": ("fresh", 2), "outlet_2": ("fresh", 2)}
    desk.site.pages |= stories
    desk.refresh(day(2), client=QUICK)
    assert [source["waiting"] for source in desk.status()["sources"]] == [0, 0, 0]


def test_after_two_weeks_only_what_is_still_listed_is_asked_for_and_once_a_day(desk: Desk) -> None:
    stories = lay_out(desk, Page(status=503))
    assert [asked(desk, day(number)) for number in (0, 13, 14)] == [5, 5, 5]
    assert [asked(desk, day(14) + run * HOURS) for run in range(1, 6)] == [0, 0, 0, 5, 0]
    feeds = {path: page for path, page in desk.site.pages.items() if path.endswith("feed.xml")}
    desk.site.pages |= dict.fromkeys(feeds, EMPTY)
    assert [asked(desk, day(number)) for number in (17, 18)] == [0, 0]
    desk.site.pages |= feeds | stories
    assert desk.refresh(day(40)).counts["claims"] == 5


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_refusal_is_believed_when_it_is_said_twice_a_day_apart(desk: Desk, status: int) -> None:
    lay_out(desk, Page(status=503))
    assert asked(desk, day(0)) == 5
    lay_out(desk, Page(status=status))
    assert [asked(desk, day(0) + run * HOURS) for run in range(1, 7)] == [5, 0, 0, 0, 5, 0]
    again = 5 if status == 403 else 0
    assert asked(desk, day(3)) == again, "what is forbidden and listed still may be allowed one day"


def test_one_page_of_two_that_fails_is_ordinary(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.site.pages[next(s.path for s in desk.newsroom.day(0) if s.path.startswith("/1/"))] = Page(status=404)
    assert desk.refresh(day(0)).exit == Exit.DONE


MISSED = {
    "404": Page(status=404),
    "403": Page(status=403),
    "503": Page(status=503),
    "maintenance": Page(b"<html><p>Maintenance</p></html>"),
}


@pytest.mark.parametrize("name", MISSED)
@pytest.mark.parametrize("first", [True, False], ids=["at first", "later"])
def test_a_table_is_asked_for_at_its_times_whatever_it_answered(desk: Desk, name: str, first: bool) -> None:
    desk.write_sources(TABLE.replace("{}", f"{desk.site.url}/table"))
    told = {"2026": csv([*HEADER], row(503_001)), "2027": csv([*HEADER], row(503_001), row(777_002))}
    if not first:
        desk.site.pages["/table"] = Page(told["2026"], headers=CSV)
        desk.refresh(day(0), client=QUICK)
    desk.site.pages["/table"] = MISSED[name]
    for number in (1, 2):
        desk.site.asked.clear()
        outcome = desk.refresh(day(number), client=QUICK)
        assert (outcome.exit, "ministry" in outcome.message) == (Exit.PARTLY, True)
        (source,) = desk.status()["sources"]
        assert (source["state"], "could not be fetched" in source["message"]) == ("failing", True)
        assert "/table" in {asked.path for asked in desk.site.asked}
    desk.site.pages["/table"] = Page(told["2027"], headers=CSV)
    assert desk.refresh(day(4)).exit == Exit.DONE
    assert {"503001", "777002"} <= {row["tablets"] for row in desk.table("reports")}
    assert [source["state"] for source in desk.status()["sources"]] == ["fresh"]


def test_an_address_that_a_table_had_earlier_is_not_asked_any_more(desk: Desk) -> None:
    desk.write_sources(TABLE.replace("{}", f"{desk.site.url}/old"))
    assert desk.refresh(day(0)).exit == Exit.PARTLY
    desk.write_sources(TABLE.replace("{}", f"{desk.site.url}/new"))
    desk.site.pages["/new"] = Page(csv([*HEADER], row(503_001)), headers=CSV)
    desk.site.asked.clear()
    assert [desk.refresh(day(number)).exit for number in (1, 2)] == [Exit.DONE] * 2
    assert "/old" not in {asked.path for asked in desk.site.asked}
