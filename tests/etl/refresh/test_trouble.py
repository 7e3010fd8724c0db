"""Refreshes on a machine in trouble: no room, a store that is held, clocks that jump, files that were spoilt.

Each says so with its exit code and a sentence, the old release stands, and a later run goes on.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from etl.acquire.client import Client
from etl.acquire.listings.archive import ADDRESS
from etl.publish import Store, problems
from etl.publish.store import damaged
from etl.refresh.outcome import Exit
from etl.store import open_tracker
from tests.etl.refresh.conftest import Desk, day
from tests.etl.refresh.hostile.cases import html, item, rss
from tests.etl.refresh.hostile.contents import CSV, HEADER, MAPPING, csv, row
from tests.etl.refresh.killing import ROOT, refresh
from tests.etl.store.test_refusals import held
from tests.servers.internet import PUBLIC, Internet
from tests.servers.loopback import Page, serving
from tests.servers.newsroom import START, Newsroom, ledger

LONGEST_RUN_S = 600


def desk_in(folder: Path) -> Iterator[Desk]:
    with serving() as site:
        made = Desk(ledger(folder), str(folder / "tracker.sqlite"), site, Newsroom(START))
        made.write_sources()
        yield made


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose store is a file beside its releases."""
    yield from desk_in(tmp_path / "data")


def current(desk: Desk) -> bytes:
    """What names the release in force, which must be whole."""
    assert problems(Store(desk.folder)) == []
    return (desk.folder / "current.json").read_bytes()


def machine_read(desk: Desk) -> int:
    return sum(row["review_status"] == "machine" for row in desk.table("reports"))


# -- answers that change -------------------------------------------------------------------------------------


def test_what_is_unchanged_is_told_by_304_and_changes_nothing(plain: Desk) -> None:
    plain.newsroom.lay_out(plain.site, 1)
    for path, page in list(plain.site.pages.items()):
        plain.site.pages[path] = conditional(page)  # type: ignore[arg-type]
    first = plain.refresh(day(0))
    again = plain.refresh(day(1))
    looked = [line for line in plain.log if line["event"] == "looked"]
    assert [line["unchanged"] for line in looked] == [True, True, True]
    assert (again.word, again.release, again.counts["unchanged"]) == ("nothing_new", first.release, 5)
    assert [t.listed for t in again.sources] == [0, 0, 0]
    assert {source["state"] for source in plain.status()["sources"]} == {"fresh"}


def conditional(page: Page) -> object:
    """The page with a tag; 304 for whoever has it."""
    tag = f'"{hashlib.sha256(page.body).hexdigest()[:8]}"'

    def answer(request: BaseHTTPRequestHandler) -> None:
        known = request.headers["If-None-Match"] == tag
        request.send_response(304 if known else 200)
        request.send_header("ETag", tag)
        request.send_header("Content-Type", page.headers.get("Content-Type", "text/html"))
        request.send_header("Content-Length", str(0 if known else len(page.body)))
        request.end_headers()
        request.wfile.write(b"" if known else page.body)

    return answer


BAD_TABLES = {
    "a page in its place": (html("<p>Maintenance</p>").encode(), "table_kind_unknown"),
    "other columns": (csv(["Day", "Land"], [1, 2]), "table_columns_missing"),
}


