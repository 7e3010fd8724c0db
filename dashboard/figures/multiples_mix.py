"""How the mix changes: shares of events by transport or concealment per period, the unknown always shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from dashboard import i18n
from dashboard.figures import data
from dashboard.figures.multiples import calendar_for
from dashboard.figures.template import SMALL, Sketch, bar, empty, hatch
from dashboard.figures.view import Look, View
from dashboard.figures.when import Calendar, periods
from dashboard.stats import MIN_EVENTS

UNKNOWN, REST = "unknown", "rest"
ALWAYS_APART = ("balloon", "drone")
MOST = 5
HEIGHT = 320
_INKS = ("IQ", "SY", "JO", "LB", "SA")
_HEAD = 24  # px for `known of n` above the bars


@dataclass(frozen=True)
class Mix:
    """Counts by period (rows) and category (columns, the unknown last)."""

    counts: pd.DataFrame
    calendar: Calendar

    @property
    def totals(self) -> pd.Series:
        return self.counts.sum(axis=1)

    @property
    def known(self) -> pd.Series:
        return self.totals - self.counts[UNKNOWN]


def mix(events: pd.DataFrame, column: str, start: date | None, end: date) -> Mix:
    """The most frequent categories; balloons and drones always apart, others together, unknown last."""
    calendar = calendar_for(events, start, end)
    codes = events[column].replace("", UNKNOWN)
    period = periods(events, calendar.grain)
    inside = period.isin(calendar.counted)
    sizes = codes[inside & (codes != UNKNOWN)].value_counts()
    ranked = sorted(sizes.index, key=lambda code: (-int(sizes[code]), str(code)))
    kept = [code for code in ranked if code in ALWAYS_APART or code in ranked[:MOST]]
    while len(kept) > MOST:
        kept.remove(next(code for code in reversed(kept) if code not in ALWAYS_APART))
    named = codes.where(codes.isin([*kept, UNKNOWN]), REST)
    counts = pd.crosstab(period[inside], named[inside])
    order = [*kept, *([REST] if REST in counts else []), UNKNOWN]
    return Mix(counts.reindex(index=calendar.counted, columns=order, fill_value=0), calendar)


def mix_figure(events: pd.DataFrame, look: Look, *, column: str, start: date | None, end: date) -> View:
    """Bars of 100 %, `known of n` above each; paler where fewer than ten events make a share."""
    found = mix(events, column, start, end)
    drawn = int(found.totals.sum())
    if not drawn:
        text = look.t("trend.none")
        return View(empty(look.palette, 120, text), text, pd.DataFrame, 0, len(events))
    sketch = Sketch(look.palette, HEIGHT)
    _bars(sketch, found, look, column)
    _heads(sketch, found, look)
    starts = found.calendar.counted
    every = max(1, -(-len(starts) // 8))
    shown = starts[::-1][::every][::-1]
    sketch.update_layout(
        barmode="stack",
        bargap=0.22,
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [_key(one) for one in starts],
            "range": [-0.6, len(starts) - 0.4],
            "tickvals": [_key(one) for one in shown],
            "ticktext": [found.calendar.name(one, look.lang) for one in shown],
        },
        yaxis={"range": [0, 112], "tickvals": [0, 50, 100], "ticktext": ["0", "50 %", "100 %"]},
        margin={"l": 44, "r": 4, "t": 4, "b": 30},
    )
    known, few = int(found.known.sum()), int(((found.totals > 0) & (found.totals < MIN_EVENTS)).sum())
    notes = [
        look.t("how.known", known=known, n=drawn),
        look.t("trend.shows", drawn=drawn, total=len(events)),
        i18n.t("countries.mix_heads", lang=look.lang),
    ]
    if few:
        notes.append(i18n.t("countries.mix_few", lang=look.lang, n=few))
    parts = [f"{name(code, look, column)} {int(n)}" for code, n in found.counts.sum().items() if n]
    return View(
        drawing=sketch.drawing(),
        summary=look.t("how.summary", parts=look.t("list_join").join(parts), known=notes[0]),
        tabled=partial(_table, found, look, column),
        drawn=drawn,
        total=len(events),
        notes=tuple(notes),
        recorded=partial(_record, found, look, column),
    )


def name(code: object, look: Look, column: str) -> str:
    """The reader's word for a category."""
    if code == UNKNOWN:
        return look.t("how.unknown")
    return look.t("how.more") if code == REST else look.label(column, str(code))


def key(
    events: pd.DataFrame, look: Look, *, column: str, start: date | None, end: date
) -> tuple[tuple[str, str], ...]:
    """(colour or "" for hatching, word) of each category drawn, in the order of the bars."""
    found = mix(events, column, start, end)
    return tuple(
        (_ink(i, code, look), name(code, look, column))
        for i, code in enumerate(found.counts.columns)
        if found.counts[code].any()
    )


def _ink(at: int, code: object, look: Look) -> str:
    if code == UNKNOWN:
        return ""
    return look.palette.countries["other"] if code == REST else look.palette.countries[_INKS[at % len(_INKS)]]


def _bars(sketch: Sketch, found: Mix, look: Look, column: str) -> None:
    totals = found.totals
    rows = [start for start in found.calendar.counted if totals[start]]
    opacity = [1.0 if totals[start] >= MIN_EVENTS else 0.55 for start in rows]
    for at, code in enumerate(found.counts.columns):
        counts = found.counts[code]
        marker = (
            hatch(look.palette) if code == UNKNOWN else {"color": _ink(at, code, look), "opacity": opacity}
        )
        label = name(code, look, column)
        sketch.add_trace(
            bar(
                x=[_key(start) for start in rows],
                y=[100 * int(counts[start]) / int(totals[start]) for start in rows],
                customdata=[
                    [found.calendar.name(s, look.lang), int(counts[s]), int(totals[s])] for s in rows
                ],
                hovertemplate=(
                    f"%{{customdata[0]}}: {label} %{{customdata[1]}} / %{{customdata[2]}}<extra></extra>"
                ),
                marker=marker,
            )
        )


def _heads(sketch: Sketch, found: Mix, look: Look) -> None:
    """`known/n` above each bar where they have room; the table has them all."""
    if len(found.calendar.counted) > 24:
        return
    for start in found.calendar.counted:
        total = int(found.totals[start])
        sketch.add_annotation(
            text=f"{int(found.known[start])}/{total}" if total else "–",
            x=_key(start),
            y=100,
            yanchor="bottom",
            yshift=2,
            font={"size": SMALL - 1, "color": look.palette.muted},
        )


def _key(start: pd.Timestamp) -> str:
    return f"p{start:%Y-%m}"


def _record(found: Mix, look: Look, column: str) -> pd.DataFrame:
    """One row a period and category, `rest` for the rarer ones together, with all events of the period."""
    seen = data.reported(found.totals)
    return data.by_period(
        found.calendar,
        [
            (
                {column: str(code), "label": name(code, look, column)},
                pd.DataFrame({"events": found.counts[code].where(seen.notna()), "events_in_period": seen}),
            )
            for code in found.counts.columns
        ],
    )


def _table(found: Mix, look: Look, column: str) -> pd.DataFrame:
    table: dict[str, object] = {
        look.t("column.period"): [found.calendar.name(one, look.lang) for one in found.calendar.counted]
    }
    table |= {name(code, look, column): list(found.counts[code]) for code in found.counts.columns}
    return pd.DataFrame(table)
