"""The first screen: where, when and how much, within ten seconds."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html
from dash.dependencies import ALL, MATCH

from dashboard import release, watcher
from dashboard.answers import do_not_keep, keep
from dashboard.asked import language
from dashboard.cite.news import this_week
from dashboard.components import card, charts, filterbar, kpis, lists, reading, sentence, state
from dashboard.components.failure import drawn_softly, failing_softly
from dashboard.components.rich import rich
from dashboard.components.still import Still, drawn_still
from dashboard.figures.map import MapView
from dashboard.figures.template import CONFIG, MAP_CONFIG
from dashboard.figures.view import View
from dashboard.filters import GRAINS, SCALES, Filters
from dashboard.i18n import day, t
from dashboard.selection import Selection, apply

log = logging.getLogger(__name__)

CHARTS = ("events", "tablets", "how", "site")  # below the map and the border
NOTED = frozenset({"events", "tablets", "how", "site"})  # their first note says what is drawn


@failing_softly
def layout(**query: str) -> Any:
    """The page for a query string: words and numbers at once, the charts as they come."""
    lang = language()
    snapshot = watcher.current()
    filters = Filters.from_pairs((key, str(value)) for key, value in query.items())
    selection = apply(filters, snapshot)
    nothing = not (selection.count("events") or selection.count("unstated_kind"))
    return html.Div(
        [
            html.H1(t("site.title", lang=lang), className="visually-hidden"),
            filterbar.build(filters, snapshot, lang),
            dcc.Store(id="tiles", data=query.get("basemap") == "online"),
            html.Div(
                [
                    html.Div(state.notices(filters, lang)),
                    html.Div(
                        Still(_lead(selection, snapshot, lang)),
                        id="lead",
                        className="lead",
                        **{"aria-live": "polite"},
                    ),
                    html.Section(
                        Still(kpis.strip(selection, snapshot, lang)),
                        id="kpis",
                        className="kpis",
                        **{"aria-label": t("kpi.label", lang=lang)},
                    ),
                    html.Div(state.empty(selection, lang) if nothing else None, id="empty"),
                    html.Div(
                        _board(filters, lang, online=query.get("basemap") == "online"),
                        id="board",
                        className="board",
                        hidden=nothing,
                    ),
                    this_week(snapshot, datetime.now(UTC).date(), lang),
                ],
                className="page",
            ),
        ]
    )


def _lead(selection: Selection, snapshot: release.Snapshot, lang: str) -> list[Any]:
    said = sentence.lead(selection, snapshot, lang)
    words: list[Any] = []
    for fact in said.facts:
        words += [*rich(fact), " "]
    words.append(html.Span(said.caution, className="lead__caution"))
    meta = [
        t("lead.data_to", lang=lang, day=day(snapshot.data_complete_to, lang)),
        " · ",
        dcc.Link(t("lead.sure", lang=lang), href="/about"),
    ]
    return [
        html.P(words, className="lead__text"),
        html.Div(state.outside(selection, lang)),
        html.P(meta, className="lead__meta"),
    ]


def _board(filters: Filters, lang: str, *, online: bool) -> list[Any]:
    over_map = html.Div(
        [
            html.Div(id="map-beside", className="beside"),
            html.A(
                t("card.play", lang=lang),
                href="/sites?layer=all",
                className="play-link",
                **{"data-export": "/sites", "data-extra": "layer=all"},
            ),
            _tiles(online=online, lang=lang),
            html.Button(
                [
                    html.Span(t("card.open_map", lang=lang), className="when-shut"),
                    html.Span(t("card.close_map", lang=lang), className="when-open"),
                ],
                id="map-open",
                className="button map-open",
            ),
        ],
        className="over-map",
    )
    return [
        card.card("map", height=560, config=MAP_CONFIG, lang=lang, extra=over_map),
        card.card("border", height=560, config=CONFIG, lang=lang),
        card.card(
            "events",
            height=300,
            config=CONFIG,
            lang=lang,
            switches=_switch("grain", filters.grain, GRAINS, lang),
        ),
        card.card(
            "tablets",
            height=300,
            config=CONFIG,
            lang=lang,
            switches=_switch("scale", filters.scale, SCALES, lang),
        ),
        _list_card("largest", lang),
        card.card("how", height=160, config=CONFIG, lang=lang),
        _list_card("official", lang),
        card.card("site", height=160, config=CONFIG, lang=lang),
    ]


def _tiles(*, online: bool, lang: str) -> Any:
    """The switch for online tiles: a full load, because only such a page may fetch from their host."""
    switch = html.A(
        t("card.tiles_off" if online else "card.tiles_on", lang=lang),
        href="/" if online else "/?basemap=online",
        **{"data-export": "/", "data-extra": "" if online else "basemap=online"},
    )
    credit = [t("card.tiles_credit", lang=lang), " · "] if online else []
    return html.Span([*credit, switch], className="tiles")


def _list_card(name: str, lang: str) -> Any:
    return html.Section(
        [
            html.Div(html.H2(t(f"card.{name}", lang=lang), id=f"{name}-title"), className="card__head"),
            html.Div(t(f"card.{name}_sub", lang=lang), className="card__sub"),
            html.Div(html.Div(className="skeleton skeleton--list"), id=name),
        ],
        id=f"{name}-card",
        className=f"card card--{name}",
        **{"aria-labelledby": f"{name}-title"},
    )


def _switch(key: str, value: str, choices: tuple[str, ...], lang: str) -> Any:
    return html.Div(
        dmc.SegmentedControl(
            id={"type": "filter", "key": key},
            value=value,
            data=[{"value": name, "label": t(f"{key}.{name}", lang=lang)} for name in choices],
            size="xs",
            **{"aria-label": t(f"{key}.label", lang=lang)},
        ),
        className="switches",
    )


@callback(
    Output(*keep("lead", "children")),
    Output("kpis", "children"),
    Output("empty", "children"),
    Output("board", "hidden"),
    Input("query", "data"),
    prevent_initial_call=True,
)
def update_words(query: str) -> tuple[Any, ...]:
    """Sentence, key figures, and what to do where nothing is left."""
    selection = _selected(query)
    snapshot = selection.snapshot
    nothing = not (selection.count("events") or selection.count("unstated_kind"))
    return (
        drawn_still(_lead(selection, snapshot, language())),
        drawn_still(kpis.strip(selection, snapshot, language())),
        state.empty(selection, language()) if nothing else None,
        nothing,
    )


def _selected(query: str) -> Selection:
    return apply(Filters.from_query(query or ""), watcher.current())


def _drawn(
    name: str, filters: Filters, snapshot: release.Snapshot, theme: str, *, tiles: bool = False
) -> View:
    lang = language()

    def draw() -> View:
        if name == "map":
            return charts.the_map(filters, snapshot, theme, tiles=tiles, lang=lang)
        return charts.chart(name, filters, snapshot, theme, brush=charts.can_brush(), lang=lang)

    return drawn_softly(draw, name, filters, theme, lang)


def _with_words(view: View, name: str, selection: Selection, label: str) -> dict[str, Any]:
    lang = language()
    return card.worded(view, _sub(name, selection, lang), label, lang, says_drawn=name in NOTED)


def _sub(name: str, selection: Selection, lang: str) -> str:
    """What a card's figure shows, and whether it counts what nobody has reviewed."""
    words = {
        "grain": t(f"grain.{charts.grain(selection)}_word", lang=lang),
        "scale": t(f"scale.{selection.filters.scale}_word", lang=lang),
    }
    return f"{t(f'card.{name}_sub', lang=lang, **words)} · {reading.basis(selection, lang)}"


