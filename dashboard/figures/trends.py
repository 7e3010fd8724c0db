"""Events and tablets over time. Axes end with the data; what has no date is counted beside, never drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard import i18n
from dashboard.figures import collected, policy
from dashboard.figures.collected import NOTHING, Collected, hatched
from dashboard.figures.template import Sketch, empty
from dashboard.figures.view import Look, View
from dashboard.figures.when import GRAINS, Calendar, periods, undated

HEIGHT = 300
MOST_COUNTRIES = 4  # more than this and the smaller ones are drawn together
OTHER = "other"
_COLUMNS = [
    *("event_id", "date_start", "date_end", "date_precision", "country", "admin1", "place"),
    *("tablets_low", "tablets_best", "tablets_high", "possible_duplicate_of", "review_status"),
]


@dataclass(frozen=True)
class Series:
    """Events placed in the periods of an axis, with the colours and countries to draw them in.

    `main` holds the events and `beside` the pills of unstated kind that a period could be given, each with a
    `period` column. `left_out` says why the rest are not drawn: undated, or known less precisely than
    the period.
    """

    calendar: Calendar
    main: pd.DataFrame
    beside: pd.DataFrame
    countries: tuple[str, ...]
    total: int
    undated: int
    coarser: int
    collected: Collected = NOTHING

    @property
    def drawn(self) -> int:
        return len(self.main) + len(self.beside)

    def spoken(self, summary: str, look: Look) -> str:
        """A chart's summary with what it must say of its collection."""
        calendar = self.calendar
        span = (calendar.starts[0], calendar.end)
        return collected.spoken(summary, self.collected, span, calendar.complete_to, look)


def series(
    events: pd.DataFrame,
    unstated: pd.DataFrame,
    *,
    grain: str,
    start: date | None,
    complete_to: date,
    undated_events: int = 0,
    found: Collected = NOTHING,
) -> Series:
    """Place events (and, apart, pills of unstated kind) in the months, quarters or years of one axis.

    `undated_events` are counted elsewhere (they can't be in a period) and named in the note. Without
    `start` the axis begins with the first dated event. Events after `complete_to` are drawn nowhere; where
    reports of that time await review, the axis goes on, hatched.
    """
    events, unstated = events[_COLUMNS], unstated[_COLUMNS]
    dated = pd.concat([events, unstated])["date_start"].dropna()
    first = start or (dated.min().date() if len(dated) else complete_to)
    if start is None:  # an axis of the data's own length begins with a whole period
        first = pd.Timestamp(first).to_period(GRAINS[grain]).start_time.date()
    calendar = Calendar(grain, first, complete_to, found.last(complete_to))
    placed = [_placed(frame, calendar) for frame in (events, unstated)]
    dateless = int(undated(events).sum() + undated(unstated).sum())
    total = len(events) + len(unstated)
    drawn = sum(len(frame) for frame in placed)
    return Series(
        calendar=calendar,
        main=placed[0],
        beside=placed[1],
        countries=_countries(pd.concat([events, unstated])),
        total=total,
        undated=dateless + undated_events,
        coarser=total - drawn - dateless,
        collected=found,
    )


def _placed(frame: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    period = periods(frame, calendar.grain)
    inside = period.between(calendar.starts[0], calendar.counted[-1])
    return frame.assign(period=period)[inside]


def _countries(frame: pd.DataFrame) -> tuple[str, ...]:
    found = frame["country"].value_counts()
    found = found[found > 0]
    order = sorted(found.index, key=lambda code: (-int(found[code]), str(code)))
    return tuple(order) if len(order) <= MOST_COUNTRIES else (*order[: MOST_COUNTRIES - 1], OTHER)


def bucket(frame: pd.DataFrame, countries: tuple[str, ...]) -> pd.Series:
    """Each event's country as the chart names it."""
    names = {code: code if code in countries else OTHER for code in frame["country"].unique()}
    return frame["country"].map(names).astype(object)


def name(code: str, look: Look) -> str:
    return look.t("other_countries") if code == OTHER else look.country(code)


def left_out(found: Series, look: Look) -> str:
    """`shows x of y events; n undated not drawn ...`: under every chart with a time axis."""
    parts = [look.t("trend.shows", drawn=found.drawn, total=found.total)]
    if found.undated:
        parts.append(look.t("trend.undated", n=found.undated))
    if found.coarser:
        parts.append(look.t("trend.coarser", n=found.coarser, grain=look.t(f"grain.{found.calendar.grain}")))
    return look.t("clause_join").join(parts)


def time_axis(figure: Sketch, found: Series, look: Look) -> tuple[str, ...]:
    """The axis, the policy dates, marks of the collection, the incomplete end. Returns notes for below it."""
    calendar = found.calendar
    starts, end = calendar.starts, calendar.end
    every = max(1, -(-len(starts) // 9))
    shown = starts[::-1][::every][::-1]
    middles = [start + calendar.length(start) / 2 for start in shown]
    figure.update_xaxes(
        type="date",
        range=[starts[0], end],
        tickvals=middles,
        ticktext=_ticks(shown, calendar, look),
        showline=True,
    )
    notes = policy.mark(figure, starts[0], end, look)
    if late := calendar.begins_late:
        hatched(figure, starts[0], late, look, look.t("trend.before_period"))
        notes = (*notes, look.t("trend.begins_late", period=calendar.name(starts[0], look.lang)))
    notes = (*notes, *collected.draw_marks(figure, found.collected, (starts[0], end), look))
    if found.collected.awaiting:
        notes = (*notes, *collected.draw_awaiting(figure, calendar, found.collected, look))
    elif incomplete := calendar.incomplete_from:
        hatched(figure, incomplete, end, look, look.t("trend.incomplete_short"))
        notes = (*notes, look.t("trend.incomplete", period=calendar.name(starts[-1], look.lang)))
    return notes


def _ticks(starts: pd.DatetimeIndex, calendar: Calendar, look: Look) -> list[str]:
    if calendar.grain == "year":
        return [str(start.year) for start in starts]
    texts, year = [], None
    for start in starts:
        short = (
            look.t("trend.quarter_tick", quarter=start.quarter)
            if calendar.grain == "quarter"
            else i18n.month_name(start, look.lang).replace("\N{NO-BREAK SPACE}", " ")
        )
        texts.append(short if start.year == year else f"{short}<br>{start.year}")
        year = start.year
    return texts


def nothing(look: Look) -> View:
    """What stands where no event has a date that fits."""
    text = look.t("trend.none")
    return View(empty(look.palette, HEIGHT, text), text, pd.DataFrame, 0, 0)
