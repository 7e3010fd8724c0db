"""The marks of the map: which form each event takes, and the traces that draw them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures import amounts, shapes, when
from dashboard.figures.mapstyle import BELOW_LINE, FONT, FONT_ARABIC, WORDS
from dashboard.figures.template import rgba
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
PIXELS_AT_A_MILLION = 11.0  # diameter of the circle for 1,000,000 tablets; area in proportion
SMALLEST = 6.0  # px; below about 300,000 tablets circles no longer shrink
CLUSTER_ABOVE = 120  # circles: more than this and those that crowd are gathered until the reader zooms in
WIDEST_DOT_KM = 40.0  # a place less certain than this is drawn as its disc alone
DEEPEST_STRIP_KM = 60.0  # a strip reaching farther from the Iraq-Syria line belongs to another border
RING = 8.0  # px; a hollow ring: no quantity stated
_LINES_IN_HOVER = 8
_NO_GEOMETRY = {"type": "FeatureCollection", "features": []}


def place(events: pd.DataFrame, geometries: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """The events with `form`, `colour_key` and, for dots, a `spot` shared by events at one point."""
    frame = events.copy()
    frame["form"] = [_form(row, geometries) for row in events.itertuples()]
    frame["colour_key"] = events["country"].where(~events["drug"].isin(UNSTATED), "unstated")
    frame["spot"] = [f"{row.latitude:.4f},{row.longitude:.4f}" for row in events.itertuples()]
    frame["geometry"] = [
        _geometry(row, geometries) if form in {DISTRICT, STRIP} else None
        for row, form in zip(events.itertuples(), frame["form"], strict=True)
    ]
    # Large circles first, small ones on top of them.
    return frame.sort_values(["tablets_best", "event_id"], ascending=[False, True], na_position="last")


def _form(row: Any, geometries: Mapping[str, Mapping[str, Any]]) -> str:
    if row.place_precision in DOTS and not (pd.isna(row.latitude) or pd.isna(row.longitude)):
        return DISTRICT if row.place_uncertainty_km > WIDEST_DOT_KM else str(row.place_precision)
    if row.place_precision in {DISTRICT, STRIP} and _geometry(row, geometries) is not None:
        return str(row.place_precision)
    known = governorate_points()
    if row.place_precision not in {"country", "none"} and any(code in known for code in _codes(row)):
        return GOVERNORATE
    return BESIDE


def _codes(row: Any) -> list[str]:
    return [code for code in str(row.admin1_code).split("|") if code]


def _geometry(row: Any, geometries: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """What an event without a dot covers: of the Iraq-Syria line its stretch with its depth, else the release's
    own shape, lines of other borders as bands."""
    if row.place_precision in DOTS:
        return shapes.disc(row.longitude, row.latitude, row.place_uncertainty_km)
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


def counts(placed: pd.DataFrame) -> dict[str, int]:
    """How many events take each form, all forms named."""
    found = placed["form"].value_counts()
    return {form: int(found.get(form, 0)) for form in FORMS}


def colour(key: str, look: Look) -> str:
    """A country's colour; grey for pills of unstated kind."""
    return look.palette.unstated if key == "unstated" else look.palette.country(key)


def diameter(tablets: float) -> float:
    """Diameter in px of the circle for a number of tablets: area in proportion above `SMALLEST`."""
    return round(max(SMALLEST, PIXELS_AT_A_MILLION * math.sqrt(tablets / 1e6)), 1)


