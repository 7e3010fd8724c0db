"""The frame of a child: limits first, then bytes in, JSON out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import NoReturn

from etl.bounded import MEMORY, OUT_OF_MEMORY

_CPU_SECONDS = 300
"""Ends a child whose parent was killed and can't end it any more."""


def answer(read: Callable[[bytes], object]) -> NoReturn:
    """Write what `read` makes of standard input as JSON, and leave."""
    limit(MEMORY, _CPU_SECONDS)
    try:
        text = json.dumps(read(sys.stdin.buffer.read()), ensure_ascii=True)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.write(text)
    sys.stdout.flush()
    sys.exit(0)


def limit(memory: int, cpu_seconds: int | None = None) -> None:
    """Bound this process's address space (bytes) and processor time, on systems that can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    for what, wanted in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_seconds)):
        if wanted is not None:
            _, hard = resource.getrlimit(what)
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(what, (most, most))
