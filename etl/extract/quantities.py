"""Finding quantities: a number with its unit, the drug that its phrase names, and the part it plays.

Three steps, each one pass: units are looked for behind every number (`counted`), drugs and cues around it
(`surroundings`), and figures that count and weigh one load are tied (`ties`).
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.bare_units import bare_units
from etl.extract.counted import Counted, counted
from etl.extract.ellipsis import elliptic
from etl.extract.mentions import Number, Quantity
from etl.extract.surroundings import Surroundings, describe
from etl.extract.text import Text
from etl.extract.ties import tie

__all__ = ["find"]


def find(text: Text, numbers: Sequence[Number]) -> list[Quantity]:
    """Return the quantities of a text in order. `numbers`: what `numbers.find` found in it."""
    around = Surroundings(text, numbers)
    with_number = counted(around, numbers)
    loads = _without_overlaps([*with_number, *bare_units(around, numbers, with_number)])
    loads = [one for one in loads if describe(around, one)]
    loads = sorted([*loads, *elliptic(around, numbers, loads)], key=lambda one: one.start)
    ties = tie(around, loads)
    kept = [i for i, one in enumerate(loads) if one.unit.measure != "packages" or one.drug or i in ties]
    place = {index: k for k, index in enumerate(kept)}
    return [_quantity(text.folded, loads[i], place.get(ties.get(i, -1))) for i in kept]


def _without_overlaps(found: list[Counted]) -> list[Counted]:
    """Return the quantities in order; of two that overlap the one that begins first stays."""
    kept: list[Counted] = []
    for one in sorted(found, key=lambda one: (one.start, -one.unit_end)):
        if not kept or one.start >= kept[-1].unit_end:
            kept.append(one)
    return kept


def _quantity(folded: str, one: Counted, tied_to: int | None) -> Quantity:
    start = one.start - _opens_bracket(folded, one)
    return Quantity(
        start,
        one.end,
        one.low,
        one.high,
        one.unit.code,
        one.qualifier,
        one.drug,
        one.role,
        tied_to,
        one.rule,
    )


def _opens_bracket(folded: str, one: Counted) -> bool:
    """Tell whether the phrase begins behind a bracket that it closes: "(4,793,000) pills"."""
    phrase = folded[one.start : one.end]
    return folded.startswith("(", one.start - 1) and one.start > 0 and phrase.count(")") > phrase.count("(")
