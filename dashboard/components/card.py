"""A figure in the page: title, chart, what is drawn of what, and the same in words and as a table."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.components.card_menu import card_menu
from dashboard.figures.template import spoken
from dashboard.figures.view import View
from dashboard.i18n import DEFAULT, t

TABLE_ROWS = 500
_EVENT = re.compile(r"CAP-\d{6,9}")


def card(
    name: str,
    *,
    height: int,
    config: dict[str, Any],
    lang: str = DEFAULT,
    switches: Any = None,
    extra: Any = None,
    tables: str = "table",
) -> Any:
    """An empty card; its callbacks fill `<name>` (the graph) and its table, whose id is of type `tables`.

    assets/cards.js writes `<name>-sub` and `<name>-foot` with each figure.
    """
    graph = dcc.Graph(id=name, config={**config, **spoken(lang)}, className="card__plot")
    return html.Section(
        [
            html.Div(
                [html.H2(t(f"card.{name}", lang=lang), id=f"{name}-title"), switches, card_menu(name, lang)],
                className="card__head",
            ),
            html.Div(id=f"{name}-sub", className="card__sub"),
            html.Figure(
                [html.Div(className="skeleton"), html.Div(graph, className=f"{name}-pane card__pane")],
                className="card__graph",
                style={"--h": f"{height}px", "margin": 0},
                **{"aria-labelledby": f"{name}-title"},
            ),
            extra,
            html.Div(id=f"{name}-foot", className="card__foot"),
            html.Details(
                [
                    html.Summary(
                        t("card.details", lang=lang), id={"type": f"{tables}-open", "name": name}, n_clicks=0
                    ),
                    dcc.Store(id={"type": f"{tables}-wanted", "name": name}),
                    html.Div(id={"type": tables, "name": name}),
                ],
            ),
        ],
        id=f"{name}-card",
        className=f"card card--{name}",
    )


def worded(view: View, sub: str, label: str, lang: str, *, says_drawn: bool) -> dict[str, Any]:
    """The drawing of `view` with what stands over and under it, which assets/cards.js writes there.

    Every property that a callback sets makes Dash look through the whole page once more. `sub` stands over
    it; under it, its notes (see `foot`) and the release `label` as its source.
    """
    below = [*foot(view, lang, says_drawn=says_drawn), source(label, lang)]
    layout = view.drawing["layout"]
    meta = {**layout.get("meta", {}), "card": {"sub": sub, "foot": below}}
    return {**view.drawing, "layout": {**layout, "meta": meta}}


def source(label: str, lang: str) -> str:
    """The last line under a figure or a table: whence it is, with the release `label`."""
    return t("card.source", lang=lang, label=label)


def foot(view: View, lang: str = DEFAULT, *, says_drawn: bool = False) -> list[str]:
    """Paragraphs below a chart: how much of the selection it draws, then its notes.

    `says_drawn`: the first of the view's own notes says what is drawn.
    """
    notes = list(view.notes)
    drawn = (
        notes.pop(0)
        if says_drawn and notes
        else t("card.drawn", lang=lang, drawn=view.drawn, total=view.total)
    )
    return [_stop(drawn), *([" ".join(_stop(note) for note in notes)] if notes else [])]


def _stop(note: str) -> str:
    return note if note.endswith((".", ")", "!", "?")) else f"{note}."


def words_and_table(view: View) -> list[Any]:
    """The summary and the table of a figure."""
    return [html.P(view.summary), table(view.table)]


def table(frame: pd.DataFrame, *, name: str = "") -> Any:
    """A plain table; numbers stand at the end of their cells. Cells may be components."""
    numeric = [pd.api.types.is_numeric_dtype(frame[column]) for column in frame]
    head = html.Tr(
        [
            html.Th(column, scope="col", className="num" if n else "")
            for column, n in zip(frame, numeric, strict=True)
        ]
    )
    body = [
        html.Tr(
            [
                html.Td(_cell(value), className="num" if n else "")
                for value, n in zip(row, numeric, strict=True)
            ]
        )
        for row in frame.head(TABLE_ROWS).itertuples(index=False, name=None)
    ]
    return html.Div(
        html.Table([html.Thead(head), html.Tbody(body)], className=f"table {name}".strip()),
        className="table-scroll",
        tabIndex=0,
    )


def _cell(value: Any) -> Any:
    if isinstance(value, str) and _EVENT.fullmatch(value):  # to choose an event without a pointer
        return dcc.Link(value, href=f"/event/{value}")
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
