"""The same dashboard in Arabic: the switch keeps the view, the page turns, digits are of one kind."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Open, settled, until

PAGES = ("/", "/records", "/status", "/about", "/dictionary", "/no-such-page")
COUNT = ".records__list[aria-current='true'] b"
# Headings, names of fields and buttons, and what they are called where nobody sees it.
NAMES = """() => {
  const found = [];
  const own = 'h1, h2, .site-nav a, button, label, summary, legend, .card__sub, .ag-header-cell-text';
  for (const element of document.querySelectorAll(own)) found.push(element.innerText || '');
  // The way to the other language speaks that language, and says which it is.
  const labelled = '[aria-label]:not([lang="en"])';
  for (const element of document.querySelectorAll(labelled)) found.push(element.ariaLabel);
  const kept = /CSV|XLSX|GeoJSON|Parquet|PNG|SVG|PDF|HTML|English|Enter|OpenStreetMap|[a-z_]+[.]csv|CC BY/g;
  return found.filter((text) => /[A-Za-z]{2}/.test(text.replace(kept, '')));
}"""
MAPS_READY = """[...document.querySelectorAll('.maplibregl-map')]
  .every((map) => map.closest('.js-plotly-plot')?.dataset.map === 'ready')"""
# Digits of the kind that the reader did not choose, in texts of the page that are not of the other script.
DIGITS = """(other) => {
  const found = [];
  const kept = new RegExp([
    '[\\u2066-\\u2068][^\\u2069]*\\u2069', 'https?:\\\\S+', '[\\\\w./-]*[A-Za-z][\\\\w./-]*',
    '\\\\d+([.]\\\\d+){2,}',
  ].join('|'), 'g');
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node.parentElement.closest('script, style, code, pre, [lang]:not([lang|="ar"])')) continue;
    const text = node.data;
    if (!new RegExp(other).test(text.replace(kept, '')) || /[A-Za-z]{2}/.test(text)) continue;
    found.push(text.trim().slice(0, 80));
  }
  return found;
}"""


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(str(page.evaluate("location.search")).lstrip("?"))


def test_the_switch_keeps_filters_page_and_release(visit: Open) -> None:
    view = {"scope": ["iq"], "from": ["2023-01-01"], "to": ["2023-12-31"], "release": ["2026.11.2"]}
    page = visit("/records?" + "&".join(f"{key}={value[0]}" for key, value in view.items()))
    before = page.locator(COUNT).inner_text()
    page.locator(".js-language").click()
    until(page, "document.documentElement.lang == 'ar' && !!document.querySelector('main h1')")
    settled(page)
    assert asked(page) == view | {"lang": ["ar"]}
    assert page.evaluate("location.pathname") == "/records"
    assert page.locator("h1").inner_text() == "السجلات"
    assert page.locator(COUNT).inner_text() == before
    page.locator(".site-nav a").first.click()  # the language goes along from page to page
    until(page, "location.pathname == '/'")
    assert asked(page)["lang"] == ["ar"]
    page.go_back()
    until(page, "location.pathname == '/records' && !!document.querySelector('main h1')")
    page.locator(".js-language").click()
    until(page, "document.documentElement.lang == 'en' && !!document.querySelector('main h1')")
    assert asked(page) == view


@pytest.mark.parametrize("path", [*PAGES[:2], *(pytest.param(p, marks=pytest.mark.slow) for p in PAGES[2:])])
def test_every_page_turns_and_names_its_parts_in_arabic(visit: Open, path: str) -> None:
    page = visit(f"{path}?lang=ar")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert "الكبتاغون" in page.title()
    until(page, MAPS_READY)  # whose library names its parts in English first
    assert page.evaluate(NAMES) == []
    assert page.evaluate(DIGITS, "[\u0660-\u0669]") == []


@pytest.mark.slow  # test_pages.py looks at the page in every run
@pytest.mark.parametrize("path", PAGES[:3])
def test_nothing_sticks_out_of_a_phone(visit: Open, path: str) -> None:
    page = visit(f"{path}?lang=ar", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_digits_are_all_of_the_kind_that_was_chosen(visit: Open) -> None:
    page = visit("/?lang=ar")
    until(page, "document.querySelectorAll('#events .xtick, #how .ytick').length > 0")
    page.locator("#digits-switch").click()
    until(page, "document.documentElement.dataset.digits == 'arab' && !!document.querySelector('main h1')")
    settled(page)
    until(page, "document.querySelectorAll('#events .xtick, #how .ytick').length > 0")
    assert page.evaluate(DIGITS, "[0-9]") == []
    assert "٢٠٢٥" in page.locator("#events").inner_html()
    page.locator("#digits-switch").click()
    until(page, "document.documentElement.dataset.digits == 'latn' && !!document.querySelector('main h1')")
    settled(page)
    assert page.evaluate(DIGITS, "[\u0660-\u0669]") == []


def test_words_of_charts_are_not_cut_by_the_turned_page(visit: Open) -> None:
    page = visit("/?lang=ar")
    until(page, "document.querySelectorAll('#how .ytick text').length > 0")
    inside = """() => {
      const box = document.querySelector('#how .main-svg').getBoundingClientRect();
      const texts = [...document.querySelectorAll('#how .ytick text')];
      const boxes = texts.map((text) => text.getBoundingClientRect());
      return boxes.every((own) => own.left >= box.left - 1 && own.right <= box.right + 1);
    }"""
    assert page.evaluate(inside)


def test_the_calendar_speaks_arabic(visit: Open) -> None:
    page = visit("/records?lang=ar&from=2023-01-05&to=2024-03-04")
    field = page.locator("#custom-dates button").first
    assert "كانون الثاني" in field.inner_text()
    field.click()
    assert (
        "كانون الثاني"
        in page.locator("[class*='CalendarHeaderLevel'], [class*='calendarHeaderLevel']").first.inner_text()
    )
