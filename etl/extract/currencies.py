"""Telling money from other numbers: the sign or word of a currency beside the number."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from etl.extract.mentions import Number
from etl.extract.text import fold_phrase
from etl.vocabulary import load


class Sum(NamedTuple):
    """An amount of money: where its words begin and end, and whether they are US dollars."""

    start: int
    end: int
    dollars: bool


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load("money")

    def either(side: str) -> str:
        words = {fold_phrase(w): name for name in ("other", "dollars") for w in table[name][side]}
        ordered = sorted(words, key=lambda w: (-len(w), w))
        groups = (
            f"(?P<{name}>{'|'.join(re.escape(w) for w in ordered if words[w] == name)})"
            for name in ("other", "dollars")
        )
        return "|".join(groups)

    nation = "|".join(re.escape(fold_phrase(w)) for w in table["other"]["nationalities"])
    return (
        re.compile(rf"(?<![a-z])(?:{either('before')})[ \"'(\[]{{0,2}}\Z"),
        re.compile(
            rf"[ \"')\]-]{{0,3}}(?:of )?(?P<nation>{nation})?[ -]?(?:ال)?(?:{either('after')})(?![a-zء-ي0-9])"
        ),
    )


def money_of(folded: str, number: Number) -> Sum | None:
    """Return the sum of money that a number is part of, if any."""
    before, after = _patterns()
    at = max(0, number.start - 8)
    sign = before.search(folded[at : number.start])
    word = after.match(folded, number.end)
    if sign is None and word is None:
        sign = before.search(folded[max(0, number.outer - 8) : number.outer])
        if sign is None:
            return None
        at = max(0, number.outer - 8)
    foreign = word and (word["other"] or (word["nation"] or "us") not in ("us", "u.s.", "american"))
    dollars = not foreign and not (sign and sign["other"])
    start = min(number.outer, at + sign.start() if sign else number.outer)
    return Sum(start, word.end() if word else number.end, bool(dollars))
