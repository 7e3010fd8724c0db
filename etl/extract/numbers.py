"""Finding numbers: digits, words and mixtures of both, ranges, and what the page says of their precision.

A number is a chain of tokens: digits and number words, joined by blanks, hyphens, "and" or "و". The value is
summed up to a scale word, multiplied by it and added to the total, in both languages alike: "34 million 270
thousand", "سبعمائة واثنان وثلاثون ألفا وثلاثمائة وسبعون". Tokens come out of one pass of an automaton and one
of a regular expression over the text, so the time is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.extract.digits import Follower, value_of
from etl.extract.mentions import Number
from etl.extract.number_chain import Chain, Reading, gap_between
from etl.extract.number_precision import low_end, precision, range_start
from etl.extract.number_tokens import Token, tokens_of
from etl.extract.text import Text
from etl.extract.unit_words import measure_after, skip_ornaments, unit_at

__all__ = ["find"]

_PERCENT = re.compile(r"[ )\"]{0,2}(?:%|per ?cent|(?:في |ب)ال(?:ميه|مايه)(?![ء-ي]))")
_ARTICLE = re.compile(r"(?<![^\W_])a \Z")
_LIST_MARKER = re.compile(r"[).] ?")


def find(text: Text) -> list[Number]:
    """Return the numbers of a text in order, ranges as one; percentages, times and full dates left out."""
    folded = text.folded
    tokens = tokens_of(text)
    readings = _without_repetitions(folded, list(_readings(text, tokens)))
    return [n for n in _joined(folded, tokens, readings) if not _PERCENT.match(folded, n.end)]


def _readings(text: Text, tokens: Sequence[Token]) -> Iterator[Reading]:
    i = 0
    while i < len(tokens):
        if tokens[i].kind in "qrx":
            i += 1
            continue
        reading = _read(text, tokens, i)
        if reading is None:
            i += 1
            continue
        yield reading
        i = reading.next


def _read(text: Text, tokens: Sequence[Token], i: int) -> Reading | None:
    """Read the chain of tokens that begins at `i`."""
    folded, first = text.folded, tokens[i]
    if first.kind == "o":
        return Reading(first.start, first.end, _digits_value(folded, tokens, i), 1, i, i + 1, True, True)
    if first.kind in "vp":
        return _vague(folded, tokens, i)
    chain = Chain()
    j, end = i, first.start
    while j < len(tokens):
        token = tokens[j]
        gap = gap_between(folded, end, token.start) if j > i else "start"
        if gap is None or token.kind in "qrovx":
            break
        if token.kind == "d":
            value = _digits_value(folded, tokens, j)
            if value is None:
                break
            token = token._replace(value=value)
        if not chain.add(token, gap, j):
            chain.refused(token, gap)
            break
        end = token.end
        j += 1
    last = chain.close(folded, tokens)
    if last is None:
        return None
    start, end = first.start, tokens[last].end
    value = chain.value * (2 if last == i and _bare_dual(text, first) else 1)
    if first.kind == "s" and (article := _ARTICLE.search(folded, max(0, start - 3), start)):
        start = article.start()
    ordinal = i > 0 and last == i and _named(folded, tokens[i - 1], first)
    ordinal = ordinal or (last == i and first.kind == "d" and _list_marker(folded, first))
    return Reading(start, end, value, chain.scale, i, last + 1, first.kind == "d", ordinal)


def _bare_dual(text: Text, token: Token) -> bool:
    """Tell two from one: "مليونا حبة" is two million, "مليوناً" with its mark one, as is "مليونا و200
    ألف"."""
    if token.kind != "s" or token.value < 1e3 or text.folded[token.end - 1] != "ا":
        return False
    at = skip_ornaments(text.folded, token.end)
    return unit_at(text.folded, at) is not None and "\u064b" not in text.quote(token.start, token.end + 1)


