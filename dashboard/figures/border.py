"""The border, straightened and stood upright: north on top, Syria left, Iraq right, time running
rightward in each.

A mark's height is its position along the line. How surely that is known decides its shape: a filled
circle for an exact place, a hollow one with a bar for a town, a bar alone for a stretch of the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import pandas as pd

from dashboard.figures import amounts, when
from dashboard.figures.collected import NOTHING, Collected, draw_marks, hatched, label, note, spoken
from dashboard.figures.map_marks import TARGET, colour, diameter
from dashboard.figures.map_place import DISTRICT, EXACT, STRIP, TOWN
from dashboard.figures.template import SMALL, Sketch, rgba, scatter
from dashboard.figures.view import Look, View
from dashboard.filters import UNSTATED
from dashboard.release import machine_read
from geo import border

HEIGHT = 560
SIDES = ("SY", "IQ")
NEAR_KM = 25.0  # from the line, at the nearest the place may lie
WIDEST_KM = 60.0  # and at the farthest
_COLUMNS = [
    *(
        "event_id",
        "date_start",
        "date_end",
        "date_precision",
        "country",
        "admin1",
        "place",
        "place_precision",
    ),
    *("border_km", "border_km_low", "border_km_high", "border_side", "drug", "n_outlets"),
    *("tablets_low", "tablets_best", "tablets_high", "tablets_qualifier", "review_status"),
]
_SPINE = (0.40, 0.60)  # of the width: the line itself with its crossings between the two sides
_ROOM = 0.07  # of the span, free at both ends of an axis for the width of a mark


@dataclass(frozen=True)
class BorderView(View):
    """`undated` events lie at the line but on no date; `elsewhere` are stated to have crossed it and
    were found
    away from it, or no more precisely than a governorate. Both are counted, not drawn."""

    undated: int = 0
    elsewhere: int = 0


def border_figure(
    events: pd.DataFrame, look: Look, *, start: date | None, end: date, found: Collected = NOTHING
) -> BorderView:
    """Events that have a position along the Iraq-Syria line, by km and date, from `start` to `end`.

    An event without a day stands at the middle of its month or year with a bar over that span; without
    any date it is counted in `undated`. Without `start` the axis begins at the first event. Where reports of
    the time after `end` await review, the axes go on, hatched.
    """
    at_line = events.loc[_on_line(events), _COLUMNS]
    rows = at_line[~when.undated(at_line) & at_line["border_side"].isin(SIDES)]
    undated = len(at_line) - len(rows)
    elsewhere = int(
        ((events["border_relation"] == "crosses_stated") & ~events.index.isin(at_line.index)).sum()
    )
    first = pd.Timestamp(start) if start else (rows["date_start"].min() if len(rows) else pd.Timestamp(end))
    last = pd.Timestamp(found.last(end) or end)
    room = max(last - first, pd.Timedelta(days=30)) * _ROOM
    span = (first - room, last + room)
    figure = Sketch(look.palette, HEIGHT)
    _axes(figure, span, look)
    _sectors(figure, look)
    _line_and_crossings(figure, look)
    for side in SIDES:
        own = rows[rows["border_side"] == side]
        _marks(figure, own, side, look)
        if own.empty:
            _no_report(figure, side, span[0], end, look)
    notes = draw_marks(figure, found, span, look, axes=("x", "x2"))
    if found.awaiting:
        notes = (*notes, *_awaiting(figure, span, end, found, look))
    return BorderView(
        drawing=figure.drawing(),
        summary=spoken(_summary(rows, len(events), undated, look), found, span, end, look),
        tabled=partial(_table, rows, look),
        drawn=len(rows),
        total=len(events),
        notes=(
            look.t("border.key"),
            *((look.t("border.key_machine"),) if machine_read(rows).any() else ()),
            *((look.t("border.elsewhere", n=elsewhere),) if elsewhere else ()),
            *notes,
        ),
        undated=undated,
        elsewhere=elsewhere,
    )


def _awaiting(
    figure: Sketch, span: tuple[pd.Timestamp, pd.Timestamp], end: date, found: Collected, look: Look
) -> tuple[str, ...]:
    """Hatch both axes after the day to which the data are complete; return the note on it."""
    begin = pd.Timestamp(end + timedelta(days=1))
    said = note(end, found, look)
    for axis in ("x", "x2"):
        hatched(figure, begin, span[1], look, said, axis=axis)
        label(figure, span, begin, found, look, axis=axis, level=False)
    return (said,)


def _on_line(events: pd.DataFrame) -> pd.Series:
    """Places that lie at the line, or may: not a governorate's whole width, not Damascus's foot on
    the line."""
    placed = events["place_precision"].isin([EXACT, TOWN, DISTRICT, STRIP])
    return (
        placed
        & (events["border_distance_low_km"] <= NEAR_KM)
        & (events["border_distance_high_km"] <= WIDEST_KM)
    )


def _axes(figure: Sketch, span: tuple[pd.Timestamp, pd.Timestamp], look: Look) -> None:
    axis: dict[str, Any] = {
        "range": list(span),
        "type": "date",
        "showline": True,
        "nticks": 4,
        "tickformat": "%b\n%Y" if span[1] - span[0] < pd.Timedelta(days=900) else "%Y",
        "ticks": "outside",
        "ticklen": 4,
        "showgrid": True,
        "gridcolor": look.palette.rule,
    }
    figure.update_layout(
        xaxis={**axis, "domain": [0, _SPINE[0]]},
        xaxis2={**axis, "domain": [_SPINE[1], 1], "anchor": "y"},
        xaxis3={"domain": list(_SPINE), "range": [0, 1], "visible": False, "anchor": "y", "fixedrange": True},
        yaxis={"range": [border.length_km() + 14, -14], "visible": False, "showgrid": False},
        margin={"l": 22, "r": 10, "t": 28, "b": 36},
    )
    for side, x in (("SY", 0.0), ("IQ", 1.0)):
        figure.add_annotation(
            text=f"<b>{look.country(side)}</b>",
            x=x,
            y=1,
            xref="paper",
            yref="paper",
            yanchor="bottom",
            xanchor="left" if x == 0 else "right",
            font={"color": colour(side, look)},
        )


def _sectors(figure: Sketch, look: Look) -> None:
    """Thin rules where one sector ends and the next begins; the name at its top, at the outer edge."""
    groups = {sector.parent for sector in border.SECTORS}
    for sector in border.SECTORS:
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


def _line_and_crossings(figure: Sketch, look: Look) -> None:
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
    gates = [crossing for crossing in border.CROSSINGS if crossing.official]
    figure.add_trace(
        scatter(
            x=[0.5] * len(gates),
            y=[gate.km for gate in gates],
            xaxis="x3",
            mode="markers",
            marker={
                "size": 9,
                "color": look.palette.paper,
                "line": {"width": 2, "color": look.palette.accent},
            },
            hovertext=[
                look.t(
                    "border.crossing", iraq=_name(gate, look), syria=_name_sy(gate, look), km=round(gate.km)
                )
                for gate in gates
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    for gate in gates:
        figure.add_annotation(
            text=f"{_name(gate, look)}<br><span style='color:{look.palette.muted}'>"
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


def _name(gate: border.Crossing, look: Look) -> str:
    return gate.name_ar if look.lang == "ar" else gate.name


def _name_sy(gate: border.Crossing, look: Look) -> str:
    return gate.name_sy_ar if look.lang == "ar" else gate.name_sy


def _marks(figure: Sketch, rows: pd.DataFrame, side: str, look: Look) -> None:
    """Bars for what is not exactly known; circles for places, a short tick in the bar of a stretch."""
    axis = "x" if side == "SY" else "x2"
    events: list[Any] = list(rows.itertuples())
    for row in events:
        if row.place_precision != EXACT and row.border_km_high > row.border_km_low:
            wide = 2.0 if row.place_precision != STRIP else _bar(row.tablets_best)
            figure.add_shape(
                type="line",
                x0=_middle(row),
                x1=_middle(row),
                xref=axis,
                y0=row.border_km_low,
                y1=row.border_km_high,
                yref="y",
                line={"width": wide, "color": rgba(_tint(row, look), 0.4)},
            )
    figure.add_trace(
        scatter(
            x=[_middle(row) for row in events],
            y=[_height(row) for row in events],
            xaxis=axis,
            mode="markers",
            marker=_shapes(events, look),
            customdata=[row.event_id for row in events],
            hovertext=[_hover(row, look) for row in events],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )
    _targets(figure, [row for row in events if _by_machine(row)], axis, look)


def _by_machine(row: Any) -> bool:
    return bool(row.review_status == "machine")


def _targets(figure: Sketch, rows: list[Any], axis: str, look: Look) -> None:
    """A dot in a ring of paper in the circle of each event that a machine read: as on the map."""
    if not rows:
        return
    sizes = [_size(row) for row in rows]
    figure.add_trace(
        scatter(
            x=[_middle(row) for row in rows],
            y=[_height(row) for row in rows],
            xaxis=axis,
            mode="markers",
            marker={
                "size": [size * 0.55 for size in sizes],
                "color": [_tint(row, look) if row.tablets_best > 0 else look.palette.paper for row in rows],
                "opacity": 1,
                "line": {"width": [size * 0.14 for size in sizes], "color": look.palette.paper},
            },
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def _no_report(figure: Sketch, side: str, start: pd.Timestamp, end: date, look: Look) -> None:
    """Says that a side has no mark; an unseen point keeps its axis, which plotly draws for data only."""
    axis = "x" if side == "SY" else "x2"
    figure.add_trace(scatter(x=[start], y=[0], xaxis=axis, mode="markers", opacity=0, hoverinfo="skip"))
    figure.add_annotation(
        text=look.t("no_report"),
        x=start + (pd.Timestamp(end) - start) / 2,
        y=0.5,
        xref=axis,
        yref="paper",
        xanchor="center",
        font={"size": SMALL, "color": look.palette.muted},
    )


def _middle(row: Any) -> pd.Timestamp:
    return pd.Timestamp(row.date_start + (row.date_end - row.date_start) / 2)


def _height(row: Any) -> float:
    middle = (row.border_km_low + row.border_km_high) / 2
    return float(middle if row.place_precision == STRIP or pd.isna(row.border_km) else row.border_km)


def _tint(row: Any, look: Look) -> str:
    return colour("unstated" if row.drug in UNSTATED else row.country, look)


def _bar(tablets: float) -> float:
    """Width in px of a stretch's bar; it grows with the tablets as circles do."""
    return min(16.0, max(3.0, diameter(tablets) / 2)) if tablets > 0 else 3.0


