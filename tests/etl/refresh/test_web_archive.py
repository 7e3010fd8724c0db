"""The web archive's copy of a dead page: kept for good before it is noted, and not asked for without end."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from etl.acquire.client import Client, Limits
from etl.acquire.listings.archive import ADDRESS
from etl.refresh import Outcome
from tests.etl.refresh.conftest import Desk, day
from tests.etl.refresh.hostile.cases import item, rss
from tests.etl.refresh.test_trouble import certified
from tests.servers.internet import PUBLIC, Internet
from tests.servers.loopback import Page, serving
from tests.servers.newsroom import START, Newsroom, ledger

GONE = "https://gazette.example/gone"
COPY = f"/web/20260105070000id_/{GONE}"
AVAILABLE = "/wayback/available"
HOSTS = ["gazette.example", "archive.org", "web.archive.org"]
SOURCE = '[[source]]\nid = "gazette"\nname = "G"\nkind = "feed"\nurl = "https://gazette.example/feed.xml"\n'
TOLD = {"available": True, "status": "200", "url": f"http://web.archive.org/web/20260105070000/{GONE}"}

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")


@dataclass
class World:
    """A paper one of whose pages is gone, found dead on the second day; the archive has a copy of it."""

    desk: Desk
    client: partial[Client]

    def refresh(self, at: datetime) -> Outcome:
        self.desk.site.asked.clear()
        return self.desk.refresh(at, allow_private=False, client=self.client, archive=ADDRESS)

    def asked(self, at: datetime, path: str) -> int:
        """How often a refresh asks for what begins so."""
        self.refresh(at)
        return sum(asked.path.startswith(path) for asked in self.desk.site.asked)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    server, client_tls = certified(tmp_path, HOSTS)
    with serving(tls=server) as site:
        folder, newsroom, internet = ledger(tmp_path / "data"), Newsroom(START), Internet(site)
        internet.names = {host: [[PUBLIC]] for host in HOSTS}
        story = next(story for story in newsroom.day(0) if "Captagon" in story.title)
        found = json.dumps({"archived_snapshots": {"closest": TOLD}}).encode()
        site.pages |= {
            "/feed.xml": Page(rss(item(GONE)), headers={"Content-Type": "application/rss+xml"}),
            AVAILABLE: Page(found, headers={"Content-Type": "application/json"}),
            COPY: Page(story.html),
        }
        desk = Desk(folder, str(folder / "tracker.sqlite"), site, newsroom)
        desk.write_sources(SOURCE)
        limits = Limits(attempts=1)
        client = partial(Client, limits, tls=client_tls, resolve=internet.resolve, dial=internet.dial)
        made = World(desk, client)
        assert made.asked(day(0), AVAILABLE) == 0, "it is asked for once more before"
        yield made


def test_a_run_that_ends_before_the_copy_is_stored_leaves_it_to_the_next(world: World) -> None:
    """The store breaks down exactly there: as where a run is killed, or the disk is full."""
    with sqlite3.connect(world.desk.tracker) as store:
        break_down = "BEGIN INSERT INTO nowhere VALUES (1); END"
        store.execute(f"CREATE TRIGGER broken BEFORE INSERT ON documents {break_down}")
    store.close()
    assert world.refresh(day(1)).word == "failed"
    with sqlite3.connect(world.desk.tracker) as store:
        store.execute("DROP TRIGGER broken")
    store.close()
    assert world.refresh(day(1)).counts["claims"] == 1


@pytest.mark.parametrize("answer", [Page(status=403), Page(status=404)], ids=["403", "404"])
def test_a_copy_that_is_refused_is_asked_for_once(world: World, answer: Page) -> None:
    world.desk.site.pages[COPY] = answer
    assert [world.asked(day(number), "/wayback") for number in (1, 2, 9)] == [1, 0, 0]


OUT = {
    AVAILABLE: {"503": Page(status=503), "403": Page(status=403)},
    COPY: {"503": Page(status=503)},
}


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, names in OUT.items() for name in names])
def test_an_archive_that_is_down_is_asked_again_for_two_weeks(world: World, path: str, name: str) -> None:
    well = world.desk.site.pages[path]
    world.desk.site.pages[path] = OUT[path][name]
    assert [world.asked(day(1, hour), AVAILABLE) for hour in (12, 13, 18)] == [1, 0, 1]
    world.desk.site.pages[path] = well
    assert world.refresh(day(5)).counts["claims"] == 1


def test_an_archive_that_is_down_for_longer_is_asked_no_more(world: World) -> None:
    world.desk.site.pages[AVAILABLE] = Page(status=503)
    assert [world.asked(day(number), AVAILABLE) for number in (1, 8, 15, 22, 30)] == [1, 1, 1, 0, 0]
