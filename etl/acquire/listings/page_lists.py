"""A page of links (a site's section, a front page) -> the pages it leads to."""

from __future__ import annotations

import re

from lxml import etree, html

from etl.acquire.listings.links import LONGEST_TITLE, plain, same_site, web_address
from etl.acquire.listings.notes import Notes
from etl.acquire.listings.request import Request
from etl.acquire.records import Answer, Listed
from etl.decoding import NotTextError, decode
from etl.weburl import url_key

LARGEST = 3_000_000
"""Characters of a page that are read: front pages have a tenth of it, and a tree takes fifty times it."""
_LINKS = "//a[@href]"
_SHOWN = ".//text()[not(ancestor::script or ancestor::style)]"
_NEVER = re.compile(r"(?:javascript|data|mailto|tel|about|vbscript)\s*:|#", re.IGNORECASE)


def read_page_list(answer: Answer, request: Request, notes: Notes) -> list[Listed]:
    """Return the pages that a page links to, in its order, each once, with the longest words of its links.

    Options: `xpath` (which elements are links or hold them; every link), `pattern` (a regular expression that
    the whole address must contain), `other_hosts`. Links to other sites are left out.
    """
    try:
        text = decode(answer.body, html=True)
    except NotTextError as error:
        notes.say("listing_not_text", kind=str(error))
        return []
    if len(text) > LARGEST:
        notes.say("listing_too_large", largest=f"{LARGEST:,} characters")
    page = _tree(text[:LARGEST])
    if page is None:
        notes.say("listing_not_understood", kind="page of links", found="it is empty")
        return []
    address = answer.final_url or answer.url
    base = web_address(next(iter(page.xpath("//base/@href")), ""), address) or address
    pattern = re.compile(str(request.source.options.get("pattern", "")))
    others = request.strings("other_hosts")
    found: dict[str, Listed] = {}
    for link in _links(page, str(request.source.options.get("xpath", _LINKS))):
        href = (link.get("href") or "").strip()
        if not href or _NEVER.match(href):
            continue  # menus and buttons of every page
        url = web_address(href, base)
        if not url:
            notes.count("listing_link_dropped", href)
            continue
        if not pattern.search(url) or url_key(url) == url_key(address):
            continue
        if not same_site(url, request.source.url, others):
            notes.count("listing_other_site", url)
            continue
        title = _words(link)
        known = found.get(url_key(url))
        if known is None or len(known.title) < len(title):
            found[url_key(url)] = Listed(known.url if known else url, title, language=request.source.language)
    return list(found.values())


def _tree(text: str) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None


def _links(page: html.HtmlElement, xpath: str) -> list[html.HtmlElement]:
    chosen = [element for element in page.xpath(xpath) if isinstance(element, html.HtmlElement)]
    return [link for element in chosen for link in (element.iter("a") if element.tag != "a" else (element,))]


def _words(link: html.HtmlElement) -> str:
    words = " ".join(str(piece) for piece in link.xpath(_SHOWN))
    return plain(words.strip() or link.get("title") or link.get("aria-label") or "", LONGEST_TITLE)