@pytest.mark.parametrize("name", BAD_TABLES)
def test_a_table_that_turns_bad_keeps_its_rows_and_is_to_be_looked_at(plain: Desk, name: str) -> None:
    bad, code = BAD_TABLES[name]
    plain.newsroom.lay_out(plain.site, 1)
    address = f"{plain.site.url}/table"
    head = f'[[source]]\nid = "ministry"\nname = "M"\nkind = "table"\nurl = "{address}"\nevery_hours = 6\n'
    plain.write_sources(f"{plain.newsroom.sources(plain.site.url)}\n{head}{MAPPING}")
    plain.site.pages["/table"] = Page(csv([*HEADER], row(503_001), row(503_002)), headers=CSV)
    assert plain.refresh(day(0)).exit == Exit.DONE
    plain.site.pages["/table"] = Page(bad, headers=CSV)
    for later in (1, 2):  # also when the bad one has not changed since
        outcome = plain.refresh(day(later))
        assert (outcome.exit, "(ministry)" in outcome.message) == (Exit.PARTLY, True)
        assert {"503001", "503002"} <= {row["tablets"] for row in plain.table("reports")}
        assert code in {row["code"] for row in plain.table("quarantine") if row["file"] == "ministry"}
        state = next(source for source in plain.status()["sources"] if source["id"] == "ministry")
        assert state["state"] == "failing"
        assert code in {problem["code"] for problem in plain.status()["problems"]}
    plain.site.pages["/table"] = Page(csv([*HEADER], row(503_003)), headers=CSV)
    outcome = plain.refresh(day(3), allow_shrink=True)
    assert outcome.exit == Exit.DONE
    told = {row["tablets"] for row in plain.table("reports")}
    assert "503003" in told
    assert told.isdisjoint({"503001", "503002"})


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_page_that_is_gone_is_read_from_the_web_archive(tmp_path: Path) -> None:
    gone = "https://gazette.example/gone"
    hosts = ["gazette.example", "archive.org", "web.archive.org"]
    server, client_tls = certified(tmp_path, hosts)
    with serving(tls=server) as site:
        folder, newsroom, internet = ledger(tmp_path / "data"), Newsroom(START), Internet(site)
        desk = Desk(folder, str(folder / "tracker.sqlite"), site, newsroom)
        internet.names = {host: [[PUBLIC]] for host in hosts}
        story = next(story for story in newsroom.day(0) if "Captagon" in story.title)
        copy = {
            "available": True,
            "status": "200",
            "url": f"http://web.archive.org/web/20260105070000/{gone}",
        }
        found = json.dumps({"archived_snapshots": {"closest": copy}}).encode()
        site.pages |= {
            "/feed.xml": Page(rss(item(gone)), headers={"Content-Type": "application/rss+xml"}),
            "/gone": Page(status=410),
            "/wayback/available": Page(found, headers={"Content-Type": "application/json"}),
            f"/web/20260105070000id_/{gone}": Page(story.html),
        }
        entry = '[[source]]\nid = "gazette"\nname = "G"\nkind = "feed"\nurl = "https://gazette.example/feed.xml"\n'
        desk.write_sources(entry)
        client = partial(Client, tls=client_tls, resolve=internet.resolve, dial=internet.dial)
        for number, fetched in enumerate((0, 1)):  # once more, before it is believed to be gone
            outcome = desk.refresh(day(number), allow_private=False, client=client, archive=ADDRESS)
            (tally,) = outcome.sources
            assert (outcome.exit, tally.failed, tally.fetched) == (Exit.PARTLY, 1, fetched)
            assert outcome.counts["claims"] == fetched
    assert gone in {row["url"] for row in desk.table("reports")}


def certified(folder: Path, hosts: list[str]) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server of these hosts and a client that believes it need."""
    made, key = folder / "made.pem", folder / "key.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ",".join(f"DNS:{host}" for host in hosts)
    name = ["-subj", f"/CN={hosts[0]}", "-addext", f"subjectAltName={names}"]
    command = ["openssl", "req", "-x509", *kind, *name, "-keyout", str(key), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made, key)
    return server, ssl.create_default_context(cafile=str(made))


# -- no room -------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"only root may make a small disk ({mounted.stderr.strip()})")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def leave(disk: Path, free: int) -> None:
    """Fill a disk but for so many bytes."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    there = os.statvfs(disk)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, there.f_bavail * there.f_frsize - free)


