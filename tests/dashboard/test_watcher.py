"""A page stays with its release, whatever is published; nobody ever sees half of one."""

from __future__ import annotations

import gc
import itertools
import json
import subprocess
import sys
import time
import weakref
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from flask.testing import FlaskClient

from benchmarks.chromium import serving
from dashboard.app import create_app
from dashboard.components import charts
from dashboard.filters import Filters
from dashboard.release import ReleaseError, load, load_named
from dashboard.watcher import OLDER, PAGE_HEADER, Watcher
from tests.dashboard import small_release
from tests.dashboard.asking import content
from tests.dashboard.live_release import later_rows, publish

ROOT = Path(__file__).resolve().parents[2]
SECOND = "2026.04.1"


def dictionary(client: FlaskClient, page: str) -> str:
    """The data dictionary, which names its release, as the page of release `page` gets it."""
    return json.dumps(content(client, "/dictionary", headers={PAGE_HEADER: page}))


def test_a_page_is_answered_from_its_own_release(data: Path) -> None:
    client = create_app(data).server.test_client()
    html = client.get("/").text
    first = html.split('name="captagon-release" content="')[1].split('"')[0]
    assert first == load(data).name
    digest = publish(data, data, SECOND)
    restarted = create_app(data).server.test_client()  # has never had the first release in hand
    second = f"{SECOND}@{digest}"
    for asked in (client, restarted):
        asked.get("/")
        time.sleep(1.01)
        assert f"release {small_release.LABEL}" in dictionary(asked, first)
        assert f"release {SECOND}" in dictionary(asked, second)
        assert second in asked.get("/").text, "a page that is opened now"
        assert asked.get("/health", headers={PAGE_HEADER: first}).get_json()["release"] == SECOND


@pytest.mark.parametrize(
    "page",
    [
        "",
        "@",
        "2026.03.1",
        "2026.03.1@",
        "2026.03.1@" + "0" * 64,
        "2030.01.1@" + "0" * 64,
        "../../etc@" + "0" * 64,
        "..@" + "0" * 64,
        "/etc/passwd@" + "0" * 64,
        "a" * 5000 + "@" + "0" * 64,
        "2026.03.1/../2026.03.1@" + "0" * 64,
    ],
)
def test_an_unknown_release_is_the_one_in_force(data: Path, page: str) -> None:
    publish(data, data, SECOND)
    assert f"release {SECOND}" in dictionary(create_app(data).server.test_client(), page)


def test_a_download_comes_from_the_release_of_its_page(data: Path) -> None:
    seizures, reports = later_rows(["2026-02-01"])
    curated = [row | {"review_status": "reviewed", "counted": 1} for row in seizures]
    publish(data, data, SECOND, rows={"seizures": curated, "reports": reports})
    client = create_app(data).server.test_client()
    new = client.get("/export/seizures.csv?all=1")
    old = client.get(f"/export/seizures.csv?all=1&release={small_release.LABEL}")
    assert (new.headers["X-Captagon-Release"], old.headers["X-Captagon-Release"]) == (
        SECOND,
        small_release.LABEL,
    )
    assert len(new.data.splitlines()) > len(old.data.splitlines())
    assert small_release.LABEL in old.headers["Content-Disposition"]
    cut = client.get(f"/export/seizures.csv?scope=iq&release={small_release.LABEL}")
    assert cut.status_code == 200, "the release is no filter"
    for label in ("2030.01.1", "../..", ""):
        refused = client.get(f"/export/seizures.csv?release={label}")
        assert refused.status_code == 404, "a download never is of another release than was asked for"


def test_the_inset_map_comes_from_the_release_of_its_page(data: Path) -> None:
    publish(data, data, SECOND)
    client = create_app(data).server.test_client()
    for label in (small_release.LABEL, SECOND, "nonsense"):
        assert client.get(f"/event/CAP-000005/place.svg?release={label}").status_code == 200


