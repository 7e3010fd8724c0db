"""Origins and destinations: countries, regions never spread, and what is only implied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.vocabulary.routes import region_labels, route_country, unmapped, unused_entries


@pytest.mark.parametrize(
    ("text", "countries", "region", "basis", "transit"),
    [
        ("SY", ("SY",), None, "stated", ()),
        ("DE|CZ", ("DE", "CZ"), None, "stated", ()),
        ("Syria", ("SY",), None, "stated", ()),
        ("سوريا", ("SY",), None, "stated", ()),
        ("Bekaa", ("LB",), None, "stated", ()),
        ("Kirkuk", ("IQ",), None, "stated", ()),
        ("northern Iraq", ("IQ",), None, "stated", ()),
        ("Latakia countryside", ("SY",), None, "stated", ()),
        ("Houthi-held areas of Yemen", ("YE",), None, "stated", ()),
        ("West Bank", ("PS",), None, "stated", ()),
        ("Bahrain and Saudi Arabia", ("BH", "SA"), None, "stated", ()),  # "and" is not Andorra
        ("Baghdad and other areas of Iraq", ("IQ",), None, "stated", ()),
        ("82% Syria, 17% Lebanon (2019-2023)", ("SY", "LB"), None, "stated", ()),
        ("Kuwait (AFP source) or inside Iraq (official statement)", ("KW", "IQ"), None, "stated", ()),
        ("Gulf states", (), "gulf", "stated", ()),
        ("دول الخليج", (), "gulf", "stated", ()),
        ("Jordan and Gulf states", ("JO",), "gulf", "stated", ()),
        ("Gulf states via Jordan", (), "gulf", "stated", ("JO",)),
        ("abroad via Syria-Jordan border", (), "abroad", "stated", ("SY", "JO")),
        ("neighbouring country via al-Tanf", (), "neighbouring_country", "stated", ("SY",)),
        ("outside Lebanon", (), "abroad", "stated", ()),  # Lebanon is where it is not
        ("an Arab country", (), "arab_country", "stated", ()),
        ("a neighbouring country (Syria implied)", ("SY",), None, "implied", ()),
        ("an Arab country (boxes marked Lebanon)", ("LB",), None, "implied", ()),
        ("regime-held areas", ("SY",), None, "implied", ()),
        ("eastern provinces", (), "domestic", "stated", ()),
        ("Europe", (), "europe", "stated", ()),
        ("a West African country", (), "west_africa", "stated", ()),
    ],
)
def test_routes(
    text: str, countries: tuple[str, ...], region: str | None, basis: str, transit: tuple[str, ...]
) -> None:
    match = route_country(text)
    assert (match.countries, match.region, match.basis, match.transit) == (countries, region, basis, transit)
    assert match.known


def test_one_country_alone_is_iso2() -> None:
    assert route_country("Bekaa").iso2 == "LB"
    assert route_country("Jordan and Gulf states").iso2 is None
    assert route_country("DE|CZ").iso2 is None


def test_blank_is_known_and_empty() -> None:
    assert route_country("").known
    assert route_country("").countries == ()


def test_unmapped_and_unused_are_reported() -> None:
    assert not route_country("Atlantis").known
    assert route_country("Atlantis").basis == ""
    assert unmapped(["Atlantis", "Syria", "SY|Atlantis"]) == ["Atlantis", "SY|Atlantis"]
    unused = unused_entries(["Gulf states"])
    assert "region.gulf: gulf" not in unused
    assert "region.asia: asia" in unused


def test_regions_are_labelled() -> None:
    assert all(label.en and label.ar for label in region_labels().values())


@given(st.text(max_size=80))
def test_never_fails(text: str) -> None:
    match = route_country(text)
    assert (match.basis != "") == bool(match.countries or match.region)
