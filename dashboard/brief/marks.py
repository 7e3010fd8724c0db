"""Traces of a drawing in plotly's terms, bars and points, as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.brief.axes import Axis
from dashboard.brief.svg import Canvas, colour, element, path, words

_DASHES = {"dot": "1.5,3", "dash": "6,4", "longdash": "10,5", "dashdot": "6,3,1.5,3"}
# Corners of symbols, in halves of their size.
_OUTLINES: Mapping[str, tuple[tuple[float, float], ...]] = {
    "line-ew": ((-1, 0), (1, 0)),
    "line-ns": ((0, -1), (0, 1)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle-up": ((0, -1), (1, 1), (-1, 1)),
    "triangle-down": ((0, 1), (1, -1), (-1, -1)),
}
_ANCHORS = {"left": "end", "center": "middle", "right": "start"}


def dashes(said: object) -> str | None:
    """`dot`, `dash` or lengths as `2px,3px`; None for a whole line."""
    text = str(said or "solid")
    if text in _DASHES:
        return _DASHES[text]
    lengths = text.replace("px", "").split(",")
    return ",".join(lengths) if len(lengths) > 1 and all(_is_number(one) for one in lengths) else None


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def nth(value: Any, i: int, otherwise: Any = None) -> Any:
    """Plotly takes one value for all marks, or a list with one for each."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value[i] if i < len(value) else otherwise
    return otherwise if value is None else value


class Stacks:
    """Where bars of one place begin: on the end of those before them, where bars are stacked."""

    def __init__(self, mode: str) -> None:
        self._stacked = mode in {"stack", "relative"}
        self._ends: dict[tuple[str, str, float, bool], float] = {}

    def base(self, axes: str, orientation: str, at: float, length: float) -> float:
        if not self._stacked:
            return 0.0
        key = (axes, orientation, round(at, 6), length >= 0)
        begin = self._ends.get(key, 0.0)
        self._ends[key] = begin + length
        return begin


def bars(canvas: Canvas, trace: Mapping[str, Any], x: Axis, y: Axis, stacks: Stacks) -> None:
    """Upright or lying bars with plain, hatched or dotted fills, and their texts."""
    lying = trace.get("orientation") == "h"
    along, across = (x, y) if lying else (y, x)
    places = list(trace.get("y" if lying else "x") or ())
    lengths = list(trace.get("x" if lying else "y") or ())
    for i, (place, length) in enumerate(zip(places, lengths, strict=False)):
        at, size = across.number(place), along.number(length)
        if math.isnan(at) or math.isnan(size):
            continue
        given = nth(trace.get("base"), i)
        begin = (
            along.number(given) if given is not None else stacks.base(x.name + y.name, str(lying), at, size)
        )
        thick = float(nth(trace.get("width"), i, 0.65))
        low, high = across.px(at - thick / 2), across.px(at + thick / 2)
        near, far = along.px(begin), along.px(begin + size)
        if any(math.isnan(one) for one in (low, high, near, far)):
            continue
        box = (min(near, far), min(low, high), abs(far - near), abs(high - low))
        left, top, wide, high_ = box if lying else (box[1], box[0], box[3], box[2])
        fill, line = _fill(canvas, trace.get("marker") or {}, i)
        canvas.add(element("rect", x=left, y=top, width=wide, height=high_, fill=fill, **line))
        _bar_text(canvas, trace, i, (left, top, wide, high_), lying=lying)


def _fill(canvas: Canvas, marker: Mapping[str, Any], i: int) -> tuple[str, dict[str, Any]]:
    ink = str(nth(marker.get("color"), i, "#888"))
    pattern = marker.get("pattern") or {}
    outline = marker.get("line") or {}
    wide = float(nth(outline.get("width"), i, 0) or 0)
    line: dict[str, Any] = {}
    if wide:
        line = {"stroke": colour(nth(outline.get("color"), i, ink)), "stroke_width": wide}
    if shape := nth(pattern.get("shape"), i, ""):
        stroke = str(nth(pattern.get("fgcolor"), i, ink))
        back = str(nth(pattern.get("bgcolor"), i, "none") or "none")
        return canvas.hatch(stroke, "none" if back.startswith("rgba(0,0,0,0") else back, str(shape)), line
    opacity = marker.get("opacity")
    if isinstance(opacity, int | float) and opacity < 1:
        line["fill_opacity"] = f"{opacity:g}"
    return colour(ink, "none"), line


