"""Density along the line, period against period; or, below ten events in either, the events themselves.

Each event is spread evenly over the stretch it may lie on, so nothing piles up at a point that only a
governorate's middle would give. Pills of unstated kind are in no density.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from dashboard import i18n
from dashboard.border.density import BIN_KM, Density, Profile
from dashboard.border.pair import Pair, Period
from dashboard.figures import data, when
from dashboard.figures.border_line import OVERVIEW, Format, name
from dashboard.figures.border_marks import hover
from dashboard.figures.template import SMALL, Sketch, rgba, scatter
from dashboard.figures.ticks import round_step
from dashboard.figures.view import Look, View
from geo import border

_GAP = 0.045  # of the width, between panels
_FEW_HEIGHT = 380
_FEW_ROOM = 3.0  # at least so many events wide is a panel of single events


def density_figure(
    pair: Pair, found: Density | None, look: Look, *, height: int = OVERVIEW.height, form: Format = OVERVIEW
) -> View:
    """Panels beside each other, km downwards as in the border chart: events, tablets, change in events.

    `found` None: too few events to compare; a panel for each period then shows its events one by one.
    """
    figure = Sketch(look.palette, height if found is not None else _FEW_HEIGHT)
    panels = _few(figure, pair, look) if found is None else _dense(figure, found, look)
    _ground(figure, panels, look)
    if found is None and pair.before is not None:
        _too_few(figure, pair, look)
        figure.update_layout(margin={"l": 96, "r": 10, "t": 124, "b": 12})
    n = sum(len(period.at_line) for period in pair.periods)
    counts = {period.name: len(period.at_line) for period in pair.periods}
    unstated = sum(len(period.unstated_at_line) for period in pair.periods)
    notes = [_counted(pair, look)]
    if found is None and pair.before is not None:
        notes.append(look.t("strip.too_few", now=counts["now"], before=counts["before"]))
    if found is not None:
        notes.append(look.t("strip.key_dense"))
    if unstated:
        key = "strip.density_unstated" if found else "strip.few_unstated"
        notes.append(look.t(key, n=unstated))
    return View(
        drawing=figure.drawing(),
        summary=look.t("sentence_join").join(note.rstrip(".") for note in notes) + ".",
        tabled=partial(_few_table, pair, look) if found is None else partial(_table, found, look),
        drawn=n,
        total=n,
        notes=tuple(notes),
        recorded=partial(_few_record, pair) if found is None else partial(_record, pair, found, look),
    )


def _too_few(figure: Sketch, pair: Pair, look: Look) -> None:
    """The words over the panels, where a change would else be looked for."""
    counts = {period.name: len(period.at_line) for period in pair.periods}
    figure.add_annotation(
        text=f"<b>{look.t('strip.too_few_short', **counts)}</b>",
        x=0,
        xref="paper",
        xanchor="left",
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=62,
        font={"size": SMALL + 2, "color": look.palette.alert},
        bgcolor=look.palette.alert_soft,
        borderpad=6,
    )


def _counted(pair: Pair, look: Look) -> str:
    """`In the density: 12 events before, 14 now`: the counts that stand on the figure."""
    if pair.before is None:
        return look.t("strip.counted_one", n=len(pair.now.at_line))
    return look.t("strip.counted", now=len(pair.now.at_line), before=len(pair.before.at_line))


def _few(figure: Sketch, pair: Pair, look: Look) -> list[str]:
    """The events of each period, one beside the other by date: a point, or a bar over where it may lie."""
    panels = []
    for i, period in enumerate(pair.periods):
        axis = _axis(i)
        rows: list[Any] = list(period.at_line.sort_values(["date_start", "event_id"]).itertuples())
        beside: list[Any] = list(period.unstated_at_line.sort_values(["date_start", "event_id"]).itertuples())
        _singles(figure, rows, axis, _ink(period, look), look)
        _singles(figure, beside, axis, look.palette.unstated, look, first=len(rows), dash="3px,3px")
        room = max(_FEW_ROOM, float(len(rows) + len(beside)))
        figure.update_layout(
            **{
                f"xaxis{axis[1:]}": {
                    "range": [-0.8, room - 0.2],
                    "showticklabels": False,
                    "showgrid": False,
                    "ticks": "",
                }
            }
        )
        head = look.t(f"strip.panel_{period.name}", n=len(rows))
        panels.append(look.t("strip.panel_beside", head=head, n=len(beside)) if beside else head)
        if not rows and not beside:
            figure.add_annotation(
                text=look.t("no_report"), x=(room - 1) / 2, xref=axis, y=border.length_km() / 2, yref="y",
                font={"size": SMALL, "color": look.palette.muted},
            )  # fmt: skip
    return panels


def _singles(
    figure: Sketch, rows: list[Any], axis: str, ink: str, look: Look, *, first: int = 0, dash: str = "solid"
) -> None:
    """A bar over the stretch of each event, a point in its middle; pills of unstated kind in dashes."""
    for x, row in enumerate(rows, first):
        figure.add_shape(
            type="line", x0=x, x1=x, xref=axis, y0=row.border_km_low, y1=row.border_km_high, yref="y",
            line={"width": 6, "color": rgba(ink, 0.35), "dash": dash},
        )  # fmt: skip
    figure.add_trace(
        scatter(
            x=list(range(first, first + len(rows))) or [0],
            y=[(row.border_km_low + row.border_km_high) / 2 for row in rows] or [0],
            xaxis=axis,
            mode="markers",
            marker={"size": 7, "color": ink, "opacity": 1 if rows else 0},
            customdata=[row.event_id for row in rows],
            hovertext=[hover(row, look) for row in rows],
            hovertemplate="%{hovertext}<extra></extra>" if rows else None,
        )
    )


def _dense(figure: Sketch, found: Density, look: Look) -> list[str]:
    """Step areas for events and tablets of both periods, bars for the change."""
    ink = {"now": look.palette.accent, "before": look.palette.muted}
    for axis, field in (("x", "events"), ("x2", "tablets")):
        for one in (found.before, found.now):
            _steps(figure, one, field, _Pen(axis, ink[one.name], look.t(f"strip.of_{one.name}")), look)
        figure.update_layout(**{f"xaxis{axis[1:]}": {"rangemode": "tozero", "nticks": 4}})
    _tablet_ticks(figure, found, look)
    grey = _Pen("x", look.palette.unstated, look.t("strip.unstated"), "1px,3px", filled=False)
    if found.unstated.n:
        _steps(figure, found.unstated, "events", grey, look)
    middle = (found.now.edges[:-1] + found.now.edges[1:]) / 2
    change = found.change
    colours = [look.palette.accent if value > 0 else look.palette.muted for value in change]
    figure.add_trace(
        {
            "type": "bar",
            "orientation": "h",
            "x": list(change),
            "y": list(middle),
            "width": list(np.diff(found.now.edges) * 0.85),
            "xaxis": "x3",
            "marker": {"color": colours},
            "hovertext": [
                f"{_km(found.now.edges, i, look)}<br>{_signed(value)}" for i, value in enumerate(change)
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    )
    widest = max(1.0, float(np.abs(change).max())) * 1.1
    figure.update_layout(
        xaxis3={"range": [-widest, widest], "zeroline": True, "zerolinecolor": look.palette.ink}
    )
    _sector_words(figure, found, look)
    unit = "strip.panel_change" if found.equal_length else "strip.panel_change_year"
    return [
        look.t("strip.panel_events", km=round(BIN_KM)),
        look.t("strip.panel_tablets", km=round(BIN_KM)),
        look.t(unit),
    ]


def _tablet_ticks(figure: Sketch, found: Density, look: Look) -> None:
    """Amounts in the words of the language, as everywhere: plotly's own would be 0.5M in Arabic too."""
    most = max(float(one.tablets.max()) for one in (found.now, found.before))
    if most <= 0:
        return
    step = round_step(most, 2.5)
    ticks = [float(step * i) for i in range(int(most / step) + 1)]
    words = ["0", *(i18n.tablets(value, look.lang) for value in ticks[1:])]
    figure.update_layout(xaxis2={"tickvals": ticks, "ticktext": words})


