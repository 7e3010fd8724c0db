"""A chart of the dashboard as a static picture: the drawing that plotly.js takes, as SVG.

Not all of plotly: bars, lines, points, shapes and annotations on linear, logarithmic and date axes, which is
what the figures of the dashboard are made of (docs/decisions/0008-briefs.md). Other traces raise `Undrawn`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.brief import axes, marks
from dashboard.brief.axes import Axis, Frame
from dashboard.brief.svg import LINE, Canvas, colour, element, lines, path, width, words
from dashboard.i18n import DEFAULT

KINDS = frozenset({"bar", "scatter"})
_AXIS = re.compile(r"([xy])axis(\d*)")
_MARGIN = 8


class Undrawn(Exception):  # noqa: N818  a drawing this module can't make; the brief then shows the table alone
    """The drawing holds what can't be drawn here; the message names it."""


def chart_svg(
    drawing: Mapping[str, Any], *, name: str, title: str, summary: str, wide: float, lang: str = DEFAULT
) -> str:
    """The drawing `wide` px wide. `name` makes its ids unique in a page.

    Raises Undrawn for kinds of traces beyond `KINDS`.
    """
    traces = [one for one in drawing.get("data", ()) if one.get("visible", True) is True]
    if strange := {str(one.get("type", "scatter")) for one in traces} - KINDS:
        raise Undrawn(f"no static drawing of {', '.join(sorted(strange))}")
    layout: Mapping[str, Any] = drawing["layout"]
    said = _axes_of(layout)
    high = float(layout.get("height") or 300)
    frame = _frame(layout, said, wide, high)
    found = {
        key: axes.build(key, one, frame, _values(traces, key, layout), zero=_has_bars(traces, key))
        for key, one in said.items()
    }
    canvas = Canvas(wide, high, name)
    for axis in found.values():
        axes.rules(canvas, axis, frame, _partner(axis, found))
    _shapes(canvas, layout, found, frame, below=True)
    _traces(canvas, traces, layout, found, frame)
    _shapes(canvas, layout, found, frame, below=False)
    for axis in found.values():
        axes.label(canvas, axis, _beside(axis, found, frame), lang)
    for note in layout.get("annotations") or ():
        _annotation(canvas, note, found, frame)
    return canvas.finished(title, summary)


