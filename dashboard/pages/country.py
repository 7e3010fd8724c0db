"""One country: `/country/IQ`."""

from __future__ import annotations

from typing import Any

import dash
from dash import Input, Output, State, callback, dcc, html

from dashboard import labels
from dashboard.asked import language
from dashboard.components import charts, state
from dashboard.components.failure import failing_softly
from dashboard.countries import country
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.watcher import current


@failing_softly
def layout(code: str = "", **query: str) -> Any:
    """The page of a country by its ISO code; for one without any report, the words for that."""
    snapshot, lang = current(), language()
    code = code.upper()
    if not country.known(code, snapshot):
        return html.Div(
            [
                html.H1(t("country.unknown", lang=lang)),
                html.P(t("country.unknown_hint", lang=lang)),
                dcc.Link(t("country.table", lang=lang), href="/countries"),
            ],
            className="page empty",
        )
    filters = Filters.from_pairs((key, str(value)) for key, value in query.items())
    return html.Div(
        [
            html.Div(state.notices(filters, lang), className="page"),
            dcc.Store(id="country-asked", data={"code": code, "query": filters.to_query()}),
            html.Div(country.page(code, filters, snapshot, charts.theme_of_request(), lang), id="country"),
        ]
    )


@callback(
    Output("country", "children"),
    Input("theme", "data"),
    State("country-asked", "data"),
    prevent_initial_call=True,
)
def update(theme: str, asked: dict[str, str]) -> Any:
    """The page in the other colours."""
    filters = Filters.from_query(asked["query"])
    return country.page(asked["code"], filters, current(), theme, language())


def page_title(code: str = "", **_query: str) -> str:
    """`Iraq: reported seizures`."""
    lang = language()
    return t("country.page_title", lang=lang, country=labels.country(code.upper(), lang))


dash.register_page(
    __name__, path_template="/country/<code>", name="country", title=page_title, layout=layout, in_nav=False
)
