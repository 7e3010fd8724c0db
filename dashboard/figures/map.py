"""The map: every event drawn no more precisely than its place is known.

exact         a solid circle, its area in proportion to the tablets
town          the same circle, translucent, in a disc of the place's true uncertainty on the ground
district      an area of its true size, no circle
border_strip  a coloured stretch of the line with a depth
governorate   a shaded area with a count, never a dot in its middle
country       not on the map: listed beside it

What a machine read and nobody has reviewed is a target, a circle with a ring of paper in it, in a trace of
its own; areas say how many of their count it is.

The traces are always the same five, in the same order and with stable ids, so that a filter change only
hands new data to the layers of the one map instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from dashboard.figures import map_many, map_placing
from dashboard.figures import map_marks as marks
from dashboard.figures import map_place as places
from dashboard.figures.map_key import map_key
from dashboard.figures.map_placing import Placing
from dashboard.figures.mapstyle import ASSETS, style
from dashboard.figures.template import template
from dashboard.figures.view import Look, View

HEIGHT = 460  # the key below it fills the rest of the card
# Initial bounds (west, south, east, north) by scope; map.js fits them to the width of the screen.
BOUNDS: Mapping[str, tuple[float, float, float, float]] = {
    "iq-sy": (35.2, 30.6, 46.4, 37.6),
    "iq": (38.4, 28.8, 48.9, 37.6),
    "sy": (35.2, 32.1, 42.6, 37.5),
    "jo": (34.6, 29.0, 39.6, 33.6),
    "gulf": (34.3, 15.8, 59.9, 32.4),
    "all": (16.0, 12.5, 60.5, 44.5),
    "border": (38.3, 32.2, 43.2, 37.5),  # no scope of the filters: the whole Iraq-Syria line
}


@dataclass(frozen=True)
class Beside:
    """Events known to their country only (or not even that): `n` of them in `country`, by id."""

    country: str
    name: str
    n: int
    event_ids: tuple[str, ...]


@dataclass(frozen=True)
class MapView(View):
    """The map and what it can't draw. `drawn` counts events on it in any form; the rest are in `beside`."""

    beside: tuple[Beside, ...] = ()
    how_drawn: Mapping[str, int] | None = None


def map_figure(
    events: pd.DataFrame,
    look: Look,
    *,
    scope: str = "iq-sy",
    areas: Mapping[str, Mapping[str, Any]] | None = None,
    tiles: bool = False,
    assets: str = ASSETS,
    height: int = HEIGHT,
    placing: Callable[[], Placing] | None = None,
) -> MapView:
    """The map of `events` (rows of the seizures table; what is to be shown, pills of unstated kind included).

    `areas` gives the GeoJSON geometry of events placed in a district or on a strip, by event id. Each mark's
    `customdata` is the ids of its events joined by `|`. `layout.meta.bounds` is the view of the scope.
    `placing` gives what is known already of the table that `events` are rows of, by its index; it is asked
    where they are many.
    """
    if len(events) > map_many.MOST:
        west, _, east, _ = BOUNDS.get(scope, BOUNDS["all"])
        if placing:
            known = placing()
        else:
            events = events.reset_index(drop=True)
            known = map_placing.placing(events, areas or {})
        gathered = map_many.gather(events, known, east - west)
        return _of_many(
            gathered,
            len(events),
            look,
            _drawing((), look, scope=scope, tiles=tiles, assets=assets, height=height),
        )
    placed = places.place(events, areas or {})
    counts = places.counts(placed)
    drawn = len(events) - counts[places.BESIDE]
    beside = _beside(placed, look)
    drawing = _drawing(placed, look, scope=scope, tiles=tiles, assets=assets, height=height)
    return MapView(
        drawing=drawing,
        summary=_summary(counts, drawn, len(events), look),
        tabled=partial(places.table, placed, look),
        drawn=drawn,
        total=len(events),
        notes=_notes(placed, look),
        recorded=partial(places.record, placed),
        beside=beside,
        how_drawn=counts,
    )


