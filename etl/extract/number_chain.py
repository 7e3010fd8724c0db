"""The grammar of a number in words, digits or both: how tokens add up, in English and in Arabic.

Below a scale word the parts add up if their decimal places don't collide ("خمسة وثلاثين", "one hundred and
fifty"); a scale word multiplies them and closes the block; blocks must fall ("three million 200 thousand").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.extract.number_tokens import Token
from etl.extract.unit_words import measure_after


class Reading(NamedTuple):
    """A number read, or a vague one (`value` None).

    `scale`: the value of its last scale word, 1 for none; `first`, `next`: the index of its first token and
    of the one behind it.
    """

    start: int
    end: int
    value: float | None
    scale: float
    first: int
    next: int
    digits: bool
    ordinal: bool


_CLOSE, _OPEN = r"[\"')\]/*]{0,2}", r"[\"'(\[/*]{0,2}"
_GAPS = (
    ("tight", re.compile(rf"{_CLOSE}[ -]?{_OPEN}(?:ال)?")),
    ("article", re.compile(r"[ -](?:of[ -])?an?[ -]|[ -]of[ -]")),
    ("and", re.compile(rf"{_CLOSE},?(?:[ -]and[ -](?:an?[ -])?| ?& ?| ?و ?){_OPEN}(?:ال)?")),
    ("comma", re.compile(r", ")),
    ("point", re.compile(r" (?:point|فاصله) ")),
)
_LONGEST_GAP = 10


def gap_between(folded: str, end: int, start: int) -> str | None:
    """Return how two tokens are joined: tight, article ("half a million"), and, comma, point; None: not at
    all.
    """
    if start - end > _LONGEST_GAP or start < end:
        return None
    return _gap(folded[end:start])


@lru_cache(maxsize=1024)
def _gap(between: str) -> str | None:
    for name, pattern in _GAPS:
        if pattern.fullmatch(between):
            return name
    return None


class Chain:
    """A number being read, token by token. `total` holds closed blocks, `current` the open one."""

    def __init__(self) -> None:
        self.total = 0.0
        self.current: float | None = None
        self.scale = 1.0  # of the block closed last
        self._digits = False  # whether `current` was written in digits
        self._fraction = False
        self._tenth = 0.0  # after "point": the next digit's place
        self._closed: tuple[float, int] | None = None  # total and last token when a block was closed last
        self._last = -1
        self._done = False
        self._open = False  # whether the open block must be closed by a scale word

    @property
    def value(self) -> float:
        """The number."""
        return round(self.total + (self.current or 0), 6)

    def add(self, token: Token, gap: str, index: int) -> bool:
        """Take one more token if the grammar allows it after `gap`; tell whether it did."""
        if self._done and not (token.kind in "sp" and token.value == self.scale and gap == "tight"):
            return False
        taken = {
            "d": self._add_small, "n": self._add_small, "s": self._add_scale, "p": self._add_scale,
            "D": self._add_dual, "f": self._add_fraction, "z": self._add_dozen,
        }[token.kind](token, gap)  # fmt: skip
        if taken:
            self._last = index
            if self.current is None:
                self._closed = self.total, index
        return taken

    def refused(self, token: Token, gap: str) -> None:
        """Note that `token` could not be added: a scale word takes its number with it to the next chain."""
        self._open = self._open or (token.kind in "sp" and gap == "tight")

    def close(self, folded: str, tokens: Sequence[Token]) -> int | None:
        """Return the index of the number's last token; what can't belong to it is given back.

        "3 million and two men": a remainder after millions has hundreds at least, and no unit of mass.
        """
        if self._last < 0:
            return None
        if self.current is not None and self._closed and not self._is_remainder(folded, tokens[self._last]):
            self.total, self._last = self._closed
            self.current = None
        return self._last

    def _is_remainder(self, folded: str, last: Token) -> bool:
        if self.current is None or self.current >= self.scale or self._open:
            return False
        if self.scale < 1e6:
            return self.scale > 100
        arabic = folded[last.start] >= "ء" or last.kind == "d"
        return arabic and self.current >= 100 and measure_after(folded, last.end) != "mass"

    def _add_small(self, token: Token, gap: str) -> bool:
        digits, value = token.kind == "d", token.value
        if gap == "point":
            return self._add_decimal(value)
        if gap not in ("start", "tight", "and", "comma"):
            return False
        if self.current is None:
            if self.total and value >= self.scale * 1000:
                return False
            self.current, self._digits = value, digits
            self._open = gap == "comma" or (digits and gap == "tight")
            return True
        if digits or self._digits or self._fraction or gap == "comma" or not self._fits(value, gap):
            return False
        self.current += value
        return True

    def _fits(self, value: float, gap: str) -> bool:
        """Tell whether a word's value may be added to the open block: no decimal place is used twice."""
        have = int(self.current or 0)
        if not have or not value:
            return False
        if gap == "tight" or have % 100 == 0:
            return (have % 100 == 0 and value < 100) or (have % 100 >= 20 and have % 10 == 0 and value < 10)
        return 0 < have % 100 < 10 and 20 <= value <= 90  # "خمسة وثلاثين"

    def _add_decimal(self, value: float) -> bool:
        if self.current is None or value >= 10:
            return False
        self._tenth = 0.1
        self.current += value * self._tenth
        return True

    def _add_scale(self, token: Token, gap: str) -> bool:
        scale = token.value
        if self._done:  # "مليون ونصف المليون": the word that the half belongs to, said again
            return True
        return self._add_hundred(gap) if scale == 100 else self._close_block(scale, gap)

    def _close_block(self, scale: float, gap: str) -> bool:
        if self.current is not None:
            if gap not in ("tight", "article") or (gap == "article" and not self._fraction):
                return False
            below = self.current
            written_out = self._digits and below >= scale
            if written_out and scale >= 1e6:
                return False  # "(1033000) مليون وثلاثة وثلاثون ألف": the words say the digits again
            part = below if written_out and below % scale == 0 else below * scale  # "(888000) ألف"
            if self.total and part >= self.scale:
                return False
            self.total += part
            self.current = None
        elif not self.total:
            self.total = scale
        elif gap == "and" and scale < self.scale:
            self.total += scale
        else:
            return False
        self.scale, self._digits, self._fraction, self._open = scale, False, False, False
        return True

    def _add_hundred(self, gap: str) -> bool:
        if self.current is None:
            if self.total and gap not in ("and", "tight"):
                return False
            self.current = 100
        elif (gap == "tight" and self.current < 100) or (gap == "article" and self._fraction):
            self.current *= 100
        else:
            return False
        return True

    def _add_dual(self, token: Token, gap: str) -> bool:
        if self.current is not None or (self.total and (gap != "and" or token.value >= self.scale)):
            return False
        self.total += token.value
        self.scale = token.value / 2
        return True

    def _add_fraction(self, token: Token, gap: str) -> bool:
        if gap == "start":
            self.current = token.value
        elif gap != "and" or self._fraction:
            return False
        elif self.current is not None:
            self.current += token.value
        else:
            self.total += token.value * self.scale
            self._done = True
            return True
        self._fraction = True
        return True

    def _add_dozen(self, token: Token, gap: str) -> bool:
        if self.total or (self.current is not None and gap not in ("tight", "article")):
            return False
        self.current = (self.current or 1) * token.value
        self._digits = True
        return True
