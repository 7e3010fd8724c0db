"""A small map of one seizure with its uncertainty, as SVG: no script, no tiles; it prints and saves.

Words are not part of the SVG: the page lays them over it as HTML, where they take the page's type, theme and
language. Coordinates in the SVG are kilometres from the middle of the map, x to the east, y to the south.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from shapely import STRtree, affinity, box
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from dashboard.release import Snapshot, per_release
from dashboard.theme import Palette
from geo import border

KM_PER_DEGREE = 111.2  # one degree of latitude, to 0.5 %
WIDTH, HEIGHT = 480, 340
SMALLEST_HALF_KM = 45.0
STRETCH_PX = 9
ASSETS = Path(__file__).resolve().parent.parent / "assets" / "geo"


@dataclass(frozen=True)
class Label:
    """A word on the map at `left`, `top` in per cent; `kind` is place, crossing or region."""

    text: str
    left: float
    top: float
    kind: str


@dataclass(frozen=True, eq=False)
class Scene:
    """What the map shows: its middle (degrees), half its width in km, and the seizure's own shape (km)."""

    longitude: float
    latitude: float
    half_km: float
    seizure: BaseGeometry
    is_point: bool
    has_dot: bool = False
    """An exact place is a dot; of a town the disc alone stands for where it may be."""

    @property
    def half_height_km(self) -> float:
        return self.half_km * HEIGHT / WIDTH

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """Degrees to kilometres from the middle; true within 1 % over the extent of one map."""
        east = KM_PER_DEGREE * math.cos(math.radians(self.latitude))
        moved = affinity.translate(geometry, -self.longitude, -self.latitude)
        return affinity.scale(moved, east, -KM_PER_DEGREE, origin=(0, 0))

    @property
    def window(self) -> BaseGeometry:
        return box(-self.half_km, -self.half_height_km, self.half_km, self.half_height_km)

    @property
    def scale_km(self) -> int:
        """The longest round length that fits a third of the map."""
        return max(length for length in (5, 10, 20, 50, 100, 200, 500) if length <= self.half_km * 2 / 3)

    def spot(self, longitude: float, latitude: float) -> tuple[float, float] | None:
        """A place in per cent of the map, None outside it."""
        x, y = self.project(Point(longitude, latitude)).coords[0][:2]
        left, top = 50 + 50 * x / self.half_km, 50 + 50 * y / self.half_height_km
        return (left, top) if 2 < left < 98 and 2 < top < 98 else None


def scene(event: pd.Series, snapshot: Snapshot) -> Scene | None:
    """The map of an event, None where its place is known to the country only or not at all."""
    precision = str(event["place_precision"])
    longitude, latitude = event["longitude"], event["latitude"]
    if not (pd.isna(longitude) or pd.isna(latitude)):
        radius = event["place_uncertainty_km"]
        radius = 0.0 if pd.isna(radius) else float(radius)
        half = max(SMALLEST_HALF_KM, radius * 4)
        return Scene(
            float(longitude),
            float(latitude),
            half,
            Point(0, 0).buffer(max(radius, 0.01)),
            True,
            precision == "exact",
        )
    area = _area(event, snapshot) if precision in {"district", "border_strip", "governorate"} else None
    if area is None:
        return None
    west, south, east, north = area.bounds
    middle = Scene((west + east) / 2, (south + north) / 2, SMALLEST_HALF_KM, area, False)
    flat = middle.project(area)
    _, top, right, bottom = flat.bounds
    half = max(SMALLEST_HALF_KM, right * 1.25, max(-top, bottom) * 1.25 * WIDTH / HEIGHT)
    return Scene(middle.longitude, middle.latitude, half, flat, False)


def labels(event: pd.Series, view: Scene, snapshot: Snapshot, lang: str = "en") -> tuple[Label, ...]:
    """The place, the crossings of the Iraq-Syria border, and the larger governorates in view."""
    found = []
    if view.is_point and event["place"]:
        name = event["place_ar"] if lang == "ar" and event["place_ar"] else event["place"]
        found.append(Label(str(name), 50, 50, "place"))
    for crossing in border.crossings():
        spot = view.spot(crossing.longitude, crossing.latitude)
        if spot and crossing.official and crossing.name.lower() not in str(event["place"]).lower():
            found.append(Label(crossing.name_ar if lang == "ar" else crossing.name, *spot, "crossing"))
    return (*found, *_regions(view, snapshot, lang))


def _regions(view: Scene, snapshot: Snapshot, lang: str) -> Iterator[Label]:
    tree, areas = _governorates(snapshot)
    for i in sorted(tree.query(_degrees(view))):
        geometry, properties = areas[i]
        seen = view.project(geometry).intersection(view.window)
        if seen.area < 0.06 * view.window.area:
            continue
        at = seen.representative_point()
        left, top = 50 + 50 * at.x / view.half_km, 50 + 50 * at.y / view.half_height_km
        name = properties.get(f"name_{lang}") or properties.get("name_en") or ""
        near_middle = view.is_point and abs(left - 50) < 24 and abs(top - 50) < 12
        if name and 10 < left < 90 and 6 < top < 94 and not near_middle:
            yield Label(str(name), left, top, "region")


