"""The status page, `/status.json`, `/health`, and the banner: plain words, never markup, never a path."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.collection import sources
from dashboard.status import parse
from tests.dashboard import small_release
from tests.dashboard.live_release import COVERAGE, coverage_rows, publish, stamp, status, write_status
from tests.dashboard.test_app import page

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def now() -> datetime:
    return datetime.now(UTC)


def layout(client: FlaskClient) -> str:
    return client.get("/_dash-layout").get_data(as_text=True)


def test_before_any_run_it_says_what_the_data_rest_on(client: FlaskClient, data: Path) -> None:
    told = page(client, "/status")
    assert "No automatic collection has run here" in told
    assert "The data rest on 3 reports that people collected by hand up to 6 Mar 2026: 5 seizures" in told
    assert "Last run" not in told
    assert "is behind" not in layout(client)
    write_status(data, {"refresh": {"next_run": stamp(now() + timedelta(hours=2))}})
    told = page(client, "/status")
    assert "The first run is planned for" in told
    assert client.get("/status.json").get_json()["refresh"]["outcome"] == "unknown"


def test_a_run_is_told_in_words(client: FlaskClient, data: Path) -> None:
    write_status(data, status(now()))
    told = page(client, "/status")
    assert "at least one source failed" in told
    assert "28 sources: 2 failing, 2 late, 21 fresh, 3 off" in told
    assert "1,108" in told
    assert "The server refuses the sitemap (403 Forbidden)" in told
    assert "took 17 minutes" in told
    assert "in 5 hours" in told
    assert told.index("KUNA") < told.index("France 24") < told.index("964media") < told.index("Inbox")


@pytest.mark.parametrize(
    ("n", "words", "in_arabic"),
    [
        (1, "1 page that failed waits to be asked for again", "صفحة واحدة فشلت تنتظر"),
        (12, "12 pages that failed wait to be asked for again", "12 صفحة فشلت تنتظر"),
    ],
)
def test_pages_that_wait_are_told_and_their_source_stays_fresh(
    client: FlaskClient, data: Path, n: int, words: str, in_arabic: str
) -> None:
    written = status(now())
    (fresh,) = (one for one in written["refresh"]["sources"] if one["name"] == "SANA")
    fresh["waiting"] = 0
    write_status(data, written)
    assert "to be asked for again" not in page(client, "/status")
    fresh["waiting"] = n
    write_status(data, written)
    assert words in page(client, "/status")
    told = {one["name"]: one for one in client.get("/status.json").get_json()["refresh"]["sources"]}["SANA"]
    assert (told["waiting"], told["state"]) == (n, "fresh")
    assert in_arabic in str(sources.table(parse(written).refresh, now(), "ar"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome": "ok"}, "all sources answered"),
        ({"outcome": "nothing_new"}, "nothing new was found"),
        ({"outcome": "refused"}, "did not pass the checks"),
        ({"outcome": "failed"}, "The run failed"),
        ({"outcome": "stopped"}, "stopped before its end"),
        ({"outcome": "?"}, "is not known"),
        ({"ended_at": None}, "Still running, or broken off"),
        ({"last_ok": None}, "none yet"),
        ({"next_run": None}, "none planned"),
        ({"next_run": "2026-01-01T00:00:00Z"}, "was due on 1 Jan 2026, 00:00 UTC"),
        ({"problems": []}, "No error has been reported"),
        ({"sources": []}, "No source has been asked"),
    ],
)
def test_every_state_has_its_words(
    client: FlaskClient, data: Path, changes: dict[str, Any], words: str
) -> None:
    write_status(data, status(now(), **changes))
    assert words in page(client, "/status")


def test_coverage_by_month(client: FlaskClient, data: Path) -> None:
    publish(data, data, "2026.04.1", tables={"coverage": (COVERAGE, coverage_rows())})
    told = page(create_app(data).server.test_client(), "/status")
    assert "pages were fetched from 24 sources" in told


def test_hostile_texts_stay_texts_and_paths_stay_here(client: FlaskClient, data: Path) -> None:
    hostile = status(now(), message=SCRIPT + " in /srv/secret/place/tracker.sqlite")
    source = hostile["refresh"]["sources"][0]
    source |= {"name": SCRIPT, "message": SCRIPT * 900, "country": "<b>", "kind": ["feed"], "state": SCRIPT}
    hostile["refresh"]["problems"][0] |= {"message": SCRIPT, "code": SCRIPT, "source": SCRIPT}
    hostile["secret"] = hostile["refresh"]["token"] = "do-not-tell"
    write_status(data, hostile)
    told = page(client, "/status")
    parts = json.loads(told)
    assert SCRIPT in told.replace('\\"', '"')
    assert "dangerously" not in told
    assert "Markdown" not in told
    assert len(told) < 80_000
    answer = client.get("/status.json")
    for text in (told, answer.text):
        assert "/srv/secret" not in text
        assert "do-not-tell" not in text
    assert "…/tracker.sqlite" in told
    assert answer.content_type == "application/json"
    assert parts


@pytest.mark.parametrize("content", ["", "[]", "{", '{"refresh": {"sources": 7, "counts": []}}', "nul"])
def test_no_content_breaks_a_page(client: FlaskClient, data: Path, content: str) -> None:
    (data / "status.json").write_text(content, encoding="utf-8")
    assert "State of the collection" in page(client, "/status")
    assert "can't be shown" not in page(client, "/status")
    assert "can't be shown" not in page(client, "/")
    assert client.get("/status.json").status_code == 200
    assert client.get("/health").get_json()["stale"] is False


def test_status_json_is_fresh_and_typed(client: FlaskClient, data: Path) -> None:
    write_status(data, status(now()))
    answer = client.get("/status.json")
    found = answer.get_json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert found["release"] == small_release.LABEL
    assert found["data_complete_to"] == small_release.COMPLETE_TO
    assert found["stale"] is False
    assert found["refresh"]["counts"]["fetched"] == 88
    assert len(found["refresh"]["sources"]) == 28
    assert found["refresh"]["ended_at"].endswith("Z")


@pytest.mark.parametrize("behind", [True, False])
def test_health_and_banner_tell_of_a_late_collection(client: FlaskClient, data: Path, behind: bool) -> None:
    write_status(data, status(now(), behind=behind))
    answer = client.get("/health")
    assert answer.status_code == 200, "late data are still data"
    assert answer.get_json()["stale"] is behind
    assert answer.headers["Cache-Control"] == "no-store"
    assert ("The collection is behind: the last complete run ended on" in layout(client)) is behind


def test_a_collection_that_never_ended_well_is_behind_too(client: FlaskClient, data: Path) -> None:
    write_status(data, status(now(), behind=True, last_ok=None))
    assert "no run has been completed yet" in layout(client)


def test_without_a_release_only_health_fails(tmp_path: Path) -> None:
    write_status(tmp_path, status(now()))
    client = create_app(tmp_path).server.test_client()
    answer = client.get("/health")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
    assert str(tmp_path) not in page(client, "/status")
    found = client.get("/status.json")
    assert (found.status_code, found.get_json()["release"]) == (200, None)
