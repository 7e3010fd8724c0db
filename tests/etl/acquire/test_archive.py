"""The web archive: which of its answers name a copy of the page that was asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from etl.acquire.failures import FetchError
from etl.acquire.listings.archive import lookup
from tests.etl.acquire.listing import asking
from tests.servers.loopback import Page, serving

URL = "https://news.example.org/2024/seizure?id=1&x=y"
COPY = "http://web.archive.org/web/20240101000000/https://news.example.org/2024/seizure?id=1&x=y"
RAW = "https://web.archive.org/web/20240101000000id_/https://news.example.org/2024/seizure?id=1&x=y"


def said(**closest: Any) -> str:
    whole = {"status": "200", "available": True, "url": COPY, "timestamp": "20240101000000", **closest}
    return json.dumps({"url": URL, "archived_snapshots": {"closest": whole}})


CASES = [
    (said(), RAW),
    (said(url=COPY.replace("http:", "https:")), RAW),
    (said(url=COPY.replace("000000/", "000000if_/")), RAW),
    (
        said(url=COPY.replace("news.example.org", "www.news.example.org:80")),
        RAW.replace("news.", "www.news.").replace(".org/2", ".org:80/2"),
    ),
    (said(status="404"), ""),
    (said(available=False), ""),
    (said(url="http://evil.example/web/20240101000000/" + URL), ""),
    (said(url="http://web.archive.org.evil.example/web/20240101000000/" + URL), ""),
    (said(url="http://web.archive.org@evil.example/web/20240101000000/" + URL), ""),
    (said(url="http://web.archive.org/web/20240101000000/https://other.example/"), ""),
    (said(url="http://web.archive.org/web/20240101000000/javascript:alert(1)"), ""),
    (said(url="http://web.archive.org/web/*/" + URL), ""),
    (said(url=None), ""),
    ('{"archived_snapshots": {}}', ""),
    ('{"archived_snapshots": []}', ""),
    ('{"archived_snapshots": {"closest": "x"}}', ""),
    ('{"archived_snapshots": {"closest": {"status": "200", "avai', ""),
    ("<html>Service unavailable</html>", ""),
    ("[]", ""),
    ("", ""),
]


@pytest.mark.parametrize(("body", "copy"), CASES)
def test_only_a_copy_of_the_page_counts(body: str, copy: str) -> None:
    with serving() as site, asking() as get:
        site.pages["/available"] = Page(body.encode(), headers={"Content-Type": "application/json"})
        assert lookup(URL, get, f"{site.url}/available") == copy
        assert (
            site.asked[0].path
            == "/available?url=https%3A%2F%2Fnews.example.org%2F2024%2Fseizure%3Fid%3D1%26x%3Dy"
        )


def test_an_archive_that_cannot_be_asked_is_the_callers_matter() -> None:
    with serving() as site, asking() as get, pytest.raises(FetchError):
        lookup(URL, get, f"{site.url}/available")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "/relative", "file:///etc/passwd"])
def test_what_is_no_web_address_is_not_asked_for(url: str) -> None:
    with serving() as site, asking() as get:
        assert lookup(url, get, f"{site.url}/available") == "" and not site.asked
