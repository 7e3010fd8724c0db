"""Production sites, routes, and a map that plays through time: `/sites`."""

from __future__ import annotations

from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html

from dashboard.asked import language
from dashboard.components import charts, filterbar, state
from dashboard.components.card_menu import card_menu
from dashboard.components.failure import failing_softly
from dashboard.export.charts import offer
from dashboard.figures.template import MAP_CONFIG
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.sites import view
from dashboard.watcher import current


@failing_softly
def layout(**query: str) -> Any:
    """The page for a query string; `layer` and `step` set the two switches of the map."""
    snapshot, lang = current(), language()
    filters = Filters.from_pairs((key, str(value)) for key, value in query.items())
    name = query.get("layer", "sites")
    name = name if name in view.LAYERS else "sites"
    step = query.get("step", "month")
    step = step if step in view.GRAINS else "month"
    theme = charts.theme_of_request()
    return html.Div(
        [
            filterbar.build(filters, snapshot, lang),
            html.Div(
                [
                    html.Div(state.notices(filters, lang)),
                    html.H1(t("sites.title", lang=lang)),
                    html.P(t("sites.lead", lang=lang), className="desk__lead"),
                    html.Section(
                        [
                            html.Div(
                                [
                                    html.H2(t(f"card.{view.MAP}", lang=lang), id=f"{view.MAP}-title"),
                                    html.Div(id="sites-menu"),
                                ],
                                className="card__head",
                            ),
                            view.controls(name, step, lang),
                            html.Div(
                                html.Div(
                                    dcc.Graph(id="sites-plot", config=MAP_CONFIG, className="card__plot"),
                                    id=view.MAP,
                                    className="map-pane card__pane",
                                ),
                                className="card__graph play-map",
                            ),
                            html.Div(id="sites-beside"),
                        ],
                        id=f"{view.MAP}-card",
                        className="card",
                        **{"aria-labelledby": f"{view.MAP}-title"},
                    ),
                    html.Div(view.lists(filters, snapshot, theme, lang), id="sites-lists", className="desk"),
                    dcc.Store(id="sites-kept"),
                ],
                className="page countries",
            ),
        ]
    )


@callback(
    Output("sites-plot", "figure"),
    Output("sites-beside", "children"),
    Output("sites-menu", "children"),
    Input("query", "data"),
    Input("theme", "data"),
    Input("sites-layer", "value"),
    Input("sites-step", "value"),
)
def update_map(query: str, theme: str, layer: str, step: str) -> tuple[Any, Any, Any]:
    """The map with all its marks: a step of the play asks nothing of the server."""
    snapshot, lang = current(), language()
    drawn, _rows = view.layer(
        layer, step, Filters.from_query(query or ""), snapshot, charts.look(snapshot, theme, lang)
    )
    menu = card_menu(view.MAP, lang, f"layer={layer}")
    return drawn.drawing, view.below_map(drawn, snapshot.label, lang), menu


@callback(
    Output("sites-lists", "children"),
    Input("query", "data"),
    Input("theme", "data"),
    prevent_initial_call=True,
)
def update_lists(query: str, theme: str) -> Any:
    """The lists and the ways after a change of the filters."""
    return view.lists(Filters.from_query(query or ""), current(), theme, language())


for _switch, _key in (("sites-layer", "layer"), ("sites-step", "step")):
    clientside_callback(
        ClientsideFunction("desk", f"keep_{_key}"),
        Output("sites-kept", "data", allow_duplicate=True),
        Input(_switch, "value"),
        prevent_initial_call=True,
    )
offer(view.MAP, view.as_data)
dash.register_page(__name__, path="/sites", name="sites", order=4, in_nav=True, layout=layout)
