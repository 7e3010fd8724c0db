"""What a machine read in a paper becomes a claim in the ledger's terms, with the words that gave it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from etl import papers
from etl.extract.records import Document, Extraction, Found, LoadAmount, TextClaim
from etl.papers import Paper
from etl.readings import read_paper
from etl.records import Claim, Load, RowRef, When
from tests.etl.sample_documents import ALONE, JOINS, TOTAL, Sample, day, reader

LATEST = date(2026, 12, 31)
QUOTE = reader().quote


def paper(sample: Sample | Document) -> Paper:
    document = sample.document if isinstance(sample, Sample) else sample
    return papers.paper(document, RowRef("a.jsonl", 1))


def read(document: Document, *claims: TextClaim, doc_class: str = "incident", latest: date = LATEST) -> Any:
    return read_paper(paper(document), Extraction(doc_class, claims), latest, QUOTE)


def claim_of(sample: Sample) -> Claim:
    (claim,) = read_paper(paper(sample), sample.extraction, LATEST, QUOTE).claims
    return claim


def at(value: Any) -> Found[Any]:
    return Found(value, 0, 4, "rule")


def told(**given: Any) -> TextClaim:
    plain: dict[str, Any] = {"kind": "incident", "start": 0, "end": 9, "country": at("IQ")}
    return TextClaim(**plain | given)


PAGE = Document("a", "Words of a page.", published=date(2024, 5, 2))


def with_amounts(*amounts: LoadAmount) -> Claim:
    (claim,) = read(PAGE, told(amounts=tuple(map(at, amounts)))).claims
    return claim


def figure(drug: str, low: float, unit: str = "tablets", load: int = 0, high: float = 0) -> LoadAmount:
    return LoadAmount(drug, low, high or low, unit, "exact", load)


def test_a_claim_speaks_the_ledgers_language() -> None:
    claim = claim_of(ALONE)
    assert (claim.country, claim.admin1, claim.place_as_written) == ("IQ", ("Anbar",), "الرطبة")
    assert (claim.drug, claim.amount.quantity, claim.amount.unit) == ("captagon", 415_700, "tablets")
    assert claim.amount.as_written == "415,700 حبة كبتاغون"
    assert (claim.arrests, claim.origin, claim.lang, claim.role) == (2, "Syria", "ar", "primary")
    assert claim.when == day("2026-02-16", "weekday")
    assert claim.is_machine_read and claim.is_seizure


def test_every_value_has_its_words_and_its_rule() -> None:
    reading = claim_of(JOINS).reading
    assert reading is not None
    shown = {e.field: (e.value, e.quote[e.start : e.end], e.rule) for e in reading.evidence}
    assert shown["quantity"] == (
        "captagon:3000000:tablets",
        "three million pills of captagon",
        "sample_amounts",
    )
    assert shown["date"] == ("2023-03-11", "March 11", "sample_when")
    assert shown["arrests"] == ("1", "driver was arrested", "sample_arrests")
    assert {e.field for e in reading.evidence} == {
        "date", "country", "admin1", "place", "quantity", "arrests", "concealment", "transport",
    }  # fmt: skip


def test_a_total_has_a_period_and_no_event_date() -> None:
    claim = claim_of(TOTAL)
    assert claim.event_type == "aggregate" and not claim.is_seizure
    assert (claim.period_start, claim.period_end) == (date(2019, 1, 1), date(2019, 6, 30))
    assert claim.when.precision == "year"


def test_a_total_whose_scope_is_not_told_is_described_by_the_words_around_its_figure() -> None:
    (claim,) = read(PAGE, told(kind="aggregate", amounts=(at(figure("captagon", 5e6)),))).claims
    assert claim.scope == "Words of a page."


@pytest.mark.parametrize(
    ("amounts", "main", "weight", "others"),
    [
        ([], ("unspecified", None, "unknown"), None, ()),
        ([figure("captagon", 500)], ("captagon", 500, "tablets"), None, ()),
        (
            [figure("captagon", 424, "kg"), figure("captagon", 2.4e6)],
            ("captagon", 2.4e6, "tablets"), 424, (),
        ),
        (
            [figure("captagon", 1.1, "tonnes"), figure("captagon", 7e6)],
            ("captagon", 7e6, "tablets"), 1100, (),
        ),
        ([figure("captagon", 424, "kg")], ("captagon", 424, "kg"), None, ()),
        (
            [figure("captagon", 140, "bags"), figure("captagon", 140_000)],
            ("captagon", 140_000, "tablets"), None, (),
        ),
        (
            [figure("hashish", 61, "kg", 0), figure("heroin", 725, "g", 1), figure("captagon", 4700, load=2)],
            ("captagon", 4700, "tablets"), None, (Load("hashish", 61, "kg"), Load("heroin", 725, "g")),
        ),
        (
            [figure("methamphetamine", 4, "kg", 1), figure("pills_unspecified", 7e6, load=2)],
            ("pills_unspecified", 7e6, "tablets"), None, (Load("methamphetamine", 4, "kg"),),
        ),
        (
            [figure("captagon", 10_000, load=0), figure("captagon", 90_000, load=1)],
            ("captagon", 90_000, "tablets"), None, (Load("captagon", 10_000, "tablets"),),
        ),
        (
            [figure("hashish", 3640, "slabs", 0), figure("hashish", 647, "kg", 0)],
            ("hashish", 647, "kg"), None, (),
        ),
    ],
)  # fmt: skip
def test_the_main_load_is_the_one_the_tracker_is_about(
    amounts: list[LoadAmount], main: tuple[str, float | None, str], weight: float | None, others: tuple[Load]
) -> None:
    claim = with_amounts(*amounts)
    assert (claim.drug, claim.amount.quantity, claim.amount.unit) == main
    assert claim.weight_kg == weight
    assert claim.other_loads == others


def test_the_drug_of_a_seizure_without_an_amount_is_kept_with_its_words() -> None:
    (claim,) = read(PAGE, told(drug=at("captagon"))).claims
    assert (claim.drug, claim.amount.quantity) == ("captagon", None)
    assert claim.reading is not None
    assert [(e.field, e.value) for e in claim.reading.evidence] == [("country", "IQ"), ("drug", "captagon")]


def test_a_range_keeps_both_ends() -> None:
    amount = with_amounts(LoadAmount("captagon", 2e6, 3e6, "tablets", "range")).amount
    assert (amount.quantity, amount.quantity_high, amount.qualifier) == (2e6, 3e6, "range")


@pytest.mark.parametrize(
    ("days", "precision"), [(0, "day"), (3, "week"), (20, "month"), (200, "year"), (500, "none")]
)
def test_a_span_of_any_days_gets_the_ledgers_precision(days: int, precision: str) -> None:
    first = date(2022, 1, 3)
    when = When(first, date.fromordinal(first.toordinal() + days), "period", "stated")
    (claim,) = read(PAGE, told(when=at(when))).claims
    assert claim.when.precision == precision


def test_a_page_without_a_date_is_bounded_by_its_publication_and_nothing_is_guessed() -> None:
    (claim,) = read(PAGE, told()).claims
    assert (claim.when.start, claim.when.not_after, claim.when.bound_basis) == (
        None, date(2024, 5, 2), "published",
    )  # fmt: skip
    (undated,) = read(replace(PAGE, published=None), told()).claims
    assert undated.when == When()


@pytest.mark.parametrize(
    ("document", "claim", "code"),
    [
        (PAGE, told(when=at(day("2024-06-01"))), "event_after_publication"),
        (replace(PAGE, published=None), told(when=at(day("2031-01-01"))), "future_date"),
        (PAGE, told(country=None), "reading_without_substance"),
    ],
)
def test_a_claim_that_cannot_be_used_is_kept_out_with_a_reason(
    document: Document, claim: TextClaim, code: str
) -> None:
    found = read(document, claim, told())
    assert [one.code for one in found.issues] == [code]
    assert found.issues[0].blocking
    assert [c.report_id for c in found.claims] == [f"{paper(document).document_id}-2"]


def test_a_page_of_the_future_or_without_claims_is_kept_out() -> None:
    later = read(replace(PAGE, published=date(2027, 1, 1)), told())
    assert ([one.code for one in later.issues], later.claims) == (["future_date"], ())
    empty = read(PAGE)
    assert [one.code for one in empty.issues] == ["document_without_claims"]
    assert read(PAGE, doc_class="not_relevant").issues == ()


@pytest.mark.parametrize(("given", "published"), [("javascript:x", ""), ("https://a.example/1",) * 2])
def test_only_web_addresses_are_published(given: str, published: str) -> None:
    (claim,) = read(replace(PAGE, url=given, lang="?!"), told()).claims
    assert (claim.url, claim.lang) == (published, "")
