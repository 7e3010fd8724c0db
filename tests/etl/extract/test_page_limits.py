"""What is too long, or too full of figures, to be a page of news is read in part, and said to be."""

import pytest

from etl.extract import Document, claims
from etl.extract.answers import answer

NEWS = "Iraqi border guards seized 300,000 Captagon pills at Al-Qaim on Tuesday. "


@pytest.mark.parametrize(
    ("text", "partly"),
    [
        (NEWS, False),
        (NEWS + "Nothing else was told. " * 100, False),
        (NEWS + "Nothing else was told of it at all. " * 8_000, True),
        (NEWS + "They showed 5 pills and 7 kg of hashish.\n" * 600, True),
    ],
)
def test_a_page_read_in_part_says_so(text, partly):
    document = Document("one", text, "Pills seized")
    extraction = claims(document)
    assert extraction.partly is partly
    assert answer(document, extraction).get("partly", False) is partly
    assert extraction.claims[0].amounts[0].value.low == 300_000
