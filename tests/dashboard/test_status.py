"""`status.json` may be anything; what is shown of it is typed, bounded and text."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.status import MAX_BYTES, MAX_PROBLEMS, MAX_SOURCES, STATES, StatusFile, parse, read
from dashboard.status_routes import public
from tests.dashboard.live_release import NAMES, NOW, status, write_status

OLD = {"release": "2026.11.2", "data_complete_to": "2026-03-06", "reports": 1615, "documents": {"found": 0}}
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=5),
    max_leaves=20,
)
KEYS = (
    "release", "data_complete_to", "documents", "refresh", "reports", "started_at", "stale_after", "last_ok",
    "counts", "sources", "problems", "state", "name", "listed", "outcome", "message", "at",
)  # fmt: skip
SHAPED = st.recursive(
    ANY | st.sampled_from(["fresh", "ok", "2026-11-22T03:15:00Z", "0001-01-01T00:00:00+23:59"]),
    lambda inner: st.dictionaries(st.sampled_from(KEYS), inner) | st.lists(inner, max_size=3),
    max_leaves=40,
)


def test_a_whole_status_is_understood() -> None:
    found = parse(status())
    assert (found.release, found.data_complete_to) == ("2026.11.2", date(2026, 3, 6))
    refresh = found.refresh
    assert refresh.ran
    assert refresh.outcome == "partly"
    assert refresh.ended_at == NOW - timedelta(minutes=40)
    assert refresh.counts["skipped"] == 1108
    assert len(refresh.sources) == len(NAMES)
    assert [STATES.index(one.state) for one in refresh.sources] == sorted(
        STATES.index(one.state) for one in refresh.sources
    ), "the worst first"
    assert {one.state for one in refresh.sources} == set(STATES) - {"unknown"}
    assert [one.code for one in refresh.problems] == ["slow", "too_few", "http_refused"], "the newest first"


def test_an_older_shape_has_counts_and_no_run() -> None:
    found = parse(OLD)
    assert found.built == {"reports": 1615}
    assert not found.refresh.ran
    assert not found.stale(NOW)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "unreadable"),
        (b'{"release": "2026', "unreadable"),
        (b"[1, 2]", "unreadable"),
        (b"\xff\xfe\x00", "unreadable"),
        (b"[" * 200_000, "unreadable"),
        (b'{"reports": ' + b"9" * 5000 + b"}", "unreadable"),
        (b" " * (MAX_BYTES + 1), "unreadable"),
        (b"{}", ""),
        (b'{"refresh": []}', ""),
    ],
)
def test_a_damaged_file_is_no_error(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "status.json"
    path.write_bytes(content)
    assert read(path).problem == problem


def test_what_is_no_file_is_no_error(tmp_path: Path) -> None:
    assert read(tmp_path / "status.json").problem == "missing"
    assert read(tmp_path).problem == "unreadable"
    os.mkfifo(tmp_path / "pipe")
    assert read(tmp_path / "pipe").problem == "unreadable", "a pipe would be waited for"


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ({"outcome": "ok"}, "ok"),
        ({"outcome": "<b>"}, "unknown"),
        ({"outcome": ["ok"]}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_an_outcome_is_one_of_those_with_words(given: dict[str, Any], outcome: str) -> None:
    assert parse({"refresh": given}).refresh.outcome == outcome


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T03:15:00Z", datetime(2026, 11, 22, 3, 15, tzinfo=UTC)),
        ("2026-11-22T06:15:00+03:00", datetime(2026, 11, 22, 3, 15, tzinfo=UTC)),
        ("2026-11-22T03:15:00", datetime(2026, 11, 22, 3, 15, tzinfo=UTC)),
        ("0001-01-01T00:00:00+23:59", None),
        ("9999-12-31T23:59:59-23:59", None),
        ("soon", None),
        (1763781300, None),
        (None, None),
    ],
)
def test_moments_are_utc_or_unknown(text: object, moment: datetime | None) -> None:
    assert parse({"refresh": {"next_run": text}}).refresh.next_run == moment


@pytest.mark.parametrize("count", [-1, True, 1.5, "12", 10**30, None])
def test_a_count_that_is_none_is_left_out(count: object) -> None:
    assert parse({"refresh": {"counts": {"fetched": count}}, "events": count}).refresh.counts == {}


def test_lists_are_bounded() -> None:
    found = parse({"refresh": {"sources": [{"id": "x"}] * 9000, "problems": [{"code": "y"}] * 9000}}).refresh
    assert (len(found.sources), len(found.problems)) == (MAX_SOURCES, MAX_PROBLEMS)
    assert found.more_problems == 9000 - MAX_PROBLEMS


@given(SHAPED)
def test_no_shape_is_an_error_and_all_of_them_can_be_sent(found: Any) -> None:
    told = parse(found if isinstance(found, dict) else {"refresh": found})
    told.stale(NOW)
    public(told, None, NOW)


@pytest.mark.parametrize(
    ("changes", "behind"),
    [
        ({"stale_after": "2026-11-22T08:59:59Z"}, True),
        ({"stale_after": "2026-11-22T09:00:01Z"}, False),
        ({"stale_after": None}, False),
        (
            {"stale_after": "2026-11-21T00:00:00Z", "started_at": None, "ended_at": None, "last_ok": None},
            False,
        ),
    ],
)
def test_behind_only_after_its_time_and_after_a_run(changes: dict[str, Any], behind: bool) -> None:
    assert parse(status(**changes)).stale(NOW) is behind


def test_a_new_file_is_read_and_half_a_file_leaves_the_last(tmp_path: Path) -> None:
    file = StatusFile(tmp_path / "status.json")
    assert file.current().problem == "missing"
    write_status(tmp_path, status())
    assert file.current().refresh.outcome == "partly"
    whole = json.dumps(status(outcome="ok"))
    file.path.write_text(whole[: len(whole) // 2], encoding="utf-8")
    assert file.current().refresh.outcome == "partly"
    file.path.write_text(whole, encoding="utf-8")
    assert file.current().refresh.outcome == "ok"
    file.path.unlink()
    assert file.current().problem == "missing"