def test_a_few_releases_stay_in_memory_and_no_more(data: Path) -> None:
    ticks = itertools.count(step=2.0)
    watcher = Watcher(data, lambda: next(ticks))
    first = watcher.current()
    assert watcher.named(first.label) is first
    for n in range(2, 4):
        publish(data, data, f"2026.04.{n}")
        watcher.current()
    assert watcher.named(first.label, first.sha256) is first, "kept in memory"
    for n in range(4, 4 + OLDER):
        publish(data, data, f"2026.04.{n}")
        watcher.current()
    again = watcher.named(first.label, first.sha256)
    assert again is not None
    assert again is not first, "read from its folder again"
    assert again.name == first.name
    assert watcher.named(first.label, "0" * 64) is None


def test_a_release_that_nobody_reads_any_more_is_freed(data: Path) -> None:
    ticks = itertools.count(step=2.0)
    watcher = Watcher(data, lambda: next(ticks))
    filters = Filters.from_query("from=all&scope=all")
    drawn = charts.chart("events", filters, watcher.current(), "light")
    assert charts.chart("events", filters, watcher.current(), "light") is drawn, "drawn once"
    freed = weakref.ref(watcher.current())
    del drawn
    for n in range(2, 4 + OLDER):
        publish(data, data, f"2026.04.{n}")
        charts.chart("events", filters, watcher.current(), "light")
    gc.collect()
    assert freed() is None


def test_a_broken_release_is_logged_once(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    ticks = itertools.count(step=2.0)
    watcher = Watcher(data, lambda: next(ticks))
    watcher.current()
    (data / "current.json").write_text("{", encoding="utf-8")
    for _ in range(5):
        watcher.current()
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1


PUBLISHER = """
import sys, time
from pathlib import Path
from tests.dashboard.live_release import later_rows, publish
data = Path(sys.argv[1])
base = Path(sys.argv[2])
for n in range(1, 21):
    time.sleep(0.1)
    seizures, reports = later_rows(["2026-02-01"] * n)
    publish(base, data, f"2026.05.{n}", rows={"seizures": seizures, "reports": reports})
"""


def test_a_reader_never_sees_half_a_release(data: Path, tmp_path: Path) -> None:
    base = small_release.write(tmp_path / "base")
    rows = len(load(base).seizures), len(load(base).reports)
    ticks = itertools.count(step=2.0)
    watcher = Watcher(data, lambda: next(ticks))
    seen: set[str] = set()
    command = [sys.executable, "-c", PUBLISHER, str(data), str(base)]
    with subprocess.Popen(command, cwd=ROOT) as writer:
        ended = False
        while not ended:  # looks once more after the last
            ended = writer.poll() is not None
            found = watcher.current()
            assert watcher.problem == ""
            n = int(found.label.rpartition(".")[2]) if found.label.startswith("2026.05") else 0
            assert (len(found.seizures), len(found.reports)) == (rows[0] + n, rows[1] + n)
            seen.add(found.label)
    assert writer.returncode == 0
    assert "2026.05.20" in seen
    assert len(seen) > 2, "the reader read while the writer wrote"


def test_a_release_is_looked_for_a_second_after_the_last_look(data: Path) -> None:
    now = 100.0
    watcher = Watcher(data, lambda: now)
    first = watcher.current()
    publish(data, data, SECOND)
    now += 0.75
    assert watcher.current() is first
    now += 0.25
    assert watcher.current().label == SECOND


def test_a_running_server_takes_up_a_release(data: Path) -> None:
    def told(home: str, path: str, **headers: str) -> Any:
        with urlopen(Request(home + path, headers=headers), timeout=120) as answer:
            return json.load(answer)

    with serving(data) as home:
        assert told(home, "/health")["release"] == small_release.LABEL
        publish(data, data, SECOND)
        while told(home, "/health")["release"] != SECOND:
            time.sleep(0.05)


@pytest.mark.parametrize("label", ["../outside", "..", "", "a/b", "a\\b", "2026.03.1\n", "2099.01.1"])
def test_no_folder_outside_the_releases_is_read(data: Path, label: str) -> None:
    publish(data, data, "outside")
    (data / "releases" / "outside").rename(data / "outside")
    with pytest.raises(ReleaseError):
        load_named(data, label)
