"""Countries in the browser: a cell sets the filters, a measure stays in the address, a country has a page."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Open, until


def test_a_cell_sets_the_filters_to_its_country_and_year(visit: Open) -> None:
    page = visit("/countries")
    cell = page.locator(".heat a[title='Show Iraq, 2025']").first
    n = int((cell.inner_text()).split()[0])
    cell.click()
    until(page, "location.search.includes('country=IQ')")
    until(page, "document.querySelector('.heat a[aria-current=true]') !== null")
    until(page, f"document.querySelector('.desk__basis').textContent.startsWith('{n} reported')")
    assert "from=2025-01-01" in page.url
    page.go_back()
    until(page, "!location.search.includes('country=IQ')")


@pytest.mark.parametrize("width", [390, 768])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_table_begins_at_its_newest_year_and_can_be_scrolled_to_its_oldest(
    visit: Open, width: int, lang: str
) -> None:
    page = visit(f"/countries?lang={lang}", width=width)
    edges = """year => { const box = document.querySelector('.heat-scroll').getBoundingClientRect();
      const heads = [...document.querySelectorAll('.heat thead th')];
      const head = heads.find(one => one.textContent.startsWith(year));
      const cell = head.getBoundingClientRect();
      return cell.left >= box.left - 1 && cell.right <= box.right + 1; }"""
    until(page, "document.querySelectorAll('.heat thead th').length > 5")
    assert page.evaluate(edges, "2026")
    assert not page.evaluate(edges, "2018")
    far = -10_000 if lang == "en" else 10_000
    page.evaluate("far => document.querySelector('.heat-scroll').scrollBy(far, 0)", far)
    until(page, edges, "2018")


def test_a_measure_is_part_of_the_address(visit: Open) -> None:
    page = visit("/countries")
    page.get_by_text("Official, traced share").click()
    until(page, "location.search.includes('measure=official')")
    page.get_by_text("traced 40–71 %").wait_for()
    again = visit("/countries?measure=official")
    assert again.get_by_text("traced 40–71 %").count() == 1


def test_the_table_as_a_file_follows_the_filters(visit: Open, server: str) -> None:
    page = visit("/countries?min=1000000")
    link = page.get_by_role("link", name="Table as CSV")
    link.focus()
    href = link.get_attribute("href") or ""
    assert "min=1000000" in href
    answer = page.request.get(server + href)
    assert answer.status == 200
    assert "no_report_collected" in answer.text()
    assert page.request.get(f"{server}/export/countries-by-year.csv?min=x").status == 400


def test_the_answer_on_jordan_and_on_crystal_is_on_the_page(visit: Open) -> None:
    page = visit("/countries")
    row = page.locator(".heat tr", has_text="Jordan").first.inner_text()
    assert "no report collected" in row
    assert "official at least 14.1" in row
    assert page.get_by_text("Whether trade turns to crystal methamphetamine cannot be told").is_visible()


def test_a_body_is_a_filter(visit: Open) -> None:
    page = visit("/countries?from=all")
    page.get_by_text("Filter by authority").click()
    page.locator("a.pick", has_text="Iraq: federal government").click()
    until(page, "location.search.includes('authority=iq_federal')")
    page.locator(".chip", has_text="Iraq: federal government").wait_for()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_country_page_tells_what_was_done_abroad(visit: Open, lang: str) -> None:
    page = visit(f"/country/IQ?lang={lang}")
    said = page.locator("#country_joint-card .said").first.inner_text()
    assert ("11 seizures abroad" if lang == "en" else "11 ضبطية في الخارج") in said
    assert page.locator("#country_largest-card tbody tr").count() == 10
    assert page.locator("a[href^='/brief?'][href*='country=IQ']").count() == 1
    assert page.locator("#country_undated-card tbody tr").count() > 5


def test_a_country_without_reports_says_so(visit: Open, server: str) -> None:
    page = visit("/country/IQ")
    assert page.request.get(f"{server}/country/ZZ").status == 404
    page.evaluate("history.pushState(null, '', '/country/ZZ')")
    page.evaluate("window.dispatchEvent(new CustomEvent('_dashprivate_pushstate'))")
    page.get_by_role("heading", name="No report of this country").wait_for()
