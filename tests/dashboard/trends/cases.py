"""Made series: seizures spread evenly over a period, with the sizes that a case asks for."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

EARLIER = (date(2024, 7, 1), date(2024, 12, 31))
LATER = (date(2025, 1, 1), date(2025, 7, 3))  # as long: 184 days
QUERY = "scope=iq&from=2025-01-01&to=2025-07-03&vs=2024-07-01..2024-12-31"
USUAL = (100_000.0, 200_000.0, 300_000.0, 150_000.0)


def spread(
    n: int, period: tuple[date, date], sizes: Sequence[float | None] = (), **more: Any
) -> list[dict[str, Any]]:
    """`n` seizures at even distances; the first have the given sizes, the rest take turns in the usual ones."""
    first, last = period
    step = ((last - first).days + 1) / n
    return [
        {
            "date_start": (first + timedelta(days=int(step * (i + 0.5)))).isoformat(),
            "tablets": sizes[i] if i < len(sizes) else USUAL[i % len(USUAL)],
            **more,
        }
        for i in range(n)
    ]


def collected(
    first: date, last: date, silent: tuple[date, date] | None = None, source: str = "a"
) -> list[dict[str, Any]]:
    """A source that lists and delivers a page a day, but for the silent days."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return [
        {
            "source": source,
            "day": day.isoformat(),
            "listed": 1,
            "relevant": 1,
            "fetched": 1,
            "claims": 0,
            "failed": 0,
        }
        for day in days
        if silent is None or not silent[0] <= day <= silent[1]
    ]
