"""A release of a handful of seizures, written as the pipeline writes one: for tests that need known rows.

It has what makes pages and downloads difficult: a disputed weight, a formula in a cell, a line break in a
cell, an undated seizure, a merged and a withdrawn id, a possible repeat, several governorates.
"""

# Rows read as rows: long lines and split texts are meant.
# ruff: noqa: E501, SIM905

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

LABEL = "2026.03.1"
COMPLETE_TO = "2026-03-06"

TEXT, INTEGER, NUMBER, DATE = "string", "integer", "number", "date"
SEIZURE_TYPES = dict.fromkeys(
    "event_id date_precision date_basis country country_iso3 admin1 admin1_code admin1_ar place place_ar "
    "place_precision border_relation border_sector border_side nearest_crossing drug drugs_as_reported "
    "form tablets_qualifier tablets_basis kg_basis quantity_as_reported other_drugs event_type site_type "
    "transport method_group concealment agencies agency_codes authority announced_by partner_countries "
    "origin_country destination_country origin_as_reported destination_as_reported possible_duplicate_of "
    "evidence languages source_urls official_url flags review_status release drug_group drug_agreement "
    "tablets_rule not_counted_reason route_basis value_as_reported capacity_as_reported event_url".split(),
    TEXT,
)
SEIZURE_TYPES |= dict.fromkeys(
    "year month tablets_low tablets_best tablets_high arrests killed counted is_bundle n_incidents "
    "figures_differ n_reports n_outlets n_origins arrests_low arrests_high n_machine_reports".split(),
    INTEGER,
)
SEIZURE_TYPES |= dict.fromkeys(
    "latitude longitude place_uncertainty_km border_km border_km_low border_km_high border_distance_km "
    "border_distance_low_km border_distance_high_km kg_low kg_best kg_high conversion_g "
    "value_usd_reported".split(),
    NUMBER,
)
SEIZURE_TYPES |= dict.fromkeys(
    ["date_start", "date_end", "date_not_before", "date_not_after", "first_reported", "last_changed"], DATE
)
REPORT_TYPES = dict.fromkeys(
    "report_id event_id row_kind url publisher outlet_id outlet outlet_kind origin_group role language "
    "quality date_precision place place_as_written drug tablets_basis kg_basis qualifier "
    "quantity_as_written best_rule flags curator_notes review_status document_id link_reasons".split(),
    TEXT,
)
REPORT_TYPES |= dict.fromkeys(
    ("is_official", "tablets_low", "tablets", "tablets_high", "agrees_with_best"), INTEGER
)
REPORT_TYPES |= dict.fromkeys(("kg_low", "kg", "kg_high", "tablet_mass_g"), NUMBER)
REPORT_TYPES |= dict.fromkeys(("published", "date_start", "date_end"), DATE)

EVIDENCE_TYPES = dict.fromkeys(
    ("report_id", "event_id", "field", "value", "quote", "rule", "document_id"), TEXT
) | dict.fromkeys(("highlight_start", "highlight_end"), INTEGER)

_PLAIN = {
    "date_precision": "day", "border_relation": "unknown", "form": "tablets", "drug": "captagon",
    "drug_group": "captagon", "drugs_as_reported": "captagon", "tablets_qualifier": "exact",
    "tablets_basis": "stated", "kg_basis": "none", "event_type": "raid", "site_type": "unknown", "counted": 1,
    "is_bundle": 0, "n_incidents": 1, "figures_differ": 0, "evidence": "one_origin", "n_reports": 1, "n_outlets": 1,
    "n_origins": 1, "languages": "en", "review_status": "reviewed", "last_changed": COMPLETE_TO, "release": LABEL,
    "drug_agreement": "1/1", "source_urls": "https://example.org/a", "place_precision": "governorate",
}  # fmt: skip


