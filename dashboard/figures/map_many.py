"""The map of so many events that single circles would be soot, and megabytes: counted by cells of a grid.

What is known to a place becomes circles of a cell: one for each country in it, its area by the number of
events, at the middle of their places. What is known less precisely is drawn as on the map of few events:
governorates shaded with a count, districts and stretches as their own shapes. Nothing is drawn finer for
being many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard import i18n
from dashboard.figures import data, map_key
from dashboard.figures import map_marks as marks
from dashboard.figures import map_place as places
from dashboard.figures.map_placing import AREAL, Codes, Numbers, Placing
from dashboard.figures.mapstyle import below
from dashboard.figures.view import Look

MOST = 1000
"""Events; with more, the map is drawn by cells."""
READ = ("event_id", "country")
"""The columns of seizures that it is made of, beside what `map_placing` knows of them."""
CELLS_ACROSS = 50  # of the width of a view: some 16 px each on a wide screen
_SEIZED = {"series": data.SEIZURES}
_SMALLEST, _WIDEST = 5.0, 34.0  # px: diameters of the circles of the emptiest and the fullest cell
_NAMED = 40  # cells that carry their count in figures
_OTHERS = len(places.DOTS)  # from here on the forms are no dots


@dataclass(frozen=True, slots=True)
class Area:
    """A shape, drawn once for the `n` events of one colour that are known to it."""

    key: str
    form: str
    geometry: Mapping[str, Any]
    n: int


@dataclass(frozen=True, eq=False)
class Many:
    """The events by the form they take.

    `cells` has a row for each circle: lon, lat, n, tablets, key (of its colour), machine (read by one).
    `governorates` gives the number of events by code, `countries` the ids of those that are on no map.
    """

    counts: Mapping[str, int]
    cells: pd.DataFrame
    governorates: Mapping[str, int]
    countries: Mapping[str, tuple[str, ...]]
    areas: tuple[Area, ...]


def gather(events: pd.DataFrame, placed: Placing, across: float) -> Many:
    """Sort events into forms and cells; `across` is the width of the view in degrees.

    The index of `events` (rows of seizures) counts in the table that `placed` was made of.
    """
    at = events.index.to_numpy()
    form, shape = placed.form[at], placed.shape[at]
    n_of_form = np.bincount(form, minlength=len(places.FORMS)).tolist()
    beside = events[[*READ]][form == places.FORMS.index(places.BESIDE)]
    return Many(
        counts=dict(zip(places.FORMS, n_of_form, strict=True)),
        cells=_cells(placed, at[form < _OTHERS], across / CELLS_ACROSS),
        governorates=_governorates(placed, at[form == places.FORMS.index(places.GOVERNORATE)]),
        countries={
            str(code): tuple(sorted(ids))
            for code, ids in beside.groupby("country", observed=True)["event_id"]
        },
        areas=_areas(placed, shape[shape >= 0]),
    )


def _cells(placed: Placing, at: Codes, size: float) -> pd.DataFrame:
    lon, lat, key, machine = placed.lon[at], placed.lat[at], placed.key[at], placed.machine[at]
    x, y = (np.floor(part / size).astype(np.int64) for part in (lon, lat))
    across, up = (part - part.min(initial=0) for part in (x, y))
    sizes = (across.max(initial=0) + 1, up.max(initial=0) + 1, len(placed.keys) or 1, 2)
    codes = np.ravel_multi_index((across, up, key, machine.astype(np.int64)), sizes)
    found, first, which = np.unique(codes, return_index=True, return_inverse=True)
    n = np.bincount(which, minlength=len(found))

    def total(part: Numbers) -> Numbers:
        return np.bincount(which, weights=part, minlength=len(found)).astype(float)

    table = pd.DataFrame(
        {
            **{"x": x[first], "y": y[first]},
            "key": [placed.keys[code] for code in key[first]],
            "machine": machine[first],
            **{"lon": total(lon) / n, "lat": total(lat) / n},
            **{"n": n, "tablets": total(placed.tablets[at])},
        }
    )
    return table.sort_values("n", ascending=False, kind="stable", ignore_index=True)


def _areas(placed: Placing, shape: Codes) -> tuple[Area, ...]:
    """The shapes with the number of their events, those of most first."""
    counts = np.bincount(shape, minlength=len(placed.shapes)).tolist()
    found = (
        Area(one.key, one.form, one.geometry, n) for one, n in zip(placed.shapes, counts, strict=True) if n
    )
    return tuple(sorted(found, key=lambda area: (-area.n, area.key)))


def _governorates(placed: Placing, at: Codes) -> dict[str, int]:
    """How many events each governorate has; one that names several is in each."""
    counts: Counter[str] = Counter()
    for codes, n in zip(placed.cells, np.bincount(placed.cell[at], minlength=len(placed.cells)), strict=True):
        counts.update(dict.fromkeys(codes, int(n)) if n else {})
    return dict(sorted(counts.items()))


def traces(many: Many, look: Look, assets: str) -> list[dict[str, Any]]:
    """The same five traces as on the map of few events, in the same order."""
    return [
        _shaded(many, look, assets),
        _shapes(many, look),
        _words(many, look),
        _circles(many, look, machine_read=False),
        _circles(many, look, machine_read=True),
    ]


def _shaded(many: Many, look: Look, assets: str) -> dict[str, Any]:
    counts = many.governorates
    hover = [
        f"<b>{look.label('admin1_code', code)}</b><br>{look.t('many.governorate', n=n)}"
        for code, n in counts.items()
    ]
    return marks.shaded(counts, hover, look, assets, most=max(marks.FULL_SHADE, *counts.values(), 0))


def _shapes(many: Many, look: Look) -> dict[str, Any]:
    drawn = [(area.key, area.form, area.geometry) for area in many.areas]
    return marks.shapes_of(drawn, [look.t(f"many.{area.form}", n=area.n) for area in many.areas], look)


def _circles(many: Many, look: Look, *, machine_read: bool) -> dict[str, Any]:
    table = many.cells[many.cells["machine"] == machine_read]
    inks = [marks.colour(str(key), look) for key in table["key"]]
    name = "machine-read" if machine_read else "circles"
    return {
        "type": "scattermap",
        "uid": name,
        "below": below(name),
        "mode": "markers",
        "lon": table["lon"].round(3).to_list(),
        "lat": table["lat"].round(3).to_list(),
        "marker": {
            "size": diameters(table["n"], many.cells["n"]) or _SMALLEST,
            "color": inks or look.palette.muted,
            "opacity": 0.4 if machine_read else 0.7,
        },
        "hovertext": [_cell_hover(row, look) for row in table.itertuples()],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cluster": {"enabled": False},
    }


def diameters(counts: pd.Series, of_all: pd.Series) -> list[float]:
    """Diameters in px, area in proportion to the number of events of the fullest cell."""
    if counts.empty:
        return []
    share = np.sqrt(counts.to_numpy(dtype=float) / float(of_all.max()))
    return [float(size) for size in np.round(np.maximum(_SMALLEST, _WIDEST * share), 1)]


def _cell_hover(row: Any, look: Look) -> str:
    unstated = row.key == places.UNSTATED_KIND
    name = look.t("map.key_unstated") if unstated else look.country(str(row.key))
    amount = i18n.tablets(row.tablets, look.lang)
    lines = [f"<b>{name}</b>", look.t("many.cell", n=int(row.n)), look.t("many.tablets", amount=amount)]
    if row.machine:
        lines.append(look.t("machine_read"))
    return "<br>".join([*lines, look.t("many.narrow")])


def _words(many: Many, look: Look) -> dict[str, Any]:
    points = places.governorate_points()
    found = [(*points[code], look.t("map.count_area", n=n)) for code, n in many.governorates.items()]
    found += [(lon, lat, look.t("many.count", n=n)) for lon, lat, n in _fullest(many.cells)]
    return marks.written(found, look, position="middle center", size=12)


def _fullest(cells: pd.DataFrame) -> list[tuple[float, float, int]]:
    """Longitude, latitude and count of the fullest cells, whatever the countries in them."""
    lon, lat, n = (cells[name].to_numpy() for name in ("lon", "lat", "n"))
    _, which = np.unique(cells[["x", "y"]].to_numpy(), axis=0, return_inverse=True)
    circles = np.bincount(which)
    events = np.bincount(which, weights=n).astype(int)
    fullest = np.argsort(-events, kind="stable")[:_NAMED]
    sums = (np.bincount(which, weights=part)[fullest] for part in (lon, lat))
    middles = (np.round(part / circles[fullest], 3) for part in sums)
    return list(zip(*(part.tolist() for part in (*middles, events[fullest])), strict=True))


def key(many: Many, look: Look) -> list[map_key.Entry]:
    """Entries for the key of the map, as `dashboard.figures.map_key` has them."""
    entries: list[map_key.Entry] = [
        {"mark": form, "text": look.t(f"map.key_{form}")}
        for form in (places.DISTRICT, places.STRIP, places.GOVERNORATE)
        if many.counts[form]
    ]
    if not many.cells.empty:
        most = int(many.cells["n"].max())
        sizes = pd.Series(sorted({max(1, most // 100), max(1, most // 10), most}))
        drawn = diameters(sizes, many.cells["n"])
        entries += [
            {"mark": "size", "text": look.t("many.key_size", n=int(n)), "diameter": size}
            for n, size in zip(sizes, drawn, strict=True)
        ]
    return entries + map_key.colours(set(many.cells["key"]), look)


def table(many: Many, look: Look) -> pd.DataFrame:
    """How many events the map shows in each form and governorate: what a reader can't hover over."""
    rows = [
        (look.label("admin1_code", code), look.t(f"map.drawn_as.{places.GOVERNORATE}"), n)
        for code, n in many.governorates.items()
    ]
    cells = many.cells.groupby("key")["n"].sum()
    for code, n in cells.items():
        name = look.t("map.key_unstated") if code == places.UNSTATED_KIND else look.country(str(code))
        rows.append((name, look.t("many.drawn_as_cells"), int(n)))
    rows += [("", look.t(f"map.drawn_as.{form}"), many.counts[form]) for form in AREAL if many.counts[form]]
    rows += [
        (look.country(code), look.t(f"map.drawn_as.{places.BESIDE}"), len(ids))
        for code, ids in many.countries.items()
    ]
    names = (look.t("column.place"), look.t("column.drawn_as"), look.t("many.events"))
    return pd.DataFrame(rows, columns=pd.Index(names))


