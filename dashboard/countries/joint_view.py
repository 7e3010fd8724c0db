"""Joint operations in the page: a sentence with their sum, and one line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import dcc, html

from dashboard.components.still import Still
from dashboard.countries.cooperation import Joint, abroad, at_home, summed
from dashboard.countries.seized import body_name
from dashboard.figures import amounts, when
from dashboard.figures.view import Look
from dashboard.i18n import t, tablets


def sentence(found: tuple[Joint, ...], look: Look, key: str, **words: str) -> str:
    """`11 abroad with Iraq taking part; 9 state a quantity, 8.27 M tablets together.`"""
    total = summed(found)
    text = t(f"cooperation.{key}", lang=look.lang, n=total.events, **words)
    if total.with_quantity:
        sum_of = tablets(total.best, look.lang)
        text += " " + t("cooperation.sum", lang=look.lang, n=total.with_quantity, amount=sum_of)
    if other := len(found) - total.events:
        text += " " + t("cooperation.other_drugs", lang=look.lang, n=other)
    return text


def two_lists(found: tuple[Joint, ...], country: str, look: Look, partner: str = "SY") -> list[Any]:
    """At home and abroad for one country; of those abroad, how many with `partner` are said too."""
    name = look.country(country)
    home, away = at_home(found, country), abroad(found, country)
    words = [sentence(away, look, "abroad", country=name)]
    with_partner = tuple(one for one in away if one.country == partner)
    if with_partner and len(with_partner) < len(away):
        words.append(sentence(with_partner, look, "abroad_in", country=name, place=look.country(partner)))
    return [
        html.H3(t("cooperation.title_abroad", lang=look.lang)),
        html.P(" ".join(words), className="said"),
        table(away, look),
        html.H3(t("cooperation.title_home", lang=look.lang)),
        html.P(sentence(home, look, "at_home", country=name), className="said"),
        table(home, look),
        html.P(t("cooperation.once", lang=look.lang), className="card__foot"),
    ]


def table(found: tuple[Joint, ...], look: Look) -> Any:
    """One row an operation: date, place, tablets, partner, role, partner bodies."""
    if not found:
        return None
    keys = ("date", "place", "tablets", "partner", "role", "bodies")
    head = [
        html.Th(
            t(f"cooperation.{key}", lang=look.lang), scope="col", className="num" if key == "tablets" else ""
        )
        for key in keys
    ]
    rows = [_row(one, look) for one in found]
    inner = html.Table(
        [html.Thead(html.Tr(head)), html.Tbody(rows)], className="table table--stack", lang=look.lang
    )
    return html.Div(Still(inner), className="table-scroll table-scroll--tall", tabIndex=0)


def doubts(row: Any, look: Look) -> list[Any]:
    """Marks of a seizure whose figures differ or that may be counted twice, as in the list of the largest."""
    said = []
    if row.figures_differ:
        said.append(look.t("largest.figures_differ"))
    if row.possible_duplicate_of:
        said.append(look.t("largest.possible_duplicate", id=row.possible_duplicate_of))
    return [part for text in said for part in (" ", html.Span(text, className="differ"))]


def _row(one: Joint, look: Look) -> Any:
    lang, row = look.lang, one.row
    date = when.text(row, lang) or look.t("undated")
    place = str(row.get("place_ar" if lang == "ar" else "place", "") or row["place"] or row["admin1"])
    home = look.country(one.country)
    where = f"{place}, {home}" if place and place != home and place not in home else home
    partners = [look.country(code) for code in one.partners] or [t("cooperation.unnamed", lang=lang)]
    drug = str(row["drug"])
    amount = amounts.tablets(row, look)
    if drug not in {"captagon", "amphetamine_tablets"}:
        amount = f"{amount} ({look.label('drug', drug)})"
    cells: Iterable[tuple[str, Any, str]] = (
        ("date", date, "nowrap muted"),
        ("place", [dcc.Link(where, href=f"/event/{one.event_id}"), *doubts(row, look)], ""),
        ("tablets", amount, "num"),
        ("partner", look.t("list_join").join(partners), ""),
        (
            "role",
            t(f"cooperation.roles.{one.role}", lang=lang),
            "nowrap" if one.role != "not_stated" else "nowrap muted",
        ),
        (
            "bodies",
            look.t("clause_join").join(body_name(code, "", look) for code in one.bodies) or "",
            "muted",
        ),
    )
    return html.Tr(
        [
            html.Td(value, className=name, **{"data-label": t(f"cooperation.{key}", lang=lang)})
            for key, value, name in cells
        ]
    )
