"""The axes of a drawing in plotly's terms: from values to pixels, ticks with their words, rules."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from babel.dates import format_date

from dashboard.brief.svg import Canvas, colour, element, width, words

_DAY = 86_400_000.0  # ms
_NICE = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle of the plot in px."""

    left: float
    top: float
    wide: float
    high: float


@dataclass(frozen=True)
class Axis:
    """One axis with its place in px. `low` and `high` are the ends of its range as numbers (dates: ms)."""

    name: str
    said: Mapping[str, Any]
    low: float
    high: float
    start: float
    end: float

    @property
    def log(self) -> bool:
        return bool(self.said.get("type") == "log")

    @property
    def dated(self) -> bool:
        return bool(self.said.get("type") == "date")

    def number(self, value: Any) -> float:
        """A value as a number of this axis; NaN for None."""
        return as_number(value)

    def px(self, value: Any, *, logged: bool = False) -> float:
        """Where a value stands; `logged`: it is the logarithm already, as annotations have it."""
        at = self.number(value)
        if self.log and not logged:
            at = math.log10(at) if at > 0 else math.nan
        share = (at - self.low) / (self.high - self.low) if self.high != self.low else 0.5
        return self.start + share * (self.end - self.start)


def as_number(value: Any) -> float:
    """Numbers as they are, days and times (also as ISO texts) in ms since 1970, anything else NaN."""
    if isinstance(value, bool) or value is None:
        return math.nan
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return math.nan
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).timestamp() * 1000
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000
    return math.nan


def moment(ms: float) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def build(
    name: str, said: Mapping[str, Any], frame: Frame, values: Sequence[float], *, zero: bool = False
) -> Axis:
    """An axis called `x`, `y2` ..., on the part of the frame that its domain names.

    Without a range it spans `values` (from zero on, where bars stand on it).
    """
    low, high = _range(said, values, zero=zero)
    first, last = said.get("domain") or (0, 1)
    if name.startswith("x"):
        start, end = frame.left + first * frame.wide, frame.left + last * frame.wide
    else:
        start = frame.top + (1 - first) * frame.high
        end = frame.top + (1 - last) * frame.high
    return Axis(name, said, low, high, start, end)


def _range(said: Mapping[str, Any], values: Sequence[float], *, zero: bool) -> tuple[float, float]:
    given = said.get("range")
    if given and len(given) == 2 and not any(math.isnan(as_number(one)) for one in given):
        return as_number(given[0]), as_number(given[1])
    known = [one for one in values if not math.isnan(one)]
    if said.get("type") == "log":
        known = [math.log10(one) for one in known if one > 0]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if zero and said.get("type") != "log":
        low, high = min(0.0, low), max(0.0, high)
    room = (high - low) * 0.05 or 1.0
    low, high = low if zero and low == 0 else low - room, high + room
    return (high, low) if said.get("autorange") == "reversed" else (low, high)


def ticks(axis: Axis, lang: str) -> list[tuple[float, str]]:
    """(px, words) of the ticks inside the range."""
    said = axis.said
    suffix = str(said.get("ticksuffix") or "")
    if "tickvals" in said:
        values = said["tickvals"] or []
        given = said.get("ticktext") or [_plain(axis.number(one)) for one in values]
        found = [(axis.number(value), str(text) + suffix) for value, text in zip(values, given, strict=False)]
    elif axis.dated:
        found = _dates(axis, lang)
    elif axis.log:
        powers = range(math.ceil(min(axis.low, axis.high)), math.floor(max(axis.low, axis.high)) + 1)
        found = [(10.0**power, _plain(10.0**power) + suffix) for power in powers]
    else:
        found = [(value, _plain(value) + suffix) for value in _steps(axis)]
    low, high = sorted((axis.start, axis.end))
    placed = [(axis.px(value), text) for value, text in found]
    return [(at, text) for at, text in placed if low - 0.5 <= at <= high + 0.5]


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def _steps(axis: Axis) -> list[float]:
    low, high = sorted((axis.low, axis.high))
    step = axis.said.get("dtick")
    if not isinstance(step, int | float) or step <= 0:
        most = int(axis.said.get("nticks") or 6)
        rough = (high - low) / max(1, most - 1)
        power = 10 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
        step = next((m * power for m in _NICE if m * power >= rough), 10 * power)
    first = math.ceil(low / step - 1e-9)
    return [i * step for i in range(first, math.floor(high / step + 1e-9) + 1)][:200]


