"""The size of each dated seizure, and the rolling median of ten: what a single giant cannot move."""

from __future__ import annotations

from functools import partial
from math import log10

import pandas as pd

from dashboard import i18n
from dashboard.figures import data, trends, when
from dashboard.figures.template import SMALL, Sketch, rgba, scatter
from dashboard.figures.ticks import powers
from dashboard.figures.trends import Series
from dashboard.figures.view import Look, View
from dashboard.stats import MIN_EVENTS

MOST_DAYS = 31
"""An event known to its month or better has a place on the axis: the middle of its span."""
MOST_DOTS = 1_500
"""Dots drawn; of more, every so many in order of time, so that a page stays light."""


def sized(events: pd.DataFrame, found: Series) -> pd.DataFrame:
    """Events with a quantity and a date, in order of time, with `at` (middle of the span) and `rolling`.

    `rolling` is the median of the event and the nine before it, NaN for the first nine.
    """
    known = events[events["tablets_best"].notna() & events["date_start"].notna()]
    known = known[(known["date_end"] - known["date_start"]).dt.days < MOST_DAYS]
    at = known["date_start"] + (known["date_end"] - known["date_start"]) / 2
    rows = known.assign(at=at).sort_values(["at", "event_id"])
    rows = rows[(rows["at"] >= found.calendar.starts[0]) & (rows["tablets_best"] > 0)]
    return rows.assign(rolling=rows["tablets_best"].rolling(MIN_EVENTS).median())


def median_figure(events: pd.DataFrame, unstated: pd.DataFrame, found: Series, look: Look) -> View:
    """Dots on a log axis and a stepped line. `found` gives the time axis."""
    main, beside = sized(events, found), sized(unstated, found)
    if main.empty:
        return trends.nothing(look)
    figure = Sketch(look.palette, trends.HEIGHT + 20)
    for rows, ink, symbol in (
        (beside, look.palette.unstated, "hash-open"),
        (main, rgba(look.palette.accent, 0.38), "circle"),
    ):
        _dots(figure, rows, ink, symbol, look)
    line = main[main["rolling"].notna()]
    if len(line):
        figure.add_trace(
            scatter(
                x=line["at"].to_list(), y=line["rolling"].to_list(), mode="lines",
                line={"width": 2.5, "color": look.palette.accent, "shape": "hv"}, hoverinfo="skip",
            )
        )  # fmt: skip
        figure.add_annotation(
            x=line["at"].iloc[-1], y=log10(line["rolling"].iloc[-1]), xanchor="right", yshift=-12,
            text=i18n.t("trends.line.median", lang=look.lang), bgcolor=rgba(look.palette.paper, 0.8),
            font={"size": SMALL - 1, "color": look.palette.accent},
        )  # fmt: skip
    both = pd.concat([main["tablets_best"], beside["tablets_best"]])
    bottom, top = both.min() / 1.8, both.max() * 2
    ticks = powers(bottom, top)
    figure.update_yaxes(
        type="log", range=[log10(bottom), log10(top)], tickvals=ticks,
        ticktext=[f"{i18n.tablets(value, look.lang)} " for value in ticks],
    )  # fmt: skip
    figure.update_layout(margin={"l": 62, "r": 8, "t": 24, "b": 40})
    notes = trends.time_axis(figure, found, look)
    return View(
        drawing=figure.drawing(),
        summary=found.spoken(_summary(main, line, look), look),
        tabled=partial(_table, main, look),
        drawn=len(main) + len(beside),
        total=len(events) + len(unstated),
        notes=(
            *_left_out(pd.concat([events, unstated]), len(main) + len(beside), found, look),
            *_key(line, look),
            *notes,
        ),
        recorded=partial(_record, main, beside),
    )


def _dots(figure: Sketch, rows: pd.DataFrame, ink: str, symbol: str, look: Look) -> None:
    rows = rows.iloc[:: max(1, -(-len(rows) // MOST_DOTS))]
    figure.add_trace(
        scatter(
            x=rows["at"].to_list(),
            y=rows["tablets_best"].to_list(),
            mode="markers",
            marker={
                "symbol": symbol,
                "size": 7,
                "color": ink,
                "line": {"width": 1.2 if "open" in symbol else 0},
            },
            hovertext=[
                f"{when.text(row, look.lang)}: {i18n.tablets(float(row.tablets_best), look.lang)}"  # type: ignore[arg-type]
                for row in rows.itertuples()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=rows["event_id"].to_list(),
        )
    )


def _left_out(both: pd.DataFrame, drawn: int, found: Series, look: Look) -> tuple[str, ...]:
    total = len(both)
    no_size = int(both["tablets_best"].isna().sum())
    parts = [look.t("trend.shows", drawn=drawn, total=total)]
    if no_size:
        parts.append(i18n.t("trends.key.no_size", lang=look.lang, n=no_size))
    if found.undated:
        parts.append(look.t("trend.undated", n=found.undated))
    if (rest := total - drawn - no_size) > 0:
        parts.append(i18n.t("trends.key.year_only", lang=look.lang, n=rest))
    return (look.t("clause_join").join(parts),)


def _key(line: pd.DataFrame, look: Look) -> tuple[str, ...]:
    name = "median" if len(line) else "median_few"
    return tuple(i18n.t(f"trends.key.{key}", lang=look.lang) for key in (name, "median_dots"))


def _summary(main: pd.DataFrame, line: pd.DataFrame, look: Look) -> str:
    if line.empty:
        return i18n.t("trends.summary.median_few", lang=look.lang, n=len(main))
    ends = {"first": line["rolling"].iloc[0], "last": line["rolling"].iloc[-1]}
    words = {name: i18n.tablets(float(value), look.lang) for name, value in ends.items()}
    return i18n.t("trends.summary.median", lang=look.lang, n=len(main), **words)


def _record(main: pd.DataFrame, beside: pd.DataFrame) -> pd.DataFrame:
    """One row a dot with the median that stands there; pills of unstated kind are in no median."""
    rolling = [*main["rolling"].round(), *[None] * len(beside)]
    table = data.marks(pd.concat([main, beside])).drop(columns="label")
    return table.assign(rolling_median_tablets=rolling)


def _table(main: pd.DataFrame, look: Look) -> pd.DataFrame:
    return pd.DataFrame(
        {
            look.t("column.event"): main["event_id"].to_list(),
            look.t("column.date"): [when.text(row, look.lang) for row in main.itertuples()],
            look.t("column.tablets"): [f"{value:.0f}" for value in main["tablets_best"]],
            i18n.t("trends.column.median", lang=look.lang): [
                "" if pd.isna(value) else f"{value:.0f}" for value in main["rolling"]
            ],
        }
    )
