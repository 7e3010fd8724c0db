"""What the time axes of the border chart carry: the compared periods, and dates that a reader may want."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from dashboard.figures.border_line import AXES, SIDES, Format
from dashboard.figures.template import SMALL, Sketch
from dashboard.figures.view import Look


@dataclass(frozen=True)
class Caption:
    """A period on the axis: its days, what it is called there, and how many events each side shows."""

    first: date
    last: date
    text: str
    counts: tuple[tuple[str, str], ...] = ()


def captions(figure: Sketch, periods: tuple[Caption, ...], look: Look, form: Format) -> None:
    """Tint the earlier period, part the two by a line, and name each over its own stretch of the axes."""
    for i, period in enumerate(periods):
        first, last = pd.Timestamp(period.first), pd.Timestamp(period.last + timedelta(days=1))
        for side in SIDES:
            axis = AXES[side]
            if len(periods) > 1 and i == 0:
                figure.add_shape(
                    type="rect", x0=first, x1=last, xref=axis, y0=0, y1=1, yref="paper", layer="below",
                    line={"width": 0}, fillcolor=look.palette.raised,
                )  # fmt: skip
            if i:
                figure.add_shape(
                    type="line", x0=first, x1=first, xref=axis, y0=0, y1=1, yref="paper", layer="below",
                    line={"width": 1.25, "color": look.palette.ink},
                )  # fmt: skip
            count = dict(period.counts).get(side, "")
            text = (
                count
                if form.narrow or not count
                else look.t("strip.caption", period=period.text, count=count)
            )
            figure.add_annotation(
                text=text,
                x=first + (last - first) / 2,
                xref=axis,
                y=1,
                yref="paper",
                yanchor="bottom",
                yshift=13,
                font={"size": SMALL - 1, "color": look.palette.muted},
            )
