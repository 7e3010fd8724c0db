"""What changed in one view since the release that it is pinned to."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.cite import kept, log
from dashboard.cite.compare import Change, compare
from dashboard.components.sentence import totals_allowed
from dashboard.filters import Filters
from dashboard.release import Snapshot
from dashboard.selection import Selection, apply
from dashboard.stats import figures

MOST_KEPT = 32
"""Comparisons that a release remembers; further ones are made anew (some 20 ms for 600 events)."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures that people quote. Tablets are None where none is stated or the view gives no total."""

    events: int
    median: float | None
    low: float | None
    best: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Since:
    """A view in two releases.

    `changes` concern events that the view shows in either release, drawn, pills of unstated kind included;
    `compared` counts those of the period it is compared with. `entered` and `left` are events whose rows did
    not change: the period moved with the day to which the data are complete, or the rules did.
    """

    then: Headline
    now: Headline
    changes: tuple[Change, ...]
    compared: int
    entered: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether the headline is another one now."""
        return self.then != self.now

    @property
    def same(self) -> bool:
        return not (self.moved or self.changes or self.compared or self.entered or self.left)


def headline(selection: Selection) -> Headline:
    """The figures of what a view shows and counts."""
    found = figures(selection.events)
    if not totals_allowed(selection.filters, selection.span):
        return Headline(found.events, found.median, None, None, None)
    return Headline(found.events, found.median, found.low, found.best, found.high)


def changes(then: Snapshot, now: Snapshot) -> tuple[Change, ...]:
    """All changes between two releases.

    Kept with the newer one by the older one's name, so that neither holds the other in memory.
    """
    known: dict[str, tuple[Change, ...]] = now.memo.setdefault(changes, {})
    found = known.get(then.name)
    if found is None:
        found = compare(
            kept.rows(then.label, then),
            kept.rows(now.label, now),
            merged=log.merged(now),
            log=log.after(then.label, now),
        )
        if len(known) < MOST_KEPT:
            known[then.name] = found
    return found


def since(then: Snapshot, now: Snapshot, filters: Filters) -> Since:
    """What a reader of the view `filters` pinned to `then` has to know today."""
    old, new = apply(filters, then), apply(filters, now)
    before, today = _ids(old.drawn), _ids(new.drawn)
    told = changes(then, now)
    own = tuple(one for one in told if {one.event_id, *one.into} & (before | today))
    changed = {one.event_id for one in told}
    other = _ids(old.comparison) | _ids(new.comparison)
    return Since(
        then=headline(old),
        now=headline(new),
        changes=own,
        compared=sum(one.event_id in other and one not in own for one in told),
        entered=tuple(sorted(today - before - changed)),
        left=tuple(sorted(before - today - changed)),
    )


def of_event(then: Snapshot, now: Snapshot, event_id: str) -> tuple[Change, ...]:
    """What became of one event, and what was merged into it or split from it."""
    return tuple(one for one in changes(then, now) if event_id in {one.event_id, *one.into})


def _ids(frame: pd.DataFrame | None) -> set[str]:
    return set() if frame is None else set(frame["event_id"])
