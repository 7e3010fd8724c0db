"""Sums of US dollars: a table of wordings of real pages in both languages, and what is no dollar at all."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.extract import money, numbers, quantities
from etl.extract.mentions import Money
from etl.extract.text import fold_text

GOLD = Path(__file__).resolve().parents[2] / "gold" / "usd_values.csv"
ROWS = list(csv.DictReader(GOLD.read_text(encoding="utf-8").splitlines()))


def found(words: str) -> list[Money]:
    text = fold_text(words)
    return money.find(text, numbers.find(text))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:40] for row in ROWS])
def test_dollars_of_the_table(row: dict[str, str]) -> None:
    expected = [(float(row["low"]), float(row["high"]), row["role"])] if row["low"] else []
    assert [(m.low, m.high, m.role) for m in found(row["text"])] == expected


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_table_has_forty_cases_of_each_language(lang: str) -> None:
    assert sum(row["lang"] == lang for row in ROWS) >= 40


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:40] for row in ROWS])
def test_money_is_never_a_quantity(row: dict[str, str]) -> None:
    text = fold_text(row["text"])
    sums = {(m.low, m.high) for m in found(row["text"])}
    read = quantities.find(text, numbers.find(text))
    assert not sums & {(q.low, q.high) for q in read}


def test_the_quote_holds_sign_and_currency() -> None:
    text = fold_text("worth about US$1.5 million, he said")
    (sum_,) = money.find(text, numbers.find(text))
    assert text.quote(sum_.start, sum_.end) == "about US$1.5 million"


def test_two_sums_keep_their_own_roles() -> None:
    roles = [m.role for m in found("pills worth $46 million at $10 a pill in a $57 billion market")]
    assert roles == ["value", "price", "other"]
