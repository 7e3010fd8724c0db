"""What each release did to a record: added, corrected from old to new, merged, split, withdrawn."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.cite import kept, log
from dashboard.cite.compare import CORRECTED, MERGED, SPLIT, Change, Logged, differences
from dashboard.cite.words import iso_day, line
from dashboard.i18n import DEFAULT, listed, t
from dashboard.release import Snapshot


def entries(event_id: str, snapshot: Snapshot) -> tuple[Logged, ...]:
    """The changes of an event, newest first: its own, and those of events merged into it or split from it."""
    own = [one for one in log.logged(snapshot) if one.event_id == event_id or event_id in one.others]
    return tuple(sorted(own, key=lambda one: kept.label_key(one.release), reverse=True))


def history(event: pd.Series, snapshot: Snapshot, lang: str = DEFAULT) -> Any:
    """The record's changes, release by release; says so where the release keeps no log of them."""
    event_id = str(event["event_id"])
    found = entries(event_id, snapshot)
    items = [_item(one, event_id, snapshot, lang) for one in found]
    body: Any = html.Ol(items, className="history") if items else html.P(t("lineage.history_none", lang=lang))
    return html.Section(
        [html.H2(t("lineage.history", lang=lang), id="history"), body], **{"aria-labelledby": "history"}
    )


def _item(one: Logged, event_id: str, snapshot: Snapshot, lang: str) -> Any:
    when = t("lineage.release", lang=lang, release=one.release, day=iso_day(one.on, lang))
    values: list[Any] = []
    if one.event_id == event_id and one.kind in {CORRECTED, SPLIT}:
        values = _values(one, snapshot, lang)
    return html.Li(
        [
            html.Span(when, className="history__when"),
            html.Div([html.P(_what(one, event_id, lang)), html.Ul(values) if values else None]),
        ]
    )


def _what(one: Logged, event_id: str, lang: str) -> list[Any]:
    """`Corrected`, `CAP-000012 was merged into this record`, with links to the other events."""
    if one.event_id != event_id:
        kind = "absorbed" if one.kind == MERGED else "came_from"
        link = dcc.Link(one.event_id, href=f"/event/{one.event_id}")
        return [t(f"lineage.what.{kind}", lang=lang), " ", link]
    parts: list[Any] = [t(f"lineage.what.{one.kind}", lang=lang)]
    for i, other in enumerate(one.others):
        parts += [t("list.comma", lang=lang) if i else " ", dcc.Link(other, href=f"/event/{other}")]
    return parts


def _values(one: Logged, snapshot: Snapshot, lang: str) -> list[Any]:
    """Old and new value of each column; where the release before is not kept, the names of the columns."""
    older = kept.before(one.release, snapshot)
    then = kept.rows(older, snapshot) if older else {}
    now = kept.rows(one.release, snapshot)
    old, new = then.get(one.event_id), now.get(one.event_id)
    if not old or not new:
        return (
            [html.Li(t("lineage.columns", lang=lang, names=listed(one.columns, lang)))] if one.columns else []
        )
    told = line(Change(CORRECTED, one.event_id, differences(old, new)), then, now, snapshot, lang)
    found: list[Any] = [
        html.Li([f"{shift.name}: ", html.Del(html.Bdi(shift.old)), " → ", html.Ins(html.Bdi(shift.new))])
        for shift in told.shifts
    ]
    if told.others:
        names = listed(told.others, lang)
        found.append(
            html.Li(t("changed.others", lang=lang, n=len(told.others), names=names), className="muted")
        )
    return found
