"""The outlets' versions side by side, the figure taken from them, and the places they give."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from babel import Locale
from dash import html

from dashboard.event import given
from dashboard.event.headline import qualified
from dashboard.event.versions import Version, number, plain
from dashboard.i18n import day, languages, listed, month, t, words
from dashboard.labels import place_names
from dashboard.release import Snapshot

MARK = {"agrees": "✓", "differs": "≠", "set_aside": "⊘", "no_figure": "–"}
MOST_WORDS = 3  # wordings of one place that are quoted
COLUMNS = ("outlet", "figure", "words", "place", "day")


def figure_taken(event: pd.Series, told: tuple[Version, ...], snapshot: Snapshot, lang: str = "en") -> Any:
    """Which figure stands in the data, the rule that chose it, and the spread of the others."""
    tablets, kg = number(event["tablets_best"]), number(event["kg_best"])
    lines = []
    if tablets is not None:
        figure = t(
            "event.unit.tablets", lang=lang, figure=qualified(tablets, str(event["tablets_qualifier"]), lang)
        )
        lines.append(html.P(figure, className="taken__figure"))
    if kg is not None:
        converted = event["kg_basis"] == "converted"
        key = "event.converted_kg" if converted else "event.unit.kg"
        figure = t(key, lang=lang, figure=f"{kg:,.4g}" if converted and kg < 1000 else plain(round(kg, 1)))
        lines.append(html.P(figure, className="taken__figure" if tablets is None else "taken__weight"))
    if tablets is None and kg is None:
        lines.append(html.P(t("event.no_quantity", lang=lang), className="taken__none"))
    figures = given.given(event, told, lang)
    why = [_rule(event, lang), given.why(figures, lang), *_conversion(event, lang), *_spread(event, lang)]
    aside = sum(version.agreement == "set_aside" for version in told)
    if aside:
        why.append(t("event.set_aside", lang=lang, n=aside))
    if str(event.get("capacity_as_reported", "")):
        why.append(t("event.capacity", lang=lang, words=event["capacity_as_reported"]))
    return html.Section(
        [
            html.H2(t("event.taken", lang=lang), id="taken"),
            html.Div(
                [html.Div(lines), html.P(" ".join(part for part in why if part), className="taken__why")],
                className="taken",
            ),
            given.table(figures, lang),
        ],
        **{"aria-labelledby": "taken"},
    )


def _rule(event: pd.Series, lang: str) -> str:
    rule = str(event.get("tablets_rule", ""))
    key = f"rule.{rule}"
    return t(key, lang=lang) if rule and key in words("en") else ""


def _conversion(event: pd.Series, lang: str) -> list[str]:
    grams = number(event["conversion_g"])
    if grams is None:
        return []
    unit = "tablets" if event["tablets_basis"] == "converted" else "kg"
    return [t(f"event.converted.{unit}", lang=lang, grams=f"{grams:g}")]


def _spread(event: pd.Series, lang: str) -> list[str]:
    found = []
    for unit in ("tablets", "kg"):
        low, best, high = (number(event[f"{unit}_{end}"]) for end in ("low", "best", "high"))
        if best is None or event[f"{unit}_basis"] == "converted":
            continue
        if high is None:
            found.append(t(f"event.open.{unit}", lang=lang, figure=plain(best)))
        elif low is not None and low < high:
            found.append(t(f"event.spread.{unit}", lang=lang, low=plain(low), high=plain(high)))
    return found


def side_by_side(told: tuple[Version, ...], snapshot: Snapshot, lang: str = "en") -> Any:
    """One row a report, grouped by whether it gives the figure taken."""
    bodies = []
    for agreement, group in groupby(told, key=lambda version: version.agreement):
        own = list(group)
        rows = [row for origin in _by_origin(own) for row in _origin_rows(origin, told, snapshot, lang)]
        head = html.Tr(
            html.Th(
                [
                    html.Span(
                        MARK[agreement], className=f"agree agree--{agreement}", **{"aria-hidden": "true"}
                    ),
                    t(f"event.agreement.{agreement}", lang=lang, n=len(own)),
                ],
                colSpan=len(COLUMNS),
                scope="rowgroup",
            ),
            className="versions__group",
        )
        bodies.append(html.Tbody([head, *rows]))
    heads = [html.Th(t(f"event.column.{name}", lang=lang), scope="col") for name in COLUMNS]
    return html.Section(
        [
            html.H2(t("event.side_by_side", lang=lang), id="sources"),
            html.Table([html.Thead(html.Tr(heads)), *bodies], className="versions"),
        ],
        **{"aria-labelledby": "sources"},
    )


def _by_origin(own: list[Version]) -> list[list[Version]]:
    return [list(group) for _, group in groupby(own, key=lambda version: version.origin)]


def _origin_rows(own: list[Version], told: tuple[Version, ...], snapshot: Snapshot, lang: str) -> list[Any]:
    """The rows of one origin; where several reports carry it, under its name."""
    first = own[0]
    carried = sum(version.origin == first.origin for version in told)
    if carried < 2:
        return [_row(version, snapshot, lang) for version in own]
    name = _wire(first.origin_id, snapshot)
    text = t("lineage.origin_copies", lang=lang, number=str(first.origin), name=name, n=carried)
    head = html.Tr(html.Th(text, colSpan=len(COLUMNS), scope="rowgroup"), className="versions__origin")
    return [head, *(_row(version, snapshot, lang, shared=True) for version in own)]


def _row(version: Version, snapshot: Snapshot, lang: str, *, shared: bool = False) -> Any:
    facts = [
        snapshot.label_of("outlet_kind", version.kind, lang, "reports")
        if version.kind not in {"", "outlet"}
        else "",
        t("event.official", lang=lang) if version.official and version.kind != "official" else "",
        language_name(version.language, lang),
        t("event.background", lang=lang) if version.role == "background" else "",
        t("event.wire", lang=lang, wire=_wire(version.wire, snapshot)) if version.wire else "",
        "" if shared else t("event.origin", lang=lang, number=str(version.origin)),
    ]
    why = (
        snapshot.label_of("best_rule", version.rule, lang, "reports")
        if version.agreement == "set_aside"
        else ""
    )
    if version.weight and version.mass_g is not None and version.misfit:
        why = t("event.not_believed", lang=lang, grams=f"{version.mass_g:.2f}")
    figure = [html.Span(text) for text in (version.figure, version.weight) if text]
    cells: dict[str, Any] = {
        "outlet": [
            _link(version),
            html.Span(" · ".join(part for part in facts if part), className="versions__small"),
        ],
        "figure": [*(figure or ["–"]), html.Span(why, className="versions__small") if why else None],
        "words": [_words(version.words, version.language), _note(version.note, lang)],
        "place": _words(version.place, version.language),
        "day": [
            html.Span(_date(version.date_given, lang))
            if version.date_given
            else html.Span(t("lineage.no_date", lang=lang), className="muted"),
            html.Span(
                t("event.published", lang=lang, day=_date(version.published, lang)),
                className="versions__small",
            )
            if version.published
            else None,
        ],
    }
    return html.Tr(
        [
            (html.Th if name == "outlet" else html.Td)(
                cells[name],
                className=f"versions__{name}",
                **({"scope": "row"} if name == "outlet" else {}),
                **{"data-label": t(f"event.column.{name}", lang=lang)},
            )
            for name in COLUMNS
        ],
        className="versions__shared" if shared else None,
    )


def _date(text: str, lang: str) -> str:
    """`2025-07-30`, `2025-07` or `2025` as a reader writes it."""
    match len(text):
        case 10:
            return day(date.fromisoformat(text), lang)
        case 7:
            return month(date.fromisoformat(f"{text}-01"), lang)
    return text


def _wire(outlet_id: str, snapshot: Snapshot) -> str:
    """The name of the agency or outlet that a page credits."""
    reports = snapshot.reports
    known = reports.loc[reports["outlet_id"] == outlet_id, "outlet"]
    spelled = outlet_id.replace("_", " ")
    return str(known.iloc[0]) if len(known) else spelled.upper() if len(spelled) < 5 else spelled.title()


def _link(version: Version) -> Any:
    """The outlet's page in a tab of its own; only addresses of the web become links."""
    if urlsplit(version.url).scheme not in {"http", "https"}:
        return html.Span(version.outlet)
    return html.A(
        version.outlet,
        href=version.url,
        target="_blank",
        rel="noopener noreferrer",
        title=urlsplit(version.url).netloc,
    )


