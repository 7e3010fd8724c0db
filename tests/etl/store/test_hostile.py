"""What the internet puts into a store: it comes back as it was, or as near as a database can hold it."""

import os

import pytest

from etl.acquire.records import Listed, Trouble
from etl.store import Tracker
from tests.etl.store.samples import HOUR, NOW, answer, items, page, reading

NASTY = "a\x00b\ud800c\udfff\U0001f48a\u202eق"
CLEAN = "a\ufffdb\ufffdc\ufffd\U0001f48a\u202eق"
LONG = "https://news.example/" + "ق" * 5000


def test_nul_and_lone_surrogates_in_every_text(tracker: Tracker) -> None:
    run = tracker.begin_run(NASTY, NOW)
    url = f"https://news.example/{NASTY}"
    tracker.note_listed("sana", [(Listed(url, NASTY, NASTY, NOW, NASTY), True, NASTY)], NOW)
    (due,) = tracker.due("sana", NOW, 9)
    kept = tracker.keep(run, "sana", due.url, answer(NASTY.encode("utf-8", "surrogatepass"), etag=NASTY), NOW)
    assert tracker.note_listed("sana", items(url), NOW) == 0
    assert [one.document_id for one in tracker.due("sana", NOW, 9)] == [kept.document_id]
    tracker.save_reading(
        kept.document_id, "1", reading(NASTY, NASTY, lang=NASTY, publisher=NASTY), NASTY, NASTY
    )
    (stored,) = tracker.pages("1")
    assert stored.text == NASTY  # what is hashed and read stays as it was
    assert (stored.title, stored.lang, stored.publisher, stored.issue_message) == (CLEAN,) * 4
    tracker.note_failure(run, "sana", url, Trouble("x", NASTY, url), NOW, NOW)
    tracker.note_trouble(run, "sana", Trouble("x", NASTY, url), NOW)
    assert {problem.message for problem in tracker.problems(NOW)} == {CLEAN}
    tracker.end_run(run, "ok", 0, {"fetched": 1}, NASTY, NOW)
    assert tracker.runs(1)[0].message == CLEAN


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00" * 10_000_000, os.urandom(10_000_000), bytes(range(256))],
    ids=["empty", "10 MB of zeros", "10 MB that do not compress", "every byte"],
)
def test_bodies(tracker: Tracker, body: bytes) -> None:
    run = tracker.begin_run("test", NOW)
    assert tracker.keep(run, "sana", page(), answer(body), None).is_new
    raw = tracker.latest("sana", page())
    assert raw is not None
    assert raw.body == body
    assert tracker.verify() == []


@pytest.mark.parametrize(
    "url",
    [LONG, "", " ", "no address", "javascript:alert(1)", "https://[", "\ud800", "https://a.example/\n\r\t"],
)
def test_addresses(tracker: Tracker, url: str) -> None:
    run = tracker.begin_run("test", NOW)
    assert tracker.note_listed("sana", items(url), NOW) == 1
    (due,) = tracker.due("sana", NOW, 9)
    tracker.keep(run, "sana", due.url, answer(url=due.url), NOW + HOUR)
    assert tracker.due("sana", NOW, 9) == []
    assert tracker.latest("sana", url) is not None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"etag": "x" * 100_000},
        {"content-type": NASTY, "etag": "\"';--", "last-modified": "not a date"},
        {f"x-{number}": "y" for number in range(1000)},
    ],
)
def test_headers(tracker: Tracker, headers: dict[str, str]) -> None:
    run = tracker.begin_run("test", NOW)
    given = answer()
    tracker.keep(run, "sana", page(), type(given)(page(), page(), 200, NOW, b"x", headers), NOW)
    raw = tracker.latest("sana", page())
    assert raw is not None
    assert raw.headers == headers
    assert len(tracker.due("sana", NOW, 9)) == 1


def test_words_of_sql_are_words(tracker: Tracker) -> None:
    name = "x'; DROP TABLE documents; --"
    assert tracker.note_listed(name, items(page()), NOW) == 1
    assert [one.source_id for one in tracker.due(name, NOW, 9)] == [name]


def test_a_message_is_bounded(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.note_trouble(run, "sana", Trouble("x", "y" * 1_000_000), NOW)
    assert len(tracker.problems(NOW)[0].message) == 2000
