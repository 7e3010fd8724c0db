"""Runs, and the log of what came of every question that was asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from etl.acquire.records import Trouble
from etl.store.records import Asked, Problem, Run
from etl.store.tables import fetch_log, listings, runs

LONGEST_MESSAGE = 2000


def begin_run(connection: Connection, owner: str, now: datetime) -> int:
    """Note a run; those before it that never ended were interrupted."""
    connection.execute(update(runs).where(runs.c.outcome == "").values(outcome="interrupted"))
    row = {"owner": owner, "started_at": now, "outcome": "", "counts": "{}", "message": ""}
    return int(connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one())


def end_run(  # noqa: PLR0917
    connection: Connection,
    run_id: int,
    outcome: str,
    exit_code: int,
    counts: Mapping[str, int],
    message: str,
    now: datetime,
) -> None:
    """Note how a run ended."""
    end = {
        "ended_at": now,
        "outcome": outcome,
        "exit_code": exit_code,
        "counts": json.dumps(dict(counts), sort_keys=True),
        "message": message[:LONGEST_MESSAGE],
    }
    connection.execute(update(runs).where(runs.c.id == run_id).values(end))


def last_runs(connection: Connection, limit: int) -> list[Run]:
    """Newest first."""
    rows = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(limit))
    return [
        Run(
            row.id,
            row.owner,
            row.started_at,
            row.ended_at,
            row.outcome,
            row.exit_code,
            json.loads(row.counts),
            row.message,
        )
        for row in rows
    ]


def log(
    connection: Connection,
    asked: Asked,
    outcome: str,
    *,
    page_id: int | None = None,
    document_id: int | None = None,
    trouble: Trouble | None = None,
) -> None:
    """Add a line."""
    line = {
        "run_id": asked.run_id,
        "source_id": asked.source_id,
        "page_id": page_id,
        "document_id": document_id,
        "at": asked.at,
        "outcome": outcome,
        "code": trouble.code if trouble else "",
        "message": trouble.message[:LONGEST_MESSAGE] if trouble else "",
        "url": asked.url if page_id is None else "",
    }
    connection.execute(insert(fetch_log).values(line))


def problems(connection: Connection, since: datetime) -> list[Problem]:
    """Troubles noted at `since` or later, newest first; where they concern a page, with its address."""
    page = (
        select(func.min(listings.c.url))
        .where(listings.c.page_id == fetch_log.c.page_id, listings.c.source_id == fetch_log.c.source_id)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(fetch_log, page.label("page"))
        .where(fetch_log.c.at >= since, fetch_log.c.code != "")
        .order_by(fetch_log.c.at.desc(), fetch_log.c.id.desc())
    )
    return [Problem(row.at, row.source_id, row.code, row.message, row.page or row.url) for row in rows]
