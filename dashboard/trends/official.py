"""How much of an official total of a year can be traced to seizures, where there is such a total. Small.

Only national totals of a whole calendar year, in tablets, of Captagon or pills: the page of official totals
reconciles the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard import tally
from dashboard.filters import UNSTATED, Filters
from dashboard.release import Snapshot, machine_read, per_release
from dashboard.selection import apply

SCOPES = {"captagon": (), "pills": UNSTATED}
"""Scope of an official total -> drugs that it covers besides Captagon and amphetamine tablets."""


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
    plain = Filters(scope=filters.scope, country=filters.country)
    narrowed = set(filters.active()) - {"scope", "country", "since", "date_from", "date_to", "read"}
    rows = snapshot.aggregates
    needed = {"kind", "country", "scope_kind", "drug_scope", "unit", "period_start", "period_end", "best"}
    if len(countries) != 1 or narrowed or not needed <= set(rows.columns):
        return ()
    rows = rows[~machine_read(rows)]
    start, end = pd.to_datetime(rows["period_start"]), pd.to_datetime(rows["period_end"])
    whole_year = (start.dt.strftime("%m%d") == "0101") & (end.dt.strftime("%m%d") == "1231")
    fits = (
        (rows["kind"] == "period_total")
        & (rows["country"] == countries[0])
        & (rows["scope_kind"] == "national")
        & (rows["unit"] == "tablets")
        & rows["drug_scope"].isin(SCOPES)
        & whole_year
        & (start.dt.year == end.dt.year)
        & (rows["best"] > 0)
    )
    if "superseded_by" in rows:
        fits &= rows["superseded_by"].fillna("") == ""
    found = []
    for row in rows.assign(year=start.dt.year)[fits].sort_values(["year", "best"]).to_dict("records"):
        year = int(row["year"])
        if date(year, 12, 31) > snapshot.data_complete_to:
            continue
        drug = (*plain.drugs(), *SCOPES[str(row["drug_scope"])]) if SCOPES[str(row["drug_scope"])] else ()
        of_year = replace(plain, since="", date_from=date(year, 1, 1), date_to=date(year, 12, 31), drug=drug)
        low, best, high = tally.total(apply(of_year, snapshot).events)
        over = str(row.get("qualifier", "")) == "over"
        issuer, home = str(row["issuer"]), str(row.get("issuer_country") or "")
        found.append(Traced(year, issuer, home, float(row["best"]), over, low, best, high))
    return tuple(found)
