"""While the collection goes on, pages keep their release, say that there is a newer one, and what is late."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

from benchmarks.chromium import serving
from dashboard.release import load
from dashboard.watcher import PAGE_HEADER
from tests.dashboard.live_release import (
    CHANGES,
    COVERAGE,
    change_rows,
    coverage_rows,
    later_rows,
    publish,
    status,
    write_status,
)
from tests.e2e.conftest import DATA, Open, until
from tests.e2e.test_pages import RULES

FIRST, SECOND = "2026.11.90", "2026.11.91"
NOTICE = "#news"
ACCELERATED = """window.setInterval = (function (set) {
  return (what, ms, ...rest) => set(what, ms === 5000 ? 100 : ms, ...rest);
})(window.setInterval);
const start = Date.now(), real = Date.now; Date.now = () => start + (real() - start) * 60;"""
"""A page whose clock runs sixty times as fast: its minute passes in a second."""


def collected(root: Path) -> Path:
    """The shipped data as the release of a collection that runs, with months that await review."""
    seizures, reports = later_rows(["2026-03-20", "2026-05-02", "2026-05-09", "2026-08-01", "2026-11-12"])
    publish(
        DATA,
        root,
        FIRST,
        rows={"seizures": seizures, "reports": reports},
        tables={"coverage": (COVERAGE, coverage_rows()), "source_changes": (CHANGES, change_rows())},
    )
    write_status(root, status(datetime.now(UTC)))
    return root


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder to which a test publishes."""
    return collected(tmp_path)


