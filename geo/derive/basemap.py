"""The dashboard's own map layers: the world's land, the region's borders, governorates, the line and its
gates."""

import json
import tarfile
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import Point, box

from geo import areas, border
from geo.derive.boundaries import feature, write_collection
from geo.derive.topojson import arcs, borders, geometry

ATLAS = "world-atlas-2.0.2.tgz"
_REGION = box(20, 8, 68, 45)  # where country borders are drawn
_LAND_DEGREES = 0.02  # simplification: about 2 km
_GOVERNORATE_DEGREES = 0.02
_TICK_KM = 100
# Boundaries that are disputed or no settled border, drawn dashed. Natural Earth's 1:50m draws de facto lines
# and marks none of them, so the pairs are listed here.
_DISPUTED = (
    ("Israel", "Palestine"),
    ("Israel", "Syria"),
    ("Israel", "Lebanon"),
    ("Cyprus", "N. Cyprus"),
    ("Sudan", "Egypt"),
)


def write(raw: Path, folder: Path) -> None:
    """Write every layer into the dashboard's assets."""
    folder.mkdir(parents=True, exist_ok=True)
    topology = atlas(raw / ATLAS, "countries-50m.json")
    known = arcs(topology)
    land = [geometry(s, known) for s in topology["objects"]["land"]["geometries"]]
    flat = shapely.make_valid(shapely.union_all([shapely.make_valid(g) for g in land]))
    write_collection(folder / "land.geojson", [feature(_thin(flat, _LAND_DEGREES, 0.02), 2)])
    write_collection(
        folder / "borders.geojson", _borders(topology["objects"]["countries"]["geometries"], known)
    )
    write_collection(folder / "governorates.geojson", _governorates())
    write_collection(folder / "iraq_syria_border.geojson", _line())
    write_collection(folder / "crossings.geojson", _crossings())


def atlas(path: Path, member: str) -> dict[str, Any]:
    """One topology of npm's `world-atlas` package."""
    with tarfile.open(path) as package:
        file = package.extractfile(f"package/{member}")
        if file is None:
            raise FileNotFoundError(f"{path} holds no {member}")
        found: dict[str, Any] = json.load(file)
        return found


def _thin(shape: Any, tolerance: float, smallest: float) -> Any:
    """Simplified, without islets under `smallest` square degrees."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area >= smallest]
    return shapely.make_valid(shapely.simplify(shapely.multipolygons(parts), tolerance))


def _borders(shapes: list[dict[str, Any]], known: Any) -> list[dict[str, Any]]:
    """Country borders of the region: settled ones in one feature, disputed ones in another."""
    names = {s["properties"]["name"]: s for s in shapes}
    dashed = shapely.union_all(
        [borders([names[a], names[b]], known) for a, b in _DISPUTED if a in names and b in names]
    )
    solid = shapely.difference(shapely.union_all(borders(shapes, known)), shapely.buffer(dashed, 1e-6))
    return [
        feature(shapely.line_merge(shapely.intersection(part, _REGION)), 3, disputed=disputed)
        for part, disputed in ((solid, 0), (dashed, 1))
    ]


def _governorates() -> list[dict[str, Any]]:
    """Governorates with polygons, thinned together so that neighbours still share their borders."""
    table = areas.governorate_polygons()
    mapped = table[(table.basis == "polygon")]
    thin = shapely.coverage_simplify(mapped.geometry.to_numpy(), _GOVERNORATE_DEGREES)
    rows = [
        feature(
            g,
            3,
            code=r.code,
            country=r.country,
            name_en=r.name_en,
            name_ar=r.name_ar,
            note=r.note,
            basis=r.basis,
        )
        for r, g in zip(mapped.itertuples(), thin, strict=True)
    ]
    discs = table[table.basis == "disc"]
    return rows + [
        feature(
            r.geometry,
            3,
            code=r.code,
            country=r.country,
            name_en=r.name_en,
            name_ar=r.name_ar,
            note=r.note,
            basis=r.basis,
        )
        for r in discs.itertuples()
    ]


def _line() -> list[dict[str, Any]]:
    """The Iraq-Syria line by sector, and a point every 100 km and at its end."""
    parts = [
        feature(
            border.stretch(s.km_low, s.km_high),
            4,
            layer="sector",
            code=s.code,
            name_en=s.name_en,
            name_ar=s.name_ar,
        )
        for s in border.SECTORS
        if s.code not in {p.parent for p in border.SECTORS}
    ]
    ticks = [*range(0, int(border.LENGTH_KM), _TICK_KM), round(border.LENGTH_KM)]
    return parts + [feature(Point(border.point_at(float(km))), 4, layer="tick", km=km) for km in ticks]


def _crossings() -> list[dict[str, Any]]:
    return [
        feature(
            Point(c.longitude, c.latitude),
            4,
            name_en=c.name,
            name_ar=c.name_ar,
            name_sy=c.name_sy,
            name_sy_ar=c.name_sy_ar,
            km=c.km,
            official=int(c.official),
            note=c.note,
        )
        for c in border.CROSSINGS
    ]


__all__ = ["atlas", "write"]
