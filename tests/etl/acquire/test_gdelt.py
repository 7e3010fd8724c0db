"""GDELT as it answers: full windows are split, errors come as text, and JSON is not always JSON."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.acquire.failures import FetchError
from etl.acquire.listings import list_source
from etl.acquire.listings.gdelt import ADDRESS, query_url, read_articles
from etl.acquire.listings.notes import Notes
from etl.acquire.listings.request import Request
from etl.acquire.media import JSON
from etl.acquire.records import Listing
from tests.etl.acquire.listing import NOW, answer, asking, codes, source
from tests.servers.loopback import Handler, Page, Site, serving

QUERY = "(captagon OR fenethylline)"


def articles(*moments: datetime) -> list[dict[str, str]]:
    return [
        {
            "url": f"https://a.example/{moment:%d%H%M%S}",
            "url_mobile": "",
            "title": f"Pills at {moment:%H:%M}",
            "seendate": f"{moment:%Y%m%dT%H%M%SZ}",
            "language": "Arabic",
            "domain": "a.example",
        }
        for moment in moments
    ]


def gdelt(published: list[datetime]) -> Handler:
    """Answers like the interface: the newest `maxrecords` articles of the window."""

    def respond(asked: BaseHTTPRequestHandler) -> None:
        said = {key: values[0] for key, values in parse_qs(urlsplit(asked.path).query).items()}
        begin, end = (
            datetime.strptime(said[name], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            for name in ("startdatetime", "enddatetime")
        )
        found = sorted((moment for moment in published if begin <= moment <= end), reverse=True)
        body = json.dumps({"articles": articles(*found[: int(said["maxrecords"])])}) if found else "{}"
        asked.send_response(200)
        asked.send_header("Content-Type", "application/json; charset=utf-8")
        asked.send_header("Content-Length", str(len(body)))
        asked.send_header("Connection", "close")
        asked.end_headers()
        asked.wfile.write(body.encode())

    return respond


def listed(page: Page | Handler, since: datetime | None = None, **options: Any) -> tuple[Listing, Site]:
    with serving() as site, asking() as get:
        site.pages["/doc"] = page
        asked = source("gdelt", f"{site.url}/doc", query=QUERY, maximum=9_000, options=options)
        return list_source(asked, get, now=NOW, since=since), site


def every(minutes: int, count: int) -> list[datetime]:
    return [NOW - timedelta(minutes=minutes * n) for n in range(count)]


def test_the_query_says_what_when_and_how_much() -> None:
    asked = source("gdelt", "", query=QUERY, options={"sourcelang": "arabic"})
    url = query_url(Request(asked, NOW), NOW - timedelta(hours=1), NOW, 250)
    assert url.startswith(f"{ADDRESS}?") and url.isascii()
    assert {key: value[0] for key, value in parse_qs(urlsplit(url).query).items()} == {
        "query": f"{QUERY} sourcelang:arabic",
        "mode": "artlist",
        "format": "json",
        "sort": "datedesc",
        "maxrecords": "250",
        "startdatetime": "20261122110000",
        "enddatetime": "20261122120000",
    }


def test_articles_are_listed_newest_first() -> None:
    listing, site = listed(gdelt(every(60, 5)))
    first = listing.items[0]
    assert (first.title, first.published, first.language) == ("Pills at 12:00", NOW, "ar")
    assert len(listing.items) == 5 and len(site.asked) == 1 and not listing.troubles


def test_requests_to_a_host_that_wants_it_are_spaced() -> None:
    at: list[float] = []

    def note(asked: BaseHTTPRequestHandler) -> None:
        at.append(time.monotonic())
        gdelt([])(asked)

    with serving() as site, asking() as get:
        site.pages["/doc"] = note
        query = f"{site.url}/doc?maxrecords=1&startdatetime=20261122110000&enddatetime=20261122120000"
        begun = time.monotonic()
        for _ in range(2):
            get(query, accept=JSON, apart_s=0.4)
    assert at[1] - begun >= 0.4


def test_full_windows_are_split_until_all_is_listed() -> None:
    listing, site = listed(gdelt(every(10, 100)), maxrecords=20, hours=24, max_requests=64)
    assert len(listing.items) == 100 and not listing.troubles
    assert [item.published for item in listing.items] == every(10, 100)
    assert 5 < len(site.asked) < 30


def test_a_window_that_cannot_be_split_further_is_said() -> None:
    listing, _ = listed(gdelt([NOW - timedelta(seconds=n) for n in range(60)]), maxrecords=10, hours=1)
    assert "listing_window_full" in codes(listing) and listing.items


def test_requests_have_an_end_and_the_newest_articles_come_first() -> None:
    listing, site = listed(gdelt(every(10, 144)), maxrecords=10, hours=24, max_requests=6)
    assert len(site.asked) == 6 and codes(listing) == ["listing_requests_used"]
    assert listing.items[0].published == NOW


def test_the_window_begins_at_since_but_not_before_three_months() -> None:
    _, site = listed(gdelt([]), since=NOW - timedelta(hours=3))
    assert "startdatetime=20261122090000" in site.asked[0].path
    _, site = listed(gdelt([]), since=NOW - timedelta(days=400))
    assert "startdatetime=20260824120000" in site.asked[0].path


ERRORS = [
    ("Please limit requests to one every 5 seconds or contact us for larger queries.", "listing_slow_down"),
    ("Your search contained a phrase that was too short.", "listing_refused"),
    ("<html><body>Bad <b>gateway</b></body></html>", "listing_refused"),
    ('{"articles": [{"url": "https://a.example/1", "title": "x"}, {"url": ', "listing_broken"),
    ('{"articles": 5}', "listing_not_understood"),
    ("[1, 2]", "listing_not_understood"),
    ("[" * 100_000, "listing_broken"),
]


@pytest.mark.parametrize(("body", "said"), ERRORS)
def test_errors_are_told_in_words(body: str, said: str) -> None:
    listing, site = listed(Page(body.encode(), headers={"Content-Type": "text/plain"}))
    assert (listing.items, codes(listing), len(site.asked)) == ((), [said], 1)
    assert "<" not in listing.troubles[0].message


@pytest.mark.parametrize("body", ["", "{}", '{"articles": []}', "\ufeff{}"])
def test_no_articles_are_no_trouble(body: str) -> None:
    listing, _ = listed(Page(body.encode(), headers={"Content-Type": "application/json"}))
    assert not listing.items and not listing.troubles


def test_invalid_escapes_and_raw_controls_in_titles_are_read() -> None:
    title = '5\\% of\tpills \\u0041 \\"x\\"'
    body = f'{{"articles": [{{"url": "https://a.example/1", "title": "{title}", "seendate": ""}}]}}'
    listing, _ = listed(Page(body.encode(), headers={"Content-Type": "application/json"}))
    assert [item.title for item in listing.items] == ['5\\% of pills A "x"'] and not listing.troubles


def test_what_is_wrong_with_single_articles_is_said() -> None:
    wrong = [
        {"url": "javascript:alert(1)", "title": "A", "seendate": "20261122T100000Z"},
        {"url": "https://a.example/1", "title": "<b>B</b>", "seendate": "yesterday", "language": "Klingon"},
        {"url": 7, "title": None},
        "no article",
        {"url": "https://a.example/2", "seendate": "20991122T100000Z"},
    ]
    body = json.dumps({"articles": wrong}).encode()
    listing, _ = listed(Page(body, headers={"Content-Type": "application/json"}))
    assert {(item.url, item.title, item.published) for item in listing.items} == {
        ("https://a.example/1", "B", None),
        ("https://a.example/2", "", None),
    }
    assert codes(listing) == ["listing_link_dropped", "listing_date_unreadable", "listing_date_ahead"]


def test_the_first_request_that_fails_is_the_callers_a_later_one_a_trouble() -> None:
    with pytest.raises(FetchError):
        listed(Page(status=404))
    times: list[str] = []

    def once(asked: BaseHTTPRequestHandler) -> None:
        times.append(asked.path)
        if len(times) == 1:
            gdelt(every(10, 30))(asked)
        else:
            asked.send_error(404)

    listing, _ = listed(once, maxrecords=10)
    assert len(listing.items) == 10 and codes(listing) == ["page_missing"]


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f'{{"articles": [{text}'.encode()))
def test_no_bytes_make_it_raise(body: bytes) -> None:
    read_articles(answer(body, "application/json"), Notes(ADDRESS))
