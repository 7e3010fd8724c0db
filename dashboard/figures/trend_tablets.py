"""Tablets per period, low to high, with and without the period's largest seizure. Log or linear."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import log10
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import i18n
from dashboard.figures import amounts, data, trends
from dashboard.figures.map_marks import colour
from dashboard.figures.template import SMALL, Sketch, rgba, scatter
from dashboard.figures.ticks import powers, round_step
from dashboard.figures.trends import Series
from dashboard.figures.view import Look, View
from dashboard.tally import bounds

_NAMED = ["place", "admin1", "country", "tablets_best"]  # what is told of a period's largest seizure
_READ = [*_NAMED, "period", "tablets_low", "tablets_high", "possible_duplicate_of"]
_LABELLED = 3  # the largest single seizures of the chart are named on it
_LABEL_ROOM = 0.34  # of the axis: how far apart two names must stand
_PLACE = 24  # characters
_FLOOR = 1_000.0  # tablets: bottom of the log axis


@dataclass(frozen=True)
class Point:
    """One period of one series: tablets low, best and high, and best without its largest event."""

    start: pd.Timestamp
    label: str
    low: float
    best: float
    high: float
    rest: float
    largest: Any
    events: int


def tablets_figure(found: Series, look: Look, *, scale: str = "log", by_country: bool = False) -> View:
    """A dot per period at the best figure, a line from low to high, a ring at the figure without the largest.

    Pills of unstated kind stand beside as grey hatched marks. `by_country` draws each country's own dots.
    Events that state no quantity are in no dot and are counted in the note.
    """
    main, beside = _stated(found.main), _stated(found.beside)
    if main.empty and beside.empty:
        return trends.nothing(look)
    figure = Sketch(look.palette, trends.HEIGHT)
    groups = _groups(main, found, look) if by_country else [("", look.palette.accent, main)]
    slots = len(groups) + 1
    points: list[Point] = []
    for slot, (label, ink, rows) in enumerate(groups):
        own = _points(rows, label)
        _draw(figure, own, found, look, ink=ink, at=(slot + 0.5) / slots)
        points += own
    unstated = _points(beside, look.t("trend.unstated"))
    _draw(figure, unstated, found, look, ink=look.palette.unstated, at=(slots - 0.5) / slots, hatched=True)
    _axis(figure, points + unstated, look, scale)
    _name_largest(figure, points, found, look, scale)
    figure.update_layout(margin={"l": 62, "r": 8, "t": 24, "b": 40})
    notes = trends.time_axis(figure, found, look)
    silent = found.drawn - len(main) - len(beside)
    return View(
        drawing=figure.drawing(),
        summary=found.spoken(_summary(points, found, look), look),
        tabled=partial(_table, points + unstated, found, look),
        drawn=len(main) + len(beside),
        total=found.total,
        notes=(
            trends.left_out(found, look),
            *((look.t("trend.no_quantity", n=silent),) if silent else ()),
            look.t("trend.key_tablets"),
            *((look.t("trend.key_unstated_dot"),) if unstated else ()),
            *notes,
        ),
        recorded=partial(_record, found, look, by_country=by_country),
    )


def _stated(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that state a quantity, with the columns that the dots are made of."""
    return rows[_READ].take(np.flatnonzero(rows["tablets_best"].notna()))


def _groups(main: pd.DataFrame, found: Series, look: Look) -> list[tuple[str, str, pd.DataFrame]]:
    home = trends.bucket(main, found.countries)
    return [(trends.name(code, look), colour(code, look), main[home == code]) for code in found.countries]


def _points(rows: pd.DataFrame, label: str) -> list[Point]:
    if rows.empty:
        return []
    period, starts = pd.factorize(rows["period"].to_numpy(), sort=True)
    largest = rows[_NAMED].take(_largest(rows["tablets_best"].to_numpy(dtype=float), period))
    low, best, high = (np.bincount(period, weights=end) for end in bounds(rows).to_numpy().T)
    ends = (starts, low.tolist(), best.tolist(), high.tolist(), np.bincount(period).tolist())
    return [
        Point(pd.Timestamp(start), label, low, best, high, best - row.tablets_best, row, n)
        for start, low, best, high, n, row in zip(*ends, largest.itertuples(), strict=True)
    ]


