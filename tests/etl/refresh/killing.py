"""Refreshes that are killed at random moments, each followed by one that isn't, and what must hold after it.

    python -m tests.etl.refresh.killing 200

prints a table: how far the killed runs had come, and what was checked. SIGTERM ends it with what there
is. The moment of a kill is drawn over the time that an undisturbed run takes. Everything is dated by a clock
that stands still (`--now`), so that the releases can be compared byte by byte. One page that the newsroom
lists is gone, and found dead in the runs that are killed: its copy is in the web archive.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.publish.store import PACKAGE, damaged
from etl.store import open_tracker
from tests.servers.loopback import Page, Site, serving
from tests.servers.newsroom import START, Newsroom, ledger

ROOT = Path(__file__).parents[3]
FIRST, SECOND = START + timedelta(days=1, hours=6), START + timedelta(days=2, hours=6)
LONGEST_RUN_S = 300
GONE, COPIED = "/2/2026/01/05/0.html", "20260105070000"
"""A story of the first day, and when the archive took its copy."""
PROGRAM = """
import sys
from etl.acquire.client import Client
from etl.cli import cli
ask, archive = Client.get, sys.argv.pop(1)
def get(self, url, **asked):
    return ask(self, url.replace("https://web.archive.org", archive), **asked)
Client.get = get
cli()
"""
"""`etl` where the site given first has the archive's copies, whose address the program makes itself."""
ENOUGH = threading.Event()
"""Set to end early."""


@dataclass
class Tally:
    """What was seen: kills by the last thing that the killed run had told, and counts of checks."""

    kills: Counter[str] = field(default_factory=Counter)
    finished_before: int = 0
    acknowledged: int = 0
    looks: int = 0
    wrong: list[str] = field(default_factory=list)

    def table(self) -> str:
        rows = [
            f"{n:6}  killed after: {event}" for event, n in sorted(self.kills.items(), key=lambda kv: -kv[1])
        ]
        return "\n".join([
            f"{sum(self.kills.values()):6}  refreshes killed with SIGKILL",
            *rows,
            f"{self.finished_before:6}  runs that ended before the moment drawn (drawn again)",
            f"{self.acknowledged:6}  documents acknowledged by killed runs, all in the store",
            f"{self.looks:6}  looks of a reader, every 10 ms, each at a complete release",
            f"{len(self.wrong):6}  broken promises",
            *self.wrong,
        ])  # fmt: skip


class Reader(threading.Thread):
    """Looks at the current release every 10 ms and checks it whole whenever it is another one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.folder, self.looks, self.wrong = folder, 0, []
        self.done = threading.Event()
        self._seen: set[str] = set()

    def run(self) -> None:
        while not self.done.wait(0.01):
            self.look()

    def look(self) -> None:
        self.looks += 1
        text = (self.folder / "current.json").read_text(encoding="utf-8")
        if text in self._seen:
            return
        current = json.loads(text)
        release = self.folder / "releases" / current["release"]
        files = {path.name: path.read_bytes() for path in release.iterdir()}
        self.wrong += damaged(files)
        if hashlib.sha256(files[PACKAGE]).hexdigest() != current["sha256"]:
            self.wrong.append(f"{PACKAGE} of {current['release']} is not the one named")
        self._seen.add(text)


def refresh(folder: Path, now: object, archive: str = "") -> subprocess.Popen[str]:
    """Start `etl refresh` on a data folder, dated by `now`; its log comes through a pipe. `archive`: the site
    that is the web archive, "" for none."""
    program = ["-c", PROGRAM, archive] if archive else ["-m", "etl"]
    available = f"{archive}/available" if archive else ""
    options = ["--allow-private", "--delay", "0", "--archive", available, "--now", str(now)]
    return subprocess.Popen(
        [sys.executable, *program, "refresh", *options],
        cwd=ROOT,
        env={**os.environ, "CAPTAGON_DATA": str(folder)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(folder: Path, now: object, archive: str = "") -> list[dict[str, object]]:
    """Run a refresh to its end; its log. Raises where it doesn't end well."""
    process = refresh(folder, now, archive)
    log = process.communicate(timeout=LONGEST_RUN_S)[1]
    if process.returncode:
        raise AssertionError(f"a refresh ended with {process.returncode}: {log[-2000:]}")
    return [json.loads(line) for line in log.splitlines()]