def _words(text: str, language: str) -> Any:
    if not text:
        return html.Span("–")
    return html.Q(text, lang=language or None, dir="auto", className="versions__quote")


def _note(note: str, lang: str) -> Any:
    return html.Span(t("event.note", lang=lang, note=note), className="versions__small") if note else None


def language_name(code: str, lang: str = "en") -> str:
    """`Arabic` for ar; the code where no name is known."""
    shown = lang if lang in languages() else "en"
    return str(Locale.parse(shown).languages.get(code, code)) if code else ""


def places_given(event: pd.Series, told: tuple[Version, ...], snapshot: Snapshot, lang: str = "en") -> Any:
    """The places as each outlet gives them, where they are not all one."""
    reports = snapshot.reports
    resolved = dict(zip(reports["report_id"], reports["place"], strict=True)) if "place" in reports else {}
    outlets, words_of = dict[str, dict[str, None]](), dict[str, dict[str, Any]]()
    for version in told:
        name = str(resolved.get(version.report_id, "")) or version.place
        if name:
            outlets.setdefault(name, {}).setdefault(version.outlet)
            if version.place != name:
                words_of.setdefault(name, {}).setdefault(
                    version.place, _words(version.place, version.language)
                )
    if len(outlets) < 2:
        return None
    taken = str(event["place"])
    known = place_names(snapshot, lang)
    items = [
        html.Li(
            [
                html.Strong(known.get(name) or name, dir="auto"),
                *(
                    part
                    for quote in list(words_of.get(name, {}).values())[:MOST_WORDS]
                    for part in (" ", quote)
                ),
                ": ",
                listed(outlets[name], lang),
                html.Span(t("event.place_taken", lang=lang), className="versions__small")
                if name == taken
                else None,
            ]
        )
        for name in sorted(outlets, key=lambda name: (name != taken, -len(outlets[name]), name))
    ]
    return html.Section(
        [
            html.H2(t("event.places", lang=lang), id="places"),
            html.P(t("event.places_text", lang=lang)),
            html.Ul(items, className="event__places"),
        ],
        **{"aria-labelledby": "places"},
    )
