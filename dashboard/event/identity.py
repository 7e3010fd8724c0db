"""What an event id stands for today: ids are stable, but events are merged and withdrawn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.release import Snapshot

PATTERN = re.compile(r"CAP-\d{6,}")


@dataclass(frozen=True)
class Found:
    event_id: str


@dataclass(frozen=True)
class Merged:
    """`event_id` was found to tell of the same seizure as `into`, and lives on there."""

    event_id: str
    into: str
    since: str


@dataclass(frozen=True)
class Withdrawn:
    event_id: str
    since: str


@dataclass(frozen=True)
class Unknown:
    event_id: str


Identity = Found | Merged | Withdrawn | Unknown


def resolve(event_id: str, snapshot: Snapshot) -> Identity:
    """Follow an id to its event, through any number of merges; a circle of merges counts as withdrawn."""
    wanted = event_id.strip().upper()
    known = set(snapshot.seizures["event_id"])
    if wanted in known:
        return Found(wanted)
    ids = snapshot.table("event_ids")
    if ids.empty:
        return Unknown(wanted)
    retired = {
        str(row.event_id): (str(row.status), str(row.merged_into), str(row.since))
        for row in ids.loc[ids["status"] != "active"].itertuples()
    }
    if wanted not in retired:
        return Unknown(wanted)
    since, at, seen = retired[wanted][2], wanted, set[str]()
    while at in retired and at not in seen:
        seen.add(at)
        at = retired[at][1]
    return Merged(wanted, at, since) if at in known else Withdrawn(wanted, since)
