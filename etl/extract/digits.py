"""A number written in digits: which of its marks group thousands and which one begins the decimals.

Newspapers write 1,350,000, 1.350.000, 1 350 000, 1٬350٬000, 1.35 million and 1,35 million, often on one page,
so each numeral is decided by itself: by the length of its groups and by the word that follows.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 24
"""Characters of the longest numeral read; longer runs of digits are codes or noise."""

_MARK = re.compile(r"[.,٫٬]")


class Follower(NamedTuple):
    """What stands behind a numeral: the value of its scale word (1 for none), what its noun measures
    (tablets, packages, mass or ""), and whether that word is Arabic.
    """

    scale: float = 1.0
    measure: str = ""
    arabic: bool = False


NOTHING = Follower()


def value_of(numeral: str, follower: Follower = NOTHING) -> float | None:
    """Return the value of a numeral such as "1.350.000", None for what is no number (a date, a code)."""
    marks, groups = _MARK.findall(numeral), _MARK.split(numeral)
    if len(numeral) > LONGEST or (not marks and len(numeral) > 1 and numeral[0] == "0"):
        return None
    if not marks:
        return float(numeral)
    if len(marks) == 1:
        joined = _groups(marks[0], groups[0], groups[1], follower)
        return float(groups[0] + groups[1]) if joined else float(f"{groups[0]}.{groups[1]}")
    if len(set(marks)) == 1:
        return float("".join(groups)) if _are_thousands(marks[0], groups) else None
    return _two_kinds_of_marks(marks, groups)


def _are_thousands(mark: str, groups: list[str]) -> bool:
    """Tell groups of three from other groups; with commas also those of South Asia (12,34,567)."""
    if mark == "," and len(groups[-1]) == 3:
        return all(1 <= len(group) <= 3 for group in groups)
    return len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _two_kinds_of_marks(marks: list[str], groups: list[str]) -> float | None:
    """Read 1,350,000.5 and 1.350.000,5: the last mark begins the decimals, unless three digits follow it
    (1,350.000 is 1,350,000 with a slip).
    """
    if len(set(marks[:-1])) > 1 or len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:-1]):
        return None
    whole = "".join(groups[:-1])
    return float(whole + groups[-1]) if len(groups[-1]) == 3 else float(f"{whole}.{groups[-1]}")


def _groups(mark: str, whole: str, rest: str, follower: Follower) -> bool:
    """Tell whether a single mark groups thousands; else it begins the decimals."""
    thousands = len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    if mark == "٬":
        return True
    if follower.scale > 1:
        # "6.447 million", "1,15 مليون"; but "1,350 thousand" and English "1,200 million" keep their groups.
        return mark == "," and thousands and (follower.scale < 1e6 or not follower.arabic)
    if mark == ",":
        return thousands or (len(rest) == 3 and len(whole) == 4)  # "6447,000": a mark lost
    if follower.measure == "mass":
        return False
    if len(rest) == 6 and mark == ".":
        return len(whole) <= 3  # "1.033000": a mark lost
    counted = follower.measure in ("tablets", "packages")  # "210.825 حبة", "141٫831 حبة"
    return thousands and (counted or (follower.arabic and mark == "." and len(whole) > 1))
