"""The table of countries by years in the page: each cell a link that sets the filters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dash import dcc, html

from dashboard.countries.years import Cell, Years
from dashboard.figures import heat
from dashboard.figures.view import Look
from dashboard.filters import Filters
from dashboard.i18n import day, t


def table(found: Years, measure: str, filters: Filters, end: date, look: Look) -> Any:
    """The countries with most seizures, the others behind a word, and the key of the shades.

    `end` is the last day with complete data.
    """
    first, rest = found.countries[: heat.SHOWN_COUNTRIES], found.countries[heat.SHOWN_COUNTRIES :]
    lang = look.lang
    more = (
        html.Details(
            [
                html.Summary(t("countries.more", lang=lang, n=len(rest))),
                _scroll(replace(found, countries=rest), measure, filters, end, look),
            ],
            className="heat__more",
        )
        if rest
        else None
    )
    return html.Div(
        [_key(measure, look), _scroll(replace(found, countries=first), measure, filters, end, look), more]
    )


def _scroll(found: Years, measure: str, filters: Filters, end: date, look: Look) -> Any:
    early, years = heat.columns(found)
    lang = look.lang
    heads = [html.Th(t("countries.country", lang=lang), scope="col", className="heat__name")]
    if early:
        heads.append(html.Th(t("countries.up_to", lang=lang, year=str(early[-1])), scope="col"))
    for year in years:
        partly = year == end.year and (end.month, end.day) != (12, 31)
        note = html.Small(t("countries.to_day", lang=lang, day=day(end, lang))) if partly else None
        heads.append(html.Th([str(year), note], scope="col", className="is-partial" if partly else ""))
    heads.append(html.Th(t("countries.no_year", lang=lang), scope="col"))
    body = [html.Tr(_row(found, code, measure, filters, look)) for code in found.countries]
    return html.Div(
        html.Div(html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="heat")),
        className="heat-scroll",
        tabIndex=0,
        role="group",
        **{"aria-label": t("countries.heat_title", lang=lang)},
    )


def _row(found: Years, code: str, measure: str, filters: Filters, look: Look) -> list[Any]:
    early, years = heat.columns(found)
    name = html.Th(dcc.Link(look.country(code), href=f"/country/{code}"), scope="row", className="heat__name")
    cells = [_td(found.cell(code, year), measure, filters, look) for year in years]
    if early:
        n = sum(found.cell(code, year).events for year in early)
        cells.insert(
            0, _plain(n, replace(_of(filters, code), since="all", date_to=date(early[-1], 12, 31)), look)
        )
    cells.append(_plain(found.cell(code, None).events, replace(_of(filters, code), since="all"), look))
    return [name, *cells]


def _of(filters: Filters, code: str) -> Filters:
    opened = filters.without("date_from", "date_to", "admin1", "ids", "vs_from", "vs_to")
    return replace(opened, country=(code,), ignored=())


def chosen(cell: Cell, filters: Filters) -> Filters:
    """The filters with the country and the year of a cell instead of their own."""
    year = cell.year or 1990
    return replace(
        _of(filters, cell.country), since="", date_from=date(year, 1, 1), date_to=date(year, 12, 31)
    )


def _plain(n: int, target: Filters, look: Look) -> Any:
    """Years that stand together, or none: the number of seizures alone, whatever the measure."""
    if not n:
        return html.Td("", className="heat__side")
    words = t("countries.n_seizures", lang=look.lang, n=n)
    return html.Td(
        html.A(f"{n:,}", href="?" + target.to_query(), className="js-state", **{"aria-label": words}),
        className="heat__side",
    )


def _td(cell: Cell, measure: str, filters: Filters, look: Look) -> Any:
    shown = heat.shade(cell, measure, look)
    small = html.Small(shown.small) if shown.small else None
    name = f"heat__cell heat__cell--{shown.level}" + (" is-silent" if shown.silent else "")
    if shown.silent and not cell.unstated:
        return html.Td(html.Span([shown.text, small]), className=name)
    goal = chosen(cell, filters)
    here = (goal.country, goal.date_from, goal.date_to) == (
        filters.country,
        filters.date_from,
        filters.date_to,
    )
    link = html.A(
        [shown.text, small],
        href="?" + goal.to_query(),
        className="js-state",
        title=t("countries.choose", lang=look.lang, country=look.country(cell.country), year=str(cell.year)),
        **({"aria-current": "true"} if here else {}),
    )
    return html.Td(link, className=name)


def _key(measure: str, look: Look) -> Any:
    lang = look.lang
    steps = [
        html.Li([html.I(className=f"heat__swatch heat__cell--{i}", **{"aria-hidden": "true"}), text])
        for i, text in enumerate(heat.legend(measure, look), start=1)
    ]
    silent = html.Li(
        [
            html.I(className="heat__swatch is-silent", **{"aria-hidden": "true"}),
            t("countries.key_silent", lang=lang),
        ]
    )
    return html.Ul([*steps, silent], className="heat__key")
