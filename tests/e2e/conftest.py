"""A real server on a free port of this machine, a real Chromium, and what must hold on every page.

Each test ends with the same questions: did the page ask another host for anything, did it write an error to
the console?
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

from benchmarks.chromium import launch, serving

DATA = Path(__file__).resolve().parents[2] / "data"
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the dashboard on the shipped data."""
    with serving(DATA) as home:
        yield home


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system, else Playwright's own."""
    with sync_playwright() as playwright:
        try:
            found = launch(playwright)
        except Error as error:
            pytest.fail(f"no Chromium could be started ({error.message.splitlines()[0]}); run `make browser`")
        yield found
        found.close()


@pytest.fixture(scope="session")
def disputed(server: str) -> str:
    """The page of the seizure with the disputed weight, found by its words, not by an id."""
    with urlopen(f"{server}/export/reports.csv?all=1", timeout=120) as answer:
        rows = csv.DictReader(io.StringIO(answer.read().decode()))
        found = [row["event_id"] for row in rows if "2,015 kilograms" in row["quantity_as_written"]]
    return f"/event/{found[0]}"


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Open]:
    """`visit(path, width=1440, theme="light")` opens a page and watches it to the end.

    `home` is the address of another dashboard than that of the shipped data.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []
    homes = {urlsplit(server).netloc}

    def watch(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"console: {message.text[:300]}")

    def asked(url: str) -> None:
        if urlsplit(url).scheme in {"http", "https", "ws", "wss"} and urlsplit(url).netloc not in homes:
            problems.append(f"asked another host: {url}")

    def visit_page(
        path: str = "/", *, width: int = 1440, theme: Any = "light", home: str = server, **options: Any
    ) -> Page:
        homes.add(urlsplit(home).netloc)
        size: Any = {"width": width, "height": 900}
        options |= {"viewport": size, "color_scheme": theme, "reduced_motion": "reduce"}
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", watch)
        page.on("pageerror", lambda error: problems.append(f"page error: {error.stack}"))
        page.on("request", lambda request: asked(request.url))
        page.goto(home + path)
        settled(page)
        return page

    yield visit_page
    for context in contexts:
        context.close()
    assert problems == []


def until(page: Page, question: str, arg: Any = None, seconds: float = 60) -> None:
    """Waits until a JavaScript question is answered with yes.

    Asked from outside the page: Playwright's own `wait_for_function` needs an `eval` in it, which the content
    security policy forbids.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(question, arg):
        assert time.monotonic() < end, f"not so after {seconds} s: {question} ({arg})"
        page.wait_for_timeout(60)


def settled(page: Page) -> None:
    """Waits until the page has its heading and the network is quiet."""
    page.wait_for_selector("main h1, body > header h1", state="attached")  # a brief has it in its head
    page.wait_for_load_state("networkidle")
