"""Fifty readers at once on a release of 100,000 seizures, five minutes long.

Each loads the page (the document and the requests that follow it), then changes a filter every five seconds.
What a browser asks is recorded once from Chromium and asked again by every reader with filters of its own;
scripts and fonts, which a browser keeps, are left out. The readers run on the same machine as the server, in
threads of this process. Limits: no error, 95th percentile of a change (all its answers) 1 s, the server's
memory after minute five within 5 % of that after minute two. Ends non-zero when one is broken.

`python -m benchmarks.readers [READERS [MINUTES]]`
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import sync_playwright

from benchmarks import dashboard as desk
from benchmarks import synthetic_release
from benchmarks.chromium import launch
from benchmarks.desk import DATA, EVENTS, dashboard_process

READERS, MINUTES = 50, 5.0
EVERY = 5.0  # seconds between two changes of a reader
LIMIT_MS, GROWTH = 1000.0, 1.05
YEARS = tuple(str(year) for year in range(2007, 2026))
PRESETS = ("change", "12m", "all")


@dataclass
class Asked:
    """What a browser asks the server: after the document, and for each change of a filter."""

    headers: dict[str, str]
    load: list[tuple[str, str, str | None]]  # method, path, body
    change: list[dict[str, Any]]


@dataclass
class Tally:
    """What the readers met. Milliseconds."""

    loads: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def main(readers: int = READERS, minutes: float = MINUTES) -> int:
    """Print the table; 1 when a limit is broken."""
    with tempfile.TemporaryDirectory() as folder:
        data = synthetic_release.write(DATA, EVENTS, Path(folder))
        with dashboard_process(data) as (home, process):
            asked = _record(home)
            tally, memory = _read(home, process, asked, readers, minutes)
    slow = desk.p95(tally.changes)
    growth = memory[-1] / memory[0]
    rows = [
        ("errors", len(tally.errors), 0, ""),
        ("filter change, all answers (p95)", slow, LIMIT_MS, "ms"),
        (f"memory after minute {minutes:g} to that after minute {minutes * 0.4:g}", growth, GROWTH, "times"),
    ]
    print(f"{readers} readers, {minutes:g} minutes, {len(tally.loads)} loads, {len(tally.changes)} changes")
    print(f"page load, median {statistics.median(tally.loads):.0f} ms; memory {memory[-1]:.0f} MB")
    broken = False
    for name, value, limit, unit in rows:
        broken |= value > limit
        said = "BROKEN" if value > limit else "held"
        print(f"{name:52} {value:8.2f} {unit}   limit {limit:g} {unit}   {said}")
    for error in tally.errors[:5]:
        print("  ", error)
    return int(broken)


def _record(home: str) -> Asked:
    """What Chromium asks for the page and for one change of the filters."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        seen: list[tuple[str, str, str | None]] = []
        headers: dict[str, str] = {}

        def note(request: Any) -> None:
            path = request.url.removeprefix(home)
            if path.startswith("/_dash-") and "component-suites" not in path:
                seen.append((request.method, path, request.post_data))
                headers.update({k: v for k, v in request.headers.items() if k.startswith("x-")})

        page.on("request", note)
        page.goto(home)
        desk.until(page, desk.READY, [*desk.CHARTS, "map"], seconds=120)
        load, seen[:] = list(seen), []
        page.evaluate("dash_clientside.set_props('query', {data: 'scope=iq&from=2015-01-01&to=2015-12-31'})")
        page.wait_for_timeout(4000)
        change = [json.loads(body) for _, path, body in seen if body and "_dash-update" in path]
        browser.close()
    return Asked(headers, load, change)


def _read(
    home: str, process: int, asked: Asked, readers: int, minutes: float
) -> tuple[Tally, tuple[float, float]]:
    tally, lock = Tally(), threading.Lock()
    start = time.monotonic()
    end = start + minutes * 60

    def reader(number: int) -> None:
        time.sleep(number * EVERY / readers)  # people do not come in step
        with httpx.Client(base_url=home, timeout=60, headers=asked.headers) as client:
            begun = time.monotonic()
            errors = [_ask(client, "GET", "/", None)]
            errors += [_ask(client, *request) for request in asked.load]
            with lock:
                tally.loads.append((time.monotonic() - begun) * 1000)
                tally.errors += filter(None, errors)
            turn = 0
            while time.monotonic() + EVERY < end:
                time.sleep(max(0.0, begun + (turn + 1) * EVERY - time.monotonic()))
                took, found = _change(client, asked, _query(number, turn))
                turn += 1
                with lock:
                    tally.changes.append(took)
                    tally.errors += found

    with ThreadPoolExecutor(readers) as pool:
        work = [pool.submit(reader, number) for number in range(readers)]
        time.sleep(max(0.0, start + minutes * 60 * 0.4 - time.monotonic()))
        early = _megabytes(process)
        for one in work:
            one.result()
        late = _megabytes(process)
    return tally, (early, late)


def _query(number: int, turn: int) -> str:
    """What the filter bar offers: a scope and a preset or a year; one change in three also a least size."""
    draw = random.Random(number * 1000 + turn)
    parts = [f"scope={draw.choice(desk.SCOPES)}"]
    period = draw.choice((*PRESETS, *YEARS))
    parts += [f"from={period}-01-01", f"to={period}-12-31"] if period in YEARS else [f"from={period}"]
    if draw.random() < 1 / 3:
        parts.append(f"min={draw.choice(desk.MINIMA[1:])}")
    return "&".join(parts)


def _change(client: httpx.Client, asked: Asked, query: str) -> tuple[float, list[str]]:
    """Milliseconds until the last answer to a change, and what went wrong. A browser asks for all at once."""
    begun = time.monotonic()
    with ThreadPoolExecutor(len(asked.change)) as pool:
        bodies = [json.dumps(_with_query(body, query)) for body in asked.change]
        found = list(pool.map(lambda body: _ask(client, "POST", "/_dash-update-component", body), bodies))
    return (time.monotonic() - begun) * 1000, [error for error in found if error]


def _with_query(body: dict[str, Any], query: str) -> dict[str, Any]:
    def filled(entry: Any) -> Any:
        if isinstance(entry, dict) and entry.get("id") == "query":
            return {**entry, "value": query}
        return [filled(one) for one in entry] if isinstance(entry, list) else entry

    return {key: filled(value) for key, value in body.items()}


def _ask(client: httpx.Client, method: str, path: str, body: str | None) -> str:
    """What went wrong, "" where nothing did."""
    try:
        answer = client.request(method, path, content=body, headers={"Content-Type": "application/json"})
    except httpx.HTTPError as error:
        return f"{method} {path[:60]}: {error!r}"
    return "" if answer.status_code < 400 else f"{method} {path[:60]}: {answer.status_code}"


def _megabytes(process: int) -> float:
    """Memory of the server: of what its processes share, each counts its part."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    found = 0.0
    for pid in (process, *children):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        found += next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
    return found


if __name__ == "__main__":
    given = sys.argv[1:]
    raise SystemExit(main(*(int(x) for x in given[:1]), *(float(x) for x in given[1:2])))
