"""One refresh at a time in one folder: a lock with its owner's name and age, let go on any end."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows: two refreshes at once are then the user's to avoid
    fcntl = None  # type: ignore[assignment]


class BusyError(Exception):
    """Another refresh holds the folder; the message says which, since when, and what to do."""


def owner() -> str:
    """This process, as it is named in the lock and in the store."""
    return f"process {os.getpid()} on {socket.gethostname()}"


@contextmanager
def only_one(folder: Path, now: datetime) -> Iterator[None]:
    """Hold the folder's lock. Raises BusyError where another process does, OSError where none can be made."""
    locks = folder / ".locks"
    locks.mkdir(parents=True, exist_ok=True)
    with (locks / "refresh").open("a+", encoding="utf-8") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BusyError(_message(handle.name, now)) from error
        handle.truncate(0)
        handle.write(json.dumps({"owner": owner(), "since": now.isoformat()}))
        handle.flush()
        yield


def _message(path: str, now: datetime) -> str:
    """The system lets go of a dead owner's lock, so whoever is named here is alive."""
    wait = "let it finish, or end that process"
    try:
        held = json.loads(Path(path).read_text(encoding="utf-8"))
        minutes = max((now - datetime.fromisoformat(held["since"])).total_seconds() // 60, 0)
        return f"another refresh is at work: {held['owner']}, for {minutes:.0f} minutes; {wait}"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return f"another refresh is at work; {wait}"
