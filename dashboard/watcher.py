"""Which release a reader sees: the one in force, or the one that the page in hand was opened with."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import flask

from dashboard.release import ReleaseError, Snapshot, load, load_named

log = logging.getLogger(__name__)

CONFIG_KEY = "CAPTAGON_WATCHER"
PAGE_HEADER = "X-Captagon-Page"
"""`label@sha256` of the release that a page was built from; assets/release.js sends it with its requests."""
OLDER = 3
"""Releases kept in memory beside the one in force, for pages that were opened before it came."""


class Watcher:
    """Hands out the current release and takes up a new one within a second of its publication.

    A release that cannot be read is logged and the one in hand stays: readers never see half a release. The
    last few releases stay at hand, older ones are read again from their folders: a page that was opened
    before stays with its release.
    """

    def __init__(self, data_dir: Path | str, clock: Callable[[], float] = time.monotonic) -> None:
        self.data_dir = Path(data_dir)
        self.problem = ""
        self.on_release: Callable[[], object] = lambda: None
        """Called when another release has taken the place of one; must return at once."""
        self._clock = clock
        self._lock = threading.Lock()
        self._checked = float("-inf")
        self._stamp: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._older: OrderedDict[str, Snapshot] = OrderedDict()  # by name, the last asked for at the end
        self._older_lock = threading.Lock()

    def current(self) -> Snapshot:
        """The release in force. Raises `ReleaseError` only while none could ever be read."""
        with self._lock:
            now = self._clock()
            if self._snapshot is None or now - self._checked >= 1.0:
                self._checked = now
                self._refresh()
            if self._snapshot is None:
                raise ReleaseError(self.problem)
            return self._snapshot

    def named(self, label: str, digest: str = "") -> Snapshot | None:
        """The release of that label (and SHA-256 of its data package, where given); None without one."""

        def fits(one: Snapshot) -> bool:
            return one.label == label and digest in {"", one.sha256}

        current = self.current()
        if not fits(current):  # it may have come this second, and another process knew it first
            with self._lock:
                self._refresh()
            current = self.current()
        if fits(current):
            return current
        with self._older_lock:
            found = next((one for one in self._older.values() if fits(one)), None)
            if found is None:
                try:
                    found = load_named(self.data_dir, label, digest)
                except ReleaseError as error:
                    log.info("a page asked for another release: %s", error)
                    return None
            self._keep(found)
            return found

    def _keep(self, snapshot: Snapshot) -> None:
        self._older[snapshot.name] = snapshot
        self._older.move_to_end(snapshot.name)
        while len(self._older) > OLDER:
            self._older.popitem(last=False)

    def _refresh(self) -> None:
        stamp = self._stat()
        if self._snapshot is not None and stamp == self._stamp:
            return
        before = self._snapshot
        try:
            self._snapshot = load(self.data_dir)
        except ReleaseError as error:
            if self.problem != str(error):  # asked again each second: once in the log is enough
                log.error("release not taken up: %s", error)  # noqa: TRY400
            self.problem = str(error)
            return
        self._stamp, self.problem = stamp, ""
        log.info("release %s loaded from %s", self._snapshot.label, self.data_dir)
        if before is not None and before.name != self._snapshot.name:
            with self._older_lock:
                self._keep(before)
            self.on_release()

    def _stat(self) -> tuple[int, int, int] | None:
        try:
            status = (self.data_dir / "current.json").stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino


def current() -> Snapshot:
    """The release for the request in hand, the same for all of it.

    It is the one that the page was built from, where the page says so, or the one to which the address is
    pinned (`?release=2026.11.2`), as long as that release is still there; else the one in force. Raises
    `ReleaseError` while there is none.
    """
    watcher: Watcher = flask.current_app.config[CONFIG_KEY]
    if not flask.has_request_context():
        return watcher.current()
    found: Snapshot | None = flask.g.get("captagon_release")
    if found is None:
        label, _, digest = flask.request.headers.get(PAGE_HEADER, "").partition("@")
        if not digest:
            label = flask.request.args.get("release", "")
        found = (watcher.named(label, digest) if label else None) or watcher.current()
        flask.g.captagon_release = found
    return found


def in_force() -> Snapshot:
    """The release in force, whatever the page in hand is pinned to. Raises `ReleaseError` without one."""
    watcher: Watcher = flask.current_app.config[CONFIG_KEY]
    return watcher.current()


def choose(label: str) -> Snapshot | None:
    """The release of that label, for the rest of the request too; None where there is none."""
    watcher: Watcher = flask.current_app.config[CONFIG_KEY]
    found = watcher.named(label)
    if found is not None:
        flask.g.captagon_release = found
    return found