def _shapes(rows: list[Any], look: Look) -> dict[str, Any]:
    """Symbol, size and colours of each event's mark."""
    tints = [_tint(row, look) for row in rows]
    fills = []
    for row, tint in zip(rows, tints, strict=True):
        if not row.tablets_best > 0:
            fills.append(look.palette.paper)
        else:
            fills.append(tint if row.place_precision == EXACT else rgba(tint, 0.3))
    ticks = [row.place_precision == STRIP and not _by_machine(row) for row in rows]
    return {
        "symbol": ["line-ew" if tick else "circle" for tick in ticks],
        "size": [_size(row) for row in rows],
        "color": fills,
        "opacity": 1,
        "line": {"width": [2.5 if tick else 1.5 for tick in ticks], "color": tints},
    }


def _size(row: Any) -> float:
    """Diameter in px of an event's mark."""
    least = TARGET if _by_machine(row) else 8.0
    if row.place_precision == STRIP or not row.tablets_best > 0:
        return least
    return max(least, diameter(row.tablets_best))


def _where(row: Any, look: Look) -> str:
    low, high = round(row.border_km_low), round(row.border_km_high)
    if row.place_precision == STRIP or high - low > 2:
        return look.t("border.km_range", low=low, high=high)
    return look.t("border.km", km=round(row.border_km))


