"""How the drugs travelled and where they were found: counts per category, `n known of n`, unknown
always a row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from dashboard.figures.template import SMALL, Sketch, bar, empty, hatch
from dashboard.figures.view import Look, View

_ROW = 34  # px
UNKNOWN = "unknown"
_MOST = 8  # categories drawn; the rest are gathered
MORE = "more"


def bars_figure(
    events: pd.DataFrame,
    unstated: pd.DataFrame,
    look: Look,
    *,
    column: str,
    before: pd.DataFrame | None = None,
) -> View:
    """Horizontal bars of events by `column` (transport, site_type, event_type, authority ...).

    Pills of unstated kind are a thin hatched bar under each; an upright tick marks the count of `before` (the
    comparison period). Categories keep the order of their counts; what is not known is the last row, hatched.
    """
    rows = _rows(events, unstated, before, column, look)
    if not rows:
        text = look.t("map.empty")
        return View(empty(look.palette, 120, text), text, pd.DataFrame(), 0, 0)
    figure = Sketch(look.palette, _ROW * len(rows) + 30)
    widest = max(1, *(max(row.n, row.extra, row.earlier) for row in rows))
    for at, row in enumerate(rows):
        _draw(figure, at, row, widest, look)
    figure.update_layout(
        barmode="overlay",
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": [f"{row.label}  " for row in rows],
            "range": [len(rows) - 0.4, -0.6],
            "showgrid": False,
            "tickfont": {"color": look.palette.ink},
            "automargin": True,
        },
        xaxis={"visible": False, "range": [0, widest * 1.16]},
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
    )
    known = sum(row.n for row in rows if row.code != UNKNOWN)
    notes = [look.t("how.known", known=known, n=len(events))]
    if len(unstated):
        notes.append(look.t("how.key_unstated"))
    if before is not None:
        notes.append(look.t("how.key_before", n=len(before)))
    return View(
        drawing=figure.drawing(),
        summary=_summary(rows, notes[0], look),
        table=_table(rows, look, compared=before is not None),
        drawn=len(events) + len(unstated),
        total=len(events) + len(unstated),
        notes=tuple(notes),
    )


@dataclass(frozen=True)
class Row:
    """One category: events, pills of unstated kind beside them, events of the period before."""

    code: str
    label: str
    n: int
    extra: int
    earlier: int


def _rows(
    events: pd.DataFrame, unstated: pd.DataFrame, before: pd.DataFrame | None, column: str, look: Look
) -> list[Row]:
    """The most frequent categories, the others together, the unknown last; none without events."""
    now, beside = _counts(events, column), _counts(unstated, column)
    past: Counter[str] = _counts(before, column) if before is not None else Counter()
    both = now + beside
    named = sorted((code for code in both if code != UNKNOWN), key=lambda code: (-both[code], code))
    if not both:
        return []
    rows = [
        Row(code, look.label(column, code), now[code], beside[code], past[code]) for code in named[:_MOST]
    ]
    if rest := named[_MOST:]:
        sums = (sum(counts[code] for code in rest) for counts in (now, beside, past))
        rows.append(Row(MORE, look.t("how.more"), *sums))
    return [*rows, Row(UNKNOWN, look.t("how.unknown"), now[UNKNOWN], beside[UNKNOWN], past[UNKNOWN])]


def _counts(frame: pd.DataFrame, column: str) -> Counter[str]:
    return Counter(str(code) or UNKNOWN for code in frame[column])


def _draw(figure: Sketch, at: int, row: Row, widest: int, look: Look) -> None:
    """A bar, a thin hatched one under it, a tick for the period before, and the number."""
    plain = {"color": look.palette.accent, "line": {"width": 0}}
    figure.add_trace(
        bar(
            orientation="h",
            y=[at],
            x=[row.n],
            width=0.5,
            customdata=[row.code],
            hoverinfo="skip",
            marker=hatch(look.palette) if row.code == UNKNOWN else plain,
        )
    )
    number = f"{row.n}"
    if row.extra:
        number += f" <span style='color:{look.palette.muted}'>+{row.extra}</span>"
        figure.add_trace(
            bar(
                orientation="h",
                y=[at + 0.36],
                x=[row.extra],
                width=0.18,
                marker=hatch(look.palette),
                hovertemplate=f"{look.t('trend.unstated')}: {row.extra}<extra></extra>",
            )
        )
    if row.earlier:
        figure.add_shape(
            type="line",
            x0=row.earlier,
            x1=row.earlier,
            y0=at - 0.34,
            y1=at + 0.34,
            line={"width": 2.5, "color": look.palette.ink},
        )
    figure.add_annotation(
        x=_end(row, widest),
        y=at,
        text=number,
        xanchor="left",
        xshift=6,
        font={"size": SMALL, "color": look.palette.ink},
    )


def _end(row: Row, widest: int) -> int:
    """Where a row's number stands: behind its bars, and behind the tick where that would cross the number."""
    bars = max(row.n, row.extra)
    return row.earlier if bars < row.earlier < bars + widest * 0.14 else bars


def _summary(rows: list[Row], known: str, look: Look) -> str:
    largest = sorted(
        (row for row in rows if row.n and row.code not in {UNKNOWN, MORE}), key=lambda row: -row.n
    )[:3]
    parts = [look.t("how.part", label=row.label, n=row.n) for row in largest]
    return look.t("how.summary", known=known, parts=look.t("list_join").join(parts)) if parts else known


def _table(rows: list[Row], look: Look, *, compared: bool) -> pd.DataFrame:
    table = {
        look.t("column.category"): [row.label for row in rows],
        look.t("column.events_counted"): [row.n for row in rows],
        look.t("trend.unstated"): [row.extra for row in rows],
    }
    if compared:
        table[look.t("column.before")] = [row.earlier for row in rows]
    return pd.DataFrame(table)
