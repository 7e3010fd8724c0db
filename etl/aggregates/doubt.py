"""Whether what a bundle leaves over can be counted: only where none of it may be an event already.

An announcement that says neither how many seizures it adds up nor since when ("several attempts, period not
stated") may repeat any seizure of the months before. One that does say so is compared with the events that
fit its place, its days and its size. In doubt what is left is listed, not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from etl.aggregates.event_values import day, size
from etl.records import Aggregate, Event

LONGEST = timedelta(days=45)
"""Over a longer span an unstated number of seizures says nothing of which they are."""
SLACK = timedelta(days=3)
"""An announcement trails its seizures by up to this much."""
SAME = 0.02
"""How close the last missing seizure comes to what is left of an exact sum."""
VAGUE = frozenset({"pills_unspecified", "unspecified"})


def is_certain(total: Aggregate, others: Iterable[Event], left: float, open_places: int | None) -> bool:
    """Whether none of `others` (events that are no parts) may be in the `left` of `open_places` seizures.

    `left` is in the unit of the total; `open_places` None: the announcement doesn't say how many they are.
    """
    first, last = _window(total)
    if open_places is None and (first is None or last is None or last - first > LONGEST):
        return False
    return not any(
        _fits(event, total, left, open_places) and _in_time(event, first, last, sized=open_places == 1)
        for event in others
    )


def _window(total: Aggregate) -> tuple[date | None, date | None]:
    """The days that the total covers: its period, else its own date or the bounds of that."""
    start, end = total.values["period_start"], total.values["period_end"]
    if isinstance(start, date) or isinstance(end, date):
        return (start if isinstance(start, date) else None), (end if isinstance(end, date) else None)
    when = total.reports[0].claim.when
    return when.start or when.not_before, when.end or when.not_after


def _fits(event: Event, total: Aggregate, left: float, open_places: int | None) -> bool:
    """Whether place, kind and size allow the event inside: one missing seizure has a size of its own."""
    amount = size(event, str(total.values["unit"]))
    if amount is None or not (_same_place(event, total) and _same_kind(event, total)):
        return False
    qualifier, rounding = total.values["qualifier"], _rounding(float(str(total.values["best"])))
    most = left * (1 + SAME) + (rounding if qualifier in {"about", "over"} else 0)
    least = left * (1 - SAME) - (rounding if qualifier == "about" else 0)
    return amount <= most and (open_places != 1 or amount >= least)


def _rounding(best: float) -> float:
    """The last digit that a round figure gives: 1000 for 261,000. "More than" it is less than 262,000."""
    digits = f"{best:.0f}"
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))


def _in_time(event: Event, first: date | None, last: date | None, *, sized: bool) -> bool:
    """Whether the event's days allow it inside.

    Where its size speaks for it (`sized`) an unknown date is no objection; else only a date known to the
    month is a reason.
    """
    earliest = day(event, "date_start") or day(event, "date_not_before")
    latest = day(event, "date_end") or day(event, "date_not_after")
    too_late = last is not None and earliest is not None and earliest > last + SLACK
    too_early = first is not None and latest is not None and latest < first - SLACK
    known = last is not None and event.values["date_precision"].value not in {"none", "year"}
    return not too_late and not too_early and (sized or known)


def _same_place(event: Event, total: Aggregate) -> bool:
    """Whether the event may lie where the total does: no governorate of the one excludes the other."""
    there = event.values.get("admin1_code")
    codes = set(there.value) if there and isinstance(there.value, tuple) else set()
    named = [set(r.location.admin1_codes) for r in total.reports]
    return not codes or not all(named) or bool(codes & set().union(*named))


def _same_kind(event: Event, total: Aggregate) -> bool:
    groups = {r.drug_group for r in total.reports}
    return event.values["drug_group"].value in groups | VAGUE
