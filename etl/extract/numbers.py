"""Finding numbers: digits, words and mixtures of both, ranges, and what the page says of their precision.

A number is a chain of tokens: digits and number words, joined by blanks, hyphens, "and" or "و". The value is
summed up to a scale word, multiplied by it and added to the total, in both languages alike: "34 million 270
thousand", "سبعمائة واثنان وثلاثون ألفا وثلاثمائة وسبعون". Tokens come out of one pass of an automaton and one
of a regular expression over the text, so the time is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from etl.extract.digits import LONGEST, value_of
from etl.extract.lexicon import Lexicon
from etl.extract.mentions import Number
from etl.extract.number_chain import Chain, Token, gap_between
from etl.extract.text import Text, fold_phrase
from etl.extract.unit_words import measure_after, skip_ornaments, unit_at
from etl.vocabulary import load

__all__ = ["find"]

_DIGITS = re.compile(r"\d[\d.,٫٬:/]*")
_SPACED = re.compile(r"(?: \d{3}){1,4}(?![\d.,:/]*\d)")
_LETTERS = re.compile(r"[a-zء-ي]+")
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_DASHED_DATE = re.compile(r"\d{1,4}-\d{1,4}-\d{1,4}(?!,?\d)")
_CURRENCIES = frozenset(
    [
        "us",
        "usd",
        "aed",
        "dh",
        "dhs",
        "sr",
        "sar",
        "le",
        "ll",
        "lbp",
        "jd",
        "jod",
        "kd",
        "kwd",
        "rm",
        "tl",
        "try",
        "egp",
        "eur",
        "gbp",
        "qr",
        "qar",
        "omr",
        "bd",
        "iqd",
        "yer",
    ]
)
_PERCENT = re.compile(r"[ )\"]{0,2}(?:%|per ?cent\b|percentage|(?:في |ب)ال?م[ي]?[ا]?[ي]?ه\b)")
_STAMP = re.compile(r"0-1(?![\d.,])")  # what Iraqis read on the tablets
_LIST_MARKER = re.compile(r"[).] ?")
_FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 1 / 3, "2/3": 2 / 3}
_SIGNS = {"+": "over", ">": "over", "~": "about", "≈": "about", "<": "under", "±": "about"}


class _Word(NamedTuple):
    kind: str  # see Token.kind, or "q": a word of precision, or "r": a word that makes a number a name
    value: float
    before: str = ""  # precision given by a word in front of a number
    after: str = ""  # precision given by a word behind it


class Reading(NamedTuple):
    """A number read, before ranges are joined. `scale`: its last scale word's value, 1 for none."""

    start: int
    end: int
    value: float | None
    scale: float
    first: int  # index of its first token
    next: int  # index of the token behind it
    digits: bool
    ordinal: bool


def find(text: Text) -> list[Number]:
    """Return the numbers of a text in order, ranges as one; percentages, times and full dates left out."""
    folded = text.folded
    tokens = _tokens(text)
    readings = _without_repetitions(folded, list(_readings(text, tokens)))
    return [n for n in _joined(folded, tokens, readings) if not _PERCENT.match(folded, n.end)]


@cache
def _lexicon() -> Lexicon[_Word]:
    """Compile number words and words of precision into one automaton: one pass finds both."""
    entries: dict[str, _Word] = {}
    table, quantifiers = load("number_words"), load("quantifiers")
    plural = {fold_phrase(word) for word in table["plural_scales"]["words"]}
    kinds = {"small": "n", "scale": "s", "dual": "D", "fraction": "f", "dozen": "z", "vague": "v"}
    scales = {}
    for name, kind in kinds.items():
        for entry in table[name]:
            for word in entry["words"]:
                phrase = fold_phrase(word)
                if kind == "s":
                    scales[phrase] = entry["value"]
                entries.setdefault(phrase, _Word("p" if phrase in plural else kind, float(entry["value"])))
    for phrase in plural:
        entries[phrase] = _Word("p", float(scales.get(phrase) or scales[phrase.removesuffix("s")]))
    for word in table["naming"]["words"]:
        entries.setdefault(fold_phrase(word), _Word("r", 0))
    for word in table["names"]["words"]:
        entries[fold_phrase(word)] = _Word("x", 0)
    precision: dict[str, list[str]] = {}
    for place in (0, 1):
        for code in ("about", "over", "under"):
            for word in quantifiers[code][("before", "after")[place]]:
                # the Arabic "by" is glued to the number and read apart
                precision.setdefault(fold_phrase(word).removesuffix(" ب"), ["", ""])[place] = code
    for phrase, (before, after) in precision.items():
        entries[phrase] = _Word("q", 0, before, after)
    return Lexicon(entries.items(), article=False)


