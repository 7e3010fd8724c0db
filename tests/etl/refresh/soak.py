"""A refresh a day over generated news, in one process, for as many simulated days as wanted.

    python -m tests.etl.refresh.soak 500

prints a line of figures twenty times on the way, and a verdict: whether file handles and threads stay as they
are, and whether memory and the store grow no faster per document at the end than before.

What refreshes is loaded when it is run: the processes that read pages import this module again.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.etl.refresh.conftest import Desk

LISTED_DAYS = 3
"""Feeds list the stories of so many days."""
SLACK = 1.25
"""Growth per document at the end, as a multiple of that in the middle, up to which it counts as flat."""
PAGES = 64 << 10
"""Bytes of the store per stretch that are no growth: a database takes room by pages, in steps."""
STEADY = 8 << 20
"""Bytes of memory per stretch that are no growth: what allocators keep or give back."""


@dataclass(frozen=True, slots=True)
class Figures:
    """After a day: documents in the store, bytes of store and memory, handles, threads, reports published."""

    day: int
    documents: int
    store: int
    memory: int
    handles: int
    threads: int
    claims: int

    def line(self) -> str:
        return (
            f"{self.day:5} {self.documents:9} {self.store / 1e6:8.1f} {self.memory / 1e6:9.0f} "
            f"{self.handles:8} {self.threads:8} {self.claims:7}"
        )


HEAD = "  day documents store MB memory MB  handles  threads  claims"


def run(days: int, folder: Path) -> list[Figures]:
    """Refresh so many days; the figures after each. AssertionError where a refresh doesn't end well."""
    from tests.etl.refresh.conftest import Desk
    from tests.servers.loopback import serving
    from tests.servers.newsroom import START, Newsroom, ledger

    found: list[Figures] = []
    documents = 0
    with serving() as site:
        data = ledger(folder / "data")
        desk = Desk(data, str(data / "tracker.sqlite"), site, Newsroom(START))
        desk.write_sources()
        for number in range(days):
            desk.newsroom.lay_out(site, number + 1, first=max(0, number + 1 - LISTED_DAYS))
            outcome = desk.refresh(START.astimezone(UTC) + timedelta(days=number, hours=20))
            assert outcome.exit == 0, outcome.message
            site.asked.clear()
            documents += sum(line["event"] == "kept" and bool(line["new"]) for line in desk.log)
            found.append(_figures(desk, number, documents, outcome.counts["claims"]))
            if number % max(1, days // 20) == 0 or number == days - 1:
                print(found[-1].line(), flush=True)
    return found


def _figures(desk: Desk, number: int, documents: int, claims: int) -> Figures:
    gc.collect()
    store = sum(path.stat().st_size for path in desk.folder.glob("tracker.sqlite*"))
    memory = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    handles = len(list(Path("/proc/self/fd").iterdir()))
    return Figures(number, documents, store, memory, handles, threading.active_count(), claims)


def faults(found: list[Figures]) -> list[str]:
    """What does not stay flat, one sentence each; the first third is for warming up."""
    warm = found[len(found) // 3]
    middle, end = found[2 * len(found) // 3], found[-1]
    wrong = []
    if end.handles > warm.handles:
        wrong.append(f"{warm.handles} file handles became {end.handles}")
    if end.threads > warm.threads:
        wrong.append(f"{warm.threads} threads became {end.threads}")
    first, last = (_growth(a, b) for a, b in pairwise((warm, middle, end)))
    documents = end.documents - middle.documents
    if last[0] * documents > SLACK * first[0] * documents + PAGES:
        wrong.append(f"the store grew by {first[0]:.0f} bytes a document, then by {last[0]:.0f}")
    if last[1] * documents > SLACK * max(first[1], 0) * documents + STEADY:
        wrong.append(f"memory grew by {first[1]:.0f} bytes a document, then by {last[1]:.0f}")
    return wrong


def _growth(a: Figures, b: Figures) -> tuple[float, float]:
    documents = max(b.documents - a.documents, 1)
    return (b.store - a.store) / documents, (b.memory - a.memory) / documents


if __name__ == "__main__":
    print(HEAD)
    with TemporaryDirectory() as work:
        days = run(int(sys.argv[1]), Path(work))
    said = faults(days)
    print("\n".join(said) or "flat: handles, threads, and the growth of store and memory per document")
    sys.exit(bool(said))
