"""Words of dates as a string of letters: the alphabet in which the rules of `days` are written.

Every word, number and sign of a text that can belong to a date becomes one letter, whatever its language: M
a month, d a number that can be a day of one, Y a year, W a weekday, L "last", and so on; all other words in
a row are one x. "Sunday, 5 March 2024" is `W,dMY`, "يوم الأحد 5 آذار 2024" is `DWdMY`: one short pattern
reads both. The words are data (calendar_words.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

from etl.extract.lexicon import Lexicon, shared
from etl.extract.text import Text, fold_text
from etl.vocabulary import load


class NumericDate(NamedTuple):
    """A date in digits. `turnable`: day and month could be the other way round."""

    year: int
    month: int
    day: int
    turnable: bool = False


SECTIONS = {
    "month": "M", "hijri_month": "H", "weekday": "W", "weekday_short": "w", "today": "T", "other_day": "N",
    "not_a_date": "x", "day": "D", "week": "K", "unit_month": "m", "year": "y", "part": "Q", "season": "S",
    "weekend": "Z", "few": "v", "one": "a", "cardinal": "c", "ordinal": "o", "last": "L", "this": "C",
    "next": "X", "edge": "E", "ago": "g", "away": "e", "from_then": "R", "before": "B", "in": "i",
    "during": "u", "from": "f", "of": "O", "to": "t", "between": "b", "and": "&", "since": "s", "the": "r",
    "about": "~", "corresponding": "q", "hijri_mark": "A", "gregorian_mark": "G", "whose": "j", "law": "#",
    "counted": "P", "hour": "U", "following": "F", "vehicle": "V", "place": "p", "ahead_of": "z",
    "running": "C",
}  # fmt: skip
"""Section of calendar_words.toml -> letter. Besides: d Y h n numbers (day, year, Hijri year, other), I and J
a numeric date (Gregorian, Hijri), k a time of day, signs of punctuation as themselves, x anything else."""

_PARTICLES = frozenset("iufOtb&srB~qGA#jxgevaPpz")  # take و and ف in front, nothing else
_FIRST_YEAR = 1961  # the drug's own; a smaller number is a hotline or a quantity
_CONJUNCTIONS = ("", "و", "ف")
_BEFORE_BARE = ("", "ال", "ب", "بال", "ل", "لل", "ك")
_BEFORE_ARTICLE = ("ال", "بال", "لل", "كال")
_MONTH_LEADS = frozenset("iufOtb&sLCXEmdo")
_MONTH_FOLLOWERS = frozenset("doYhLO")

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]++)"
    r"|(?P<sign>[^\w ])"
    r"|(?P<date>(?<![\d./-])(?P<first>\d{1,4}) ?(?P<by>[-/.]) ?(?P<second>\d{1,2}) ?(?P=by) ?"
    r"(?P<third>\d{1,4})(?!\d)(?! ?(?P=by) ?\d)(?:t(?=\d\d:))?)"
    r"|(?P<time>\d{1,2}:\d{2}(?!\d)(?::\d{2})?(?:\.\d{1,6})?(?:[ap]\.?m\b)?(?:[+-]\d{2}:?\d{2}\b|z\b)?)"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d++(?:[.,٫٬]\d{3}(?!\d))++(?:[.,]\d{1,3}(?!\d))?|\d++[.,٫]\d{1,2}(?!\d)|\d++)"
)
_CORE = frozenset("MHWTNDKmyQSZU")
_CORE_FIGURE = re.compile(r"\d(?:\d{3}|(?<!\d\d)\d?[-/.]\d\d?[-/.]\d\d)")
_BEFORE_CORE = 48
"""How far before a month, a day's name or a unit its phrase may begin, in characters."""
_WORD = re.compile(r"[^\W\d_]+")
_SHORT_WORD = re.compile(r"[^\W\d_]{1,20}(?![^\W\d_])")
_JOINED = re.compile(r"[ '-]{1,2}")


class _Entry(NamedTuple):
    letter: str
    value: int
    conjunction: bool = False  # "and" is glued in front
    weak: bool = False  # a month only in the right company
    abbreviation: bool = False  # takes a dot


class Token(NamedTuple):
    """One letter of the alphabet: its number (0 where it has none) and its place in `Text.folded`."""

    letter: str
    value: int
    start: int
    end: int


@dataclass(slots=True)
class Words:
    """A text's date words: `letters[i]` is the letter of `tokens[i]`.

    `dates` holds the numeric dates, `arabic` the words of M, T and C in Arabic, by their index;
    `doubtful` the words that are months only in the right company.
    """

    letters: str = ""
    tokens: list[Token] = field(default_factory=list)
    dates: dict[int, NumericDate] = field(default_factory=dict)
    arabic: set[int] = field(default_factory=set)
    doubtful: list[int] = field(default_factory=list)

    def first(self, kinds: str, start: int, end: int) -> int | None:
        """Return the number of the first token of one of these kinds between two tokens, None without one."""
        return next((t.value for t in self.tokens[start:end] if t.letter in kinds), None)


