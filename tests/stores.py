"""Fixtures: stores of fetched documents on both databases, for every test of the pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from etl.store import Tracker, open_tracker
from tests.postgres import drop_database, new_database, serving_postgres

DATABASES = ("sqlite", "postgresql")
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, started when the first test asks for it."""
    with serving_postgres() as url:
        yield url


@pytest.fixture(params=DATABASES)
def tracker_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Returns the address of a new and empty database at each call; the test runs once a database."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"tracker-{next(_numbers)}.sqlite")
        return
    server, made = str(request.getfixturevalue("postgres")), []

    def new() -> str:
        made.append(f"tracker_{next(_numbers)}")
        return new_database(server, made[-1])

    yield new
    for name in made:
        drop_database(server, name)


@pytest.fixture
def tracker_url(tracker_urls: Callable[[], str]) -> str:
    """The address of a new and empty database."""
    return tracker_urls()


@pytest.fixture
def tracker(tracker_url: str) -> Iterator[Tracker]:
    """A new store."""
    with open_tracker(tracker_url) as opened:
        yield opened


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """What databases are asked while the block lasts, a statement each (many rows in one go are one)."""
    sent: list[str] = []

    def note(*details: object) -> None:
        sent.append(str(details[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
