"""Files for maps: the seizures as points, the areas of those known less precisely, governorates, the border.

A place coarser than a town has no point: in `seizures.geojson` and the GeoParquet its geometry is null, so
that no other program draws the dot that the dashboard refuses to draw.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import geopandas
import pandas as pd
import pyarrow as pa
import shapely

from etl.records import Event
from etl.schema import SEIZURES
from geo import areas, border, lines
from geo.gazetteer import by_id

Feature = dict[str, object]
Rows = Sequence[Mapping[str, str]]
DTYPES = {"text": "string", "list": "string", "integer": "Int64", "number": "Float64", "yes_no": "Int8"}
DECIMALS = 5  # a metre


def seizures_geojson(rows: Rows) -> bytes:
    """One feature a seizure with the columns of `seizures.csv`; null geometry where there is no point."""
    return collection(
        {
            "type": "Feature",
            "id": row["event_id"],
            "geometry": _point(_position(row)),
            "properties": _properties(row),
        }
        for row in rows
    )


def seizures_parquet(rows: Rows) -> bytes:
    """The same as GeoParquet. Bytes depend on the content and the library versions only."""
    typed = [_properties(row) for row in rows]
    frame = pd.DataFrame({
        f.name: pd.array([_day_or_value(row[f.name], f.type) for row in typed], dtype=_dtype(f.type))
        for f in SEIZURES.fields
    })  # fmt: skip
    points = [shapely.Point(*position) if (position := _position(row)) else None for row in rows]
    out = io.BytesIO()
    geopandas.GeoDataFrame(frame, geometry=geopandas.array.from_shapely(points), crs="EPSG:4326").to_parquet(
        out, index=False, compression="snappy", schema_version="1.1.0"
    )
    return out.getvalue()


def governorates_geojson() -> bytes:
    """Polygons of the packaged governorates keyed by ISO 3166-2, with today's names.

    `basis` is `disc` where no polygon is at hand: a circle about a named centre, as `note` says.
    """
    features = []
    for g in areas.governorate_polygons().sort_values("code").itertuples():
        properties = {
            "admin1_code": g.code,
            "name_en": g.name_en,
            "name_ar": g.name_ar,
            "country": g.country,
            "basis": g.basis,
            "note": g.note,
        }
        features.append(_feature(properties, g.geometry))
    return collection(features)


def border_geojson() -> bytes:
    """The Iraq-Syria border as distances are measured, its sectors as stretches, its crossings as points."""
    features: list[Feature] = [
        _feature({"kind": "border", "length_km": round(border.length_km(), 1)}, border.line())
    ]
    for sector in border.sectors():
        properties = {
            "kind": "sector", "code": sector.code, "name_en": sector.name_en, "name_ar": sector.name_ar,
            "km_low": sector.km_low, "km_high": round(sector.km_high, 1), "parent": sector.parent,
        }  # fmt: skip
        features.append(_feature(properties, border.stretch(sector.km_low, sector.km_high)))
    for crossing in border.crossings():
        properties = {
            "kind": "crossing", "name_en": crossing.name, "name_ar": crossing.name_ar,
            "name_en_sy": crossing.name_sy, "name_ar_sy": crossing.name_sy_ar,
            "km": round(crossing.km, 1), "official": int(crossing.official),
        }  # fmt: skip
        features.append(_feature(properties, shapely.Point(crossing.longitude, crossing.latitude)))
    return collection(features)


def areas_geojson(events: Iterable[tuple[str, Event]]) -> bytes:
    """What is drawn for places known to a district or border strip only: a disc or a stretch of the line."""
    features = []
    for event_id, event in events:
        geometry = _area(event)
        if geometry is not None:
            properties = {"event_id": event_id, "place_precision": event.values["place_precision"].value}
            features.append(_feature(properties, geometry))
    return collection(features)


def collection(features: Iterable[Feature]) -> bytes:
    """A GeoJSON feature collection, one feature a line so that two versions can be compared."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


def _area(event: Event) -> shapely.Geometry | None:
    chosen = event.values["place_precision"]
    place = next((r.location for r in event.reports if r.report_id in chosen.report_ids), None)
    if place is None:
        return None
    if chosen.value == "border_strip" and place.place_id:
        named = by_id(place.place_id)
        return areas.strip_line(named) if named.line else None
    x, y, radius = place.longitude, place.latitude, place.uncertainty_km
    if chosen.value != "district" or x is None or y is None or radius is None:
        return None
    return lines.disc(x, y, radius)


def _feature(properties: Mapping[str, object], geometry: shapely.Geometry) -> Feature:
    rounded = shapely.transform(geometry, lambda points: points.round(DECIMALS))
    return {
        "type": "Feature",
        "properties": dict(properties),
        "geometry": json.loads(shapely.to_geojson(rounded)),
    }


def _position(row: Mapping[str, str]) -> tuple[float, float] | None:
    if not row.get("longitude") or not row.get("latitude"):
        return None
    return float(row["longitude"]), float(row["latitude"])


def _point(position: tuple[float, float] | None) -> Feature | None:
    return {"type": "Point", "coordinates": list(position)} if position else None


def _properties(row: Mapping[str, str]) -> dict[str, object]:
    """Every column of a row of texts, typed as JSON can: numbers, 1/0, texts, null for unknown."""
    return {name: read(row[name]) if row.get(name) else None for name, read in _READERS.items()}


_BY_TYPE: dict[str, Callable[[str], object]] = {"integer": int, "yes_no": int, "number": float}
_READERS = {field.name: _BY_TYPE.get(field.type, str) for field in SEIZURES.fields}


def _day_or_value(value: object, kind: str) -> object:
    return date.fromisoformat(str(value)) if kind == "date" and value is not None else value


def _dtype(kind: str) -> Any:
    return pd.ArrowDtype(pa.date32()) if kind == "date" else DTYPES[kind]
