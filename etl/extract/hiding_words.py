"""Words of hiding: verbs, goods, common words, vehicles; from `etl/vocabulary/means_text.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.extract.lexicon import Lexicon, shared
from etl.extract.text import fold_phrase
from etl.vocabulary import load

_NO_ALIF = ("ه", "ا", "ي", "ات", "ين", "ان")
VERB, STRONG, GOODS, COMMON, VEHICLE, AIR = "verb", "strong", "goods", "common", "vehicle", "air"
HOLDS, GIVES_UP, AS, NEVER = "holds", "gives up", "as", "never"


class Word(NamedTuple):
    """`sort`: verb, strong (a verb that needs no known goods behind it), holds and gives up (the goods stand
    before it), as (a false name of the load behind it), goods, common, vehicle, air.

    `english`: what an Arabic noun is called in English, "" for English nouns.
    """

    sort: str
    english: str = ""


@shared
def lexicon() -> Lexicon[Word]:
    """Return the words of hiding with their sort."""
    return Lexicon(_entries())


def _entries() -> Iterator[tuple[str, Word]]:
    table = load("means_text")
    hiding, goods = table["hiding"], table["goods"]
    yield from ((phrase, Word(AIR)) for phrase in goods["airborne_en"])
    yield from ((phrase, Word(AIR, english)) for phrase, english in goods["airborne_ar"].items())
    yield from ((phrase, Word(GOODS)) for phrase in goods["en"])
    yield from ((phrase, Word(VEHICLE)) for phrase in goods["vehicles_en"])
    yield from ((phrase, Word(COMMON)) for phrase in goods["common_en"])
    yield from ((phrase, Word(VEHICLE, goods["ar"][phrase])) for phrase in goods["vehicles_ar"])
    common = frozenset(map(fold_phrase, goods["common_ar"]["words"]))
    for phrase, english in goods["ar"].items():
        word = Word(COMMON if fold_phrase(phrase) in common else GOODS, english)
        yield from ((form, word) for form in (phrase, *accusative(phrase)))
    for part in map(fold_phrase, hiding["suffixed_ar"]):
        stem = part[:-1] + "ت" if part.endswith("ه") else part
        yield from ((stem + pronoun, Word(COMMON)) for pronoun in ("ه", "ها", "هم", "هما"))
    yield from ((phrase, Word(NEVER)) for phrase in hiding["never"])
    yield from ((phrase, Word(AS)) for phrase in hiding["as"])
    yield from ((phrase, Word(GIVES_UP)) for phrase in hiding["gives_up"])
    yield from ((phrase, Word(STRONG)) for phrase in (*hiding["strong_en"], *hiding["ar"]))
    yield from ((phrase, Word(VERB)) for phrase in hiding["en"])
    yield from ((phrase, Word(HOLDS)) for phrase in hiding["holds"])


def accusative(phrase: str) -> tuple[str, ...]:
    """Return the indefinite accusative of an Arabic noun, written without vowels ("أزراراً"), if any."""
    folded = fold_phrase(phrase)
    takes_alif = folded[-1] >= "ء" and " " not in folded and not folded.endswith(_NO_ALIF)
    return (folded + "ا",) if takes_alif else ()


@cache
def lists() -> dict[str, frozenset[str]]:
    """Return the words that stand around hiding places, folded."""
    hiding, goods = load("means_text")["hiding"], load("means_text")["goods"]
    before = load("people_words")["before"]
    found = {
        name: frozenset(map(fold_phrase, hiding[name]))
        for name in (
            "before_en",
            "before_ar",
            "inside_ar",
            "skipped_ar",
            "not_places",
            "ends",
            "active",
            "it",
            "holds",
            "bare",
            "around_drugs",
            "ambiguous",
            "parts",
            "of_vehicles",
        )
    }
    found |= {
        name: frozenset(map(fold_phrase, goods[name]))
        for name in ("carriers", "carriers_ar", "shipments", "before_van", "drugs")
    }
    found["shipments_ar"] = frozenset(map(fold_phrase, goods["common_ar"]["shipments"]))
    found["undescriptive"] = frozenset(
        (*before["stop"], *before["one"], *before["definite"], *before["vague"], *hiding["before_en"])
    ) | frozenset(goods["never_before"])
    return found
