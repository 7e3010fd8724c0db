"""A brief as PDF, by the Chromium of the machine where there is one.

It prints a file of ours in a folder of its own: without network, one at a time, and is killed with all its
processes when it takes too long. The file's own policy lets it run no script and ask for nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import threading
from collections import OrderedDict
from pathlib import Path
from tempfile import TemporaryDirectory

CHROMIUM_ENV = "CAPTAGON_CHROMIUM"
"""The program that prints; without it the first of `NAMES` that the machine has."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell")
PATIENCE_S = 40
"""So long one printing may take. A brief of 150 events takes about 3 s."""
TURN_S = 20
"""So long a reader waits for the printing before theirs."""
KEPT = 6
_FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
    "--disable-sync", "--disable-background-networking", "--disable-component-update",
    "--disable-dev-shm-usage", "--disable-crash-reporter", "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
)  # fmt: skip


class NotPrinted(Exception):  # noqa: N818  an outcome with a reason for the reader
    """There is no PDF."""


class NoChromium(NotPrinted):
    """The machine has no Chromium."""


class Busy(NotPrinted):
    """Another brief is being printed."""


class Failed(NotPrinted):
    """Chromium made nothing, or took too long."""


_turn = threading.Lock()
_kept: OrderedDict[str, bytes] = OrderedDict()


def chromium() -> str | None:
    """The path of the program that prints, None where there is none."""
    named = os.environ.get(CHROMIUM_ENV, "")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def to_pdf(html: bytes) -> bytes:
    """The file as PDF; the last few are kept. Raises NoChromium, Busy or Failed."""
    key = hashlib.sha256(html).hexdigest()
    if (known := _kept.get(key)) is not None:
        return known
    program = chromium()
    if program is None:
        raise NoChromium
    if not _turn.acquire(timeout=TURN_S):
        raise Busy
    try:
        found = _print(program, html)
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    finally:
        _turn.release()
    return found


def _print(program: str, html: bytes) -> bytes:
    with TemporaryDirectory(prefix="brief-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        source, target = folder / "brief.html", folder / "brief.pdf"
        source.write_bytes(html)
        # In a container Chromium runs as root and can't make a sandbox of its own; what it reads is ours.
        rootless = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [
            program, *_FLAGS, *rootless, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}",
            source.as_uri(),
        ]  # fmt: skip
        home = {"HOME": scratch, "XDG_CONFIG_HOME": scratch, "XDG_CACHE_HOME": scratch, "TMPDIR": scratch}
        environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"} | home
        with subprocess.Popen(  # noqa: S603  the machine's own Chromium with arguments of ours
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as running:
            try:
                running.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                raise Failed from None
            finally:
                _end(running)
        try:
            found = target.read_bytes()
        except OSError:
            raise Failed from None
    if not found.startswith(b"%PDF-"):
        raise Failed
    return found


def _end(running: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the program and its helpers: they share a session of their own."""
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError, AttributeError):
        running.kill()
