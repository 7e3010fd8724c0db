"""The seven seizures of the founding documents: found by search, right on their pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Open, settled, until
from tests.e2e.test_state import agrees

SEVEN = {
    "Al-Qaim, apple crates": (
        "al-qaim apple crates",
        "Al-Qaim border crossing",
        ("11 March 2023", "3,000,000 Captagon tablets", "pple crates", "Km 365"),
    ),
    "Damascus, Syrian and Iraqi": (
        "1.35 million damascus",
        "1,350,000",
        ("30 July 2025", "1,350,000", "215 kg", "2,015 kg ÷ 1,350,000 tablets = 1.49 g a tablet", "Iraq"),
    ),
    "Latakia, pills and hashish": (
        "latakia 70,000",
        "70,000",
        ("Latakia", "70,000", "hashish, 50 slabs", "28 July 2025"),
    ),
    "Al-Muhajireen, no quantity": (
        "muhajireen",
        "uhajireen",
        ("No quantity is stated", "never as zero tablets", "Damascus", "30 July 2025"),
    ),
    "Damascus, restaurant equipment": (
        "restaurant equipment damascus",
        "32,000",
        ("about 32,000", "estaurant equipment", "gouvernorat de Damas", "Damascus countryside", "SANA",
         "Asharq Al-Awsat", "Saudi Arabia"),
    ),
    "Al-Rai crossing, cannabis": (
        "al-rai crossing cannabis",
        "Al-Rai",
        ("annabis", "Al-Rai border crossing"),
    ),
    "Jordan, dropped from the air": (
        "jordan dropped aircraft",
        "Northern Military Zone",
        ("Jordan", "August 2025", "cargo dropped from an aircraft"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SEVEN)
def test_found_by_search_and_right_on_its_page(visit: Open, name: str) -> None:
    words, in_title, facts = SEVEN[name]
    page = visit("/records")
    page.locator('[id=\'{"key":"q","type":"filter"}\']').fill(words)
    until(page, "location.search.includes('q=')")
    open_first(page, in_title)
    text = page.locator("article").inner_text()
    missing = [fact for fact in facts if fact.casefold() not in text.casefold()]
    assert missing == []
    assert "confirm" not in text.lower()
    assert re.search(r"Reported by \d+ outlets?, \d+ ", text)


def open_first(page: Page, in_title: str) -> None:
    """Opens the first hit whose page has the words in its title, in the view or outside its filters."""
    agrees(page, page.url.split("/records")[0])
    for outside in (False, True):
        if outside:
            link = page.locator(".records__list").get_by_text("Outside your filters")
            if not link.count():
                break
            link.click()
            page.wait_for_url("**list=outside**")
        settled(page)
        page.wait_for_selector(".ag-row, .empty", state="attached")
        links = page.locator(".ag-cell[col-id='when'] a").evaluate_all(
            "all => all.map(a => a.getAttribute('href'))"
        )
        for href in links[:8]:
            here = page.url
            page.goto(page.url.split("/records")[0] + href)
            page.wait_for_selector("article h1")
            if in_title.casefold() in page.locator("article h1").inner_text().casefold():
                return
            page.goto(here)
            page.wait_for_selector(".ag-row")
    raise AssertionError(f"no hit has {in_title!r} in its title; the search gave {page.url}")
