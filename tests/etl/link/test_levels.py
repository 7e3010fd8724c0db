"""What each kind of evidence says of two reports, as a table of cases."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.link.amounts import rounds_to, significant_digits
from etl.link.compare import compare
from etl.link.profile import in_canonical_order, profile
from etl.link.weights import explain, phrases, shipped_weights
from etl.records import Report

from .conftest import Made

COUNTED_67_KG = {"quantity": "400000", "weight_kg": "67"}
UNDATED = {"event_date": "", "date_basis": ""}


def weighed(kg: str, unit: str = "kg") -> dict[str, str]:
    return {"quantity": kg, "unit": unit}


CASES: list[tuple[dict[str, str], dict[str, str], str, str]] = [
    ({"quantity": "3000000"}, {"quantity": "3000000"}, "amount", "same_1"),
    ({"quantity": "2500000"}, {"quantity": "2500000"}, "amount", "same_2"),
    ({"quantity": "1270000"}, {"quantity": "1270000"}, "amount", "same_3"),
    ({"quantity": "412562"}, {"quantity": "412562"}, "amount", "same_4"),
    ({"quantity": "1270000"}, {"quantity": "1300000", "qualifier": "about"}, "amount", "rounded_2"),
    ({"quantity": "5281250"}, {"quantity": "5000000", "qualifier": "over"}, "amount", "rounded_1"),
    ({"quantity": "3600000"}, {"quantity": "3000000", "qualifier": "over"}, "amount", "rounded_far"),
    ({"quantity": "3400000"}, {"quantity": "3050000", "qualifier": "over"}, "amount", "over"),
    ({"quantity": "2414489"}, {"quantity": "2464489"}, "amount", "precisely_other"),
    ({"quantity": "120000"}, {"quantity": "118000"}, "amount", "rounded_2"),
    ({"quantity": "123000"}, {"quantity": "121000"}, "amount", "close"),
    ({"quantity": "123000"}, {"quantity": "115000"}, "amount", "near"),
    ({"quantity": "123000"}, {"quantity": "101000"}, "amount", "roughly"),
    ({"quantity": "300000"}, {"quantity": "160000"}, "amount", "differs"),
    ({"quantity": "300000"}, {"quantity": "90000"}, "amount", "far"),
    ({"quantity": "3000000"}, {"quantity": "26000000"}, "amount", "very_far"),
    (weighed("30"), weighed("30"), "amount", "weight_same_1"),
    (weighed("1.1", "tonnes"), weighed("1100"), "amount", "weight_same_2"),
    (weighed("72.5"), weighed("67"), "amount", "weight_near"),
    ({"quantity": "400000"}, weighed("67"), "amount", "converts"),
    ({"quantity": "400000"}, weighed("50"), "amount", "converts_roughly"),
    ({"quantity": "400000"}, weighed("600"), "amount", "converts_not"),
    ({"quantity": "400000"}, {"quantity": ""}, "amount", "one_silent"),
    ({"quantity": ""}, {"quantity": ""}, "amount", "both_silent"),
    (COUNTED_67_KG, COUNTED_67_KG | {"quantity": "500000"}, "weight", "same_2"),
    (COUNTED_67_KG, {"quantity": "400000"}, "weight", ""),
    ({"quantity": "3000000"}, {"quantity": "3000000", "qualifier": "about"}, "hedge", "one_vague"),
    ({}, {"event_date": "2024-05-10"}, "date", "same_day"),
    ({}, {"event_date": "2024-05-11"}, "date", "next_day"),
    ({}, {"event_date": "2024-05-13"}, "date", "days"),
    ({}, {"event_date": "2024-05-17"}, "date", "week"),
    ({}, {"event_date": "2024-06-02"}, "date", "month"),
    ({}, {"event_date": "2024-07-02"}, "date", "apart"),
    ({}, {"event_date": "2024-05"}, "date", "same_month"),
    ({}, {"event_date": "2024-04"}, "date", "near_month"),
    ({}, {"event_date": "2024-06"}, "date", "other_month"),
    ({}, {"event_date": "2024"}, "date", "same_year"),
    ({}, {"event_date": "2023"}, "date", "apart"),
    ({}, {"event_date": "2024-05-10", "date_basis": "other_report"}, "date", "same_day_carried"),
    ({}, UNDATED, "date", ""),
    ({}, UNDATED | {"published": "2024-05-11"}, "date", "published_at_once"),
    ({}, UNDATED | {"published": "2024-05-20"}, "date", "published_soon"),
    ({}, UNDATED | {"published": "2024-06-20"}, "date", "published_later"),
    ({}, UNDATED | {"published": "2025-06-20"}, "date", "published_long_after"),
    ({}, UNDATED | {"published": "2025-06-20", "role": "background"}, "date", ""),
    ({}, UNDATED | {"published": "2024-05-01", "role": "background"}, "date", "published_before"),
    (UNDATED | {"published": "2024-05-01"}, UNDATED | {"published": "2024-05-03"}, "date", "out_together"),
    (UNDATED | {"published": "2024-05-01"}, UNDATED | {"published": "2024-05-21"}, "date", "out_weeks"),
    (UNDATED | {"published": "2024-05-01"}, UNDATED | {"published": "2025-05-21"}, "date", "out_apart"),
    ({}, {"country": "SY"}, "country", "other"),
    ({}, {"country": ""}, "country", "one_silent"),
    ({"country": ""}, {"country": ""}, "country", "both_silent"),
    ({}, {"country": "SY", "joint_with": "IQ"}, "country", "shared"),
    ({"joint_with": "SY"}, {"country": "SY", "joint_with": "IQ"}, "partners", "shared"),
    ({"joint_with": "SA"}, {"joint_with": "SY"}, "partners", "other"),
    ({"place": "Al-Qaim border crossing"}, {"place": "Al-Qaim border crossing"}, "place", "same_site"),
    ({"place": "Ramadi"}, {"place": "Ramadi"}, "place", "same_place"),
    ({"place": "Ramadi"}, {"place": "Basra"}, "place", "apart"),
    ({"admin1": "Anbar"}, {"admin1": "Anbar"}, "place", "same_governorate"),
    ({"admin1": "Anbar"}, {"admin1": "Basra"}, "place", "other_governorate"),
    ({"concealment": "apple crates in a fridge"}, {"concealment": "apple boxes"}, "words", "shared_1"),
    ({"concealment": "fake plastic lemons"}, {"concealment": "plastic lemons"}, "words", "shared_2"),
    ({"concealment": "fake plastic lemons"}, {"concealment": "wooden doors"}, "words", "none_shared"),
    ({"concealment": "hidden in a truck"}, {"concealment": "hidden in a truck"}, "words", ""),
    ({"transport": "truck"}, {"transport": "truck"}, "transport", "same"),
    ({"transport": "truck"}, {"transport": "balloon"}, "transport", "other"),
    ({"arrests": "4"}, {"arrests": "4"}, "arrests", "same_several"),
    ({"arrests": "0"}, {"arrests": "0"}, "arrests", "same_few"),
    ({"arrests": "1"}, {"arrests": "2"}, "arrests", "other"),
    ({"value_usd": "1000000"}, {"value_usd": "1020000"}, "value", "same"),
    ({"value_usd": "1000000"}, {"value_usd": "2000000"}, "value", "other"),
    ({"other_drugs": "hashish:50:kg"}, {"other_drugs": "hashish:50:kg"}, "loads", "same"),
    ({"other_drugs": "hashish:50:kg"}, {"other_drugs": "hashish:9:kg"}, "loads", "other"),
    ({}, {"drug": "pills_unspecified"}, "drug", "vague"),
    ({}, {"drug": "amphetamine_tablets"}, "drug", ""),
    ({}, {"drug": "heroin"}, "drug", "other"),
    ({"origin": "SY", "destination": "SA"}, {"origin": "SY", "destination": "SA"}, "route", "same_both"),
    ({"origin": "SY"}, {"origin": "SY", "destination": "SA"}, "route", "same"),
    ({"origin": "SY"}, {"origin": "LB"}, "route", "other"),
    ({}, {"role": "background"}, "recall", "one"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "feature", "level"), CASES)
def test_level_of_agreement(
    made: Made, one: dict[str, str], other: dict[str, str], feature: str, level: str
) -> None:
    a, b = (profile(report) for report in made(one, other))
    assert dict(compare(a, b)).get(feature, "") == level
    assert compare(a, b) == compare(b, a)


def test_the_same_words_in_one_language_count_and_in_two_do_not(made: Made) -> None:
    said = {"quantity": "3000000", "quantity_as_written": "more than three million tablets"}
    a, b, c = (profile(r) for r in made(said, said, said | {"lang": "fr"}))
    assert ("wording", "same") in compare(a, b)
    assert "wording" not in dict(compare(a, c))


def test_every_level_has_points_and_a_phrase_and_nothing_else_does(ledgers: list[list[Report]]) -> None:
    assert set(shipped_weights().points) == set(phrases())
    seen = set()
    for reports in ledgers[:2]:
        for a, b in pairwise(in_canonical_order(map(profile, reports))):
            seen |= set(compare(a, b))
    assert seen <= set(phrases())
    assert len(seen) > 60


def test_closer_agreement_never_weighs_less(made: Made) -> None:
    points = shipped_weights().points
    chains = (
        ("amount", ("very_far", "far", "differs", "near", "same_1", "same_2", "same_3", "same_4")),
        ("date", ("apart", "month", "week", "days", "next_day", "same_day")),
        ("words", ("none_shared", "shared_1", "shared_2", "shared_3")),
    )
    for feature, chain in chains:
        weights = [points[feature, level] for level in chain]
        assert weights == sorted(weights), feature
    assert all(points["hedge", level] <= 0 for level in ("one_vague",))


def test_explanations_are_plain_words_with_points_weightiest_first(made: Made) -> None:
    a, b = (profile(r) for r in made({"quantity": "412562"}, {"quantity": "412562"}))
    said = explain(compare(a, b), shipped_weights())
    assert said[0].startswith("the same figure, four or more telling digits (+")
    values = [abs(float(reason.rsplit("(", 1)[1].rstrip(")"))) for reason in said]
    assert values == sorted(values, reverse=True)


@given(st.integers(1, 10**9), st.integers(0, 6))
def test_a_figure_rounds_to_what_rounding_makes_of_it(value: int, zeros: int) -> None:
    coarse = round(value, -zeros)
    if coarse > 0:
        assert rounds_to(value, coarse)
        assert significant_digits(coarse) <= len(str(coarse))


@given(st.integers(1, 9999), st.integers(0, 6))
def test_trailing_zeros_are_not_telling_digits(value: int, zeros: int) -> None:
    assert significant_digits(value * 10**zeros) == significant_digits(value)
