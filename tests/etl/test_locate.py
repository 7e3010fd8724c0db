"""The locate stage: no more precise than the words, positions against the line, and the promises measured."""

import csv
import random
from dataclasses import replace
from pathlib import Path

import pytest

from etl.ledger import read_ledger
from etl.locate import FAR_COUNTRY_KM, locate
from etl.records import Claim, Location
from geo.polyline import WGS84

ROOT = Path(__file__).parents[2]
FIFTEEN = frozenset("IQ SY JO LB SA KW TR AE QA OM BH YE IR EG IL".split())  # noqa: SIM905
BLANK: dict[str, object] = {
    "admin1": (),
    "place": "",
    "place_as_written": "",
    "origin": "",
    "destination": "",
}


@pytest.fixture(scope="module")
def ledger() -> tuple[Claim, ...]:
    return tuple(read_ledger(ROOT / "data" / "reported").claims)


@pytest.fixture(scope="module")
def claim(ledger: tuple[Claim, ...]) -> Claim:
    return replace(ledger[0], **(BLANK | {"country": "IQ"}))  # type: ignore[arg-type]


def placed(claim: Claim, **cells: object) -> Location:
    (one,), _ = locate([replace(claim, **cells)])  # type: ignore[arg-type]
    return one.location


def test_a_crossing_has_a_point_and_a_position(claim: Claim) -> None:
    where = placed(claim, admin1=("Anbar",), place="Al-Qaim border crossing")
    assert (where.precision, where.admin1_codes, where.kind) == ("exact", ("IQ-AN",), "crossing")
    assert where.border is not None
    assert where.border.km == pytest.approx(365, abs=2)
    assert (where.border.sector, where.border.side, where.border.nearest_crossing) == (
        "anbar_euphrates",
        "IQ",
        "Al-Qaim",
    )
    assert where.border_relation == "crosses_stated"


def test_the_side_follows_the_reports_country(claim: Claim) -> None:
    """The Syrian post's point lies on the Iraqi side of the line: the report's country counts."""
    where = placed(claim, country="SY", place="Al-Tanf border crossing")
    assert where.border is not None
    assert where.border.side == "SY"


def test_a_border_strip_is_a_stretch_with_a_depth(claim: Claim) -> None:
    where = placed(claim, admin1=("Anbar",), place="Western border strip, Anbar")
    assert where.precision == "border_strip"
    assert (where.latitude, where.uncertainty_km) == (None, None)
    assert where.border is not None
    assert where.border.km is None
    assert where.border.km_low == pytest.approx(276, abs=2)
    assert where.border.km_high == pytest.approx(599.3, abs=0.1)
    assert (where.border.distance_low_km, where.border.distance_high_km) == (0, 20)
    assert (where.border.sector, where.border_relation) == ("anbar", "near")


def test_a_governorate_is_no_dot(claim: Claim) -> None:
    where = placed(claim, admin1=("Anbar",))
    assert (where.precision, where.place, where.latitude) == ("governorate", "Anbar", None)
    assert where.border is not None
    assert where.border.km is None
    assert where.border.distance_low_km == 0
    assert where.border.distance_high_km > 300
    assert where.border_relation == "unknown"


def test_several_governorates_are_the_area_of_all(claim: Claim) -> None:
    where = placed(claim, admin1=("Najaf", "Anbar"), place_as_written="southern provinces of Najaf and Anbar")
    assert (where.precision, where.admin1_codes) == ("governorate", ("IQ-NA", "IQ-AN"))
    assert where.place == "Najaf and Anbar"


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Jazan, Najran, Asir and Tabuk", ("SA-09", "SA-10", "SA-14", "SA-07")),
        ("Duba port, Jeddah Islamic Port and Al-Haditha border crossing", ("SA-07", "SA-02", "SA-12")),
        ("Jeddah Islamic Port, Jeddah, Makkah", ("SA-02",)),  # one name narrows the next
    ],
)
def test_a_list_of_places_is_no_finer_than_all_of_it(
    claim: Claim, words: str, codes: tuple[str, ...]
) -> None:
    where = placed(claim, country="SA", place=words)
    assert where.admin1_codes == codes


def test_a_region_stands_for_its_governorates(claim: Claim) -> None:
    where = placed(claim, admin1=("Kurdistan Region",))
    assert where.admin1_codes == ("IQ-AR", "IQ-DA", "IQ-SU")
    assert where.place == "Kurdistan Region"


def test_an_unknown_country_is_no_error(claim: Claim) -> None:
    where = placed(claim, country="")
    assert (where.precision, where.country, where.border, where.border_relation) == (
        "none",
        "",
        None,
        "unknown",
    )
    assert where.resolved


def test_a_place_can_say_the_country(claim: Claim) -> None:
    assert placed(claim, country="", place="Al-Qaim border crossing").country == "IQ"


@pytest.mark.parametrize(
    ("country", "place", "blank"),
    [
        ("SA", "Jeddah Islamic Port", True),
        ("JO", "Al-Karamah border crossing", False),
        ("JO", "Aqaba port", True),
        ("TR", "Nusaybin border gate", False),
    ],
)
def test_far_countries_have_no_position_along_the_line(
    claim: Claim, country: str, place: str, blank: bool
) -> None:
    where = placed(claim, country=country, place=place)
    assert where.border is not None
    assert (where.border.km is None) is blank
    assert (where.border.sector == "") is blank
    assert (where.border.nearest_crossing == "") is blank
    assert where.border.side == ""
    assert (where.border.distance_km > FAR_COUNTRY_KM) is blank  # type: ignore[operator]


