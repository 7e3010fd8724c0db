"""Pinned links, briefs that open offline, pictures of charts: with a real browser."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Download, Page

from benchmarks.chromium import serving
from dashboard.brief import pdf
from tests.dashboard.cite import releases
from tests.e2e.conftest import Open, until

FIRST, SECOND = releases.FIRST, releases.SECOND


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on two releases in a row, between which events changed."""
    with serving(releases.write(tmp_path_factory.mktemp("pair"))) as home:
        yield home


def test_an_old_link_says_what_changed_and_leads_to_the_newest(visit: Open, pair: str) -> None:
    page = visit(f"/?scope=sy&release={FIRST}", home=pair)
    banner = page.locator("#pinned")
    banner.get_by_text("The headline of this view is another one now.").wait_for()
    assert f"You see release {FIRST}" in (banner.text_content() or "")
    banner.locator("summary").click()
    said = banner.inner_text()
    for event_id in (releases.ADDED, releases.CORRECTED, releases.MERGED):
        assert event_id in said
    assert "1,350,000 → 1,300,000" in " ".join(said.split())
    assert releases.HOSTILE in said, "a hostile name is text"
    banner.get_by_role("link", name="Show the newest release").click()
    page.wait_for_url(f"{pair}/?scope=sy")
    page.wait_for_selector(".lead__text")
    assert page.locator("#pinned").inner_text() == ""


def test_the_banner_follows_the_filters(visit: Open, pair: str) -> None:
    page = visit(f"/?scope=sy&release={FIRST}", home=pair)
    page.locator("#pinned").get_by_text("another one now").wait_for()
    page.get_by_text("Jordan", exact=True).first.click()
    page.locator("#pinned").get_by_text("Nothing in this view has changed since.").wait_for()
    assert parse_qs(urlsplit(page.url).query)["release"] == [FIRST]


