"""Serves the app with waitress: threads, no reloader, a process for each processor."""

from __future__ import annotations

import gc
import logging
import os
import socket
import sys
import threading
import webbrowser
from pathlib import Path

import dash
import waitress

from dashboard import watcher
from dashboard.app import create_app
from dashboard.components import charts
from dashboard.filters import Filters
from dashboard.processes import split, usual

DEFAULT_DATA = Path(__file__).resolve().parent.parent / "data"
THREADS = 32
"""Most of them wait for their turn (`dashboard.answers`); the others give what is ready."""
COLLECT = (20_000, 20, 100)
"""How often garbage is looked for: with Python's own numbers, one in ten changes waits 80 ms for it."""
CONNECTIONS = 1000
"""A browser keeps up to six open: with waitress's own limit of 100 the eighteenth reader waits."""


def prepare(app: dash.Dash) -> None:
    """Draws one map: what is worked out for it once a release is then shared by all processes."""
    with app.server.test_request_context("/"):
        charts.the_map(Filters(), watcher.current(), "light")


def warm(app: dash.Dash) -> None:
    """Draws the default view once, so that the first reader waits no longer than the others.

    What is in memory then is the release and code, which stay: the collector of garbage is told to leave them
    out. It would else look through them all at every few changes of the filters, for longer than a change
    takes. What an earlier release left behind is collected first.
    """
    with app.server.test_request_context("/"):
        snapshot = watcher.current()
        filters = Filters()
        for theme in ("light", "dark"):
            charts.the_map(filters, snapshot, theme)
            for name in charts.NAMES:
                charts.chart(name, filters, snapshot, theme, brush=True)
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)


def serve(
    data_dir: Path, host: str, port: int, *, open_browser: bool = False, processes: int | None = None
) -> None:
    """Blocks until interrupted. Raises `ReleaseError` without a release, `OSError` for a port in use.

    `processes`: how many answer; by default one for each processor (`dashboard.processes`).
    """
    with socket.create_server((host, port)) as listener:  # first of all: a port in use is said at once
        app = create_app(data_dir)
        if open_browser and has_screen():
            # the port listens already: the browser's request waits until the threads below take it
            webbrowser.open(f"http://{host}:{listener.getsockname()[1]}")
        _serve(app, listener, usual() if processes is None else processes)


def _warm_aside(app: dash.Dash) -> None:
    threading.Thread(target=warm, args=(app,), daemon=True, name="warm-up").start()


def has_screen() -> bool:
    """Whether a graphical browser can open here; a terminal's own browser would take the terminal over."""
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _serve(app: dash.Dash, listener: socket.socket, processes: int) -> None:
    watching: watcher.Watcher = app.server.config[watcher.CONFIG_KEY]
    snapshot = watching.current()
    logging.getLogger(__name__).info("release %s, data to %s", snapshot.label, snapshot.data_complete_to)
    app.server.test_client().get(
        "/health"
    )  # Dash sets up its pages at the first request: before threads come
    if processes > 1:
        prepare(app)
    split(processes)
    watching.on_release = lambda: _warm_aside(app)
    _warm_aside(app)
    waitress.serve(
        app.server,
        sockets=[listener],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,  # `select` ends at 1,024 files
        ident=None,
    )
