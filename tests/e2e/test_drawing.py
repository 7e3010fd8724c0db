"""A change of the filters draws what it changes, once: docs/decisions/0010-drawn-anew.md."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.e2e.conftest import Open, until
from tests.e2e.test_map import GRAPH, MAP, ask, ready

HOW = "document.querySelector('#how .js-plotly-plot')"
ORDER = (
    *("plotly-trace-layer-governorates-fill", "plotly-trace-layer-areas-fill", "border-casing"),
    *("plotly-trace-layer-circles-circle", "label-country", "plotly-trace-layer-words-symbol"),
)


def drawn(page: Page) -> Page:
    until(
        page, f"(() => {{ const g = {HOW}; return !!(g && g._fullLayout && g.querySelector('.bars')); }})()"
    )
    return page


def rows(page: Page) -> int:
    return int(page.evaluate(f"{HOW}._fullLayout.yaxis.tickvals.length"))


def test_a_chart_that_grows_is_drawn_once(visit: Open) -> None:
    page = drawn(visit("/?scope=jo"))
    few, height = rows(page), page.evaluate(f"{HOW}.clientHeight")
    page.wait_for_timeout(400)  # what comes of the first drawing
    page.evaluate(f"window.drawings = 0; {HOW}.on('plotly_afterplot', () => window.drawings++)")
    page.evaluate("dash_clientside.set_props('query', {data: 'scope=all&from=all'})")
    until(page, f"{HOW}._fullLayout.yaxis.tickvals.length > {few}")
    page.wait_for_timeout(600)  # a second drawing would come 100 ms after the chart has grown
    assert page.evaluate(f"{HOW}.clientHeight") > height
    assert page.evaluate("window.drawings") == 1


def test_a_chart_follows_the_width_of_the_screen(visit: Open) -> None:
    page = drawn(visit("/"))
    page.set_viewport_size({"width": 800, "height": 900})
    until(page, f"Math.abs({HOW}._fullLayout.width - {HOW}.clientWidth) <= 1 && {HOW}.clientWidth < 800")
    page.set_viewport_size({"width": 390, "height": 900})
    until(page, f"Math.abs({HOW}._fullLayout.width - {HOW}.clientWidth) <= 1 && {HOW}.clientWidth < 390")


def test_layers_of_the_map_stay_in_their_order(visit: Open) -> None:
    page = ready(visit("/"))
    layers = ask(page, "MAP.getStyle().layers.map(layer => layer.id)")
    assert [layer for layer in layers if layer in ORDER] == list(ORDER)
    page.evaluate(
        f"""() => {{
          const map = {MAP}, take = map.removeLayer;
          window.taken = [];
          map.removeLayer = function (id) {{ window.taken.push(id); return take.call(map, id); }};
        }}"""
    )
    shown = ask(page, "GRAPH.data.find(t => t.uid === 'governorates').locations.length")
    page.evaluate("dash_clientside.set_props('query', {data: 'scope=iq'})")
    until(page, f"{GRAPH}.data.find(t => t.uid === 'governorates').locations.length < {shown}", seconds=40)
    until(page, f"{MAP}.loaded()", seconds=40)
    assert page.evaluate("window.taken") == []
    assert ask(page, "MAP.getStyle().layers.map(layer => layer.id)") == layers
