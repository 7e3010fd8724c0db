"""Take the pictures of docs/images: overview, records and an event at three widths, light and dark.

usage: python docs/screenshots.py [FOLDER]     (default: docs/images)
"""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path

import waitress
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dashboard.app import create_app  # noqa: E402

WIDTHS = (1440, 768, 390)
THEMES = ("light", "dark")
EVENT_SEARCH = "apple crates"
"""The event shown is found by its words: ids are stable, but a fresh ledger may hold others."""
FLAGS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STEADY_MS = 2500  # maps draw their tiles after the network is quiet


def main(folder: Path) -> None:
    """Serve the shipped data on a free port of this machine and photograph it."""
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(ROOT / "data")
    served = waitress.create_server(app.server, host="127.0.0.1", port=0, threads=6)
    threading.Thread(target=served.run, daemon=True).start()
    home = f"http://127.0.0.1:{served.effective_port}"
    own = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=own, args=list(FLAGS))
        found = browser.new_page().request.get(
            f"{home}/export/seizures.csv?scope=iq&from=all&q={EVENT_SEARCH}"
        )
        event_id = found.text().splitlines()[1].split(",")[0]
        pages = {"overview": "/", "records": "/records", "event": f"/event/{event_id}"}
        for theme in THEMES:
            for width in WIDTHS:
                size = {"width": width, "height": 1000 if width > 400 else 844}
                context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
                for name, path in pages.items():
                    page = context.new_page()
                    page.goto(home + path, wait_until="networkidle")
                    page.wait_for_timeout(STEADY_MS)
                    target = folder / f"{name}-{width}-{theme}.png"
                    page.screenshot(path=target, full_page=name == "overview" and width == 1440)
                    print(target.relative_to(ROOT) if target.is_relative_to(ROOT) else target)
                    page.close()
                context.close()
        browser.close()
    served.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
