"""Many documents, one after the other or on several cores, with the memory of a few.

The order of the output is that of the input, whatever the number of processes. What is read, computed and
not yet handed on is bounded: batches of work under way, not the length of the input, make the memory.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from etl.extract.documents import Piece, read_piece
from etl.extract.records import Document
from etl.records import Issue
from etl.vocabulary.issues import issue

BATCH = 64
"""Pieces that go to a process at a time: enough that handing them over costs little beside reading them."""
_AHEAD = 3  # batches under way for each process

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What became of one piece of input (`size` bytes): one result a document, and issues."""

    size: int
    results: tuple[T, ...]
    issues: tuple[Issue, ...]


def stream(pieces: Iterable[Piece], work: Callable[[Document], T], workers: int = 1) -> Iterator[Done[T]]:
    """Yield what became of each piece, in order. With several workers `work` must be importable by name.

    An exception of `work` becomes a `document_failed` issue of its page: one page must not stop a million.
    """
    if workers <= 1:
        yield from (_done(piece, work) for piece in pieces)
        return
    waiting = iter(pieces)
    # Spawned, not forked: the same on every system, and safe beside the threads of libraries.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        under_way: deque[Future[list[Done[T]]]] = deque()
        try:
            while batch := list(islice(waiting, BATCH)):
                under_way.append(pool.submit(_batch, batch, work))
                if len(under_way) >= workers * _AHEAD:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _batch(pieces: list[Piece], work: Callable[[Document], T]) -> list[Done[T]]:
    return [_done(piece, work) for piece in pieces]


def _done(piece: Piece, work: Callable[[Document], T]) -> Done[T]:
    results: list[T] = []
    issues: list[Issue] = []
    for item in read_piece(piece):
        if isinstance(item, Issue):
            issues.append(item)
            continue
        try:
            results.append(work(item))
        except Exception as error:
            why = f"{type(error).__name__}: {str(error)[:120]}"
            issues.append(issue("document_failed", piece.ref, value=item.id, why=why))
    return Done(piece.size, tuple(results), tuple(issues))
