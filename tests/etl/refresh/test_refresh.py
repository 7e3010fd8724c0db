"""A refresh from sources to release: what it keeps, says and refuses, on a real server."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from etl.pipeline import build
from etl.publish import Refused, Request, Store, publish_content
from etl.refresh.lock import only_one, only_one_on
from etl.refresh.outcome import Exit
from etl.store import open_tracker
from tests.etl.refresh.conftest import Desk, day
from tests.servers.loopback import Page, serving
from tests.servers.newsroom import Newsroom


def counted(desk: Desk, source: str) -> dict[str, str]:
    return next(row for row in desk.table("coverage") if row["source"] == source)


def test_news_become_a_release_and_nothing_new_publishes_nothing(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 2)
    first = desk.refresh(day(1))
    assert (first.exit, first.word, first.published) == (Exit.DONE, "ok", True)
    assert first.counts["listed"] == 28
    assert first.counts["relevant"] == first.counts["fetched"] == first.counts["claims"] == 10
    seen = {row["review_status"] for row in desk.table("seizures")}
    assert seen == {"curated", "machine"}
    again = desk.refresh(day(1) + timedelta(minutes=5))
    assert (again.exit, again.word, again.release) == (Exit.DONE, "nothing_new", first.release)


def test_coverage_and_the_beginning_of_collection_are_in_the_release(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 2)
    desk.refresh(day(1))
    assert counted(desk, "outlet_1") == {
        "source": "outlet_1", "day": "2026-01-07", "listed": "10", "relevant": "4", "fetched": "4",
        "claims": "4", "failed": "0", "answered": "yes",
    }  # fmt: skip
    changes = [(row["day"], row["source"], row["change"]) for row in desk.table("source_changes")]
    assert changes == [("2026-01-07", f"outlet_{n}", "added") for n in range(3)]


def test_a_page_that_is_passed_on_is_another_outlet_and_the_same_origin(desk: Desk) -> None:
    with serving("127.0.0.2") as other:
        story = next(iter(desk.newsroom.day(0)))
        desk.site.pages["/0/feed.xml"] = Page(_feed(f"{desk.site.url}{story.path}", story.title))
        desk.site.pages[story.path] = Page(story.html)
        there = f"http://127.0.0.2:{other.port}"
        copy = story.html.replace(b"<article>", b"<article><p>With agencies.</p>")
        other.pages["/copy.html"] = Page(copy.replace(b"North Gazette", b"South Gazette"))
        other.pages["/feed.xml"] = Page(_feed(f"{there}/copy.html", story.title))
        one = desk.newsroom.sources(desk.site.url).split("\n[[source]]")[0]
        desk.write_sources(one + one.replace("outlet_0", "other").replace(f"{desk.site.url}/0", there))
        assert desk.refresh(day(0)).counts["claims"] == 2
    machine = [row for row in desk.table("seizures") if row["review_status"] == "machine"]
    assert [(row["n_reports"], row["n_outlets"], row["n_origins"]) for row in machine] == [("2", "2", "1")]


def _feed(link: str, title: str) -> bytes:
    item = f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid></item>"
    return f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'.encode()


def test_a_source_that_fails_keeps_what_it_gave_and_stops_nobody(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.refresh(day(0))
    before = len(desk.table("reports"))
    desk.newsroom.lay_out(desk.site, 2)
    desk.site.pages["/1/feed.xml"] = Page(status=404)
    outcome = desk.refresh(day(1))
    assert (outcome.exit, outcome.word) == (Exit.PARTLY, "partly")
    assert "outlet_1" in outcome.message
    assert len(desk.table("reports")) > before
    assert {row["report_id"] for row in desk.table("reports")} >= {"R1", "R2"}
    states = {source["id"]: source["state"] for source in desk.status()["sources"]}
    assert states == {"outlet_0": "fresh", "outlet_1": "failing", "outlet_2": "fresh"}
    assert any(problem["source"] == "outlet_1" for problem in desk.status()["problems"])


def test_where_no_source_answers_the_collection_is_not_well(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.refresh(day(0))
    well = desk.status()["last_ok"], desk.status()["stale_after"]
    desk.site.pages.clear()
    outcome = desk.refresh(day(5))
    assert (outcome.exit, outcome.word) == (Exit.CUT_OFF, "failed")
    assert "3 sources" in outcome.message
    assert (desk.status()["last_ok"], desk.status()["stale_after"]) == well
    assert desk.refresh(day(6), offline=True).exit == Exit.DONE
    assert (desk.status()["last_ok"], desk.status()["stale_after"]) == well, "nobody was asked"
    desk.newsroom.lay_out(desk.site, 2)
    assert desk.refresh(day(10)).exit == Exit.DONE
    assert desk.status()["last_ok"] > well[0]


def test_a_listing_outside_its_range_is_reported_and_takes_nothing_away(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.write_sources(desk.newsroom.sources(desk.site.url, minimum=1))
    events = desk.refresh(day(0)).counts["claims"]
    desk.site.pages["/0/feed.xml"] = Page(b'<rss version="2.0"><channel><title>x</title></channel></rss>')
    outcome = desk.refresh(day(1))
    assert outcome.exit == Exit.PARTLY
    assert "outlet_0" in outcome.message
    assert outcome.counts["claims"] == events
    assert "listing_outside_range" in {line.get("code") for line in desk.log}


def test_a_faulty_entry_in_the_list_is_said_and_the_others_are_asked(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.write_sources(
        desk.newsroom.sources(desk.site.url) + '\n[[source]]\nid = "x"\nname = "X"\nkind = "fax"\n'
    )
    outcome = desk.refresh(day(0))
    assert outcome.exit == Exit.PARTLY
    assert outcome.counts["fetched"] == 5
    assert "1 fault in the list of sources" in outcome.message


def test_only_the_named_source_is_asked_and_an_unknown_name_is_refused(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    assert desk.refresh(day(0), only=frozenset({"outlet_2"})).counts["fetched"] == 2
    asked = {asked.path.split("/")[1] for asked in desk.site.asked}
    assert asked == {"robots.txt", "2"}
    refused = desk.refresh(day(0), only=frozenset({"nobody"}))
    assert (refused.exit, "nobody" in refused.message) == (Exit.REFUSED, True)


def test_a_source_is_asked_again_only_when_its_hours_have_passed(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.refresh(day(0))
    asked = len(desk.site.asked)
    desk.refresh(day(0) + timedelta(hours=2))
    assert len(desk.site.asked) == asked
    desk.refresh(day(0) + timedelta(hours=6))
    assert len(desk.site.asked) > asked


def test_a_page_that_changes_is_a_new_version_and_its_event_keeps_its_id(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.refresh(day(0))
    story = next(story for story in desk.newsroom.day(0) if story.path.startswith("/2/"))
    page = next(row for row in desk.table("reports") if row["url"].endswith(story.path))
    changed = story.html.replace(b"Traffic at", b"Later it was said that traffic at").replace(
        b"arrested.", b"held."
    )
    desk.site.pages[story.path] = Page(changed.replace(b"</article>", b"<p>Corrected at noon.</p></article>"))
    outcome = desk.refresh(day(1))
    assert outcome.exit == Exit.DONE
    after = next(row for row in desk.table("reports") if row["url"].endswith(story.path))
    assert (after["report_id"], after["event_id"]) == (page["report_id"], page["event_id"])
    with open_tracker(desk.tracker) as tracker:
        newest = tracker.latest("outlet_2", f"{desk.site.url}{story.path}")
    assert newest is not None
    assert newest.version == 2


def test_pages_that_are_gone_are_counted_and_asked_for_once_more(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    gone = next(story.path for story in desk.newsroom.day(0))
    del desk.site.pages[gone]
    assert desk.refresh(day(0)).counts["failed"] == 1
    assert counted(desk, "outlet_0")["failed"] == "1"
    for number, times in ((2, 1), (3, 0)):
        desk.site.asked.clear()
        desk.refresh(day(number))
        assert [asked.path for asked in desk.site.asked].count(gone) == times


def test_dead_pages_are_looked_up_in_the_web_archive_once(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    gone = next(story.path for story in desk.newsroom.day(0))
    del desk.site.pages[gone]
    desk.site.pages["/available"] = Page(
        b'{"archived_snapshots": {}}', headers={"Content-Type": "application/json"}
    )
    desk.refresh(day(0), archive=f"{desk.site.url}/available")
    desk.refresh(day(2), archive=f"{desk.site.url}/available")
    assert len([asked for asked in desk.site.asked if asked.path.startswith("/available")]) == 1


def test_a_second_refresh_says_who_is_at_work_and_since_when(desk: Desk) -> None:
    with only_one(desk.folder, day(0)):
        busy = desk.refresh(day(0) + timedelta(minutes=7))
    assert busy.exit == Exit.BUSY
    assert "another refresh is at work: process" in busy.message
    assert "for 7 minutes" in busy.message
    assert desk.log[-1]["event"] == "busy"
    assert not (desk.folder / "status.json").exists()


def test_one_store_serves_one_refresh_at_a_time_whatever_folder_it_fills(desk: Desk, tmp_path: Path) -> None:
    with open_tracker(desk.tracker) as store, only_one_on(store, day(0)):
        store.begin_run("process 4711 on far", day(0))
        busy = desk.refresh(day(0) + timedelta(minutes=7), out=tmp_path / "other")
        assert [run.outcome for run in store.runs(9)] == [""], "the run at work is not given up"
    assert busy.exit == Exit.BUSY
    assert "another refresh is at work: process" in busy.message
    assert "for 7 minutes" in busy.message
    assert not (tmp_path / "other/status.json").exists()
    assert desk.refresh(day(0), out=tmp_path / "other", offline=True).exit == Exit.DONE


HOLDS = """
import sys, time
from etl.refresh.lock import only_one_on
from etl.refresh.plan import system_clock
from etl.store import open_tracker
with open_tracker(sys.argv[1]) as store, only_one_on(store, system_clock()):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_store_is_free_again_when_its_holder_is_killed(desk: Desk) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS, desk.tracker], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert desk.refresh(day(0), offline=True).exit == Exit.BUSY
        holder.kill()
    until = time.monotonic() + 20  # a server needs a moment to notice
    while (again := desk.refresh(day(0), offline=True)).exit == Exit.BUSY and time.monotonic() < until:
        time.sleep(0.1)
    assert again.exit == Exit.DONE


