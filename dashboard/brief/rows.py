"""The events of a view as the brief lists them: one row each, with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dashboard.brief.markup import address
from dashboard.event.headline import amount, place, short
from dashboard.figures import amounts
from dashboard.figures.view import Look
from dashboard.filters import UNSTATED
from dashboard.i18n import t
from dashboard.labels import labeller
from dashboard.release import Snapshot
from dashboard.selection import Selection

MOST = 150
"""Rows of a brief; the rest is counted and linked: a letter with more is better sent with the table."""
SOURCES = 3


@dataclass(frozen=True, slots=True)
class Source:
    """One page that tells of the event; `name` is its host."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event. `remarks`: what a reader of the row must know, figures that differ for instance."""

    event_id: str
    when: str
    where: str
    what: str
    tablets: str
    reported: str
    remarks: tuple[str, ...]
    sources: tuple[Source, ...]
    more_sources: int


def event_rows(selection: Selection, snapshot: Snapshot, look: Look) -> tuple[EventRow, ...]:
    """The events drawn, pills of unstated kind included, newest first and undated ones last."""
    ordered = selection.drawn.sort_values(
        ["date_start", "event_id"], ascending=[False, True], na_position="last"
    ).head(MOST)
    return tuple(_row(row, snapshot, look) for _, row in ordered.iterrows())


def _row(event: Any, snapshot: Snapshot, look: Look) -> EventRow:
    lang = look.lang
    found = sources(event)
    remarks = []
    if event["drug"] in UNSTATED:
        remarks.append(t("largest.unstated", lang=lang))
    if event["figures_differ"]:
        remarks.append(t("brief.figures_differ", lang=lang))
    if event["possible_duplicate_of"]:
        twins = str(event["possible_duplicate_of"]).replace("|", ", ")
        remarks.append(t("brief.possible_duplicate", lang=lang, ids=twins))
    if event.get("review_status") == "machine":
        remarks.append(t("read.mark", lang=lang))
    reported = t(
        "brief.reported",
        lang=lang,
        outlets=t("largest.n_outlets", lang=lang, n=int(event["n_outlets"])),
        origins=t("largest.n_origins", lang=lang, n=int(event["n_origins"])),
        evidence=labeller(snapshot, lang)("evidence", str(event["evidence"])),
    )
    return EventRow(
        event_id=str(event["event_id"]),
        when=short(event, lang),
        where=place(event, lang) or t("event.place_unknown", lang=lang),
        what=amount(event, snapshot, lang),
        tablets=amounts.tablets(event, look),
        reported=reported,
        remarks=tuple(remarks),
        sources=found[:SOURCES],
        more_sources=max(0, len(found) - SOURCES),
    )


def sources(event: Mapping[str, Any]) -> tuple[Source, ...]:
    """The pages that tell of an event, official ones first, addresses of the web only."""
    given = [str(event.get("official_url") or ""), *str(event.get("source_urls") or "").split("|")]
    known = dict.fromkeys(url for one in given if (url := address(one.strip(), "")))
    return tuple(Source((urlsplit(url).hostname or url).removeprefix("www."), url) for url in known)
