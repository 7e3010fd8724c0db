"""Units without a number, that stand for one or two of themselves: "over a kilogram", "طن من الحشيش"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from etl.extract.counted import AND, Counted, add_parts, precision_behind
from etl.extract.mentions import Number
from etl.extract.surroundings import Surroundings
from etl.extract.unit_words import skip_ornaments, unit_at
from etl.vocabulary.units import Unit

_ARTICLE = re.compile(r"(?<![\w-])(?:an?|one) \Z")
_ONE = re.compile(r" (?:واحد[اه]?)(?![ء-ي])")
_PLURALS = frozenset(("اطنان", "كيلوغرامات", "كيلوجرامات", "غرامات", "جرامات", "كيلو غرامات", "كيلو جرامات"))


def bare_units(around: Surroundings, numbers: Sequence[Number], found: Sequence[Counted]) -> list[Counted]:
    """Return the units that stand for themselves. `found`: the quantities that have a number."""
    inside = {m.start for one in found for m in around.between(one.start, one.unit_end)}
    loads = []
    used: set[int] = set()
    for mark in around.marks:
        if "unit" not in mark.value.cues or mark.start in inside:
            continue
        at = unit_at(around.folded, mark.start)
        read = _english if around.folded[mark.start] < "ء" else _arabic
        one = read(around, at[0], mark.start, mark.end) if at else None
        if one is None:
            continue
        if one.unit.measure == "mass":
            add_parts(around.folded, one, numbers, bisect_left(around.number_starts, mark.end), used)
        precision_behind(around, one)
        loads.append(one)
    return loads


def _english(around: Surroundings, unit: Unit, start: int, end: int) -> Counted | None:
    """Read "a tonne", "over a kilogram", "a bag"; not "850,000 dinars a tonne"."""
    article = _ARTICLE.search(around.folded, max(0, start - 5), start)
    if not article or around.folded[end - 1] == "s":
        return None
    if any(0 <= article.start() - sum_.end <= 2 for sum_ in around.sums_before(start)):
        return None
    outer, qualifier = _precision_before(around, article.start())
    return Counted(outer, end, article.end(), end, 1.0, 1.0, qualifier, unit, rule="article")


def _arabic(around: Surroundings, unit: Unit, start: int, end: int) -> Counted | None:
    """Read a dual, or a singular that words of precision, "one", a drug or a smaller unit make a quantity."""
    word = around.folded[start:end]
    if unit.measure != "mass" or word in _PLURALS:
        return None
    outer, qualifier = _precision_before(around, start)
    dual, said = word.endswith(("ين", "ان")), _ONE.match(around.folded, end)
    speaks = dual or said or qualifier != "exact" or _drug_follows(around, end) or _part_follows(around, end)
    if not speaks:
        return None
    value, stop = 2.0 if dual else 1.0, said.end() if said else end
    rule = "dual" if dual else "bare unit"
    return Counted(outer, stop, start, stop, value, value, qualifier, unit, rule=rule)


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


def _drug_follows(around: Surroundings, end: int) -> bool:
    """Tell whether a drug, or a smaller unit with its number, stands right behind: "طن من الحشيش", "طن و100
    كغم".
    """
    for mark in around.between(end, end + 14):
        gap = around.folded[end : mark.start].strip(' "(')
        return bool(mark.value.drug) and gap in ("", "من", "من ال", "ال")
    return False


def _part_follows(around: Surroundings, end: int) -> bool:
    """Tell whether "and" and a number with a smaller unit stand right behind."""
    join = AND.match(around.folded, end)
    index = bisect_left(around.number_starts, end)
    if not join or index == len(around.numbers):
        return False
    number = around.numbers[index]
    if join.end() not in (around.number_starts[index], around.number_starts[index] + 1):
        return False
    at = unit_at(around.folded, skip_ornaments(around.folded, number.end))
    return (at is not None and at[0].measure == "mass") or number.low == 0.5
