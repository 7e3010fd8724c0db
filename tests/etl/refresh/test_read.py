"""Readers in processes of their own: what breaks one is set aside, the others go on."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import tee
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessFuture, ProcessPool

from etl.acquire.records import Answer
from etl.collection import document_of
from etl.extract.privacy import quote_of
from etl.extract.records import Document, Extraction
from etl.machine import FATES, Reader
from etl.page_reading import READER_VERSION
from etl.pipeline import build
from etl.refresh import read as reading
from etl.refresh.outcome import Exit
from etl.refresh.read import Broken, Readers, extract_new, read_new
from etl.refresh.told import Told
from etl.remembered import FAILED, Memory, extractor_version, input_sha256
from etl.store import Tracker, open_tracker
from tests.etl.refresh.conftest import Desk, day
from tests.etl.refresh.misreaders import Heavy, dies, dies_at_first, end_at_first, hoards, sleeps, takes

NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)
STORY = (
    "<html><body><article><h1>Pills seized</h1><p>Iraqi police seized 120,000 Captagon pills in a truck in "
    "Al-Qaim, Anbar, on Monday and arrested two suspects, the ministry said.</p></article></body></html>"
)
BURSTS = f"<html><body><table>{'<tr><td>a<td>b' * 300_000}</table></body></html>"
"""A page of 4 MB that takes the library of pages a minute and gigabytes."""


@pytest.fixture
def told() -> Told:
    return Told(lambda: NOW, to=io.StringIO())


def keep(tracker: Tracker, name: str, html: str) -> None:
    url = f"https://outlet.example/{name}"
    headers = {"content-type": "text/html"}
    run = tracker.begin_run("test", NOW)
    tracker.keep(run, "outlet", url, Answer(url, url, 200, NOW, html.encode(), headers), None)


def test_what_breaks_a_reader_is_a_reason_and_the_next_one_answers() -> None:
    with Readers(1, seconds=2) as readers:
        assert list(readers.answers(sleeps, [(0,), (60,), (0,)])) == [
            "awake", Broken("it took longer than 2 seconds"), "awake",
        ]  # fmt: skip
        assert list(readers.answers(dies, [(9,)])) == [Broken("its reader ended with code 9")]
        (full,) = readers.answers(hoards, [(3 << 30,)])
        assert isinstance(full, Broken)
        assert "MemoryError" in full.why


def test_what_ended_a_reader_once_is_not_held_against_the_page(tmp_path: Path) -> None:
    """The kernel ends processes for the sake of memory, whatever page they read."""
    asked = [(str(tmp_path / name), name) for name in "abc"]
    with Readers(1) as readers:
        assert list(readers.answers(dies_at_first, asked)) == ["a", "b", "c"]


def test_readers_that_end_before_they_read_are_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "limit", end_at_first)
    monkeypatch.setattr(reading, "MEMORY", str(tmp_path / "mark"))
    with Readers(1) as readers:
        for _ in range(2):
            assert list(readers.answers(sleeps, [(0,), (0,)])) == ["awake", "awake"]


def test_without_any_process_nothing_is_read_and_the_run_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    with monkeypatch.context() as full:
        full.setattr(reading, "limit", dies)
        full.setattr(reading, "MEMORY", 7)
        outcome = desk.refresh(day(0), threading.Event())
    assert outcome.exit == Exit.REFUSED, "a release without what is unread would say that it is gone"
    assert "no process could read" in outcome.message
    assert desk.refresh(day(1), threading.Event()).counts["claims"] == 5


class Forgets(ProcessPool):
    """Breaks down while it is given pages, of which it then knows nothing: no answer, no error."""

    def schedule(self, *_: object, **__: object) -> ProcessFuture[str]:  # type: ignore[override]
        self.stop()  # type: ignore[no-untyped-call]
        return ProcessFuture()


def test_what_a_pool_was_given_while_it_broke_down_is_read_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pools = [Forgets, ProcessPool, ProcessPool]  # the second reads the first page alone, the third all others

    def next_pool(*args: Any, **named: Any) -> ProcessPool:
        return pools.pop(0)(*args, **named)

    monkeypatch.setattr(reading, "ProcessPool", next_pool)
    with Readers(1) as readers:
        assert list(readers.answers(sleeps, [(0,)] * 5)) == ["awake"] * 5
    assert not pools


def test_a_queue_of_pages_is_read_though_all_readers_end_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More pages than fit the pipe to the readers: the rest waits in a queue that the pool forgets."""
    monkeypatch.setattr(reading, "limit", end_at_first)
    monkeypatch.setattr(reading, "MEMORY", str(tmp_path / "mark"))
    pages = [(str(tmp_path / "mark"), f"{i}" * 60_000) for i in range(8)]
    with Readers(2) as readers:
        assert list(readers.answers(dies_at_first, pages)) == [answer for _, answer in pages]


