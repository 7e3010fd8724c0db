"""The command `refresh`: whom it tells how it went."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from etl.refresh.lock import only_one
from etl.refresh.plan import system_clock
from tests.servers.loopback import Page, Site, serving
from tests.servers.newsroom import START, Newsroom, ledger

ROOT = Path(__file__).resolve().parents[2]
PING = "/ping/hidden"
FEED = "/0/feed.xml"


@dataclass
class Watched:
    """A data folder, and the site of its source and of the service that watches."""

    folder: Path
    site: Site

    def start(self, *options: str) -> subprocess.Popen[str]:
        private = ("--allow-private", "--heartbeat-private", "--delay", "0", "--archive", "")
        return subprocess.Popen(
            [sys.executable, "-m", "etl", "refresh", *private, *options],
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={
                **os.environ,
                "CAPTAGON_DATA": str(self.folder),
                "CAPTAGON_HEARTBEAT_URL": self.site.url + PING,
            },
        )

    def run(self, *options: str) -> tuple[int, list[str], str]:
        """Exit code, beats, and what was written to the log."""
        program = self.start(*options)
        log = program.communicate(timeout=120)[1]
        return program.returncode, self.beats, log

    @property
    def beats(self) -> list[str]:
        return [asked.path for asked in self.site.asked if asked.path.startswith("/ping")]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with serving() as site:
        folder = ledger(tmp_path / "data")
        sources = Newsroom(START, outlets=1).sources(site.url)
        (folder / "sources.toml").write_text(sources, encoding="utf-8")
        site.pages |= {PING: Page(b"OK"), f"{PING}/fail": Page(b"OK")}
        yield Watched(folder, site)


def test_a_good_run_is_told_and_the_secret_is_not(watched: Watched) -> None:
    code, beats, log = watched.run("--offline")
    assert (code, beats) == (0, [PING])
    assert "hidden" not in log
    said = [json.loads(line) for line in log.splitlines()]
    assert [line["message"] for line in said if line["event"] == "heartbeat"] == [
        "telling 127.0.0.1: the run ended with exit code 0"
    ]


def test_a_source_in_trouble_is_ordinary_and_what_a_scheduler_wants_to_hear_changes_no_beat(
    watched: Watched,
) -> None:
    assert watched.run("--tolerant", "--quiet")[:2] == (0, [PING])


def test_a_dry_run_tells_nobody(watched: Watched) -> None:
    assert watched.run("--dry-run")[1] == []


def test_a_run_that_is_refused_is_told_as_bad(watched: Watched) -> None:
    (watched.folder / "coverage.toml").write_text("nonsense", encoding="utf-8")
    assert watched.run("--offline")[:2] == (1, [f"{PING}/fail"])


def test_where_another_refresh_is_at_work_that_one_tells(watched: Watched) -> None:
    with only_one(watched.folder, system_clock()):
        assert watched.run("--offline")[:2] == (3, [])


def test_a_run_cut_short_tells_nobody(watched: Watched) -> None:
    def slow(request: BaseHTTPRequestHandler) -> None:
        program.send_signal(signal.SIGTERM)
        time.sleep(2)
        request.send_error(500)

    watched.site.pages[FEED] = slow
    program = watched.start()
    program.communicate(timeout=120)
    assert (program.returncode, watched.beats) == (0, [])


def test_an_address_that_is_none_is_said_before_anything_is_done(watched: Watched) -> None:
    code, _, log = watched.run("--heartbeat", "watch.example/1")
    assert code == 2
    assert "must begin with https://" in " ".join(log.replace("│", " ").split())
    assert not (watched.folder / "status.json").exists()
