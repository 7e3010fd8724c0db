"""Official totals in a real browser: the UN's 24 million answered, anchors, filters, the way to the rows."""

from __future__ import annotations

import csv
import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import Open, until
from tests.e2e.test_pages import RULES

UN = "AGG-R0b916f50"
FOLDED = "AGG-R186838cc"
IRAQ = "/official?scope=iq&from=all"


def test_how_much_of_the_uns_24_million_for_iraq_in_2023_can_be_traced(visit: Open) -> None:
    page = visit("/official")
    answer = page.locator(f"#{UN} .total__answer").inner_text()
    assert re.search(
        r"UNODC gives 24.M tablets for Iraq, 2023; of these [\d.]+.M \(\d+%\) can be traced", answer
    )


def test_a_link_to_a_total_shows_it(visit: Open) -> None:
    page = visit(f"{IRAQ}#{UN}", width=390)
    page.locator(f"#{UN}.is-asked-for").wait_for()
    assert page.locator(f"#{UN} .total__amount").is_visible()
    top = page.locator(f"#{UN}").bounding_box()
    assert top is not None
    assert -200 < top["y"] < 900


@pytest.mark.parametrize("width", [390, 1440])
def test_a_link_to_a_total_that_is_folded_away_opens_its_list(visit: Open, width: int) -> None:
    page = visit(f"{IRAQ}#{FOLDED}", width=width)
    row = page.locator(f"#{FOLDED}.is-asked-for")
    row.wait_for()
    assert row.is_visible()
    top = row.bounding_box()
    assert top is not None
    assert -200 < top["y"] < 900
    assert page.evaluate("document.activeElement.id") == FOLDED, "the next Tab goes on from there"
    assert page.locator(".totals__fold[open]").count() == 1, "the other lists stay closed"

    # A link on the page to a total of a list that is closed, and by keys.
    page.locator(".totals__fold[open] > summary").focus()
    page.keyboard.press("Enter")
    until(page, "!document.querySelector('.totals__fold[open]')")
    page.evaluate(f"location.hash = '{UN}'")
    page.locator(f"#{UN}.is-asked-for").wait_for()
    page.evaluate(f"location.hash = '{FOLDED}'")
    page.locator(f"#{FOLDED}.is-asked-for").wait_for()
    page.wait_for_timeout(500)
    assert page.locator(f"#{FOLDED}").is_visible()
    assert page.evaluate("document.activeElement.id") == FOLDED, "an anchor draws nothing anew"


def test_a_printed_page_has_every_list_open(visit: Open) -> None:
    page = visit(IRAQ)
    closed = "document.querySelectorAll('.totals__fold:not([open])').length"
    before = page.evaluate(closed)
    assert before > 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(closed) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(closed) == before


def test_the_seizures_of_a_total_are_one_click_away(visit: Open) -> None:
    page = visit(IRAQ)
    link = page.locator(f"#{UN} .total__ways a").first
    n = int(re.findall(r"\d+", link.inner_text())[0])
    link.click()
    page.get_by_role("heading", name="Records").wait_for()
    found = page.locator(".records__list[aria-current=true] b").inner_text()
    beside = page.locator("#records-sentence").inner_text()
    assert str(n) in beside
    assert int(found) >= n


def test_the_bar_of_filters_chooses_the_totals(visit: Open) -> None:
    page = visit("/official")
    page.locator(".scope-tabs").get_by_text("Jordan", exact=True).click()
    page.locator("#AGG-R55933d26").wait_for()
    assert page.locator(f"#{UN}").count() == 0
    assert "scope=jo" in page.url
    text = page.locator(".totals__beside").first.inner_text()
    assert "the longer period has the smaller figure" in text


def test_the_download_follows_the_filters(visit: Open, server: str) -> None:
    page = visit(IRAQ)
    href = page.locator(".totals__csv").get_attribute("href")
    rows = list(csv.DictReader(io.StringIO(page.request.get(f"{server}{href}").text())))
    shown = page.evaluate("[...document.querySelectorAll('[id^=AGG-]')].map(one => one.id)")
    assert sorted(row["aggregate_id"] for row in rows) == sorted(shown)


@pytest.mark.slow  # test_pages.py looks at the page in every run
@pytest.mark.parametrize(("lang", "theme"), [("en", "dark"), ("ar", "light")])
def test_axe_finds_nothing_where_all_totals_stand(visit: Open, lang: str, theme: str) -> None:
    page = visit(f"/official?scope=all&from=all&lang={lang}", theme=theme)
    page.locator(f"#{UN}").wait_for()
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{v['id']}: {v['help']} at {[node['target'] for node in v['nodes'][:3]]}" for v in found] == []


@pytest.mark.slow  # test_pages.py looks at the page in every run
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("path", ["/official?scope=all&from=all", "/event/CAP-000302"])
def test_a_phone_scrolls_one_way_only(visit: Open, path: str, lang: str) -> None:
    page = visit(f"{path}{'&' if '?' in path else '?'}lang={lang}", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
