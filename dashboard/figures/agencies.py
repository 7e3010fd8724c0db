"""Who seized, as bars: authorities or bodies, a tick for the period before, unknown always a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from dashboard import i18n
from dashboard.figures.template import SMALL, Sketch, bar, empty, hatch, lying, scatter
from dashboard.figures.view import Look, View

_ROW = 40  # px: the name above its bar, as names of bodies are long
MOST = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One bar: events, pills of unstated kind beside, events of the period before (None: not compared).

    `code` of the authority or body, and of its `country` where it is one of several; blank for the unknown.
    """

    label: str
    events: int
    beside: int = 0
    before: int | None = None
    unknown: bool = False
    code: str = ""
    country: str = ""


def agencies_figure(
    lines: Sequence[Line],
    look: Look,
    *,
    total: int,
    known: int,
    compared: int | None = None,
    adds_up: bool = True,
) -> View:
    """Horizontal bars, names above them. `known` of `total` events have a row other than the unknown.

    `adds_up` False: one event may name several bodies; the note says so. `compared` is the number of events
    in the period before.
    """
    shown = [line for line in lines if line.events or line.beside or line.before][:MOST]
    if not shown:
        text = look.t("map.empty")
        return View(empty(look.palette, 120, text), text, pd.DataFrame, 0, 0)
    sketch = Sketch(look.palette, _ROW * len(shown) + 12)
    widest = max(1, *(max(line.events, line.beside, line.before or 0) for line in shown))
    _bars(sketch, shown, look)
    for at, line in enumerate(shown):
        extra = f" <span style='color:{look.palette.muted}'>+{line.beside}</span>" if line.beside else ""
        sketch.add_annotation(
            text=f"{_cut(line.label)}  <b>{line.events}</b>{extra}",
            x=0, y=at - 0.3, xanchor="right" if look.rtl else "left", yanchor="middle",
            xshift=3 if look.rtl else -3,
            font={"size": SMALL, "color": look.palette.ink},
        )  # fmt: skip
    sketch.update_layout(
        barmode="overlay",
        yaxis={"visible": False, "range": [len(shown) - 0.4, -0.65]},
        xaxis=lying(widest * 1.06, rtl=look.rtl),
        margin={"l": 8, "r": 8, "t": 2, "b": 2},
    )
    notes = [look.t("how.known", known=known, n=total)]
    if not adds_up:
        notes.append(i18n.t("countries.bodies_overlap", lang=look.lang))
    if any(line.beside for line in shown):
        notes.append(look.t("how.key_unstated"))
    if compared is not None:
        notes.append(look.t("how.key_before", n=compared))
    if rest := len(lines) - len(shown):
        notes.append(i18n.t("countries.bodies_more", lang=look.lang, n=rest))
    top = [f"{line.label} {line.events}" for line in shown[:3] if not line.unknown]
    return View(
        drawing=sketch.drawing(),
        summary=look.t("how.summary", parts=look.t("list_join").join(top), known=notes[0]),
        tabled=partial(_table, tuple(lines), look, compared=compared is not None),
        drawn=total,
        total=total,
        notes=tuple(notes),
        recorded=partial(_record, tuple(lines)),
    )


def _bars(sketch: Sketch, shown: Sequence[Line], look: Look) -> None:
    plain = {"color": look.palette.accent, "line": {"width": 0}}
    for unknown, marker in ((False, plain), (True, hatch(look.palette))):
        part = [(at, line.events) for at, line in enumerate(shown) if line.unknown == unknown and line.events]
        if part:
            sketch.add_trace(_row_of_bars(part, 0.1, 0.26, marker))
    if beside := [(at, line.beside) for at, line in enumerate(shown) if line.beside]:
        sketch.add_trace(_row_of_bars(beside, 0.32, 0.12, hatch(look.palette)))
    if before := [(at, line.before) for at, line in enumerate(shown) if line.before]:
        sketch.add_trace(
            scatter(
                x=[x for _, n in before for x in (n, n, None)],
                y=[y for at, _ in before for y in (at - 0.1, at + 0.38, None)],
                mode="lines",
                line={"width": 2.5, "color": look.palette.ink},
                hoverinfo="skip",
            )
        )


def _row_of_bars(
    part: Sequence[tuple[int, int]], shift: float, width: float, marker: Mapping[str, Any]
) -> dict[str, Any]:
    return bar(
        orientation="h",
        y=[at + shift for at, _ in part],
        x=[n for _, n in part],
        width=width,
        marker=marker,
        hoverinfo="skip",
    )


def _cut(text: str) -> str:
    return text if len(text) <= 58 else f"{text[:56].rstrip()}…"


def _record(lines: tuple[Line, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": [line.code or "unknown" for line in lines],
            "country": [line.country for line in lines],
            "label": [line.label for line in lines],
            "events": [line.events for line in lines],
            "events_unstated": [line.beside for line in lines],
            "events_before": [line.before for line in lines],
        }
    )


def _table(lines: tuple[Line, ...], look: Look, *, compared: bool) -> pd.DataFrame:
    table = {
        look.t("column.category"): [line.label for line in lines],
        look.t("column.events_counted"): [line.events for line in lines],
        look.t("trend.unstated"): [line.beside for line in lines],
    }
    if compared:
        table[look.t("column.before")] = [line.before or 0 for line in lines]
    return pd.DataFrame(table)
