"""True shapes on the ground: discs of a radius in km and stretches of the border with a depth."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from geo import border
from geo.polyline import WGS84

_RIM = 40  # corners of a disc: the polygon misses the circle by 0.3 % of the radius
_STEP_KM = 5.0
Ring = list[list[float]]


@lru_cache(maxsize=2048)
def disc(longitude: float, latitude: float, radius_km: float) -> dict[str, Any]:
    """A geodesic disc as a GeoJSON polygon, coordinates to 0.001 degree."""
    angles = np.linspace(0, 360, _RIM, endpoint=False)
    many = np.ones(_RIM)
    lon, lat, _ = WGS84.fwd(longitude * many, latitude * many, angles, radius_km * 1000 * many)
    return _polygon(np.asarray(lon), np.asarray(lat))


@lru_cache(maxsize=512)
def strip(km_low: float, km_high: float, side: str, depth_km: float) -> dict[str, Any]:
    """The stretch of the Iraq-Syria line from `km_low` to `km_high`, `depth_km` deep on one side (IQ or SY).

    Seen from the north end the line runs south-west: Iraq lies to its left, Syria to its right.
    """
    line = border.geodesic_line()
    low, high = max(0.0, km_low), min(line.length_km, km_high)
    km = np.linspace(low, high, max(2, int((high - low) / _STEP_KM) + 1))
    lon, lat = line.points_at(km)
    # The direction over 20 km: a strip does not follow each kink of a generalised line.
    before, after = (
        line.points_at(np.maximum(km - 10, 0)),
        line.points_at(np.minimum(km + 10, line.length_km)),
    )
    azimuth, _, _ = WGS84.inv(*before, *after)
    turn = -90 if side == "IQ" else 90
    far_lon, far_lat, _ = WGS84.fwd(lon, lat, np.asarray(azimuth) + turn, np.full(len(km), depth_km * 1000))
    return _polygon(np.concatenate([lon, far_lon[::-1]]), np.concatenate([lat, far_lat[::-1]]))


def strip_label(km_low: float, km_high: float, side: str, depth_km: float) -> tuple[float, float]:
    """Where a stretch is labelled: the middle of its area."""
    line = border.geodesic_line()
    middle = (max(0.0, km_low) + min(line.length_km, km_high)) / 2
    lon, lat = line.point_at(middle)
    azimuth, _, _ = WGS84.inv(
        *line.point_at(max(0.0, middle - 10)), *line.point_at(min(line.length_km, middle + 10))
    )
    turn = -90 if side == "IQ" else 90
    lon, lat, _ = WGS84.fwd(lon, lat, azimuth + turn, depth_km * 500)
    return float(lon), float(lat)


def _polygon(lon: Any, lat: Any) -> dict[str, Any]:
    ring: Ring = [[round(float(x), 3), round(float(y), 3)] for x, y in zip(lon, lat, strict=True)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