def svg(view: Scene, snapshot: Snapshot, palette: Palette, colour: str) -> str:
    """The picture: land, governorates, the Iraq-Syria border, the seizure as a dot, disc or area, a scale."""
    around = _degrees(view)
    tree, areas = _governorates(snapshot)
    px = view.half_km * 2 / WIDTH  # kilometres a pixel
    part = [_path(g, view, f'fill="{palette.land}"') for g in _land(around)]
    part += [
        _path(
            areas[i][0],
            view,
            f'fill="{palette.land}" stroke="{palette.rule_strong}" stroke-width="{0.6 * px:.3f}"',
        )
        for i in sorted(tree.query(around))
    ]
    part += [
        _path(g, view, f'fill="none" stroke="{palette.muted}" stroke-width="{1.1 * px:.3f}"')
        for g in _lines(around)
    ]
    part.append(
        _path(border.line(), view, f'fill="none" stroke="{palette.ink}" stroke-width="{2.4 * px:.3f}"')
    )
    flat = view.seizure.area == 0  # a stretch of a line: drawn as a band
    width = (STRETCH_PX if flat else 1.4) * px
    outline = f'stroke="{colour}" stroke-width="{width:.3f}" stroke-opacity="{0.55 if flat else 1}"'
    part.append(
        f'<path d="{_d(view.seizure)}" fill="{"none" if flat else colour}" fill-opacity="0.22" {outline}/>'
    )
    if view.has_dot:
        rim = f'stroke="{palette.paper}" stroke-width="{1.2 * px:.3f}"'
        part.append(f'<circle r="{4 * px:.3f}" fill="{colour}" {rim}/>')
    part.append(_scale(view, px, palette))
    half, height = view.half_km, view.half_height_km
    frame = f"{-half:.3f} {-height:.3f} {2 * half:.3f} {2 * height:.3f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{frame}" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect x="{-half:.3f}" y="{-height:.3f}" width="{2 * half:.3f}" height="{2 * height:.3f}" '
        f'fill="{palette.sea}"/>{"".join(part)}</svg>'
    )


def _scale(view: Scene, px: float, palette: Palette) -> str:
    x, y = -view.half_km + 14 * px, view.half_height_km - 12 * px
    bar = f"M{x:.2f} {y - 4 * px:.2f}V{y:.2f}H{x + view.scale_km:.2f}V{y - 4 * px:.2f}"
    return f'<path d="{bar}" fill="none" stroke="{palette.ink}" stroke-width="{px:.3f}"/>'


def _path(geometry: BaseGeometry, view: Scene, style: str) -> str:
    flat = view.project(geometry).intersection(view.window.buffer(view.half_km * 0.05))
    flat = flat.simplify(view.half_km / WIDTH)
    return f'<path d="{_d(flat)}" {style}/>' if not flat.is_empty else ""


def _d(geometry: BaseGeometry) -> str:
    """SVG path data of polygons (closed) and lines."""
    if hasattr(geometry, "geoms"):
        return "".join(_d(part) for part in geometry.geoms)
    if geometry.geom_type == "Polygon":
        rings = [geometry.exterior, *geometry.interiors]  # type: ignore[attr-defined]
        return "".join(_d(ring) + "Z" for ring in rings)
    if geometry.geom_type in {"LineString", "LinearRing"}:
        return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y, *_ in geometry.coords)
    return ""


def _degrees(view: Scene) -> BaseGeometry:
    east = KM_PER_DEGREE * math.cos(math.radians(view.latitude))
    dx, dy = view.half_km * 1.1 / east, view.half_height_km * 1.1 / KM_PER_DEGREE
    return box(view.longitude - dx, view.latitude - dy, view.longitude + dx, view.latitude + dy)


def _area(event: pd.Series, snapshot: Snapshot) -> BaseGeometry | None:
    """The published area of an event: its own, or its governorates together."""
    own = _areas(snapshot).get(str(event["event_id"]))
    if own is not None:
        return own
    wanted = {code for code in str(event["admin1_code"]).split("|") if code}
    _, governorates = _governorates(snapshot)
    parts = [geometry for geometry, properties in governorates if properties.get("admin1_code") in wanted]
    if not parts:
        return None
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.union(part)
    return joined


@per_release(1)
def _governorates(snapshot: Snapshot) -> tuple[STRtree, list[tuple[BaseGeometry, dict[str, Any]]]]:
    found = _features(snapshot.path("governorates.geojson"))
    return STRtree([geometry for geometry, _ in found]), found


@per_release(1)
def _areas(snapshot: Snapshot) -> dict[str, BaseGeometry]:
    found = _features(snapshot.path("areas.geojson"))
    return {
        str(properties["event_id"]): geometry for geometry, properties in found if "event_id" in properties
    }


def _land(around: BaseGeometry) -> list[BaseGeometry]:
    return [geometry for geometry, _ in _asset("land.geojson") if geometry.intersects(around)]


def _lines(around: BaseGeometry) -> list[BaseGeometry]:
    return [geometry for geometry, _ in _asset("borders.geojson") if geometry.intersects(around)]


@lru_cache(maxsize=4)
def _asset(name: str) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    return _features(ASSETS / name)


def _features(path: Path) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    if not path.is_file():
        return []
    features = json.loads(path.read_text("utf-8")).get("features", [])
    return [(shape(f["geometry"]), f.get("properties") or {}) for f in features if f.get("geometry")]
