"""The one plotly template, light and dark: paper behind, thin rules, direct labels, no default colours."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
from babel.dates import format_date

from dashboard import i18n
from dashboard.theme import FONT, Palette
from dashboard.theme import palette as palette_of

_ARABIC = re.compile("[\u0600-\u06ff]")
_LEFT, _FROM_RIGHT = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT ISOLATE}"
_END = "\N{POP DIRECTIONAL ISOLATE}"
FONT_SIZE = 13
SMALL = 12
_SQUARE = 17  # px of type, of which a square takes two thirds
# Shown on hover only; a chart is read, not edited.
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": "hover",
    # Sharing would upload the chart to a service of plotly's.
    "modeBarButtonsToRemove": [
        "select2d",
        "lasso2d",
        "autoScale2d",
        "zoomIn2d",
        "zoomOut2d",
        "sendChartToCloud",
    ],
    "responsive": True,
    "doubleClick": "reset",
    "scrollZoom": False,
}
# Plotly's own zoom-by-wheel would catch a reader who scrolls past; map.js asks for a modifier key.
MAP_CONFIG: dict[str, Any] = {**CONFIG, "scrollZoom": True, "displayModeBar": False}


@lru_cache(maxsize=4)
def spoken(lang: str) -> dict[str, Any]:
    """What plotly's config needs for a language other than its own: names of months, words of its buttons."""
    if lang == i18n.DEFAULT:
        return {}
    months = [i18n.month_name(date(2024, month, 1), lang) for month in range(1, 13)]
    days = [str(format_date(date(2024, 12, day), "EEEE", locale=i18n.locale(lang))) for day in range(1, 8)]
    buttons = {
        "Download plot as a PNG": "figure.button.png",
        "Download plot": "figure.button.png",
        "Zoom": "figure.button.zoom",
        "Pan": "figure.button.pan",
        "Reset axes": "figure.button.reset",
        "Reset view": "figure.button.reset",
        "Box Select": "figure.button.box",
        "Lasso Select": "figure.button.lasso",
    }
    known = {
        "dictionary": {english: i18n.t(key, lang=lang) for english, key in buttons.items()},
        "format": {"months": months, "shortMonths": months, "days": days, "shortDays": days},
    }
    return {"locale": lang, "locales": {lang: known}}


@lru_cache(maxsize=2)
def _template(name: str) -> dict[str, Any]:
    p = palette_of(name)
    axis = {
        "automargin": False,
        # Margins are made for the labels: plotly would measure each at every drawing, to hide what they cut.
        "ticklabeloverflow": "allow",
        "showgrid": False,
        "zeroline": False,
        "linecolor": p.rule_strong,
        "tickcolor": p.rule_strong,
        "tickfont": {"size": SMALL, "color": p.muted},
        "title": {"font": {"size": SMALL, "color": p.muted}},
        "fixedrange": True,
    }
    layout = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": FONT_SIZE, "color": p.ink},
        "colorway": [p.countries[code] for code in ("IQ", "SY", "JO", "LB", "SA", "other")],
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": p.raised,
            "bordercolor": p.rule_strong,
            "font": {"family": FONT, "size": FONT_SIZE, "color": p.ink},
            "align": "left",
        },
        "xaxis": axis,
        "yaxis": {**axis, "showgrid": True, "gridcolor": p.rule, "showline": False},
        "bargap": 0.35,
        "dragmode": False,
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": p.muted, "activecolor": p.accent},
    }
    return {"layout": layout}


def template(palette: Palette) -> dict[str, Any]:
    """The plotly template of a theme."""
    return _template(palette.name)


def bar(**parts: Any) -> dict[str, Any]:
    """A trace of bars."""
    return {"type": "bar", **parts}


def lying(end: float, *, rtl: bool) -> dict[str, Any]:
    """The unseen axis of lying bars, from 0 to `end`: they grow as their reader reads."""
    return {"visible": False, "range": [end, 0] if rtl else [0, end]}


def scatter(**parts: Any) -> dict[str, Any]:
    """A trace of points or lines."""
    return {"type": "scatter", **parts}


def blank(palette: Palette, **layout: Any) -> dict[str, Any]:
    """A drawing without data or axes, in the house style."""
    unseen = {"visible": False}
    return {"data": [], "layout": {"template": template(palette), "xaxis": unseen, "yaxis": unseen, **layout}}


