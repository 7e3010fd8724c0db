"""A saved web page: main text, title, date, language and address, without menus, adverts and teasers.

Works on bytes that are there: nothing is fetched, entities of the page's own making are not resolved.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from etl.decoding import decode, printable

DEEPEST = 200
"""Levels of open tags that are read; libxml2 drops what lies deeper than 256."""
_OWN_DATES = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1995-01-01",
    "max_date": "2099-12-31",
}
"""When the page was first published by its own marks, the same whatever day it is today."""
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,6}\)(\S{1,2000}) -->")  # browsers write it on saving
_DOCTYPE = re.compile(r"<!doctype[^<>\[]{0,300}\[", re.IGNORECASE)
_LANG = re.compile(r"<html[^<>]{0,500}?\slang\s{0,3}=\s{0,3}[\"']?([a-zA-Z]{2,3})\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s>])")
_MARKUP = re.compile(r"</?[a-zA-Z!][^<>]{0,500}>")
_HEAD = 4096
_NEVER_CLOSED = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
_CLOSED_BY_PARSERS = [
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "tbody",
    "option",
    "html",
    "head",
    "body",
    "path",
    "use",
]
_NOT_COUNTED = frozenset([*_NEVER_CLOSED, *_CLOSED_BY_PARSERS])


class TooNestedError(ValueError):
    """The page has more open tags inside each other than any article."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """What the page says of itself, "" where it doesn't. `text` has a blank line between paragraphs."""

    text: str
    title: str = ""
    published: str = ""  # YYYY-MM-DD
    lang: str = ""
    publisher: str = ""
    url: str = ""


def read_page(data: bytes, told: str = "") -> WebPage:
    """Read one HTML page; `text` is "" where no article is found. Raises NotTextError, TooNestedError.

    `told`: the encoding that its server gave with it.
    """
    html = decode(data, html=True, told=told)
    if _depth(html) > DEEPEST:
        raise TooNestedError
    head = html[:_HEAD]
    lang = found.group(1) if (found := _LANG.search(head)) else ""
    address = found.group(1) if (found := _SAVED_FROM.search(head)) else None
    page = _library().bare_extraction(
        _whole(html),
        url=address,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_OWN_DATES,
    )
    if page is None:
        return WebPage("", lang=lang)
    title, published, publisher, url = (
        printable(str(getattr(page, name) or "")).strip() for name in ("title", "date", "sitename", "url")
    )
    publisher = " ".join(_MARKUP.sub(" ", publisher).split())
    return WebPage(_paragraphs(page.text or "", title), title, published, lang, publisher, url)


@cache
def _library() -> ModuleType:
    """Load trafilatura, which takes half a second, only where there are web pages to read."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a page without an article is no error here
    return import_module("trafilatura")


def _depth(html: str) -> int:
    """Most tags open at once, those not counted that parsers close by themselves."""
    deepest = depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() in _NOT_COUNTED:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _whole(html: str) -> str:
    """A piece of a page as a page; and without a doctype that declares entities, which parsers stumble on."""
    if found := _DOCTYPE.search(html[:_HEAD]):
        html = html[max(html.find("]>", found.end()) + 2, found.end()) :]
    return html if "<html" in html[:_HEAD].lower() else f"<html><body>{html}</body></html>"


def _paragraphs(text: str, title: str) -> str:
    """Paragraphs with a blank line between them, without the headline where it is repeated on top."""
    lines = [line.strip() for line in printable(text).split("\n") if line.strip()]
    return "\n\n".join(lines[1:] if lines and lines[0] == title else lines)
