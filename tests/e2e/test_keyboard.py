"""The whole way by keyboard: from the first Tab to a filter, a chart's table, the map and an event."""

# ruff: noqa: E501

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Open, until

MAPS = {"/": "#map", "/border": "#strip-map"}
ACTIVE = """() => { const e = document.activeElement, box = e.getBoundingClientRect(), s = getComputedStyle(e);
  return {name: e.getAttribute('aria-label') || e.textContent.trim().slice(0, 60) || e.placeholder || e.id,
    tag: e.tagName, outline: s.outlineStyle, colour: s.outlineColor, border: s.borderTopColor, width: box.width,
    inside: !!e.closest('.mantine-Drawer-content'), map: e.classList.contains('maplibregl-canvas'),
    input: e.tagName === 'INPUT', radio: e.type === 'radio',
    beside: getComputedStyle(e.nextElementSibling || e).outlineStyle}; }"""
GROUND = "getComputedStyle(document.body).backgroundColor"


def luminance(colour: str) -> float:
    """WCAG's relative luminance of `rgb(r, g, b)`."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def active(page: Page) -> Any:
    return page.evaluate(ACTIVE)


def tab_to(page: Page, what: str, most: int = 90) -> Any:
    """Presses Tab until an element of that name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        now = active(page)
        if re.search(what, now["name"]):
            return now
    raise AssertionError(f"Tab does not come to {what}")


def drawn(page: Page, path: str) -> Page:
    until(page, f"document.querySelector('{MAPS[path]} .js-plotly-plot')?.dataset.map === 'ready'")
    return page


@pytest.mark.parametrize("theme", [pytest.param("light", marks=pytest.mark.slow), "dark"])
@pytest.mark.parametrize("path", MAPS)
def test_where_the_focus_is_can_be_seen(visit: Open, path: str, theme: str) -> None:
    page = drawn(visit(path, theme=theme), path)
    ground = page.evaluate(GROUND)
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        now = active(page)
        if now["tag"] == "BODY":
            break
        seen.add(now["name"])
        shown = now["colour"] if now["outline"] != "none" else now["border"]
        assert now["outline"] != "none" or now["input"], now
        if not now["radio"]:  # its label has the outline
            assert contrast(shown, ground) >= 3, now
    assert len(seen) > 25


@pytest.mark.parametrize("path", ["/", pytest.param("/border", marks=pytest.mark.slow)])
def test_the_drawer_holds_the_focus_and_gives_it_back(visit: Open, path: str) -> None:
    page = drawn(visit(path), path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    tab_to(page, r"^عربي|Arabic")
    tab_to(page, r"^Filters")
    for _ in range(2):  # and again: a trap that works once is none
        page.keyboard.press("Enter")
        until(page, "!!document.activeElement.closest('.mantine-Drawer-content')")
        for key in (*["Tab"] * 30, *["Shift+Tab"] * 4):
            page.keyboard.press(key)
            assert active(page)["inside"], "Tab stays in the drawer"
        page.get_by_role("dialog").get_by_role("button", name="Close", exact=False).first.focus()
        page.keyboard.press("Escape")
        until(page, "document.activeElement.id === 'drawer-open'")


@pytest.mark.parametrize("path", MAPS)
def test_the_map_by_keys_and_its_events_without_it(visit: Open, path: str) -> None:
    page = drawn(visit(path), path)
    graph = f"document.querySelector('{MAPS[path]} .js-plotly-plot')"
    zoom = f"{graph}._fullLayout.map._subplot.map.getZoom()"
    page.locator(f"{MAPS[path]} .maplibregl-canvas").focus()
    before = page.evaluate(zoom)
    page.keyboard.press("+")
    until(page, f"{zoom} > {before} + 0.5")
    tab_to(page, "^Zoom out$", most=4)
    page.keyboard.press("Enter")
    until(page, f"{zoom} < {before} + 0.5")
    table = page.locator(f"{MAPS[path]}-card summary[id*=table-open]")
    table.focus()
    page.keyboard.press("Enter")
    rows = page.locator(f"{MAPS[path]}-card .table a[href^='/event/CAP-']")
    rows.first.wait_for()
    rows.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/event/CAP-*")


def test_every_chart_opens_its_table_by_keyboard(visit: Open) -> None:
    page = drawn(visit("/border"), "/border")
    for name in ("strip", "strip-map", "strip-density", "strip-sites"):
        page.locator(f"#{name}-card summary[id*=table-open]").focus()
        page.keyboard.press("Enter")
        page.locator(f"#{name}-card .table").wait_for()


@pytest.mark.parametrize(("lang", "says"), [("en", "عربي"), ("ar", "English")])
def test_the_switch_of_languages_says_what_it_does(visit: Open, lang: str, says: str) -> None:
    link = visit("/about" if lang == "en" else "/about?lang=ar").locator("a.js-language")
    assert says in link.inner_text()
    assert link.get_attribute("lang") == link.get_attribute("hreflang") != lang
    assert says in str(link.get_attribute("aria-label")), "what is read aloud holds what is written"
    assert link.get_attribute("aria-label") != link.inner_text()


def test_nothing_moves_for_those_who_asked_for_it(visit: Open) -> None:
    page = drawn(visit("/"), "/")
    moving = "document.getAnimations().filter(one => one.playState === 'running').length"
    assert page.evaluate(moving) == 0
    page.locator("#drawer-open").click()
    assert page.evaluate(moving) == 0
