"""Is this trend real? A sentence made by a rule, its figures, and what it rests on: `/trends`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, Output, callback, html

from dashboard import watcher
from dashboard.answers import keep
from dashboard.asked import language
from dashboard.components import card, charts, filterbar, reading, state
from dashboard.components.drawer import COMBOBOX, widget_id
from dashboard.components.failure import drawn_softly, failing_softly
from dashboard.components.rich import rich
from dashboard.components.still import Still, drawn_still
from dashboard.figures.policy import policy_dates
from dashboard.figures.template import CONFIG
from dashboard.figures.view import View
from dashboard.filters import GRAINS, SCALES, Filters
from dashboard.i18n import day, t
from dashboard.release import Snapshot
from dashboard.trends import charts as drawn
from dashboard.trends.periods import Compared, compared
from dashboard.trends.sentence import Doubt, said

HEIGHTS = {
    "trend_events": 330,
    "trend_tablets": 320,
    "trend_median": 320,
    "trend_sizes": 340,
    "trend_coverage": 300,
    "trend_method": 560,
}
NOTED = frozenset(HEIGHTS)  # their first note says what is drawn
LARGE = 100_000
"""Tablets from which seizures of different countries compare (analyst requirements 2.6)."""


@failing_softly
def layout(**query: str) -> Any:
    """The page for a query string: sentence and figures at once, the charts as they come."""
    lang = language()
    snapshot = watcher.current()
    filters = Filters.from_pairs((key, str(value)) for key, value in query.items())
    nothing = _nothing(filters, snapshot)
    return html.Div(
        [
            filterbar.build(filters, snapshot, lang),
            html.Div(
                [
                    html.Div(state.notices(filters, lang)),
                    html.Div(
                        [
                            html.Div(
                                [
                                    html.H1(t("trends.title", lang=lang)),
                                    html.P(t("trends.lead", lang=lang), className="trends__lead"),
                                ]
                            ),
                            _cut(filters, lang),
                        ],
                        className="trends__head",
                    ),
                    html.Section(
                        Still(_answer(filters, snapshot, lang)),
                        id="trend-answer",
                        className="trends__answer",
                        **{"aria-live": "polite", "aria-label": t("trends.label", lang=lang)},
                    ),
                    html.Div(_empty(filters, snapshot, lang) if nothing else None, id="trend-empty"),
                    html.Div(_board(filters, lang), id="trend-board", className="board", hidden=nothing),
                    html.P(t("caveat_short", lang=lang), className="source-line"),
                ],
                className="page trends",
            ),
        ]
    )


def _nothing(filters: Filters, snapshot: Snapshot) -> bool:
    return bool(compared(filters, snapshot).shown.drawn.empty)


def _empty(filters: Filters, snapshot: Snapshot, lang: str) -> Any:
    return state.empty(compared(filters, snapshot).now, lang)


def _cut(filters: Filters, lang: str) -> Any:
    """The policy dates, of which the reader chooses one; or a date of the address that is none of these."""
    known = {one.day.isoformat(): one.label for one in reversed(policy_dates(lang))}
    chosen = filters.cut.isoformat() if filters.cut else ""
    choices = [{"value": "", "label": t("trends.cut.none", lang=lang)}]
    for one in reversed(policy_dates(lang)):
        label = t("trends.cut.choice", lang=lang, day=day(one.day, lang), label=one.label)
        choices.append({"value": one.day.isoformat(), "label": label})
    if chosen and chosen not in known and filters.cut:
        choices.append({"value": chosen, "label": day(filters.cut, lang)})
    return dmc.Select(
        id=widget_id("cut"),
        value=chosen,
        data=choices,
        label=t("trends.cut.label", lang=lang),
        allowDeselect=False,
        size="sm",
        className="trends__cut",
        comboboxProps=COMBOBOX,
    )


def _answer(filters: Filters, snapshot: Snapshot, lang: str) -> list[Any]:
    """The headline, the figures, and what could change it."""
    found = compared(filters, snapshot)
    told = said(found, snapshot, lang)
    figures = [html.P(rich(fact)) for fact in told.facts]
    return [
        html.P(told.headline, className="trends__headline"),
        html.Div(
            [
                html.Div([html.H2(t("trends.figures", lang=lang)), *figures]) if figures else None,
                html.Div(
                    [
                        html.H2(t("trends.doubts", lang=lang)),
                        html.Ul([html.Li(_doubt(doubt)) for doubt in told.doubts]),
                    ]
                ),
            ],
            className="trends__why",
        ),
        html.P(
            [
                *_rule(found, lang),
                " ",
                html.B(t("trends.how", lang=lang) + ": "),
                t("trends.how_text", lang=lang),
            ],
            className="trends__how",
        ),
    ]


def _doubt(doubt: Doubt) -> Any:
    return html.A(doubt.words, href=doubt.href) if doubt.href else doubt.words


def _rule(found: Compared, lang: str) -> list[str]:
    """How long the two sides of a chosen day are, and that a date shows no cause."""
    cut = found.filters.cut
    if cut is None:
        return []
    when = day(cut, lang)
    if found.spans is None or found.spans[0].end + timedelta(days=1) != cut or found.spans[1].start != cut:
        return [t("trends.cut.impossible", lang=lang, day=when)]
    key = "rule_short" if found.shortened else "rule"
    days = found.spans[0].days or 0
    return [t(f"trends.cut.{key}", lang=lang, day=when, days=days), " ", t("trends.cut.cause", lang=lang)]


def _board(filters: Filters, lang: str) -> list[Any]:
    comparison = card.card(
        "trend_compare",
        height=250,
        config=CONFIG,
        lang=lang,
        extra=html.Div(html.Div(className="skeleton"), id="trend-figures", className="trends__figures"),
    )
    switches = {
        "trend_events": _switch("grain", filters.grain, GRAINS, lang),
        "trend_tablets": _switch("scale", filters.scale, SCALES, lang),
        "trend_sizes": html.Div(id="trend-preset", className="trends__preset"),
    }
    return [
        *(
            card.card(name, height=HEIGHTS[name], config=CONFIG, lang=lang, switches=switches.get(name))
            for name in ("trend_events", "trend_tablets")
        ),
        comparison,
        *(
            card.card(name, height=height, config=CONFIG, lang=lang, switches=switches.get(name))
            for name, height in HEIGHTS.items()
            if name not in {"trend_events", "trend_tablets"}
        ),
    ]


def _switch(key: str, value: str, choices: tuple[str, ...], lang: str) -> Any:
    return html.Div(
        dmc.SegmentedControl(
            id=widget_id(key),
            value=value,
            data=[{"value": name, "label": t(f"{key}.{name}", lang=lang)} for name in choices],
            size="xs",
            **{"aria-label": t(f"{key}.label", lang=lang)},
        ),
        className="switches",
    )


def _preset(filters: Filters, lang: str) -> list[Any]:
    """A link to the larger seizures alone, or back."""
    on = filters.min == LARGE and filters.max is None
    other = replace(filters, min=None if on else LARGE, max=None)
    words = t("trends.preset_off" if on else "trends.preset", lang=lang)
    return [
        html.A(
            words, href="?" + other.to_query(), className="js-state", title=t("trends.preset_why", lang=lang)
        )
    ]


@callback(
    Output(*keep("trend-answer", "children")),
    Output("trend-empty", "children"),
    Output("trend-board", "hidden"),
    Input("query", "data"),
    prevent_initial_call=True,
)
def update_answer(query: str) -> tuple[Any, ...]:
    """The sentence, and what to do where nothing is left."""
    snapshot, lang = watcher.current(), language()
    filters = Filters.from_query(query or "")
    nothing = _nothing(filters, snapshot)
    return (
        drawn_still(_answer(filters, snapshot, lang)),
        _empty(filters, snapshot, lang) if nothing else None,
        nothing,
    )


def _said_once(views: dict[str, View], lang: str) -> dict[str, View]:
    """Notes that an earlier chart of the page has already are not said again, but for the first of each."""
    said, found = set[str](), {}
    for name, view in views.items():
        fresh = [note for i, note in enumerate(view.notes) if not i or note not in said]
        if len(fresh) < len(view.notes):
            fresh.append(t("trends.key.as_above", lang=lang))
        said |= set(view.notes)
        found[name] = replace(view, notes=tuple(fresh))
    return found


def _with_words(name: str, view: View, found: Compared, label: str, lang: str) -> dict[str, Any]:
    words = {
        "grain": t(f"grain.{drawn.grain(found)}_word", lang=lang),
        "scale": t(f"scale.{found.filters.scale}_word", lang=lang),
    }
    sub = f"{t(f'card.{name}_sub', lang=lang, **words)} · {reading.basis(found.shown, lang)}"
    return card.worded(view, sub, label, lang, says_drawn=name in NOTED)


@callback(
    *(Output(*keep(name, "figure")) for name in drawn.CHARTS),
    Output("trend-figures", "children"),
    Output("trend-preset", "children"),
    Input("query", "data"),
    Input("theme", "data"),
)
def update_charts(query: str, theme: str) -> tuple[Any, ...]:
    """Every figure of the page in one answer."""
    snapshot, lang = watcher.current(), language()
    filters = Filters.from_query(query or "")
    found = compared(filters, snapshot)
    views = {
        name: drawn_softly(
            partial(charts.chart, name, filters, snapshot, theme, lang=lang), name, filters, theme, lang
        )
        for name in drawn.CHARTS
    }
    worded = _said_once(views, lang)
    return (
        *(_with_words(name, view, found, snapshot.label, lang) for name, view in worded.items()),
        drawn_still(card.table(views["trend_compare"].table)),
        _preset(filters, lang),
    )


dash.register_page(__name__, path="/trends", name="trends", order=2, in_nav=True, layout=layout)
