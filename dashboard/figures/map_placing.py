"""How each event of a release is drawn where they are many: what no filter changes, worked out once.

A filter then cuts arrays of numbers, whatever the shapes behind them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.figures import map_place as places
from dashboard.figures import shapes
from dashboard.filters import UNSTATED
from dashboard.release import Mask

AREAL = (places.DISTRICT, places.STRIP)
_AREA_COLUMNS = (
    "event_id", "longitude", "latitude", "place_uncertainty_km", "place_precision", "border_km_low",
    "border_km_high", "border_distance_high_km", "border_side",
)  # fmt: skip
Codes = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """What events of one colour that are known to it are drawn as, in one piece."""

    key: str
    form: str
    geometry: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Placing:
    """The events of a table, one entry a row in each array.

    `form` counts in `places.FORMS`, `shape` in `shapes` (-1: none), `cell` in `cells`, the governorates of
    each cell of the table, `key` in `keys`, the colours in their order. `tablets` are 0 where not stated.
    """

    form: Codes
    shape: Codes
    shapes: tuple[Shape, ...]
    cell: Codes
    cells: tuple[tuple[str, ...], ...]
    key: Codes
    keys: tuple[str, ...]
    machine: Mask
    lon: Numbers
    lat: Numbers
    tablets: Numbers


def placing(events: pd.DataFrame, areas: Mapping[str, Mapping[str, Any]]) -> Placing:
    """The form, the shape and the colour of all `events` (rows of seizures)."""
    precision = events["place_precision"]
    exact, strip = (precision == places.EXACT).to_numpy(), (precision == places.STRIP).to_numpy()
    lon, lat = (events[name].to_numpy(dtype=float) for name in ("longitude", "latitude"))
    placed = precision.isin(places.DOTS).to_numpy() & ~np.isnan(lon) & ~np.isnan(lat)
    dot = placed & ~(events["place_uncertainty_km"] > places.WIDEST_DOT_KM).to_numpy()
    key, keys = pd.factorize(_keys(events), sort=True)
    names = tuple(str(name) for name in keys)
    shape, found = _shapes(events, areas, placed & ~dot, key, names)
    cell, cells = pd.factorize(events["admin1_code"])
    governorates = tuple(
        tuple(code for code in str(one).split("|") if code in places.governorate_points()) for one in cells
    )
    inside = np.array([bool(codes) for codes in governorates], dtype=bool)[cell]
    inside &= ~precision.isin(("country", "none")).to_numpy()
    form = np.select(
        [dot & exact, dot, (shape >= 0) & strip, shape >= 0, inside],
        [
            _at(name)
            for name in (places.EXACT, places.TOWN, places.STRIP, places.DISTRICT, places.GOVERNORATE)
        ],
        default=_at(places.BESIDE),
    )
    return Placing(
        form=form,
        shape=shape,
        shapes=found,
        cell=cell.astype(np.int64),
        cells=governorates,
        key=key.astype(np.int64),
        keys=names,
        machine=(events["review_status"] == "machine").to_numpy(),
        lon=lon,
        lat=lat,
        tablets=np.nan_to_num(events["tablets_best"].to_numpy(dtype=float)),
    )


def _at(form: str) -> int:
    return places.FORMS.index(form)


def _keys(events: pd.DataFrame) -> pd.Series:
    """The colour of each event: its country, or pills of unstated kind."""
    return events["country"].astype(object).where(~events["drug"].isin(UNSTATED), places.UNSTATED_KIND)


def _shapes(
    events: pd.DataFrame, areas: Mapping[str, Any], wide: Mask, key: Codes, keys: tuple[str, ...]
) -> tuple[Codes, tuple[Shape, ...]]:
    """Which shape each event is drawn as, and each shape once.

    Most share theirs: it is worked out for the first of them only.
    """
    at = np.flatnonzero(events["place_precision"].isin(AREAL).to_numpy() | wide)
    rows: Iterable[Any] = events.take(at)[[*_AREA_COLUMNS]].itertuples(index=False)
    shape = np.full(len(events), -1, dtype=np.int64)
    found: list[Shape] = []
    known: dict[tuple[int, Hashable], int] = {}
    for position, row in zip(at.tolist(), rows, strict=True):
        same = (int(key[position]), _sameness(row, areas))
        if same not in known:
            geometry = (
                shapes.disc(row.longitude, row.latitude, row.place_uncertainty_km)
                if wide[position]
                else places.area_of(row, areas)
            )
            known[same] = -1 if geometry is None else len(found)
            if geometry is not None:
                form = places.STRIP if row.place_precision == places.STRIP else places.DISTRICT
                found.append(Shape(keys[same[0]], form, geometry))
        shape[position] = known[same]
    return shape, tuple(found)


def _sameness(row: Any, areas: Mapping[str, Any]) -> Hashable:
    """Equal for events that are drawn as the same shape: the release keeps equal shapes as one object."""
    own = areas.get(row.event_id)
    if row.place_precision in places.DOTS:
        return row.longitude, row.latitude, row.place_uncertainty_km
    line = (row.border_km_low, row.border_km_high, row.border_side, row.border_distance_high_km)
    return id(own), *(line if row.place_precision == places.STRIP and line[0] == line[0] else ())
