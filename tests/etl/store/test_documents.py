"""Documents: every version as it was sent, never changed."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from etl.store import Tracker
from tests.etl.store.samples import DAY, HOUR, NOW, REFUSED, answer, items, page


def test_a_document_comes_back_as_it_was_sent(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.note_listed("sana", items(page(), title="Title", language="ar", published=NOW - DAY), NOW)
    body = bytes(range(256)) * 10
    kept = tracker.keep(run, "sana", page(), answer(body, etag='"1"', content_type="text/html"), None)
    raw = tracker.latest("sana", page())
    assert raw is not None
    assert (raw.document_id, raw.version, raw.body) == (kept.document_id, 1, body)
    assert raw.sha256 == hashlib.sha256(body).hexdigest()
    assert raw.headers == {"content-type": "text/html", "etag": '"1"'}
    assert (raw.fetched_at, raw.status, raw.url, raw.final_url) == (NOW, 200, page(), page())
    assert (raw.language, raw.listed_title, raw.listed_published) == ("ar", "Title", NOW - DAY)


def test_a_page_that_changes_gets_a_new_version_the_same_bytes_do_not(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    kept = [
        tracker.keep(run, "sana", page(), answer(body, NOW + n * HOUR), None)
        for n, body in enumerate(["a", "a", "b", "a"])
    ]
    assert [(one.is_new, one.version) for one in kept] == [(True, 1), (False, 1), (True, 2), (True, 3)]
    assert kept[0].document_id == kept[1].document_id
    assert len({one.document_id for one in kept}) == 3
    newest = tracker.latest("sana", page())
    assert newest is not None
    assert (newest.version, newest.body) == (3, b"a")
    assert tracker.verify() == []


def test_versions_follow_one_another_though_the_clock_jumps_back(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.keep(run, "sana", page(), answer("new year", NOW), None)
    kept = tracker.keep(run, "sana", page(), answer("corrected", NOW - 400 * DAY), None)
    assert kept.version == 2
    newest = tracker.latest("sana", page())
    assert newest is not None
    assert (newest.body, newest.fetched_at) == (b"corrected", NOW - 400 * DAY)


def test_a_page_that_nobody_listed_counts_as_listed_by_who_fetched_it(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.keep(run, "ministry", page(), answer(), None)
    assert tracker.latest("ministry", page()) is not None
    assert tracker.latest("sana", page()) is None
    (row,) = tracker.coverage()
    assert (row.source_id, row.listed, row.relevant, row.fetched) == ("ministry", 1, 1, 1)


def test_a_failure_leaves_the_document(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.keep(run, "sana", page(), answer("words"), NOW)
    tracker.note_failure(run, "sana", page(), REFUSED, NOW + DAY, None)
    raw = tracker.latest("sana", page())
    assert raw is not None
    assert raw.body == b"words"
    assert tracker.due("sana", NOW + 9 * DAY, 9) == []


def test_attempts_count_failures_in_a_row(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    for expected in (1, 2):
        tracker.note_failure(run, "sana", page(), REFUSED, NOW, NOW)
        assert [one.attempts for one in tracker.due("sana", NOW, 9)] == [expected]
    tracker.keep(run, "sana", page(), answer(), NOW)
    assert [one.attempts for one in tracker.due("sana", NOW, 9)] == [0]


def test_the_newest_answer_tells_what_to_ask_with(tracker: Tracker) -> None:
    """Same bytes, other ETag: the document stays as it is, the next question carries the new one."""
    run = tracker.begin_run("test", NOW)
    tracker.keep(run, "sana", page(), answer("a", etag='"1"'), NOW)
    tracker.keep(run, "sana", page(), answer("a", etag='"2"'), NOW)
    raw = tracker.latest("sana", page())
    assert raw is not None
    assert raw.headers["etag"] == '"1"'
    assert [one.etag for one in tracker.due("sana", NOW, 9)] == ['"2"']


def test_an_answer_without_a_body_of_its_own_is_refused(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    with pytest.raises(ValueError, match="note_unchanged"):
        tracker.keep(run, "sana", page(), type(answer())(page(), page(), 304, NOW), None)
    assert tracker.coverage() == []


def test_times_are_utc_whatever_they_came_in(tracker: Tracker) -> None:
    baghdad = timezone(timedelta(hours=3))
    run = tracker.begin_run("test", NOW)
    tracker.keep(run, "sana", page(), answer(at=datetime(2026, 3, 2, 1, 0, tzinfo=baghdad)), None)
    raw = tracker.latest("sana", page())
    assert raw is not None
    assert (raw.fetched_at, raw.fetched_at.tzinfo) == (datetime(2026, 3, 1, 22, 0, tzinfo=UTC), UTC)
    assert [row.day.isoformat() for row in tracker.coverage()] == ["2026-03-01"]


def test_a_time_without_zone_is_a_fault_of_the_program(tracker: Tracker) -> None:
    with pytest.raises(Exception, match="without time zone"):
        tracker.begin_run("test", NOW.replace(tzinfo=None))


def test_a_document_of_an_unknown_run_is_refused_whole(tracker: Tracker) -> None:
    """The log line can't be written, so the document isn't either."""
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        tracker.keep(99, "sana", page(), answer(), None)
    assert tracker.latest("sana", page()) is None


def test_versions_come_newest_first_and_may_be_left_early(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    for number in range(3):
        tracker.keep(run, "sana", page(), answer(f"version {number}", url=page()), None)
    tracker.keep(run, "sana", page(2), answer("another", url=page(2)), None)
    found = [(raw.version, raw.body) for raw in tracker.versions("sana", page())]
    assert found == [(3, b"version 2"), (2, b"version 1"), (1, b"version 0")]
    versions = tracker.versions("sana", page())
    next(versions)
    versions.close()
    assert list(tracker.versions("ina", page())) == []
