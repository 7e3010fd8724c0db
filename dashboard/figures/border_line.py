"""The ground of the border chart: axes, the line with its crossings, sectors, governorates, the Euphrates."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import shape

from dashboard.figures import shapes
from dashboard.figures.map_marks import colour
from dashboard.figures.template import SMALL, Sketch, rgba, scatter
from dashboard.figures.view import Look
from geo import border, names

SIDES = ("SY", "IQ")
AXES = {"SY": "x", "IQ": "x2"}
RIVER_GATE = "Baghouz"
"""The entry of geo/data/crossings.csv where the Euphrates meets the line."""
_DEPTH_KM = 10.0  # how far from the line a governorate is looked up: past what the line is generalised by
_STEP_KM = 2.0
_LEAST_KM = 15.0  # a governorate that holds less of the line gets no label

Span = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True)
class Format:
    """How large the chart is: its height in px, the part of its width between the sides, what it names."""

    height: int
    spine: tuple[float, float]
    governorates: bool = False
    river: bool = False
    informal: bool = False
    ticks: int = 4
    top: int = 28
    months: int = 900
    """Days: up to this length of the axis its ticks name months."""

    @property
    def narrow(self) -> bool:
        return self.spine[1] - self.spine[0] > 0.25


OVERVIEW = Format(560, (0.40, 0.60))
PAGE = Format(
    820,
    (0.41, 0.59),
    governorates=True,
    river=True,
    informal=True,
    ticks=5,
    top=46,
    months=1600,
)
PHONE = Format(720, (0.35, 0.65), governorates=True, river=True, ticks=2, top=60)


def axes(figure: Sketch, span: Span, look: Look, form: Format = OVERVIEW) -> None:
    """Km downwards from the north; time rightwards on each side of the line."""
    axis: dict[str, Any] = {
        "range": list(span),
        "type": "date",
        "showline": True,
        "nticks": form.ticks,
        "tickformat": "%b\n%Y" if (span[1] - span[0]).days < form.months else "%Y",
        "ticks": "outside",
        "ticklen": 4,
        "showgrid": True,
        "gridcolor": look.palette.rule,
    }
    low, high = form.spine
    figure.update_layout(
        xaxis={**axis, "domain": [0, low]},
        xaxis2={**axis, "domain": [high, 1], "anchor": "y"},
        xaxis3={"domain": [low, high], "range": [0, 1], "visible": False, "anchor": "y", "fixedrange": True},
        yaxis={"range": [border.length_km() + 14, -14], "visible": False, "showgrid": False},
        margin={"l": 22, "r": 10, "t": form.top, "b": 36},
    )
    for side, x in (("SY", 0.0), ("IQ", high if form.governorates else 1.0)):
        figure.add_annotation(
            text=f"<b>{look.country(side)}</b>",
            x=x,
            y=1,
            xref="paper",
            yref="paper",
            yanchor="bottom",
            yshift=form.top - 28,
            xanchor="right" if x == 1 else "left",
            font={"color": colour(side, look)},
        )


def sectors(figure: Sketch, look: Look) -> None:
    """Thin rules where one sector ends and the next begins; the name upright at the outer edge."""
    groups = {sector.parent for sector in border.sectors()}
    for sector in border.sectors():
        if sector.code in groups:
            continue
        if sector.km_low > 0:
            figure.add_shape(
                type="line",
                x0=0,
                x1=1,
                xref="paper",
                y0=sector.km_low,
                y1=sector.km_low,
                yref="y",
                layer="below",
                line={"width": 1, "color": look.palette.rule_strong, "dash": "2px,3px"},
            )
        figure.add_annotation(
            text=sector.name_ar if look.lang == "ar" else sector.name_en,
            x=0,
            y=(sector.km_low + sector.km_high) / 2,
            xref="paper",
            yref="y",
            xanchor="right",
            textangle=-90,
            font={"size": SMALL - 1, "color": look.palette.muted},
        )


@lru_cache(maxsize=2)
def governorates(side: str) -> tuple[tuple[str, float, float], ...]:
    """Code and km, low and high, of the governorates along one side of the line, from the north.

    Read off the map's own outlines `_DEPTH_KM` from the line, so the limits are true to some kilometres.
    """
    text = resources.files("dashboard").joinpath("assets", "geo", "governorates.geojson").read_text("utf-8")
    own = [
        (str(f["properties"]["code"]), shape(f["geometry"]))
        for f in json.loads(text)["features"]
        if f["properties"]["country"] == side and f["properties"]["basis"] == "polygon"
    ]
    tree = shapely.STRtree([area for _, area in own])
    km = np.arange(_STEP_KM / 2, border.length_km(), _STEP_KM)
    lon, lat = shapes.beside(km, side, _DEPTH_KM)
    codes = [""] * len(km)
    for at, found in zip(*tree.query(shapely.points(lon, lat), predicate="within"), strict=True):
        codes[int(at)] = own[int(found)][0]
    found_runs = []
    for code, run in groupby(zip(codes, km, strict=True), key=lambda entry: entry[0]):
        stretch = [float(one) for _, one in run]
        low, high = stretch[0] - _STEP_KM / 2, stretch[-1] + _STEP_KM / 2
        if code and high - low >= _LEAST_KM:
            found_runs.append((code, low, min(high, border.length_km())))
    return tuple(found_runs)


def governorate_names(figure: Sketch, look: Look) -> None:
    """The name of each governorate at the outer edge, where it begins; a short rule there."""
    for side in SIDES:
        edge, inward = (0.0, 1) if side == "SY" else (1.0, -1)
        for code, low, _ in governorates(side):
            if low > _LEAST_KM:
                figure.add_shape(
                    type="line", xref="paper", x0=edge, x1=edge + inward * 0.08,
                    yref="y", y0=low, y1=low,
                    layer="below", line={"width": 1.5, "color": rgba(colour(side, look), 0.7)},
                )  # fmt: skip
            place = names.governorate(code)
            figure.add_annotation(
                text=place.name_ar if look.lang == "ar" else place.name_en,
                x=edge + inward * 0.006,
                y=low,
                xref="paper",
                yref="y",
                yanchor="top",
                xanchor="left" if side == "SY" else "right",
                font={"size": SMALL - 1, "color": colour(side, look)},
                bgcolor=rgba(look.palette.paper, 0.6),
                borderpad=0,
            )


def river(figure: Sketch, look: Look, form: Format) -> None:
    """The Euphrates, where it meets the line: a wave across the middle, named on the Syrian side."""
    km = next(gate.km for gate in border.crossings() if gate.name == RIVER_GATE)
    across = np.linspace(0.0, 1.0, 41)
    figure.add_trace(
        scatter(
            x=list(across),
            y=list(km + 2.2 * np.sin(across * 6 * np.pi)),
            xaxis="x3",
            mode="lines",
            line={"width": 1.5, "color": rgba(look.palette.accent, 0.55), "shape": "spline"},
            hoverinfo="skip",
        )
    )
    figure.add_annotation(
        text=f"<i>{look.t('strip.euphrates')}</i>",
        x=form.spine[0],
        y=km,
        xref="paper",
        yref="y",
        yanchor="bottom" if form.narrow else "middle",
        xanchor="left" if form.narrow else "right",
        font={"size": SMALL - 1, "color": look.palette.accent},
        bgcolor=rgba(look.palette.paper, 0.75),
        borderpad=0,
    )


def line_and_crossings(figure: Sketch, look: Look, form: Format = OVERVIEW) -> None:
    """The line down the middle; official crossings named on it with their km, ends as km only."""
    length = border.length_km()
    figure.add_trace(
        scatter(
            x=[0.5, 0.5],
            y=[0, length],
            xaxis="x3",
            mode="lines",
            line={"width": 3, "color": look.palette.accent},
            hoverinfo="skip",
        )
    )
    gates = [gate for gate in border.crossings() if gate.official or form.informal]
    figure.add_trace(
        scatter(
            x=[0.5] * len(gates),
            y=[gate.km for gate in gates],
            xaxis="x3",
            mode="markers",
            marker={
                "size": [9 if gate.official else 6 for gate in gates],
                "color": look.palette.paper,
                "line": {
                    "width": [2 if gate.official else 1.2 for gate in gates],
                    "color": look.palette.accent,
                },
            },
            hovertext=[_gate(gate, look) for gate in gates],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    for gate in (gate for gate in gates if gate.official):
        figure.add_annotation(
            text=f"{name(gate, look)}<br><span style='color:{look.palette.muted}'>"
            f"{look.t('border.km', km=round(gate.km))}</span>",
            x=0.56,
            y=gate.km,
            xref="x3",
            yref="y",
            xanchor="left",
            align="left",
            font={"size": SMALL - 1},
            bgcolor=rgba(look.palette.paper, 0.75),
            borderpad=0,
        )
    for km in (200, round(length)):
        figure.add_annotation(
            text=look.t("border.km", km=km),
            x=0.44,
            y=km,
            xref="x3",
            yref="y",
            xanchor="right",
            font={"size": SMALL - 1, "color": look.palette.muted},
        )


def _gate(gate: border.Crossing, look: Look) -> str:
    syria = gate.name_sy_ar if look.lang == "ar" else gate.name_sy
    key = "border.crossing" if gate.official else "strip.informal"
    return look.t(key, iraq=name(gate, look), syria=syria, km=round(gate.km))


def name(gate: border.Crossing, look: Look) -> str:
    """The Iraqi name of a crossing."""
    return gate.name_ar if look.lang == "ar" else gate.name
