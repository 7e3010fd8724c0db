"""The marks of the border chart: how surely a position along the line is known decides a mark's shape.

A filled circle for an exact place, a pale one with a bar for a town or a district, a bar with a short tick
for a stretch of the line. Circles and bars grow with the tablets; a hollow circle states no quantity.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import i18n
from dashboard.figures import amounts, when
from dashboard.figures.border_line import AXES
from dashboard.figures.map_marks import TARGET, colour, diameter
from dashboard.figures.map_place import EXACT, STRIP
from dashboard.figures.template import Sketch, rgba, scatter
from dashboard.figures.view import Look
from dashboard.filters import UNSTATED


def marks(figure: Sketch, rows: pd.DataFrame, side: str, look: Look) -> None:
    """Bars for what is not exactly known; circles for places, a short tick in the bar of a stretch."""
    axis = AXES[side]
    events: list[Any] = list(rows.itertuples())
    for row in events:
        if row.place_precision != EXACT and row.border_km_high > row.border_km_low:
            wide = 2.0 if row.place_precision != STRIP else bar_width(row.tablets_best)
            figure.add_shape(
                type="line",
                x0=middle(row),
                x1=middle(row),
                xref=axis,
                y0=row.border_km_low,
                y1=row.border_km_high,
                yref="y",
                line={"width": wide, "color": rgba(tint(row, look), 0.4)},
            )
    figure.add_trace(
        scatter(
            x=[middle(row) for row in events],
            y=[height(row) for row in events],
            xaxis=axis,
            mode="markers",
            marker=_shapes(events, look),
            customdata=[row.event_id for row in events],
            hovertext=[hover(row, look) for row in events],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )
    _targets(figure, [row for row in events if by_machine(row)], axis, look)


def by_machine(row: Any) -> bool:
    """Whether a machine read the event and nobody has reviewed it."""
    return bool(row.review_status == "machine")


def _targets(figure: Sketch, rows: list[Any], axis: str, look: Look) -> None:
    """A dot in a ring of paper in the circle of each event that a machine read: as on the map."""
    if not rows:
        return
    sizes = [_size(row) for row in rows]
    figure.add_trace(
        scatter(
            x=[middle(row) for row in rows],
            y=[height(row) for row in rows],
            xaxis=axis,
            mode="markers",
            marker={
                "size": [size * 0.55 for size in sizes],
                "color": [tint(row, look) if row.tablets_best > 0 else look.palette.paper for row in rows],
                "opacity": 1,
                "line": {"width": [size * 0.14 for size in sizes], "color": look.palette.paper},
            },
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def middle(row: Any) -> pd.Timestamp:
    """The middle of the days that an event may have happened on."""
    return pd.Timestamp(row.date_start + (row.date_end - row.date_start) / 2)


def height(row: Any) -> float:
    """The km of an event's mark: its foot on the line, of a stretch the middle."""
    half = (row.border_km_low + row.border_km_high) / 2
    return float(half if row.place_precision == STRIP or pd.isna(row.border_km) else row.border_km)


def tint(row: Any, look: Look) -> str:
    """The colour of an event: its country's, grey for pills of unstated kind."""
    return colour("unstated" if row.drug in UNSTATED else row.country, look)


def bar_width(tablets: float) -> float:
    """Width in px of a stretch's bar; it grows with the tablets as circles do."""
    return min(16.0, max(3.0, diameter(tablets) / 2)) if tablets > 0 else 3.0


def _shapes(rows: list[Any], look: Look) -> dict[str, Any]:
    """Symbol, size and colours of each event's mark."""
    tints = [tint(row, look) for row in rows]
    fills = []
    for row, ink in zip(rows, tints, strict=True):
        if not row.tablets_best > 0:
            fills.append(look.palette.paper)
        else:
            fills.append(ink if row.place_precision == EXACT else rgba(ink, 0.3))
    ticks = [row.place_precision == STRIP and not by_machine(row) for row in rows]
    return {
        "symbol": ["line-ew" if tick else "circle" for tick in ticks],
        "size": [_size(row) for row in rows],
        "color": fills,
        "opacity": 1,
        "line": {"width": [2.5 if tick else 1.5 for tick in ticks], "color": tints},
    }


def _size(row: Any) -> float:
    """Diameter in px of an event's mark."""
    least = TARGET if by_machine(row) else 8.0
    if row.place_precision == STRIP or not row.tablets_best > 0:
        return least
    return max(least, diameter(row.tablets_best))


def where(row: Any, look: Look) -> str:
    """`km 365`, or `km 276–599` of what is known to a stretch."""
    low, high = round(row.border_km_low), round(row.border_km_high)
    if row.place_precision == STRIP or high - low > 2:
        return look.t("border.km_range", low=low, high=high)
    return look.t("border.km", km=round(row.border_km))


def hover(row: Any, look: Look) -> str:
    """What a reader learns of a mark: place, km, date, tablets, outlets, id."""
    place = row.place or row.admin1 or look.country(row.country)
    lines = [
        i18n.listed([f"<b>{place}</b>", where(row, look)], look.lang),
        f"{when.text(row, look.lang)} · {amounts.tablets(row, look)}",
        look.t("outlets", n=int(row.n_outlets)) + f" · {row.event_id}",
        *((look.t("machine_read"),) if by_machine(row) else ()),
    ]
    return "<br>".join(lines)