def _axes_of(layout: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """`x`, `y2` ... -> what the layout and its template say of the axis; those overlaid by others first."""
    base = (layout.get("template") or {}).get("layout") or {}
    named = {match[1] + match[2]: layout[key] for key in layout if (match := _AXIS.fullmatch(key))}
    named = {"x": {}, "y": {}} | named
    whole = {key: {**(base.get(f"{key[0]}axis") or {}), **said} for key, said in named.items()}
    return dict(sorted(whole.items(), key=lambda item: "overlaying" in item[1]))


def _frame(
    layout: Mapping[str, Any], said: Mapping[str, Mapping[str, Any]], wide: float, high: float
) -> Frame:
    margin = {"l": _MARGIN, "r": _MARGIN, "t": _MARGIN, "b": _MARGIN} | (layout.get("margin") or {})
    for key, axis in said.items():
        if key.startswith("y") and axis.get("automargin") and axis.get("visible", True):
            side = "r" if axis.get("side") == "right" else "l"
            margin[side] = max(float(margin[side]), axes.room(axis))
    left, top = float(margin["l"]), float(margin["t"])
    return Frame(
        left, top, max(10.0, wide - left - float(margin["r"])), max(10.0, high - top - float(margin["b"]))
    )


def _axis_of(trace: Mapping[str, Any], letter: str) -> str:
    return str(trace.get(f"{letter}axis") or letter)


def _has_bars(traces: Iterable[Mapping[str, Any]], key: str) -> bool:
    """Whether bars stand on the zero of this axis."""
    return any(
        one.get("type") == "bar"
        and _axis_of(one, key[0]) == key
        and (key[0] == "x") == (one.get("orientation") == "h")
        for one in traces
    )


def _values(traces: Iterable[Mapping[str, Any]], key: str, layout: Mapping[str, Any]) -> list[float]:
    """What the traces of an axis hold, for one without a range; stacked bars count with their sums."""
    found: list[float] = []
    sums: dict[Any, float] = {}
    for one in traces:
        if _axis_of(one, key[0]) != key:
            continue
        values = [axes.as_number(value) for value in one.get(key[0]) or ()]
        found += values
        if one.get("type") == "bar" and layout.get("barmode") == "stack":
            for place, value in zip(one.get("y" if key[0] == "x" else "x") or (), values, strict=False):
                sums[str(place)] = sums.get(str(place), 0.0) + (0.0 if math.isnan(value) else value)
    return found + list(sums.values())


def _partner(axis: Axis, found: Mapping[str, Axis]) -> Axis | None:
    """The axis that this one stands on, for the length of its grid."""
    anchor = str(axis.said.get("anchor") or ("y" if axis.name.startswith("x") else "x"))
    return found.get(anchor)


def _beside(axis: Axis, found: Mapping[str, Axis], frame: Frame) -> Frame:
    """Where an axis stands: at the end of the one it is anchored to; a free one at the frame."""
    partner = None if axis.said.get("anchor") == "free" else _partner(axis, found)
    if partner is None:
        return frame
    low, high = sorted((partner.start, partner.end))
    if axis.name.startswith("x"):
        return Frame(frame.left, low, frame.wide, high - low)
    return Frame(low, frame.top, high - low, frame.high)


def _traces(
    canvas: Canvas,
    traces: Iterable[Mapping[str, Any]],
    layout: Mapping[str, Any],
    found: Mapping[str, Axis],
    frame: Frame,
) -> None:
    stacks = marks.Stacks(str(layout.get("barmode") or "group"))
    order = list(found)
    ordered = sorted(
        traces, key=lambda one: order.index(_axis_of(one, "y")) if _axis_of(one, "y") in order else 0
    )
    for trace in ordered:
        x, y = found.get(_axis_of(trace, "x")), found.get(_axis_of(trace, "y"))
        if x is None or y is None:
            continue
        own = Canvas(canvas.width, canvas.height, canvas.name, defs=canvas.defs)
        if trace.get("type") == "bar":
            marks.bars(own, trace, x, y, stacks)
        else:
            marks.points(own, trace, x, y)
        if trace.get("cliponaxis") is False or not own.parts:
            canvas.parts += own.parts
            continue
        clip = canvas.clip(frame.left - 6, frame.top - 6, frame.wide + 12, frame.high + 12)
        canvas.add(element("g", "".join(own.parts), clip_path=clip))


def _place(value: Any, ref: str, found: Mapping[str, Axis], frame: Frame, *, logged: bool) -> float:
    """Px of a coordinate of a shape or annotation: on an axis, on its part of the frame, or on the frame."""
    letter = ref[:1]
    if ref == "paper":
        return math.nan
    name, _, domain = ref.partition(" ")
    axis = found.get(name or letter)
    if axis is None:
        return math.nan
    if domain:
        return axis.start + float(value) * (axis.end - axis.start)
    return axis.px(value, logged=logged)


def _x(value: Any, ref: Any, found: Mapping[str, Axis], frame: Frame, *, logged: bool = False) -> float:
    if str(ref) == "paper":
        return frame.left + float(value) * frame.wide
    return _place(value, str(ref or "x"), found, frame, logged=logged)


def _y(value: Any, ref: Any, found: Mapping[str, Axis], frame: Frame, *, logged: bool = False) -> float:
    if str(ref) == "paper":
        return frame.top + (1 - float(value)) * frame.high
    return _place(value, str(ref or "y"), found, frame, logged=logged)


def _shapes(
    canvas: Canvas, layout: Mapping[str, Any], found: Mapping[str, Axis], frame: Frame, *, below: bool
) -> None:
    for shape in layout.get("shapes") or ():
        if (shape.get("layer") == "below") != below or shape.get("visible", True) is not True:
            continue
        xs = [_x(shape.get(key), shape.get("xref"), found, frame) for key in ("x0", "x1")]
        ys = [_y(shape.get(key), shape.get("yref"), found, frame) for key in ("y0", "y1")]
        if any(math.isnan(one) for one in (*xs, *ys)):
            continue
        line = shape.get("line") or {}
        look: dict[str, Any] = {
            "stroke": colour(line.get("color"), "#444") if line.get("width", 2) else None,
            "stroke_width": float(line.get("width", 2)) or None,
            "stroke_dasharray": marks.dashes(line.get("dash")),
        }
        if shape.get("type") == "line":
            canvas.add(element("line", x1=xs[0], y1=ys[0], x2=xs[1], y2=ys[1], **look))
        elif shape.get("type") == "rect":
            strength = shape.get("opacity")
            look["fill"] = colour(shape.get("fillcolor"))
            look["opacity"] = None if strength is None else f"{strength:g}"
            left, top = min(xs), min(ys)
            canvas.add(element("rect", x=left, y=top, width=max(xs) - left, height=max(ys) - top, **look))


def _annotation(canvas: Canvas, note: Mapping[str, Any], found: Mapping[str, Axis], frame: Frame) -> None:
    if note.get("visible", True) is not True or not note.get("text"):
        return
    x = _x(note.get("x", 0.5), note.get("xref"), found, frame, logged=True)
    y = _y(note.get("y", 0.5), note.get("yref"), found, frame, logged=True)
    if math.isnan(x) or math.isnan(y):
        return
    tip = (x, y)
    if note.get("showarrow"):
        x, y = x + float(note.get("ax", 0)), y + float(note.get("ay", 0))
        canvas.add(
            element("path", d=path([tip, (x, y)]), fill="none", stroke=colour(note.get("arrowcolor"), "#666"))
        )
    x += float(note.get("xshift") or 0)
    y -= float(note.get("yshift") or 0)
    font = note.get("font") or {}
    size = float(font.get("size", 12))
    text = str(note["text"])
    anchor = _anchor(note.get("xanchor"), note.get("x"), note.get("xref"), ("start", "middle", "end"))
    vertical = {"top": "top", "middle": "middle", "bottom": "bottom"}.get(
        str(note.get("yanchor")),
        _anchor("auto", note.get("y"), note.get("yref"), ("bottom", "middle", "top")),
    )
    angle = float(note.get("textangle") or 0)
    if back := note.get("bgcolor"):
        wide, high = width(text, size), LINE * size * len(lines(text))
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        top = y - {"top": 0, "middle": high / 2, "bottom": high}[vertical]
        canvas.add(element("rect", x=left, y=top, width=wide, height=high, fill=colour(back)))
    if abs(angle) == 90:  # plotly turns the text and anchors the box that it then takes
        x += {"start": size / 2 + 2, "middle": 0.0, "end": -size / 2 - 2}[anchor]
        anchor, vertical = "middle", "middle"
    canvas.add(
        words(
            text,
            x,
            y,
            size=size,
            fill=str(font.get("color", "#333")),
            anchor=anchor,
            vertical=vertical,
            angle=angle,
        )
    )


def _anchor(said: Any, at: Any, ref: Any, ends: tuple[str, str, str]) -> str:
    """Plotly's `auto`: by thirds of the frame, in the middle of a point on an axis."""
    if said in {"left", "center", "right"}:
        return ends[("left", "center", "right").index(said)]
    if str(ref) != "paper" or not isinstance(at, int | float):
        return ends[1]
    return ends[0] if at < 1 / 3 else ends[2] if at > 2 / 3 else ends[1]
