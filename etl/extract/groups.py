"""Groups of people in a text: "five armed men", "a Jordanian", "شخصين", "ثلاثة سوريين" - who, and how many.

A group by itself says nothing of what befell the people; `people.find` attaches arrests and deaths to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.extract import group_words
from etl.extract.group_words import (
    COLLECTIVE,
    DEMONYM,
    FORCE,
    HELD,
    MANY,
    ONE,
    SUSPECT,
    TWO,
    TWO_OR_MANY,
    Noun,
)
from etl.extract.lexicon import Match
from etl.extract.mentions import Number
from etl.extract.nearby import word_after, words_before
from etl.extract.text import Text

__all__ = ["COLLECTIVE", "DEMONYM", "FORCE", "HELD", "SUSPECT", "Counts", "Group", "find", "people_in"]

_ADJECTIVES = 4  # at most, between a numeral and its noun
_ARTICLES = 2  # "the other"
_MAX_COUNT = 100_000
_PRONOUN_REACH = 70  # from an Arabic noun to the pronoun that tells a dual from a plural
_MEMBERS = frozenset({"member", "man", "person", "strong", "people"})
_SIGNS = "()[]\"'/"


@dataclass(frozen=True, slots=True)
class Group:
    """People named together. `count` None: the words don't tell.

    `definite`: perhaps named before ("the men"). `more`: others than those counted so far ("two more").
    `part`: some of those just counted ("six of them foreigners"). `arabic`: the script of the noun.
    `numeral`: a number stands in the words.
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


@dataclass(slots=True)
class _Found:
    """What the words before a noun have told so far."""

    start: int
    count: int | None = None
    numeral: bool = False
    said: bool = False  # a numeral, an article or "several" settles the count
    definite: bool = False
    more: bool = False
    partitive: bool = False


class Counts:
    """The numbers of a text by where they begin and end, ordinals left out."""

    def __init__(self, numbers: Sequence[Number]) -> None:
        self._by_end = {number.end: number for number in numbers if not number.ordinal}
        self._by_start = {number.start: number for number in numbers if not number.ordinal}

    def ending_at(self, position: int) -> Number | None:
        """Return the number whose last character stands right before `position`."""
        return self._by_end.get(position)

    def starting_at(self, position: int) -> Number | None:
        """Return the number that begins at `position`."""
        return self._by_start.get(position)


def people_in(number: Number | None) -> int | None:
    """Return a number as a head count: None for a vague one, a range, a fraction or an absurd one."""
    if number is None or number.low is None or number.low != number.high:
        return None
    return int(number.low) if number.low == int(number.low) and 0 < number.low < _MAX_COUNT else None


def find(text: Text, counts: Counts) -> list[Group]:
    """Return the groups of people of a text, sorted by start, none overlapping."""
    words = text.words
    groups: list[Group] = []
    for match in group_words.lexicon().find(text):
        arabic = words[match.start] >= "ء"
        group = _arabic(words, match, counts) if arabic else _english(words, match, counts)
        if group is None:
            continue
        if groups and group.start < groups[-1].end:
            if groups[-1].sort == COLLECTIVE and group.start > groups[-1].start:
                groups[-1] = replace(groups[-1], end=group.end)  # "a ring of four people"
            continue
        if groups and group.sort == COLLECTIVE and _names_its_members(words, groups[-1], group):
            groups[-1] = replace(groups[-1], end=group.end)
        else:
            groups.append(group)
    return groups


def _names_its_members(words: str, members: Group, ring: Group) -> bool:
    """Tell whether a ring stands behind its people: "two members of a trafficking network"."""
    gap = words[members.end : ring.start]
    return members.sort != COLLECTIVE and gap in {" of ", " from ", " in ", " belonging to "}


# ---- English


def _english(words: str, match: Match[Noun], counts: Counts) -> Group | None:
    noun, lists = match.value, group_words.lists()
    following = word_after(words, match.end)
    possessive = words[match.end : match.end + 1] == "'" and (
        noun.number != MANY or words[match.end + 1 : match.end + 3].strip().isalpha()
    )
    if possessive or following in lists["compound"]:
        return None
    found, end = _before_english(words, match, counts), match.end
    if noun.sort == DEMONYM and not _stands_alone(words, match, found.said, following):
        return None
    if noun.number == TWO:
        found.count = 2
    elif noun.sort == COLLECTIVE:
        found.count, end = _size_of_ring(words, match, counts)
        found.numeral = found.count is not None
    elif found.count is None and not found.said and noun.number == ONE:
        found.count = 1
    part = words.startswith(" of ", match.end) and _part_behind(words, match.end)
    part = part or _part_before(words, found.start, lists["part_en"])
    return Group(
        found.start, end, noun.sort, found.count, found.definite, found.more, part, False, found.numeral
    )


def _size_of_ring(words: str, match: Match[Noun], counts: Counts) -> tuple[int | None, int]:
    """Return (people, end) of "a five-member ring", "a ring of four people"; None: it isn't told."""
    if words.startswith(" of ", match.end) and (number := counts.starting_at(match.end + 4)):
        return people_in(number), number.end
    for begin, word in words_before(words, match.start, _ADJECTIVES):
        if word in _MEMBERS and (number := counts.ending_at(begin - 1)):
            return people_in(number), match.end
    return None, match.end