def _digits_value(folded: str, tokens: Sequence[Token], j: int) -> float | None:
    """Return the value of a token of digits, looking at the scale word or the noun behind it."""
    token = tokens[j]
    numeral = folded[token.start : token.end]
    if numeral.isdecimal():
        return value_of(numeral)
    if " " in numeral:
        return float(numeral.replace(" ", ""))
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    if after and after.kind in "sp" and gap_between(folded, token.end, after.start) in ("tight", "article"):
        return value_of(numeral, Follower(after.value, "", folded[after.start] > "z"))
    at = skip_ornaments(folded, token.end)
    return value_of(numeral, Follower(1.0, measure_after(folded, token.end), folded[at : at + 1] >= "ء"))


def _named(folded: str, naming: Token, number: Token) -> bool:
    """Tell whether a word such as "Article" or "لواء" stands right before the number."""
    between = folded[naming.end : number.start]
    return naming.kind == "r" and len(between) <= 4 and not between.strip(" .:()#/")


def _list_marker(folded: str, token: Token) -> bool:
    """Tell whether the digits number an item: "1) " at the beginning of a line."""
    at_start = token.start == 0 or folded[token.start - 1] == "\n"
    return at_start and token.end - token.start <= 2 and bool(_LIST_MARKER.match(folded, token.end))


def _vague(folded: str, tokens: Sequence[Token], i: int) -> Reading:
    """Read "dozens", "tens of thousands", "several million", "عشرات الآلاف"."""
    j, end = i + 1, tokens[i].end
    while j < len(tokens) and tokens[j].kind in "spvz":
        if gap_between(folded, end, tokens[j].start) not in ("tight", "article"):
            break
        end = tokens[j].end
        j += 1
    return Reading(tokens[i].start, end, None, 1, i, j, False, False)


def _without_repetitions(folded: str, readings: list[Reading]) -> list[Reading]:
    """Join a number in digits with the same in words, "(2,500,000) مليونين وخمسمائة ألف": the digits stay.

    The words are at times garbled, so beside a bracket they needn't agree.
    """
    kept: list[Reading] = []
    for reading in readings:
        before = kept[-1] if kept else None
        if before and _repeats(folded, before, reading):
            digits = before if before.digits else reading
            kept[-1] = digits._replace(
                start=before.start, end=reading.end, first=before.first, next=reading.next
            )
        else:
            kept.append(reading)
    return kept


def _repeats(folded: str, one: Reading, other: Reading) -> bool:
    """Tell whether two readings say one number twice."""
    if one.digits == other.digits or one.value is None or other.value is None or other.start - one.end > 4:
        return False
    between = folded[one.end : other.start]
    bracket = (one.digits and ")" in between) or "(" in between
    if between.strip(" ()[]/\"'-" + "و" * bracket):
        return False
    slip = one.digits and other.scale >= 1e6 and one.value >= other.value  # 1,491,859 "million" pills
    return one.value == other.value or slip or (bracket and other.value >= 10 and one.value >= 10)


def _joined(folded: str, tokens: Sequence[Token], readings: Sequence[Reading]) -> Iterator[Number]:
    """Yield numbers with their precision, two ends of a range as one number."""
    i = 0
    while i < len(readings):
        low = readings[i]
        high = readings[i + 1] if i + 1 < len(readings) else None
        if high and (start := range_start(folded, low, high)) is not None:
            yield Number(low.start, high.end, low_end(low, high), high.value, "range", start)
            i += 2
            continue
        qualifier, outer, end = precision(folded, tokens, low)
        number = _thousands_meant(low) if qualifier != "exact" else low.value
        yield Number(low.start, end, number, number, qualifier, outer, low.ordinal)
        i += 1


def _thousands_meant(reading: Reading) -> float | None:
    """Return 3,400,000 for "more than 3 million and 400": nobody rounds to 3,000,400."""
    if reading.value is None or reading.scale != 1e6:
        return reading.value
    rest = reading.value % 1e6
    return reading.value + 999 * rest if 100 <= rest < 1000 and rest % 100 == 0 else reading.value
