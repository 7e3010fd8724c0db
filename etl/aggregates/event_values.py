"""Sizes and days of events, as the parts of totals are compared by."""

from __future__ import annotations

from datetime import date

from etl.records import Event


def size(event: Event, unit: str) -> float | None:
    """The event's best figure in tablets or kg, None where unknown."""
    choice = event.values.get(f"{unit}_best")
    return float(choice.value) if choice and isinstance(choice.value, (int, float)) else None


def day(event: Event, column: str) -> date | None:
    """A date column of the event, None where blank."""
    choice = event.values.get(column)
    return choice.value if choice and isinstance(choice.value, date) else None
