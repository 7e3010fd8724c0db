"""Normalise: one report for each claim, in tablets and kilograms that keep the meaning of the words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import schema_codes
from etl.amounts import figures, kg_of, stated, tablets_of
from etl.ledger import read_ledger
from etl.normalise import normalise
from etl.records import Amount, Claim, Load, Location, PlacedClaim, Report, RowRef, Span, When
from etl.vocabulary import load
from etl.vocabulary.drugs import drugs
from etl.vocabulary.flags import flag_labels
from etl.vocabulary.forms import form_labels
from etl.vocabulary.units import tablet_mass, units

SHIPPED = Path(__file__).parents[2] / "data" / "reported"
CLAIM = Claim(
    ref=RowRef("rows.csv", 2),
    report_id="R1",
    url="https://example.org/1",
    publisher="Example",
    lang="en",
    published=None,
    role="primary",
    event_type="raid",
    when=When(),
    country="IQ",
    admin1=(),
    place="",
    place_as_written="",
    drug="captagon",
    amount=Amount(),
    weight_kg=None,
    other_loads=(),
    value_usd=None,
    arrests=None,
    killed=None,
    agencies=(),
    joint_with=(),
    partners=(),
    concealment="",
    transport="",
    origin="",
    destination="",
    period_start=None,
    period_end=None,
    scope="",
    quality="good",
    notes="",
)


def claim(quantity: float | None = None, unit: str = "tablets", words: str = "", **more: object) -> Claim:
    qualifier = str(more.pop("qualifier", "exact"))
    high = more.pop("high", None)
    assert high is None or isinstance(high, float)
    return replace(CLAIM, amount=Amount(quantity, high, unit, qualifier, words), **more)  # type: ignore[arg-type]


def report(one: Claim, location: Location | None = None) -> Report:
    ((made,), _) = normalise([PlacedClaim(one, location or Location("none"))])
    return made


@pytest.fixture(scope="module")
def shipped() -> list[Report]:
    claims = read_ledger(SHIPPED).claims
    reports, _ = normalise(PlacedClaim(c, Location("none")) for c in claims)
    assert [r.report_id for r in reports] == [c.report_id for c in claims]
    return reports


# -- spans


@pytest.mark.parametrize(
    ("qualifier", "high", "words", "span"),
    [
        ("exact", None, "", (3e6, 3e6, 3e6)),
        ("unstated", None, "", (3e6, 3e6, 3e6)),
        ("about", None, "about three million", (3e6, 3e6, 3e6)),
        ("over", None, "more than three million", (3e6, 3e6, None)),
        ("under", None, "up to three million", (None, 3e6, 3e6)),
        ("under", None, "nearly three million", (3e6, 3e6, 3e6)),
        ("under", None, "قرابة ثلاثة ملايين", (3e6, 3e6, 3e6)),
        ("under", None, "fast 3 Millionen", (3e6, 3e6, 3e6)),
        ("under", None, "up to nearly three million", (None, 3e6, 3e6)),
        ("range", 4e6, "three to four million", (3e6, 3.5e6, 4e6)),
        ("exact", 4e6, "", (3e6, 3.5e6, 4e6)),
        ("range", None, "", (3e6, 3e6, 3e6)),
    ],
)
def test_qualifiers(
    qualifier: str, high: float | None, words: str, span: tuple[float | None, float, float | None]
) -> None:
    found = stated(Amount(3e6, high, "tablets", qualifier, words))
    assert (found.low, found.best, found.high, found.basis) == (*span, "stated")


def test_no_number_is_no_amount_and_never_zero() -> None:
    made = report(claim(None, words="a large quantity of pills", qualifier="unstated"))
    assert (made.tablets, made.kg, made.conversion_g) == (Span(), Span(), None)


def test_a_weight_of_tablets_is_converted_with_its_band() -> None:
    made = report(claim(1.1, "tonnes"))
    assert (made.kg, made.kg.basis) == (Span(1100, 1100, 1100, "stated"), "stated")
    assert made.tablets == Span(
        round(1100e3 / 0.210), round(1100e3 / 0.167), round(1100e3 / 0.155), "converted"
    )
    assert (made.conversion_g, made.mass_g) == (0.167, None)
    assert "converted_from_weight" in made.flags


def test_a_count_is_converted_to_kilograms() -> None:
    made = report(claim(70_000))
    assert made.kg == Span(10.85, 11.69, 14.7, "converted")
    assert (made.tablets.basis, made.conversion_g) == ("stated", 0.167)


def test_open_ends_stay_open_in_the_other_unit() -> None:
    assert tablets_of(Span(100, 100, None)).high is None
    assert kg_of(Span(None, 1000, 1000)).low is None


def test_units_reach_common_ones() -> None:
    assert figures(claim(876, "g", drug="heroin")).kg.best == 0.876
    assert figures(claim(1.3e6, "capsules")).tablets.best == 1.3e6
    packets = figures(claim(198, "packets"))
    assert (packets.tablets, packets.kg, packets.flags) == (Span(), Span(), ("packages_only",))
    assert figures(claim(5, "bags", weight_kg=80.0)).kg == Span(80, 80, 80, "stated")
    assert figures(claim(31_000, "unknown")).tablets == Span()


def test_the_pills_of_unstated_kind_are_converted_with_a_flag() -> None:
    made = report(claim(12, "kg", drug="pills_unspecified"))
    assert {"kind_unstated_converted", "converted_from_weight"} <= set(made.flags)
    assert made.drug_group == "pills_unspecified"


@given(
    low=st.floats(0.001, 1e9) | st.none(),
    high=st.floats(0.001, 1e9) | st.none(),
    unit=st.sampled_from(sorted(units())),
    qualifier=st.sampled_from(["exact", "about", "over", "under", "range", "unstated"]),
    words=st.text(max_size=30),
    weight=st.floats(0.001, 1e6) | st.none(),
    drug=st.sampled_from(sorted(drugs())),
)
def test_low_never_exceeds_best_nor_best_high(
    *,
    low: float | None,
    high: float | None,
    unit: str,
    qualifier: str,
    words: str,
    weight: float | None,
    drug: str,
) -> None:
    if low is None or (high is not None and high < low):
        high = None
    found = figures(claim(low, unit, words, high=high, qualifier=qualifier, weight_kg=weight, drug=drug))
    for span in (found.tablets, found.kg):
        ends = [value for value in (span.low, span.best, span.high) if value is not None]
        assert ends == sorted(ends)
        assert span.known == (span.basis != "none")
    assert found.form in form_labels() and set(found.flags) <= set(flag_labels())


# -- forms


@pytest.mark.parametrize(
    ("one", "form"),
    [
        (claim(100, "kg", "100 kg of Captagon pills"), "tablets"),
        (claim(100, "kg", "100 kg"), "tablets"),
        (claim(None, "unknown", "large quantities of Captagon pills"), "tablets"),
        (claim(None, "unknown", "كميات كبيرة من حبوب الكبتاغون"), "tablets"),
        (claim(None, "unknown", "factory"), "unknown"),
        (claim(1.5, "tonnes", "1.5 tonnes of crushed Captagon pills"), "crushed_or_powder"),
        (claim(24, "kg", "24 كلغ من حبوب الكبتاغون المطحونة"), "crushed_or_powder"),
        (claim(24, "kg", "24 kg", concealment="crushed and moulded into fake bowls"), "crushed_or_powder"),
        (claim(24, "kg", "24 kg", concealment="under crushed olives"), "tablets"),
        (claim(24, "kg", "24 kg", concealment="boxes of milk powder"), "tablets"),
        (claim(5e6, "tablets", "5 million", concealment="ground to powder"), "crushed_or_powder"),
        (claim(27.5, "kg", "27.5 kilograms of raw material"), "raw_material"),
        (claim(27.5, "kg", "27.5 كغم من المواد الأولية"), "raw_material"),
        (claim(1000, "kg", "1 ton captagon ham madde"), "raw_material"),
        (claim(27.5, "kg", "27.5 kg", drug="precursor"), "raw_material"),
        (claim(3, "tonnes", "trois tonnes (captagon et haschich)"), "mixed_load"),
        (claim(15, "tonnes", "15 tons of narcotics", drug="mixed"), "mixed_load"),
        (claim(2, "tonnes", "two tons of captagon and 50 kg of hashish",
               other_loads=(Load("hashish", 50, "kg"),)), "tablets"),
        (claim(None, "unknown", "presses", drug="equipment"), "equipment"),
        (claim(300, "kg", "300 kg amphetamine", drug="amphetamine"), "unknown"),
        (claim(30, "kg", "30 kg of narcotics", drug="unspecified"), "unknown"),
        (claim(9000, "tablets", "9,000 pills", drug="unspecified"), "tablets"),
        (claim(50, "kg", "50 kg", drug="hashish"), "unknown"),
    ],
)  # fmt: skip
def test_forms(one: Claim, form: str) -> None:
    found = figures(one)
    assert found.form == form
    if one.amount.unit in {"kg", "tonnes"}:
        assert found.tablets.known == (form == "tablets")


@pytest.mark.parametrize(
    ("quantity", "words", "capacity", "kept"),
    [
        (7e8, "materials for 700 million pills", "materials for 700 million pills", False),
        (1000, "about 1,000 pills an hour", "about 1,000 pills an hour", False),
        (1000, "1000 قرص كبتاغون في الساعة", "1000 قرص كبتاغون في الساعة", False),
        (7e8, "المواد الخام تكفي لإنتاج 700 مليون", "المواد الخام تكفي لإنتاج 700 مليون", False),
        (2e6, "two million pills; material for 100 million", "material for 100 million", True),
        (2e6, "two million pills, enough for a city", "enough for a city", True),
        (2e6, "two million pills", "", True),
    ],
)
def test_what_could_be_made_is_no_amount(quantity: float, words: str, capacity: str, kept: bool) -> None:
    made = report(claim(quantity, "tablets", words, event_type="factory"))
    assert (made.capacity_as_reported, made.tablets.known) == (capacity, kept)
    assert ("capacity_not_amount" in made.flags) == (not kept)


# -- plausibility


@pytest.mark.parametrize(
    ("tablets", "kg", "flags"),
    [
        (1_350_000, 215, set()),
        (1_350_000, 2015, {"mass_check", "digit_slip", "gross_weight"}),
        (500_000, 236, {"mass_check", "gross_weight"}),
        (1_000_000, 16.7, {"mass_check", "digit_slip"}),
        (1_000_000, 50, {"mass_check"}),
        (100_000, 11.75, set()),
    ],
)
def test_counts_and_weights_are_compared(tablets: float, kg: float, flags: set[str]) -> None:
    made = report(claim(tablets, weight_kg=kg))
    assert set(made.flags) == flags
    assert made.mass_g == pytest.approx(kg * 1000 / tablets)
    assert (made.tablets.best, made.kg.best) == (tablets, kg)  # flagged, never mended


@pytest.mark.parametrize(
    ("one", "flag"),
    [
        (claim(15.4, "tonnes", weight_kg=14_000.0), "weights_differ"),
        (claim(100, "kg", "100 kg of crushed pills"), "not_tablets"),
        (claim(60e6), "very_large"),
        (claim(1000, value_usd=1e6), "value_check"),
        (claim(1000, quality="weak"), "weak_source"),
        (claim(event_type="factory", notes="Existence of a factory announced"), "claim_of_site"),
    ],
)
def test_flags(one: Claim, flag: str) -> None:
    assert flag in report(one).flags


@pytest.mark.parametrize(
    "one",
    [
        claim(1000, event_type="factory", notes="alleged"),
        claim(event_type="raid", notes="alleged"),
        claim(60e6, event_type="aggregate"),
        claim(1000, value_usd=5e3),
        claim(1.4, "tonnes", weight_kg=1_400.0),
    ],
)
def test_no_flag_without_a_reason(one: Claim) -> None:
    assert not {"claim_of_site", "very_large", "value_check", "weights_differ"} & set(report(one).flags)


# -- who, how, where


def test_bodies_are_resolved_with_the_date_that_is_known() -> None:
    minister = claim(agencies=("Interior Ministry",), country="SY")
    before = report(replace(minister, when=When(not_after=date(2024, 11, 1))))
    after = report(replace(minister, when=When(date(2025, 7, 30), date(2025, 7, 30), "day")))
    open_date = report(minister)
    assert [r.authority for r in (before, after, open_date)] == [
        "sy_former_government",
        "sy_transitional",
        "",
    ]
    assert {a.role for a in after.agencies} == {"seizing"}


def test_partners_belong_to_the_country_that_took_part() -> None:
    made = report(claim(country="SY", joint_with=("IQ",), partners=("Interior Ministry",)))
    assert [(a.role, a.country) for a in made.agencies] == [("partner", "IQ")]
    assert made.authority == ""


def test_routes_and_methods_come_from_their_vocabularies() -> None:
    made = report(claim(origin="SY", destination="Gulf states via Jordan", transport="balloon"))
    assert (made.origin_countries, made.route_basis) == (("SY",), "stated")
    assert (made.transport, made.method_group) == ("balloon", "balloon")


def test_unknown_words_are_reported_once_and_lose_no_row() -> None:
    strange = claim(agencies=("Qwxyz Blorp",), origin="Xanadu Heights", country="IQ")
    placed = [PlacedClaim(replace(strange, report_id=f"R{i}"), Location("none")) for i in range(3)]
    reports, issues = normalise(placed)
    assert len(reports) == 3 and not any(found.blocking for found in issues)
    assert {"unknown_agency", "unmapped_route"} <= {found.code for found in issues}
    assert len({(found.code, found.value) for found in issues}) == len(issues)


# -- the shipped ledger and the vocabulary


def test_the_tablet_mass_is_the_ledgers_own(shipped: list[Report]) -> None:
    mass = tablet_mass()
    pairs = sorted(r.mass_g for r in shipped if r.mass_g is not None and r.claim.is_seizure)
    assert len(pairs) >= 150
    assert pairs[len(pairs) // 2] == pytest.approx(mass.best, abs=0.0005)
    plausible = [g for g in pairs if mass.plausible_low <= g <= mass.plausible_high]
    assert plausible[round(0.05 * len(plausible))] == pytest.approx(mass.low, abs=0.0005)
    assert plausible[round(0.95 * len(plausible)) - 1] == pytest.approx(mass.high, abs=0.0005)


def test_raw_material_never_becomes_tablets(shipped: list[Report]) -> None:
    converted = [r for r in shipped if r.tablets.basis == "converted"]
    assert len(converted) > 50
    assert {r.form for r in converted} == {"tablets"}


def test_flags_are_those_of_the_vocabulary(shipped: list[Report]) -> None:
    raised = {flag for r in shipped for flag in r.flags}
    assert raised <= set(flag_labels())
    # value_check, weights_differ and capacity_not_amount guard other ledgers: no shipped row needs them.
    assert set(flag_labels()) - raised <= {"value_check", "weights_differ", "capacity_not_amount"}


def test_code_lists_agree_with_the_published_schema() -> None:
    assert set(drugs()) == {code.value for code in schema_codes.DRUG}
    assert set(form_labels()) == {code.value for code in schema_codes.FORM}
    lists = load("columns")["list"]
    for column, codes in {
        "event_type": schema_codes.ROW_EVENT_TYPE,
        "role": schema_codes.ROLE,
        "qualifier": schema_codes.QUALIFIER,
        "date_basis": schema_codes.DATE_BASIS,
        "date_bound_basis": schema_codes.BOUND_BASIS,
        "quality": schema_codes.QUALITY,
    }.items():
        assert set(lists[column]["values"]) == {code.value for code in codes}, column


def test_every_label_exists_in_both_languages() -> None:
    for name in ("drugs", "units"):
        assert all(entry["en"] and entry["ar"] for entry in load(name).values())
    for label in (*flag_labels().values(), *form_labels().values()):
        assert label.en and label.ar
