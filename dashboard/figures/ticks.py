"""Where the ticks of an axis of numbers stand."""

from __future__ import annotations

from itertools import count
from math import ceil, log10


def round_step(top: float, parts: float = 5) -> int:
    """The smallest of 1, 2 and 5 times a power of ten that divides 0 to `top` into `parts` at most."""
    steps = (m * int(10**e) for e in count() for m in (1, 2, 5))
    return next(step for step in steps if top / step <= parts)


def powers(low: float, high: float) -> list[float]:
    """The powers of ten between two positive numbers, neither of them included."""
    return [10.0**e for e in range(int(log10(low)) - 1, ceil(log10(high)) + 1) if low < 10.0**e < high]