def test_a_stopped_refresh_keeps_what_it_fetched_and_the_next_goes_on(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    stop = threading.Event()

    def stops(handler: object) -> None:
        stop.set()

    slow = next(story.path for story in desk.newsroom.day(0))
    page = desk.site.pages[slow]
    desk.site.pages[slow] = stops
    stopped = desk.refresh(day(0), stop)
    assert (stopped.exit, stopped.word, stopped.published) == (Exit.DONE, "stopped", False)
    assert not (desk.folder / "current.json").exists()
    desk.site.pages[slow] = page
    assert desk.refresh(day(0) + timedelta(hours=6)).counts["claims"] == 5


def test_a_dry_run_looks_at_listings_and_leaves_no_trace(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    before = sorted(path.name for path in desk.folder.iterdir())
    outcome = desk.refresh(day(0), dry_run=True)
    assert (outcome.counts["listed"], outcome.counts["relevant"], outcome.counts["fetched"]) == (14, 5, 0)
    assert sorted(path.name for path in desk.folder.iterdir()) == before
    assert {asked.path for asked in desk.site.asked} == {
        "/robots.txt",
        "/0/feed.xml",
        "/1/feed.xml",
        "/2/feed.xml",
    }


def test_offline_builds_from_the_store_and_asks_nobody(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.refresh(day(0))
    desk.site.asked.clear()
    outcome = desk.refresh(day(1), offline=True)
    assert (outcome.word, outcome.counts["claims"]) == ("nothing_new", 5)
    assert desk.site.asked == []


def test_since_leaves_older_pages_out(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 3)
    later = desk.newsroom.start + timedelta(days=2)
    assert desk.refresh(day(2), since=later).counts["listed"] == 14
    assert desk.refresh(day(2) + timedelta(days=1)).counts["listed"] == 42


def test_a_shrinking_ledger_is_not_published_without_a_word(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    published = desk.refresh(day(0))
    rows = (desk.folder / "reported/a.csv").read_text().splitlines()
    (desk.folder / "reported/a.csv").write_text("\n".join(rows[:-1]) + "\n")
    refused = desk.refresh(day(0) + timedelta(hours=6))
    assert (refused.exit, refused.published) == (Exit.SHRUNK, False)
    assert "--allow-shrink" in refused.message
    assert desk.status()["outcome"] == "refused"
    allowed = desk.refresh(day(0) + timedelta(hours=12), allow_shrink=True)
    assert allowed.published
    assert allowed.release != published.release


def test_a_ledger_that_cannot_be_read_leaves_the_old_release(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    release = desk.refresh(day(0)).release
    (desk.folder / "coverage.toml").write_text("nothing")
    refused = desk.refresh(day(1))
    assert refused.exit == Exit.REFUSED
    assert release in (desk.folder / "current.json").read_text()


def test_a_store_that_cannot_be_used_ends_with_its_own_code(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    broken = desk.folder / "broken.sqlite"
    broken.write_bytes(b"not a database at all" * 500)
    inputs = replace(desk.plan(day(0)).inputs, tracker=str(broken))
    outcome = desk.refresh(day(0), inputs=inputs)
    assert (outcome.exit, outcome.word) == (Exit.STORE, "failed")
    assert desk.status()["exit_code"] == 6


def test_a_list_that_changes_is_noted_and_a_removed_source_keeps_its_documents(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 2)
    claims = desk.refresh(day(1)).counts["claims"]
    desk.write_sources(Newsroom(desk.newsroom.start, outlets=2).sources(desk.site.url))
    outcome = desk.refresh(day(2))
    assert outcome.counts["claims"] == claims
    with open_tracker(desk.tracker) as tracker:
        last = tracker.source_changes()[-1]
    assert (last.source_id, last.change, last.day) == ("outlet_2", "removed", day(2).date())


def test_quiet_says_only_what_went_wrong(desk: Desk, tmp_path: Path) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.site.pages["/1/feed.xml"] = Page(status=403)
    desk.refresh(day(0))
    assert {"looked", "kept", "read", "step", "trouble", "partly"} <= {line["event"] for line in desk.log}


def test_what_is_remembered_is_what_would_be_read_anew(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 2)
    release = desk.refresh(day(1)).release
    plan = desk.plan(day(1))
    built = build(plan.inputs)
    outcome = publish_content(Store(desk.folder), built.content, Request(), Store(desk.folder))
    assert (outcome.label, outcome.is_new) == (release, False)


def test_a_build_is_refused_while_pages_wait_to_be_read(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    stop = threading.Event()
    slow, *others = [s.path for s in desk.newsroom.day(0) if "Captagon" in s.title]

    def stops(handler: object) -> None:
        with open_tracker(desk.tracker) as tracker:
            while not all(tracker.latest(f"outlet_{p[1]}", f"{desk.site.url}{p}") for p in others):
                stop.wait(0.05)
        stop.set()

    page = desk.site.pages[slow]
    desk.site.pages[slow] = stops
    assert desk.refresh(day(0), stop).counts["fetched"] == 4
    desk.site.pages[slow] = page
    with pytest.raises(Refused, match="etl refresh --offline"):
        build(desk.plan(day(0)).inputs)
    assert desk.refresh(day(0), offline=True).published
    build(desk.plan(day(0)).inputs)
