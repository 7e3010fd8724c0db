"""The dashboard on a release of 100,000 seizures, beside the plain way to build it and beside Datasette.

One run, three servers, the same seizures, the same changes of the filters in the same order:

ours     the overview in Chromium: cold load, change of a filter to the repaint, server, bytes on the wire
naive    a Dash page of the same figures made the usual way (`benchmarks/naive.py`): a plotly figure of every
         event in each answer
Datasette  the same table in SQLite with facets over the columns that the overview counts: its server's time
         for the JSON of one filter, since it draws nothing

Limits (100,000 events, 2 cores, software graphics): key figures 2.5 s, all drawn 5 s; change of a filter to
repainted charts 400 ms and map 600 ms, server 150 ms, all 95th percentiles; 300 kB a change as sent. Ends
non-zero when one is broken. How each moment is taken: `benchmarks/dashboard.py`.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pandas as pd
from playwright.sync_api import Page, sync_playwright

from benchmarks import dashboard as desk
from benchmarks import synthetic_release
from benchmarks.chromium import launch
from benchmarks.ports import free_port, wait_for

DATA = Path(__file__).resolve().parent.parent / "data"
EVENTS = 100_000
LOADS, CHANGES, NAIVE_CHANGES, FACET_CHANGES = 5, 100, 6, 20
LIMITS = {
    "cold load, key figures (median)": (2500.0, "ms"),
    "cold load, all charts and map (median)": (5000.0, "ms"),
    "filter change, server (p95)": (150.0, "ms"),
    "filter change, key figures and charts (p95)": (400.0, "ms"),
    "filter change, map (p95)": (600.0, "ms"),
    "filter change, sent (p95)": (300.0, "kB"),
}
FACETS = ("country", "drug", "transport", "site_type", "border_sector", "year")


def main() -> int:
    """Print the tables; 1 when a limit is broken."""
    with tempfile.TemporaryDirectory() as folder:
        data = synthetic_release.write(DATA, EVENTS, Path(folder))
        measured = _ours(data)
        broken = False
        print(f"{EVENTS:,} seizures")
        for name, (limit, unit) in LIMITS.items():
            value = measured[name]
            broken |= value > limit
            said = "BROKEN" if value > limit else "held"
            print(f"{name:46} {value:8.0f} {unit}   limit {limit:5.0f} {unit}   {said}")
        others = {"naive Dash": _naive(data), "Datasette": _datasette(data, Path(folder))}
        print("\nthe same filters, the same run          server (median)   sent (median)")
        ours = (measured["server, median"], measured["sent, median"])
        for name, (milliseconds, kilobytes) in {"ours": ours, **others}.items():
            times = (
                f"{milliseconds / ours[0]:.1f} times, {kilobytes / ours[1]:.1f} times"
                if name != "ours"
                else ""
            )
            print(f"{name:38} {milliseconds:9.0f} ms {kilobytes:12.0f} kB   {times}")
    return int(broken)


def queries(count: int) -> list[str]:
    """The changes of filters that `benchmarks.dashboard` goes through."""
    found = []
    for i in range(count):
        least = desk.MINIMA[i % len(desk.MINIMA)]
        found.append(
            f"scope={desk.SCOPES[i % len(desk.SCOPES)]}&from=all" + (f"&min={least}" if least else "")
        )
    return found


@contextmanager
def dashboard_process(data: Path) -> Iterator[tuple[str, int]]:
    """Address and process id of a dashboard of its own, as an operator runs it."""
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "--data", str(data), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            home = f"http://127.0.0.1:{port}"
            wait_for(f"{home}/health", seconds=120)
            yield home, process.pid
        finally:
            process.terminate()


def _ours(data: Path) -> dict[str, float]:
    with dashboard_process(data) as (home, _), sync_playwright() as playwright:
        browser = launch(playwright)
        time.sleep(10)  # the server has drawn its default view, as it does before its first reader
        first, whole = zip(*(desk.cold_load(browser, home) for _ in range(LOADS)), strict=True)
        sent: list[float] = []
        server, charts, maps = desk.changes(browser, home, CHANGES, on_page=lambda page: _weigh(page, sent))
        browser.close()
    answers = round(len(sent) / CHANGES)
    per_change = [sum(sent[i : i + answers]) for i in range(0, len(sent) - answers + 1, answers)]
    return {
        "cold load, key figures (median)": statistics.median(first),
        "cold load, all charts and map (median)": statistics.median(whole),
        "filter change, server (p95)": desk.p95(server),
        "filter change, key figures and charts (p95)": desk.p95(charts),
        "filter change, map (p95)": desk.p95(maps),
        "filter change, sent (p95)": desk.p95(per_change),
        "server, median": statistics.median(server),
        "sent, median": statistics.median(per_change),
    }


def _weigh(page: Page, sent: list[float]) -> None:
    """Note the size of each answer to a change of the filters as it went over the wire, in kB."""

    def finished(request: Any) -> None:
        if "_dash-update" in request.url:
            sent.append(request.sizes()["responseBodySize"] / 1000)

    page.on("requestfinished", finished)


def _naive(data: Path) -> tuple[float, float]:
    """Median milliseconds and kB of the naive page, asked straight: a browser draws it in minutes."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.naive", str(data), str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            home = f"http://127.0.0.1:{port}"
            wait_for(f"{home}/_dash-layout", seconds=120)
            return _medians(
                [_asked(f"{home}/_dash-update-component", _naive_body(q)) for q in queries(NAIVE_CHANGES)]
            )
        finally:
            process.terminate()


