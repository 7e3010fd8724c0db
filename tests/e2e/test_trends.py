"""The page of trends in a browser: the sentence follows the filters and the chosen day, the address both."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Open, until

CHARTS = ("events", "tablets", "compare", "median", "sizes", "coverage", "method")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DRAWN = (
    "document.querySelectorAll('#trend-board .js-plotly-plot').length === 7 && "
    "[...document.querySelectorAll('#trend-board .card__foot')].every(x => x.textContent)"
)


def drawn(page: Page) -> None:
    until(page, DRAWN)


@pytest.mark.slow  # test_pages.py looks at the page in every run
@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("ar", "dark")])
def test_axe_finds_nothing(visit: Open, lang: str, theme: str) -> None:
    page = visit(f"/trends?lang={lang}", theme=theme)
    drawn(page)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{v['id']}: {[node['target'] for node in v['nodes'][:3]]}" for v in found] == []
    assert page.evaluate("document.documentElement.dir") == ("rtl" if lang == "ar" else "ltr")


@pytest.mark.slow  # test_pages.py looks at the page in every run
@pytest.mark.parametrize("width", [1440, 768, 390])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_sideways_scroll(visit: Open, width: int, lang: str) -> None:
    page = visit(f"/trends?lang={lang}", width=width)
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_sentence_follows_the_filters(visit: Open) -> None:
    page = visit("/trends")
    drawn(page)
    headline = page.locator(".trends__headline")
    before = headline.text_content()
    page.locator(".filter-bar__scope").get_by_text("Jordan", exact=True).click()
    expect(headline).to_contain_text("cannot be told from these reports")
    assert before != headline.text_content()
    assert "scope=jo" in page.url


def test_a_day_is_chosen_kept_in_the_link_and_taken_back(visit: Open) -> None:
    page = visit("/trends?scope=iq")
    drawn(page)
    choice = page.locator(".trends__cut input").first
    choice.click()
    page.get_by_role("option", name=re.compile("14 Jun 2025")).click()
    expect(page.locator(".trends__how")).to_contain_text("equally long: 266 days before 14 Jun 2025")
    assert "cut=2025-06-14" in page.url
    page.reload()
    expect(page.locator(".trends__how")).to_contain_text("266 days before")
    page.locator(".filter-bar__scope").get_by_text("Syria", exact=True).click()
    until(page, "location.search.includes('scope=sy') && location.search.includes('cut=2025-06-14')")
    page.go_back()
    until(page, "location.search.includes('scope=iq') && location.search.includes('cut=2025-06-14')")


def test_back_takes_the_chosen_day_away(visit: Open) -> None:
    page = visit("/trends?scope=iq")
    drawn(page)
    choice = page.locator(".trends__cut input").first
    choice.click()
    page.get_by_role("option", name=re.compile("8 Dec 2024")).click()
    until(page, "location.search.includes('cut=2024-12-08')")
    page.go_back()
    until(page, "!location.search.includes('cut=')")
    expect(choice).to_have_value("The periods of the filters")


def test_each_chart_has_its_words_and_table(visit: Open) -> None:
    page = visit("/trends")
    drawn(page)
    for name in CHARTS:
        card = page.locator(f"#trend_{name}-card")
        card.get_by_text("In words and as a table").click()
        expect(card.locator("details table")).to_be_visible(timeout=15_000)
        assert len(card.locator("details p").first.text_content() or "") > 20


def test_is_2025_a_record_for_iraq(visit: Open) -> None:
    page = visit("/trends?scope=iq&from=2025-01-01&to=2025-12-31")
    expect(page.locator(".trends__answer")).to_contain_text(
        re.compile(r"from 7.9.M to 16.6.M, or from 5.4.M to 9.63.M without doubtful repeats")
    )
