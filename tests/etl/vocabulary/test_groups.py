"""Hiding places, methods and sites: tables of wordings, English and Arabic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.vocabulary.groups import (
    all_labels,
    concealment_group,
    method_group,
    site_type,
    transport_code,
    unmatched_concealments,
    unused_entries,
)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("apple crates in a refrigerated truck", "fresh_produce"),
        ("secret compartment in vegetable truck", "vehicle_cavity"),  # the hollow before the cargo
        ("floor of a refrigerated truck", "vehicle_cavity"),
        ("إطار احتياطي", "vehicle_cavity"),
        ("مخابئ سرية", "vehicle_cavity"),
        ("tomato-paste jars", "packaged_food"),
        ("مشروبات غازية", "packaged_food"),
        ("plastic lemons among real ones", "fresh_produce"),
        ("crushed and moulded into fake hummus bowls", "moulded"),
        ("rotor coils of three marble polishing machines", "machinery"),  # not the marble
        ("hollow of a concrete-block making machine", "machinery"),
        ("concrete blocks", "construction_material"),
        ("inside welded-shut iron bars", "construction_material"),
        ("ironing boards", "household_goods"),
        ("wooden tables", "furniture_wood"),
        ("fur clothing shipment", "textiles"),
        ("wool of live sheep", "livestock"),
        ("bags with camel picture marked 2023", "packets"),  # a logo is no livestock
        ("medical corsets worn by a passenger", "body"),
        ("bags/suitcases for a private jet", "luggage"),
        ("gps balloons; dropped at wadi hauran", "airborne"),
        ("plastic barrels thrown overboard", "water"),
        ("hidden inside a grave", "buried"),
        ("أحد القبور", "buried"),
        ("pill factory under a fake carpentry shop", "production_site"),
        ("storage and preparation sites", "building"),
        ("inside an express parcel", "parcel"),
        ("in 11 containers", "among_cargo"),
        ("hidden in a passing car", "in_vehicle"),
        ("left behind by smugglers after a shoot-out", "abandoned_open"),
        ("", "unknown"),
        ("inside a harp", "other"),
    ],
)
def test_concealment(text: str, group: str) -> None:
    assert concealment_group(text) == group


@pytest.mark.parametrize(
    ("transport", "event_type", "concealment", "group"),
    [
        ("balloon", "airdrop_or_drone", "", "balloon"),
        ("", "airdrop_or_drone", "gps balloons", "balloon"),
        ("aircraft", "airdrop_or_drone", "microlight aircraft, pilot fled", "light_aircraft"),
        ("aircraft", "airdrop_or_drone", "", "light_aircraft"),
        ("aircraft", "interdiction", "bags for a private jet", "aircraft"),
        ("drone", "airdrop_or_drone", "", "drone"),
        ("", "airdrop_or_drone", "four bags in a plastic projectile", "air_unspecified"),
        ("ship/container", "interdiction", "inside a vehicle", "sea"),  # the stated transport decides
        ("truck", "interdiction", "apple crates", "land_vehicle"),
        ("", "interdiction", "fuel tank of a truck", "land_vehicle"),
        ("", "interdiction", "in two containers", "sea"),
        ("", "interdiction", "plastic containers", "unknown"),
        ("", "interdiction", "sealed plastic tubs floated on the river", "river"),
        ("parcel", "interdiction", "", "parcel"),
        ("on foot", "interdiction", "", "on_foot_animal"),
        ("building", "raid", "load of coal", "stored"),
        ("building", "factory", "", "production"),
        ("", "factory", "buried under an earth berm", "production"),
        ("", "raid", "", "unknown"),
        ("zeppelin", "raid", "", "unknown"),  # a word the list doesn't have says nothing
    ],
)
def test_method(transport: str, event_type: str, concealment: str, group: str) -> None:
    assert method_group(transport, event_type, concealment) == group


@pytest.mark.parametrize(
    ("kind", "place", "transport", "event_type", "concealment", "site"),
    [
        ("crossing", "Al-Qaim border crossing", "truck", "interdiction", "apple crates", "crossing"),
        (None, "Jaber border crossing", "", "interdiction", "", "crossing"),
        (None, "منفذ القائم الحدودي", "", "interdiction", "", "crossing"),
        (None, "Jeddah Islamic Port", "ship/container", "interdiction", "", "port"),
        (None, "Riyadh dry port", "", "interdiction", "", "parcel_hub"),
        (None, "En route to Port of Beirut", "truck", "interdiction", "", "road"),
        ("airport", "Beirut airport", "aircraft", "interdiction", "", "airport"),
        (None, "Western border strip, Anbar", "balloon", "airdrop_or_drone", "", "border_strip"),
        ("border_sector", "", "", "interdiction", "", "border_strip"),
        (None, "Homs-Damascus highway", "", "interdiction", "", "road"),
        (None, "Checkpoint near the Lebanese border", "car", "interdiction", "", "road"),
        (None, "School under renovation, Ramadi", "building", "found_abandoned", "", "urban_building"),
        (None, "Warehouses at Latakia port", "building", "raid", "", "port"),
        ("town", "Warehouse, Latakia", "building", "raid", "", "storage"),
        ("town", "Latakia", "", "raid", "stored in a large warehouse", "storage"),
        ("town", "Regensburg", "building", "factory", "", "lab"),
        ("desert", "Anbar desert", "", "interdiction", "", "desert"),
        (None, "off Crete", "boat", "interdiction", "", "sea"),
        ("town", "Damascus", "", "raid", "", "unknown"),
        ("", "", "", "interdiction", "", "unknown"),
    ],
)
def test_site(
    *, kind: str | None, place: str, transport: str, event_type: str, concealment: str, site: str
) -> None:
    assert site_type(kind, place, transport, event_type, concealment) == site


def test_transport_codes_are_slugs() -> None:
    assert (transport_code("ship/container"), transport_code("On foot"), transport_code("")) == (
        "ship_container",
        "on_foot",
        "",
    )


def test_both_way_reports() -> None:
    assert unmatched_concealments(["inside a harp", "apples", ""]) == ["inside a harp"]
    unused = unused_entries(["secret compartment in a truck"])
    assert "vehicle_cavity: secret compartment*" not in unused
    assert "fresh_produce: apple*" in unused


def test_every_code_has_labels_in_both_languages() -> None:
    for name, codes in all_labels().items():
        for code, label in codes.items():
            assert code.isascii(), name
            assert label.en, code
            assert label.ar, code


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=80))
def test_total(concealment: str, transport: str, place: str) -> None:
    labels = all_labels()
    assert concealment_group(concealment) in labels["concealment_group"]
    assert method_group(transport, "raid", concealment) in labels["method_group"]
    assert site_type(None, place, transport, "raid", concealment) in labels["site_type"]
