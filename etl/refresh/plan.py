"""What a refresh is asked to do, and where everything lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from etl.acquire.client import Client
from etl.acquire.listings.archive import ADDRESS
from etl.pipeline import Inputs
from etl.store.tracker import WAIT_S

MOST_SHRINKING = 0.02
"""Share of the events that may be gone from one release to the next without anybody's word."""


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Plan:
    """One refresh.

    `out` is the folder of the releases; `shipped` the one whose ids a first release continues. `only` limits
    it to some sources (ids), which are then asked whether due or not. `since` leaves out pages that their
    listing dates earlier. `clock` is read for everything that is dated. `delay_s` is the pause between two
    requests to one host; `archive` is the web archive's availability service for dead pages, "" for none.
    `wait_s` is how long to wait for another process that holds the store. `client` makes what asks the
    network: tests give it quick limits and an internet of their own.
    """

    inputs: Inputs
    out: Path
    shipped: Path
    only: frozenset[str] = frozenset()
    since: datetime | None = None
    dry_run: bool = False
    offline: bool = False
    allow_shrink: bool = False
    allow_private: bool = False
    proxy: str = ""
    delay_s: float = 1.0
    workers: int = 8
    archive: str = ADDRESS
    wait_s: float = WAIT_S
    client: Callable[..., Client] = Client
    clock: Callable[[], datetime] = system_clock
