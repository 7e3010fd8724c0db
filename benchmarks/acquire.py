"""Acquiring: pages fetched from eight servers on loopback and written to the store, politeness off.

python -m benchmarks.acquire [--pages N]

Servers and client are processes of their own that share the machine's cores; the pages are news stories in
the furniture of a news site, no two alike, sent compressed. Limit: 50 pages a second written to the store,
which is on disk after each. The first row leaves the store out. Then a feed of 10,000 items is listed, noted
and noted again, by processor time; limits 15 s and 3 s.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from etl.acquire.client import Client
from etl.acquire.listings import list_source
from etl.acquire.records import Answer, Source
from etl.store import open_tracker
from tests.servers.loopback import Page, serving

LIMIT_PAGES_S = 50.0
ITEMS, LIMIT_LISTED_S, LIMIT_NOTED_S = 10_000, 15.0, 3.0
HOSTS, THREADS = 8, 8
_GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "articles"
_SEED = 20261122
_FRESH = multiprocessing.get_context("spawn")  # memory is each process's own


@dataclass(frozen=True)
class Measured:
    """Pages a second, seconds from asking for a page to having it, peak memory, bytes as decompressed."""

    name: str
    pages_s: float
    median_s: float
    p95_s: float
    peak_mb: float
    body_mb: float


def made_up_pages(count: int) -> Iterator[bytes]:
    """Stories of the gold corpus between menus, teasers and a script, as news sites send them."""
    pick = random.Random(_SEED)
    lines = [
        line for path in sorted(_GOLD.glob("dev_*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    stories = [json.loads(line) for line in lines]
    sentences = [part for story in stories for part in story["text"].split("\n\n")]
    for number in range(count):
        story = pick.choice(stories)
        parts = [f"<!doctype html><html><head><title>{story['title']} {number}</title></head><body><nav><ul>"]
        parts += [
            f"<li><a href='/p/{pick.randrange(10**6)}'>{pick.choice(stories)['title']}</a></li>"
            for _ in range(150)
        ]
        parts.append(f"</ul></nav><article><h1>{story['title']}</h1>")
        parts += [f"<p>{part}</p>" for part in story["text"].split("\n\n")]
        parts.append("</article><script>")
        parts.append(pick.randbytes(int(8000 * pick.lognormvariate(0, 0.5))).hex())
        parts.append("</script>")
        parts += [
            f"<section>{pick.choice(sentences)}</section>"
            for _ in range(int(200 * pick.lognormvariate(0, 0.6)))
        ]
        yield "".join(parts).encode()


def _serve(count: int, told: Connection) -> None:
    """Serve `count` pages from 127.0.0.1 to 127.0.0.8; tell their addresses, then wait to be ended."""
    with ExitStack() as stack:
        sites = [stack.enter_context(serving(f"127.0.0.{host + 1}")) for host in range(HOSTS)]
        urls = []
        for number, body in enumerate(made_up_pages(count)):
            host = number % HOSTS
            headers = {"Content-Encoding": "gzip", "ETag": f'"{number}"'}
            sites[host].pages[f"/p/{number}"] = Page(gzip.compress(body, 6), headers=headers)
            urls.append(f"http://127.0.0.{host + 1}:{sites[host].port}/p/{number}")
        told.send(urls)
        told.recv()


@contextmanager
def servers(count: int) -> Iterator[list[str]]:
    """The addresses of the pages, served until the block is left."""
    here, there = _FRESH.Pipe()
    process = _FRESH.Process(target=_serve, args=(count, there))
    process.start()
    try:
        yield here.recv()
    finally:
        here.send("end")
        process.join(30)


def _acquire(urls: list[str], store: str, told: Connection) -> None:
    """Fetch all pages by threads, write them by this one; `store` "" writes nothing."""

    def fetch(url: str) -> tuple[str, Answer, float]:
        begun = time.perf_counter()
        answer = client.get(url)
        return url, answer, time.perf_counter() - begun

    with ExitStack() as stack:
        client = stack.enter_context(Client(allow_private=True, delay_s=0, per_host=100))
        threads = stack.enter_context(ThreadPoolExecutor(THREADS))
        tracker = stack.enter_context(open_tracker(store)) if store else None
        run = tracker.begin_run("benchmark", datetime.now(UTC)) if tracker else 0
        took, size = [], 0
        begun = time.perf_counter()
        for start in range(0, len(urls), 10 * THREADS):  # bounded, so that answers don't pile up
            for url, answer, seconds in threads.map(fetch, urls[start : start + 10 * THREADS]):
                took.append(seconds)
                size += len(answer.body)
                if tracker:
                    tracker.keep(run, "benchmark", url, answer, None)
        seconds = time.perf_counter() - begun
    told.send((len(took) / seconds, took, size, peak_mb()))


def peak_mb() -> float:
    """Peak memory of this process, in MB; what it was started from left out where the system tells."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
            1 << 20 if sys.platform == "darwin" else 1024
        )


