"""Two periods side by side: how many seizures, how large, and the 95 % intervals of both (chance only)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from math import log10

import pandas as pd

from dashboard import i18n
from dashboard.figures.template import SMALL, Sketch, scatter
from dashboard.figures.view import Look, View
from dashboard.filters import Span
from dashboard.trends.bootstrap import Interval
from dashboard.trends.rates import RateRatio, times
from dashboard.trends.sentence import counted
from dashboard.trends.sides import Side

_HEIGHT = 250
_SPLIT = (0.46, 0.54)


@dataclass(frozen=True, eq=False)
class Column:
    """A period of the comparison: its name, days, figures, coverage; intervals where they may be given."""

    name: str
    span: Span
    side: Side
    outlets: int
    languages: int
    count: Interval | None
    median: Interval | None


def compare_figure(
    columns: tuple[Column, ...],
    look: Look,
    *,
    ratio: RateRatio | None,
    median_ratio: Interval | None,
    withheld: str,
    sums: bool = True,
) -> View:
    """Dots with their intervals; `columns` are the earlier and the later period, or the only one.

    `withheld` is the reason why no interval is given ("" with them); `sums`: whether tablets may be added up.
    """
    figure = Sketch(look.palette, _HEIGHT)
    figure.update_layout(
        xaxis={"domain": [0, _SPLIT[0]]},
        xaxis2={"domain": [_SPLIT[1], 1], "fixedrange": True},
        yaxis={
            "range": [len(columns) - 0.4, -0.6],
            "showgrid": False,
            "visible": False,
        },
        margin={"l": 8, "r": 8, "t": 30, "b": 30},
    )
    counts = [(float(c.side.events) if c.side.events else None, c.count) for c in columns]
    medians = [(c.side.median, c.median) for c in columns]
    _panel(figure, counts, columns, look, axis="x", title=_word("events", look), log=False)
    _panel(figure, medians, columns, look, axis="x2", title=_word("median", look), log=True)
    now, before = columns[-1].side.events, columns[0].side.events
    two = len(columns) == 2
    return View(
        drawing=figure.drawing(),
        summary=i18n.t(
            "trends.summary.compare" if two else "trends.summary.compare_one",
            lang=look.lang,
            now=counted(now, look.lang),
            before=counted(before, look.lang),
        ),
        tabled=partial(
            _table, columns, look, ratio=ratio, median_ratio=median_ratio, withheld=withheld, sums=sums
        ),
        drawn=now + (before if two else 0),
        total=now + (before if two else 0),
        notes=_notes(columns, look, withheld),
        recorded=partial(_record, columns, ratio=ratio, median_ratio=median_ratio, sums=sums),
    )


def _word(name: str, look: Look) -> str:
    return i18n.t(f"trends.row.{name}", lang=look.lang)


def _panel(
    figure: Sketch,
    values: list[tuple[float | None, Interval | None]],
    columns: tuple[Column, ...],
    look: Look,
    *,
    axis: str,
    title: str,
    log: bool,
) -> None:
    """Dots, whiskers, the number and the period's name under it."""
    ends = [(one.low, one.high) for _, one in values if one is not None]
    known = [x for x in (*(value for value, _ in values), *(end for pair in ends for end in pair)) if x]
    low, high = (min(known), max(known)) if known else (1.0, 10.0)
    span = [log10(low / 2.2), log10(high * 2.2)] if log else [0.0, high * 1.25]
    figure.update_layout(
        **{
            f"xaxis{axis[1:]}": {
                "range": span,
                "type": "log" if log else "linear",
                "showgrid": True,
                "gridcolor": look.palette.rule,
                "nticks": 4,
                "zeroline": False,
                **(
                    {
                        "tickvals": (ticks := [10.0**p for p in range(0, 11) if span[0] <= p <= span[1]]),
                        "ticktext": [i18n.tablets(tick, look.lang) for tick in ticks],
                    }
                    if log
                    else {}
                ),
            }
        }
    )
    figure.add_annotation(
        text=f"<b>{title}</b>",
        x=0,
        xref=f"{axis} domain",
        xanchor="left",
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=8,
        font={"size": SMALL, "color": look.palette.ink},
    )
    for row, ((value, interval), column) in enumerate(zip(values, columns, strict=True)):
        ink = look.palette.accent if row == len(columns) - 1 else look.palette.muted
        if interval is not None:
            figure.add_trace(
                scatter(
                    x=[max(interval.low, 1e-9), interval.high],
                    y=[row, row],
                    mode="lines",
                    xaxis=axis,
                    line={"width": 5, "color": ink},
                    opacity=0.4,
                    hoverinfo="skip",
                )
            )
        if value:
            shown = i18n.tablets(value, look.lang) if log else f"{value:,.0f}"
            figure.add_trace(
                scatter(
                    x=[value],
                    y=[row],
                    mode="markers",
                    xaxis=axis,
                    marker={"size": 11, "color": ink},
                    hovertext=[f"{column.name}: {shown}"],
                    hovertemplate="%{hovertext}<extra></extra>",
                )
            )
            figure.add_annotation(
                text=f"<b>{shown}</b>",
                x=log10(value) if log else value,
                xref=axis,
                y=row,
                yref="y",
                yshift=15,
                font={"size": SMALL, "color": look.palette.ink},
            )
        figure.add_annotation(
            text=column.name if value else f"{column.name}: {look.t('no_report')}",
            x=0,
            xref=f"{axis} domain",
            xanchor="left",
            y=row,
            yref="y",
            yshift=-16,
            font={"size": SMALL - 1, "color": look.palette.muted},
        )


