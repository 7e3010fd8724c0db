"""Serves the app with waitress: threads, no reloader, one process."""

from __future__ import annotations

import logging
from pathlib import Path

import waitress

from dashboard import release
from dashboard.app import create_app

DEFAULT_DATA = Path(__file__).resolve().parent.parent / "data"
THREADS = 8


def serve(data_dir: Path, host: str, port: int) -> None:
    """Blocks until interrupted. Raises `ReleaseError` at once when `data_dir` holds no release."""
    app = create_app(data_dir)
    watcher: release.Watcher = app.server.config[release.CONFIG_KEY]
    snapshot = watcher.current()
    logging.getLogger(__name__).info("release %s, data to %s", snapshot.label, snapshot.data_complete_to)
    waitress.serve(app.server, host=host, port=port, threads=THREADS, ident=None)
