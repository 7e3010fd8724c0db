"""Every page loads, in both themes, on wide and narrow screens, and passes axe."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import Open, until

PAGES = {
    "overview": "/",
    "pinned": "/?release=2026.11.1",
    "border": "/border",
    "trends": "/trends?scope=iq",
    "countries": "/countries",
    "country": "/country/IQ",
    "sites": "/sites",
    "records": "/records",
    "official": "/official",
    "event": "",  # see the fixture `disputed`
    "new": "/new?since=2026-01-01",
    "about": "/about",
    "dictionary": "/dictionary",
    "status": "/status",
    "brief": "/brief",
}
LANGUAGES = ("en", "ar")
MAIN = ("overview", "border", "trends", "event", "official")
"""Pages that every run looks at on a phone too; `make test-slow` has all pages in every look."""
BOTH = ("overview", "border")
"""Pages that every run looks at in Arabic and dark too."""
TEXTS = ("about", "dictionary")
"""Long pages of words alone, at which axe looks in `make test-slow`."""


def _look(name: str, lang: str, theme: str) -> object:
    first = (lang, theme) == ("en", "light") and name not in TEXTS
    usual = first or (name in BOTH and (lang, theme) == ("ar", "dark"))
    return pytest.param(name, lang, theme, marks=() if usual else pytest.mark.slow)


def _phone(name: str, lang: str) -> object:
    usual = name in (MAIN if lang == "en" else BOTH)
    return pytest.param(name, lang, marks=() if usual else pytest.mark.slow)


LOOKS = [_look(name, lang, theme) for name in PAGES for lang in LANGUAGES for theme in ("light", "dark")]
PHONES = [_phone(name, lang) for name in PAGES for lang in LANGUAGES]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOW = """(least) => [...document.querySelectorAll('a, button, summary, input, [role=button], [role=tab]')].filter(one => {
  if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
  if (one.closest('p, li, td, dd, blockquote, figcaption, label, .card__foot, .ag-root, .js-plotly-plot')) return false;
  const box = one.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.height < least - 0.5;
}).map(one => `${one.tagName} ${one.className} ${(one.textContent || one.ariaLabel || '').slice(0, 40)}`)"""
"""Targets lower than so many px; those in sentences, lists and cells of tables are as high as their line."""
FOREIGN = """() => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const near = walk.currentNode.parentElement;
    if (near.closest('script, style, [lang=ar]') || !/[\u0600-\u06ff]{2}/.test(walk.currentNode.data)) continue;
    found.push(walk.currentNode.data.trim().slice(0, 60)); }
  return found; }"""
"""Arabic words of an English page that do not say that they are Arabic."""


def address(path: str, lang: str) -> str:
    return path if lang == "en" else f"{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.mark.parametrize(("name", "lang", "theme"), LOOKS)
def test_axe_finds_nothing(visit: Open, disputed: str, name: str, lang: str, theme: str) -> None:
    page = visit(address(PAGES[name] or disputed, lang), theme=theme)
    assert page.evaluate("document.documentElement.lang") == lang
    if name != "brief":  # a file to keep and to print, which is light
        assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert page.evaluate(LOW, 24) == []
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{v['id']}: {v['help']} at {[node['target'] for node in v['nodes'][:3]]}" for v in found]
    assert told == []
    if lang == "en":
        assert page.evaluate(FOREIGN) == []


@pytest.mark.parametrize(("name", "lang"), PHONES)
def test_a_phone_scrolls_one_way_only(visit: Open, disputed: str, name: str, lang: str) -> None:
    page = visit(address(PAGES[name] or disputed, lang), width=390, theme="dark", has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(LOW, 44) == [], "targets for a thumb are at least 44 px high"


@pytest.mark.parametrize("width", [768, pytest.param(1440, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ["records", "event", "dictionary"])
def test_no_sideways_scroll_on_wider_screens(visit: Open, disputed: str, name: str, width: int) -> None:
    page = visit(PAGES[name] or disputed, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_tablet_shows_every_page_in_the_navigation(visit: Open, lang: str) -> None:
    page = visit(address("/about", lang), width=768)
    room = page.evaluate(
        "(({scrollWidth, clientWidth}) => [scrollWidth, clientWidth])(document.querySelector('.site-nav'))"
    )
    assert room[0] == room[1], "none is cut off"


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
