"""One refresh at a time in one folder and on one store: locks with their owner's name and age, let go on any
end."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from etl.store import Tracker

try:
    import fcntl
except ImportError:  # not on Windows: two refreshes at once are then the user's to avoid
    fcntl = None  # type: ignore[assignment]


class BusyError(Exception):
    """Another refresh holds the folder or the store; the message says which, since when, and what to do."""


def owner() -> str:
    """This process, as it is named in the lock and in the store."""
    return f"process {os.getpid()} on {socket.gethostname()}"


@contextmanager
def only_one(folder: Path, now: datetime, name: str = "refresh") -> Iterator[None]:
    """Hold the folder's lock. Raises BusyError where another process does, OSError where none can be made."""
    locks = folder / ".locks"
    locks.mkdir(parents=True, exist_ok=True)
    with (locks / name).open("a+", encoding="utf-8") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise _busy(*_held_by(handle.name), now) from error
        handle.truncate(0)
        handle.write(json.dumps({"owner": owner(), "since": now.isoformat()}))
        handle.flush()
        yield


@contextmanager
def only_one_on(store: Tracker, now: datetime) -> Iterator[None]:
    """Hold a store, from which other folders may be filled too. Raises as `only_one`, and TrackerError."""
    if store.file:
        file = store.file.resolve()
        with only_one(file.parent, now, f"store-{file.name}"):
            yield
        return
    with store.claimed() as is_free:
        if not is_free:
            at_work = [run for run in store.runs(1) if not run.outcome]
            raise _busy(at_work[0].owner, at_work[0].started_at, now) if at_work else _busy("", None, now)
        yield


def _held_by(path: str) -> tuple[str, datetime | None]:
    """Who holds a lock, and since when; "" and None where the file doesn't say."""
    try:
        held = json.loads(Path(path).read_text(encoding="utf-8"))
        return str(held["owner"]), datetime.fromisoformat(held["since"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "", None


def _busy(who: str, since: datetime | None, now: datetime) -> BusyError:
    """The system lets go of a dead owner's lock, so whoever is named here is alive."""
    wait = "let it finish, or end that process"
    if since is None or since.tzinfo is None:
        return BusyError(f"another refresh is at work; {wait}")
    minutes = max((now - since).total_seconds() // 60, 0)
    return BusyError(f"another refresh is at work: {who}, for {minutes:.0f} minutes; {wait}")