def _hover(row: Any, look: Look) -> str:
    place = row.place or row.admin1 or look.country(row.country)
    lines = [
        f"<b>{place}</b>, {_where(row, look)}",
        f"{when.text(row, look.lang)} · {amounts.tablets(row, look)}",
        look.t("outlets", n=int(row.n_outlets)) + f" · {row.event_id}",
        *((look.t("machine_read"),) if _by_machine(row) else ()),
    ]
    return "<br>".join(lines)


def _summary(rows: pd.DataFrame, total: int, undated: int, look: Look) -> str:
    if rows.empty:
        return look.t("border.none")
    strips = int((rows["place_precision"] == STRIP).sum())
    return look.t("border.summary", n=len(rows), total=total, strips=strips, undated=undated)


def _table(rows: pd.DataFrame, look: Look) -> pd.DataFrame:
    ordered = rows.sort_values(["date_start", "event_id"])
    return pd.DataFrame(
        {
            look.t("column.event"): ordered["event_id"],
            look.t("column.date"): [when.text(row, look.lang) for row in ordered.itertuples()],
            look.t("column.side"): [look.country(side) for side in ordered["border_side"]],
            look.t("column.place"): ordered["place"],
            look.t("column.border_km"): [_where(row, look) for row in ordered.itertuples()],
            look.t("column.tablets"): [amounts.tablets(row, look) for row in ordered.itertuples()],
        }
    )
