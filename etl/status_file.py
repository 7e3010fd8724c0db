"""`status.json`: what the last build and the last refresh say of themselves.

The only file that runs on the same inputs may differ in; no release depends on it.

The build writes its counts at the top level, a refresh its part `refresh`; each leaves the other's in place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.pipeline import Built
from etl.publish import Outcome
from etl.publish.store import replace_file

NAME = "status.json"
REFRESH = "refresh"


def read_status(folder: Path) -> dict[str, Any]:
    """The file as it is; empty where there is none or it can't be read."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_refresh(folder: Path) -> dict[str, Any]:
    """The part that the last refresh wrote; empty where there was none."""
    found = read_status(folder).get(REFRESH)
    return found if isinstance(found, dict) else {}


def write_built(out: Path, built: Built, outcome: Outcome) -> None:
    """Write what a build found. Raises OSError.

    Events, reports and totals are the curated ones; those of machines stand under `documents`, beside the
    number of documents by what became of each.
    """
    content, found = built.content, curated_counts(built)
    status = {
        "release": outcome.label,
        "published": outcome.is_new,
        "data_complete_to": content.complete_to.isoformat(),
        "newest_input": content.newest.isoformat(),
        "rows_read": built.rows_read,
        "reports": found["reports"],
        "events": found["events"],
        "aggregates": found["aggregates"],
        "quarantine": len(content.quarantine),
        "warnings": len(content.warnings),
        "documents": {
            "found": sum(built.documents.values()),
            **built.documents,
            "machine_reports": len(content.reports) - found["reports"],
            "machine_events": len(content.events) - found["events"],
            "machine_aggregates": len(content.aggregates) - found["aggregates"],
        },
    }
    kept = {name: part for name, part in read_status(out).items() if name == REFRESH}
    _write(out, status | kept)


def write_refresh(folder: Path, content: Mapping[str, Any]) -> None:
    """Write what a refresh says. Raises OSError."""
    _write(folder, read_status(folder) | {REFRESH: dict(content)})


def note_next_run(folder: Path, at: datetime | None) -> None:
    """Note when the next refresh is due, None: not on a schedule. Raises OSError."""
    write_refresh(folder, read_refresh(folder) | {"next_run": moment(at) if at else None})


def last_began(folder: Path) -> datetime | None:
    """When the last refresh began, None where none did."""
    try:
        return datetime.fromisoformat(read_refresh(folder)["started_at"])
    except (KeyError, TypeError, ValueError):
        return None


def moment(at: datetime) -> str:
    """A moment as the file has it: 2026-11-22T06:15:00Z."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _write(folder: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    replace_file(folder / NAME, text.encode())


def curated_counts(built: Built) -> dict[str, int]:
    """The curated part of what is published."""
    content = built.content
    return {
        "reports": sum(not report.claim.is_machine_read for report in content.reports),
        "events": sum(not event.is_machine_read for event in content.events),
        "aggregates": sum(not total.reports[0].claim.is_machine_read for total in content.aggregates),
    }
