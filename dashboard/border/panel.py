"""The words and controls of the border page: answer, distance and relation, the undecided, list of events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.border.answer import answer
from dashboard.border.pair import Pair
from dashboard.border.position import on_line
from dashboard.components.rich import rich
from dashboard.figures import amounts, when
from dashboard.figures.border_marks import where
from dashboard.figures.view import Look
from dashboard.filters import UNSTATED, Filters
from dashboard.i18n import DEFAULT, day, t
from dashboard.labels import labeller
from dashboard.release import Snapshot

NEAR = (10, 25, 50, 100)
"""Distances offered in km; the box beside them takes any other."""
RELATIONS = ("crosses_stated", "near", "not_near", "unknown")
LISTED = 40
"""Undecided events listed on the page; the records hold the rest."""
EVENTS = 200
"""Events listed beside the chart."""


def lead(pair: Pair, snapshot: Snapshot, lang: str = DEFAULT) -> Any:
    """What crosses from Syria, where and how."""
    said = answer(pair, snapshot, lang)
    words: list[Any] = []
    for fact in said.facts:
        words += [*rich(fact), " "]
    terms = [part for word, text in said.terms for part in (html.Dt(word), html.Dd(text))]
    rest = [html.Li(rich(text)) for text in said.left_out]
    filters = replace(pair.selection.filters, ids=())
    links = [
        html.A(t(f"border.list_{name}", lang=lang, n=n), href=records(filters, name))
        for name, n in (
            ("undated", len(pair.selection.undated)),
            ("undecided", len(pair.selection.undecided)),
        )
        if n
    ]
    data_to = t("lead.data_to", lang=lang, day=day(snapshot.data_complete_to, lang))
    return [
        html.H2(t("border.question", lang=lang), className="border-question"),
        html.P(rich(said.count), className="lead__text"),
        html.Dl(terms, className="border-terms") if terms else None,
        html.P([*words, html.Span(said.caution, className="lead__caution")], className="border-judgement"),
        html.Ul(rest, className="border-left-out") if rest else None,
        html.P(
            [part for link in links for part in (link, " · ")]
            + [data_to, " · ", t("border.source", lang=lang, label=snapshot.label)],
            className="lead__meta",
        ),
    ]


def records(filters: Filters, name: str = "shown") -> str:
    """The address of a list of these filters' events."""
    query = "&".join(part for part in (filters.to_query(), "" if name == "shown" else f"list={name}") if part)
    return "/records" + (f"?{query}" if query else "")


def controls(filters: Filters, snapshot: Snapshot, lang: str = DEFAULT) -> list[Any]:
    """Links that set the distance and the relation; the bar's own widgets follow them."""
    label = labeller(snapshot, lang)
    distances = [
        _choice(
            t("border.any_distance", lang=lang), replace(filters, border_km=None), filters.border_km is None
        ),
        *(
            _choice(
                t("border.within", lang=lang, km=km), replace(filters, border_km=km), filters.border_km == km
            )
            for km in NEAR
        ),
    ]
    if filters.border_km is not None and filters.border_km not in NEAR:
        distances.append(_choice(t("border.within", lang=lang, km=filters.border_km), filters, chosen=True))
    relations = [
        _choice(t("border.any_relation", lang=lang), replace(filters, relation=()), not filters.relation),
        *(
            _choice(
                label("border_relation", code),
                replace(filters, relation=(code,)),
                filters.relation == (code,),
            )
            for code in RELATIONS
        ),
    ]
    return [
        _row("distance", distances, lang),
        _row("relation", relations, lang),
    ]


def _choice(text: str, filters: Filters, chosen: bool) -> Any:
    query = filters.to_query()
    return html.A(
        text,
        href="?" + query,
        className="choice js-state",
        **({"aria-current": "true"} if chosen else {}),
    )


def _row(name: str, choices: list[Any], lang: str) -> Any:
    return html.Div(
        [html.Span(t(f"border.{name}", lang=lang), className="choices__title"), *choices],
        className="choices",
        role="group",
        **{"aria-label": t(f"border.{name}", lang=lang)},
    )


