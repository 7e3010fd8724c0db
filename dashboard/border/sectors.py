"""The table of the weekly question: sector by period, with events, tablets, sizes and means of transport.

The release gives each event its sector: the narrowest stretch that surely holds it. What is known to lie on
the Anbar stretch, and no finer, is a row of its own, never shared out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard.border.pair import Pair, Period
from dashboard.stats import Figures, figures
from geo import border

UNKNOWN, ELSEWHERE, TOTAL = "unknown", "elsewhere", "total"
"""At the line on no one sector; stated to have crossed but not placed at the line; all at the line."""


@dataclass(frozen=True)
class Line:
    """One sector in one period. `methods`: means of transport with their number of events, most first, what
    is not stated last. `unstated` events are of pills of unstated kind and in none of the figures."""

    sector: str
    period: Period
    figures: Figures
    methods: tuple[tuple[str, int], ...]
    unstated: int
    unstated_tablets: float | None
    event_ids: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not (self.figures.events or self.unstated)


def lines(pair: Pair) -> tuple[Line, ...]:
    """Sector by sector from the north, in each the period chosen before the one it is compared with."""
    return tuple(line for code in _codes(pair) for line in _of_sector(code, pair))


def _of_sector(code: str, pair: Pair) -> Iterator[Line]:
    for period in (pair.now, pair.before):
        if period is not None:
            yield _line(code, period)


def _codes(pair: Pair) -> tuple[str, ...]:
    """All sectors, whether or not anything was reported there; what is in none only where there is such."""
    known = tuple(sector.code for sector in border.sectors())
    blank = any((_at_line(p)["border_sector"] == "").any() for p in pair.periods)
    return (*known, *((UNKNOWN,) if blank else ()), TOTAL, ELSEWHERE)


def _at_line(period: Period) -> pd.DataFrame:
    return pd.concat([period.at_line, period.unstated_at_line])


def _line(code: str, period: Period) -> Line:
    if code == ELSEWHERE:
        events, unstated = period.elsewhere, period.unstated_elsewhere
    else:
        events, unstated = (_in(code, frame) for frame in (period.at_line, period.unstated_at_line))
    known = unstated["tablets_best"].dropna()
    return Line(
        code,
        period,
        figures(events),
        methods(events),
        len(unstated),
        float(known.sum()) if len(known) else None,
        tuple(sorted([*events["event_id"], *unstated["event_id"]])),
    )


def _in(code: str, events: pd.DataFrame) -> pd.DataFrame:
    if code == TOTAL:
        return events
    return events[events["border_sector"] == ("" if code == UNKNOWN else code)]


def methods(events: pd.DataFrame) -> tuple[tuple[str, int], ...]:
    """Means of transport with their number of events; "" stands for not stated and comes last."""
    counts = events["transport"].replace("unknown", "").value_counts()
    found = [(str(code), int(n)) for code, n in counts.items()]
    return tuple(sorted(found, key=lambda entry: (entry[0] == "", -entry[1], entry[0])))
