"""Small multiples: reported seizures per quarter or year, a panel a country or sector, one scale for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from dashboard import i18n
from dashboard.figures import data
from dashboard.figures.template import SMALL, Sketch, bar, empty, hatch
from dashboard.figures.view import Look, View
from dashboard.figures.when import Calendar, periods, undated

MOST = 12
ACROSS = 3
_PANEL, _GAP, _HEAD = 104, 44, 20  # px
BY = {"country": "country", "sector": "border_sector"}


@dataclass(frozen=True)
class Panel:
    """One panel: events and pills of unstated kind by the start of their period; `total` is of all dates."""

    code: str
    label: str
    counts: pd.Series
    beside: pd.Series
    total: int
    drawn: int


@dataclass(frozen=True)
class Axes:
    """What all panels share: their periods, their rows and columns, the top of their scale."""

    calendar: Calendar
    look: Look
    rows: int = 1
    across: int = ACROSS
    top: int = 1


def multiples_figure(
    events: pd.DataFrame,
    unstated: pd.DataFrame,
    look: Look,
    *,
    by: str,
    start: date | None,
    end: date,
    order: Sequence[str] = (),
    across: int = ACROSS,
) -> View:
    """One panel for each value of `by` (`country` or `sector`); `end` is the last day with complete data.

    A period without events has no bar and is `no report collected`, never zero. Codes of `order` come
    first.
    """
    calendar = calendar_for(pd.concat([events, unstated]), start, end)
    codes = _ranked(pd.concat([events, unstated])[BY[by]], order)
    panels = tuple(_panel(code, events, unstated, BY[by], Axes(calendar, look)) for code in codes)
    total = len(events) + len(unstated)
    if not panels:
        text = look.t("trend.none")
        return View(empty(look.palette, 120, text), text, pd.DataFrame, 0, total)
    across = min(across, len(panels))
    rows = -(-len(panels) // across)
    height = rows * (_PANEL + _GAP) + 8
    sketch = Sketch(look.palette, height)
    top = max(1, *(int(max(panel.counts.max(), panel.beside.max())) for panel in panels))
    for at, panel in enumerate(panels):
        _draw(sketch, panel, at, Axes(calendar, look, rows, across, top))
    sketch.update_layout(margin={"l": 22, "r": 6, "t": 4, "b": 4}, barmode="overlay", bargap=0.18)
    drawn = sum(panel.drawn for panel in panels)
    return View(
        drawing=sketch.drawing(),
        summary=i18n.t(
            "countries.multiples_summary",
            lang=look.lang,
            parts=look.t("list_join").join(f"{panel.label} {panel.total}" for panel in panels),
            top=top,
        ),
        tabled=partial(_table, panels, calendar, look),
        drawn=drawn,
        total=total,
        notes=_notes(pd.concat([events, unstated]), drawn, calendar, look),
        recorded=partial(_record, panels, calendar, BY[by]),
    )


def calendar_for(dated: pd.DataFrame, start: date | None, end: date) -> Calendar:
    """Quarters, or years where these would be more than thirty."""
    known = dated["date_start"].dropna()
    first = start or (known.min().date() if len(known) else end)
    grain = "quarter" if (end - first).days <= 30 * 92 else "year"
    if start is None:
        first = pd.Timestamp(first).to_period(grain[0].upper()).start_time.date()
    return Calendar(grain, min(first, end), end)


def _ranked(values: pd.Series, order: Sequence[str]) -> list[str]:
    """The codes to draw: those of `order`, then by their counts, the unknown last."""
    sizes = values.value_counts()
    codes = (str(code) for code in sizes.index)
    return sorted(
        codes, key=lambda code: (code in {"", "unknown"}, code not in order, -int(sizes[code]), code)
    )[:MOST]


def _panel(code: str, events: pd.DataFrame, unstated: pd.DataFrame, column: str, axes: Axes) -> Panel:
    own, extra = (frame[frame[column] == code] for frame in (events, unstated))
    counts, beside = (_counts(frame, axes.calendar) for frame in (own, extra))
    look = axes.look
    label = look.label(column, code) if code else i18n.t("countries.panel_unknown", lang=look.lang)
    return Panel(code, label, counts, beside, len(own) + len(extra), int(counts.sum() + beside.sum()))


def _counts(frame: pd.DataFrame, calendar: Calendar) -> pd.Series:
    return periods(frame, calendar.grain).value_counts().reindex(calendar.counted, fill_value=0).sort_index()


def _draw(sketch: Sketch, panel: Panel, at: int, axes: Axes) -> None:
    calendar, look, rows, across, top = axes.calendar, axes.look, axes.rows, axes.across, axes.top
    row, column = divmod(at, across)
    name = "" if at == 0 else str(at + 1)
    left, right = (
        column / across + 0.012 * (column > 0),
        (column + 1) / across - 0.012 * (column < across - 1),
    )
    unit = 1 / rows
    high = 1 - row * unit - unit * _HEAD / (_PANEL + _GAP)
    low = 1 - (row + 1) * unit + unit * (_GAP - _HEAD) / (_PANEL + _GAP)
    ink = look.palette.country(panel.code) if len(panel.code) == 2 else look.palette.accent
    widths = [calendar.length(start) for start in calendar.counted]
    middles = [start + width / 2 for start, width in zip(calendar.counted, widths, strict=True)]
    for counts, marker, key in (
        (panel.counts, {"color": ink, "line": {"width": 0}}, "captagon"),
        (panel.beside, hatch(look.palette), "unstated"),
    ):
        if not counts.any():
            continue
        shown = [i for i, n in enumerate(counts) if n]
        share, shift = (0.5, -0.2) if key == "captagon" else (0.28, 0.24)
        sketch.add_trace(
            bar(
                x=[middles[i] + widths[i] * shift for i in shown],
                y=[int(counts.iloc[i]) for i in shown],
                width=[widths[i].total_seconds() * 1000 * share for i in shown],
                marker=marker,
                xaxis=f"x{name}",
                yaxis=f"y{name}",
                customdata=[calendar.name(calendar.counted[i], look.lang) for i in shown],
                hovertemplate=f"%{{customdata}}: %{{y}}<extra>{look.t(f'trend.{key}')}</extra>",
            )
        )
    if not panel.drawn:
        sketch.add_trace(bar(x=[middles[0]], y=[0], xaxis=f"x{name}", yaxis=f"y{name}", hoverinfo="skip"))
    ticks = _ticks(calendar)
    sketch.update_layout(
        **{
            f"xaxis{name}": {
                "domain": [left, right],
                "anchor": f"y{name}",
                "range": [calendar.starts[0], calendar.end],
                "tickvals": list(ticks),
                "ticktext": [str(tick.year) for tick in ticks],
                "showgrid": False,
            },
            f"yaxis{name}": {
                "domain": [low, high],
                "anchor": f"x{name}",
                "range": [0, top * 1.08],
                "tickvals": [top],
                "showticklabels": column == 0,
            },
        }
    )
    sketch.add_annotation(
        text=f"<b>{panel.label}</b>  <span style='color:{look.palette.muted}'>{panel.total}</span>",
        x=left, y=high, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=2,
        font={"size": SMALL, "color": look.palette.ink},
    )  # fmt: skip


def _ticks(calendar: Calendar) -> list[pd.Timestamp]:
    years = [start for start in calendar.starts if start.month == 1]
    every = max(1, -(-len(years) // 4))
    return years[::-1][::every][::-1]


def _notes(both: pd.DataFrame, drawn: int, calendar: Calendar, look: Look) -> tuple[str, ...]:
    total = len(both)
    dateless = int(undated(both).sum())
    first = [look.t("trend.shows", drawn=drawn, total=total)]
    if dateless:
        first.append(look.t("trend.undated", n=dateless))
    if rest := total - drawn - dateless:
        first.append(i18n.t("countries.multiples_rest", lang=look.lang, n=rest))
    notes = [look.t("clause_join").join(first), i18n.t("countries.same_scale", lang=look.lang)]
    if calendar.incomplete_from is not None:
        notes.append(look.t("trend.incomplete", period=calendar.name(calendar.counted[-1], look.lang)))
    return (*notes, i18n.t("countries.empty_period", lang=look.lang))


def _record(panels: tuple[Panel, ...], calendar: Calendar, column: str) -> pd.DataFrame:
    return data.by_period(
        calendar,
        [
            (
                {column: panel.code or "unknown", "label": panel.label, "series": name},
                pd.DataFrame({"events": data.reported(counts)}),
            )
            for panel in panels
            for name, counts in ((data.SEIZURES, panel.counts), (data.BESIDE, panel.beside))
        ],
    )


def _table(panels: tuple[Panel, ...], calendar: Calendar, look: Look) -> pd.DataFrame:
    """One row a period; a blank is `no report collected`."""
    table: dict[str, list[object]] = {
        look.t("column.period"): [calendar.name(start, look.lang) for start in calendar.counted]
    }
    for panel in panels:
        table[panel.label] = [
            _cell(int(n), int(extra)) for n, extra in zip(panel.counts, panel.beside, strict=True)
        ]
    return pd.DataFrame(table)


def _cell(n: int, extra: int) -> str:
    return f"{n or ''}{f' +{extra}' if extra else ''}"
