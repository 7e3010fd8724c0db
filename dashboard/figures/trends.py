"""Events and tablets over time. Axes end with the data; what has no date is counted beside, never drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from dashboard import i18n
from dashboard.figures import collected, policy
from dashboard.figures.collected import NOTHING, Collected, hatched
from dashboard.figures.template import Sketch, empty, rgba
from dashboard.figures.view import Look, View
from dashboard.figures.when import GRAINS, PERIODS, Calendar, periods, undated
from dashboard.trends.outages import Outage

HEIGHT = 300
_LINE = 15  # px a line of a tick's label
MOST_COUNTRIES = 4  # more than this and the smaller ones are drawn together
OTHER = "other"
_NAMED = 3  # outages that a note names
READ = (
    *("event_id", "date_start", "date_end", "date_not_before", "date_not_after", "date_precision"),
    *("country", "admin1", "place"),
    *("tablets_low", "tablets_best", "tablets_high", "possible_duplicate_of", "review_status", "transport"),
    *PERIODS.values(),
)
"""The columns of seizures that it is made of."""


@dataclass(frozen=True)
class Series:
    """Events placed in the periods of an axis, with the colours and countries to draw them in.

    `main` holds the events and `beside` the pills of unstated kind that a period could be given, each with a
    `period` column. `left_out` says why the rest are not drawn: undated, or known less precisely than
    the period. `tinted`: the first and last day of a period that is set off; `silent`: outages of sources.
    """

    calendar: Calendar
    main: pd.DataFrame
    beside: pd.DataFrame
    countries: tuple[str, ...]
    total: int
    undated: int
    coarser: int
    collected: Collected = NOTHING
    tinted: tuple[date, date] | None = None
    silent: tuple[Outage, ...] = ()

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
    tinted: tuple[date, date] | None = None,
    silent: tuple[Outage, ...] = (),
) -> Series:
    """Place events (and, apart, pills of unstated kind) in the months, quarters or years of one axis.

    `undated_events` are counted elsewhere (they can't be in a period) and named in the note. Without
    `start` the axis begins with the first dated event. Events after `complete_to` are drawn nowhere; where
    reports of that time await review, the axis goes on, hatched.
    """
    events, unstated = (frame[[name for name in READ if name in frame]] for frame in (events, unstated))
    earliest = min(
        (day for frame in (events, unstated) if not pd.isna(day := frame["date_start"].min())), default=None
    )
    first = start or (complete_to if earliest is None else earliest.date())
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
        countries=_countries(pd.concat([events["country"], unstated["country"]])),
        total=total,
        undated=dateless + undated_events,
        coarser=total - drawn - dateless,
        collected=found,
        tinted=tinted,
        silent=silent,
    )


def _placed(frame: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    period = periods(frame, calendar.grain)
    inside = period.between(calendar.starts[0], calendar.counted[-1])
    return frame.take(np.flatnonzero(inside)).assign(period=period[inside])


def _countries(codes: pd.Series) -> tuple[str, ...]:
    found = codes.value_counts()
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
        ticktext=(texts := _ticks(shown, calendar, look)),
        tickangle=0,  # plotly would turn those that it takes for too wide
        showline=True,
    )
    _make_room(figure, texts)
    notes = (*_tint(figure, found, look), *policy.mark(figure, starts[0], end, look))
    notes = (*notes, *outage_spans(figure, found.silent, (starts[0], end), look))
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


def _tint(figure: Sketch, found: Series, look: Look) -> tuple[str, ...]:
    """The later of two compared periods on a pale ground; returns its key."""
    if found.tinted is None:
        return ()
    first, last = found.tinted
    figure.add_shape(
        type="rect", x0=first, x1=last + timedelta(days=1), xref="x", y0=0, y1=1, yref="paper", layer="below",
        line={"width": 0}, fillcolor=rgba(look.palette.accent, 0.07),
    )  # fmt: skip
    days = {"first": i18n.day(first, look.lang), "last": i18n.day(last, look.lang)}
    return (i18n.t("trends.key.tinted", lang=look.lang, **days),)


def outage_spans(
    figure: Sketch, outages: tuple[Outage, ...], span: tuple[pd.Timestamp, pd.Timestamp], look: Look
) -> tuple[str, ...]:
    """Bars at the foot of a chart for the days on which a source gave nothing; returns their key."""
    seen = [one for one in outages if pd.Timestamp(one.end) >= span[0] and pd.Timestamp(one.start) < span[1]]
    for one in seen:
        figure.add_shape(
            type="line", x0=max(pd.Timestamp(one.start), span[0]), x1=one.end + timedelta(days=1),
            xref="x", y0=0.012, y1=0.012, yref="paper", line={"width": 5, "color": look.palette.alert},
        )  # fmt: skip
    if not seen:
        return ()
    parts = [
        i18n.t("trends.key.outage", lang=look.lang, source=one.source,
               first=i18n.day(one.start, look.lang), last=i18n.day(one.end, look.lang))
        for one in seen[:_NAMED]
    ]  # fmt: skip
    if rest := len(seen) - _NAMED:
        parts += [look.t("and_more", n=rest)] if rest > 0 else []
    return (i18n.t("trends.key.outages", lang=look.lang, n=len(seen), parts=i18n.clauses(parts, look.lang)),)


def _make_room(figure: Sketch, texts: list[str]) -> None:
    """A month in two words and its year take three lines: the figure grows by the third."""
    more = _LINE * max(0, *(text.count("<br>") - 1 for text in texts))
    margin = figure.layout.get("margin")
    if more and margin:
        figure.update_layout(height=figure.layout["height"] + more, margin={"b": margin["b"] + more})


def _ticks(starts: pd.DatetimeIndex, calendar: Calendar, look: Look) -> list[str]:
    if calendar.grain == "year":
        return [str(start.year) for start in starts]
    texts, year = [], None
    for start in starts:
        short = (
            look.t("trend.quarter_tick", quarter=start.quarter)
            if calendar.grain == "quarter"
            else "<br>".join(i18n.month_name(start, look.lang).split())
        )
        texts.append(short if start.year == year else f"{short}<br>{start.year}")
        year = start.year
    return texts


def nothing(look: Look) -> View:
    """What stands where no event has a date that fits."""
    text = look.t("trend.none")
    return View(empty(look.palette, HEIGHT, text), text, pd.DataFrame, 0, 0)