def test_a_view_is_pinned_by_the_link_menu(visit: Open, pair: str) -> None:
    page = visit("/?scope=sy", home=pair, permissions=["clipboard-read", "clipboard-write"])
    menu = page.locator(".filter-bar .menu").filter(has_text="Copy the link to this view")
    menu.locator("summary").click()
    menu.get_by_role("button", name=f"pinned to release {SECOND}").click()
    page.get_by_text("Pinned link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{pair}/?scope=sy&release={SECOND}"
    page.keyboard.press("Escape")
    assert not menu.evaluate("one => one.open")


def test_a_release_that_is_not_kept_is_told(visit: Open, pair: str) -> None:
    page = visit("/?release=2020.01.1", home=pair)
    page.locator("#pinned").get_by_text("There is no release 2020.01.1 here").wait_for()
    assert SECOND in page.locator("footer").inner_text()


def test_an_event_of_an_old_link_says_what_became_of_it(visit: Open, pair: str) -> None:
    page = visit(f"/event/{releases.MERGED}?release={FIRST}", home=pair)
    page.locator("#pinned summary").click()
    assert releases.CORRECTED in page.locator("#pinned").inner_text()


def saved(page: Page, home: str, query: str, folder: Path) -> Path:
    """The brief of a view, as a reader saves it."""
    file = folder / "brief.html"
    answer = page.request.get(f"{home}/brief?{query}")
    assert answer.status == 200
    file.write_bytes(answer.body())
    return file


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_brief_opens_without_a_network(
    visit: Open, browser: Browser, server: str, tmp_path: Path, lang: str
) -> None:
    file = saved(visit("/about"), server, f"scope=iq&admin1=IQ-AN&from=all&lang={lang}", tmp_path)
    context = browser.new_context(offline=True, viewport={"width": 820, "height": 1000})
    try:
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(file.as_uri())
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert said == []
        assert page.evaluate(
            "document.fonts.ready.then(fonts => [...fonts].every(one => one.status !== 'error'))"
        )
        pictures = page.locator("figure svg")
        assert pictures.count() == 6
        assert all(pictures.nth(i).bounding_box() for i in range(6))
        assert page.evaluate("document.documentElement.scrollWidth") == 820
    finally:
        context.close()


def test_an_arabic_brief_is_laid_out_from_the_right(
    visit: Open, browser: Browser, server: str, tmp_path: Path
) -> None:
    """Looked at as a picture: the heading begins at the right edge, and time runs to the right in charts."""
    file = saved(visit("/about"), server, "scope=iq&from=all&lang=ar", tmp_path)
    context = browser.new_context(offline=True, viewport={"width": 820, "height": 1000})
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        edges = page.evaluate(
            """() => {
              const range = document.createRange();
              range.selectNodeContents(document.querySelector('h1'));
              const words = range.getBoundingClientRect(), body = document.body.getBoundingClientRect();
              const x = (one) => one.getBoundingClientRect().x;
              const years = [...document.querySelectorAll('#h-events ~ svg text')]
                .filter(one => /^20\\d\\d$/.test(one.textContent)).map(x);
              const cells = [...document.querySelectorAll('.events thead th')].map(x);
              return { gap: body.right - words.right, years, cells };
            }"""
        )
        assert edges["gap"] < 40, "the heading begins at the right"
        assert len(edges["years"]) > 1
        assert edges["years"] == sorted(edges["years"]), "time runs to the right"
        assert edges["cells"] == sorted(edges["cells"], reverse=True), "columns run to the left"
        picture = page.screenshot()
        wide, high = struct.unpack(">II", picture[16:24])
        assert (wide, high) == (820, 1000)
        assert len(picture) > 30_000, "not an empty page"
    finally:
        context.close()


@pytest.mark.skipif(pdf.chromium() is None, reason="this machine has no Chromium of its own")
def test_a_brief_is_printed(visit: Open, server: str) -> None:
    page = visit("/about")
    answer = page.request.get(f"{server}/brief.pdf?scope=iq&admin1=IQ-AN&lang=ar", timeout=90_000)
    assert answer.status == 200
    body = answer.body()
    assert body.startswith(b"%PDF-")
    assert body.count(b"/Type /Page\n") + body.count(b"/Type /Page>") + body.count(b"/Type/Page") >= 2


def test_the_brief_button_leads_to_the_view_pinned(visit: Open, pair: str) -> None:
    page = visit("/?scope=sy", home=pair)
    menu = page.locator(".filter-bar .menu").filter(has_text="English")
    menu.locator("summary").click()
    with page.context.expect_page() as opened:
        menu.get_by_role("link", name="Brief, عربي, HTML").click()
    brief = opened.value
    brief.wait_for_selector("h1")
    assert parse_qs(urlsplit(brief.url).query) == {"scope": ["sy"], "lang": ["ar"], "release": [SECOND]}
    assert brief.evaluate("document.documentElement.dir") == "rtl"


def pick(page: Page, card: str, what: str) -> Download:
    menu = page.locator(f"#{card}-card .card-menu")
    menu.locator("summary").click()
    with page.expect_download() as download:
        menu.get_by_text(what).click()
    return download.value


def test_a_chart_is_saved_as_png_svg_and_csv(visit: Open, pair: str) -> None:
    page = visit("/?scope=sy", home=pair)
    until(page, "!!document.querySelector('#events .js-plotly-plot .barlayer')")
    svg = pick(page, "events", "Picture (SVG)")
    assert svg.suggested_filename == f"captagon_events_{SECOND}_scope-sy.svg"
    text = Path(svg.path()).read_text(encoding="utf-8")
    for words in ("Events", "Reported seizures per month", f"release {SECOND}", "CC BY 4.0"):
        assert words in text, words
    png = Path(pick(page, "events", "Picture (PNG)").path()).read_bytes()
    shown = page.locator("#events .js-plotly-plot").bounding_box()
    assert shown is not None
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20])[0] == 2 * max(560, round(shown["width"])), "twice as fine"
    data = pick(page, "events", "Data behind this chart")
    assert data.suggested_filename == f"captagon-chart-events_{SECOND}_scope-sy.csv"


def test_the_map_is_saved_twice_as_fine(visit: Open, pair: str) -> None:
    page = visit("/?scope=sy", home=pair)
    until(page, "document.querySelector('#map .js-plotly-plot')?.dataset.map === 'ready'", seconds=30)
    assert page.locator("#map-card .card-menu").get_by_text("SVG").count() == 0
    picture = pick(page, "map", "Picture (PNG)")
    assert picture.suggested_filename == f"captagon_map_{SECOND}_scope-sy.png"
    body = Path(picture.path()).read_bytes()
    shown = page.locator("#map .js-plotly-plot").bounding_box()
    assert shown is not None
    wide, high = struct.unpack(">II", body[16:24])
    assert wide == 2 * round(shown["width"])
    assert high > 2 * shown["height"], "with title, key and source line"
    assert len(body) > 40_000, "the map is in it"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_is_new_on_a_phone(visit: Open, pair: str, lang: str) -> None:
    page = visit(f"/new?since=2026-04-01&lang={lang}", home=pair, width=390, has_touch=True)
    page.get_by_text(releases.ADDED).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator(".changes li").count() >= 4


def test_the_day_of_the_list_is_chosen_by_a_plain_form(visit: Open, pair: str) -> None:
    page = visit("/new?since=2026-05-01", home=pair)
    page.get_by_text("Nothing was added").wait_for()
    page.get_by_label("Since").fill("2026-04-01")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/new?since=2026-04-01**")
    page.get_by_text("1 added, 1 corrected").first.wait_for()