@cache
def _entries() -> tuple[dict[str, _Entry], dict[str, int]]:
    """Return phrase -> entry, and first word of a phrase -> words of the longest phrase it begins."""
    table = load("calendar_words")
    weak = {_key(word) for word in table["not_a_month"]["words"]}
    dotted = {_key(word) for word in table["abbreviation"]["words"]}
    listed: dict[str, _Entry] = {}
    for section, letter in SECTIONS.items():
        for value, phrases in table[section].items():
            for phrase in phrases:
                key = _key(phrase)
                number = int(value) if value != "words" else 0
                is_weak = letter == "M" and key in weak
                listed.setdefault(key, _Entry(letter, number, weak=is_weak, abbreviation=key in dotted))
    entries = dict(listed)
    for key, entry in listed.items():
        for form, conjunction in _glued_forms(key, entry):
            entries.setdefault(form, entry._replace(conjunction=conjunction))
    longest: dict[str, int] = {}
    for key in entries:
        head, _, tail = key.partition(" ")
        longest[head] = max(longest.get(head, 1), tail.count(" ") + 2 if tail else 1)
    return entries, longest


@shared
def _core_words() -> Lexicon[None]:
    table = load("calendar_words")
    sections = (section for section, letter in SECTIONS.items() if letter in _CORE or section == "running")
    return Lexicon(
        (phrase, None) for name in sections for phrases in table[name].values() for phrase in phrases
    )


def _key(phrase: str) -> str:
    return " ".join(_WORD.findall(fold_text(phrase).folded))


def _glued_forms(key: str, entry: _Entry) -> Iterator[tuple[str, bool]]:
    """Yield an Arabic phrase with what may be glued to its first word, and whether that begins with "and"."""
    if not "ء" <= key[0] <= "ي":
        return
    if entry.letter in _PARTICLES or entry.weak:
        fronts: tuple[str, ...] = ("",)
        bare = key
    elif key.startswith("ال") and len(key) > 4:
        fronts, bare = _BEFORE_ARTICLE, key[2:]
    else:
        fronts, bare = _BEFORE_BARE, key
    for conjunction in _CONJUNCTIONS:
        for front in fronts:
            yield conjunction + front + bare, bool(conjunction)


def read_words(text: Text) -> Words:
    """Return the date words of a text, in one pass.

    Only the surroundings of words that make a date are looked at; what lies between is one x.
    """
    words = Words()
    reached = 0
    for core_start, core_end in _cores(text):
        if core_end > reached:
            begin = max(reached, core_start - _BEFORE_CORE)
            if begin > reached:
                words.tokens.append(Token("x", 0, begin, begin))
                begin = _word_start(text.folded, begin, core_start)
            reached = _read_around(words, text, begin, core_end)
    words.letters = _settled(words)
    return words


def _cores(text: Text) -> list[tuple[int, int]]:
    """Return where the words and figures stand without which there is no date."""
    cores = [(match.start, match.end) for match in _core_words().find_all(text)]
    cores += [match.span() for match in _CORE_FIGURE.finditer(text.folded)]
    return sorted(cores)


def _word_start(folded: str, begin: int, core: int) -> int:
    """Return the beginning of the first whole word after `begin`."""
    if folded[begin - 1].isspace():
        return begin
    space = folded.find(" ", begin, core)
    return space if space >= 0 else core


def _read_around(words: Words, text: Text, begin: int, core_end: int) -> int:
    """Add the tokens from `begin` to the first unknown word after a core. Return where it ends."""
    entries, longest = _entries()
    folded, tokens = text.folded, words.tokens
    reached = begin  # where the last phrase ended
    for found in _TOKEN.finditer(folded, begin):
        kind = found.lastgroup
        word = found[0]
        start, end = found.span()
        if start < reached:
            continue
        if kind == "word" and word not in longest:
            if not tokens or tokens[-1][0] != "x":
                tokens.append(Token("x", 0, start, end))
            if end > core_end:
                return end
        elif kind == "word":
            entry = entries.get(word)
            if longest[word] > 1:
                entry, end = _phrase(folded, start, longest[word], entries)
            reached = _add_word(words, text, entry, start, end)
        elif kind == "sign":
            if word not in "'\"":
                tokens.append(Token(word, 0, start, end))
        else:
            _add_figure(words, folded, found)
    return len(folded)


