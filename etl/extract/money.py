"""Finding sums of US dollars and what they are: the drugs' value, a price, or money of another matter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from etl.extract.currencies import money_of
from etl.extract.lexicon import Lexicon, Match, shared
from etl.extract.mentions import Money, Number
from etl.extract.text import Text, fold_phrase
from etl.vocabulary import load

_BEFORE, _AFTER = 90, 50  # characters in which words say what a sum is
_SMALL = 1000
"""Dollars: no load of drugs is worth less, so smaller sums are prices."""
_SENTENCE = re.compile(r"[.!?](?=[ \"')\n]|\Z)|\n")


@shared
def _lexicon() -> Lexicon[str]:
    table = load("money")["roles"]
    return Lexicon((fold_phrase(w), role) for role, words in table.items() for w in words)


def find(text: Text, numbers: Sequence[Number]) -> list[Money]:
    """Return the sums of US dollars in order. `numbers`: what `numbers.find` found."""
    sums = [(n, found) for n in numbers if (found := money_of(text.folded, n)) and found.dollars]
    if not sums:
        return []
    cues = _lexicon().find(text)
    starts = [cue.start for cue in cues]
    mentions = []
    for number, found in sums:
        if number.low is None or number.high is None:
            continue
        low, high = bisect_left(starts, found.start - _BEFORE), bisect_left(starts, found.end + _AFTER)
        role, rule = _role(text.folded, cues[low:high], found.start, found.end, number.high)
        mentions.append(Money(found.start, found.end, number.low, number.high, role, rule))
    return mentions


def _role(folded: str, cues: Sequence[Match[str]], start: int, end: int, high_sum: float) -> tuple[str, str]:
    """Return the role and the word that gave it: the nearest cue of the sentence, one behind the sum
    first."""
    low, high = _sentence(folded, start, end)
    behind = [c for c in cues if end <= c.start < min(high, end + _AFTER)]
    before = [c for c in cues if max(low, start - _BEFORE) <= c.start and c.end <= start]
    near = [c for c in behind if not folded[end : c.start].strip(" )\"'-")]
    for cue in [*near, *reversed(before), *behind]:
        role = "price" if cue.value == "value" and high_sum < _SMALL else cue.value
        return role, folded[cue.start : cue.end]
    return "other", ""


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    low = max(0, start - _BEFORE)
    for match in _SENTENCE.finditer(folded, low, start):
        low = match.end()
    after = _SENTENCE.search(folded, end, min(len(folded), end + _AFTER))
    return low, after.start() if after else len(folded)
