"""The page for addresses that lead nowhere."""

from __future__ import annotations

from typing import Any

import dash
from dash import dcc, html

from dashboard.asked import language
from dashboard.i18n import t


def layout(**_query: str) -> Any:
    """Says so, and leads back."""
    return html.Div(
        html.Div(
            [
                html.H1(t("error.not_found", lang=language())),
                html.P(t("error.not_found_hint", lang=language())),
                dcc.Link(t("nav.overview", lang=language()), href="/"),
            ],
            className="empty",
        ),
        className="page",
    )


dash.register_page(__name__, path="/404", name="not_found", layout=layout, in_nav=False)
