"""The releases that are kept, and their rows as published: read without loading a whole release."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from dashboard.release import Snapshot

Row = Mapping[str, str]
Rows = Mapping[str, Row]

_PACKAGE = "datapackage.json"
_NUMBERS = ("tablets_low", "tablets_best", "tablets_high", "kg_low", "kg_best", "kg_high")
_DATES = ("date_start", "date_end", "date_not_before", "date_not_after")


def label_key(label: str) -> tuple[int, ...]:
    """Order of labels: 2026.3.10 comes after 2026.3.9."""
    return tuple(int(part) for part in label.split(".") if part.isdecimal())


def labels(snapshot: Snapshot) -> tuple[str, ...]:
    """Labels of the kept releases beside that of `snapshot`, oldest first."""
    folder = snapshot.directory.parent
    found = (path.name for path in folder.iterdir() if not path.name.startswith("."))
    return tuple(sorted((name for name in found if (folder / name / _PACKAGE).is_file()), key=label_key))


def newer(then: Snapshot, now: Snapshot) -> int:
    """How many releases came after `then`, that in force included; one that was cleared away is not known."""
    return sum(label_key(then.label) < label_key(one) <= label_key(now.label) for one in labels(now))


def before(label: str, snapshot: Snapshot) -> str:
    """The kept release that came last before `label`; "" where none is kept."""
    older = [one for one in labels(snapshot) if label_key(one) < label_key(label)]
    return older[-1] if older else ""


def rows(label: str, snapshot: Snapshot, table: str = "seizures") -> Rows:
    """Event id -> row of a table with one row an event, as texts; empty where the release is not kept."""
    path = snapshot.directory.parent / label / f"{table}.csv"
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return MappingProxyType({})
    return _rows(path, stamp)


@lru_cache(maxsize=8)
def _rows(path: Path, stamp: int) -> Rows:
    del stamp  # part of the key: tests and a data folder put back from a copy may hold other bytes there
    with path.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["event_id"]: row for row in csv.DictReader(file)})


def day_of(label: str, snapshot: Snapshot) -> str:
    """The day of a kept release, YYYY-MM-DD; "" where it does not tell."""
    try:
        package = json.loads((snapshot.directory.parent / label / _PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(package.get("created", ""))[:10]


def as_event(row: Row) -> pd.Series:
    """A row of texts as the headline of an event takes it: quantities as floats, days as timestamps."""
    event: dict[str, object] = dict(row)
    event |= {name: _number(row.get(name, "")) for name in _NUMBERS}
    event |= {name: _day(row.get(name, "")) for name in _DATES}
    return pd.Series(event, dtype=object)


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def _day(cell: str) -> object:
    try:
        return pd.Timestamp(date.fromisoformat(cell))
    except ValueError:
        return pd.NaT
