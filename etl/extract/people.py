"""What befell people: arrests, deaths, wounds, flights and sentences, with how many.

A cue ("were arrested", "القبض على") takes the group of people that its grammar points to: in English the one
before a passive or behind an active verb, in Arabic the one behind the verb, over its subject. Groups joined
by "and" are added; parts of a group ("six of them foreigners") never are. A cue without people gives a count
of None only where it is a noun ("several arrests").

Rules end in `.more` for people beyond those counted so far ("two more"), and in `.again` where the words may
repeat people already counted ("the suspects", "arrested him", "referred to court"): a total over sentences
adds the former and leaves out the latter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, takewhile

from etl.extract import groups as person_groups
from etl.extract import people_cues
from etl.extract.groups import COLLECTIVE, DEMONYM, FORCE, HELD, SUSPECT, Counts, Group, people_in
from etl.extract.lexicon import Match
from etl.extract.mentions import Number, People
from etl.extract.nearby import sentences_of, word_after
from etl.extract.people_cues import Cue
from etl.extract.people_links import Links
from etl.extract.text import Text
from etl.vocabulary import load

_AGAIN = 700  # how far back a group may have been named
_RECENT = 12  # mentions looked back at
_LABEL = 24  # characters of a label before its number: "Members: five"
_JOINED_CUES = frozenset({"and", "and then", "و"})
_COUNTED_LATER = re.compile(
    r"(?<!\w)و?(?:عددهم|هم|البالغ عددهم|عدد افرادها|قوامها|قوامه|"
    r"(?:مولفه?|مكونه?|تتالف|تتكون|يتالف|يتكون) من|تضم|يضم)(?: ?:)? [(\[]?"
    r"|(?<!\w)(?:who number|made up of|consisting of|comprising) "
)
_LABELLED = re.compile(
    r"(?<!\w)(?:members|detainees|suspects|arrests|arrested|detained|"
    r"(?:عدد )?(?:الموقوفين|المتهمين|الموقوفون|المعتقلين)) ?: ?[(\[]?$"
)


def find(text: Text, numbers: Sequence[Number]) -> list[People]:
    """Return the mentions of arrested, killed, wounded, fled and sentenced people, sorted by start."""
    cues = people_cues.find(text)
    if not cues and not any(sign in text.words for sign in _held_signs()):
        return []
    return sorted(set(_Reader(text, cues, numbers).read()), key=lambda p: (p.start, p.end, p.kind))


class _Reader:
    """One pass over the cues of a text."""

    def __init__(self, text: Text, cues: list[Match[Cue]], numbers: Sequence[Number]) -> None:
        counts = Counts(numbers)
        self._words = text.words
        self._cues = cues
        self._numbers = numbers
        self._groups = person_groups.find(text, counts)
        self._links = Links(text.words, self._groups, counts)
        self._sentences = sentences_of(text.folded)
        self._first_line = self._words.find("\n")  # a headline repeats, it doesn't tell first
        self._used: set[Group] = set()
        self._told: list[tuple[int, str]] = []  # (end, kind) of the mentions so far

    def read(self) -> Iterator[People]:
        chain: list[Group] = []
        end = 0
        for index, cue in enumerate(self._cues):
            low, high = self._sentences.around(cue.start)
            joined = (
                self._words[end : cue.start].strip(" ") in _JOINED_CUES if cue.start - end < 10 else False
            )
            if index + 1 < len(self._cues):
                high = min(high, self._cues[index + 1].start)
            low, end = max(low, end), cue.end
            if people_cues.states_fact(self._words, cue):
                own = self._links.people_of(cue, low, high)
                chain = own or (chain if joined else [])
                yield from self._mention(cue, chain, high)
        yield from self._labelled()
        yield from self._held()

    def _mention(self, cue: Match[Cue], chain: list[Group], high: int) -> Iterator[People]:
        kind = cue.value.kind
        start = min([cue.start, *(group.start for group in chain)])
        end = max([cue.end, *(group.end for group in chain)])
        while start and self._words[start - 1].isalnum():
            start -= 1  # the letters glued to an Arabic word are part of the quote
        if not chain:
            if self._counts_without_people(cue):
                yield People(start, end, kind, None, f"people.{kind}")
            return
        forces = [group for group in chain if group.sort == FORCE]
        others = [group for group in chain if group.sort != FORCE]
        if forces and kind in {"killed", "killed_forces"}:
            yield from self._told_of("killed_forces", forces, start, end, high)
        if others:
            yield from self._told_of(kind, others, start, end, high)

    def _told_of(self, kind: str, chain: list[Group], start: int, end: int, high: int) -> Iterator[People]:
        counts = [group.count for group in chain]
        total = sum(count or 0 for count in counts) if None not in counts else None
        if total is None and kind in {"arrested", "referred"}:
            ring = chain[-1].sort == COLLECTIVE and chain[-1].arabic
            total, end = self._told_behind(end, high, ring=ring)
        rule = f"people.{kind}"
        if total is None and kind == "arrested" and self._means_known(chain):
            total, rule = self._links.meant_before(chain[0].start, _AGAIN), "people.arrested.again"
        if kind == "referred":
            if total is not None:
                yield People(start, end, "arrested", total, "people.referred.again")
            return
        if any(group.more for group in chain):
            rule += ".more"
        elif self._named_before(chain, kind, start):
            rule += ".again"
        self._used.update(chain)
        self._told.append((end if total is not None and 0 <= self._first_line < start else -1, kind))
        yield People(start, end, kind, total, rule)

    def _means_known(self, chain: list[Group]) -> bool:
        """Tell whether "the suspects" are people counted before, of whom nothing is told yet."""
        only = len(chain) == 1 and chain[0].definite and chain[0].sort == SUSPECT
        return only and not self._told and self._may_refer_back(chain[0])

    def _counts_without_people(self, cue: Match[Cue]) -> bool:
        """Tell whether a cue alone is worth a mention: "arrests", "القبض على عدد من", "got away"."""
        kind, form = cue.value
        some = kind == "arrested" and cue.value.arabic and word_after(self._words, cue.end) in _SOME
        return (form == "noun" and kind == "arrested") or kind == "fled" or some

    def _named_before(self, chain: list[Group], kind: str, start: int) -> bool:
        """Tell whether definite people may have been counted already."""
        if not all(group.definite and self._may_refer_back(group) for group in chain):
            return False
        recent = takewhile(
            lambda told: told[0] > start - _AGAIN or told[0] < 0, reversed(self._told[-_RECENT:])
        )
        return any(told == kind and 0 <= end <= start for end, told in recent)

    def _may_refer_back(self, group: Group) -> bool:
        """Tell whether a definite group may be one told of before: "the suspect", not "the driver"."""
        if group.sort in {"pronoun", HELD} or group.count is None:
            return True
        last = self._words[group.start : group.end].rpartition(" ")[2]
        return group.sort != DEMONYM and last in people_cues.lists()["plain"]

    def _told_behind(self, end: int, high: int, *, ring: bool) -> tuple[int | None, int]:
        """Return (count, end) of "القبض على مستقبليها وهم (3) أشخاص", for people whose number was open.

        `ring`: they are a ring, whose size stands right behind it: "شبكة من أربعة أشخاص".
        """
        if ring and self._words.startswith(" من ", end):
            number = self._links.number_at(end + len(" من"))
            return people_in(number), number.end if number else end
        later = _COUNTED_LATER.search(self._words, end, min(high, end + 90))
        if later is None:
            return None, end
        number = self._links.number_at(later.end() - 1) or self._links.number_at(later.end())
        if number is not None:
            return people_in(number), number.end
        behind = self._links.between(later.end(), min(high, later.end() + 24))
        chain = self._links.with_joined(behind[0], high) if behind else []
        counts = [group.count for group in chain]
        if not chain or None in counts:
            return None, end
        return sum(count or 0 for count in counts), chain[-1].end

    def _labelled(self) -> Iterator[People]:
        """Yield "Members: five", "عدد الموقوفين: 3" where the text has told of arrests."""
        if not any(kind == "arrested" for _, kind in self._told):
            return
        used = sorted((group.start, group.end) for group in self._used)
        reach = list(accumulate((end for _, end in used), max))
        for number in self._numbers:
            before = self._words[max(0, number.start - _LABEL) : number.start]
            begun = bisect_right(used, (number.start, len(self._words)))
            counted = begun > 0 and number.start < reach[begun - 1]
            if not counted and ":" in before[-3:] and (label := _LABELLED.search(before)):
                start = number.start - len(before) + label.start()
                yield People(start, number.end, "arrested", people_in(number), "people.listed")

    def _held(self) -> Iterator[People]:
        """Yield "3 موقوفين", "12 detainees": held by the word itself."""
        for group in self._groups:
            if group.sort == HELD and group.numeral and group.count and group not in self._used:
                yield People(group.start, group.end, "arrested", group.count, "people.held")


_SOME = frozenset({"عدد", "مجموعه"})


@cache
def _held_signs() -> tuple[str, ...]:
    suspects = load("people_words")["suspects"]
    return tuple(word.split()[0] for word in (*suspects["held_en"], *suspects["held_ar"]))
