"""The marks of the map: the traces that draw the placed events."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import i18n
from dashboard.figures import amounts, shapes, when
from dashboard.figures.map_place import (
    DISTRICT,
    DOTS,
    EXACT,
    STRIP,
    UNSTATED_KIND,
    Placed,
    by_governorate,
    governorate_points,
    grouped,
)
from dashboard.figures.mapstyle import FONT, FONT_ARABIC, below
from dashboard.figures.template import rgba
from dashboard.figures.view import Look

PIXELS_AT_A_MILLION = 11.0  # diameter of the circle for 1,000,000 tablets; area in proportion
SMALLEST = 6.0  # px; below about 300,000 tablets circles no longer shrink
CLUSTER_ABOVE = 120  # circles: more than this and those that crowd are gathered until the reader zooms in
RING = 8.0  # px; a hollow ring: no quantity stated
_RIM = 2.5  # px of paper round a solid circle
TARGET = 11.0  # px; at least so wide is the mark of what a machine read: a circle with a ring of paper in it
_LINES_IN_HOVER = 6
FULL_SHADE = 12  # events at which a governorate's shading is strongest
_NO_GEOMETRY = {"type": "FeatureCollection", "features": []}


def colour(key: str, look: Look) -> str:
    """A country's colour; grey for pills of unstated kind."""
    return look.palette.unstated if key == UNSTATED_KIND else look.palette.country(key)


def diameter(tablets: float) -> float:
    """Diameter in px of the circle for a number of tablets: area in proportion above `SMALLEST`."""
    return round(max(SMALLEST, PIXELS_AT_A_MILLION * math.sqrt(tablets / 1e6)), 1)


def governorates(placed: Sequence[Placed], look: Look, assets: str) -> dict[str, Any]:
    """Shaded areas of the events that are known to their governorate only."""
    groups = by_governorate(placed)
    counts = {code: len(group) for code, group in groups.items()}
    hover = [_hover(group, look) for group in groups.values()]
    return shaded(counts, hover, look, assets) | {"customdata": [_ids(group) for group in groups.values()]}


def areas(placed: Sequence[Placed], look: Look) -> dict[str, Any]:
    """Discs of towns at their true radius, districts, and stretches of a border; equal ones drawn once."""
    groups = grouped(placed, "shape")
    drawn = [(group[0].colour_key, group[0].form, group[0].geometry) for group in groups.values()]
    hover = [_hover(group, look) for group in groups.values()]
    return shapes_of(drawn, hover, look) | {"customdata": [_ids(group) for group in groups.values()]}