def own_distance(filters: Filters, lang: str = DEFAULT) -> Any:
    """The box for any other distance; assets/border.js hands its number to the filter of the drawer."""
    return dmc.NumberInput(
        id="border-within",
        value="" if filters.border_km is None else filters.border_km,
        placeholder=t("border.own_distance", lang=lang),
        min=0,
        max=2000,
        step=10,
        allowDecimal=False,
        allowNegative=False,
        hideControls=True,
        debounce=350,
        size="xs",
        className="border-within",
        **{"aria-label": t("filter.border_km", lang=lang)},
    )


def undecided(pair: Pair, snapshot: Snapshot, lang: str = DEFAULT) -> Any:
    """Events that the filters can neither let in nor keep out: counted, by reason, and listed."""
    chosen = pair.selection
    rows = chosen.undecided
    if rows.empty:
        return None
    reasons = [
        html.Li(t("border.why", lang=lang, reason=t(f"why.{name}", lang=lang), n=n))
        for name, n in sorted(chosen.undecided_by.items(), key=lambda item: (-item[1], item[0]))
    ]
    events = rows.sort_values("event_id")
    label = labeller(snapshot, lang)
    items = [
        html.Li(
            [
                dcc.Link(_headline(row, label, lang), href=f"/event/{row.event_id}"),
                " ",
                html.Span(row.event_id, className="muted"),
            ]
        )
        for row in events.head(LISTED).itertuples()
    ]
    filters = replace(chosen.filters, ids=())
    return html.Details(
        [
            html.Summary(t("border.undecided_summary", lang=lang, n=len(rows))),
            html.Ul(reasons, className="border-reasons"),
            html.Ul(items, className="border-undecided"),
            html.A(t("border.list_undecided", lang=lang, n=len(rows)), href=records(filters, "undecided")),
        ],
        className="border-details",
    )


def _headline(row: Any, label: Any, lang: str) -> str:
    date = when.text(row, lang) or t("figure.undated", lang=lang)
    place = row.place or row.admin1 or label("country", row.country)
    return t("border.headline", lang=lang, date=date, place=place)


def events(pair: Pair, seen: Look) -> Any:
    """The events that chart and map show, each with a link: what a reader without a pointer goes through."""
    rows = pair.shown.sort_values(["date_start", "event_id"], ascending=[False, True])
    if rows.empty:
        return html.P(seen.t("no_report"), className="muted")
    placed = dict(zip(rows["event_id"], on_line(rows), strict=True))
    items = [_event(row, seen, at_line=bool(placed[row.event_id])) for row in rows.head(EVENTS).itertuples()]
    rest = len(rows) - EVENTS
    more = [html.P(t("border.more", lang=seen.lang, n=rest), className="card__foot")] if rest > 0 else []
    return [html.Ol(items, className="border-events"), *more]


def _event(row: Any, seen: Look, *, at_line: bool) -> Any:
    lang = seen.lang
    at = where(row, seen) if at_line else t("border.not_placed", lang=lang)
    unstated = row.drug in UNSTATED
    transport = "" if row.transport in {"", "unknown"} else seen.label("transport", row.transport)
    facts = [at, *([transport] if transport else []), seen.label("border_relation", row.border_relation)]
    facts += [t("largest.unstated", lang=lang)] if unstated else []
    return html.Li(
        [
            html.Span(when.text(row, lang) or seen.t("undated"), className="border-events__date"),
            html.Span(
                [
                    html.I(className="hatch") if unstated else None,
                    dcc.Link(
                        html.Bdi(row.place or row.admin1 or seen.country(row.country)),
                        href=f"/event/{row.event_id}",
                    ),
                    " ",
                    html.Span(" · ".join(facts), className="muted small"),
                ]
            ),
            html.Span(amounts.tablets(row, seen), className="border-events__amount"),
        ],
        **{"data-event": row.event_id},
    )
