"""The map of a view as a static picture: the same marks as the live map, on the same ground.

The rules of precision are those of the live map, because it draws what that map was given: areas for what is
known to a governorate or a district only, stretches for the border strip, circles for places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from shapely.geometry import shape

from dashboard.brief.ground import Projection, features, ground
from dashboard.brief.marks import nth
from dashboard.brief.svg import Canvas, colour, element, width, words
from dashboard.figures.map import BOUNDS
from dashboard.theme import Palette

HIGHEST = 470
_RGBA = re.compile(r"rgba?\(([\d.,\s]+)\)")


@dataclass
class Room:
    """Where words stand already: two never cover each other."""

    taken: list[tuple[float, float, float, float]] = field(default_factory=list)
    wide: float = 0.0
    high: float = 0.0

    def free(self, text: str, x: float, y: float, size: float, anchor: str) -> bool:
        """Whether a text fits there; if so the place is taken."""
        long, tall = width(text, size) + 4, size * 1.2
        left = x - {"start": 0.0, "middle": long / 2, "end": long}[anchor]
        box = (left, y - tall / 2, left + long, y + tall / 2)
        if box[0] < 2 or box[1] < 2 or box[2] > self.wide - 2 or box[3] > self.high - 2:
            return False
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in self.taken):
            return False
        self.taken.append(box)
        return True


def map_svg(
    drawing: Mapping[str, Any],
    palette: Palette,
    *,
    scope: str,
    title: str,
    summary: str,
    wide: float,
    lang: str,
    name: str = "map",
) -> str:
    """The drawing of the map on its scope, `wide` px wide."""
    bounds = tuple(drawing["layout"].get("meta", {}).get("bounds") or BOUNDS.get(scope, BOUNDS["all"]))
    west, south, east, north = (float(one) for one in bounds)
    view = Projection.fitting((west, south, east, north), wide, HIGHEST)
    canvas = Canvas(view.wide, view.high, name)
    room = Room(wide=view.wide, high=view.high)
    own: list[str] = []
    _ground(own, view, palette)
    traces = list(drawing.get("data", ()))
    for trace in traces:
        if trace.get("type") == "choroplethmap":
            own += _areas(trace, view)
    own += _line(view, palette)
    circles = [
        one for one in traces if one.get("type") == "scattermap" and "text" not in str(one.get("mode"))
    ]
    for trace in circles:
        own += _circles(trace, view)
    texts = [one for one in traces if one.get("type") == "scattermap" and "text" in str(one.get("mode"))]
    for trace in texts:
        own += _counts(trace, view, palette, room)
    own += _names(view, palette, lang, room)
    clip = canvas.clip(0, 0, view.wide, view.high)
    canvas.add(element("g", "".join(own), clip_path=clip))
    canvas.add(
        element(
            "rect",
            x=0.5,
            y=0.5,
            width=view.wide - 1,
            height=view.high - 1,
            fill="none",
            stroke=palette.rule_strong,
        )
    )
    return canvas.finished(title, summary)


def _ground(own: list[str], view: Projection, palette: Palette) -> None:
    found = ground(view)
    own.append(element("rect", width=view.wide, height=view.high, fill=palette.sea))
    own.append(element("path", d=found.land, fill=palette.land, fill_rule="evenodd"))
    own.append(element("path", d=found.focus, fill=palette.paper, fill_rule="evenodd"))
    own.append(
        element("path", d=found.governorates, fill="none", stroke=palette.rule_strong, stroke_width=0.6)
    )
    own.append(element("path", d=found.settled, fill="none", stroke=palette.muted, stroke_width=0.9))
    own.append(
        element(
            "path",
            d=found.disputed,
            fill="none",
            stroke=palette.muted,
            stroke_width=0.9,
            stroke_dasharray="3,2",
        )
    )


def _line(view: Projection, palette: Palette) -> list[str]:
    """The Iraq-Syria line over the areas, with the official crossings."""
    line = ground(view).line
    parts = [
        element("path", d=line, fill="none", stroke=palette.paper, stroke_width=5, stroke_linejoin="round"),
        element(
            "path", d=line, fill="none", stroke=palette.accent, stroke_width=2.4, stroke_linejoin="round"
        ),
    ]
    for said, point in features("crossings"):
        if said.get("official") == 1:
            x, y = view.px(point.x, point.y)
            parts.append(
                element(
                    "circle", cx=x, cy=y, r=3.6, fill=palette.paper, stroke=palette.accent, stroke_width=1.7
                )
            )
    return parts


def _areas(trace: Mapping[str, Any], view: Projection) -> list[str]:
    """Shaded areas of one trace, each in the colour of its value."""
    shapes = _shapes(trace)
    marker = trace.get("marker") or {}
    line = marker.get("line") or {}
    parts = []
    for i, (place, value) in enumerate(zip(trace.get("locations") or (), trace.get("z") or (), strict=False)):
        if place not in shapes:
            continue
        ink = at(
            trace.get("colorscale") or [],
            float(trace.get("zmin", 0)),
            float(trace.get("zmax", 1)),
            float(value),
        )
        parts.append(
            element(
                "path",
                d=view.path(shapes[place]),
                fill=colour(ink, "#888"),
                fill_opacity=f"{float(nth(marker.get('opacity'), i, 1)):g}",
                fill_rule="evenodd",
                stroke=colour(nth(line.get("color"), i, "#888")),
                stroke_width=float(nth(line.get("width"), i, 0) or 0),
            )
        )
    return parts


def _shapes(trace: Mapping[str, Any]) -> dict[Any, Any]:
    """Location -> geometry: of the trace's own GeoJSON, or of the governorates, which it names by address."""
    given = trace.get("geojson")
    if isinstance(given, str):
        return {said["code"]: geometry for said, geometry in features("governorates")}
    found = (given or {}).get("features") or ()
    return {one.get("id"): shape(one["geometry"]) for one in found}


