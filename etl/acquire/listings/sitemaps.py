"""News sitemaps and indexes of sitemaps -> the pages they name.

An address may hold places for a date: `{year}`, `{month}`, `{day}` (no leading zero), `{mm}`, `{dd}` (two
digits) and `{date}` (2026-11-21). It then stands for one sitemap a month or a day of the window.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from lxml import etree

from etl.acquire.failures import FetchError
from etl.acquire.listings.links import LONGEST_TITLE, plain, same_site, web_address
from etl.acquire.listings.markup import DeclaresError, NotTextError, xml_text
from etl.acquire.listings.moments import believed, from_iso
from etl.acquire.listings.notes import Notes
from etl.acquire.listings.request import Get, Request, Strings
from etl.acquire.media import FEEDS
from etl.acquire.records import Answer, Listed
from etl.weburl import url_key

LARGEST = 10_000_000
"""Bytes of an unpacked sitemap that are read; a news sitemap has at most 1,000 addresses, well under 1 MB."""
_GZIP = b"\x1f\x8b"
_READ = frozenset({"loc", "lastmod", "publication_date", "title", "language"})
"""The elements inside an entry whose words are read."""
_PLACES = ("year", "month", "day", "mm", "dd", "date")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one document names: pages, and further sitemaps with the time of their last change."""

    pages: tuple[Listed, ...] = ()
    further: tuple[tuple[str, datetime | None], ...] = ()


@dataclass(slots=True)
class _Walk:
    """How far an index was followed."""

    request: Request
    first_day: datetime
    left: int
    notes: Notes
    followed: bool = False
    pages: dict[str, Listed] = field(default_factory=dict)


def list_sitemap(
    request: Request, answer: Answer | None, get: Get, notes: Notes
) -> tuple[list[Listed], bool]:
    """Return the pages of a sitemap (`answer`), or of those that an index names, newest first, each once; and
    whether `answer` alone named them all.

    Options: `days` (pages changed longer ago are left out: 3), `max_sitemaps` (10), `depth` of nested indexes
    (2), `other_hosts`. Sitemaps and pages on other sites are left out. A sitemap that can't be fetched is a
    trouble; the others are read. With a dated address `answer` is None.
    """
    options = request.source.options
    first_day = request.now - timedelta(days=float(str(options.get("days", 3))))
    walk = _Walk(request, first_day, int(str(options.get("max_sitemaps", 10))), notes)
    depth = int(str(options.get("depth", 2)))
    if answer is not None:
        _follow(walk, answer, get, depth)
    else:
        days = (request.now - first_day).days + 1
        urls = dated_urls(request.source.url, request.now.date(), days)
        _follow_all(walk, [(url, None) for url in urls], get, depth)
    pages = sorted(walk.pages.values(), key=lambda page: page.published or request.now, reverse=True)
    return pages, answer is not None and not walk.followed


def is_dated(url: str) -> bool:
    """Whether an address has places for a date."""
    return any(f"{{{place}}}" in url for place in _PLACES)


def dated_urls(url: str, today: date, days: int) -> list[str]:
    """Return the addresses that a dated one stands for, newest first, each once."""
    found = []
    for back in range(days):
        day = today - timedelta(days=back)
        filled = url
        for place, value in zip(
            _PLACES,
            (day.year, day.month, day.day, f"{day:%m}", f"{day:%d}", day.isoformat()),
            strict=True,
        ):
            filled = filled.replace(f"{{{place}}}", str(value))
        found.append(filled)
    return list(dict.fromkeys(found))


def _follow(walk: _Walk, answer: Answer, get: Get, depth: int) -> None:
    sitemap = read_sitemap(answer, walk.notes, walk.request.now, walk.request.source.language)
    others = walk.request.strings("other_hosts")
    for page in sitemap.pages:
        if not same_site(page.url, walk.request.source.url, others):
            walk.notes.count("listing_other_site", page.url)
        elif page.published is None or page.published >= walk.first_day:
            walk.pages.setdefault(url_key(page.url), page)
    if not sitemap.further:
        return
    walk.followed = True
    if not depth:
        walk.notes.count("listing_too_deep", answer.url)
        return
    recent = [(url, at) for url, at in sitemap.further if at is None or at >= walk.first_day]
    recent.sort(key=lambda one: one[1] or walk.request.now, reverse=True)
    _follow_all(walk, recent, get, depth - 1)