@dataclass(frozen=True)
class _Pen:
    """How a profile is drawn: on which axis, in which colour, under which name."""

    axis: str
    ink: str
    label: str
    dash: str = ""
    filled: bool = True


def _steps(figure: Sketch, one: Profile, field: str, pen: _Pen, look: Look) -> None:
    """A profile's `events` or `tablets` as an area with steps at the bins' edges."""
    values = getattr(one, field)
    km = np.repeat(one.edges, 2)[1:-1]
    height = np.repeat(values, 2)
    words = [i18n.tablets(value, look.lang) if field == "tablets" else f"{value:.2g}" for value in values]
    texts = [f"{pen.label}, {_km(one.edges, i, look)}: {word}" for i, word in enumerate(words)]
    main = one.name == "now"
    figure.add_trace(
        scatter(
            x=[0, *height, 0],
            y=[km[0], *km, km[-1]],
            xaxis=pen.axis,
            mode="lines",
            fill="toself" if pen.filled else "none",
            fillcolor=rgba(pen.ink, 0.18),
            line={
                "width": 2 if main else 1.5,
                "color": pen.ink,
                "dash": pen.dash or ("solid" if main else "4px,2px"),
            },
            hoveron="points",
            hovertext=["", *np.repeat(texts, 2).tolist(), ""],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _sector_words(figure: Sketch, found: Density, look: Look) -> None:
    """In the first panel, how many events of each period lie in each sector, stretches shared out."""
    by_code = {sector.code: sector for sector in border.sectors()}
    pairs = zip(found.sectors, found.sectors_before.events, found.sectors_now.events, strict=True)
    for code, before, now in pairs:
        sector = by_code[code]
        figure.add_annotation(
            text=look.t("strip.sector_density", name=sector.name_ar if look.lang == "ar" else sector.name_en,
                        before=f"{before:.1f}", now=f"{now:.1f}"),
            x=1, xref="x domain", xanchor="right", y=sector.km_low, yref="y", yanchor="top",
            font={"size": SMALL - 1, "color": look.palette.ink},
        )  # fmt: skip


def _ground(figure: Sketch, panels: list[str], look: Look) -> None:
    """Panels side by side over one axis of km, with their headings, sector limits and official crossings."""
    wide = (1 - _GAP * (len(panels) - 1)) / len(panels)
    common = {
        "showline": True,
        "ticks": "outside",
        "ticklen": 4,
        "showgrid": True,
        "gridcolor": look.palette.rule,
    }
    for i, heading in enumerate(panels):
        left = i * (wide + _GAP)
        key = f"xaxis{_axis(i)[1:]}"
        domain = [left, min(1.0, left + wide)]
        figure.update_layout(
            **{key: {**common, **figure.layout.get(key, {}), "domain": domain, "anchor": "y"}}
        )
        figure.add_annotation(
            text=heading, x=left, xref="paper", y=1, yref="paper",
            yanchor="bottom", xanchor="left", align="left",
            yshift=6, font={"size": SMALL, "color": look.palette.ink},
        )  # fmt: skip
    gates = [gate for gate in border.crossings() if gate.official]
    figure.update_layout(
        yaxis={
            "range": [border.length_km() + 8, -8],
            "tickvals": [gate.km for gate in gates],
            "ticktext": [
                look.t("strip.gate_tick", name=name(gate, look), km=round(gate.km)) for gate in gates
            ],
            "showgrid": False,
            "automargin": True,
        },
        margin={"l": 96, "r": 10, "t": 46, "b": 30},
    )
    for sector in border.sectors():
        if sector.km_low > 0:
            figure.add_shape(
                type="line", x0=0, x1=1, xref="paper",
                y0=sector.km_low, y1=sector.km_low, yref="y", layer="below",
                line={"width": 1, "color": look.palette.rule_strong, "dash": "2px,3px"},
            )  # fmt: skip


def _axis(i: int) -> str:
    return f"x{i + 1}" if i else "x"


def _ink(period: Period, look: Look) -> str:
    return look.palette.accent if period.name == "now" else look.palette.muted


def _km(edges: Any, i: int, look: Look) -> str:
    return look.t("border.km_range", low=round(edges[i]), high=round(edges[i + 1]))


def _signed(value: float) -> str:
    return f"{value:+.2g}".replace("-", "\N{MINUS SIGN}")


def _sector_names(found: Density, look: Look) -> list[str]:
    return [
        sector.name_ar if look.lang == "ar" else sector.name_en
        for code in found.sectors
        for sector in border.sectors()
        if sector.code == code
    ]


def _table(found: Density, look: Look) -> pd.DataFrame:
    """Sectors first, then bins: events and tablets of each period, and the change."""
    parts = [
        (_sector_names(found, look), found.sectors_now, found.sectors_before),
        ([_km(found.now.edges, i, look) for i in range(len(found.now.events))], found.now, found.before),
    ]
    rows = [
        (
            label,
            f"{now.events[i]:.2f}",
            f"{before.events[i]:.2f}",
            _signed(found.difference(now, before)[i]),
            i18n.tablets(now.tablets[i], look.lang),
            i18n.tablets(before.tablets[i], look.lang),
        )
        for labels, now, before in parts
        for i, label in enumerate(labels)
    ]
    heads = ("stretch", "events_now", "events_before", "change", "tablets_now", "tablets_before")
    return pd.DataFrame(rows, columns=pd.Index([look.t(f"strip.column.{head}") for head in heads]))


def _record(pair: Pair, found: Density, look: Look) -> pd.DataFrame:
    """One row a stretch, period and series: sectors first, then bins; the change beside the later events.

    Events are shares of events. The change is of counts, or of counts a year where the periods differ in
    length.
    """
    assert pair.before is not None  # without which there is no density
    sectors: dict[str, Any] = {"border_sector": found.sectors, "label": _sector_names(found, look)}
    parts: tuple[tuple[dict[str, Any], Period, Profile, Any], ...] = (
        (sectors, pair.before, found.sectors_before, None),
        (sectors, pair.now, found.sectors_now, found.difference(found.sectors_now, found.sectors_before)),
        ({}, pair.before, found.before, None),
        ({}, pair.now, found.now, found.change),
        ({}, pair.now, found.unstated, None),
    )
    table = pd.concat([_stretches(*part) for part in parts])
    return table.assign(change_basis="count" if found.equal_length else "count_per_year")


def _stretches(names: dict[str, Any], period: Period, profile: Profile, change: Any) -> pd.DataFrame:
    where = ("part", "border_sector", "label", "border_km_low", "border_km_high")
    of = ("period", "period_start", "period_end", "series", "events", "tablets_best", "change_events")
    tablets = np.round(profile.tablets)
    return pd.DataFrame(
        {
            "part": "sector" if names else "bin",
            **names,
            "border_km_low": np.round(profile.edges[:-1], 1),
            "border_km_high": np.round(profile.edges[1:], 1),
            "period": period.name,
            "period_start": period.span.start,
            "period_end": period.span.end,
            "series": data.BESIDE if profile.name == "unstated" else data.SEIZURES,
            "events": np.round(profile.events, 6),
            "tablets_best": np.where(tablets > 0, tablets, np.nan),
            "change_events": np.nan if change is None else np.round(change, 6),
        },
        columns=pd.Index([*where, *of]),
    )


def _few_record(pair: Pair) -> pd.DataFrame:
    """One row an event with the period it is drawn in, pills of unstated kind after the others."""
    parts = [
        data.marks(
            events.sort_values(["date_start", "event_id"]),
            *("border_side", "border_km", "border_km_low", "border_km_high"),
        ).assign(period=period.name)
        for period in pair.periods
        for events in (period.at_line, period.unstated_at_line)
    ]
    return pd.concat(parts)


def _few_table(pair: Pair, look: Look) -> pd.DataFrame:
    rows = []
    for period in pair.periods:
        events: list[Any] = list(period.at_line.sort_values(["date_start", "event_id"]).itertuples())
        told = look.t(f"strip.of_{period.name}")
        for row in events:
            km = look.t("border.km_range", low=round(row.border_km_low), high=round(row.border_km_high))
            rows.append((told, row.event_id, when.text(row, look.lang) or look.t("undated"), row.place, km))
    heads = ("strip.column.period", *(f"column.{key}" for key in ("event", "date", "place", "border_km")))
    return pd.DataFrame(rows, columns=pd.Index([look.t(head) for head in heads]))
