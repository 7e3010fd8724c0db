"""The decision: what may be said of a trend, as codes. A small table; docs/trends.md has it in words.

First what withholds every sentence, then how the number of seizures moved, then how their tablets did and
whether one or three seizures carry that. `dashboard.trends.sentence` gives the words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.collection.marks import across, marks
from dashboard.components.sentence import totals_allowed
from dashboard.filters import Span
from dashboard.release import Snapshot, per_release
from dashboard.stats import MIN_EVENTS
from dashboard.trends import outages, rates
from dashboard.trends.bootstrap import total_ratio
from dashboard.trends.periods import Compared
from dashboard.trends.rates import RateRatio
from dashboard.trends.sides import Carrier, Side, side, without_doubtful

MIN_RATIO = 1.25
"""A ratio between 1/1.25 and 1.25 is told as no change."""
CARRIED = 0.5
"""One seizure (or three) carries a change of which it makes at least this share."""

RISE, FLAT, FALL, UNKNOWN, WITHHELD = "rise", "flat", "fall", "unknown", "withheld"
NO_COMPARISON, TOO_FEW, SOURCES_CHANGED, OUTAGE = "no_comparison", "too_few", "sources_changed", "outage"


@dataclass(frozen=True, eq=False, slots=True)
class Verdict:
    """What may be said of two periods.

    `withheld` is "" or the reason why nothing may be. `counts` is rise, flat or fall; `tablets` is one of
    these, `rise_one`, `rise_three`, `fall_one`, `fall_three` (one or three seizures carry it), `unknown` (too
    few state a quantity) or `withheld` (no sum over all countries and years). `carrier` are the seizures that
    carry the change, None where none do. `without` is the same decision without possible repeats, None where
    there are none. `loose` seizures may lie in either period; `loose_matters`: enough of them to change
    `counts`, or the reason why nothing may be said.
    """

    withheld: str
    before: Side
    now: Side
    counts: str = ""
    tablets: str = ""
    carrier: Carrier | None = None
    ratio: RateRatio | None = None
    without: Verdict | None = None
    loose: int = 0
    loose_tablets: float = 0.0
    loose_matters: bool = False

    @property
    def cell(self) -> tuple[str, str, str]:
        """The cell of the table that was reached."""
        return self.withheld, self.counts, self.tablets


@per_release(128)
def verdict(compared: Compared, snapshot: Snapshot) -> Verdict:
    """The decision for these periods."""
    now, before = compared.now.events, compared.now.comparison
    if compared.spans is None or before is None:
        days = compared.now.span.days or 0
        return Verdict(NO_COMPARISON, side(now.iloc[:0], 0), side(now, days))
    other, span = compared.spans
    reason = _withheld(snapshot, other, span)
    sums = totals_allowed(compared.filters, compared.shown.span)
    found = _decided(now, before, span, other, reason=reason, sums=sums)
    loose = compared.loose
    n = len(loose)
    if found.now.doubtful or found.before.doubtful:
        rest = without_doubtful(now), without_doubtful(before)
        found = replace(found, without=_decided(rest[0], rest[1], span, other, reason=reason, sums=sums))
    return replace(
        found,
        loose=n,
        loose_tablets=float(loose["tablets_best"].sum()),
        loose_matters=_matters(found, n, (span.days or 0, other.days or 0)),
    )


def _withheld(snapshot: Snapshot, other: Span, span: Span) -> str:
    """Why the two periods were not collected alike; "" where they were, as far as is known."""
    if across(marks(snapshot), span, other):
        return SOURCES_CHANGED
    watch = outages.watch(snapshot)
    return OUTAGE if max(watch.lost(one) for one in (span, other)) > outages.LOST else ""


def _decided(
    now: pd.DataFrame, before: pd.DataFrame, span: Span, other: Span, *, reason: str, sums: bool
) -> Verdict:
    a, b = side(before, other.days or 0), side(now, span.days or 0)
    if min(a.events, b.events) < MIN_EVENTS:
        return Verdict(TOO_FEW, a, b)
    if reason:
        return Verdict(reason, a, b)
    ratio = rates.rate_ratio(now, span, before, other)
    tablets, carrier = _tablets(a, b) if sums else (WITHHELD, None)
    return Verdict("", a, b, counts(ratio), tablets, carrier, ratio)


def counts(ratio: RateRatio) -> str:
    """How the number of seizures moved: beyond chance and by a quarter at least, or not."""
    if not ratio.apart_from_one or 1 / MIN_RATIO < ratio.ratio < MIN_RATIO:
        return FLAT
    return RISE if ratio.ratio > 1 else FALL


def _tablets(before: Side, now: Side) -> tuple[str, Carrier | None]:
    """How the tablets a day moved, and the seizures that carry it."""
    if min(before.with_quantity, now.with_quantity) < MIN_EVENTS or not before.tablets:
        return UNKNOWN, None
    same_days = now.days / before.days
    quotient = now.per_day / before.per_day
    if 1 / MIN_RATIO < quotient < MIN_RATIO:
        return FLAT, None
    way, grown = (RISE, now) if quotient > 1 else (FALL, before)
    change = abs(now.tablets - before.tablets * same_days)
    scale = 1.0 if grown is now else same_days
    for most, name in ((1, "one"), (3, "three")):
        if grown.top(most) * scale >= CARRIED * change:
            return f"{way}_{name}", grown.carrier(most)
    chance = total_ratio(now.sizes, before.sizes)
    low, high = chance.low / same_days, chance.high / same_days
    return (way if low > 1 or high < 1 else FLAT), None


def _matters(found: Verdict, loose: int, days: tuple[int, int]) -> bool:
    """Whether the loose seizures, all in one period, would change what is said of the number."""
    if not loose:
        return False
    n = (found.now.events, found.before.events)
    if found.withheld:
        lacking = sum(max(0, MIN_EVENTS - one) for one in n)
        return found.withheld == TOO_FEW and loose >= lacking
    ends = ((n[0] + loose, n[1]), (n[0], n[1] + loose))
    return any(counts(rates.poisson_ratio(pair, days)) != found.counts for pair in ends)
