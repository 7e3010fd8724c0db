"""Which people a cue speaks of: its object or its subject, with those that "and" or و joins to them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from etl.extract.groups import FORCE, Counts, Group, people_in
from etl.extract.lexicon import Match
from etl.extract.mentions import Number
from etl.extract.nearby import word_after, words_before
from etl.extract.people_cues import Cue, lists

_BEHIND = 60  # from an active verb to the end of its object
_FAR = 170  # from a subject over its relative clause to its verb
_ARABIC_FAR = 130  # from an Arabic verb over its subject to its object
_BESIDE = 4  # between an Arabic verb and the people right beside it
_JOINT = 48  # between groups joined by "and"
_LIST = 6 * _JOINT
_REFERS = 200  # from a pronoun back to the people it stands for
_PAIR = 2
_WAS = frozenset({"was", "were", "been", "being"})
_BE = frozenset({"is", "are", "be", "got", *_WAS})
_SUBJECTS = {"he": 1, "she": 1, "both": 2, "they": None}
_OBJECTS = {"him": 1, "her": 1, "both": 2, "them": None}
_INITIALS = re.compile(
    r"(?<!\w)[\"(]?[ء-ي] ?\. ?[ء-ي](?: ?\. ?[ء-ي]){0,2}(?!\w)|(?<!\w)[a-z]\. ?[a-z]\.(?!\w)"
)
_ENDS_COUNT = re.compile(
    r"[\s)\]\"'/]{0,4}(?:[.,;:\n]|$|(?:more|others?|in|on|after|over|for|during|at|and|from|who|people|"
    r"of them|من|اخرين|اخران|بينهم|احدهم|في|خلال|بعد)(?!\w))"
)
_THEN_VERB = re.compile(
    r"(?: (?:more|others?|of them|people|were|was|have|has|had|are|is|been|being|be|got|also|since))* ?$"
)


class Links:
    """The groups of a text, and the grammar that ties cues to them."""

    def __init__(self, words: str, groups: Sequence[Group], counts: Counts) -> None:
        self._words = words
        self._groups = groups
        self._counts = counts

    def people_of(self, cue: Match[Cue], low: int, high: int) -> list[Group]:
        """Return the groups that a cue takes between `low` and `high`, in order; empty: none is named."""
        form = cue.value.form
        if cue.value.arabic:
            return self._arabic(cue, form, low, high)
        if form != "subject":
            found = self._object(cue, high)
            if found or form == "object":
                return found
        return self._counted(cue) if form == "noun" else self._subject(cue, low)

    def with_joined(self, first: Group, high: int) -> list[Group]:
        """Return a group with those that "and" or و adds behind it."""
        if first.part:
            return []
        if first.count is None:
            first = self._spelt_out(first, high) or first
        chain = [first]
        for group in self.between(first.end, min(high, first.end + _LIST)):
            gap = self._words[chain[-1].end : group.start]
            if group.part or len(gap) > _JOINT or not _joins(self._words, gap, group):
                break
            chain.append(group)
        return _without_apposition(self._words, chain)

    def between(self, low: int, high: int) -> list[Group]:
        """Return the groups that lie between two positions."""
        first = bisect_left(self._groups, low, key=lambda group: group.start)
        last = bisect_left(self._groups, high, key=lambda group: group.start)
        return [group for group in self._groups[first:last] if group.end <= high]

    def number_at(self, position: int) -> Number | None:
        """Return the number that begins at a position, after a space, a bracket or ب."""
        for at in range(position, position + _BESIDE):
            number = self._counts.starting_at(at)
            if number is not None or self._words[at : at + 1] not in {" ", "(", "[", '"', "'", "/", "ب"}:
                return number
        return None

    # ---- English

    def _object(self, cue: Match[Cue], high: int) -> list[Group]:
        """Return the people right behind an active verb: "arrested five men and a woman"."""
        for group in self.between(cue.end, min(high, cue.end + _BEHIND))[:1]:
            gap = self._words[cue.end : group.start].strip("\" ':")
            if all(word in lists()["skipped"] for word in gap.split()):
                return self.with_joined(group, high)
            return []
        start, behind = cue.end, word_after(self._words, cue.end)
        if behind in _OBJECTS:
            end = cue.end + 1 + len(behind)
            return [Group(cue.start, end, "pronoun", _OBJECTS[behind], definite=True)]
        if behind in {"all", "up"}:
            start += 1 + len(behind)
        number = self.number_at(start)
        if number is not None and self._ends_count(number):
            return [_numeral(self._words, number)]
        return []

    def _ends_count(self, number: Number) -> bool:
        """Tell whether a numeral stands for people by itself: "arrested three in", "بثلاثة من"."""
        behind = _ENDS_COUNT.match(self._words, number.end, number.end + 40)
        return behind is not None and people_in(number) is not None

    def _subject(self, cue: Match[Cue], low: int) -> list[Group]:
        """Return the people before a passive verb: "two suspects, one of them armed, were arrested"."""
        number = self._number_before_verb(cue.start, low)
        if number is not None:
            return [_numeral(self._words, number)]
        near = self.between(max(low, cue.start - _FAR), cue.start)
        groups = [group for group in near if not group.part and not self._is_agent(group)]
        if not groups or not self._is_subject(groups[-1], cue):
            return self._pronoun(cue, low)
        if groups[-1].count is None and (whole := self._over_apposition(groups[:-1], cue)):
            return [whole]
        chain = [groups[-1]]
        for earlier in reversed(groups[:-1]):
            gap = self._words[earlier.end : chain[0].start]
            if len(gap) > _JOINT or not gap.rstrip().removesuffix(" the").endswith(("and", ",")):
                break
            chain.insert(0, earlier)
        return _without_apposition(self._words, chain)

    def _is_subject(self, group: Group, cue: Match[Cue]) -> bool:
        """Tell whether the words between a group and a verb let the one be the subject of the other."""
        light = lists()["light"]
        gap = self._words[group.end : cue.start].strip(' ",:-()').split()
        if group.sort == FORCE and light.isdisjoint(gap) and cue.value.form != "subject":
            return False  # "border guards killed ..." acts
        if all(word in light for word in gap):
            return True
        if cue.value.form == "near":
            described = group.count is not None and gap[0] in lists()["postmodifier"]
            verbs = list(takewhile(light.__contains__, reversed(gap)))
            also = bool(verbs) and gap[-len(verbs) - 1] == "and"  # "came forward and is now held"
            return also or (gap[-1] in _WAS and (described or gap[0] == "who"))
        return gap[-1] in light or cue.value.kind == "fled" or cue.value.form == "subject"

    def _is_agent(self, group: Group) -> bool:
        """Tell whether a preposition before a group keeps it from being a subject: "held by a Syrian was"."""
        return any(word in lists()["prepositions"] for _, word in words_before(self._words, group.start, 1))

    def _over_apposition(self, groups: Sequence[Group], cue: Match[Cue]) -> Group | None:
        """Return the counted people of "six people, some of them chemists, were"."""
        for group in reversed(groups):
            gap = self._words[group.end : cue.start]
            if group.count is not None and group.sort != FORCE:
                described = gap.startswith(",") or gap.split()[0] in lists()["postmodifier"]
                return group if described else None
        return None

    def _pronoun(self, cue: Match[Cue], low: int) -> list[Group]:
        """Return the people of "he was arrested", "both were led away"."""
        passive = False
        for begin, word in words_before(self._words, cue.start, 5):
            if begin < low:
                break
            passive = passive or word in _BE
            if word in _SUBJECTS:
                if not passive and cue.value.form != "subject":
                    break  # "he held the pills"
                meant = self._meant(begin, cue.start, _SUBJECTS[word])
                return [meant] if meant.count else []
            if word not in lists()["light"]:
                break
        return []

    def _meant(self, start: int, end: int, count: int | None, *, arabic: bool = False) -> Group:
        """Return a pronoun as people; "they" are as many as were counted right before."""
        if count is None:
            count = self.meant_before(start)
        return Group(start, end, "pronoun", count, definite=True, arabic=arabic)

    def meant_before(self, start: int, reach: int = _REFERS) -> int | None:
        """Return how many people the largest group counted before a position has: those a pronoun means."""
        near = self.between(max(0, start - reach), start)
        counts = [g.count or 0 for g in near if g.numeral and not g.part and g.sort != FORCE]
        return max(counts, default=0) or None

    def _number_before_verb(self, position: int, low: int) -> Number | None:
        """Return a bare numeral before a passive verb: "two more were tracked down", "eight arrested"."""
        for end in range(position - 1, max(low, position - _JOINT), -1):
            number = self._counts.ending_at(end)
            if number is not None:
                stands = number.outer >= low and people_in(number) is not None
                return number if stands and _THEN_VERB.match(self._words[end:position]) else None
        return None

    def _counted(self, cue: Match[Cue]) -> list[Group]:
        """Return the counted noun in "49 arrests", "makes an arrest"."""
        plural = self._words[cue.end - 1] == "s"
        for begin, word in words_before(self._words, cue.start, 3):
            number = self._counts.ending_at(begin + len(word))
            if number is not None:
                return [Group(number.outer, cue.end, "counted", people_in(number))]
            if word in lists()["light"]:
                break
            if word in {"an", "makes", "make", "made", "one"} and not plural:
                return [Group(begin, cue.end, "counted", 1)]
        return []

    # ---- Arabic

    def _arabic(self, cue: Match[Cue], form: str, low: int, high: int) -> list[Group]:
        if form in _PRONOUNS:
            return [self._meant(cue.start, cue.end, _PRONOUNS[form], arabic=True)]
        if form == "ar_some":
            return [Group(cue.start, cue.end, "pronoun", None, definite=True, arabic=True)]
        if form == "ar_subject":
            near = self.between(max(low, cue.start - _ARABIC_FAR), cue.start)
            number = self._counts.ending_at(cue.start - 1)  # "خمسة قتلى"
            if number is not None and number.start >= low and people_in(number):
                return [_numeral(self._words, number)]
            return [group for group in near if not group.part][-1:]
        limit = min(high, cue.end + (_BESIDE if form == "ar_near" else _ARABIC_FAR))
        start = self._where_object_may_begin(cue, limit)
        found = self._arabic_object(start, limit, high, form) if start >= 0 else []
        if not found and form == "ar_near":
            found = self._over_its_subject(cue, high)
        return found or self._right_before(cue, low)

    def _where_object_may_begin(self, cue: Match[Cue], limit: int) -> int:
        """Return where an object may begin: behind على for verbs that need it; -1 where it is missing."""
        phrase = self._words[cue.start : cue.end]
        if phrase.endswith(" علي"):
            return cue.end
        needs_on = cue.value.kind == "sentenced" or phrase.endswith(("قبض", "قبضت"))
        if not needs_on:
            return cue.end
        on = self._words.find(" علي ", cue.end, limit)
        if on < 0 and cue.value.kind == "sentenced":
            on = self._words.find(" ل", cue.end, limit)
        return on + 2 if on >= 0 else -1

    def _arabic_object(self, start: int, limit: int, high: int, form: str) -> list[Group]:
        chain = self._first_behind(start, limit, high)
        if chain and chain[0].count is not None:
            return chain
        number = self.number_at(start)
        if number is not None and form != "ar_near" and self._ends_count(number):
            return [_numeral(self._words, number)]
        initials = list(_INITIALS.finditer(self._words, start, min(high, start + _ARABIC_FAR)))
        if initials and form != "ar_near":
            return [Group(start, initials[-1].end(), "initials", len(initials), arabic=True)]
        return chain

    def _over_its_subject(self, cue: Match[Cue], high: int) -> list[Group]:
        """Return the counted people behind "ضبطت شرطة دبي": a verb of loads, so no load may stand between."""
        for group in self.between(cue.end, min(high, cue.end + _ARABIC_FAR)):
            gap = self._words[cue.end : group.start]
            if _has_thing(gap) or not lists()["load_of_ar"].isdisjoint(gap.split()):
                break
            if group.count is not None and not group.part and group.sort != FORCE:
                return self.with_joined(group, high) if group.numeral or group.count == _PAIR else []
        return []

    def _first_behind(self, start: int, limit: int, high: int) -> list[Group]:
        """Return the first people behind an Arabic verb, unless it is about a vehicle or load before them."""
        for group in self.between(start, high):
            if group.start > limit or _has_thing(self._words[start : group.start]):
                break
            if not group.part:
                return self.with_joined(group, high)
        return []

    def _right_before(self, cue: Match[Cue], low: int) -> list[Group]:
        """Return the people right before an Arabic passive verb: "المتهم (ا.ع) أوقف"."""
        near = self.between(max(low, cue.start - _JOINT), cue.start)
        if not near or near[-1].part or cue.value.form == "ar_near":
            return []
        gap = _INITIALS.sub("", self._words[near[-1].end : cue.start]).strip(" \"'(),").removeprefix("ف")
        return near[-1:] if not gap else []

    def _spelt_out(self, group: Group, high: int) -> Group | None:
        """Return the first group of the list behind "its passengers: three Syrians and two Turks"."""
        behind = self.between(group.end, min(high, group.end + 24))
        return behind[0] if behind and ":" in self._words[group.end : behind[0].start] else None


_PRONOUNS = {"ar_him": 1, "ar_them_two": 2, "ar_them": None}


def _numeral(words: str, number: Number) -> Group:
    """A bare numeral as a group of people: "two more", "ثلاثة من الشبكة"."""
    more = word_after(words, number.end) in lists()["more"]
    return Group(number.outer, number.end, "numeral", people_in(number), more=more)


def _joins(words: str, gap: str, group: Group) -> bool:
    """Tell whether a gap adds the group behind it to the one before."""
    if group.arabic:
        return words[group.start - 1] == "و" or words[group.start] == "و"
    return gap.rstrip().endswith(("and", ",")) or gap.strip() == "and the"


def _without_apposition(words: str, chain: list[Group]) -> list[Group]:
    """Leave out what only spells out the first group: "six people: a Saudi, three Syrians and two others"."""
    if len(chain) == 1:
        return chain
    gap = words[chain[0].end : chain[1].start]
    rest = [group.count for group in chain[1:]]
    comma_only = "and" not in gap.split() and not chain[0].arabic
    if comma_only and None not in rest and sum(count or 0 for count in rest) == chain[0].count:
        return chain[:1]
    last_gap = words[chain[-2].end : chain[-1].start]
    no_and = not chain[-1].arabic and "and" not in last_gap.split()
    return chain[:1] if no_and or ":" in gap or "(" in gap else chain


def _has_thing(gap: str) -> bool:
    """Tell whether a vehicle or load stands between an Arabic verb and people: the verb is about that."""
    return any(word.removeprefix("و").removeprefix("ال") in lists()["things_ar"] for word in gap.split())
