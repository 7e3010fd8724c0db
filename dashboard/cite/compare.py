"""What became of events between two releases. Pure: rows as texts in, changes out.

The rows themselves are compared, so that a link stays explained when the releases between were cleared away;
the newer release's own log (`changes.csv`, `event_ids.csv`) adds what rows can't tell: into which event
another was merged, that one was split, and in which release it happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.cite.kept import Row, Rows, label_key

ADDED, CORRECTED, MERGED, SPLIT, WITHDRAWN = KINDS = ("added", "corrected", "merged", "split", "withdrawn")
KIND_OF: Mapping[str, str] = {
    "ADD": ADDED, "MOD": CORRECTED, "MERGE": MERGED, "SPLIT": SPLIT, "WITHDRAW": WITHDRAWN,
}  # fmt: skip
# Two say when a row changed and not what it says; what machines read beside a curated event is no change
# of it; the last is made of the others. The same rule as the pipeline's own changes.csv.
BOOKKEEPING = frozenset({"last_changed", "release", "n_machine_reports", "event_url"})


@dataclass(frozen=True, slots=True)
class Value:
    """One column of one event in both releases; "" is unknown."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one event. `into`: the event it was merged into, or those split from it.

    `release` is the last one that changed it and `on` its day; "" where the log does not reach.
    """

    kind: str
    event_id: str
    values: tuple[Value, ...] = ()
    into: tuple[str, ...] = ()
    release: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """One row of `changes.csv`."""

    release: str
    on: str
    event_id: str
    kind: str
    columns: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def differences(old: Row, new: Row) -> tuple[Value, ...]:
    """Columns in which two rows of one event differ; a column that only one release has is no change."""
    return tuple(
        Value(name, old[name], new[name])
        for name in old
        if name in new and name not in BOOKKEEPING and old[name] != new[name]
    )


def compare(
    then: Rows, now: Rows, *, merged: Mapping[str, str], log: Iterable[Logged] = ()
) -> tuple[Change, ...]:
    """All changes from the rows `then` to the rows `now`, by kind and id.

    `merged` maps retired ids to the one each was merged into (chains are followed); `log` are the changes of
    the releases after `then`.
    """
    last: dict[str, Logged] = {}
    parts: dict[str, list[str]] = {}
    for entry in sorted(log, key=lambda one: label_key(one.release)):
        last[entry.event_id] = entry
        if entry.kind == SPLIT:
            parts.setdefault(entry.event_id, []).extend(entry.others)
    found: list[Change] = []

    def add(kind: str, event_id: str, values: tuple[Value, ...] = (), into: Iterable[str] = ()) -> None:
        told = last.get(event_id)
        where = (told.release, told.on) if told else ("", "")
        found.append(Change(kind, event_id, values, tuple(into), *where))

    for event_id in now:
        if event_id not in then:
            add(ADDED, event_id)
        elif others := parts.get(event_id):
            add(SPLIT, event_id, differences(then[event_id], now[event_id]), dict.fromkeys(others))
        elif values := differences(then[event_id], now[event_id]):
            add(CORRECTED, event_id, values)
    for event_id in then:
        if event_id in now:
            continue
        survivor = follow(event_id, merged)
        if survivor in now:
            add(MERGED, event_id, into=[survivor])
        else:
            add(WITHDRAWN, event_id)
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.event_id)))


def follow(event_id: str, merged: Mapping[str, str]) -> str:
    """The end of a chain of merges; "" for a circle."""
    seen: set[str] = set()
    while event_id in merged:
        if event_id in seen:
            return ""
        seen.add(event_id)
        event_id = merged[event_id]
    return event_id