@pytest.mark.parametrize(
    ("cells", "relation"),
    [
        ({"place": "Al-Qaim"}, "near"),
        ({"place": "Baghdad"}, "not_near"),
        ({"place": "Baghdad", "origin": "SY"}, "crosses_stated"),
        ({"country": "SY", "place": "Damascus", "destination": "Iraq"}, "crosses_stated"),
        ({"country": "SY", "place": "Damascus", "destination": "SA"}, "not_near"),
        ({"country": "JO", "place": "Jordan-Syria border", "origin": "SY"}, "unknown"),
        ({"place": "Al-Qaim district"}, "unknown"),
        ({"admin1": ("Basra",)}, "not_near"),
        ({"country": "DE"}, "not_near"),
        ({}, "unknown"),
    ],
)
def test_near_the_line_and_stated_to_cross_it_are_two_things(
    claim: Claim, cells: dict[str, object], relation: str
) -> None:
    assert placed(claim, **cells).border_relation == relation


def test_unknown_names_are_reported_and_keep_what_is_known(claim: Claim) -> None:
    strange = replace(claim, admin1=("Anbar", "Atlantis"), place="Xyzzy village")
    (one,), issues = locate([strange])
    assert not one.location.resolved
    assert one.location.admin1_codes == ("IQ-AN",)
    assert [(i.code, i.value, i.blocking) for i in issues] == [
        ("unknown_governorate", "Atlantis", False),
        ("unresolved_place", "Xyzzy village", False),
    ]
    assert all(i.ref == strange.ref for i in issues)


def test_words_without_a_name_are_no_issue(claim: Claim) -> None:
    _, issues = locate([replace(claim, place_as_written="his warehouse")])
    assert issues == []


@pytest.mark.parametrize(
    ("country", "written", "place_id"),
    [
        ("IQ", "منفذ القائم الحدودي", "iq:al-qaim-border-crossing"),
        ("SY", "on the way to the Jordanian border", "country:SY"),
        ("SY", "Cebeli Saman in Idlib", "sy:jabal-sam-an"),
        ("IQ", "الشريط الحدودي غربي محافظة الأنبار", "strip:IQ-AN:IQ-SY"),
    ],
)
def test_the_pages_words_alone_are_enough(claim: Claim, country: str, written: str, place_id: str) -> None:
    assert placed(claim, country=country, place_as_written=written).place_id == place_id


def test_claims_stay_in_order_and_do_not_touch_each_other(ledger: tuple[Claim, ...]) -> None:
    shuffled = list(ledger)
    random.Random(7).shuffle(shuffled)
    once, issues = locate(ledger)
    again, issues_again = locate(shuffled)
    assert [p.claim for p in once] == list(ledger)
    assert {p.claim.report_id: p.location for p in once} == {p.claim.report_id: p.location for p in again}
    assert {(i.code, i.value) for i in issues} == {(i.code, i.value) for i in issues_again}


def test_no_claims() -> None:
    assert locate([]) == ([], [])


def named_seizures(ledger: tuple[Claim, ...]) -> list[Claim]:
    return [c for c in ledger if c.is_seizure and c.place and c.country in FIFTEEN]


def test_at_least_95_percent_of_the_named_places_resolve(ledger: tuple[Claim, ...]) -> None:
    rows = named_seizures(ledger)
    found, _ = locate(rows)
    assert len(rows) >= 800
    assert sum(p.location.resolved and p.location.place_id != "" for p in found) / len(rows) >= 0.95


def test_at_least_90_percent_resolve_alike_from_the_pages_words_alone(ledger: tuple[Claim, ...]) -> None:
    rows = [c for c in named_seizures(ledger) if c.place_as_written]
    full, _ = locate(rows)
    bare, _ = locate([replace(c, place="", admin1=()) for c in rows])
    alike = [same_place(a.location, b.location) for a, b in zip(full, bare, strict=True)]
    assert sum(alike) / len(rows) >= 0.90


def same_place(a: Location, b: Location) -> bool:
    """The same entry, or two whose discs hold each other's centre."""
    if a.place_id == b.place_id:
        return a.place_id != ""
    if a.longitude is None or b.longitude is None:
        return False
    return km_between(a, b.longitude, b.latitude or 0) <= max(a.uncertainty_km or 0, b.uncertainty_km or 0)


def km_between(where: Location, longitude: float, latitude: float) -> float:
    return float(WGS84.inv(where.longitude, where.latitude, longitude, latitude)[2]) / 1000


def gold() -> list[dict[str, str]]:
    with (ROOT / "tests" / "gold" / "places.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_checked_rows_lie_where_a_reader_says(ledger: tuple[Claim, ...]) -> None:
    rows = gold()
    claims = {c.report_id: c for c in ledger}
    assert len(rows) >= 150
    found, _ = locate([claims[r["report_id"]] for r in rows])
    wrong = [r["report_id"] for r, p in zip(rows, found, strict=True) if not agrees(r, p.location)]
    assert wrong == []


def agrees(row: dict[str, str], where: Location) -> bool:
    if (row["precision"], row["admin1_codes"]) != (where.precision, "|".join(where.admin1_codes)):
        return False
    if not row["latitude"]:
        return where.latitude is None and row["place"] == where.place
    if where.longitude is None:
        return False
    return km_between(where, float(row["longitude"]), float(row["latitude"])) <= float(row["tolerance_km"])