def _naive_body(query: str) -> bytes:
    outputs = [{"id": name, "property": "figure"} for name in ("map", "events", "tablets", "how", "site")]
    body = {
        "output": ".." + "...".join(f"{one['id']}.{one['property']}" for one in outputs) + "..",
        "outputs": outputs,
        "inputs": [{"id": "query", "property": "data", "value": query}],
        "changedPropIds": ["query.data"],
    }
    return json.dumps(body).encode()


def _datasette(data: Path, folder: Path) -> tuple[float, float]:
    """Median milliseconds and kB of Datasette's JSON: the first rows and the facets of a filter."""
    label = json.loads((data / "current.json").read_text(encoding="utf-8"))["release"]
    table = pd.read_csv(data / "releases" / label / "seizures.csv", low_memory=False)
    with sqlite3.connect(folder / "seizures.db") as database:
        table.to_sql("seizures", database, index=False)
        for column in (*FACETS, "tablets_best", "date_start"):
            database.execute(f'create index "by_{column}" on seizures ("{column}")')
    port = free_port()
    command = [
        *(shutil.which("datasette", path=str(Path(sys.executable).parent)) or "datasette",),
        *(
            "serve",
            str(folder / "seizures.db"),
            "--port",
            str(port),
            "--setting",
            "facet_time_limit_ms",
            "5000",
        ),
        *("--setting", "sql_time_limit_ms", "5000"),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            home = f"http://127.0.0.1:{port}"
            wait_for(f"{home}/-/versions.json", seconds=60)
            address = f"{home}/seizures/seizures.json?_size=100&" + "&".join(
                f"_facet={name}" for name in FACETS
            )
            return _medians([_asked(address + _datasette_filter(i)) for i in range(FACET_CHANGES)])
        finally:
            process.terminate()


def _datasette_filter(i: int) -> str:
    countries = {"iq": "IQ", "sy": "SY", "jo": "JO", "gulf": "SA,AE,KW", "iq-sy": "IQ,SY", "all": ""}
    chosen = countries[desk.SCOPES[i % len(desk.SCOPES)]]
    least = desk.MINIMA[i % len(desk.MINIMA)]
    return (f"&country__in={chosen}" if chosen else "") + (f"&tablets_best__gte={least}" if least else "")


def _asked(address: str, body: bytes | None = None) -> tuple[float, float]:
    """Milliseconds and kB (as gzip would send it) of one answer."""
    request = Request(address, data=body, headers={"Content-Type": "application/json"})
    start = time.perf_counter()
    with urlopen(request, timeout=300) as answer:
        raw = answer.read()
    return (time.perf_counter() - start) * 1000, len(gzip.compress(raw, 6)) / 1000


def _medians(answers: list[tuple[float, float]]) -> tuple[float, float]:
    times, sizes = zip(*answers, strict=True)
    return statistics.median(times), statistics.median(sizes)


if __name__ == "__main__":
    raise SystemExit(main())
