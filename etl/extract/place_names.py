"""Names of places in a text: every name and alias of the gazetteer, and the nationalities of countries.

A name is a run of at most `_LONGEST` words; the runs that begin names are kept apart, so that one pass over the
words finds them all, however many names there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain

from etl.extract.place_words import Phrases, Words, grammar, phrases
from etl.extract.text import Text
from geo import names
from geo.fold import fold
from geo.grammar import grammar as geo_grammar
from geo.places import Place, index, places

_LONGEST = 6
_WELL_KNOWN = 200_000
"""Inhabitants from which a town that reports never named is taken without a word for its kind."""
_MOST_CANDIDATES = 8
_ARABIC_FORMS = ("", "ه", "ين", "ون", "ان", "ات", "تين", "تان", "يين", "يون")


@dataclass(frozen=True, slots=True)
class Name:
    """What a spelling may mean. `place_ids` likeliest first. `trust`: 2 a place wherever it stands, 1 beside a
    preposition of place or a word for a kind of place, 0 beside the latter only. `nationality`: "Syrian".
    """

    place_ids: tuple[str, ...]
    trust: int = 2
    nationality: bool = False


@dataclass(slots=True)
class Mention:
    """A name found: words first..last (exclusive), and the phrase around it, from..to, with its kind."""

    first: int
    last: int
    name: Name
    left: int
    right: int
    kind: str = ""
    near: bool = False
    role: str = ""
    rule: str = ""
    place_ids: tuple[str, ...] = ()


@cache
def lexicon() -> tuple[dict[str, Name], frozenset[str]]:
    """Key -> Name, and every proper beginning of a key of several words."""
    found: dict[str, Name] = {}
    never = _keys("never")
    needs_kind, needs_cue = _keys("needs_kind"), _keys("needs_cue")
    common = {fold(w) for w in geo_grammar()["common"]["words"]}
    for key, named in index().items():
        if key in never or len(key.split()) > _LONGEST or key.isdigit() or len(key) < 2:
            continue
        ranked = sorted({n.place for n in named}, key=lambda p: (-_prior(p), p.place_id))
        ids = tuple(p.place_id for p in ranked[:_MOST_CANDIDATES])
        trust = 2
        if (
            key in needs_kind
            or key in common
            or (len(key) < 4 and ranked[0].kind != "country" and not _big(ranked[0]))
        ):
            trust = 0
        elif key in needs_cue:
            trust = 1
        elif all(p.place_id.startswith("gn:") and not _big(p) for p in ranked):
            trust = 0 if "ء" <= key[0] <= "ي" else 1
        found[key] = Name(ids, trust)
    for place_id, spellings in grammar()["spellings"].items():
        for spelling in spellings:
            _add(found, fold(spelling), (place_id,))
    for code, spellings in grammar()["country_spellings"].items():
        for spelling in spellings:
            found[fold(spelling)] = Name((f"country:{code}",))
    for phrase in grammar()["own_country"]["words"]:
        found[fold(phrase)] = Name(tuple(f"country:{c}" for c in grammar()["own_country"]["countries"]))
    for code, spellings in grammar()["nationalities"].items():
        for spelling in spellings:
            stem = fold(spelling)
            for form in _ARABIC_FORMS if "ء" <= stem[0] <= "ي" else ("",):
                found[stem + form] = Name((f"country:{code}",), 2, True)
    # "سورية", "السعودية" are the country as well as its adjective: what stands beside it says which.
    beginnings = {" ".join(words[:n]) for words in map(str.split, found) for n in range(1, len(words))}
    return found, frozenset(beginnings)


def _keys(section: str) -> frozenset[str]:
    return frozenset(fold(word) for word in grammar()[section]["words"])


def _add(found: dict[str, Name], key: str, ids: tuple[str, ...]) -> None:
    known = found.get(key)
    found[key] = Name(tuple(dict.fromkeys(ids + (known.place_ids if known else ()))), 2)


def _big(place: Place) -> bool:
    return place.population >= _WELL_KNOWN


def _prior(place: Place) -> float:
    """How readily a bare name means a place: kind, size, whether reports name it."""
    if place.kind == "country":
        return 9.0
    weight = float(geo_grammar()["kinds"][place.kind]["prior"]) + min(1.5, place.population**0.1 / 3)
    return weight + (0.0 if place.place_id.startswith("gn:") else 1.2)


@cache
def known_words() -> frozenset[str]:
    """Every word before which Arabic's glued letters are taken off."""
    found, _ = lexicon()
    table = grammar()
    lists = chain(
        *(table[s]["words"] for s in ("modifiers",)),
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
def _kinds_before() -> Phrases:
    return Phrases((p, kind) for kind, entry in grammar()["kind_words"].items() for p in entry["before"])


@cache
def _kinds_after() -> Phrases:
    return Phrases((p, kind) for kind, entry in grammar()["kind_words"].items() for p in entry["after"])


def read(text: Text) -> Words:
    """Return the words of a text as the place grammar sees them."""
    return Words(text, known_words())


def candidates(text: Text, words: Words) -> list[Mention]:
    """Return the names of a text from left to right, longest first, with the phrase around each.

    Those that need a cue (`Name.trust` 1) are still among them; those that need a word for their kind and have
    none are not.
    """
    found, beginnings = lexicon()
    keys, gaps = words.key, words.gap
    mentions: list[Mention] = []
    at, count = 0, len(words)
    while at < count:
        key = keys[at]
        end, best = at, None
        if key in found:
            end, best = at + 1, found[key]
        if key in beginnings:
            run, until = key, at + 1
            while until < count and gaps[until] in (" ", "-", "'", " - ", " - ") and run in beginnings:
                run = f"{run} {keys[until]}"
                until += 1
                if run in found:
                    end, best = until, found[run]
        if best is None or not _capital(text, words, at):
            at += 1
            continue
        mention = _phrase(words, at, end, best)
        if best.trust or mention.kind:
            mentions.append(mention)
            at = end
        else:
            at += 1
    return mentions


def _capital(text: Text, words: Words, at: int) -> bool:
    """Latin names begin with a capital on the page; Arabic has none."""
    first = text.original[text.span(words.bare[at], words.bare[at] + 1)[0]]
    return first.isupper() or not first.islower()


def _phrase(words: Words, first: int, last: int, name: Name) -> Mention:
    """The name with the words around it that say what it is ("port of Latakia", "east of the Al-Rutba district")."""
    mention = Mention(first, last, name, first, last, place_ids=name.place_ids)
    if name.nationality:
        return mention
    if after := _after(words, last):
        mention.right, mention.kind = after
    if not words.glue[first]:
        _extend_left(words, mention)
    beside = (
        phrases("beside", "after").at(words, mention.right)
        if words.joined(mention.right if mention.right < len(words) else 0)
        else None
    )
    if beside and "ء" <= words.key[first][0] <= "ي":
        mention.right, mention.near = beside[0], mention.near or mention.kind == ""
    if mention.kind:
        mention.place_ids = of_kind(name.place_ids, mention.kind)
    return mention


def _after(words: Words, last: int) -> tuple[int, str] | None:
    if last < len(words) and words.joined(last) and not words.glue[last]:
        return _kinds_after().at(words, last)
    return None


def _extend_left(words: Words, mention: Mention) -> None:
    for _ in range(3):
        at = mention.left
        if not words.joined(at) or words.glue[at]:
            return
        skip = at - 1 if words.key[at - 1] in ("the", "of") and words.joined(at - 1) else at
        if before := _kinds_before().before(words, at) or _kinds_before().before(words, skip):
            mention.left = before[0]
            mention.kind = mention.kind or before[1]
        elif before := phrases("beside", "before").before(words, at) or phrases("beside", "before").before(
            words, skip
        ):
            mention.left, mention.near = before[0], True
        else:
            return


@cache
def of_kind(place_ids: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The candidates that fit the kind of place in the words; all of them where none does."""
    wanted = grammar()["kind_words"][kind]["kinds"]
    known = places()
    for kinds in ([wanted[0]], wanted) if wanted else ():
        fitting = tuple(i for i in place_ids if known[i].kind in kinds)
        if fitting:
            return fitting
    return place_ids


@cache
def governorate_of(place_id: str) -> str:
    return places()[place_id].admin1_code


def english_name(place_id: str) -> str:
    place = places()[place_id]
    return names.governorate(place.admin1_code).name_en if place.kind == "governorate" else place.name
