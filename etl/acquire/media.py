"""Media types that are worth reading, and what bytes are whose server does not say."""

from __future__ import annotations

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
FEEDS = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/x-rss+xml",
        "text/rss+xml",
        "text/rss",
        "application/xml",
        "text/xml",
        "application/gzip",  # sitemaps
        "application/x-gzip",
        "text/html",  # many feeds are served so; the reader finds out
        "text/plain",
    }
)
JSON = frozenset(
    {
        "application/json",
        "application/javascript",
        "text/javascript",
        "text/json",
        "text/html",  # GDELT answers wrong queries in words
        "text/plain",
    }
)
TABLES = frozenset(
    {
        "text/csv",
        "application/csv",
        "text/comma-separated-values",
        "text/tab-separated-values",
        "text/plain",
        "application/vnd.ms-excel",  # what many servers call a CSV
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/octet-stream",  # a CSV has no beginning to tell it by
    }
)
ANYTHING: frozenset[str] = frozenset()

_SAYS_NOTHING = {"", "application/octet-stream", "binary/octet-stream", "unknown/unknown"}
_BEGINNINGS = (
    (b"%pdf-", "application/pdf"),
    (b"pk\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"\x1f\x8b", "application/gzip"),
    (b"<!doctype html", "text/html"),
    (b"<html", "text/html"),
    (b"<rss", "application/rss+xml"),
    (b"<feed", "application/atom+xml"),
    (b"<?xml", "application/xml"),
    (b"{", "application/json"),
    (b"[", "application/json"),
)
_MARK = b"\xef\xbb\xbf"


def says_nothing(media_type: str) -> bool:
    """Whether a media type leaves open what the bytes are: then they are looked at."""
    return media_type in _SAYS_NOTHING


def sniffed(body: bytes) -> str:
    """The media type that the first bytes tell of; "" where they don't. Text is never guessed."""
    head = body[:256].removeprefix(_MARK).lstrip().lower()
    return next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), "")
