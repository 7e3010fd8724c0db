"""How the drugs travelled and where they were found: counts per category, `n known of n`, unknown
always a row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial

import pandas as pd

from dashboard import i18n
from dashboard.figures.template import SMALL, Sketch, bar, empty, hatch, lying, scatter
from dashboard.figures.view import Look, View

_ROW = 34  # px
_GAP = 2 * "\N{NO-BREAK SPACE}"  # between a bar and its words; other spaces change sides at the end of Arabic
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
    broken: bool = False,
) -> View:
    """Horizontal bars of events by `column` (transport, site_type, event_type, authority ...).

    Pills of unstated kind are a thin hatched bar under each; an upright tick marks the count of `before` (the
    comparison period), with a word of warning where that was collected differently (`broken`). Categories
    keep the order of their counts; what is not known is the last row, hatched.
    """
    rows = _rows(events, unstated, before, column, look)
    if not rows:
        text = look.t("map.empty")
        return View(empty(look.palette, 120, text), text, pd.DataFrame, 0, 0)
    figure = Sketch(look.palette, _ROW * len(rows) + 30)
    widest = max(1, *(max(row.n, row.extra, row.earlier) for row in rows))
    _draw(figure, rows, widest, look)
    figure.update_layout(
        barmode="overlay",
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": [row.label + _GAP for row in rows],
            "side": "right" if look.rtl else "left",
            "range": [len(rows) - 0.4, -0.6],
            "showgrid": False,
            "tickfont": {"color": look.palette.ink},
            "automargin": True,
        },
        xaxis=lying(widest * 1.28, rtl=look.rtl),
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
    )
    known = sum(row.n for row in rows if row.code != UNKNOWN)
    notes = [look.t("how.known", known=known, n=len(events))]
    if len(unstated):
        notes.append(look.t("how.key_unstated"))
    if before is not None:
        notes.append(look.t("how.key_before", n=len(before)))
        notes += [i18n.t("marks.key_before", lang=look.lang)] if broken else []
    return View(
        drawing=figure.drawing(),
        summary=_summary(rows, notes[0], look),
        tabled=partial(_table, rows, look, compared=before is not None),
        drawn=len(events) + len(unstated),
        total=len(events) + len(unstated),
        notes=tuple(notes),
        recorded=partial(_record, rows, column, compared=before is not None),
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
    counted = frame[column].value_counts()
    found: Counter[str] = Counter()
    for code, n in counted[counted > 0].items():
        found[str(code) or UNKNOWN] += int(n)
    return found


def _draw(figure: Sketch, rows: list[Row], widest: int, look: Look) -> None:
    """All bars, thin hatched ones under them, ticks for the period before, and the numbers.

    One trace for each of these: plotly's time for a chart grows with its parts.
    """
    plain = {"color": look.palette.accent, "line": {"width": 0}}
    numbered = list(enumerate(rows))
    unknown = [(at, row) for at, row in numbered if row.code == UNKNOWN]
    for part, marker in (
        ([one for one in numbered if one not in unknown], plain),
        (unknown, hatch(look.palette)),
    ):
        figure.add_trace(
            bar(
                orientation="h",
                y=[at for at, _ in part],
                x=[row.n for _, row in part],
                width=0.5,
                customdata=[row.code for _, row in part],
                hoverinfo="skip",
                marker=marker,
            )
        )
    beside = [(at, row.extra) for at, row in numbered if row.extra]
    if beside:
        figure.add_trace(
            bar(
                orientation="h",
                y=[at + 0.36 for at, _ in beside],
                x=[extra for _, extra in beside],
                width=0.18,
                marker=hatch(look.palette),
                hovertemplate=f"{look.t('trend.unstated')}: %{{x}}<extra></extra>",
            )
        )
    before = [(at, row.earlier) for at, row in numbered if row.earlier]
    if before:
        figure.add_trace(
            scatter(
                x=[x for _, n in before for x in (n, n, None)],
                y=[y for at, _ in before for y in (at - 0.34, at + 0.34, None)],
                mode="lines",
                line={"width": 2.5, "color": look.palette.ink},
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        scatter(
            x=[_end(row, widest) for row in rows],
            y=[at for at, _ in numbered],
            mode="text",
            text=[_number(row, look) for row in rows],
            textposition="middle left" if look.rtl else "middle right",
            textfont={"size": SMALL, "color": look.palette.ink},
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def _number(row: Row, look: Look) -> str:
    """The count behind a bar, with a gap before it; pills of unstated kind as `+n`, farther from the bar."""
    extra = f"<span style='color:{look.palette.muted}'>+{row.extra}</span>" if row.extra else ""
    parts = [extra, str(row.n) + _GAP] if look.rtl else [_GAP + str(row.n), extra]
    return " ".join(filter(None, parts))


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


def _record(rows: list[Row], column: str, *, compared: bool) -> pd.DataFrame:
    """One row a bar; `more` stands for the rarer kinds together."""
    return pd.DataFrame(
        {
            column: [row.code for row in rows],
            "label": [row.label for row in rows],
            "events": [row.n for row in rows],
            "events_unstated": [row.extra for row in rows],
            "events_before": [row.earlier if compared else None for row in rows],
        }
    )


def _table(rows: list[Row], look: Look, *, compared: bool) -> pd.DataFrame:
    table = {
        look.t("column.category"): [row.label for row in rows],
        look.t("column.events_counted"): [row.n for row in rows],
        look.t("trend.unstated"): [row.extra for row in rows],
    }
    if compared:
        table[look.t("column.before")] = [row.earlier for row in rows]
    return pd.DataFrame(table)
