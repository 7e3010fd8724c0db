"""How fast the dashboard answers: cold load and change of a filter in Chromium, and the server alone.

Limits (this class of machine: 2 cores). Cold load, median of 10: key figures readable in 2 s, all charts
and the map in 4 s. Change of a filter, 95th percentile of 100: server 100 ms, key figures and charts
repainted 250 ms, map 450 ms. Ends non-zero when one is broken.

How it is measured: the server runs in this process, the browser (Chromium, 1440 by 900, graphics in
software) beside it. Each cold load has an empty cache of its own; the first of the ten also meets a server
that has drawn nothing yet. It ends when every chart has its marks and the map has loaded all its layers. A
change of the filters is counted from the moment the query is set to the frame in which each figure was last
repainted; 24 different states come round again, so the slowest twentieth is of states that the server has
not drawn before. Server time is what the browser waited for each answer, with the other answers of the same
change under way. Wall-clock times: other work on the machine makes them longer.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.chromium import launch, serving

DATA = Path(__file__).resolve().parent.parent / "data"
LOADS, CHANGES = 10, 100
LIMITS = {
    "cold load, key figures (median)": 2000.0,
    "cold load, all charts and map (median)": 4000.0,
    "filter change, server (p95)": 100.0,
    "filter change, key figures and charts (p95)": 250.0,
    "filter change, map (p95)": 450.0,
}
"""Milliseconds."""
CHARTS = ("border", "events", "tablets", "how", "site")
SCOPES = ("iq", "sy", "all", "jo", "gulf", "iq-sy")
MINIMA = ("", "1000", "10000", "50000", "100000", "250000", "500000", "1000000")

# Notes, inside the page, the moment each figure was last repainted. Plotly tells of a repaint of its graph.
WATCH = """(ids) => {
  window.painted = {};
  const note = (name) => requestAnimationFrame(() => { window.painted[name] = performance.now(); });
  new MutationObserver(() => note('kpis')).observe(document.getElementById('kpis'),
    {childList: true, subtree: true, characterData: true});
  for (const id of ids) {
    const graph = document.querySelector('#' + id + ' .js-plotly-plot');
    graph.on('plotly_afterplot', () => note(id));
  }
}"""
# Notes when the key figures were first painted: the frame after the one in which they came into the page.
READABLE = """() => {
  new MutationObserver((_, watcher) => {
    if (!document.querySelector('.kpi__value')) return;
    watcher.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { window.readable = performance.now(); }));
  }).observe(document, {childList: true, subtree: true});
}"""
READY = """(ids) => ids.every(id => {
  const graph = document.querySelector('#' + id + ' .js-plotly-plot');
  if (!graph || !graph._fullLayout) return false;
  if (id !== 'map') return !!graph.querySelector('.main-svg');
  const map = graph._fullLayout.map && graph._fullLayout.map._subplot && graph._fullLayout.map._subplot.map;
  return !!map && map.loaded();
})"""


def main() -> int:
    """Print the table; 1 when a limit is broken."""
    with serving(DATA) as home, sync_playwright() as playwright:
        browser = launch(playwright)
        first, whole = zip(*(cold_load(browser, home) for _ in range(LOADS)), strict=True)
        server, charts, maps = changes(browser, home)
        browser.close()
    measured = (statistics.median(first), statistics.median(whole), p95(server), p95(charts), p95(maps))
    broken = False
    for (name, limit), value in zip(LIMITS.items(), measured, strict=True):
        broken |= value > limit
        print(f"{name:46} {value:8.0f} ms   limit {limit:5.0f} ms   {'BROKEN' if value > limit else 'held'}")
    return int(broken)


def cold_load(browser: Browser, home: str) -> tuple[float, float]:
    """One load with an empty cache: until the key figures can be read, until everything is drawn; ms."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(f"({READABLE})()")
    start = time.perf_counter()
    page.goto(home, wait_until="commit")
    until(page, READY, [*CHARTS, "map"])
    drawn = time.perf_counter()
    readable = float(page.evaluate("window.readable"))  # since the navigation began, by the page's own clock
    context.close()
    return readable, (drawn - start) * 1000


def changes(
    browser: Browser, home: str, count: int = CHANGES, on_page: Callable[[Page], object] | None = None
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds from a change of the filters to the server's last answer and to each repaint.

    `on_page` is given the page once its first view is drawn.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(home, wait_until="networkidle")
    until(page, READY, [*CHARTS, "map"])
    page.evaluate(WATCH, [*CHARTS, "map"])
    if on_page:
        on_page(page)
    server: list[float] = []
    page.on("requestfinished", lambda request: server.append(_waited(request)))
    charts, maps = [], []
    for i in range(count):
        scope, least = SCOPES[i % len(SCOPES)], MINIMA[i % len(MINIMA)]
        query = f"scope={scope}&from=all" + (f"&min={least}" if least else "")
        start = page.evaluate(
            "query => { window.painted = {}; const now = performance.now();"
            " dash_clientside.set_props('query', {data: query}); return now; }",
            query,
        )
        until(page, "ids => ids.every(id => window.painted[id])", ["kpis", *CHARTS, "map"])
        painted: dict[str, float] = page.evaluate("window.painted")
        charts.append(max(painted[name] for name in ("kpis", *CHARTS)) - start)
        maps.append(painted["map"] - start)
        page.wait_for_timeout(30)
    context.close()
    return [ms for ms in server if ms > 0], charts, maps


def _waited(request: Any) -> float:
    """Milliseconds the server took for an answer to a callback, 0 for anything else."""
    timing = request.timing
    return float(timing["responseStart"] - timing["requestStart"]) if "_dash-update" in request.url else 0.0


def until(page: Page, question: str, arg: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not page.evaluate(question, arg):
        if time.monotonic() > end:
            raise TimeoutError(f"not so after {seconds} s: {question[:80]}")
        time.sleep(0.01)


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    raise SystemExit(main())
