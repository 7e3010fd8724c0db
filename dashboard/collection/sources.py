"""The sources one by one, the worst first, and what went wrong: tables and lists that need no colour."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from dash import html

from dashboard.collection.run import when
from dashboard.i18n import DEFAULT, listed, moment, t
from dashboard.labels import country
from dashboard.status import STATES, Refresh, SourceState

SIGNS = {"failing": "✕", "late": "◔", "unknown": "?", "fresh": "✓", "off": "–"}
PAGES = ("listed", "relevant", "fetched", "failed")
SHOWN_PROBLEMS = 50


def table(refresh: Refresh, now: datetime, lang: str = DEFAULT) -> list[Any]:
    """A sentence and one row a source."""
    if not refresh.sources:
        return [html.P(t("status.source.none", lang=lang), className="state-page__about")]
    heads = ("state", "source", "last_ok", *PAGES)
    return [
        html.P(summary(refresh.sources, lang), className="state-page__about"),
        html.Table(
            [
                html.Thead(
                    html.Tr(
                        [
                            html.Th(
                                t(f"status.column.{name}", lang=lang),
                                scope="col",
                                className="number" if name in PAGES else "",
                            )
                            for name in heads
                        ]
                    )
                ),
                html.Tbody([_row(one, now, lang) for one in refresh.sources]),
            ],
            className="states",
        ),
    ]


def summary(sources: tuple[SourceState, ...], lang: str = DEFAULT) -> str:
    """`27 sources: 2 failing, 1 late, 20 fresh, 4 off ...`."""
    counted = Counter(one.state for one in sources)
    parts = [
        f"{counted[state]} {t(f'status.state.{state}', lang=lang)}" for state in STATES if counted[state]
    ]
    return t("status.source.summary", lang=lang, n=len(sources), parts=listed(parts, lang))


def _row(one: SourceState, now: datetime, lang: str) -> Any:
    label = t(f"status.state.{one.state}", lang=lang)
    sign = html.I(SIGNS[one.state], **{"aria-hidden": "true"})
    about = " · ".join(part for part in (one.kind, one.language, _country(one.country, lang)) if part)
    name = [html.B(one.name, dir="auto"), html.Span(about, className="states__kind")]
    if one.waiting:
        waiting = t("status.source.waiting", lang=lang, n=one.waiting)
        name.append(html.Span(waiting, className="states__kind"))
    if one.message:
        name.append(html.Span(one.message, className="states__said", dir="auto"))
    return html.Tr(
        [
            html.Td(
                html.Span([sign, label], className=f"mark mark--{one.state}"),
                title=t(f"status.about_state.{one.state}", lang=lang),
            ),
            html.Th(name, scope="row"),
            html.Td(
                _answered(one, now, lang),
                className="states__when",
                **{"data-label": t("status.column.last_ok", lang=lang)},
            ),
            *(
                html.Td(
                    "" if n is None else f"{n:,}",
                    className="number",
                    **{"data-label": t(f"status.column.{column}", lang=lang)},
                )
                for column in PAGES
                for n in [getattr(one, column)]
            ),
        ],
        className=f"states--{one.state}",
    )


def _answered(one: SourceState, now: datetime, lang: str) -> Any:
    """When it last answered; and when it was last tried, where that was another time."""
    if one.state == "off" and not one.last_ok:
        return ""
    found = [when(one.last_ok, now, lang)]
    if one.last_tried and one.last_tried != one.last_ok:
        tried = t("status.source.tried", lang=lang, when=moment(one.last_tried, lang))
        found.append(html.Small(tried, className="states__tried"))
    return found


def _country(code: str, lang: str) -> str:
    return country(code, lang) if code else ""


def problems(refresh: Refresh, lang: str = DEFAULT) -> list[Any]:
    """What went wrong of late, the newest first."""
    if not refresh.problems:
        return [html.P(t("status.problem.none", lang=lang), className="state-page__about")]
    names = {one.id: one.name for one in refresh.sources}
    rest = len(refresh.problems) - SHOWN_PROBLEMS + refresh.more_problems
    items = [
        html.Li(
            [
                html.Time(moment(one.at, lang), dateTime=one.at.isoformat(timespec="seconds"))
                if one.at
                else html.Span(t("status.not_told", lang=lang), className="problems__code"),
                html.Div(
                    [
                        html.B(
                            names.get(one.source, one.source) or t("status.problem.general", lang=lang),
                            dir="auto",
                        ),
                        ": ",
                        html.Span(one.message or one.code, dir="auto"),
                        html.Span(f" ({one.code})", className="problems__code")
                        if one.code and one.message
                        else "",
                    ]
                ),
            ]
        )
        for one in refresh.problems[:SHOWN_PROBLEMS]
    ]
    more = [html.P(t("status.problem.more", lang=lang, n=rest), className="small muted")] if rest > 0 else []
    return [html.Ul(items, className="problems"), *more]