def _dates(axis: Axis, lang: str) -> list[tuple[float, str]]:
    """Starts of years, or of months where the axis is short; the year stands where it begins."""
    low, high = (moment(one) for one in sorted((axis.low, axis.high)))
    most = int(axis.said.get("nticks") or 6)
    months = (high.year - low.year) * 12 + high.month - low.month + 1
    if months > 12 * most / 2:
        every = max(1, -(-(high.year - low.year + 1) // most))
        years = [year for year in range(low.year, high.year + 1) if year % every == 0]
        return [(as_number(date(year, 1, 1)), str(year)) for year in years]
    every = next((n for n in (1, 2, 3, 6, 12) if months / n <= most), 12)
    found: list[tuple[float, str]] = []
    said = 0
    for i in range(months + 1):
        year, month = divmod(low.year * 12 + low.month - 1 + i, 12)
        day = date(year, month + 1, 1)
        if month % every or not low <= moment(as_number(day)) <= high:
            continue
        text = str(format_date(day, "MMM", locale=lang))
        found.append((as_number(day), text if year == said else f"{text}<br>{year}"))
        said = year
    return found


def rules(canvas: Canvas, axis: Axis, frame: Frame, across: Axis | None) -> None:
    """The grid of an axis, across the plot (or the part of it that the axis `across` takes)."""
    if not axis.said.get("visible", True) or not axis.said.get("showgrid"):
        return
    ink = colour(axis.said.get("gridcolor"), "#ddd")
    if axis.name.startswith("x"):
        ends = (across.start, across.end) if across else (frame.top, frame.top + frame.high)
        for at, _ in ticks(axis, "en"):
            canvas.add(element("line", x1=at, x2=at, y1=ends[0], y2=ends[1], stroke=ink))
    else:
        ends = (across.start, across.end) if across else (frame.left, frame.left + frame.wide)
        for at, _ in ticks(axis, "en"):
            canvas.add(element("line", x1=ends[0], x2=ends[1], y1=at, y2=at, stroke=ink))


def label(canvas: Canvas, axis: Axis, frame: Frame, lang: str) -> None:
    """The line, ticks and words of an axis."""
    said = axis.said
    if not said.get("visible", True):
        return
    font = said.get("tickfont") or {}
    size, ink = float(font.get("size", 12)), colour(font.get("color"), "#444")
    line = colour(said.get("linecolor"), "#999") if said.get("showline") else ""
    length = float(said.get("ticklen", 5)) if said.get("ticks") == "outside" else 0.0
    shown = said.get("showticklabels", True)
    if axis.name.startswith("x"):
        top = said.get("side") == "top"
        y = frame.top if top else frame.top + frame.high
        if line:
            canvas.add(element("line", x1=axis.start, x2=axis.end, y1=y, y2=y, stroke=line))
        for at, text in ticks(axis, lang):
            if length:
                canvas.add(
                    element(
                        "line", x1=at, x2=at, y1=y, y2=y + (-length if top else length), stroke=line or ink
                    )
                )
            if shown:
                place = y - length - 4 if top else y + length + 4
                vertical = "bottom" if top else "top"
                canvas.add(words(text, at, place, size=size, fill=ink, anchor="middle", vertical=vertical))
        return
    right = said.get("side") == "right"
    x = frame.left + frame.wide if right else frame.left
    if line:
        canvas.add(element("line", x1=x, x2=x, y1=axis.start, y2=axis.end, stroke=line))
    for at, text in ticks(axis, lang):
        if shown:
            place = x + length + 5 if right else x - length - 5
            anchor = "start" if right else "end"
            canvas.add(words(text.strip(), place, at, size=size, fill=ink, anchor=anchor))


def room(said: Mapping[str, Any]) -> float:
    """Px that the words of an upright axis take, where plotly would make room for them."""
    texts = said.get("ticktext") or ()
    size = float((said.get("tickfont") or {}).get("size", 12))
    return max((width(str(text).strip(), size) for text in texts), default=0.0) + 10
