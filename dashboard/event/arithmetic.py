"""The sums behind a seizure's figures: count against weight, value against count, slips of a digit.

Pure: figures in, checks out; nothing is ever changed by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dashboard.event.plausible import Range

MASS, VALUE = "mass", "value"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one page states itself: tablets, kilograms, US dollars; None where it does not."""

    outlet: str
    tablets: float | None
    kg: float | None
    dollars: float | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of a digit that would explain a misfit: `figure` (tablets, kg or dollars) for `instead`.

    `also` are outlets that give `instead` themselves, `result` what the sum comes to with it.
    """

    unit: str
    figure: float
    instead: float
    result: float
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One sum: `amount` (kg or dollars) over `tablets` is `result` (grams or dollars a tablet)."""

    kind: str
    outlets: tuple[str, ...]
    amount: float
    tablets: float
    result: float
    allowed: Range
    slip: Slip | None

    @property
    def fits(self) -> bool:
        return self.allowed.holds(self.result)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A kind of sum: which amount goes over the count, and what that comes to."""

    kind: str
    unit: str
    allowed: Range
    amount: Callable[[Figures], float | None]
    factor: float

    def of(self, amount: float, tablets: float) -> float:
        return amount * self.factor / tablets

    def fits(self, amount: float, tablets: float) -> bool:
        return self.allowed.holds(self.of(amount, tablets))


def checks(figures: Iterable[Figures], mass: Range, price: Range) -> tuple[Check, ...]:
    """Every pair that a page gives, one check for all outlets with the same pair; misfits first."""
    told = list(figures)
    kinds = (
        _Sum(MASS, "kg", mass, lambda one: one.kg, 1000),
        _Sum(VALUE, "dollars", price, lambda one: one.dollars, 1),
    )
    found = [check for kind in kinds for check in _pairs(kind, told)]
    return tuple(sorted(found, key=lambda one: one.fits))


def _pairs(kind: _Sum, told: list[Figures]) -> Iterator[Check]:
    outlets: dict[tuple[float, float], list[str]] = {}
    for one in told:
        if one.tablets and (amount := kind.amount(one)):
            outlets.setdefault((amount, one.tablets), []).append(one.outlet)
    for (amount, tablets), names in outlets.items():
        slip = None if kind.fits(amount, tablets) else _slip(kind, amount, tablets, told)
        result = kind.of(amount, tablets)
        yield Check(kind.kind, tuple(dict.fromkeys(names)), amount, tablets, result, kind.allowed, slip)


def _slip(kind: _Sum, amount: float, tablets: float, told: list[Figures]) -> Slip | None:
    """The slip that explains a misfit: one that another outlet's figure bears out, else a shifted decimal."""
    for instead in digits_apart(amount):
        also = tuple(dict.fromkeys(one.outlet for one in told if kind.amount(one) == instead))
        if also and kind.fits(instead, tablets):
            return Slip(kind.unit, amount, instead, kind.of(instead, tablets), also)
    for instead in digits_apart(tablets):
        also = tuple(dict.fromkeys(one.outlet for one in told if one.tablets == instead))
        if also and kind.fits(amount, instead):
            return Slip("tablets", tablets, instead, kind.of(amount, instead), also)
    for instead in (amount / 10, amount * 10):
        if kind.fits(instead, tablets):
            return Slip(kind.unit, amount, instead, kind.of(instead, tablets), ())
    return None


def digits_apart(figure: float) -> tuple[float, ...]:
    """What a figure would be with one digit less or its decimal point shifted: 215 for 2,015."""
    digits = f"{figure:.0f}"
    shorter = (float(digits[:i] + digits[i + 1 :]) for i in range(len(digits)) if len(digits) > 1)
    return tuple(one for one in dict.fromkeys((*shorter, figure / 10, figure * 10)) if one)
