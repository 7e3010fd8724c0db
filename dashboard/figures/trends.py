"""Events and tablets over time. Axes end with the data; what has no date is counted beside, never drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.figures import policy
from dashboard.figures.template import Sketch, bar, empty, hatch
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

    @property
    def drawn(self) -> int:
        return len(self.main) + len(self.beside)


def series(
    events: pd.DataFrame,
    unstated: pd.DataFrame,
    *,
    grain: str,
    start: date | None,
    complete_to: date,
    undated_events: int = 0,
) -> Series:
    """Place events (and, apart, pills of unstated kind) in the months, quarters or years of one axis.

    `undated_events` are counted elsewhere (they can't be in a period) and named in the note. Without
    `start` the axis begins with the first dated event. Events after `complete_to` are outside the axis.
    """
    events, unstated = events[_COLUMNS], unstated[_COLUMNS]
    dated = pd.concat([events, unstated])["date_start"].dropna()
    first = start or (dated.min().date() if len(dated) else complete_to)
    if start is None:  # an axis of the data's own length begins with a whole period
        first = pd.Timestamp(first).to_period(GRAINS[grain]).start_time.date()
    calendar = Calendar(grain, first, complete_to)
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
    )


def _placed(frame: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    period = periods(frame, calendar.grain)
    inside = period.between(calendar.starts[0], calendar.starts[-1])
    return frame.assign(period=period)[inside]


def _countries(frame: pd.DataFrame) -> tuple[str, ...]:
    found = frame["country"].value_counts()
    order = sorted(found.index, key=lambda code: (-int(found[code]), str(code)))
    return tuple(order) if len(order) <= MOST_COUNTRIES else (*order[: MOST_COUNTRIES - 1], OTHER)


def bucket(frame: pd.DataFrame, countries: tuple[str, ...]) -> pd.Series:
    """Each event's country as the chart names it."""
    return frame["country"].where(frame["country"].isin(countries), OTHER)


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


def time_axis(figure: Sketch, calendar: Calendar, look: Look) -> tuple[str, ...]:
    """The axis, the policy dates with their key, and the incomplete end. Returns notes for below
    the figure."""
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
        _hatched(figure, starts[0], late, look, look.t("trend.before_period"))
        notes = (*notes, look.t("trend.begins_late", period=calendar.name(starts[0], look.lang)))
    if incomplete := calendar.incomplete_from:
        _hatched(figure, incomplete, end, look, look.t("trend.incomplete_short"))
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
            else calendar.name(start, look.lang).split()[0]
        )
        texts.append(short if start.year == year else f"{short}<br>{start.year}")
        year = start.year
    return texts


def _hatched(figure: Sketch, start: pd.Timestamp, end: pd.Timestamp, look: Look, text: str) -> None:
    """A part of a period for which there can be no data: hatched from top to bottom."""
    marker = hatch(look.palette, look.palette.rule_strong)
    marker["pattern"]["solidity"] = 0.14
    figure.add_trace(
        bar(
            x=[start + (end - start) / 2],
            y=[1],
            width=[(end - start).total_seconds() * 1000],
            yaxis="y9",
            marker={**marker, "line": {"width": 0}},
            hovertemplate=text + "<extra></extra>",
        )
    )
    # The hatching's axis lies under the chart's, so that bars and marks stay clear.
    figure.update_layout(
        yaxis9={
            "range": [0, 1],
            "visible": False,
            "fixedrange": True,
            "domain": figure.layout.get("yaxis", {}).get("domain", [0, 1]),
        },
        yaxis={"overlaying": "y9"},
    )


def nothing(look: Look) -> View:
    """What stands where no event has a date that fits."""
    text = look.t("trend.none")
    return View(empty(look.palette, HEIGHT, text), text, pd.DataFrame, 0, 0)
