"""Take pictures of every page: three widths, light and dark, English and Arabic.

usage: python docs/screenshots.py [FOLDER] [--only NAME,NAME] [--all]

Without `--all` those that the documents show (`SHOWN`) are taken, into docs/images by default; with it every
page at every width, theme and language, to be looked at after a change of the style.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.chromium import launch, serving  # noqa: E402
from tests.dashboard import live_release  # noqa: E402
from tests.etl.sample_documents import ALONE, write  # noqa: E402

WIDTHS = (1440, 768, 390)
THEMES = ("light", "dark")
LANGUAGES = ("en", "ar")
SHOWN = frozenset({(1440, "light", "en"), (1440, "light", "ar")})
"""Width, theme and language of the pictures that the documents show of every page."""
MORE_SHOWN = frozenset({(390, "light", "ar"), (1440, "dark", "en")})
MORE_OF = frozenset({"overview", "border", "trends", "event"})
"""And what they show of these pages beside."""
ENGLISH_ONLY = frozenset({"operation"})
"""The user guide shows it in English alone."""
EVENT_SEARCH = "al-qaim%20apple%20crates"
"""The event shown is found by its words: ids are stable, but a fresh ledger may hold others."""
OPERATION = "CAP-000338"
"""The operation of 30 July 2025, which docs/user-guide.md shows."""
CUT = frozenset({"records", "status", "about", "dictionary"})
"""Long pages, of which the first screen is shown."""
TALLEST = 3400
"""px of a page that the documents show; its tables may go on for long."""
COLOURS = 256
STEADY_MS = 900
PATIENCE_S = 90
# Asked from outside the page: its content security policy forbids the `eval` of Playwright's own waiting.
DRAWN = """() => {
  if (!document.querySelector('main h1')) return false;
  const graphs = [...document.querySelectorAll('.js-plotly-plot')].filter(one => one.offsetParent);
  const onMap = one => one._fullLayout.map || one.closest('.map-pane, .strip-map-pane');
  const waiting = one => !one.querySelector('.js-plotly-plot');
  if ([...document.querySelectorAll('.dash-graph')].some(waiting)) return false;
  const drawn = graphs.every(one => one._fullLayout && (!onMap(one) || one.dataset.map === 'ready'));
  const captions = [...document.querySelectorAll('.card__sub')].filter(one => one.offsetParent);
  return drawn && captions.every(one => one.textContent);
}"""


def main(folder: Path, wanted: frozenset[str], *, everything: bool) -> None:
    """Serve the shipped data on a free port of this machine and photograph it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as scratch,
        serving(with_documents(Path(scratch))) as read,
        serving(collecting(Path(scratch) / "collecting")) as live,
        serving(ROOT / "data") as home,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        pages = {
            "overview": f"{home}/",
            "border": f"{home}/border",
            "trends": f"{home}/trends?scope=iq",
            "countries": f"{home}/countries",
            "country": f"{home}/country/IQ",
            "sites": f"{home}/sites",
            "records": f"{home}/records",
            "official": f"{home}/official",
            "about": f"{home}/about",
            "dictionary": f"{home}/dictionary",
            "new": f"{home}/new?since=2026-01-01",
            "pinned": f"{home}/?release=2026.11.1",
            "brief": f"{home}/brief?scope=iq&admin1=IQ-AN&from=all",
            "event": f"{home}/event/{_event(browser, home)}",
            "operation": f"{home}/event/{OPERATION}",
            "machine": f"{read}/event/CAP-900001",
            "status": f"{live}/status",
        }
        chosen = {name: path for name, path in pages.items() if not wanted or name in wanted}
        for view in views(everything=everything):
            shown = [name for name in chosen if everything or _shows(name, view)]
            _photograph(browser, {name: chosen[name] for name in shown}, view, folder)
        browser.close()


def _shows(name: str, view: tuple[int, str, str]) -> bool:
    """Whether the documents show this page in this view."""
    if view in MORE_SHOWN:
        return name in MORE_OF
    return view[2] == "en" or name not in ENGLISH_ONLY


def views(*, everything: bool) -> Iterator[tuple[int, str, str]]:
    """Width in px, theme and language of each round of pictures."""
    return (view for view in product(WIDTHS, THEMES, LANGUAGES) if everything or view in SHOWN | MORE_SHOWN)


def _event(browser: Browser, home: str) -> str:
    found = browser.new_page().request.get(f"{home}/export/seizures.csv?scope=iq&from=all&q={EVENT_SEARCH}")
    rows = csv.DictReader(io.StringIO(found.text()))
    return str(max(rows, key=lambda row: int(row["n_reports"]))["event_id"])


def _photograph(browser: Browser, pages: dict[str, str], view: tuple[int, str, str], folder: Path) -> None:
    width, theme, lang = view
    size = {"width": width, "height": 1000 if width > 400 else 844}
    context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    for name, path in pages.items():
        page = context.new_page()
        asked = path if lang == "en" else path + ("&" if "?" in path else "?") + f"lang={lang}"
        page.goto(asked, wait_until="networkidle")
        if name != "brief":
            wait_until_drawn(page)
        target = folder / f"{name}-{width}-{theme}{'' if lang == 'en' else f'-{lang}'}.png"
        # The bar at the foot of a phone would stand in the middle of a long picture.
        page.screenshot(path=target, full_page=name not in CUT, style=".bottom-bar { display: none }")
        _reduce(target, width)
        print(target.relative_to(ROOT) if target.is_relative_to(ROOT) else target, flush=True)
        page.close()
    context.close()


def _reduce(picture: Path, width: int) -> None:
    """A palette and a limited height, where Pillow is installed: a third of the bytes, no visible loss."""
    if find_spec("PIL") is None:
        return
    image = import_module("PIL.Image").open(picture).convert("RGB")
    cut = image.crop((0, 0, width, min(image.height, TALLEST)))
    cut.quantize(COLOURS, method=2, dither=0).save(picture, optimize=True)  # octree: rare colours stay


def with_documents(folder: Path) -> Path:
    """A release of the shipped ledger with an article in Arabic that no ledger row tells of: CAP-900001."""
    inbox = write(folder / "inbox", ALONE)
    command = [sys.executable, "-m", "etl", "build", "--inbox", str(inbox), "--out", str(folder / "data")]
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603
    return folder / "data"


def collecting(folder: Path) -> Path:
    """The shipped data as an automatic collection of made-up outcome would leave them."""
    live_release.publish(
        ROOT / "data",
        folder,
        "2026.11.90",
        tables={"coverage": (live_release.COVERAGE, live_release.coverage_rows())},
    )
    live_release.write_status(folder, live_release.status(datetime.now(UTC)))
    return folder


def wait_until_drawn(page: Page) -> None:
    """Until the map, where the page has one, has drawn everything. Raises TimeoutError after `PATIENCE_S`."""
    end = time.monotonic() + PATIENCE_S
    while not page.evaluate(DRAWN):
        if time.monotonic() > end:
            raise TimeoutError(f"the map of {page.url} was not drawn within {PATIENCE_S} s")
        page.wait_for_timeout(200)
    page.wait_for_timeout(STEADY_MS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Pictures of every page.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--only", default="", help="names of pages, by commas")
    parser.add_argument("--all", action="store_true", help="every width, theme and language")
    given = parser.parse_args()
    main(given.folder, frozenset(filter(None, given.only.split(","))), everything=given.all)