def view_of(scope: str) -> tuple[dict[str, float], float]:
    """Centre and zoom that show a scope in 800 by 460 px, for where map.js does not run."""
    west, south, east, north = BOUNDS.get(scope, BOUNDS["all"])
    zoom = 4.0
    while zoom < 8 and (east - west) * 512 * 2 ** (zoom + 0.1) / 360 < 800:
        zoom += 0.1
    return {"lon": (west + east) / 2, "lat": (south + north) / 2}, round(zoom, 1)


def _drawing(
    placed: tuple[places.Placed, ...], look: Look, *, scope: str, tiles: bool, assets: str, height: int
) -> dict[str, Any]:
    centre, zoom = view_of(scope)
    layout = {
        "template": template(look.palette),
        "height": height,
        "map": {
            "style": style(look, tiles, assets),
            "center": centre,
            "zoom": zoom,
            "uirevision": f"{scope}",
        },
        "uirevision": scope,
        "meta": {
            "bounds": BOUNDS.get(scope, BOUNDS["all"]),
            "scope": scope,
            "words": _words(look),
            "key": map_key(placed, look),
        },
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "clickmode": "event+select",
        "dragmode": "pan",
    }
    traces = [
        marks.governorates(placed, look, assets),
        marks.areas(placed, look),
        marks.words(placed, look),
        marks.circles(placed, look),
        marks.circles(placed, look, machine_read=True),
    ]
    return {"data": _empty_first(traces), "layout": layout}


def _empty_first(traces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a trace lies is told by its `below`, not by its turn. Plotly forgets that of an empty trace,
    gives it that of the one before, and then takes both from the map and adds them again at each change.
    """
    return sorted(traces, key=lambda trace: bool(trace.get("lon") or trace.get("locations")))


def _of_many(many: map_many.Many, total: int, look: Look, drawing: dict[str, Any]) -> MapView:
    """The map of more events than can be told apart: by cells (`dashboard.figures.map_many`)."""
    drawing["data"] = _empty_first(map_many.traces(many, look, ASSETS))
    drawing["layout"]["meta"]["key"] = map_many.key(many, look)
    beside = (Beside(code, look.country(code), len(ids), ids) for code, ids in many.countries.items())
    drawn = total - many.counts[places.BESIDE]
    return MapView(
        drawing=drawing,
        summary=_summary(many.counts, drawn, total, look),
        tabled=partial(map_many.table, many, look),
        drawn=drawn,
        total=total,
        notes=(look.t("many.note"),),
        recorded=partial(map_many.record, many, look),
        beside=tuple(sorted(beside, key=lambda entry: (-entry.n, entry.name))),
        how_drawn=many.counts,
    )


def _words(look: Look) -> dict[str, str]:
    """What map.js says: the map's own name and those of its buttons."""
    return {key: look.t(f"map.{key}") for key in ("label", "zoom_in", "zoom_out", "whole", "key", "credit")}


def _beside(placed: tuple[places.Placed, ...], look: Look) -> tuple[Beside, ...]:
    rest: dict[str, list[str]] = {}
    for event in placed:
        if event.form == places.BESIDE:
            rest.setdefault(event.row.country, []).append(event.row.event_id)
    found = [Beside(code, look.country(code), len(ids), tuple(sorted(ids))) for code, ids in rest.items()]
    return tuple(sorted(found, key=lambda entry: (-entry.n, entry.name)))


def _summary(counts: Mapping[str, int], drawn: int, total: int, look: Look) -> str:
    if not total:
        return look.t("map.empty")
    parts = [look.t(f"map.form.{form}", n=counts[form]) for form in places.FORMS if counts[form]]
    return look.t("map.summary", drawn=drawn, total=total, parts=look.t("list_join").join(parts))


def _notes(placed: tuple[places.Placed, ...], look: Look) -> tuple[str, ...]:
    several = sum(len(event.codes) > 1 for event in placed)
    return (look.t("map.several_governorates", n=several),) if several else ()
