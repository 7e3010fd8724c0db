"""Which spellings name which places: the gazetteer's names and aliases, countries and their peoples.

A spelling is looked up as `geo.fold` makes it. How much must stand around it to be taken for a place depends
on how readily it is a word of its own (`Name.trust`); the lists of place_words.toml say what the gazetteer
can't.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from etl.extract.place_words import grammar
from geo.fold import fold
from geo.grammar import grammar as geo_grammar
from geo.places import Place, index, places, without_kind_words

LONGEST = 6
"""Words of the longest name."""
_WELL_KNOWN = 200_000
"""Inhabitants from which a town that reports never named is taken without a word for its kind."""
_MOST_CANDIDATES = 8
_SHORTEST = 4
_GATE_BONUS = 0.6  # a crossing rather than the hamlet beside it
ALSO_COUNTRIES = frozenset({"سوريه", "سعوديه"})
"""Adjectives that are spelt as the country: what stands beside them says which is meant."""
_ARABIC_FORMS = ("", "ا", "ه", "ين", "ون", "ان", "ات", "تين", "تان", "يين", "يون")
_SITES = frozenset({"crossing", "port", "airport", "base"})


@dataclass(frozen=True, slots=True)
class Name:
    """What a spelling may mean: `place_ids`, likeliest first; none for a phrase that is no place.

    `trust`: 2 a place wherever it stands, 1 beside a preposition of place or a word for a kind of place, 0
    beside the latter only. `nationality`: "Syrian".
    `article`: an Arabic name that has ال, without which it is a common word ("قائم", "حديثة").
    """

    place_ids: tuple[str, ...]
    trust: int = 2
    nationality: bool = False
    article: bool = False


@cache
def lexicon() -> tuple[dict[str, Name], frozenset[str]]:
    """Return key -> Name, and every proper beginning of a key of several words."""
    found = {**_gazetteer(), **_own_spellings()}
    for stem, code in _peoples():
        for form in _ARABIC_FORMS if is_arabic(stem) else ("",):
            key = stem + form
            if key not in ALSO_COUNTRIES and not (form == "ا" and key in found):  # "ليبيا" is the country
                found[key] = Name((f"country:{code}",), nationality=True)
    for phrase in grammar()["no_place"]["phrases"]:
        found[fold(phrase)] = Name(())
    beginnings = {" ".join(words[:n]) for words in map(str.split, found) for n in range(1, len(words))}
    return found, frozenset(beginnings)


def _gazetteer() -> dict[str, Name]:
    never, common = _keys("never"), {fold(w) for w in geo_grammar()["common"]["words"]}
    found = {}
    for key, named in index().items():
        if key in never or len(key.split()) > LONGEST or key.isdigit() or len(key) == 1:
            continue
        ranked = sorted({n.place for n in named}, key=lambda p: (-_prior(p), p.place_id))
        ids = tuple(p.place_id for p in ranked[:_MOST_CANDIDATES])
        found[key] = Name(ids, _trust(key, ranked, common), article=_has_article(key, ranked[0]))
    return found


def _own_spellings() -> dict[str, Name]:
    """Spellings that reports use and the gazetteer lacks."""
    found: dict[str, Name] = {}
    table = grammar()
    for place_id, spellings in table["spellings"].items():
        found |= {fold(s): Name((place_id,)) for s in spellings}
    for code, spellings in table["country_spellings"].items():
        found |= {fold(s): Name((f"country:{code}",)) for s in spellings}
    kingdoms = tuple(f"country:{c}" for c in table["own_country"]["countries"])
    return found | {fold(phrase): Name(kingdoms) for phrase in table["own_country"]["words"]}


def _peoples() -> Iterator[tuple[str, str]]:
    for code, spellings in grammar()["nationalities"].items():
        for spelling in spellings:
            yield fold(spelling), code


def _trust(key: str, ranked: list[Place], common: set[str]) -> int:
    """How much a spelling needs around it to be taken for a place (see `Name`)."""
    best = ranked[0]
    if key in _keys("needs_kind") or key in common:
        return 0
    if len(key) < _SHORTEST and best.place_id.startswith("gn:") and not _is_own_name(key, best):
        return 0
    if key in _keys("needs_cue"):
        return 1
    known = any(not p.place_id.startswith("gn:") or (_big(p) and _is_own_name(key, p)) for p in ranked)
    return 2 if known else 0 if is_arabic(key) else 1


def _is_own_name(key: str, place: Place) -> bool:
    return key in (fold(place.name), fold(place.name_ar))


def is_arabic(key: str) -> bool:
    """Tell whether a folded word is in Arabic script."""
    return "ء" <= key[0] <= "ي"


def _has_article(key: str, place: Place) -> bool:
    return " " not in key and is_arabic(key) and place.name_ar.startswith("ال") and fold(place.name_ar) == key


@cache
def sites() -> dict[tuple[str, str], tuple[str, ...]]:
    """Kind and bare name -> crossings, ports, airports: "port", "beirut", which alone is the city."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for key, named in index().items():
        for place in (n.place for n in named):
            if place.kind in _SITES:
                found[place.kind, without_kind_words(key, place.kind)][place.place_id] = None
    return {key: tuple(ids) for key, ids in found.items()}


@cache
def _keys(section: str) -> frozenset[str]:
    return frozenset(fold(word) for word in grammar()[section]["words"])


def _big(place: Place) -> bool:
    return place.population >= _WELL_KNOWN


def _prior(place: Place) -> float:
    """How readily a bare name means a place: kind, size, whether reports name it."""
    if place.kind == "country":
        return 9.0
    size: float = place.population**0.1
    weight = float(geo_grammar()["kinds"][place.kind]["prior"]) + min(1.5, size / 3)
    if place.kind == "crossing":
        weight += _GATE_BONUS
    return weight + (0.0 if place.place_id.startswith("gn:") else 1.2)


@cache
def known_words() -> frozenset[str]:
    """Every word before which Arabic's glued letters are taken off."""
    found, _ = lexicon()
    table = grammar()
    lists = chain(
        table["modifiers"]["words"],
        *(role["words"] for role in table["roles"].values()),
        *(k["before"] + k["after"] for k in table["kind_words"].values()),
        table["beside"]["before"],
        table["border"]["words"],
        table["bodies"]["before_ar"],
        table["land"]["before"],
        table["people"]["before"],
    )
    words = {word for phrase in lists for word in fold(phrase).split()}
    return frozenset(words | {key.split()[0] for key in found if len(key) > 2})


@cache
def of_kind(place_ids: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The candidates that fit the kind of place in the words; all of them where none does."""
    wanted = grammar()["kind_words"][kind]["kinds"]
    known = places()
    if kind == "countryside":
        around = grammar()["countryside_of"]
        place_ids = tuple(f"gov:{around.get(i[4:], i[4:])}" if i.startswith("gov:") else i for i in place_ids)
    for kinds in ([wanted[0]], wanted) if wanted else ():
        fitting = tuple(i for i in place_ids if known[i].kind in kinds)
        if fitting:
            return fitting
    return place_ids


def fits(place_ids: tuple[str, ...], kind: str) -> bool:
    """Tell whether any candidate is of the kind in the words; any is where they only speak of an area."""
    wanted = grammar()["kind_words"][kind]["kinds"]
    return not wanted or any(places()[i].kind in wanted for i in place_ids)
