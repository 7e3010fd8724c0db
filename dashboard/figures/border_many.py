"""The border chart of so many events that single marks would hide each other: shaded stretches of the line.

Each event is spread evenly over the stretch on which it may lie, so a shade stands for a number of events
that need not be whole; what is known less precisely than a period of the axis is counted in the note.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.border.position import bins, reach, shares
from dashboard.figures import when
from dashboard.figures.border_line import AXES
from dashboard.figures.map_marks import colour
from dashboard.figures.template import Sketch, rgba
from dashboard.figures.view import Look

MOST = 400
"""Events; with more at the line their marks cover each other."""
WIDTH_KM = 20.0
_GRAINS = (("month", 900), ("quarter", 3700), ("year", 100_000))  # of an axis up to so many days


@dataclass(frozen=True)
class Grid:
    """Events of one side by stretch (rows, north first) and period (columns). `coarser` fit no period."""

    edges: tuple[float, ...]
    starts: pd.DatetimeIndex
    grain: str
    events: np.ndarray
    coarser: int


def grain_for(days: float) -> str:
    """Month, quarter or year: what keeps the shades wide enough to see."""
    return next(name for name, most in _GRAINS if days <= most)


def grid(rows: pd.DataFrame, grain: str) -> Grid:
    """Count events at the line by stretch and period; every event that has a period adds one in all."""
    period = when.periods(rows, grain)
    known = period.notna().to_numpy()
    edges = bins(WIDTH_KM)
    low, high = reach(rows[known])
    spread = shares(low, high, edges)
    starts = pd.DatetimeIndex(sorted(period[known].unique()))
    columns = starts.get_indexer(pd.DatetimeIndex(period[known]))
    events = np.zeros((len(edges) - 1, len(starts)))
    for bin_ in range(len(edges) - 1):
        events[bin_] = np.bincount(columns, weights=spread[:, bin_], minlength=len(starts))
    return Grid(tuple(edges), starts, grain, events, int((~known).sum()))


def shade(figure: Sketch, found: Grid, most: float, side: str, look: Look) -> None:
    """Draw one side; the strongest shade stands for `most` events, of both sides."""
    ink = colour(side, look)
    calendar = when.Calendar(found.grain, found.starts[0].date(), found.starts[-1].date())
    middles = [start + calendar.length(start) / 2 for start in found.starts]
    heights = [(a + b) / 2 for a, b in zip(found.edges, found.edges[1:], strict=False)]
    figure.add_trace(
        {
            "type": "heatmap",
            "x": middles,
            "y": heights,
            "z": [[round(float(n), 2) if n else None for n in row] for row in found.events],
            "xaxis": AXES[side],
            "zmin": 0,
            "zmax": most,
            "colorscale": [[0, rgba(ink, 0.06)], [1, rgba(ink, 0.95)]],
            "showscale": False,
            "xgap": 1,
            "ygap": 1,
            "hoverongaps": False,
            "text": _hover(found, calendar, look),
            "hovertemplate": "%{text}<extra></extra>",
        }
    )


def _hover(found: Grid, calendar: when.Calendar, look: Look) -> list[list[str]]:
    """What the pointer shows over each stretch and period, "" where there is nothing."""
    periods = [calendar.name(start, look.lang) for start in found.starts]
    said = []
    for low, high, row in zip(found.edges, found.edges[1:], found.events.tolist(), strict=False):
        stretch = look.t("border.km_range", low=round(low), high=round(high))
        said.append(
            [
                f"{stretch}<br>{period}<br>{look.t('many.spread', amount=f'{n:.1f}')}" if n else ""
                for period, n in zip(periods, row, strict=True)
            ]
        )
    return said
