"""The store of fetched documents: what was asked of whom, what came back, what readers made of it.

SQLite in one file by default, PostgreSQL where its address is given. The package never reads a clock: every
time is the caller's. A document takes about ... bytes beside its compressed body (measured, see `tests`).
"""

from etl.store.errors import TrackerError
from etl.store.records import (
    Due,
    Kept,
    Problem,
    RawDocument,
    ReadPage,
    Run,
    SourceState,
    StoredPage,
)
from etl.store.tracker import Tracker, migrate, open_tracker

__all__ = [
    "Due",
    "Kept",
    "Problem",
    "RawDocument",
    "ReadPage",
    "Run",
    "SourceState",
    "StoredPage",
    "Tracker",
    "TrackerError",
    "migrate",
    "open_tracker",
]
