"""RSS and Atom: a feed's bytes -> the pages it names. feedparser gets what was fetched, and asks nobody."""

from __future__ import annotations

import calendar
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXException

import feedparser

from etl.acquire.listings.links import LONGEST_SUMMARY, LONGEST_TITLE, plain, web_address
from etl.acquire.listings.markup import DeclaresError, NotTextError, xml_text
from etl.acquire.listings.moments import believed
from etl.acquire.listings.notes import Notes
from etl.acquire.records import Answer, Listed
from etl.weburl import url_key

MOST_TAGS = 150_000
"""Tags that are read: a feed of 10,000 items has about 120,000. feedparser takes some 35 µs for each where a
document is malformed, so that what is hostile takes seconds, not minutes."""


def read_feed(answer: Answer, notes: Notes, now: datetime, language: str = "") -> list[Listed]:
    """Return the pages that a feed names, in its order, each once. What is wrong with it goes into `notes`.

    A feed that is cut off or not well-formed gives the items that could be read. Items whose link is no web
    address are left out. Of items with the same address the first stays, and of items with the same id and
    title (an id alone is no ground: some feeds give all items one).
    """
    try:
        text = xml_text(answer.body, answer.headers.get("content-type", ""))
    except DeclaresError:
        notes.say("listing_declares")
        return []
    except NotTextError as error:
        notes.say("listing_not_text", kind=str(error))
        return []
    try:
        parsed = _parsed(_bounded(text, notes), answer.final_url or answer.url)
    except Exception as error:  # feedparser lets out what its parts raise: OverflowError at &#99999999999;
        notes.say("listing_broken", why=plain(f"{type(error).__name__}: {error}", 80), count=0)
        return []
    if not parsed.get("version") and not parsed.entries:
        notes.say("listing_not_understood", kind="feed", found=plain(text, 80) or "it is empty")
        return []
    language = language or str(parsed.feed.get("language") or "").strip().lower()[:10]
    items = list(_once(_items(parsed.entries, notes, now, language)))
    fault = parsed.get("bozo_exception")
    if isinstance(fault, SAXException):
        notes.say("listing_broken", why=plain(fault.getMessage(), 80), count=len(items))
    return items


def _bounded(text: str, notes: Notes) -> str:
    pieces = text.split("<", MOST_TAGS)
    if len(pieces) <= MOST_TAGS:
        return text
    notes.say("listing_too_large", largest=f"{MOST_TAGS:,} tags")
    return text[: -len(pieces[-1]) - 1]


def _parsed(text: str, base: str) -> Any:
    """Parse with feedparser: from memory, as UTF-8, relative links taken from `base`."""
    told = {"content-type": "application/xml; charset=utf-8", "content-location": base}
    # A stream, never the bytes: those would be taken for the name of a file or an address to be opened.
    stream = io.BytesIO(text.encode("utf-8"))
    return feedparser.parse(stream, response_headers=told, sanitize_html=False, resolve_relative_uris=False)


def _items(
    entries: list[Mapping[str, Any]], notes: Notes, now: datetime, language: str
) -> Iterator[tuple[str, Listed]]:
    for entry in map(dict, entries):  # their own keys only: feedparser gives some under further names
        title = plain(_said(entry, "title"), LONGEST_TITLE)
        href = _said(entry, "link") or _said(entry, "id")
        url = web_address(href)
        if not url:
            notes.count("listing_link_dropped", href or title or "an item without a link")
            continue
        published = believed(_moment(entry), _said(entry, "published") or _said(entry, "updated"), now, notes)
        summary = plain(_said(entry, "summary") or _content(entry), LONGEST_SUMMARY)
        yield _said(entry, "id"), Listed(url, title, summary, published, language)


def _once(items: Iterator[tuple[str, Listed]]) -> Iterator[Listed]:
    seen: set[object] = set()
    for guid, item in items:
        keys: set[object] = {url_key(item.url)} | ({(guid, item.title)} if guid else set())
        if seen.isdisjoint(keys):
            yield item
        seen |= keys


def _said(entry: Mapping[str, Any], name: str) -> str:
    said = entry.get(name)
    return said if isinstance(said, str) else ""


def _content(entry: Mapping[str, Any]) -> str:
    for content in entry.get("content") or ():
        if isinstance(said := content.get("value"), str):
            return said
    return ""


def _moment(entry: Mapping[str, Any]) -> datetime | None:
    """The date that feedparser understood: a UTC struct_time, which need not be a possible one."""
    for name in ("published_parsed", "updated_parsed"):
        if parsed := entry.get(name):
            try:
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
            except (ValueError, OverflowError, OSError, TypeError):
                return None
    return None
