"""The fields of a claim and the words that gave them: days, people, means, places; in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from etl.extract import Found, TextClaim, claims
from tests.etl.extract.reading import NEWS, page, read, words

ARTICLE = {
    "en": (
        "Iraqi border guards foil Captagon smuggling",
        "Iraqi border guards seized about 1.2 million Captagon pills at the Al-Qaim crossing on Tuesday. The "
        "pills were hidden in a truck of apples that came from Syria and was bound for Saudi Arabia, and "
        "two men were arrested.",
    ),
    "ar": (
        "قوات الحدود العراقية تحبط تهريب كبتاغون",
        "ضبطت قوات الحدود العراقية نحو 1.2 مليون حبة كبتاغون في منفذ القائم يوم الثلاثاء. وكانت الحبوب "
        "مخبأة في شاحنة تفاح قادمة من سوريا ومتجهة إلى السعودية، وألقي القبض على رجلين.",
    ),
}
WORDS = {
    "en": {
        "when": "Tuesday",
        "place": "Al-Qaim crossing",
        "amounts": "about 1.2 million Captagon pills",
        "arrests": "two men",
        "transport": "truck",
        "origin": "Syria",
        "destination": "Saudi Arabia",
    },
    "ar": {
        "when": "الثلاثاء",
        "place": "القائم",
        "amounts": "نحو 1.2 مليون حبة كبتاغون",
        "arrests": "رجلين",
        "transport": "شاحنة",
        "origin": "سوريا",
        "destination": "السعودية",
    },
}


def values(claim: TextClaim) -> Iterator[tuple[str, Found[Any]]]:
    """Every value of a claim with its field."""
    for field in fields(claim):
        value = getattr(claim, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Found):
                yield field.name, one


@pytest.mark.parametrize("lang", ARTICLE)
def test_a_plain_report_gives_every_field(lang: str) -> None:
    title, text = ARTICLE[lang]
    [claim] = read(text, title=title).claims
    assert claim.when is not None
    assert (claim.when.value.start, claim.when.value.basis) == (date(2025, 6, 10), "weekday")
    told = {name: found.value for name, found in values(claim)}
    assert told["country"] == "IQ"
    assert told["admin1"] == "IQ-AN"
    assert told["place"] == "Al-Qaim border crossing"
    assert told["arrests"] == 2
    assert told["transport"] == "truck"
    assert (told["origin"], told["destination"]) == ("SY", "SA")
    amount = claim.amounts[0].value
    assert (amount.drug, amount.low, amount.unit, amount.qualifier) == (
        "captagon",
        1_200_000,
        "tablets",
        "about",
    )
    assert claim.agencies
    assert claim.concealment


@pytest.mark.parametrize("lang", ARTICLE)
def test_every_value_quotes_the_words_that_gave_it(lang: str) -> None:
    title, text = ARTICLE[lang]
    document = page(text, title=title)
    [claim] = claims(document).claims
    quoted = {name: words(document, found) for name, found in values(claim)}
    for name, said in WORDS[lang].items():
        assert said in quoted[name] or quoted[name] in said, name
        assert quoted[name]
    assert all(found.rule for _, found in values(claim))
    passage = document.body[claim.start : claim.end]
    assert all(quote in passage for quote in quoted.values())


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        ("Customs seized 300,000 Captagon pills at Trebil on 9 June 2025.", date(2025, 6, 9), "stated"),
        ("ضبطت الجمارك 300 ألف حبة كبتاغون في طريبيل في 9 حزيران 2025.", date(2025, 6, 9), "stated"),
        ("Customs seized 300,000 Captagon pills at Trebil on Sunday.", date(2025, 6, 8), "weekday"),
        ("ضبطت الجمارك 300 ألف حبة كبتاغون في طريبيل يوم الأحد.", date(2025, 6, 8), "weekday"),
        ("Customs seized 300,000 Captagon pills at Trebil yesterday.", date(2025, 6, 11), "weekday"),
        ("ضبطت الجمارك أمس 300 ألف حبة كبتاغون في طريبيل.", date(2025, 6, 11), "weekday"),
        (
            "The ministry said on Wednesday that customs seized 300,000 Captagon pills on Monday.",
            date(2025, 6, 9),
            "weekday",
        ),
        (
            "قالت الوزارة يوم الأربعاء إن الجمارك ضبطت يوم الاثنين 300 ألف حبة كبتاغون.",
            date(2025, 6, 9),
            "weekday",
        ),
        (
            "The ministry said on Wednesday that customs had seized 300,000 Captagon pills.",
            date(2025, 6, 11),
            "weekday",
        ),
        ("قالت الوزارة يوم الأربعاء إن الجمارك ضبطت 300 ألف حبة كبتاغون.", date(2025, 6, 11), "weekday"),
        ("Customs seized 300,000 Captagon pills at Trebil.", date(2025, 6, 12), "published"),
        ("ضبطت الجمارك 300 ألف حبة كبتاغون في طريبيل.", date(2025, 6, 12), "published"),
    ],
)
def test_the_day_is_the_deeds_then_the_speakers_then_the_pages(text: str, day: date, basis: str) -> None:
    [claim] = read(text).claims
    assert claim.when is not None
    assert (claim.when.value.start, claim.when.value.end) == (day, day)
    assert claim.when.value.basis == basis


@pytest.mark.parametrize(
    "text",
    [
        "Customs seized 300,000 Captagon pills at Trebil.",
        "ضبطت الجمارك 300 ألف حبة كبتاغون في طريبيل.",
        "Customs seized 300,000 Captagon pills at Trebil on Sunday.",
        "ضبطت الجمارك 300 ألف حبة كبتاغون في طريبيل يوم الأحد.",
        "Customs seized 300,000 Captagon pills at Trebil yesterday.",
        "ضبطت الجمارك أمس 300 ألف حبة كبتاغون في طريبيل.",
    ],
)
def test_without_a_date_of_the_page_nothing_is_guessed(text: str) -> None:
    [claim] = read(text, published=None).claims
    assert claim.kind == "incident"
    assert claim.when is None


def test_a_stated_date_needs_no_date_of_the_page() -> None:
    [claim] = read("Customs seized 300,000 Captagon pills on 9 June 2025.", published=None).claims
    assert claim.when is not None
    assert claim.when.value.start == date(2025, 6, 9)


@pytest.mark.parametrize(
    "text",
    [
        "Iraq has seized 24 million Captagon pills since the beginning of the year.",
        "ضبط العراق 24 مليون حبة كبتاغون منذ بداية العام.",
    ],
)
def test_a_total_has_the_span_that_it_covers(text: str) -> None:
    [claim] = read(text).claims
    assert claim.kind == "aggregate"
    assert claim.when is not None
    assert (claim.when.value.start, claim.when.value.end) == (date(2025, 1, 1), date(2025, 6, 12))
    assert claim.when.value.precision == "period"
    assert claim.country is not None
    assert claim.country.value == "IQ"


@pytest.mark.parametrize(
    ("lang", "more", "low", "high"),
    [
        ("en", " The load is worth $2 million to $3 million.", 2e6, 3e6),
        ("ar", " وتقدر قيمة الشحنة بمليوني دولار.", 2e6, 2e6),
    ],
)
def test_the_value_of_the_load_stands_behind_it(lang: str, more: str, low: float, high: float) -> None:
    [claim] = read(NEWS[lang] + more).claims
    assert claim.value_usd is not None
    assert claim.value_usd.value == (low, high)


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", " A pill sells for 25 dollars. The ministry's budget is 3 million dollars."),
        ("ar", " وتباع الحبة بـ25 دولارا. وتبلغ موازنة الوزارة 3 ملايين دولار."),
    ],
)
def test_prices_and_budgets_are_no_value_of_the_load(lang: str, more: str) -> None:
    [claim] = read(NEWS[lang] + more).claims
    assert claim.value_usd is None


@pytest.mark.parametrize(
    ("text", "place", "role"),
    [
        ("Customs seized 300,000 Captagon pills at Trebil in a truck from Damascus.", "Damascus", "origin"),
        ("ضبطت الجمارك 300 ألف حبة كبتاغون في طريبيل في شاحنة قادمة من دمشق.", "Damascus", "origin"),
        ("Customs seized 300,000 Captagon pills at Trebil bound for Kuwait.", "Kuwait", "destination"),
        ("ضبطت الجمارك 300 ألف حبة كبتاغون في طريبيل متجهة إلى الكويت.", "Kuwait", "destination"),
        ("Customs seized 300,000 Captagon pills at Trebil.", "Trebil border crossing", "seized_at"),
        ("ضبطت الجمارك 300 ألف حبة كبتاغون في طريبيل.", "Trebil border crossing", "seized_at"),
    ],
)
def test_every_place_named_has_its_part(text: str, place: str, role: str) -> None:
    [claim] = read(text).claims
    assert (place, role) in {(named.value.name, named.value.role) for named in claim.places}
