"""Production sites and routes in the browser."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.e2e.conftest import Open, until


def test_all_production_sites_are_one_click_away(visit: Open) -> None:
    page = visit("/sites")
    first = page.locator("#production-card tbody tr").count()
    page.locator("#production-card a", has_text="show all").click()
    until(page, "location.search.includes('scope=all')")
    until(page, f"document.querySelectorAll('#production-card table')[0].rows.length > {first + 1}")
    assert page.locator(".status--alleged").first.is_visible()


def test_the_map_has_its_picture_its_data_and_its_source(visit: Open) -> None:
    page = visit("/sites?from=all&scope=iq")
    until(page, "document.querySelector('#sites-map .js-plotly-plot')?.dataset.map === 'ready'")
    card = page.locator("#sites-map-card")
    assert "Source: reports collected for this tracker, release" in card.inner_text()
    card.get_by_text("All reported seizures").click()
    until(page, "document.querySelector('#sites-map-card a[data-extra]')?.dataset.extra === 'layer=all'")
    menu = card.locator(".card-menu")
    menu.locator("summary").click()
    assert menu.get_by_text("SVG").count() == 0
    with page.expect_download() as download:
        menu.get_by_text("Data behind this chart").click()
    assert download.value.suggested_filename.startswith("captagon-chart-sites-map_")
    with page.expect_download() as download:
        menu.get_by_text("Picture (PNG)").click()
    assert download.value.suggested_filename.startswith("captagon_sites-map_")
    body = Path(download.value.path()).read_bytes()
    shown = page.locator("#sites-map .js-plotly-plot").bounding_box()
    assert shown is not None
    wide, high = struct.unpack(">II", body[16:24])
    assert wide == 2 * round(shown["width"])
    assert high > 2 * shown["height"], "with title, key and source line"


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("path", ["/countries", "/country/IQ", "/sites"])
def test_under_each_figure_and_table_stands_its_source(visit: Open, path: str, lang: str) -> None:
    page = visit(f"{path}?lang={lang}")
    until(page, "document.querySelectorAll('.card').length > 3")
    words = {"en": "Source: ", "ar": "المصدر: "}[lang]
    cards = page.locator(".card")
    until(page, f"[...document.querySelectorAll('.card')].every(one => one.textContent.includes('{words}'))")
    for i in range(cards.count()):
        said = cards.nth(i).text_content() or ""
        assert said.count(words) == 1, said[:80]


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
