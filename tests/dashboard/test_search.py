"""Text search: English and Arabic, every spelling of Captagon, numbers as people type them."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.search import matches

ROW = {
    "country": "IQ", "place": "Al-Qā’im border crossing", "admin1_ar": "الأنبار",
    "concealment": "apple crates",
    "tablets": 3_000_000, "date_start": "2023-03-11", "transport": "truck",
}  # fmt: skip
REPORT = {
    "event_id": "CAP-000001",
    "outlet": "وكالة الأنباء العراقية",
    "place_as_written": "منفذ القائم الحدودي",
}


@pytest.mark.parametrize(
    "question",
    [
        "", "qaim", "Al-Qa'im", "القائم", "القايم", "APPLE", "apple qaim", "Iraq", "العراق", "3 million",
        "3,000,000",
        "3000000", "captagon", "kaptagon", "Kabtagon", "captogon", "11 Mar 2023", "2023-03-11", "الانبار",
        "الأنباء",
        "CAP-000001",
    ],
)  # fmt: skip
def test_finds(make_snapshot: Any, question: str) -> None:
    assert matches(question, make_snapshot(ROW, reports=[REPORT])).tolist() == [True]


@pytest.mark.parametrize("question", ["syria", "apple pears", "aim", "400", "kept"])
def test_does_not_find(make_snapshot: Any, question: str) -> None:
    assert matches(question, make_snapshot(ROW, reports=[REPORT])).tolist() == [False]


@pytest.mark.parametrize("question", ["كبتاغون", "كبتاجون", "الكبتاكون"])
def test_arabic_spellings_of_captagon_are_one(make_snapshot: Any, question: str) -> None:
    snapshot = make_snapshot({"quantity_as_reported": "200 ألف حبة كبتاغون"}, {"drug": "hashish"})
    assert matches(question, snapshot).tolist() == [True, False]
