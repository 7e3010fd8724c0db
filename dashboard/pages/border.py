"""The border page: the straightened Iraq-Syria line, the same events on the map, two periods compared."""

from __future__ import annotations

from functools import partial
from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html
from dash.dependencies import ALL, MATCH

from dashboard import release, watcher
from dashboard.answers import keep
from dashboard.asked import language
from dashboard.border import cards, panel, table
from dashboard.border.pair import pair
from dashboard.components import card, charts, filterbar, lists, reading, state
from dashboard.components.failure import drawn_softly, failing_softly
from dashboard.components.still import Still, drawn_still
from dashboard.export.charts import offer
from dashboard.figures.border_line import PAGE
from dashboard.figures.border_sites import HEIGHT as SITES_HEIGHT
from dashboard.figures.map import MapView
from dashboard.figures.template import CONFIG, MAP_CONFIG
from dashboard.figures.view import View
from dashboard.filters import Filters
from dashboard.i18n import t

TABLES = "border-table"
NOTED = frozenset({"strip-density", "strip-sites"})  # their first note says what is drawn
# A reader draws a rectangle or a lasso round marks; the other buttons would edit the chart.
CHOOSING = {
    **CONFIG,
    "modeBarButtons": [["select2d", "lasso2d"]],
    "modeBarButtonsToRemove": [],
}


@failing_softly
def layout(**query: str) -> Any:
    """The page for a query string: words and table at once, the figures as they come."""
    lang, snapshot = language(), watcher.current()
    filters = Filters.from_pairs((key, str(value)) for key, value in query.items())
    return html.Div(
        [
            filterbar.build(filters, snapshot, lang),
            dcc.Store(id="strip-narrow"),
            html.Div(
                [
                    html.Div(state.notices(filters, lang)),
                    html.H1(t("border.title", lang=lang), className="border-title"),
                    html.Div(
                        Still(panel.lead(pair(filters, snapshot, lang), snapshot, lang)),
                        id="border-lead",
                        className="lead lead--border",
                        **{"aria-live": "polite"},
                    ),
                    html.Div(
                        [
                            html.Div(
                                Still(panel.controls(filters, snapshot, lang)),
                                id="border-controls",
                                className="border-choices",
                            ),
                            panel.own_distance(filters, lang),
                        ],
                        className="border-filters",
                    ),
                    html.Div(
                        Still(panel.undecided(pair(filters, snapshot, lang), snapshot, lang)),
                        id="border-undecided",
                    ),
                    html.Div(_board(filters, snapshot, lang), className="board board--border"),
                ],
                className="page",
            ),
        ]
    )


def _board(filters: Filters, snapshot: release.Snapshot, lang: str) -> list[Any]:
    over_map = html.Div(
        [
            html.Div(id="strip-map-beside", className="beside"),
            html.Button(
                [
                    html.Span(t("card.open_map", lang=lang), className="when-shut"),
                    html.Span(t("card.close_map", lang=lang), className="when-open"),
                ],
                id="strip-map-open",
                className="button map-open",
            ),
        ],
        className="over-map",
    )
    found = pair(filters, snapshot, lang)
    return [
        card.card("strip", height=PAGE.height, config=CHOOSING, lang=lang, tables=TABLES),
        html.Div(
            [
                card.card(
                    "strip-map",
                    height=cards.MAP_HEIGHT,
                    config=MAP_CONFIG,
                    lang=lang,
                    extra=over_map,
                    tables=TABLES,
                ),
                _section(
                    "strip-list",
                    html.Div(Still(panel.events(found, charts.look(snapshot, "", lang))), id="strip-list"),
                    lang,
                ),
            ],
            className="border-side",
        ),
        card.card("strip-density", height=cards.DENSITY_HEIGHT, config=CONFIG, lang=lang, tables=TABLES),
        card.card("strip-sites", height=SITES_HEIGHT, config=CONFIG, lang=lang, tables=TABLES),
        _section(
            "border-sectors",
            [
                html.Div(Still(table.table(found, snapshot, lang)), id="border-sectors"),
                html.P(
                    [
                        html.A(
                            t("border.csv", lang=lang),
                            href="/export/border-sectors.csv",
                            **{"data-export": "/export/border-sectors.csv"},
                        ),
                        " · ",
                        t("border.table_note", lang=lang),
                        " ",
                        card.source(snapshot.label, lang),
                    ],
                    className="card__foot",
                ),
            ],
            lang,
        ),
    ]


