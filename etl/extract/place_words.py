"""A text as the words that place names are made of: folded like the gazetteer's keys, articles left out.

An Arabic word may carry a conjunction or preposition ("بالقائم", "وحلب"); it is taken off where the rest is
a word that the place grammar or the gazetteer knows, and kept as `glue`, since it says what part the place
plays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from etl.extract.text import Text
from etl.vocabulary import load
from geo.fold import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_GLUED = ("و", "ف", "ب", "ل", "وب", "ول", "فب", "فل", "لل", "ولل", "فلل")
_SUFFIXES = frozenset(
    {"s", "da", "de", "ta", "te", "nin", "in", "un", "dan", "den", "ya", "ye", "a", "e", "i"}
)
"""What an apostrophe joins to a name: the English genitive and Turkish cases."""
_ENGLISH = frozenset({"ar", "as", "at", "an", "er", "es", "ed", "et", "en"})
"""Articles that are English words as well: written with capitals before a name, or joined by a hyphen."""
_ARTICLES = _ENGLISH | {"al", "el", "ul", "ash", "ad", "adh", "ath", "az", "ez"}
BLANK = frozenset({"", " ", "-", ' "', '" ', " '", "' ", '"', "'", " - ", " (", ") ", "/", " #", "#"})
"""What may stand between the words of one phrase."""


class Words:
    """Parallel lists over the words of a text; articles belong to the word behind them.

    `start`, `end`: offsets into the folded text. `bare`: where the word begins without its article. `key`:
    the gazetteer's form. `glue`: Arabic letters taken off in front. `gap`: the text between this word and
    the one before.
    """

    __slots__ = ("bare", "end", "gap", "glue", "key", "start")

    def __init__(self, text: Text, known: frozenset[str]) -> None:
        folded = text.folded
        spans = [found.span() for found in _WORD.finditer(folded)]
        read = [_read(folded[begin:end], known) for begin, end in spans]
        self.start = [begin for begin, _ in spans]
        self.end = [end for _, end in spans]
        self.bare = self.start.copy()
        self.key = [key for _, key in read]
        self.glue = [glue for glue, _ in read]
        self.gap = [folded[end:begin] for end, begin in zip([0, *self.end], self.start, strict=False)]
        self._join_articles(text)

    def _join_articles(self, text: Text) -> None:
        """Give articles to the words behind them; one that belongs to no word is a word: "at", "as"."""
        joined: set[int] = set()
        for at in [at for at, key in enumerate(self.key) if key in _ARTICLES]:
            if at - 1 in joined:
                continue  # a word with an article
            begin, gap, key = self.start[at], self.gap[at], self.key[at]
            behind = at + 1
            if behind < len(self.key) and _is_article(
                text, (begin, gap, key), self.start[behind], self.gap[behind], self.key[behind]
            ):
                self.start[behind], self.gap[behind] = begin, gap
                joined.add(at)
            else:
                self.end[at], self.glue[at] = begin + len(key), ""
        if joined:
            kept = [at for at in range(len(self.key)) if at not in joined]
            for name in self.__slots__:
                values = getattr(self, name)
                setattr(self, name, [values[at] for at in kept])

    def __len__(self) -> int:
        return len(self.key)

    def joined(self, at: int) -> bool:
        """Tell whether nothing but a blank, hyphen or quote divides word `at` from the one before."""
        return 0 < at < len(self.gap) and self.gap[at] in BLANK


def _is_article(text: Text, article: tuple[int, str, str], begin: int, gap: str, key: str) -> bool:
    """Whether what stands before a word is its article: joined by a hyphen, or not an English word."""
    at, _, pending = article
    if gap != "-" and not (gap == " " and (pending not in _ENGLISH or _capitals(text, at, begin))):
        return False
    return fold(f"{pending} {key}") == key


def _capitals(text: Text, *places: int) -> bool:
    return all(text.original[text.span(p, p + 1)[0]].isupper() for p in places)


@lru_cache(maxsize=1 << 15)
def _read(raw: str, known: frozenset[str]) -> tuple[str, str]:
    """Return the glued letters and the key of a folded word."""
    if "'" in raw:
        base, _, suffix = raw.partition("'")
        if suffix in _SUFFIXES and len(base) > 2:
            raw = base
    key = fold(raw)
    if key in known or not "ء" <= raw[0] <= "ي":
        return "", key
    for glue in _GLUED:
        if raw.startswith(glue):
            rest = fold(raw[len(glue) :])
            if len(rest) > 1 and rest in known:
                return glue, rest
    return "", key


class Phrases:
    """Phrases as sequences of keys: longest match beginning or ending at a word."""

    def __init__(self, entries: Iterable[tuple[str, Any]]) -> None:
        self._values: dict[tuple[str, ...], Any] = {}
        for phrase, value in entries:
            if key := tuple(fold(phrase).split()):
                self._values.setdefault(key, value)
        self._first = _lengths((k[0], len(k)) for k in self._values)
        self._last = _lengths((k[-1], len(k)) for k in self._values)

    def at(self, words: Words, at: int) -> tuple[int, Any] | None:
        """The longest phrase that begins at a word: its end (exclusive) and value."""
        key = words.key
        for count in self._first.get(key[at], ()) if at < len(key) else ():
            end = at + count
            value = self._values.get(tuple(key[at:end])) if end <= len(key) else None
            if value is not None and all(words.gap[k] in BLANK for k in range(at + 1, end)):
                return end, value
        return None

    def all(self, words: Words) -> Iterator[tuple[int, int, Any]]:
        """Every word that begins a phrase: where it begins and ends, and the value of the longest."""
        first = self._first
        for at in [at for at, key in enumerate(words.key) if key in first]:
            if found := self.at(words, at):
                yield at, *found

    def before(self, words: Words, at: int) -> tuple[int, Any] | None:
        """The longest phrase that ends right before a word: its beginning and value."""
        for count in self._last.get(words.key[at - 1], ()) if at > 0 else ():
            begin = at - count
            value = self._values.get(tuple(words.key[begin:at])) if begin >= 0 else None
            if value is not None and all(words.gap[k] in BLANK for k in range(begin + 1, at)):
                return begin, value
        return None


def _lengths(words: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Word -> how long the phrases with it are, longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for word, length in words:
        found[word].add(length)
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


@cache
def grammar() -> Mapping[str, Any]:
    return load("place_words")


@cache
def phrases(*path: str) -> Phrases:
    """The phrases of one list of place_words.toml."""
    table: Any = grammar()
    for name in path:
        table = table[name]
    return Phrases((phrase, True) for phrase in table)


@cache
def cues() -> Phrases:
    """The words that give a place its part, by role."""
    return Phrases((phrase, role) for role, entry in grammar()["roles"].items() for phrase in entry["words"])
