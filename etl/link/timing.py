"""How well two reports agree on when it happened, given how precisely each says so.

A day agrees with a month that holds it, less strongly than with the same day. Where one report is undated,
its publication says something: news comes soon after the event and never before it. A date that was filled in
from another outlet's report is not the row's own word: its levels end in `_carried` and weigh less.
"""

from __future__ import annotations

from dataclasses import dataclass

from etl.link.profile import Profile

DAY_LEVELS = ((0, "same_day"), (1, "next_day"), (3, "days"), (8, "week"), (31, "month"))
NEWS_LEVELS = ((3, "published_at_once"), (14, "published_soon"), (60, "published_later"))
NEAR_DAYS = 10
"""A month ends and the report of it comes in the next: announcement days differ by about as much."""
OTHER_DAYS = 62
CLASH_DAYS = 7
COARSE_CLASH_DAYS = 31
"""Days that reports of one seizure may be apart by their own dates, and by months or years that they name."""
PUBLICATION_SLIP_DAYS = 3
FOREVER = 10_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """What a group's reports themselves say of its time: extremes over all of them, as ordinals.

    `first`: the latest beginning told, `last`: the earliest end told, `known_by`: the earliest publication.
    Days that are only the page's own (basis `published`) tell nothing here, for a re-announcement has one
    too, but no page knows of a seizure that comes after it.
    """

    first: int = -FOREVER
    last: int = FOREVER
    known_by: int = FOREVER

    def __or__(self, other: Told) -> Told:
        return Told(
            max(self.first, other.first), min(self.last, other.last), min(self.known_by, other.known_by)
        )

    def clashes(self, other: Told) -> bool:
        """Whether some two reports of the groups can't be of one seizure, whatever else agrees."""
        return (
            self.first - other.last > CLASH_DAYS
            or other.first - self.last > CLASH_DAYS
            or self.first - other.known_by > PUBLICATION_SLIP_DAYS
            or other.first - self.known_by > PUBLICATION_SLIP_DAYS
        )


def told(p: Profile) -> Told:
    """What one report says of its time, coarse dates widened: months are named loosely."""
    known_by = FOREVER if p.latest is None else p.latest
    if p.first is None or p.last is None or not p.own_day:
        return Told(known_by=known_by)
    slack = 0 if p.precision == "day" else COARSE_CLASH_DAYS - CLASH_DAYS
    return Told(p.first - slack, p.last + slack, known_by)


def date(a: Profile, b: Profile) -> str:
    """Level of agreement in time, "" where nothing can be said."""
    if a.first is not None and b.first is not None:
        level = _both_dated(a, b)
    elif a.first is not None:
        level = _one_dated(a, b)
    elif b.first is not None:
        level = _one_dated(b, a)
    else:
        return _undated(a, b)
    return f"{level}_carried" if level and (a.carried or b.carried) else level


def days_apart(a: Profile, b: Profile) -> int | None:
    """Days between the spans that two reports name, 0 where they overlap, None where one names none."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    return max(0, a.first - b.last, b.first - a.last)


def _both_dated(a: Profile, b: Profile) -> str:
    gap = days_apart(a, b) or 0
    coarse = {a.precision, b.precision} & {"month", "year"}
    if not coarse:
        return next((level for limit, level in DAY_LEVELS if gap <= limit), "apart")
    span = "year" if "year" in coarse else "month"
    if gap == 0:
        return f"same_{span}"
    return f"near_{span}" if gap <= NEAR_DAYS else f"other_{span}" if gap <= OTHER_DAYS else "apart"


def _one_dated(dated: Profile, other: Profile) -> str:
    if other.latest is None or dated.first is None or dated.last is None:
        return ""
    if other.latest < dated.first - 1:
        return "published_before"
    if other.background or other.published is None or dated.precision == "year":
        return ""
    late = other.published - dated.last
    return next((level for limit, level in NEWS_LEVELS if late <= limit), "published_long_after")


def _undated(a: Profile, b: Profile) -> str:
    if a.published is None or b.published is None or a.background or b.background:
        return ""
    late = abs(a.published - b.published)
    return "out_together" if late <= 3 else "out_weeks" if late <= 30 else "out_apart"
