"""A number written in digits: which of its marks group thousands and which one begins the decimals.

Newspapers write 1,350,000, 1.350.000, 1 350 000, 1٬350٬000, 1.35 million and 1,35 million, often on one page,
so
each numeral is decided by itself: by the length of its groups and by the word that follows.
"""

from __future__ import annotations

import re

LONGEST = 24
"""Characters of the longest numeral read; longer runs of digits are codes or noise."""

_MARK = re.compile(r"[.,٫٬]")
_MARKS = re.compile(r"[.,٫٬]+")


def value_of(numeral: str, scale: float, measure: str, *, arabic: bool = False) -> float | None:
    """Return the value of a numeral such as "1.350.000", None for what is no number (a date, a code).

    `scale` is the scale word's value that follows (1 for none: "6.447 million" has decimals, "6.447 pills"
    has not), `measure` what the noun after it counts: "tablets", "packages", "mass" or "".
    """
    if len(numeral) > LONGEST:
        return None
    marks = _MARK.findall(numeral)
    groups = _MARK.split(numeral)
    if not marks:
        return None if len(numeral) > 1 and numeral[0] == "0" else float(numeral)
    if len(set(marks)) > 1:
        return _two_kinds_of_marks(marks, groups)
    if len(marks) > 1:
        if all(len(g) == 3 for g in groups[1:]) and len(groups[0]) <= 3:
            return float("".join(groups))
        if marks[0] == "," and len(groups[-1]) == 3 and all(1 <= len(g) <= 3 for g in groups[:-1]):
            return float("".join(groups))  # 12,34,567 in South Asia, and slips such as 1,0326,000 left out
        return None
    return _one_mark(marks[0], groups[0], groups[1], scale, measure, arabic)


def _two_kinds_of_marks(marks: list[str], groups: list[str]) -> float | None:
    """1,350,000.5 and 1.350.000,5: the last mark begins the decimals, unless three digits follow it and a
    noun could not be told from them (1,350.000 is 1,350,000 with a slip).
    """
    if len(set(marks[:-1])) > 1 or any(len(g) != 3 for g in groups[1:-1]) or len(groups[0]) > 3:
        return None
    if len(groups[-1]) == 3:
        return float("".join(groups))
    return float("".join(groups[:-1]) + "." + groups[-1])


def _one_mark(mark: str, whole: str, rest: str, scale: float, measure: str, arabic: bool) -> float:
    decimal, joined = float(f"{whole}.{rest}"), float(whole + rest)
    if mark == "٬":
        return joined
    groups = len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    if scale > 1:
        # "6.447 million", "1,15 مليون"; but "1,350 thousand" and English "1,200 million" keep their groups.
        return joined if mark == "," and groups and (scale < 1e6 or not arabic) else decimal
    if mark == ",":
        return (
            joined if groups or (len(rest) == 3 and len(whole) == 4) else decimal
        )  # "6447,000": a mark lost
    if measure == "mass":
        return decimal
    if len(rest) > 3 and len(whole) <= 3 and mark == ".":
        return joined if len(rest) == 6 else decimal  # "1.033000": a mark lost
    if groups and (measure in ("tablets", "packages") or (arabic and mark == "." and len(whole) > 1)):
        return joined  # "210.825 حبة", "141٫831 حبة"
    return decimal
