"""New in the last 7 days: a line for the overview, with the way to the whole list."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import dcc, html

from dashboard.cite.compare import ADDED, CORRECTED
from dashboard.cite.recent import WEEK, recent
from dashboard.i18n import DEFAULT, t
from dashboard.release import Snapshot


def this_week(snapshot: Snapshot, today: date, lang: str = DEFAULT) -> Any:
    """`New in the last 7 days: 3 added, 1 corrected`. Merged and withdrawn ones are named too.

    Without machine-read events; the first release of a history counts as additions.
    """
    found = recent(snapshot, today - WEEK, lang, most=0)
    counts = {ADDED: 0, CORRECTED: 0} | found.counts
    if found.first:
        counts[ADDED] += found.first.events
    words = t("changed.comma", lang=lang).join(
        t(f"changed.count.{kind}", lang=lang, n=n) for kind, n in counts.items()
    )
    return html.P(
        [
            html.Span(t("new.week", lang=lang), className="news-week__title"),
            " ",
            html.Span(words),
            " · ",
            dcc.Link(t("new.week_more", lang=lang), href="/new"),
        ],
        className="news-week",
    )
