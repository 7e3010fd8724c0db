"""Which sentences and figures are one seizure, in both languages."""

from __future__ import annotations

import pytest

from tests.etl.extract.reading import NEWS, kinds, loads, read

SUMS = [
    "Saudi customs foiled two attempts to smuggle 3 million Captagon pills at Al-Haditha.\n\n"
    "In the first attempt, 2 million pills were found in a truck.\n\n"
    "In the second attempt, 1 million pills were hidden in a car.",
    "أحبطت الجمارك السعودية محاولتين لتهريب 3 ملايين حبة كبتاغون في منفذ الحديثة.\n\n"
    "وفي المحاولة الأولى عثر على مليوني حبة في شاحنة.\n\nوفي المحاولة الثانية ضبطت مليون حبة في سيارة.",
]
REPEATED = [
    ("Iraq seizes 1.2 million pills", "Customs at Trebil seized 1,249,300 Captagon pills on Tuesday."),
    ("العراق يضبط أكثر من مليون حبة", "ضبطت الجمارك في طريبيل 1,049,300 حبة كبتاغون يوم الثلاثاء."),
    (
        "Half a million pills seized",
        "Police in Basra seized about 500,000 Captagon pills.\n\nOfficers counted 492,000 tablets.",
    ),
    (
        "ضبط نصف مليون حبة",
        "ضبطت الشرطة في البصرة نحو 500 ألف حبة كبتاغون.\n\nوأحصى الضباط 492 ألف حبة، كما قالوا.",
    ),
]
TAILS = [
    ("en", "Read also: Jordan seizes 5 million Captagon pills at Jaber"),
    ("ar", "اقرأ أيضا: الأردن يضبط 5 ملايين حبة كبتاغون في جابر"),
    ("en", "Related News\n\nJordan seizes 5 million Captagon pills"),
    ("ar", "مقالات ذات صلة\n\nالأردن يضبط 5 ملايين حبة كبتاغون"),
    ("en", "PHOTO: 5 million Captagon pills seized at Jaber"),
    ("ar", "صورة: 5 ملايين حبة كبتاغون ضبطت في جابر"),
]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Officers seized 300,000 Captagon pills in Mosul and 450,000 pills in Kirkuk.",
            ["Mosul", "Kirkuk"],
        ),
        ("ضبطت القوات 300 ألف حبة كبتاغون في الموصل و450 ألف حبة في كركوك.", ["Mosul", "Kirkuk"]),
        (
            "In Mosul, police seized 300,000 Captagon pills, and in Kirkuk 450,000 pills.",
            ["Mosul", "Kirkuk"],
        ),
        ("في الموصل ضبطت الشرطة 300 ألف حبة كبتاغون، وفي كركوك 450 ألف حبة.", ["Mosul", "Kirkuk"]),
        (
            "At Trebil, officers seized 300,000 Captagon pills and, in another operation, 450,000.",
            ["Trebil border crossing"] * 2,
        ),
    ],
)
def test_two_seizures_in_one_sentence_have_their_own_places(text: str, places: list[str]) -> None:
    found = read(text)
    assert kinds(found) == [("incident", [300_000]), ("incident", [450_000])]
    assert [claim.place and claim.place.value for claim in found.claims] == places


def test_two_seizures_in_one_sentence_have_their_own_days() -> None:
    found = read(
        "In Mosul, police seized 300,000 Captagon pills on Sunday, and in Kirkuk 450,000 pills on Monday."
    )
    assert [c.when and c.when.value.start and c.when.value.start.day for c in found.claims] == [8, 9]


@pytest.mark.parametrize("text", SUMS)
def test_the_sum_of_attempts_is_a_total_and_each_attempt_an_incident(text: str) -> None:
    found = read(text)
    assert kinds(found) == [
        ("aggregate", [3_000_000]),
        ("incident", [2_000_000]),
        ("incident", [1_000_000]),
    ]
    assert {load for claim in found.claims for load, _, _ in loads(claim)} == {"captagon"}
    assert {claim.place and claim.place.value for claim in found.claims} == {"Al-Haditha border crossing"}


