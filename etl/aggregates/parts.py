"""Which events are the parts of a joint announcement, and what it leaves over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from etl.aggregates.doubt import SLACK, is_certain
from etl.aggregates.event_values import day, size
from etl.records import Aggregate, Bundle, Event, Report, Span

MADE_OF_EVENTS = frozenset({"bundle", "sum_of_listed"})
FITS = 0.02
"""Parts make up a sum when they come this close to it."""
LOOSE = 0.10
"""The same for sums told as "about" or "more than"."""
NEGLIGIBLE = 0.05
"""What is left over below this share of the sum is rounding, not a seizure."""
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

    def near(self, total: Aggregate) -> list[Event]:
        """Events of the same country, and those that the same pages tell of."""
        told = self.on_pages(total.reports)
        return told + [e for e in self.by_country.get(str(total.values["country"]), []) if e not in told]

    def destroyed(self, report: Report) -> list[Event]:
        """Seizures whose drugs a destruction concerns: figure and country agree, and page or date do."""
        figure = report.tablets.best if report.tablets.best is not None else report.kg.best
        unit = "tablets" if report.tablets.best is not None else "kg"
        told_on = report.claim.when.end
        if figure is None:
            return []
        same_page = {event.key for event in self.on_pages([report])}
        found = []
        for event in self.by_country.get(report.claim.country, []):
            start = day(event, "date_start")
            before = bool(told_on and start and timedelta(0) <= told_on - start <= BEFORE_DESTRUCTION)
            amount = size(event, unit)
            if amount and abs(amount - figure) <= FITS * figure and (event.key in same_page or before):
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
    if start and end:
        near = [
            event
            for event in pages.by_country.get(str(total.values["country"]), [])
            if event not in told and _can_be_part(event, total) and _dated_within(event, start, end)
        ]
        # Over a long span only the one missing event that closes the sum is no chance find.
        near = near if end - start <= LONG_BUNDLE or total.values["n_incidents"] == len(told) + 1 else []
    return _fitting(told, near, total)


def remainder(
    total: Aggregate, parts: Sequence[Event], others: Sequence[Aggregate] = (), pages: PageIndex | None = None
) -> Bundle | None:
    """What a bundle announces beyond its parts; None where nothing is left, or nobody can say what.

    `others` are smaller bundles already taken apart: what they leave over may lie inside this one. What may
    be told as events on other `pages` is left over with `certain` False.
    """
    best, unit = total.values["best"], str(total.values["unit"])
    if total.values["kind"] != "bundle" or not isinstance(best, (int, float)) or best <= 0:
        return None
    announced = total.values["n_incidents"]
    sizes = [size(event, unit) for event in parts]
    left = best - sum(amount or 0.0 for amount in sizes)
    inner = [other.remainder for other in others if other.remainder and _inside(other, total, left, unit)]
    left -= sum(_left(rest, unit) for rest in inner)
    told = len(parts) + sum(rest.n_incidents or 1 for rest in inner)
    all_told = (isinstance(announced, int) and told >= announced) or _weights_add_up(total, parts)
    if left <= NEGLIGIBLE * best or all_told or None in sizes:
        return None
    open_top = total.values["qualifier"] == "over"
    span = Span(low=left, best=left, high=None if open_top else left, basis="stated")
    open_places = announced - told if isinstance(announced, int) else None
    start, end = total.values["period_start"], total.values["period_end"]
    return Bundle(
        reports=total.reports,
        tablets=span if unit == "tablets" else Span(),
        kg=span if unit == "kg" else Span(),
        n_incidents=open_places,
        start=start if isinstance(start, date) else None,
        end=end if isinstance(end, date) else None,
        certain=is_certain(
            total, [e for e in (pages or PageIndex.of(())).near(total) if e not in parts], left, open_places
        ),
    )


def _weights_add_up(total: Aggregate, parts: Sequence[Event]) -> bool:
    """Whether the weights that the parts state make up the weight stated with the sum.

    Then all of it is told, whatever the counts computed from those weights come to.
    """
    announced = total.values["weight_kg"]
    weights = [size(e, "kg") for e in parts if e.values["kg_basis"].value == "stated"]
    if not isinstance(announced, (int, float)) or len(weights) < max(len(parts), 2):
        return False
    return abs(sum(w or 0.0 for w in weights) - announced) <= FITS * announced


def _left(rest: Bundle, unit: str) -> float:
    return (rest.tablets if unit == "tablets" else rest.kg).best or 0.0


def _inside(other: Aggregate, total: Aggregate, left: float, unit: str) -> bool:
    """Whether what another bundle leaves over lies in this one.

    One page tells both; or country and days agree and it is just what is missing here.
    """
    if other.remainder is None or other.values["country"] != total.values["country"]:
        return False
    amount = _left(other.remainder, unit)
    if not 0 < amount <= left * (1 + FITS):
        return False
    if {r.claim.url for r in other.reports} & {r.claim.url for r in total.reports}:
        return True
    (first, last), (start, end) = _span(other), _span(total)
    if first is None or last is None or start is None or end is None:
        return False
    near = end - start <= LONG_BUNDLE and first >= start - SLACK and last <= end + SLACK
    return near and amount >= left * (1 - FITS)


def _fitting(told: list[Event], near: list[Event], total: Aggregate) -> list[Event]:
    """The told events, or the choice of told and near ones that adds up to the sum."""
    best, unit = total.values["best"], str(total.values["unit"])
    if not isinstance(best, (int, float)) or best <= 0:
        return told
    sized = [e for e in told if size(e, unit) is not None]
    if exact := _adding_up(sized, [], total):
        return exact
    if len(sized) == total.values["n_incidents"]:
        return sized
    if sum(size(e, unit) or 0.0 for e in sized) > best * (1 + _slack(total)):
        return []
    return _adding_up([e for e in near if size(e, unit)], told, total) or told


def _adding_up(choice: list[Event], fixed: list[Event], total: Aggregate) -> list[Event]:
    """`fixed` and the combination of `choice` that comes closest to the sum; [] where none makes it up."""
    unit, best = str(total.values["unit"]), float(str(total.values["best"]))
    low, high = float(str(total.values["low"])), float(str(total.values["high"] or best))
    base = sum(size(event, unit) or 0.0 for event in fixed)
    announced = total.values["n_incidents"]
    open_places = announced - len(fixed) if isinstance(announced, int) else len(choice)
    most = len(choice) if len(choice) <= MOST_CANDIDATES else 1
    found: list[tuple[float, int, list[Event]]] = []
    for n in range(1, min(most, max(open_places, len(choice) if not fixed else 0)) + 1):
        for picked in combinations(choice, n):
            made = base + sum(size(event, unit) or 0.0 for event in picked)
            if low * (1 - FITS) <= made <= max(high, best) * (1 + _slack(total)):
                found.append((abs(made - best), -n, list(picked)))
    if not found:
        return []
    closest = min(found, key=lambda entry: (entry[0], entry[1], [event.key for event in entry[2]]))
    return [*fixed, *closest[2]]


def _slack(total: Aggregate) -> float:
    """How far above the announced sum its parts may come: "about" and "more than" are rounded down
    generously.
    """
    return LOOSE if total.values["qualifier"] in {"about", "over"} else FITS


def _can_be_part(event: Event, total: Aggregate) -> bool:
    country = str(total.values["country"])
    there = str(event.values["country"].value or "")
    if country and there and country != there:
        return False
    best = total.values["best"]
    amount = size(event, str(total.values["unit"]))
    return amount is None or not isinstance(best, (int, float)) or amount <= best * (1 + FITS)


def _span(total: Aggregate) -> tuple[date | None, date | None]:
    """The days of a bundle: its period, else the day it was announced."""
    start, end = total.values["period_start"], total.values["period_end"]
    if isinstance(end, date):
        return (start if isinstance(start, date) else end), end
    when = total.reports[0].claim.when
    return when.start, when.end


def _within(event: Event, start: date | None, end: date | None, total: Aggregate) -> bool:
    """Whether an event told on the same page can belong: by its date; undated, as news of that page."""
    if day(event, "date_start") is None or start is None:
        urls = {r.claim.url for r in total.reports}
        return any(r.claim.role == "primary" and r.claim.url in urls for r in event.reports)
    return _dated_within(event, start, end or start)


def _dated_within(event: Event, start: date, end: date) -> bool:
    first, last = day(event, "date_start"), day(event, "date_end")
    return first is not None and last is not None and first <= end + SLACK and last >= start - SLACK
