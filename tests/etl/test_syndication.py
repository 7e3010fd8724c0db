"""Copies of one text are known as such; different texts on the same matter are not."""

import json
import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import syndication
from etl.syndication import SHARED, first_copies, signature

ARTICLES = Path(__file__).parents[1] / "gold/articles"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The labelled articles: every one written, or taken from a page, by itself."""
    lines = [line for path in sorted(ARTICLES.glob("*.jsonl")) for line in path.read_text().splitlines()]
    articles = [article for article in map(json.loads, lines) if "text" in article]
    return {article["id"]: f"{article.get('title', '')}\n\n{article['text']}" for article in articles}


def shared(a: str, b: str) -> float:
    first, second = (syndication._sketch(signature(text)) for text in (a, b))
    return float(first.jaccard(second))


def test_articles_of_different_newsrooms_are_different_texts(texts: dict[str, str]) -> None:
    assert len(texts) > 200
    first = first_copies((key, signature(text)) for key, text in texts.items())
    assert {key for key, other in first.items() if key != other} == set()


def test_articles_stand_far_below_the_limit(texts: dict[str, str]) -> None:
    sketches = [syndication._sketch(s) for text in texts.values() if (s := signature(text))]
    assert max(a.jaccard(b) for a, b in combinations(sketches, 2)) < SHARED / 2


EDITS = {
    "a line above": lambda text: f"By our correspondent, with material from agencies in the region.\n{text}",
    "a line below": lambda text: f"{text}\nThis story was first published by another outlet on Sunday.",
    "the last third cut": lambda text: " ".join(text.split()[: len(text.split()) * 2 // 3]),
    "spaces and capitals": lambda text: "  ".join(text.upper().split()),
    "one word in twenty changed": lambda text: " ".join(
        "word" if random.Random(f"{i}{word}").random() < 0.05 else word for i, word in enumerate(text.split())
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_edited_copies_are_copies(texts: dict[str, str], edit: object) -> None:
    signed = [(key, signature(text)) for key, text in texts.items()]
    edited = [((key, "copy"), signature(edit(text))) for key, text in texts.items()]  # type: ignore[operator]
    first = first_copies([*signed, *edited])
    missed = [key for key in texts if first[key, "copy"] != key]
    assert len(missed) <= 0.02 * len(texts), missed


def test_a_copy_of_a_copy_goes_to_the_first(texts: dict[str, str]) -> None:
    words = next(text for text in texts.values() if len(text.split()) > 200).split()
    versions = [" ".join(words[start : start + 120]) for start in (0, 30, 60)]
    assert shared(versions[0], versions[2]) < SHARED < shared(versions[0], versions[1])
    first = first_copies(enumerate(map(signature, versions)))
    assert first == {0: 0, 1: 0, 2: 0}


@pytest.mark.parametrize("text", ["", "Police seized pills.", "word " * 29])
def test_short_texts_are_never_copies(text: str) -> None:
    assert first_copies([(1, signature(text)), (2, signature(text))]) == {1: 1, 2: 2}


@given(st.text(max_size=2000))
def test_any_text_has_a_signature_and_is_its_own_copy(text: str) -> None:
    signed = signature(text)
    assert len(signed) in {0, 512}
    assert signed == signature(text)
    assert first_copies([("a", signed), ("b", signed)])["b"] == ("a" if signed else "b")