def _before_english(words: str, match: Match[Noun], counts: Counts) -> _Found:
    """Read the numeral, article and adjectives before a noun, from the noun to the left."""
    lists, found, passed = group_words.lists(), _Found(match.start), ""
    for begin, word in words_before(words, match.start, _ADJECTIVES + _ARTICLES):
        bare = word.strip("\"'(")
        number = counts.ending_at(begin + len(word.rstrip("\"')")))
        if number is not None and number.start <= begin:
            if passed.startswith("year"):
                continue  # "a 28-year-old Syrian"
            found.start, found.count = number.outer, people_in(number)
            found.said = found.numeral = True
            break
        passed = word
        if bare in lists["definite"]:
            found.definite = True
            found.start, found.count = _number_of_the(words, begin, counts)
            if bare == "both":
                found.count = 2
            found.said = found.numeral = found.count is not None
            break
        if bare in lists["one"] and match.value.number != MANY:
            found.start, found.count, found.said = begin, 1, True
            found.more = found.more or bare == "another"
            break
        if bare in lists["vague"]:
            found.said = True
            break
        if bare in lists["stop"] or bare != word or not bare.replace("'", "").isalpha():
            break
        found.start = begin
        found.more = found.more or bare in lists["more"]
    return found


def _number_of_the(words: str, start: int, counts: Counts) -> tuple[int, int | None]:
    """Return (start, number) of "three of the men", "one of its members", whose article begins at `start`."""
    before = list(words_before(words, start, 2))
    if len(before) < 2 or before[0][1] != "of":
        return start, None
    begin, word = before[1]
    number = counts.ending_at(begin + len(word))
    if number is not None:
        return number.outer, people_in(number)
    return (begin, 1) if word == "one" else (start, None)


def _stands_alone(words: str, match: Match[Noun], said: bool, following: str) -> bool:
    """Tell whether a demonym is a person: "a Jordanian who", "two Syrians", not "Jordanian troops"."""
    if match.value.number == MANY:
        return True
    behind = words[match.end : match.end + 1]
    return said and (behind != " " or following in group_words.lists()["stop"] or following.endswith("ed"))


def _part_behind(words: str, end: int) -> bool:
    return words.startswith((" of them", " of whom"), end)


def _part_before(words: str, start: int, phrases: frozenset[str]) -> bool:
    """Tell whether "including", "بينهم" or the like stands right before a group."""
    before = words[max(0, start - 24) : start].rstrip(" ,:(")
    return any(before.endswith(phrase) for phrase in phrases)


# ---- Arabic


def _arabic(words: str, match: Match[Noun], counts: Counts) -> Group | None:
    noun, lists = match.value, group_words.lists()
    start = match.start
    while start and words[start - 1].isalnum():
        start -= 1
    glued = words[start : match.start]
    definite = glued.endswith(("ال", "لل"))
    found = _before_arabic(words, start, counts)
    if noun.sort == DEMONYM and not (found.numeral or _is_joined(words, match, glued, start)):
        return None
    following = word_after(words, match.end)
    behind = counts.starting_at(match.end + 3) if definite and following.startswith("ال") else None
    if not found.said and behind is not None:  # "the four suspects"
        found.count, found.numeral = people_in(behind), True
    elif not found.said:
        found.count = _by_form(words, match, definite or found.partitive, following)
    if noun.sort == COLLECTIVE and not (found.numeral and found.partitive):
        found.count = None  # "three of a ring" are people, "three rings" are not
    more = following in lists["more_ar"]
    part = _part_before(words, found.start, lists["part_ar"])
    return Group(found.start, match.end, noun.sort, found.count, definite, more, part, True, found.numeral)


def _before_arabic(words: str, start: int, counts: Counts) -> _Found:
    """Read the numeral, "one of" or "a number of" before an Arabic noun, from the noun to the right."""
    lists, found = group_words.lists(), _Found(start)
    for begin, word in words_before(words, start, _ADJECTIVES):
        number = counts.ending_at(begin + len(word.rstrip(_SIGNS + " ")))
        if number is not None:
            found.start, found.count = min(begin, number.start), people_in(number)
            found.said = found.numeral = True
            break
        bare = word.strip(_SIGNS)
        if bare in lists["partitive_ar"]:
            found.partitive = True
            continue
        plain = bare.removeprefix("و").removeprefix("ب").removeprefix("ل").removeprefix("ال")
        if plain in lists["one_ar"]:
            found.start, found.count, found.said = begin, 1, True
        elif plain in lists["vague_ar"] or bare in lists["vague_ar"]:
            found.start, found.said = begin, True
        break
    return found


def _by_form(words: str, match: Match[Noun], definite: bool, following: str) -> int | None:
    """Return the count that singular and dual forms tell; -ين may be a dual or a plural."""
    number = match.value.number
    if number == TWO or following in {"اثنين", "اثنان", "اثنتين"}:
        return 2
    if number == ONE:
        dual = words[match.end - 1] == "ا" and following in group_words.lists()["dealt_in_ar"]
        return 2 if dual else 1  # "تاجرا مخدرات": two dealers, in construct
    if number == TWO_OR_MANY and not definite:
        behind, _, _ = words[match.end : match.end + _PRONOUN_REACH].partition("\n")
        return 2 if group_words.lists()["more_than_two_ar"].isdisjoint(behind.split()) else None
    return None


def _is_joined(words: str, match: Match[Noun], glued: str, start: int) -> bool:
    """Tell whether a nationality is people: "القبض على سوري", "وتركيان"; else it describes a noun."""
    if words[match.start : match.end] in group_words.lists()["more_ar"]:
        return glued == "و"  # "a resident and another"
    if glued.startswith("و") and match.value.number in {TWO, TWO_OR_MANY}:
        return True
    return not glued and any(word == "علي" for _, word in words_before(words, start, 1))
