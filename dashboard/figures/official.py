"""Official totals: what ministries and the UN published for a whole period, listed and never added
to anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

import pandas as pd

from dashboard import i18n
from dashboard.figures import amounts
from dashboard.figures.view import Look
from dashboard.filters import CAPTAGON, UNSTATED
from dashboard.labels import issuer
from dashboard.reconcile.kinds import by_outlet
from dashboard.release import machine_read

PERIOD_TOTAL = "period_total"

_COLUMNS = [
    *(
        "aggregate_id",
        "issuer",
        "issuer_country",
        "country",
        "scope_as_reported",
        "drug",
        "period_start",
        "period_end",
        "said_on",
    ),
    *("source_urls", "superseded_by", "unit", "best", "low", "high", "qualifier"),
]


@dataclass(frozen=True)
class Total:
    """One published total. `amount` keeps its qualifier; `source_urls` are the pages that carry it."""

    aggregate_id: str
    issuer: str
    country: str
    scope: str
    drug: str
    period: str
    amount: str
    said_on: str
    source_urls: tuple[str, ...]
    superseded: bool
    machine_read: bool = False


@dataclass(frozen=True)
class Official:
    """The totals of a scope, newest first, with a sentence and a table; `total` counts all that match."""

    lines: tuple[Total, ...]
    summary: str
    tabled: Callable[[], pd.DataFrame]
    total: int

    @property
    def table(self) -> pd.DataFrame:
        return self.tabled()


def official_totals(
    aggregates: pd.DataFrame,
    look: Look,
    *,
    countries: tuple[str, ...] = (),
    start: date | None = None,
    n: int = 8,
) -> Official:
    """Period totals of Captagon (or pills of unstated kind) for `countries` (all where empty).

    `start` leaves out totals whose period ends before it. The newest period comes first; `n` are returned.
    """
    if aggregates.empty:
        return Official((), look.t("official.none"), pd.DataFrame, 0)
    rows = aggregates[
        (aggregates["kind"] == PERIOD_TOTAL)
        & aggregates["drug"].isin((*CAPTAGON, *UNSTATED))
        & (aggregates["best"] > 0)
    ]
    if countries:  # a total of the whole region belongs to each of its countries
        rows = rows[rows["country"].isin(countries) | (rows["scope_kind"] == "regional")]
    ends = pd.to_datetime(rows["period_end"].map(_last_day), errors="coerce")
    if start is not None:
        rows, ends = rows[ends >= pd.Timestamp(start)], ends[ends >= pd.Timestamp(start)]
    rows = (
        rows[_COLUMNS]
        .assign(_ends=ends, machine=machine_read(rows))
        .sort_values(["_ends", "best", "aggregate_id"], ascending=[False, False, True])
    )
    lines = tuple(_line(row, look) for row in rows.head(n).itertuples())
    return Official(lines, _summary(rows, look), partial(_table, lines, look), len(rows))


def _summary(rows: pd.DataFrame, look: Look) -> str:
    """How many official totals there are, and how many more outlets give."""
    outlets = sum(_by_outlet(row) for row in rows.itertuples())
    official = len(rows) - outlets
    said = look.t("official.summary", n=official) if official else look.t("official.none")
    return f"{said} {look.t('official.summary_outlets', n=outlets)}" if outlets else said


def _by_outlet(row: Any) -> bool:
    """Whether no official body is named as the issuer."""
    return by_outlet(str(row.issuer or ""), str(row.issuer_country or ""))


@lru_cache(maxsize=1024)
def _last_day(text: Any) -> pd.Timestamp | None:
    """The last day of `2025`, `2025-09` or `2025-09-30`; None for a blank."""
    value = str(text or "")
    if not value or value in {"nan", "NaT", "None"}:
        return None
    freq = {4: "Y", 7: "M"}.get(len(value))
    return pd.Period(value, freq).end_time.normalize() if freq else pd.Timestamp(value)


def _line(row: Any, look: Look) -> Total:
    return Total(
        aggregate_id=row.aggregate_id,
        issuer=_issuer(row, look),
        country=row.country,
        scope=row.scope_as_reported,
        drug=look.label("drug", row.drug),
        period=_period(row, look),
        amount=_amount(row, look),
        said_on=_day(row.said_on, look),
        source_urls=tuple(
            url for url in str(row.source_urls).split("|") if url.startswith(("http://", "https://"))
        ),
        superseded=bool(row.superseded_by),
        machine_read=bool(row.machine),
    )


def _issuer(row: Any, look: Look) -> str:
    """The body's name, with its country where the name does not say it: Ministries of Interior are many."""
    if not row.issuer:
        return look.t("official.issuer_unknown")
    name = issuer(str(row.issuer), str(row.issuer_country or ""), look.lang)
    return look.t("official.by_outlet", outlet=name) if _by_outlet(row) else name


def _period(row: Any, look: Look) -> str:
    first, last = (_day(value, look) for value in (row.period_start, row.period_end))
    if first and last and first != last:
        return look.t("official.period", first=first, last=last)
    return last or first or look.t("official.period_unknown")


def _day(value: Any, look: Look) -> str:
    """A day, month or year as the source gives it, written for a reader."""
    if value is None or pd.isna(value) or value == "":
        return ""
    if isinstance(value, pd.Timestamp):
        return i18n.day(value.date(), look.lang)
    text = str(value)
    if len(text) == 10:
        return i18n.day(date.fromisoformat(text), look.lang)
    return i18n.month(date.fromisoformat(f"{text}-01"), look.lang) if len(text) == 7 else text


def _amount(row: Any, look: Look) -> str:
    if row.unit not in {"tablets", "capsules"}:
        unit = look.t("official.kg") if row.unit == "kg" else str(row.unit)
        number = f"{row.best:,.0f}" if row.best >= 10 else f"{row.best:g}"
        text = f"{number} {unit}"
    elif row.low > 0 and row.high > row.low:
        text = amounts.span(row.low, row.high, look)
    else:
        text = i18n.tablets(row.best, look.lang)
    if row.qualifier == "over":
        return look.t("official.at_least", amount=text)
    return look.t("about", amount=text) if row.qualifier == "about" else text


def _table(lines: tuple[Total, ...], look: Look) -> pd.DataFrame:
    return pd.DataFrame(
        {
            look.t("column.country"): [look.country(line.country) for line in lines],
            look.t("column.issuer"): [line.issuer for line in lines],
            look.t("column.scope"): [line.scope for line in lines],
            look.t("column.period"): [line.period for line in lines],
            look.t("column.drug"): [line.drug for line in lines],
            look.t("column.total"): [line.amount for line in lines],
            look.t("column.said_on"): [line.said_on for line in lines],
        }
    )
