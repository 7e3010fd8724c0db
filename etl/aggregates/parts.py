"""Which events are the parts of a joint announcement, and what it leaves over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from etl.records import Aggregate, Bundle, Event, Report, Span

MADE_OF_EVENTS = frozenset({"bundle", "sum_of_listed"})
FITS = 0.02
"""Parts make up a sum when they come this close to it."""
NEGLIGIBLE = 0.05
"""What is left over below this share of the sum is rounding, not a seizure."""
SLACK = timedelta(days=3)
"""An announcement trails its seizures by up to this much."""
LONG_BUNDLE = timedelta(days=45)
"""Within a longer span the same country and date say nothing."""
BEFORE_DESTRUCTION = timedelta(days=31)
MOST_CANDIDATES = 8
"""More candidates than this are not tried in all combinations."""


@dataclass(frozen=True)
class PageIndex:
    """Events by the pages that tell of them and by country."""

    by_url: dict[str, list[Event]]
    by_country: dict[str, list[Event]]

    @classmethod
    def of(cls, events: Iterable[Event]) -> PageIndex:
        by_url: dict[str, list[Event]] = {}
        by_country: dict[str, list[Event]] = {}
        for event in events:
            for url in {r.claim.url for r in event.reports}:
                by_url.setdefault(url, []).append(event)
            by_country.setdefault(str(event.values["country"].value or ""), []).append(event)
        return cls(by_url, by_country)

    def on_pages(self, reports: Sequence[Report]) -> list[Event]:
        """Events that the same pages tell of, by key."""
        found = {event.key: event for r in reports for event in self.by_url.get(r.claim.url, [])}
        return [found[key] for key in sorted(found)]

    def destroyed(self, report: Report) -> list[Event]:
        """Seizures whose drugs a destruction concerns: figure and country agree, and page or date do."""
        figure = report.tablets.best if report.tablets.best is not None else report.kg.best
        unit = "tablets" if report.tablets.best is not None else "kg"
        day = report.claim.when.end
        if figure is None:
            return []
        same_page = {event.key for event in self.on_pages([report])}
        found = []
        for event in self.by_country.get(report.claim.country, []):
            start = _day(event, "date_start")
            before = bool(day and start and timedelta(0) <= day - start <= BEFORE_DESTRUCTION)
            size = _size(event, unit)
            if size and abs(size - figure) <= FITS * figure and (event.key in same_page or before):
                found.append(event)
        return found


def find_parts(total: Aggregate, pages: PageIndex) -> list[Event]:
    """Events that the total is made of; [] for totals over a period, which are compared, not taken apart."""
    if total.values["kind"] not in MADE_OF_EVENTS:
        return []
    start, end = _span(total)
    told = [
        e for e in pages.on_pages(total.reports) if _can_be_part(e, total) and _within(e, start, end, total)
    ]
    near: list[Event] = []
    if start and end and end - start <= LONG_BUNDLE:
        near = [
            event
            for event in pages.by_country.get(str(total.values["country"]), [])
            if event not in told and _can_be_part(event, total) and _dated_within(event, start, end)
        ]
    return _fitting(told, near, total)


def remainder(total: Aggregate, parts: Sequence[Event]) -> Bundle | None:
    """What a bundle announces beyond its parts; None where nothing is left, or nobody can say what."""
    best, unit = total.values["best"], str(total.values["unit"])
    if total.values["kind"] != "bundle" or not isinstance(best, (int, float)) or best <= 0:
        return None
    announced = total.values["n_incidents"]
    sizes = [_size(event, unit) for event in parts]
    left = best - sum(size or 0.0 for size in sizes)
    all_told = isinstance(announced, int) and len(parts) >= announced
    if left <= NEGLIGIBLE * best or all_told or None in sizes:
        return None
    open_top = total.values["qualifier"] == "over"
    span = Span(low=left, best=left, high=None if open_top else left, basis="stated")
    return Bundle(
        reports=total.reports,
        tablets=span if unit == "tablets" else Span(),
        kg=span if unit == "kg" else Span(),
        n_incidents=announced - len(parts) if isinstance(announced, int) else None,
    )


def _fitting(told: list[Event], near: list[Event], total: Aggregate) -> list[Event]:
    """The told events, or the choice of told and near ones that adds up to the sum."""
    best, unit = total.values["best"], str(total.values["unit"])
    if not isinstance(best, (int, float)) or best <= 0:
        return told
    sized = [e for e in told if _size(e, unit) is not None]
    if exact := _adding_up(sized, [], best, unit):
        return exact
    if sum(_size(e, unit) or 0.0 for e in sized) > best * (1 + FITS):
        return [e for e in sized if len(sized) == 1]
    return _adding_up([e for e in near if _size(e, unit)], told, best, unit) or told


def _adding_up(choice: list[Event], fixed: list[Event], best: float, unit: str) -> list[Event]:
    """`fixed` with those of `choice` that make the sum: all of them, or else the largest combination; [] if none."""
    base = sum(_size(event, unit) or 0.0 for event in fixed)
    if len(choice) > MOST_CANDIDATES:
        return []
    for size in range(len(choice), 0, -1):
        for picked in combinations(choice, size):
            if abs(base + sum(_size(event, unit) or 0.0 for event in picked) - best) <= FITS * best:
                return [*fixed, *picked]
    return []


def _can_be_part(event: Event, total: Aggregate) -> bool:
    country = str(total.values["country"])
    there = str(event.values["country"].value or "")
    if country and there and country != there:
        return False
    best = total.values["best"]
    size = _size(event, str(total.values["unit"]))
    return size is None or not isinstance(best, (int, float)) or size <= best * (1 + FITS)


def _span(total: Aggregate) -> tuple[date | None, date | None]:
    """The days of a bundle: its period, else the day it was announced."""
    start, end = total.values["period_start"], total.values["period_end"]
    if isinstance(end, date):
        return (start if isinstance(start, date) else end), end
    when = total.reports[0].claim.when
    return when.start, when.end


def _within(event: Event, start: date | None, end: date | None, total: Aggregate) -> bool:
    """Whether an event told on the same page can belong: by its date, or as news of that page where undated."""
    if _day(event, "date_start") is None or start is None:
        urls = {r.claim.url for r in total.reports}
        return any(r.claim.role == "primary" and r.claim.url in urls for r in event.reports)
    return _dated_within(event, start, end or start)


def _dated_within(event: Event, start: date, end: date) -> bool:
    first, last = _day(event, "date_start"), _day(event, "date_end")
    return first is not None and last is not None and first <= end + SLACK and last >= start - SLACK


def _day(event: Event, column: str) -> date | None:
    choice = event.values.get(column)
    return choice.value if choice and isinstance(choice.value, date) else None


def _size(event: Event, unit: str) -> float | None:
    choice = event.values.get(f"{unit}_best")
    return float(choice.value) if choice and isinstance(choice.value, (int, float)) else None