def record(many: Many, look: Look) -> pd.DataFrame:
    """One row a mark: a circle of a cell, a shaded governorate, a shape; and the countries beside the map."""
    cells: Iterable[Any] = many.cells.itertuples()
    rows = [
        *(
            {
                "drawn_as": "cell",
                **_coded(cell.key),
                "longitude": round(cell.lon, 3),
                "latitude": round(cell.lat, 3),
                "machine_read": int(cell.machine),
                "events": cell.n,
                "tablets_best": cell.tablets or None,
            }
            for cell in cells
        ),
        *(
            {
                "drawn_as": places.GOVERNORATE,
                "admin1_code": code,
                "label": look.label("admin1_code", code),
                "events": n,
            }
            for code, n in many.governorates.items()
        ),
        *({"drawn_as": area.form, **_coded(area.key), "events": area.n} for area in many.areas),
        *(
            {"drawn_as": places.BESIDE, "country": code, "label": look.country(code), "events": len(ids)}
            for code, ids in many.countries.items()
        ),
    ]
    names = ("drawn_as", "series", "country", "admin1_code", "label", "longitude", "latitude")
    return pd.DataFrame(rows, columns=pd.Index([*names, "machine_read", "events", "tablets_best"]))


def _coded(key: str) -> dict[str, str]:
    """What the colour of a mark says: a country, or pills of unstated kind of whichever country."""
    return {"series": data.BESIDE} if key == places.UNSTATED_KIND else _SEIZED | {"country": key}
