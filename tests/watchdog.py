"""Ends a test that would hang. It is no measure of speed: what it bounds takes a hundredth of the time."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_S = 120


@contextmanager
def no_hanging(seconds: int = PATIENCE_S) -> Iterator[None]:
    """Fail where the block has not ended by then. Only in the main thread, which tests run in."""

    def bark(*_: object) -> None:
        raise AssertionError(f"not done after {seconds} s: it hangs")

    before = signal.signal(signal.SIGALRM, bark)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
