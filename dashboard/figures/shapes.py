"""True shapes on the ground: discs of a radius in km and stretches of the border with a depth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Point, shape

from geo import border
from geo.polyline import WGS84

_RIM = 32  # corners of a disc: the polygon misses the circle by 0.5 % of the radius
_STEP_KM = 5.0
Disc = tuple[float, float, float]  # longitude, latitude, radius in km


def disc(longitude: float, latitude: float, radius_km: float) -> dict[str, Any]:
    """A geodesic disc as a GeoJSON polygon, coordinates to 0.001 degree."""
    asked = (longitude, latitude, radius_km)
    return discs([asked])[asked]


def discs(asked: Iterable[Disc]) -> dict[Disc, dict[str, Any]]:
    """The discs of these places, each once: many at a time cost little more than one."""
    places = list(dict.fromkeys(asked))
    if not places:
        return {}
    lon, lat, km = (np.repeat(column, _RIM) for column in zip(*places, strict=True))
    angles = np.tile(np.linspace(0, 360, _RIM, endpoint=False), len(places))
    lon, lat, _ = WGS84.fwd(lon, lat, angles, km * 1000)
    rims = [np.round(ends, 3).reshape(len(places), _RIM).tolist() for ends in (lon, lat)]
    return {place: _closed(*rim) for place, *rim in zip(places, *rims, strict=True)}


@lru_cache(maxsize=512)
def strip(km_low: float, km_high: float, side: str, depth_km: float) -> dict[str, Any]:
    """The stretch of the Iraq-Syria line from `km_low` to `km_high`, `depth_km` deep on one side (IQ or SY).

    Seen from the north end the line runs south-west: Iraq lies to its left, Syria to its right.
    """
    line = border.geodesic_line()
    low, high = max(0.0, km_low), min(line.length_km, km_high)
    km = np.linspace(low, high, max(2, int((high - low) / _STEP_KM) + 1))
    lon, lat = line.points_at(km)
    far_lon, far_lat = beside(km, side, depth_km)
    return _polygon(np.concatenate([lon, far_lon[::-1]]), np.concatenate([lat, far_lat[::-1]]))


def beside(km: Any, side: str, depth_km: float) -> tuple[Any, Any]:
    """Longitudes, latitudes of points `depth_km` from the line at these km, on one side of it (IQ, SY)."""
    line = border.geodesic_line()
    lon, lat = line.points_at(km)
    # The direction over 20 km: what lies beside a generalised line does not follow each of its kinks.
    before, after = (
        line.points_at(np.maximum(km - 10, 0)),
        line.points_at(np.minimum(km + 10, line.length_km)),
    )
    azimuth, _, _ = WGS84.inv(*before, *after)
    turn = -90 if side == "IQ" else 90
    far_lon, far_lat, _ = WGS84.fwd(lon, lat, np.asarray(azimuth) + turn, np.full(len(km), depth_km * 1000))
    return far_lon, far_lat


@lru_cache(maxsize=256)
def ribbon(line: tuple[tuple[float, float], ...], half_km: float = 5.0) -> dict[str, Any]:
    """A line (lon, lat) as a band of `half_km` on both sides: a stretch of another border, drawn
    as a symbol."""
    middle = np.radians(np.mean([lat for _, lat in line]))
    scale = np.array([111.32 * np.cos(middle), 110.57])  # km per degree at the line's latitude
    band = LineString(np.array(line) * scale).buffer(half_km, cap_style="flat", join_style="bevel")
    largest = max(shapely.get_parts(band.simplify(1.0)), key=lambda part: part.area)
    lon, lat = (shapely.get_coordinates(shapely.get_exterior_ring(largest))[:-1] / scale).T
    return _polygon(lon, lat)


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """A point inside a polygon for its label: of a stretch halfway along it, else as deep inside
    as may be."""
    area, ring = shape(dict(geometry)), np.array(geometry["coordinates"][0][:-1])
    quarter = len(ring) // 4
    point = Point((ring[quarter] + ring[-quarter - 1]) / 2)
    if not area.contains(point):
        point = area.representative_point()
    return round(point.x, 3), round(point.y, 3)


def _polygon(lon: Any, lat: Any) -> dict[str, Any]:
    return _closed(np.round(lon, 3).tolist(), np.round(lat, 3).tolist())


def _closed(lon: list[float], lat: list[float]) -> dict[str, Any]:
    """Points as tuples, which the collector of garbage leaves be: it looks through lists again and again."""
    points = list(zip(lon, lat, strict=True))
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}
