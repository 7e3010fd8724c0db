"""All seizures of a state of the filters, as a table: `/records`."""

from __future__ import annotations

from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html

from dashboard.asked import language
from dashboard.components import filterbar, state
from dashboard.components.failure import failing_softly
from dashboard.components.still import Still
from dashboard.filters import MAX_IDS, Filters
from dashboard.i18n import t
from dashboard.listing import LISTS, listed
from dashboard.records.cards import cards
from dashboard.records.grid import CHOICES, SHOWN, SORTABLE, grid
from dashboard.records.rows import rows
from dashboard.release import Snapshot
from dashboard.selection import Selection, apply
from dashboard.watcher import current


@failing_softly
def layout(**query: str) -> Any:
    """The page in the state of its address: filters, list, columns and sorting."""
    snapshot, lang = current(), language()
    filters = Filters.from_pairs(query.items())
    name = query.get("list", "shown")
    name = name if name in LISTS else "shown"
    selection = apply(filters, snapshot)
    data = rows(listed(selection, name), snapshot, lang)
    shown = tuple(column for column in query.get("columns", "").split(",") if column in CHOICES) or SHOWN
    sort = query.get("sort", "")
    sort = sort if sort.lstrip("-") in SORTABLE else ""
    return html.Div(
        [
            filterbar.build(filters, snapshot, lang),
            html.Div(
                [
                    html.Div(state.notices(filters, lang), id="records-notices"),
                    html.Div(
                        [html.H1(t("records.title", lang=lang)), _columns(shown, lang)],
                        className="records__head",
                    ),
                    dcc.Store(id="records-list", data=name),
                    dcc.Store(id="records-state"),
                    html.Nav(_lists(selection, name, lang), id="records-lists", className="records__lists"),
                    html.P(
                        _sentence(selection, name, lang), id="records-sentence", className="records__sentence"
                    ),
                    html.P(t("records.hint", lang=lang), className="records__hint"),
                    _narrowed(lang),
                    html.Div(
                        grid(data, shown, sort, lang),
                        id="records-table",
                        className="records__table",
                        hidden=not data,
                    ),
                    html.Ul(
                        Still(cards(data, filters.to_query(), lang)), id="records-cards", className="cards"
                    ),
                    html.Div(_nothing(data, selection, name, lang), id="records-empty"),
                    html.P(t("caveat_short", lang=lang), className="source-line"),
                ],
                className="page records",
            ),
        ]
    )


def _columns(shown: tuple[str, ...], lang: str) -> Any:
    """Which columns the table shows: a list of boxes behind a button."""
    boxes = dcc.Checklist(
        id="records-columns",
        options=[{"label": t(f"records.column.{name}", lang=lang), "value": name} for name in CHOICES],
        value=list(shown),
        className="records__boxes",
    )
    return html.Details(
        [
            html.Summary(t("records.columns", lang=lang), className="button button--plain"),
            html.Div(boxes, className="menu__panel"),
            dcc.Store(id="records-usual", data=list(SHOWN)),
        ],
        className="menu records__columns",
    )


def _lists(selection: Selection, chosen: str, lang: str) -> list[Any]:
    """The lists with their counts; empty ones are left out, but for the one that is open."""
    found = []
    for name in LISTS:
        n = len(listed(selection, name))
        if not n and name not in {"shown", chosen}:
            continue
        query = "&".join(
            part for part in (selection.filters.to_query(), "" if name == "shown" else f"list={name}") if part
        )
        found.append(
            html.A(
                [t(f"records.list.{name}", lang=lang), " ", html.B(f"{n:,}")],
                href="/records" + (f"?{query}" if query else ""),
                className="records__list",
                **{"aria-current": "true" if name == chosen else "false"},
            )
        )
    return found


def _sentence(selection: Selection, name: str, lang: str) -> str:
    rest = selection.count("unstated_kind")
    if name != "shown":
        return t(f"records.about.{name}", lang=lang)
    beside = t("records.beside", lang=lang, n=rest) if rest else ""
    unread = t("records.unreviewed", lang=lang, n=selection.unreviewed) if selection.unreviewed else ""
    shown = t("records.about.shown", lang=lang, n=selection.count("events"))
    return " ".join(part for part in (shown, beside, unread) if part)


def _narrowed(lang: str) -> Any:
    texts = {
        "some": t("records.narrowed", lang=lang),
        "many": t("records.too_many", lang=lang),
        "most": MAX_IDS,
    }
    return html.Div(
        [
            html.Span(id="records-narrowed-text"),
            " ",
            html.A(t("download.xlsx", lang=lang), id="records-narrowed-xlsx", href=""),
            " ",
            html.A(t("download.csv", lang=lang), id="records-narrowed-csv", href=""),
            dcc.Store(id="records-texts", data=texts),
        ],
        id="records-narrowed",
        className="records__narrowed",
        role="status",
        hidden=True,
    )


def _nothing(data: list[Any], selection: Selection, name: str, lang: str) -> Any:
    if data:
        return None
    return (
        state.empty(selection, lang)
        if name == "shown"
        else html.P(t("records.none", lang=lang), className="empty")
    )


@callback(
    Output("records-grid", "rowData"),
    Output("records-table", "hidden"),
    Output("records-cards", "children"),
    Output("records-lists", "children"),
    Output("records-sentence", "children"),
    Output("records-empty", "children"),
    Output("records-notices", "children"),
    Input("query", "data"),
    State("records-list", "data"),
    prevent_initial_call=True,
)
def update(query: str, name: str) -> tuple[Any, ...]:
    """The page after a change of the filters."""
    snapshot, lang = current(), language()
    selection = apply(Filters.from_query(query or ""), snapshot)
    data = _data(selection, name, snapshot, lang)
    return (
        data,
        not data,
        Still(cards(data, query or "", lang)),
        _lists(selection, name, lang),
        _sentence(selection, name, lang),
        _nothing(data, selection, name, lang),
        state.notices(selection.filters, lang),
    )


def _data(selection: Selection, name: str, snapshot: Snapshot, lang: str) -> list[dict[str, Any]]:
    return rows(listed(selection, name), snapshot, lang)


clientside_callback(
    ClientsideFunction("records", "choose"),
    Output("records-grid", "columnDefs"),
    Input("records-columns", "value"),
    State("records-usual", "data"),
    State("records-grid", "columnDefs"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("records", "state"),
    Output("records-state", "data"),
    Input("records-grid", "columnState"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("records", "narrowed"),
    Output("records-narrowed", "hidden"),
    Output("records-narrowed-text", "children"),
    Output("records-narrowed-xlsx", "href"),
    Output("records-narrowed-csv", "href"),
    Input("records-grid", "virtualRowData"),
    State("records-grid", "filterModel"),
    State("records-texts", "data"),
    prevent_initial_call=True,
)
dash.register_page(__name__, path="/records", name="records", order=5, in_nav=True, layout=layout)
