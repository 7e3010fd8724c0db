"""Inland or at the line: the kinds of place of a period's events as one bar to 100 %, unknown shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd

from dashboard.border.pair import Pair, Period
from dashboard.figures import data
from dashboard.figures.template import SMALL, Sketch, bar, empty, hatch, rgba, square
from dashboard.figures.view import Look, View
from dashboard.stats import MIN_EVENTS

GROUPS = {
    "line": ("crossing", "border_strip"),
    "gates": ("port", "airport", "sea", "parcel_hub"),
    "inland": ("road", "desert", "urban_building", "storage", "lab"),
    "unknown": ("unknown",),
}
"""The codes of `site_type` in the order they stand in the bar; a code of none of them counts as unknown."""
HEIGHT = 340
_BAR = 0.5  # of the distance from bar to bar
_ROW = 19  # px of a line of the key
_BARS, _AXIS, _MARGIN = 150, 44, 14  # px: the bars; their axis and the heads of the key; over and under all
_WIDE = 400.0  # px: about what the bars take of the card
_LETTER, _ROOM = 6.4, 10.0  # px a letter, and free at both ends of a name
_SHORT = 0.03  # share of the bar under which a segment's number finds no room in it


def sites_figure(pair: Pair, look: Look) -> View:
    """A bar for each period, its segments the kinds of place; shares are of all its events, unknown included.

    Pills of unstated kind are in neither bar. Below ten events in a period the foot says that two such bars
    are not to be compared.
    """
    periods = [pair.now, *([pair.before] if pair.before is not None else [])]
    total = sum(len(period.events) for period in periods)
    if not total:
        text = look.t("map.empty")
        return View(empty(look.palette, HEIGHT, text), text, pd.DataFrame, 0, 0)
    counts = [counted(period) for period in periods]
    listed = sum(any(found[code] for found in counts) for code in counts[0])
    plot = _BARS + _AXIS + _ROW * listed
    figure = Sketch(look.palette, plot + _MARGIN)
    for group, codes in GROUPS.items():
        for rank, code in enumerate(codes):
            _segment(figure, _Kind(group, rank, code), periods, counts, look)
    _beside(figure, periods, look)
    figure.update_layout(
        barmode="stack",
        yaxis={
            "range": [len(periods) - 0.5, -0.5],
            "showgrid": False,
            "showticklabels": False,
            "domain": [1 - _BARS / plot, 1],
        },
        xaxis={
            "anchor": "y",
            "range": [1, 0] if look.rtl else [0, 1],
            "tickformat": ".0%",
            "nticks": 5,
            "showline": True,
            "ticks": "outside",
        },
        margin={"l": 20 if look.rtl else 10, "r": 10 if look.rtl else 20, "t": 6, "b": 8},
    )
    _name_bars(figure, periods, look)
    _key(figure, periods, counts, look)
    notes = [look.t("strip.sites_drawn", n=total)]
    if len(periods) > 1 and any(len(period.events) < MIN_EVENTS for period in periods):
        notes.append(look.t("strip.sites_few"))
    beside = sum(len(period.unstated) for period in periods)
    if beside:
        notes.append(look.t("strip.sites_unstated", n=beside))
    return View(
        drawing=figure.drawing(),
        summary=_summary(periods, counts, look),
        tabled=partial(_table, periods, counts, look),
        drawn=total,
        total=total,
        notes=tuple(notes),
        recorded=partial(_record, periods, look),
    )


def counted(period: Period) -> dict[str, int]:
    """Events of a period by kind of place, every code of `GROUPS` named; others are unknown."""
    return _codes(period.events)


def _codes(events: pd.DataFrame) -> dict[str, int]:
    known = [code for codes in GROUPS.values() for code in codes]
    codes = events["site_type"]
    found = codes.where(codes.isin(known), "unknown").value_counts()
    return {code: int(found.get(code, 0)) for code in known}


@dataclass(frozen=True)
class _Kind:
    """A kind of place: its group, its rank there, its code."""

    group: str
    rank: int
    code: str


def _segment(
    figure: Sketch, kind: _Kind, periods: list[Period], counts: list[dict[str, int]], look: Look
) -> None:
    """One kind of place in both bars, named in the bar where there is room."""
    parts = [
        found[kind.code] / max(1, len(period.events)) for period, found in zip(periods, counts, strict=True)
    ]
    if not any(parts):
        return
    code = kind.code
    label = look.label("site_type", code)
    need = len(label) * _LETTER + _ROOM
    texts = [
        "" if part < _SHORT else f"{label}<br>{found[code]}" if part * _WIDE > need else str(found[code])
        for part, found in zip(parts, counts, strict=True)
    ]
    paper, ink = look.palette.paper, look.palette.ink
    strong = kind.group == "line" and kind.rank == 0
    figure.add_trace(
        bar(
            orientation="h",
            x=parts,
            y=[i + 0.08 for i in range(len(periods))],
            width=_BAR,
            name=label,
            text=texts,
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"size": SMALL - 1, "color": paper if strong else ink},
            marker=_marker(kind.group, kind.rank, look),
            hovertext=[
                look.t(
                    "strip.site_hover",
                    label=label,
                    n=found[code],
                    total=len(period.events),
                    share=f"{part:.0%}",
                )
                for period, found, part in zip(periods, counts, parts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )


def _name_bars(figure: Sketch, periods: list[Period], look: Look) -> None:
    """Over each bar its period and its events: beside it, names would take a third of a phone."""
    side = ("right", 1) if look.lang == "ar" else ("left", 0)
    for i, period in enumerate(periods):
        figure.add_annotation(
            text=look.t(f"strip.bar_{period.name}", n=len(period.events)), x=side[1], xref="paper",
            xanchor=side[0], y=i - 0.35, yref="y", yanchor="middle",
            font={"size": SMALL, "color": look.palette.ink},
        )  # fmt: skip


def _key(figure: Sketch, periods: list[Period], counts: list[dict[str, int]], look: Look) -> None:
    """The kinds of place by name with their numbers, in the order of the bar: a key that reads as a table."""
    mirrored = look.lang == "ar"
    heads = [look.t(f"strip.of_{period.name}") for period in periods]
    columns = [0.98 - 0.24 * i for i in range(len(periods))][::-1]
    rows = [
        _Kind(group, rank, code)
        for group, codes in GROUPS.items()
        for rank, code in enumerate(codes)
        if any(found[code] for found in counts)
    ]
    top = _ROW * (len(rows) - 0.5)  # px over the bottom of the plot

    def word(text: str, x: float, row: int, **more: object) -> None:
        figure.add_annotation(
            text=text, x=1 - x if mirrored else x, xref="paper", y=0, yref="paper",
            yshift=top - row * _ROW, yanchor="middle", font={"size": SMALL, "color": look.palette.muted},
            **{"xanchor": "left", **more},
        )  # fmt: skip

    start, end = ("right", "left") if mirrored else ("left", "right")
    for head, x in zip(heads, columns, strict=True):
        word(head, x, -1, xanchor=end)
    for i, kind in enumerate(rows):
        word(_swatch(kind, look), 0, i, xanchor=start)
        word(look.label("site_type", kind.code), 0, i, xanchor=start, xshift=-18 if mirrored else 18)
        for found, x in zip(counts, columns, strict=True):
            word(str(found[kind.code] or "–"), x, i, xanchor=end)


def _swatch(kind: _Kind, look: Look) -> str:
    """A square in the colour of a segment; hatched as in the map's key where the kind is not stated."""
    if kind.group == "unknown":
        return "▨"
    return square(_fill(kind.group, kind.rank, look))


