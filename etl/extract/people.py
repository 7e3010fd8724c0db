"""What befell people: arrests, deaths, wounds, flights and sentences, with how many.

A cue ("were arrested", "القبض على") takes the group of people that its grammar points to: in English the one
before a passive or behind an active verb, in Arabic the one behind the verb, over its subject. Groups joined
by "and" are added; parts of a group ("six of them foreigners") never are. A cue without people gives a count of
None only where it is a noun ("several arrests").

Rules end in `.more` for people beyond those counted so far ("two more"), and in `.again` where the words may
repeat people already counted ("the suspects", "arrested him", "referred to court"): a total over sentences adds
the former and leaves out the latter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from etl.extract import groups as people_groups
from etl.extract.groups import COLLECTIVE, DEMONYM, FORCE, HELD, Counts, Group, people_in
from etl.extract.lexicon import Lexicon, Match
from etl.extract.mentions import Number, People
from etl.extract.nearby import Sentences, word_after, words_before
from etl.extract.text import Text, fold_phrase
from etl.vocabulary import load

_KINDS = ("arrested", "referred", "killed", "killed_forces", "wounded", "fled", "sentenced")
_FAR = 170  # from a subject over its relative clause to its verb
_ARABIC_FAR = 130  # from an Arabic verb over its subject to its object
_JOINT = 48  # between groups joined by "and"
_AGAIN = 700  # how far back a group may have been named
_INITIALS = re.compile(
    r"(?<!\w)[\"(]?[ء-ي] ?\. ?[ء-ي](?: ?\. ?[ء-ي]){0,2}(?!\w)|(?<!\w)[a-z]\. ?[a-z]\.(?!\w)"
)
_LISTED = re.compile(
    r"(?<!\w)(?:members|detainees|suspects|arrests|arrested|detained) ?: ?|(?<!\w)و?(?:عددهم|هم|البالغ عددهم|عدد افرادها)"
    r"(?: ?:)? [(\[]?|(?<!\w)(?:عدد )?(?:الموقوفين|المتهمين|الموقوفون|المعتقلين) ?: ?"
)
_BEHIND_NUMBER = re.compile(
    r"[\s)\]\"'/]*(?:[.,;:\n]|$|(?:more|others?|in|on|after|over|for|during|at|and|from|who|people|of them|من|اخرين|اخران|بينهم|احدهم|في|خلال|بعد)(?!\w))"
)
_MORE_THEN_VERB = re.compile(
    r"(?: (?:more|others?|of them|people|were|was|have|has|had|are|is|been|being|be|got|also|since|later|then))* ?$"
)


class Cue(NamedTuple):
    """A word that tells what befell people: its kind and which of its neighbours they are."""

    kind: str
    form: str


def find(text: Text, numbers: Sequence[Number]) -> list[People]:
    """Return the mentions of arrested, killed, wounded, fled and sentenced people, sorted by start."""
    cues = _lexicon().find(text)
    if not cues and not any(sign in text.words for sign in _held_signs()):
        return []
    return sorted(set(_Reader(text, cues, numbers).read()), key=lambda p: (p.start, p.end, p.kind))


class _Reader:
    """One pass over the cues of a text."""

    def __init__(self, text: Text, cues: list[Match[Cue]], numbers: Sequence[Number]) -> None:
        self.words = text.words
        self.cues = cues
        self.counts = Counts(numbers)
        self.groups = people_groups.find(text, self.counts)
        self.numbers = numbers
        self.sentences = Sentences(text.folded)
        self.used: set[Group] = set()
        self.seen: list[tuple[int, str]] = []  # (end, kind) of mentions so far

    def read(self) -> Iterator[People]:
        shared: list[Group] = []
        for index, cue in enumerate(self.cues):
            low, high = self.sentences.around(cue.start)
            before = self.cues[index - 1] if index else None
            if before and before.end > low:
                low = before.end
            if index + 1 < len(self.cues):
                high = min(high, self.cues[index + 1].start)
            joined = before is not None and self.words[before.end : cue.start].strip() in {
                "and",
                "and then",
                "و",
            }
            chain = self._people_of(cue, low, high)
            if chain is None:
                continue
            if not chain and joined:
                chain = shared
            shared = chain
            yield from self._mention(cue, chain, high)
        yield from self._listed()
        yield from self._held()

    # ---- which people

    def _people_of(self, cue: Match[Cue], low: int, high: int) -> list[Group] | None:
        """Return the groups that a cue takes; empty: none is named; None: the cue states no fact."""
        form = cue.value.form
        if form.startswith("ar_"):
            return None if self._wished_in_arabic(cue, low) else self._arabic(cue, form, low, high)
        if self._wished(cue) or self._denied(cue) or self._only_describes(cue):
            return None
        if form in {"past", "near", "object", "noun"}:
            chain = self._behind(cue, high)
            if chain or form == "object":
                return chain
        if form == "noun":
            counted = self._number_before(cue)
            return counted if counted else ([] if cue.value.kind != "killed" else None)
        return self._before(cue, low, form)

    def _behind(self, cue: Match[Cue], high: int) -> list[Group]:
        """Return the people right behind an active verb: "arrested five men and a woman"."""
        for group in self._groups_between(cue.end, min(high, cue.end + 60)):
            gap = self.words[cue.end : group.start]
            if gap.strip("\" '") and not all(word in _lists()["skipped"] for word in gap.split()):
                return []
            return self._with_joint(group, high)
        number = self._starting_near(cue.end)
        if number is not None and _BEHIND_NUMBER.match(self.words, number.end, number.end + 40):
            return [_numeral(self.words, number)]
        return []

    def _before(self, cue: Match[Cue], low: int, form: str) -> list[Group]:
        """Return the people before a passive verb: "two suspects, one of them armed, were arrested"."""
        for number in self._ending_near(cue.start, low):
            return [_numeral(self.words, number)]
        candidates = [g for g in self._groups_between(max(low, cue.start - _FAR), cue.start) if not g.part]
        if not candidates:
            return []
        group = candidates[-1]
        gap = self.words[group.end : cue.start].strip(' ",:-()').split()
        if group.sort == FORCE and not any(word in _lists()["light"] for word in gap):
            return []  # "border guards killed ..." acts
        adjacent = all(word in _lists()["light"] for word in gap)
        if not adjacent and form == "near" and gap[-2:] not in (["and", "was"], ["and", "were"]):
            return []
        if not adjacent and not (
            gap[-1] in _lists()["light"] or cue.value.kind == "fled" or form == "subject"
        ):
            return []
        chain = [group]
        for earlier in reversed(candidates[:-1]):
            between = self.words[earlier.end : chain[0].start]
            if len(between) > _JOINT or not between.rstrip().endswith((" and", "and", ",")):
                break
            chain.insert(0, earlier)
        return _without_apposition(self.words, chain)

    def _arabic(self, cue: Match[Cue], form: str, low: int, high: int) -> list[Group]:
        words = self.words
        if form in {"ar_him", "ar_them", "ar_them_two"}:
            count = {"ar_him": 1, "ar_them_two": 2}.get(form)
            return [Group(cue.start, cue.end, "pronoun", count, definite=True, arabic=True)]
        if form == "ar_subject":
            near = [
                g for g in self._groups_between(max(low, cue.start - _ARABIC_FAR), cue.start) if not g.part
            ]
            return [near[-1]] if near else []
        start, limit = cue.end, min(high, cue.end + (4 if form == "ar_near" else _ARABIC_FAR))
        phrase = words[cue.start : cue.end]
        if cue.value.kind == "sentenced" or (phrase.endswith("قبض") or phrase.endswith("قبضت")):
            on = words.find(" علي ", start, limit)
            on = on if on >= 0 else words.find(" ل", start, limit) if cue.value.kind == "sentenced" else -1
            if on < 0:
                return self._right_before(cue, low)
            start = on + 2
        for group in self._groups_between(start, limit):
            if group.part:
                continue
            gap = words[start : group.start]
            if _has_thing(gap):
                break
            if self._numeral_closer(start, group):
                break
            return self._with_joint(group, high)
        number = self._starting_near(start)
        if (
            people_in(number)
            and form != "ar_near"
            and _BEHIND_NUMBER.match(words, number.end, number.end + 40)
        ):
            return [_numeral(words, number)] if number else []
        initials = len(_INITIALS.findall(words, start, min(high, start + 120)))
        if initials:
            last = max(match.end() for match in _INITIALS.finditer(words, start, min(high, start + 120)))
            return [Group(start, last, "initials", initials, arabic=True)]
        return self._right_before(cue, low)

    def _numeral_closer(self, start: int, group: Group) -> bool:
        """Tell whether a bare numeral stands right at `start`, before the group: "بثلاثة من شبكة"."""
        number = self._starting_near(start)
        return number is not None and number.end < group.start and group.sort == COLLECTIVE

    def _right_before(self, cue: Match[Cue], low: int) -> list[Group]:
        """Return the people right before an Arabic passive verb: "المتهم (ا.ع) أوقف"."""
        near = self._groups_between(max(low, cue.start - 40), cue.start)
        if not near or near[-1].part or cue.value.form == "ar_near":
            return []
        gap = _INITIALS.sub("", self.words[near[-1].end : cue.start]).strip(" \"'(),")
        return [near[-1]] if not gap else []

    def _with_joint(self, first: Group, high: int) -> list[Group]:
        """Return a group with those that "and" or و adds behind it."""
        if first.part:
            return []
        if first.count is None and (spelt := self._spelt_out(first, high)):
            first = spelt
        chain = [first]
        for group in self._groups_between(first.end, min(high, first.end + 6 * _JOINT)):
            between = self.words[chain[-1].end : group.start]
            if group.part or len(between) > _JOINT or not _joins(self.words, between, group):
                break
            chain.append(group)
        return _without_apposition(self.words, chain)

    def _spelt_out(self, group: Group, high: int) -> Group | None:
        """Return the first group of the list behind "its passengers: three Syrians and two Turks"."""
        behind = self._groups_between(group.end, min(high, group.end + 24))
        return behind[0] if behind and ":" in self.words[group.end : behind[0].start] else None

    # ---- what they amount to

    def _mention(self, cue: Match[Cue], chain: list[Group], high: int) -> Iterator[People]:
        kind, form = cue.value
        counts = [group.count for group in chain]
        total = sum(c for c in counts if c is not None) if counts and None not in counts else None
        start = min([cue.start, *(g.start for g in chain)])
        end = max([cue.end, *(g.end for g in chain)])
        while start and self.words[start - 1].isalnum():
            start -= 1  # the letters glued to an Arabic word are part of the quote
        if kind in {"arrested", "referred"} and chain and all(g.sort == FORCE for g in chain):
            return
        if not chain and (form != "noun" or kind == "sentenced"):
            if kind in {"fled"}:
                yield People(start, end, kind, None, f"people.{kind}")
            elif (
                form in {"ar_object"}
                and kind == "arrested"
                and word_after(self.words, cue.end) in {"عدد", "مجموعه"}
            ):
                yield People(start, end, kind, None, f"people.{kind}")
            return
        if kind in {"killed", "wounded"} and any(g.sort == FORCE for g in chain):
            kind = f"{kind}_forces" if kind == "killed" else "other"
        rule = f"people.{kind}"
        if kind == "referred":
            if total is None:
                return
            kind = "arrested"
            rule = "people.referred.again"
        elif any(g.more for g in chain):
            rule += ".more"
        elif chain and self._named_before(chain, kind, start):
            rule += ".again"
        if total is None and kind == "arrested" and chain:
            total, end = self._told_behind(end, high, total)
        self.used.update(chain)
        if total is not None and "\n" in self.words[:start]:  # a headline repeats, it doesn't tell first
            self.seen.append((end, kind))
        yield People(start, end, kind, total, rule)

    def _named_before(self, chain: list[Group], kind: str, start: int) -> bool:
        """Tell whether definite people may have been counted already."""
        if not all(
            g.definite and (g.sort in {"pronoun", HELD} or g.count is None or _is_plain(self.words, g))
            for g in chain
        ):
            return False
        return any(k == kind and start - _AGAIN < end <= start for end, k in self.seen)

    def _told_behind(self, end: int, high: int, total: int | None) -> tuple[int | None, int]:
        """Return the number in "القبض على مستقبليها وهم (3) أشخاص" for people whose number was open."""
        listed = _LISTED.search(self.words, end, min(high, end + 90))
        number = self._starting_near(listed.end() - 1) if listed else None
        if listed and number is None:
            behind = self._groups_between(listed.end(), min(high, listed.end() + 24))
            chain = self._with_joint(behind[0], high) if behind else []
            if chain and all(g.count is not None for g in chain):
                return sum(g.count or 0 for g in chain), chain[-1].end
        return (people_in(number), number.end) if number else (total, end)

    def _listed(self) -> Iterator[People]:
        """Yield "Members: five", "عدد الموقوفين: 3" where the text has told of arrests."""
        for match in _LISTED.finditer(self.words):
            number = self.counts.starting_at(match.end())
            colon = ":" in match.group()
            if number is not None and colon and any(k == "arrested" for _, k in self.seen):
                yield People(match.start(), number.end, "arrested", people_in(number), "people.listed")

    def _held(self) -> Iterator[People]:
        """Yield "3 موقوفين", "12 detainees": held by the word itself."""
        for group in self.groups:
            if (
                group.sort == HELD
                and group.count is not None
                and not group.definite
                and group not in self.used
            ):
                if group.numeral:
                    yield People(group.start, group.end, "arrested", group.count, "people.held")

    # ---- small looks around

    def _groups_between(self, low: int, high: int) -> list[Group]:
        return [g for g in self._slice(low, high) if low <= g.start and g.end <= high]

    def _slice(self, low: int, high: int) -> list[Group]:
        first = bisect_left(self.groups, low, key=lambda g: g.start)
        last = bisect_left(self.groups, high, key=lambda g: g.start)
        return self.groups[first:last]

    def _starting_near(self, position: int) -> Number | None:
        for offset in range(4):
            number = self.counts.starting_at(position + offset)
            if number is not None:
                return number
            if position + offset < len(self.words) and self.words[position + offset] not in " ([\"'/ب":
                return None
        return None

    def _ending_near(self, position: int, low: int) -> Iterator[Number]:
        """Yield a bare numeral before a passive verb: "two more were tracked down", "eight arrested"."""
        window = max(low, position - 48)
        for end in range(position - 1, window, -1):
            number = self.counts.ending_at(end)
            if number is not None:
                if (
                    number.outer >= low
                    and people_in(number)
                    and _MORE_THEN_VERB.match(self.words, end, position)
                ):
                    if _MORE_THEN_VERB.match(self.words[end:position]):
                        yield number
                return

    def _number_before(self, cue: Match[Cue]) -> list[Group]:
        """Return the counted noun in "49 arrests", "several arrests", "makes an arrest"."""
        plural = self.words[cue.start : cue.end].endswith("s")
        for begin, word in words_before(self.words, cue.start, 3):
            number = self.counts.ending_at(begin + len(word))
            if number is not None:
                return [Group(number.outer, cue.end, "counted", people_in(number))]
            if word in _lists()["light"]:
                break
            if word in {"an", "makes", "make", "made", "one"} and not plural:
                return [Group(begin, cue.end, "counted", 1)]
        return []

    def _wished(self, cue: Match[Cue]) -> bool:
        """Tell whether the verb is only wanted: "working to arrest the recipients"."""
        before = [word for _, word in words_before(self.words, cue.start, 3)]
        if not before or before[0] != "to":
            return False
        return not any(word in _lists()["achieved"] for word in before[1:])

    def _only_describes(self, cue: Match[Cue]) -> bool:
        """Tell whether a participle is an adjective ("the wounded man") or has a pronoun ("killed them")."""
        if cue.value.form not in {"past", "near"}:
            return False
        before = next((word for _, word in words_before(self.words, cue.start, 1)), "")
        return before in {"the", "a", "an", "those"} or word_after(self.words, cue.end) in {
            "them",
            "him",
            "her",
        }

    def _denied(self, cue: Match[Cue]) -> bool:
        before = [word for _, word in words_before(self.words, cue.start, 2)]
        behind = word_after(self.words, cue.end)
        return any(
            word in {"no", "without", "nobody", "none", "not"} for word in before
        ) or behind.startswith("warrant")

    def _wished_in_arabic(self, cue: Match[Cue], low: int) -> bool:
        if (
            self.words[max(0, cue.start - 2) : cue.start] == "لل"
            and self.words[cue.start : cue.start + 3] != "قاء"
        ):
            return True
        before = [
            word.removeprefix("و").removeprefix("ب") for _, word in words_before(self.words, cue.start, 1)
        ]
        return any(word in _lists()["wish_ar"] for word in before)


def _numeral(words: str, number: Number) -> Group:
    """A bare numeral as a group of people: "two more", "ثلاثة من الشبكة"."""
    behind = word_after(words, number.end)
    more = behind in _lists()["more_words"]
    return Group(number.outer, number.end, "numeral", people_in(number), more=more)


def _joins(words: str, between: str, group: Group) -> bool:
    if group.arabic:
        start = group.start
        return (
            (start > 0 and words[start - 1] == "و")
            or words[start : start + 1] == "و"
            or between.rstrip().endswith("و")
        )
    return between.rstrip().endswith(("and", ",")) or between.strip() in {",", "and", ", and", "and the"}


def _without_apposition(words: str, chain: list[Group]) -> list[Group]:
    """Leave out what only spells out the first group: "six people: a Saudi, three Syrians and two others"."""
    if len(chain) < 2:
        return chain
    rest = [g.count for g in chain[1:]]
    between = words[chain[0].end : chain[1].start]
    spelt = "and" not in between.split() and not (chain[0].arabic and ":" not in between)
    if spelt and None not in rest and sum(r for r in rest if r) == chain[0].count:
        return chain[:1]
    if ":" in between or "(" in between:
        return chain[:1]
    final = words[chain[-2].end : chain[-1].start]
    if not chain[-1].arabic and "and" not in final.split():
        return chain[:1]
    return chain


def _is_plain(words: str, group: Group) -> bool:
    """Tell whether a definite singular may refer back: "the suspect", not "the driver"."""
    return group.sort != DEMONYM and words[group.start : group.end].split()[-1] in _lists()["plain"]


def _has_thing(gap: str) -> bool:
    return any(word.removeprefix("و").removeprefix("ال") in _lists()["things_ar"] for word in gap.split())


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = load("people_words")
    grammar, suspects = table["grammar"], table["suspects"]
    return {
        "light": frozenset(grammar["auxiliary"]) | frozenset(grammar["adverb"]),
        "skipped": frozenset(grammar["skipped"]) | frozenset(grammar["adverb"]),
        "achieved": frozenset(grammar["achieved"]),
        "wish_ar": frozenset(map(fold_phrase, grammar["wish_ar"])),
        "things_ar": frozenset(map(fold_phrase, grammar["things_ar"])),
        "plain": frozenset(map(fold_phrase, grammar["plain"])),
        "more_words": frozenset(suspects["more_en"]) | frozenset(map(fold_phrase, suspects["more_ar"])),
    }


@cache
def _held_signs() -> tuple[str, ...]:
    suspects = load("people_words")["suspects"]
    return tuple(word.split()[0] for word in (*suspects["held_en"], *suspects["held_ar"]))


@cache
def _lexicon() -> Lexicon[Cue]:
    table = load("people_words")
    return Lexicon(
        (phrase, Cue(kind, form))
        for kind in _KINDS
        for form, phrases in table[kind].items()
        for phrase in phrases
    )