def seizures() -> list[dict[str, Any]]:
    """CAP-000001 disputed weight, 2 formula and line break, 3 undated, 4 unstated kind, 5 before the period."""

    def row(n: int, **values: Any) -> dict[str, Any]:
        event_id = f"CAP-{n:06d}"
        day = values.get("date_start", "")
        dated = {"date_end": day, "year": day[:4], "month": str(int(day[5:7]))} if day else {}
        return _PLAIN | {"event_id": event_id, "event_url": f"/event/{event_id}"} | dated | values

    return [
        row(
            1, date_start="2025-07-30", country="SY", country_iso3="SYR", admin1="Damascus", admin1_code="SY-DI",
            place="Damascus", latitude=33.51, longitude=36.29, place_precision="town", place_uncertainty_km=9,
            tablets_low=1300000, tablets_best=1350000, tablets_high="", tablets_qualifier="over", kg_low=215, kg_best=215,
            kg_high=2015, kg_basis="stated", flags="mass_check", n_reports=3, n_outlets=3, n_origins=2,
            evidence="several_origins", tablets_rule="most_origins", partner_countries="IQ", drug_agreement="2/3",
            drugs_as_reported="captagon|pills_unspecified", possible_duplicate_of="CAP-000002",
        ),
        row(
            2, date_start="2025-08-01", country="SY", country_iso3="SYR", admin1="Damascus|Rif Dimashq",
            admin1_code="SY-DI|SY-RD", tablets_low=32000, tablets_best=32000, tablets_high=64000, figures_differ=1,
            quantity_as_reported="=2+3", concealment='restaurant "equipment"\nin crates', destination_country="SA",
            destination_as_reported="SA", tablets_qualifier="about", tablets_rule="only_figure", arrests=3,
            arrests_low=2, arrests_high=4,
        ),
        row(
            3, date_start="", date_precision="none", date_not_after="2025-08-05", country="SY", country_iso3="SYR",
            place="Al-Muhajireen", tablets_basis="none", drug="unspecified", drug_group="unspecified",
            place_precision="country", tablets_qualifier="unstated",
        ),
        row(
            4, date_start="2025-05-01", country="IQ", country_iso3="IRQ", admin1="Anbar", admin1_code="IQ-AN",
            place="Western Anbar border strip", place_precision="border_strip", drug="pills_unspecified",
            drug_group="pills_unspecified", tablets_low=500000, tablets_best=500000, tablets_high=500000,
            border_km_low=400, border_km_high=583, border_distance_low_km=0, border_distance_high_km=20,
            border_side="IQ", border_sector="anbar_desert", border_relation="crosses_stated", other_drugs="hashish:50:slabs",
        ),
        row(
            5, date_start="2023-03-11", country="IQ", country_iso3="IRQ", admin1="Anbar", admin1_code="IQ-AN",
            place="Al-Qaim border crossing", latitude=34.407, longitude=40.98, place_precision="exact",
            place_uncertainty_km=1.5, tablets_low=3000000, tablets_best=3000000, tablets_high=3500000, border_km=365,
            border_km_low=362, border_km_high=368, border_distance_km=0.4, border_distance_low_km=0,
            border_distance_high_km=4, border_side="IQ", border_sector="anbar_euphrates", concealment="apple crates",
        ),
    ]  # fmt: skip


def reports() -> list[dict[str, Any]]:
    """Three versions of CAP-000001: one taken, one with an impossible weight, one without a figure."""
    shared = {
        "row_kind": "seizure", "role": "primary", "language": "en", "quality": "good", "date_precision": "day",
        "date_start": "2025-07-30", "date_end": "2025-07-30", "drug": "captagon", "outlet_kind": "outlet",
        "is_official": 0, "tablets_basis": "stated", "kg_basis": "stated", "qualifier": "over",
    }  # fmt: skip
    return [
        shared | {
            "report_id": "R1", "event_id": "CAP-000001", "url": "https://example.org/one", "outlet": "The National",
            "origin_group": "a", "place": "Damascus", "place_as_written": "Syria's capital", "tablets": 1350000,
            "tablets_low": 1350000, "kg_low": 215, "kg": 215, "kg_high": 215, "tablet_mass_g": 0.159,
            "quantity_as_written": "more than 1.35 million", "best_rule": "chosen", "agrees_with_best": 1,
        },
        shared | {
            "report_id": "R2", "event_id": "CAP-000001", "url": "https://example.org/two", "outlet": "Asharq Al-Awsat",
            "origin_group": "b", "place": "", "place_as_written": "inside Syria", "tablets": 1350000,
            "tablets_low": 1350000, "kg_low": 2015, "kg": 2015, "kg_high": 2015, "tablet_mass_g": 1.493,
            "quantity_as_written": "over 1.35 million, about 2,015 kilograms", "best_rule": "set_aside_implausible",
            "agrees_with_best": 0, "curator_notes": "1.49 g each: impossible",
        },
        shared | {
            "report_id": "R3", "event_id": "CAP-000001", "url": "javascript:alert(1)", "outlet": "Al-Mowaten",
            "origin_group": "b", "place": "Damascus", "place_as_written": "دمشق", "language": "ar",
            "tablets_basis": "none", "kg_basis": "none", "qualifier": "unstated", "best_rule": "no_figure",
            "role": "background",
        },
    ]  # fmt: skip