@pytest.fixture
def home(data: Path) -> Iterator[str]:
    with serving(data) as address:
        yield address


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of which only the status changes."""
    return collected(tmp_path_factory.mktemp("running"))


@pytest.fixture(scope="module")
def steady(running: Path) -> Iterator[str]:
    with serving(running) as address:
        yield address


def more(data: Path) -> None:
    """A second release, with one seizure more that people collected."""
    seizures, _ = later_rows(["2026-02-02"])
    own = seizures[0] | {"event_id": "CAP-990001", "counted": 1, "review_status": "reviewed"}
    own |= {"not_counted_reason": "", "evidence": "one_origin"}
    publish(data, data, SECOND, rows={"seizures": [own]})


def counted(page: Page) -> int:
    """The number of seizures that the sentence of the overview gives."""
    found = re.match(r"(\d+) reported", page.locator("#lead").inner_text())
    assert found
    return int(found[1])


def hasten(page: Page) -> None:
    """Loads the page anew with its clock accelerated.

    Such a page asks for the state once a second, so its network may never be quiet; what is waited for is
    that nothing is being drawn.
    """
    page.add_init_script(ACCELERATED)
    page.reload()
    page.wait_for_selector("main h1", state="attached")
    until(page, "() => !document.querySelector('._dash-loading')")
    page.evaluate("document.fonts.ready.then(() => true)")


def at_rest(page: Page, question: str, pause: float = 400, seconds: float = 30) -> Any:
    """What a question of positions is answered with once two looks, `pause` ms apart, give the same."""
    end = time.monotonic() + seconds
    now = page.evaluate(question)
    while True:
        page.wait_for_timeout(pause)
        before, now = now, page.evaluate(question)
        if now == before:
            return now
        assert time.monotonic() < end, f"moves still after {seconds} s: {question}"


def test_each_tab_keeps_its_release_until_it_is_loaded_anew(visit: Open, home: str, data: Path) -> None:
    old = visit("/", home=home)
    before = counted(old)
    more(data)
    old.wait_for_timeout(1100)
    new = visit("/", home=home)
    assert counted(new) == before + 1
    assert SECOND in new.locator("footer").inner_text()

    sent: list[str] = []

    def noted(request: Request) -> None:
        if "/_dash-update-component" in request.url:
            sent.append(request.headers.get(PAGE_HEADER.lower(), ""))

    old.on("request", noted)
    old.locator("#filter-bar").get_by_text("Jordan", exact=True).click()
    until(old, "() => location.search.includes('scope=jo')")
    old.locator("#filter-bar").get_by_text("Iraq + Syria", exact=True).click()
    until(old, "n => document.getElementById('lead').innerText.startsWith(n + ' reported')", str(before))
    old.get_by_role("link", name="Method", exact=True).click()
    assert FIRST in (old.locator("section:has(#cite)").text_content() or ""), (
        "pages of one load are of one release"
    )
    assert sent
    assert all(name.startswith(f"{FIRST}@") for name in sent)
    old.reload()
    assert SECOND in (old.locator("section:has(#cite)").text_content() or "")


def test_downloads_are_of_the_release_of_their_page(visit: Open, home: str, data: Path) -> None:
    page = visit("/", home=home)
    more(data)
    page.get_by_text("Download", exact=True).first.click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    assert FIRST in waiting.value.suggested_filename
    page = visit("/dictionary", home=home)  # opened after the second release came
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    assert SECOND in waiting.value.suggested_filename


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_the_notice_moves_nothing_and_is_reached_by_keys(
    visit: Open, home: str, data: Path, width: int, theme: str
) -> None:
    page = visit("/about", home=home, width=width, theme=theme)
    hasten(page)
    where = (
        "[...document.querySelectorAll('header, main h2, footer')]"
        ".map(part => part.getBoundingClientRect().top)"
    )
    before = at_rest(page, where)
    more(data)
    button = page.locator(NOTICE).get_by_role("button", name="Reload")
    button.wait_for()
    assert page.locator(NOTICE).get_attribute("role") == "status"
    assert "New data are out" in page.locator(NOTICE).inner_text()
    assert page.evaluate(where) == before
    page.evaluate("document.querySelector('#theme-switch').focus()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Reload"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['target']}" for v in found] == []
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("footer").get_by_text(SECOND).wait_for()
    assert page.locator(NOTICE).inner_text() == ""
    page.close()  # it may still load a script, and its server goes before it


def test_a_hidden_tab_does_not_ask(visit: Open, steady: str) -> None:
    page = visit("/about", home=steady)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/health" in request.url else None)
    page.add_init_script("Object.defineProperty(document, 'hidden', { get: () => window.away === true });")
    hasten(page)
    page.evaluate("window.away = true")
    page.wait_for_timeout(300)
    asked.clear()
    page.wait_for_timeout(1500)
    assert asked == []
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(1500)
    assert asked, "and asks again when it is looked at"


@pytest.mark.parametrize("path", ["/", "/about", "/event/CAP-000001"])
def test_a_late_collection_is_said_on_every_page(visit: Open, steady: str, running: Path, path: str) -> None:
    write_status(running, status(datetime.now(UTC), behind=True))
    page = visit(path, home=steady, width=390, theme="dark")
    banner = page.locator(".stale")
    assert banner.get_attribute("role") == "status"
    assert "The collection is behind: the last complete run ended on" in banner.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    banner.get_by_role("link", name="State of the collection").click()
    page.get_by_role("heading", name="State of the collection", level=1).wait_for()


def test_a_collection_in_time_says_nothing(visit: Open, steady: str, running: Path) -> None:
    write_status(running, status(datetime.now(UTC)))
    assert visit("/about", home=steady).locator(".stale").count() == 0


def test_the_shipped_data_are_never_late(visit: Open) -> None:
    page = visit("/")
    assert page.locator(".stale").count() == 0
    page.locator("footer").get_by_role("link", name="State of the collection").click()
    page.get_by_text("No automatic collection has run here").wait_for()


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (768, "dark"), (390, "light"), (390, "dark")])
def test_the_status_page_is_sound(visit: Open, steady: str, running: Path, width: int, theme: str) -> None:
    write_status(running, status(datetime.now(UTC), behind=theme == "dark"))
    page = visit("/status", home=steady, theme=theme, width=width)
    assert page.locator(".states tbody tr").count() == 28
    assert page.locator(".cover tbody tr").count() == 24
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['target']}" for v in found] == []


def test_hostile_messages_do_nothing(visit: Open, steady: str, running: Path) -> None:
    script = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    hostile: dict[str, Any] = status(datetime.now(UTC), message=script)
    hostile["refresh"]["sources"][0] |= {"name": script, "message": script, "state": "failing"}
    hostile["refresh"]["problems"][0]["message"] = script
    write_status(running, hostile)
    page = visit("/status", home=steady)
    assert page.get_by_text(script).count() >= 3
    assert page.title() != "run"
    assert page.locator("main img, main script").count() == 0


def test_series_show_their_marks_and_what_awaits_review(visit: Open, steady: str, running: Path) -> None:
    page = visit("/", home=steady)
    until(page, "() => document.querySelector('#events-foot')?.innerText.includes('◆')")
    for name in ("events", "tablets", "border"):
        foot = page.locator(f"#{name}-foot").inner_text()
        assert "12 Jan 2026, live collection starts" in foot
        assert "5 reports awaiting review" in foot
        drawn = page.locator(f"#{name} .annotation-text").all_text_contents()
        assert "◆" in drawn
    assert "Meanwhile the collection changed" in page.locator("#lead").inner_text()
    page.get_by_role("link", name=re.compile("after 6 Mar 2026, incomplete")).click()
    page.get_by_text("These lie after the day to which the data are complete").wait_for()
    assert load(running).label == FIRST
