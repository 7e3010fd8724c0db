"""Which figure draws which card of the page of trends, for one state of the filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from dashboard import i18n
from dashboard.collection.marks import marks
from dashboard.components.sentence import totals_allowed
from dashboard.figures.collected import Collected
from dashboard.figures.trend_compare import Column, compare_figure
from dashboard.figures.trend_coverage import coverage_figure
from dashboard.figures.trend_events import events_figure
from dashboard.figures.trend_lines import lines_figure
from dashboard.figures.trend_median import median_figure
from dashboard.figures.trend_method import method_figure
from dashboard.figures.trend_sizes import sizes_figure
from dashboard.figures.trends import READ, Series, series
from dashboard.figures.view import Look, View
from dashboard.filters import Filters, Span
from dashboard.release import Snapshot, per_release
from dashboard.selection import Selection, apply, spoken
from dashboard.stats import MIN_EVENTS
from dashboard.trends import bootstrap, coverage, official, outages, verdict
from dashboard.trends.periods import Compared, compared
from dashboard.trends.sentence import span_name
from dashboard.trends.sides import Side

FLOW = ("IQ", "JO", "SY")
"""The small multiples of the means of transport (analyst requirements 2.3)."""
_REASONS = {
    verdict.TOO_FEW: "few",
    verdict.SOURCES_CHANGED: "sources",
    verdict.OUTAGE: "outage",
    verdict.NO_COMPARISON: "alone",
}


def grain(found: Compared) -> str:
    """Month, quarter or year, for the time axis of both periods."""
    shown = found.shown
    dated = shown.drawn["date_start"].dropna()
    first = shown.span.start or (dated.min().date() if len(dated) else shown.span.end)
    last = Collected((), shown.awaiting).last(shown.span.end) or shown.span.end
    return found.filters.grain_for(first, last)


@per_release(64)
def _series(found: Compared, snapshot: Snapshot, lang: str) -> Series:
    return _placed(found, found.shown, snapshot, lang, grain(found))


def _placed(found: Compared, selection: Selection, snapshot: Snapshot, lang: str, grain: str) -> Series:
    named = spoken(selection.filters, snapshot, lang)
    later = found.spans[1] if found.spans else None
    return series(
        named.lean("events", READ),
        named.lean("unstated_kind", READ),
        grain=grain,
        start=selection.span.start,
        complete_to=selection.span.end,
        undated_events=selection.count("undated"),
        found=Collected(marks(snapshot), selection.awaiting),
        tinted=(later.start, later.end) if later and later.start else None,
        silent=outages.watch(snapshot).outages,
    )


def _events(found: Compared, snapshot: Snapshot, look: Look) -> View:
    return events_figure(_series(found, snapshot, look.lang), look)


def _tablets(found: Compared, snapshot: Snapshot, look: Look) -> View:
    return lines_figure(
        _series(found, snapshot, look.lang),
        look,
        scale=found.filters.scale,
        traced=official.traced(found.filters, snapshot),
        withheld=not totals_allowed(found.filters, found.shown.span),
    )


def _median(found: Compared, snapshot: Snapshot, look: Look) -> View:
    shown = found.shown
    placed = _series(found, snapshot, look.lang)
    return median_figure(shown.lean("events"), shown.lean("unstated_kind"), placed, look)


def _sizes(found: Compared, snapshot: Snapshot, look: Look) -> View:
    return sizes_figure(_series(found, snapshot, look.lang), look)


def _coverage(found: Compared, snapshot: Snapshot, look: Look) -> View:
    reports = coverage.reports(found.filters, snapshot)
    span = found.shown.span
    first = pd.Timestamp(span.start) if span.start else pd.Timestamp.min
    last = pd.Timestamp(span.end)
    inside = reports[(reports["date_end"] >= first) & (reports["date_start"] <= last)]
    placed = _series(found, snapshot, look.lang)
    return coverage_figure(inside, outages.watch(snapshot), placed, look)


def _method(found: Compared, snapshot: Snapshot, look: Look) -> View:
    """Iraq, Jordan and Syria, also where only one of them is chosen; else the view's own countries."""
    asked = found.filters.countries()
    selection = found.shown
    fixed = not asked or set(asked) <= set(FLOW)
    if fixed:
        selection = apply(replace(selection.filters, scope="all", country=FLOW), snapshot)
    most = selection.drawn["country"].value_counts()
    ranked = sorted((code for code in most.index if code), key=lambda code: (-int(most[code]), str(code)))
    countries = FLOW if fixed else tuple(ranked[: len(FLOW)])
    placed = _placed(found, selection, snapshot, look.lang, "quarter")
    view = method_figure(placed, look, countries=countries)
    if not fixed or not view.notes or set(asked) == set(FLOW):
        return view
    return replace(view, notes=(*view.notes, i18n.t("trends.key.method_scope", lang=look.lang)))


def _compare(found: Compared, snapshot: Snapshot, look: Look) -> View:
    told = verdict.verdict(found, snapshot)
    reports = coverage.reports(found.filters, snapshot)
    spans = found.spans or (found.now.span,)
    sides = (told.before, told.now) if found.spans else (told.now,)
    columns = tuple(
        _column(one, span, reports, look, withheld=bool(told.withheld))
        for one, span in zip(sides, spans, strict=True)
    )
    sizes = [one.sizes for one in sides]
    medians = None
    if not told.withheld and min(len(one) for one in sizes) >= MIN_EVENTS:
        medians = bootstrap.median_ratio(sizes[1], sizes[0])
    return compare_figure(
        columns,
        look,
        ratio=told.ratio,
        median_ratio=medians,
        withheld=_REASONS.get(told.withheld, ""),
        sums=totals_allowed(found.filters, found.shown.span),
    )


def _column(one: Side, span: Span, reports: pd.DataFrame, look: Look, *, withheld: bool) -> Column:
    outlets, languages = coverage.active(reports, span)
    return Column(
        name=span_name(span, look.lang),
        span=span,
        side=one,
        outlets=outlets,
        languages=languages,
        count=None if withheld else bootstrap.count(one.events),
        median=None if withheld or one.with_quantity < MIN_EVENTS else bootstrap.median(one.sizes),
    )


CHARTS: Mapping[str, Callable[[Compared, Snapshot, Look], View]] = MappingProxyType(
    {
        "trend_compare": _compare,
        "trend_events": _events,
        "trend_tablets": _tablets,
        "trend_median": _median,
        "trend_sizes": _sizes,
        "trend_coverage": _coverage,
        "trend_method": _method,
    }
)


def chart(name: str, filters: Filters, snapshot: Snapshot, look: Look) -> View:
    """The figure of a card of this page. Raises KeyError for a card that has none."""
    return CHARTS[name](compared(filters, snapshot), snapshot, look)
