"""A line on the ellipsoid whose pieces are geodesics: positions along it, and the nearest point on it.

Finding the nearest point of 600 km of line for a million places has to be quick and exact, in two steps.
First, straight lines through the Earth (which order near points as geodesics do) to short chords of the line,
all by matrix products: that gives the nearest of the nodes that stand every half kilometre. Second, one true
geodesic from that node to the place: its length and its angle with the line say how far along the foot has to
move. Where that is more than the node spacing (far places, for which the Earth's flattening matters) the
second step is repeated; and far places are also tried from the corner of the line that is nearest by a
distance corrected for the flattening.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
from shapely.geometry import LineString

Floats = npt.NDArray[np.float64]
Array = npt.NDArray[np.floating[Any]]

WGS84 = pyproj.Geod(ellps="WGS84")
EARTH_RADIUS_KM = 6371.0088  # mean radius; scales a Newton step, decides no result
NODE_SPACING_KM = 0.5
_CHORD_KM = 12.0  # a chord this long runs 3 m below the surface at its middle
_CHUNK = 8192  # places at a time, so that the tables of places x chords stay in the processor's cache
_CONVERGED_KM = 0.005
_MAX_STEPS = 12
_FAR_KM = 500.0  # beyond it chords and geodesics may order two stretches differently by more than a metre


@dataclass(frozen=True, slots=True)
class Feet:
    """Nearest points of a line: km along it and geodesic distance in km, one of each per place asked for."""

    km: Floats
    distance_km: Floats


def earth_centred(lon: Floats, lat: Floats) -> Floats:
    """Earth-centred coordinates (km) on the WGS84 ellipsoid, shape (n, 3)."""
    e2 = WGS84.es
    a = WGS84.a / 1000
    lam, phi = np.radians(lon), np.radians(lat)
    sin = np.sin(phi)
    n = a / np.sqrt(1 - e2 * sin * sin)
    flat = n * np.cos(phi)
    return np.column_stack((flat * np.cos(lam), flat * np.sin(lam), n * (1 - e2) * sin))


def local_axes(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Unit vectors east and north at places, earth-centred, each (n, 3)."""
    lam, phi = np.radians(lon), np.radians(lat)
    east = np.column_stack((-np.sin(lam), np.cos(lam), np.zeros_like(lam)))
    north = np.column_stack((-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi)))
    return east, north


