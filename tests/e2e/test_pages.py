"""Every page loads, in both themes, on wide and narrow screens, and passes axe."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import Open, until

PAGES = {
    "overview": "/",
    "border": "/border",
    "records": "/records",
    "event": "",  # see the fixture `disputed`
    "about": "/about",
    "dictionary": "/dictionary",
    "status": "/status",
    "official": "/official",
    "countries": "/countries",
    "country": "/country/IQ",
    "sites": "/sites",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Open, disputed: str, name: str, theme: str) -> None:
    page = visit(PAGES[name] or disputed, theme=theme)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{v['id']}: {v['help']} at {[node['target'] for node in v['nodes'][:3]]}" for v in found]
    assert told == []


@pytest.mark.parametrize("name", PAGES)
def test_phone_scrolls_one_way_only(visit: Open, disputed: str, name: str) -> None:
    page = visit(PAGES[name] or disputed, width=390, theme="dark", has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    small = page.evaluate(
        "[...document.querySelectorAll('.bottom-bar > *, .cards a')]"
        ".filter(x => x.offsetHeight && x.offsetHeight < 44)"
        ".map(x => x.textContent)"
    )
    assert small == [], "targets for a thumb are at least 44 px high"


@pytest.mark.parametrize("width", [768, 1440])
@pytest.mark.parametrize("name", ["records", "event", "dictionary"])
def test_no_sideways_scroll_on_wider_screens(visit: Open, disputed: str, name: str, width: int) -> None:
    page = visit(PAGES[name] or disputed, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_unknown_event_says_so(visit: Open, server: str) -> None:
    page = visit("/records")
    answer = page.request.get(f"{server}/event/CAP-999999")
    assert answer.status == 404
    page.evaluate("history.pushState(null, '', '/event/CAP-999999')")
    page.evaluate("window.dispatchEvent(new CustomEvent('_dashprivate_pushstate'))")
    page.get_by_role("heading", name="No such seizure").wait_for()


def test_a_bad_filter_is_named_and_the_page_stands(visit: Open) -> None:
    page = visit("/records?contry=IQ&from=yesterday")
    notice = page.get_by_role("status").filter(has_text="contry=IQ")
    assert "from=yesterday" in (notice.text_content() or "")
    assert page.locator(".ag-row").count() > 5


def test_dark_mode_by_button_stays(visit: Open, disputed: str) -> None:
    page = visit(disputed)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Switch between light and dark").click()
    until(page, "document.documentElement.dataset.theme === 'dark'")
    dark = page.evaluate(paper)
    assert dark != light
    assert page.locator("img.only-dark").is_visible()
    assert not page.locator("img.only-light").is_visible()
    page.reload()
    page.wait_for_selector("main h1")
    assert page.evaluate(paper) == dark


def test_keyboard_reaches_an_event_from_the_top(visit: Open) -> None:
    page = visit("/records")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator(".ag-header-cell[col-id='when']").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/event/CAP-*")
    page.wait_for_selector(".versions")
    link = page.locator(".versions a").first
    link.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", (
        "focus is visible"
    )


def test_sources_open_apart_and_know_nothing_of_us(visit: Open, disputed: str) -> None:
    page = visit(disputed)
    links = page.locator(".versions a").evaluate_all("all => all.map(a => [a.target, a.rel])")
    assert links
    assert all(target == "_blank" and "noopener" in rel for target, rel in links)
