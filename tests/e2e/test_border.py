"""The border page in a browser: chart, map and list show one event together; the server hears nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Open, until

CHART = "document.querySelector('#strip .js-plotly-plot')"
MAP = "document.querySelector('#strip-map .js-plotly-plot')"
DRAWN = f"""(() => {{ const c = {CHART}, m = {MAP};
  return !!(c && c.calcdata && m && m.dataset.map === 'ready'); }})()"""
# A mark of the chart by the id of its event: where it stands on the screen.
MARK = f"""(id) => {{ const g = {CHART}; for (const points of g.calcdata) {{
  const trace = points[0] && points[0].trace; if (!trace || !trace.customdata) continue;
  for (const p of points) if (trace.customdata[p.i] === id) {{
    const x = g._fullLayout[trace.xaxis.replace('x', 'xaxis')], y = g._fullLayout.yaxis;
    const box = g.getBoundingClientRect();
    return [box.left + x._offset + x.c2p(p.x), box.top + y._offset + y.c2p(p.y)]; }} }} return null; }}"""
FIRST = f"{CHART}.data.flatMap((t) => t.customdata || [])[0]"


def ready(page: Page) -> Page:
    until(page, DRAWN, seconds=60)
    return page


def updates(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "_dash-update" in request.url else None)
    return found


def point(page: Page, event_id: str) -> tuple[float, float]:
    """Points at a mark of the chart until the chart has heard of it; where it stands.

    Charts and map may still be finding their size: pointing is done again where the mark stands now.
    """
    page.evaluate(f"{CHART}.scrollIntoView({{block: 'end'}})")
    for _ in range(100):
        x, y = page.evaluate(MARK, event_id)
        page.mouse.move(x - 30, y - 30)
        page.mouse.move(x, y, steps=4)
        page.wait_for_timeout(100)  # plotly looks at the pointer at most every 50 ms
        if event_id in page.evaluate(f"{MAP}.dataset.linked || ''"):
            return x, y
    raise AssertionError(f"pointing at {event_id} marks nothing on the map")


def test_pointing_at_the_chart_marks_map_and_list(visit: Open) -> None:
    page = ready(visit("/border"))
    asked = updates(page)
    event_id = page.evaluate(FIRST)
    point(page, event_id)
    until(page, f"!!{MAP}._fullLayout.map._subplot.map.getSource('linked')")
    assert page.locator(f"#strip-list [data-event='{event_id}']").evaluate(
        "e => e.classList.contains('is-linked')"
    )
    page.mouse.move(5, 5)
    until(page, f"!({MAP}.dataset.linked || '')")
    assert asked == []


def test_pointing_at_the_map_marks_the_chart(visit: Open) -> None:
    page = ready(visit("/border"))
    asked = updates(page)
    page.evaluate(f"{MAP}.scrollIntoView({{block: 'center'}})")
    x, y, ids = page.evaluate(
        f"""(() => {{ const g = {MAP}, m = g._fullLayout.map._subplot.map;
        const t = g.data.find((one) => one.uid === 'circles');
        const i = t.customdata.findIndex((ids) => ids.split('|').some((id) => (
          {CHART}.data.some((s) => (s.customdata || []).includes(id)))));
        const p = m.project([t.lon[i], t.lat[i]]), box = m.getCanvas().getBoundingClientRect();
        return [box.left + p.x, box.top + p.y, t.customdata[i].split('|')]; }})()"""
    )
    page.mouse.move(x - 40, y - 40)
    page.mouse.move(x, y, steps=5)
    until(page, f"{CHART}.querySelectorAll('.linked--ring').length > 0")
    wanted = page.locator("#strip-list .is-linked").evaluate_all("all => all.map(e => e.dataset.event)")
    assert set(wanted) <= set(ids)
    assert wanted
    assert asked == []


def test_the_list_is_a_path_for_the_keyboard(visit: Open) -> None:
    page = ready(visit("/border"))
    line = page.locator("#strip-list [data-event]").first
    event_id = line.get_attribute("data-event")
    line.locator("a").focus()
    until(page, f"({MAP}.dataset.linked || '').includes('{event_id}')")
    page.get_by_role("button", name="Zoom in").focus()
    until(page, f"!({MAP}.dataset.linked || '')")
    zoom = page.evaluate(f"{MAP}._fullLayout.map._subplot.map.getZoom()")
    page.keyboard.press("Enter")
    until(page, f"{MAP}._fullLayout.map._subplot.map.getZoom() > {zoom}")
    line.locator("a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/event/{event_id}*")


def test_a_click_chooses_the_event_everywhere(visit: Open) -> None:
    page = ready(visit("/border"))
    event_id = page.evaluate(FIRST)
    page.mouse.click(*point(page, event_id))
    page.wait_for_url(f"**/border?ids={int(event_id[4:])}")
    until(page, f"{CHART}.data.flatMap((t) => t.customdata || []).join() === '{event_id}'", seconds=40)
    until(page, "document.querySelectorAll('#strip-list [data-event]').length === 1")


def test_the_distance_is_set_on_the_page_and_the_undecided_are_listed(visit: Open) -> None:
    page = ready(visit("/border"))
    page.get_by_role("link", name="within 50 km", exact=True).click()
    page.wait_for_url("**/border?border_km=50")
    until(page, "document.querySelector('#border-within').value === '50'")
    details = page.locator("#border-undecided details")
    details.wait_for()
    details.locator("summary").click()
    assert details.locator("li a").count() >= 1
    assert "list=undecided" in (details.locator("a").last.get_attribute("href") or "")
    page.locator("#border-within").fill("33")
    page.wait_for_url("**/border?border_km=33")
    page.get_by_role("link", name="stated to cross", exact=False).first.click()
    page.wait_for_url("**relation=crosses_stated*")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_on_a_phone_the_chart_has_its_own_layout(visit: Open, lang: str) -> None:
    page = ready(visit(f"/border?lang={lang}", width=390, has_touch=True))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    low, high = page.evaluate(f"{CHART}.layout.xaxis3.domain")
    assert high - low > 0.25, "room for the names of the crossings"
    page.get_by_role("button").filter(has=page.locator(".when-shut")).first.click()
    until(page, "document.querySelector('#strip-map-card').classList.contains('is-open')")


def test_too_few_are_said_to_be_too_few(visit: Open) -> None:
    page = ready(visit("/border"))
    assert "too few to compare" in page.locator("#border-lead").inner_text()
    assert "Too few to compare" in page.locator("#strip-density").inner_text()
