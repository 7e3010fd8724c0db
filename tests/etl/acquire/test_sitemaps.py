"""News sitemaps and indexes from a real server: bounded in depth, number and size, and to the own site."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.acquire.listings import list_source
from etl.acquire.listings.notes import Notes
from etl.acquire.listings.sitemaps import LARGEST, dated_urls, read_sitemap
from etl.acquire.records import Listed, Listing
from tests.etl.acquire.listing import ADDRESS, NOW, answer, asking, codes, source
from tests.servers.loopback import Page, Site, serving

XML = {"Content-Type": "application/xml"}


def urlset(*entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(entries)}</urlset>'
    )


def entry(loc: str, title: str = "", published: str = "", lastmod: str = "") -> str:
    news = f"<news:title>{title}</news:title>" if title else ""
    news += f"<news:publication_date>{published}</news:publication_date>" if published else ""
    return (
        f"<url><loc>{loc}</loc>"
        + (f"<lastmod>{lastmod}</lastmod>" if lastmod else "")
        + (
            f"<news:news><news:publication><news:name>N</news:name></news:publication>{news}</news:news>"
            if news
            else ""
        )
        + "</url>"
    )


def index(*locs: tuple[str, str]) -> str:
    entries = "".join(f"<sitemap><loc>{loc}</loc><lastmod>{at}</lastmod></sitemap>" for loc, at in locs)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'


def listed(
    pages: Callable[[Site], dict[str, Page]], path: str = "/news.xml", **said: object
) -> tuple[Listing, list[str]]:
    with serving() as site, asking() as get:
        site.pages.update(pages(site))
        listing = list_source(source("sitemap", site.url + path, **said), get, now=NOW)
        return listing, [asked.path for asked in site.asked]


def page(text: str, **headers: str) -> Page:
    return Page(text.encode(), headers=XML | headers)


def test_a_news_sitemap_is_read_newest_first_and_old_pages_are_left_out() -> None:
    listing, _ = listed(
        lambda site: {
            "/news.xml": page(
                urlset(
                    entry(f"{site.url}/1", "Older &amp;amp; wiser", "2026-11-21T10:00:00+03:00"),
                    entry(f"{site.url}/2", "ضبط كبتاغون", "2026-11-22T10:00:00+03:00", "2026-11-22"),
                    entry(f"{site.url}/3", "Long ago", "2026-10-01"),
                ),
                ETag="e",
            )
        },
        language="en",
    )
    assert [(found.title, found.published, found.language) for found in listing.items] == [
        ("ضبط كبتاغون", datetime(2026, 11, 22, 7, tzinfo=UTC), "en"),
        ("Older & wiser", datetime(2026, 11, 21, 7, tzinfo=UTC), "en"),
    ]
    assert not listing.troubles and listing.etag == "e"


def test_an_index_is_followed_newest_first_within_its_bounds() -> None:
    def pages(site: Site) -> dict[str, Page]:
        children = {f"/{n}.xml": page(urlset(entry(f"{site.url}/page/{n}"))) for n in range(20, 23)}
        days = [(f"{site.url}/{n}.xml", f"2026-11-{n}") for n in range(10, 23)]
        return {"/news.xml": page(index(*days), ETag="e"), **children}

    listing, asked = listed(pages, options={"max_sitemaps": 2})
    assert asked == ["/news.xml", "/22.xml", "/21.xml"]
    assert [found.url.rpartition("/")[2] for found in listing.items] == ["22", "21"]
    assert codes(listing) == ["listing_sitemaps_cut"]
    assert not listing.etag  # an index can stay the same while its sitemaps change


@pytest.mark.parametrize(
    ("depth", "found", "said"), [(2, 1, []), (1, 0, ["listing_too_deep"]), (0, 0, ["listing_too_deep"])]
)
def test_indexes_in_indexes_have_an_end(depth: int, found: int, said: list[str]) -> None:
    def pages(site: Site) -> dict[str, Page]:
        return {
            "/news.xml": page(index((f"{site.url}/b.xml", "2026-11-22"))),
            "/b.xml": page(index((f"{site.url}/c.xml", "2026-11-22"))),
            "/c.xml": page(urlset(entry(f"{site.url}/1"))),
        }

    listing, _ = listed(pages, options={"depth": depth})
    assert (len(listing.items), codes(listing)) == (found, said)


def test_an_index_of_itself_ends() -> None:
    listing, asked = listed(
        lambda site: {
            "/news.xml": page(index(*[(f"{site.url}/news.xml?{n}", "2026-11-22") for n in range(50)]))
        },
        options={"depth": 3, "max_sitemaps": 7},
    )
    assert len(asked) == 8 and not listing.items


def test_a_sitemap_that_fails_does_not_stop_the_others() -> None:
    def pages(site: Site) -> dict[str, Page]:
        return {
            "/news.xml": page(
                index((f"{site.url}/gone.xml", "2026-11-22"), (f"{site.url}/b.xml", "2026-11-21"))
            ),
            "/b.xml": page(urlset(entry(f"{site.url}/1"))),
        }

    listing, _ = listed(pages)
    assert len(listing.items) == 1 and codes(listing) == ["page_missing"]


def test_other_sites_are_neither_asked_nor_listed_unless_named() -> None:
    with serving() as stranger:
        stranger.pages["/s.xml"] = page(urlset(entry("https://a.example/1")))
        elsewhere = stranger.url.replace("127.0.0.1", "localhost")

        def pages(site: Site) -> dict[str, Page]:
            return {
                "/news.xml": page(
                    index((f"{elsewhere}/s.xml", "2026-11-22"), (f"{site.url}/b.xml", "2026-11-22"))
                ),
                "/b.xml": page(urlset(entry("https://a.example/2"), entry("javascript:alert(1)"))),
            }

        listing, _ = listed(pages)
        assert not listing.items and not stranger.asked
        assert codes(listing) == ["listing_other_site", "listing_link_dropped"]
        listing, _ = listed(pages, options={"other_hosts": ["localhost", "a.example"]})
        assert {found.url for found in listing.items} == {"https://a.example/1", "https://a.example/2"}


def test_gzip_is_undone_once_and_not_without_end() -> None:
    small = gzip.compress(urlset(entry("https://news.example.org/1")).encode())
    assert len(read(small)[0]) == 1
    bomb = gzip.compress(b"<urlset>" + b" " * (LARGEST * 3))
    assert read(bomb)[1] == ["listing_too_large", "listing_broken"]
    assert read(gzip.compress(small)) == ([], ["listing_not_text"])
    assert read(b"\x1f\x8b broken") == ([], ["listing_not_text"])


def read(body: bytes) -> tuple[list[Listed], list[str]]:
    notes = Notes(ADDRESS)
    found = read_sitemap(answer(body), notes, NOW)
    return list(found.pages), [trouble.code for trouble in notes.troubles]


BAD = [
    (
        '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
        "listing_declares",
    ),
    ("<html><body>Not here</body></html>", "listing_not_understood"),
    ("", "listing_not_understood"),
    ("<rss/>", "listing_not_understood"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_what_is_no_sitemap_is_said(text: str, said: str) -> None:
    assert read(text.encode()) == ([], [said])


def test_a_sitemap_cut_off_gives_what_stands_before() -> None:
    whole = urlset(*(entry(f"https://news.example.org/{n}", "T") for n in range(100)))
    found, said = read(whole[: len(whole) // 2].encode())
    assert 40 <= len(found) <= 52 and said == ["listing_broken"]


def test_namespaces_may_be_wrong_or_missing() -> None:
    text = (
        "<urlset><url><loc>https://news.example.org/1</loc><n:title xmlns:n='odd'>T</n:title></url></urlset>"
    )
    assert [found.title for found in read(text.encode())[0]] == ["T"]


DATED = [
    (
        "https://a.example/{year}/{month}.xml",
        3,
        ["https://a.example/2026/3.xml", "https://a.example/2026/2.xml"],
    ),
    ("https://a.example/{date}", 2, ["https://a.example/2026-03-01", "https://a.example/2026-02-28"]),
    ("https://a.example/{mm}{dd}-{day}", 1, ["https://a.example/0301-1"]),
]


@pytest.mark.parametrize(("url", "days", "urls"), DATED)
def test_dated_addresses_stand_for_months_or_days(url: str, days: int, urls: list[str]) -> None:
    assert dated_urls(url, date(2026, 3, 1), days) == urls


def test_a_dated_sitemap_is_asked_for_its_days() -> None:
    listing, asked = listed(
        lambda site: {f"/2026-11-{day}": page(urlset(entry(f"{site.url}/{day}"))) for day in (21, 22)},
        "/{date}",
        options={"days": 1},
    )
    assert asked == ["/2026-11-22", "/2026-11-21"] and len(listing.items) == 2 and not listing.etag


SAMPLE = urlset(entry("https://news.example.org/1", "T", "2026-11-22"), entry("/2", lastmod="x")).encode()


@settings(max_examples=100)
@given(st.data())
def test_no_bytes_make_it_raise(data: st.DataObject) -> None:
    body = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
    assert all(found.url.startswith(("http://", "https://")) for found in read(bytes(body))[0])


_READ = """
import resource, sys
from etl.acquire.listings.notes import Notes
from etl.acquire.listings.sitemaps import read_sitemap
from tests.etl.acquire.listing import NOW, answer

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

inside = b"<a/>" * 1_000_000
body = b"<urlset>" + sys.argv[1].encode().replace(b"...", inside) + b"</urlset>"
before = peak()
print(len(read_sitemap(answer(body), Notes(""), NOW).pages), (peak() - before) // 1024)
"""


@pytest.mark.parametrize("around", ["...{}", "<url>...</url>{}"], ids=["in the set", "in an entry"])
def test_elements_that_say_nothing_take_no_memory(around: str) -> None:
    """A tree of these 4 MB would take 110 MB."""
    body = around.format("<url><loc>https://news.example.org/1</loc></url>")
    said = subprocess.run([sys.executable, "-c", _READ, body], capture_output=True, text=True, check=True)
    pages, mb = map(int, said.stdout.split())
    assert pages == 1
    assert mb < 40
