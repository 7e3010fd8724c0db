"""Documents that no reader of this version has seen -> their words, each in a process that may be ended.

Pages come from anywhere: one that makes a library hang, crash or fill the memory is set aside with a reason,
and the others are read.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Set as AbstractSet
from functools import cache
from multiprocessing.context import BaseContext

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from etl.acquire.collect import Say
from etl.page_reading import READER_VERSION, read_document
from etl.records import Issue, RowRef
from etl.store import RawDocument, ReadPage, Tracker
from etl.vocabulary.issues import issue

SECONDS = 60.0
"""Far above what any honest page takes (the slowest of 10 MB: 4 s), for a slow machine not to decide."""
MEMORY = 4 << 30
"""Bytes of address space of a reader, its libraries included."""
_BATCH = 16  # documents in memory at once: up to 10 MB each
_TASKS = 500  # after which a process is replaced, whatever its libraries have kept

Read = tuple[ReadPage | None, Issue | None]


def read_new(
    tracker: Tracker, table_sources: AbstractSet[str], told: Say, stop: threading.Event, workers: int = 2
) -> int:
    """Read what is unread and keep the words in the store; how many documents. Raises TrackerError."""
    read, after = 0, -1
    batch = tracker.unread(READER_VERSION, _BATCH)
    if not batch:
        return 0
    with ProcessPool(workers, max_tasks=_TASKS, initializer=_limit, context=_context()) as pool:
        while batch and not stop.is_set():
            futures = [
                pool.schedule(read_document, args=(raw, raw.source_id in table_sources), timeout=SECONDS)
                for raw in batch
            ]
            for raw, future in zip(batch, futures, strict=True):
                page, found = _answer(raw, future)
                code, message = (found.code, found.message) if found else ("", "")
                tracker.save_reading(raw.document_id, READER_VERSION, page, code, message)
                told.say("read", source=raw.source_id, url=raw.url, document=raw.document_id, issue=code)
            read, after = read + len(batch), batch[-1].document_id
            batch = tracker.unread(READER_VERSION, _BATCH, after=after)
        if stop.is_set():
            pool.stop()  # type: ignore[no-untyped-call]
    return read


def _answer(raw: RawDocument, future: ProcessFuture[Read]) -> Read:
    """What was read; a reader that failed in any way is an issue of its page."""
    try:
        read: Read = future.result()
    except TimeoutError:
        why = f"it took longer than {SECONDS:.0f} seconds"
    except ProcessExpired as error:
        why = f"its reader ended with code {error.exitcode}"
    except Exception as error:
        why = f"{type(error).__name__}: {error}"[:200]
    else:
        return read
    return None, issue("document_failed", RowRef(raw.url, 1), why=why)


@cache
def _context() -> BaseContext:
    """Processes that begin with the readers loaded, and without the locks of this process's threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([read_document.__module__])
    return context


def _limit() -> None:
    """Bound a reader's memory, on systems that can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
