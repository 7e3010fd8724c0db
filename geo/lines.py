"""Land borders between neighbours, as lines that measure themselves: 'JO-SY' is the Jordan-Syria border."""

import json
from functools import cache
from importlib.resources import files

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import LineString, shape
from shapely.geometry.base import BaseGeometry

from geo.polyline import WGS84, GeodesicLine


@cache
def _vertices() -> dict[str, list[tuple[float, float]]]:
    text = files("geo").joinpath("data/border_lines.geojson").read_text(encoding="utf-8")
    return {
        f["properties"]["code"]: [(float(x), float(y)) for x, y in f["geometry"]["coordinates"]]
        for f in json.loads(text)["features"]
    }


def codes() -> tuple[str, ...]:
    """Codes of the known borders, each two alpha-2 codes in alphabetical order."""
    return tuple(_vertices())


@cache
def line(code: str) -> GeodesicLine:
    """The border of a code, km 0 at its northern or western end. Raises KeyError for an unknown one."""
    return GeodesicLine(_vertices()[code])


def stretch(code: str, km_low: float, km_high: float) -> LineString:
    """The part of a border between two km."""
    return line(code).stretch(km_low, km_high)


def strip(code: str, km_low: float, km_high: float, depth_km: float, side: BaseGeometry) -> BaseGeometry:
    """The land within `depth_km` of a stretch on one side (a country's polygon), in degrees."""
    middle = stretch(code, km_low, km_high)
    centre = middle.interpolate(0.5, normalized=True)
    flat = f"+proj=aeqd +lat_0={centre.y} +lon_0={centre.x} +datum=WGS84 +units=km"
    there = Transformer.from_crs("EPSG:4326", flat, always_xy=True)
    back = Transformer.from_crs(flat, "EPSG:4326", always_xy=True)
    flattened = shapely.transform(middle, lambda xy: np.column_stack(there.transform(*xy.T)))
    band = flattened.buffer(depth_km, cap_style="flat")
    band = shapely.transform(band, lambda xy: np.column_stack(back.transform(*xy.T)))
    return shapely.intersection(shapely.make_valid(band), side)


def disc(longitude: float, latitude: float, radius_km: float, corners: int = 48) -> BaseGeometry:
    """A polygon whose corners lie `radius_km` from a point, by geodesics."""
    azimuth = np.linspace(0, 360, corners, endpoint=False)
    around = np.full(corners, longitude), np.full(corners, latitude)
    lon, lat, _ = WGS84.fwd(*around, azimuth, np.full(corners, radius_km * 1000))
    return shape({"type": "Polygon", "coordinates": [[*zip(lon, lat, strict=True), (lon[0], lat[0])]]})
