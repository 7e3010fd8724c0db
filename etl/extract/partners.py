"""Countries that helped in a seizure: by a body of theirs, by their name or by a nationality.

Only words of help make a partner: "in coordination with Iraq", "information from Saudi Arabia", "a joint
Syrian-Iraqi operation", a body that works on another country's soil. Both sides of a joint operation are
given; the country of the seizure itself is for the assembler to leave out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from etl.extract import nations
from etl.extract.bodies import SEIZING
from etl.extract.lexicon import Lexicon, Match, shared
from etl.extract.mentions import Body, Partner
from etl.extract.nations import ADJECTIVE, NAME, Nation
from etl.extract.nearby import said_once, sentences_of, words_before
from etl.extract.text import Text, fold_phrase
from etl.vocabulary import load

_REACH = 110  # from words of help to the country, over a long Arabic name
_JOINT_REACH = 70  # from "joint operation" to its nationalities, either way
_SENTENCE = 300  # how far from "inside Syria" the body may stand that worked there
_SOIL = 24  # from "inside" to the country
_SUBJECT = 40  # behind an Arabic verb
_SEAT = 5  # from "a tip from" to a capital
_HABIT = 16  # from the country to "continues"
_CHAIN = 60  # between countries joined by "and"
_END = re.compile(
    r"[.;:()\n]|,(?! (?:and|its)\b)|(?<!\w)(?:that|which|who|about|where|after|to|against|over|into|on|led|"
    r"resulted|اسفرت|التي|الذي|ضد|بعد|لضبط|حول|بشان|عن|لاحباط|تمكنت|احبطت|ادت|لتهريب|استهدفت)(?!\w)"
)


def find(text: Text, bodies: Sequence[Body] = ()) -> list[Partner]:
    """Return the mentions of helping countries, sorted by start.

    `bodies`: what `bodies.find` returned for the text; a body known by its name alone tells its country too.
    """
    return sorted(set(_Reader(text, bodies).read()), key=lambda p: (p.start, p.end, p.country, p.rule))


class _Reader:
    def __init__(self, text: Text, bodies: Sequence[Body]) -> None:
        self.words = text.words
        self.cues = said_once(_lexicon().find(text))
        self.nations = nations.find(text) if self.cues else []
        self.bodies = [body for body in bodies if body.country]
        self.sentences = sentences_of(text.folded)

    def read(self) -> Iterator[Partner]:
        for cue in self.cues:
            low, high = self.sentences.around(cue.start)
            if cue.value in {"with", "information", "thanks"}:
                yield from self._behind(cue, high)
            elif cue.value == "both_ar":
                both = list(self._behind(cue, high))
                yield from both if len({partner.country for partner in both}) > 1 else ()
            elif cue.value == "joint":
                yield from self._joint(cue, low, high)
            elif cue.value == "helped":
                yield from self._before(cue, low)
            elif cue.value == "helped_ar":  # the verb comes first
                yield from self._behind(cue, min(high, cue.end + _SUBJECT))
            elif cue.value == "abroad":
                yield from self._abroad(cue, low, high)

    def _behind(self, cue: Match[str], high: int) -> Iterator[Partner]:
        """Yield the countries behind "in cooperation with": the first, and those that "and" joins to it."""
        stop = _END.search(self.words, cue.end, min(high, cue.end + _REACH))
        end = stop.start() if stop else min(high, cue.end + _REACH)
        last = -1
        if any(word in _habits() for _, word in words_before(self.words, cue.start, 2)):
            return
        for start, finish, country in self._countries(cue.end, end, seat_by=cue.end + _SEAT):
            if last >= 0:
                gap = self.words[last:start]
                joined = gap.startswith((" و", ",", " and")) or " and " in gap or gap.endswith(" و")
                if len(gap) > _CHAIN or not joined:
                    break
            last = finish
            if not _habits().isdisjoint(self.words[finish : finish + _HABIT].replace(".", " ").split()):
                break  # "coordination with the Saudi side continues"
            yield Partner(start, finish, country, f"partner.{cue.value}")

    def _before(self, cue: Match[str], low: int) -> Iterator[Partner]:
        """Yield the countries before "worked with them", "took part": those of the subject's bodies."""
        begin = max(low, cue.start - _REACH)
        near = self._bodies(begin - _REACH, cue.start)
        for start, finish, country in self._countries(begin, cue.start):
            if any(body.start <= start <= body.end + 2 or start <= body.start <= finish + 3 for body in near):
                yield Partner(start, finish, country, "partner.helped")

    def _joint(self, cue: Match[str], low: int, high: int) -> Iterator[Partner]:
        """Yield both countries of "a joint Syrian-Iraqi operation", "عملية سورية عراقية"."""
        found = list(self._pairs(max(low, cue.start - _JOINT_REACH), min(high, cue.end + _JOINT_REACH)))
        for first, second in found:
            near = min(abs(first.start - cue.end), abs(cue.start - second.end))
            if near <= 24 or first.start <= cue.start <= second.end:
                for match in (first, second):
                    yield Partner(match.start, match.end, match.value.country, "partner.joint")

    def _abroad(self, cue: Match[str], low: int, high: int) -> Iterator[Partner]:
        """Yield the country of a body that works "inside Syria", "داخل الأراضي السورية", being another."""
        for match in self._matches(cue.end, min(high, cue.end + _SOIL))[:1]:
            near = self._bodies(max(low, cue.start - _SENTENCE), min(high, cue.end + _SENTENCE))
            foreign = [b for b in near if b.country != match.value.country and b.role == SEIZING]
            if foreign:
                body = min(foreign, key=lambda b: abs(b.start - cue.start))
                yield Partner(body.start, body.end, body.country, "partner.abroad")

    def _pairs(self, low: int, high: int) -> Iterator[tuple[Match[Nation], Match[Nation]]]:
        near = self._matches(low, high)
        for first, second in pairwise(near):
            gap = self.words[first.end : second.start].strip(" -/")
            side_by_side = gap in {"", "ال"} and self._is_adjective(second)
            if first.value.country != second.value.country and (side_by_side or gap in {"and", "و", "وال"}):
                yield first, second

    def _is_adjective(self, match: Match[Nation]) -> bool:
        """Tell an adjective; in Arabic "سورية", "سعودية" are adjective and name at once."""
        return match.value.kind == ADJECTIVE or self.words[match.end - 2 : match.end] == "يه"

    def _countries(self, low: int, high: int, seat_by: int = 0) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, country) of the words and bodies in a stretch that tell a country.

        A capital stands for its government where it begins before `seat_by`: "a tip from Baghdad".
        """
        spans = [(m.start, m.end, m.value.country) for m in self._matches(low, high, seat_by)]
        for body in self._bodies(low, high):
            named = any(
                body.start <= start <= body.end + (_SOIL if country == body.country else 0)
                for start, _, country in spans
            )
            if body.end <= high and not named:
                spans.append((body.start, body.end, body.country))
        yield from sorted(spans)

    def _bodies(self, low: int, high: int) -> list[Body]:
        first = bisect_left(self.bodies, low, key=lambda body: body.start)
        last = bisect_left(self.bodies, high, key=lambda body: body.start)
        return self.bodies[first:last]

    def _matches(self, low: int, high: int, seat_by: int = 0) -> list[Match[Nation]]:
        first = bisect_left(self.nations, low, key=lambda m: m.start)
        last = bisect_left(self.nations, high, key=lambda m: m.start)
        return [
            m
            for m in self.nations[first:last]
            if m.end <= high and (m.value.kind in {NAME, ADJECTIVE} or m.start < seat_by)
        ]


@cache
def _habits() -> frozenset[str]:
    return frozenset(map(fold_phrase, load("partner_words")["habit"]))


@shared
def _lexicon() -> Lexicon[str]:
    table = load("partner_words")
    return Lexicon(
        (phrase, sort)
        for sort in ("with", "information", "thanks", "both_ar", "joint", "helped", "helped_ar", "abroad")
        for phrase in table[sort]
    )
