"""Words around a position: what stands before and behind it, and where its sentence begins and ends.

All steps are bounded, so that readers that look around each of their finds stay linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from etl.extract.lexicon import Match

T = TypeVar("T")

_LONGEST_WORD = 24
_NEXT_WORD = re.compile(r" ([^\W_]{1,24})")
_STOP = re.compile(r"[\n.!?;|◾▪•●🔴](?:(?<![.!?])|[.!?]*(?=[\s\"')\]]|$))")
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


def said_once(matches: Sequence[Match[T]], gap: int = 1) -> list[Match[T]]:
    """Leave out a match that repeats the one right before it, at most `gap` characters behind it.

    No writer says "arrested arrested"; garbage does, a million times.
    """
    kept = matches[:1]
    return [
        *kept,
        *(
            match
            for before, match in pairwise(matches)
            if match.start - before.end > gap
            or match.value != before.value
            or match.end - match.start != before.end - before.start
        ),
    ]


def words_before(words: str, position: int, limit: int) -> Iterator[tuple[int, str]]:
    """Yield (start, word) of up to `limit` words that end before `position`, nearest first, on one line."""
    end = position
    for _ in range(limit):
        if end < 1 or words[end - 1] != " ":
            return
        end -= 1
        low = max(0, end - _LONGEST_WORD)
        begin = max(words.rfind(" ", low, end), words.rfind("\n", low, end), low - 1) + 1
        if begin == end:
            return
        yield begin, words[begin:end]
        end = begin


def word_after(words: str, position: int) -> str:
    """Return the word behind the space at `position`, "" where something else stands there."""
    found = _NEXT_WORD.match(words, position)
    return found[1] if found else ""
