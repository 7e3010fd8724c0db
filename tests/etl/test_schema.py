"""The schema keeps its promises to readers, and what is generated from it is current."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from etl.publish.datapackage import descriptor, table_schema
from etl.publish.dictionary import render
from etl.publish.readers import r_script, stata_script
from etl.schema import SEIZURES, TABLES, Field, Table, table

ROOT = Path(__file__).parents[2]
PROMISED = """
event_id, date_start, date_end, date_precision, date_basis, year, month, country, country_iso3, admin1,
admin1_code, admin1_ar, place, place_ar, latitude, longitude, place_precision, place_uncertainty_km,
border_relation, border_km, border_km_low, border_km_high, border_distance_km, border_distance_low_km,
border_distance_high_km, border_sector, border_side, nearest_crossing, drug, drugs_as_reported, form,
tablets_low, tablets_best, tablets_high, tablets_qualifier, tablets_basis, kg_low, kg_best, kg_high,
kg_basis, conversion_g, quantity_as_reported, other_drugs, value_usd_reported, arrests, killed,
event_type, site_type, transport, method_group, concealment, agencies, agency_codes, authority,
announced_by, partner_countries, origin_country, destination_country, origin_as_reported,
destination_as_reported, counted, is_bundle, n_incidents, possible_duplicate_of, figures_differ,
evidence, n_reports, n_outlets, n_origins, languages, source_urls, official_url, flags, review_status,
first_reported, last_changed, release
"""
REQUIRED_BY_ANALYSTS = {
    "date_not_before", "date_not_after", "not_counted_reason", "drug_agreement", "concealment_group",
    "transit_countries", "route_basis", "partner_role", "value_as_reported", "arrests_low", "arrests_high",
    "capacity_as_reported", "event_url",
}  # fmt: skip
CLAIMS = """
claim_id, report_id, event_id, origin_group, field, value, value_high, unit, qualifier, as_written,
quote, language, basis, agrees, chosen, rule_id, review_status
"""
EVERY_FIELD = [(t, f) for t in TABLES for f in t.fields]
IDS = [f"{t.name}.{f.name}" for t, f in EVERY_FIELD]


def test_seizures_open_with_the_promised_columns_in_order() -> None:
    promised = tuple(name.strip() for name in PROMISED.replace("\n", " ").split(","))
    assert SEIZURES.columns[: len(promised)] == promised
    assert set(SEIZURES.columns) >= REQUIRED_BY_ANALYSTS


def test_claims_have_the_promised_columns() -> None:
    assert table("claims").columns == tuple(name.strip() for name in CLAIMS.replace("\n", " ").split(","))


def test_totals_never_have_an_event_date() -> None:
    assert not {"event_date", "date_start"} & set(table("aggregates").columns)


@pytest.mark.parametrize(("of", "field"), EVERY_FIELD, ids=IDS)
def test_every_column_is_described_in_two_languages(of: Table, field: Field) -> None:
    assert field.en and re.search(r"[\u0600-\u06ff]", field.ar)
    assert len(field.name) <= 32
    for code in field.codes:
        assert code.en and re.search(r"[\u0600-\u06ff]", code.ar), code


@pytest.mark.parametrize(("of", "field"), EVERY_FIELD, ids=IDS)
def test_codes_are_lower_case_ascii_apart_from_iso_and_change_codes(of: Table, field: Field) -> None:
    exempt = field.name in {"border_side", "change"}
    for code in field.codes:
        assert exempt or re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", code.value), code.value
    assert len(field.allowed) == len(field.codes)


def test_foreign_keys_name_columns_that_exist() -> None:
    for of in TABLES:
        for key in of.foreign_keys:
            assert set(key.fields) <= set(of.columns)
            assert set(key.references) <= set(table(key.table).columns)


@pytest.mark.parametrize("name", ["Tablets", "two words", "x" * 33, "9lives", "naïve"])
def test_impossible_column_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name[:10]):
        Field(name, "text", "", "")


def test_impossible_definitions_are_refused() -> None:
    with pytest.raises(ValueError, match="type"):
        Field("a", "float", "", "")
    with pytest.raises(ValueError, match="twice"):
        Table("t", "", "", (Field("a", "text", "", ""), Field("a", "text", "", "")), ())
    with pytest.raises(ValueError, match="key"):
        Table("t", "", "", (Field("a", "text", "", ""),), ("b",))
    with pytest.raises(KeyError):
        table("prices")
    with pytest.raises(KeyError):
        SEIZURES.field("colour")


def test_the_data_dictionary_is_current() -> None:
    path = ROOT / "docs/data-dictionary.md"
    assert path.read_text(encoding="utf-8") == render(), "run `captagon-etl dictionary`"


def test_descriptor_enumerates_codes_where_validators_look() -> None:
    fields = {f["name"]: f for f in json.loads(json.dumps(table_schema(SEIZURES)))["fields"]}
    assert fields["date_precision"]["constraints"]["enum"] == ["day", "week", "month", "year", "none"]
    assert fields["counted"]["trueValues"] == ["1"]
    assert "enum" not in fields["flags"].get("constraints", {}), "a list is no single code"
    assert fields["flags"]["captagon:labels"]["ar"]


def test_descriptor_says_to_which_day_the_data_are_complete() -> None:
    content = descriptor({}, "2026.03.1", date(2026, 3, 6), date(2026, 2, 28), date(2026, 3, 6))
    package = json.loads(content)
    assert package["captagon:data_complete_to"] == "2026-02-28"
    assert package["version"] == package["captagon:release"] == "2026.03.1"
    assert package["created"].startswith("2026-03-06")


def test_r_and_stata_readers_know_every_column_and_code() -> None:
    r, stata = r_script(SEIZURES).decode(), stata_script(SEIZURES).decode()
    for field in SEIZURES.fields:
        assert f'x[["{field.name}"]], "label"' in r
        assert f"label variable {field.name} " in stata
        for code in field.codes if field.type == "text" else ():
            assert f'"{code.value}"' in r
            assert f'"{code.value}"' in stata
    assert all(
        len(line.split('"')[1]) <= 80 for line in stata.splitlines() if line.startswith("label variable")
    )
    assert r.count("{") == r.count("}") and r.count("(") == r.count(")")
