"""Where the dashboard's map writes names: countries, governorates and a few towns, English and Arabic.

An area's name stands at the centre of its largest inscribed circle, where a count fits too; `labels.csv`
moves those that would collide with the labels of the border and adds the towns.
"""

import csv
import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from geo import areas, names
from geo.derive.boundaries import feature, write_collection

_TOLERANCE = 0.02  # degrees


def write(data: Path, folder: Path) -> None:
    """Write `labels.geojson` into `folder` from the derived polygons in `data`."""
    with (Path(__file__).parent / "labels.csv").open(encoding="utf-8") as file:
        own = list(csv.DictReader(file))
    moved = {row["code"]: _point(row) for row in own if row["kind"] == "country"}
    towns = [
        feature(_point(row), 3, kind="town", name_en=row["name_en"], name_ar=row["name_ar"])
        for row in own
        if row["kind"] == "town"
    ]
    write_collection(folder / "labels.geojson", [*_countries(data, moved), *_governorates(), *towns])


def _point(row: dict[str, str]) -> Point:
    return Point(float(row["longitude"]), float(row["latitude"]))


def roomiest(area: BaseGeometry) -> Point:
    """Centre of the largest circle inside the largest part of an area."""
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    return Point(shapely.maximum_inscribed_circle(largest, _TOLERANCE).coords[0])


def _countries(data: Path, moved: dict[str, Point]) -> list[dict[str, Any]]:
    known = {country.code: country for country in names.countries()}
    found = []
    for entry in json.loads((data / "countries.geojson").read_text(encoding="utf-8"))["features"]:
        country = known[entry["properties"]["code"]]
        at = moved.get(country.code) or roomiest(shape(entry["geometry"]))
        found.append(
            feature(
                at, 3, kind="country", code=country.code, name_en=country.name_en, name_ar=country.name_ar
            )
        )
    return found


def _governorates() -> list[dict[str, Any]]:
    table = areas.governorate_polygons()
    return [
        feature(
            roomiest(row.geometry),
            3,
            kind="governorate",
            code=row.code,
            country=row.country,
            name_en=row.name_en,
            name_ar=row.name_ar,
            basis=row.basis,
        )
        for row in table.itertuples()
    ]
