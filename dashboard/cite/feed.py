"""The changes as an Atom feed (RFC 4287): one entry a change, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote
from xml.etree import ElementTree as ET

from dashboard.cite.recent import Recent
from dashboard.cite.words import Line, long_kind
from dashboard.i18n import DEFAULT, t

NAMESPACE = "http://www.w3.org/2005/Atom"
# Characters that XML 1.0 can't hold even as references (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(found: Recent, *, base: str, address: str, updated: str, lang: str = DEFAULT) -> bytes:
    """The feed. `base` is the dashboard's address, `address` the feed's own path with its query, `updated`
    the day of the release in force (YYYY-MM-DD): no clock, so the same release gives the same bytes."""
    ET.register_namespace("", NAMESPACE)
    feed = ET.Element(f"{{{NAMESPACE}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang})
    _text(feed, "id", f"{base}/new")
    _text(feed, "title", t("new.feed.title", lang=lang))
    _text(feed, "subtitle", t("caveat", lang=lang))
    _text(feed, "updated", _moment(updated))
    _text(_text(feed, "author"), "name", t("site.title", lang=lang))
    _text(feed, "rights", t("footer.licence", lang=lang))
    _link(feed, "self", base + address, "application/atom+xml")
    _link(feed, "alternate", f"{base}/new", "text/html")
    for told in found.lines:
        page = f"{base}/event/{quote(told.event_id)}"
        kind = long_kind(told, lang)
        title = t("new.feed.entry", lang=lang, id=told.event_id, kind=kind, title=told.title)
        entry = _entry(feed, f"{page}#{quote(told.release)}-{told.kind}", title, told.on)
        _link(entry, "alternate", page, "text/html")
        _text(entry, "summary", " ".join(_said(told, lang)))
    if found.first:
        words = t("new.first", lang=lang, release=found.first.release, n=found.first.events)
        entry = _entry(feed, f"{base}/new#{found.first.release}", words, found.first.on)
        _link(entry, "alternate", f"{base}/new", "text/html")
        _text(entry, "summary", words)
    body: bytes = ET.tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body[body.index(b"<feed") :] + b"\n"


def _said(told: Line, lang: str) -> Iterable[str]:
    """The entry as plain text: event, then each value that changed."""
    yield t("new.feed.line", lang=lang, title=told.title or told.event_id, when=told.when or "–")
    for one in told.shifts:
        yield t("changed.shift", lang=lang, name=one.name, old=one.old, new=one.new)
    if told.others:
        yield t("changed.others", lang=lang, n=len(told.others), names=", ".join(told.others))


def _entry(feed: ET.Element, key: str, title: str, on: str) -> ET.Element:
    entry = _text(feed, "entry")
    _text(entry, "id", key)
    _text(entry, "title", title)
    _text(entry, "updated", _moment(on))
    return entry


def _text(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = None if text is None else _NOT_XML.sub("\ufffd", text)
    return element


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{NAMESPACE}}}link", {"rel": rel, "href": _NOT_XML.sub("", href), "type": kind})


def _moment(day: str) -> str:
    return f"{day or '1970-01-01'}T00:00:00Z"
