"""Pages, listings and tables that can be had, but are not what they should be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from tests.etl.extract.pdfs import pdf
from tests.etl.refresh.hostile.cases import NOTHING, RSS, Case, Made, Pages, arabic, english, html, item, rss
from tests.etl.refresh.hostile.network import private_forms
from tests.etl.workbooks import SHEET, archive, inline, workbook
from tests.servers.internet import PUBLIC
from tests.servers.loopback import Page

# -- pages -----------------------------------------------------------------------------------------------


def _page(body: str | bytes, kind: str = "text/html") -> Pages:
    return {"/page": Page(body.encode() if isinstance(body, str) else body, headers={"Content-Type": kind})}


def _declared(charset: str) -> str:
    return f'<meta charset="{charset}">'


_ENCODED = {
    "old_arabic": (501_001, "utf-8", "cp1256"),
    "old_arabic_right": (501_002, "windows-1256", "cp1256"),
    "old_arabic_western": (501_003, "iso-8859-1", "cp1256"),
    "iso_arabic": (501_004, "", "iso8859_6"),
    "utf16": (501_005, "utf-16", "utf-16"),
    "utf16_declared": (501_006, "utf-16", "utf-8"),
    "utf16_and_old": (501_007, "utf-16", "cp1256"),
    "old_declared": (501_008, "windows-1256", "utf-8"),
}
_SCRIPTS = (
    "<script>document.title='run'</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>"
)
_ENTITY = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_AHEAD = '<meta property="article:published_time" content="2031-01-01">'
_QUIET = "The market in the town was quiet on the day, local traders said to the agency. " * 50


def pages() -> Iterator[Case]:
    """Pages in odd encodings and of odd makes: their words are read right, or the reason is told."""
    for name, (tablets, charset, encoding) in _ENCODED.items():
        text = html(arabic(tablets), _declared(charset) if charset else "")
        yield Case(name, _page(text.encode(encoding)), claims=(tablets,))
    first, second = arabic(501_020).split("</h1>")
    mixed = html(first).removesuffix("</body></html>").encode() + second.encode("cp1256")
    not_text = "document_not_text"
    yield Case("utf16_unmarked", _page(html(arabic(501_021)).encode("utf-16-le")), quarantined=not_text)
    yield Case("mixed", _page(mixed), quarantined=not_text)
    broken = html(english(501_022)).encode().replace(b"market", b"mark\xff\xfet\x00\xed\xa0\x80")
    yield Case("broken_bytes", _page(broken), claims=(501_022,))
    turned = english(501_023, "\u202e\u2066gnihton\u202c\u2069\u200f")
    yield Case("bidi", _page(html(turned)), claims=(501_023,))
    yield Case("scripts", _page(html(english(501_024, _SCRIPTS))), claims=(501_024,))
    yield Case("entities", _page(_ENTITY + html(english(501_025, "&x;"))), claims=(501_025,))
    ahead = _page(html(english(501_026), _AHEAD))
    yield Case("ahead", ahead, claims=(501_026,), warned="document_date_ahead")
    large = Made(_ten_megabytes, Content_Type="text/html")
    yield Case("ten_megabytes", {"/page": large}, claims=(501_027,), warned="document_read_partly")
    yield Case("no_words", _page(""), quarantined="document_without_text")
    yield Case("nested", _page(html("<div>" * 5000 + english(1))), quarantined="document_too_nested")
    told = "Iraqi police seized {} Captagon pills in Rutba, Anbar."
    paper, wrong = pdf([told.format("501,028")]), pdf([told.format("501,029")])
    yield Case("paper", _page(paper, "application/pdf"), claims=(501_028,))
    yield Case("paper_as_html", _page(wrong), claims=(501_029,))
    yield Case("paper_broken", _page(b"%PDF-1.7\n", "application/pdf"), quarantined="document_pdf_broken")
    program = _page(b"MZ\x90\x00", "application/octet-stream")
    yield Case("program", program, "content_type_unexpected", look=True, counts=(1, 1, 0, 1))


def _ten_megabytes() -> bytes:
    text = html(english(501_027) + f"<p>{_QUIET}</p>" * (9_900_000 // len(_QUIET)))
    assert 9_900_000 < len(text) < 10_000_000
    return text.encode()


# -- listings --------------------------------------------------------------------------------------------

_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "haha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
_CHAPTER = '<c:chapters xmlns:c="http://podlove.org/simple-chapters"><c:chapter/></c:chapters>'
_NOWHERE = ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://a@b.example/")
_SAME_ID = (("page", "Captagon"), ("page?a", "Captagon"), ("other", "Pills"), ("page#x", "Captagon!"))


def _feed(body: bytes, headers: Mapping[str, str] = RSS, **articles: int) -> Pages:
    """A feed, and the pages that it names, each with a seizure of so many tablets."""
    made: Pages = {"/feed.xml": Page(body, headers=headers)}
    return made | {f"/{name}": Page(html(english(tablets)).encode()) for name, tablets in articles.items()}


def listings(port: int) -> Iterator[Case]:
    """Feeds and lists that are broken, hostile or odd: what can be read of them is, the rest is told."""
    yield from _unread(port)
    yield from _odd()
    yield from _robots()
    yield from _names()


def _unread(port: int) -> Iterator[Case]:
    """Nothing is read of these, so their source is to be looked at."""
    one = item("page")
    outside = b'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:%d/x.dtd">' % port
    inside = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY j SYSTEM "http://127.0.0.1:%d/">]>' % port
    named = rss(one.replace("Captagon", "&j;"))
    declares, other, broken = "listing_declares", "listing_not_understood", "listing_broken"
    articles = {"articles": [{"url": "http://x.example/a", "title": "Captagon"}]}
    found, js = json.dumps(articles).encode(), {"Content-Type": "application/json"}
    query = {"kind": "gdelt", "more": 'query = "captagon"'}
    for name, pages, code, words, more in (
        ("laughs", _feed(_LAUGHS + b"]>" + named), declares, "entities", {}),
        ("external_type", _feed(outside + rss(one)), declares, "entities", {}),
        ("external_entity", _feed(inside + named), declares, "entities", {}),
        ("no_feed", _feed(html("<p>Maintenance</p>").encode(), {}), other, "no feed", {}),
        ("no_bytes", _feed(b""), other, "empty", {}),
        ("cut_early", _feed(rss(one)[:60]), broken, "0 items", {}),
        ("reference", _feed(rss(one.replace("Captagon", "&#99999999999;"))), broken, "OverflowError", {}),
        ("reference_hex", _feed(rss(one.replace("Captagon", "&#xFFFFFFFFFF;"))), broken, "Error", {}),
        ("chapter", _feed(rss(one.replace("<guid>", f"{_CHAPTER}<guid>"))), broken, "TypeError", {}),
        ("cut_json", _feed(found[:-5], js), broken, "0 items", query),
        ("refused_json", _feed(b"Your query was too short", js), "listing_refused", "too short", query),
        ("no_links", _feed(rss(item("javascript:alert(1)"))), "listing_link_dropped", "1 items", {}),
    ):
        yield Case(name, pages, code, words, look=True, counts=NOTHING, **more)  # type: ignore[arg-type]
    links = private_forms(port).values()
    pages = len(links) - 1  # one of them is written in two ways
    counts = (pages, pages, 0, pages)
    listed = _feed(rss(*map(item, links)))
    yield Case("links_inside", listed, "address_not_public", look=True, counts=counts)


def _odd() -> Iterator[Case]:
    cut = rss(item("page"), item("other"))[:-40]
    both = (502_001, 502_002)
    pages = _feed(cut, page=both[0], other=both[1])
    yield Case("cut_late", pages, "listing_broken", "cut off", counts=(2, 2, 2, 0), claims=both)
    many = _feed(b"", page=502_003) | {"/feed.xml": Made(_ten_thousand, **RSS)}
    more = "maximum = 20000"
    yield Case("ten_thousand", many, counts=(10_000, 1, 1, 0), claims=(502_003,), more=more)
    outside, said = "listing_outside_range", "1200 items where 0 to 1000"
    pages = _feed(rss(*(item(f"n/{n}", title=f"News {n}") for n in range(1_200))))
    yield Case("too_many", pages, outside, said, look=True, counts=(1_000, 0, 0, 0))
    pages, said = _feed(rss(item("page")), page=502_004), "1 items where 3 to 1000"
    yield Case("too_few", pages, outside, said, look=True, claims=(502_004,), more="minimum = 3")
    dates = (item("page", date="Fri, 01 Jan 2055 00:00:00 GMT"), item("other", date="yesterday, perhaps"))
    pages = _feed(
        rss(*dates, item("third").replace("pubDate", "x")), page=502_005, other=502_006, third=502_007
    )
    three = (502_005, 502_006, 502_007)
    yield Case("dates", pages, "listing_date_ahead", "2055", counts=(3, 3, 3, 0), claims=three)
    pages = _feed(
        rss(*(item(path, title=title, guid="1") for path, title in _SAME_ID)), page=502_008, other=502_009
    )
    yield Case("same_id", pages, counts=(2, 2, 2, 0), claims=(502_008, 502_009))
    pages = _feed(rss(item("page"), *map(item, _NOWHERE)), page=502_010)
    yield Case("links", pages, "listing_link_dropped", "4 items", claims=(502_010,))
    pages = _feed(
        ('<?xml version="1.0" encoding="utf-16"?>' + rss(item("page")).decode()).encode("utf-16"),
        page=502_011,
    )
    yield Case("feed_utf16", pages, claims=(502_011,))
    title = item("page", title="ضبط حبوب كبتاغون")
    pages = _feed(
        b'<?xml version="1.0" encoding="utf-8"?>' + rss(title).decode().encode("cp1256"), page=502_012
    )
    yield Case("feed_old_arabic", pages, claims=(502_012,))


def _ten_thousand() -> bytes:
    plain = "<item><title>News {0}</title><link>n/{0}</link></item>"
    return rss(*(plain.format(n) for n in range(9_999)), item("page"))


def _robots() -> Iterator[Case]:
    page = _page(html(english(1)))

    def robots(answer: Page) -> Pages:
        return {"/robots.txt": answer, **page}

    no = Page(b"User-agent: *\nDisallow: /robots_page/page")
    said = "robots.txt of robots-page.example"
    yield Case("robots_page", robots(no), "robots_refused", said, look=True, counts=(1, 1, 0, 1))
    no = Page(b"User-agent: captagon-tracker\nDisallow: /")
    yield Case("robots_all", robots(no), "robots_refused", look=True, counts=NOTHING)
    broken = Page(status=500)
    yield Case("robots_broken", robots(broken), "robots_unknown", look=True, counts=NOTHING)


def _names() -> Iterator[Case]:
    inside, rebound = [["127.0.0.1"]], [[PUBLIC], ["127.0.0.1"]]
    pages = _feed(rss(item("page")))
    for name, leads_to, code, words in (
        ("nobody", [], "name_not_found", "nobody.example"),
        ("inside", inside, "address_not_public", "127.0.0.1"),
        ("rebound", rebound, "address_not_public", "127.0.0.1"),
    ):
        hosts = {f"{name}.example": leads_to}
        yield Case(name, pages, code, words, look=True, counts=NOTHING, names=hosts)


# -- tables ----------------------------------------------------------------------------------------------

CSV = {"Content-Type": "text/csv"}
XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
HEADER = ["Date", "Country", "Tablets", "Place", "Notes"]
MAPPING = """[source.options]
dates = ["%d/%m/%Y"]
[source.options.columns]
event_type = { value = "interdiction" }
drug = { value = "captagon" }
unit = { value = "tablets" }
event_date = "Date"
country = "Country"
quantity = "Tablets"
place = "Place"
notes = { column = "Notes", optional = true }
"""
_RUN = "=HYPERLINK('http://x.example','a')"
_TITLES = (["Seizures of 2026", "", ""], ["When", "Where", "", "Seized"], HEADER)


def row(tablets: object, notes: str = "") -> list[object]:
    """A row below HEADER."""
    return ["04/01/2026", "Iraq", tablets, "Rutba", notes]


def csv(*rows: list[object]) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in rows).encode()


def tables() -> Iterator[Case]:
    """Published tables: what is a table is read, and one that isn't is to be looked at."""
    make = partial(Case, kind="table", more=MAPPING)
    yield make(
        "csv_formulas",
        _table(csv([*HEADER], row(503_001, _RUN), row(503_002, "@SUM(A1)")), CSV),
        claims=(503_001, 503_002),
    )
    sheet = [HEADER, row("=1+1"), row(503_003, _RUN)]
    yield make("xlsx_formulas", _table(workbook({"a": sheet}), XLSX), claims=(503_003,))
    yield make("merged", _table(workbook({"a": [*_TITLES, row(503_004)]}), XLSX), claims=(503_004,))
    page = html("<p>Maintenance</p>").encode()
    unsafe = archive('<!DOCTYPE w [<!ENTITY a "b">]>' + SHEET.format(before="", rows=""))
    refused: dict[str, tuple[Pages, str]] = {
        "columns": (_table(csv(["Day", "Land"], [1, 2]), CSV), "table_columns_missing"),
        "table_page": (_table(page, {"Content-Type": "text/plain"}), "table_kind_unknown"),
        "table_unsafe": (_table(unsafe, XLSX), "table_unsafe"),
        "million": ({"/feed.xml": Made(_million, **XLSX)}, "table_too_long"),
        "million_csv": ({"/feed.xml": Made(_million_csv, **CSV)}, "table_too_long"),
    }
    for name, (pages, code) in refused.items():
        yield make(name, pages, quarantined=code, look=True)
    failed: dict[str, Any] = {"code": "content_type_unexpected", "counts": (1, 1, 0, 1)}
    yield make("table_html", _table(page, {"Content-Type": "text/html"}), look=True, **failed)


def _table(body: bytes, headers: Mapping[str, str]) -> Pages:
    return {"/feed.xml": Page(body, headers=headers)}


def _million() -> bytes:
    return archive(SHEET.format(before="", rows=inline(HEADER) + "<row><c><v>1</v></c></row>" * 1_000_000))


def _million_csv() -> bytes:
    return csv([*HEADER]) + b"\n1,2,3,4,5" * 999_000