def at(scale: Sequence[Sequence[Any]], low: float, high: float, value: float) -> str:
    """The colour of a value on a scale of (share, colour) between `low` and `high`."""
    if not scale:
        return "#888"
    share = min(1.0, max(0.0, (value - low) / (high - low) if high > low else 0.0))
    for (a, first), (b, second) in pairwise(scale):
        if share <= b:
            return _between(str(first), str(second), (share - a) / (b - a) if b > a else 0.0)
    return str(scale[-1][1])


def _between(first: str, second: str, share: float) -> str:
    a, b = _channels(first), _channels(second)
    red, green, blue, alpha = (x + (y - x) * share for x, y in zip(a, b, strict=True))
    return f"rgba({red:.0f},{green:.0f},{blue:.0f},{alpha:.3g})"


def _channels(text: str) -> tuple[float, float, float, float]:
    if match := _RGBA.fullmatch(text):
        parts = [float(part) for part in match[1].split(",")]
        return (parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else 1.0)
    digits = text.lstrip("#")
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16), 1.0)


def _circles(trace: Mapping[str, Any], view: Projection) -> list[str]:
    marker = trace.get("marker") or {}
    parts = []
    for i, (lon, lat) in enumerate(zip(trace.get("lon") or (), trace.get("lat") or (), strict=False)):
        x, y = view.px(float(lon), float(lat))
        strength = float(nth(marker.get("opacity"), i, 1))
        parts.append(
            element(
                "circle",
                cx=x,
                cy=y,
                r=float(nth(marker.get("size"), i, 6)) / 2,
                fill=colour(nth(marker.get("color"), i, "#444")),
                fill_opacity=None if strength == 1 else f"{strength:g}",
            )
        )
    return parts


def _counts(trace: Mapping[str, Any], view: Projection, palette: Palette, room: Room) -> Iterable[str]:
    """How many events an area or a spot stands for: above all names."""
    for i, (lon, lat) in enumerate(zip(trace.get("lon") or (), trace.get("lat") or (), strict=False)):
        text = str(nth(trace.get("text"), i, ""))
        x, y = view.px(float(lon), float(lat))
        y += 10 if "bottom" in str(trace.get("textposition")) else 0
        if text and room.free(text, x, y, 12, "middle"):
            yield words(text, x, y, size=12, fill=palette.ink, anchor="middle", halo=palette.paper, bold=True)


def _names(view: Projection, palette: Palette, lang: str, room: Room) -> Iterable[str]:
    """Crossings, towns, countries, governorates, as far as there is room; the more telling first."""
    key = "name_ar" if lang == "ar" else "name_en"
    for said, point in features("crossings"):
        if said.get("official") == 1:
            yield from _beside(
                str(said[key]),
                view.px(point.x, point.y),
                room,
                size=11.5,
                fill=palette.ink,
                halo=palette.paper,
            )
    for kind, size in (("town", 11.0), ("country", 12.0), ("governorate", 10.5)):
        for said, point in features("labels"):
            if said.get("kind") != kind:
                continue
            if kind == "governorate" and (
                said.get("basis") != "polygon" or said.get("country") not in {"IQ", "SY"}
            ):
                continue
            spot = view.px(point.x, point.y)
            text = str(said[key])
            if kind == "town":
                yield from _beside(text, spot, room, size=size, fill=palette.muted, halo=palette.paper)
            elif room.free(text, *spot, size * (1.25 if kind == "country" else 1), "middle"):
                shown = text.upper() if kind == "country" and lang != "ar" else text
                yield words(shown, *spot, size=size, fill=palette.muted, anchor="middle", halo=palette.paper)


def _beside(
    text: str, spot: tuple[float, float], room: Room, *, size: float, fill: str, halo: str
) -> Iterable[str]:
    """A name at the side of its spot where there is room for it."""
    x, y = spot
    for anchor, dx, dy in (("start", 7, 0), ("end", -7, 0), ("middle", 0, -10), ("middle", 0, 12)):
        if room.free(text, x + dx, y + dy, size, anchor):
            yield words(text, x + dx, y + dy, size=size, fill=fill, anchor=anchor, halo=halo)
            return
