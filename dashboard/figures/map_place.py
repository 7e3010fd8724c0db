"""How precisely each event can be drawn, and where: the form it takes on the map, its spot or its shape."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import isnan
from typing import Any

import pandas as pd

from dashboard.figures import amounts, data, shapes, when
from dashboard.figures.view import Look
from dashboard.filters import UNSTATED

EXACT, TOWN, DISTRICT, STRIP, GOVERNORATE, BESIDE = (
    "exact",
    "town",
    "district",
    "border_strip",
    "governorate",
    "beside",
)
FORMS = (EXACT, TOWN, DISTRICT, STRIP, GOVERNORATE, BESIDE)
DOTS = (EXACT, TOWN)
UNSTATED_KIND = "unstated"  # the colour key of pills of unstated kind; all others are country codes
WIDEST_DOT_KM = 40.0  # a place less certain than this is drawn as its disc alone
DEEPEST_STRIP_KM = 60.0  # a strip reaching farther from the Iraq-Syria line belongs to another border
_COLUMNS = [
    *("event_id", "date_start", "date_end", "date_precision", "country", "admin1", "admin1_code", "place"),
    *("latitude", "longitude", "place_precision", "place_uncertainty_km", "border_km_low", "border_km_high"),
    *("border_distance_high_km", "border_side", "drug", "n_outlets"),
    *("tablets_low", "tablets_best", "tablets_high", "tablets_qualifier", "review_status"),
]
Geometry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Placed:
    """One event and how it is drawn. `row` holds its columns; `spot` is shared by circles at one point,
    `shape`
    by equal areas; `geometry` is the area of an event that has one, `codes` are its governorates."""

    row: Any
    form: str
    colour_key: str
    spot: str = ""
    geometry: Geometry | None = None
    shape: str = ""
    codes: tuple[str, ...] = ()

    @property
    def machine_read(self) -> bool:
        """Whether a machine read it and nobody has reviewed it."""
        return bool(self.row.review_status == "machine")


def place(events: pd.DataFrame, geometries: Mapping[str, Geometry]) -> tuple[Placed, ...]:
    """All events, those with most tablets first, so that small circles come to lie on large ones."""
    ordered = events[_COLUMNS].sort_values(
        ["tablets_best", "event_id"], ascending=[False, True], na_position="last"
    )
    rows: list[Any] = list(ordered.itertuples(index=False))
    discs = shapes.discs(_disc(row) for row in rows if _is_dot(row) and row.place_uncertainty_km > 0)
    return tuple(_placed(row, geometries, discs) for row in rows)


def _is_dot(row: Any) -> bool:
    return row.place_precision in DOTS and not (isnan(row.latitude) or isnan(row.longitude))


def _disc(row: Any) -> shapes.Disc:
    return row.longitude, row.latitude, row.place_uncertainty_km


def _placed(row: Any, geometries: Mapping[str, Geometry], discs: Mapping[shapes.Disc, Geometry]) -> Placed:
    key = UNSTATED_KIND if row.drug in UNSTATED else str(row.country)
    precision = row.place_precision
    if _is_dot(row):
        disc = discs.get(_disc(row))
        if row.place_uncertainty_km > WIDEST_DOT_KM:
            return Placed(row, DISTRICT, key, geometry=disc, shape=_shape(key, disc))
        geometry = disc if precision == TOWN else None
        spot = f"{row.latitude:.4f},{row.longitude:.4f}"
        return Placed(row, precision, key, spot, geometry, _shape(key, geometry))
    if precision in {DISTRICT, STRIP}:
        geometry = area_of(row, geometries)
        if geometry is not None:
            return Placed(row, precision, key, geometry=geometry, shape=_shape(key, geometry))
    codes = tuple(code for code in str(row.admin1_code).split("|") if code in governorate_points())
    if codes and precision not in {"country", "none"}:
        return Placed(row, GOVERNORATE, key, codes=codes)
    return Placed(row, BESIDE, key)


def _shape(key: str, geometry: Geometry | None) -> str:
    """Equal for events of one colour that share a shape: equal shapes are one object."""
    return f"{key} {id(geometry)}" if geometry is not None else ""


def area_of(row: Any, geometries: Mapping[str, Geometry]) -> Geometry | None:
    """What an event without a circle covers: of the Iraq-Syria line its stretch with its depth, else the
    release's own shape, lines of other borders as bands."""
    on_line = row.place_precision == STRIP and row.border_distance_high_km <= DEEPEST_STRIP_KM
    if on_line and row.border_side in {"IQ", "SY"} and row.border_km_low < row.border_km_high:
        return shapes.strip(
            row.border_km_low, row.border_km_high, row.border_side, row.border_distance_high_km
        )
    found = geometries.get(row.event_id)
    if found is not None and found["type"] == "LineString":
        return shapes.ribbon(tuple((float(lon), float(lat)) for lon, lat in found["coordinates"]))
    return found


@lru_cache(maxsize=1)
def governorate_points() -> Mapping[str, tuple[float, float]]:
    """Code -> (longitude, latitude) where the governorate's count is written: its roomiest spot."""
    text = (
        resources.files("dashboard").joinpath("assets", "geo", "labels.geojson").read_text(encoding="utf-8")
    )
    return {
        feature["properties"]["code"]: tuple(feature["geometry"]["coordinates"])
        for feature in json.loads(text)["features"]
        if feature["properties"].get("kind") == "governorate"
    }


def by_governorate(placed: Iterable[Placed]) -> dict[str, list[Placed]]:
    """The events known to their governorate only, by its code; one that names several is in each."""
    groups: dict[str, list[Placed]] = {}
    for event in placed:
        for code in event.codes:
            groups.setdefault(code, []).append(event)
    return dict(sorted(groups.items()))


def grouped(placed: Iterable[Placed], key: str) -> dict[str, list[Placed]]:
    """Events by their `spot` or `shape`, those without one left out."""
    groups: dict[str, list[Placed]] = {}
    for event in placed:
        if name := getattr(event, key):
            groups.setdefault(name, []).append(event)
    return groups


def counts(placed: Iterable[Placed]) -> dict[str, int]:
    """How many events take each form, all forms named."""
    found = Counter(event.form for event in placed)
    return {form: found[form] for form in FORMS}


def record(placed: Iterable[Placed]) -> pd.DataFrame:
    """One row an event, with the form it takes on the map."""
    found = list(placed)
    rows = pd.DataFrame([event.row for event in found], columns=pd.Index(_COLUMNS))
    rows["drawn_as"] = [event.form for event in found]
    return data.marks(rows, "place_uncertainty_km", "latitude", "longitude", "drawn_as")


def table(placed: Iterable[Placed], look: Look) -> pd.DataFrame:
    """One row an event: what a reader of the map can't hover over."""
    names = ("event", "date", "country", "admin1", "place", "tablets", "drawn_as")
    undated = look.t("undated")
    drawn_as = {form: look.t(f"map.drawn_as.{form}") for form in FORMS}
    rows = [
        (
            event.row.event_id,
            when.text(event.row, look.lang) or undated,
            look.country(event.row.country),
            event.row.admin1,
            event.row.place,
            amounts.tablets(event.row, look),
            drawn_as[event.form] + (f"; {look.t('machine_read')}" if event.machine_read else ""),
        )
        for event in placed
    ]
    return pd.DataFrame(rows, columns=pd.Index([look.t(f"column.{name}") for name in names]))