def governorates(placed: pd.DataFrame, look: Look, assets: str) -> go.Choroplethmap:
    """Shaded areas of the events that are known to their governorate only."""
    groups = _by_governorate(placed)
    return go.Choroplethmap(
        uid="governorates",
        geojson=f"{assets}/governorates.geojson",
        featureidkey="properties.code",
        locations=list(groups),
        z=[len(group) for group in groups.values()],
        zmin=0,
        zmax=12,
        colorscale=[[0, rgba(look.palette.accent, 0.10)], [1, rgba(look.palette.accent, 0.42)]],
        showscale=False,
        marker={"line": {"width": 0.8, "color": rgba(look.palette.accent, 0.35)}},
        below=BELOW_LINE,
        customdata=["|".join(group["event_id"]) for group in groups.values()],
        hovertext=[_hover(group, look, look.t("map.hover_governorate")) for group in groups.values()],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _by_governorate(placed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    rows = placed[placed["form"] == GOVERNORATE]
    known = governorate_points()
    codes = sorted({code for row in rows.itertuples() for code in _codes(row) if code in known})
    return {code: rows[[code in _codes(row) for row in rows.itertuples()]] for code in codes}


def areas(placed: pd.DataFrame, look: Look) -> go.Choroplethmap:
    """Discs of towns at their true radius, districts, and stretches of the border; one shape for equal ones."""
    groups: dict[str, tuple[Mapping[str, Any], list[Any]]] = {}
    for row in placed.itertuples():
        geometry = row.geometry
        if row.form == TOWN and not pd.isna(row.place_uncertainty_km):
            geometry = shapes.disc(row.longitude, row.latitude, row.place_uncertainty_km)
        if geometry is not None:
            key = f"{row.colour_key} {json.dumps(geometry)}"
            groups.setdefault(key, (geometry, []))[1].append(row.Index)
    frames = [placed.loc[rows] for _, rows in groups.values()]
    colours = [colour(str(frame["colour_key"].iloc[0]), look) for frame in frames]
    shades = sorted(set(colours))
    strong = [0.42 if frame["form"].iloc[0] == STRIP else 0.16 for frame in frames]
    return go.Choroplethmap(
        uid="areas",
        geojson={
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "id": str(i), "properties": {}, "geometry": geometry}
                for i, (geometry, _) in enumerate(groups.values())
            ],
        }
        if groups
        else _NO_GEOMETRY,
        locations=[str(i) for i in range(len(frames))],
        z=[shades.index(c) for c in colours],
        zmin=0,
        zmax=max(1, len(shades) - 1),
        colorscale=_steps(shades),
        showscale=False,
        marker={"opacity": strong or 0.2, "line": {"width": 1, "color": colours or look.palette.muted}},
        below=BELOW_LINE,
        customdata=["|".join(frame["event_id"]) for frame in frames],
        hovertext=[_hover(frame, look) for frame in frames],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _steps(shades: list[str]) -> list[list[Any]]:
    if len(shades) < 2:
        only = shades[0] if shades else "#000000"
        return [[0, only], [1, only]]
    return [[i / (len(shades) - 1), shade] for i, shade in enumerate(shades)]


def _with_amount(dots: pd.DataFrame) -> pd.DataFrame:
    return dots[dots["tablets_best"] > 0]


def rims(dots: pd.DataFrame, look: Look, *, crowded: bool) -> go.Scattermap:
    """A thin edge of paper round the solid circles, so that they part where they overlap."""
    solid = _with_amount(dots[dots["form"] == EXACT]).iloc[: 0 if crowded else None]
    return _scatter(
        "rims", solid, size=[diameter(n) + 2.5 for n in solid["tablets_best"]], color=look.palette.paper
    )


def circles(dots: pd.DataFrame, look: Look, *, crowded: bool) -> go.Scattermap:
    """One circle an event, area by tablets; gathered with counts where they crowd."""
    rows = dots if crowded else _with_amount(dots)
    trace = _scatter(
        "circles",
        rows,
        size=[RING if pd.isna(n) else diameter(n) for n in rows["tablets_best"]],
        color=[colour(key, look) for key in rows["colour_key"]],
        opacity=[0.92 if form == EXACT else 0.5 for form in rows["form"]],
    )
    at_spot = _texts_by_spot(dots, look)
    trace.update(
        below="" if crowded else WORDS,  # a cluster's count comes before all other words
        customdata=[at_spot[spot][0] for spot in rows["spot"]],
        hovertext=[at_spot[spot][1] for spot in rows["spot"]],
        hovertemplate="%{hovertext}<extra></extra>",
        hoverinfo=None,
        textfont={"family": FONT, "size": 12, "color": look.palette.paper},
        cluster={
            "enabled": crowded,
            "maxzoom": 6,
            "color": look.palette.ink,
            "opacity": 0.78,
            "size": [9, 13, 17],  # radius
            "step": [5, 20],
        }
        if crowded
        else {"enabled": False},
    )
    return trace


def rings(dots: pd.DataFrame, look: Look, *, outer: bool, crowded: bool) -> go.Scattermap:
    """Hollow rings: events that state no quantity. Two discs, for the map draws circles only."""
    rows = dots[dots["tablets_best"].isna()].iloc[: 0 if crowded else None]
    if not outer:
        return _scatter("ring-holes", rows, size=RING - 4, color=look.palette.paper)
    at_spot = _texts_by_spot(dots, look)
    trace = _scatter("rings", rows, size=RING, color=[colour(key, look) for key in rows["colour_key"]])
    trace.update(
        customdata=[at_spot[spot][0] for spot in rows["spot"]],
        hovertext=[at_spot[spot][1] for spot in rows["spot"]],
        hovertemplate="%{hovertext}<extra></extra>",
        hoverinfo=None,
    )
    return trace


def _texts_by_spot(dots: pd.DataFrame, look: Look) -> dict[str, tuple[str, str]]:
    return {
        str(spot): ("|".join(group["event_id"]), _hover(group, look))
        for spot, group in dots.groupby("spot", sort=True)
    }


def _scatter(uid: str, rows: pd.DataFrame, **marker: Any) -> go.Scattermap:
    return go.Scattermap(
        uid=uid,
        mode="markers",
        lon=rows["longitude"].tolist(),
        lat=rows["latitude"].tolist(),
        marker=marker,
        below=WORDS,
        hoverinfo="skip",
    )


def area_counts(placed: pd.DataFrame, look: Look) -> go.Scattermap:
    """How many events each shaded governorate, district or stretch stands for, written on it."""
    points, texts = [], []
    for code, group in _by_governorate(placed).items():
        points.append(governorate_points()[code])
        texts.append(look.t("map.count_area", n=len(group)))
    shaped = placed[placed["form"].isin([DISTRICT, STRIP])]
    for _, group in shaped.groupby(shaped["geometry"].map(json.dumps), sort=True):
        points.append(shapes.middle(group["geometry"].iloc[0]))
        key = "map.count_strip" if group["form"].iloc[0] == STRIP else "map.count_area"
        texts.append(look.t(key, n=len(group)))
    return _text("area-counts", points, texts, look)


def stack_counts(dots: pd.DataFrame, look: Look, *, crowded: bool) -> go.Scattermap:
    """`x3` beside a spot where three events lie on top of each other."""
    points, texts = [], []
    for _, group in dots.iloc[: 0 if crowded else None].groupby("spot", sort=True):
        if len(group) > 1:
            points.append((float(group["longitude"].iloc[0]), float(group["latitude"].iloc[0])))
            texts.append(look.t("map.count_spot", n=len(group)))
    return _text("stack-counts", points, texts, look)


def _text(uid: str, points: list[tuple[float, float]], texts: list[str], look: Look) -> go.Scattermap:
    return go.Scattermap(
        uid=uid,
        # plotly reckons where to write from the size of a marker, hence an invisible one
        mode="markers+text",
        marker={"size": 10, "opacity": 0},
        lon=[point[0] for point in points],
        lat=[point[1] for point in points],
        text=texts,
        below="",  # above all, hence placed first: counts win over names
        textposition="bottom center",
        textfont={"family": FONT_ARABIC if look.rtl else FONT, "size": 13, "color": look.palette.ink},
        hoverinfo="skip",
    )


def _hover(group: pd.DataFrame, look: Look, lead: str = "") -> str:
    """Place, then one line an event: date, tablets, outlets; the largest first."""
    first = group.iloc[0]
    head = ", ".join(
        part for part in (first["place"], first["admin1"], look.country(first["country"])) if part
    )
    if lead:
        head = ", ".join(part for part in (first["admin1"], look.country(first["country"])) if part)
    lines = [f"<b>{head}</b>", lead or look.t(f"map.precision.{first['form']}", km=_km(first))]
    for row in list(group.itertuples())[:_LINES_IN_HOVER]:
        lines.append(
            look.t(
                "map.hover_line",
                date=when.text(row, look.lang) or look.t("undated"),
                amount=amounts.tablets(row, look),
                drug=look.label("drug", str(row.drug)),
                id=row.event_id,
            )
        )
    if len(group) > _LINES_IN_HOVER:
        lines.append(look.t("and_more", n=len(group) - _LINES_IN_HOVER))
    return "<br>".join(lines)


def _km(row: Any) -> str:
    radius = row["place_uncertainty_km"]
    return "?" if pd.isna(radius) else f"{radius:g}"


def table(placed: pd.DataFrame, look: Look) -> pd.DataFrame:
    """One row an event: what a reader of the map can't hover over."""
    return pd.DataFrame(
        {
            look.t("column.event"): placed["event_id"],
            look.t("column.date"): [
                when.text(row, look.lang) or look.t("undated") for row in placed.itertuples()
            ],
            look.t("column.country"): [look.country(code) for code in placed["country"]],
            look.t("column.admin1"): placed["admin1"],
            look.t("column.place"): placed["place"],
            look.t("column.tablets"): [amounts.tablets(row, look) for row in placed.itertuples()],
            look.t("column.drawn_as"): [look.t(f"map.drawn_as.{form}") for form in placed["form"]],
        }
    )
