"""Names of places in a text: every name and alias of the gazetteer, and the nationalities of countries.

A name is a run of at most `_LONGEST` words; the runs that begin names are kept apart, so that one pass over the
words finds them all, however many names there are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain

from etl.extract.place_words import BLANK, Phrases, Words, grammar, phrases
from etl.extract.text import Text
from geo.fold import fold
from geo.grammar import grammar as geo_grammar
from geo.places import Place, index, places, without_kind_words

_LONGEST = 6
_WELL_KNOWN = 200_000
"""Inhabitants from which a town that reports never named is taken without a word for its kind."""
_MOST_CANDIDATES = 8
_BORDER = frozenset({fold("حدود"), "border", "borders"})
_AT_THE_BORDER = fold("حدودي")
_SHORTEST = 4
_FATHATAN = "\u064b"
ALSO_COUNTRIES = frozenset({"سوريه", "سعوديه"})
"""Adjectives that are spelt as the country: what stands beside them says which is meant."""
_ARABIC_FORMS = ("", "ا", "ه", "ين", "ون", "ان", "ات", "تين", "تان", "يين", "يون")


@dataclass(frozen=True, slots=True)
class Name:
    """What a spelling may mean. `place_ids` likeliest first. `trust`: 2 a place wherever it stands, 1 beside a
    preposition of place or a word for a kind of place, 0 beside the latter only. `nationality`: "Syrian".
    `article`: an Arabic name that has ال, without which it is a common word ("قائم", "حديثة").
    """

    place_ids: tuple[str, ...]
    trust: int = 2
    nationality: bool = False
    article: bool = False


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
    common = {fold(w) for w in geo_grammar()["common"]["words"]}
    for key, named in index().items():
        if key in never or len(key.split()) > _LONGEST or key.isdigit() or len(key) < 2:
            continue
        ranked = sorted({n.place for n in named}, key=lambda p: (-_prior(p), p.place_id))
        ids = tuple(p.place_id for p in ranked[:_MOST_CANDIDATES])
        found[key] = Name(ids, _trust(key, ranked, common), article=_has_article(key, ranked[0]))
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
                if stem + form not in ALSO_COUNTRIES and not (form == "ا" and stem + form in found):
                    found[stem + form] = Name((f"country:{code}",), 2, True)
    for phrase in grammar()["no_place"]["phrases"]:
        found[fold(phrase)] = Name(())
    beginnings = {" ".join(words[:n]) for words in map(str.split, found) for n in range(1, len(words))}
    return found, frozenset(beginnings)


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
    return 2 if known else 0 if _is_arabic(key) else 1


def _is_own_name(key: str, place: Place) -> bool:
    return key in (fold(place.name), fold(place.name_ar))


def _is_arabic(key: str) -> bool:
    return "ء" <= key[0] <= "ي"


def _has_article(key: str, place: Place) -> bool:
    return (
        " " not in key and _is_arabic(key) and place.name_ar.startswith("ال") and fold(place.name_ar) == key
    )


@cache
def _sites() -> dict[tuple[str, str], tuple[str, ...]]:
    """Kind and bare name -> crossings, ports and airports: "port", "beirut", which alone would be the city."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for key, named in index().items():
        for place in (n.place for n in named):
            if place.kind in ("crossing", "port", "airport", "base"):
                found[place.kind, without_kind_words(key, place.kind)][place.place_id] = None
    return {key: tuple(ids) for key, ids in found.items()}


@cache
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
    if place.kind == "crossing":
        weight += 0.6  # rather than the hamlet beside it
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
            while until < count and gaps[until] in BLANK and run in beginnings:
                run = f"{run} {keys[until]}"
                until += 1
                if run in found:
                    end, best = until, found[run]
        if best is None or not capital(text, words, at):
            at += 1
            continue
        if not best.place_ids:
            at = end
            continue
        mention = _phrase(text, words, at, end, best)
        if _accusative(text, words, at, best):
            mention.name = Name(best.place_ids, best.trust, nationality=True)
        if best.article and not mention.kind and not _written_with_article(text, words, at):
            at += 1
            continue
        if best.trust or mention.kind:
            mentions.append(mention)
            at = end
        else:
            at += 1
    return mentions


def capital(text: Text, words: Words, at: int) -> bool:
    """Latin names begin with a capital on the page; Arabic has none."""
    first = text.original[text.span(words.bare[at], words.bare[at] + 1)[0]]
    return first.isupper() or not first.islower()


def _accusative(text: Text, words: Words, at: int, name: Name) -> bool:
    """ "سورياً", a Syrian, is spelt as the country but for its ending, which folding drops."""
    if not name.place_ids[0].startswith("country:") or not words.key[at].endswith("يا"):
        return False
    first, last = text.span(words.bare[at], words.end[at])
    return _FATHATAN in text.original[first : last + 1]


def _written_with_article(text: Text, words: Words, at: int) -> bool:
    glue = words.glue[at]
    return glue.endswith("لل") or text.folded.startswith("ال", words.bare[at] + len(glue))


def _phrase(text: Text, words: Words, first: int, last: int, name: Name) -> Mention:
    """The name with the words around it that say what it is ("port of Latakia", "east of the Al-Rutba district")."""
    mention = Mention(first, last, name, first, last, place_ids=name.place_ids)
    if name.nationality:
        return mention
    if after := _after(words, last):
        mention.right, mention.kind = after
    if not words.glue[first]:
        _extend_left(words, mention)
    if _is_arabic(words.key[first]):
        _extend_right(text, words, mention)
    if mention.kind:
        key = " ".join(words.key[first:last])
        mention.place_ids = of_kind((*name.place_ids, *_sites().get((mention.kind, key), ())), mention.kind)
    return mention


def _extend_right(text: Text, words: Words, mention: Mention) -> None:
    """Arabic adjectives behind the name: of its kind ("الإسلامي"), of the part of it that is meant ("الغربي")."""
    for _ in range(2):
        at = mention.right
        if not words.joined(at) or words.glue[at] or not text.folded.startswith("ال", words.bare[at]):
            return
        if not mention.kind and words.key[at] == _AT_THE_BORDER:
            mention.kind = "crossing"  # "مركز جابر الحدودي"
        if mention.kind and (ending := phrases("endings", "words").at(words, at)):
            mention.right = ending[0]
        elif beside := phrases("beside", "after").at(words, at):
            mention.right = beside[0]
        else:
            return


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
        if mention.name.place_ids[0].startswith("country:") and words.key[at - 1] in _BORDER:
            return
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
    if kind == "countryside":
        around = grammar()["countryside_of"]
        place_ids = tuple(f"gov:{around.get(i[4:], i[4:])}" if i.startswith("gov:") else i for i in place_ids)
    for kinds in ([wanted[0]], wanted) if wanted else ():
        fitting = tuple(i for i in place_ids if known[i].kind in kinds)
        if fitting:
            return fitting
    return place_ids
