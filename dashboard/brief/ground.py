"""The ground of a static map: land, governorates, borders and the Iraq-Syria line, cut to a view."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import shapely
from shapely.geometry import shape

from dashboard.brief.svg import path

Bounds = tuple[float, float, float, float]
_HOME = frozenset({"IQ", "SY"})
_FINEST = 0.4  # px: corners nearer to a line than this are left out


@dataclass(frozen=True)
class Projection:
    """Web Mercator, which the live map has too: a reader finds the same shapes. `scale` is px per radian."""

    bounds: Bounds
    scale: float
    wide: float
    high: float

    @classmethod
    def fitting(cls, bounds: Bounds, wide: float, most_high: float) -> Projection:
        """The bounds (west, south, east, north), `wide` px wide; the sides are widened where the height
        would pass `most_high`."""
        west, south, east, north = bounds
        ratio = (_north(north) - _north(south)) / math.radians(east - west)
        high = min(most_high, wide * ratio)
        grown = math.degrees((_north(north) - _north(south)) * wide / high)
        middle = (west + east) / 2
        whole = (middle - grown / 2, south, middle + grown / 2, north)
        return cls(whole, wide / math.radians(grown), wide, high)

    def px(self, lon: float, lat: float) -> tuple[float, float]:
        west, _, _, north = self.bounds
        return math.radians(lon - west) * self.scale, (_north(north) - _north(lat)) * self.scale

    def path(self, geometry: Any) -> str:
        """The data of a path for a line or an area, cut to the view, no finer than a picture shows."""
        if geometry is None or geometry.is_empty:
            return ""
        west, south, east, north = self.bounds
        room = (east - west) * 0.03
        cut = shapely.clip_by_rect(geometry, west - room, south - room, east + room, north + room)
        coarse = shapely.simplify(cut, math.degrees(_FINEST / self.scale))
        return "".join(self._parts(coarse))

    def _parts(self, geometry: Any) -> Iterable[str]:
        for part in shapely.get_parts(geometry):
            if part.geom_type == "Polygon":
                for ring in (part.exterior, *part.interiors):
                    yield path((self.px(lon, lat) for lon, lat in ring.coords), close=True)
            elif part.geom_type == "LineString":
                yield path(self.px(lon, lat) for lon, lat in part.coords)


def _north(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


@lru_cache(maxsize=8)
def features(name: str) -> tuple[tuple[Mapping[str, Any], Any], ...]:
    """(properties, geometry) of the features of a file of the map's own data. KeyError for another name."""
    if name not in {"land", "governorates", "borders", "iraq_syria_border", "crossings", "labels"}:
        raise KeyError(name)
    file = resources.files("dashboard").joinpath("assets", "geo", f"{name}.geojson")
    found = json.loads(file.read_text(encoding="utf-8"))["features"]
    return tuple((one["properties"], shapely.make_valid(shape(one["geometry"]))) for one in found)


@dataclass(frozen=True)
class Ground:
    """Paths of the layers, from the lowest up."""

    land: str
    focus: str
    governorates: str
    settled: str
    disputed: str
    line: str


@lru_cache(maxsize=32)
def ground(view: Projection) -> Ground:
    """The layers of a view; the same for every brief of it."""

    def joined(name: str, wanted: Callable[[Mapping[str, Any]], bool]) -> str:
        return "".join(view.path(geometry) for said, geometry in features(name) if wanted(said))

    def home(said: Mapping[str, Any]) -> bool:
        return said.get("basis") == "polygon" and said.get("country") in _HOME

    inner = joined("governorates", home)
    return Ground(
        land=joined("land", lambda _: True),
        focus=inner,
        governorates=inner,
        settled=joined("borders", lambda said: said.get("disputed") == 0),
        disputed=joined("borders", lambda said: said.get("disputed") == 1),
        line=joined("iraq_syria_border", lambda said: said.get("layer") == "sector"),
    )
