"""Take the pictures of docs/images: overview, records, an event, one that a machine read, and the state of a
collection that runs by itself, at three widths, light and dark.

usage: python docs/screenshots.py [FOLDER]     (default: docs/images)
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.chromium import launch, serving  # noqa: E402
from tests.dashboard import live_release  # noqa: E402
from tests.etl.sample_documents import ALONE, write  # noqa: E402

WIDTHS = (1440, 768, 390)
THEMES = ("light", "dark")
EVENT_SEARCH = "al-qaim%20apple%20crates"
"""The event shown is found by its words: ids are stable, but a fresh ledger may hold others."""
CUT = frozenset({"records", "status"})
"""Long pages, of which the first screen is shown."""
STEADY_MS = 700
PATIENCE_S = 60
# Asked from outside the page: its content security policy forbids the `eval` of Playwright's own waiting.
DRAWN = """() => {
  if (!document.querySelector('main h1')) return false;
  const map = document.querySelector('#map .js-plotly-plot');
  const captions = [...document.querySelectorAll('.card__sub')];
  const mapped = !document.querySelector('#map') || map?.dataset.map === 'ready';
  return mapped && captions.every(one => one.textContent);
}"""


def main(folder: Path) -> None:
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
        found = browser.new_page().request.get(
            f"{home}/export/seizures.csv?scope=iq&from=all&q={EVENT_SEARCH}"
        )
        event_id = max(csv.DictReader(io.StringIO(found.text())), key=lambda row: int(row["n_reports"]))[
            "event_id"
        ]
        pages = {
            "overview": f"{home}/",
            "records": f"{home}/records",
            "event": f"{home}/event/{event_id}",
            "machine": f"{read}/event/CAP-900001",
            "status": f"{live}/status",
        }
        for theme in THEMES:
            for width in WIDTHS:
                size = {"width": width, "height": 1000 if width > 400 else 844}
                context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
                for name, path in pages.items():
                    page = context.new_page()
                    page.goto(path, wait_until="networkidle")
                    wait_until_drawn(page)
                    target = folder / f"{name}-{width}-{theme}.png"
                    page.screenshot(path=target, full_page=name not in CUT)
                    print(target.relative_to(ROOT) if target.is_relative_to(ROOT) else target)
                    page.close()
                context.close()
        browser.close()


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
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
