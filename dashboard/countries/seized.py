"""Who seized, in the page: authorities and bodies, each a bar, a filter and a row of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd
from dash import html

from dashboard.components import card
from dashboard.components.panel import panel
from dashboard.components.still import Still
from dashboard.countries.bodies import Authority, Body, authorities, bodies, straddles, without_body
from dashboard.figures.agencies import Line, agencies_figure
from dashboard.figures.view import Look, View
from dashboard.filters import Filters
from dashboard.i18n import t, tablets
from dashboard.labels import of_country
from dashboard.release import Snapshot
from dashboard.selection import Selection

MOST_LINKS = 16


def who(selection: Selection, snapshot: Snapshot, look: Look, asked: str = "") -> list[Any]:
    """Two cards: by authority, which parts Syria's two governments, and by body. `asked`: see `card_menu`."""
    found = authorities(selection.events, selection.unstated_kind, selection.comparison)
    named = bodies(selection.events, snapshot, before=selection.comparison)
    note = _change(selection, look)
    return [
        panel(
            "authority",
            lambda: authority_view(found, selection, look),
            look.lang,
            label=snapshot.label,
            before=html.Div(
                [
                    html.P(note, className="notice--plain") if note else None,
                    _authority_links(found, selection.filters, look),
                ]
            ),
            asked=asked,
        ),
        panel(
            "bodies",
            lambda: bodies_view(named, selection, snapshot, look),
            look.lang,
            label=snapshot.label,
            before=_body_links(named, selection.filters, look),
            asked=asked,
        ),
        _table(named, look),
    ]


def _change(selection: Selection, look: Look) -> str:
    """Where Syria is looked at on both sides of the change of government, its announcers changed with it."""
    countries = selection.filters.countries()
    if countries and "SY" not in countries:
        return ""
    spans = [span for span in (selection.span, selection.comparison_span) if span]
    first = min((pd.Timestamp(span.start) for span in spans if span.start), default=None)
    first = None if any(span.start is None for span in spans) else first
    crossed = straddles(first, pd.Timestamp(max(span.end for span in spans)))
    return t("countries.change", lang=look.lang) if crossed else ""


def authority_name(one: Authority, look: Look) -> str:
    """`Iraq: federal government`; a state that has one authority here by its own name."""
    if not one.code:
        return t("countries.authority_unknown", lang=look.lang)
    if one.code == "other_state" and one.country:
        return look.country(one.country)
    name = look.label("authority", one.code)
    return f"{look.country(one.country)}: {name}" if one.code == "other" and one.country else name


def authority_view(found: tuple[Authority, ...], selection: Selection, look: Look) -> View:
    """Bars of events by authority."""
    blank = [one for one in found if not one.code]
    lines = [
        Line(
            authority_name(one, look),
            one.events,
            one.beside,
            one.before,
            code=one.code,
            country=one.country,
        )
        for one in found
        if one.code
    ]
    if blank:
        earlier = None if blank[0].before is None else sum(one.before or 0 for one in blank)
        lines.append(
            Line(
                t("countries.authority_unknown", lang=look.lang),
                sum(one.events for one in blank),
                sum(one.beside for one in blank),
                earlier,
                unknown=True,
            )
        )
    total = len(selection.events)
    known = total - sum(one.events for one in blank)
    compared = None if selection.comparison is None else len(selection.comparison)
    return agencies_figure(lines, look, total=total, known=known, compared=compared)


def bodies_view(named: tuple[Body, ...], selection: Selection, snapshot: Snapshot, look: Look) -> View:
    """Bars of events by seizing body; events that name none are the last bar."""
    silent = without_body(selection.events, snapshot)
    lines = [
        Line(
            body_name(one.code, one.country, look),
            one.events,
            before=one.before,
            code=one.code,
            country=one.country,
        )
        for one in named
    ]
    unknown = [Line(t("countries.body_unknown", lang=look.lang), silent, unknown=True)] if silent else []
    total = len(selection.events)
    compared = None if selection.comparison is None else len(selection.comparison)
    shown = [*lines[:11], *unknown, *lines[11:]]
    return agencies_figure(shown, look, total=total, known=total - silent, compared=compared, adds_up=False)


def body_name(code: str, country: str, look: Look) -> str:
    """A body's name, with its country where the name does not say it."""
    return of_country(look.label("agency_codes", code), country, look.lang)


def _links(items: list[tuple[str, int, Filters, bool]], label: str) -> Any:
    """A row of links that set a filter; the one in force takes it off again."""
    rows = [
        html.Li(
            html.A(
                [text, " ", html.B(f"{n:,}")],
                href="?" + goal.to_query(),
                className="js-state pick",
                **({"aria-current": "true"} if on else {}),
            )
        )
        for text, n, goal, on in items
    ]
    return html.Nav(Still(html.Ul(rows, className="picks")), **{"aria-label": label}) if rows else None


def _authority_links(found: tuple[Authority, ...], filters: Filters, look: Look) -> Any:
    own = [one for one in found if one.code and one.code not in {"other_state", "other"} and one.events]
    items = [
        (look.label("authority", one.code), one.events, *_toggled(filters, "authority", one.code))
        for one in own
    ]
    inner = _links(items, t("countries.filter_authority", lang=look.lang))
    return _folded(inner, "authority", look, on=bool(filters.authority))


def _body_links(named: tuple[Body, ...], filters: Filters, look: Look) -> Any:
    items = [
        (body_name(one.code, one.country, look), one.events, *_toggled(filters, "agency", one.code))
        for one in named[:MOST_LINKS]
    ]
    return _folded(
        _links(items, t("countries.filter_body", lang=look.lang)), "body", look, on=bool(filters.agency)
    )


def _folded(inner: Any, key: str, look: Look, *, on: bool) -> Any:
    """Links behind a word, open where one of them is in force."""
    if inner is None:
        return None
    return html.Details(
        [html.Summary(t(f"countries.filter_{key}", lang=look.lang)), inner], open=on, className="picks__more"
    )


def _toggled(filters: Filters, key: str, code: str) -> tuple[Filters, bool]:
    on = getattr(filters, key) == (code,)
    change: Mapping[str, Any] = MappingProxyType({key: () if on else (code,), "ignored": ()})
    return replace(filters, **change), on


def _table(named: tuple[Body, ...], look: Look) -> Any:
    """Every body with its authority, seizures and tablets."""
    if not named:
        return None
    lang = look.lang
    columns: dict[str, Callable[[Body], object]] = {
        t("countries.column_body", lang=lang): lambda one: body_name(one.code, one.country, look),
        t("countries.column_authority", lang=lang): lambda one: (
            look.country(one.country)
            if one.authority == "other_state"
            else look.label("authority", one.authority)
        ),
        look.t("column.events_counted"): lambda one: one.events,
        look.t("column.before"): lambda one: "" if one.before is None else f"{one.before}",
        t("countries.column_quantity", lang=lang): lambda one: one.with_quantity,
        look.t("column.tablets"): lambda one: "" if one.tablets is None else tablets(one.tablets, lang),
    }
    frame = pd.DataFrame({name: [value(one) for one in named] for name, value in columns.items()})
    return html.Details(
        [
            html.Summary(t("countries.all_bodies", lang=lang, n=len(named))),
            html.P(t("countries.bodies_overlap", lang=lang), className="card__foot"),
            Still(card.table(frame)),
        ],
        className="is-wide bodies-table",
    )
