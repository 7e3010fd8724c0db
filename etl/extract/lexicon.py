"""Finding the phrases of a word list in a text, all at once: an Aho-Corasick automaton over folded text.

One pass, linear in the text, whatever the number of phrases. A phrase is matched as whole words; `tyre*`
also meets `tyres`, `*جمارك` any beginning. An Arabic phrase may carry what Arabic glues to a word: و ف ب ل ك
and the article (`والكبتاغون`, `للحشيش`), so lists give the bare word once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from etl.extract.text import Text, fold_phrase

T = TypeVar("T")

_CONJUNCTIONS = ("", "و", "ف")
_BEFORE_BARE = frozenset(a + b for a in _CONJUNCTIONS for b in ("", "ال", "ب", "بال", "كال", "ل", "لل"))
"""What may stand glued in front of an Arabic word without its article."""
_LONGEST_PREFIX = max(len(p) for p in _BEFORE_BARE)


class Match(NamedTuple, Generic[T]):
    """A phrase found: offsets into the folded text (glued letters left out) and what the list says of it."""

    start: int
    end: int
    value: T


def without_article(phrase: str) -> str:
    """Return a phrase folded and without the Arabic article: phrases that are equal then are one.

    >>> without_article("الإعدام"), without_article("bust*")
    ('اعدام', 'bust*')
    """
    key = fold_phrase(phrase)
    return key[2:] if key.startswith("ال") and len(key) > 4 else key


class Lexicon(Generic[T]):
    """A compiled word list. `entries`: (phrase, value); of equal phrases the first stays.

    `article`: whether phrases may be given with the Arabic article, which is then left off; False for lists
    whose words begin with the same letters by nature (ألفان).
    """

    def __init__(self, entries: Iterable[tuple[str, T]], *, article: bool = True) -> None:
        automaton = ahocorasick.Automaton()
        self._empty = True
        for phrase, value in entries:
            open_left, open_right = phrase.startswith("*"), phrase.endswith("*")
            key = without_article(phrase) if article else fold_phrase(phrase)
            key = key.strip("*")
            for form in _definite_forms(key) if article else (key,):
                if form and automaton.get(form, None) is None:
                    automaton.add_word(form, (len(form), open_left, open_right, value))
                    self._empty = False
        if not self._empty:
            automaton.make_automaton()
        self._automaton = automaton

    def find(self, text: Text) -> list[Match[T]]:
        """Return the matches in order; where phrases overlap the leftmost, then longest, stays."""
        return list(_without_overlaps(self.find_all(text.words)))

    def find_all(self, words: str) -> Iterator[Match[T]]:
        """Yield every match, overlapping ones included, by where they end."""
        if self._empty:
            return
        for last, (length, open_left, open_right, value) in self._automaton.iter(words):
            end = last + 1
            start = end - length
            if open_right:
                while end < len(words) and words[end].isalnum():
                    end += 1
            elif end < len(words) and words[end].isalnum():
                continue
            if not open_left and start and words[start - 1].isalnum() and not _glued(words, start):
                continue
            yield Match(start, end, value)


def _definite_forms(key: str) -> tuple[str, ...]:
    """An Arabic noun and its adjectives take the article together: مواد أولية, المواد الأولية."""
    first, *rest = key.split(" ")
    if not rest or not "ء" <= key[0] <= "ي":
        return (key,)
    return key, " ".join([first, *(word if word.startswith("ال") else f"ال{word}" for word in rest)])


def _glued(words: str, start: int) -> bool:
    """Tell whether only Arabic's glued letters stand between the word's beginning and `start`."""
    if not "ء" <= words[start] <= "ي":
        return False
    begin = start
    while begin and start - begin <= _LONGEST_PREFIX and words[begin - 1].isalnum():
        begin -= 1
    return words[begin:start] in _BEFORE_BARE


def _without_overlaps(matches: Iterable[Match[T]]) -> Iterator[Match[T]]:
    reached = 0
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if match.start >= reached:
            yield match
            reached = match.end
