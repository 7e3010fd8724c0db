"""What must not change a claim: how digits are written, in which script, and what else stands on the page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.etl.extract.reading import NEWS, loads, read

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SENTENCES = {
    "en": "Border guards seized {} Captagon pills at Trebil on Tuesday and arrested 3 men.",
    "ar": "ضبطت قوات الحدود {} حبة كبتاغون في طريبيل يوم الثلاثاء وأوقفت 3 أشخاص.",
}
BLOCKS = {
    "en": [
        "Read also: Army seizes {} Captagon pills in Mosul",
        "Related News\n\nPolice in Basra seize {} Captagon pills\n\nJordan foils smuggling of Captagon",
        "PHOTO: {} Captagon pills on a table in Baghdad",
    ],
    "ar": [
        "اقرأ أيضا: الجيش يضبط {} حبة كبتاغون في الموصل",
        "أخبار ذات صلة\n\nشرطة البصرة تضبط {} حبة كبتاغون\n\nالأردن يحبط تهريب كبتاغون",
        "صورة: {} حبة كبتاغون على طاولة في بغداد",
    ],
}
counts = st.integers(10_000, 99_999_999)


def grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


@settings(max_examples=40, deadline=None)
@given(number=counts)
@pytest.mark.parametrize("lang", SENTENCES)
def test_a_number_counts_the_same_however_its_digits_are_written(lang: str, number: int) -> None:
    plain = read(SENTENCES[lang].format(number)).claims
    assert [loads(claim) for claim in plain] == [[("captagon", number, "tablets")]]
    written = [grouped(number, separator) for separator in (",", "\u00a0", "\u202f")]
    written += [grouped(number, ".")] if number >= 1_000_000 else []  # 1.350 might be a fraction
    written += [str(number).translate(digits) for digits in (ARABIC_DIGITS, PERSIAN_DIGITS, FULL_WIDTH)]
    written += [grouped(number, "٬").translate(ARABIC_DIGITS), grouped(number, ",").translate(ARABIC_DIGITS)]
    for form in written:
        claims = read(SENTENCES[lang].format(form)).claims
        assert [loads(claim) for claim in claims] == [loads(claim) for claim in plain], form
        assert [claim.arrests and claim.arrests.value for claim in claims] == [3]


@settings(max_examples=40, deadline=None)
@given(number=counts.filter(lambda n: n != 250_000), block=st.integers(0, 2))
@pytest.mark.parametrize("lang", BLOCKS)
def test_blocks_of_other_stories_change_no_claim(lang: str, number: int, block: int) -> None:
    tail = BLOCKS[lang][block].format(number)
    assert read(f"{NEWS[lang]}\n\n{tail}").claims == read(NEWS[lang]).claims


@settings(max_examples=60, deadline=None)
@given(
    marks=st.lists(
        st.sampled_from("\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2066\u2069\u00ad"), max_size=12
    )
)
@pytest.mark.parametrize("lang", NEWS)
def test_invisible_characters_change_no_value(lang: str, marks: list[str]) -> None:
    body = NEWS[lang]
    step = max(1, len(body) // (len(marks) + 1))
    strewn = "".join(
        char + (marks[i // step] if i % step == 0 and i // step < len(marks) else "")
        for i, char in enumerate(body)
    )
    assert [loads(claim) for claim in read(strewn).claims] == [loads(claim) for claim in read(body).claims]


@pytest.mark.parametrize("lang", NEWS)
def test_spaces_and_marks_of_vowels_change_no_value(lang: str) -> None:
    plain = [loads(claim) for claim in read(NEWS[lang]).claims]
    assert [loads(claim) for claim in read(NEWS[lang].replace(" ", "   ")).claims] == plain
    assert [loads(claim) for claim in read(NEWS[lang].replace(" ", "\u00a0")).claims] == plain
    assert [loads(claim) for claim in read(re.sub("([بتضطق])", "\\1\u064e", NEWS[lang])).claims] == plain
