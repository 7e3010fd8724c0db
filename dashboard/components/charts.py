"""Which figure function draws which card of the overview, for one state of the filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import flask

from dashboard.collection.marks import across, marks
from dashboard.figures import border, map_many, trends
from dashboard.figures.border import border_figure
from dashboard.figures.collected import Collected
from dashboard.figures.how_where import bars_figure
from dashboard.figures.map import MapView, map_figure
from dashboard.figures.map_placing import Placing, placing
from dashboard.figures.trend_events import events_figure
from dashboard.figures.trend_tablets import tablets_figure
from dashboard.figures.trends import Series, series
from dashboard.figures.view import Look, View
from dashboard.filters import Filters
from dashboard.i18n import DEFAULT
from dashboard.labels import labeller
from dashboard.release import Snapshot, per_release
from dashboard.selection import Selection, spoken
from dashboard.theme import palette
from dashboard.trends import charts as trend_charts

BRUSHED = ("events", "tablets")


def theme_of_request() -> str:
    """Light or dark, by the cookie that assets/theme.js keeps."""
    name = flask.request.cookies.get("theme", "") if flask.has_request_context() else ""
    return "dark" if name == "dark" else "light"


def can_brush() -> bool:
    """Whether the reader has a pointer that drags without scrolling, by the cookie of assets/theme.js."""
    return flask.has_request_context() and flask.request.cookies.get("pointer") == "fine"


def look(snapshot: Snapshot, theme: str, lang: str = DEFAULT) -> Look:
    """For whom the figures of a page are drawn."""
    return Look(palette=palette(theme), lang=lang, label=labeller(snapshot, lang))


@per_release(16)
def the_map(
    filters: Filters, snapshot: Snapshot, theme: str, *, tiles: bool = False, lang: str = DEFAULT
) -> MapView:
    """The map of the events and, beside them, the pills of unstated kind. Kept for its table and export."""
    selection = spoken(filters, snapshot, lang)
    seen = look(snapshot, theme, lang)
    many = selection.count("events") + selection.count("unstated_kind") > map_many.MOST
    return map_figure(
        selection.lean("drawn", map_many.READ if many else ()),
        seen,
        scope=filters.scope,
        areas=snapshot.areas,
        tiles=tiles,
        placing=lambda: _placing(snapshot),
    )


@per_release(1)
def _placing(snapshot: Snapshot) -> Placing:
    return placing(snapshot.seizures, snapshot.areas)


@per_release(128)
def chart(
    name: str, filters: Filters, snapshot: Snapshot, theme: str, *, brush: bool = False, lang: str = DEFAULT
) -> View:
    """The figure of a card other than the map. Raises KeyError for a card that has none.

    `brush`: dragging along a time axis chooses a period.
    """
    if name in trend_charts.CHARTS:
        return trend_charts.chart(name, filters, snapshot, look(snapshot, theme, lang))
    selection = spoken(filters, snapshot, lang)
    view = _CHARTS[name](
        selection, Collected(marks(snapshot), selection.awaiting), look(snapshot, theme, lang)
    )
    if brush and name in BRUSHED:
        layout = {**view.drawing["layout"], "dragmode": "select", "selectdirection": "h"}
        return replace(view, drawing={**view.drawing, "layout": layout})
    return view


def grain(selection: Selection) -> str:
    """Month, quarter or year, for the time charts of a selection."""
    span = selection.span
    first = span.start
    if first is None:
        dated = selection.lean("drawn", ("date_start",))["date_start"].dropna()
        first = dated.min().date() if len(dated) else span.end
    last = Collected((), selection.awaiting).last(span.end) or span.end
    return selection.filters.grain_for(first, last)


def _series(selection: Selection, found: Collected) -> Series:
    return _kept_series(selection, found, selection.snapshot)


@per_release(16)
def _kept_series(selection: Selection, found: Collected, snapshot: Snapshot) -> Series:
    del snapshot  # whose memory keeps it
    return series(
        selection.lean("events", trends.READ),
        selection.lean("unstated_kind", trends.READ),
        grain=grain(selection),
        start=selection.span.start,
        complete_to=selection.span.end,
        undated_events=selection.count("undated"),
        found=found,
    )


def _events(selection: Selection, found: Collected, seen: Look) -> View:
    return events_figure(_series(selection, found), seen)


def _tablets(selection: Selection, found: Collected, seen: Look) -> View:
    return tablets_figure(_series(selection, found), seen, scale=selection.filters.scale)


def _border(selection: Selection, found: Collected, seen: Look) -> View:
    span = selection.span
    return border_figure(
        selection.lean("drawn", border.READ), seen, start=span.start, end=span.end, found=found
    )


def _bars(column: str) -> Callable[[Selection, Collected, Look], View]:
    def draw(selection: Selection, found: Collected, seen: Look) -> View:
        return bars_figure(
            selection.lean("events", (column,)),
            selection.lean("unstated_kind", (column,)),
            seen,
            column=column,
            before=None if selection.comparison_span is None else selection.lean("comparison", (column,)),
            broken=bool(across(found.marks, selection.span, selection.comparison_span)),
        )

    return draw


_CHARTS: Mapping[str, Callable[[Selection, Collected, Look], View]] = MappingProxyType(
    {
        "events": _events,
        "tablets": _tablets,
        "border": _border,
        "how": _bars("transport"),
        "site": _bars("site_type"),
    }
)
NAMES = (*_CHARTS, *trend_charts.CHARTS)
