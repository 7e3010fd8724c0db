"""Frames of events as a release holds them: a test names only the cells that matter to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard.figures.view import Look

MakeEvents = Callable[..., pd.DataFrame]

_TEXTS = (
    *("date_precision", "country", "admin1", "admin1_code", "place", "place_precision", "border_relation"),
    *("border_side", "drug", "transport", "site_type", "tablets_qualifier", "possible_duplicate_of"),
    "review_status",
)
_NUMBERS = (
    *("latitude", "longitude", "place_uncertainty_km", "border_km", "border_km_low", "border_km_high"),
    *("border_distance_km", "border_distance_low_km", "border_distance_high_km"),
    *("tablets_low", "tablets_best", "tablets_high", "n_outlets", "n_origins"),
)
_DATES = ("date_start", "date_end", "date_not_before", "date_not_after")
_USUAL = {
    "country": "IQ",
    "drug": "captagon",
    "date_precision": "day",
    "date_start": "2025-06-01",
    "place_precision": "country",
    "n_outlets": 1,
    "n_origins": 1,
    "is_bundle": False,
    "figures_differ": False,
}
AL_QAIM = {
    "place": "Al-Qaim border crossing",
    "admin1": "Anbar",
    "admin1_code": "IQ-AN",
    "place_precision": "exact",
    "latitude": 34.407,
    "longitude": 40.98,
    "place_uncertainty_km": 1.5,
    "border_side": "IQ",
    "border_km": 364.6,
    "border_km_low": 361.1,
    "border_km_high": 368.1,
    "border_distance_km": 0.7,
    "border_distance_low_km": 0,
    "border_distance_high_km": 4.2,
}
STRIP = {
    "place": "Western Anbar border strip",
    "admin1_code": "IQ-AN",
    "place_precision": "border_strip",
    "border_side": "IQ",
    "border_km_low": 276.0,
    "border_km_high": 599.3,
    "border_distance_low_km": 0,
    "border_distance_high_km": 20,
}


def _row(n: int, given: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(_TEXTS, "") | dict.fromkeys((*_NUMBERS, *_DATES))
    row |= {"event_id": f"CAP-{n:06d}"} | _USUAL | given
    tablets = row.pop("tablets", None)
    for key in ("tablets_low", "tablets_best", "tablets_high"):
        row[key] = given.get(key, tablets)
    if row["date_start"] is None:
        row["date_precision"] = "none"
    row["date_end"] = row["date_end"] or row["date_start"]
    return row


@pytest.fixture
def make_events() -> MakeEvents:
    """`make_events({...}, {...})`: one event for each dict; `tablets` sets low, best and high."""

    def make(*rows: dict[str, Any]) -> pd.DataFrame:
        empty = _row(0, {})
        frame = pd.DataFrame(
            [_row(n, row) for n, row in enumerate(rows, 1)], columns=list(empty), dtype=object
        )
        for key in _NUMBERS:
            frame[key] = pd.to_numeric(frame[key]).astype(float)
        for key in _DATES:
            frame[key] = pd.to_datetime(frame[key])
        return frame.astype({"is_bundle": bool, "figures_differ": bool})

    return make


@pytest.fixture
def look() -> Look:
    """English, light, codes as their own labels."""
    return Look(label=lambda _, value: value)
