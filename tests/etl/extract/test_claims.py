"""Whole pages: what class a page is of, and that odd ones are read without an error."""

from __future__ import annotations

import pytest

from etl.extract import Document, claims
from tests.etl.extract.reading import NEWS, kinds, read


@pytest.mark.parametrize(
    ("text", "doc_class"),
    [
        (NEWS["en"], "incident"),
        (NEWS["ar"], "incident"),
        ("Iraq has seized 24 million Captagon pills since the beginning of the year.", "aggregate_only"),
        ("ضبط العراق 24 مليون حبة كبتاغون منذ بداية العام.", "aggregate_only"),
        ("Iraq seized 24 million Captagon pills in 2024.", "aggregate_only"),
        ("ضبط العراق 24 مليون حبة كبتاغون في عام 2024.", "aggregate_only"),
        ("Captagon is an amphetamine. Captagon is made in Syria and sold in the Gulf.", "background_only"),
        ("الكبتاغون مادة منشطة. ويصنع الكبتاغون في سوريا ويباع في الخليج.", "background_only"),
        ("The film follows a doctor in Beirut; one scene mentions hashish.", "not_relevant"),
        ("يروي الفيلم قصة طبيب في بيروت، ويذكر في مشهد واحد الحشيش.", "not_relevant"),
        ("The parliament debated the budget of 3 million dollars on Tuesday.", "not_relevant"),
        ("ناقش البرلمان يوم الثلاثاء موازنة قدرها 3 ملايين دولار.", "not_relevant"),
    ],
)
def test_the_class_of_a_page(text: str, doc_class: str) -> None:
    assert read(text).doc_class == doc_class


def test_a_page_about_a_drug_by_its_headline_is_background() -> None:
    text = "The exhibition in Beirut shows forty photographs."
    assert read(text).doc_class == "not_relevant"
    assert read(text, title="Captagon in pictures").doc_class == "background_only"


@pytest.mark.parametrize("lang", NEWS)
def test_one_incident_makes_the_page_an_incident(lang: str) -> None:
    total = {
        "en": "Since the beginning of the year, 24 million Captagon tablets have been seized.",
        "ar": "ومنذ بداية العام ضبط 24 مليون حبة كبتاغون.",
    }[lang]
    found = read(f"{NEWS[lang]}\n\n{total}")
    assert found.doc_class == "incident"
    assert kinds(found) == [("incident", [250_000]), ("aggregate", [24_000_000])]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "captagon",
        "كبتاغون",
        "1 captagon",
        "كبتاغون كغم and ",
        "captagon " * 5_000,
        "1,000 captagon pills, " * 2_000,
        "900000000000000000000000000 captagon pills were seized",
        "seized \u202e250,000\u202c capt\u200bagon pills",
        "ضُبِطَتْ ٢٥٠٬٠٠٠ حَبَّةِ كِبْتاغون",
        "<b>seized</b> 250,000 captagon &amp; pills",
        "\x00captagon\x00 250,000 pills\ud800 seized".encode("utf-8", "replace").decode(),
    ],
)
def test_odd_pages_are_read(text: str) -> None:
    found = claims(Document("odd", text))
    for claim in found.claims:
        assert 0 <= claim.start <= claim.end <= len(text)


def test_title_and_text_are_one_body() -> None:
    found = read("Customs at Trebil seized the load on Tuesday.", title="250,000 Captagon pills seized")
    assert kinds(found) == [("incident", [250_000])]
