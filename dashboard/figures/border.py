"""The border, straightened and stood upright: north on top, Syria left, Iraq right, time running
rightward in each.

A mark's height is its position along the line; its shape tells how surely that is known
(`dashboard.figures.border_marks`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pandas as pd

from dashboard.border.position import LINE, crossed_elsewhere, on_line
from dashboard.figures import amounts, border_many, data, policy, when
from dashboard.figures.border_line import (
    AXES,
    OVERVIEW,
    SIDES,
    Format,
    Span,
    axes,
    governorate_names,
    line_and_crossings,
    river,
    sectors,
)
from dashboard.figures.border_marks import marks, where
from dashboard.figures.border_time import Caption, captions
from dashboard.figures.collected import NOTHING, Collected, draw_marks, hatched, label, note, spoken
from dashboard.figures.map_place import STRIP
from dashboard.figures.template import SMALL, Sketch, scatter
from dashboard.figures.view import Look, View
from dashboard.release import machine_read

_COLUMNS = (
    *(
        "event_id",
        "date_start",
        "date_end",
        "date_precision",
        "country",
        "admin1",
        "admin1_code",
        "place",
        "place_precision",
    ),
    *("border_km", "border_km_low", "border_km_high", "border_side", "drug", "n_outlets"),
    *("tablets_low", "tablets_best", "tablets_high", "tablets_qualifier", "review_status"),
)
READ = tuple(dict.fromkeys((*_COLUMNS, *LINE)))
"""The columns of seizures that it is made of."""
_ROOM = 0.07  # of the span, free at both ends of an axis for the width of a mark


@dataclass(frozen=True)
class BorderView(View):
    """`undated` events lie at the line but on no date; `elsewhere` are stated to have crossed it and
    were found
    away from it, or no more precisely than a governorate. Both are counted, not drawn."""

    undated: int = 0
    elsewhere: int = 0


def border_figure(
    events: pd.DataFrame,
    look: Look,
    *,
    start: date | None,
    end: date,
    found: Collected = NOTHING,
    form: Format = OVERVIEW,
    periods: tuple[Caption, ...] = (),
) -> BorderView:
    """Events that have a position along the Iraq-Syria line, by km and date, from `start` to `end`.

    An event without a day stands at the middle of its month or year with a bar over that span; without
    any date it is counted in `undated`. Without `start` the axis begins at the first event. Where reports of
    the time after `end` await review, the axes go on, hatched. `periods`, where given, are named over the
    axes, and dates of policy marked.
    """
    at_line = events.loc[on_line(events), [*_COLUMNS]]
    rows = at_line[~when.undated(at_line) & at_line["border_side"].isin(SIDES)]
    undated = len(at_line) - len(rows)
    elsewhere = int(crossed_elsewhere(events).sum())
    span = _span(rows, start, end, found)
    figure = Sketch(look.palette, form.height)
    axes(figure, span, look, form)
    sectors(figure, look)
    if form.governorates:
        governorate_names(figure, look)
    if form.river:
        river(figure, look, form)
    line_and_crossings(figure, look, form)
    captions(figure, periods, look, form)
    crowded = len(rows) > border_many.MOST
    coarser = _shaded(figure, rows, span, look) if crowded else 0
    for side in SIDES:
        own = rows[rows["border_side"] == side]
        if not crowded:
            marks(figure, own, side, look)
        if own.empty:
            _no_report(figure, side, span[0], end, look)
    notes = draw_marks(figure, found, span, look, axes=tuple(AXES.values()))
    if periods:
        notes = (*policy.mark(figure, *span, look, AXES.values()), *notes)
    if found.awaiting:
        notes = (*notes, *_awaiting(figure, span, end, found, look))
    figure.update_layout(meta={"reach": {} if crowded else _reach(rows)})
    if periods and not form.narrow:
        figure.update_layout(dragmode="select")
    return BorderView(
        drawing=figure.drawing(),
        summary=spoken(_summary(rows, len(events), undated, look), found, span, end, look),
        tabled=partial(table, rows, look),
        drawn=len(rows) - coarser,
        total=len(events),
        notes=(
            look.t("many.bins", km=round(border_many.WIDTH_KM)) if crowded else look.t("border.key"),
            *((look.t("many.coarser", n=coarser),) if coarser else ()),
            *((look.t("border.key_machine"),) if machine_read(rows).any() else ()),
            *((look.t("border.elsewhere", n=elsewhere),) if elsewhere else ()),
            *notes,
        ),
        recorded=partial(record, rows),
        undated=undated,
        elsewhere=elsewhere,
    )


def _shaded(figure: Sketch, rows: pd.DataFrame, span: Span, look: Look) -> int:
    """Both sides as shaded stretches; returns how many events are known less precisely than a period."""
    grain = border_many.grain_for((span[1] - span[0]).days)
    grids = {side: border_many.grid(rows[rows["border_side"] == side], grain) for side in SIDES}
    most = max(float(grid.events.max(initial=0.0)) for grid in grids.values())
    for side, grid in grids.items():
        if len(grid.starts):
            border_many.shade(figure, grid, most, side, look)
    return sum(grid.coarser for grid in grids.values())


def _span(rows: pd.DataFrame, start: date | None, end: date, found: Collected) -> Span:
    """The range of the time axes, with room for the width of a mark at both ends."""
    first = pd.Timestamp(start) if start else (rows["date_start"].min() if len(rows) else pd.Timestamp(end))
    last = pd.Timestamp(found.last(end) or end)
    room = max(last - first, pd.Timedelta(days=30)) * _ROOM
    return first - room, last + room


def _reach(rows: pd.DataFrame) -> dict[str, list[float]]:
    """Event id -> km, low and high, that it may lie on: what assets/border.js marks when it is pointed at."""
    cells = zip(rows["event_id"], rows["border_km_low"], rows["border_km_high"], strict=True)
    return {str(event_id): [round(float(low), 1), round(float(high), 1)] for event_id, low, high in cells}


def _awaiting(figure: Sketch, span: Span, end: date, found: Collected, look: Look) -> tuple[str, ...]:
    """Hatch both axes after the day to which the data are complete; return the note on it."""
    begin = pd.Timestamp(end + timedelta(days=1))
    said = note(end, found, look)
    for axis in AXES.values():
        hatched(figure, begin, span[1], look, said, axis=axis)
        label(figure, span, begin, found, look, axis=axis, level=False)
    return (said,)


def _no_report(figure: Sketch, side: str, start: pd.Timestamp, end: date, look: Look) -> None:
    """Says that a side has no mark; an unseen point keeps its axis, which plotly draws for data only."""
    axis = AXES[side]
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


def _summary(rows: pd.DataFrame, total: int, undated: int, look: Look) -> str:
    if rows.empty:
        return look.t("border.none")
    strips = int((rows["place_precision"] == STRIP).sum())
    return look.t("border.summary", n=len(rows), total=total, strips=strips, undated=undated)


def record(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a mark, the earliest first, with the stretch in km on which it may lie."""
    ordered = rows.sort_values(["date_start", "event_id"])
    return data.marks(ordered, "border_side", "border_km", "border_km_low", "border_km_high")


def table(rows: pd.DataFrame, look: Look) -> pd.DataFrame:
    """One row a mark, the earliest first."""
    ordered = rows.sort_values(["date_start", "event_id"])
    return pd.DataFrame(
        {
            look.t("column.event"): ordered["event_id"],
            look.t("column.date"): [when.text(row, look.lang) for row in ordered.itertuples()],
            look.t("column.side"): [look.country(side) for side in ordered["border_side"]],
            look.t("column.place"): ordered["place"],
            look.t("column.border_km"): [where(row, look) for row in ordered.itertuples()],
            look.t("column.tablets"): [amounts.tablets(row, look) for row in ordered.itertuples()],
        }
    )