HOSTILE = 'Police found <script>alert("x")</script> 70,000 captagon pills'
"""What a page may say: shown as text, never run."""


def machine_seizures() -> list[dict[str, Any]]:
    """CAP-900001, which no person has reviewed: Damascus, in the default period."""
    event_id, day = "CAP-900001", "2025-09-09"
    return [
        _PLAIN | {
            "event_id": event_id, "event_url": f"/event/{event_id}", "date_start": day, "date_end": day,
            "year": "2025", "month": "9", "country": "SY", "country_iso3": "SYR", "admin1": "Damascus",
            "admin1_code": "SY-DI", "place": "Damascus", "latitude": 33.51, "longitude": 36.29,
            "place_precision": "town", "place_uncertainty_km": 9, "tablets_low": 70000, "tablets_best": 70000,
            "tablets_high": 70000, "counted": 0, "not_counted_reason": "machine_read", "review_status": "machine",
            "tablets_rule": "only_figure", "n_machine_reports": 1,
        },
    ]  # fmt: skip


def machine_reports() -> list[dict[str, Any]]:
    """One beside the curated CAP-000001, in Arabic; one that CAP-900001 rests on, without an address."""
    shared = {
        "row_kind": "seizure", "role": "primary", "quality": "good", "date_precision": "day", "qualifier": "exact",
        "drug": "captagon", "outlet_kind": "outlet", "is_official": 0, "tablets_basis": "stated", "kg_basis": "none",
        "review_status": "machine",
    }  # fmt: skip
    return [
        shared | {
            "report_id": "DOC-0000000000aa-1", "event_id": "CAP-000001", "url": "https://example.org/ar",
            "outlet": "جريدة", "language": "ar", "origin_group": "z", "tablets": 1350000, "published": "2025-07-31",
            "agrees_with_best": 1, "document_id": "DOC-0000000000aa", "link_reasons": "the same day (+4.6)",
        },
        shared | {
            "report_id": "DOC-0000000000bb-1", "event_id": "CAP-900001", "url": "", "outlet": "", "language": "en",
            "origin_group": "y", "tablets": 70000, "best_rule": "chosen", "document_id": "DOC-0000000000bb",
        },
    ]  # fmt: skip


def evidence() -> list[dict[str, Any]]:
    """Words with their highlights: right to left, hostile, none at all."""
    arabic, told = "ضبطت الشرطة 1,350,000 حبة كبتاغون في دمشق", "1,350,000 حبة كبتاغون"
    at = arabic.index(told)
    first = {"report_id": "DOC-0000000000aa-1", "event_id": "CAP-000001", "document_id": "DOC-0000000000aa"}
    second = {"report_id": "DOC-0000000000bb-1", "event_id": "CAP-900001", "document_id": "DOC-0000000000bb"}
    return [
        first | {"field": "quantity", "value": "captagon:1350000:tablets", "quote": arabic, "rule": "phrase",
                 "highlight_start": at, "highlight_end": at + len(told)},
        first | {"field": "named_place", "value": "Syria:origin", "quote": arabic, "rule": "place:قادم من",
                 "highlight_start": 36, "highlight_end": 40},
        second | {"field": "quantity", "value": "captagon:70000:tablets", "quote": HOSTILE, "rule": "phrase",
                  "highlight_start": HOSTILE.index("70,000"), "highlight_end": len(HOSTILE)},
        second | {"field": "date", "value": "2025-09-09", "rule": "day:published"},
        second | {"field": "country", "value": "SY", "quote": "in Damascus", "rule": "country:at",
                  "highlight_start": 5, "highlight_end": 900},
    ]  # fmt: skip


