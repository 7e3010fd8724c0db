"""A store of 100,000 documents read anew by the extractor, and releases built from it.

python -m benchmarks.rebuild [--documents N]

The documents are made-up news (`benchmarks.synthetic_news`) in an SQLite store, beside the shipped ledger.
Each row is measured in a process of its own: the extractor reads every text, as after a change of its rules;
the build that publishes what it read, which the store remembers; the same build again, which finds nothing
to publish; a whole refresh without network that finds nothing new. Memory is that of the main process and of
the largest of its readers, sampled (Linux only).
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.acquire import peak_mb
from benchmarks.synthetic_news import Story, stories
from etl.acquire.records import Answer, Listed
from etl.extract.privacy import quote_of
from etl.extract.records import Document
from etl.fetched import ReadPage
from etl.machine import Reader
from etl.page_reading import READER_VERSION
from etl.papers import text_sha256
from etl.pipeline import Inputs, build, no_cycle_collection
from etl.publish import Request, Store, publish_content
from etl.refresh import Plan, refresh
from etl.refresh.read import Readers, extract_new
from etl.refresh.told import Told
from etl.remembered import Memory
from etl.store import documents, open_tracker, pages, readings
from etl.store.engine import address, make_engine
from etl.store.records import Asked
from etl.syndication import signature

DATA = Path(__file__).resolve().parents[1] / "data"
DOCUMENTS = 100_000
WORKERS = 2
NOW = datetime(2026, 1, 15, tzinfo=UTC)
_AT_ONCE = 500
_FRESH = multiprocessing.get_context("spawn")  # memory is each process's own


@dataclass(frozen=True)
class Measured:
    """`seconds` of wall-clock time without the start of the process, and of its processor time, workers left
    out; peak memory in MB, of workers 0 where there were none.
    """

    seconds: float
    cpu_seconds: float
    main_mb: float
    worker_mb: float
    found: str


def fill(store: Path, count: int) -> None:
    """A store of so many documents, as the readers of pages leave it.

    Many documents a transaction, unlike a refresh, which has each on disk before the next: a hundred thousand
    would take ten minutes.
    """
    with open_tracker(store) as tracker:
        run = tracker.begin_run("benchmark", NOW)
    engine = make_engine(address(store), 30).execution_options(writes=True)
    waiting = stories(count)
    while batch := list(islice(waiting, _AT_ONCE)):
        with engine.begin() as connection:
            for story in batch:
                source, body = _source(story), f"<h1>{story.title}</h1><p>{story.text}</p>".encode()
                listed = Listed(story.url, story.title, "", story.at, story.lang)
                pages.note_listed(connection, source, [(listed, True, "drug")], story.at)
                answer = Answer(story.url, story.url, 200, story.at, body, {"content-type": "text/html"})
                kept = documents.keep(connection, Asked(run, source, story.url, story.at), answer, None)
                readings.save(connection, kept.document_id, READER_VERSION, _read(story), ("", ""))
    engine.dispose()


def _source(story: Story) -> str:
    return story.url.split("/")[2].partition(".")[0]


def _read(story: Story) -> ReadPage:
    page = Document(
        story.url, story.text, story.title, story.lang, story.at.date(), story.publisher, story.url
    )
    return ReadPage(
        title=page.title,
        text=page.text,
        lang=page.lang,
        published=page.published,
        publisher=page.publisher,
        text_sha256=text_sha256(page),
        signature=signature(page.body),
    )


def _inputs(folder: Path) -> Inputs:
    return Inputs(
        DATA / "reported", DATA / "decisions", DATA / "coverage.toml", tracker=str(folder / "tracker.sqlite")
    )


def extracted(folder: Path) -> str:
    """Let the extractor read every text."""
    told = io.StringIO()
    with open_tracker(folder / "tracker.sqlite") as tracker, Readers(WORKERS) as readers:
        extract_new(tracker, readers, Told(lambda: NOW, to=told), threading.Event())
    return f"{told.getvalue().count('trouble')} failed"


def rebuilt(folder: Path) -> str:
    """Build from what the store remembers, and publish."""
    with open_tracker(folder / "tracker.sqlite") as tracker, no_cycle_collection():
        built = build(_inputs(folder), reader=Reader(Memory(tracker).extract, quote_of))
        outcome = publish_content(Store(folder / "out"), built.content, Request(), Store(DATA))
    return f"{len(built.content.events):,} events, " + ("published" if outcome.is_new else "nothing new")


def refreshed(folder: Path) -> str:
    """A refresh that asks nobody."""
    plan = Plan(_inputs(folder), folder / "out", DATA, offline=True, clock=lambda: NOW)
    return refresh(plan, Told(lambda: NOW, to=io.StringIO()), threading.Event()).word.replace("_", " ")


ROWS: dict[str, Callable[[Path], str]] = {
    "re-extracted by 2 workers": extracted,
    "rebuilt and published": rebuilt,
    "rebuilt, nothing new": rebuilt,
    "refresh, nothing new": refreshed,
}


def _work(work: Callable[[Path], str], folder: Path, told: Connection) -> None:
    with _workers_mb() as worker_mb:
        begun, cpu = time.perf_counter(), time.process_time()
        found = work(folder)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    told.send(Measured(seconds, cpu, peak_mb(), worker_mb[0], found))


@contextmanager
def _workers_mb() -> Iterator[list[float]]:
    """The peak memory of the largest process that this one started inside the block, in MB."""
    most, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            most[0] = max([most[0], *map(_peak_mb, _below("self"))])

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def _below(process: str) -> Iterator[str]:
    """The ids of all processes below one."""
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            ids = children.read_text("ascii").split()
        except OSError:  # it has ended
            continue
        for child in ids:
            yield child
            yield from _below(child)


def _peak_mb(process: str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def measure(work: Callable[[Path], str], folder: Path) -> Measured:
    """Do one thing once, in a process of its own."""
    here, there = _FRESH.Pipe()
    process = _FRESH.Process(target=_work, args=(work, folder, there))
    process.start()
    there.close()
    try:
        found: Measured = here.recv()  # EOFError: it failed, and said why
    finally:
        process.join(60)
    return found


def _mb(*paths: Path) -> float:
    files = (file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]))
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def main(count: int = DOCUMENTS) -> int:
    """Print the table; 1 where a second build finds something to publish."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.perf_counter()
        fill(folder / "tracker.sqlite", count)
        made_s, empty_mb = time.perf_counter() - begun, _mb(*folder.glob("tracker*"))
        print(f"{count:,} documents made in {made_s:.0f} s; the store has {empty_mb:,.0f} MB\n")
        heads = f"{'seconds':>9}{'a second':>9}{'cpu s':>8}{'main MB':>9}{'worker MB':>10}"
        print(f"{'':28}{'documents':>10}{heads}")
        found = ""
        for row, work in ROWS.items():
            done = measure(work, folder)
            found = done.found
            time_ = f"{done.seconds:9.1f}{count / done.seconds:9,.0f}{done.cpu_seconds:8.1f}"
            memory = f"{done.main_mb:9,.0f}{f'{done.worker_mb:,.0f}' * (done.worker_mb > 0) or '-':>10}"
            print(f"{row:28}{count:10,}{time_}{memory}  {found}", flush=True)
        store, release = _mb(*folder.glob("tracker*")), _mb(*(folder / "out" / "releases").iterdir())
        print(f"\nthe store has {store:,.0f} MB with the extractions, the release {release:,.0f} MB")
        return int(found != "nothing new")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    sys.exit(main(parser.parse_args().documents))
