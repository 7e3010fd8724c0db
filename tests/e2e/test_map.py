"""The map in a browser: no other host, one instance through every filter change, usable by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Open, until

GRAPH = "document.querySelector('#map.js-plotly-plot, #map .js-plotly-plot')"
MAP = f"{GRAPH}._fullLayout.map._subplot.map"
READY = f"(() => {{ const g = {GRAPH}; return !!(g && g.dataset.map === 'ready'); }})()"


def ready(page: Page) -> Page:
    until(page, READY, seconds=40)
    return page


def ask(page: Page, question: str) -> Any:
    return page.evaluate(question.replace("MAP", MAP).replace("GRAPH", GRAPH))


def test_labels_and_data_are_drawn(visit: Open) -> None:
    page = ready(visit("/"))
    layers = [
        *("border", "tick", "crossing", "label-crossing", "label-country"),
        *("plotly-trace-layer-circles-circle", "plotly-trace-layer-governorates-fill"),
    ]
    rendered = f"(wanted => {{ const ids = new Set({MAP}.queryRenderedFeatures().map(f => f.layer.id));"
    until(page, f"{rendered} return wanted.every(id => ids.has(id)); }})", arg=layers, seconds=30)


def test_a_filter_change_keeps_the_map_and_the_readers_view(visit: Open) -> None:
    page = ready(visit("/"))
    ask(page, "MAP.mark = 'the same'")
    before = ask(page, "GRAPH.data.find(t => t.uid === 'circles').lon.length")
    page.get_by_role("button", name="Zoom in").click()
    until(page, f"{MAP}.getZoom() > 5 && !{MAP}.isMoving()")
    zoom = ask(page, "MAP.getZoom()")
    page.evaluate("dash_clientside.set_props('query', {data: 'from=all'})")
    until(page, f"{GRAPH}.data.find(t => t.uid === 'circles').lon.length > {before}", seconds=40)
    assert ask(page, "MAP.mark") == "the same"
    assert ask(page, "MAP.getZoom()") == pytest.approx(zoom, abs=0.01)


def test_a_scope_is_fitted_to_the_screen(visit: Open) -> None:
    page = ready(visit("/?scope=jo"))
    west, south, east, north = ask(page, "MAP.getBounds().toArray().flat()")
    assert west < 35.2
    assert east > 39.0
    assert south < 29.4
    assert north > 33.2


def test_arrow_keys_and_buttons_move_the_map(visit: Open) -> None:
    page = ready(visit("/"))
    canvas = page.locator(".maplibregl-canvas").first
    assert "Arrow keys" in (canvas.get_attribute("aria-label") or "")
    canvas.focus()
    centre = ask(page, "MAP.getCenter().lng")
    page.keyboard.press("ArrowRight")
    until(page, f"{MAP}.getCenter().lng > {centre + 0.1}")
    page.get_by_role("button", name="Show the whole region").click()
    until(page, f"Math.abs({MAP}.getCenter().lng - {centre}) < 0.05")


def test_the_wheel_scrolls_the_page_and_zooms_only_with_control(visit: Open) -> None:
    page = ready(visit("/"))
    zoom = ask(page, "MAP.getZoom()")
    page.locator(".maplibregl-canvas").first.hover()
    page.mouse.wheel(0, 200)
    until(page, "window.scrollY > 0")
    assert ask(page, "MAP.getZoom()") == zoom
    page.locator(".maplibregl-canvas").first.hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    until(page, f"{MAP}.getZoom() > {zoom}")


def test_the_key_names_what_the_map_shows(visit: Open) -> None:
    page = ready(visit("/"))
    key = page.locator(".map-key")
    for words in ("exact place", "town, with its radius", "known to governorate only", "10"):
        assert words in key.inner_text()
