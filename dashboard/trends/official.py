"""How much of an official total of a year can be traced to seizures, where there is such a total. Small.

Only national totals of a whole calendar year, in tablets, that the page of official totals reconciles.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.filters import Filters
from dashboard.reconcile.links import compared_years
from dashboard.reconcile.totals import TABLETS
from dashboard.release import Snapshot, per_release


@dataclass(frozen=True, slots=True)
class Traced:
    """An official total of a year and the seizures of that year; tablets. `at_least`: it is a lower bound.

    `home` is the country of the issuer (ISO code), "" for the UN.
    """

    year: int
    issuer: str
    home: str
    total: float
    at_least: bool
    low: float
    best: float
    high: float

    @property
    def share(self) -> float:
        """The best figure of the seizures over the total."""
        return self.best / self.total


@per_release(64)
def traced(filters: Filters, snapshot: Snapshot) -> tuple[Traced, ...]:
    """The totals of the one country of these filters, by year; none where other filters narrow the view."""
    countries = filters.countries()
    narrowed = set(filters.active()) - {"scope", "country", "since", "date_from", "date_to", "read"}
    if len(countries) != 1 or narrowed:
        return ()
    found = []
    for one in compared_years(snapshot, countries[0]):
        total, ours = one.total, one.ours
        if total.unit != TABLETS or total.best is None or total.start is None or ours is None:
            continue
        found.append(
            Traced(
                year=total.start.year,
                issuer=total.issuer,
                home=total.issuer_country,
                total=total.best,
                at_least=total.qualifier == "over",
                low=ours.sum.low,
                best=ours.sum.best,
                high=ours.sum.high,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.year, one.total)))
