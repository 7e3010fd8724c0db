"""SVG as text: elements with escaped attributes, words with the few marks of plotly, hatched fills."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import pairwise

LINE = 1.25  # of the font size, from one line of a text to the next
_TAG = re.compile(r"<(/?)([a-z]+)([^<>]*)>", re.IGNORECASE)
_COLOUR = re.compile(r"color:\s*(#[0-9a-fA-F]{3,8}|[a-z]{3,20}|rgba?\([\d.,\s]{1,40}\))")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_RLI, _PDI = "\u2067", "\u2069"
_SAFE_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|rgba?\([\d.,%\s]{1,40}\)|[a-z]{3,20}|url\(#[\w-]{1,40}\)")
# XML 1.0 can't hold these, not even as references.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def number(value: float) -> str:
    """A coordinate to a tenth of a pixel, as short as it can be: the same drawing gives the same bytes."""
    text = f"{value:.1f}"
    return text.removesuffix(".0").replace("-0", "0") if text in {"-0.0", "0.0"} else text.removesuffix(".0")


def element(tag: str, content: str = "", **attributes: object) -> str:
    """One element; `content` is markup already. Names have `_` for `-`; None leaves an attribute out."""
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{said}>{content}</{tag}>" if content else f"<{tag}{said}/>"


def _attribute(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(float(value))
    return escape(_NOT_XML.sub("", str(value)), quote=True)


def plain(text: str) -> str:
    """A text as content of an element."""
    return escape(_NOT_XML.sub("", text), quote=False)


def colour(value: object, otherwise: str = "none") -> str:
    """A colour as plotly has it, if it is one."""
    text = str(value)
    return text if _SAFE_COLOUR.fullmatch(text) else otherwise


def isolate(text: str) -> str:
    """Arabic words run right to left, wherever in a drawing they stand; other texts as they are."""
    return f"{_RLI}{text}{_PDI}" if _RIGHT_TO_LEFT.search(text) else text


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look within a line."""

    text: str
    bold: bool = False
    colour: str = ""


def lines(markup: str) -> list[list[Run]]:
    """Plotly's pseudo-HTML (b, br, span with a colour) as lines of runs; every other tag is dropped."""
    found: list[list[Run]] = [[]]
    bold, colours, at = 0, [""], 0

    def add(text: str) -> None:
        if text:
            found[-1].append(Run(unescape(text), bold > 0, colours[-1]))

    for tag in _TAG.finditer(markup):
        add(markup[at : tag.start()])
        at = tag.end()
        name, closes = tag[2].lower(), bool(tag[1])
        if name == "br":
            found.append([])
        elif name in {"b", "strong"}:
            bold = max(0, bold + (-1 if closes else 1))
        elif name == "span" and closes:
            colours = colours[:-1] or [""]
        elif name == "span":
            inner = _COLOUR.search(tag[3])
            colours.append(inner[1] if inner else colours[-1])
    add(markup[at:])
    return found


def width(markup: str, size: float) -> float:
    """About how many px a text takes; letters of Inter are half as wide as high, on average."""
    return (
        max(
            (sum(len(run.text) * (0.58 if run.bold else 0.53) for run in line) for line in lines(markup)),
            default=0.0,
        )
        * size
    )


def words(
    markup: str,
    x: float,
    y: float,
    *,
    size: float = 12,
    fill: str = "#000",
    anchor: str = "start",
    vertical: str = "middle",
    angle: float = 0,
    halo: str | None = None,
    bold: bool = False,
) -> str:
    """A text at a point: `anchor` start, middle or end, `vertical` top, middle or bottom of all its lines."""
    rows = lines(markup)
    height = LINE * size * (len(rows) - 1)
    first = (
        y + {"top": 0.85 * size, "middle": 0.35 * size - height / 2, "bottom": -0.2 * size - height}[vertical]
    )
    inner = "".join(
        element("tspan", _runs(row), x=x, y=first + i * LINE * size) for i, row in enumerate(rows) if row
    )
    return (
        element(
            "text",
            inner,
            x=x,
            y=first,
            font_size=size,
            fill=colour(fill, "#000"),
            text_anchor=None if anchor == "start" else anchor,
            font_weight=600 if bold else None,
            transform=f"rotate({number(angle)} {number(x)} {number(y)})" if angle else None,
            stroke=halo,
            stroke_width=3 if halo else None,
            stroke_linejoin="round" if halo else None,
            paint_order="stroke" if halo else None,
        )
        if inner
        else ""
    )


def _runs(row: list[Run]) -> str:
    """A line of Arabic is isolated as a whole, so that its parts keep their order."""
    whole = "".join(run.text for run in row)
    mark = bool(_RIGHT_TO_LEFT.search(whole))
    parts = [
        element("tspan", plain(run.text), font_weight=600 if run.bold else None, fill=run.colour or None)
        if run.bold or run.colour
        else plain(run.text)
        for run in row
        if run.text
    ]
    return f"{_RLI if mark else ''}{''.join(parts)}{_PDI if mark else ''}"


def path(points: Iterable[tuple[float, float]], *, close: bool = False) -> str:
    """The data of a path through points; equal neighbours are drawn once."""
    said = [f"{number(x)},{number(y)}" for x, y in points]
    kept = said[:1] + [b for a, b in pairwise(said) if a != b]
    return f"M{' '.join(kept)}{'Z' if close else ''}" if kept else ""


@dataclass
class Canvas:
    """A drawing in the making: its parts, and the fills and clips that they name."""

    width: float
    height: float
    name: str
    parts: list[str] = field(default_factory=list)
    defs: dict[str, str] = field(default_factory=dict)

    def add(self, part: str) -> None:
        if part:
            self.parts.append(part)

    def hatch(self, ink: str, back: str, shape: str = "/") -> str:
        """A fill of strokes or dots, for what is not known or not reviewed."""
        key = f"fill {shape} {ink} {back}"
        if key not in self.defs:
            ink = colour(ink, "#888")
            mark = (
                element("circle", cx=3, cy=3, r=1.1, fill=ink)
                if shape == "."
                else element("path", d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", stroke=ink, stroke_width=1.1)
            )
            ground = element("rect", width=6, height=6, fill=colour(back))
            self.defs[key] = element(
                "pattern",
                ground + mark,
                id=f"{self.name}-{len(self.defs)}",
                width=6,
                height=6,
                patternUnits="userSpaceOnUse",
            )
        return self._named(key)

    def _named(self, key: str) -> str:
        """How a part names one of the definitions: by its number."""
        return f"url(#{self.name}-{list(self.defs).index(key)})"

    def clip(self, x: float, y: float, wide: float, high: float) -> str:
        """A rectangle to which parts are cut."""
        key = f"clip {x} {y} {wide} {high}"
        if key not in self.defs:
            rect = element("rect", x=x, y=y, width=wide, height=high)
            self.defs[key] = element("clipPath", rect, id=f"{self.name}-{len(self.defs)}")
        return self._named(key)

    def finished(self, title: str, summary: str) -> str:
        """The whole drawing; a screen reader reads its title and the summary."""
        ids = f"{self.name}-t {self.name}-d"
        head = element("title", plain(title), id=f"{self.name}-t") + element(
            "desc", plain(summary), id=f"{self.name}-d"
        )
        defs = element("defs", "".join(self.defs.values())) if self.defs else ""
        return element(
            "svg",
            head + defs + "".join(self.parts),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {number(self.width)} {number(self.height)}",
            width=self.width,
            height=self.height,
            direction="ltr",
            role="img",
            aria_labelledby=ids,
        )