def _beside(figure: Sketch, periods: list[Period], look: Look) -> None:
    """Pills of unstated kind by group of places, as a thin hatched bar of their own under each bar."""
    found = [_codes(period.unstated) for period in periods]
    inks = {"line": look.palette.accent, "gates": look.palette.muted, "inland": look.palette.muted}
    for group, codes in GROUPS.items():
        counts = [sum(own[code] for code in codes) for own in found]
        totals = [len(period.unstated) for period in periods]
        if not any(counts):
            continue
        figure.add_trace(
            bar(
                orientation="h",
                x=[n / max(1, total) for n, total in zip(counts, totals, strict=True)],
                y=[i + 0.43 for i in range(len(periods))],
                width=0.1,
                marker={
                    **hatch(look.palette, inks.get(group)),
                    "line": {"width": 0.5, "color": look.palette.paper},
                },
                hovertext=[
                    look.t("strip.site_beside", label=look.t(f"strip.group.{group}"), n=n, total=total)
                    for n, total in zip(counts, totals, strict=True)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )


def _marker(group: str, rank: int, look: Look) -> dict[str, object]:
    """At a border the accent, at other gates and inland two greys, unknown hatched; paper between."""
    rim = {"width": 1.5, "color": look.palette.paper}
    if group == "unknown":
        return {**hatch(look.palette), "line": rim}
    return {"color": _fill(group, rank, look), "line": rim}


def _fill(group: str, rank: int, look: Look) -> str:
    if group == "line":
        return look.palette.accent if rank == 0 else rgba(look.palette.accent, 0.42)
    shade = look.palette.rule_strong if group == "inland" else look.palette.muted
    return rgba(shade, 0.55 - 0.09 * rank)


def _summary(periods: list[Period], counts: list[dict[str, int]], look: Look) -> str:
    parts = []
    for period, found in zip(periods, counts, strict=True):
        at_line = sum(found[code] for code in GROUPS["line"])
        parts.append(
            look.t(f"strip.sites_{period.name}", n=len(period.events), line=at_line, unknown=found["unknown"])
        )
    return " ".join(parts)


def _record(periods: list[Period], look: Look) -> pd.DataFrame:
    """One row a kind of place, period and series, with all events of which it is a share."""
    groups = {code: group for group, codes in GROUPS.items() for code in codes}
    rows = [
        (period.name, period.span.start, period.span.end, name, groups[code], code,
         look.label("site_type", code), n, len(events))
        for period in periods
        for name, events in ((data.SEIZURES, period.events), (data.BESIDE, period.unstated))
        for code, n in _codes(events).items()
        if n
    ]  # fmt: skip
    names = ("period", "period_start", "period_end", "series", "site_group", "site_type", "label")
    return pd.DataFrame(rows, columns=pd.Index([*names, "events", "events_in_period"]))


def _table(periods: list[Period], counts: list[dict[str, int]], look: Look) -> pd.DataFrame:
    codes = [code for code in counts[0] if any(found[code] for found in counts)]
    columns = {look.t("strip.column.site"): [look.label("site_type", code) for code in codes]}
    for period, found in zip(periods, counts, strict=True):
        columns[look.t(f"strip.column.events_{period.name}")] = [
            f"{found[code]} ({found[code] / max(1, len(period.events)):.0%})" for code in codes
        ]
    return pd.DataFrame(columns)