@cache
def _scale_words() -> dict[str, float]:
    """Return what may be glued to digits: "64m", "350الف"."""
    table = load("number_words")
    words = {fold_phrase(w): float(e["value"]) for e in table["scale"] for w in e["words"]}
    return words | {word: float(value) for word, value in table["glued"].items()}


def _tokens(text: Text) -> list[Token]:
    found = [
        Token(m.start, m.end, m.value.kind, m.value.value, m.value.before, m.value.after)
        for m in _lexicon().find(text)
    ]
    found.extend(_digit_tokens(text.folded))
    found.sort()
    return found


def _digit_tokens(folded: str) -> Iterator[Token]:
    skip_until = 0
    for match in _DIGITS.finditer(folded):
        start, raw = match.start(), match[0].rstrip(".,:/٫٬")
        end = start + len(raw)
        if start < skip_until:
            continue
        if _STAMP.match(folded, start):
            skip_until = start + 3
            continue
        if len(raw) <= LONGEST and (date := _DASHED_DATE.match(folded, start)):
            skip_until = date.end()
            continue
        if len(raw) > LONGEST or not _may_start(folded, start):
            continue
        if folded.startswith("⁄", end):  # what folding makes of ½: "2½" is "21⁄2"
            yield from _fraction_sign(folded, start, end)
            skip_until = end + 2
            continue
        kind, value = "d", 0.0
        if ":" in raw or "/" in raw:
            if raw not in _FRACTIONS:
                continue
            kind, value = "f", _FRACTIONS[raw]
        elif raw.isdecimal() and len(raw) <= 3 and (spaced := _SPACED.match(folded, end)):
            if spaced.end() - end > 4 or measure_after(folded, spaced.end()) in ("tablets", "packages"):
                end = skip_until = spaced.end()
        letters = _LETTERS.match(folded, end)
        if letters and letters[0] in _ORDINAL:
            kind = "o"
        yield Token(start, end, kind, value)
        if letters and (scale := _scale_words().get(letters[0])):
            yield Token(end, letters.end(), "s", scale)
        elif folded.startswith((" m ", " k "), end) and measure_after(folded, end + 2) == "tablets":
            yield Token(end + 1, end + 2, "s", 1e6 if folded[end + 1] == "m" else 1e3)


def _fraction_sign(folded: str, start: int, end: int) -> Iterator[Token]:
    below = folded[end + 1 : end + 2]
    if below.isdecimal() and below != "0" and folded[start:end].isdecimal():
        yield Token(
            start, end + 2, "f", float(folded[start : end - 1] or 0) + int(folded[end - 1]) / int(below)
        )


def _may_start(folded: str, start: int) -> bool:
    """Tell whether digits here may be a number: not "L24", "AK-47", "a.1"; "و350" and "usd200" may."""
    if not start:
        return True
    before = folded[start - 1]
    if "a" <= before <= "z":
        begin = start
        while begin and start - begin < 4 and "a" <= folded[begin - 1] <= "z":
            begin -= 1
        return folded[begin:start] in _CURRENCIES
    if before == "-" and start > 1 and "a" <= folded[start - 2] <= "z":
        return folded[start + 2 : start + 3].isdecimal()
    return before != "_"


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
        return Reading(first.start, first.end, _plain(folded, first), 1, i, i + 1, True, True)
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
    if (
        first.kind in "sD"
        and folded.startswith("a ", start - 2)
        and not folded[start - 3 : start - 2].isalnum()
    ):
        start -= 2
    if folded.startswith(".", end - 1):
        end -= 1
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


def _plain(folded: str, token: Token) -> float | None:
    return value_of(folded[token.start : token.end].replace(" ", ""), 1, "")


def _digits_value(folded: str, tokens: Sequence[Token], j: int) -> float | None:
    """Return the value of a token of digits, looking at the scale word or the noun behind it."""
    token = tokens[j]
    numeral = folded[token.start : token.end]
    if numeral.isdecimal():
        return value_of(numeral, 1, "")
    if " " in numeral:
        return float(numeral.replace(" ", ""))
    scale, measure, arabic = 1.0, "", False
    if j + 1 < len(tokens) and tokens[j + 1].kind in "sp":
        after = tokens[j + 1]
        if gap_between(folded, token.end, after.start) in ("tight", "article"):
            scale, arabic = after.value, folded[after.start] > "z"
    if scale == 1:
        measure = measure_after(folded, token.end)
        arabic = _arabic_at(folded, skip_ornaments(folded, token.end))
    return value_of(numeral, scale, measure, arabic=arabic)


