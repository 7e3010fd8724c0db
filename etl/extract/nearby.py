"""Words around a position: what stands before and behind it, and where its sentence begins and ends.

All steps are bounded, so that readers that look around each of their finds stay linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

_LONGEST_WORD = 24
_STOP = re.compile(r"\n|[.!?]+(?=[\s\"')\]]|$)|[;|◾▪•●🔴]")
_ABBREVIATIONS = frozenset(
    (
        "gen",
        "maj",
        "brig",
        "col",
        "lt",
        "capt",
        "sgt",
        "cpl",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "no",
        "prof",
        "vs",
    )
)


class Sentences:
    """Where the sentences of a folded text begin and end."""

    def __init__(self, folded: str) -> None:
        self._starts = [0]
        for stop in _STOP.finditer(folded):
            if stop.group() == "." and _abbreviates(folded, stop.start()):
                continue
            self._starts.append(stop.end())
        self._length = len(folded)

    def around(self, position: int) -> tuple[int, int]:
        """Return start and end of the sentence that holds `position`."""
        index = bisect_right(self._starts, position)
        end = self._starts[index] if index < len(self._starts) else self._length
        return self._starts[index - 1], end


@lru_cache(maxsize=4)
def sentences_of(folded: str) -> Sentences:
    """Return the sentences of a text; the readers of one text share them."""
    return Sentences(folded)


def _abbreviates(folded: str, stop: int) -> bool:
    begin = stop
    while begin and stop - begin < 8 and folded[begin - 1].isalnum():
        begin -= 1
    word = folded[begin:stop]
    return (len(word) == 1 and word.isalpha()) or word in _ABBREVIATIONS


def words_before(words: str, position: int, limit: int) -> Iterator[tuple[int, str]]:
    """Yield (start, word) of up to `limit` words that end before `position`, nearest first, on one line."""
    end = position
    for _ in range(limit):
        if end < 1 or words[end - 1] != " ":
            return
        end -= 1
        begin = end
        while begin and end - begin < _LONGEST_WORD and not words[begin - 1].isspace():
            begin -= 1
        if begin == end:
            return
        yield begin, words[begin:end]
        end = begin


def word_after(words: str, position: int) -> str:
    """Return the word behind the space at `position`, "" where something else stands there."""
    if position >= len(words) or words[position] != " ":
        return ""
    end = position + 1
    while end < len(words) and end - position <= _LONGEST_WORD and words[end].isalnum():
        end += 1
    return words[position + 1 : end]
