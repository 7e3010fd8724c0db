"""Numbers with their units: "595kg", "34 million narcotic pills", "طن و100 كغم", "a tonne and a half"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.extract.mentions import Number
from etl.extract.surroundings import Surroundings, word_list
from etl.extract.unit_words import POUNDS, WORD, skip_ornaments, unit_at
from etl.vocabulary.units import Unit, units

_WORDS_AHEAD = 7
_JOIN = re.compile(r",? ?(?:and |& ?|و ?)?(?:a |an )?[(\"]?")
AND = re.compile(r",? ?(?:and |& ?|و ?)(?:a |an )?[(\"]?")
_ADJECTIVE = re.compile(r"(?:ed|ing|ous|ive|ic|al|ant)\Z")
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.,])")
_IN_YEAR = re.compile(r"(?<![a-zء-ي])(?:in|since|during|until|year|of|عام|العام|سنه|منذ|في) \Z")
_DETERMINERS = frozenset(("the", "a", "an", "these", "such", "their"))


@dataclass
class Counted:
    """A quantity while it is read. `start`: its words of precision included; `drug_at`: where its drug was
    named.
    """

    start: int
    end: int
    number_end: int
    unit_end: int
    low: float | None
    high: float | None
    qualifier: str
    unit: Unit
    drug: str = ""
    role: str = "load"
    rule: str = ""
    drug_at: int = -1


def counted(around: Surroundings, numbers: Sequence[Number]) -> list[Counted]:
    """Return every number that has a unit, in order."""
    found: list[Counted] = []
    used: set[int] = set()
    for i, number in enumerate(numbers):
        if i in used or i in around.sums or number.ordinal or _is_year(around.folded, number):
            continue
        at = _unit_after(around, number.end, number)
        if at is None:
            continue
        unit, end = at
        if unit.code == POUNDS and found and around.folded[found[-1].unit_end : number.outer].strip() == "(":
            continue  # the same weight again: "461 kilograms (1,000 pounds)"
        one = Counted(number.outer, end, number.end, end, number.low, number.high, number.qualifier, unit)
        if unit.measure == "mass":
            add_parts(around.folded, one, numbers, i + 1, used)
        precision_behind(around, one)
        found.append(one)
    return found


def _is_year(folded: str, number: Number) -> bool:
    """Tell "in 2024 pills were rare" from "2024 pills"."""
    if number.end - number.start != 4 or not _YEAR.match(folded, number.start):
        return False
    return _IN_YEAR.search(folded, max(0, number.start - 10), number.start) is not None


def _unit_after(around: Surroundings, end: int, number: Number) -> tuple[Unit, int] | None:
    """Return the unit behind a number, past adjectives and names of drugs."""
    folded, position = around.folded, end
    for step in range(_WORDS_AHEAD):
        position = skip_ornaments(folded, position)
        found = unit_at(folded, position)
        if found and folded.startswith("-sized", found[1]):
            position = found[1] + len("-sized")
            continue
        if found:
            if found[1] - position == 1 and (step or not folded[number.end - 1].isdecimal()):
                return None  # single letters are units right behind digits only
            return found
        mark = around.by_start.get(position) or around.by_start.get(position + 2)
        if mark and mark.value.drug and "pill" not in mark.value.cues:
            position = mark.end
            continue
        word = WORD.match(folded, position)
        if not word or not (word[0] in word_list("modifiers") or _ADJECTIVE.search(word[0])):
            return None
        if step == 0 and word[0] in _DETERMINERS and not _half(number, word[0]):
            return None  # "sold one by one the pills"
        position = word.end()
    return None


def _half(number: Number, article: str) -> bool:
    """Tell "half a tonne" from "one the pills"."""
    return number.low is not None and 0 < number.low < 1 and article in ("a", "an")


def add_parts(folded: str, one: Counted, numbers: Sequence[Number], i: int, used: set[int]) -> None:
    """Add what follows in a smaller unit, or a half: "6 أطنان، و183 كيلوغراما", "a tonne and a half"."""
    if one.low is None or i >= len(numbers):
        return
    part = numbers[i]
    if part.low is None or part.outer < part.start or part.start - one.unit_end > 8 or one.low != one.high:
        return
    join = _JOIN.match(folded, one.unit_end)
    if not join or (join.end() != part.start and not folded.startswith(("a ", "an "), part.start)):
        return
    at = unit_at(folded, skip_ornaments(folded, part.end))
    fraction = 0 < part.low < 1 and AND.fullmatch(folded, one.unit_end, part.start)
    if fraction and (at is None or at[0] == one.unit):
        one.low = one.high = one.low + part.low
        one.end = one.unit_end = one.number_end = at[1] if at else part.end
        used.add(i)
    elif at and at[0].measure == "mass" and at[0].kg < one.unit.kg:
        kilograms = one.low * one.unit.kg + _smaller(one, part.low, at[0])
        if kilograms > one.low * one.unit.kg:
            one.low = one.high = round(kilograms, 6)
            one.unit, one.unit_end, one.end, one.number_end = units()["kg"], at[1], at[1], part.end
            one.rule = "compound"
            used.add(i)


def _smaller(one: Counted, value: float, unit: Unit) -> float:
    """Return the kilograms of the smaller part; 0 where it can't be a part.

    "13 طنا و763 ألفا و200 كيلوغرام" says 763,200 kg beside 13 tonnes. The writer read 13,763.2 kg aloud group
    by group, so a smaller part of thousands stands for kilograms and grams.
    """
    kilograms = value * unit.kg
    if kilograms < one.unit.kg:
        return kilograms
    if (
        one.unit.code == "tonnes"
        and unit.code == "kg"
        and 1e3 <= value < 1e6
        and value > (one.low or 0) * 1e3
    ):
        return value / 1e3
    return 0.0


def precision_behind(around: Surroundings, one: Counted) -> None:
    """Read "16 كيلوغراما تقريبا", "1,000 pills or more"."""
    if one.qualifier != "exact":
        return
    for mark in around.between(one.unit_end, one.unit_end + 4):
        for cue in mark.value.cues:
            if cue.startswith("precision"):
                one.qualifier, one.end = cue.split()[1], mark.end
