"""Reading formats that can be made to burst: in a process of its own, with limits of time and memory.

A PDF or a workbook of a few kilobytes can unpack to gigabytes or send its reader round in circles, in ways
that no check of ours lists in full. So libraries for them run in a child that reads bytes on standard input,
writes JSON on standard output, holds no handle on anything else and is ended when it takes too much. The
modules of this package beside this one are such children; they import little, to start fast.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

MEMORY = 1 << 30
"""Bytes of address space of a child, its interpreter and libraries (about 0.2 GB) included."""


@dataclass(frozen=True, slots=True)
class BoundedError(Exception):
    """The child gave no answer. `why`: `time`, `memory` or `broken`."""

    why: str


def ask(module: str, data: bytes, *arguments: str, seconds: float) -> object:
    """Run `python -m etl.bounded.<module> <arguments>` on some bytes and return its JSON.

    Raises BoundedError. `seconds` is wall-clock time: meant to be far above what any honest file takes, since
    a reader that is slower on another day would give another answer.
    """
    command = [sys.executable, "-P", "-m", f"{__name__}.{module}", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BoundedError("time") from error
    if done.returncode == OUT_OF_MEMORY:
        raise BoundedError("memory")
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise BoundedError("broken") from error


OUT_OF_MEMORY = 12
"""Exit code of a child that reached its limit of memory."""


def _environment() -> dict[str, str]:
    """What a child needs to find the same modules, and nothing of what else may stand there."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)  # noqa: PTH109
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1", "OPENPYXL_LXML": "False"}
