"""The small release, and snapshots made in memory: a test names only the cells that matter to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.release import Snapshot
from tests.dashboard import small_release

COMPLETE_TO = date(2026, 3, 6)
_TEXT = (
    "event_id", "date_precision", "country", "admin1", "admin1_code", "place", "place_precision",
    "border_relation",
    "border_sector", "border_side", "drug", "event_type", "site_type", "transport", "authority", "evidence",
    "possible_duplicate_of", "concealment", "quantity_as_reported", "review_status",
    "not_counted_reason", "tablets_qualifier",
)  # fmt: skip
_NUMBERS = (
    "year", "latitude", "longitude", "place_uncertainty_km", "border_km", "border_km_low", "border_km_high",
    "border_distance_km", "border_distance_low_km", "border_distance_high_km", "tablets_low", "tablets_best",
    "tablets_high", "kg_best", "n_outlets", "n_origins",
)  # fmt: skip
_DATES = ("date_start", "date_end", "date_not_before", "date_not_after")
_USUAL = {
    "country": "IQ", "drug": "captagon", "date_precision": "day", "date_start": "2025-06-01",
    "place_precision": "town",
    "border_relation": "unknown", "evidence": "one_origin", "n_outlets": 1, "n_origins": 1, "counted": True,
    "is_bundle": False, "figures_differ": False,
}  # fmt: skip

MakeSnapshot = Callable[..., Snapshot]


def _row(n: int, given: dict[str, Any]) -> dict[str, Any]:
    row = dict.fromkeys(_TEXT, "") | dict.fromkeys((*_NUMBERS, *_DATES)) | _USUAL
    row |= {"event_id": f"CAP-{n:06d}"} | given
    if "tablets" in row:
        figure = row.pop("tablets")
        row |= {
            key: figure for key in ("tablets_low", "tablets_best", "tablets_high") if given.get(key) is None
        }
        row |= {key: value for key, value in given.items() if key.startswith("tablets_")}
    if row["date_start"] and not row["date_end"]:
        row["date_end"] = row["date_start"]
    if row["date_start"] and row["year"] is None:
        row["year"] = int(row["date_start"][:4])
    return row


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The small release in a folder of this test's own, to which it may publish others."""
    return small_release.write(tmp_path / "data")


@pytest.fixture
def client(data: Path) -> FlaskClient:
    """The dashboard on the small release."""
    return create_app(data).server.test_client()


@pytest.fixture
def make_snapshot(tmp_path: Path) -> MakeSnapshot:
    """`make_snapshot(dict, dict, ..., reports=[...])`: one seizure for each dict,
    numbered from CAP-000001."""

    def make(*rows: dict[str, Any], **tables: list[dict[str, Any]]) -> Snapshot:
        frame = pd.DataFrame([_row(n, row) for n, row in enumerate(rows, start=1)], dtype=object)
        for column in _NUMBERS:
            frame[column] = pd.to_numeric(frame[column]).astype("float64")
        for column in _DATES:
            frame[column] = pd.to_datetime(frame[column])
        for column in ("counted", "is_bundle", "figures_differ"):
            frame[column] = frame[column].astype(bool)
        others = {name: pd.DataFrame(found, dtype=object) for name, found in tables.items()}
        return Snapshot("2026.03.1", "0" * 64, COMPLETE_TO, tmp_path, {}, {"seizures": frame} | others)

    return make