def measure(name: str, urls: list[str], store: str) -> Measured:
    """Acquire all pages once, in a process of its own."""
    here, there = _FRESH.Pipe()
    process = _FRESH.Process(target=_acquire, args=(urls, store, there))
    process.start()
    there.close()
    try:
        pages_s, took, size, peak = here.recv()  # EOFError: it failed, and said why
    finally:
        process.join(30)
    p95 = statistics.quantiles(took, n=20)[-1]
    return Measured(name, pages_s, statistics.median(took), p95, peak, size / 1e6)


def listed_and_noted(store: str) -> tuple[float, float]:
    """Processor seconds of reading a feed of many items, and of noting them twice in a store."""
    now = datetime.now(UTC)
    items = "".join(
        f"<item><title>Title {n}</title><link>/{n}</link><description>Words.</description></item>"
        for n in range(ITEMS)
    )
    body = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
    url = "https://outlet.example/feed"
    feed = Source("outlet", "Outlet", "feed", url, maximum=ITEMS)
    answer = Answer(url, url, 200, now, body, {"content-type": "application/rss+xml"})
    begun = time.process_time()
    listing = list_source(feed, lambda *_, **__: answer, now=now)
    listed = time.process_time()
    with open_tracker(store) as tracker:
        judged = [(item, True, "drug") for item in listing.items]
        news = [tracker.note_listed("outlet", judged, now) for _ in range(2)]
    if news != [ITEMS, 0]:
        raise RuntimeError(f"{ITEMS} items were listed, {news} of them new")
    return listed - begun, time.process_time() - listed


def main(pages: int = 2_000) -> int:
    """Print the table; 1 where a limit is broken."""
    with servers(pages) as urls, tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "tracker.sqlite"
        rows = [measure("fetched", urls, ""), measure("fetched and stored (SQLite)", urls, str(store))]
        listed_s, noted_s = listed_and_noted(str(Path(folder) / "items" / "tracker.sqlite"))
        stored_kb = sum(path.stat().st_size for path in Path(folder).glob("tracker*")) / pages / 1000
    each_kb = rows[0].body_mb / pages * 1000
    print(f"{pages:,} pages of {each_kb:.0f} kB from {HOSTS} servers by {THREADS} threads")
    print(f"limit: {LIMIT_PAGES_S:g} pages a second, stored\n")
    print(f"{'':30}{'pages/s':>9}{'median ms':>11}{'p95 ms':>9}{'peak MB':>9}")
    for row in rows:
        times = f"{row.median_s * 1000:11.1f}{row.p95_s * 1000:9.1f}"
        print(f"{row.name:30}{row.pages_s:9.1f}{times}{row.peak_mb:9.0f}")
    print(f"\nthe store takes {stored_kb:.1f} kB a page")
    print(f"a feed of {ITEMS:,} items: listed in {listed_s:.1f} s, noted twice in {noted_s:.1f} s")
    held = rows[1].pages_s >= LIMIT_PAGES_S and listed_s < LIMIT_LISTED_S and noted_s < LIMIT_NOTED_S
    return int(not held)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=2_000)
    sys.exit(main(parser.parse_args().pages))
