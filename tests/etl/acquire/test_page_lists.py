"""Pages of links: which of their links are pages of the source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.acquire.listings import list_source
from etl.acquire.listings.notes import Notes
from etl.acquire.listings.page_lists import read_page_list
from etl.acquire.listings.request import Request
from tests.etl.acquire.listing import NOW, answer, asking, codes, source
from tests.servers.loopback import Page, serving

FRONT = """<html><head><title>News</title></head><body>
<nav><a href="/">Home</a><a href="#top">Top</a><a href="javascript:void(0)">Menu</a>
<a href="/about">About</a></nav>
<article><a href="/article/1/seizure?utm_source=x"><img src="i.png"></a>
  <h2><a href="/article/1/seizure">Army <b>seizes</b> pills &amp; arms</a></h2></article>
<article><a href="article/2" title="Second"></a></article>
<aside><a href="https://other.example/article/3">Elsewhere</a>
<a href="/article/4" onclick="x()">Fourth<script>y</script></a>
<a href="data:text/html,article/5">No</a><a href="http://[::1">No</a></aside>
</body></html>"""

CASES = [
    ({}, ["/", "/about", "/article/1/seizure", "/article/2", "/article/4"]),
    ({"pattern": r"/article/\d+"}, ["/article/1/seizure", "/article/2", "/article/4"]),
    ({"xpath": "//article//a", "pattern": r"/article/"}, ["/article/1/seizure", "/article/2"]),
    ({"xpath": "//article"}, ["/article/1/seizure", "/article/2"]),
    ({"xpath": "//h2/a/@href"}, []),
    ({"pattern": "nothing"}, []),
]


@pytest.mark.parametrize(("options", "paths"), CASES)
def test_options_choose_the_links(options: dict[str, str], paths: list[str]) -> None:
    found, _ = read(FRONT.encode(), **options)
    assert [url.partition("?")[0].removeprefix("https://news.example.org") for url in found] == paths


def test_a_page_is_asked_and_its_links_are_resolved_and_named() -> None:
    with serving() as site, asking() as get:
        site.pages["/news"] = Page(FRONT.encode(), headers={"ETag": "e"})
        front = source("pages", f"{site.url}/news", language="en", options={"pattern": "/article/"})
        listing = list_source(front, get, now=NOW)
        assert [(page.url.partition("?")[0], page.title) for page in listing.items] == [
            (f"{site.url}/article/1/seizure", "Army seizes pills & arms"),
            (f"{site.url}/article/2", "Second"),
            (f"{site.url}/article/4", "Fourth"),
        ]
        assert listing.etag == "e"
        assert codes(listing) == ["listing_other_site", "listing_link_dropped"]


def test_other_hosts_count_where_they_are_named() -> None:
    found, said = read(FRONT.encode(), pattern="/article/3", other_hosts=["other.example"])
    assert found == {"https://other.example/article/3": "Elsewhere"}
    assert "listing_other_site" not in said


def test_a_base_address_is_followed_only_on_the_site() -> None:
    page = '<html><head><base href="{base}"></head><body><a href="1">A</a></body></html>'
    assert list(read(page.format(base="/section/").encode())[0]) == ["https://news.example.org/section/1"]
    assert read(page.format(base="https://other.example/").encode()) == ({}, ["listing_other_site"])
    assert list(read(page.format(base="javascript:").encode())[0]) == ["https://news.example.org/1"]


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n", b"   "])
def test_what_is_no_page_is_said(body: bytes) -> None:
    found, said = read(body)
    assert not found and said in (["listing_not_understood"], ["listing_not_text"])


def read(body: bytes, **options: object) -> tuple[dict[str, str], list[str]]:
    notes = Notes("https://news.example.org/feed")
    request = Request(source("pages", "https://news.example.org/feed", options=options), NOW)
    found = read_page_list(answer(body, "text/html"), request, notes)
    return {page.url: page.title for page in found}, [trouble.code for trouble in notes.troubles]


@settings(max_examples=100)
@given(st.data())
def test_no_bytes_make_it_raise(data: st.DataObject) -> None:
    body = bytearray(FRONT.encode())
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=12))
    found, _ = read(bytes(body))
    assert all(url.startswith("https://news.example.org/") for url in found)
