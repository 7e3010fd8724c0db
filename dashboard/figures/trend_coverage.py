"""Outlets and languages with a report in each period: how much was published, found and kept."""

from __future__ import annotations

from functools import partial
from math import nan

import pandas as pd

from dashboard import i18n
from dashboard.figures import data, trends
from dashboard.figures.template import SMALL, Sketch, bar
from dashboard.figures.ticks import round_step
from dashboard.figures.trends import Series
from dashboard.figures.view import Look, View
from dashboard.figures.when import periods
from dashboard.filters import Span
from dashboard.trends.outages import Watch

_SPLIT = 0.34  # of the height: the languages below, the outlets above


def coverage_figure(reports: pd.DataFrame, watch: Watch, found: Series, look: Look) -> View:
    """Two rows of bars on the time axis of `found`: outlets above, languages below.

    `reports` are those of `dashboard.trends.coverage`.
    """
    calendar = found.calendar
    placed = reports.assign(period=periods(reports, calendar.grain))
    inside = placed[placed["period"].between(calendar.starts[0], calendar.counted[-1])]
    if inside.empty:
        return trends.nothing(look)
    spoken = inside[inside["language"] != ""]
    groups = inside.groupby("period")
    table = pd.DataFrame(
        {
            "outlets": groups["outlet"].nunique(),
            "languages": spoken.groupby("period")["language"].nunique(),
            "reports": groups.size(),
        }
    ).reindex(calendar.counted)
    figure = Sketch(look.palette, trends.HEIGHT)
    for name, axis, ink in (("outlets", "y", look.palette.accent), ("languages", "y2", look.palette.muted)):
        _bars(figure, table[name], found, look, axis=axis, ink=ink, label=_word(name, look))
    for axis, domain, name in (
        ("yaxis", [_SPLIT + 0.08, 1], "outlets"),
        ("yaxis2", [0, _SPLIT], "languages"),
    ):
        top = max(1, int(table[name].max()))
        step = round_step(top, 3)
        figure.update_layout(
            **{
                axis: {
                    "domain": domain,
                    "range": [0, top * 1.18],
                    "dtick": step,
                    "ticksuffix": " ",
                    "fixedrange": True,
                }
            }
        )
        figure.add_annotation(
            text=_word(name, look),
            x=0,
            xref="paper",
            y=domain[1],
            yref="paper",
            xanchor="left",
            yanchor="top",
            font={"size": SMALL, "color": look.palette.ink},
            bgcolor=look.palette.paper,
            borderpad=2,
        )
    figure.update_layout(
        margin={"l": 40, "r": 8, "t": 24, "b": 40},
        xaxis={"anchor": "free", "position": 0},
        yaxis2={"showgrid": True, "gridcolor": look.palette.rule, "zeroline": False},
    )
    notes = trends.time_axis(figure, found, look)
    most = pd.Timestamp(str(table["outlets"].idxmax()))
    return View(
        drawing=figure.drawing(),
        summary=found.spoken(
            i18n.t(
                "trends.summary.coverage",
                lang=look.lang,
                most=int(table["outlets"].max()),
                period=calendar.name(most, look.lang),
            ),
            look,
        ),
        tabled=partial(_table, table, watch, found, look),
        drawn=len(inside),
        total=len(reports),
        notes=(
            i18n.t(
                "trends.key.coverage_shows",
                lang=look.lang,
                drawn=len(inside),
                total=len(reports),
                grain=look.t(f"grain.{calendar.grain}"),
            ),
            i18n.t("trends.key.coverage", lang=look.lang),
            *notes,
        ),
        recorded=partial(_record, table, watch, found),
    )


def _word(name: str, look: Look) -> str:
    return i18n.t(f"trends.column.{name}", lang=look.lang)


def _bars(
    figure: Sketch, values: pd.Series, found: Series, look: Look, *, axis: str, ink: str, label: str
) -> None:
    known = values[values > 0]
    starts = [pd.Timestamp(str(start)) for start in known.index]
    lengths = [found.calendar.length(start) for start in starts]
    figure.add_trace(
        bar(
            x=[start + length / 2 for start, length in zip(starts, lengths, strict=True)],
            y=known.to_list(),
            width=[length.total_seconds() * 720 for length in lengths],
            yaxis=axis,
            marker={"color": ink, "line": {"width": 0}},
            hovertext=[
                f"<b>{found.calendar.name(start, look.lang)}</b><br>{label}: {int(value)}"
                for start, value in zip(starts, known, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _record(table: pd.DataFrame, watch: Watch, found: Series) -> pd.DataFrame:
    """One row a period; `share_silent` of the source-days, 0 to 1, blank where no source was watched."""
    lost = [watch.lost(span) if watch.watched else nan for span in _spans(table, found)]
    return data.by_period(found.calendar, [({}, table.assign(share_silent=lost))])


def _spans(table: pd.DataFrame, found: Series) -> list[Span]:
    length = found.calendar.length
    return [Span(at.date(), (at + length(at) - pd.Timedelta(days=1)).date()) for at in table.index]


def _table(table: pd.DataFrame, watch: Watch, found: Series, look: Look) -> pd.DataFrame:
    calendar = found.calendar
    shown = pd.DataFrame({look.t("column.period"): [calendar.name(at, look.lang) for at in table.index]})
    for name in ("outlets", "languages", "reports"):
        shown[_word(name, look)] = [look.t("no_report") if pd.isna(n) else f"{n:.0f}" for n in table[name]]
    if watch.watched:
        shares = [watch.lost(span) for span in _spans(table, found)]
        shown[_word("silent", look)] = [f"{100 * share:.0f} %" for share in shares]
    return shown