def _follow_all(walk: _Walk, urls: list[tuple[str, datetime | None]], get: Get, depth: int) -> None:
    if len(urls) > walk.left:
        walk.notes.say("listing_sitemaps_cut", count=len(urls), kept=walk.left)
    others: Strings = walk.request.strings("other_hosts")
    for url, _ in urls:
        if not walk.left:
            return
        if not same_site(url, walk.request.source.url, others):
            walk.notes.count("listing_other_site", url)
            continue
        walk.left -= 1
        try:
            answer = get(url, accept=FEEDS)
        except FetchError as error:
            walk.notes.take(error.trouble)
            continue
        _follow(walk, answer, get, depth)


def read_sitemap(answer: Answer, notes: Notes, now: datetime, language: str = "") -> Sitemap:
    """Read one document: a `urlset` or a `sitemapindex`, also gzipped, also cut off."""
    try:
        text = xml_text(_unpacked(answer.body, notes), answer.headers.get("content-type", ""))
    except DeclaresError:
        notes.say("listing_declares", answer.url)
        return Sitemap()
    except NotTextError as error:
        notes.say("listing_not_text", answer.url, kind=str(error))
        return Sitemap()
    pages: list[Listed] = []
    further: list[tuple[str, datetime | None]] = []
    root, broken = "", ""
    said: dict[str, str] = {}
    try:
        for event, element in _elements(text):
            name = _name(element)
            if event == "start":
                root = root or name
                said = {} if name in {"url", "sitemap"} else said
                continue
            if name == "url":
                pages += _page(said, notes, now, language)
            elif name == "sitemap":
                further += _sitemap(said, notes)
            elif name in _READ and (words := (element.text or "").strip()):
                said.setdefault(name, words)
            _forget(element)
    except etree.XMLSyntaxError as error:
        broken = error.msg or "broken"
    if root not in {"urlset", "sitemapindex"}:
        notes.say(
            "listing_not_understood", answer.url, kind="sitemap", found=plain(text, 80) or "it is empty"
        )
    elif broken:
        notes.say("listing_broken", answer.url, why=plain(broken, 80), count=len(pages) + len(further))
    return Sitemap(tuple(pages), tuple(further))


def _forget(element: etree._Element) -> None:
    """Free what was read: neither the element nor those before it are needed again."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _elements(text: str) -> Iterator[tuple[str, etree._Element]]:
    """Walk the elements as they are read: what stands before a fault has been handed on when it is met."""
    stream = io.BytesIO(text.encode("utf-8"))
    yield from etree.iterparse(
        stream,
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _page(said: Mapping[str, str], notes: Notes, now: datetime, language: str) -> list[Listed]:
    """The page of an entry, from the words of the elements inside it, by their names without namespace (sites
    mistype the namespaces)."""
    href = said.get("loc", "")
    url = web_address(href)
    if not url:
        notes.count("listing_link_dropped", href or "an entry without an address")
        return []
    when = said.get("publication_date") or said.get("lastmod", "")
    published = believed(from_iso(when), when, now, notes)
    return [
        Listed(
            url,
            plain(said.get("title", ""), LONGEST_TITLE),
            published=published,
            language=language or said.get("language", "").lower()[:10],
        )
    ]


def _sitemap(said: Mapping[str, str], notes: Notes) -> list[tuple[str, datetime | None]]:
    url = web_address(said.get("loc", ""))
    if not url:
        notes.count("listing_link_dropped", said.get("loc", "") or "an entry without an address")
        return []
    return [(url, from_iso(said.get("lastmod", "")))]


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _unpacked(body: bytes, notes: Notes) -> bytes:
    """Undo the gzip of `sitemap.xml.gz`, once and not beyond `LARGEST`."""
    if not body.startswith(_GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(body, LARGEST)
    except zlib.error as error:
        raise NotTextError(f"a broken archive ({error})") from error
    if unpacker.unconsumed_tail:
        notes.say("listing_too_large", largest=f"{LARGEST:,} bytes when unpacked")
    return data
