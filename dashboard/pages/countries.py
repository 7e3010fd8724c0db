"""Countries by years, who seized, how the ways change, and with whom: `/countries`."""

from __future__ import annotations

from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html

from dashboard.asked import language
from dashboard.components import charts, filterbar, state
from dashboard.components.failure import failing_softly
from dashboard.countries import page, views
from dashboard.export.charts import offer
from dashboard.figures import heat
from dashboard.figures.multiples import BY
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.watcher import current


@failing_softly
def layout(**query: str) -> Any:
    """The page for a query string; `measure` and `by` set its two switches."""
    snapshot, lang = current(), language()
    filters = Filters.from_pairs((key, str(value)) for key, value in query.items())
    measure = query.get("measure", heat.EVENTS)
    measure = measure if measure in heat.MEASURES else heat.EVENTS
    by = query.get("by", "country")
    by = by if by in BY else "country"
    theme = charts.theme_of_request()
    return html.Div(
        [
            filterbar.build(filters, snapshot, lang),
            html.Div(
                [
                    html.Div(state.notices(filters, lang)),
                    html.H1(t("countries.title", lang=lang)),
                    html.P(t("countries.lead", lang=lang), className="desk__lead"),
                    html.Section(
                        [
                            html.Div(
                                [
                                    html.H2(t("countries.heat_title", lang=lang), id="heat-title"),
                                    page.measures(measure, lang),
                                ],
                                className="card__head",
                            ),
                            html.P(
                                [
                                    t("countries.heat_sub", lang=lang),
                                    " ",
                                    html.A(
                                        t("countries.csv", lang=lang),
                                        href="/export/countries-by-year.csv",
                                        **{"data-export": "/export/countries-by-year.csv"},
                                    ),
                                ],
                                className="card__sub",
                            ),
                            html.Div(
                                page.table(filters, snapshot, theme, measure, lang), id="countries-table"
                            ),
                        ],
                        id="heat-card",
                        className="card card--heat",
                        **{"aria-labelledby": "heat-title"},
                    ),
                    html.Div(
                        [html.H2(t("countries.chosen", lang=lang)), page.groupings(by, lang)],
                        className="card__head desk__second",
                    ),
                    html.Div(page.body(filters, snapshot, theme, by, lang), id="countries-body"),
                    dcc.Store(id="countries-kept"),
                ],
                className="page countries",
            ),
        ]
    )


@callback(
    Output("countries-table", "children"),
    Input("query", "data"),
    Input("theme", "data"),
    Input("countries-measure", "value"),
    prevent_initial_call=True,
)
def update_table(query: str, theme: str, measure: str) -> Any:
    """The table after a change of the filters or of its measure."""
    return page.table(Filters.from_query(query or ""), current(), theme, measure, language())


@callback(
    Output("countries-body", "children"),
    Input("query", "data"),
    Input("theme", "data"),
    Input("countries-by", "value"),
    prevent_initial_call=True,
)
def update_body(query: str, theme: str, by: str) -> Any:
    """The rest of the page."""
    return page.body(Filters.from_query(query or ""), current(), theme, by, language())


for _switch, _key in (("countries-measure", "measure"), ("countries-by", "by")):
    clientside_callback(
        ClientsideFunction("desk", f"keep_{_key}"),
        Output("countries-kept", "data", allow_duplicate=True),
        Input(_switch, "value"),
        prevent_initial_call=True,
    )
for _name, _maker in views.OFFERED.items():
    offer(_name, _maker)
dash.register_page(__name__, path="/countries", name="countries", order=3, in_nav=True, layout=layout)
