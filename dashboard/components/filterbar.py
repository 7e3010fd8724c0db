"""The filters, on every page that shows seizures: a bar, a drawer for the rest, a bottom bar on phones.

Each widget has the id {"type": "filter", "key": <key of the query string>} and the property `value`;
`assets/state.js` turns them into the query string (store `query`) and back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html
from dash.dependencies import ALL

from dashboard.asked import language
from dashboard.brief.menu import brief_menu
from dashboard.citation import cite_release
from dashboard.cite.menu import link_menu
from dashboard.components import drawer, reading, state
from dashboard.components.drawer import COMBOBOX, widget_id
from dashboard.components.still import Still
from dashboard.filters import PERIODS, SCOPES, Filters
from dashboard.i18n import DEFAULT, t
from dashboard.release import Snapshot
from dashboard.selection import apply
from dashboard.watcher import current

FORMATS = ("xlsx", "csv", "geojson", "parquet")


def build(filters: Filters, snapshot: Snapshot, lang: str = DEFAULT) -> Any:
    """Bar, drawer and bottom bar for a page, set to `filters`."""
    read = reading.switch(apply(filters, snapshot), snapshot, lang)
    in_bar = bool(snapshot.machine_read.any())  # where there is nothing to switch, the drawer says so
    return html.Div(
        [
            dcc.Store(id="query", data=filters.to_query()),
            dcc.Store(id="ids", data=list(filters.ids)),
            html.Section(
                html.Div(
                    [
                        html.Div(_bar(filters, snapshot, lang), className="filter-bar__row"),
                        html.Div(state.chips(filters, snapshot, lang), id="chips", className="chips"),
                    ],
                    className="page",
                ),
                id="filter-bar",
                className="filter-bar",
                **{"aria-label": t("filter.label", lang=lang)},
            ),
            html.Div(read, className="page") if in_bar else None,
            drawer.build(filters, snapshot, lang, read=None if in_bar else read),
            _bottom(snapshot, lang),
            html.Div(id="toast", className="toast", role="status"),
        ]
    )


def _badge(filters: Filters) -> str:
    return str(state.active_count(filters) or "")


def _citation(filters: Filters, snapshot: Snapshot, lang: str) -> str:
    return cite_release(
        snapshot, accessed=datetime.now(UTC).date(), lang=lang, query=filters.to_query(), read=filters.read
    )


def _bar(filters: Filters, snapshot: Snapshot, lang: str) -> list[Any]:
    period = _period(filters)
    return [
        html.Div(
            dmc.SegmentedControl(
                id=widget_id("scope"),
                value=filters.scope,
                data=[{"value": name, "label": t(f"scope.{name}", lang=lang)} for name in SCOPES],
                className="scope-tabs",
                **{"aria-label": t("filter.scope", lang=lang)},
            ),
            className="filter-bar__scope",
        ),
        dmc.Select(
            id=widget_id("period"),
            value=period,
            data=_period_choices(snapshot, lang),
            allowDeselect=False,
            size="sm",
            className="filter-bar__period",
            comboboxProps=COMBOBOX,
            **{"aria-label": t("filter.period", lang=lang)},
        ),
        html.Div(
            dmc.DatePickerInput(
                id=widget_id("dates"),
                type="range",
                value=_dates(filters, snapshot),
                minDate="2006-01-01",
                maxDate=snapshot.data_complete_to.isoformat(),
                valueFormat="D MMM YYYY",
                size="sm",
                placeholder=t("filter.dates", lang=lang),
                popoverProps={"zIndex": 400},
                **{"aria-label": t("filter.dates", lang=lang)},
            ),
            id="custom-dates",
            className="filter-bar__dates",
            hidden=period != "custom",
        ),
        dmc.TextInput(
            id=widget_id("q"),
            value=filters.q,
            debounce=350,
            size="sm",
            placeholder=t("filter.search", lang=lang),
            className="filter-bar__search",
            **{"aria-label": t("filter.search_label", lang=lang)},
        ),
        html.Div(
            [
                html.Button(
                    [
                        t("filter.more", lang=lang),
                        html.Span(_badge(filters), id="active-count", className="badge"),
                    ],
                    id="drawer-open",
                    className="button",
                ),
                html.A(t("filter.clear", lang=lang), href="?", className="button button--plain js-state"),
                link_menu(snapshot, lang),
                brief_menu(lang),
                _downloads(filters, snapshot, lang),
            ],
            className="filter-bar__actions",
        ),
    ]


def _period(filters: Filters) -> str:
    """The choice of the period menu that these filters are: a preset, a calendar year, or custom."""
    start, end = filters.date_from, filters.date_to
    if not start and not end:
        return filters.since
    whole = start and end and start.year == end.year and f"{start:%m%d}{end:%m%d}" == "01011231"
    return str(start.year) if start and whole else "custom"


def _period_choices(snapshot: Snapshot, lang: str) -> list[dict[str, str]]:
    years = sorted({int(year) for year in snapshot.seizures["year"].dropna().unique()}, reverse=True)
    presets = [{"value": name, "label": t(f"period.{name}", lang=lang)} for name in PERIODS]
    return [
        *presets,
        {"value": "custom", "label": t("period.custom", lang=lang)},
        *({"value": str(year), "label": str(year)} for year in years),
    ]


def _dates(filters: Filters, snapshot: Snapshot) -> list[str | None]:
    span = filters.span(snapshot.data_complete_to)
    if _period(filters) != "custom":
        return [None, None]
    return [span.start.isoformat() if span.start else None, span.end.isoformat()]


def _downloads(filters: Filters, snapshot: Snapshot, lang: str) -> Any:
    items = [
        html.Li(
            html.A(
                t(f"download.{suffix}", lang=lang),
                href=f"/export/seizures.{suffix}",
                **{
                    "data-export": f"/export/seizures.{suffix}",
                    "data-extra": "for=excel" if suffix == "xlsx" else "",
                },
            )
        )
        for suffix in FORMATS
    ]
    items.append(html.Li(html.A(t("download.everything", lang=lang), href="/export/seizures.csv?all=1")))
    return html.Details(
        [
            html.Summary(t("filter.download", lang=lang), className="button button--plain"),
            html.Div(
                [
                    html.P(t("download.shown", lang=lang)),
                    Still(html.Ul(items)),
                    html.P(t("download.cite", lang=lang)),
                    html.Blockquote(_citation(filters, snapshot, lang), id="citation"),
                ],
                className="menu__panel",
            ),
        ],
        className="menu",
    )


def _bottom(snapshot: Snapshot, lang: str) -> Any:
    return html.Div(
        [
            html.Button(t("filter.bottom", lang=lang), id="drawer-open-phone"),
            link_menu(snapshot, lang, up=True),
            brief_menu(lang, up=True),
            html.A(
                t("filter.download", lang=lang),
                href="/export/seizures.xlsx",
                **{"data-export": "/export/seizures.xlsx"},
            ),
        ],
        className="bottom-bar",
    )


def update(query: str) -> tuple[Any, ...]:
    """What the bar says of the filters in force."""
    snapshot = current()
    filters = Filters.from_query(query or "")
    selection = apply(filters, snapshot)
    return (
        state.chips(filters, snapshot, language()),
        _badge(filters),
        state.show_label(selection, language()),
        _citation(filters, snapshot, language()),
        reading.label(selection, language()),
    )


def register() -> None:
    """The client-side wiring, once for an app; pages only listen to the store `query`."""
    clientside_callback(
        ClientsideFunction("state", "changed"),
        Output("query", "data"),
        Input({"type": "filter", "key": ALL}, "value"),
        Input("ids", "data"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("state", "dates"),
        Output("custom-dates", "hidden"),
        Output("custom-vs", "hidden"),
        Input(widget_id("period"), "value"),
        Input(widget_id("vs"), "value"),
    )
    clientside_callback(
        ClientsideFunction("state", "drawer"),
        Output("drawer", "opened"),
        Input("drawer-open", "n_clicks"),
        Input("drawer-open-phone", "n_clicks"),
        Input("drawer-close", "n_clicks"),
        State("drawer", "opened"),
        prevent_initial_call=True,
    )
    clientside_callback(
        ClientsideFunction("state", "carry"),
        Output({"type": "carry", "path": ALL}, "href"),
        Input("query", "data"),
        State({"type": "carry", "path": ALL}, "id"),
    )
    callback(
        Output("chips", "children"),
        Output("active-count", "children"),
        Output("drawer-close", "children"),
        Output("citation", "children"),
        Output("read-box", "label"),
        Input("query", "data"),
        prevent_initial_call=True,
    )(update)
