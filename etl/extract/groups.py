"""Groups of people in a text: "five armed men", "a Jordanian", "شخصين", "ثلاثة سوريين" - who, and how many.

A group by itself says nothing of what befell the people; `people.find` attaches arrests and deaths to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from etl.extract import nations
from etl.extract.lexicon import Lexicon, Match
from etl.extract.mentions import Number
from etl.extract.nearby import word_after, words_before
from etl.extract.text import Text, fold_phrase
from etl.vocabulary import load

ONE, TWO, MANY, TWO_OR_MANY, ANY = "one", "two", "many", "two or many", "any"
SUSPECT, FORCE, HELD, COLLECTIVE, DEMONYM = "suspect", "force", "held", "collective", "demonym"

_ADJECTIVES = 4  # at most, between a numeral and its noun
_MAX_COUNT = 100_000


class Noun(NamedTuple):
    """A word for people: what sort (suspect, force, held ...) and its grammatical number."""

    sort: str
    number: str


@dataclass(frozen=True, slots=True)
class Group:
    """People named together. `count` None: the words don't tell. `definite`: perhaps named before ("the men").

    `more`: others than those counted so far ("two more"). `part`: some of those just counted ("six of them
    foreigners"). `arabic`: the script of the noun. `numeral`: a number stands in the words.
    """

    start: int
    end: int
    sort: str
    count: int | None
    definite: bool = False
    more: bool = False
    part: bool = False
    arabic: bool = False
    numeral: bool = False


class Counts:
    """The numbers of a text by where they end, whole ones only."""

    def __init__(self, numbers: Sequence[Number]) -> None:
        self._by_end = {number.end: number for number in numbers if not number.ordinal}
        self._starts = {number.start: number for number in numbers if not number.ordinal}

    def ending_at(self, position: int) -> Number | None:
        """Return the number whose last character stands right before `position`."""
        return self._by_end.get(position)

    def starting_at(self, position: int) -> Number | None:
        """Return the number that begins at `position`."""
        return self._starts.get(position)


def people_in(number: Number | None) -> int | None:
    """Return a number as a head count: None for a vague one, a range, a fraction or an absurd one."""
    if number is None or number.low is None or number.low != number.high:
        return None
    return int(number.low) if number.low == int(number.low) and 0 < number.low < _MAX_COUNT else None


def find(text: Text, counts: Counts) -> list[Group]:
    """Return the groups of people of a text, sorted by start."""
    words = text.words
    groups = []
    for match in _lexicon().find(text):
        arabic = words[match.start] >= "ء"
        group = _arabic(words, match, counts) if arabic else _english(words, match, counts)
        if group is not None and (not groups or group.start >= groups[-1].end):
            groups.append(group)
    return groups


# ---- English


def _english(words: str, match: Match[Noun], counts: Counts) -> Group | None:
    noun, lists = match.value, _lists()
    following = word_after(words, match.end)
    possessive = words[match.end : match.end + 1] == "'" and noun.number != MANY
    if possessive or following in lists["compound"]:
        return None
    start, count, definite, more, named = match.start, None, False, False, False
    passed = ""
    for begin, word in words_before(words, match.start, _ADJECTIVES + 2):
        bare = word.strip("\"'(")
        number = counts.ending_at(begin + len(word.rstrip("\"')")))
        if number is not None and number.start <= begin and passed.startswith("year"):
            continue  # "a 28-year-old Syrian"
        passed = word
        if number is not None and number.start <= begin:
            start, count, named = number.outer, people_in(number), True
            break
        if bare in lists["more"]:
            start, more = begin, True
            if bare == "another":
                count, named = 1, True
                break
            continue
        if bare in lists["one"] and noun.number != MANY:
            start, count, named = begin, 1, True
            break
        if bare in lists["definite"]:
            start, definite = begin, True
            count = _of_the(words, begin, counts)
            named = named or count is not None
            continue
        if (
            bare in lists["vague"]
            or bare in lists["stop"]
            or not bare.replace("'", "").isalpha()
            or bare != word
        ):
            named = named or bare in lists["vague"]
            break
        start = begin
    if count is None and not named and noun.number == ONE:
        count = 1
    if noun.number == TWO:
        count = 2
    if noun.sort == DEMONYM and not _stands_alone(words, match, named, following):
        return None
    if noun.sort == COLLECTIVE:
        count = None
    part = _is_part(words, match.end, lists["part"]) or _is_part_before(words, start, lists["part"])
    return Group(
        start, match.end, noun.sort, count, definite, more, part, numeral=named and count is not None
    )


def _of_the(words: str, start: int, counts: Counts) -> int | None:
    """Return the number in "three of the men", "one of its members", whose article begins at `start`."""
    for begin, word in words_before(words, start, 1):
        if word == "of":
            for first, before in words_before(words, begin, 1):
                number = counts.ending_at(first + len(before))
                return people_in(number) if number else (1 if before == "one" else None)
    return None


def _stands_alone(words: str, match: Match[Noun], named: bool, following: str) -> bool:
    """A demonym is a person in "a Jordanian who", "two Syrians", not in "Jordanian troops"."""
    if match.value.number == MANY:
        return True
    behind = words[match.end : match.end + 1]
    return named and (behind != " " or following in _lists()["stop"] or following.endswith("ed"))


def _is_part(words: str, end: int, phrases: frozenset[str]) -> bool:
    """Tell whether "of them" or the like stands right behind a group."""
    behind = words[end : end + 16].lstrip(" (")
    return any(behind.startswith(phrase) for phrase in phrases if phrase.startswith("of "))


def _is_part_before(words: str, start: int, phrases: frozenset[str]) -> bool:
    """Tell whether "including", "بينهم" or the like stands right before a group."""
    before = words[max(0, start - 24) : start].rstrip(" ,:(")
    return any(before.endswith(phrase) for phrase in phrases)


# ---- Arabic


def _arabic(words: str, match: Match[Noun], counts: Counts) -> Group | None:
    noun, lists = match.value, _lists()
    start = match.start
    while start and words[start - 1].isalnum():
        start -= 1
    glued = words[start : match.start]
    definite = glued.endswith(("ال", "لل"))
    count, numeral, vague = None, False, False
    partitive = False
    for begin, word in words_before(words, start, _ADJECTIVES):
        bare = word.strip("()[]\"'/")
        number = counts.ending_at(begin + len(word.rstrip(")]\"'/ ")))
        if number is not None and (number.start >= begin or number.start < begin):
            start, count, numeral = min(begin, number.start), people_in(number), True
            break
        plain = bare.removeprefix("و").removeprefix("ب").removeprefix("ل").removeprefix("ال")
        if bare in lists["partitive_ar"]:
            partitive = True
            continue
        if plain in lists["one_ar"]:
            start, count, numeral = begin, 1, True
        elif plain in lists["vague_ar"] or bare in lists["vague_ar"]:
            start, vague = begin, True
        break
    following = word_after(words, match.end)
    if count is None and not numeral and not vague:
        count = _by_form(words, match, definite, partitive, following)
    if noun.sort == COLLECTIVE and not (
        numeral and partitive
    ):  # "three of a ring" are people, "three rings" not
        count = None
    if noun.sort == DEMONYM and not (numeral or _joined_demonym(words, match, glued, start)):
        return None
    more = following in lists["more_ar"]
    part = _is_part_before(words, start, lists["part_ar"])
    return Group(start, match.end, noun.sort, count, definite, more, part, arabic=True, numeral=numeral)


def _by_form(words: str, match: Match[Noun], definite: bool, partitive: bool, following: str) -> int | None:
    """Return the count that singular and dual forms tell; -ين may be a dual or a plural."""
    number = match.value.number
    if number == ONE:
        return None if partitive else 1
    if number == TWO or following in {"اثنين", "اثنان", "اثنتين"}:
        return 2
    if number == TWO_OR_MANY and not definite and not partitive:
        behind = words[match.end : match.end + 70]
        behind = behind[: behind.find("\n")] if "\n" in behind else behind
        plural = any(word in _lists()["more_than_two_ar"] for word in behind.split())
        return None if plural else 2
    return None


def _joined_demonym(words: str, match: Match[Noun], glued: str, start: int) -> bool:
    """A nationality alone is people behind على or و: "القبض على سوري", "وتركيان"; else it describes a noun."""
    if words[match.start : match.end] in _lists()["more_ar"]:
        return glued == "و"  # "a resident and another"
    if glued.startswith("و") and match.value.number in {TWO, TWO_OR_MANY}:
        return True
    return any(word == "علي" for _, word in words_before(words, start, 1)) and not glued


# ---- words


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = load("people_words")
    before, suspects = table["before"], table["suspects"]
    return {
        **{name: frozenset(before[name]) for name in ("stop", "one", "definite", "vague", "compound")},
        **{
            name: frozenset(map(fold_phrase, before[name]))
            for name in ("one_ar", "vague_ar", "partitive_ar", "part_ar", "more_than_two_ar")
        },
        "part": frozenset(before["part_en"]),
        "more": frozenset(suspects["more_en"]),
        "more_ar": frozenset(suspects["more_ar"]),
    }


@cache
def _lexicon() -> Lexicon[Noun]:
    return Lexicon(_entries())


def _entries() -> Iterator[tuple[str, Noun]]:
    suspects, forces = load("people_words")["suspects"], load("people_words")["forces"]
    for phrase in (*forces["own_en"], *forces["own_ar"]):
        yield phrase, Noun(FORCE, ONE)
    for phrase in (*suspects["many_en"], *suspects["many_ar"]):
        yield phrase, Noun(COLLECTIVE, MANY)
    for phrase in suspects["pair_en"]:
        yield phrase, Noun(SUSPECT, TWO)
    for entry in suspects["trio_en"]:
        yield entry, Noun(SUSPECT, MANY)
    for sort, entries in (
        (HELD, suspects["held_en"]),
        (SUSPECT, suspects["en"]),
        (FORCE, forces["en"]),
    ):
        for entry in entries:
            half = len(entry.split()) // 2
            singular, plural = " ".join(entry.split()[:half]), " ".join(entry.split()[half:])
            yield singular, Noun(sort, ONE)
            yield plural, Noun(sort, MANY)
    for sort, entries in ((HELD, suspects["held_ar"]), (SUSPECT, suspects["ar"]), (FORCE, forces["ar"])):
        for entry in entries:
            singular, _, broken = entry.partition(" ")
            for form, number in _forms(singular, broken):
                yield form, Noun(sort, number)
    for other in suspects["more_ar"][:1]:
        yield other, Noun(DEMONYM, ONE)
    for demonym in nations.demonyms():
        english = demonym.english
        plural = (
            english.replace("man", "men")
            if english.endswith("man") and english != "german"
            else english + "s"
        )
        same = english.endswith(("ese", "ish", "ch"))
        yield english, Noun(DEMONYM, ANY if same else ONE)
        if not same:
            yield plural, Noun(DEMONYM, MANY)
        for base in demonym.arabic:
            for ending, number in (("", ONE), ("ا", ONE), ("ان", TWO), ("ين", TWO_OR_MANY), ("ون", MANY)):
                yield base + ending, Noun(DEMONYM, number)


def _forms(singular: str, broken: str) -> Iterator[tuple[str, str]]:
    """Yield the written forms of an Arabic noun with their number."""
    feminine = singular.endswith("ه")
    stem = singular[:-1] + "ت" if feminine else singular
    construct = singular[:-1] + "ت" if feminine else singular
    yield singular, ONE
    if not feminine:
        yield singular + "ا", ONE
    yield from ((construct + pronoun, ONE) for pronoun in ("ها", "هم", "هما") if not feminine)
    yield stem + "ان", TWO
    yield stem + "ين", TWO if broken or feminine else TWO_OR_MANY
    if broken:
        yield broken, MANY
        yield broken + "ا", MANY
        yield from ((broken + pronoun, MANY) for pronoun in ("ه", "ها", "هم", "هما"))
        yield singular + "ي", TWO
    elif feminine:
        yield singular[:-1] + "ات", MANY
    else:
        yield from ((singular + ending, MANY) for ending in ("ون", "و", "ي", "يه", "يها", "يهم", "وه", "وها"))
