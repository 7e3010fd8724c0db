"""Official totals of a country's year, with what the page of official totals says of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.reconcile.ours import Compared, compared
from dashboard.reconcile.totals import PERIOD_TOTAL, TABLETS, Total
from dashboard.release import Snapshot, per_release

NATIONAL, INTERNATIONAL = "national", "international"
DRUGS = frozenset({"captagon", "pills"})
"""What a total counts that stands beside a year: one of all drugs together or of another says too little."""


@dataclass(frozen=True, slots=True)
class OfficialTotal:
    """One published total within one year: `best`, in the unit of `total`, from `first` to `last`."""

    held: Compared
    best: float
    first: date
    last: date

    @property
    def total(self) -> Total:
        return self.held.total

    @property
    def at_least(self) -> bool:
        return self.total.qualifier == "over"

    @property
    def differs(self) -> tuple[str, ...]:
        """In what it differs from the seizures, so that it is not held against them: see `Reason.of`."""
        return tuple(dict.fromkeys(reason.of for reason in self.held.reasons))

    @property
    def of_country(self) -> bool:
        """Whether it is held against seizures, and is one of the whole country."""
        return self.held.verdict is not None and self.total.scope_kind == NATIONAL


@per_release(2)
def totals_by_year(
    snapshot: Snapshot, *, machine: bool = False
) -> dict[tuple[str, int | None], tuple[OfficialTotal, ...]]:
    """(country, year) -> its totals, those of official bodies first, and of these the ones that are held
    against seizures of the whole country; those of the whole year before those of a part, then the largest.

    Totals of several years, of several regions, of other drugs and those that a later one replaces are left
    to the page of official totals.
    """
    found: dict[tuple[str, int | None], list[OfficialTotal]] = {}
    for held in compared(snapshot, machine=machine):
        one = None if held.total.machine and not machine else _of_one_year(held)
        if one is not None:
            found.setdefault((one.total.country, one.first.year), []).append(one)
    return {key: tuple(sorted(some, key=_rank)) for key, some in found.items()}


def _rank(one: OfficialTotal) -> tuple[object, ...]:
    total = one.total
    return (
        total.by_outlet,
        not one.of_country,
        len(one.differs),
        not total.whole_year,
        total.unit != TABLETS,
        -one.best,
        total.aggregate_id,
    )


def _of_one_year(held: Compared) -> OfficialTotal | None:
    """The total as one within a year of a country; None where it is none."""
    total = held.total
    if (
        total.kind != PERIOD_TOTAL
        or total.drug_scope not in DRUGS
        or not total.unit
        or not total.best
        or not total.country
        or total.superseded_by
        or total.scope_kind == INTERNATIONAL
        or total.start is None
        or total.end is None
        or total.start.year != total.end.year
    ):
        return None
    return OfficialTotal(held, total.best, total.start, total.end)
