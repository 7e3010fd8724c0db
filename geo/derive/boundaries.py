"""Governorate polygons under today's codes, country polygons, and the land borders between neighbours."""

import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, mapping, shape
from shapely.geometry.base import BaseGeometry

from geo import names
from geo.polyline import GeodesicLine

MIN_BORDER_KM = 20.0
_SAMPLE_KM = 1.0


def governorates(raw: Path) -> dict[str, BaseGeometry]:
    """ISO 3166-2 code -> polygon, from Natural Earth's admin-1 by the polygons that `names.csv` lists."""
    shapes: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in json.loads((raw / "admin1.geojson").read_text(encoding="utf-8"))["features"]:
        properties = feature["properties"]
        shapes[f"{properties['country']}/{properties['name'] or ''}"].append(shape(feature["geometry"]))
    used = {p for g in names.governorates() for p in g.polygons} | set(names.dropped_polygons())
    if unknown := set(shapes) ^ used:
        raise ValueError(f"polygons and names.csv disagree on {sorted(unknown)}")
    return {
        g.code: valid(shapely.union_all([s for p in g.polygons for s in shapes[p]]))
        for g in names.governorates()
        if g.polygons
    }


def countries(raw: Path) -> dict[str, BaseGeometry]:
    """Alpha-2 code -> polygon for the countries whose governorates are mapped."""
    mapped = {g.country for g in names.governorates() if g.polygons} | {"PS"}
    found = {}
    for feature in json.loads((raw / "countries_10m.geojson").read_text(encoding="utf-8"))["features"]:
        code = feature["properties"]["iso_a2"]
        if code in mapped:
            found[code] = _area(shape(feature["geometry"]))
    return found


def _area(shape_: BaseGeometry) -> BaseGeometry:
    """The polygons of a shape: quantising left stray lines beside some of them."""
    polygons = [
        p for g in shapely.get_parts(shape_) for p in shapely.get_parts(g) if p.geom_type == "Polygon"
    ]
    return MultiPolygon(polygons) if len(polygons) > 1 else polygons[0]


def valid(shape_: BaseGeometry) -> BaseGeometry:
    """The shape without self-crossings. (Borders are cut from the shapes as they came: their vertices
    agree.)"""
    return _area(shapely.make_valid(shape_))


def iraq_syria(raw: Path) -> LineString:
    """The line that border kilometres are counted on."""
    data = json.loads((raw / "iraq_syria_border.geojson").read_text(encoding="utf-8"))
    return LineString(data["features"][0]["geometry"]["coordinates"])


def border_lines(shapes: dict[str, BaseGeometry], iraq_syria_line: LineString) -> dict[str, LineString]:
    """'JO-SY' -> the longest unbroken piece of the shared boundary, from its northern or western end.

    Neighbours' polygons come from one topology, so that they share their border's vertices exactly.
    """
    lines = {}
    for a, b in combinations(sorted(shapes), 2):
        code = f"{a}-{b}"
        if code == "IQ-SY":
            lines[code] = iraq_syria_line
            continue
        pieces = _pieces(shapely.intersection(shapes[a].boundary, shapes[b].boundary))
        if not pieces:
            continue
        longest = max(pieces, key=lambda g: g.length)
        if measured(longest).length_km >= MIN_BORDER_KM:
            lines[code] = _from_north_or_west(longest)
    return lines


def _pieces(shared: BaseGeometry) -> list[LineString]:
    """The unbroken lines of an intersection, single touching points left out."""
    parts = [g for g in shapely.get_parts(shared) if g.geom_type == "LineString"]
    merged = shapely.line_merge(shapely.multilinestrings(parts)) if parts else LineString()
    return [g for g in shapely.get_parts(merged) if not g.is_empty]


def _from_north_or_west(line: LineString) -> LineString:
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    backwards = y0 < y1 if abs(y1 - y0) > abs(x1 - x0) else x0 > x1
    return LineString(list(line.coords)[::-1]) if backwards else line


def measured(line: LineString) -> GeodesicLine:
    """The line as geodesics, ready to be measured."""
    return GeodesicLine([(x, y) for x, y, *_ in line.coords])


def portions(line: LineString, shapes: dict[str, BaseGeometry]) -> dict[str, tuple[float, float]]:
    """Of a border: governorate code -> km from..to where it is the nearest of its country's (`shapes`)."""
    if not shapes:
        return {}
    way = measured(line)
    km = np.arange(_SAMPLE_KM / 2, way.length_km, _SAMPLE_KM)
    points = [Point(x, y) for x, y in zip(*way.points_at(km), strict=True)]
    codes = list(shapes)
    nearest = [codes[int(np.argmin([s.distance(p) for s in shapes.values()]))] for p in points]
    found: dict[str, tuple[float, float]] = {}
    for k, code in zip(km, nearest, strict=True):
        low, _ = found.get(code, (k - _SAMPLE_KM / 2, 0.0))
        end = way.length_km if k == km[-1] else k + _SAMPLE_KM / 2
        found[code] = (float(low), float(end))
    return found


def feature(geometry: BaseGeometry, digits: int = 5, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature with rounded coordinates."""
    snapped = shapely.set_precision(geometry, 10.0**-digits) if digits < 5 else geometry
    return {"type": "Feature", "properties": properties, "geometry": _rounded(mapping(snapped), digits)}


def _rounded(value: Any, digits: int) -> Any:
    if isinstance(value, dict):
        return {k: _rounded(v, digits) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(v, digits) for v in value]
    return round(value, digits) if isinstance(value, float) else value


def write_collection(path: Path, features: list[dict[str, Any]]) -> None:
    """Write GeoJSON, one feature a line, so that a change shows as the lines it touches."""
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


__all__ = [
    "border_lines",
    "countries",
    "feature",
    "governorates",
    "iraq_syria",
    "measured",
    "portions",
    "valid",
    "write_collection",
]
