"""A connection to the database: SQLite in WAL mode, or PostgreSQL through psycopg."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from etl.store.errors import TrackerError

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers and one writer at a time don't wait for each other
    # A document that was acknowledged survives a power cut, not only a kill: one flush a document.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
_CONNECT_S = 10


def address(where: str | Path) -> URL:
    """Return the address behind a path, sqlite:///path or postgresql://... Raises TrackerError for others."""
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise TrackerError("store_address", where.partition("://")[0] + "://...") from error
    if url.drivername in _POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        return url
    raise TrackerError("store_address", shown(url))


def shown(url: URL) -> str:
    """The address for people: the path, or the address without its password."""
    if url.drivername == "sqlite":
        return url.database or ""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def make_engine(url: URL, wait_s: float) -> Engine:
    """Return the engine. `wait_s`: how long to wait for another process that writes, seconds.

    Connections with the execution option `writes` take SQLite's write lock when they begin: one that began by
    reading could not wait for it any more.
    """
    arguments: dict[str, Any] = {"timeout": wait_s}
    if url.drivername != "sqlite":
        waits = f"-c lock_timeout={int(wait_s * 1000)} -c timezone=UTC"
        arguments = {
            "connect_timeout": _CONNECT_S,
            "options": waits,
            "application_name": "captagon-etl",
            # A plan made once for any list of 500 pages is forty times slower than one made for this list.
            "prepare_threshold": None,
        }
    engine = create_engine(url, connect_args=arguments, max_overflow=32)
    if url.drivername == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
