"""The dashboard on a free port of this machine and a Chromium to look at it.

The benchmark of the dashboard, the browser tests and docs/screenshots.py share it.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import waitress
from playwright.sync_api import Browser, Playwright

from dashboard.app import create_app

FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-dev-shm-usage",
)
"""WebGL without a graphics card, and small shared memory as in containers.

Debian's Chromium would paint the page too through the emulated card, which takes half as long again.
"""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def launch(playwright: Playwright) -> Browser:
    """Chromium of the system, else Playwright's own. Raises `playwright.sync_api.Error` without either."""
    own = next(filter(None, map(shutil.which, NAMES)), None)
    return playwright.chromium.launch(executable_path=own, args=list(FLAGS))


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The address of a dashboard on the releases below `data`, as long as the block lasts."""
    server = create_app(data).server
    server.test_client().get("/health")  # Dash takes up its callbacks: another app may come before a reader
    served = waitress.create_server(server, host="127.0.0.1", port=0, threads=6)
    threading.Thread(target=served.run, daemon=True).start()
    yield f"http://127.0.0.1:{served.effective_port}"
    served.close()
