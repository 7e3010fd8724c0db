"""What was collected of each source, month by month, from the release's `coverage.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from dashboard import i18n
from dashboard.collection.marks import days
from dashboard.i18n import DEFAULT, t
from dashboard.release import Snapshot, per_release

MONTHS = 6  # the newest, as many as fit beside the names
_NUMBERS = ("listed", "relevant", "fetched", "claims", "failed")


@dataclass(frozen=True, slots=True)
class Cell:
    """One source in one month: pages fetched, days on which it did not answer or a page failed, and whether
    anything is known of it."""

    fetched: int
    failed_days: int
    asked: bool = True


NOT_ASKED = Cell(0, 0, asked=False)


@dataclass(frozen=True, slots=True)
class Coverage:
    """`rows` by source, with a cell for each of `months` (first days, oldest first); `totals` over them."""

    months: tuple[pd.Timestamp, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    totals: tuple[Cell, ...]
    worst: str  # the source with most failed days; "" where nothing failed


@per_release(1)
def coverage(snapshot: Snapshot) -> Coverage:
    """The last months of a release's coverage; without months where it has none."""
    frame = days(snapshot.table("coverage"))
    if frame.empty or "source" not in frame:
        return Coverage((), (), (), "")
    frame = frame.assign(
        month=frame["day"].dt.to_period("M").dt.to_timestamp(),
        **{
            name: pd.to_numeric(frame[name], errors="coerce").fillna(0) if name in frame else 0
            for name in _NUMBERS
        },
    )
    if "answered" in frame:
        frame["failed"] += frame["answered"] == "no"
    last = frame["month"].max()
    months = pd.date_range(
        max(frame["month"].min(), last - pd.DateOffset(months=MONTHS - 1)), last, freq="MS"
    )
    frame = frame[frame["month"] >= months[0]]
    daily = frame.groupby(["source", "month", "day"])[["fetched", "failed"]].sum()
    by_month = daily.assign(failed_days=daily["failed"] > 0).groupby(level=["source", "month"]).sum()
    cells = {
        (str(source), pd.Timestamp(month)): Cell(int(fetched), int(failed_days))
        for (source, month), fetched, failed_days in zip(
            by_month.index, by_month["fetched"], by_month["failed_days"], strict=True
        )
    }
    names = sorted({source for source, _ in cells}, key=str.casefold)
    rows = [(name, tuple(cells.get((name, month), NOT_ASKED) for month in months)) for name in names]
    totals = tuple(
        Cell(sum(cells[i].fetched for _, cells in rows), sum(cells[i].failed_days for _, cells in rows))
        for i in range(len(months))
    )
    failed = {source: sum(cell.failed_days for cell in cells) for source, cells in rows}
    worst = max(failed, key=lambda source: failed[source])
    return Coverage(tuple(months), tuple(rows), totals, worst if failed[worst] else "")


def summary(found: Coverage, names: dict[str, str], lang: str = DEFAULT) -> str:
    """The table in a sentence."""
    failed = sum(cell.failed_days for cell in found.totals)
    return t(
        "status.cover.summary" if failed else "status.cover.summary_well",
        lang=lang,
        first=i18n.month(found.months[0], lang),
        last=i18n.month(found.months[-1], lang),
        fetched=sum(cell.fetched for cell in found.totals),
        sources=t("status.cover.sources", lang=lang, n=len(found.rows)),
        days=t("status.cover.days", lang=lang, n=failed),
        worst=names.get(found.worst, found.worst),
    )


def table(found: Coverage, names: dict[str, str], lang: str = DEFAULT) -> list[Any]:
    """Sources by month: the number, a bar as long as it, and the days that failed. `names`: id -> name."""
    if not found.months:
        return [html.P(t("status.cover.none", lang=lang), className="state-page__about")]
    most = max((cell.fetched for _, cells in found.rows for cell in cells), default=0)
    head = [html.Th(t("status.cover.source", lang=lang), scope="col")]
    head += [html.Th(i18n.month(month, lang), scope="col") for month in found.months]
    body = [
        html.Tr(
            [
                html.Th(names.get(source, source), scope="row", dir="auto"),
                *(_shown(cell, most, lang) for cell in cells),
            ]
        )
        for source, cells in found.rows
    ]
    total = html.Tr(
        [
            html.Th(t("status.cover.total", lang=lang), scope="row"),
            *(html.Td(f"{cell.fetched:,}") for cell in found.totals),
        ]
    )
    return [
        html.P(t("status.cover.about", lang=lang), className="state-page__about"),
        html.P(summary(found, names, lang), className="state-page__about"),
        html.Div(
            html.Table(
                [html.Thead(html.Tr(head)), html.Tbody(body), html.Tfoot(total)],
                className="cover",
                **{"aria-labelledby": "coverage"},
            ),
            className="sideways",
            tabIndex=0,
        ),
    ]


def _shown(cell: Cell, most: int, lang: str) -> Any:
    if not cell.asked:
        return html.Td(html.Small(t("status.cover.not_asked", lang=lang)))
    bar = html.I(
        className="cover__bar",
        style={"inlineSize": f"{100 * cell.fetched / most:.0f}%" if most else "0"},
        **{"aria-hidden": "true"},
    )
    failed = (
        html.Small(t("status.cover.failed_days", lang=lang, n=cell.failed_days)) if cell.failed_days else None
    )
    return html.Td([f"{cell.fetched:,}", bar, failed])