def _listed(build: Callable[[], Any], label: str) -> Any:
    """A list with its source; as with figures, one that fails says so and the others stand."""
    try:
        source = html.P(card.source(label, language()), className="card__foot")
        return drawn_still([build(), source])
    except Exception:
        log.exception("a list of the overview failed")
        do_not_keep()
        return html.P(t("error.figure", lang=language()), className="card__foot")


# Asked for in this order, and answered in it where nobody asked before: while the server works on the next
# part, the browser draws the last.
@callback(
    Output(*keep("border", "figure")),
    Output("largest", "children"),
    Output("official", "children"),
    Input("query", "data"),
    Input("theme", "data"),
)
def update_border(query: str, theme: str) -> tuple[Any, ...]:
    """The chart of the border, and the lists."""
    selection = _selected(query)
    filters, snapshot = selection.filters, selection.snapshot
    view = _drawn("border", filters, snapshot, theme)
    seen = charts.look(snapshot, theme, language())
    return (
        _with_words(view, "border", selection, snapshot.label),
        _listed(lambda: lists.largest_table(selection, seen), snapshot.label),
        _listed(lambda: lists.official_list(selection, snapshot, seen), snapshot.label),
    )


@callback(
    Output(*keep("map", "figure")),
    Output("map-beside", "children"),
    Input("query", "data"),
    Input("theme", "data"),
    State("tiles", "data"),
)
def update_map(query: str, theme: str, tiles: bool) -> tuple[Any, Any]:
    """The map and the list of what no map can show."""
    selection = _selected(query)
    filters, snapshot = selection.filters, selection.snapshot
    view = _drawn("map", filters, snapshot, theme, tiles=bool(tiles))
    beside = (
        drawn_still(lists.beside_map(view, filters, charts.look(snapshot, theme, language())))
        if isinstance(view, MapView) and view.beside
        else None
    )
    return _with_words(view, "map", selection, snapshot.label), beside


