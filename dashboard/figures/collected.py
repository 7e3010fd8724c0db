"""How far a series can be trusted: where the way of collecting changed, and where reports still await review.

Changes are upright lines under a diamond, explained below the chart: its two sides do not compare.
Time after the day to which the data are complete is hatched (analyst requirements 1.1).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from dashboard import i18n
from dashboard.collection.marks import Mark, told
from dashboard.figures.template import SMALL, Sketch, bar, hatch
from dashboard.figures.view import Look
from dashboard.figures.when import Calendar

SIGN = "◆"
MOST_DAYS = 731
"""So far after the data's end an axis goes on at most: one misread date must not flatten a chart."""
_WIDE, _NARROW = 0.24, 0.035  # of an axis: where a label fits in three lines, where only an upright one


@dataclass(frozen=True)
class Collected:
    """What a series must say of its collection: `marks`, and the days of reports `awaiting` review."""

    marks: tuple[Mark, ...] = ()
    awaiting: tuple[date, ...] = ()

    def last(self, complete_to: date) -> date | None:
        """The last day of the axis where it goes on after the data's end."""
        if not self.awaiting:
            return None
        return min(self.awaiting[-1], complete_to + timedelta(days=MOST_DAYS))


NOTHING = Collected()


def draw_marks(
    figure: Sketch,
    found: Collected,
    span: tuple[pd.Timestamp, pd.Timestamp],
    look: Look,
    *,
    axes: tuple[str, ...] = ("x",),
) -> tuple[str, ...]:
    """Draw the marks inside `span` on each time axis; return their key (one note, or none)."""
    inside = _inside(found, span)
    for axis in axes:
        for one in inside:
            figure.add_shape(
                type="line", x0=one.day, x1=one.day, xref=axis, y0=0, y1=1, yref="paper",
                layer="below", line={"width": 1.25, "color": look.palette.ink, "dash": "7px,3px"},
            )  # fmt: skip
        for group in _gathered(inside, (span[1] - span[0]) / 50):
            figure.add_annotation(
                x=group[0].day, xref=axis, y=1, yref="paper", yanchor="bottom", text=SIGN,
                font={"size": SMALL, "color": look.palette.ink},
                hovertext="<br>".join(_hover(one, look) for one in group),
            )  # fmt: skip
    if not inside:
        return ()
    return (
        i18n.t(
            "marks.key" if len(inside) == 1 else "marks.key_many",
            lang=look.lang,
            parts=told(inside, look.lang),
        ),
    )


def _inside(found: Collected, span: tuple[pd.Timestamp, pd.Timestamp]) -> tuple[Mark, ...]:
    return tuple(one for one in found.marks if span[0] <= pd.Timestamp(one.day) < span[1])


def _gathered(marks: tuple[Mark, ...], gap: pd.Timedelta) -> list[list[Mark]]:
    """Marks whose signs would overlap share one."""
    groups: list[list[Mark]] = []
    for one in marks:
        if groups and pd.Timestamp(one.day) - pd.Timestamp(groups[-1][0].day) < gap:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _hover(one: Mark, look: Look) -> str:
    return i18n.t("marks.hover", lang=look.lang, day=i18n.day(one.day, look.lang), what=one.what(look.lang))


def hatched(
    figure: Sketch,
    start: pd.Timestamp,
    end: pd.Timestamp,
    look: Look,
    text: str,
    *,
    axis: str = "x",
) -> None:
    """A span for which there can be no figure: hatched from top to bottom, under the chart's own marks."""
    marker = hatch(look.palette, look.palette.rule_strong)
    marker["pattern"]["solidity"] = 0.14
    figure.add_trace(
        bar(
            x=[start + (end - start) / 2],
            y=[1],
            width=[(end - start).total_seconds() * 1000],
            xaxis=axis,
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


def draw_awaiting(figure: Sketch, calendar: Calendar, found: Collected, look: Look) -> tuple[str, ...]:
    """Hatch the time after the data's end, period by period, with its label; return its note."""
    counts = by_period(calendar, found)
    end_of_data = pd.Timestamp(calendar.complete_to + timedelta(days=1))
    for start in calendar.starts[calendar.starts >= calendar.counted[-1]]:
        begin, end = max(start, end_of_data), start + calendar.length(start)
        if begin < end:
            what = i18n.t("later.label", lang=look.lang, n=counts[start])
            period = calendar.name(start, look.lang)
            hatched(figure, begin, end, look, i18n.t("later.hover", lang=look.lang, period=period, what=what))
    label(figure, (calendar.starts[0], calendar.end), end_of_data, found, look)
    return (note(calendar.complete_to, found, look),)


def by_period(calendar: Calendar, found: Collected) -> Counter[pd.Timestamp]:
    """Reports awaiting review by the period of the axis; those after its end count for the last."""
    starts = calendar.starts
    at = starts.searchsorted(pd.DatetimeIndex(found.awaiting), side="right") - 1
    return Counter(starts[int(i)] for i in at)


def label(
    figure: Sketch,
    span: tuple[pd.Timestamp, pd.Timestamp],
    start: pd.Timestamp,
    found: Collected,
    look: Look,
    *,
    axis: str = "x",
    level: bool = True,
) -> None:
    """`incomplete, n reports awaiting review` from `start` on: level where there is room, else upright."""
    end = span[1]
    share = (end - start) / (span[1] - span[0])
    if share < _NARROW:
        return
    level = level and share >= _WIDE
    figure.add_annotation(
        x=start + (end - start) / 2,
        xref=axis,
        y=0.5,
        yref="y9 domain",
        text=i18n.t("later.short" if level else "later.label", lang=look.lang, n=len(found.awaiting)),
        textangle=0 if level else -90,
        font={"size": SMALL, "color": look.palette.ink},
        bgcolor=look.palette.paper,
        borderpad=2,
    )


def note(complete_to: date, found: Collected, look: Look) -> str:
    """The sentence below a chart that goes on after the data's end."""
    until = i18n.day(complete_to, look.lang)
    return i18n.t("later.note", lang=look.lang, n=len(found.awaiting), day=until)


def spoken(
    summary: str,
    found: Collected,
    span: tuple[pd.Timestamp, pd.Timestamp],
    complete_to: date,
    look: Look,
) -> str:
    """A chart's summary with what it must say of its collection."""
    parts = [summary]
    if inside := _inside(found, span):
        parts.append(i18n.t("marks.summary", lang=look.lang, n=len(inside), parts=told(inside, look.lang)))
    if found.awaiting:
        until = i18n.day(complete_to, look.lang)
        parts.append(i18n.t("later.summary", lang=look.lang, n=len(found.awaiting), day=until))
    return " ".join(parts)
