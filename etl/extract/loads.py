"""Figures of one load: which repeat each other, which is a sum of others, which says it best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import floor, isclose, log10

from etl.extract.drugs import VAGUE, agree
from etl.extract.mentions import Quantity
from etl.vocabulary import load

_NEAR = 0.03
"""Figures this close are one figure, rounded differently."""
_ABOUT = 0.10
"""... with "about" before one of them."""
_OVER = 1.3
""""More than a tonne" may be 1.1 t, not 1.4 t."""
_FARTHEST = 2.0
"""No rounding makes more than twice a figure of it: "one tonne" of 1.9."""
_SUM = 0.005
"""Exact parts add up to an exact total; a rounded total is compared to its own digits."""
_COARSE = 3
"""Significant digits of a total that may be rounded."""
_SEVERAL = 1.5
"""The parts of "well over a million" may come to 1.3 million."""
_HALF = 0.5
"""Parts that a page tells apart are most of the total that it opens with."""
_MOST_PARTS = 8
"""Sums are looked for among at most this many figures: more would be chance."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in the base unit of its measure: tablets, capsules, kilograms, or packages by their kind."""

    index: int  # in Page.quantities
    part: int  # in Page.parts
    drug: str
    measure: str
    low: float
    high: float
    qualifier: str
    digits: int  # significant digits: how finely it is said
    told: bool = True  # by the story, not by a headline or caption

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def figure(index: int, part: int, quantity: Quantity, *, told: bool = True) -> Figure | None:
    """Return the figure of a quantity; None for a vague number."""
    if quantity.low is None or quantity.high is None or quantity.low <= 0:
        return None
    entry = load("units").get(quantity.unit, {})
    scale = float(entry.get("kg", 1.0))
    measure = "mass" if "kg" in entry else quantity.unit
    digits = max(significant(quantity.low), significant(quantity.high))
    return Figure(
        index,
        part,
        quantity.drug,
        measure,
        quantity.low * scale,
        quantity.high * scale,
        quantity.qualifier,
        digits,
        told,
    )


def significant(value: float) -> int:
    """Return the number of significant digits a figure is said with.

    >>> significant(4_700_000), significant(4_793_000), significant(1.1)
    (2, 4, 2)
    """
    digits = f"{value:.10g}".replace(".", "").split("e")[0].strip("0")
    return max(len(digits), 1)


def same_figure(one: Figure, other: Figure) -> bool:
    """Tell whether two figures may be one, told twice: rounded, cut ("4.7 million") or "more than"."""
    if one.low > _FARTHEST * other.high or other.low > _FARTHEST * one.high:
        return False
    if one.measure != other.measure or not agree(one.drug, other.drug):
        return False
    if isclose(one.low, other.low, rel_tol=_NEAR) and isclose(one.high, other.high, rel_tol=_NEAR):
        return True
    coarse, fine = (one, other) if one.digits <= other.digits else (other, one)
    return coarse.low <= fine.middle <= coarse.high or _rounds_to(coarse, fine)


def _rounds_to(coarse: Figure, fine: Figure) -> bool:
    """Tell whether the coarser of two figures may be a rounding of the finer, up, down or cut off."""
    gap = fine.middle - coarse.middle
    if coarse.qualifier == "over":
        return 0 <= gap <= coarse.middle * (_OVER - 1)
    if coarse.qualifier in {"about", "under"} and abs(gap) <= min(
        _last_place(coarse) / 2, coarse.middle * _ABOUT
    ):
        return True
    if coarse.digits == 1 and not coarse.told:
        return abs(gap) <= coarse.middle * _ABOUT  # "half a ton" in a headline, 525 kg below
    return coarse.digits not in {fine.digits, 1} and _is_within_last_place(coarse, fine.middle)


def _last_place(figure: Figure) -> float:
    """What one more in the last digit that a figure gives would add."""
    return 10.0 ** (floor(log10(figure.middle)) - figure.digits + 1)


def _is_within_last_place(coarse: Figure, value: float) -> bool:
    """Whether a figure may be a value rounded to the nearest or cut off."""
    place = _last_place(coarse)
    return -place / 2 <= value - coarse.middle < place


def sum_of(total: Figure, others: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return two or more of `others` that add up to `total`; empty where none do."""
    parts = [
        f
        for f in others
        if f.measure == total.measure and f.middle < total.middle and agree(f.drug, total.drug)
    ]
    if len(parts) < 2 or len(parts) > _MOST_PARTS:
        return ()
    if _rounds_up_to(total, sum(f.middle for f in parts)):
        return tuple(parts)
    for size in range(len(parts), 1, -1):
        for chosen in combinations(parts, size):
            if _adds_up(total, sum(f.middle for f in chosen)):
                return chosen
    return ()


def _rounds_up_to(total: Figure, added: float) -> bool:
    """Tell whether a coarse total may be what all the parts come to: "2.3 tonnes", 249 kg and 2,103 kg."""
    return 1 < total.digits <= _COARSE and _is_within_last_place(total, added)


def may_hold(total: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether figures told apart may be parts of a total, not necessarily all of them."""
    added = sum(f.middle for f in parts)
    most = _SEVERAL if total.qualifier in {"over", "about"} else 1 + _SUM
    return len(parts) > 1 and total.middle * _HALF <= added <= total.middle * most


def _adds_up(total: Figure, added: float) -> bool:
    if isclose(total.middle, added, rel_tol=_SUM):
        return True
    if total.qualifier == "over":
        return total.middle <= added <= total.middle * (1 + _ABOUT)
    if total.qualifier == "about":
        return isclose(total.middle, added, rel_tol=_NEAR)
    return False


def best_of(figures: Sequence[Figure]) -> Figure:
    """Return the figure to keep of several that repeat each other: the story's, the finest, the first."""
    return max(
        figures,
        key=lambda f: (f.told, f.digits, f.drug not in VAGUE, f.qualifier != "over", -f.part, -f.index),
    )
