"""How well two reports agree on how much was seized.

Figures that agree to the digit count by how many digits they commit themselves to: many seizures are of
3,000,000 tablets, few of 1,270,000. A rounded figure agrees with the finer one that it rounds or cuts.
"""

from __future__ import annotations

from etl.link.profile import Profile

CONVERTS_G = (0.15, 0.19)
"""Grams a tablet at which a weight and a count are one load: around the ledger's median of 0.167 g."""
CONVERTS_ROUGHLY_G = (0.11, 0.26)
PRECISE_DIGITS = 4
"""Two figures of so many digits that differ were counted in two seizures, or one is a slip of the pen."""
VAGUE = frozenset({"about", "over", "under", "range"})
RATIO_LEVELS = ((1.03, "close"), (1.1, "near"), (1.3, "roughly"), (2.0, "differs"), (5.0, "far"))


def amount(a: Profile, b: Profile) -> str:
    """Level of agreement of counts, else of weights, else of a count with a weight."""
    if a.count is not None and b.count is not None:
        return _counts(a, b, a.count, b.count)
    if a.kg is not None and b.kg is not None:
        return "weight_" + _weights(a.kg, b.kg)
    if a.count is not None and b.kg is not None:
        return _conversion(a.count, b.kg)
    if b.count is not None and a.kg is not None:
        return _conversion(b.count, a.kg)
    return "both_silent" if a.size is None and b.size is None else "one_silent"


def weight(a: Profile, b: Profile) -> str:
    """Stated weights beside stated counts: a second opinion."""
    if a.count is None or b.count is None or a.kg is None or b.kg is None:
        return ""
    return _weights(a.kg, b.kg)


def hedge(a: Profile, b: Profile) -> str:
    """`about`, `over` or `almost` on one side only."""
    if a.count is None or b.count is None:
        return ""
    return "one_vague" if (a.qualifier in VAGUE) != (b.qualifier in VAGUE) else ""


def significant_digits(value: float) -> int:
    """How many digits a figure commits itself to.

    >>> significant_digits(3_000_000), significant_digits(1_270_000), significant_digits(18.5)
    (1, 3, 3)
    """
    mantissa = f"{value:.9e}".split("e")[0].replace(".", "").rstrip("0")
    return max(1, len(mantissa))


def rounds_to(fine: float, coarse: float) -> bool:
    """Whether `coarse` is `fine` written with fewer digits, rounded or cut off.

    >>> rounds_to(1_270_000, 1_300_000), rounds_to(1_270_000, 1_200_000), rounds_to(1_270_000, 1_500_000)
    (True, True, False)
    """
    exponent = int(f"{coarse:.9e}".split("e")[1])
    step = 10.0 ** (exponent - significant_digits(coarse) + 1)
    return abs(fine - coarse) <= step / 2 or 0 <= fine - coarse < step


def _counts(a: Profile, b: Profile, count_a: float, count_b: float) -> str:
    low, high = sorted((count_a, count_b))
    if low == high:
        return f"same_{min(4, significant_digits(low))}"
    if low <= 0:
        return "differs"
    ratio = high / low
    digits_a, digits_b = significant_digits(count_a), significant_digits(count_b)
    fine, coarse = (count_a, count_b) if (digits_a, count_a) > (digits_b, count_b) else (count_b, count_a)
    if ratio < RATIO_LEVELS[2][0] and rounds_to(fine, coarse):
        return f"rounded_{min(2, digits_a, digits_b)}" if ratio < RATIO_LEVELS[1][0] else "rounded_far"
    smaller = a if count_a == low else b
    if smaller.qualifier == "over" and ratio < RATIO_LEVELS[2][0]:
        return "over"
    if min(digits_a, digits_b) >= PRECISE_DIGITS and ratio < RATIO_LEVELS[3][0]:
        return "precisely_other"
    return _by_ratio(ratio)


def _weights(a: float, b: float) -> str:
    low, high = sorted((a, b))
    if low == high:
        return f"same_{min(2, significant_digits(low))}"
    return _by_ratio(high / low) if low > 0 else "differs"


def _by_ratio(ratio: float) -> str:
    return next((level for limit, level in RATIO_LEVELS if ratio < limit), "very_far")


def _conversion(count: float, kg: float) -> str:
    if count <= 0:
        return ""
    grams = kg * 1000 / count
    if CONVERTS_G[0] <= grams <= CONVERTS_G[1]:
        return "converts"
    return "converts_roughly" if CONVERTS_ROUGHLY_G[0] <= grams <= CONVERTS_ROUGHLY_G[1] else "converts_not"
