"""What may be published of a page: short quotes, in which private persons' names are masked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from etl.extract import person_names
from etl.extract.records import Document, Extraction, Found

MASK = "[name]"
MAX_WORDS = 25
CUT = "…"
DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
"""Characters that turn the words behind them around, so that a text reads as another; for `str.translate`."""
Span = tuple[int, int]
_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?؟]+[\"”»')]*\s+")
_ABBREVIATION = 4
"""Letters of a capitalised word up to which a full stop behind it ends no sentence ("Brig.", "No.")."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a page, at most so many. `text[start:end]` are those that gave the value.

    A sign of cutting (…) is joined to the first or last word where the sentence goes on.
    """

    text: str = ""
    start: int = 0
    end: int = 0


def quote_of(document: Document, found: Found[Any], max_words: int = MAX_WORDS) -> Quote:
    """Return the words of a value with what stands around them in its sentence, private names masked.

    An empty quote where the value follows from the whole page. A value whose words are more than `max_words`
    is quoted from their beginning. Raises ValueError for max_words < 1.
    """
    if max_words < 1:
        raise ValueError("a quote has at least one word")
    if found.end <= found.start:
        return Quote()
    body = document.body
    stop = min(found.end, _line_end(body, found.start))
    first, last = _sentence(body, found.start, stop)
    text, start, end = _masked(body, names(document), (first, last), (found.start, stop))
    return _cut(text, start, end, max_words)


def mask(text: str) -> str:
    """Return a text with the names of private persons masked."""
    return _masked(text, _names(text), (0, len(text)), (0, 0))[0]


def names(document: Document) -> tuple[Span, ...]:
    """Return the spans of the private names of a page."""
    return _names(document.body) if document.names is None else document.names


def with_names(document: Document, extraction: Extraction) -> Extraction:
    """Return the extraction with the private names of its page, which take longer to find than all else,
    where there is anything to quote.
    """
    return replace(extraction, names=names(document)) if extraction.claims else extraction


def _line_end(body: str, start: int) -> int:
    """End of the line in which a quote begins: it never runs into the next paragraph."""
    found = body.find("\n", start)
    return len(body) if found < 0 else found


def _sentence(body: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence or sentences, within the line, that hold start..end."""
    first, last = body.rfind("\n", 0, start) + 1, _line_end(body, start)
    for match in _SENTENCE_END.finditer(body, first, last):
        word = body[first : match.start()].rpartition(" ")[2]
        if len(word) <= _ABBREVIATION and word[:1].isupper() and body[match.start()] == ".":
            continue
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end:
            return first, match.start() + len(match.group().rstrip())
    return first, last


def _masked(body: str, private: Sequence[Span], passage: Span, marked: Span) -> tuple[str, int, int]:
    """The passage with names masked, and where `marked` lies in it then."""
    pieces: list[str] = []
    position = passage[0]
    length = 0
    moved = [marked[0] - passage[0], marked[1] - passage[0]]
    for name in private:
        start, end = max(name[0], passage[0]), min(name[1], passage[1])
        if start >= end:
            continue
        pieces += [body[position:start], MASK]
        length += start - position
        shift = len(MASK) - (end - start)
        if marked[0] >= end:
            moved[0] += shift
        elif marked[0] > start:
            moved[0] = length  # a value inside a name begins with its mask
        if marked[1] >= end:
            moved[1] += shift
        elif marked[1] > start:
            moved[1] = length + len(MASK)
        length += len(MASK)
        position = end
    pieces.append(body[position : passage[1]])
    return "".join(pieces).translate(DIRECTIONS), moved[0], moved[1]


@lru_cache(maxsize=64)
def _names(body: str) -> tuple[Span, ...]:
    """Found once for all quotes of a page."""
    return tuple(person_names.find(body))


def _cut(text: str, start: int, end: int, max_words: int) -> Quote:
    """Cut a text to so many words around start..end."""
    words = [match.span() for match in _WORD.finditer(text)]
    inside = [i for i, (a, b) in enumerate(words) if a < end and b > start]
    if not inside:
        return Quote()
    first, last = inside[0], inside[-1]
    spare = max_words - (last - first + 1)
    if spare < 0:
        last = first + max_words - 1
    else:
        before = min(first, max(spare // 2, spare - (len(words) - 1 - last)))
        first -= before
        last = min(last + spare - before, len(words) - 1)
    left, right = words[first][0], words[last][1]
    head = CUT if first else ""
    tail = CUT if last < len(words) - 1 else ""
    shift = len(head) - left
    return Quote(head + text[left:right] + tail, max(start, left) + shift, min(end, right) + shift)
