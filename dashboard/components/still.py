"""A part of the page that no callback looks into, as one component.

Dash keeps a subscription for every component and asks all of them at every change of the page: a list of a
hundred parts costs more than a chart. A `Still` holds its parts as plain data; assets/still.js draws them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from dash.development.base_component import Component


class Still(Component):
    """Html components, `dcc.Link`s and texts, or lists of them; ids in them mean nothing to Dash."""

    _namespace = "captagon"
    _type = "Still"
    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = []
    _prop_names: ClassVar[list[str]] = ["content"]
    _valid_wildcard_attributes: ClassVar[list[str]] = []
    available_properties: ClassVar[list[str]] = ["content"]
    available_wildcard_properties: ClassVar[list[str]] = []

    def __init__(self, content: Any) -> None:
        super().__init__(content=_plain(content))


def drawn_still(content: Any) -> dict[str, Any]:
    """A `Still` as a callback returns it: without a component in it, an answer is written as JSON at once.

    With one, plotly looks through all values of the answer, the figures beside it too, in Python.
    """
    found: dict[str, Any] = Still(content).to_plotly_json()
    return found


def _plain(part: Any) -> Any:
    """`{"type": "Li", "props": {"children": ...}}` for components, at any depth; texts as they are."""
    if isinstance(part, Component):
        props = part.to_plotly_json()["props"]
        return {"type": part._type, "props": props | {"children": _plain(props.get("children"))}}
    return [_plain(one) for one in part] if isinstance(part, list | tuple) else part
