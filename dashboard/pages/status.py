"""The state of the collection: last and next run, sources, coverage, errors: `/status`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import dash
from dash import html

from dashboard.asked import language
from dashboard.collection import coverage, run, sources
from dashboard.components.failure import failing_softly
from dashboard.components.still import Still
from dashboard.i18n import t
from dashboard.status import current as current_status
from dashboard.watcher import current


@failing_softly
def layout(**_query: str) -> Any:
    """All of it as of this request; without a run, what the data rest on instead."""
    snapshot, status, lang = current(), current_status(), language()
    now, refresh = datetime.now(UTC), status.refresh
    covered = coverage.coverage(snapshot)
    names = {one.id: one.name for one in refresh.sources}
    parts = [_section("run" if refresh.ran else "by_hand", run.told(status, snapshot, now, lang), lang)]
    parts.append(_section("data", [run.data(status, snapshot, lang)], lang))
    if refresh.ran:
        parts.append(_section("problems", sources.problems(refresh, lang), lang))
        parts.append(_section("sources", sources.table(refresh, now, lang), lang))
    if refresh.ran or covered.months:
        parts.append(_section("coverage", coverage.table(covered, names, lang), lang))
    return html.Div(
        [
            html.H1(t("status.title", lang=lang)),
            html.P(t("status.lead", lang=lang), className="state-page__lead"),
            *parts,
            html.P(html.A(t("status.json", lang=lang), href="/status.json"), className="source-line"),
        ],
        className="page state-page",
    )


def _section(name: str, content: list[Any], lang: str) -> Any:
    heading = html.H2(t(f"status.{name}", lang=lang), id=name)
    return html.Section([heading, Still(content)], **{"aria-labelledby": name})


dash.register_page(__name__, path="/status", name="status", order=10, in_nav=False, layout=layout)
