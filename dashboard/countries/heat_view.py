"""The table of countries by years in the page: each cell a link that sets the filters to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from dash import dcc, html

from dashboard.countries.years import Cell, Years, between, everywhere
from dashboard.figures import heat
from dashboard.figures.view import Look
from dashboard.filters import Filters
from dashboard.i18n import day, t


@dataclass(frozen=True, slots=True)
class Asked:
    """What the cells of a table share. `older` are the years of the first column as one cell a country, `end`
    is the last day with complete data."""

    found: Years
    older: Mapping[str, Cell]
    measure: str
    filters: Filters
    end: date
    look: Look


def table(asked: Asked) -> Any:
    """The countries with most seizures, the others behind a word, and the key of the shades."""
    countries = asked.found.countries
    first, rest = countries[: heat.SHOWN_COUNTRIES], countries[heat.SHOWN_COUNTRIES :]
    more = (
        html.Details(
            [html.Summary(t("countries.more", lang=asked.look.lang, n=len(rest))), _scroll(rest, asked)],
            className="heat__more",
        )
        if rest
        else None
    )
    return html.Div([_key(asked.measure, asked.look), _scroll(first, asked), more])


def _scroll(countries: Sequence[str], asked: Asked) -> Any:
    early, years = heat.columns(asked.found)
    lang, end = asked.look.lang, asked.end
    heads = [html.Th(t("countries.country", lang=lang), scope="col", className="heat__name")]
    if early:
        heads.append(html.Th(_up_to(early, lang), scope="col"))
    for year in years:
        partly = year == end.year and (end.month, end.day) != (12, 31)
        note = html.Small(t("countries.to_day", lang=lang, day=day(end, lang))) if partly else None
        heads.append(html.Th([str(year), note], scope="col", className="is-partial" if partly else ""))
    heads.append(html.Th(t("countries.no_year", lang=lang), scope="col"))
    body = [html.Tr(_row(code, asked)) for code in countries]
    return html.Div(
        html.Div(html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="heat")),
        className="heat-scroll",
        tabIndex=0,
        role="group",
        **{"aria-label": t("countries.heat_title", lang=lang)},
    )


def _up_to(years: Sequence[int], lang: str) -> str:
    return t("countries.up_to", lang=lang, year=str(years[-1]))


def _row(code: str, asked: Asked) -> list[Any]:
    early, years = heat.columns(asked.found)
    lang, filters = asked.look.lang, asked.filters
    name = asked.look.country(code)
    cells = [_td(asked.found.cell(code, year), asked) for year in years]
    if early:
        goal = between(early[0], early[-1], _of(filters, code))
        link = partial(html.A, href="?" + goal.to_query(), className="js-state")
        cells.insert(0, _side(asked.older.get(code, Cell(code, None)), _up_to(early, lang), link, asked))
    undated = f"/country/{code}?{everywhere(filters).to_query()}#country_undated-card"
    link = partial(dcc.Link, href=undated)
    cells.append(_side(asked.found.cell(code, None), t("countries.no_year", lang=lang), link, asked))
    return [html.Th(dcc.Link(name, href=f"/country/{code}"), scope="row", className="heat__name"), *cells]


def _of(filters: Filters, code: str) -> Filters:
    opened = filters.without("date_from", "date_to", "admin1", "ids", "vs_from", "vs_to")
    return replace(opened, country=(code,), ignored=())


def chosen(cell: Cell, filters: Filters) -> Filters:
    """The filters with the country and the year of a cell instead of their own."""
    year = cell.year or 1990
    return between(year, year, _of(filters, cell.country))


def _side(cell: Cell, when: str, link: Callable[..., Any], asked: Asked) -> Any:
    """Years that stand together, or none: the measure without a shade.

    Official totals are of one year: under their measure, the number of seizures with that word.
    """
    if not cell.events and not cell.unstated:
        return html.Td("", className="heat__side")
    look = asked.look
    shown = heat.shade(cell, asked.measure, look)
    text = shown.text
    if asked.measure == heat.OFFICIAL and cell.events:
        text = t("countries.n_seizures", lang=look.lang, n=cell.events)
    small = html.Small(shown.small) if shown.small else None
    title = t("countries.choose", lang=look.lang, country=look.country(cell.country), year=when)
    return html.Td(link([text, small], title=title), className="heat__side")


def _td(cell: Cell, asked: Asked) -> Any:
    filters, look = asked.filters, asked.look
    shown = heat.shade(cell, asked.measure, look)
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
