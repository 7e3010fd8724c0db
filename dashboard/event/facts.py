"""What else is known of a seizure: a list of label and value, blanks left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import html

from dashboard.countries.seized import body_name
from dashboard.event.versions import number, plain
from dashboard.figures.view import Look
from dashboard.i18n import DEFAULT, clauses, listed, t
from dashboard.labels import country, labeller
from dashboard.release import Snapshot

MOST_WORDINGS = 3


def facts(event: pd.Series, snapshot: Snapshot, lang: str = "en") -> Any:
    """A definition list; nothing in it is a guess: a fact that no source gives has no line."""
    lines = [
        html.Div([html.Dt(t(f"event.fact.{name}", lang=lang)), html.Dd(text, dir="auto")])
        for name, text in _lines(event, snapshot, lang)
        if text
    ]
    return html.Section(
        [html.H2(t("event.facts", lang=lang), id="facts"), html.Dl(lines, className="facts")],
        **{"aria-labelledby": "facts"},
    )


def _lines(event: pd.Series, snapshot: Snapshot, lang: str) -> Iterator[tuple[str, Any]]:
    def coded(column: str) -> str:
        code = _text(event, column)
        return "" if code in {"", "unknown"} else labeller(snapshot, lang)(column, code)

    yield "drug", _drug(event, snapshot, lang)
    yield "other_drugs", clauses((_load(load, snapshot, lang) for load in _list(event, "other_drugs")), lang)
    yield "form", coded("form") if _text(event, "form") != "tablets" else ""
    yield "site_type", coded("site_type")
    yield "transport", coded("transport")
    yield "concealment", clauses(_told(event, "concealment", snapshot), lang) or _text(event, "concealment")
    yield "route", _route(event, snapshot, lang)
    yield "agencies", _agencies(event, snapshot, lang)
    yield "authority", coded("authority")
    yield "partners", listed((country(code, lang) for code in _list(event, "partner_countries")), lang)
    yield "arrests", _people(event, "arrests")
    yield "killed", _people(event, "killed")
    yield "value", _value(event, lang)
    yield "incidents", _people(event, "n_incidents") if event["is_bundle"] else ""
    yield "date_basis", coded("date_basis")
    yield "review", coded("review_status")
    yield "changed", _text(event, "last_changed")[:10]


def _agencies(event: pd.Series, snapshot: Snapshot, lang: str) -> Any:
    """The bodies that seized, each once by its name, and under them the reports' words, which are English."""
    table = snapshot.table("event_agencies")
    own = table if table.empty else table[table["event_id"] == event["event_id"]]
    homes = {} if own.empty else dict(zip(own["agency_code"], own["country"], strict=True))
    look = Look(lang=lang, label=labeller(snapshot, lang))
    codes = _list(event, "agency_codes")
    names = clauses(dict.fromkeys(body_name(code, homes.get(code, ""), look) for code in codes), lang)
    said = clauses(_list(event, "agencies"), DEFAULT)
    if not said or said == names:
        return names
    words = [t("event.as_reported", lang=lang), " ", html.Bdi(said, lang=DEFAULT, dir="ltr")]
    return [names, html.Div(words, className="muted small")] if names else words


def _text(event: pd.Series, column: str) -> str:
    value = event.get(column, "")
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value if isinstance(value, str) else ""


def _list(event: pd.Series, column: str) -> list[str]:
    return [part for part in _text(event, column).split("|") if part]


def _drug(event: pd.Series, snapshot: Snapshot, lang: str) -> str:
    name = labeller(snapshot, lang)("drug", str(event["drug"]))
    others = [labeller(snapshot, lang)("drug", code) for code in _list(event, "drugs_as_reported")]
    agreed, _, of = _text(event, "drug_agreement").partition("/")
    if len(others) < 2 or not of:
        return name
    return t("event.drug_agreement", lang=lang, drug=name, agreed=agreed, of=of, others=listed(others, lang))


def _load(load: str, snapshot: Snapshot, lang: str) -> str:
    """`hashish:50:slabs` as `hashish, 50 slabs`."""
    drug, _, rest = load.partition(":")
    quantity, _, unit = rest.partition(":")
    name = labeller(snapshot, lang)("drug", drug)
    try:
        figure = plain(float(quantity))
    except ValueError:
        figure = quantity
    return f"{name}, {figure} {unit.replace('_', ' ')}".rstrip(", ") if figure else name


def _route(event: pd.Series, snapshot: Snapshot, lang: str) -> str:
    """From where to where, in the reports' words where they are not a country."""
    ends = []
    for end in ("origin", "destination"):
        told = [_country_or_words(part, lang) for part in _list(event, f"{end}_as_reported")]
        names = told or [country(code, lang) for code in _list(event, f"{end}_country")]
        ends.append(listed(dict.fromkeys(names), lang))
    if not any(ends):
        return ""
    key = "route" if all(ends) else "route_from" if ends[0] else "route_to"
    text = t(f"event.{key}", lang=lang, origin=ends[0], destination=ends[1])
    basis = _text(event, "route_basis")
    return f"{text} ({labeller(snapshot, lang)('route_basis', basis)})" if basis else text


def _country_or_words(text: str, lang: str) -> str:
    return country(text, lang) if len(text) == 2 and text.isupper() else text


def _told(event: pd.Series, field: str, snapshot: Snapshot) -> list[str]:
    """What the reports say of one field, the wording of most reports first, at most `MOST_WORDINGS`."""
    claims = snapshot.claims
    if not {"event_id", "field", "value"} <= set(claims.columns):
        return []
    own = claims.loc[(claims["event_id"] == event["event_id"]) & (claims["field"] == field), "value"]
    counts = own.value_counts(sort=False)
    return sorted(counts.index, key=lambda value: (-counts[value], value))[:MOST_WORDINGS]


def _people(event: pd.Series, column: str) -> str:
    value = number(event.get(column))
    if value is None:
        return ""
    low, high = number(event.get(f"{column}_low")), number(event.get(f"{column}_high"))
    if low is not None and high is not None and low < high:
        return f"{plain(value)} ({plain(low)}–{plain(high)})"
    return plain(value)


def _value(event: pd.Series, lang: str) -> str:
    told = _text(event, "value_as_reported")
    if told:
        return told
    dollars = number(event.get("value_usd_reported"))
    return "" if dollars is None else t("event.dollars", lang=lang, figure=plain(dollars))
