"""Countries in running text: a name ("Iraq"), an adjective ("العراقية") or a city that stands for one.

The words lie in `etl/vocabulary/nations.toml`; Arabic forms are made from the masculine singular.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.extract.lexicon import Lexicon, Match, shared
from etl.extract.text import Text
from etl.vocabulary import Table, load

NAME, ADJECTIVE, SEAT = "name", "adjective", "seat"


class Nation(NamedTuple):
    """A word that points to a country: its ISO code and the kind of word (name, adjective, seat)."""

    country: str
    kind: str


class Demonym(NamedTuple):
    """What people of a country are called: English singular, and the Arabic singular masculine forms."""

    english: str
    arabic: tuple[str, ...]


def find(text: Text) -> list[Match[Nation]]:
    """Return the words that point to countries, in order."""
    return _lexicon().find(text)


@cache
def demonyms() -> tuple[Demonym, ...]:
    """Return what people of each country are called."""
    return tuple(
        Demonym(str(entry.get("en_person", entry["en_of"])), _masculine(entry))
        for entry in load("nations").values()
    )


@shared
def _lexicon() -> Lexicon[Nation]:
    return Lexicon(_entries())


def _entries() -> Iterator[tuple[str, Nation]]:
    for country, entry in load("nations").items():
        for name in (*entry["en"], *entry["ar"]):
            yield name, Nation(country, NAME)
        yield entry["en_of"], Nation(country, ADJECTIVE)
        for base in map(_with_article, _masculine(entry)):
            for ending in ("", "ه", "ين", "ون", "ان", "تين", "تان", "ات"):
                yield base + ending, Nation(country, ADJECTIVE)
        for seat in entry["seats"]:
            yield seat, Nation(country, SEAT)


def _with_article(word: str) -> str:
    """Return a word so that a lexicon doesn't take its first letters for the article ("الماني", German)."""
    return "ال" + word if word.startswith("ال") else word


def _masculine(entry: Table) -> tuple[str, ...]:
    return (str(entry["ar_of"]), *map(str, entry.get("ar_more", ())))


def adjective(country: str) -> str:
    """Return the English adjective of a country, with a capital ("Saudi"), "" for one not listed."""
    entry = load("nations").get(country)
    return str(entry["en_of"]).capitalize() if entry else ""


def is_adjective(word: str, country: str) -> bool:
    """Tell whether a folded Arabic word without its article is the adjective of a country."""
    entry = load("nations").get(country)
    return entry is not None and any(word in {base, base + "ه"} for base in _masculine(entry))
