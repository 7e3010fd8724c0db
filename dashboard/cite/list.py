"""Changed events as a list of components: for the page of changes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from dash import dcc, html

from dashboard.cite.words import Line, iso_day, long_kind
from dashboard.i18n import DEFAULT, t


def by_release(lines: Iterable[Line], lang: str = DEFAULT) -> list[Any]:
    """One heading a release, newest first, one line an event under it."""
    found: list[Any] = []
    for (label, on), own in groupby(lines, key=lambda one: (one.release, one.on)):
        heading = t("new.release", lang=lang, release=label, day=iso_day(on, lang))
        found += [html.H3(heading), html.Ul([_item(one, lang) for one in own], className="changes")]
    return found


def _item(told: Line, lang: str) -> Any:
    name: Any = (
        dcc.Link(told.event_id, href=f"/event/{told.event_id}")
        if told.page
        else html.Span(told.event_id, className="changes__id")
    )
    parts: list[Any] = [
        html.B(
            t(f"changed.kind.{told.kind}", lang=lang), className=f"changes__kind changes__kind--{told.kind}"
        ),
        " ",
        name,
        " ",
        html.Bdi(told.title) if told.title else long_kind(told, lang),
        f", {told.when}" if told.when else "",
    ]
    for i, other in enumerate(told.into):
        parts += [" → " if not i else t("changed.comma", lang=lang), dcc.Link(other, href=f"/event/{other}")]
    values: list[Any] = [
        html.Li([f"{one.name}: ", html.Del(html.Bdi(one.old)), " → ", html.Ins(html.Bdi(one.new))])
        for one in told.shifts
    ]
    if told.others:
        names = ", ".join(told.others)
        values.append(
            html.Li(t("changed.others", lang=lang, n=len(told.others), names=names), className="muted")
        )
    return html.Li([html.Div(parts), html.Ul(values) if values else None])
