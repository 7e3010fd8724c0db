"""Listings: what a source names, whatever its kind. Nothing here decides what is worth fetching."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import islice

from etl.acquire.listings.feeds import read_feed
from etl.acquire.listings.gdelt import list_gdelt
from etl.acquire.listings.notes import Notes
from etl.acquire.listings.page_lists import read_page_list
from etl.acquire.listings.request import Get, Request
from etl.acquire.listings.sitemaps import is_dated, list_sitemap
from etl.acquire.media import FEEDS, PAGES
from etl.acquire.records import Answer, Listed, Listing, Source

__all__ = ["Get", "list_source"]

_NOT_MODIFIED = 304
# After these the next look must get the listing anew, not "unchanged".
_UNSURE = {
    "listing_broken", "listing_declares", "listing_not_text", "listing_not_understood",
    "listing_outside_range", "listing_too_large",
}  # fmt: skip


def list_source(
    source: Source,
    get: Get,
    state_etag: str = "",
    state_last_modified: str = "",
    *,
    now: datetime,
    since: datetime | None = None,
) -> Listing:
    """Ask a source what is there. `now` and `since` are UTC. Raises FetchError if its first page can't be
    had.

    With `since`, pages known to be older are left out (the range is checked before). A listing outside the
    source's `minimum`..`maximum` is a trouble `listing_outside_range`: too few items are given as they are,
    of too many the newest `maximum`; the caller keeps what it stored before. After a listing that was not
    read in full, and of an index of sitemaps, `etag` and `last_modified` are blank: the next look asks for
    all of it.

    A `table` names one address, its own; an `inbox` names none (its folder is read elsewhere).
    """
    if source.kind == "table":
        return Listing((Listed(source.url, source.name, language=source.language),))
    if source.kind == "inbox":
        return Listing()
    notes, request = Notes(source.url), Request(source, now, since)
    answer = None
    if source.kind != "gdelt" and not is_dated(source.url):
        accept = PAGES if source.kind == "pages" else FEEDS
        answer = get(source.url, etag=state_etag, last_modified=state_last_modified, accept=accept)
        if answer.status == _NOT_MODIFIED:
            return Listing(unchanged=True, etag=state_etag, last_modified=state_last_modified)
    items, whole = _read(request, answer, get, notes)
    return _within_range(request, items, answer if whole else None, notes)


def _read(request: Request, answer: Answer | None, get: Get, notes: Notes) -> tuple[list[Listed], bool]:
    """The items, and whether they are all of `answer` alone."""
    kind = request.source.kind
    if kind == "sitemap":
        return list_sitemap(request, answer, get, notes)
    if answer is None:
        return list_gdelt(request, get, notes), False
    if kind == "pages":
        return read_page_list(answer, request, notes), True
    return read_feed(answer, notes, request.now, request.source.language), True


def _within_range(request: Request, items: list[Listed], answer: Answer | None, notes: Notes) -> Listing:
    """The listing; `answer` is the one whose marks may be sent with the next look."""
    source, count = request.source, len(items)
    if not source.minimum <= count <= source.maximum:
        notes.say("listing_outside_range", count=count, minimum=source.minimum, maximum=source.maximum)
    if count > source.maximum:
        notes.say("listing_cut", count=count, kept=source.maximum)
        # Undated items keep their place before the dated ones: listings put new pages first.
        newest = sorted(items, key=lambda item: item.published or request.now, reverse=True)
        items = list(islice(newest, source.maximum))
    if request.since:
        items = [item for item in items if item.published is None or item.published >= request.since]
    listing = Listing(tuple(items), notes.troubles)
    if answer is None or not _UNSURE.isdisjoint(trouble.code for trouble in listing.troubles):
        return listing
    return replace(
        listing,
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
    )
