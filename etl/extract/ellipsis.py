"""Numbers whose noun is left out: "2.4 million of them", "a third gave up 62,790", "opium, 3"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from etl.extract.counted import Counted
from etl.extract.mentions import Number
from etl.extract.surroundings import PILL_DRUGS, Surroundings, set_role, word_list
from etl.extract.unit_words import WORD
from etl.vocabulary.units import units

_LEAST_OTHERS = 100
_LEAST = 1000
"""Smaller numbers without a noun count too many other things."""
_OF_THEM = re.compile(r"[ )\"']{0,2}(?:of (?:them|it|these|those|which)|منها|منه)(?![a-zء-ي])")
_OF_THE_DRUG = re.compile(r" of (?:the|these|such) (?:drugs?|narcotics?|stimulants?)(?![a-z])")
_PRONOUN = re.compile(r"(?:them|these|the rest|the others?|the remaining|منها|بينها|الباقي),? \Z")
_PRONOUN_REACH = 3
_OF = re.compile(r" (?:of|من) (?:ال)?")
_MORE = re.compile(r" (?:more|others?|further|additional|اخري)(?![a-zء-ي])")
_OF_KIND = re.compile(r",? of the ")
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.,])")
_WRITTEN = re.compile(r"[a-zء-ي.,٬]|\d{5}| \d{3}")


def elliptic(around: Surroundings, numbers: Sequence[Number], counted: Sequence[Counted]) -> list[Counted]:
    """Return the numbers that count pills without saying so, given those that say so."""
    taken = [one.start for one in counted]
    ends = [max(one.end, one.number_end) for one in counted]
    pills = _pill_words(around, counted)
    found: list[Counted] = []
    last = -1  # where the last number of pills without a noun ends
    for i, number in enumerate(numbers):
        at = bisect_left(taken, number.end) - 1
        if i in around.sums or number.ordinal or number.low is None or (at >= 0 and ends[at] > number.start):
            continue
        one = None
        if number.low >= _LEAST_OTHERS:
            one = _bare_drug(around, number) or _pills_meant(around, number, pills, last)
        one = one or _listed(around, number, counted[at] if at >= 0 else None)
        if one:
            set_role(around, one)
            found.append(one)
            last = one.end if one.unit.code == "tablets" else last
    return found


def _pill_words(around: Surroundings, counted: Sequence[Counted]) -> list[tuple[int, bool]]:
    """Return where each word ends that a number may count, and whether it is pills (else persons, money)."""
    return sorted(
        [(one.end, True) for one in counted if one.unit.measure == "tablets"]
        + [(m.end, True) for m in around.marks if "pill" in m.value.cues]
        + [(m.end, False) for m in around.marks if "person" in m.value.cues]
        + [(found.end, False) for found in around.sums.values()]
    )


def _pills_meant(
    around: Surroundings, number: Number, pills: Sequence[tuple[int, bool]], last: int
) -> Counted | None:
    """Read a number whose noun is the pills of its sentence or of one shortly before."""
    nearest = bisect_left(pills, (number.outer, False)) - 1
    before = max(pills[nearest][0] if nearest >= 0 and pills[nearest][1] else -1, last)
    if before < 0 or around.sentence(number.start) - around.sentence(before) > _reach(around, number):
        return None
    return _without_noun(around, number)


def _listed(around: Surroundings, number: Number, before: Counted | None) -> Counted | None:
    """Read the weight of a further drug: "11 kilograms of Captagon plus four of cannabis", "crystal, 62"."""
    if before is None or before.unit.measure != "mass" or before.role != "load":
        return None
    if around.sentence(before.start) != around.sentence(number.start):
        return None
    folded, end = around.folded, number.end
    if of := _OF.match(folded, end):
        drug = next((m for m in around.between(of.end(), of.end() + 1) if m.value.drug), None)
        end = drug.end if drug else end
    else:
        near = [m for m in around.between(number.outer - 24, number.outer) if m.value.drug]
        drug = near[-1] if near and not folded[near[-1].end : number.outer].strip(" ,:-") else None
        if more := _MORE.match(folded, end):
            end = more.end()
        drug = drug if _ends(folded, end) else None
    if drug is None or drug.start in around.claimed:
        return None
    around.claimed.add(drug.start)
    low, high, unit = number.low, number.high, before.unit
    return Counted(
        number.outer, end, number.end, end, low, high, number.qualifier, unit, drug.value.drug, rule="listed"
    )


def _reach(around: Surroundings, number: Number) -> int:
    """Return how many sentences back the pills may be: "most of them, 202,570" and "7,280 more" look
    farther."""
    pronoun = _PRONOUN.search(around.folded, max(0, number.outer - 24), number.outer)
    pronoun = pronoun or _MORE.match(around.folded, number.end)
    return _PRONOUN_REACH if pronoun else 1


def _bare_drug(around: Surroundings, number: Number) -> Counted | None:
    """Read "80,000 Captagon", "12 million captagon were found"."""
    for mark in around.between(number.end, number.end + 5):
        gap = around.folded[number.end : mark.start]
        if mark.value.drug in PILL_DRUGS and not gap.strip(" \"')(ال") and _ends(around.folded, mark.end):
            return _tablets(number, mark.end, mark.value.drug, "bare drug")
        break
    return None


def _without_noun(around: Surroundings, number: Number) -> Counted | None:
    folded, end = around.folded, number.end
    if of_them := _OF_THEM.match(folded, end) or _OF_THE_DRUG.match(folded, end):
        return _tablets(number, of_them.end(), "", "elliptic")
    if _YEAR.match(folded, number.start):
        return None
    if more := _MORE.match(folded, end):
        end = more.end()
    elif (number.low or 0) < _LEAST or not _WRITTEN.search(folded, number.start, number.end):
        return None
    if not _ends(folded, end):
        return None
    drug = ""
    if kind := _OF_KIND.match(folded, end):
        drug = next((m.value.drug for m in around.between(kind.end(), kind.end() + 1) if m.value.drug), "")
    return _tablets(number, end, drug, "elliptic")


def _ends(folded: str, position: int) -> bool:
    """Tell whether no noun follows: punctuation, the end, or a word such as "in", "were", "في"."""
    while position < len(folded) and folded[position] in " )\"'":
        position += 1
    word = WORD.match(folded, position)
    if word is None:
        return position >= len(folded) or (not folded[position].isalnum() and folded[position] not in "%$€-")
    return word[0] in word_list("stops") or word[0] == "and"


def _tablets(number: Number, end: int, drug: str, rule: str) -> Counted:
    return Counted(
        number.outer,
        end,
        number.end,
        end,
        number.low,
        number.high,
        number.qualifier,
        units()["tablets"],
        drug,
        rule=rule,
    )
