"""Days on which the way of collecting changed: it starts by itself, sources join, leave or are altered.

They are marked on every time series; a comparison across one carries a warning (analyst requirements 1.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.filters import Span
from dashboard.i18n import DEFAULT, day, t
from dashboard.release import Snapshot, per_release

CHANGES = ("added", "removed", "changed")
NAMED = 3  # changes that a sentence names one by one
_WORD = {"added": "added", "removed": "removed", "changed": "altered"}


@dataclass(frozen=True, slots=True)
class Mark:
    """All changes of one day. `live`: on this day the automatic collection begins."""

    day: date
    live: bool = False
    added: int = 0
    removed: int = 0
    changed: int = 0

    def what(self, lang: str = DEFAULT, *, in_full: bool = True) -> str:
        """`live collection starts`, or `list of sources changed: 2 added, 1 removed`."""
        if self.live:
            return t("marks.live", lang=lang)
        if not in_full:
            return t("marks.changed_short", lang=lang)
        counts = [(name, getattr(self, name)) for name in CHANGES]
        parts = [t(f"marks.{_WORD[name]}", lang=lang, n=n) for name, n in counts if n]
        return t("marks.changed", lang=lang, what=t("figure.list_join", lang=lang).join(parts))


@per_release(1)
def marks(snapshot: Snapshot) -> tuple[Mark, ...]:
    """The marks of a release, oldest first; none in a release that nothing was collected for by itself."""
    changes = days(snapshot.table("source_changes"))
    begun = [*changes["day"], *days(snapshot.table("coverage"))["day"]]
    if not begun:
        return ()
    first = min(begun)
    found = [Mark(first.date(), live=True)]
    if "change" in changes:
        later = changes[changes["day"] > first]
        counted = later.groupby(["day", "change"]).size().unstack(fill_value=0)
        for when, row in counted.iterrows():
            added, removed, changed = (int(row.get(name, 0)) for name in CHANGES)
            if added or removed or changed:
                found.append(Mark(pd.Timestamp(str(when)).date(), False, added, removed, changed))
    return tuple(found)


def days(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a day, as `datetime64`; none, but that column, where there is no such table."""
    if "day" not in frame:
        return pd.DataFrame({"day": pd.Series(dtype="datetime64[ns]")})
    dated = frame.assign(day=pd.to_datetime(frame["day"], errors="coerce", format="%Y-%m-%d"))
    return dated[dated["day"].notna()]


def across(found: tuple[Mark, ...], span: Span, other: Span | None) -> tuple[Mark, ...]:
    """The marks inside two compared periods or between them; a change on the very first day parts nothing."""
    if other is None:
        return ()
    starts = [one.start for one in (span, other)]
    known = [start for start in starts if start is not None]
    first = min(known) if len(known) == len(starts) else None
    last = max(span.end, other.end)
    return tuple(one for one in found if (first is None or one.day > first) and one.day <= last)


def told(found: tuple[Mark, ...], lang: str = DEFAULT, *, in_full: bool = True) -> str:
    """`22 Nov 2026, live collection starts; 3 Dec 2026, list of sources changed: 1 added`, the first few."""
    parts = [
        t("marks.part", lang=lang, day=day(one.day, lang), what=one.what(lang, in_full=in_full))
        for one in found[:NAMED]
    ]
    if rest := len(found) - NAMED:
        parts += [t("marks.more", lang=lang, n=rest)] if rest > 0 else []
    return t("figure.clause_join", lang=lang).join(parts)


def warning(found: tuple[Mark, ...], lang: str = DEFAULT) -> str:
    """What a comparison across these marks must say; "" without one."""
    return t("marks.warning", lang=lang, parts=told(found, lang, in_full=False)) if found else ""
