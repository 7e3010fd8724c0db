"""Stacked counts per period: the frame of the charts by size and by means of transport."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.figures.template import SMALL, Sketch, bar, square, turned
from dashboard.figures.view import Look
from dashboard.figures.when import Calendar

MAIN, BESIDE = (0.08, 0.62), (0.67, 0.92)
"""Where in its period the bar of the events stands, and that of what stands beside."""


def stack(
    figure: Sketch,
    values: pd.Series,
    calendar: Calendar,
    look: Look,
    *,
    label: str,
    marker: dict[str, Any],
    at: tuple[float, float] = MAIN,
    texts: list[str] | None = None,
    axis: str = "",
) -> None:
    """One part of the bars of all periods: a row of `values` by the start of its period; zeros are left out.

    `texts`: what the pointer shows, one for each period; else the label and the value.
    """
    left, right = at
    present = values > 0
    starts = [pd.Timestamp(str(start)) for start in values.index[present]]
    lengths = [calendar.length(start) for start in starts]
    said = texts or [f"{label}: {value:g}" for value in values]
    figure.add_trace(
        bar(
            x=[start + length * (left + right) / 2 for start, length in zip(starts, lengths, strict=True)],
            y=values[present].to_list(),
            width=[length.total_seconds() * 1000 * (right - left) for length in lengths],
            marker=marker,
            name=label,
            hovertext=[
                f"<b>{calendar.name(start, look.lang)}</b><br>{text}"
                for start, text in zip(
                    starts, (one for one, has in zip(said, present, strict=True) if has), strict=True
                )
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            **({"yaxis": f"y{axis}"} if axis else {}),
        )
    )


def key(figure: Sketch, parts: list[tuple[str, str]], look: Look, *, rows: int = 2) -> None:
    """Squares with their words over the chart, in as many rows; `parts` are colours and words, maybe none."""
    if not parts:
        return
    each = -(-len(parts) // rows)
    lines = [parts[i : i + each] for i in range(0, len(parts), each)]
    gap = 3 * "\N{NO-BREAK SPACE}"
    # The marks keep each square beside its own word where the words are read from the right.
    left, space = "\N{LEFT-TO-RIGHT MARK}", "\N{NO-BREAK SPACE}"
    text = "<br>".join(
        gap.join(f"{left}{square(ink)}{space}{turned(word)}{left}" for ink, word in line) for line in lines
    )
    figure.add_annotation(
        text=text,
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        align="left",
        yshift=14,
        font={"size": SMALL, "color": look.palette.muted},
    )
