"""The shades and texts of the table of countries by years, one measure at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from dashboard import i18n
from dashboard.countries.years import Cell, Years
from dashboard.figures import amounts
from dashboard.figures.view import Look

EVENTS, TABLETS, WITHOUT, MEDIAN, OFFICIAL = "events", "tablets", "without", "median", "official"
MEASURES = (EVENTS, TABLETS, WITHOUT, MEDIAN, OFFICIAL)
SHOWN_YEARS = 10
"""Years with a column of their own; those before stand together in the first."""
SHOWN_COUNTRIES = 12
# Lower ends of the five shades. Fixed, so that a shade means the same under every filter.
STEPS: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        EVENTS: (1, 4, 8, 15, 30),
        TABLETS: (1, 1e6, 5e6, 20e6, 50e6),
        WITHOUT: (1, 1e6, 5e6, 20e6, 50e6),
        MEDIAN: (1, 1e5, 3e5, 1e6, 3e6),
        OFFICIAL: (0, 0.25, 0.5, 0.75, 1.0),
    }
)


@dataclass(frozen=True, slots=True)
class Shade:
    """One cell of the table. `level` 0 = no shade, else 1..5; `small` stands under the figure.

    `silent`: nothing was collected, which is not zero.
    """

    cell: Cell
    text: str
    small: str
    level: int
    silent: bool


def shade(cell: Cell, measure: str, look: Look) -> Shade:
    """What a cell shows of a measure, and the official total beside it."""
    value, text = _VALUES[measure](cell, look)
    silent = not cell.events
    if silent:
        text = i18n.t("countries.no_report", lang=look.lang)
    level = 0 if value is None or silent else bisect_right(STEPS[measure], value)
    return Shade(cell, text, _small(cell, measure, look), level, silent)


def columns(found: Years) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The years that stand together in the first column, and those with one of their own."""
    return found.years[:-SHOWN_YEARS], found.years[-SHOWN_YEARS:]


def legend(measure: str, look: Look) -> tuple[str, ...]:
    """The words of the five shades, the palest first."""
    steps = STEPS[measure]
    if measure == OFFICIAL:
        marks = [f"{step:.0%}" for step in steps]
    elif measure == EVENTS:
        marks = [f"{step:g}" for step in steps]
    else:
        marks = ["0", *(i18n.tablets(step, look.lang) for step in steps[1:])]
    last = i18n.t("countries.and_more", lang=look.lang, from_=marks[-1])
    below = i18n.t("countries.below", lang=look.lang, to=marks[1])
    return (below, *(_between(a, b) for a, b in pairwise(marks[1:])), last)


def _between(first: str, last: str) -> str:
    return f"{first}–{last}"


def _events(cell: Cell, look: Look) -> tuple[float | None, str]:
    del look
    return cell.events, f"{cell.events:,}"


def _amount(value: float | None, look: Look) -> tuple[float | None, str]:
    return value, look.t("no_quantity") if value is None else i18n.tablets(value, look.lang)


def _tablets(cell: Cell, look: Look) -> tuple[float | None, str]:
    if cell.low and cell.high and cell.high / cell.low >= amounts.DIFFERS:
        return cell.best, amounts.span(cell.low, cell.high, look)
    return _amount(cell.best, look)


def _official(cell: Cell, look: Look) -> tuple[float | None, str]:
    total = cell.total
    if total is None:
        return None, i18n.t("countries.no_total", lang=look.lang)
    if cell.share is None:
        return None, i18n.t("countries.not_comparable", lang=look.lang)
    return cell.share[0], share_text(cell, look)


def share_text(cell: Cell, look: Look) -> str:
    """`traced 40–59 %`; above the total, neutral words for that; "" where none can be compared."""
    total, share = cell.total, cell.share
    if total is None or share is None:
        return ""
    if share[0] > 1:
        key = "above_minimum" if total.at_least else "above_total"
        return i18n.t(f"countries.{key}", lang=look.lang)
    low, high = (f"{100 * part:.0f}" for part in share)
    text = low if low == high else f"{low}–{high}"
    key = "traced_at_most" if total.at_least else "traced"
    return i18n.t(f"countries.{key}", lang=look.lang, share=text)


def _small(cell: Cell, measure: str, look: Look) -> str:
    parts = []
    if cell.unstated:
        parts.append(i18n.t("countries.unstated_short", lang=look.lang, n=cell.unstated))
    if cell.total is not None and (measure == OFFICIAL or not cell.events):
        parts.append(i18n.t("countries.official_short", lang=look.lang, amount=total_amount(cell, look)))
    return " · ".join(parts)


def total_amount(cell: Cell, look: Look) -> str:
    """The total beside a cell, with its qualifier."""
    if cell.total is None:
        return ""
    text = i18n.tablets(cell.total.best, look.lang)
    return look.t("official.at_least", amount=text) if cell.total.at_least else text


_VALUES: Mapping[str, Callable[[Cell, Look], tuple[float | None, str]]] = MappingProxyType(
    {
        EVENTS: _events,
        TABLETS: _tablets,
        WITHOUT: lambda cell, look: _amount(cell.without_large, look),
        MEDIAN: lambda cell, look: _amount(cell.median, look),
        OFFICIAL: _official,
    }
)