def shaded(
    counts: Mapping[str, int], hover: Sequence[str], look: Look, assets: str, most: int = FULL_SHADE
) -> dict[str, Any]:
    """Governorates by their code, the stronger shaded the more events are known to them, up to `most`."""
    return {
        "type": "choroplethmap",
        "uid": "governorates",
        "below": below("governorates"),
        "geojson": f"{assets}/governorates.geojson",
        "featureidkey": "properties.code",
        "locations": list(counts),
        "z": list(counts.values()),
        "zmin": 0,
        "zmax": most,
        "colorscale": [[0, rgba(look.palette.accent, 0.10)], [1, rgba(look.palette.accent, 0.42)]],
        "showscale": False,
        "marker": {"line": {"width": 0.8, "color": rgba(look.palette.accent, 0.35)}},
        "hovertext": list(hover),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def shapes_of(
    drawn: Sequence[tuple[str, str, Mapping[str, Any] | None]], hover: Sequence[str], look: Look
) -> dict[str, Any]:
    """Areas of true size, each with its colour key, its form and geometry; stretches are the strongest."""
    colours = [colour(key, look) for key, _, _ in drawn]
    shades = sorted(set(colours))
    features = [
        {"type": "Feature", "id": str(i), "properties": {}, "geometry": geometry}
        for i, (_, _, geometry) in enumerate(drawn)
    ]
    strengths = [0.42 if form == STRIP else 0.16 for _, form, _ in drawn]
    return {
        "type": "choroplethmap",
        "uid": "areas",
        "below": below("areas"),
        "geojson": {"type": "FeatureCollection", "features": features} if features else _NO_GEOMETRY,
        "locations": [str(i) for i in range(len(features))],
        "z": [shades.index(shade) for shade in colours],
        "zmin": 0,
        "zmax": max(1, len(shades) - 1),
        "colorscale": _steps(shades),
        "showscale": False,
        "marker": {"opacity": strengths or 0.2, "line": {"width": 1, "color": colours or look.palette.muted}},
        "hovertext": list(hover),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _steps(shades: list[str]) -> list[list[Any]]:
    if len(shades) < 2:
        only = shades[0] if shades else "#000000"
        return [[0, only], [1, only]]
    return [[i / (len(shades) - 1), shade] for i, shade in enumerate(shades)]


def crowded(placed: Sequence[Placed], *, machine_read: bool = False) -> bool:
    """Whether there are too many circles of a kind to show each one at every zoom."""
    dots = (event.form in DOTS and event.machine_read == machine_read for event in placed)
    return sum(dots) > CLUSTER_ABOVE


def circles(placed: Sequence[Placed], look: Look, *, machine_read: bool = False) -> dict[str, Any]:
    """One circle an event, area by tablets, small ones over large ones; gathered with counts where they
    crowd.

    The map draws circles only, so a rim is a larger circle of paper under a solid one, and a hollow ring (no
    quantity stated) a smaller circle of paper on a coloured one. All of them carry the ids of their spot.
    What a machine read is a trace of its own, so that no gathered count mixes it with the rest.
    """
    gathered = crowded(placed, machine_read=machine_read)
    own = [event for event in placed if event.spot and event.machine_read == machine_read]
    groups, named = grouped(placed, "spot"), dict.fromkeys(event.spot for event in own)
    spots = {spot: (_ids(groups[spot]), _hover(groups[spot], look)) for spot in named}
    discs = [(event, *disc) for event in own for disc in _discs(event, look, plain=gathered)]
    cluster = {
        "enabled": True,
        "maxzoom": 6,
        "color": look.palette.muted if machine_read else look.palette.ink,
        "opacity": 0.78,
        "size": [9, 13, 17],  # radius
        "step": [5, 20],
    }
    name = "machine-read" if machine_read else "circles"
    return {
        "type": "scattermap",
        "uid": name,
        "below": below(f"{name}-gathered" if gathered else name),
        "mode": "markers",
        "lon": [event.row.longitude for event, *_ in discs],
        "lat": [event.row.latitude for event, *_ in discs],
        "marker": {
            "size": [size for _, size, _, _ in discs] or RING,
            "color": [ink for _, _, ink, _ in discs] or look.palette.muted,
            "opacity": [strength for _, _, _, strength in discs] or 1,
        },
        "customdata": [spots[event.spot][0] for event, *_ in discs],
        "hovertext": [spots[event.spot][1] for event, *_ in discs],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textfont": {"family": FONT, "size": 12, "color": look.palette.paper},
        "cluster": cluster if gathered else {"enabled": False},
    }


def _discs(event: Placed, look: Look, *, plain: bool) -> list[tuple[float, str, float]]:
    """Diameter, colour and opacity of the discs that make up one event's mark, the lowest first."""
    ink = colour(event.colour_key, look)
    if event.machine_read:
        return _target(event, ink, look, plain=plain)
    if not event.row.tablets_best > 0:
        hollow = [(RING, ink, 1.0), (RING - 4, look.palette.paper, 1.0)]
        return hollow[:1] if plain else hollow
    size = diameter(event.row.tablets_best)
    if event.form == EXACT:
        rimmed = [(size + _RIM, look.palette.paper, 1.0), (size, ink, 0.92)]
        return rimmed[1:] if plain else rimmed
    return [(size, ink, 0.5)]


def _target(event: Placed, ink: str, look: Look, *, plain: bool) -> list[tuple[float, str, float]]:
    """A circle, a ring of paper in it, a dot in that; the middle stays paper where no quantity is stated."""
    known = event.row.tablets_best > 0
    size = max(TARGET, diameter(event.row.tablets_best)) if known else TARGET
    if plain:
        return [(size, ink, 0.5)]
    ring = [(size, ink, 0.92 if event.form == EXACT else 0.5), (size * 0.66, look.palette.paper, 1.0)]
    return [*ring, (size * 0.34, ink, 1.0)] if known else ring


def words(placed: Sequence[Placed], look: Look) -> dict[str, Any]:
    """How many events an area or a stretch stands for, and `x3` where three lie on one spot."""
    return written(_area_words(placed, look) + _spot_words(placed, look), look)


def written(
    found: Sequence[tuple[float, float, str]], look: Look, *, position: str = "bottom center", size: int = 13
) -> dict[str, Any]:
    """Texts on the map: longitude, latitude, text."""
    return {
        "type": "scattermap",
        "uid": "words",
        "below": below("words"),
        # plotly reckons where to write from the size of a marker, hence an invisible one
        "mode": "markers+text",
        "marker": {"size": 10, "opacity": 0},
        "lon": [lon for lon, _, _ in found],
        "lat": [lat for _, lat, _ in found],
        "text": [text for _, _, text in found],
        "textposition": position,
        "textfont": {"family": FONT_ARABIC if look.rtl else FONT, "size": size, "color": look.palette.ink},
        "hoverinfo": "skip",
    }


def _area_words(placed: Sequence[Placed], look: Look) -> list[tuple[float, float, str]]:
    known = governorate_points()
    found = [
        (*known[code], _count("map.count_area", group, look))
        for code, group in by_governorate(placed).items()
    ]
    covered: dict[str, list[Placed]] = {}  # by the shape alone: one count for all colours on it
    for shape, group in grouped(placed, "shape").items():
        if group[0].form in {DISTRICT, STRIP}:
            covered.setdefault(shape.partition(" ")[2], []).extend(group)
    for group in covered.values():
        key = "map.count_strip" if group[0].form == STRIP else "map.count_area"
        found.append((*shapes.middle(group[0].geometry or {}), _count(key, group, look)))
    return found


def _count(key: str, group: Sequence[Placed], look: Look) -> str:
    """How many, and how many of them nobody has reviewed."""
    text = look.t(key, n=len(group))
    unreviewed = sum(event.machine_read for event in group)
    return look.t("map.of_which", count=text, n=unreviewed) if unreviewed else text


def _spot_words(placed: Sequence[Placed], look: Look) -> list[tuple[float, float, str]]:
    """None for circles that are gathered where they crowd: the count would not be that of what is seen."""
    counted, named = not crowded(placed), not crowded(placed, machine_read=True)
    return [
        (group[0].row.longitude, group[0].row.latitude, _spot_count(group, look))
        for group in grouped(placed, "spot").values()
        if (named and any(event.machine_read for event in group)) or (counted and len(group) > 1)
    ]


def _spot_count(group: Sequence[Placed], look: Look) -> str:
    return _count("map.count_spot", group, look) if len(group) > 1 else look.t("map.read_by_machine")


def _ids(group: Sequence[Placed]) -> str:
    return "|".join(event.row.event_id for event in group)


def _hover(group: Sequence[Placed], look: Look) -> str:
    """Place and how well it is known, then one line an event, the largest first."""
    form, first = group[0].form, group[0].row
    place = first.place if form != "governorate" else ""
    named = (place, first.admin1.replace("|", " / "), look.country(first.country))
    head = i18n.listed(dict.fromkeys(part for part in named if part), look.lang)
    radius = first.place_uncertainty_km
    known = look.t(f"map.precision.{form}", km="?" if math.isnan(radius) else f"{radius:g}")
    lines = [
        look.t(
            "map.hover_line",
            date=when.text(event.row, look.lang) or look.t("undated"),
            amount=amounts.tablets(event.row, look),
            drug=look.label("drug", event.row.drug),
            id=event.row.event_id,
        )
        + (f" · {look.t('machine_read')}" if event.machine_read else "")
        for event in group[:_LINES_IN_HOVER]
    ]
    if len(group) > _LINES_IN_HOVER:
        lines.append(look.t("and_more", n=len(group) - _LINES_IN_HOVER))
    return "<br>".join([f"<b>{head}</b>", known, *lines])
