"""Short self-written pages for the tests of the extractor, and what it reads in them as plain tuples."""

from __future__ import annotations

from datetime import date

from etl.extract import Document, Extraction, Found, TextClaim, claims

NEWS = {
    "en": "Iraqi border guards seized 250,000 Captagon pills at the Al-Qaim crossing on Tuesday.",
    "ar": "ضبطت قوات الحدود العراقية 250 ألف حبة كبتاغون في منفذ القائم يوم الثلاثاء.",
}
"""A plain lead of 10 June 2025, to which a test adds the sentence that it is about."""
PUBLISHED = date(2025, 6, 12)
"""A Thursday, two days after the news."""


def page(text: str, *, title: str = "", published: date | None = PUBLISHED, lang: str = "") -> Document:
    """A document of the tests' usual day."""
    return Document("page", text, title=title, published=published, lang=lang)


def read(text: str, *, title: str = "", published: date | None = PUBLISHED, lang: str = "") -> Extraction:
    """What the extractor reads in a text."""
    return claims(page(text, title=title, published=published, lang=lang))


def figures(claim: TextClaim) -> list[float]:
    """The lower bounds of a claim's amounts, in its order."""
    return [amount.value.low for amount in claim.amounts]


def loads(claim: TextClaim) -> list[tuple[str, float, str]]:
    """Drug, lower bound and unit of a claim's amounts."""
    return [(a.value.drug, a.value.low, a.value.unit) for a in claim.amounts]


def kinds(extraction: Extraction) -> list[tuple[str, list[float]]]:
    """Kind and figures of each claim, in the order of the page."""
    return [(claim.kind, figures(claim)) for claim in extraction.claims]


def kind_of(extraction: Extraction, figure: float) -> str | None:
    """The kind of the claim that holds a figure; None where no claim does."""
    return next((claim.kind for claim in extraction.claims if figure in figures(claim)), None)


def words(document: Document, found: Found[object] | None) -> str:
    """The page's words that a value rests on."""
    return document.body[found.start : found.end] if found else ""