class GeodesicLine:
    """A polyline of geodesic segments between `vertices`, (lon, lat) in degrees; km 0 is the first."""

    def __init__(self, vertices: Sequence[tuple[float, float]]) -> None:
        points = np.asarray(vertices, dtype=float)
        self.vertices = points
        self._azimuth, back, metres = WGS84.inv(*points[:-1].T, *points[1:].T)
        self._back = back  # azimuth, at each segment's end, of the way back along it
        self.vertex_km = np.concatenate(([0.0], np.cumsum(metres) / 1000))
        self.length_km = float(self.vertex_km[-1])
        self._node_km = self._cuts(NODE_SPACING_KM)
        self._node_gaps = (self._node_km[:-1] + self._node_km[1:]) / 2
        self._node_lon, self._node_lat = self.points_at(self._node_km)
        self._node_ways = self._ways(self._node_km, self._node_lon, self._node_lat)
        cuts = np.unique(np.concatenate([self._cuts(_CHORD_KM), self.vertex_km]))
        ends = earth_centred(*self.points_at(cuts))
        self._chord_km = cuts
        self._origin = ends.mean(axis=0)  # coordinates from here stay small, and so exact
        self._chord_start = ends[:-1] - self._origin
        along = np.diff(ends, axis=0)
        self._chord_length = np.linalg.norm(along, axis=1)
        self._chord_way = along / self._chord_length[:, None]

    def points_at(self, km: Floats) -> tuple[Floats, Floats]:
        """Longitudes and latitudes of the given km along the line (clipped to its ends)."""
        km = np.clip(km, 0, self.length_km)
        i = np.clip(np.searchsorted(self.vertex_km, km, side="right") - 1, 0, len(self._azimuth) - 1)
        start_lon, start_lat = self.vertices[i].T
        metres = (km - self.vertex_km[i]) * 1000
        lon, lat, _ = WGS84.fwd(start_lon, start_lat, self._azimuth[i], metres)
        return np.asarray(lon), np.asarray(lat)

    def point_at(self, km: float) -> tuple[float, float]:
        """Longitude and latitude of one km along the line."""
        lon, lat = self.points_at(np.array([km], dtype=float))
        return float(lon[0]), float(lat[0])

    def stretch(self, km_low: float, km_high: float) -> LineString:
        """The part of the line between two km. Raises ValueError for an empty or reversed stretch."""
        low, high = max(0.0, km_low), min(self.length_km, km_high)
        if not low < high:
            raise ValueError(f"no stretch between km {km_low} and km {km_high} of {self.length_km:.1f}")
        inside = (self.vertex_km > low) & (self.vertex_km < high)
        return LineString([self.point_at(low), *map(tuple, self.vertices[inside]), self.point_at(high)])

    def nearest_by_chords(self, places: Floats, dtype: type[np.floating[Any]] = np.float64) -> Floats:
        """Km of the nearest points for earth-centred places (n, 3), by straight lines: cheap, for bounds.

        Single precision (`np.float32`) halves the time and costs up to 0.1 km.
        """
        centred = (places - self._origin).astype(dtype)
        start, way, length = (
            a.astype(dtype) for a in (self._chord_start, self._chord_way, self._chord_length)
        )
        km = np.empty(len(places))
        for begin in range(0, len(places), _CHUNK):
            part = slice(begin, begin + _CHUNK)
            km[part] = self._by_chords(centred[part], start, way, length)
        return km

    def _by_chords(self, places: Array, start: Array, way: Array, length: Array) -> Floats:
        """Km of the nearest chord's nearest point."""
        reach = places @ way.T - np.einsum("ij,ij->i", start, way)
        clipped = np.minimum(np.maximum(reach, 0), length)
        # |place - foot|^2 less |place|^2, which is the same for all chords of a place
        squares = np.einsum("ij,ij->i", start, start) - 2 * (places @ start.T)
        squares += clipped * (clipped - 2 * reach)
        best = np.argmin(squares, axis=1)
        share = clipped[np.arange(len(best)), best] / length[best]
        low, high = self._chord_km[best], self._chord_km[best + 1]
        return np.asarray(low + share * (high - low))

    def _cuts(self, spacing_km: float) -> Floats:
        """Km that cut every segment into equal parts no longer than the spacing, all vertices among them."""
        parts = [
            np.linspace(a, b, int(np.ceil((b - a) / spacing_km)) + 1)[:-1]
            for a, b in zip(self.vertex_km[:-1], self.vertex_km[1:], strict=True)
        ]
        return np.concatenate([*parts, [self.length_km]])

    def nearest(self, lon: Floats, lat: Floats) -> Feet:
        """Nearest points of the line. NaN coordinates give NaN."""
        lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        km, distance = np.full(lon.shape, np.nan), np.full(lon.shape, np.nan)
        known = np.isfinite(lon) & np.isfinite(lat)
        lon, lat = lon[known], lat[known]
        rough = self.nearest_by_chords(earth_centred(lon, lat))
        node = np.searchsorted(self._node_gaps, rough)
        foot, length, step = self._newton(
            lon,
            lat,
            self._node_km[node],
            self._node_lon[node],
            self._node_lat[node],
            self._node_ways[:, node],
        )
        again = np.flatnonzero(np.abs(step) > NODE_SPACING_KM)
        foot[again], length[again] = self._iterate(lon[again], lat[again], foot[again])
        far = np.flatnonzero(length > _FAR_KM)
        foot[far], length[far] = self._from_best_corner(lon[far], lat[far], foot[far], length[far])
        km[known], distance[known] = np.clip(foot, 0, self.length_km), length
        return Feet(km, distance)

    def _ways(self, km: Floats, lon: Floats, lat: Floats) -> Floats:
        """For points of the line: azimuth forward, azimuth back, km to each end of the piece on that side."""
        last = len(self._azimuth) - 1
        ahead = np.clip(np.searchsorted(self.vertex_km, km, side="right") - 1, 0, last)
        behind = np.clip(np.searchsorted(self.vertex_km, km, side="left") - 1, 0, last)
        forward, _, to_end = WGS84.inv(lon, lat, *self.vertices[ahead + 1].T)
        backward, _, to_start = WGS84.inv(lon, lat, *self.vertices[behind].T)
        return np.array([forward, backward, np.asarray(to_end) / 1000, np.asarray(to_start) / 1000])

    def _newton(  # noqa: PLR0917
        self, lon: Floats, lat: Floats, km: Floats, foot_lon: Floats, foot_lat: Floats, ways: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Move each foot towards its place's perpendicular, within its piece: (km, distance, step)."""
        azimuth, _, metres = WGS84.inv(foot_lon, foot_lat, lon, lat)
        angle = np.asarray(metres) / 1000 / EARTH_RADIUS_KM
        forward, backward, to_end, to_start = ways
        cos_ahead, cos_behind = np.cos(np.radians(azimuth - forward)), np.cos(np.radians(azimuth - backward))
        ahead = cos_ahead >= cos_behind
        cosine = np.maximum(np.maximum(cos_ahead, cos_behind), 0.0)
        room = np.where(ahead, to_end, to_start)
        # The right spherical triangle foot - place - perpendicular gives the way along the line.
        step = np.minimum(np.abs(np.arctan2(np.sin(angle) * cosine, np.cos(angle))) * EARTH_RADIUS_KM, room)
        # Law of haversines from the old foot, so that a short step needs no second geodesic.
        part = step / EARTH_RADIUS_KM
        hav = np.sin((angle - part) / 2) ** 2 + np.sin(angle) * np.sin(part) * (1 - cosine) / 2
        distance = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(hav, 0, 1)))
        return km + np.where(ahead, step, -step), distance, step

    def _iterate(self, lon: Floats, lat: Floats, km: Floats) -> tuple[Floats, Floats]:
        """Repeat the step with true geodesics until no foot moves."""
        km, distance = km.copy(), np.zeros_like(km)
        moving = np.arange(len(km))
        for _ in range(_MAX_STEPS):
            if not len(moving):
                break
            foot_lon, foot_lat = self.points_at(km[moving])
            ways = self._ways(km[moving], foot_lon, foot_lat)
            new, distance[moving], step = self._newton(
                lon[moving], lat[moving], km[moving], foot_lon, foot_lat, ways
            )
            km[moving] = np.clip(new, 0, self.length_km)
            moving = moving[step > _CONVERGED_KM]
        return km, distance

    def _from_best_corner(
        self, lon: Floats, lat: Floats, km: Floats, distance: Floats
    ) -> tuple[Floats, Floats]:
        """For far places: also start from the corner that is nearest on the ellipsoid, keep the shorter
        way."""
        corners = earth_centred(*self.vertices.T)
        start = np.empty_like(km)
        for begin in range(0, len(km), _CHUNK):
            part = slice(begin, begin + _CHUNK)
            ways = _geodesics_from_chords(lon[part], lat[part], corners)
            start[part] = self.vertex_km[np.argmin(ways, axis=1)]
        other = np.flatnonzero(np.abs(start - km) > NODE_SPACING_KM)
        other_km, other_distance = self._iterate(lon[other], lat[other], start[other])
        better = other_distance < distance[other]
        km, distance = km.copy(), distance.copy()
        km[other[better]], distance[other[better]] = other_km[better], other_distance[better]
        return km, distance


def _geodesics_from_chords(lon: Floats, lat: Floats, corners: Floats) -> Floats:
    """Distances (km, n x m) from places to earth-centred corners: chords bent by the radius of their azimuth.

    The radius of curvature of the ellipsoid in the direction of a chord is Euler's formula's; with it the arc
    over the chord is the geodesic's length to a few metres in a thousand kilometres.
    """
    places = earth_centred(lon, lat)
    east, _ = local_axes(lon, lat)
    gap = places[:, None, :] - corners[None, :, :]
    chord = np.linalg.norm(gap, axis=2)
    sin2 = (np.einsum("nj,nmj->nm", east, gap) / chord) ** 2
    middle = (np.sin(np.radians(lat))[:, None] + corners[None, :, 2] / EARTH_RADIUS_KM) / 2
    w = 1 - WGS84.es * middle**2
    across = WGS84.a / 1000 / np.sqrt(w)
    along = across * (1 - WGS84.es) / w
    radius = 1 / (sin2 / across + (1 - sin2) / along)
    return np.asarray(2 * radius * np.arcsin(np.clip(chord / 2 / radius, 0, 1)))
