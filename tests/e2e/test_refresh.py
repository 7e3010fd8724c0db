"""From hostile outlets through a refresh to the dashboard: what they wrote is words there, nothing else."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import openpyxl
import pytest

from benchmarks.chromium import serving as dashboard
from tests.e2e.conftest import Open, settled, until
from tests.etl.refresh.conftest import Desk, day
from tests.etl.refresh.hostile.cases import RSS, item, rss
from tests.etl.refresh.hostile.contents import CSV, HEADER, MAPPING
from tests.etl.refresh.hostile.contents import csv as made_csv
from tests.etl.refresh.killing import finished
from tests.servers.loopback import Page, serving
from tests.servers.newsroom import START, Newsroom, ledger

RUN = "document.title='run';window.ran=1"
IMAGE = f'<img src=x onerror="{RUN}">'
MARKUP = (
    f"<script>{RUN}</script>",
    IMAGE,
    f'"><svg onload="{RUN}">',
    f"javascript:{RUN}",
    f"' onfocus='{RUN}' x='",
)
FORMULAS = ("=HYPERLINK('http://x.example','a')", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1+1")
TURNED = "\u202e\u2067\u200fdlog\u202c\u2069"
ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="{publisher}">
<meta property="og:title" content="{title}"><link rel="canonical" href="javascript:{run}">
<script>{run}</script></head><body onload="{run}"><article><h1 onclick="{run}">{title}</h1>
<p>Iraqi police said on Monday that they had seized {tablets:,} Captagon pills in Rutba, Anbar, hidden in
{words} crates of apples.</p><img src=x onerror="{run}"><a href="javascript:{run}">more</a>
<p>The truck's driver was arrested at the {words} crossing, and a statement of the ministry said that {words}
patrols would go on.</p></article></body></html>"""
RAN = """() => window.ran || document.title === 'run' ||
  [...document.querySelectorAll('*')].filter(one =>
    one.matches("img[src='x'], base, a[href^='javascript:' i]")
    || [...one.attributes].some(told => told.name.startsWith('on'))).length"""
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067")  # U+2068 and U+2069 are the dashboard's own
EVERYTHING = "?read=all&from=all&scope=all"


def hostile_pages(desk: Desk) -> list[str]:
    """Lay out an outlet of articles, one for each trick; the entries of the list of sources."""
    site, items = desk.site, []
    for number, words in enumerate((*MARKUP, *FORMULAS, TURNED)):
        path = f"/n/{number}{quote(words)}"
        shown = {name: escape(words) for name in ("title", "publisher", "words")}
        page = ARTICLE.format(**shown, run=escape(RUN), tablets=600_001 + number)
        site.pages[f"/n/{number}"] = Page(page.encode())
        title = f"Captagon pills seized {words}"
        items.append(item(f"{site.url}/n/{number}?{words.strip()}", title=title, guid=path))
    items.append(item(f"javascript:{RUN}", title="Captagon pills seized"))
    site.pages["/feed.xml"] = Page(rss(*items), headers=RSS)
    rows = [
        ["04/01/2026", "Iraq", 700_001 + n, "Rutba", words] for n, words in enumerate((*FORMULAS, *MARKUP))
    ]
    site.pages["/table"] = Page(made_csv([*HEADER], *rows), headers=CSV)  # type: ignore[list-item]
    broken = f"<p>{escape(IMAGE)} {escape(escape(IMAGE))}</p>".encode()
    site.pages["/broken"] = Page(broken, headers={"Content-Type": f"text/{IMAGE}"})
    site.pages["/words"] = Page(broken)
    head = '[[source]]\nid = "{0}"\nname = {1}\nkind = "{2}"\nurl = "{3}{4}"\n'
    name = json.dumps(IMAGE)
    return [
        head.format("outlet", name, "feed", site.url, "/feed.xml"),
        head.format("broken", name, "feed", site.url, "/broken"),
        head.format("words", name, "feed", site.url, "/words"),
        head.format("table", name, "table", site.url, "/table") + MAPPING,
    ]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = ledger(tmp_path_factory.mktemp("refresh") / "data")
    with serving() as site:
        made = Desk(folder, str(folder / "tracker.sqlite"), site, Newsroom(START))
        made.write_sources("\n".join(hostile_pages(made)))
        outcome = made.refresh(day(0))
        assert outcome.published
        yield made


