"""Several at once: threads, processes, and processes that are killed."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from etl.refresh.lock import only_one_on
from etl.store import Tracker, open_tracker
from tests.etl.store.samples import NOW, answer, fill, items, page

ROOT = Path(__file__).parents[3]


def keep_for_ever(where: str, start: int) -> None:
    """Keep pages, printing the id of each as it is acknowledged. For a process of its own."""
    with open_tracker(where) as store:
        run = store.begin_run("test", NOW)
        for number in range(start, start + 1_000_000):
            kept = store.keep(run, "sana", page(number), answer(os.urandom(5000), url=page(number)), None)
            print(kept.document_id, flush=True)


def process(where: str, start: int) -> "subprocess.Popen[str]":
    code = f"from tests.etl.store.test_together import keep_for_ever; keep_for_ever({where!r}, {start})"
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_threads_share_a_store(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.note_listed("sana", items(*map(page, range(80))), NOW)
    failures: list[BaseException] = []

    def work(mine: int) -> None:
        try:
            for number in range(mine, 80, 8):
                for _ in range(2):
                    tracker.keep(run, "sana", page(number), answer(page(number), url=page(number)), None)
                tracker.due("sana", NOW, 5)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert tracker.due("sana", NOW, 99) == []
    assert len(tracker.unread("1", 999)) == 80
    assert {raw.version for raw in tracker.unread("1", 999)} == {1}


def test_two_sources_that_find_one_page_keep_it_once(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    barrier, kept = threading.Barrier(4), []

    def work(source: str) -> None:
        barrier.wait()
        kept.append(tracker.keep(run, source, page(), answer("the same words"), None))

    threads = [threading.Thread(target=work, args=(f"source-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((one.is_new, one.version) for one in kept) == [(False, 1)] * 3 + [(True, 1)]
    assert len({one.document_id for one in kept}) == 1


def test_a_new_store_may_be_opened_by_several_at_once(tracker_url: str) -> None:
    barrier, opened, failures = threading.Barrier(4), [], []

    def work() -> None:
        barrier.wait()
        try:
            with open_tracker(tracker_url) as store:
                opened.append(store.begin_run("test", NOW))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(set(opened)) == 4


def test_what_was_acknowledged_survives_a_kill(tracker_url: str) -> None:
    """Two processes write at once and are killed in the middle of it."""
    with open_tracker(tracker_url) as store:
        fill(store, pages=1)
    writers = [process(tracker_url, start) for start in (100, 5_000_000)]
    acknowledged = [int(writer.stdout.readline()) for writer in writers]  # both are at work
    time.sleep(random.uniform(0, 0.3))
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in writer.communicate()[0].splitlines() if line]
    with open_tracker(tracker_url, create=False) as store:
        assert store.verify() == []
        stored = {raw.document_id for raw in store.unread("none", 100_000)}
        assert stored.issuperset(acknowledged)
        assert len(stored) <= len(acknowledged) + 1 + len(writers)  # the filled page; one each in flight
        fill(store)


def test_a_store_that_was_let_go_can_be_taken_at_once(tracker: Tracker) -> None:
    """Whoever comes next must not find it taken because the server noticed the end of the last one late."""
    for _ in range(50):
        with only_one_on(tracker, NOW):
            pass