def _phrase(folded: str, start: int, longest: int, entries: dict[str, _Entry]) -> tuple[_Entry | None, int]:
    """Return the longest entry that begins here, None without one, and where it ends."""
    found, reached, end, key = None, start, start, ""
    for _ in range(longest):
        gap = _JOINED.match(folded, end) if key else None
        word = _SHORT_WORD.match(folded, gap.end() if gap else end) if gap or not key else None
        if not word:
            break
        end = word.end()
        key = f"{key} {word[0]}" if key else word[0]
        if key in entries:
            found, reached = entries[key], end
    return found, max(reached, start + 1)


def _add_word(words: Words, text: Text, entry: _Entry | None, start: int, end: int) -> int:
    """Add a word of the lists (None: an unknown one), with the "and" that is glued to it. Return its end."""
    tokens, folded = words.tokens, text.folded
    if entry is None:
        tokens.append(Token("x", 0, start, end))
        return end
    if entry.abbreviation and folded.startswith(".", end):
        end += 1
    if entry.conjunction:
        tokens.append(Token("&", 0, start, start + 1))
        start += 1
    letter, arabic = entry.letter, folded[start] >= "ء"
    capital = not arabic and text.original[text.span(start, end)[0]].isupper()
    if (entry.weak and not arabic and not capital) or (
        letter == "T" and capital and _within_name(folded, start)
    ):
        letter = "x"
    elif entry.weak:
        words.doubtful.append(len(tokens))
    if arabic and letter in "MTC":
        words.arabic.add(len(tokens))
    tokens.append(Token(letter, entry.value, start, end))
    return end


def _within_name(folded: str, start: int) -> bool:
    """Tell whether the word before belongs to it as well: "L'Orient Today reported"."""
    return start > 1 and folded[start - 1] == " " and folded[start - 2].isalnum()


def _add_figure(words: Words, folded: str, found: re.Match[str]) -> None:
    """Add a number, a numeric date or a time of day."""
    start, end = found.span()
    kind, value = found.lastgroup, 0
    if kind == "date":
        end = found.end("third")
        date_found = _numeric(found["first"], found["second"], found["third"])
        if date_found:
            words.dates[len(words.tokens)] = date_found
        letter = "n" if date_found is None else "J" if date_found.year < _FIRST_YEAR else "I"
    elif kind == "time":
        letter = "k"
    elif kind == "ordinal":
        value = int(found[0][:-2])
        letter = "o" if 1 <= value <= 31 else "n"
    else:
        letter, value = _number(found[0])
        if words.tokens and words.tokens[-1] == ("Q", 3, start - 1, start):
            letter = "o"  # "Q1"
        elif start and folded[start - 1].isascii() and folded[start - 1].isalpha():
            letter = "n"  # a model or a version, "ak-47"
    words.tokens.append(Token(letter, value, start, end))


def _settled(words: Words) -> str:
    """Return the letters; doubtful months ("march", "نيسان") only where their neighbours speak of dates."""
    letters = [token.letter for token in words.tokens]
    for index in words.doubtful:
        before = letters[index - 1] if index else "x"
        after = letters[index + 1] if index + 1 < len(letters) else "x"
        twin = before in {"/", "(", "-"} and index > 1 and letters[index - 2] == "M"  # "أبريل (نيسان)"
        if before == "V" or not (twin or before in _MONTH_LEADS or after in _MONTH_FOLLOWERS):
            letters[index] = "x"
    return "".join(letters)


def _number(written: str) -> tuple[str, int]:
    if len(written) > 4 or not written.isdecimal():
        return "n", 0
    value = int(written)
    if len(written) <= 2:
        return ("d" if 1 <= value <= 31 else "n"), value
    if len(written) == 4:
        return ("Y" if _FIRST_YEAR <= value <= 2099 else "h" if 1300 <= value <= 1499 else "n"), value
    return "n", value


def _numeric(first: str, second: str, third: str) -> NumericDate | None:
    """Return year, month, day of a numeric date: year first, or day first unless that is impossible."""
    if len(first) == 4:
        year, month, day, turnable = int(first), int(second), int(third), False
        if len(third) > 2:
            return None
    elif len(first) <= 2 and (len(third) == 4 or (len(first) == len(second) == len(third) == 2)):
        day, month = int(first), int(second)
        year = int(third) if len(third) == 4 else 2000 + int(third)
        turnable = day <= 12 and month <= 12
        if month > 12 >= day:
            day, month = month, day
    else:
        return None
    found = NumericDate(year, month, day, turnable)
    if 1300 <= year < 1500:
        return found if 1 <= month <= 12 and 1 <= day <= 30 else None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return found if _FIRST_YEAR <= year <= 2099 else None