def _bar_text(
    canvas: Canvas, trace: Mapping[str, Any], i: int, box: tuple[float, float, float, float], *, lying: bool
) -> None:
    text, where = nth(trace.get("text"), i, ""), nth(trace.get("textposition"), i, "none")
    if not text or where == "none":
        return
    left, top, wide, high = box
    font = trace.get("textfont") or {}
    look: dict[str, Any] = {
        "size": float(nth(font.get("size"), i, 12)),
        "fill": str(nth(font.get("color"), i, "#333")),
    }
    if where == "outside" and lying:
        canvas.add(words(str(text), left + wide + 4, top + high / 2, **look))
    elif where == "outside":
        canvas.add(words(str(text), left + wide / 2, top - 3, anchor="middle", vertical="bottom", **look))
    else:
        canvas.add(words(str(text), left + wide / 2, top + high / 2, anchor="middle", **look))


def points(canvas: Canvas, trace: Mapping[str, Any], x: Axis, y: Axis) -> None:
    """Lines (broken at unknown values), areas under them, marks and texts of a scatter trace."""
    xs, ys = list(trace.get("x") or ()), list(trace.get("y") or ())
    spots = [(x.px(a), y.px(b)) for a, b in zip(xs, ys, strict=False)]
    mode = str(trace.get("mode") or "lines+markers")
    strength = trace.get("opacity")
    if strength == 0:
        return
    if "lines" in mode:
        _line(canvas, trace, spots, y)
    if "markers" in mode:
        for i, (a, b) in enumerate(spots):
            if not (math.isnan(a) or math.isnan(b)):
                _errors(canvas, trace, i, x, y)
                canvas.add(mark(trace.get("marker") or {}, i, a, b))
    if "text" in mode:
        for i, (a, b) in enumerate(spots):
            if not (math.isnan(a) or math.isnan(b)):
                _text(canvas, trace, i, a, b)


def _line(canvas: Canvas, trace: Mapping[str, Any], spots: list[tuple[float, float]], y: Axis) -> None:
    line = trace.get("line") or {}
    pieces: list[list[tuple[float, float]]] = [[]]
    for a, b in spots:
        if math.isnan(a) or math.isnan(b):
            pieces.append([])
            continue
        if pieces[-1] and line.get("shape") in {"hv", "vh", "hvh"}:
            before = pieces[-1][-1]
            pieces[-1] += {
                "hv": [(a, before[1])],
                "vh": [(before[0], b)],
                "hvh": [((before[0] + a) / 2, before[1]), ((before[0] + a) / 2, b)],
            }[line["shape"]]
        pieces[-1].append((a, b))
    for piece in pieces:
        if len(piece) < 2:
            continue
        if trace.get("fill") in {"tozeroy", "toself"}:
            floor = y.start if y.log else y.px(0)
            ends = [] if trace["fill"] == "toself" else [(piece[-1][0], floor), (piece[0][0], floor)]
            canvas.add(
                element(
                    "path", d=path([*piece, *ends], close=True), fill=colour(trace.get("fillcolor"), "none")
                )
            )
        if line.get("width", 2):
            canvas.add(
                element(
                    "path",
                    d=path(piece),
                    fill="none",
                    stroke=colour(line.get("color"), "#444"),
                    stroke_width=float(line.get("width", 2)),
                    stroke_dasharray=dashes(line.get("dash")),
                )
            )


