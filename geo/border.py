"""Position along the Iraq-Syria border: km 0 at the tripoint with Turkey, about km 599 at that with Jordan.

The line is Natural Earth's 1:10m boundary (`data/iraq_syria_border.geojson`), its segments geodesics of
WGS84. It is itself only true to about 2 km (generalised, quantised, some joint gates stand beyond it): that
error is part of every low and high. The position says nothing of the side: that is the reporting country's.
"""

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from shapely.geometry import LineString

from geo.polyline import Floats, GeodesicLine, earth_centred, local_axes

LINE_ERROR_KM = 2.0  # read against 17 surveyed crossing points: the farthest lies 2.1 km off the line
STRIP_DEPTH_KM = 20.0  # how deep a "border strip" reaches from the line where a report gives no depth
_RIM_DIRECTIONS = 6


@dataclass(frozen=True, slots=True)
class Sector:
    """A named stretch of the line, km_low <= km < km_high. `parent` is the wider stretch that it is part
    of."""

    code: str
    name_en: str
    name_ar: str
    km_low: float
    km_high: float
    parent: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A crossing of the line: its Iraqi and Syrian names, its place, and its km. Unofficial gates may be
    shut."""

    name: str
    name_ar: str
    name_sy: str
    name_sy_ar: str
    longitude: float
    latitude: float
    km: float
    official: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Positions:
    """Where places lie against the line; arrays of one length, km. NaN and "" where a place has no
    coordinates.

    `km` is the nearest point's position along the line, `distance_km` the geodesic to it; low and high
    allow for
    the place's uncertainty and the line's own error. `sector` holds codes, `nearest_crossing` names.
    """

    km: Floats
    km_low: Floats
    km_high: Floats
    distance_km: Floats
    distance_low_km: Floats
    distance_high_km: Floats
    sector: npt.NDArray[np.str_]
    nearest_crossing: npt.NDArray[np.str_]


@cache
def geodesic_line() -> GeodesicLine:
    """The border as a line that measures itself."""
    text = files("geo").joinpath("data/iraq_syria_border.geojson").read_text(encoding="utf-8")
    vertices = json.loads(text)["features"][0]["geometry"]["coordinates"]
    return GeodesicLine([(float(lon), float(lat)) for lon, lat in vertices])


def line() -> LineString:
    """The line's vertices as lon, lat, from the Turkish to the Jordanian tripoint."""
    return LineString(geodesic_line().vertices)


def length_km() -> float:
    """Length of the line on the ellipsoid (599.3 km)."""
    return geodesic_line().length_km


def point_at(km: float) -> tuple[float, float]:
    """Longitude and latitude of a km of the line."""
    return geodesic_line().point_at(km)


def stretch(km_low: float, km_high: float) -> LineString:
    """The line between two km (clipped to its ends). Raises ValueError if nothing is left."""
    return geodesic_line().stretch(km_low, km_high)


def _table(name: str) -> list[dict[str, str]]:
    return list(
        csv.DictReader(files("geo").joinpath(f"data/{name}").read_text(encoding="utf-8").splitlines())
    )


@cache
def sectors() -> tuple[Sector, ...]:
    """The sectors from north to south, then the wider stretches that group them."""
    return tuple(
        Sector(
            row["code"],
            row["name_en"],
            row["name_ar"],
            float(row["km_low"]),
            float(row["km_high"] or length_km()),
            row["parent"],
            row["note"],
        )
        for row in _table("sectors.csv")
    )


@cache
def _parts() -> tuple[Sector, ...]:
    """The sectors that cover the line once: those that group no others."""
    groups = {s.parent for s in sectors()}
    return tuple(s for s in sectors() if s.code not in groups)


def sector_of(km: float) -> str:
    """Code of the sector in which a km lies, "" for NaN."""
    return str(_sectors_of(np.array([km], dtype=float))[0])


def _sectors_of(km: Floats) -> npt.NDArray[np.str_]:
    codes = np.array([s.code for s in _parts()] + [""])
    starts = np.array([s.km_low for s in _parts()])
    index = np.clip(np.searchsorted(starts, km, side="right") - 1, 0, len(starts) - 1)
    return codes[np.where(np.isnan(km), len(starts), index)]


