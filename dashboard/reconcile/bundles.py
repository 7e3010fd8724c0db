"""Joint announcements held against the events that they were broken into."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.reconcile.intervals import Interval, stated
from dashboard.reconcile.ours import in_unit
from dashboard.reconcile.totals import BUNDLE, SUM_OF_LISTED, Total, totals
from dashboard.release import Snapshot, per_release

ADDS_UP, ONE_EVENT, PARTS_MISSING, PARTS_MORE, NO_AMOUNT = LABELS = (
    "adds_up", "one_event", "parts_missing", "parts_more", "no_amount",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bundle:
    """An announcement of several seizures and its parts, in the announcement's unit.

    `parts` are the events that it names, `rest` the event that holds what it does not break out; `sum` is
    that of all of them, `unknown` those among them without an amount. `by`: how far the chosen figures of
    the announcement and of its parts are apart.
    """

    total: Total
    label: str
    parts: tuple[str, ...]
    rest: str
    sum: Interval | None
    unknown: tuple[str, ...]
    by: float


@per_release(1)
def bundles(snapshot: Snapshot) -> tuple[Bundle, ...]:
    """All announcements of a release with their parts; sums of listed ones where their parts are known."""
    return tuple(
        check(total, snapshot)
        for total in totals(snapshot)
        if total.kind == BUNDLE or (total.kind == SUM_OF_LISTED and total.parts)
    )


def check(total: Total, snapshot: Snapshot) -> Bundle:
    """One announcement against the sum of its parts, by low-high bounds."""
    rows = snapshot.seizures
    members = (*total.parts, *((total.remainder,) if total.remainder else ()))
    own = rows[rows["event_id"].isin(members)]
    if not total.best or not total.unit or own.empty:
        return Bundle(total, NO_AMOUNT, total.parts, total.remainder, None, tuple(own["event_id"]), 0.0)
    amounts = in_unit(own, total.unit)
    best = amounts["tablets_best"]
    known = amounts[best.notna()]
    low, high = (
        float(known[f"tablets_{end}"].fillna(known["tablets_best"]).sum()) for end in ("low", "high")
    )
    chosen = float(known["tablets_best"].sum())
    found = Interval(min(low, chosen), chosen, max(high, chosen))
    official = stated(total.low, total.best, total.high, total.qualifier)
    return Bundle(
        total=total,
        label=_label(total, official, found),
        parts=total.parts,
        rest=total.remainder,
        sum=found,
        unknown=tuple(str(one) for one in amounts.loc[best.isna(), "event_id"]),
        by=abs(found.best - total.best),
    )


def _label(total: Total, official: Interval, found: Interval) -> str:
    if official.meets(found):
        return ADDS_UP if total.parts else ONE_EVENT
    return PARTS_MISSING if found.high < official.low else PARTS_MORE
