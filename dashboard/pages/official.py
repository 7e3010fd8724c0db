"""Official and UN totals beside the seizures of the same place and period: `/official`."""

from __future__ import annotations

from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, callback, clientside_callback, html

from dashboard.asked import language
from dashboard.components import filterbar, state
from dashboard.components.failure import failing_softly
from dashboard.components.still import Still
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.reconcile import view
from dashboard.watcher import current


@failing_softly
def layout(**query: str) -> Any:
    """The page in the state of its address. A total has its id for an anchor: `/official#AGG-R0b916f50`."""
    snapshot, lang = current(), language()
    filters = Filters.from_pairs((key, str(value)) for key, value in query.items())
    return html.Div(
        [
            filterbar.build(filters, snapshot, lang),
            html.Div(
                [
                    html.Div(state.notices(filters, lang), id="official-notices"),
                    html.H1(t("totals.title", lang=lang)),
                    html.P(t("totals.lead", lang=lang), className="totals__lead"),
                    html.Details(
                        [
                            html.Summary(t("totals.how", lang=lang)),
                            html.P(t("totals.how_text", lang=lang)),
                        ],
                        className="totals__how",
                    ),
                    html.Div(Still(view.body(filters, snapshot, lang)), id="official-body"),
                    html.P(t("caveat_short", lang=lang), className="source-line"),
                ],
                className="page official-page",
            ),
        ]
    )


@callback(
    Output("official-body", "children"),
    Output("official-notices", "children"),
    Input("query", "data"),
    prevent_initial_call=True,
)
def update(query: str) -> tuple[Any, Any]:
    """The page after a change of the filters."""
    snapshot, lang = current(), language()
    filters = Filters.from_query(query or "")
    return Still(view.body(filters, snapshot, lang)), state.notices(filters, lang)


clientside_callback(
    ClientsideFunction("official", "show"),
    Output("official-body", "title"),
    Input("official-body", "children"),
)
dash.register_page(__name__, path="/official", name="official", order=6, in_nav=True, layout=layout)
