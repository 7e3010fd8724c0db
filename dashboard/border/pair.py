"""The two periods of the border page: what the filters choose in each, and what lies at the line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.border.position import crossed_elsewhere, on_line
from dashboard.filters import Filters, Span
from dashboard.i18n import DEFAULT
from dashboard.release import Snapshot, per_release
from dashboard.selection import Selection, spoken
from dashboard.stats import MIN_EVENTS


@dataclass(frozen=True, eq=False)
class Period:
    """One of the periods: its events and, beside them, the pills of unstated kind."""

    name: str  # now, before
    span: Span
    events: pd.DataFrame
    unstated: pd.DataFrame

    @cached_property
    def at_line(self) -> pd.DataFrame:
        """Events with a position at the line."""
        return self.events[on_line(self.events)]

    @cached_property
    def unstated_at_line(self) -> pd.DataFrame:
        return self.unstated[on_line(self.unstated)]

    @cached_property
    def elsewhere(self) -> pd.DataFrame:
        """Stated to have crossed, without a position at the line; without pills of unstated kind."""
        return self.events[crossed_elsewhere(self.events)]

    @cached_property
    def unstated_elsewhere(self) -> pd.DataFrame:
        return self.unstated[crossed_elsewhere(self.unstated)]


@dataclass(frozen=True, eq=False)
class Pair:
    """The period chosen and the one it is compared with (None without one).

    Events chosen one by one (`ids`) are looked for in both periods, since the page draws both.
    """

    selection: Selection
    now: Period
    before: Period | None

    @property
    def periods(self) -> tuple[Period, ...]:
        """The earlier one first."""
        found = (self.now,) if self.before is None else (self.before, self.now)
        return tuple(sorted(found, key=lambda period: period.span.end))

    @property
    def comparable(self) -> bool:
        """Ten events at the line in each period: below that, nothing is compared (1.5)."""
        return self.before is not None and all(len(p.at_line) >= MIN_EVENTS for p in self.periods)

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """What the chart may draw: the events of both periods with the pills of unstated kind."""
        frames = [frame for period in self.periods for frame in (period.events, period.unstated)]
        return pd.concat(frames) if any(map(len, frames)) else frames[0]

    @cached_property
    def shown(self) -> pd.DataFrame:
        """What chart, map and list of the page show: at the line, or stated to have crossed it."""
        return self.drawn[on_line(self.drawn) | crossed_elsewhere(self.drawn)]

    @cached_property
    def undated_at_line(self) -> pd.DataFrame:
        """Events at the line on no known date: possibly of the period, in no figure."""
        return self.selection.undated[on_line(self.selection.undated)]


@per_release(64)
def pair(filters: Filters, snapshot: Snapshot, lang: str = DEFAULT) -> Pair:
    """The periods of a state of the filters; their tables name places in `lang`."""
    selection = spoken(filters.without("ids"), snapshot, lang)
    now = Period("now", selection.span, selection.events, selection.unstated_kind)
    before = None
    if selection.comparison is not None and selection.comparison_span is not None:
        unstated = selection.comparison_unstated
        beside = selection.events.iloc[:0] if unstated is None else unstated
        before = Period("before", selection.comparison_span, selection.comparison, beside)
    if filters.ids:
        now, before = _only(now, filters.ids), before and _only(before, filters.ids)
    return Pair(selection, now, before)


def _only(period: Period, ids: tuple[str, ...]) -> Period:
    """A period with the events of these ids alone."""
    events, unstated = (frame[frame["event_id"].isin(ids)] for frame in (period.events, period.unstated))
    return Period(period.name, period.span, events, unstated)
