"""Production sites and routes in the browser."""

from __future__ import annotations

from tests.e2e.conftest import Open, until


def test_all_production_sites_are_one_click_away(visit: Open) -> None:
    page = visit("/sites")
    first = page.locator("#production-card tbody tr").count()
    page.locator("#production-card a", has_text="show all").click()
    until(page, "location.search.includes('scope=all')")
    until(page, f"document.querySelectorAll('#production-card table')[0].rows.length > {first + 1}")
    assert page.locator(".status--alleged").first.is_visible()


def test_the_matrix_comes_before_the_flow_chart_and_always_has_the_not_stated(visit: Open) -> None:
    page = visit("/sites?scope=iq&from=12m")
    order = "[...document.querySelectorAll('#routes-card, #flow-card')].map(x => x.id).join()"
    assert page.evaluate(order) == "routes-card,flow-card"
    table = page.locator(".heat--matrix")
    assert table.locator("thead th").all_inner_texts()[-2] == "not stated"
    assert table.locator("tbody th").all_inner_texts()[-1] == "not stated"


def test_a_number_of_the_matrix_leads_to_its_seizures(visit: Open) -> None:
    page = visit("/sites?scope=all&from=all")
    link = page.locator(".heat--matrix a[title^='Syria to Iraq']")
    n = int(link.inner_text().split()[0])
    link.click()
    page.wait_for_url("**/records?**")
    page.locator(".ag-row").first.wait_for()
    until(page, f"document.querySelectorAll('.ag-center-cols-container .ag-row').length === {n}")
