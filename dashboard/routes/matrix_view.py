"""The matrix of origins by destinations in the page; each number leads to its seizures."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.figures.flow import end_name
from dashboard.figures.view import Look
from dashboard.filters import MAX_IDS, Filters
from dashboard.i18n import t
from dashboard.routes.ends import NOT_STATED, Count, Matrix

_STEPS = (1, 3, 10, 30, 100)


def table(found: Matrix, look: Look) -> Any:
    """Origins down, destinations across, sums at both ends; the not stated is the last row and column."""
    lang = look.lang
    heads = [
        html.Th(t("routes.corner", lang=lang), scope="col", className="heat__name"),
        *(html.Th(end_name(end, look), scope="col", className=_side(end)) for end in found.destinations),
        html.Th(t("routes.sum", lang=lang), scope="col"),
    ]
    body = [
        html.Tr(
            [
                html.Th(end_name(origin, look), scope="row", className=f"heat__name {_side(origin)}"),
                *(_cell(found.cells.get((origin, end)), origin, end, look) for end in found.destinations),
                html.Td(f"{found.row_total(origin):,}", className="heat__side"),
            ]
        )
        for origin in found.origins
    ]
    sums = [
        html.Th(t("routes.sum", lang=lang), scope="row", className="heat__name"),
        *(html.Td(f"{found.column_total(end):,}", className="heat__side") for end in found.destinations),
        html.Td(f"{found.total:,}", className="heat__side"),
    ]
    return html.Div(
        html.Table(
            [html.Thead(html.Tr(heads)), html.Tbody(body), html.Tfoot(html.Tr(sums))],
            className="heat heat--matrix",
        ),
        className="heat-scroll heat-scroll--start",
        tabIndex=0,
        role="group",
        **{"aria-label": t("routes.matrix", lang=lang)},
    )


def _side(end: str) -> str:
    return "is-unstated" if end == NOT_STATED else ""


def _cell(count: Count | None, origin: str, end: str, look: Look) -> Any:
    unstated = NOT_STATED in {origin, end}
    if count is None:
        return html.Td("", className="heat__cell is-unstated" if unstated else "heat__cell")
    level = 0 if unstated else sum(count.events >= step for step in _STEPS)
    text = f"{count.stated:,}" if count.stated else ""
    implied = t("routes.implied_short", lang=look.lang, n=count.implied) if count.implied else ""
    parts = [text, html.Small(implied) if implied else None]
    words = t(
        "routes.cell", lang=look.lang, start=end_name(origin, look), end=end_name(end, look), n=count.events
    )
    href = listed(count.event_ids)
    inner = (
        html.A(parts, href=href, title=words, **{"aria-label": words})
        if href
        else html.Span(parts, title=words)
    )
    return html.Td(inner, className=f"heat__cell heat__cell--{level}" + (" is-unstated" if unstated else ""))


def listed(event_ids: tuple[str, ...]) -> str:
    """The address of the table of these seizures; "" where they are too many for one."""
    if not event_ids or len(event_ids) > MAX_IDS:
        return ""
    chosen = Filters(scope="all", since="all", drug=("any",), read="all", ids=event_ids)
    return f"/records?{chosen.to_query()}"
