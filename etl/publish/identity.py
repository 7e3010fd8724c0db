"""Stable event ids: which id each event keeps, and what becomes of ids no longer in use.

Curated events are numbered from 1 and know nothing of machine-read ones, which are numbered from
MACHINE_NUMBERS + 1: documents come and go without moving the id of a curated event.

An id follows its reports. When events merge, the oldest id (the smallest number) survives and the others
redirect to it; when one splits, the part with most of its reports keeps the id; an event whose reports are
all gone leaves a tombstone. Numbers are never used twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

ACTIVE, MERGED, WITHDRAWN = "active", "merged_into", "withdrawn"
MACHINE_NUMBERS = 900_000

Keyed = tuple[str, Sequence[str]]
"""An event's key and its report_ids."""


@dataclass(frozen=True, slots=True, order=True)
class IdRow:
    """One row of `event_ids.csv`."""

    event_id: str
    report_id: str = ""
    status: str = ACTIVE
    merged_into: str = ""
    since: str = ""


@dataclass(frozen=True)
class Identities:
    """`by_key` maps an event's key to its id; `rows` is the new `event_ids.csv`; the rest feeds
    `changes.csv`.
    """

    by_key: Mapping[str, str]
    rows: tuple[IdRow, ...]
    merged: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()


def event_id(number: int) -> str:
    """CAP- and at least six digits."""
    return f"CAP-{number:06d}"


def id_number(identifier: str) -> int:
    return int(identifier.removeprefix("CAP-"))


def assign_all(
    curated: Sequence[Keyed],
    machine: Sequence[Keyed],
    homes: Mapping[str, str],
    previous: Iterable[IdRow],
    release: str,
) -> Identities:
    """Give curated and machine-read events their ids, the curated ones as if there were no others.

    `homes` maps machine-read reports that joined a curated event to its key: a machine-read event of the
    release before whose reports are all there now is merged into it.
    """
    old = tuple(previous)
    ours = assign(curated, [row for row in old if id_number(row.event_id) <= MACHINE_NUMBERS], release)
    read = [row for row in old if id_number(row.event_id) > MACHINE_NUMBERS]
    theirs = assign(machine, read, release, after=MACHINE_NUMBERS)
    idle = {row.event_id for row in theirs.rows if row.status == WITHDRAWN}
    at_home: dict[str, str] = {}
    for row in sorted(read):
        if row.event_id in idle and row.report_id in homes:
            at_home.setdefault(row.event_id, ours.by_key[homes[row.report_id]])
    rows = [
        # A redirect may lead to a curated event that has been merged since.
        replace(row, merged_into=ours.merged.get(row.merged_into, row.merged_into))
        for row in theirs.rows
        if row.event_id not in at_home
    ]
    rows += [IdRow(old_id, "", MERGED, home, release) for old_id, home in at_home.items()]
    return Identities(
        {**ours.by_key, **theirs.by_key},
        (*ours.rows, *sorted(rows, key=_row_order)),
        {**ours.merged, **theirs.merged, **at_home},
        {**ours.split, **theirs.split},
        (*ours.withdrawn, *(old_id for old_id in theirs.withdrawn if old_id not in at_home)),
    )


def assign(events: Sequence[Keyed], previous: Iterable[IdRow], release: str, after: int = 0) -> Identities:
    """Give every event an id.

    `events` are (key, report_ids) pairs; new ids are handed out in their order, so it must not depend on file
    or row order. `previous` is the `event_ids.csv` of the release before (empty for the very first). New
    numbers are larger than `after`.
    """
    old = tuple(previous)
    holder = {row.report_id: row.event_id for row in old if row.report_id and row.status != MERGED}
    was_active = {row.event_id for row in old if row.status == ACTIVE}
    shares: dict[str, Counter[str]] = defaultdict(Counter)  # old id -> event key -> reports it brings along
    for key, report_ids in events:
        for report_id in report_ids:
            if report_id in holder:
                shares[holder[report_id]][key] += 1

    by_key: dict[str, str] = {}
    heirs: dict[str, str] = {}  # old id -> event key
    for old_id in sorted(shares, key=id_number):
        heir = min(shares[old_id], key=lambda key: (-shares[old_id][key], key))
        heirs[old_id] = heir
        by_key.setdefault(heir, old_id)
    number = max((id_number(row.event_id) for row in old), default=after)
    for key, _ in events:
        if key not in by_key:
            number += 1
            by_key[key] = event_id(number)

    merged = {i: by_key[key] for i, key in heirs.items() if by_key[key] != i}
    split = {
        i: tuple(sorted({by_key[key] for key in shares[i]} - {by_key[heirs[i]]}, key=id_number))
        for i in sorted(shares, key=id_number)
        if len(shares[i]) > 1
    }
    gone = {row.event_id for row in old if row.status == WITHDRAWN} - shares.keys()
    withdrawn = tuple(sorted(was_active - shares.keys(), key=id_number))
    rows = _active(events, by_key, old, release) + _retired(old, merged, {*withdrawn, *gone}, release)
    rows = tuple(sorted(rows, key=_row_order))
    return Identities(by_key, rows, merged, split, withdrawn)


def _row_order(row: IdRow) -> tuple[int, str]:
    return id_number(row.event_id), row.report_id


def _active(
    events: Sequence[Keyed], by_key: Mapping[str, str], old: Sequence[IdRow], release: str
) -> tuple[IdRow, ...]:
    """Ids in use; a pair keeps the release in which it came about."""
    since = {(row.event_id, row.report_id): row.since for row in old if row.status == ACTIVE}
    return tuple(
        IdRow(by_key[key], report_id, ACTIVE, "", since.get((by_key[key], report_id), release))
        for key, report_ids in events
        for report_id in report_ids
    )


def _retired(
    old: Sequence[IdRow], merged: Mapping[str, str], withdrawn: Collection[str], release: str
) -> tuple[IdRow, ...]:
    """Ids no longer in use. A tombstone keeps its reports: should they come back, so does the id."""
    rows = [IdRow(old_id, "", MERGED, survivor, release) for old_id, survivor in merged.items()]
    for row in old:
        if row.status == MERGED:
            # The survivor may have been merged since: readers should need one hop only.
            rows.append(
                IdRow(row.event_id, "", MERGED, merged.get(row.merged_into, row.merged_into), row.since)
            )
        elif row.event_id in withdrawn:
            since = row.since if row.status == WITHDRAWN else release
            rows.append(IdRow(row.event_id, row.report_id, WITHDRAWN, "", since))
    return tuple(rows)