def _errors(canvas: Canvas, trace: Mapping[str, Any], i: int, x: Axis, y: Axis) -> None:
    """The interval round a point, where the trace has one."""
    at = (nth(trace.get("x"), i), nth(trace.get("y"), i))
    for key, axis, other, own in (("error_y", y, x, 1), ("error_x", x, y, 0)):
        said = trace.get(key) or {}
        up = nth(said.get("array"), i)
        if up is None or not said.get("visible", True):
            continue
        down = nth(said.get("arrayminus"), i, up) if not said.get("symmetric", False) else up
        middle = axis.number(at[own])
        low, high, fixed = axis.px(middle - float(down)), axis.px(middle + float(up)), other.px(at[1 - own])
        if any(math.isnan(one) for one in (low, high, fixed)):
            continue
        ends = [(fixed, low), (fixed, high)] if own else [(low, fixed), (high, fixed)]
        ink, wide = colour(said.get("color"), "#444"), float(said.get("thickness", 1.5))
        canvas.add(element("path", d=path(ends), stroke=ink, stroke_width=wide))


def mark(marker: Mapping[str, Any], i: int, x: float, y: float) -> str:
    """One mark of a scatter trace. Symbols beyond these are drawn as circles."""
    size = float(nth(marker.get("size"), i, 6))
    ink = colour(nth(marker.get("color"), i, "#444"))
    outline = marker.get("line") or {}
    wide = float(nth(outline.get("width"), i, 0) or 0)
    edge = colour(nth(outline.get("color"), i, ink)) if wide else None
    opacity = nth(marker.get("opacity"), i, 1)
    look: dict[str, Any] = {"fill": ink, "stroke": edge, "stroke_width": wide or None}
    if opacity != 1:
        look["opacity"] = f"{float(opacity):g}"
    symbol = str(nth(marker.get("symbol"), i, "circle"))
    half = size / 2
    if symbol.endswith("-open"):
        look |= {"fill": "none", "stroke": ink, "stroke_width": wide or 1.3}
    kind = symbol.removesuffix("-open").removesuffix("-dot")
    if kind == "square":
        return element("rect", x=x - half, y=y - half, width=size, height=size, **look)
    if kind in _OUTLINES:
        corners = [(x + a * half, y + b * half) for a, b in _OUTLINES[kind]]
        return element("path", d=path(corners, close=len(corners) > 2), **look)
    if kind in {"hash", "x", "cross"}:
        look |= {"fill": "none", "stroke": ink, "stroke_width": max(1.2, wide)}
        return element("path", d=_strokes(kind, x, y, half), **look)
    return element("circle", cx=x, cy=y, r=half, **look)


def _strokes(kind: str, x: float, y: float, half: float) -> str:
    third = half / 2.5
    lines = {
        "hash": [(-half, -third, half, -third), (-half, third, half, third), (-third, -half, -third, half),
                 (third, -half, third, half)],
        "x": [(-half, -half, half, half), (-half, half, half, -half)],
        "cross": [(-half, 0, half, 0), (0, -half, 0, half)],
    }[kind]  # fmt: skip
    return "".join(path([(x + a, y + b), (x + c, y + d)]) for a, b, c, d in lines)


def _text(canvas: Canvas, trace: Mapping[str, Any], i: int, x: float, y: float) -> None:
    text = nth(trace.get("text"), i, "")
    if not text:
        return
    font = trace.get("textfont") or {}
    size = float(nth(font.get("size"), i, 12))
    vertical, _, side = str(nth(trace.get("textposition"), i, "middle center")).partition(" ")
    gap = (
        float(nth((trace.get("marker") or {}).get("size"), i, 0) or 0) / 2
        if "markers" in str(trace.get("mode"))
        else 0
    )
    x += {"left": -gap, "right": gap}.get(side, 0.0)
    y += {"top": -gap - 2, "bottom": gap + 2}.get(vertical, 0.0)
    canvas.add(
        words(
            str(text),
            x,
            y,
            size=size,
            fill=str(nth(font.get("color"), i, "#333")),
            anchor=_ANCHORS.get(side, "middle"),
            vertical={"top": "bottom", "bottom": "top"}.get(vertical, "middle"),
        )
    )
