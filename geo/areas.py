"""Areas as geometry: governorates, countries, border strips, the disc around an uncertain place.

Coordinates are WGS84 degrees, lon before lat. What has no polygon of its own is the disc of a named
centre, and
`basis` and `note` say so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString, shape
from shapely.geometry.base import BaseGeometry

from geo import lines, names
from geo.places import Place

if TYPE_CHECKING:
    import geopandas as gpd

CRS = "EPSG:4326"


@cache
def _shapes(name: str) -> dict[str, BaseGeometry]:
    text = files("geo").joinpath(f"data/{name}.geojson").read_text(encoding="utf-8")
    return {f["properties"]["code"]: shape(f["geometry"]) for f in json.loads(text)["features"]}


@cache
def governorate_polygons() -> gpd.GeoDataFrame:
    """Every governorate: code, country, name_en, name_ar, basis (polygon | disc), note, geometry."""
    shapes = _governorates()
    rows: list[dict[str, object]] = [
        {
            "code": g.code,
            "country": g.country,
            "name_en": g.name_en,
            "name_ar": g.name_ar,
            "basis": "polygon" if g.code in _shapes("governorates") else "disc",
            "note": g.note,
            "geometry": shapes[g.code],
        }
        for g in names.governorates()
    ]
    return _frame(rows)


@cache
def _governorates() -> dict[str, BaseGeometry]:
    """Code -> polygon, or the disc of those that have none."""
    polygons = _shapes("governorates")
    return {g.code: polygons[g.code] if g.code in polygons else _disc(g) for g in names.governorates()}


def _frame(rows: list[dict[str, object]]) -> gpd.GeoDataFrame:
    import geopandas  # noqa: PLC0415 - with pandas half of the start of every program; few need tables

    return geopandas.GeoDataFrame(rows, geometry="geometry", crs=CRS)


def _disc(g: names.Governorate) -> BaseGeometry:
    if g.longitude is None or g.latitude is None or g.radius_km is None:
        raise ValueError(f"{g.code} has neither a polygon nor a disc in names.csv")
    return lines.disc(g.longitude, g.latitude, g.radius_km)


@cache
def country_polygons() -> gpd.GeoDataFrame:
    """The countries of the region at 1:10m: code, name_en, name_ar, geometry."""
    rows: list[dict[str, object]] = [
        {
            "code": code,
            "name_en": names.country(code).name_en,
            "name_ar": names.country(code).name_ar,
            "geometry": s,
        }
        for code, s in country_shapes().items()
    ]
    return _frame(rows)


def governorate_shape(code: str) -> BaseGeometry:
    """Geometry of a governorate or of an area of several. Raises KeyError for an unknown code."""
    parts = names.governorate(code).parts or (code,)
    return shapely.union_all([s for at, s in _governorates().items() if at in parts])


def country_shapes() -> Mapping[str, BaseGeometry]:
    """Code -> geometry of the countries of the region at 1:10m."""
    return _shapes("countries")


def country_shape(code: str) -> BaseGeometry | None:
    """Geometry of a country of the region, None for any other."""
    return country_shapes().get(code)


def strip_line(place: Place) -> LineString:
    """The stretch of line that a border strip lies along. Raises ValueError for any other place."""
    if not place.line or place.km_low is None or place.km_high is None:
        raise ValueError(f"{place.place_id} is no border strip")
    return lines.stretch(place.line, place.km_low, place.km_high)


def strip_polygon(place: Place) -> BaseGeometry:
    """The land of a border strip: its stretch, `depth_km` deep into its country."""
    if not place.line or place.km_low is None or place.km_high is None or place.depth_km is None:
        raise ValueError(f"{place.place_id} is no border strip")
    side = _shapes("countries")[place.country]
    return lines.strip(place.line, place.km_low, place.km_high, place.depth_km, side)


def area_of(place: Place) -> BaseGeometry | None:
    """What a place covers, as far as it is known: disc, strip, governorate or country; None where
    unmapped."""
    if place.precision == "border_strip":
        return strip_polygon(place)
    if place.longitude is not None and place.latitude is not None and place.uncertainty_km is not None:
        return lines.disc(place.longitude, place.latitude, place.uncertainty_km)
    if place.admin1_code:
        return governorate_shape(place.admin1_code)
    return _shapes("countries").get(place.country)