def _notes(columns: tuple[Column, ...], look: Look, withheld: str) -> tuple[str, ...]:
    def words(name: str, **more: object) -> str:
        return i18n.t(f"trends.key.{name}", lang=look.lang, **more)

    if withheld:
        return (
            (words("compare_withheld", reason=words(f"compare_{withheld}")),) if withheld != "alone" else ()
        )
    samples = max(one.resamples for column in columns for one in (column.count, column.median) if one)
    lacking = any(column.median is None for column in columns)
    return (words("compare", samples=samples), *((words("compare_median"),) if lacking else ()))


_Number = float | None
_Measure = tuple[str, _Number, _Number, _Number]  # its name, value, low and high


def _record(
    columns: tuple[Column, ...], *, ratio: RateRatio | None, median_ratio: Interval | None, sums: bool
) -> pd.DataFrame:
    """One row a measure and period, with its 95 % interval or the sum's low and high; then the ratios."""
    names = ("earlier", "later") if len(columns) == 2 else ("only",)
    rows: list[tuple[object, ...]] = [
        (name, column.span.start, column.span.end, *measure)
        for name, column in zip(names, columns, strict=True)
        for measure in _measures(column, sums=sums)
    ]
    ratios = [
        (f"rate_ratio_{ratio.model}", ratio.ratio, ratio.low, ratio.high) if ratio else None,
        _estimate("median_ratio", median_ratio.value, median_ratio) if median_ratio else None,
    ]
    rows += [("later_to_earlier", None, None, *one) for one in ratios if one and len(columns) == 2]
    heads = ("period", "period_start", "period_end", "measure", "value", "low", "high")
    return pd.DataFrame(rows, columns=pd.Index(heads))


def _measures(column: Column, *, sums: bool) -> list[_Measure]:
    """The rows of the table in numbers; tablets are blank where no event states a quantity."""
    side = column.side

    def plain(name: str, value: _Number) -> _Measure:
        return name, value, None, None

    added: list[_Measure] = []
    if sums and side.with_quantity:
        added = [
            ("tablets", side.tablets, side.low or None, side.high),
            plain("tablets_without_largest", side.without(1) or None),
            plain("tablets_without_three_largest", side.without(3) or None),
            plain("share_of_three_largest", side.top_share),
            plain("tablets_without_possible_repeats", side.tablets - side.doubtful_tablets or None),
        ]
    return [
        plain("days", side.days or None),
        _estimate("events", side.events or None, column.count),
        plain("events_with_quantity", side.with_quantity),
        *added,
        _whole(_estimate("median_tablets", side.median, column.median)),
        plain("possible_repeats", side.doubtful),
        plain("events_without_possible_repeats", side.events - side.doubtful),
        plain("outlets", column.outlets),
        plain("languages", column.languages),
    ]


def _whole(measure: _Measure) -> _Measure:
    name, *numbers = measure
    value, low, high = (None if number is None else float(round(number)) for number in numbers)
    return name, value, low, high