class Sketch:
    """A figure in the making: gathers traces, shapes and annotations; gives them as plotly.js takes them."""

    def __init__(self, palette: Palette, height: int) -> None:
        self._traces: list[Any] = []
        self._shapes: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = {"template": template(palette), "height": height}

    def add_trace(self, trace: Any) -> None:
        self._traces.append(trace)

    def add_shape(self, **shape: Any) -> None:
        self._shapes.append(shape)

    def add_annotation(self, **annotation: Any) -> None:
        self._annotations.append({"showarrow": False, **annotation})

    def update_layout(self, **parts: Any) -> None:
        """Merge into the layout, one level deep: an axis keeps what it was given before."""
        for key, part in parts.items():
            known = self.layout.get(key)
            self.layout[key] = (
                {**known, **part} if isinstance(known, dict) and isinstance(part, dict) else part
            )

    def update_xaxes(self, **parts: Any) -> None:
        self.update_layout(xaxis=parts)

    def update_yaxes(self, **parts: Any) -> None:
        self.update_layout(yaxis=parts)

    def drawing(self) -> dict[str, Any]:
        """The finished figure: plain values only, which need no search for what JSON lacks."""
        layout = {
            **{key: _axis(part) if "axis" in key else part for key, part in self.layout.items()},
            "shapes": self._shapes,
            "annotations": [
                {**one, "text": turned(one["text"])} if isinstance(one.get("text"), str) else one
                for one in self._annotations
            ],
        }
        found: dict[str, Any] = _plain({"data": [_trace(one) for one in self._traces], "layout": layout})
        return found


def turned(text: str) -> str:
    """Arabic lines of a figure's text set apart as read from the right, whatever stands around them.

    A browser orders the letters of a drawing from the left: a line that begins with a number or ends with a
    colon would else be in disorder. A text that orders itself begins with a left-to-right mark.
    """
    if text.startswith(_LEFT) or not _ARABIC.search(text):
        return text
    lines = text.split("<br>")
    return "<br>".join(f"{_FROM_RIGHT}{line}{_END}" if _ARABIC.search(line) else line for line in lines)


def _turned(value: Any) -> Any:
    if isinstance(value, str):
        return turned(value)
    if isinstance(value, list | tuple) and any(isinstance(one, str) and _ARABIC.search(one) for one in value):
        return [turned(one) if isinstance(one, str) else one for one in value]
    return value


def _axis(part: Any) -> Any:
    return (
        {**part, "ticktext": _turned(part["ticktext"])}
        if isinstance(part, dict) and part.get("ticktext")
        else part
    )


def _trace(trace: Any) -> Any:
    """Its texts; those of a map are drawn by other means."""
    if not isinstance(trace, dict) or "map" in str(trace.get("type", "")):
        return trace
    return {
        **trace,
        **{key: _turned(trace[key]) for key in ("text", "hovertext") if trace.get(key) is not None},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return None if isinstance(value, float) and isnan(value) else value


def square(ink: str) -> str:
    """A square of a key, larger than its words: a colour is told by its area."""
    return f"<span style='color:{ink};font-size:{_SQUARE}px'>■</span>"


def empty(palette: Palette, height: int, text: str) -> dict[str, Any]:
    """A chart without data: one sentence in its middle instead of axes."""
    sketch = Sketch(palette, height)
    sketch.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
    sketch.add_annotation(
        text=text, x=0.5, y=0.5, xref="paper", yref="paper", font={"color": palette.muted, "size": FONT_SIZE}
    )
    return sketch.drawing()


def rgba(colour: str, alpha: float) -> str:
    """`#rrggbb` with an opacity 0..1 as CSS `rgba()`."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"


def halo(palette: Palette) -> str:
    """The shadow of words that lie on marks: paper round each letter, so that nothing strikes them out."""
    return ", ".join([f"0 0 3px {palette.paper}"] * 4)


def hatch(palette: Palette, colour: str | None = None) -> dict[str, Any]:
    """Marker of a bar for what is not known (kind not stated, incomplete month): strokes, not a fill."""
    return {
        "color": "rgba(0,0,0,0)",
        "pattern": {
            "shape": "/",
            "size": 5,
            "solidity": 0.28,
            "fgcolor": colour or palette.unstated,
            "fgopacity": 1,
        },
        "line": {"width": 1, "color": colour or palette.unstated},
    }


def dotted(colour: str) -> dict[str, Any]:
    """Marker of a bar for what a machine read and nobody has reviewed: dots in an outline."""
    return {
        "color": rgba(colour, 0.12),
        "pattern": {
            "shape": ".",
            "size": 5,
            "solidity": 0.35,
            "fgcolor": colour,
            "bgcolor": rgba(colour, 0.12),
            "fgopacity": 1,
        },
        "line": {"width": 1, "color": colour},
    }
