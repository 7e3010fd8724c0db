"""The section "Read by machine" of the event page, and the banner of an event that rests on nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from dash import html

from dashboard.event.machine import ASIDE, Line, Reading
from dashboard.event.sources import language_name
from dashboard.i18n import has, t

COLUMNS = ("field", "value", "words", "rule")


def banner(pages: int, lang: str = "en") -> Any:
    """Over everything else on the page of a seizure that no person has reviewed."""
    text = t("machine.banner", lang=lang, n=pages)
    return html.P(
        [html.Strong(text), " ", t("machine.banner_more", lang=lang)],
        className="event__notice event__notice--machine",
        role="note",
    )


def section(found: Sequence[Reading], lang: str = "en", *, alone: bool = False) -> Any:
    """Each page with what was read on it. `alone`: no person's report stands beside them."""
    if not found:
        return None
    about = t("machine.about_alone" if alone else "machine.about", lang=lang)
    return html.Section(
        [
            html.H2(t("machine.title", lang=lang), id="machine"),
            html.P(about, className="read__about"),
            *(_page(one, lang, alone=alone) for one in found),
        ],
        **{"aria-labelledby": "machine"},
    )


def _page(one: Reading, lang: str, *, alone: bool) -> Any:
    main = [line for line in one.lines if line.field != ASIDE]
    aside = [line for line in one.lines if line.field == ASIDE]
    return html.Div(
        [
            html.H3(_source(one, lang), className="read__source"),
            html.P(_told(one, lang, alone=alone), className="versions__small"),
            _table(main, one, lang, caption=t("machine.caption", lang=lang, outlet=_name(one, lang))),
            _more(
                t("machine.named_places", lang=lang, n=len(aside)),
                _table(aside, one, lang, caption=t("machine.caption_places", lang=lang)) if aside else None,
            ),
            _more(
                t("machine.reasons", lang=lang),
                html.Ul([html.Li(reason) for reason in one.reasons]) if one.reasons else None,
            ),
        ],
        className="read__page",
    )


def _name(one: Reading, lang: str) -> str:
    return one.outlet or t("machine.no_outlet", lang=lang)


def _source(one: Reading, lang: str) -> Any:
    """The outlet's page in a tab of its own; only addresses of the web become links."""
    name = html.Bdi(_name(one, lang))
    if urlsplit(one.url).scheme not in {"http", "https"}:
        return name
    return html.A(
        name, href=one.url, target="_blank", rel="noopener noreferrer", title=urlsplit(one.url).netloc
    )


def _told(one: Reading, lang: str, *, alone: bool) -> str:
    """Language, day, document, and how its figure stands to the one in the data."""
    figure = "" if alone or one.agrees is None else f"machine.{'agrees' if one.agrees else 'differs'}"
    known = (
        language_name(one.language, lang),
        t("event.published", lang=lang, day=one.published) if one.published else "",
        t("event.background", lang=lang) if one.recalled else "",
        t("machine.no_address", lang=lang) if not one.url else "",
        one.document_id,
        t(figure, lang=lang) if figure else "",
    )
    return " · ".join(part for part in known if part)


def _more(title: str, content: Any) -> Any:
    if content is None:
        return None
    return html.Details([html.Summary(title), content], className="read__more")


def _table(lines: Sequence[Line], one: Reading, lang: str, *, caption: str) -> Any:
    heads = [
        html.Th(t(f"machine.column.{name}", lang=lang), scope="col", className=f"read__{name}")
        for name in COLUMNS
    ]
    groups = [list(group) for _, group in groupby(lines, key=lambda line: line.words)]
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr(heads)),
            html.Tbody([row for group in groups for row in _rows(group, one.language, lang)]),
        ],
        className="versions read",
    )


def _rows(group: Sequence[Line], language: str, lang: str) -> list[Any]:
    """A row a value; of values that the same words tell, the first row has the words for all of them."""
    return [_row(line, language, lang, span=0 if at else len(group)) for at, line in enumerate(group)]


def _row(line: Line, language: str, lang: str, *, span: int) -> Any:
    key = f"machine.field.{line.field}"
    cells = {
        "field": t(key, lang=lang) if has(key) else line.field.replace("_", " "),
        "value": html.Span(line.value, dir="auto", className="read__value"),
        "words": _quote(line, language, lang),
        "rule": [html.Span(line.rule), html.Code(line.rule_id, dir="ltr", className="versions__small")],
    }
    return html.Tr(
        [
            (html.Th if name == "field" else html.Td)(
                cells[name],
                className=f"read__{name}",
                **({"scope": "row"} if name == "field" else {}),
                **({"rowSpan": span} if name == "words" and span > 1 else {}),
                **{"data-label": t(f"machine.column.{name}", lang=lang)},
            )
            for name in COLUMNS
            if span or name != "words"
        ]
    )


def _quote(line: Line, language: str, lang: str) -> Any:
    """The page's words with the telling ones marked; of a value that no words say, that it has none."""
    if not any(line.words):
        return html.Span(t("machine.no_words", lang=lang), className="versions__small")
    marked = [html.Mark(line.told)] if line.told else []
    return html.Q(
        [line.before, *marked, line.after], lang=language or None, dir="auto", className="versions__quote"
    )
