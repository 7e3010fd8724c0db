"""Addresses: of the page of totals, of one total on it, and of the records that stand for a total."""

from __future__ import annotations

from datetime import date

from dashboard.filters import SCOPES, Filters
from dashboard.reconcile.intervals import LABELS
from dashboard.reconcile.ours import Compared, compared, scope_of
from dashboard.reconcile.totals import Total
from dashboard.release import Snapshot

PATH = "/official"


def total_href(total: Total) -> str:
    """Where a total stands on the page of totals, with filters that show it."""
    return anchor(total.aggregate_id, total.country)


def anchor(aggregate_id: str, country: str) -> str:
    """The same, for a total of `country` (ISO code) by its id."""
    scope = next((name for name, codes in SCOPES.items() if codes == (country,)), "all")
    return f"{PATH}?{Filters(scope=scope, since='all').to_query()}#{aggregate_id}"


def records_href(total: Total, *, listing: str = "", machine: bool = False) -> str:
    """The records of a total's place and period. `listing`: one of `dashboard.listing.LISTS`."""
    query = scope_of(total, machine=machine).to_query()
    return f"/records?{query}" + (f"&list={listing}" if listing else "")


def of_year(snapshot: Snapshot, country: str, year: int) -> Compared | None:
    """The total of a whole country and calendar year that events were held against; None without one.

    Of several, that of the issuer outside the country (the UN) goes first, then the newest said.
    """
    first = date(year, 1, 1)
    found = [one for one in compared_years(snapshot, country) if one.total.start == first]
    return min(found, key=_rank) if found else None


def compared_years(snapshot: Snapshot, country: str) -> tuple[Compared, ...]:
    """The totals of a whole country and calendar year that events were held against and none replaces."""
    return tuple(
        one
        for one in compared(snapshot)
        if one.label in LABELS
        and one.total.country == country
        and one.total.scope_kind == "national"
        and one.total.whole_year
        and not one.total.superseded_by
    )


def _rank(one: Compared) -> tuple[bool, int, str]:
    said = one.total.said_on
    return (
        one.total.issuer_country == one.total.country,
        -(said.toordinal() if said else 0),
        one.total.aggregate_id,
    )
