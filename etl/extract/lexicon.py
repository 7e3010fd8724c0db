"""Finding the phrases of a word list in a text, all at once: an Aho-Corasick automaton over folded text.

One pass, linear in the text, whatever the number of phrases; the lists declared `shared` are looked up in one
pass together. A phrase is matched as whole words; `tyre*`
also meets `tyres`, `*جمارك` any beginning. An Arabic phrase may carry what Arabic glues to a word: و ف ب ل ك
and the article (`والكبتاغون`, `للحشيش`), so lists give the bare word once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Generic, NamedTuple, TypeVar

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
        self.forms: dict[str, tuple[int, bool, bool, T]] = {}
        """Spelling -> its length, whether it is open to the left and to the right, and its value."""
        for phrase, value in entries:
            open_left, open_right = phrase.startswith("*"), phrase.endswith("*")
            key = without_article(phrase) if article else fold_phrase(phrase)
            key = key.strip("*")
            for form in _definite_forms(key) if article else (key,):
                if form:
                    self.forms.setdefault(form, (len(form), open_left, open_right, value))

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        return _compiled(self.forms)

    def find(self, text: Text) -> list[Match[T]]:
        """Return the matches in order; where phrases overlap the leftmost, then longest, stays."""
        matches = self.find_all(text)
        return list(_without_overlaps(matches)) if len(matches) > 1 else matches

    def find_all(self, text: Text) -> list[Match[T]]:
        """Return every match, overlapping ones included, by where they end."""
        words, length_of_text = text.words, len(text.words)
        found: list[Match[T]] = []
        hits: Iterable[tuple[int, tuple[int, bool, bool, T]]] | None = text.hits.get(self)
        if hits is None:
            hits = self._automaton.iter(words) if self.forms else ()
        for last, (length, open_left, open_right, value) in hits:
            end = last + 1
            start = end - length
            if open_right:
                while end < length_of_text and words[end].isalnum():
                    end += 1
            elif end < length_of_text and words[end].isalnum():
                continue
            if not open_left and start and words[start - 1].isalnum() and not _glued(words, start):
                continue
            found.append(Match(start, end, value))
        return found


_SHARED: list[Callable[[], Lexicon[Any]]] = []


def shared(make: Callable[[], Lexicon[T]]) -> Callable[[], Lexicon[T]]:
    """Declare a word list that every page is read with: made once, and looked up by `look_up`."""
    made_once = cache(make)
    _SHARED.append(made_once)
    return made_once


def look_up(text: Text) -> None:
    """Look all shared word lists up in one pass, for `Lexicon.find` to take from `Text.hits`."""
    lexicons, automaton = _together()
    hits: list[list[tuple[int, Any]]] = [[] for _ in lexicons]
    for last, entries in automaton.iter(text.words):
        for index, entry in entries:
            hits[index].append((last, entry))
    text.hits.update(zip(lexicons, hits, strict=True))


@cache
def _together() -> tuple[list[Lexicon[Any]], ahocorasick.Automaton]:
    lexicons = [make() for make in _SHARED]
    forms: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for index, lexicon in enumerate(lexicons):
        for form, entry in lexicon.forms.items():
            forms[form].append((index, entry))
    return lexicons, _compiled(forms)


def _compiled(forms: Mapping[str, object]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for form, value in forms.items():
        automaton.add_word(form, value)
    automaton.make_automaton()
    return automaton


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
