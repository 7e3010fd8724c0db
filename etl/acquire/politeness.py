"""Turns at a host: so many requests at a time, so far apart, first come first served, whatever the thread."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from etl.acquire.failures import failure

_SLICE = 0.5  # seconds after which one who waits looks whether to stop
_MOST_HOSTS = 5000


class _Host:
    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.waiting: deque[object] = deque()
        self.running = 0
        self.next_at = 0.0  # on the monotonic clock, which no one sets back
        self.closed_until = 0.0


class Politeness:
    """`delay_s` lies between the beginnings of two requests to a host, at most `per_host` run at once."""

    def __init__(self, delay_s: float, per_host: int, longest_wait_s: float) -> None:
        self._delay_s = delay_s
        self._per_host = per_host
        self._longest_wait_s = longest_wait_s
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, name: str, stop: threading.Event | None = None, delay_s: float = 0.0) -> Iterator[None]:
        """Wait for a turn at a host and hold it within the block. `delay_s`: what the host itself asks for.

        Raises FetchError: `stopped`, or `host_asked_to_wait` where the host wants to be left alone for longer
        than is worth waiting.
        """
        host = self._host(name)
        ticket = object()
        with host.changed:
            host.waiting.append(ticket)
            try:
                self._wait(host, ticket, stop)
                host.next_at = time.monotonic() + max(self._delay_s, delay_s)
                host.running += 1
            finally:
                host.waiting.remove(ticket)
                host.changed.notify_all()
        try:
            yield
        finally:
            with host.changed:
                host.running -= 1
                host.changed.notify_all()

    def close(self, name: str, seconds: float) -> None:
        """Leave a host alone for some time, as it asked."""
        host = self._host(name)
        with host.changed:
            host.closed_until = max(host.closed_until, time.monotonic() + seconds)

    def _wait(self, host: _Host, ticket: object, stop: threading.Event | None) -> None:
        while True:
            if stop is not None and stop.is_set():
                raise failure("stopped")
            now = time.monotonic()
            closed = host.closed_until - now
            if closed > self._longest_wait_s:
                raise failure("host_asked_to_wait", retry_after=closed, seconds=round(closed))
            early = max(host.next_at - now, closed)
            first = host.waiting[0] is ticket and host.running < self._per_host
            if first and early <= 0:
                return
            host.changed.wait(min(early, _SLICE) if first else _SLICE)

    def _host(self, name: str) -> _Host:
        with self._lock:
            if len(self._hosts) > _MOST_HOSTS:
                now = time.monotonic()
                self._hosts = {
                    key: host
                    for key, host in self._hosts.items()
                    if host.waiting or host.running or max(host.next_at, host.closed_until) > now
                }
            return self._hosts.setdefault(name, _Host())
