"""Kept answers: the same bytes for the same question, another for whatever makes a difference."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard import answers
from dashboard.answers import Answers
from dashboard.asked import LANG_HEADER
from dashboard.release import load
from dashboard.watcher import PAGE_HEADER
from tests.dashboard.asking import ask, question
from tests.dashboard.live_release import later_rows, publish

GZIP = {"Accept-Encoding": "gzip"}
FIGURES = ["events", "how", "site", "tablets"]
PROPS = [(name, "figure") for name in ("events", "tablets", "how", "site")]


def charts(query: str = "from=all", theme: str = "light") -> dict[str, Any]:
    return question(PROPS, {("query", "data"): query, ("theme", "data"): theme}, {})


@pytest.fixture
def overview(client: FlaskClient) -> Any:
    """The module of the page, which is imported with the app."""
    return sys.modules["dashboard.pages.overview"]


@pytest.fixture
def drawn(overview: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the figures that were drawn, one entry for each time."""
    found: list[str] = []
    draw = overview._drawn

    def noted(name: str, *args: Any, **options: Any) -> Any:
        found.append(name)
        return draw(name, *args, **options)

    monkeypatch.setattr(overview, "_drawn", noted)
    return found


@pytest.mark.parametrize("headers", [{}, GZIP, {"Accept-Encoding": "br"}])
def test_the_second_reader_gets_the_same_bytes_and_nothing_is_drawn(
    client: FlaskClient, drawn: list[str], headers: dict[str, str]
) -> None:
    first = ask(client, charts(), headers)
    assert first.status_code == 200
    assert sorted(drawn) == FIGURES
    drawn.clear()
    again = ask(client, charts(), headers)
    assert drawn == []
    assert again.data == first.data
    assert dict(again.headers) == dict(first.headers), "its security headers and its encoding too"
    assert again.content_encoding == headers.get("Accept-Encoding")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (charts("scope=jo&from=all"), {}),
        (charts(theme="dark"), {}),
        (charts(), {LANG_HEADER: "ar"}),
    ],
)
def test_what_makes_a_difference_is_asked_anew(
    client: FlaskClient, drawn: list[str], body: dict[str, Any], headers: dict[str, str]
) -> None:
    first = ask(client, charts())
    drawn.clear()
    other = ask(client, body, headers)
    assert drawn, "drawn for this question"
    assert other.data != first.data


def test_a_reader_who_can_drag_gets_charts_to_drag_on(client: FlaskClient) -> None:
    first = ask(client, charts())
    client.set_cookie("pointer", "fine")
    assert b'"selectdirection"' in ask(client, charts()).data
    assert b'"selectdirection"' not in first.data


def test_a_kept_answer_is_that_of_the_release_of_the_page(client: FlaskClient, data: Path) -> None:
    before = load(data).name
    first = ask(client, charts(), {PAGE_HEADER: before})
    seizures, reports = later_rows(["2026-02-02"])
    publish(data, data, "2026.04.1", rows={"seizures": seizures, "reports": reports})
    time.sleep(1.01)
    assert ask(client, charts()).data != first.data
    assert ask(client, charts(), {PAGE_HEADER: before}).data == first.data


def test_an_answer_that_tells_of_a_failure_is_not_kept(
    client: FlaskClient, overview: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(overview.charts, "chart", lambda *_, **__: 1 / 0)
        failed = ask(client, charts())
    assert failed.status_code == 200
    assert ask(client, charts()).data != failed.data


@pytest.mark.parametrize(
    "body", [{}, [], "text", {"output": 3}, {"output": "..border.figure.."}, {"output": "x" * 100_000}]
)
def test_what_is_no_question_is_left_to_dash(client: FlaskClient, body: Any) -> None:
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code >= 400
    assert client.post("/_dash-update-component", data=b"{").status_code >= 400
    assert ask(client, charts()).status_code == 200


def test_other_callbacks_are_not_kept(client: FlaskClient) -> None:
    """Those of the status page follow from the clock too."""
    assert not any("status" in name or "news" in name for name in answers._kept)
    with client.application.test_request_context("/_dash-update-component", method="POST", json=charts()):
        assert answers._question(flask.request)
    other = question([("news", "children"), ("banner", "children")], {("tick", "n_intervals"): 1}, {})
    with client.application.test_request_context("/_dash-update-component", method="POST", json=other):
        assert answers._question(flask.request) == ""


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 60)), max_size=60))
def test_never_more_is_kept_than_there_is_room_for(puts: list[tuple[int, int]]) -> None:
    found, sizes = Answers(most=100), dict[str, int]()
    for name, size in puts:
        found.put(str(name), b"x" * size, "br")
        sizes.setdefault(str(name), size)
        kept = {str(n): answer for n in range(21) if (answer := found.get(str(n)))}
        assert sum(len(body) for body, _ in kept.values()) <= 100
        assert found.get(str(name)) is not None, "the newest is there"
        sizes = {key: len(body) for key, (body, _) in kept.items()}


def test_what_was_asked_for_last_goes_last() -> None:
    found = Answers(most=2)
    found.put("a", b"1", "")
    found.put("b", b"2", "")
    assert found.get("a") == (b"1", "")
    found.put("c", b"3", "")
    assert [found.get(name) is not None for name in "abc"] == [True, False, True]
    found.put("d", b"too long", "")
    assert found.get("d") is None
    assert len(found) == 2
