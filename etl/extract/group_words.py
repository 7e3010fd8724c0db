"""Words for people, in all their forms: English singulars and plurals, Arabic duals, plurals and suffixes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.extract import nations
from etl.extract.lexicon import Lexicon, shared
from etl.extract.text import fold_phrase
from etl.vocabulary import Table, load

ONE, TWO, MANY, TWO_OR_MANY, ANY = "one", "two", "many", "two or many", "any"
SUSPECT, FORCE, HELD, COLLECTIVE, DEMONYM = "suspect", "force", "held", "collective", "demonym"


class Noun(NamedTuple):
    """A word for people: what sort (suspect, force, held ...) and its grammatical number."""

    sort: str
    number: str


@shared
def lexicon() -> Lexicon[Noun]:
    """Return the nouns for people."""
    return Lexicon(_entries())


@cache
def lists() -> dict[str, frozenset[str]]:
    """Return the words that stand around such nouns, folded; names as in people_words.toml."""
    table = load("people_words")
    before, suspects = table["before"], table["suspects"]
    found = {name: frozenset(map(fold_phrase, phrases)) for name, phrases in before.items()}
    found["more"] = frozenset(map(fold_phrase, suspects["more_en"]))
    found["more_ar"] = frozenset(map(fold_phrase, suspects["more_ar"]))
    return found


def _entries() -> Iterator[tuple[str, Noun]]:
    suspects, forces = load("people_words")["suspects"], load("people_words")["forces"]
    yield from ((phrase, Noun(FORCE, ONE)) for phrase in (*forces["own_en"], *forces["own_ar"]))
    yield from ((phrase, Noun(COLLECTIVE, MANY)) for phrase in (*suspects["many_en"], *suspects["many_ar"]))
    yield from ((phrase, Noun(SUSPECT, TWO)) for phrase in suspects["pair_en"])
    for sort, table, name in ((HELD, suspects, "held_"), (SUSPECT, suspects, ""), (FORCE, forces, "")):
        yield from _english(sort, table, name + "en")
        for entry in table[name + "ar"]:
            singular, _, broken = entry.partition(" ")
            yield from ((form, Noun(sort, number)) for form, number in _arabic_forms(singular, broken))
    yield suspects["more_ar"][0], Noun(DEMONYM, ONE)  # "a resident and another"
    yield from _demonyms()


def _english(sort: str, table: Table, name: str) -> Iterator[tuple[str, Noun]]:
    for entry in table[name]:
        words = entry.split()
        half = len(words) // 2
        yield " ".join(words[:half]), Noun(sort, ONE)
        yield " ".join(words[half:]), Noun(sort, MANY)


def _demonyms() -> Iterator[tuple[str, Noun]]:
    for demonym in nations.demonyms():
        english = demonym.english
        if english.endswith(("ese", "ish", "ch")):
            yield english, Noun(DEMONYM, ANY)
        else:
            yield english, Noun(DEMONYM, ONE)
            plural = english[:-3] + "men" if english.endswith(("chman", "shman")) else english + "s"
            yield plural, Noun(DEMONYM, MANY)
        for base in demonym.arabic:
            yield from (
                (base + ending, Noun(DEMONYM, number))
                for ending, number in (("", ONE), ("ا", ONE), ("ان", TWO), ("ين", TWO_OR_MANY), ("ون", MANY))
            )


def _arabic_forms(singular: str, broken: str) -> Iterator[tuple[str, str]]:
    """Yield the written forms of an Arabic noun with their number; `broken`: its broken plural, or ""."""
    feminine = singular.endswith("ه") and singular not in load("people_words")["suspects"]["ar_radical"]
    stem = singular[:-1] + "ت" if feminine else singular
    yield singular, ONE
    yield stem + "ان", TWO
    yield stem + "ين", TWO if broken or feminine else TWO_OR_MANY
    if not feminine:
        yield from ((singular + ending, ONE) for ending in ("ا", "ها", "هم", "هما"))
        if singular in load("people_words")["suspects"]["ar_his"]:
            yield singular + "ه", ONE
    if broken:
        yield from ((broken + ending, MANY) for ending in ("", "ا", "ه", "ها", "هم", "هما"))
        yield singular + "ي", TWO
    elif feminine:
        yield singular[:-1] + "ات", MANY
    else:
        yield from ((singular + ending, MANY) for ending in ("ون", "و", "ي", "يه", "يها", "يهم", "وه", "وها"))
