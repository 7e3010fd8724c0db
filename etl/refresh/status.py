"""The part `refresh` of `status.json`: how the last run went, for the status page and for programs.

Only sentences made for people go in: no paths, no secrets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from etl.acquire.collect import Tally
from etl.acquire.records import Source
from etl.refresh.outcome import Outcome
from etl.status_file import moment
from etl.store import Problem, SourceState, Tracker

FRESH_FOR = 2.0
"""A source is fresh while the last good look is not older than so many times its hours."""
STALE_AFTER = 2.0
"""The collection is behind when no refresh was good for so many times the shortest hours of a source."""
SHOWN_PROBLEMS = 100
PROBLEMS_OF = timedelta(days=7)
_GOOD = frozenset({"ok", "nothing_new", "partly"})


def refresh_part(
    before: Mapping[str, Any],
    outcome: Outcome,
    sources: Sequence[Source],
    tracker: Tracker | None,
    *,
    span: tuple[datetime, datetime],
) -> dict[str, Any]:
    """The part `refresh` of a run that took the time `span`.

    `before` is that of the last run; without a `tracker` the store could not be used. The collection was well
    at the end of a good run in which a source answered: a run that asked nobody, or in vain, renews nothing.
    """
    started, ended = span
    good = outcome.word in _GOOD and any(one.looked and not one.trouble for one in outcome.sources)
    last_ok = moment(ended) if good else _told(before.get("last_ok"))
    hours = min((source.every_hours for source in sources if source.enabled), default=None)
    return {
        "started_at": moment(started),
        "ended_at": moment(ended),
        "outcome": outcome.word,
        "exit_code": int(outcome.exit),
        "message": outcome.message,
        "last_ok": last_ok,
        "next_run": _told(before.get("next_run")),
        "stale_after": _stale_after(last_ok, started, hours) if hours is not None else None,
        "counts": dict(outcome.counts),
        "sources": _sources(before, outcome.sources, sources, tracker, ended),
        "problems": _problems(tracker, ended),
    }


def _told(value: object) -> str | None:
    """A moment of the file before, which anybody may have written to; None where it is none."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment(found) if found.tzinfo else None


def _stale_after(last_ok: str | None, started: datetime, hours: float) -> str:
    begin = datetime.fromisoformat(last_ok) if last_ok else started
    return moment(begin + STALE_AFTER * timedelta(hours=hours))


def _sources(
    before: Mapping[str, Any],
    tallies: Sequence[Tally],
    sources: Sequence[Source],
    tracker: Tracker | None,
    now: datetime,
) -> list[dict[str, Any]]:
    if tracker is None:
        old = before.get("sources", [])
        return [one for one in old if isinstance(one, dict)] if isinstance(old, list) else []
    counted, waiting = {tally.source.id: tally for tally in tallies}, tracker.waiting()
    return [
        _source(source, tracker.source_state(source.id), counted.get(source.id, Tally(source)), now)
        | {"waiting": waiting.get(source.id, 0) if _has_pages(source) else 0}
        for source in sources
    ]


def _has_pages(source: Source) -> bool:
    """Whether pages of it are asked for by themselves; that of a table is the source."""
    return source.enabled and source.kind != "table"


def _source(source: Source, state: SourceState, tally: Tally, now: datetime) -> dict[str, Any]:
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "language": source.language,
        "country": source.country,
        "state": _state(source, state, now),
        "last_tried": moment(state.last_tried) if state.last_tried else None,
        "last_ok": moment(state.last_ok) if state.last_ok else None,
        "listed": tally.listed,
        "relevant": tally.relevant,
        "fetched": tally.fetched,
        "failed": tally.failed,
        "message": state.message if source.enabled else "",
    }


def _state(source: Source, state: SourceState, now: datetime) -> str:
    """fresh, late, failing or off."""
    if not source.enabled:
        return "off"
    if state.failures or state.message:
        return "failing"
    fresh = state.last_ok and now - state.last_ok <= FRESH_FOR * timedelta(hours=source.every_hours)
    return "fresh" if fresh else "late"


def _problems(tracker: Tracker | None, now: datetime) -> list[dict[str, str]]:
    found: Sequence[Problem] = tracker.problems(now - PROBLEMS_OF)[:SHOWN_PROBLEMS] if tracker else ()
    return [
        {"source": one.source_id, "code": one.code, "message": one.message, "at": moment(one.at)}
        for one in found
    ]
