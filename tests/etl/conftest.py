"""Records and small ledgers for the tests of the pipeline; defaults are the plainest thing a report says."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.records import (
    AgencyRef,
    Amount,
    Claim,
    Cluster,
    Location,
    OutletRef,
    PlacedClaim,
    Report,
    RowRef,
    Span,
    When,
)
from tests.stores import postgres, tracker, tracker_url, tracker_urls

__all__ = ["postgres", "tracker", "tracker_url", "tracker_urls"]

ROOT = Path(__file__).parents[2]

LEDGER_COLUMNS = (
    "report_id", "url", "publisher", "lang", "published", "role", "event_type", "event_date", "date_basis",
    "country", "admin1", "place", "place_as_written", "drug", "quantity", "quantity_high", "qualifier",
    "unit", "quantity_as_written", "weight_kg",
    "other_drugs", "value_usd", "arrests", "killed", "agencies",
    "joint_with", "partners", "concealment", "transport", "origin", "destination", "period_start",
    "period_end", "scope",
    "quality", "notes",
)  # fmt: skip


def make_when(text: str = "", basis: str = "stated", **more: Any) -> When:
    """2024-05-01, 2024-05, 2024 or "" (undated)."""
    if not text:
        return When(**more)
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    if day:
        return When(date(year, month, day), date(year, month, day), "day", basis, **more)
    if month:
        last = date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        return When(date(year, month, 1), last, "month", basis, **more)
    return When(date(year, 1, 1), date(year, 12, 31), "year", basis, **more)


def exact(value: float) -> Span:
    return Span(value, value, value, "stated")


def make_report(report_id: str = "R1", **given: Any) -> Report:
    """A report; keywords are fields of Claim, Report or Location, and shorthands.

    `when="2024-05-01"` (with `basis`), `tablets=1000` and `kg=2.5` (stated), `origin` is left to the cluster.
    """
    when = given.pop("when", "2024-05-01")
    basis = given.pop("basis", "stated")
    tablets, kg = given.pop("tablets", None), given.pop("kg", None)
    amount = given.pop("amount", None) or Amount(
        quantity=tablets if isinstance(tablets, (int, float)) else None,
        unit="tablets",
        qualifier=given.pop("qualifier", "exact"),
        as_written=given.pop("as_written", ""),
    )
    claim_fields = {f.name for f in fields(Claim)} - {"country"}
    claim_given = {name: given.pop(name) for name in list(given) if name in claim_fields and name != "place"}
    if given_agencies := [a for a in claim_given.get("agencies", ()) if isinstance(a, AgencyRef)]:
        given["agencies"] = tuple(given_agencies)
        del claim_given["agencies"]
    location_fields = {f.name for f in fields(Location)}
    location_given = {name: given.pop(name) for name in list(given) if name in location_fields}
    location_given.setdefault("country", "IQ")
    location = Location(**{"precision": "country", **location_given})
    claim = Claim(**{
        "ref": RowRef("a.csv", 2), "report_id": report_id, "url": f"https://example.org/{report_id}",
        "publisher": "Outlet", "lang": "en", "published": None, "role": "primary",
        "event_type": "interdiction",
        "when": when if isinstance(when, When) else make_when(when, basis), "country": location.country,
        "admin1": (), "place": location.place, "place_as_written": "", "drug": "captagon", "amount": amount,
        "weight_kg": None, "other_loads": (), "value_usd": None, "arrests": None, "killed": None,
        "agencies": (),
        "joint_with": (), "partners": (), "concealment": "", "transport": "", "origin": "", "destination": "",
        "period_start": None, "period_end": None, "scope": "", "quality": "good", "notes": "", **claim_given,
    })  # fmt: skip
    return Report(**{
        "placed": PlacedClaim(claim, location),
        "tablets": exact(tablets) if isinstance(tablets, (int, float)) else tablets or Span(),
        "kg": exact(kg) if isinstance(kg, (int, float)) else kg or Span(),
        "conversion_g": None, "mass_g": None, "drug_group": "captagon", "form": "tablets",
        "outlet": OutletRef(report_id.lower(), report_id, "outlet"), "is_official": False, "agencies": (),
        "authority": "", "transport": "", "method_group": "unknown", "concealment_group": "unknown",
        "site_type": "unknown", "origin_countries": (), "destination_countries": (), "route_basis": "",
        **given,
    })  # fmt: skip


def make_cluster(reports: Sequence[Report], origins: Sequence[str] = ()) -> Cluster:
    """A cluster in which every report is an origin of its own, unless `origins` says otherwise."""
    ids = [r.report_id for r in reports]
    return Cluster(tuple(sorted(ids)), (), tuple(sorted(zip(ids, origins or ids, strict=True))))


@pytest.fixture
def report() -> Callable[..., Report]:
    return make_report


@pytest.fixture
def cluster() -> Callable[..., Cluster]:
    return make_cluster


@pytest.fixture
def when() -> Callable[..., When]:
    return make_when


def ledger_row(**given: str) -> dict[str, str]:
    """A complete row of the ledger as texts."""
    plain = {
        "report_id": "R1", "url": f"https://example.org/{given.get('report_id', 'R1')}",
        "publisher": "Shafaq News",
        "lang": "en", "role": "primary", "event_type": "interdiction", "event_date": "2024-05-01",
        "date_basis": "stated", "country": "IQ", "drug": "captagon", "quantity": "100000",
        "qualifier": "exact",
        "unit": "tablets", "quality": "good",
    }  # fmt: skip
    return dict.fromkeys(LEDGER_COLUMNS, "") | plain | given


@pytest.fixture
def write_ledger() -> Callable[..., Path]:
    """`write_ledger(folder, row, row, ..., file="a.csv")`: rows are dictionaries over the plain row."""

    def write(folder: Path, *rows: dict[str, str], file: str = "a.csv") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / file).open("w", newline="", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, LEDGER_COLUMNS)
            writer.writeheader()
            writer.writerows(ledger_row(**row) for row in rows)
        return folder

    return write