def _arabic_at(folded: str, position: int) -> bool:
    return folded[position : position + 1] >= "ء"


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
    if between.strip(" ()[]/\"'-"):
        return False
    bracket = (one.digits and ")" in between) or "(" in between
    slip = one.digits and other.scale >= 1e6 and one.value >= other.value  # 1,491,859 "million" pills
    return one.value == other.value or slip or (bracket and other.value >= 10 and one.value >= 10)


def _joined(folded: str, tokens: Sequence[Token], readings: Sequence[Reading]) -> Iterator[Number]:
    """Yield numbers with their precision, two ends of a range as one number."""
    i = 0
    while i < len(readings):
        low = readings[i]
        if i + 1 < len(readings) and (high := _range(folded, low, readings[i + 1])):
            value = _low_end(low, high)
            outer = _range_start(folded, low.start)
            yield Number(low.start, high.end, value, high.value, "range", outer)
            i += 2
            continue
        qualifier, outer, end = _precision(folded, tokens, low)
        number = _thousands_meant(low) if qualifier != "exact" else low.value
        yield Number(low.start, end, number, number, qualifier, outer, low.ordinal)
        i += 1


def _thousands_meant(reading: Reading) -> float | None:
    """Return 3,400,000 for "more than 3 million and 400": nobody rounds to 3,000,400."""
    if reading.value is None or reading.scale != 1e6:
        return reading.value
    rest = reading.value % 1e6
    return reading.value + 999 * rest if 100 <= rest < 1000 and rest % 100 == 0 else reading.value


@cache
def _range_words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns of: the join "to", the join "and", and the opening words at the end of a piece of
    text."""
    table = {name: [fold_phrase(w) for w in words] for name, words in load("quantifiers")["range"].items()}
    currency = r"(?: ?(?:us|usd|[a-z]{2,3})?[$€£] ?)?"
    unit = r"(?: ?[a-zء-ي%]+)?"
    to = "|".join(table["to"])
    both = "|".join(table["and"])
    opening = "|".join([*table["between"], *table["opening"]])
    quotes = r"[\"')\]/]{0,2}"
    return (
        re.compile(rf"{quotes}(?: ?- ?|{unit}{quotes},? (?:{to}) ){currency}[\"'(\[/]{{0,2}}"),
        re.compile(rf"{quotes}{unit},? (?:{both}) ?{currency}[\"'(\[/]{{0,2}}"),
        re.compile(rf"(?:^|[ \"(])(?:(?:و|ب|ف)?(?:{opening})) ?{currency}[\"'(\[/]{{0,2}}\Z"),
    )


def _range(folded: str, low: Reading, high: Reading) -> Reading | None:
    """Return the high end, where two readings are the ends of a range."""
    if low.value is None or high.value is None or high.start - low.end > 24 or low.ordinal or high.ordinal:
        return None
    between = folded[low.end : high.start]
    to, both, _ = _range_words()
    if not to.fullmatch(between) and not (both.fullmatch(between) and _opened(folded, low.start)):
        return None
    return high if (_low_end(low, high) or 0) < high.value else None


def _opened(folded: str, start: int) -> bool:
    return _range_start(folded, start) < start


def _range_start(folded: str, start: int) -> int:
    piece = folded[max(0, start - 24) : start]
    match = _range_words()[2].search(piece)
    if not match:
        return start
    return start - len(piece) + match.start() + (not piece[match.start()].isalnum())


def _low_end(low: Reading, high: Reading) -> float:
    """Return the low end: "3 to 4 million" begins at three million."""
    value, top = low.value or 0.0, high.value or 0.0
    if low.scale == 1 and high.scale > 1 and value * high.scale < top:
        return value * high.scale
    return value


def _precision(folded: str, tokens: Sequence[Token], reading: Reading) -> tuple[str, int, int]:
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
        if reading.next < len(tokens) and (after := tokens[reading.next]).after:
            if after.start - end <= 2 and not folded[end : after.start].strip(" )"):
                return after.after, outer, after.end
    return qualifier, outer, end


_FILLERS = frozenset(
    ("", "a", "an", "the", "of", "of the", "ب", "ال", "بال", "ل", "من", "مبلغ", "عدد", "a total of", "us")
)


def _reaches(folded: str, end: int, start: int) -> bool:
    """Tell whether nothing but brackets, articles and glued letters stands between two offsets."""
    return 0 <= start - end <= 14 and folded[end:start].strip(" \"'([/*-$") in _FILLERS
