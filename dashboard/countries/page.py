"""The page of countries, put together: the table of years, who seized, how, with whom."""

from __future__ import annotations

from functools import partial
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components import charts
from dashboard.components.card import source
from dashboard.components.panel import panel, section
from dashboard.components.still import Still
from dashboard.countries import heat_view, joint_view, seized, views
from dashboard.countries.cooperation import joint
from dashboard.countries.years import by_year, together
from dashboard.figures import heat, multiples_mix
from dashboard.figures.multiples import BY
from dashboard.figures.view import Look
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.release import Snapshot
from dashboard.selection import Selection, spoken

MIXES = ("transport", "concealment_group")


def table(filters: Filters, snapshot: Snapshot, theme: str, measure: str, lang: str) -> Any:
    """The table of countries by years for a measure, with its sentences."""
    look = charts.look(snapshot, theme, lang)
    found = by_year(filters, snapshot)
    chosen = measure if measure in heat.MEASURES else heat.EVENTS
    older = together(filters, snapshot, heat.columns(found)[0])
    asked = heat_view.Asked(found, older, chosen, filters, snapshot.data_complete_to, look)
    return [
        Still(heat_view.table(asked)),
        html.Div(
            [
                html.P(t(f"countries.about.{chosen}", lang=lang)),
                html.P(t("countries.heat_note", lang=lang, n=found.events)),
                html.P(t("countries.methamphetamine", lang=lang), className="strong"),
                html.P(source(snapshot.label, lang)),
            ],
            className="card__foot",
        ),
    ]


def body(filters: Filters, snapshot: Snapshot, theme: str, by: str, lang: str) -> list[Any]:
    """All that follows the filters, countries and period included."""
    selection = spoken(filters, snapshot, lang)
    look = charts.look(snapshot, theme, lang)
    return [
        html.P(_basis(selection, lang), className="desk__basis"),
        html.Div(
            [
                *seized.who(selection, snapshot, look),
                _multiples(selection, look, by, snapshot.label),
                *(_mix(selection, look, column, snapshot.label) for column in MIXES),
                _joint(selection, snapshot, look),
            ],
            className="desk",
        ),
    ]


def _basis(selection: Selection, lang: str) -> str:
    n, extra = len(selection.events), len(selection.unstated_kind)
    undated = len(selection.undated) + len(selection.undecided)
    parts = [t("countries.basis", lang=lang, n=n)]
    if extra:
        parts.append(t("countries.basis_unstated", lang=lang, n=extra))
    if undated:
        parts.append(t("countries.basis_undecided", lang=lang, n=undated))
    return " ".join(parts)


def _multiples(selection: Selection, look: Look, by: str, label: str) -> Any:
    draw = partial(views.multiples, selection, look, by)
    return panel("multiples", draw, look.lang, label=label, wide=True, asked=f"by={by}")


def _mix(selection: Selection, look: Look, column: str, label: str) -> Any:
    start, end = selection.span.start, selection.span.end
    words = multiples_mix.key(selection.events, look, column=column, start=start, end=end)
    draw = partial(views.mix, selection, look, column)
    return panel(f"mix_{column.partition('_')[0]}", draw, look.lang, label=label, before=_key(words))


def _key(words: tuple[tuple[str, str], ...]) -> Any:
    items = [
        html.Li(
            [
                html.I(
                    className="key__mark" if ink else "key__mark hatch",
                    style={"background": ink} if ink else {},
                    **{"aria-hidden": "true"},
                ),
                text,
            ]
        )
        for ink, text in words
    ]
    return Still(html.Ul(items, className="key")) if items else None


def _joint(selection: Selection, snapshot: Snapshot, look: Look) -> Any:
    found = joint(selection.drawn, snapshot)
    lang = look.lang
    parts: list[Any] = [html.P(joint_view.sentence(found, look, "here"), className="said")]
    countries = [
        code for code in ("IQ", "SY", "JO") if any(code in {*one.partners, one.country} for one in found)
    ]
    for code in selection.filters.country or countries[:1]:
        parts += joint_view.two_lists(found, code, look, partner="SY" if code == "IQ" else "IQ")
    everything = html.Details(
        [html.Summary(t("cooperation.all", lang=lang, n=len(found))), joint_view.table(found, look)]
    )
    return section("cooperation", [*parts, everything, _whole(lang)], lang, label=snapshot.label, wide=True)


def _whole(lang: str) -> Any:
    links = [
        dcc.Link(t(f"cooperation.page_{code}", lang=lang), href=f"/country/{code}") for code in ("IQ", "SY")
    ]
    return html.P([links[0], " · ", links[1]], className="card__foot")


def measures(measure: str, lang: str) -> Any:
    """The switch of the table."""
    return _switch("countries-measure", measure, heat.MEASURES, "countries.measure", lang)


def groupings(by: str, lang: str) -> Any:
    """The switch of the small multiples."""
    return _switch("countries-by", by, tuple(BY), "countries.by", lang)


def _switch(name: str, value: str, choices: tuple[str, ...], words: str, lang: str) -> Any:
    return html.Div(
        dmc.SegmentedControl(
            id=name,
            value=value,
            data=[{"value": one, "label": t(f"{words}.{one}", lang=lang)} for one in choices],
            size="xs",
            **{"aria-label": t(f"{words}.label", lang=lang)},
        ),
        className="switches",
    )
