"""Official totals of a country's year, and whether the reported seizures may be set against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.filters import CAPTAGON, UNSTATED
from dashboard.reconcile.totals import PERIOD_TOTAL, TABLETS, Total, totals
from dashboard.release import Snapshot, per_release

NATIONAL, INTERNATIONAL = "national", "international"
DIFFERENCES = ("drug", "scope", "period")


@dataclass(frozen=True, slots=True)
class OfficialTotal:
    """One published total in tablets within one year.

    `differs` names what keeps it from being set against the year's seizures: the drug (pills of unstated
    kind), the scope (an agency, a province, a border) or the period (a part of the year).
    """

    aggregate_id: str
    issuer: str
    issuer_country: str
    country: str
    best: float
    at_least: bool
    drug: str
    first: date
    last: date
    differs: tuple[str, ...]
    source_url: str

    @property
    def comparable(self) -> bool:
        return not self.differs


@per_release(2)
def totals_by_year(
    snapshot: Snapshot, *, machine: bool = False
) -> dict[tuple[str, int | None], tuple[OfficialTotal, ...]]:
    """(country, year) -> its totals, those that can be compared first, then the largest.

    Totals of several years, of the whole region, in other units and those that a later one replaces are left
    to the page of official totals.
    """
    found: dict[tuple[str, int | None], list[OfficialTotal]] = {}
    for total in totals(snapshot):
        one = None if total.machine and not machine else _of_one_year(total)
        if one is not None:
            found.setdefault((one.country, one.first.year), []).append(one)
    return {
        key: tuple(sorted(some, key=lambda one: (len(one.differs), -one.best, one.aggregate_id)))
        for key, some in found.items()
    }


def _of_one_year(total: Total) -> OfficialTotal | None:
    """The total as one within a year of a country; None where it is none."""
    if (
        total.kind != PERIOD_TOTAL
        or total.drug not in {*CAPTAGON, *UNSTATED}
        or total.unit != TABLETS
        or not total.best
        or not total.country
        or total.superseded_by
        or total.scope_kind == INTERNATIONAL
        or total.start is None
        or total.end is None
        or total.start.year != total.end.year
    ):
        return None
    year = total.start.year
    reasons = {
        "drug": total.drug not in CAPTAGON,
        "scope": total.scope_kind != NATIONAL,
        "period": (total.start, total.end) != (date(year, 1, 1), date(year, 12, 31)),
    }
    return OfficialTotal(
        aggregate_id=total.aggregate_id,
        issuer=total.issuer,
        issuer_country=total.issuer_country,
        country=total.country,
        best=total.best,
        at_least=total.qualifier == "over",
        drug=total.drug,
        first=total.start,
        last=total.end,
        differs=tuple(name for name in DIFFERENCES if reasons[name]),
        source_url=total.sources[0] if total.sources else "",
    )
