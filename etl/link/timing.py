"""How well two reports agree on when it happened, given how precisely each says so.

A day agrees with a month that holds it, less strongly than with the same day. Where one report is undated,
its publication says something: news comes soon after the event and never before it. A date that was filled in
from another outlet's report is not the row's own word: its levels end in `_carried` and weigh less.
"""

from __future__ import annotations

from etl.link.profile import Profile

DAY_LEVELS = ((0, "same_day"), (1, "next_day"), (3, "days"), (8, "week"), (31, "month"))
NEWS_LEVELS = ((3, "published_at_once"), (14, "published_soon"), (60, "published_later"))
NEAR_DAYS = 10
"""A month ends and the report of it comes in the next: announcement days differ by about as much."""
OTHER_DAYS = 62


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
