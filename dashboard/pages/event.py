"""One seizure in full: `/event/CAP-000123`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import dash

from dashboard.asked import language
from dashboard.components.failure import failing_softly
from dashboard.event import view
from dashboard.event.headline import title as headline
from dashboard.event.identity import Found, Merged, resolve
from dashboard.filters import Filters
from dashboard.i18n import t
from dashboard.watcher import current


@failing_softly
def layout(event_id: str = "", was: str = "", **query: str) -> Any:
    """The page of an event; for an id that has none, what became of it. `query` leads back to the table."""
    snapshot = current()
    today = datetime.now(UTC).date()
    back = Filters.from_pairs(query.items()).to_query()
    match resolve(event_id, snapshot):
        case Found(event_id=found):
            return view.page(found, snapshot, today, was=was, query=back, lang=language())
        case Merged(event_id=old, into=into):
            return view.page(into, snapshot, today, was=old, query=back, lang=language())
        case gone:
            return view.no_page(gone, snapshot, language())


def page_title(event_id: str = "", **_query: str) -> str:
    """`CAP-000065: 3,000,000 Captagon tablets, Al-Qaim border crossing`."""
    snapshot, lang = current(), language()
    rows = snapshot.seizures
    found = rows.loc[rows["event_id"] == event_id]
    if found.empty:
        return t("event.unknown.title", lang=lang)
    return t("event.named", lang=lang, event_id=event_id, title=headline(found.iloc[0], snapshot, lang))


dash.register_page(
    __name__, path_template="/event/<event_id>", name="event", title=page_title, layout=layout, in_nav=False
)
