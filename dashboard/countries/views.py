"""The figures of the pages of countries and of sites for one state of the filters: to draw, or as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.components import charts
from dashboard.countries import seized
from dashboard.countries.bodies import authorities, bodies
from dashboard.export.charts import Maker
from dashboard.figures import multiples_mix
from dashboard.figures.flow import flow_figure
from dashboard.figures.how_where import bars_figure
from dashboard.figures.multiples import BY, multiples_figure
from dashboard.figures.view import Look, View
from dashboard.filters import Filters
from dashboard.release import Snapshot
from dashboard.routes.ends import journeys
from dashboard.selection import Selection, spoken

FIRST = ("IQ", "SY", "JO")
METHODS = ("transport", "concealment_group", "site_type")
"""What the page of one country has bars of."""
Drawn = Callable[[Selection, Snapshot, Look, Mapping[str, str]], View]


def multiples(selection: Selection, look: Look, by: str) -> View:
    """Small multiples by country or sector; any other word means countries."""
    return multiples_figure(
        selection.events,
        selection.unstated_kind,
        look,
        by=by if by in BY else "country",
        start=selection.span.start,
        end=selection.span.end,
        order=FIRST,
    )


def mix(selection: Selection, look: Look, column: str) -> View:
    """How the shares of means of transport or of concealment change."""
    start, end = selection.span.start, selection.span.end
    return multiples_mix.mix_figure(selection.events, look, column=column, start=start, end=end)


def methods(selection: Selection, look: Look, column: str) -> View:
    """Bars of one country's seizures by a column."""
    return bars_figure(selection.events, selection.unstated_kind, look, column=column)


def _multiples(selection: Selection, snapshot: Snapshot, look: Look, query: Mapping[str, str]) -> View:
    del snapshot
    return multiples(selection, look, query.get("by", ""))


def _mix(column: str) -> Drawn:
    return lambda selection, _snapshot, look, _query: mix(selection, look, column)


def _methods(column: str) -> Drawn:
    return lambda selection, _snapshot, look, _query: methods(selection, look, column)


def _authority(selection: Selection, snapshot: Snapshot, look: Look, query: Mapping[str, str]) -> View:
    del snapshot, query
    found = authorities(selection.events, selection.unstated_kind, selection.comparison)
    return seized.authority_view(found, selection, look)


def _bodies(selection: Selection, snapshot: Snapshot, look: Look, query: Mapping[str, str]) -> View:
    del query
    named = bodies(selection.events, snapshot, before=selection.comparison)
    return seized.bodies_view(named, selection, snapshot, look)


def _flow(selection: Selection, snapshot: Snapshot, look: Look, query: Mapping[str, str]) -> View:
    del snapshot, query
    return flow_figure(journeys(selection.drawn), look)


def _maker(drawn: Drawn) -> Maker:
    def make(filters: Filters, snapshot: Snapshot, lang: str, query: Mapping[str, str]) -> View:
        look = charts.look(snapshot, "light", lang)
        return drawn(spoken(filters, snapshot, lang), snapshot, look, query)

    return make


OFFERED: Mapping[str, Maker] = MappingProxyType(
    {
        name: _maker(drawn)
        for name, drawn in {
            "multiples": _multiples,
            "mix_transport": _mix("transport"),
            "mix_concealment": _mix("concealment_group"),
            "authority": _authority,
            "bodies": _bodies,
            "flow": _flow,
            **{f"country_{column}": _methods(column) for column in METHODS},
        }.items()
    }
)
"""The data behind each card, for `dashboard.export.charts.offer`."""
