"""Numbers of pills whose noun is left out: "2.4 million of them", "a third gave up 62,790"."""

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
_MORE = re.compile(r" (?:more|others?|further|additional|اخري)(?![a-zء-ي])")
_OF_KIND = re.compile(r",? of the ")
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.,])")
_WRITTEN = re.compile(r"[a-zء-ي.,٬]|\d{5}| \d{3}")


def elliptic(around: Surroundings, numbers: Sequence[Number], counted: Sequence[Counted]) -> list[Counted]:
    """Return the numbers that count pills without saying so, given those that say so."""
    taken = [one.start for one in counted]
    ends = [max(one.end, one.number_end) for one in counted]
    pills = sorted(
        [(one.end, "pill") for one in counted if one.unit.measure == "tablets"]
        + [(m.end, "pill") for m in around.marks if "pill" in m.value.cues]
        + [(m.end, "other") for m in around.marks if "person" in m.value.cues]
        + [(found.end, "other") for found in around.sums.values()]
    )
    places = [end for end, _ in pills]
    found: list[Counted] = []
    last = -1
    for i, number in enumerate(numbers):
        if i in around.sums or number.ordinal or number.low is None or number.low < _LEAST_OTHERS:
            continue
        at = bisect_left(taken, number.end) - 1
        if at >= 0 and ends[at] > number.start:
            continue
        one = _bare_drug(around, number)
        if one is None:
            nearest = bisect_left(places, number.outer) - 1
            before = places[nearest] if nearest >= 0 and pills[nearest][1] == "pill" else -1
            if (
                max(before, last) >= 0
                and around.sentence(number.start) - around.sentence(max(before, last)) <= 1
            ):
                one = _without_noun(around, number)
        if one:
            set_role(around, one)
            found.append(one)
            last = one.end
    return found


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
    return word[0] in word_list("stops") or word[0] in ("and", "of")


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