@pytest.mark.slow  # the pool waits a minute for the one that ended in the door
def test_a_page_lost_on_its_way_to_a_reader_that_ended_is_read_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_BEGUN_S", 3.0)
    with Readers(2) as readers:
        asked = [(2.0,), (Heavy(str(tmp_path / "mark")),), (0.0,)]
        assert list(readers.answers(takes, asked)) == ["awake"] * 3


def test_a_page_that_takes_too_long_is_kept_with_its_reason(tracker: Tracker, told: Told) -> None:
    keep(tracker, "honest", STORY)
    keep(tracker, "bursts", BURSTS)
    with Readers(2, seconds=4) as readers:
        read_new(tracker, readers, frozenset(), told, threading.Event())
    pages = {page.url.rsplit("/")[-1]: page for page in tracker.pages(READER_VERSION)}
    assert pages["honest"].text.startswith("Iraqi police seized 120,000")
    assert (pages["bursts"].text, pages["bursts"].issue_code) == ("", "document_failed")
    assert "4 seconds" in pages["bursts"].issue_message
    assert tracker.unread(READER_VERSION, 10) == []


def test_texts_are_extracted_once_until_the_extractor_changes(tracker: Tracker, told: Told) -> None:
    keep(tracker, "honest", STORY)
    with Readers(1) as readers:
        read_new(tracker, readers, frozenset(), told, threading.Event())
        extract_new(tracker, readers, told, threading.Event())
    document = document_of(next(tracker.pages(READER_VERSION)))
    key = input_sha256(document)
    known = tracker.extractions(extractor_version(), [key])
    assert tracker.extractions("another", [key]) == {}
    (extraction,) = Memory(tracker).extract([document])
    assert extraction is not None
    assert [claim.kind for claim in extraction.claims] == ["incident"]
    with Readers(1) as idle:
        extract_new(tracker, idle, told, threading.Event())
        assert idle._pool is None, "nothing new needs no process"
    assert tracker.extractions(extractor_version(), [key]) == known


def test_a_text_that_breaks_the_extractor_is_quarantined_not_read_again(desk: Desk) -> None:
    desk.newsroom.lay_out(desk.site, 1)
    desk.refresh(day(0), threading.Event())
    with open_tracker(desk.tracker) as tracker:
        document = document_of(next(tracker.pages(READER_VERSION)))
    inputs = desk.plan(day(0)).inputs
    with open_tracker(desk.tracker) as tracker:
        memory = Memory(tracker)

        def extract(given: Iterable[Document]) -> Iterator[Extraction | None]:
            first, second = tee(given)
            read = zip(first, memory.extract(second), strict=True)
            return (None if one == document else extraction for one, extraction in read)

        built = build(inputs, reader=Reader(extract, quote_of))
    assert built.documents == dict.fromkeys(FATES, 0) | {"event": 4, "quarantined": 1}
    assert [issue.code for issue in built.content.quarantine] == ["document_failed"]


def test_what_failed_before_stays_failed(tracker: Tracker) -> None:
    document = Document("x", "words")
    tracker.save_extractions(extractor_version(), {input_sha256(document): FAILED})
    assert list(Memory(tracker).extract([document])) == [None]
