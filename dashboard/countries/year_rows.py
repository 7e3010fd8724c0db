"""A country's years as a table, and the sentence over it: what the years say, and what they can't."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.components.still import Still
from dashboard.countries.heat_view import chosen
from dashboard.countries.totals import OfficialTotal
from dashboard.countries.years import Cell, Years
from dashboard.figures import amounts
from dashboard.figures.view import Look
from dashboard.filters import Filters
from dashboard.i18n import clauses, t, tablets
from dashboard.labels import body, issuer
from dashboard.reconcile import words
from dashboard.reconcile.intervals import PART, TRACED
from dashboard.reconcile.links import PATH, total_href
from dashboard.reconcile.totals import Total
from dashboard.stats import MIN_EVENTS

KEYS = ("year", "events", "tablets", "without_large", "without_repeats", "median", "official")
MOST_TOTALS = 3


def record(found: Years, code: str, look: Look) -> str:
    """The year with most reported tablets, the last two years with and without repeats, and the undated.

    Low to high where the figures of a year differ. Years with more pills of unstated kind than that of the
    year with most are named: had their kind been told, the record could be theirs.

    No word on whether it rose where either year has fewer than ten seizures.
    """
    rows = [cell for cell in found.row(code) if cell.best]
    lang = look.lang
    if not rows:
        return t("country.nothing", lang=lang)
    most = max(rows, key=lambda cell: cell.best or 0)
    parts = [t("country.most", lang=lang, year=str(most.year), amount=_span(most, look), n=most.events)]
    parts += [
        t("country.not_counted", lang=lang, amount=tablets(cell.unstated_best, lang), year=str(cell.year))
        for cell in found.row(code)
        if cell.unstated_best > (most.best or 0)
    ]
    whole = [cell for cell in rows if cell.year != found.years[-1]][-2:]
    parts += [_year(cell, look) for cell in whole]
    if len(whole) == 2 and min(cell.events for cell in whole) < MIN_EVENTS:
        parts.append(t("country.too_few", lang=lang, n=MIN_EVENTS))
    if undated := found.cell(code, None).events:
        parts.append(t("country.undated_note", lang=lang, n=undated))
    return " ".join(parts)


def _year(cell: Cell, look: Look) -> str:
    key = "year_repeats" if cell.repeats else "year"
    return t(
        f"country.{key}",
        lang=look.lang,
        year=str(cell.year),
        n=cell.events,
        amount=_span(cell, look),
        without=amounts.span(cell.low or 0, cell.without_repeats_high or 0, look),
    )


def year_table(found: Years, code: str, filters: Filters, look: Look) -> Any:
    """One row a year, the newest first; years before the first report are left out."""
    cells = list(found.row(code))
    while cells and not (cells[0].events or cells[0].unstated or cells[0].totals):
        cells.pop(0)
    head = html.Tr(
        [
            html.Th(
                t(f"country.column_{key}", lang=look.lang),
                scope="col",
                className="" if key in {"year", "official"} else "num",
            )
            for key in KEYS
        ]
    )
    rows = [_row(cell, found, filters, look) for cell in reversed(cells)]
    rest = found.cell(code, None)
    if rest.events or rest.unstated:
        rows.append(_row(rest, found, filters, look))
    return html.Div(
        Still(html.Table([html.Thead(head), html.Tbody(rows)], className="table table--stack years")),
        className="table-scroll table-scroll--whole",
        tabIndex=0,
    )


def _row(cell: Cell, found: Years, filters: Filters, look: Look) -> Any:
    lang = look.lang
    year: Any = t("countries.no_year", lang=lang)
    if cell.year:
        year = dcc.Link(str(cell.year), href=f"/records?{chosen(cell, filters).to_query()}")
    official = _totals(cell, look)
    if not cell.events:
        said = t("countries.no_report", lang=lang)
        if cell.unstated:
            said = clauses([said, t("countries.unstated", lang=lang, n=cell.unstated)], lang)
        silent = html.Td(said, colSpan=5, className="is-silent")
        return html.Tr([html.Th(year, scope="row"), silent, _labelled("official", official, look)])
    values = {
        "events": [
            f"{cell.events:,}",
            " ",
            html.Small(t("countries.unstated_short", lang=lang, n=cell.unstated)),
        ]
        if cell.unstated
        else f"{cell.events:,}",
        "tablets": _span(cell, look),
        "without_large": _amount(cell.without_large, look),
        "without_repeats": _amount(cell.without_repeats, look),
        "median": _amount(cell.median, look),
        "official": official,
    }
    return html.Tr(
        [html.Th(year, scope="row"), *(_labelled(key, value, look) for key, value in values.items())]
    )


def _labelled(key: str, value: Any, look: Look) -> Any:
    label = {"data-label": t(f"country.column_{key}", lang=look.lang)}
    return html.Td(value, className="" if key == "official" else "num", **label)


def _amount(value: float | None, look: Look) -> str:
    return "" if value is None else tablets(value, look.lang)


def _span(cell: Cell, look: Look) -> str:
    if cell.low is None or cell.high is None:
        return look.t("no_quantity")
    return amounts.span(cell.low, cell.high, look)


def _totals(cell: Cell, look: Look) -> list[Any]:
    """The first totals of the year, and how many more the page of official totals has."""
    shown = [_total(one, look) for one in cell.totals[:MOST_TOTALS]]
    if more := len(cell.totals) - len(shown):
        words = t("countries.more_totals", lang=look.lang, n=more)
        shown.append(html.Div(dcc.Link(words, href=f"{PATH}?country={cell.country}")))
    return shown


def _total(one: OfficialTotal, look: Look) -> Any:
    """The total, who gave it, and how the seizures stand to it or why they can't be set against it."""
    lang, total = look.lang, one.total
    place = words.where(total, lang) if total.scope_kind == "governorate" else ""
    period = "" if total.whole_year else words.period(total, lang)
    said = [part for part in (_issuer(total, look), place, period, _verdict(one, look)) if part]
    source: list[Any] = []
    if total.sources:
        said_there = t("official.source", lang=lang, n=1)
        source = [" ", html.A(said_there, href=total.sources[0], rel="noopener noreferrer", target="_blank")]
    amount = html.B(dcc.Link(words.stated_amount(total, lang), href=total_href(total)))
    return html.Div([amount, " ", html.Span(look.t("clause_join").join(said), className="muted"), *source])


def _verdict(one: OfficialTotal, look: Look) -> str:
    """As the page of official totals has it: `traced in part, 70% (40%–71%)`, or in what the two differ."""
    lang, verdict = look.lang, one.held.verdict
    if verdict is None:
        reasons = [t(f"totals.of.{name}", lang=lang) for name in one.differs]
        return t("countries.differs_by", lang=lang, parts=look.t("list_join").join(reasons))
    said = words.label(one.held, lang)
    low, high = words.percent(verdict.share.low), words.percent(verdict.share.high)
    return f"{said} ({low}–{high})" if one.held.label in {PART, TRACED} and low != high else said


def _issuer(total: Total, look: Look) -> str:
    """Named without its country where that is the country of the page; an outlet as one."""
    if not total.issuer:
        return look.t("official.issuer_unknown")
    named = body if total.issuer_country == total.country else issuer
    name = named(total.issuer, total.issuer_country, look.lang)
    return look.t("official.by_outlet", outlet=name) if total.by_outlet else name