def test_no_room_for_documents(small_disk: Path) -> None:
    for desk in desk_in(small_disk / "data"):
        desk.newsroom.lay_out(desk.site, 1)
        desk.refresh(day(0))
        before = current(desk)
        desk.newsroom.lay_out(desk.site, 2)
        noise = random.Random(1)
        for story in desk.newsroom.day(1):
            page = desk.site.pages[story.path]
            comment = f"<!-- {noise.randbytes(200_000).hex()} -->".encode()
            desk.site.pages[story.path] = Page(page.body + comment)  # type: ignore[union-attr]
        leave(small_disk, 400_000)
        full = desk.refresh(day(1))
        assert full.exit == Exit.STORE
        assert "no room left on the disk" in full.message
        assert not full.published
        kept = {line["url"] for line in desk.log if line["event"] == "kept"}
        assert current(desk) == before
        (small_disk / "filler").unlink()
        after = desk.refresh(day(1) + timedelta(hours=1))
        assert (after.exit, after.counts["claims"]) == (Exit.DONE, 10)
        assert current(desk) != before
        with open_tracker(desk.tracker) as tracker:
            assert tracker.verify() == []
            assert all(tracker.latest(f"outlet_{url.split('/')[3]}", url) for url in kept)


def test_no_room_for_the_release(small_disk: Path, tmp_path: Path) -> None:
    """However far it comes: what is in force is whole, and what is said of it is true."""
    for desk in desk_in(small_disk / "data"):
        desk.tracker = str(tmp_path / "tracker.sqlite")  # where there is room
        desk.newsroom.lay_out(desk.site, 1)
        desk.refresh(day(0))
        before = current(desk)
        size = sum(path.stat().st_size for path in desk.folder.glob("releases/*/*"))
        desk.newsroom.lay_out(desk.site, 2)
        ends = set()
        for number, share in enumerate((0, 0.01, 0.2, 0.35, 0.4, 0.45, 0.6, 1)):
            leave(small_disk, int(share * size))
            full = desk.refresh(day(1) + timedelta(minutes=number))
            stands = (desk.folder / "current.json").read_bytes()
            release = desk.folder / "releases" / json.loads(stands)["release"]
            assert damaged({path.name: path.read_bytes() for path in release.iterdir()}) == []
            assert full.published is (stands != before)
            if not full.published and full.exit:
                assert full.exit == Exit.REFUSED
                assert "cannot be written (No space left on device)" in full.message
            ends.add((full.exit, full.published))
            before = stands
        assert (Exit.REFUSED, False) in ends
        (small_disk / "filler").unlink()
        after = desk.refresh(day(1) + timedelta(hours=1))
        assert (after.exit, after.counts["claims"]) == (Exit.DONE, 10)
        assert problems(Store(desk.folder)) == []
        assert list((desk.folder / "releases").glob(".*")) == []


def test_a_quota_ends_with_a_sentence_and_the_release_stands(plain: Desk) -> None:
    plain.newsroom.lay_out(plain.site, 1)
    plain.refresh(day(0))
    before = current(plain)
    plain.newsroom.lay_out(plain.site, 2)
    most = (plain.folder / "tracker.sqlite").stat().st_size

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    options = ["--allow-private", "--delay", "0", "--archive", "", "--now", str(day(1))]
    done = subprocess.run(
        [sys.executable, "-m", "etl", "refresh", *options],
        cwd=ROOT,
        env={**os.environ, "CAPTAGON_DATA": str(plain.folder)},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN_S,
        check=False,
    )
    last = json.loads(done.stderr.splitlines()[-1])
    assert done.returncode in {Exit.REFUSED, Exit.STORE}
    assert last["event"] in {"refused", "failed"}
    assert last["message"]
    assert "Traceback" not in done.stderr
    assert current(plain) == before
    assert plain.refresh(day(1)).counts["claims"] == 10


# -- a store that is held, and two at once -------------------------------------------------------------------


