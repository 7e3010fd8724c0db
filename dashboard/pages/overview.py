"""The first screen."""

from __future__ import annotations

from typing import Any

import dash
from dash import html


def layout(**query: str) -> Any:
    return html.Div(str(query))


dash.register_page(__name__, path="/", name="overview", order=0, in_nav=True, layout=layout)