def killed(folder: Path, now: object, archive: str, after: float) -> list[dict[str, object]] | None:
    """Kill a refresh and its readers after some seconds; its log, None where it had ended before."""
    process = refresh(folder, now, archive)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    log = process.communicate(timeout=LONGEST_RUN_S)[1]
    if process.returncode != -signal.SIGKILL:
        return None
    whole = log[: log.rfind("\n") + 1]  # a line that was cut acknowledges nothing
    return [json.loads(line) for line in whole.splitlines()]


def published(folder: Path) -> dict[str, str]:
    """The checksums of every published file."""
    own = {"status.json", "sources.toml", "coverage.toml"}
    paths = [path for path in folder.rglob("*") if path.is_file()]
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in names.items()
        if name not in own and not name.startswith((".locks/", "tracker.sqlite", "reported/", "decisions/"))
    }


def run(kills: int, work: Path, seed: int = 1) -> Tally:
    """Kill so many refreshes, each in a folder where an earlier release stands."""
    tally, draw = Tally(), random.Random(seed)
    with serving() as site:
        start = _prepared(site, work)
        undisturbed = _copy(start, work / "undisturbed")
        if not any(line.get("archive") for line in finished(undisturbed, SECOND, site.url)):
            tally.wrong.append(f"{GONE} was not had from the archive")
        wanted = published(undisturbed)
        began = time.monotonic()
        finished(_copy(start, work / "timed"), SECOND, site.url)
        length = time.monotonic() - began
        while sum(tally.kills.values()) < kills and not tally.wrong and not ENOUGH.is_set():
            _one(start, work / "killed", wanted, tally, draw.uniform(0, length), site.url)
    return tally


def _prepared(site: Site, work: Path) -> Path:
    """A data folder with a first release, and a site with a further day's news."""
    folder, newsroom = ledger(work / "start"), Newsroom(START)
    _lay_out(newsroom, site, 1)
    (folder / "sources.toml").write_text(newsroom.sources(site.url), encoding="utf-8")
    finished(folder, FIRST, site.url)
    _lay_out(newsroom, site, 2)
    return folder


def _lay_out(newsroom: Newsroom, site: Site, days: int) -> None:
    """Lay out the news of so many days, a page that is gone among them, and the archive's copy of that."""
    newsroom.lay_out(site, days)
    address = site.url + GONE
    at = f"/web/{COPIED}{{}}/{address}"
    found = {"available": True, "status": "200", "url": "https://web.archive.org" + at.format("")}
    told = json.dumps({"archived_snapshots": {"closest": found}}).encode()
    site.pages |= {
        at.format("id_"): site.pages.pop(GONE),
        "/available": Page(told, headers={"Content-Type": "application/json"}),
    }


def _one(  # noqa: PLR0917
    start: Path, folder: Path, wanted: dict[str, str], tally: Tally, after: float, archive: str
) -> None:
    _copy(start, folder)
    reader = Reader(folder)
    reader.start()
    try:
        log = killed(folder, SECOND, archive, after)
        if log is None:
            tally.finished_before += 1
            return
        tally.kills[str(log[-1]["event"] if log else "nothing")] += 1
        _check_acknowledged(folder, log, tally)
        finished(folder, SECOND, archive)
    finally:
        reader.done.set()
        reader.join()
    reader.look()
    tally.looks += reader.looks
    tally.wrong += reader.wrong
    got = published(folder)
    differing = sorted(name for name in wanted.keys() | got.keys() if wanted.get(name) != got.get(name))
    tally.wrong += [f"{name} differs, killed after {after:.2f} s" for name in differing]


def _check_acknowledged(folder: Path, log: list[dict[str, object]], tally: Tally) -> None:
    kept = [line for line in log if line["event"] == "kept"]
    with open_tracker(folder / "tracker.sqlite") as tracker:
        for line in kept:
            if tracker.latest(str(line["source"]), str(line["url"])) is None:
                tally.wrong.append(f"{line['url']} was acknowledged and is not in the store")
        tally.wrong += tracker.verify()
    tally.acknowledged += len(kept)


def _copy(start: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(start, to))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: ENOUGH.set())
    with TemporaryDirectory() as folder:
        found = run(int(sys.argv[1]), Path(folder))
    print(found.table())
    sys.exit(bool(found.wrong))
