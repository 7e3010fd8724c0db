"""Running text made comparable, with the way back to the words as they stand on the page.

Every rule of this package matches on the folded text and works with offsets into it; `Text.span` turns
them into offsets into the original, so that a quote is always an exact piece of the page.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

# Letters that writers swap freely and that Unicode does not decompose; the same choice as `geo.fold`.
_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": "",
    "ک": "ك", "ی": "ي", "ې": "ي", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۆ": "و",
    "ı": "i", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ə": "e",
}  # fmt: skip
_SIGNS = {
    **dict.fromkeys("‘’‚‛`´ʼʻʿʾ′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys(["\u00a0", *map(chr, range(0x2000, 0x200B)), *"\u202f\u205f\u3000\t\v\f"], " "),
    **dict.fromkeys("\r\x85\u2028\u2029", "\n"),
    "…": "...", "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": "٫", "٬": "٬",
}  # fmt: skip
_DROPPED = {"Mn", "Mc", "Me", "Cf", "Cc", "Co", "Cs"}  # marks, joiners, bidi and other controls
_PLAIN = re.compile(r"[ -_a-~\n]*\Z")  # ASCII without the grave accent, which is a quote here
_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True)
class Text:
    """A page's words: `original` untouched, `folded` for matching.

    Folded: lower case, no marks or invisible characters, Arabic letter forms and digits of any script made
    one, typographic quotes, dashes and spaces made plain, runs of spaces one space. Line breaks stay.
    """

    original: str
    folded: str
    _offsets: array[int] | None  # folded index -> original index; None where they are the same

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in `original` of the folded piece start..end (0 <= start <= end)."""
        if self._offsets is None:
            return start, end
        if end <= start:
            return self._offsets[start], self._offsets[start]
        return self._offsets[start], self._offsets[end - 1] + 1

    def quote(self, start: int, end: int) -> str:
        """Return the page's own words for the folded piece start..end."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def cut(self, length: int) -> Text:
        """Return the text without what stands behind its first `length` folded characters."""
        if length >= len(self.folded):
            return self
        return Text(self.original, self.folded[:length], self._offsets)

    @cached_property
    def words(self) -> str:
        """The folded text with hyphens as spaces (same length): what word lists are looked up in."""
        return self.folded.replace("-", " ")

    @cached_property
    def hits(self) -> dict[object, list[tuple[int, Any]]]:
        """What `lexicon.look_up` found in `words`: word list -> (last character, entry of the list)."""
        return {}


def fold_text(original: str) -> Text:
    """Fold a text of any length, in linear time."""
    if _PLAIN.match(original) and "  " not in original:
        return Text(original, original.lower(), None)
    folds = {char: _fold_char(char) for char in set(original)}
    table = str.maketrans(folds)
    uneven = "".join(char for char, folded in folds.items() if len(folded) != 1)
    folded = original.translate(table)
    offsets: array[int] | None = None
    if uneven:
        offsets = _offsets(original, re.compile(f"[{re.escape(uneven)}]"), folds)
    if "  " in folded:
        folded, offsets = _single_spaces(folded, offsets)
    return Text(original, folded, offsets)


def _offsets(original: str, uneven: re.Pattern[str], folds: Mapping[str, str]) -> array[int]:
    """Where each folded character comes from; only the `uneven` ones fold to none or to several."""
    offsets, reached = array("l"), 0
    for match in uneven.finditer(original):
        at = match.start()
        offsets.extend(range(reached, at))
        offsets.extend([at] * len(folds[original[at]]))
        reached = at + 1
    offsets.extend(range(reached, len(original) + 1))
    return offsets


def _single_spaces(folded: str, offsets: array[int] | None) -> tuple[str, array[int]]:
    """Shorten runs of spaces to one."""
    before = offsets if offsets is not None else array("l", range(len(folded) + 1))
    after, reached = array("l"), 0
    for run in _SPACES.finditer(folded):
        after.extend(before[reached : run.start() + 1])
        reached = run.end()
    after.extend(before[reached:])
    return _SPACES.sub(" ", folded), after


def fold_phrase(phrase: str) -> str:
    """Fold a phrase of a word list so that it can be looked up in `Text.words`."""
    return _SPACES.sub(" ", fold_text(phrase).folded.replace("-", " ")).strip()


@lru_cache(maxsize=1 << 13)
def _fold_char(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    if char == "\n":
        return char
    plain = "".join(_LETTERS.get(c, c) for c in unicodedata.normalize("NFKD", char).casefold())
    return "".join(_bare(c) for c in plain)


def _bare(char: str) -> str:
    if unicodedata.category(char) in _DROPPED:
        return ""
    digit = unicodedata.digit(char, -1)
    return str(digit) if digit >= 0 else _SIGNS.get(char, char)
