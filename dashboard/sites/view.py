"""The page of sites and routes, put together: the map that plays, the list of sites, the ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import dcc, html

from dashboard.components import charts
from dashboard.components.card import source
from dashboard.components.panel import panel, section
from dashboard.components.still import Still
from dashboard.figures import amounts, when
from dashboard.figures.flow import flow_figure
from dashboard.figures.map import MapView
from dashboard.figures.play import play_figure
from dashboard.figures.view import Look, View
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.labels import named
from dashboard.release import Snapshot
from dashboard.routes import matrix_view
from dashboard.routes.ends import gathered, journeys, matrix
from dashboard.selection import apply, spoken
from dashboard.sites.production import Sites, production

LAYERS = ("sites", "all")
GRAINS = ("month", "quarter")
MAP = "sites-map"
"""The card of the map, which has its picture and its data in a menu as others have."""
_COLUMNS = ("date", "place", "status", "found", "capacity", "authority")


def layer(
    name: str, grain: str, filters: Filters, snapshot: Snapshot, look: Look
) -> tuple[MapView, pd.DataFrame]:
    """The map of production sites and stores, or of all seizures shown; with the rows that it draws.

    Undated events are on the map as long as nothing is played, as they are in the lists.
    """
    if name == "sites":
        found = production(filters, snapshot)
        rows = pd.concat([found.labs, found.stores]).drop(columns="status")
    else:
        rows = apply(filters, snapshot).drawn
    rows = named(rows, look.lang)
    span = filters.span(snapshot.data_complete_to)
    view = play_figure(
        rows,
        look,
        grain=grain if grain in GRAINS else "month",
        start=span.start,
        end=span.end,
        scope=filters.scope,
        areas=snapshot.areas,
    )
    return view, rows


def as_data(filters: Filters, snapshot: Snapshot, lang: str, query: Mapping[str, str]) -> View:
    """What the map shows, for its file; `layer` in the address as on the page."""
    name, grain = query.get("layer", LAYERS[0]), query.get("step", GRAINS[0])
    return layer(name, grain, filters, snapshot, charts.look(snapshot, "light", lang))[0]


def controls(name: str, grain: str, lang: str) -> Any:
    """Switches for the layer and the step; the player itself, which assets/play.js moves."""
    return html.Div(
        [
            html.Div(
                [
                    _switch("sites-layer", name, LAYERS, "sites.layer", lang),
                    _switch("sites-step", grain, GRAINS, "play.step", lang),
                ],
                className="switches",
            ),
            html.Div(
                [
                    _button("start", lang, **{"aria-pressed": "false"}),
                    _button("back", lang),
                    _button("next", lang),
                    html.Div(className="play__slider", **{"data-label": t("play.slider", lang=lang)}),
                    html.Span(className="play__name", **{"aria-hidden": "true"}),
                    _button("all", lang),
                    _switch("play-how", "own", ("own", "until"), "play.how", lang),
                    html.P(
                        id=f"{MAP}-sub", className="play__said", role="status", **{"aria-live": "polite"}
                    ),  # and in a picture of the map, what it shows
                ],
                id="play",
                className="play",
                role="group",
                **{"aria-label": t("play.title", lang=lang), "data-map": MAP},
            ),
        ]
    )


def _button(key: str, lang: str, **more: str) -> Any:
    return html.Button(
        html.Span(t(f"play.{key}", lang=lang)),
        className=f"button play__{key}",
        type="button",
        title=t(f"play.{key}_title", lang=lang),
        **more,
    )


def _switch(name: str, value: str, choices: tuple[str, ...], words: str, lang: str) -> Any:
    return dmc.SegmentedControl(
        id=name,
        value=value,
        data=[{"value": one, "label": t(f"{words}.{one}", lang=lang)} for one in choices],
        size="xs",
        **{"aria-label": t(f"{words}.label", lang=lang)},
    )


def below_map(view: MapView, label: str, lang: str) -> list[Any]:
    """What is not on the map, the notes, and the release `label` as its source."""
    beside = [html.Li([one.name, " ", html.B(f"{one.n:,}")]) for one in view.beside]
    listed = (
        html.Div(
            [html.Span(t("sites.beside", lang=lang), className="beside__title"), html.Ul(beside)],
            className="beside",
        )
        if beside
        else None
    )
    notes = [note if note.endswith(".") else f"{note}." for note in view.notes]
    return [
        listed,
        html.P(t("card.drawn", lang=lang, drawn=view.drawn, total=view.total), className="card__foot"),
        *(html.P(note, className="card__foot") for note in notes),
        html.P(source(label, lang), className="card__foot"),
    ]


def lists(filters: Filters, snapshot: Snapshot, theme: str, lang: str) -> list[Any]:
    """The sites, the stores, and the ways."""
    look = charts.look(snapshot, theme, lang)
    found = production(filters, snapshot)
    selection = spoken(filters, snapshot, lang)
    ways = journeys(selection.drawn)
    both = matrix(gathered(ways))
    known = matrix(ways).both_countries
    return [
        section("production", _production(found, filters, look), lang, label=snapshot.label, wide=True),
        section(
            "routes",
            [
                html.P(
                    t("routes.said", lang=lang, n=both.total, both=known)
                    + (
                        " " + t("routes.beside", lang=lang, n=len(selection.unstated_kind))
                        if len(selection.unstated_kind)
                        else ""
                    ),
                    className="said",
                ),
                Still(matrix_view.table(both, look)),
                html.P(t("routes.matrix_note", lang=lang), className="card__foot"),
            ],
            lang,
            label=snapshot.label,
            wide=True,
        ),
        panel("flow", lambda: flow_figure(ways, look), lang, label=snapshot.label, wide=True),
    ]


def _production(found: Sites, filters: Filters, look: Look) -> list[Any]:
    lang = look.lang
    parts: list[Any] = [html.P(_said(found, look), className="said")]
    if len(found.labs):
        parts.append(_table(named(found.labs, lang), look))
    if found.elsewhere > 0:
        wide = Filters(scope="all", since="all", vs="none", read=filters.read)
        parts.append(
            html.P(
                html.A(
                    t("sites.elsewhere", lang=lang, n=found.elsewhere),
                    href="?" + wide.to_query(),
                    className="js-state",
                )
            )
        )
    if len(found.stores):
        parts.append(
            html.Details(
                [
                    html.Summary(t("sites.stores", lang=lang, n=len(found.stores))),
                    _table(named(found.stores, lang), look),
                ]
            )
        )
    return [*parts, html.P(t("sites.status_note", lang=lang), className="card__foot")]


def _said(found: Sites, look: Look) -> str:
    labs = found.labs
    if labs.empty:
        return t("sites.none", lang=look.lang)
    counts = labs["status"].value_counts()
    parts = [t(f"sites.count.{name}", lang=look.lang, n=int(n)) for name, n in counts.items()]
    text = t("sites.said", lang=look.lang, n=len(labs), parts=look.t("list_join").join(parts))
    if len(found.undated):
        text += " " + t("sites.undated", lang=look.lang, n=len(found.undated))
    return text


def _table(frame: pd.DataFrame, look: Look) -> Any:
    head = [html.Th(t(f"sites.column.{key}", lang=look.lang), scope="col") for key in _COLUMNS]
    body = [html.Tr(_row(row, look)) for row in frame.itertuples()]
    return html.Div(
        Still(
            html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="table table--stack sites")
        ),
        className="table-scroll table-scroll--tall",
        tabIndex=0,
    )


def _row(row: Any, look: Look) -> list[Any]:
    lang = look.lang
    home = look.country(str(row.country))
    parts = [part for part in (str(row.place), str(row.admin1)) if part and part != home]
    where = look.t("list_join").join(dict.fromkeys([*parts, home]))
    precision = look.label("place_precision", str(row.place_precision))
    cells = {
        "date": (when.text(row, lang) or look.t("undated"), "nowrap muted"),
        "place": (
            [dcc.Link(where, href=f"/event/{row.event_id}"), " ", html.Small(precision, className="muted")],
            "",
        ),
        "status": (
            html.Span(t(f"sites.status.{row.status}", lang=lang), className=f"status status--{row.status}"),
            "nowrap",
        ),
        "found": (_found(row, look), ""),
        "capacity": (html.Q(str(row.capacity_as_reported)) if row.capacity_as_reported else "", ""),
        "authority": (_authority(row, look), "muted"),
    }
    return [
        html.Td(value, className=name, **{"data-label": t(f"sites.column.{key}", lang=lang)})
        for key, (value, name) in cells.items()
    ]


def _authority(row: Any, look: Look) -> str:
    if row.authority in {"other_state", ""}:
        return look.country(str(row.announced_by).split("|")[0] or str(row.country))
    return look.label("authority", str(row.authority))


def _found(row: Any, look: Look) -> str:
    """The amount where one is counted, else the words of the source, else that none is stated."""
    if row.tablets_best > 0:
        return t("sites.tablets", lang=look.lang, amount=amounts.tablets(row, look))
    form = look.label("form", str(row.form))
    if row.kg_best > 0:
        return t("sites.kg", lang=look.lang, amount=f"{row.kg_best:,.6g}", form=form)
    return look.t("no_quantity") if row.form in {"tablets", "unknown"} else form
