"""Countries and governorates: every spelling of the ledger has a code, every polygon a governorate or a
reason."""

import csv
from pathlib import Path

import pytest

from geo import areas, names

REPORTED = Path(__file__).parents[2] / "data" / "reported"
FIFTEEN = ["IQ", "SY", "JO", "LB", "SA", "KW", "TR", "AE", "QA", "OM", "BH", "YE", "IR", "EG", "IL"]


def ledger_governorates() -> set[tuple[str, str]]:
    found = set()
    for path in sorted(REPORTED.glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            found |= {
                (row["country"], name)
                for row in csv.DictReader(file)
                for name in row["admin1"].split("|")
                if name
            }
    return found


def test_every_governorate_of_the_ledger_is_known() -> None:
    unknown = [(c, n) for c, n in sorted(ledger_governorates()) if names.find_governorate(n, c) is None]
    assert unknown == []


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("Dohuk", "IQ", "IQ-DA"),
        ("At-Ta'mim", "IQ", "IQ-KI"),
        ("Salah al-Din", "IQ", "IQ-SD"),
        ("محافظة الأنبار", None, "IQ-AN"),
        ("Anbar Governorate", None, "IQ-AN"),
        ("Halabja", "IQ", "IQ-SU"),
        ("Damascus countryside", "SY", "SY-RD"),
        ("ريف دمشق", None, "SY-RD"),
        ("Hasakah", "SY", "SY-HA"),
        ("Makkah", "SA", "SA-02"),
        ("Mecca Region", "SA", "SA-02"),
        ("Al-Jouf", "SA", "SA-12"),
        ("Al-Jouf", "YE", "YE-JA"),
        ("Capital", "KW", "KW-KU"),
        ("Capital", "BH", "BH-13"),
        ("Red Sea", "SD", "SD-RS"),
        ("Hatay", "TR", "TR-31"),
        ("Baalbek-Hermel", "LB", "LB-BH"),
        ("gouvernorat de Damas", "SY", "SY-DI"),
        ("Kurdistan Region", "IQ", "IQ-KR"),
    ],
)
def test_spellings_find_their_governorate(text: str, country: str | None, code: str) -> None:
    found = names.find_governorate(text, country)
    assert found is not None
    assert found.code == code


def test_names_of_several_countries_need_the_country() -> None:
    assert names.find_governorate("Al-Jouf") is None
    assert names.find_governorate("Atlantis") is None


def test_the_kurdistan_region_is_an_area_of_governorates() -> None:
    area = names.governorate("IQ-KR")
    assert area.parts == ("IQ-AR", "IQ-DA", "IQ-SU")
    assert area not in names.governorates("IQ")


def test_halabja_is_noted_at_sulaymaniyah() -> None:
    assert "Halabja" in names.governorate("IQ-SU").note


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Irak", "IQ"),
        ("iq", "IQ"),
        ("IRQ", "IQ"),
        ("سورية", "SY"),
        ("KSA", "SA"),
        ("Türkiye", "TR"),
        ("UAE", "AE"),
    ],
)
def test_countries_are_found_by_code_and_name(text: str, code: str) -> None:
    found = names.find_country(text)
    assert found is not None
    assert found.code == code


def test_unknown_countries() -> None:
    assert names.find_country("Gulf states") is None
    with pytest.raises(KeyError):
        names.country("XX")


def test_every_country_and_governorate_has_both_names() -> None:
    assert len(names.countries()) > 240
    for g in (*names.governorates(), *names.countries()):
        assert g.name_en
        assert g.name_ar


def test_codes_are_iso_3166_2_of_their_country() -> None:
    for g in names.governorates():
        assert g.code.startswith(f"{g.country}-")


@pytest.mark.parametrize(
    ("country", "count"),
    [("IQ", 18), ("SY", 14), ("JO", 12), ("LB", 8), ("SA", 13), ("TR", 81), ("IR", 31), ("YE", 22)],
)
def test_no_governorate_is_missing(country: str, count: int) -> None:
    assert len(names.governorates(country)) == count


def test_every_governorate_has_an_area_and_says_where_it_is_a_stand_in() -> None:
    table = areas.governorate_polygons()
    assert set(table["code"]) == {g.code for g in names.governorates()}
    stand_ins = table[table["basis"] == "disc"]
    assert set(stand_ins["country"]) & set(FIFTEEN) == {"LB", "QA", "YE"}
    assert (stand_ins["note"] != "").all()


def test_dropped_polygons_have_a_reason() -> None:
    dropped = names.dropped_polygons()
    assert "BH/Al Wusţá" in dropped
    assert all(dropped.values())
