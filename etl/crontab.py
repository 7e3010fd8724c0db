"""Crontab expressions: what five fields mean, or what is wrong with them in plain words.

The scheduler's own reading of a crontab line differs from cron's in two ways that nobody would notice until
a run is missed: it counts weekdays from Monday, cron from Sunday; and where both a day of the month and a
weekday are given, cron takes either, the scheduler only days that are both. Weekdays are therefore handed
over by name, and the second form is refused.
"""

from __future__ import annotations

import re
from copy import copy
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger

FIELDS = {
    "minute": "minute",
    "hour": "hour",
    "day of the month": "day",
    "month": "month",
    "weekday": "day_of_week",
}
"""The five fields in order, by what the scheduler calls them."""
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAY = r"(?:[0-7]|sun|mon|tue|wed|thu|fri|sat)"
_PART = re.compile(rf"(?:\*|({_DAY})(?:-({_DAY}))?)(?:/([1-7]))?", re.ASCII)
_GAPS = 200  # times looked at for the shortest gap: more than a day of a run every ten minutes


class ScheduleError(ValueError):
    """An expression that no schedule follows from; the message says what is wrong with it."""


def cron_trigger(expression: str, *, timezone: str = "UTC", jitter_s: int = 0) -> CronTrigger:
    """Return the trigger of five crontab fields, each time delayed by up to `jitter_s` seconds at random.

    Raises ScheduleError: not five fields, a field that can't be read, a time that never comes, an unknown
    time zone, or a jitter so long that one time could be delayed past the next, which would then be lost.
    """
    fields = expression.split()
    if len(fields) != len(FIELDS):
        raise ScheduleError(
            f"the schedule {expression!r} has {len(fields)} field(s); five are needed: {', '.join(FIELDS)}. "
            'Example: "15 */6 * * *" is a quarter past every sixth hour.'
        )
    values = {
        key: _read(name, key, field, expression)
        for (name, key), field in zip(FIELDS.items(), fields, strict=True)
    }
    if fields[2] != "*" and fields[4] != "*":
        raise ScheduleError(
            f"the schedule {expression!r} names both a day of the month and a weekday, which programs read "
            "differently (cron: either; others: both). Leave one of them as *."
        )
    try:
        trigger = CronTrigger(**values, timezone=ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ScheduleError(
            f"there is no time zone {timezone!r}; use UTC or a name like Asia/Baghdad."
        ) from error
    gap = _shortest_gap(trigger)
    if gap is None:
        raise ScheduleError(f"the schedule {expression!r} names a time that never comes.")
    if timedelta(seconds=jitter_s) >= gap:
        raise ScheduleError(
            f"a jitter of {jitter_s} s is not less than the shortest time between two runs of {expression!r} "
            f"({gap}); a run could be delayed past the next. Give a shorter jitter."
        )
    return with_jitter(trigger, jitter_s)


def with_jitter(trigger: CronTrigger, jitter_s: int) -> CronTrigger:
    """The same times, each delayed by up to `jitter_s` seconds, drawn anew for each."""
    delayed = copy(trigger)
    delayed.jitter = jitter_s
    return delayed


def following(trigger: CronTrigger, moment: datetime) -> datetime | None:
    """The first time of the schedule after `moment`, without jitter; None where there is none."""
    after = moment + timedelta(microseconds=1)
    time: datetime | None = with_jitter(trigger, 0).get_next_fire_time(None, after)
    return time


def _read(name: str, key: str, field: str, expression: str) -> str:
    """The field as the scheduler takes it. Raises ScheduleError naming the field."""
    try:
        value = _weekdays(field) if key == "day_of_week" else field
        CronTrigger(**{key: value}, timezone=UTC)
    except ValueError as error:
        reason = str(error).rsplit(": ", 1)[-1]
        raise ScheduleError(
            f"the {name} {field!r} of the schedule {expression!r} can't be read: {reason}."
        ) from error
    return value


def _weekdays(field: str) -> str:
    """Cron's weekdays (0 and 7 are Sunday) by name, as the scheduler reads them."""
    if field == "*":
        return field
    days: set[int] = set()
    for part in field.lower().split(","):
        found = _PART.fullmatch(part)
        if not found:
            raise ValueError(f"{part!r} is no weekday (0-7 or sun-sat, Sunday is 0 or 7)")
        first, last, step = found.groups()
        start, end = (0, 6) if first is None else (_number(first), _number(last or first))
        if first and step and not last:
            end = 6
        if start > end and end == 0:
            end = 7  # fri-sun
        if start > end:
            raise ValueError(f"the weekdays {part!r} run backwards")
        days.update(day % 7 for day in range(start, end + 1, int(step or 1)))
    return ",".join(_DAYS[day] for day in sorted(days))


def _number(day: str) -> int:
    return int(day) if day.isdigit() else _DAYS.index(day)


def _shortest_gap(trigger: CronTrigger) -> timedelta | None:
    """Between two times of the schedule that follow each other; None where it has none."""
    moment = following(trigger, datetime.now(UTC))
    if moment is None:
        return None
    gap = timedelta.max
    for _ in range(_GAPS):
        after = following(trigger, moment)
        if after is None:
            break
        gap, moment = min(gap, after - moment), after
    return gap
