"""Where events lie along the line, and how an event whose place is a stretch is spread over it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import border

NEAR_KM = 25.0  # from the line, at the nearest the place may lie
WIDEST_KM = 60.0  # and at the farthest
PLACED = ("exact", "town", "district", "border_strip")
"""Precisions that give a position along the line; a governorate is as wide as a third of it."""
_ON_LINE = "on_line"  # column in which a table may bring along what `on_line` finds
LINE = (_ON_LINE, "place_precision", "border_distance_low_km", "border_distance_high_km", "border_relation")
"""The columns that `on_line` and `crossed_elsewhere` read."""

Floats = npt.NDArray[np.float64]


def on_line(events: pd.DataFrame) -> pd.Series:
    """Places that lie at the line, or may: not a governorate's whole width, not Damascus's foot on
    the line."""
    if _ON_LINE in events:
        return events[_ON_LINE]
    placed = events["place_precision"].isin(PLACED)
    return (
        placed
        & (events["border_distance_low_km"] <= NEAR_KM)
        & (events["border_distance_high_km"] <= WIDEST_KM)
    )


def with_line(events: pd.DataFrame) -> pd.DataFrame:
    """The table with a column of `on_line`: selections of its rows then need not find it again."""
    return events.assign(**{_ON_LINE: on_line(events)})


def crossed_elsewhere(events: pd.DataFrame) -> pd.Series:
    """Stated to have crossed the line, but found away from it or placed no finer than a governorate."""
    return (events["border_relation"] == "crosses_stated") & ~on_line(events)


def reach(events: pd.DataFrame) -> tuple[Floats, Floats]:
    """The stretch in km, low and high, that each event may lie on; where none is given, its foot on
    the line."""
    foot = events["border_km"].to_numpy(dtype=float)
    low = events["border_km_low"].to_numpy(dtype=float)
    high = events["border_km_high"].to_numpy(dtype=float)
    low = np.where(np.isnan(low), foot, low)
    high = np.where(np.isnan(high), foot, high)
    return np.fmin(low, high), np.fmax(low, high)


def shares(low: Floats, high: Floats, edges: Floats) -> Floats:
    """How much of each event falls into each bin: n events x (edges - 1) bins, every row adds up to 1.

    An event is spread evenly over low..high km; one without a length falls whole into the bin that holds
    it, a bin's lower edge belonging to it. `edges` ascend; a stretch that leaves them is cut there, and its
    mass shared by what is left; outside them altogether it falls into the nearest bin. Raises ValueError
    for fewer than two edges.
    """
    if len(edges) < 2:
        raise ValueError("bins need two edges at least")
    low, high = np.clip(low, edges[0], edges[-1]), np.clip(high, edges[0], edges[-1])
    starts, ends = edges[:-1][None, :], edges[1:][None, :]
    overlap: Floats = np.clip(np.minimum(high[:, None], ends) - np.maximum(low[:, None], starts), 0.0, None)
    length = overlap.sum(axis=1)
    spread = length > 0
    overlap[spread] /= length[spread, None]
    points = np.flatnonzero(~spread)
    bins = np.clip(np.searchsorted(edges, low[points], side="right") - 1, 0, len(edges) - 2)
    overlap[points, bins] = 1.0
    return overlap


def bins(width_km: float) -> Floats:
    """Edges of bins from km 0 to the line's end; the last bin is as wide as what is left."""
    length = border.length_km()
    edges = np.arange(0.0, length, width_km)
    return np.append(edges if length - edges[-1] > width_km / 4 else edges[:-1], length)


def sector_edges() -> tuple[tuple[str, ...], Floats]:
    """The sectors that cover the line once, north to south, and their edges in km."""
    groups = {sector.parent for sector in border.sectors()}
    parts = [sector for sector in border.sectors() if sector.code not in groups]
    return tuple(s.code for s in parts), np.array([*(s.km_low for s in parts), border.length_km()])
