"""The pieces that numbers are read from: digits, number words and words of precision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.extract.digits import LONGEST
from etl.extract.lexicon import Lexicon, shared
from etl.extract.text import Text, fold_phrase
from etl.extract.unit_words import measure_after
from etl.vocabulary import load

_DIGITS = re.compile(r"\d[\d.,٫٬:/]*")
_SPACED = re.compile(r"(?: \d{3}){1,4}(?![\d.,:/]*\d)")
_LETTERS = re.compile(r"[a-zء-ي]+")
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_DASHED_DATE = re.compile(r"\d{1,4}-\d{1,4}-\d{1,4}(?!,?\d)")
_STAMP = re.compile(r"0-1(?![\d.,])")  # what Iraqis read on the tablets

_FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 1 / 3, "2/3": 2 / 3}


class Token(NamedTuple):
    """A piece of a number, or a word beside numbers.

    `kind`: d digits, n word below a thousand, s scale word, p plural scale word, D dual of a scale word, f
    fraction, z dozen, v vague, o ordinal; q precision (`before`: what it says of a number behind it, `after`:
    of one in front of it), r a word that makes a number a name ("Article"), x words that are no number ("one
    by one").
    """

    start: int
    end: int
    kind: str
    value: float
    before: str = ""
    after: str = ""


class _Word(NamedTuple):
    kind: str
    value: float
    before: str = ""
    after: str = ""


def tokens_of(text: Text) -> list[Token]:
    """Return the tokens of a text in order."""
    found = [Token(m.start, m.end, *m.value) for m in _lexicon().find(text)]
    found.extend(_digit_tokens(text.folded))
    found.sort()
    return found


@shared
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


def _digit_tokens(folded: str) -> Iterator[Token]:
    skip_until = 0
    for match in _DIGITS.finditer(folded):
        start, raw = match.start(), match[0].rstrip(".,:/٫٬")
        end = start + len(raw)
        if start < skip_until:
            continue
        if skipped := _STAMP.match(folded, start) or _DASHED_DATE.match(folded, start):
            skip_until = skipped.end()
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
            alone = spaced.end() - end == 4  # "on March 12 200 pills": one group counts only before a noun
            if not alone or measure_after(folded, spaced.end()) in ("tablets", "packages"):
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


@cache
def _currency_codes() -> frozenset[str]:
    table = load("money")
    return frozenset(code for name in ("dollars", "other") for code in table[name]["before"]) | {"us"}


def _may_start(folded: str, start: int) -> bool:
    """Tell whether digits here may be a number: not "L24", "AK-47", "a.1"; "و350" and "usd200" may."""
    if not start:
        return True
    before = folded[start - 1]
    if "a" <= before <= "z":
        begin = start
        while begin and start - begin < 4 and "a" <= folded[begin - 1] <= "z":
            begin -= 1
        return folded[begin:start] in _currency_codes()
    if before == "-" and start > 1 and "a" <= folded[start - 2] <= "z":
        return folded[start + 2 : start + 3].isdecimal()
    return before != "_"
