"""The last run in words and figures; before any, what the data rest on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_timedelta
from dash import dcc, html

from dashboard.i18n import DEFAULT, day, locale, moment, t
from dashboard.release import Snapshot, machine_read
from dashboard.status import BUILT, COUNTS, Refresh, Status

GRACE = timedelta(minutes=30)
"""A planned run may begin this much late (schedules have a jitter) before the page calls it overdue."""


def told(status: Status, snapshot: Snapshot, now: datetime, lang: str = DEFAULT) -> list[Any]:
    """Outcome, message and times of the last run; or that none ever ran, and what the data rest on."""
    refresh = status.refresh
    parts: list[Any] = []
    if status.problem == "unreadable":
        parts.append(html.P(t("status.unreadable", lang=lang), className="notice"))
    if not refresh.ran:
        return [*parts, *_by_hand(status, snapshot, lang)]
    outcome = t(f"status.outcome.{refresh.outcome}", lang=lang)
    if refresh.started_at and not refresh.ended_at:
        outcome = t("status.running", lang=lang).capitalize() + "."
    parts.append(html.P(outcome, className="state-page__said outcome"))
    if refresh.message:
        parts.append(html.P(refresh.message, className="state-page__said", dir="auto"))
    return [*parts, _times(refresh, now, lang), _counts(refresh.counts, COUNTS, "count", lang)]


def _by_hand(status: Status, snapshot: Snapshot, lang: str) -> list[Any]:
    planned = status.refresh.next_run
    first = (
        t("status.never_next", lang=lang, when=moment(planned, lang))
        if planned
        else t("status.never", lang=lang)
    )
    until = day(snapshot.data_complete_to, lang)
    curated = int((~machine_read(snapshot.seizures)).sum())
    reports = snapshot.reports
    by_people = int((~machine_read(reports)).sum()) if len(reports) else 0
    rests = (
        t(
            "status.rests_on",
            lang=lang,
            reports=by_people,
            day=until,
            events=curated,
            aggregates=int((~machine_read(snapshot.aggregates)).sum()),
        )
        if by_people
        else t("status.rests_on_release", lang=lang, day=until, events=curated)
    )
    read = status.documents.get("found", 0)
    inbox = t("status.documents", lang=lang, n=read) if read else t("status.no_documents", lang=lang)
    return [html.P(text, className="state-page__said") for text in (first, f"{rests} {inbox}")]


def _times(refresh: Refresh, now: datetime, lang: str) -> Any:
    def said(moment: datetime | None, otherwise: str) -> list[Any]:
        return _fact(moment, now, lang) if moment else [t(f"status.{otherwise}", lang=lang)]

    ended = said(refresh.ended_at, "running" if refresh.started_at else "not_told")
    if refresh.started_at and refresh.ended_at and refresh.ended_at >= refresh.started_at:
        span = _span(refresh.ended_at - refresh.started_at, lang)
        ended[-1] = html.Small(
            f"{_distance(refresh.ended_at, now, lang)}; {t('status.took', lang=lang, span=span)}"
        )
    rows = {
        "started": said(refresh.started_at, "not_told"),
        "ended": ended,
        "last_ok": said(refresh.last_ok, "none_yet"),
        "next_run": _next(refresh, now, lang),
    }
    if refresh.stale_after:
        rows["stale_after"] = said(refresh.stale_after, "not_told")
    return facts({t(f"status.{name}", lang=lang): value for name, value in rows.items()})


def _next(refresh: Refresh, now: datetime, lang: str) -> list[Any]:
    if refresh.next_run is None:
        return [t("status.no_next", lang=lang)]
    if refresh.next_run + GRACE < now:
        return [t("status.overdue", lang=lang, when=moment(refresh.next_run, lang))]
    return _fact(refresh.next_run, now, lang)


def facts(rows: Mapping[str, list[Any]]) -> Any:
    """A list of terms and values."""
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows.items()], className="run-facts"
    )


def data(status: Status, snapshot: Snapshot, lang: str = DEFAULT) -> Any:
    """The release in force, to which day it is complete, and what the build counted."""
    link = [snapshot.label, html.Small(dcc.Link(t("status.release_link", lang=lang), href="/about#cite"))]
    rows = {"release": link, "complete_to": [day(snapshot.data_complete_to, lang)]}
    named = facts({t(f"status.{name}", lang=lang): value for name, value in rows.items()})
    same = status.release == snapshot.label
    return html.Div([named, _counts(status.built, BUILT, "built", lang) if same else None])


def _counts(given: Mapping[str, int], names: tuple[str, ...], group: str, lang: str) -> Any:
    shown = [(name, given[name]) for name in names if name in given and t_has(group, name)]
    if not shown:
        return None
    return html.Dl(
        [html.Div([html.Dt(t(f"status.{group}.{name}", lang=lang)), html.Dd(f"{n:,}")]) for name, n in shown],
        className="counts",
        **{"aria-label": t(f"status.{group}.label", lang=lang)},
    )


def t_has(group: str, name: str) -> bool:
    """Whether a count is one that readers are shown: rows read say nothing beside the reports."""
    return (group, name) != ("built", "rows_read")


def when(
    value: datetime | None, now: datetime, lang: str = DEFAULT, none: str = "status.source.never"
) -> Any:
    """A moment with its distance from now in small; the words of `none` without one."""
    return _fact(value, now, lang) if value else t(none, lang=lang)


def _fact(value: datetime, now: datetime, lang: str) -> list[Any]:
    stamp = html.Time(moment(value, lang), dateTime=value.isoformat(timespec="seconds"))
    return [stamp, " ", html.Small(_distance(value, now, lang))]


def _distance(value: datetime, now: datetime, lang: str) -> str:
    """`3 hours ago`, `in 20 minutes`."""
    key = "status.within" if value > now else "status.ago"
    return t(key, lang=lang, span=_span(abs(now - value), lang))


def _span(value: timedelta, lang: str) -> str:
    return str(format_timedelta(value, locale=locale(lang), threshold=1.5))
