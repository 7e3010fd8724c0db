"""How the drugs travelled and where they were found: counts per category, `n known of n`, unknown always a row."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.template import SMALL, Sketch, empty, hatch
from dashboard.figures.view import Look, View

_ROW = 34  # px
_UNKNOWN = frozenset({"", "unknown"})
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
    main, beside = _counts(events, column), _counts(unstated, column)
    past = _counts(before, column) if before is not None else pd.Series(dtype=int)
    codes = _order(main.add(beside, fill_value=0))
    if not codes and not len(events):
        return _none(look)
    main, beside, past = (_gather(values, codes) for values in (main, beside, past))
    rows = [*codes, *([MORE] if MORE in main.index or MORE in beside.index else []), "unknown"]
    known = len(events) - int(main.get("unknown", 0))
    figure = Sketch(look.palette, _ROW * len(rows) + 30)
    labels = [_label(code, column, look) for code in rows]
    _draw(figure, rows, main, beside, past, look)
    figure.update_layout(
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": [f"{label}  " for label in labels],
            "range": [len(rows) - 0.4, -0.6],
            "showgrid": False,
            "tickfont": {"color": look.palette.ink},
            "automargin": True,
        },
        xaxis={"visible": False, "range": [0, _widest(main, beside, past) * 1.16]},
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
    )
    notes = [look.t("how.known", known=known, n=len(events))]
    if len(unstated):
        notes.append(look.t("how.key_unstated"))
    if before is not None:
        notes.append(look.t("how.key_before", n=len(before)))
    return View(
        figure=figure.figure(),
        summary=_summary(main, codes, known, len(events), column, look),
        table=_table(rows, labels, main, beside, past if before is not None else None, look),
        drawn=len(events) + len(unstated),
        total=len(events) + len(unstated),
        notes=tuple(notes),
    )


def _counts(frame: pd.DataFrame, column: str) -> pd.Series:
    values = frame[column].where(~frame[column].isin(_UNKNOWN), "unknown")
    return values.value_counts()


def _order(counts: pd.Series) -> list[str]:
    codes = [str(code) for code in counts.index if code != "unknown"]
    return sorted(codes, key=lambda code: (-int(counts[code]), code))[:_MOST]


def _gather(counts: pd.Series, codes: list[str]) -> pd.Series:
    names = [str(code) if code in codes or code == "unknown" else MORE for code in counts.index]
    return counts.groupby(names).sum().astype(int)


def _label(code: str, column: str, look: Look) -> str:
    if code == "unknown":
        return look.t("how.unknown")
    return look.t("how.more") if code == MORE else look.label(column, code)


def _widest(*series: pd.Series) -> int:
    return max([1, *(int(values.max()) for values in series if len(values))])


def _draw(
    figure: Sketch, rows: list[str], main: pd.Series, beside: pd.Series, past: pd.Series, look: Look
) -> None:
    for at, code in enumerate(rows):
        n, extra, earlier = (int(values.get(code, 0)) for values in (main, beside, past))
        plain = {"color": look.palette.accent, "line": {"width": 0}}
        figure.add_trace(
            go.Bar(
                orientation="h",
                y=[at],
                x=[n],
                width=0.5,
                customdata=[code],
                hoverinfo="skip",
                marker=hatch(look.palette) if code == "unknown" else plain,
            )
        )
        if extra:
            figure.add_trace(
                go.Bar(
                    orientation="h",
                    y=[at + 0.36],
                    x=[extra],
                    width=0.18,
                    marker=hatch(look.palette),
                    hovertemplate=f"{look.t('trend.unstated')}: {extra}<extra></extra>",
                )
            )
        if earlier:
            figure.add_shape(
                type="line",
                x0=earlier,
                x1=earlier,
                y0=at - 0.34,
                y1=at + 0.34,
                line={"width": 2.5, "color": look.palette.ink},
            )
        figure.add_annotation(
            x=_end(n, extra, earlier, _widest(main, beside, past)),
            y=at,
            text=_number(n, extra, look),
            xanchor="left",
            xshift=6,
            font={"size": SMALL, "color": look.palette.ink},
        )
    figure.update_layout(barmode="overlay")


def _end(n: int, extra: int, earlier: int, widest: int) -> int:
    """Where a row's number stands: behind its bars, and behind the tick where that would cross the number."""
    bars = max(n, extra)
    return earlier if bars < earlier < bars + widest * 0.14 else bars


def _number(n: int, extra: int, look: Look) -> str:
    return f"{n} <span style='color:{look.palette.muted}'>+{extra}</span>" if extra else f"{n}"


def _summary(main: pd.Series, codes: list[str], known: int, total: int, column: str, look: Look) -> str:
    parts = [
        look.t("how.part", label=look.label(column, code), n=int(main[code]))
        for code in codes[:3]
        if code in main.index
    ]
    text = look.t("how.known", known=known, n=total)
    return look.t("how.summary", known=text, parts=look.t("list_join").join(parts)) if parts else text


def _table(
    rows: list[str], labels: list[str], main: pd.Series, beside: pd.Series, past: pd.Series | None, look: Look
) -> pd.DataFrame:
    table = {
        look.t("column.category"): labels,
        look.t("column.events_counted"): [int(main.get(code, 0)) for code in rows],
        look.t("trend.unstated"): [int(beside.get(code, 0)) for code in rows],
    }
    if past is not None:
        table[look.t("column.before")] = [int(past.get(code, 0)) for code in rows]
    return pd.DataFrame(table)


def _none(look: Look) -> View:
    text = look.t("map.empty")
    return View(empty(look.palette, 120, text), text, pd.DataFrame(), 0, 0)
