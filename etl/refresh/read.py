"""Documents -> words -> extractions, each in a process that may be ended, and only what is new.

Pages come from anywhere: one that makes a library hang, crash or fill the memory is set aside with a reason,
and the others are read. A process may also end for the machine's sake (no memory, no room for processes),
which is no page's fault: whose reader ended is read once more, alone, before that is held against it.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice, zip_longest
from multiprocessing.context import BaseContext
from time import monotonic
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from etl.acquire.collect import Say
from etl.bounded.child import limit
from etl.collection import document_of
from etl.fetched import RawDocument, ReadPage
from etl.page_reading import READER_VERSION, extract, read_document
from etl.records import Issue, RowRef
from etl.remembered import FAILED, extractor_version, input_sha256
from etl.store import Tracker
from etl.vocabulary.issues import issue

SECONDS = 60.0
"""Far above what an honest page takes (an article of 10 MB: 5 s), for a slow machine not to decide."""
MEMORY = 1536 << 20
"""Bytes of address space of a reader, its libraries (0.5 GB) included; an article of 10 MB takes 0.75 GB."""
_RAW_AT_ONCE = 16  # documents in memory at once: up to 10 MB each
_TEXTS_AT_ONCE = 500
_LOOK_S = 1.0  # between two looks whether those who are to answer are still there
_BEGUN_S = 60.0  # far above what it takes to start a process and load its libraries
_TASKS = 500  # after which a process is replaced, whatever its libraries have kept

T = TypeVar("T")


class ReadersError(Exception):
    """No process could read: the machine has no room for them. What is unread stays so, for the next run."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A reader gave no answer; `why` says what became of it. `ended`: it did not say so itself."""

    why: str
    ended: bool = False


_NO_PROCESS = Broken("no process could read it", ended=True)


class Readers:
    """Processes that read; begun with the first page, since a run without news needs none."""

    def __init__(self, workers: int = 2, seconds: float = SECONDS) -> None:
        self._workers, self._seconds = workers, seconds
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def answers(self, work: Callable[..., T], asked: Iterable[tuple[Any, ...]]) -> Iterator[T | Broken]:
        """What `work` gives for each of the arguments, in their order. Raises ReadersError.

        A pool that breaks down or loses a page is begun anew with what is left: it may have forgotten more.
        """
        left = list(asked)
        while left:
            answered = 0
            for own, future in zip_longest(left, self._begun(work, left)):
                answer = self._answer(future)
                yield self._alone(work, own) if isinstance(answer, Broken) and answer.ended else answer
                answered += 1
                if answer == _NO_PROCESS or not self._active():
                    self._end()
                    break
            left = left[answered:]

    def _active(self) -> bool:
        return self._pool is not None and bool(self._pool.active)

    def _begun(self, work: Callable[..., T], asked: Iterable[tuple[Any, ...]]) -> list[ProcessFuture[T]]:
        """What is being worked on; less than was asked for where all processes have ended."""
        if self._pool is None:
            self._pool = ProcessPool(
                self._workers, max_tasks=_TASKS, initializer=limit, initargs=(MEMORY,), context=_context()
            )
        futures: list[ProcessFuture[T]] = []
        with suppress(BrokenProcessPool, RuntimeError):
            futures.extend(self._pool.schedule(work, args=own, timeout=self._seconds) for own in asked)
        return futures

    def _answer(self, future: ProcessFuture[Any] | None) -> Any:
        """What was read; whatever happened to the process or the library is a reason."""
        if future is None or not self._comes(future):
            return _NO_PROCESS
        try:
            return future.result()
        except TimeoutError:
            return Broken(f"it took longer than {self._seconds:.0f} seconds", ended=True)
        except ProcessExpired as error:
            return Broken(f"its reader ended with code {error.exitcode}", ended=True)
        except BrokenProcessPool:
            return _NO_PROCESS
        except Exception as error:
            return Broken(f"{type(error).__name__}: {error}"[:200])

    def _comes(self, future: ProcessFuture[Any]) -> bool:
        """Wait for an answer; False where none will ever come.

        Those before it are answered, so it is read next: where it is not begun, it was lost on its way to a
        process that ended, or in the queue of a pool that broke down. The pool tells of neither.
        """
        lost_at = monotonic() + _BEGUN_S
        while not wait([future], _LOOK_S).done:
            if not self._active():
                return bool(wait([future], _LOOK_S).done)  # it breaks down before it says so to each
            if not future.running() and monotonic() > lost_at:
                return False
        return True

    def _alone(self, work: Callable[..., T], arguments: tuple[Any, ...]) -> T | Broken:
        with Readers(1, self._seconds) as fresh:
            (future,) = fresh._begun(work, [arguments]) or (None,)
            answer = fresh._answer(future)
        if answer == _NO_PROCESS:
            raise ReadersError("no process could read (no memory, or no room for one); the next run goes on")
        return replace(answer, ended=False) if isinstance(answer, Broken) else answer


def read_new(
    tracker: Tracker, readers: Readers, tables: AbstractSet[str], told: Say, stop: threading.Event
) -> None:
    """Take apart the documents that no reader of this version has seen. Raises TrackerError, ReadersError.

    `tables`: ids of sources whose documents are rows, not pages.
    """
    after = -1
    while not stop.is_set() and (batch := tracker.unread(READER_VERSION, _RAW_AT_ONCE, after=after)):
        asked = [(raw, raw.source_id in tables) for raw in batch]
        for raw, answer in zip(batch, readers.answers(read_document, asked), strict=True):
            page, found = _failed(raw, answer) if isinstance(answer, Broken) else answer
            code, message = (found.code, found.message) if found else ("", "")
            tracker.save_reading(raw.document_id, READER_VERSION, page, code, message)
            told.say("read", source=raw.source_id, url=raw.url, document=raw.document_id, issue=code)
        after = batch[-1].document_id


def extract_new(tracker: Tracker, readers: Readers, told: Say, stop: threading.Event) -> None:
    """Let the extractor read the texts that this version of it has not seen.

    Raises TrackerError, ReadersError.
    """
    version = extractor_version()
    former = chain.from_iterable(tracker.reworded_pages(READER_VERSION))
    pages = (page for page in chain(tracker.pages(READER_VERSION), former) if page.text)
    while not stop.is_set() and (batch := list(islice(pages, _TEXTS_AT_ONCE))):
        documents = {input_sha256(document): document for document in map(document_of, batch)}
        known = tracker.extractions(version, list(documents))
        new = [key for key in documents if key not in known]
        if not new:
            continue
        answers = readers.answers(extract, [(documents[key],) for key in new])
        contents = {}
        for key, answer in zip(new, answers, strict=True):
            if isinstance(answer, Broken):
                told.say("trouble", answer.why, url=documents[key].url, code="document_failed")
            contents[key] = FAILED if isinstance(answer, Broken) else answer
        tracker.save_extractions(version, contents)
        told.say("extracted", texts=len(contents))


def _failed(raw: RawDocument, broken: Broken) -> tuple[ReadPage | None, Issue | None]:
    return None, issue("document_failed", RowRef(raw.url, 1), why=broken.why)


@cache
def _context() -> BaseContext:
    """Processes that begin with the readers loaded, and without the locks of this process's threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.warm_reader"])
    return context