def test_a_store_that_another_holds_is_said_and_taken_up_later(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.refresh(day(0))
    before = current(desk)
    desk.newsroom.lay_out(desk.site, 2)
    with held(desk.tracker):
        locked = desk.refresh(day(1), wait_s=0.2)
    assert (locked.exit, locked.word) == (Exit.STORE, "failed")
    assert "in use by another process" in locked.message
    assert (desk.status()["exit_code"], desk.status()["message"]) == (6, locked.message)
    assert [source["id"] for source in desk.status()["sources"]] == ["outlet_0", "outlet_1", "outlet_2"]
    assert current(desk) == before
    assert desk.refresh(day(1)).counts["claims"] == 10


def test_a_store_that_is_taken_away_while_pages_come(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    taking, let_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold, args=(desk.tracker, taking, let_go))
    path = next(story.path for story in desk.newsroom.day(0))
    page = desk.site.pages[path]

    def takes(request: BaseHTTPRequestHandler) -> None:
        holder.start()
        taking.wait(10)
        conditional(page)(request)  # type: ignore[arg-type,operator]

    desk.site.pages[path] = takes
    locked = desk.refresh(day(0), wait_s=0.2)
    let_go.set()
    holder.join(10)
    assert (locked.exit, locked.word) == (Exit.STORE, "failed")
    assert not (desk.folder / "current.json").exists()
    desk.site.pages[path] = page
    assert desk.refresh(day(0) + timedelta(hours=6)).counts["claims"] == 5


def hold(tracker: str, taking: threading.Event, let_go: threading.Event) -> None:
    with held(tracker):
        taking.set()
        let_go.wait(30)


def test_of_two_processes_at_once_one_works_and_the_other_names_it(plain: Desk) -> None:
    plain.newsroom.lay_out(plain.site, 1)
    asked, go_on = threading.Event(), threading.Event()
    feed = plain.site.pages["/0/feed.xml"]

    def waits(request: BaseHTTPRequestHandler) -> None:
        asked.set()
        go_on.wait(LONGEST_RUN_S)
        conditional(feed)(request)  # type: ignore[arg-type,operator]

    plain.site.pages["/0/feed.xml"] = waits
    first = refresh(plain.folder, day(0))
    try:
        assert asked.wait(LONGEST_RUN_S)
        second = refresh(plain.folder, day(0) + timedelta(minutes=12))
        said = json.loads(second.communicate(timeout=LONGEST_RUN_S)[1].splitlines()[-1])
    finally:
        go_on.set()
        log = first.communicate(timeout=LONGEST_RUN_S)[1]
    assert (second.returncode, said["event"]) == (Exit.BUSY, "busy")
    assert f"process {first.pid} on " in said["message"]
    assert "for 12 minutes; let it finish, or end that process" in said["message"]
    assert (first.returncode, json.loads(log.splitlines()[-1])["event"]) == (Exit.DONE, "ok")
    assert machine_read(plain) == 5


# -- clocks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=3650)])
def test_a_clock_that_jumps_back_loses_nothing(plain: Desk, back: timedelta) -> None:
    """The first run believes in a time that is ahead; from the second on the clock is right."""
    plain.newsroom.lay_out(plain.site, 2)
    changing = next(story for story in plain.newsroom.day(0) if "Captagon" in story.title)
    ahead = plain.refresh(day(2) + back)
    assert (ahead.exit, ahead.counts["claims"]) == (Exit.DONE, 10)
    plain.newsroom.lay_out(plain.site, 3)
    corrected = changing.html.replace(b"</article>", b"<p>Corrected at noon by the desk.</p></article>")
    plain.site.pages[changing.path] = Page(corrected)
    right = plain.refresh(day(2))
    assert (right.exit, right.counts["claims"]) == (Exit.DONE, 15)
    assert {t.source.id for t in right.sources if t.looked} == {"outlet_0", "outlet_1", "outlet_2"}
    assert plain.refresh(day(2) + timedelta(hours=1)).word == "nothing_new"
    later = plain.refresh(day(3))
    assert later.exit == Exit.DONE
    source = f"outlet_{changing.path.split('/')[1]}"
    with open_tracker(plain.tracker) as tracker:
        assert tracker.verify() == []
        newest = tracker.latest(source, f"{plain.site.url}{changing.path}")
        assert newest is not None
        assert (newest.version, newest.body) == (2, corrected)
        assert [run.outcome for run in tracker.runs(9)] == [
            "ok" if later.published else "nothing_new",
            "nothing_new",
            "ok",
            "ok",
        ]
    assert machine_read(plain) == 15


# -- files that were spoilt ----------------------------------------------------------------------------------

SPOILT = {
    "nothing": b"",
    "half": b'{"refresh": {"last_ok": ',
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "nested": b"[" * 200_000,
    "a part that is none": b'{"refresh": []}',
    "values that are none": b'{"refresh": {"last_ok": "yesterday", "next_run": 5, "sources": [1, {}]}}',
    "values of other kinds": b'{"refresh": {"last_ok": {"a": 1}, "next_run": [], "sources": {"id": 1}}}',
    "a day": b'{"refresh": {"last_ok": "2026-01-01", "next_run": "2026-01-01T00:00:00", "sources": 7}}',
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_status_file_stops_nothing(plain: Desk, name: str) -> None:
    status, coverage = plain.folder / "status.json", plain.folder / "coverage.toml"
    good = coverage.read_bytes()
    for content, wanted in ((b"nothing", Exit.REFUSED), (good, Exit.DONE)):
        status.write_bytes(SPOILT[name])
        coverage.write_bytes(content)
        assert plain.refresh(day(0), offline=True).exit == wanted
        said = plain.status()
        assert said["exit_code"] == wanted
        assert said["next_run"] is None
        assert said["stale_after"].endswith("Z")
    (plain.folder / "tracker.sqlite").write_bytes(b"no database" * 100)
    status.write_bytes(SPOILT[name])
    assert plain.refresh(day(0), offline=True).exit == Exit.STORE
    assert all(isinstance(source, dict) for source in plain.status()["sources"])


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[" * 200_000, b'{"owner": 5}', b'{"since": "2026"}'])
def test_a_spoilt_lock_file_locks_nobody_out(plain: Desk, content: bytes) -> None:
    lock = plain.folder / ".locks/refresh"
    lock.parent.mkdir()
    lock.write_bytes(content)
    assert plain.refresh(day(0), offline=True).exit == Exit.DONE
    assert json.loads(lock.read_bytes())["owner"].startswith("process ")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\x00", b"[" * 200_000, b'{"owner": "x", "since": "2026-01-01"}']
)
def test_a_lock_whose_words_were_spoilt_still_locks(plain: Desk, content: bytes) -> None:
    from etl.refresh.lock import only_one

    with only_one(plain.folder, day(0)):
        (plain.folder / ".locks/refresh").write_bytes(content)
        busy = plain.refresh(day(0))
    assert (busy.exit, busy.message) == (
        Exit.BUSY,
        "another refresh is at work; let it finish, or end that process",
    )


@pytest.mark.parametrize("spoil", ["a file for the folder of locks", "a folder for the lock", "a pointer"])
def test_what_cannot_be_worked_around_is_refused_in_words(plain: Desk, spoil: str) -> None:
    if spoil == "a pointer":
        plain.refresh(day(0), offline=True)
        (plain.folder / "current.json").write_bytes(b"{")
    elif spoil == "a folder for the lock":
        (plain.folder / ".locks/refresh").mkdir(parents=True)
    else:
        (plain.folder / ".locks").write_bytes(b"")
    refused = plain.refresh(day(0), offline=True)
    assert refused.exit == Exit.REFUSED
    assert refused.message
    assert "Traceback" not in refused.message
