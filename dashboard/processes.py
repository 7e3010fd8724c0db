"""Several processes that answer on one port and share the memory of the release."""

from __future__ import annotations

import gc
import logging
import os
import threading

log = logging.getLogger(__name__)

MOST = 2
"""Processes by default, where there are so many processors: enough for fifty readers (docs/benchmarks.md)."""


def usual() -> int:
    """One for each processor that this process may use, `MOST` at most; one where there is no fork."""
    if not hasattr(os, "fork"):
        return 1
    own = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return min(MOST, len(own))


def split(count: int) -> None:
    """Go on as `count` processes; what is in memory by now is shared as long as nobody changes it.

    The others end with the first one, whatever ends it. Call before threads are started. Where there is no
    fork (Windows), nothing happens.
    """
    if count < 2 or not hasattr(os, "fork"):
        return
    gc.collect()
    gc.freeze()  # the collector writes into what it looks at, and would make each process a copy of its own
    watched, held = os.pipe()
    children = []
    for _ in range(count - 1):
        child = os.fork()
        if not child:
            os.close(held)  # open in the first process alone: its end is the end of the pipe
            threading.Thread(target=_end_with, args=(watched,), daemon=True, name="parent").start()
            return
        children.append(child)
    os.close(watched)
    for child in children:
        threading.Thread(target=_notice, args=(child,), daemon=True, name="child").start()


def _end_with(pipe: int) -> None:
    os.read(pipe, 1)
    os._exit(0)


def _notice(child: int) -> None:
    """One process less answers as well, only not as many: said, for whoever reads the log."""
    _, status = os.waitpid(child, 0)
    log.error("a process of the dashboard ended (%s); the others go on", os.waitstatus_to_exitcode(status))
