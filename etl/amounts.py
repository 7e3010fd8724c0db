"""What a row's figures mean in tablets and kilograms: low, best and high, stated or converted.

Nothing is corrected here. A figure keeps its meaning ("over" has no high, "up to" no low), weight becomes
tablets only where whole tablets were weighed, and a count that doesn't fit its weight gets a flag.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.records import Amount, Claim, Span
from etl.vocabulary.drugs import CAPTAGON, drug_group
from etl.vocabulary.forms import TABLETS, capacity_clauses, is_only_capacity, load_form, worded_qualifier
from etl.vocabulary.units import tablet_mass, units

NOTHING = Span()
_WEIGHED = frozenset({TABLETS, "crushed_or_powder"})  # forms whose count and weight are of the same pills


@dataclass(frozen=True, slots=True)
class Figures:
    """Tablets and kilograms of one row; `conversion_g` is set where one was computed from the other."""

    tablets: Span
    kg: Span
    form: str
    conversion_g: float | None = None
    mass_g: float | None = None
    capacity: str = ""
    flags: tuple[str, ...] = field(default=())


def figures(claim: Claim) -> Figures:
    """Return the figures of a claim in common units, with the flags that concern them."""
    amount, flags = claim.amount, []
    unit = units()[amount.unit]
    capacity = "; ".join(capacity_clauses(amount.as_written))
    if is_only_capacity(amount.as_written):
        if amount.quantity is not None:
            flags.append("capacity_not_amount")
        amount = Amount(unit=amount.unit)
    counted = amount.quantity is not None
    others = tuple(sorted(load.drug for load in claim.other_loads if load.quantity is not None))
    form = load_form(
        claim.drug,
        unit.measure,
        counted=counted,
        as_written=amount.as_written,
        hiding=claim.concealment,
        others=others,
    )
    tablets = stated(amount) if unit.measure == TABLETS else NOTHING
    kg = stated(amount, unit.kg) if unit.measure == "mass" and counted else weighed(claim.weight_kg)
    if unit.measure == "mass" and counted and claim.weight_kg is not None:
        flags += ["weights_differ"] * (abs((kg.best or 0) - claim.weight_kg) > 0.01 * claim.weight_kg)
    if unit.measure == "packages" and counted and not kg.known:
        flags.append("packages_only")
    mass = _mass_g(tablets, kg) if form in _WEIGHED else None
    if mass is not None:
        flags += mass_flags(tablets.best or 1, kg.best or 0)
    conversion = None
    if form == TABLETS and tablets.known != kg.known:
        conversion = tablet_mass().best
        if kg.known:
            tablets = tablets_of(kg)
            flags.append("converted_from_weight")
            flags += ["kind_unstated_converted"] * (drug_group(claim.drug) != CAPTAGON)
        else:
            kg = kg_of(tablets)
    elif kg.known and not tablets.known and form not in {TABLETS, "unknown"}:
        flags.append("not_tablets")
    return Figures(tablets, kg, form, conversion, mass, capacity, tuple(flags))


def stated(amount: Amount, factor: float = 1.0) -> Span:
    """Return the span of a stated amount, times `factor` (kilograms a unit).

    exact, about: one figure is all three. over: low and best, no high. under: best and high, no low.
    A second figure makes a range, its middle the best. "about" widens nothing: no page says by how much.
    """
    if amount.quantity is None:
        return NOTHING
    low = round(amount.quantity * factor, 6)
    if amount.quantity_high is not None and amount.quantity_high > amount.quantity:
        high = round(amount.quantity_high * factor, 6)
        return Span(low, (low + high) / 2, high, "stated")
    match worded_qualifier(amount.qualifier, amount.as_written):
        case "over":
            return Span(low, low, None, "stated")
        case "under":
            return Span(None, low, low, "stated")
        case _:
            return Span(low, low, low, "stated")


def weighed(weight_kg: float | None) -> Span:
    """Return the span of a weight stated beside a count."""
    return NOTHING if weight_kg is None else Span(weight_kg, weight_kg, weight_kg, "stated")


def tablets_of(kg: Span) -> Span:
    """Convert a weight to whole tablets: heavy tablets for low, light ones for high."""
    mass = tablet_mass()
    return Span(
        None if kg.low is None else round(kg.low * 1000 / mass.high),
        None if kg.best is None else round(kg.best * 1000 / mass.best),
        None if kg.high is None else round(kg.high * 1000 / mass.low),
        "converted",
    )


def kg_of(tablets: Span) -> Span:
    """Convert a number of tablets to kilograms, to the gram."""
    mass = tablet_mass()
    return Span(
        None if tablets.low is None else round(tablets.low * mass.low / 1000, 3),
        None if tablets.best is None else round(tablets.best * mass.best / 1000, 3),
        None if tablets.high is None else round(tablets.high * mass.high / 1000, 3),
        "converted",
    )


def mass_flags(tablets: float, kg: float) -> list[str]:
    """Say whether a count and a weight can be of the same tablets, and what may have gone wrong if not."""
    mass, pair = tablet_mass(), kg * 1000 / tablets
    if mass.plausible_low <= pair <= mass.plausible_high:
        return []
    hints = ["gross_weight"] * (pair > mass.plausible_high) + ["digit_slip"] * _slip_explains(tablets, kg)
    return ["mass_check", *hints]


def _usual(kg: float, tablets: float) -> bool:
    mass = tablet_mass()
    return tablets > 0 and mass.low <= kg * 1000 / tablets <= mass.high


def _slip_explains(tablets: float, kg: float) -> bool:
    """Tell whether shifting a decimal point, or taking one digit out of a figure, makes a usual tablet.

    2,015 kg for 1.35 million tablets: without the 0 it is 215 kg, 0.159 g a tablet.
    """
    shifted = any(_usual(kg * factor, tablets) for factor in (0.001, 0.01, 0.1, 10, 100, 1000))
    return (
        shifted
        or any(_usual(less, tablets) for less in _without_a_digit(kg))
        or any(_usual(kg, less) for less in _without_a_digit(tablets))
    )


def _without_a_digit(number: float) -> list[float]:
    digits = f"{number:.0f}"
    return [float(digits[:i] + digits[i + 1 :]) for i in range(len(digits)) if len(digits) > 1]


def _mass_g(tablets: Span, kg: Span) -> float | None:
    """Return grams a tablet of a stated count and a stated weight, None without both."""
    if tablets.basis != "stated" or kg.basis != "stated" or not tablets.best or kg.best is None:
        return None
    return kg.best * 1000 / tablets.best
