"""`status.json`: what the pipeline says of its last run, read with distrust.

The file may be missing, of an older shape, half a file or hostile: what has the wrong type is left out, texts
are cut and stay texts, and no error reaches a page.
"""

from __future__ import annotations

import json
import logging
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import flask

from dashboard.plain import plain

log = logging.getLogger(__name__)

CONFIG_KEY = "CAPTAGON_STATUS"
MAX_BYTES = 4_000_000
MAX_SOURCES, MAX_PROBLEMS = 500, 200
STATES = ("failing", "late", "unknown", "fresh", "off")
"""What a source can be in, the worst first."""
OUTCOMES = frozenset({"ok", "partly", "nothing_new", "refused", "failed", "stopped"})
COUNTS = (
    "listed", "relevant", "skipped", "fetched", "unchanged", "failed", "claims", "new_events", "quarantined",
)  # fmt: skip
PAGES = ("listed", "relevant", "fetched", "failed", "waiting")
BUILT = ("rows_read", "reports", "events", "aggregates", "quarantine", "warnings")
_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source after the last run; counts are pages in that run, None where not told."""

    id: str
    name: str
    kind: str = ""
    language: str = ""
    country: str = ""
    state: str = "unknown"  # one of STATES
    last_tried: datetime | None = None
    last_ok: datetime | None = None
    listed: int | None = None
    relevant: int | None = None
    fetched: int | None = None
    failed: int | None = None
    waiting: int | None = None  # failed pages that will be asked for again, whenever they failed
    message: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong, in a sentence; `source` is an id or ""."""

    source: str
    code: str
    message: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refresh:
    """The last run of the automatic collection. Times are UTC, None where not told."""

    started_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = "unknown"
    exit_code: int | None = None
    message: str = ""
    last_ok: datetime | None = None
    next_run: datetime | None = None
    stale_after: datetime | None = None
    counts: Mapping[str, int] = field(default_factory=lambda: _NONE)
    sources: tuple[SourceState, ...] = ()  # the worst first, then by name
    problems: tuple[Problem, ...] = ()  # the newest first
    more_problems: int = 0

    @property
    def ran(self) -> bool:
        """Whether a run was ever begun."""
        return any((self.started_at, self.ended_at, self.last_ok))


@dataclass(frozen=True, slots=True)
class Status:
    """What the pipeline last wrote. `problem`: "", `missing` or `unreadable`."""

    problem: str = ""
    release: str = ""
    data_complete_to: date | None = None
    built: Mapping[str, int] = field(default_factory=lambda: _NONE)
    documents: Mapping[str, int] = field(default_factory=lambda: _NONE)
    refresh: Refresh = field(default_factory=Refresh)

    def stale(self, now: datetime) -> bool:
        """Whether the collection is behind; never where none ever ran."""
        until = self.refresh.stale_after
        return self.refresh.ran and until is not None and now > until


class StatusFile:
    """`status.json` of a data folder, read again when it changes; an unreadable one leaves the last good."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: tuple[tuple[int, int, int] | None, Status] | None = None

    def current(self) -> Status:
        """What the file says now. Never raises."""
        stamp = self._stat()
        held = self._held
        if held is not None and held[0] == stamp:
            return held[1]
        found = read(self.path)
        if found.problem == "unreadable":
            log.error("%s can't be read", self.path)
            if held is not None and not held[1].problem:
                found = held[1]  # half a file: the next write mends it
        self._held = (stamp, found)
        return found

    def _stat(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def current() -> Status:
    """The status of the running app; for pages and callbacks."""
    file: StatusFile = flask.current_app.config[CONFIG_KEY]
    return file.current()


def read(path: Path) -> Status:
    """The status in a file; one with a `problem` where it is missing or not JSON. Never raises."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            return Status(problem="unreadable")
        given = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Status(problem="missing")
    except (OSError, ValueError, RecursionError):
        return Status(problem="unreadable")
    return parse(given) if isinstance(given, dict) else Status(problem="unreadable")


def parse(given: Mapping[str, Any]) -> Status:
    """The status in a JSON object of any shape: what does not fit is left out. Never raises."""
    return Status(
        release=plain(given.get("release"), 60),
        data_complete_to=_day(given.get("data_complete_to")),
        built=_counts(given, BUILT),
        documents=_counts(given.get("documents"), None),
        refresh=_refresh(_object(given.get("refresh"))),
    )


def _refresh(given: Mapping[str, Any]) -> Refresh:
    outcome = given.get("outcome")
    problems = [_problem(one) for one in _objects(given.get("problems"))]
    problems.sort(key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True)
    sources = [_source(one) for one in _objects(given.get("sources"))[:MAX_SOURCES]]
    return Refresh(
        started_at=_time(given.get("started_at")),
        ended_at=_time(given.get("ended_at")),
        outcome=outcome if isinstance(outcome, str) and outcome in OUTCOMES else "unknown",
        exit_code=_number(given.get("exit_code")),
        message=plain(given.get("message")),
        last_ok=_time(given.get("last_ok")),
        next_run=_time(given.get("next_run")),
        stale_after=_time(given.get("stale_after")),
        counts=_counts(given.get("counts"), COUNTS),
        sources=tuple(sorted(sources, key=lambda one: (STATES.index(one.state), one.name.casefold()))),
        problems=tuple(problems[:MAX_PROBLEMS]),
        more_problems=max(0, len(problems) - MAX_PROBLEMS),
    )


def _source(given: Mapping[str, Any]) -> SourceState:
    state, name = given.get("state"), plain(given.get("id"), 60)
    return SourceState(
        id=name,
        name=plain(given.get("name"), 80) or name or "?",
        kind=plain(given.get("kind"), 30),
        language=plain(given.get("language"), 12),
        country=plain(given.get("country"), 12),
        state=state if isinstance(state, str) and state in STATES else "unknown",
        last_tried=_time(given.get("last_tried")),
        last_ok=_time(given.get("last_ok")),
        **{name: _number(given.get(name)) for name in PAGES},
        message=plain(given.get("message")),
    )


def _problem(given: Mapping[str, Any]) -> Problem:
    return Problem(
        source=plain(given.get("source"), 60),
        code=plain(given.get("code"), 60),
        message=plain(given.get("message")),
        at=_time(given.get("at")),
    )


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _counts(value: object, names: tuple[str, ...] | None) -> Mapping[str, int]:
    """The whole numbers of an object; without `names` the first twenty there are."""
    given = _object(value)
    wanted = names if names is not None else tuple(given)[:20]
    found = {plain(name, 40): _number(given.get(name)) for name in wanted}
    return MappingProxyType({name: n for name, n in found.items() if n is not None})


def _number(value: object) -> int | None:
    return value if type(value) is int and 0 <= value < 10**12 else None


def _time(value: object) -> datetime | None:
    """A moment in UTC; a text without a zone is taken as UTC, years that no run can have are refused."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if 2000 <= found.year <= 2200 else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
