"""Finding sums of US dollars and what they are: the drugs' value, a price, or money of another matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from etl.extract.currencies import money_of
from etl.extract.lexicon import Lexicon, Match
from etl.extract.mentions import Money, Number
from etl.extract.text import Text, fold_phrase
from etl.vocabulary import load

_BEFORE, _AFTER = 90, 50  # characters in which words say what a sum is
_SENTENCE = re.compile(r"[.!?](?=[ \"')\n]|\Z)|\n")


@cache
def _lexicon() -> Lexicon[str]:
    table = load("money")["roles"]
    return Lexicon((fold_phrase(w), role) for role, words in table.items() for w in words)


def find(text: Text, numbers: Sequence[Number]) -> list[Money]:
    """Return the sums of US dollars in order. `numbers`: what `numbers.find` found."""
    sums = [(n, found) for n in numbers if (found := money_of(text.folded, n)) and found.dollars]
    if not sums:
        return []
    cues = _lexicon().find(text)
    mentions = []
    for number, found in sums:
        if number.low is None or number.high is None:
            continue
        role, rule = _role(text.folded, cues, found.start, found.end)
        mentions.append(Money(found.start, found.end, number.low, number.high, role, rule))
    return mentions


def _role(folded: str, cues: Sequence[Match[str]], start: int, end: int) -> tuple[str, str]:
    """Return the role and the word that gave it: the nearest cue of the sentence, one behind the sum
    first."""
    low, high = _sentence(folded, start, end)
    behind = [c for c in cues if end <= c.start < min(high, end + _AFTER)]
    before = [c for c in cues if max(low, start - _BEFORE) <= c.start and c.end <= start]
    for cue in behind:
        if cue.value == "price" and cue.start - end <= 12:
            return "price", folded[cue.start : cue.end]
    near = [*reversed(before), *behind]
    for cue in near:
        return cue.value, folded[cue.start : cue.end]
    return "other", ""


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    low = max(0, start - _BEFORE)
    for match in _SENTENCE.finditer(folded, low, start):
        low = match.end()
    after = _SENTENCE.search(folded, end, min(len(folded), end + _AFTER))
    return low, after.start() if after else len(folded)
