"""The events in the place and the period of a total, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard import tally
from dashboard.filters import Filters
from dashboard.reconcile.intervals import Interval, Verdict, judge, stated
from dashboard.reconcile.totals import KG, TABLETS, Reason, Total, not_comparable, totals
from dashboard.release import Mask, Snapshot, per_release
from dashboard.selection import apply

COULD = ("coarse", "undated", "unstated_kind")
"""Why an event may or may not belong: its date or place is coarser than the total's, it has no date at all,
or its pills are of unstated kind."""


@dataclass(frozen=True, slots=True)
class Ours:
    """The events that stand for a total. `sum` is that of `ids` less `without_amount`, in the total's unit.

    `doubtful` may be repeats of others and are left out of the low bound. `could` are further events that may
    belong, by reason; `could_high` is what they come to at most and `could_unknown` how many of them state no
    amount. `filters` shows the same events on every other page.
    """

    filters: Filters
    ids: tuple[str, ...]
    without_amount: tuple[str, ...]
    doubtful: tuple[str, ...]
    sum: Interval
    could: dict[str, tuple[str, ...]]
    could_high: float
    could_unknown: int

    @property
    def n(self) -> int:
        """Events with an amount: those whose amounts `sum` is of."""
        return len(self.ids) - len(self.without_amount)

    @property
    def n_could(self) -> int:
        return sum(len(ids) for ids in self.could.values())


@dataclass(frozen=True, slots=True)
class Compared:
    """A total with what it was held against, or with the reasons why it was not."""

    total: Total
    reasons: tuple[Reason, ...]
    ours: Ours | None = None
    verdict: Verdict | None = None

    @property
    def label(self) -> str:
        return self.verdict.label if self.verdict else "not_comparable"


def scope_of(total: Total, *, machine: bool = False) -> Filters:
    """The filters that show the events of a total's place and period, as far as it states them.

    `machine`: also what a machine read and nobody has reviewed.
    """
    dated = total.start is not None and total.end is not None
    return Filters(
        scope="all",
        since="" if dated else "all",
        date_from=total.start if dated else None,
        date_to=total.end if dated else None,
        vs="none",
        country=(total.country,) if total.country else (),
        admin1=total.admin1 if total.scope_kind in {"governorate", "territory"} else (),
        read="all" if machine else "curated",
    )


@per_release(2)
def compared(snapshot: Snapshot, *, machine: bool = False) -> tuple[Compared, ...]:
    """Every total of a release, held against its events where that can be done."""
    return tuple(compare(total, snapshot, machine=machine) for total in totals(snapshot))


@per_release(512)
def compare(total: Total, snapshot: Snapshot, *, machine: bool = False) -> Compared:
    """One total. Kept: the same total stands on several pages."""
    reasons = not_comparable(total, snapshot.data_complete_to)
    if reasons or total.best is None:
        return Compared(total, reasons)
    own = ours(total, snapshot, machine=machine)
    official = stated(total.low, total.best, total.high, total.qualifier)
    return Compared(total, (), own, judge(official, own.sum, total.qualifier))


def ours(total: Total, snapshot: Snapshot, *, machine: bool = False) -> Ours:
    """The events of a total's place and period.

    Only events surely inside add to the sum. Those of a coarser date or place, without a date, or of pills of
    unstated kind are counted as possible; those without an amount count as events and add nothing.
    """
    filters = scope_of(total, machine=machine)
    chosen = apply(filters, snapshot)
    inside = in_unit(chosen.events, total.unit)
    known = inside["tablets_best"].notna().to_numpy()
    further = {"coarse": chosen.undecided, "undated": chosen.undated, "unstated_kind": chosen.unstated_kind}
    possible = in_unit(pd.concat(list(further.values())), total.unit)
    return Ours(
        filters=filters,
        ids=_ids(inside),
        without_amount=_ids(inside[~known]),
        doubtful=_ids(inside[known & _repeats(inside)]),
        sum=_sum(inside),
        could={name: _ids(frame) for name, frame in further.items() if len(frame)},
        could_high=_sum(possible).high,
        could_unknown=int(possible["tablets_best"].isna().sum()),
    )


def in_unit(events: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Events whose `tablets_*` columns hold their amounts in `unit`.

    Weights are those of the release, stated or converted from the count by its rule, and only of loads that
    are tablets: powder, raw material and mixed loads have no amount here, as they have no tablets there.
    """
    if unit == TABLETS:
        return events
    if unit != KG:
        raise ValueError(f"no unit to add up in: {unit!r}")
    whole = (events["form"] == "tablets").to_numpy()
    return events.assign(
        **{f"tablets_{end}": np.where(whole, events[f"kg_{end}"], np.nan) for end in ("low", "best", "high")}
    )


def _sum(events: pd.DataFrame) -> Interval:
    low, best, high = tally.total(events)
    return Interval(low, max(low, best), max(best, high))


def _repeats(events: pd.DataFrame) -> Mask:
    """Which events may be another one told again."""
    if "possible_duplicate_of" not in events:
        return np.zeros(len(events), dtype=bool)
    return np.asarray(events["possible_duplicate_of"].fillna("") != "", dtype=bool)


def _ids(events: pd.DataFrame) -> tuple[str, ...]:
    return tuple(str(event_id) for event_id in events["event_id"])
