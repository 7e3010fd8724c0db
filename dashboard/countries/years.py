"""Countries by years: what was reported of each, and the official totals beside it.

The table is about the whole span of the data: of the filters only those on what is counted apply (drug,
quantity, way of transport ...), not the countries and the period, which it is there to choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from dashboard import tally
from dashboard.countries.totals import OfficialTotal, totals_by_year
from dashboard.figures.when import periods
from dashboard.filters import Filters
from dashboard.reconcile.totals import TABLETS
from dashboard.release import Snapshot, per_release
from dashboard.selection import apply

VERY_LARGE = 10_000_000
"""Tablets from which one seizure outweighs a country's year (analyst requirements 2.5)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One country in one year; `year` None: events of no single known year (see `figures.when.periods`).

    Tablets are sums over `with_quantity` of `events`, None where no event states a quantity. `low` leaves
    possible repeats out; `without_repeats` is the best figure without them, `without_repeats_high` the high
    one, `without_large` the best without seizures of `VERY_LARGE` and more. `unstated` seizures of pills of
    unstated kind, `unstated_best` pills in all, are in no other figure.
    """

    country: str
    year: int | None
    events: int = 0
    with_quantity: int = 0
    low: float | None = None
    best: float | None = None
    high: float | None = None
    median: float | None = None
    large: int = 0
    without_large: float | None = None
    repeats: int = 0
    without_repeats: float | None = None
    without_repeats_high: float | None = None
    unstated: int = 0
    unstated_best: float = 0.0
    totals: tuple[OfficialTotal, ...] = ()

    @property
    def share(self) -> tuple[float, float] | None:
        """The traced share of the total, low to high; None where the two are not held together.

        As the page of official totals has it: whatever the filters, since the total knows none of them.
        """
        total = self.total
        verdict = total.held.verdict if total is not None and total.of_country else None
        return (verdict.share.low, verdict.share.high) if verdict else None

    @property
    def total(self) -> OfficialTotal | None:
        """The first of the totals that an official body gives in tablets, to show beside these."""
        given = (one for one in self.totals if one.total.unit == TABLETS and not one.total.by_outlet)
        return next(given, None)


@dataclass(frozen=True)
class Years:
    """Cells with events, pills of unstated kind or an official total; countries with most events first."""

    cells: Mapping[tuple[str, int | None], Cell]
    years: tuple[int, ...]
    countries: tuple[str, ...]

    def cell(self, country: str, year: int | None) -> Cell:
        """A cell; one without anything where nothing was collected."""
        return self.cells.get((country, year), Cell(country, year))

    @cached_property
    def events(self) -> int:
        return sum(cell.events for cell in self.cells.values())

    def row(self, country: str) -> tuple[Cell, ...]:
        """A country's years, oldest first, without that of the undated."""
        return tuple(self.cell(country, year) for year in self.years)


def everywhere(filters: Filters) -> Filters:
    """The same filters without those on where and when."""
    opened = filters.without("date_from", "date_to", "country", "admin1", "ids", "vs_from", "vs_to")
    return replace(opened, scope="all", since="all", vs="none")


def between(first: int, last: int, filters: Filters) -> Filters:
    """The same filters with the years `first` to `last` as their period."""
    return replace(filters, since="", date_from=date(first, 1, 1), date_to=date(last, 12, 31))


@per_release(32)
def together(filters: Filters, snapshot: Snapshot, years: tuple[int, ...]) -> Mapping[str, Cell]:
    """The events of successive years as one cell (without a year) for each country that has some."""
    if not years:
        return {}
    selection = apply(between(years[0], years[-1], everywhere(filters)), snapshot)
    groups, beside = (
        {str(code): rows for code, rows in frame.groupby("country")}
        for frame in (selection.events, selection.unstated_kind)
    )
    return {code: _cell(code, None, groups.get(code), beside.get(code)) for code in {*groups, *beside}}


@per_release(32)
def by_year(filters: Filters, snapshot: Snapshot) -> Years:
    """The table for `filters`; see `everywhere` for those that apply."""
    selection = apply(everywhere(filters), snapshot)
    events, unstated = _dated(selection.events), _dated(selection.unstated_kind)
    official = totals_by_year(snapshot, machine=filters.with_machine_read())
    groups, beside = (
        {(str(code), _year(year)): rows for (code, year), rows in frame.groupby(["country", "_year"])}
        for frame in (events, unstated)
    )
    last = snapshot.data_complete_to.year
    keys = {key for key in (*groups, *beside, *official) if key[0] and (key[1] or last) <= last}
    cells = {
        key: replace(_cell(*key, groups.get(key), beside.get(key)), totals=official.get(key, ()))
        for key in sorted(keys, key=str)
    }
    known = [year for _, year in keys if year]
    order = pd.Series(
        [cell.events for cell in cells.values()], index=[cell.country for cell in cells.values()]
    )
    ranked = order.groupby(level=0).sum() if len(order) else order
    countries = sorted(ranked.index, key=lambda code: (-int(ranked[code]), str(code)))
    return Years(cells, tuple(range(min(known, default=last), last + 1)), tuple(map(str, countries)))


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(_year=periods(frame, "year").dt.year.fillna(0).astype(int))


def _year(value: object) -> int | None:
    return int(str(value)) or None


def _cell(
    country: str,
    year: int | None,
    rows: pd.DataFrame | None,
    beside: pd.DataFrame | None,
) -> Cell:
    unstated = 0 if beside is None else len(beside)
    unstated_best = 0.0 if beside is None else float(beside["tablets_best"].sum())
    if rows is None:
        return Cell(country, year, unstated=unstated, unstated_best=unstated_best)
    best = rows["tablets_best"]
    known = rows[best.notna()]
    repeats = known["possible_duplicate_of"] != ""
    large = known["tablets_best"] >= VERY_LARGE
    low, total, high = tally.total(known)
    _, once, once_high = tally.total(known[~repeats])
    some = len(known) > 0
    return Cell(
        country,
        year,
        events=len(rows),
        with_quantity=len(known),
        low=low if some else None,
        best=total if some else None,
        high=high if some else None,
        median=float(known["tablets_best"].median()) if some else None,
        large=int(large.sum()),
        without_large=float(known["tablets_best"][~large].sum()) if some else None,
        repeats=int((rows["possible_duplicate_of"] != "").sum()),
        without_repeats=once if some else None,
        without_repeats_high=once_high if some else None,
        unstated=unstated,
        unstated_best=unstated_best,
    )
