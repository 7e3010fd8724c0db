"""Answers and listed items for the tests of the store."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from etl.acquire.records import Answer, Listed, Trouble
from etl.fetched import ReadPage
from etl.store import Tracker

NOW = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REFUSED = Trouble("http_forbidden", "The server refuses the page.")


def page(number: int = 1) -> str:
    return f"https://news.example/{number}"


def answer(
    body: bytes | str = b"<p>words</p>", at: datetime = NOW, url: str = page(), **headers: str
) -> Answer:
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url, url, 200, at, content, {"content-type": "text/html"} | named)


def items(*urls: str, relevant: bool = True, **given: Any) -> list[tuple[Listed, bool, str]]:
    return [(Listed(url, **given), relevant, "drug" if relevant else "nothing") for url in urls]


def reading(text: str = "words", title: str = "Title", **given: Any) -> ReadPage:
    words = f"{title}\n{text}".encode("utf-8", "surrogatepass")
    return ReadPage(title, text, text_sha256=hashlib.sha256(words).hexdigest(), **given)


def fill(tracker: Tracker, pages: int = 3, source: str = "sana", at: datetime = NOW) -> int:
    """List, keep and read a few pages in a run of their own; returns its id."""
    run = tracker.begin_run("test", at)
    urls = [page(number) for number in range(1, pages + 1)]
    tracker.note_listed(source, items(*urls, title="Title", published=at), at)
    for url in urls:
        kept = tracker.keep(run, source, url, answer(f"<p>{url}</p>", at, url), None)
        tracker.save_reading(kept.document_id, "1", reading(url))
    return run
