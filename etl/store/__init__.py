"""The store of fetched documents: what was asked of whom, what came back, what readers made of it.

SQLite in one file by default, PostgreSQL where its address is given. The package never reads a clock: every
time is the caller's. Beside its compressed body and text a document takes 1.3 kB, 0.9 kB after `vacuum`
(measured on SQLite over 10,000 documents: page, listing, document, log line, reading and indices).
"""

from etl.store.errors import TrackerError
from etl.store.records import (
    Due,
    Kept,
    Problem,
    Run,
    SourceState,
)
from etl.store.tracker import Tracker, back_up, migrate, open_tracker

__all__ = [
    "Due",
    "Kept",
    "Problem",
    "Run",
    "SourceState",
    "Tracker",
    "TrackerError",
    "back_up",
    "migrate",
    "open_tracker",
]