def _largest(sizes: npt.NDArray[np.float64], period: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """The position of the largest of each period; of equals, the first."""
    most = np.zeros(period.max() + 1)
    np.maximum.at(most, period, sizes)
    as_large = np.flatnonzero(sizes == most[period])
    return as_large[np.unique(period[as_large], return_index=True)[1]]


def _draw(
    figure: Sketch,
    points: list[Point],
    found: Series,
    look: Look,
    *,
    ink: str,
    at: float,
    hatched: bool = False,
) -> None:
    x = [point.start + found.calendar.length(point.start) * (0.1 + 0.8 * at) for point in points]
    for ends, width, alpha in (
        ([(p.rest or p.best, p.best) for p in points], 1, 0.35),
        ([(p.low, p.high) for p in points], 3, 0.55),
    ):
        figure.add_trace(
            scatter(
                x=[v for value in x for v in (value, value, None)],
                y=[v for low, high in ends for v in (max(low, _FLOOR / 2), high, None)],
                mode="lines",
                line={"width": width, "color": rgba(ink, alpha)},
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        scatter(
            x=x,
            y=[point.rest or None for point in points],
            mode="markers",
            marker={
                "symbol": "circle",
                "size": 7,
                "color": look.palette.paper,
                "line": {"width": 1.5, "color": ink},
            },
            hovertext=[_hover(point, found, look, "trend.hover_rest", point.rest) for point in points],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.add_trace(
        scatter(
            x=x,
            y=[point.best for point in points],
            mode="markers",
            marker={
                "symbol": "hash-open" if hatched else "circle",
                "size": 9,
                "color": ink,
                "line": {"width": 1.3 if hatched else 0, "color": ink},
            },
            hovertext=[_hover(point, found, look, "trend.hover_tablets", point.best) for point in points],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[f"{point.start:%Y-%m-%d}" for point in points],
        )
    )


def _hover(point: Point, found: Series, look: Look, key: str, value: float) -> str:
    return look.t(
        key,
        period=found.calendar.full_name(point.start, look.lang),
        label=point.label or look.t("trend.captagon"),
        amount=i18n.tablets(value, look.lang),
        span=amounts.span(point.low, point.high, look),
        n=point.events,
    )


def _axis(figure: Sketch, points: list[Point], look: Look, scale: str) -> None:
    top = max(10 * _FLOOR, *(point.high for point in points)) * (1.9 if scale == "log" else 1.12)
    if scale == "log":
        least = min(_FLOOR * 10, *(min(p.low or p.best, p.rest or p.best) for p in points))
        bottom = max(least / 1.6, _FLOOR / 2)
        ticks = powers(bottom, top)
        figure.update_yaxes(type="log", range=[log10(bottom), log10(top)])
    else:
        step = round_step(top)
        ticks = [float(step * i) for i in range(int(top / step) + 1)]
        figure.update_yaxes(range=[0, top])
    figure.update_yaxes(
        tickvals=ticks, ticktext=[f"{i18n.tablets(value, look.lang)} " for value in ticks], automargin=False
    )


def _name_largest(figure: Sketch, points: list[Point], found: Series, look: Look, scale: str) -> None:
    """The few largest single seizures, named where they stand, as far as the names do not collide."""
    starts, end = found.calendar.starts, found.calendar.end
    named: list[pd.Timestamp] = []
    some = [point for point in points if point.best > 0]  # a source may state that none was seized
    for point in sorted(some, key=lambda p: -p.largest.tablets_best)[:_LABELLED]:
        if any(abs(point.start - other) < (end - starts[0]) * _LABEL_ROOM for other in named):
            continue
        named.append(point.start)
        row = point.largest
        late = point.start > starts[0] + (end - starts[0]) / 2
        figure.add_annotation(
            x=point.start + found.calendar.length(point.start) / 2,
            y=log10(point.best) if scale == "log" else point.best,
            text=look.t(
                "trend.label", place=where(row, look), amount=i18n.tablets(row.tablets_best, look.lang)
            ),
            xanchor="right" if late else "left",
            xshift=-12 if late else 12,
            yshift=9,
            font={"size": SMALL - 1, "color": look.palette.muted},
        )


def where(row: Any, look: Look) -> str:
    """The place of an event, cut to what fits beside a mark; else its governorate or country."""
    text = str(row.place or row.admin1 or look.country(row.country))
    return text if len(text) <= _PLACE else f"{text[: _PLACE - 1].rstrip()}…"


def _summary(points: list[Point], found: Series, look: Look) -> str:
    if not points:
        return look.t("trend.only_unstated")
    most = max(points, key=lambda p: p.best)
    row = most.largest
    return look.t(
        "trend.tablets_summary",
        period=found.calendar.name(most.start, look.lang),
        span=amounts.span(most.low, most.high, look),
        place=row.place or row.admin1 or look.country(row.country),
        largest=i18n.tablets(row.tablets_best, look.lang),
        rest=i18n.tablets(most.rest, look.lang),
    )


def _record(found: Series, look: Look, *, by_country: bool) -> pd.DataFrame:
    """One row a dot and period; blank is a period without a stated quantity."""
    groups = [({"series": data.SEIZURES}, found.main), ({"series": data.BESIDE}, found.beside)]
    if by_country:
        home = trends.bucket(found.main, found.countries)
        groups[:1] = [
            ({**groups[0][0], "country": code, "label": trends.name(code, look)}, found.main[home == code])
            for code in found.countries
        ]
    return data.by_period(found.calendar, [(codes, _without(rows, found)) for codes, rows in groups])


def _without(rows: pd.DataFrame, found: Series) -> pd.DataFrame:
    """The sums of each period, and best without its largest seizure; blank where that was the only one."""
    table = data.sums(rows, found.calendar)
    rest = table["tablets_best"] - rows.groupby("period")["tablets_best"].max()
    return table.assign(tablets_without_largest=rest.where(table["events_with_quantity"] > 1))


def _table(points: list[Point], found: Series, look: Look) -> pd.DataFrame:
    def column(values: list[float]) -> list[str]:
        return [i18n.tablets(value, look.lang) for value in values]

    return pd.DataFrame(
        {
            look.t("column.period"): [found.calendar.name(p.start, look.lang) for p in points],
            look.t("column.series"): [p.label or look.t("trend.captagon") for p in points],
            look.t("column.events_counted"): [p.events for p in points],
            look.t("column.low"): column([p.low for p in points]),
            look.t("column.best"): column([p.best for p in points]),
            look.t("column.high"): column([p.high for p in points]),
            look.t("column.without_largest"): [
                i18n.tablets(p.rest, look.lang) if p.rest else "–" for p in points
            ],
        }
    )
