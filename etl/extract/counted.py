"""Numbers with their units: "595kg", "34 million narcotic pills", "طن و100 كغم", "a tonne and a half"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from etl.extract.mentions import Number
from etl.extract.surroundings import Surroundings, word_list
from etl.extract.unit_words import WORD, skip_ornaments, unit_at
from etl.vocabulary.units import Unit, units

_WORDS_AHEAD = 7
_JOIN = re.compile(r",? ?(?:and |& ?|و ?)?(?:a |an )?[(\"]?")
_AND = re.compile(r",? ?(?:and |& ?|و ?)(?:a |an )?[(\"]?")
_ARTICLE = re.compile(r"(?<![\w-])(?:an?|one) \Z")
_ADJECTIVE = re.compile(r"(?:ed|ing|ous|ive|ic|al|ant)\Z")
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.,])")
_IN_YEAR = re.compile(r"(?<![a-zء-ي])(?:in|since|during|until|year|of|عام|العام|سنه|منذ|في) \Z")
_DETERMINERS = frozenset(("the", "a", "an", "these", "such", "their"))
_ONE = re.compile(r" (?:واحد[اه]?)(?![ء-ي])")


@dataclass
class Counted:
    """A quantity while it is read. `start`: its words of precision included; `drug_at`: where its drug was
    named."""

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
    """Return every number that has a unit, and every unit that stands for one of itself ("a tonne")."""
    found: list[Counted] = []
    used: set[int] = set()
    for i, number in enumerate(numbers):
        if i in used or i in around.sums or number.ordinal or _is_year(around.folded, number):
            continue
        at = _unit_after(around, number.end, number)
        if at is None:
            continue
        unit, end = at
        one = Counted(number.outer, end, number.end, end, number.low, number.high, number.qualifier, unit)
        if unit.measure == "mass":
            _add_parts(around.folded, one, numbers, i + 1, used)
        _precision_behind(around, one)
        found.append(one)
    alone = _without_number(around, numbers, found)
    return _without_overlaps([*found, *alone])


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


def _without_overlaps(found: list[Counted]) -> list[Counted]:
    """Return the quantities in order; of two that overlap the one that begins first stays."""
    kept: list[Counted] = []
    for one in sorted(found, key=lambda one: (one.start, -one.unit_end)):
        if not kept or one.start >= kept[-1].unit_end:
            kept.append(one)
    return kept


def _half(number: Number, article: str) -> bool:
    """Tell "half a tonne" from "one the pills"."""
    return number.low is not None and 0 < number.low < 1 and article in ("a", "an")


def _add_parts(folded: str, one: Counted, numbers: Sequence[Number], i: int, used: set[int]) -> None:
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
    fraction = 0 < part.low < 1 and _AND.fullmatch(folded, one.unit_end, part.start)
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
    by
    group, so a smaller part of thousands stands for kilograms and grams.
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


def _precision_behind(around: Surroundings, one: Counted) -> None:
    """Read "16 كيلوغراما تقريبا", "1,000 pills or more"."""
    if one.qualifier != "exact":
        return
    for mark in around.between(one.unit_end, one.unit_end + 4):
        for cue in mark.value.cues:
            if cue.startswith("precision"):
                one.qualifier, one.end = cue.split()[1], mark.end


def _without_number(
    around: Surroundings, numbers: Sequence[Number], found: Sequence[Counted]
) -> list[Counted]:
    """Return units that stand for one or two of themselves: "over a kilogram", "طنين", "طن من الكبتاغون"."""
    inside = {m.start for one in found for m in around.between(one.start, one.unit_end)}
    loads = []
    used: set[int] = set()
    for mark in around.marks:
        if "unit" not in mark.value.cues or mark.start in inside:
            continue
        one = _alone(around, mark.start, mark.end)
        if one:
            if one.unit.measure == "mass":
                nearest = bisect_left(around.number_starts, mark.end)
                _add_parts(around.folded, one, numbers, nearest, used)
            _precision_behind(around, one)
            loads.append(one)
    return loads


def _alone(around: Surroundings, start: int, end: int) -> Counted | None:
    folded = around.folded
    at = unit_at(folded, start)
    if at is None or end - start == 1:
        return None
    unit = at[0]
    if folded[start] < "ء":
        article = _ARTICLE.search(folded, max(0, start - 5), start)
        if not article or folded[end - 1] == "s":
            return None
        outer, qualifier = _precision_before(around, article.start())
        return Counted(outer, end, article.end(), end, 1.0, 1.0, qualifier, unit, rule="article")
    dual = folded[start:end].endswith(("ين", "ان")) and unit.measure != "packages"
    outer, qualifier = _precision_before(around, start)
    said = _ONE.match(folded, end)
    plural = _is_plural(folded[start:end])
    if unit.measure != "mass" or plural:
        return None
    if not (dual or said or qualifier != "exact" or _drug_follows(around, end) or _part_follows(around, end)):
        return None
    value = 2.0 if dual else 1.0
    stop = said.end() if said else end
    return Counted(
        outer, stop, start, stop, value, value, qualifier, unit, rule="dual" if dual else "bare unit"
    )


def _precision_before(around: Surroundings, start: int) -> tuple[int, str]:
    """Return where the words of precision right before a unit begin, and the qualifier."""
    for mark in reversed(around.between(max(0, start - 30), start)):
        gap = around.folded[mark.end : start]
        if mark.end > start or gap.strip(" \"'(") not in ("", "ال", "ب", "من"):
            return start, "exact"
        for qualifier in ("about", "over", "under"):
            if f"{qualifier} before" in mark.value.cues:
                return mark.start, qualifier
    return start, "exact"


_PLURALS = frozenset(("اطنان", "كيلوغرامات", "كيلوجرامات", "غرامات", "جرامات", "كيلو غرامات", "كيلو جرامات"))


def _is_plural(word: str) -> bool:
    return word in _PLURALS


def _drug_follows(around: Surroundings, end: int) -> bool:
    """Tell whether a drug, or a smaller unit with its number, stands right behind: "طن من الحشيش", "طن و100
    كغم"."""
    for mark in around.between(end, end + 14):
        gap = around.folded[end : mark.start].strip(' "(')
        return bool(mark.value.drug) and gap in ("", "من", "من ال", "ال")
    return False


def _part_follows(around: Surroundings, end: int) -> bool:
    """Tell whether "and" and a number with a smaller unit stand right behind."""
    join = _AND.match(around.folded, end)
    if not join or join.end() not in (around.next_number(end), around.next_number(end) + 1):
        return False
    number = around.numbers[bisect_left(around.number_starts, end)]
    at = unit_at(around.folded, skip_ornaments(around.folded, number.end))
    return (at is not None and at[0].measure == "mass") or number.low == 0.5