@pytest.fixture(scope="module")
def home(desk: Desk) -> Iterator[str]:
    with dashboard(desk.folder) as address:
        yield address


@pytest.fixture(scope="module")
def machine(desk: Desk) -> list[dict[str, str]]:
    """The reports that a machine read."""
    found = [row for row in desk.table("reports") if row["review_status"] == "machine"]
    assert len(found) == len(MARKUP) + len(FORMULAS) + 1, "none of the articles was lost"
    return found


def test_what_hostile_outlets_wrote_is_never_run(
    visit: Open, home: str, machine: list[dict[str, str]]
) -> None:
    events = sorted({row["event_id"] for row in machine})
    page = visit(f"/{EVERYTHING}", home=home)
    until(page, "document.querySelector('#events-sub').textContent.includes('unreviewed')")
    for path in (
        f"/{EVERYTHING}",
        f"/records{EVERYTHING}",
        "/status",
        *(f"/event/{e}?read=all" for e in events),
    ):
        page.goto(home + path)
        settled(page)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        assert page.evaluate(RAN) in (False, 0), path
        assert TURNING.isdisjoint(page.locator("body").inner_text()), path


def test_it_is_shown_as_the_words_it_is(visit: Open, home: str, machine: list[dict[str, str]]) -> None:
    """What the test before relies on: the tricks do reach the pages."""
    shown = ""
    for event in sorted({row["event_id"] for row in machine}):
        shown += visit(f"/event/{event}?read=all", home=home).locator("article").inner_text()
    for words in (*MARKUP, *(formula.strip() for formula in FORMULAS)):
        assert words in shown, words
    status = visit("/status", home=home).locator("main").inner_text()
    assert status.count(IMAGE) >= 4, "names of sources"
    assert f"javascript:{RUN}" in status


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_downloads_hold_no_formulas(desk: Desk, home: str, suffix: str) -> None:
    seen = 0
    for path in sorted(desk.folder.glob("*.csv")):
        for query in ("all=1", "read=all&from=all&scope=all"):
            with urlopen(f"{home}/export/{path.stem}.{suffix}?{query}", timeout=120) as answer:
                body = answer.read()
            for cell in cells(body, suffix):
                seen += "HYPERLINK" in cell
                if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                    float(cell)  # a number may begin so
    assert seen, "the formulas do reach the downloads"


def cells(body: bytes, suffix: str) -> Iterator[str]:
    if suffix == "csv":
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))):
            yield from row
        return
    for sheet in openpyxl.load_workbook(io.BytesIO(body)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None or str(cell.hyperlink.target).startswith("http")
                yield str(cell.value or "")


def test_a_refresh_is_on_the_running_dashboard_without_a_restart(visit: Open, tmp_path: Path) -> None:
    folder, newsroom = ledger(tmp_path / "data"), Newsroom(START)
    with serving() as site:
        (folder / "sources.toml").write_text(newsroom.sources(site.url), encoding="utf-8")
        newsroom.lay_out(site, 1)
        today = datetime.now(UTC).replace(microsecond=0)
        Desk(folder, str(folder / "tracker.sqlite"), site, newsroom).refresh(today - timedelta(hours=7))
        with dashboard(folder) as home:
            page = visit(f"/records{EVERYTHING}", home=home)
            before = health(home)["release"]
            newsroom.lay_out(site, 2)
            finished(folder, today)
            published = json.loads((folder / "current.json").read_text())["release"]
            assert published != before
            while health(home)["release"] != published:
                time.sleep(0.2)
            page.reload()
            settled(page)
            assert published in page.locator("footer").inner_text()
            with urlopen(f"{home}/status.json", timeout=120) as answer:
                told = json.load(answer)
            run = told["refresh"]
            assert (told["release"], told["stale"], run["outcome"]) == (published, False, "ok")
            assert datetime.fromisoformat(run["ended_at"]) == today
            assert run["counts"]["claims"] == 10
            assert {source["id"]: source["state"] for source in run["sources"]} == {
                f"outlet_{n}": "fresh" for n in range(3)
            }
            status = visit("/status", home=home).locator("main").inner_text()
            assert all(f"Outlet {n}" in status for n in range(3))


def health(home: str) -> dict[str, str]:
    with urlopen(f"{home}/health", timeout=120) as answer:
        found: dict[str, str] = json.load(answer)
    return found
