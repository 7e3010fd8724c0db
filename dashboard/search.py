"""Text search over everything a release says of a seizure, in English or Arabic.

Spelling is folded by `geo.fold`: case, accents, alef forms, articles, and every spelling of Captagon are one.
Every word of the question must be found, at the beginning of a word or of a number.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.i18n import day, languages, tablets
from dashboard.release import Snapshot, per_release
from geo.fold import fold_search
from geo.names import find_country

_EVENT_COLUMNS = (
    "event_id", "date_start", "year", "admin1", "admin1_ar", "place", "place_ar",
    "drug", "drugs_as_reported", "other_drugs", "quantity_as_reported", "concealment", "agencies",
    "transport", "event_type", "site_type", "origin_as_reported", "destination_as_reported",
    "value_as_reported", "capacity_as_reported",
)  # fmt: skip
_REPORT_COLUMNS = (
    "report_id", "outlet", "place", "place_as_written", "quantity_as_written", "quote", "concealment",
    "agencies",
)  # fmt: skip
# kaptagon, kabtagon, captogon, captagone: the spellings of pages in Latin script
_CAPTAGON = re.compile(r"\b[ck]a?[pb]th?[ao]g+[ao]ne?\b")
# What a report says beyond its own columns stands in claims.csv, one row a field.
_CLAIMS = ("concealment", "agencies", "origin", "destination", "place")
_LABELLED = ("drug", "event_type", "site_type", "country")


def matches(question: str, snapshot: Snapshot) -> npt.NDArray[np.bool_]:
    """Which rows of `snapshot.seizures` hold every word of `question`; all of them for an empty question."""
    words = _folded(question).split()
    index = _index(snapshot)
    return np.array([all(f" {word}" in text for word in words) for text in index], dtype=bool)


def _folded(text: str) -> str:
    return _CAPTAGON.sub("captagon", fold_search(text))


@per_release(1)
def _index(snapshot: Snapshot) -> tuple[str, ...]:
    """One folded text for each seizure, in the order of the table."""
    seizures, reports = snapshot.seizures, snapshot.reports
    told: dict[str, list[str]] = {}
    if "event_id" in reports:
        columns = [column for column in _REPORT_COLUMNS if column in reports]
        for event_id, *cells in reports[["event_id", *columns]].itertuples(index=False, name=None):
            told.setdefault(event_id, []).extend(cells)
    claims = snapshot.claims
    if {"event_id", "field", "value"} <= set(claims.columns):
        wanted = claims.loc[claims["field"].isin(_CLAIMS), ["event_id", "value"]]
        for event_id, value in wanted.drop_duplicates().itertuples(index=False, name=None):
            told.setdefault(event_id, []).append(value)
    columns = [column for column in _EVENT_COLUMNS if column in seizures]
    texts = []
    for row in seizures.to_dict("records"):
        parts = [_cell(row[column]) for column in columns]
        parts += [
            snapshot.label_of(column, row[column], lang)
            for column in _LABELLED
            for lang in languages()
            if row.get(column)
        ]
        parts += _country_names(row["country"]) + _spoken(row) + told.get(row["event_id"], [])
        texts.append(" " + _folded(" \n ".join(dict.fromkeys(part for part in parts if part))))
    return tuple(texts)


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d} {day(value.date())}"
    return f"{value:.0f}" if isinstance(value, float) else str(value).replace("|", " ").replace("_", " ")


def _country_names(code: str) -> list[str]:
    found = find_country(code) if code else None
    return [code, found.name_en, found.name_ar, *found.aliases] if found else [code]


def _spoken(row: Mapping[Hashable, object]) -> list[str]:
    """The quantities as a reader may type them: 3000000, 3,000,000, 3 million."""
    spoken = []
    for column in ("tablets_low", "tablets_best", "tablets_high", "kg_best"):
        value = row.get(column)
        if isinstance(value, float) and not np.isnan(value):
            spoken += [f"{value:.0f}", f"{value:,.0f}", *_million(value)]
    return spoken


def _million(value: float) -> list[str]:
    """`3 million`, `3 ملايين`: the words for large numbers in each language."""
    english = tablets(value, "en").replace("\N{NO-BREAK SPACE}M", " million")
    return [english, *(tablets(value, lang) for lang in languages() if lang != "en")]
