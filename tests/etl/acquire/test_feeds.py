"""Feeds of all qualities, from a real server and as bytes: what is listed, and what is said of the rest."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.acquire.listings import feeds, list_source
from etl.acquire.listings.feeds import read_feed
from etl.acquire.listings.notes import Notes
from etl.acquire.records import Listed
from tests.etl.acquire.listing import ADDRESS, NOW, answer, asking, codes, source
from tests.servers.loopback import Page, serving

RSS = {"Content-Type": "application/rss+xml"}


def item(title: str = "T", link: str = "/a", guid: str = "", date: str = "", summary: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link>"
        + (f'<guid isPermaLink="false">{guid}</guid>' if guid else "")
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + (f"<description>{summary}</description>" if summary else "")
        + "</item>"
    )


def rss(*items: str, head: str = '<?xml version="1.0"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'


def read(text: str | bytes, content_type: str = "application/xml") -> tuple[list[Listed], list[str]]:
    notes = Notes(ADDRESS)
    body = text.encode() if isinstance(text, str) else text
    found = read_feed(answer(body, content_type), notes, NOW)
    return found, [trouble.code for trouble in notes.troubles]


def test_a_feed_is_asked_read_and_remembered() -> None:
    body = rss(
        item("Jordan seizes pills", "/news/1", date="Sun, 22 Nov 2026 10:00:00 +0300", summary="At Jaber.")
    )
    with serving() as site, asking() as get:
        site.pages["/feed"] = Page(
            body.encode(), headers=RSS | {"ETag": '"v1"', "Last-Modified": "yesterday"}
        )
        listing = list_source(source("feed", f"{site.url}/feed", language="en"), get, now=NOW)
        site.pages["/feed"] = Page(status=304)
        again = list_source(
            source("feed", f"{site.url}/feed"), get, listing.etag, listing.last_modified, now=NOW
        )
        asked = site.asked[-1].headers
    published = datetime(2026, 11, 22, 7, tzinfo=UTC)
    page = Listed(f"{site.url}/news/1", "Jordan seizes pills", "At Jaber.", published, "en")
    assert listing.items == (page,) and not listing.troubles
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"v1"', "yesterday")
    assert again.unchanged and not again.items and again.etag == '"v1"'


def test_atom_and_rdf_are_feeds_too() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>x</title><entry><title>ضبط</title>'
        '<link href="https://a.example/1"/><id>urn:1</id><updated>2026-11-21T10:00:00Z</updated></entry></feed>'
    )
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<item><title>B</title><link>https://a.example/2</link></item></rdf:RDF>"
    )
    assert [found.url for text in (atom, rdf) for found in read(text)[0]] == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    assert read(atom)[0][0].published == datetime(2026, 11, 21, 10, tzinfo=UTC)


DECLARING = {
    "billion laughs": '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + rss(item("&b;"), head=""),
    "external entity": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item("&x;"), head=""),
    "parameter entity": '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>'
    + rss(item(), head=""),
    "external document type": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">' + rss(item(), head=""),
    "public document type": '<!DOCTYPE rss PUBLIC "-//N//DTD RSS//EN" "http://127.0.0.1:9/d">'
    + rss(item(), head=""),
    "internal subset": "<!DOCTYPE rss [<!ELEMENT rss ANY>]>" + rss(item(), head=""),
    "behind a comment": "<!-- <rss> --><!DOCTYPE rss SYSTEM 'x'>" + rss(item(), head=""),
    "in small letters": "<!doctype rss [<!entity a 'b'>]>" + rss(item(), head=""),
}
ENCODED = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with mark": (codecs.BOM_UTF8, "utf-8"),
    "utf-16 with mark": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16 big end first": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "utf-16 without mark": (b"", "utf-16-le"),
    "utf-32 with mark": (codecs.BOM_UTF32_BE, "utf-32-be"),
}


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("case", DECLARING)
def test_documents_that_declare_are_refused_in_any_encoding(case: str, encoding: str) -> None:
    mark, name = ENCODED[encoding]
    assert read(mark + DECLARING[case].encode(name)) == ([], ["listing_declares"])


@pytest.mark.parametrize("name", ["cp037", "utf-7", "utf_16_le", "idna", "rot13", "zlib"])
def test_no_declared_encoding_hides_a_declaration(name: str) -> None:
    hidden = DECLARING["external entity"]
    head = f'<?xml version="1.0" encoding="{name}"?>'
    try:
        body = (head + hidden).encode(name)
    except (LookupError, UnicodeError):
        body = (head + hidden).encode()
    assert read(body)[0] == []
    assert read(head.encode() + hidden.encode())[0] == []


def test_a_bare_document_type_and_old_encodings_are_fine() -> None:
    assert len(read("<!DOCTYPE rss>" + rss(item(), head=""))[0]) == 1
    old = rss(item("ضبط كبتاغون"), head='<?xml version="1.0" encoding="windows-1256"?>').encode("cp1256")
    assert read(old)[0][0].title == "ضبط كبتاغون"
    assert (
        read(rss(item("ضبط"), head="").encode("cp1256"), "text/xml; charset=windows-1256")[0][0].title
        == "ضبط"
    )


@pytest.mark.parametrize("body", ["http://127.0.0.1:PORT/x", "/etc/hostname", "file:///etc/passwd", "", "{}"])
def test_the_parser_opens_nothing(body: str) -> None:
    with serving() as site:
        found, said = read(body.replace("PORT", str(site.port)).encode())
        assert (found, said, site.asked) == ([], ["listing_not_understood"], [])


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_feed_cut_off_gives_what_could_be_read(kept: float) -> None:
    whole = rss(*(item(f"Title {n}", f"https://a.example/{n}", guid=str(n)) for n in range(50)))
    found, said = read(whole[: int(len(whole) * kept)])
    assert 50 * kept - 3 <= len(found) <= 50 * kept + 1
    assert "listing_broken" in said
    assert {page.url for page in found} <= {f"https://a.example/{n}" for n in range(50)}


def test_an_attribute_given_twice_is_said_and_read() -> None:
    found, said = read(
        rss(item(), '<item a="1" a="2"><title>B</title><link>https://a.example/b</link></item>')
    )
    assert len(found) == 2 and said == ["listing_broken"]


def test_of_ten_thousand_items_the_newest_are_kept() -> None:
    first = datetime(2026, 11, 20, tzinfo=UTC)
    dates = [(first + timedelta(seconds=n)).strftime("%a, %d %b %Y %H:%M:%S GMT") for n in range(10_000)]
    body = rss(*(item(f"T{n}", f"/{n}", date=date) for n, date in enumerate(dates))).encode()
    with serving() as site, asking() as get:
        site.pages["/feed"] = Page(body, headers=RSS | {"ETag": "e"})
        listing = list_source(source("feed", f"{site.url}/feed", minimum=1, maximum=500), get, now=NOW)
    assert [page.title for page in listing.items] == [f"T{n}" for n in range(9_999, 9_499, -1)]
    assert codes(listing) == ["listing_outside_range", "listing_cut"]
    assert not listing.etag  # the next look asks for all of it again


def test_hostile_nesting_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_TAGS", 5_000)  # the real limit takes 9 s
    found, said = read(b"<rss><channel>" + b"<item>" * 5_010)
    assert not found and "listing_too_large" in said


TWICE = [
    ([item(link="/a", guid="1"), item(link="/a", guid="2")], 1),  # one address
    ([item(link="/a", guid="1"), item(link="/a?utm_source=rss#top")], 1),
    ([item("Same", "/a", "1"), item("Same", "/b", "1")], 1),  # one id and title
    ([item("One", "/a", "0"), item("Two", "/b", "0")], 2),  # feeds that give all items one id
    ([item("Same", "/a"), item("Same", "/b")], 2),
]


@pytest.mark.parametrize(("items", "pages"), TWICE)
def test_the_same_item_is_listed_once(items: list[str], pages: int) -> None:
    assert len(read(rss(*items))[0]) == pages


LINKS = [
    ("/news/1", "https://news.example.org/news/1"),
    ("2", "https://news.example.org/2"),
    ("//other.example/3", "https://other.example/3"),
    ("https://Other.example/4#part", "https://Other.example/4"),
    ("/أخبار", "https://news.example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"),
    ("javascript:alert(1)", ""),
    ("data:text/html,hi", ""),
    ("ftp://a.example/x", ""),
    ("file:///etc/passwd", ""),
    ("https://user:secret@a.example/", ""),
    ("http://[::1", ""),
    ("https://a.example/" + "x" * 3_000, ""),
]


@pytest.mark.parametrize(("link", "url"), LINKS)
def test_links_are_resolved_or_dropped_and_said(link: str, url: str) -> None:
    found, said = read(rss(item(link=link), item("Other", "/other")))
    assert [page.url for page in found] == [*filter(None, [url]), "https://news.example.org/other"]
    assert said == ([] if url else ["listing_link_dropped"])


def test_an_item_without_a_link_is_known_by_its_permanent_id() -> None:
    found, _ = read(rss("<item><title>T</title><guid>https://a.example/p</guid></item>"))
    assert [page.url for page in found] == ["https://a.example/p"]


WORDS = [
    ("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;News", "News"),
    ("<![CDATA[<img src=x onerror=alert(1)>News]]>", "News"),
    ("&amp;lt;i&amp;gt;twice&amp;lt;/i&amp;gt;", "twice"),
    ("Caf&amp;eacute; &amp;amp; more", "Café & more"),
    ("<![CDATA[5 < 6 & 7 > 2]]>", "5 < 6 & 7 > 2"),
    ("  many \n\t blanks ", "many blanks"),
    ("ab\u202ecd", "abcd"),
]


@pytest.mark.parametrize(("markup", "text"), WORDS)
def test_titles_and_summaries_are_plain_text(markup: str, text: str) -> None:
    page = read(rss(item(markup, summary=markup)))[0][0]
    assert (page.title, page.summary) == (text, text)


def test_titles_and_summaries_have_an_end() -> None:
    page = read(rss(item("t" * 5_000, summary="s" * 50_000)))[0][0]
    assert (len(page.title), len(page.summary)) == (500, 2_000)


DATES = [
    ("Sun, 22 Nov 2026 10:00:00 +0300", datetime(2026, 11, 22, 7, tzinfo=UTC), ""),
    ("Sun, 22 Nov 2026 10:00:00 GMT", datetime(2026, 11, 22, 10, tzinfo=UTC), ""),
    ("2026-11-22T10:00:00+05:30", datetime(2026, 11, 22, 4, 30, tzinfo=UTC), ""),
    ("Mon, 23 Nov 2026 11:00:00 GMT", datetime(2026, 11, 23, 11, tzinfo=UTC), ""),  # within a day ahead
    ("Mon, 23 Nov 2026 13:00:00 GMT", None, "listing_date_ahead"),
    ("Fri, 22 Nov 2126 10:00:00 GMT", None, "listing_date_ahead"),
    ("", None, ""),
    ("yesterday", None, "listing_date_unreadable"),
    ("٢٢ تشرين الثاني ٢٠٢٦", None, "listing_date_unreadable"),
    ("Thu, 01 Jan 1970 00:00:00 GMT", None, "listing_date_unreadable"),
    ("Sun, 99 Nov 99999 99:99:99 GMT", None, "listing_date_unreadable"),
]


@pytest.mark.parametrize(("said", "moment", "trouble"), DATES)
def test_dates_are_utc_or_none(said: str, moment: datetime | None, trouble: str) -> None:
    found, troubles = read(rss(item(date=said)))
    assert ([page.published for page in found], troubles) == ([moment], [trouble] if trouble else [])


def test_pages_before_since_are_left_out_undated_ones_kept() -> None:
    body = rss(item("Old", "/1", date="Sat, 14 Nov 2026 10:00:00 GMT"), item("Undated", "/2"))
    with serving() as site, asking() as get:
        site.pages["/feed"] = Page(body.encode(), headers=RSS)
        listing = list_source(source("feed", f"{site.url}/feed", minimum=2), get, now=NOW, since=NOW)
    assert [page.title for page in listing.items] == ["Undated"] and not listing.troubles


def test_too_few_items_are_said_and_given() -> None:
    with serving() as site, asking() as get:
        site.pages["/feed"] = Page(rss(item()).encode(), headers=RSS | {"ETag": "e"})
        listing = list_source(source("feed", f"{site.url}/feed", minimum=5), get, now=NOW)
    assert len(listing.items) == 1 and codes(listing) == ["listing_outside_range"] and not listing.etag


SAMPLE = rss(
    item("A &amp;amp; B", "/1", "g1", "Sun, 22 Nov 2026 10:00:00 +0300", "&lt;p&gt;x&lt;/p&gt;"),
    item("ضبط", "https://a.example/2", summary="<![CDATA[<script>1</script>]]>"),
).encode()


@settings(max_examples=150)
@given(st.data())
def test_no_bytes_make_it_raise_or_list_what_is_no_web_page(data: st.DataObject) -> None:
    body = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 20))] = data.draw(
            st.binary(max_size=12)
            | st.sampled_from(
                [b"<", b"]]>", b"&#0;", b"javascript:", b"<item>", b"<!--", b"\x00", b"&x;", b"xml:base='j:'"]
            )
        )
    found, _ = read(bytes(body[: data.draw(st.integers(0, len(body)))]))
    assert all(page.url.startswith(("http://", "https://")) and page.url.isascii() for page in found)
    assert not any("<script" in page.title + page.summary for page in found)


@settings(max_examples=60)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_at_all_make_it_raise(body: bytes) -> None:
    read(body)
    read(b"<rss><channel><item>" + body)
