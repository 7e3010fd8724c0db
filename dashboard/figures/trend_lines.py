"""Tablets per period as three lines: all, without the chart's largest seizure, without its three largest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import log10

import pandas as pd

from dashboard import i18n
from dashboard.figures import amounts, data, trends
from dashboard.figures.template import SMALL, Sketch, rgba, scatter
from dashboard.figures.ticks import powers, round_step
from dashboard.figures.trend_tablets import where
from dashboard.figures.trends import Series
from dashboard.figures.view import Look, View
from dashboard.labels import issuer
from dashboard.tally import bounds
from dashboard.trends.official import Traced

TOP = 3
_FLOOR = 1_000.0  # tablets: bottom of the log axis
_PLOT = (540.0, 230.0)  # px: about the room of the lines, for labels not to collide
_LETTER, _LINE = 6.0, 16.0  # px of a letter, and from one line of words to the next
_SHIFTS = {True: (8, 22, -9), False: (-9, -24, 10, -39, 26)}
_ROOM = 2.2  # of the log axis: what stands over the highest mark


@dataclass(frozen=True)
class Lines:
    """By period (those with a stated quantity): tablets low, best, high, best without the top one and three.

    `largest` are the three largest seizures, the largest first; `share` what they hold of all tablets, 0..1.
    """

    table: pd.DataFrame
    beside: pd.Series
    largest: pd.DataFrame
    share: float


def lines(found: Series) -> Lines:
    """The sums behind the chart."""
    main = found.main[found.main["tablets_best"].notna()]
    beside = found.beside[found.beside["tablets_best"].notna()]
    largest = main.nlargest(TOP, "tablets_best", keep="first")
    table = bounds(main).groupby(main["period"]).sum()
    for name, most in (("one", 1), ("three", TOP)):
        rest = main.drop(index=largest.index[:most])
        table[name] = rest.groupby("period")["tablets_best"].sum().reindex(table.index)
    total = float(main["tablets_best"].sum())
    share = float(largest["tablets_best"].sum()) / total if total else 0.0
    return Lines(table, beside.groupby("period")["tablets_best"].sum(), largest, share)


def lines_figure(
    found: Series, look: Look, *, scale: str = "log", traced: tuple[Traced, ...] = (), withheld: bool = False
) -> View:
    """The lines with the band from low to high; direct labels where the lines part.

    `traced`: official totals of whole years, bracketed over the time they cover. `withheld`: tablets may not
    be added up here, and the chart says so instead.
    """
    sums = lines(found)
    if sums.table.empty or withheld:
        empty = trends.nothing(look)
        text = i18n.t("trends.key.lines_withheld", lang=look.lang)
        return _saying(empty, text, found) if withheld else empty
    figure = Sketch(look.palette, trends.HEIGHT + 20)
    starts = found.calendar.counted
    middles = pd.Series([start + found.calendar.length(start) / 2 for start in starts], index=starts)
    whole = sums.table.reindex(starts)
    _axis(figure, sums, look, scale)
    _band(figure, whole, middles, look)
    for name, dash, width in (("three", "dot", 1.5), ("one", "6px,4px", 1.5), ("best", "solid", 2.5)):
        _line(figure, whole[name], middles, found, look, dash=dash, width=width, name=name)
    _unstated(figure, sums.beside, middles, found, look)
    _labels(figure, sums, middles, look, scale)
    brackets = _brackets(figure, traced, found, look)
    figure.update_layout(margin={"l": 62, "r": 8, "t": 24, "b": 40})
    notes = trends.time_axis(figure, found, look)
    silent = int(found.main["tablets_best"].isna().sum() + found.beside["tablets_best"].isna().sum())
    share = f"{100 * sums.share:.0f}"
    return View(
        drawing=figure.drawing(),
        summary=found.spoken(i18n.t("trends.summary.lines", lang=look.lang, share=share), look),
        tabled=partial(_table, sums, found, look),
        drawn=found.drawn - silent,
        total=found.total,
        notes=(
            trends.left_out(found, look),
            *((look.t("trend.no_quantity", n=silent),) if silent else ()),
            i18n.t("trends.key.lines", lang=look.lang, share=share),
            *((i18n.t("trends.key.unstated_tablets", lang=look.lang),) if len(sums.beside) else ()),
            *_doubtful(found, look),
            *brackets,
            *notes,
        ),
        recorded=partial(_record, sums, found),
    )


def _doubtful(found: Series, look: Look) -> tuple[str, ...]:
    """What may be counted twice is said wherever it is summed (analyst requirements 1.4)."""
    n = int((found.main["possible_duplicate_of"] != "").sum())
    return (i18n.t("trends.key.doubtful", lang=look.lang, n=n),) if n else ()


def _saying(view: View, text: str, found: Series) -> View:
    layout = {**view.drawing["layout"]}
    layout["annotations"] = [{**layout["annotations"][0], "text": text}]
    return View({**view.drawing, "layout": layout}, text, pd.DataFrame, 0, found.total)


def _band(figure: Sketch, whole: pd.DataFrame, middles: pd.Series, look: Look) -> None:
    """Low to high as an area over each unbroken run of periods; a run of one is a bar."""
    present = whole["best"].notna()
    run = (present != present.shift()).cumsum()[present]
    for _, part in whole[present].groupby(run):
        x, low = [middles[start] for start in part.index], part["low"].clip(lower=_FLOOR / 2).to_list()
        one = len(part) == 1
        ink = rgba(look.palette.accent, 0.45 if one else 0.16)
        figure.add_trace(
            scatter(
                x=[*x, *x[::-1]],
                y=[*part["high"], *low[::-1]],
                mode="lines",
                fill="none" if one else "toself",
                fillcolor=ink,
                line={"width": 4 if one else 0, "color": ink},
                hoverinfo="skip",
            )
        )


def _line(
    figure: Sketch,
    values: pd.Series,
    middles: pd.Series,
    found: Series,
    look: Look,
    *,
    dash: str,
    width: float,
    name: str,
) -> None:
    main = name == "best"
    label = i18n.t(f"trends.line.{'all' if main else name}", lang=look.lang)
    figure.add_trace(
        scatter(
            x=middles.to_list(),
            y=[None if pd.isna(value) or value <= 0 else value for value in values],
            mode="lines+markers",
            connectgaps=False,
            line={"width": width, "dash": dash, "color": look.palette.accent if main else look.palette.ink},
            marker={
                "size": 7 if main else 5,
                "color": look.palette.accent if main else look.palette.paper,
                "line": {"width": 0 if main else 1.3, "color": look.palette.ink},
            },
            hovertext=[
                ""
                if pd.isna(value)
                else f"<b>{found.calendar.name(start, look.lang)}</b><br>{label}: "
                + i18n.tablets(value, look.lang)
                for start, value in zip(_times(values), values, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _unstated(figure: Sketch, values: pd.Series, middles: pd.Series, found: Series, look: Look) -> None:
    if values.empty:
        return
    label = look.t("trend.unstated")
    figure.add_trace(
        scatter(
            x=[middles[start] for start in values.index],
            y=values.to_list(),
            mode="markers",
            marker={"symbol": "hash-open", "size": 9, "color": look.palette.unstated, "line": {"width": 1.3}},
            hovertext=[
                f"<b>{found.calendar.name(start, look.lang)}</b><br>{label}: {i18n.tablets(value, look.lang)}"
                for start, value in zip(_times(values), values, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _axis(figure: Sketch, sums: Lines, look: Look, scale: str) -> None:
    highest = max(sums.table["high"].max(), sums.beside.max() if len(sums.beside) else 0.0, 10 * _FLOOR)
    if scale == "log":
        smallest = sums.table[["low", "one", "three"]].where(sums.table > 0).min().min()
        bottom = max(
            _FLOOR / 2, min(smallest, sums.beside.min() if len(sums.beside) else smallest, 10 * _FLOOR) / 1.6
        )
        ticks = powers(bottom, highest * _ROOM)
        figure.update_yaxes(type="log", range=[log10(bottom), log10(highest * _ROOM)])
    else:
        step = round_step(highest)
        ticks = [float(step * i) for i in range(int(highest * 1.15 / step) + 1)]
        figure.update_yaxes(range=[0, highest * 1.18])
    figure.update_yaxes(tickvals=ticks, ticktext=[f"{i18n.tablets(value, look.lang)} " for value in ticks])


def _labels(figure: Sketch, sums: Lines, middles: pd.Series, look: Look, scale: str) -> None:
    """The largest seizure by name at the first line, and the other two lines where they part from it."""
    largest = sums.largest.iloc[0]
    at = largest["period"]
    place = look.t(
        "trend.label", place=where(largest, look), amount=i18n.tablets(largest["tablets_best"], look.lang)
    )
    labels = [(at, "best", place, look.palette.accent)]
    names = {name: i18n.t(f"trends.line.{name}", lang=look.lang) for name in ("one", "three")}
    table = sums.table
    if table.loc[[at], "one"].notna().all():
        labels.append((at, "one", names["one"], look.palette.ink))
    apart = table[(table["one"] - table["three"].fillna(0)).fillna(0) > 0].dropna(subset=["three"])
    if len(apart):
        gap = (apart["one"] / apart["three"]).drop(index=at, errors="ignore")
        labels.append((gap.idxmax() if len(gap) else at, "three", names["three"], look.palette.ink))
    low, high = figure.layout["yaxis"]["range"]
    taken: list[_Box] = []
    for start, name, text, ink in labels:
        value = float(table.loc[[start], name].iloc[0])
        if value <= 0:  # a source may state that none was seized
            continue
        y = log10(value) if scale == "log" else value
        place_of = list(middles.index).index(start)
        right = place_of > len(middles) / 2
        column, row = _PLOT[0] * (place_of + 0.5) / len(middles), _PLOT[1] * (y - low) / (high - low)
        boxes = [_Box(column, row, shift, len(text) * _LETTER, right) for shift in _SHIFTS[name == "best"]]
        box = next((one for one in boxes if not any(one.meets(other) for other in taken)), boxes[0])
        taken.append(box)
        figure.add_annotation(
            x=middles[start], y=y, text=text, xanchor="right" if right else "left",
            xshift=-9 if right else 9, yshift=box.shift,
            font={"size": SMALL - 1, "color": ink}, bgcolor=rgba(look.palette.paper, 0.72), borderpad=1,
        )  # fmt: skip


@dataclass(frozen=True)
class _Box:
    """A label in px from the lower left of the plot: its point, how far over it, how wide, to which side."""

    x: float
    y: float
    shift: int
    width: float
    right: bool

    def meets(self, other: _Box) -> bool:
        left, far = self._sides()
        other_left, other_far = other._sides()
        apart = abs(self.y + self.shift - other.y - other.shift) >= _LINE
        return not apart and left < other_far and other_left < far

    def _sides(self) -> tuple[float, float]:
        return (self.x - 9 - self.width, self.x - 9) if self.right else (self.x + 9, self.x + 9 + self.width)


def _brackets(figure: Sketch, traced: tuple[Traced, ...], found: Series, look: Look) -> tuple[str, ...]:
    """A bracket over each year that has an official total, with the share traced; returns their notes."""
    first, end = found.calendar.starts[0], pd.Timestamp(found.calendar.complete_to)
    notes = []
    for year in sorted({one.year for one in traced}):
        left, right = max(first, pd.Timestamp(year, 1, 1)), min(end, pd.Timestamp(year, 12, 31))
        if left >= right:
            continue
        of_year = [one for one in traced if one.year == year]
        shares = sorted({f"{100 * one.share:.0f}" for one in of_year if one.share <= 1}, key=int)
        key, share = (
            ("traced", "–".join(shares[:: max(1, len(shares) - 1)])) if shares else ("traced_above", "")
        )
        text = i18n.t(f"trends.line.{key}", lang=look.lang, year=str(year), share=share)
        figure.add_shape(
            type="line", x0=left, x1=right, xref="x", y0=0.93, y1=0.93, yref="paper",
            line={"width": 1.25, "color": look.palette.muted},
        )  # fmt: skip
        figure.add_annotation(
            x=left + (right - left) / 2, y=0.93, yref="paper", yanchor="bottom", text=text,
            font={"size": SMALL - 1, "color": look.palette.muted},
        )  # fmt: skip
        notes += [_traced(one, look) for one in of_year]
    return tuple(notes)


def _traced(one: Traced, look: Look) -> str:
    total = i18n.tablets(one.total, look.lang)
    return i18n.t(
        "trends.key.traced" if one.share <= 1 else "trends.key.traced_above",
        lang=look.lang,
        issuer=issuer(one.issuer, one.home, look.lang),
        year=str(one.year),
        total=i18n.t("trends.key.at_least", lang=look.lang, amount=total) if one.at_least else total,
        best=i18n.tablets(one.best, look.lang),
        range=amounts.span(one.low, one.high, look),
        share=f"{100 * one.share:.0f}",
    )


def _record(sums: Lines, found: Series) -> pd.DataFrame:
    """One row a period and series; blank without the chart's largest seizures where none is left."""
    main = data.sums(found.main, found.calendar).assign(
        tablets_without_largest=sums.table["one"], tablets_without_three_largest=sums.table["three"]
    )
    beside = data.sums(found.beside, found.calendar)
    return data.by_period(
        found.calendar, [({"series": data.SEIZURES}, main), ({"series": data.BESIDE}, beside)]
    )


def _table(sums: Lines, found: Series, look: Look) -> pd.DataFrame:
    words = {"low": "column.low", "best": "column.best", "high": "column.high"}
    table = pd.DataFrame(
        {look.t("column.period"): [found.calendar.name(at, look.lang) for at in sums.table.index]}
    )
    for name, key in words.items():
        table[look.t(key)] = [_whole(value) for value in sums.table[name]]
    for name in ("one", "three"):
        table[i18n.t(f"trends.line.{name}", lang=look.lang)] = [_whole(value) for value in sums.table[name]]
    table[look.t("trend.unstated")] = [_whole(value) for value in sums.beside.reindex(sums.table.index)]
    return table


def _times(values: pd.Series) -> list[pd.Timestamp]:
    return [pd.Timestamp(str(start)) for start in values.index]


def _whole(value: float) -> str:
    """Whole tablets, blank where none is known: a table is read by programs too."""
    return "" if pd.isna(value) else f"{value:.0f}"
