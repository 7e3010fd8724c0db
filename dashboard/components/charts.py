"""Which figure function draws which card of the overview, for one state of the filters."""

from __future__ import annotations

import flask

from dashboard.figures.map import MapView, map_figure
from dashboard.figures.view import Look, View
from dashboard.i18n import DEFAULT
from dashboard.labels import labeller
from dashboard.release import Snapshot
from dashboard.selection import Selection
from dashboard.theme import palette


def theme_of_request() -> str:
    """Light or dark, by the cookie that assets/theme.js keeps."""
    name = flask.request.cookies.get("theme", "") if flask.has_request_context() else ""
    return "dark" if name == "dark" else "light"


def look(snapshot: Snapshot, theme: str, lang: str = DEFAULT) -> Look:
    """For whom the figures of a page are drawn."""
    return Look(palette=palette(theme), lang=lang, label=labeller(snapshot, lang))


def the_map(selection: Selection, snapshot: Snapshot, seen: Look, *, tiles: bool = False) -> MapView:
    """The map of the events and, beside them, the pills of unstated kind."""
    return map_figure(
        selection.drawn, seen, scope=selection.filters.scope, areas=snapshot.areas, tiles=tiles, assets="/assets/geo"
    )


def chart(name: str, selection: Selection, snapshot: Snapshot, seen: Look) -> View:
    """The figure of a card other than the map."""
    raise KeyError(name)