def sector_of_stretch(km_low: float, km_high: float) -> str:
    """Code of the narrowest sector or group that holds a whole stretch, to within the line's error; else
    ""."""
    holding = [
        s for s in sectors() if s.km_low - LINE_ERROR_KM <= km_low and km_high <= s.km_high + LINE_ERROR_KM
    ]
    return min(holding, key=lambda s: s.km_high - s.km_low).code if holding else ""


@cache
def crossings() -> tuple[Crossing, ...]:
    """Crossings from north to south, official and informal."""
    rows = _table("crossings.csv")
    lon = np.array([float(r["longitude"]) for r in rows])
    lat = np.array([float(r["latitude"]) for r in rows])
    km = geodesic_line().nearest(lon, lat).km
    found = [
        Crossing(
            r["name"],
            r["name_ar"],
            r["name_sy"],
            r["name_sy_ar"],
            float(x),
            float(y),
            round(float(k), 1),
            r["official"] == "1",
            r["note"],
        )
        for r, x, y, k in zip(rows, lon, lat, km, strict=True)
    ]
    return tuple(sorted(found, key=lambda c: c.km))


def positions(lon: npt.ArrayLike, lat: npt.ArrayLike, uncertainty_km: npt.ArrayLike = 0.0) -> Positions:
    """Positions of places (degrees; NaN = unknown), each true to `uncertainty_km` (one value or one a place).

    Raises ValueError for a negative uncertainty or a latitude beyond 90 degrees.
    """
    x, y, u = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(a, dtype=float)) for a in (lon, lat, uncertainty_km))
    )
    if np.any(u < 0):
        raise ValueError("an uncertainty can't be negative")
    if np.any(np.abs(y) > 90):
        raise ValueError("latitudes lie between -90 and 90 degrees (arguments are lon, lat)")
    measured = geodesic_line()
    feet = measured.nearest(x, y)
    low, high = _reach(measured, x, y, u, feet.km)
    unknown = np.isnan(feet.km)
    slack = np.nan_to_num(u, nan=0.0) + LINE_ERROR_KM
    return Positions(
        km=feet.km,
        km_low=np.maximum(low - LINE_ERROR_KM, 0.0),
        km_high=np.minimum(high + LINE_ERROR_KM, measured.length_km),
        distance_km=feet.distance_km,
        distance_low_km=np.maximum(feet.distance_km - slack, 0.0),
        distance_high_km=feet.distance_km + slack,
        sector=_sectors_of(feet.km),
        nearest_crossing=np.where(unknown, "", _nearest_crossings(x, y)),
    )


def _reach(measured: GeodesicLine, x: Floats, y: Floats, u: Floats, km: Floats) -> tuple[Floats, Floats]:
    """Lowest and highest km of the feet of all points of a disc.

    Along a straight stretch that is km +- the radius. Where the line bends, the feet of a disc on the hollow
    side spread wider: the feet of points on its rim are looked at too.
    """
    low, high = km - np.nan_to_num(u), km + np.nan_to_num(u)
    discs = np.flatnonzero((u > 0) & ~np.isnan(km))
    if len(discs):
        centre = earth_centred(x[discs], y[discs])
        east, north = local_axes(x[discs], y[discs])
        for angle in np.linspace(0, 2 * np.pi, _RIM_DIRECTIONS, endpoint=False):
            rim = centre + u[discs, None] * (np.cos(angle) * east + np.sin(angle) * north)
            feet = measured.nearest_by_chords(rim, np.float32)
            low[discs] = np.minimum(low[discs], feet)
            high[discs] = np.maximum(high[discs], feet)
    return low, high


def _nearest_crossings(x: Floats, y: Floats) -> npt.NDArray[np.str_]:
    official = [c for c in crossings() if c.official]
    names = np.array([c.name for c in official])
    gates = earth_centred(np.array([c.longitude for c in official]), np.array([c.latitude for c in official]))
    places = earth_centred(np.nan_to_num(x), np.nan_to_num(y))
    squares = np.einsum("ij,ij->i", gates, gates) - 2 * places @ gates.T
    return np.asarray(names[np.argmin(squares, axis=1)])


LENGTH_KM = length_km()
SECTORS = sectors()
CROSSINGS = crossings()