def write(root: Path, *, machine: bool = False) -> Path:
    """Writes the release below `root` and points `current.json` to it; returns `root`.

    `machine`: with what a machine read, as documents in the inbox add it.
    """
    folder = root / "releases" / LABEL
    folder.mkdir(parents=True)
    tables = {
        "seizures": (SEIZURE_TYPES, seizures() + (machine_seizures() if machine else [])),
        "reports": (REPORT_TYPES, reports() + (machine_reports() if machine else [])),
        "event_flags": (
            dict.fromkeys(("event_id", "flag", "report_ids", "detail"), TEXT),
            [{"event_id": "CAP-000001", "flag": "mass_check", "report_ids": "R2", "detail": "1.49 g a tablet"}],
        ),
        "event_ids": (
            dict.fromkeys(("event_id", "report_id", "status", "merged_into", "since"), TEXT),
            [
                {"event_id": "CAP-000001", "report_id": "R1", "status": "active", "since": LABEL},
                {"event_id": "CAP-000007", "status": "merged_into", "merged_into": "CAP-000008", "since": LABEL},
                {"event_id": "CAP-000008", "status": "merged_into", "merged_into": "CAP-000001", "since": LABEL},
                {"event_id": "CAP-000009", "status": "withdrawn", "since": LABEL},
            ],
        ),
        "aggregates": (
            dict.fromkeys(
                ("aggregate_id", "kind", "issuer", "issuer_country", "scope_kind", "scope_as_reported", "country",
                 "governorate", "agency", "drug", "unit", "qualifier", "said_on", "period_start", "period_end", "parts",
                 "superseded_by", "source_urls"), TEXT,
            ) | dict.fromkeys(("low", "best", "high"), NUMBER),
            [{"aggregate_id": "AGG-1", "kind": "period_total", "issuer": "UNODC", "country": "IQ", "best": 24000000,
              "low": 24000000, "drug": "captagon", "unit": "tablets", "qualifier": "exact", "period_end": "2025",
              "source_urls": "https://example.org/unodc"}],
        ),
    }  # fmt: skip
    if machine:
        tables["evidence"] = (EVIDENCE_TYPES, evidence())
    resources = []
    for name, (types, rows) in tables.items():
        (folder / f"{name}.csv").write_bytes(_csv(list(types), rows))
        fields = [
            {"name": column, "type": kind, "description": f"About {column}"} for column, kind in types.items()
        ]
        resources.append({"name": name, "path": f"{name}.csv", "schema": {"fields": fields}})
    frame = pd.read_csv(folder / "seizures.csv")
    points = gpd.points_from_xy(frame["longitude"], frame["latitude"])
    whole = gpd.GeoDataFrame(frame, geometry=points, crs=4326)
    whole.loc[frame["latitude"].isna(), "geometry"] = None
    whole.to_parquet(folder / "seizures.parquet")
    (folder / "seizures.geojson").write_text(whole.to_json(drop_id=True), encoding="utf-8")
    square = [[40.0, 33.0], [42.0, 33.0], [42.0, 35.0], [40.0, 35.0], [40.0, 33.0]]
    anbar = _feature([square], admin1_code="IQ-AN", name_en="Anbar", country="IQ")
    damascus = [[36.0, 33.3], [36.6, 33.3], [36.6, 33.8], [36.0, 33.8], [36.0, 33.3]]
    syria = [
        _feature([damascus], admin1_code=code, name_en=code, country="SY") for code in ("SY-DI", "SY-RD")
    ]
    _geojson(folder / "governorates.geojson", [anbar, *syria])
    _geojson(folder / "areas.geojson", [_feature([square], event_id="CAP-000004")])
    package = {"name": "captagon-seizures", "version": LABEL, "captagon:data_complete_to": COMPLETE_TO}
    (folder / "datapackage.json").write_text(json.dumps(package | {"resources": resources}), encoding="utf-8")
    digest = hashlib.sha256((folder / "datapackage.json").read_bytes()).hexdigest()
    (root / "current.json").write_text(json.dumps({"release": LABEL, "sha256": digest}), encoding="utf-8")
    return root


def _csv(columns: list[str], rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _feature(rings: list[list[list[float]]], **properties: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": rings},
    }


def _geojson(path: Path, features: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