@callback(
    *(Output(*keep(name, "figure")) for name in CHARTS),
    Input("query", "data"),
    Input("theme", "data"),
)
def update_charts(query: str, theme: str) -> tuple[Any, ...]:
    """The other figures: one answer, since each makes Dash look through the whole page."""
    selection = _selected(query)
    filters, snapshot = selection.filters, selection.snapshot
    return tuple(
        _with_words(_drawn(name, filters, snapshot, theme), name, selection, snapshot.label)
        for name in CHARTS
    )


@callback(
    Output({"type": "table", "name": MATCH}, "children"),
    Input({"type": "table-wanted", "name": MATCH}, "data"),
    State({"type": "table-wanted", "name": MATCH}, "id"),
    State("theme", "data"),
    prevent_initial_call=True,
)
def update_table(query: str, which: dict[str, str], theme: str) -> Any:
    """The words and the table of a figure, once a reader has them open."""
    snapshot = watcher.current()
    view = _drawn(which["name"], Filters.from_query(query or ""), snapshot, theme)
    return card.words_and_table(view)


def register() -> None:
    """What the browser does alone: choosing marks, brushing a period, opening tables and the map."""
    clientside_callback(
        ClientsideFunction("state", "wantTable"),
        Output({"type": "table-wanted", "name": ALL}, "data"),
        Input({"type": "table-open", "name": ALL}, "n_clicks"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("state", "choose"),
        Output("ids", "data"),
        Input("map", "clickData"),
        Input("map", "selectedData"),
        Input("border", "clickData"),
        Input("border", "selectedData"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("state", "openMap"),
        Output("map-card", "className"),
        Input("map-open", "n_clicks"),
        prevent_initial_call=True,
    )
    for name in charts.BRUSHED:
        clientside_callback(
            ClientsideFunction("state", "brush"),
            Output(f"{name}-card", "title"),
            Input(name, "selectedData"),
            prevent_initial_call=True,
        )


register()
dash.register_page(__name__, path="/", name="overview", order=0, in_nav=True, layout=layout)
