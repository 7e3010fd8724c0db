"""Which totals a state of the filters shows, and in which part of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.filters import Filters, Span
from dashboard.reconcile.bundles import Bundle, bundles
from dashboard.reconcile.issuers import Beside, side_by_side
from dashboard.reconcile.ours import Compared, compared
from dashboard.reconcile.totals import Total, fits, overlaps
from dashboard.release import Snapshot, per_release

APPLIES = frozenset({"scope", "country", "since", "date_from", "date_to", "read"})
"""Fields of the filters that choose among totals."""


@dataclass(frozen=True, slots=True)
class Held:
    """Totals of the countries chosen: those held against seizures, in and out of the period, announcements
    held against their parts, and the rest, which cannot be compared."""

    inside: tuple[Compared, ...]
    outside: tuple[Compared, ...]
    bundles: tuple[Bundle, ...]
    rest: tuple[Compared, ...]

    @property
    def all(self) -> int:
        return len(self.inside) + len(self.outside) + len(self.bundles) + len(self.rest)


@dataclass(frozen=True, slots=True)
class Choice:
    """The totals of the countries chosen. Totals of other periods stand apart, so that a link finds them.

    `outlets` are those that an outlet gives: no official body is named as their issuer. `elsewhere` counts
    the totals of other countries, `ignored` are filters that say nothing of totals.
    """

    official: Held
    outlets: Held
    beside: tuple[Beside, ...]
    elsewhere: int
    ignored: tuple[str, ...]


@per_release(32)
def choose(filters: Filters, snapshot: Snapshot) -> Choice:
    """The totals of `filters`: by country, and for those that can be compared by period too."""
    machine = filters.with_machine_read()
    countries = filters.countries()
    every = [one for one in compared(snapshot, machine=machine) if machine or not one.total.machine]
    own = [one for one in every if fits(one.total, countries)]
    joint = [
        one for one in bundles(snapshot) if (machine or not one.total.machine) and fits(one.total, countries)
    ]
    span = filters.span(snapshot.data_complete_to)
    official, outlets = (
        _held(
            [one for one in own if one.total.by_outlet == by_outlet],
            [one for one in joint if one.total.by_outlet == by_outlet],
            span,
        )
        for by_outlet in (False, True)
    )
    return Choice(
        official=official,
        outlets=outlets,
        beside=side_by_side(one.total for one in own if not one.total.by_outlet),
        elsewhere=len(every) - len(own),
        ignored=tuple(name for name in filters.active() if name not in APPLIES),
    )


def _held(own: Sequence[Compared], joint: Sequence[Bundle], span: Span) -> Held:
    held = sorted((one for one in own if one.verdict), key=_newest)
    in_bundles = {one.total.aggregate_id for one in joint}
    rest = (one for one in own if not one.verdict and one.total.aggregate_id not in in_bundles)
    return Held(
        inside=tuple(one for one in held if overlaps(one.total, span.start, span.end)),
        outside=tuple(one for one in held if not overlaps(one.total, span.start, span.end)),
        bundles=tuple(sorted(joint, key=lambda one: _age(one.total))),
        rest=tuple(sorted(rest, key=_newest)),
    )


def _newest(one: Compared) -> tuple[str, tuple[int, float, str]]:
    return (one.total.country, _age(one.total))


def _age(total: Total) -> tuple[int, float, str]:
    """Newest first; totals without any day at the end, the largest first."""
    last = total.end or total.said_on
    return (-(last.toordinal() if last else 0), -(total.best or 0), total.aggregate_id)
