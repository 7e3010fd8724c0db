"""A small data folder, a newsroom on loopback, and refreshes of the one from the other."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.pipeline import Inputs
from etl.publish.cells import read_csv
from etl.refresh import Outcome, Plan, refresh
from etl.refresh.told import Told
from tests.servers.loopback import Site, serving
from tests.servers.newsroom import START, Newsroom, ledger


@dataclass
class Desk:
    """A data folder and the site that its sources lie on."""

    folder: Path
    tracker: str
    site: Site
    newsroom: Newsroom
    log: list[dict[str, Any]] = field(default_factory=list)

    def write_sources(self, text: str = "") -> None:
        (self.folder / "sources.toml").write_text(
            text or self.newsroom.sources(self.site.url), encoding="utf-8"
        )

    def refresh(self, at: datetime, stop: threading.Event | None = None, **plan: Any) -> Outcome:
        lines = io.StringIO()
        outcome = refresh(
            replace(self.plan(at), **plan), Told(lambda: at, to=lines), stop or threading.Event()
        )
        self.log = [json.loads(line) for line in lines.getvalue().splitlines()]
        return outcome

    def plan(self, at: datetime) -> Plan:
        inputs = Inputs(
            self.folder / "reported",
            self.folder / "decisions",
            self.folder / "coverage.toml",
            inbox=self.folder / "inbox",
            tracker=self.tracker,
            sources=self.folder / "sources.toml",
        )
        return Plan(
            inputs, self.folder, self.folder, allow_private=True, delay_s=0, archive="", clock=lambda: at
        )

    def table(self, name: str) -> list[dict[str, str]]:
        """A table of the current release."""
        return read_csv((self.folder / f"{name}.csv").read_bytes())

    def status(self) -> dict[str, Any]:
        return json.loads((self.folder / "status.json").read_text())["refresh"]


@pytest.fixture
def desk(tmp_path: Path, tracker_url: str) -> Iterator[Desk]:
    """A desk on each database."""
    with serving() as site:
        made = Desk(ledger(tmp_path / "data"), tracker_url, site, Newsroom(START))
        made.write_sources()
        yield made


def day(number: int, hour: int = 12) -> datetime:
    """A moment on the newsroom's day of that number, late enough for its stories to be out."""
    at = datetime(START.year, START.month, START.day, hour, tzinfo=UTC)
    return at + timedelta(days=number + 1)
