"""What a store takes: space for each document, memory for any number of them."""

import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.store import Tracker, open_tracker
from tests.etl.store.samples import NOW, answer, fill, items, page, reading

SMALL = 200  # bytes of a body and of a text that don't compress: the rest is the store's own


def add(store: Tracker, run: int, numbers: range) -> None:
    """A page a number, from the listing to the reading."""
    store.note_listed(
        "sana", items(*map(page, numbers), title="A title of usual length for a piece of news"), NOW
    )
    for number in numbers:
        body = os.urandom(SMALL)
        kept = store.keep(
            run, "sana", page(number), answer(body, url=page(number), etag='"0123456789abcdef"'), NOW
        )
        store.save_reading(kept.document_id, "1", reading(os.urandom(SMALL // 2).hex(), signature=bytes(64)))


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def test_bytes_of_a_document_are_few_and_stay_the_same(tmp_path: Path) -> None:
    """Page, listing, document, log line, reading and indices: 0.9 kB, 1.3 kB before vacuum."""
    with open_tracker(tmp_path / "t.sqlite") as store:
        run = store.begin_run("test", NOW)
        sizes = []
        for start in (0, 200, 400):
            add(store, run, range(start, start + 200))
            store.vacuum(NOW)
            sizes.append(size(tmp_path))
    first, second = sizes[1] - sizes[0], sizes[2] - sizes[1]
    assert abs(second - first) < 0.1 * first
    assert second / 200 - 1.5 * SMALL < 1000


def test_an_unchanged_page_takes_a_line_of_the_log_only(tmp_path: Path) -> None:
    with open_tracker(tmp_path / "t.sqlite") as store:
        run = fill(store)
        store.vacuum(NOW)
        before = size(tmp_path)
        for _ in range(200):
            store.keep(run, "sana", page(1), answer(f"<p>{page(1)}</p>", url=page(1)), NOW)
            store.note_unchanged(run, "sana", page(2), NOW, NOW)
        store.vacuum(NOW)
        assert (size(tmp_path) - before) / 400 < 120


@pytest.fixture
def large(tracker: Tracker) -> Iterator[Tracker]:
    """60 pages, 6 MB of texts and as many of bodies."""
    run = tracker.begin_run("test", NOW)
    for number in range(60):
        body = os.urandom(100_000)
        kept = tracker.keep(run, "sana", page(number), answer(body, url=page(number)), None)
        tracker.save_reading(kept.document_id, "1", reading(body.hex()[:100_000]))
    return tracker


def test_memory_does_not_grow_with_the_store(large: Tracker, tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        assert sum(len(one.text) for one in large.pages("1")) == 6_000_000
        large.export(tmp_path / "export.gz")
        assert large.verify() == []
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
