"""Serves the app with waitress: threads, no reloader, one process."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import dash
import waitress

from dashboard import release
from dashboard.app import create_app
from dashboard.components import charts
from dashboard.filters import Filters

DEFAULT_DATA = Path(__file__).resolve().parent.parent / "data"
THREADS = 8


def warm(app: dash.Dash) -> None:
    """Draws the default view once, so that the first reader waits no longer than the others."""
    client = app.server.test_client()
    client.get("/health")
    with app.server.test_request_context("/"):
        snapshot = release.current()
        filters = Filters()
        for theme in ("light", "dark"):
            charts.the_map(filters, snapshot, theme)
            for name in charts.NAMES:
                charts.chart(name, filters, snapshot, theme, brush=True)


def serve(data_dir: Path, host: str, port: int) -> None:
    """Blocks until interrupted. Raises `ReleaseError` at once when `data_dir` holds no release."""
    app = create_app(data_dir)
    watcher: release.Watcher = app.server.config[release.CONFIG_KEY]
    snapshot = watcher.current()
    logging.getLogger(__name__).info("release %s, data to %s", snapshot.label, snapshot.data_complete_to)
    threading.Thread(target=warm, args=(app,), daemon=True, name="warm-up").start()
    waitress.serve(app.server, host=host, port=port, threads=THREADS, ident=None)
