"""Official totals of a country's year, and whether the reported seizures may be set against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.filters import CAPTAGON, UNSTATED
from dashboard.release import Snapshot, machine_read, per_release

PERIOD_TOTAL, NATIONAL = "period_total", "national"
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
    rows = snapshot.aggregates
    if rows.empty:
        return {}
    rows = rows if machine else rows[~machine_read(rows)]
    first, last = (pd.to_datetime(rows[name], errors="coerce") for name in ("period_start", "period_end"))
    chosen = (
        (rows["kind"] == PERIOD_TOTAL)
        & rows["drug"].isin((*CAPTAGON, *UNSTATED))
        & (rows["unit"] == "tablets")
        & (rows["best"] > 0)
        & (rows["country"] != "")
        & (rows["superseded_by"] == "")
        & (rows["scope_kind"] != "international")
        & first.notna()
        & (first.dt.year == last.dt.year)
    )
    found: dict[tuple[str, int | None], list[OfficialTotal]] = {}
    for row, start, end in zip(rows[chosen].itertuples(), first[chosen], last[chosen], strict=True):
        total = _total(row, start.date(), end.date())
        found.setdefault((str(row.country), start.year), []).append(total)
    return {
        key: tuple(sorted(some, key=lambda one: (len(one.differs), -one.best, one.aggregate_id)))
        for key, some in found.items()
    }


def _total(row: object, first: date, last: date) -> OfficialTotal:
    part = (first.month, first.day, last.month, last.day) != (1, 1, 12, 31)
    reasons = {
        "drug": getattr(row, "drug", "") not in CAPTAGON,
        "scope": getattr(row, "scope_kind", "") != NATIONAL,
        "period": part,
    }
    urls = [
        url
        for url in str(getattr(row, "source_urls", "")).split("|")
        if url.startswith(("http://", "https://"))
    ]
    return OfficialTotal(
        aggregate_id=str(getattr(row, "aggregate_id", "")),
        issuer=str(getattr(row, "issuer", "")),
        issuer_country=str(getattr(row, "issuer_country", "")),
        country=str(getattr(row, "country", "")),
        best=float(getattr(row, "best", 0.0)),
        at_least=getattr(row, "qualifier", "") == "over",
        drug=str(getattr(row, "drug", "")),
        first=first,
        last=last,
        differs=tuple(name for name in DIFFERENCES if reasons[name]),
        source_url=urls[0] if urls else "",
    )
