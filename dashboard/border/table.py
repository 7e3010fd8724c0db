"""The sector table: for the page in the reader's words, for the download in codes and plain numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from dash import dcc, html

from dashboard.border.pair import Pair
from dashboard.border.sectors import ELSEWHERE, TOTAL, Line, lines
from dashboard.export.source import guard
from dashboard.i18n import DEFAULT, clauses, day, t, tablets, tablets_between
from dashboard.labels import labeller
from dashboard.release import Snapshot
from geo import border

COLUMNS = (
    "sector", "sector_name", "period", "period_start", "period_end", "events", "events_with_quantity",
    "tablets_low", "tablets_best", "tablets_high", "tablets_median", "tablets_largest", "largest_event_id",
    "transport", "undated_not_included", "possible_duplicates", "unstated_kind_events",
    "unstated_kind_tablets",
    "event_ids", "release", "data_complete_to",
)  # fmt: skip


def to_csv(pair: Pair, snapshot: Snapshot, lang: str = DEFAULT, *, for_excel: bool = False) -> bytes:
    """The table of the page, a row for each sector and period; UTF-8, blanks where nothing is known.

    `for_excel` adds the byte-order mark. Text cells that a spreadsheet would run are guarded.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines(pair):
        writer.writerow(
            [guard(cell) if isinstance(cell, str) else cell for cell in _cells(line, pair, snapshot, lang)]
        )
    return (b"\xef\xbb\xbf" if for_excel else b"") + out.getvalue().encode()


def _cells(line: Line, pair: Pair, snapshot: Snapshot, lang: str) -> Iterator[Any]:
    found, span = line.figures, line.period.span
    known = found.best is not None
    yield line.sector
    yield name(line.sector, lang)
    yield line.period.name
    yield span.start.isoformat() if span.start else ""
    yield span.end.isoformat()
    yield found.events
    yield found.with_quantity
    for value in (found.low, found.best, found.high, found.median, found.largest):
        yield round(value) if known and value is not None else ""
    yield found.largest_id
    yield "|".join(f"{code or 'not_stated'}:{n}" for code, n in line.methods)
    yield len(pair.undated_at_line) if line.sector == TOTAL and line.period.name == "now" else ""
    yield found.doubtful
    yield line.unstated
    yield "" if line.unstated_tablets is None else round(line.unstated_tablets)
    yield "|".join(line.event_ids)
    yield snapshot.label
    yield snapshot.data_complete_to.isoformat()


def name(code: str, lang: str) -> str:
    """The name of a sector, or of the rows that gather what is in none."""
    for sector in border.sectors():
        if sector.code == code:
            return sector.name_ar if lang == "ar" else sector.name_en
    return t(f"border.sector.{code}", lang=lang)


def table(pair: Pair, snapshot: Snapshot, lang: str = DEFAULT) -> Any:
    """The table of the page: a head for each sector, under it a row for each period."""
    heads = ("period", "events", "tablets", "median", "largest", "methods", "unstated")
    head = html.Tr(
        [
            html.Th(t(f"border.column.{key}", lang=lang), scope="col", className="num" if 0 < i < 5 else "")
            for i, key in enumerate(heads)
        ]
    )
    bodies: dict[str, list[Any]] = {}
    for line in lines(pair):
        bodies.setdefault(line.sector, []).append(_row(line, snapshot, lang))
    groups = [
        html.Tbody(
            [
                html.Tr(html.Th(name(code, lang), colSpan=len(heads), scope="rowgroup", className="sector")),
                *rows,
            ],
            className=f"sector--{code}" if code in {TOTAL, ELSEWHERE} else "",
        )
        for code, rows in bodies.items()
    ]
    return html.Div(
        html.Table([html.Thead(head), *groups], className="table table--sectors"),
        className="table-scroll table-scroll--whole",
        tabIndex=0,
        role="region",
        **{"aria-label": t("border.table", lang=lang)},
    )


def _row(line: Line, snapshot: Snapshot, lang: str) -> Any:
    found = line.figures
    dash = t("border.none_cell", lang=lang)
    total = dash if found.low is None or found.high is None else tablets_between(found.low, found.high, lang)
    largest: Any = dash
    if found.largest is not None:
        largest = dcc.Link(tablets(found.largest, lang), href=f"/event/{found.largest_id}")
    unstated = str(line.unstated) if line.unstated else dash
    if line.unstated_tablets is not None:
        amount = tablets(line.unstated_tablets, lang)
        unstated = t("border.unstated_cell", lang=lang, n=line.unstated, amount=amount)
    cells = [
        (found.events or dash, "num"),
        (total, "num"),
        (dash if found.median is None else tablets(found.median, lang), "num"),
        (largest, "num"),
        (_methods(line, snapshot, lang) or dash, ""),
        ([html.I(className="hatch"), unstated] if line.unstated else dash, ""),
    ]
    if line.empty:
        return html.Tr(
            [
                html.Th(period_name(line, lang), scope="row", className="period"),
                html.Td(t("figure.no_report", lang=lang), colSpan=len(cells)),
            ],
            className="is-empty",
        )
    return html.Tr(
        [
            html.Th(period_name(line, lang), scope="row", className="period"),
            *(
                html.Td(cell, className=kind, **{"data-head": t(f"border.column.{key}", lang=lang)})
                for (cell, kind), key in zip(
                    cells, ("events", "tablets", "median", "largest", "methods", "unstated"), strict=True
                )
            ),
        ]
    )


def period_name(line: Line, lang: str) -> str:
    """`8 Dec 2024 – 6 Mar 2026`."""
    span = line.period.span
    end = day(span.end, lang)
    if span.start is None:
        return t("border.until", lang=lang, end=end)
    return t("border.span", lang=lang, start=day(span.start, lang), end=end)


def _methods(line: Line, snapshot: Snapshot, lang: str) -> str:
    label = labeller(snapshot, lang)
    return clauses(
        (
            t(
                "border.part",
                lang=lang,
                name=label("transport", code) if code else t("border.method_unknown", lang=lang),
                n=n,
            )
            for code, n in line.methods
        ),
        lang,
    )
