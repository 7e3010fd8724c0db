"""A refresh of sources that misbehave, each in its own way, beside one that doesn't: nothing is asked of what
is not public, each trouble is told as it is, and what the others report is published.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpcore
import pytest

from etl.acquire.client import Client, Limits
from etl.refresh import Outcome
from etl.refresh.outcome import Exit
from etl.store import open_tracker
from tests.etl.acquire.fetching import NO_AUTHORITIES
from tests.etl.refresh.conftest import Desk, day
from tests.etl.refresh.hostile import NAMES, Case, every, private_forms
from tests.etl.refresh.hostile.cases import RSS, item, rss
from tests.servers.internet import PUBLIC, Internet
from tests.servers.loopback import Page, Site, serving
from tests.servers.misbehaving import Failing
from tests.servers.newsroom import START, Newsroom, ledger

HEALTHY = "http://healthy.example"
LIMITS = Limits(connect_s=30, read_s=3, total_s=8, attempts=2, backoff_s=0.01)
CASES = {case.id: case for case in every(0)}
ORDINARY = [name for name, case in CASES.items() if not case.look]
TO_BE_LOOKED_AT = [name for name, case in CASES.items() if case.look]


class Watched(Internet):
    """Public addresses lead to the site; of others those of this machine are really asked, if at all."""

    def dial(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.dialled.append(address)
        if address == PUBLIC:
            return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.site.port, seconds)
        if address.removeprefix("::ffff:") not in ("127.0.0.1", "::1"):
            raise httpcore.ConnectError(f"{address} lies outside this machine")
        return httpcore.SyncBackend().connect_tcp(address, port, seconds)


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and who connects to it; it answers every request with a page."""
    met: list[str] = []
    with ExitStack() as stack:
        first = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = first.getsockname()[1]
        servers = [first]
        with suppress(OSError):  # no IPv6 here
            servers.append(stack.enter_context(socket.create_server(("::1", port), family=socket.AF_INET6)))

        def serve(server: socket.socket) -> None:
            with suppress(OSError):
                while True:
                    client, address = server.accept()
                    met.append(address[0])
                    with client, suppress(OSError):
                        client.settimeout(60)
                        client.recv(4096)
                        client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

        threads = [threading.Thread(target=serve, args=(server,)) for server in servers]
        for thread in threads:
            thread.start()
        try:
            yield port, met
        finally:
            for server in servers:
                server.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join(60)


@dataclass
class World:
    """Every case on one site, and two refreshes of it: of those that are ordinary trouble, then of all."""

    desk: Desk
    internet: Watched
    met: list[str]
    outcomes: list[Outcome] = field(default_factory=list)
    logs: list[list[dict[str, Any]]] = field(default_factory=list)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    status: dict[str, Any] = field(default_factory=dict)

    def refresh(self, minutes: int, **plan: Any) -> Outcome:
        client = partial(
            Client,
            LIMITS,
            per_host=8,
            tls=NO_AUTHORITIES,
            resolve=self.internet.resolve,
            dial=self.internet.dial,
        )
        at = day(0) + timedelta(minutes=minutes)
        options = {"allow_private": False, "client": client, "workers": 24, **plan}
        outcome = self.desk.refresh(at, **options)
        self.outcomes.append(outcome)
        self.logs.append(self.desk.log)
        return outcome

    def told(self, case: Case) -> list[tuple[str, str]]:
        """What was said of a source and its pages: code and sentence."""
        return [
            (line["code"], line["message"])
            for log in self.logs
            for line in log
            if line["event"] in {"trouble", "failed"} and line.get("source") == case.id
        ]

    def rows(self, table: str, case: Case) -> list[dict[str, str]]:
        """The rows of a table of issues that concern a source."""
        return [
            row
            for row in self.tables[table]
            if row["file"].startswith(case.address.removeprefix("http://"))
            or row["file"].startswith(case.address)
            or row["file"].split(" ")[0] == case.id
        ]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = ledger(tmp_path_factory.mktemp("hostile") / "data")
    with listening() as (port, met), serving() as site:
        cases = every(port)
        internet = lay_out(site, cases)
        newsroom = Newsroom(START)
        internet.names["healthy.example"] = [[PUBLIC]]
        newsroom.lay_out(SimpleNamespace(pages=site.pages, url=HEALTHY), 1)  # type: ignore[arg-type]
        found = World(Desk(folder, str(folder / "tracker.sqlite"), site, newsroom), internet, met)
        for number, looks in enumerate(((False,), (False, True))):
            entries = (case.entry for case in cases if case.look in looks)
            found.desk.write_sources("\n".join([newsroom.sources(HEALTHY), *entries]))
            found.refresh(10 * number)
        names = ("reports", "seizures", "quarantine", "warnings", "coverage")
        found.tables = {name: found.desk.table(name) for name in names}
        found.status = found.desk.status()
        yield found


def lay_out(site: Site, cases: list[Case]) -> Watched:
    """Put the pages of all cases onto a site; the internet on which each has a host of its own."""
    internet, robots = Watched(site), {}
    internet.names = {name: list(leads_to) for name, leads_to in NAMES.items()}
    for case in cases:
        internet.names |= {case.host: [[PUBLIC]], **case.names}
        named = {"/feed.xml": Page(rss(item("page")), headers=RSS), **case.pages}
        site.pages |= {f"/{case.id}{path}": page for path, page in named.items()}
        robots[case.host] = case.pages.get("/robots.txt", Page(status=404))

    def robots_txt(request: BaseHTTPRequestHandler) -> None:
        Failing(robots.get(request.headers["Host"], Page(status=404)))(request)  # type: ignore[arg-type]

    site.pages["/robots.txt"] = robots_txt
    return internet


