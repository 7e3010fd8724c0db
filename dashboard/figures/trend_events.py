"""Reported seizures per month, quarter or year: stacked by country, pills of unstated kind hatched beside."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from dashboard import i18n
from dashboard.figures import data, trends
from dashboard.figures.collected import by_period
from dashboard.figures.map_marks import colour
from dashboard.figures.template import Sketch, bar, dotted, hatch, scatter
from dashboard.figures.ticks import round_step
from dashboard.figures.trends import Series
from dashboard.figures.view import Look, View
from dashboard.release import machine_read

_MAIN, _BESIDE = (0.08, 0.60), (0.66, 0.92)  # where in its period each bar stands
_ROW = 15  # px a country's line of the strip below the axis


def events_figure(found: Series, look: Look) -> View:
    """Bars of events per period, and below them for each country the periods without any collected report.

    A period without events is never a bar of height 0: it is `no report collected`.
    """
    if not found.drawn:
        return trends.nothing(look)
    strip = _ROW * len(found.countries) + 4
    height = trends.HEIGHT + strip
    figure = Sketch(look.palette, height)
    plot = height - 64
    counts = _counts(found.main, found)
    beside = found.beside.groupby("period").size().reindex(found.calendar.counted, fill_value=0)
    unreviewed = machine_read(found.main)
    read = _counts(found.main[unreviewed], found) if unreviewed.any() else None
    for code in found.countries:
        _bars(figure, counts[code] if read is None else counts[code] - read[code], found, look, code)
    if read is not None:
        for code in found.countries:
            _bars(figure, read[code], found, look, code, by_machine=True)
    _bars(figure, beside, found, look, None)
    _no_report(figure, counts + _counts(found.beside, found), found, look)
    top = max(1, int(max(counts.sum(axis=1).max(), beside.max())))
    figure.update_layout(
        barmode="stack",
        yaxis={
            "range": [0, top * 1.12],
            "domain": [strip / plot, 1],
            "dtick": round_step(top),
            "ticksuffix": " ",
        },
        yaxis2={
            "domain": [0, (strip - 8) / plot],
            "range": [len(found.countries) - 0.5, -0.5],
            "showgrid": False,
            "tickvals": list(range(len(found.countries))),
            "fixedrange": True,
            "ticktext": [trends.name(code, look) for code in found.countries],
        },
        xaxis={"anchor": "free", "position": 0, "side": "bottom"},
        margin={"l": 72, "r": 8, "t": 24, "b": 40},
    )
    notes = trends.time_axis(figure, found, look)
    figure.update_xaxes(showline=False)
    figure.add_shape(
        type="line",
        x0=0,
        x1=1,
        xref="paper",
        y0=0,
        y1=0,
        yref="y",
        line={
            "width": 1,
            "color": look.palette.rule_strong,
        },
    )
    return View(
        drawing=figure.drawing(),
        summary=found.spoken(_summary(found, counts, look), look),
        tabled=partial(_table, found, counts, beside, look),
        drawn=found.drawn,
        total=found.total,
        notes=(trends.left_out(found, look), *_key(found, look), *notes),
        recorded=partial(_record, found, counts, beside, look),
    )


def _counts(frame: pd.DataFrame, found: Series) -> pd.DataFrame:
    """Events by period (rows, all periods that are counted) and country (columns)."""
    starts, names = found.calendar.counted, list(found.countries)
    codes, values = pd.factorize(frame["country"])
    column = np.array([names.index(code if code in names else trends.OTHER) for code in values], dtype=int)
    cells = starts.searchsorted(frame["period"]) * len(names) + column[codes]
    counts = np.bincount(cells, minlength=len(starts) * len(names)).reshape(len(starts), len(names))
    return pd.DataFrame(counts, index=starts, columns=names)


def _bars(
    figure: Sketch,
    values: pd.Series,
    found: Series,
    look: Look,
    code: str | None,
    *,
    by_machine: bool = False,
) -> None:
    """One country's bars, or (no code) the hatched bars of pills of unstated kind.

    What a machine read stands dotted on top of what people collected.
    """
    left, right = _MAIN if code is not None else _BESIDE
    present = values[values > 0]
    starts = pd.DatetimeIndex(present.index)
    lengths = [found.calendar.length(start) for start in starts]
    label = look.t("trend.unstated") if code is None else trends.name(code, look)
    ink = look.palette.unstated if code is None else colour(code, look)
    if by_machine:
        label = look.t("trend.machine", label=label)
    figure.add_trace(
        bar(
            x=[start + length * (left + right) / 2 for start, length in zip(starts, lengths, strict=True)],
            y=present.to_list(),
            width=[length.total_seconds() * 1000 * (right - left) for length in lengths],
            marker=hatch(look.palette, ink)
            if code is None
            else dotted(ink)
            if by_machine
            else {"color": ink, "line": {"width": 0}},
            name=label,
            hovertext=[
                look.t(
                    "trend.hover_events",
                    period=found.calendar.full_name(start, look.lang),
                    label=label,
                    n=int(n),
                )
                for start, n in zip(starts, present, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[f"{start:%Y-%m-%d}" for start in starts],
        )
    )


def _no_report(figure: Sketch, everything: pd.DataFrame, found: Series, look: Look) -> None:
    """The strip: a square where a country has reports in a period, a pale dash where none was collected.

    `everything` are the events of each period and country, pills of unstated kind among them. All marks are
    one trace: plotly's time for a chart grows with its parts.
    """
    calendar = found.calendar
    periods = [
        (start + calendar.length(start) / 2, calendar.full_name(start, look.lang))
        for start in calendar.counted
    ]
    middles, names = zip(*periods, strict=True)
    counts = [everything[code].tolist() for code in found.countries]
    inks = [
        colour(code, look) if n else look.palette.rule_strong
        for code, row in zip(found.countries, counts, strict=True)
        for n in row
    ]
    cells = [n for row in counts for n in row]
    figure.add_trace(
        scatter(
            x=[*middles] * len(counts),
            y=[at for at in range(len(counts)) for _ in middles],
            yaxis="y2",
            mode="markers",
            marker={
                "symbol": ["square" if n else "line-ew" for n in cells],
                "size": [7 if n else 6 for n in cells],
                "color": inks,
                "opacity": 1,  # plotly's own is 0.7 where sizes differ
                "line": {"width": 1.5, "color": inks},
            },
            hovertext=[
                f"{i18n.listed([trends.name(code, look), name], look.lang)}: "
                + (look.t("trend.events", n=n) if n else look.t("no_report"))
                for code, row in zip(found.countries, counts, strict=True)
                for name, n in zip(names, row, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _key(found: Series, look: Look) -> tuple[str, ...]:
    """What the marks of this chart mean, those that it has."""
    shown = {
        "key_machine": bool(machine_read(found.main).any()),
        "key_unstated": len(found.beside) > 0,
        "key_no_report": True,
    }
    return tuple(look.t(f"trend.{key}") for key, has in shown.items() if has)


def _summary(found: Series, counts: pd.DataFrame, look: Look) -> str:
    totals = counts.sum(axis=1)
    busiest = pd.Timestamp(str(totals.idxmax()))
    return look.t(
        "trend.events_summary",
        n=int(totals.sum()),
        first=found.calendar.name(found.calendar.starts[0], look.lang),
        last=found.calendar.name(found.calendar.counted[-1], look.lang),
        busiest=found.calendar.name(busiest, look.lang),
        most=int(totals.max()),
        unstated=len(found.beside),
    )


def _record(found: Series, counts: pd.DataFrame, beside: pd.Series, look: Look) -> pd.DataFrame:
    """One row a bar, machine-read events being in `events`; then the periods whose reports await review."""
    read = _counts(found.main[machine_read(found.main)], found)
    parts: list[data.Part] = [
        (
            {"series": data.SEIZURES, "country": code, "label": trends.name(code, look)},
            pd.DataFrame(
                {
                    "events": (seen := data.reported(counts[code])),
                    "events_machine_read": read[code].where(seen.notna()),
                }
            ),
        )
        for code in found.countries
    ]
    parts.append(({"series": data.BESIDE}, pd.DataFrame({"events": data.reported(beside)})))
    waiting = by_period(found.calendar, found.collected)
    later = found.calendar.starts[len(found.calendar.counted) :]
    if len(later):
        reports = pd.DataFrame({"reports_awaiting_review": [waiting[start] for start in later]}, index=later)
        parts.append(({"series": "awaiting_review"}, reports))
    return data.by_period(found.calendar, parts)


def _table(found: Series, counts: pd.DataFrame, beside: pd.Series, look: Look) -> pd.DataFrame:
    calendar = found.calendar
    table = pd.DataFrame(
        {look.t("column.period"): [calendar.name(start, look.lang) for start in calendar.counted]}
    )
    for code in found.countries:
        table[trends.name(code, look)] = [str(n) if n else look.t("no_report") for n in counts[code]]
    table[look.t("trend.unstated")] = [str(n) if n else look.t("no_report") for n in beside]
    waiting = by_period(calendar, found.collected)
    for start in calendar.starts[len(calendar.counted) :]:
        what = i18n.t("later.label", lang=look.lang, n=waiting[start])
        table.loc[len(table)] = [calendar.name(start, look.lang), *[what] * (table.shape[1] - 1)]
    return table
