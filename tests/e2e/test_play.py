"""The map that plays: steps without the server, by buttons and keys, at rest for who prefers less motion."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.e2e.conftest import Open, until

READY = "document.querySelector('.play').dataset.step === 'all'"
PLAY = "document.querySelector('#sites-map .js-plotly-plot').layout.meta.play"
SHOWN = """(() => {
  const graph = document.querySelector('#sites-map .js-plotly-plot');
  const ids = graph.data.flatMap((trace) => trace.customdata || []).flatMap((cell) => cell.split('|'));
  return [...new Set(ids)].filter((id) => graph.layout.meta.play.at[id] !== undefined);
})()"""


def _said(page: Page) -> str:
    return page.locator(".play__said").inner_text()


def test_a_step_shows_its_events_and_asks_nothing_of_the_server(visit: Open) -> None:
    page = visit("/sites?layer=all")
    until(page, READY)
    whole = len(page.evaluate(SHOWN))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "_dash-update" in request.url else None)
    page.locator(".play__next").click()
    until(page, "document.querySelector('.play').dataset.step === '0'")
    assert _said(page).startswith("Dec 2024: ")
    own = page.locator(".play").get_attribute("data-shown")
    shown = page.evaluate(SHOWN)
    assert 0 < len(shown) <= int(own or 0) < whole
    here = f"{SHOWN}.some((id) => {PLAY}.at[id] === 0)"
    assert page.evaluate(here), "what is shown is of this step"
    page.get_by_text("All up to it").click()
    until(page, "document.querySelector('.play__said').textContent.startsWith('Up to Dec 2024')")
    page.locator(".play__slider input").focus()
    page.keyboard.press("End")
    until(page, "document.querySelector('.play__said').textContent.startsWith('Up to Mar 2026')")
    page.keyboard.press("ArrowLeft")
    until(page, "document.querySelector('.play__said').textContent.startsWith('Up to Feb 2026')")
    page.locator(".play__all").click()
    until(page, READY)
    assert len(page.evaluate(SHOWN)) == whole
    assert asked == []


def test_undated_events_are_counted_beside(visit: Open) -> None:
    page = visit("/sites?layer=all&scope=all&from=all")
    until(page, READY)
    assert "undated" in page.locator("#sites-beside").inner_text()
    page.locator(".play__next").click()
    until(page, "document.querySelector('.play').dataset.step === '0'")
    undated = """(() => {
      const graph = document.querySelector('#sites-map .js-plotly-plot');
      const at = graph.layout.meta.play.at;
      const cells = graph.data.flatMap((trace) => trace.customdata || []);
      return cells.filter((cell) => cell.split('|').every((id) => at[id] === undefined));
    })()"""
    assert page.evaluate(undated) == [], "no undated event is put into a month"


def test_it_plays_and_pauses_only_where_motion_is_welcome(visit: Open) -> None:
    page = visit("/sites?layer=all")
    until(page, READY)
    assert page.locator(".play__start").is_hidden(), "the tests' browser prefers less motion"
    page.emulate_media(reduced_motion="no-preference")
    page.get_by_text("Quarters", exact=True).click()
    until(page, "!document.querySelector('.play__start').hidden")
    page.locator(".play__start").click()
    until(page, "Number(document.querySelector('.play').dataset.step) >= 1")
    page.locator(".play__start").click()
    assert page.locator(".play__start").get_attribute("aria-pressed") == "false"
    assert page.locator(".play__said").get_attribute("aria-live") == "polite"
