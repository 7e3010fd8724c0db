"""Dash's components as plain HTML, for a file without scripts: the same words as on the page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from dash.development.base_component import Component
from markupsafe import Markup, escape

_VOID = frozenset({"Br", "Hr", "Img"})
_PLAIN = frozenset({"className", "title", "lang", "dir", "role"})
_TAGS = frozenset({
    "A", "B", "Bdi", "Blockquote", "Br", "Dd", "Del", "Div", "Dl", "Dt", "Em", "H1", "H2", "H3", "H4", "Hr",
    "I", "Ins", "Li", "Ol", "P", "Small", "Span", "Strong", "Sub", "Sup", "Table", "Tbody", "Td", "Th",
    "Thead", "Tr", "Ul",
})  # fmt: skip


def html_of(part: Any, base: str = "") -> Markup:
    """Components, texts and lists of them. Links lead to `base`; what needs a script becomes its content."""
    if isinstance(part, list | tuple):
        return Markup("").join(html_of(one, base) for one in part)
    if not isinstance(part, Component):
        return escape("" if part is None else str(part))
    props = part.to_plotly_json()["props"]
    inner = html_of(props.get("children"), base)
    name = "A" if part._type == "Link" else part._type
    said = {key: value for key, value in props.items() if key in _PLAIN and isinstance(value, str)}
    if name == "A":
        said["href"] = address(str(props.get("href") or ""), base)
    if name not in _TAGS or (name == "A" and not said["href"]):
        return inner
    attributes = Markup("").join(
        Markup(' {}="{}"').format("class" if key == "className" else key, value)
        for key, value in said.items()
    )
    close = Markup("") if name in _VOID else Markup("</{}>").format(name.lower())
    return Markup("<{}{}>{}{}").format(name.lower(), attributes, inner, close)


def address(href: str, base: str) -> str:
    """A link as it works from a file: this dashboard's own with its address before them, others if they are
    http(s) or mail; "" for anything else."""
    if href.startswith(("/", "?")) and not href.startswith("//"):
        return f"{base}{'' if href.startswith('/') else '/'}{href}"
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return href if (parts.scheme in {"http", "https"} and parts.netloc) or parts.scheme == "mailto" else ""


def emphasised(text: str) -> Markup:
    """A text of ours in which <b> is the one mark; everything else in it is shown as it is."""
    return Markup(str(escape(text)).replace("&lt;b&gt;", "<b>").replace("&lt;/b&gt;", "</b>"))  # noqa: S704