def _estimate(name: str, value: _Number, interval: Interval | None) -> _Measure:
    return (name, value, interval.low, interval.high) if interval else (name, value, None, None)


def _table(
    columns: tuple[Column, ...],
    look: Look,
    *,
    ratio: RateRatio | None,
    median_ratio: Interval | None,
    withheld: str,
    sums: bool,
) -> pd.DataFrame:
    """A row a measure, a column a period; ratios in the later one."""
    word = partial(_word, look=look)
    hidden = "" if withheld == "alone" else word("withheld")

    def size(value: float | None) -> str:
        return i18n.tablets(value, look.lang) if value is not None else "–"

    def within(one: Interval | None, *, tablets: bool) -> str:
        if one is None:
            return hidden
        ends = [size(end) if tablets else f"{end:.0f}" for end in (one.low, one.high)]
        return i18n.t("trends.row.range", lang=look.lang, low=ends[0], high=ends[1])

    def percent(value: float | None) -> str:
        return (
            i18n.t("trends.row.percent", lang=look.lang, share=f"{100 * value:.0f}")
            if value is not None
            else "–"
        )

    rows: list[tuple[str, list[str]]] = [
        (word("days"), [f"{c.side.days:,}" if c.side.days else "–" for c in columns]),
        (word("events"), [f"{c.side.events:,}" if c.side.events else look.t("no_report") for c in columns]),
        (word("events_interval"), [within(c.count, tablets=False) for c in columns]),
        (word("quantity"), [f"{c.side.with_quantity:,}" for c in columns]),
    ]
    if sums:
        rows += [
            (word("low"), [size(c.side.low) for c in columns]),
            (word("best"), [size(c.side.tablets) for c in columns]),
            (word("high"), [size(c.side.high) for c in columns]),
            (word("without_one"), [size(c.side.without(1)) for c in columns]),
            (word("without_three"), [size(c.side.without(3)) for c in columns]),
            (word("share"), [percent(c.side.top_share) for c in columns]),
        ]
    rows += [
        (word("median"), [size(c.side.median) for c in columns]),
        (word("median_interval"), [within(c.median, tablets=True) for c in columns]),
        (word("doubtful"), [f"{c.side.doubtful:,}" for c in columns]),
        (word("clean_events"), [f"{c.side.events - c.side.doubtful:,}" for c in columns]),
    ]
    if sums:
        rows.append(
            (word("clean_tablets"), [size(c.side.tablets - c.side.doubtful_tablets) for c in columns])
        )
    rows += [
        (word("outlets"), [f"{c.outlets:,}" for c in columns]),
        (word("languages"), [f"{c.languages:,}" for c in columns]),
    ]
    if len(columns) == 2:
        rows += [(name, ["", value]) for name, value in _ratios(ratio, median_ratio, look)]
    heads = ("earlier", "later") if len(columns) == 2 else ("only",)
    table = pd.DataFrame({i18n.t("trends.column.measure", lang=look.lang): [name for name, _ in rows]})
    for place, (head, column) in enumerate(zip(heads, columns, strict=True)):
        table[i18n.t(f"trends.column.{head}", lang=look.lang, span=column.name)] = [
            cells[place] for _, cells in rows
        ]
    return table


def _ratios(ratio: RateRatio | None, medians: Interval | None, look: Look) -> list[tuple[str, str]]:
    word = partial(_word, look=look)

    def both(low: float, high: float) -> str:
        if math.isnan(low):
            return word("withheld")
        return i18n.t("trends.row.range", lang=look.lang, low=times(low), high=times(high))

    if ratio is None:
        return [(word("ratio"), word("withheld"))]
    tested = not math.isnan(ratio.p_scatter)
    p = i18n.t(
        f"trends.model.{'tested' if tested else 'untested'}", lang=look.lang, value=f"{ratio.p_scatter:.3f}"
    )
    model = i18n.t(f"trends.model.{ratio.model}", lang=look.lang, used=ratio.used, events=ratio.events, p=p)
    rows = [
        (word("ratio"), times(ratio.ratio)),
        (word("ratio_interval"), both(ratio.low, ratio.high)),
        (word("model"), model),
    ]
    if medians is not None:
        rows += [
            (word("median_ratio"), times(medians.value)),
            (word("median_ratio_interval"), both(medians.low, medians.high)),
        ]
    return rows
