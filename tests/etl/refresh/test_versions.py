"""Pages that answer with something else when they are fetched again: what they told stays."""

from __future__ import annotations

import re

from etl.pipeline import build
from etl.publish import Request, Store, publish_content
from etl.refresh.outcome import Exit
from etl.store import open_tracker
from tests.etl.refresh.conftest import Desk, day
from tests.servers.loopback import Page
from tests.servers.newsroom import Story


def page(title: str, *paragraphs: str) -> Page:
    words = "".join(f"<p>{one}</p>" for one in paragraphs)
    return Page(
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{words}</article>"
        "</body></html>".encode()
    )


MAINTENANCE = page("We will be back soon", "The site is down for maintenance. Please try again in an hour.")
WALL = page(
    "Before you continue",
    "We and our 847 partners store and access information on your device, such as cookies and identifiers, "
    "to show you advertisements that suit you. You may accept, refuse, or change your choice at any time.",
)
EMPTIED = Page(b"<html><head><title>Gazette</title></head><body><div id='app'></div></body></html>")
FRONT = page(
    "The Gazette",
    "Saudi customs officers seized 2,345,678 Captagon pills at Jeddah Islamic Port on Tuesday, hidden in a "
    "shipment of pomegranates, and arrested three men.",
)


def corrected(story: Story) -> Page:
    """The story with another figure."""
    return Page(re.sub(rb"[\d,]+ Captagon", b"77,000 Captagon", story.html))


def told(desk: Desk) -> dict[str, dict[str, str]]:
    """The machine-read reports by the path of their page."""
    reports = (row for row in desk.table("reports") if row["review_status"] == "machine")
    return {row["url"].removeprefix(desk.site.url): row for row in reports}


def warned(desk: Desk) -> dict[str, dict[str, str]]:
    kept = (row for row in desk.table("warnings") if row["code"].startswith("document_version_"))
    return {row["value"].removeprefix(desk.site.url): row for row in kept}


def test_what_a_page_told_stays_in_force_until_it_tells_its_story_anew(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    stories = [story for story in desk.newsroom.day(0) if "Captagon" in story.title]
    down, wall, empty, front, right = (story.path for story in stories)
    desk.refresh(day(0))
    first = told(desk)
    texts = {row["report_id"]: row["document_sha256"] for row in desk.table("evidence")}
    desk.site.pages |= {down: MAINTENANCE, wall: WALL, empty: EMPTIED, front: FRONT}
    desk.site.pages[right] = corrected(stories[4])

    outcome = desk.refresh(day(1))
    assert (outcome.exit, outcome.counts["fetched"]) == (Exit.DONE, 5)
    after = told(desk)
    assert {path: row for path, row in after.items() if path != right} == {
        path: row for path, row in first.items() if path != right
    }
    assert (after[right]["tablets"], after[right]["event_id"]) == ("77000", first[right]["event_id"])
    read = {row["report_id"]: row["document_sha256"] for row in desk.table("evidence")}
    assert [path for path, row in first.items() if read[row["report_id"]] != texts[row["report_id"]]] == [
        right
    ]
    said = warned(desk)
    assert {path: row["code"] for path, row in said.items()} == {
        down: "document_version_silent",
        wall: "document_version_silent",
        empty: "document_version_silent",
        front: "document_version_strange",
    }
    for path, row in said.items():
        assert f"{day(0):%Y-%m-%d %H:%M} UTC" in row["message"]
        assert f"{day(1):%Y-%m-%d %H:%M} UTC" in row["message"]
        assert row["report_id"] == first[path]["report_id"].rsplit("-", 1)[0]
    assert not {row["report_id"] for row in desk.table("quarantine")} & {
        r["report_id"] for r in said.values()
    }

    again = build(desk.plan(day(1)).inputs)  # without memory
    assert not publish_content(Store(desk.folder), again.content, Request(), Store(desk.folder)).is_new

    for story in stories[:4]:
        desk.site.pages[story.path] = corrected(story)
    del desk.site.pages[right]
    assert desk.refresh(day(8)).exit == Exit.DONE
    assert {row["tablets"] for row in told(desk).values()} == {"77000"}
    assert told(desk).keys() == first.keys(), "a page that is gone keeps what it told"
    assert warned(desk) == {}


def test_former_versions_are_read_anew_by_another_extractor(desk: Desk) -> None:
    """A build after an upgrade must not lose what only a former version tells."""
    desk.newsroom.lay_out(desk.site, 1)
    story = next(iter(desk.newsroom.day(0)))
    desk.refresh(day(0))
    desk.site.pages[story.path] = MAINTENANCE
    desk.refresh(day(1))
    before = told(desk)
    with open_tracker(desk.tracker) as tracker, tracker._writing() as connection:
        for table in ("extractions", "readings"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    outcome = desk.refresh(day(2), offline=True)
    assert (outcome.word, told(desk)) == ("nothing_new", before)
    assert sum(line["texts"] for line in desk.log if line["event"] == "extracted") == 6
