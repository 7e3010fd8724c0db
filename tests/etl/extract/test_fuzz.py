"""No text breaks the extractor, its spans lie in the page, and unrelated paragraphs change nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from functools import cache
from multiprocessing import get_context
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import Document, Extraction, Found, TextClaim, claims
from etl.extract.answers import answer
from etl.extract.privacy import quote_of
from etl.extract.text import fold_text
from tests.etl.extract.mutations import mutated

QUICK = 1_000
SLOW = 200_000
CHUNK = 2_000
DOC_CLASSES = {"incident", "aggregate_only", "background_only", "not_relevant"}
KINDS = {"incident", "aggregate", "background"}
STORIES = {
    "en": [
        "On 3 March 2025 Iraqi border guards seized 1.2 million captagon pills at Al-Qaim crossing in Anbar.",
        "On 5 March 2025 customs in Beirut seized 430,000 captagon pills in a container of grapes.",
        "On 9 March 2025 Jordanian soldiers seized 75,000 captagon pills on the border near Mafraq.",
    ],
    "ar": [
        "وفي 3 آذار 2025 ضبطت هيئة المنافذ الحدودية العراقية مليوناً و200 ألف حبة كبتاغون في منفذ القائم.",
        "وفي 5 آذار 2025 ضبطت الجمارك اللبنانية في مرفأ بيروت 430 ألف حبة كبتاغون داخل حاوية عنب.",
        "وفي 9 آذار 2025 ضبط الجيش الأردني 75 ألف حبة كبتاغون على الحدود قرب المفرق.",
    ],
}
UNRELATED = {
    "en": [
        "The central bank left its rate at 5.5 per cent on Thursday.",
        "Rain closed the schools of three provinces for a day.",
        "The striker scored in the 89th minute before 31,000 people.",
    ],
    "ar": [
        "أبقى البنك المركزي سعر الفائدة عند 5.5 في المئة يوم الخميس.",
        "وعطلت الأمطار الدوام في مدارس ثلاث محافظات.",
        "وسجل البديل هدف الفوز في الدقيقة 89 أمام 31 ألف متفرج.",
    ],
}


def found_in(claim: TextClaim) -> Iterator[Found[Any]]:
    """Every value of a claim that points into the page."""
    for field in fields(claim):
        value = getattr(claim, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Found):
                yield one


def check(document: Document) -> None:
    """What must hold for any text."""
    body = document.body
    read = claims(document)
    assert read.doc_class in DOC_CLASSES
    for claim in read.claims:
        assert claim.kind in KINDS
        assert 0 <= claim.start <= claim.end <= len(body)
        for found in found_in(claim):
            assert 0 <= found.start <= found.end <= len(body)
            assert found.rule
        for amount in claim.amounts:
            assert math.isfinite(amount.value.low)
            assert 0 <= amount.value.low <= amount.value.high
            quote = quote_of(document, amount)
            assert len(quote.text.split()) <= 25
            assert 0 <= quote.start <= quote.end <= len(quote.text)
        when = claim.when.value if claim.when else None
        assert when is None or when.start is None or when.end is None or when.start <= when.end
    json.dumps(answer(document, read), allow_nan=False).encode()
    text = fold_text(body)
    assert text.span(0, len(text.folded))[1] <= len(body)


def check_many(first: int) -> int:
    """Check CHUNK texts; the number of the one that fails is in the error."""
    for number in range(first, first + CHUNK):
        try:
            check(mutated(number))
        except Exception as error:
            raise AssertionError(f"mutated({number}): {type(error).__name__}: {error}") from error
    return CHUNK


@pytest.mark.parametrize("first", range(0, QUICK, 250))
def test_mutated_articles_are_read_without_an_error(first: int) -> None:
    for number in range(first, first + 250):
        check(mutated(number))


@pytest.mark.slow
def test_two_hundred_thousand_mutated_articles_are_read_without_an_error() -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        assert sum(pool.map(check_many, range(1_000_000, 1_000_000 + SLOW, CHUNK))) == SLOW


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str, title: str) -> None:
    check(
        Document("any", text.encode("utf-8", "replace").decode(), title.encode("utf-8", "replace").decode())
    )


def test_a_text_is_read_the_same_every_time() -> None:
    for number in range(0, 200):
        assert claims(mutated(number)) == claims(mutated(number))


def told(extraction: Extraction) -> set[tuple[Any, ...]]:
    """What the claims say, without where it stands."""
    return {
        (
            claim.kind,
            claim.when and claim.when.value,
            claim.country and claim.country.value,
            claim.admin1 and claim.admin1.value,
            frozenset((a.value.drug, a.value.low, a.value.high, a.value.unit) for a in claim.amounts),
        )
        for claim in extraction.claims
    }


@cache
def expected(lang: str) -> frozenset[tuple[Any, ...]]:
    return frozenset(told(claims(Document("d", "\n\n".join(STORIES[lang]), lang=lang))))


@pytest.mark.parametrize("lang", STORIES)
def test_three_stories_are_three_claims(lang: str) -> None:
    assert len(expected(lang)) == 3
    assert {kind for kind, *_ in expected(lang)} == {"incident"}


@settings(max_examples=60, deadline=None)
@given(st.data())
@pytest.mark.parametrize("lang", STORIES)
def test_unrelated_paragraphs_and_their_order_change_no_claim(lang: str, data: st.DataObject) -> None:
    order = data.draw(st.permutations(UNRELATED[lang]))
    places = data.draw(st.lists(st.integers(1, 3), min_size=3, max_size=3))
    parts = list(STORIES[lang])
    for paragraph, place in zip(order, places, strict=True):
        parts.insert(place, paragraph)
    assert told(claims(Document("d", "\n\n".join(parts), lang=lang))) == expected(lang)