@pytest.mark.parametrize("text", SUMS)
def test_parts_of_a_sum_happened_on_its_day(text: str) -> None:
    dated = text.replace("foiled", "foiled on Monday").replace("السعودية", "السعودية الاثنين")
    whole, *parts = read(dated).claims
    assert whole.when is not None
    assert whole.when.value.start is not None
    assert whole.when.value.start.day == 9
    assert all(part.when is not None and part.when.value == whole.when.value for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "Border guards seized 1.2 million Captagon pills weighing 204 kg at Trebil.",
        "ضبطت قوات الحدود 1.2 مليون حبة كبتاغون بوزن 204 كغم في طريبيل.",
    ],
)
def test_count_and_weight_are_of_one_load(text: str) -> None:
    [claim] = read(text).claims
    assert loads(claim) == [("captagon", 1_200_000, "tablets"), ("captagon", 204, "kg")]
    assert len({amount.value.load for amount in claim.amounts}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Police in Basra seized 120,000 Captagon pills, 3 kg of hashish and 500 g of crystal meth.",
        "ضبطت شرطة البصرة يوم الثلاثاء 120 ألف حبة كبتاغون و3 كغم من الحشيش و500 غرام من الكريستال.",
    ],
)
def test_several_drugs_are_one_seizure_of_several_loads(text: str) -> None:
    [claim] = read(text).claims
    assert loads(claim) == [
        ("captagon", 120_000, "tablets"),
        ("hashish", 3, "kg"),
        ("methamphetamine", 500, "g"),
    ]
    assert len({amount.value.load for amount in claim.amounts}) == 3


@pytest.mark.parametrize(("title", "text"), REPEATED)
def test_a_figure_told_again_more_roughly_is_no_second_seizure(title: str, text: str) -> None:
    [claim] = read(text, title=title).claims
    finest = {"1,249,300": 1_249_300, "1,049,300": 1_049_300}
    [(_, figure, _)] = loads(claim)
    assert figure == next((value for words, value in finest.items() if words in text), 492_000)


@pytest.mark.parametrize(("lang", "tail"), TAILS)
def test_captions_and_other_stories_add_nothing(lang: str, tail: str) -> None:
    assert kinds(read(f"{NEWS[lang]}\n\n{tail}")) == kinds(read(NEWS[lang]))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Captagon dealers arrested in Basra",
            "Police in Basra arrested three men and seized a quantity of Captagon hidden in a car.",
        ),
        (
            "القبض على تجار كبتاغون في البصرة",
            "ألقت شرطة البصرة القبض يوم الثلاثاء على ثلاثة أشخاص وضبطت كمية من الكبتاغون مخبأة في سيارة.",
        ),
    ],
)
def test_a_seizure_without_a_figure_is_an_incident_without_amounts(title: str, text: str) -> None:
    found = read(text, title=title)
    assert kinds(found) == [("incident", [])]
    [claim] = found.claims
    assert claim.arrests is not None
    assert claim.arrests.value == 3
    assert claim.drug is not None
    assert claim.drug.value == "captagon"


@pytest.mark.parametrize(
    "text",
    [
        "Customs at Trebil seized 300,000 Captagon pills on Tuesday.\n\n"
        "Jordan's army foiled an attempt to smuggle Captagon across its border on Wednesday.",
        "ضبطت جمارك طريبيل 300 ألف حبة كبتاغون يوم الثلاثاء.\n\n"
        "وأحبط الجيش الأردني يوم الأربعاء محاولة تهريب كبتاغون عبر الحدود.",
    ],
)
def test_another_countrys_seizure_without_a_figure_is_its_own(text: str) -> None:
    found = read(text)
    assert kinds(found) == [("incident", [300_000]), ("incident", [])]
    assert [claim.country and claim.country.value for claim in found.claims] == ["IQ", "JO"]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Saudi customs seized 900,000 Captagon pills at the Al-Haditha crossing."),
        ("ar", "وأحبطت الجمارك السعودية تهريب 900 ألف حبة كبتاغون في منفذ الحديثة."),
    ],
)
def test_an_undated_seizure_of_another_country_is_background(lang: str, sentence: str) -> None:
    found = read(f"{NEWS[lang]}\n\n{sentence}")
    assert kinds(found) == [("incident", [250_000]), ("background", [900_000])]
    assert [claim.country and claim.country.value for claim in found.claims] == ["IQ", "SA"]


@pytest.mark.parametrize(
    "text",
    [
        "Police in Ramadi stopped a truck carrying Captagon. Officers counted 400,000 of the pills.",
        "Police in Ramadi stopped a truck carrying Captagon on Tuesday.\n\nThe pills numbered 400,000.",
        "Captagon pills were found in a truck in Ramadi on Tuesday, 400,000 of them.",
        "ضبطت الشرطة في الرمادي يوم الثلاثاء حبوب كبتاغون عددها 400 ألف.",
        "ضبطت الشرطة في الرمادي يوم الثلاثاء شاحنة كبتاغون، وبلغ عدد الحبوب 400 ألف.",
    ],
)
def test_a_number_whose_noun_stands_elsewhere_counts(text: str) -> None:
    [claim] = read(text).claims
    assert loads(claim) == [("captagon", 400_000, "tablets")]
