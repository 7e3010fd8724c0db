"""A total with plain values, to be changed where a case needs it, and releases with totals of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from dashboard.reconcile.totals import Total
from dashboard.release import Snapshot

TOTAL = Total(
    aggregate_id="AGG-R1", kind="period_total", issuer="Ministry of Interior", issuer_country="IQ",
    scope="Captagon, Iraq", scope_kind="national", country="IQ", territory="", admin1=(), agency="",
    drug="captagon", drug_scope="captagon", start=date(2023, 1, 1), end=date(2023, 12, 31), low=24e6,
    best=24e6, high=24e6, unit="tablets", qualifier="exact", n_incidents=None,
    said_on=date(2024, 7, 22), parts=(), remainder="", superseded_by="",
    sources=("https://example.org/un",), machine=False,
)  # fmt: skip

ROW: dict[str, Any] = {
    "aggregate_id": "AGG-R1", "kind": "period_total", "issuer": "UNODC", "issuer_country": "",
    "scope_as_reported": "Captagon, Iraq, 2023", "scope_kind": "national", "country": "IQ", "territory": "",
    "governorate": "", "admin1_code": "", "agency": "", "drug": "captagon", "drug_scope": "captagon",
    "period_start": pd.Timestamp("2023-01-01"), "period_end": pd.Timestamp("2023-12-31"), "low": 24e6,
    "best": 24e6, "high": 24e6, "unit": "tablets", "qualifier": "exact", "n_incidents": float("nan"),
    "said_on": pd.Timestamp("2024-07-22"), "parts": "", "remainder_event": "", "superseded_by": "",
    "source_urls": "https://example.org/un", "review_status": "curated",
}  # fmt: skip


def with_totals(snapshot: Snapshot, *rows: dict[str, Any]) -> Snapshot:
    """The release with these totals in place of its own; what a row leaves out is as in `ROW`."""
    frame = pd.DataFrame([ROW | row for row in rows], columns=list(ROW))
    return replace(snapshot, tables={**snapshot.tables, "aggregates": frame}, memo={})


def without_totals(snapshot: Snapshot) -> Snapshot:
    """The release without any total."""
    tables = {name: table for name, table in snapshot.tables.items() if name != "aggregates"}
    return replace(snapshot, tables=tables, memo={})
