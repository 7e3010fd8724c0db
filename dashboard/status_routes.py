"""`/health` for whoever watches the service, `/status.json` for programs: public, without machine paths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import flask

from dashboard import status, watcher
from dashboard.plain import plain
from dashboard.release import ReleaseError, Snapshot

blueprint = flask.Blueprint("status", __name__)


@blueprint.get("/health")
def health() -> tuple[flask.Response, int]:
    """200 with the release in force, and whether the collection is behind; 503 while there is no release.

    Always of the release in force, whatever release the asking page was built from.
    """
    watching = _watching()
    try:
        snapshot = watching.current()
    except ReleaseError as error:
        return _answer({"status": "no release", "problem": plain(str(error))}), 503
    told = status.current()
    found = {
        "status": "ok",
        "release": snapshot.label,
        "sha256": snapshot.sha256,
        "data_complete_to": snapshot.data_complete_to,
        "stale": told.stale(datetime.now(UTC)),
        "last_ok": told.refresh.last_ok,
    }
    return _answer(found | {"problem": plain(watching.problem)} if watching.problem else found), 200


@blueprint.get("/status.json")
def status_json() -> flask.Response:
    """What the status page says; 200 also without a release or a run."""
    try:
        snapshot: Snapshot | None = _watching().current()
    except ReleaseError:
        snapshot = None
    return _answer(public(status.current(), snapshot, datetime.now(UTC)))


def public(told: status.Status, snapshot: Snapshot | None, now: datetime) -> dict[str, Any]:
    """The fields of `/status.json`: what was understood of the pipeline's file, and nothing else of it."""
    refresh = last_run(told)
    return {
        "release": snapshot.label if snapshot else None,
        "sha256": snapshot.sha256 if snapshot else None,
        "data_complete_to": snapshot.data_complete_to if snapshot else None,
        **told.built,
        "documents": told.documents,
        "stale": told.stale(now),
        "refresh": refresh,
        "asked_at": now.replace(microsecond=0),
    }


def last_run(told: status.Status) -> dict[str, Any] | None:
    """The last run as plain values; None where none ever ran and none is planned."""
    refresh = told.refresh
    if not refresh.ran and refresh.next_run is None:
        return None
    flat = {name: getattr(refresh, name) for name in refresh.__slots__ if name not in {"sources", "problems"}}
    return flat | {
        "sources": [asdict(one) for one in refresh.sources],
        "problems": [asdict(one) for one in refresh.problems],
    }


def _watching() -> watcher.Watcher:
    found: watcher.Watcher = flask.current_app.config[watcher.CONFIG_KEY]
    return found


def _answer(found: Mapping[str, Any]) -> flask.Response:
    response = flask.jsonify(_shown(found))
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(value: Any) -> Any:
    """Times as `2026-11-22T03:15:00Z`, days as `2026-11-22`."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _shown(part) for key, part in value.items()}
    return [_shown(part) for part in value] if isinstance(value, list | tuple) else value
