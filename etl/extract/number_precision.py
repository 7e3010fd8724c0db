"""What the words around a number say of it: about, over, under, or the other end of a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from etl.extract.number_chain import Reading
from etl.extract.number_tokens import Token
from etl.extract.text import fold_phrase
from etl.extract.unit_words import WORD, skip_ornaments
from etl.vocabulary import load

_SIGNS = {"+": "over", ">": "over", "~": "about", "≈": "about", "<": "under", "±": "about"}
_LONGEST_GAP = 24  # characters between the ends of a range


class _RangeWords(NamedTuple):
    to: re.Pattern[str]
    both: re.Pattern[str]
    between: re.Pattern[str]
    opening: re.Pattern[str]


@cache
def _range_words() -> _RangeWords:
    """Compile the joins "to" and "and", and the opening words "between" and "from" (they end a piece of
    text).
    """
    table = {name: [fold_phrase(w) for w in words] for name, words in load("quantifiers")["range"].items()}
    money, quotes, bracket = r"(?: ?[a-z]{0,3}[$€£] ?)?", r"[\"')\]/]{0,2}", r"[\"'(\[/]{0,2}"
    unit = r"(?P<unit> ?[a-zء-ي]+)?"

    def opening(*names: str) -> re.Pattern[str]:
        words = "|".join(word for name in names for word in table[name])
        return re.compile(rf"(?<![a-zء-ي])[وبف]?(?:{words}) ?{money}{bracket}\Z")

    return _RangeWords(
        re.compile(rf"{quotes}(?: ?- ?|{unit}{quotes},? (?:{'|'.join(table['to'])}) ){money}{bracket}"),
        re.compile(rf"{quotes}{unit},? (?:{'|'.join(table['and'])}) ?{money}{bracket}"),
        opening("between"),
        opening("between", "opening"),
    )


def range_start(folded: str, low: Reading, high: Reading) -> int | None:
    """Return where the words of a range begin whose ends two readings are; None where they are none."""
    if low.value is None or high.value is None or high.start - low.end > _LONGEST_GAP:
        return None
    if low.ordinal or high.ordinal or low_end(low, high) >= high.value:
        return None
    gap, words = folded[low.end : high.start], _range_words()
    opened = words.opening.search(folded, max(0, low.start - _LONGEST_GAP), low.start)
    start = opened.start() if opened else low.start
    if join := words.to.fullmatch(gap):
        return start if not join["unit"] or opened or _same_word(folded, join["unit"], high.end) else None
    if opened and words.both.fullmatch(gap):
        between = words.between.search(folded, max(0, low.start - _LONGEST_GAP), low.start)
        return between.start() if between else None
    return None


def _same_word(folded: str, unit: str, end: int) -> bool:
    """Tell whether the word between two numbers stands behind the second too: "5 kg to 7 kg"."""
    word = WORD.match(folded, skip_ornaments(folded, end))
    return word is not None and word[0] == unit.strip()


def low_end(low: Reading, high: Reading) -> float:
    """Return the low end of a range: "3 to 4 million" begins at three million."""
    value, top = low.value or 0.0, high.value or 0.0
    if low.scale == 1 and high.scale > 1 and value * high.scale < top:
        return value * high.scale
    return value


def precision(folded: str, tokens: Sequence[Token], reading: Reading) -> tuple[str, int, int]:
    """Return the qualifier, where its words begin and where the number with its precision ends."""
    outer, end, qualifier = reading.start, reading.end, "exact"
    if outer and folded[outer - 1] in _SIGNS:
        outer -= 1
        qualifier = _SIGNS[folded[outer]]
    i = reading.first - 1
    while i >= 0 and tokens[i].before and _reaches(folded, tokens[i].end, outer):
        qualifier = tokens[i].before if qualifier == "exact" else qualifier
        outer = tokens[i].start
        i -= 1
    if qualifier == "exact":
        if folded.startswith("+", end):
            return "over", outer, end + 1
        after = tokens[reading.next] if reading.next < len(tokens) else None
        if after and after.after and after.start - end <= 2 and not folded[end : after.start].strip(" )"):
            return after.after, outer, after.end
    return qualifier, outer, end


_FILLERS = frozenset(
    ("", "a", "an", "the", "of", "of the", "ب", "ال", "بال", "ل", "من", "مبلغ", "عدد", "a total of", "us")
)


def _reaches(folded: str, end: int, start: int) -> bool:
    """Tell whether nothing but brackets, articles and glued letters stands between two offsets."""
    return 0 <= start - end <= 14 and folded[end:start].strip(" \"'([/*-$") in _FILLERS
