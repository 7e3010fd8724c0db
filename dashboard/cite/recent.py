"""What is new since a day: the log of changes as lines for a page, a feed and the overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.cite import kept, log
from dashboard.cite.compare import ADDED, CORRECTED, KINDS, SPLIT, Change, Logged, Value, differences
from dashboard.cite.words import Line, line
from dashboard.i18n import DEFAULT
from dashboard.release import Snapshot

MACHINE_FROM = 900_001
"""Events that only a machine read are numbered from here on."""
MOST = 300
"""Lines that a page shows; the whole log is a download."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class First:
    """The release that history begins with: its events are all new and not listed one by one."""

    release: str
    on: str
    events: int


@dataclass(frozen=True, slots=True)
class Recent:
    """The changes of a time, newest first. `counts` are of all of them, `lines` hold at most `MOST`."""

    since: date
    counts: dict[str, int]
    lines: tuple[Line, ...]
    first: First | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def recent(
    snapshot: Snapshot,
    since: date,
    lang: str = DEFAULT,
    *,
    countries: tuple[str, ...] = (),
    machine: bool = False,
    kinds: tuple[str, ...] = KINDS,
    most: int = MOST,
) -> Recent:
    """What releases from the day `since` on changed. `machine`: also events that only a machine read."""
    whole = log.logged(snapshot)
    first = _first(whole)
    listed = [
        one
        for one in reversed(whole)
        if _day(one.on) >= since
        and one.kind in kinds
        and not (first and one.release == first.release)
        and (machine or not by_machine(one.event_id))
    ]
    if countries:
        listed = [one for one in listed if _country(one, snapshot) in countries]
    return Recent(
        since=since,
        counts={kind: n for kind in KINDS if (n := Counter(one.kind for one in listed)[kind])},
        lines=tuple(_line(one, snapshot, lang) for one in listed[:most]),
        first=first if first and _day(first.on) >= since and ADDED in kinds else None,
    )


def by_machine(event_id: str) -> bool:
    """Whether an id is that of an event that only a machine read."""
    digits = event_id.removeprefix("CAP-")
    return digits.isdecimal() and int(digits) >= MACHINE_FROM


def _first(whole: Iterable[Logged]) -> First | None:
    """The log's first release, where it brought nothing but additions: a history's beginning."""
    entries = list(whole)
    if not entries:
        return None
    label = min({one.release for one in entries}, key=kept.label_key)
    own = [one for one in entries if one.release == label]
    if any(one.kind != ADDED for one in own):
        return None
    return First(label, own[0].on, len(own))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _rows(one: Logged, snapshot: Snapshot) -> tuple[kept.Rows, kept.Rows]:
    """The kept rows before and with the release of a change; empty where they were cleared away."""
    older = kept.before(one.release, snapshot)
    return (kept.rows(older, snapshot) if older else {}, kept.rows(one.release, snapshot))


def _country(one: Logged, snapshot: Snapshot) -> str:
    then, now = _rows(one, snapshot)
    row = now.get(one.event_id) or then.get(one.event_id) or {}
    return row.get("country", "")


def _line(one: Logged, snapshot: Snapshot, lang: str) -> Line:
    then, now = _rows(one, snapshot)
    old, new = then.get(one.event_id), now.get(one.event_id)
    values: tuple[Value, ...] = ()
    if one.kind in {CORRECTED, SPLIT} and old and new:
        values = differences(old, new)
    change = Change(one.kind, one.event_id, values, one.others, one.release, one.on)
    told = line(change, then, now or _in_force(snapshot), snapshot, lang)
    if one.kind == CORRECTED and not values:  # the rows are gone: the log still names the columns
        return Line(**{name: getattr(told, name) for name in Line.__slots__} | {"others": one.columns})
    return told


def _in_force(snapshot: Snapshot) -> kept.Rows:
    return kept.rows(snapshot.label, snapshot)