@pytest.mark.parametrize("name", CASES)
def test_each_is_told_and_counted_as_it_is(world: World, name: str) -> None:
    case = CASES[name]
    tally = next(t for t in world.outcomes[case.look].sources if t.source.id == name)
    assert (tally.listed, tally.relevant, tally.fetched, tally.failed) == case.counts
    told = world.told(case)
    if case.code:
        assert [words for code, words in told if code == case.code and case.words in words]
    if not (case.code or case.quarantined):
        assert told == []
    assert bool(tally.trouble) is case.look
    shown = next(source for source in world.status["sources"] if source["id"] == name)
    assert shown["state"] == ("failing" if case.look else "fresh")
    assert shown["message"] == tally.trouble


@pytest.mark.parametrize("name", CASES)
def test_of_each_what_can_be_read_is_published_and_the_rest_has_its_reason(world: World, name: str) -> None:
    case = CASES[name]
    published = [
        int(row["tablets"])
        for row in world.tables["reports"]
        if row["tablets"] and (row["url"].startswith(case.address) or row["report_id"].startswith(f"{name}-"))
    ]
    assert sorted(published) == sorted(case.claims)
    quarantined = {row["code"] for row in world.rows("quarantine", case)}
    assert quarantined == ({case.quarantined} if case.quarantined else set())
    assert case.warned in {row["code"] for row in world.rows("warnings", case)} | {""}


def test_pages_in_trouble_are_ordinary_and_sources_in_trouble_are_named(world: World) -> None:
    first, second = world.outcomes
    assert (first.exit, first.message) == (Exit.DONE, f"release {first.release} is published")
    assert (second.exit, second.word) == (Exit.PARTLY, "partly")
    assert f"to be looked at: {len(TO_BE_LOOKED_AT)} sources ({TO_BE_LOOKED_AT[0]}, " in second.message


def test_what_the_healthy_source_reports_is_published_whole(world: World) -> None:
    stories = [story for story in world.desk.newsroom.day(0) if "Captagon" in story.title]
    published = {row["url"] for row in world.tables["reports"]}
    assert {f"{HEALTHY}{story.path}" for story in stories} <= published
    assert {"R1", "R2"} <= {row["report_id"] for row in world.tables["reports"]}


def test_the_counts_add_up(world: World) -> None:
    for outcome in world.outcomes:
        counts, tallies = outcome.counts, outcome.sources
        assert counts["listed"] == counts["relevant"] + counts["skipped"]
        for name in ("listed", "relevant", "fetched", "unchanged", "failed"):
            assert counts[name] == sum(getattr(tally, name) for tally in tallies), name
    covered = {row["source"]: row for row in world.tables["coverage"]}
    assert len(covered) == len(world.tables["coverage"]), "one day, one row a source"
    for name, case in CASES.items():
        row = covered.get(name, dict.fromkeys(("listed", "relevant", "fetched", "failed", "claims"), "0"))
        counted = tuple(int(row[part]) for part in ("listed", "relevant", "fetched", "failed"))
        assert counted == case.counts, name
        assert counted[0] >= counted[1] >= counted[2] + counted[3], name
        assert int(row["claims"]) >= len(case.claims), name
    machine = [row for row in world.tables["reports"] if row["review_status"] == "machine"]
    assert world.outcomes[-1].counts["claims"] == len(machine)
    assert world.outcomes[-1].counts["quarantined"] == len(world.tables["quarantine"])


def test_every_trouble_is_among_the_problems_of_the_status(world: World) -> None:
    said = {(problem["source"], problem["code"]) for problem in world.status["problems"]}
    wanted = {(name, case.code) for name, case in CASES.items() if case.code and case.look}
    assert wanted <= said
    with open_tracker(world.desk.tracker) as tracker:
        noted = {(one.source_id, one.code) for one in tracker.problems(day(0))}
    assert {(name, case.code) for name, case in CASES.items() if case.code} <= noted


def test_pages_are_tried_again_where_that_may_help(world: World) -> None:
    helps = {"s429", "s500", "s503", "drip", "silence", "cut", "reset", "not_http"}
    with open_tracker(world.desk.tracker) as tracker:

        def due(**after: int) -> set[str]:
            at = day(0) + timedelta(**after)
            pages = [one for name in CASES for one in tracker.due(name, at, 9) if name.startswith("page_")]
            return {one.source_id.removeprefix("page_") for one in pages if one.url.endswith("/page")}

        assert due(minutes=45) == helps - {"s429", "s503"}, "Retry-After is an hour"
        assert due(hours=2) == helps
        assert due(days=1) == helps | {"s403", "s404", "s410"}, "a refusal is asked for once more"
        assert [name for name in CASES if tracker.dead(name, day(1), 9)] == []


def test_nothing_is_asked_of_an_address_that_is_not_public(world: World) -> None:
    assert set(world.internet.dialled) == {PUBLIC}
    assert world.met == []


def test_the_same_redirects_are_followed_once_private_addresses_are_allowed(tmp_path: Path) -> None:
    """What the test before relies on: the listener would have seen it."""
    with listening() as (port, met), serving() as site:
        forms = private_forms(port)
        allowed = [name for name in forms if name not in {"metadata", "nat64", "compatible"}]
        cases = [case for case in every(port) if case.id in {f"page_to_{name}" for name in allowed}]
        internet = lay_out(site, cases)
        folder = ledger(tmp_path / "data")
        found = World(Desk(folder, str(folder / "tracker.sqlite"), site, Newsroom(START)), internet, met)
        found.desk.write_sources("\n".join(case.entry for case in cases))
        found.refresh(0, allow_private=True)
        assert met
        assert "127.0.0.1" in internet.dialled