def _section(name: str, content: Any, lang: str) -> Any:
    return html.Section(
        [
            html.Div(html.H2(t(f"card.{name}", lang=lang), id=f"{name}-title"), className="card__head"),
            html.Div(t(f"card.{name}_sub", lang=lang), className="card__sub"),
            html.Div(content),
        ],
        className=f"card card--{name}",
        **{"aria-labelledby": f"{name}-title"},
    )


def _drawn(name: str, filters: Filters, snapshot: release.Snapshot, theme: str, *, narrow: bool) -> View:
    lang = language()
    draw = partial(cards.chart, name, filters, snapshot, theme, narrow=narrow, lang=lang)
    return drawn_softly(draw, name, filters, theme, lang)


def _with_words(view: View, name: str, filters: Filters, snapshot: release.Snapshot) -> dict[str, Any]:
    lang = language()
    basis = reading.basis(pair(filters, snapshot, lang).selection, lang)
    sub = f"{t(f'card.{name}_sub', lang=lang)} · {basis}"
    return card.worded(view, sub, snapshot.label, lang, says_drawn=name in NOTED)


@callback(
    *(Output(*keep(name, "figure")) for name in cards.NAMES),
    Output("strip-map-beside", "children"),
    Input("query", "data"),
    Input("theme", "data"),
    Input("strip-narrow", "data"),
)
def update_figures(query: str, theme: str, narrow: bool | None) -> tuple[Any, ...]:
    """Every figure: one answer for one change of the filters."""
    snapshot = watcher.current()
    filters = Filters.from_query(query or "")
    views = [_drawn(name, filters, snapshot, theme, narrow=bool(narrow)) for name in cards.NAMES]
    beside = next((view for view in views if isinstance(view, MapView) and view.beside), None)
    seen = charts.look(snapshot, theme, language())
    return (
        *(_with_words(view, name, filters, snapshot) for name, view in zip(cards.NAMES, views, strict=True)),
        drawn_still(lists.beside_map(beside, filters, seen)) if beside else None,
    )


@callback(
    Output(*keep("border-lead", "children")),
    Output("border-controls", "children"),
    Output("border-undecided", "children"),
    Output("border-sectors", "children"),
    Output("strip-list", "children"),
    Input("query", "data"),
    prevent_initial_call=True,
)
def update_words(query: str) -> tuple[Any, ...]:
    """Answer, controls, undecided events, table and list after a change of the filters."""
    snapshot, lang = watcher.current(), language()
    filters = Filters.from_query(query or "")
    found = pair(filters, snapshot, lang)
    return (
        drawn_still(panel.lead(found, snapshot, lang)),
        drawn_still(panel.controls(filters, snapshot, lang)),
        drawn_still(panel.undecided(found, snapshot, lang)),
        drawn_still(table.table(found, snapshot, lang)),
        drawn_still(panel.events(found, charts.look(snapshot, "", lang))),
    )


@callback(
    Output({"type": TABLES, "name": MATCH}, "children"),
    Input({"type": f"{TABLES}-wanted", "name": MATCH}, "data"),
    State({"type": f"{TABLES}-wanted", "name": MATCH}, "id"),
    State("theme", "data"),
    prevent_initial_call=True,
)
def update_table(query: str, which: dict[str, str], theme: str) -> Any:
    """The words and the table of a figure, once a reader has them open."""
    view = _drawn(which["name"], Filters.from_query(query or ""), watcher.current(), theme, narrow=False)
    return card.words_and_table(view)


def register() -> None:
    """What the browser does alone: choosing marks, the width of the screen, opening tables and the map."""
    clientside_callback(
        ClientsideFunction("state", "wantTable"),
        Output({"type": f"{TABLES}-wanted", "name": ALL}, "data"),
        Input({"type": f"{TABLES}-open", "name": ALL}, "n_clicks"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("state", "choose"),
        Output("ids", "data", allow_duplicate=True),
        Input("strip", "clickData"),
        Input("strip", "selectedData"),
        Input("strip-map", "clickData"),
        Input("strip-map", "selectedData"),
        Input("strip-density", "clickData"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("border", "narrow"),
        Output("strip-narrow", "data"),
        Input("strip-narrow", "id"),
    )
    clientside_callback(
        ClientsideFunction("border", "within"),
        Output("border-within", "title"),
        Input("border-within", "value"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("border", "shown"),
        Output("border-within", "value"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("border", "openMap"),
        Output("strip-map-card", "className"),
        Input("strip-map-open", "n_clicks"),
        prevent_initial_call=True,
    )


register()
for _name in cards.NAMES:
    offer(_name, cards.data(_name))
dash.register_page(__name__, path="/border", name="border", order=1, in_nav=True, layout=layout)
