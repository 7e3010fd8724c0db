"""Readers that hang, die and hoard: found by name in the processes that run them."""

import os
import time
from pathlib import Path


def sleeps(seconds: float) -> str:
    time.sleep(seconds)
    return "awake"


def dies(code: int) -> str:
    os._exit(code)


def dies_at_first(mark: str, answer: str) -> str:
    """Ends its process, but not once the file `mark` is there."""
    end_at_first(mark)
    return answer


def end_at_first(mark: str) -> None:
    path = Path(mark)
    if not path.exists():
        path.touch()
        os._exit(9)


def hoards(size: int) -> str:
    return str(len(bytearray(size)))


class Heavy:
    """Ends the process that is handed it before it is taken up, but not once the file `mark` is there."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return _unpacked, (self.mark,)


def _unpacked(mark: str) -> Heavy:
    end_at_first(mark)
    return Heavy(mark)


def takes(page: float | Heavy) -> str:
    """Sleeps for a number of seconds; takes no time for anything else."""
    return sleeps(page if isinstance(page, float) else 0)
