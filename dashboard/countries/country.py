"""One country in full: years, largest seizures, methods, bodies, partners, official totals, no known year."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import tally
from dashboard.components import charts, lists
from dashboard.components.panel import panel, section
from dashboard.components.still import Still
from dashboard.countries import joint_view, seized, views
from dashboard.countries.cooperation import joint
from dashboard.countries.year_rows import record, year_table
from dashboard.countries.years import by_year, everywhere
from dashboard.figures import amounts
from dashboard.figures.view import Look
from dashboard.figures.when import periods
from dashboard.filters import Filters
from dashboard.i18n import day, t
from dashboard.labels import named
from dashboard.release import Snapshot
from dashboard.selection import Selection, apply, spoken

MOST_UNDATED = 60


def known(code: str, snapshot: Snapshot) -> bool:
    """Whether the release has seizures or official totals of a country."""
    tables = (snapshot.seizures, snapshot.aggregates)
    return bool(code) and any(code in set(table["country"]) for table in tables if "country" in table)


def of(code: str, filters: Filters) -> Filters:
    """The filters of the page: all years of one country."""
    return replace(everywhere(filters), country=(code,), ignored=())


def page(code: str, filters: Filters, snapshot: Snapshot, theme: str, lang: str) -> Any:
    """The whole page. `filters`: those of the address, of which countries and period are left aside."""
    look = charts.look(snapshot, theme, lang)
    here = of(code, filters)
    selection = spoken(here, snapshot, lang)
    found = by_year(here, snapshot)
    part = partial(section, lang=lang, label=snapshot.label)
    return html.Article(
        [
            html.H1(look.country(code)),
            html.P(record(found, code, look), className="desk__lead"),
            _links(code, here, lang),
            html.Div(
                [
                    part("years", [year_table(found, code, here, look)], wide=True),
                    part("country_largest", [Still(lists.largest_table(selection, look))]),
                    part(
                        "country_official",
                        [
                            Still(lists.official_list(selection, snapshot, look)),
                            html.P(
                                dcc.Link(t("country.reconcile", lang=lang), href=f"/official?country={code}")
                            ),
                        ],
                    ),
                    *(_bars(selection, look, column, snapshot.label) for column in views.METHODS),
                    *seized.who(selection, snapshot, look, here.to_query()),
                    part("country_joint", _joint(code, here, snapshot, look), wide=True),
                    part("country_undated", [_undated(selection, look)], wide=True),
                ],
                className="desk",
            ),
            html.P(t("countries.methamphetamine", lang=lang), className="card__foot"),
        ],
        className="page countries country",
    )


def _links(code: str, here: Filters, lang: str) -> Any:
    query = Filters(country=(code,), since="all", vs="none", drug=here.drug, read=here.read).to_query()
    links = (("records", f"/records?{query}"), ("brief", f"/brief?{query}"), ("table", f"/countries?{query}"))
    return html.P(
        [
            dcc.Link(
                t(f"country.{key}", lang=lang),
                href=href,
                className="button" + (" button--main" if key == "brief" else ""),
                refresh=key == "brief",
            )
            for key, href in links
        ],
        className="country__links",
    )


def _bars(selection: Selection, look: Look, column: str, label: str) -> Any:
    draw = partial(views.methods, selection, look, column)
    return panel(f"country_{column}", draw, look.lang, label=label, asked=selection.filters.to_query())


def _joint(code: str, here: Filters, snapshot: Snapshot, look: Look) -> list[Any]:
    """Joint operations of all countries: those abroad lie in another country's total."""
    anywhere = apply(everywhere(here), snapshot)
    found = joint(named(anywhere.drawn, look.lang), snapshot)
    return joint_view.two_lists(found, code, look, partner="IQ" if code == "SY" else "SY")


def _undated(selection: Selection, look: Look) -> Any:
    """Seizures of no single known year, in no row of the table, with what is known of when they were."""
    lang = look.lang
    main, beside = (
        frame[periods(frame, "year").isna()] for frame in (selection.events, selection.unstated_kind)
    )
    rows = pd.concat([main, beside]).sort_values("tablets_best", ascending=False)
    if rows.empty:
        return html.P(t("country.none_undated", lang=lang))
    low, _, high = tally.total(main)
    said = t("country.undated_said", lang=lang, n=len(main), amount=amounts.span(low, high, look))
    if repeats := int((main["possible_duplicate_of"] != "").sum()):
        said += " " + t("country.undated_repeats", lang=lang, n=repeats)
    if len(beside):
        said += " " + t("country.undated_beside", lang=lang, n=len(beside))
    head = html.Tr(
        [
            html.Th(
                t(f"country.undated_{key}", lang=lang),
                scope="col",
                className="num" if key == "tablets" else "",
            )
            for key in ("place", "tablets", "drug", "bounds")
        ]
    )
    body = [html.Tr(_undated_row(row, look)) for row in rows.head(MOST_UNDATED).itertuples()]
    return html.Div(
        [
            html.P(said, className="said"),
            html.Div(
                Still(html.Table([html.Thead(head), html.Tbody(body)], className="table table--stack")),
                className="table-scroll",
                tabIndex=0,
            ),
        ]
    )


def _undated_row(row: Any, look: Look) -> list[Any]:
    lang = look.lang
    place = str(row.place or row.admin1 or look.country(str(row.country)))
    bounds = [
        t(f"country.{key}", lang=lang, day=day(value.date(), lang))
        for key, value in (("not_before", row.date_not_before), ("not_after", row.date_not_after))
        if not pd.isna(value)
    ]
    cells = (
        ("place", [dcc.Link(place, href=f"/event/{row.event_id}"), *joint_view.doubts(row, look)], ""),
        ("tablets", amounts.tablets(row, look), "num"),
        ("drug", look.label("drug", str(row.drug)), "muted"),
        ("bounds", look.t("clause_join").join(bounds) or t("country.no_bounds", lang=lang), "muted"),
    )
    return [
        html.Td(value, className=name, **{"data-label": t(f"country.undated_{key}", lang=lang)})
        for key, value, name in cells
    ]
