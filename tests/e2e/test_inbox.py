"""A page dropped into the inbox is, after a build, a machine-read seizure on the dashboard with its words."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from benchmarks.chromium import serving
from tests.e2e.conftest import Open, settled, until
from tests.e2e.test_pages import RULES
from tests.e2e.test_state import agrees

ARABIC = """<!doctype html><html lang="ar"><head><meta charset="utf-8">
<title>ضبط 415 ألف حبة كبتاغون قرب الرطبة</title>
<meta property="article:published_time" content="2026-02-17">
<link rel="canonical" href="https://jarida.example/rutba"></head><body><nav>الرئيسية</nav><article>
<h1>ضبط 415 ألف حبة كبتاغون قرب الرطبة</h1>
<p>أعلنت مديرية شؤون المخدرات يوم الاثنين ضبط 415,700 حبة كبتاغون داخل صهريج ماء قرب الرطبة في محافظة الأنبار،
والقبض على متهمين اثنين قدما من سوريا.</p>
<p>وقالت المديرية في بيان إن الشحنة كانت متجهة إلى السعودية، وإن التحقيقات جارية لكشف بقية
أفراد الشبكة.</p>
</article></body></html>"""
ENGLISH = {
    "published": "2023-03-12", "publisher": "The Test Courier", "lang": "en",
    "url": "https://courier.example/apples", "title": "Pills among apples at Al-Qaim",
    "text": "BAGHDAD: Border officers at the Al-Qaim crossing in Anbar stopped a refrigerator truck on "
    "Saturday, March 11, and found three million pills of captagon in crates of apples. "
    "The driver was arrested.",
}  # fmt: skip
HOSTILE = {
    "published": "2026-01-20", "publisher": "Bold News", "lang": "en",
    "url": "javascript:document.title='run'",
    "title": "Captagon at Trebil",
    "text": "On Monday, Iraqi customs officers seized 120,000 captagon pills hidden in "
    "<img src=x onerror=\"document.title='run'\"> tea boxes at the Trebil border crossing.",
}  # fmt: skip
SWITCH = "Also show 2 seizures read by machine, unreviewed"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases, built from the shipped ledger and an inbox of three pages."""
    folder = tmp_path_factory.mktemp("inbox")
    inbox, out = folder / "inbox", folder / "data"
    inbox.mkdir()
    (inbox / "saved page.html").write_text(ARABIC, encoding="utf-8")
    lines = [json.dumps(page, ensure_ascii=False) for page in (ENGLISH, HOSTILE)]
    (inbox / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "etl", "build", "--inbox", str(inbox), "--out", str(out)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return out


@pytest.fixture(scope="module")
def home(data: Path) -> Iterator[str]:
    with serving(data) as address:
        yield address


@pytest.fixture(scope="module")
def ids(data: Path) -> dict[str, str]:
    """Event ids by the place of what the machine read; the seizure that the English page joined."""
    with (data / "reports.csv").open(encoding="utf-8", newline="") as file:
        reports = [row for row in csv.DictReader(file) if row["review_status"] == "machine"]
    found = {row["place"]: row["event_id"] for row in reports}
    assert len(found) == 3
    return found


def switch(page: Page) -> None:
    page.get_by_role("checkbox", name=SWITCH).click()


def test_it_is_off_by_default_and_one_tick_away(visit: Open, home: str, ids: dict[str, str]) -> None:
    page = visit("/records", home=home)
    curated = agrees(page, home)
    assert page.get_by_text("machine-read", exact=True).count() == 0
    switch(page)
    until(page, "location.search === '?read=all'")
    assert agrees(page, home) == curated + 2
    rows = page.locator(".ag-row", has=page.get_by_text("machine-read", exact=True))
    assert rows.count() == 2
    assert any("Rutba" in text for text in rows.all_inner_texts())
    page.go_back()
    until(page, "location.search === ''")
    assert agrees(page, home) == curated
    assert not page.get_by_role("checkbox", name=SWITCH).is_checked()
    again = visit("/records?read=all", home=home)
    assert again.get_by_role("checkbox", name=SWITCH).is_checked()


def test_the_overview_counts_it_apart(visit: Open, home: str) -> None:
    page = visit("/", home=home)
    until(page, "document.querySelector('#events-sub').textContent.endsWith('· curated')")
    assert "2 read by machine, unreviewed" in page.locator(".kpi--out").inner_text()
    before = page.locator(".kpi--events .kpi__value").inner_text()
    switch(page)
    until(page, "document.querySelector('#events-sub').textContent.includes('(2 unreviewed)')")
    until(page, f"document.querySelector('.kpi--events').innerText.includes('curated alone: {before}')")
    assert "2 of them were read by a machine" in page.locator("#lead").inner_text()
    until(
        page, "(document.querySelector('.map-key') || {}).innerText?.includes('read by machine')", seconds=40
    )


def test_its_page_shows_the_words_with_their_highlight_and_rule(
    visit: Open, home: str, ids: dict[str, str]
) -> None:
    page = visit("/records?read=all", home=home)
    page.locator(".ag-row", has_text="Rutba").filter(has_text="machine-read").first.locator(
        "[col-id='drug']"
    ).click()
    page.wait_for_url(f"**/event/{ids['Rutba']}?read=all")
    page.wait_for_selector(".read")
    settled(page)
    assert (
        "Read by rules from one page, not yet reviewed by a person." in page.locator("article").inner_text()
    )
    row = page.locator(".read tbody tr", has_text="Quantity")
    assert row.locator("mark").inner_text() == "415,700 حبة كبتاغون"
    assert "A number, a unit and a drug in one phrase." in row.inner_text()
    quote = row.locator("q")
    assert quote.get_attribute("lang") == "ar"
    assert quote.evaluate("q => getComputedStyle(q).direction") == "rtl"
    assert quote.evaluate("q => getComputedStyle(q).unicodeBidi") == "isolate"
    assert row.evaluate("r => getComputedStyle(r).direction") == "ltr"


def test_beside_a_curated_seizure_it_is_evidence_only(visit: Open, home: str, ids: dict[str, str]) -> None:
    joined = ids["Al-Qaim border crossing"]
    assert joined < "CAP-900000"
    page = visit(f"/event/{joined}", home=home)
    page.get_by_role("link", name="Besides, 1 report was read by machine").click()
    section = page.get_by_role("region", name="Read by machine")
    assert "The Test Courier" in section.inner_text()
    assert section.locator("mark").first.inner_text() == "three million pills of captagon"
    assert page.locator(".event__notice--machine").count() == 0
    assert "The Test Courier" not in page.get_by_role("region", name="What each outlet reported").inner_text()


def test_what_a_page_says_is_never_run(visit: Open, home: str, ids: dict[str, str]) -> None:
    page = visit(f"/event/{ids['Trebil border crossing']}", home=home)
    assert "<img src=x" in page.locator(".read").first.inner_text()
    assert page.locator(".read img").count() == 0
    assert page.title() != "run"
    assert page.locator("a[href^='javascript:']").count() == 0


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "name", ["event", *(pytest.param(n, marks=pytest.mark.slow) for n in ("records", "overview"))]
)
def test_axe_finds_nothing_in_what_a_machine_read(
    visit: Open, home: str, ids: dict[str, str], name: str, theme: str
) -> None:
    path = {"event": f"/event/{ids['Rutba']}", "records": "/records?read=all", "overview": "/?read=all"}[name]
    page = visit(path, home=home, theme=theme)
    for summary in page.locator(".read__more summary").all():
        summary.click()
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{v['id']}: {v['help']} at {[node['target'] for node in v['nodes'][:3]]}" for v in found]
    assert told == []


@pytest.mark.parametrize("width", [390, *(pytest.param(w, marks=pytest.mark.slow) for w in (768, 1440))])
def test_no_sideways_scroll(visit: Open, home: str, ids: dict[str, str], width: int) -> None:
    for path in (f"/event/{ids['Rutba']}", "/records?read=all"):
        page = visit(path, home=home, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") == width
