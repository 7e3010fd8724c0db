"""Quantities as a reader sees them: low to high where the outlets differ, the words' own qualifier."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import i18n
from dashboard.figures.view import Look

DIFFERS = 1.5  # high/low at or above which a number is shown as a range (analyst requirements 1.12)


def _known(value: Any) -> bool:
    return value is not None and not pd.isna(value)


def span(low: float, high: float, look: Look) -> str:
    """`50-100 M`, `245,000-320,000`: the unit written once where both ends share it."""
    return i18n.tablets_between(low, high, look.lang)


def tablets(row: Any, look: Look) -> str:
    """The tablets of one event: `> 3 M`, `about 2 M`, `50-100 M`, or the words for no stated quantity.

    `row` has `tablets_low`, `tablets_best`, `tablets_high` and `tablets_qualifier`.
    """
    low, best, high = row.tablets_low, row.tablets_best, row.tablets_high
    if not _known(best):
        return look.t("no_quantity")
    if _known(low) and _known(high) and low > 0 and high / low >= DIFFERS:
        return span(low, high, look)
    text = i18n.tablets(best, look.lang)
    qualifier = row.tablets_qualifier
    if qualifier == "over" and not _known(high):
        return look.t("more_than", amount=text)
    if qualifier == "under":
        return look.t("less_than", amount=text)
    return look.t("about", amount=text) if qualifier == "about" else text
