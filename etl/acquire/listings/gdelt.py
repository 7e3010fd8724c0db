"""GDELT DOC 2.0, mode ArtList: articles that match a query, from everywhere, by the time GDELT saw them.

The server gives at most 250 articles a request and does not page: a window that comes back full is split in
two and asked again. It searches the last three months.
https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import quote_plus, urlencode

from babel import Locale

from etl.acquire.failures import FetchError
from etl.acquire.listings.links import LONGEST_TITLE, plain, web_address
from etl.acquire.listings.moments import believed
from etl.acquire.listings.notes import Notes
from etl.acquire.listings.request import Get, Request
from etl.acquire.media import JSON
from etl.acquire.records import Answer, Listed
from etl.decoding import NotTextError, decode
from etl.weburl import url_key

ADDRESS = "https://api.gdeltproject.org/api/v2/doc/doc"
MOST_RECORDS = 250
APART_S = 6.5
"""Seconds between requests: its notice asks for five; others measured that exactly five is still refused."""
_LONGEST_WINDOW = timedelta(days=90)
_SHORTEST_WINDOW = timedelta(minutes=15)  # GDELT's own grain
_MOMENT = "%Y%m%d%H%M%S"
_SEEN = "%Y%m%dT%H%M%SZ"
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')  # in titles of some sites, which makes GDELT's JSON invalid
_TOO_FAST = re.compile(r"limit requests|too many requests|rate limit", re.IGNORECASE)


def list_gdelt(request: Request, get: Get, notes: Notes) -> list[Listed]:
    """Return the articles of the window, newest first, each once. Raises FetchError if the first request
    fails; a later one that fails is a trouble.

    The window ends now and begins at `since`, or without one `hours` (option: 24) before; at most 90 days.
    Further options: `sourcelang`, `maxrecords` (250), `max_requests` (12). Newer halves are asked first, so
    that what is left when the requests are used up is the oldest part.
    """
    options = request.source.options
    hours = float(str(options.get("hours", 24)))
    start = request.since or request.now - timedelta(hours=hours)
    windows = [(max(start, request.now - _LONGEST_WINDOW), request.now)]
    full, left = int(str(options.get("maxrecords", MOST_RECORDS))), int(str(options.get("max_requests", 12)))
    found: dict[str, Listed] = {}
    asked, apart = 0, 0.0 if request.source.url else APART_S
    while windows:
        begin, end = windows.pop()
        if asked == left:
            notes.say("listing_requests_used", count=asked, reached=_shown(end))
            break
        asked += 1
        try:
            answer = get(query_url(request, begin, end, full), accept=JSON, apart_s=apart)
        except FetchError as error:
            if asked == 1:
                raise
            notes.take(error.trouble)
            break
        articles = read_articles(answer, notes)
        if articles is None:
            break  # the same answer would come again
        for item in _items(articles, request, notes):
            found.setdefault(url_key(item.url), item)
        if len(articles) < full:
            continue
        if end - begin <= _SHORTEST_WINDOW:
            notes.say("listing_window_full", start=_shown(begin), end=_shown(end))
            continue
        middle = begin + (end - begin) / 2
        windows += [(begin, middle), (middle, end)]
    return sorted(found.values(), key=lambda item: item.published or request.now, reverse=True)


def query_url(request: Request, begin: datetime, end: datetime, records: int) -> str:
    """Return the address that asks for the articles of a window, newest first."""
    language = str(request.source.options.get("sourcelang", ""))
    query = f"{request.source.query} sourcelang:{language}" if language else request.source.query
    words = {
        "query": query,
        "mode": "artlist",
        "format": "json",
        "sort": "datedesc",
        "maxrecords": records,
        "startdatetime": begin.astimezone(UTC).strftime(_MOMENT),
        "enddatetime": end.astimezone(UTC).strftime(_MOMENT),
    }
    return f"{request.source.url or ADDRESS}?{urlencode(words, quote_via=quote_plus)}"


def read_articles(answer: Answer, notes: Notes) -> list[Mapping[str, object]] | None:
    """Return the articles of an answer as they stand there; None where it is an error, which is noted.

    GDELT words its errors as plain text, also under status 200; it answers `{}` where nothing matches.
    """
    try:
        text = decode(answer.body).strip()
    except NotTextError as error:
        notes.say("listing_not_text", answer.url, kind=str(error))
        return None
    if not text:
        return []
    if not text.startswith(("{", "[")):
        code = "listing_slow_down" if _TOO_FAST.search(text[:1000]) else "listing_refused"
        notes.say(code, answer.url, said=plain(text, 160))
        return None
    try:
        document = _json(text)
    except (ValueError, RecursionError) as error:
        notes.say("listing_broken", answer.url, why=plain(str(error), 80), count=0)
        return None
    articles = document.get("articles", []) if isinstance(document, dict) else None
    if not isinstance(articles, list):
        notes.say("listing_not_understood", answer.url, kind="list of articles", found=plain(text, 80))
        return None
    return [article for article in articles if isinstance(article, dict)]


def _json(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return json.loads(_BAD_ESCAPE.sub(r"\\\\", text), strict=False)


def _items(articles: list[Mapping[str, object]], request: Request, notes: Notes) -> list[Listed]:
    items = []
    for article in articles:
        said = {key: value for key, value in article.items() if isinstance(value, str)}
        url = web_address(said.get("url", ""))
        if not url:
            notes.count("listing_link_dropped", said.get("url", "") or said.get("title", "") or "no address")
            continue
        seen = said.get("seendate", "")
        published = believed(_seen(seen), seen, request.now, notes)
        language = _languages().get(said.get("language", "").casefold(), request.source.language)
        title = plain(said.get("title", ""), LONGEST_TITLE)
        items.append(Listed(url, title, published=published, language=language))
    return items


def _seen(said: str) -> datetime | None:
    try:
        return datetime.strptime(said, _SEEN).replace(tzinfo=UTC)
    except ValueError:
        return None


def _shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


@cache
def _languages() -> dict[str, str]:
    """English name of a language -> its code."""
    return {name.casefold(): code for code, name in Locale("en").languages.items() if "_" not in code}
