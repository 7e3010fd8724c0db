"""The nouns that numbers count: tablets, kilograms, bags and so on, as running text spells them."""

from __future__ import annotations

import re
from functools import cache

from etl.extract.text import fold_phrase
from etl.vocabulary import load
from etl.vocabulary.units import Unit, units

WORD = re.compile(r"[a-zء-ي]+")
POUNDS = "pounds"
_ORNAMENTS = " \"'()[]/*-:"
_WORDS_AHEAD = 4  # "pills" may stand behind as many adjectives and names


@cache
def unit_words() -> dict[str, Unit]:
    """Return folded word or phrase -> unit."""
    known = units()
    words = {
        fold_phrase(word): known[code]
        for code, entry in load("units").items()
        for word in entry.get("words", ())
    }
    pounds = load("quantity_words")["pounds"]
    unit = Unit(POUNDS, "mass", pounds["kg"], known["kg"].largest)
    return words | dict.fromkeys(pounds["words"], unit)


@cache
def two_word_units() -> dict[str, frozenset[str]]:
    """Return the first word of each unit of two words ("metric tons", "كيلو غرام") -> what may follow."""
    followers: dict[str, set[str]] = {}
    for phrase in unit_words():
        first, _, second = phrase.partition(" ")
        if second:
            followers.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in followers.items()}


def unit_at(folded: str, start: int) -> tuple[Unit, int] | None:
    """Return the unit whose word begins exactly at `start` (the Arabic article may stand before it) and its
    end.
    """
    match = WORD.match(folded, start)
    if not match:
        return None
    word, end = match[0], match.end()
    bare = word[2:] if word.startswith("ال") else word
    seconds = two_word_units().get(bare)
    if seconds and (after := WORD.match(folded, end + 1)) and folded[end] in " -" and after[0] in seconds:
        return unit_words()[f"{bare} {after[0]}"], after.end()
    unit = unit_words().get(word) or unit_words().get(bare)
    return (unit, end) if unit else None


def skip_ornaments(folded: str, position: int) -> int:
    """Return where the next word or digit begins, past blanks, brackets, quotes and slashes (at most
    four)."""
    limit = min(position + 4, len(folded))
    while position < limit and folded[position] in _ORNAMENTS:
        position += 1
    return position


def measure_after(folded: str, end: int) -> str:
    """Return what the first unit word behind a number measures: tablets, mass, packages, or ""."""
    position = end
    for _ in range(_WORDS_AHEAD):
        position = skip_ornaments(folded, position)
        if found := unit_at(folded, position):
            return found[0].measure
        match = WORD.match(folded, position)
        if not match:
            return ""
        position = match.end()
    return ""
