"""Read a place phrase: the known names in it, and the words that say how they are meant.

"warehouses near the port of Latakia", "منفذ القائم الحدودي", "between Raqqa and Manbij": names are found
as the longest runs of words that the index knows; words between them are looked up in `data/grammar.toml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geo.fold import fold
from geo.grammar import grammar
from geo.places import Named, index, kind_words

_MAX_WORDS = 7
# Arabic writes "and", "in", "to", "for" as part of the next word; the article may stand between.
_PROCLITICS = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "وب", "ول", "و", "ب", "ل", "ف")
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile(r"[ء-ي]")
# Turkish hangs case endings, English its s, on names with an apostrophe: they would hide the name.
_SUFFIX = re.compile(r"(?<=\w)['’](?:s|n?[dt][ae]n?|[ns]?[ıiuü]n?|[yn]?[ae])\b", re.IGNORECASE)

_ELISION = re.compile(r"\b[dlDL]['’](?=\w)")  # French: banlieue d'Amman, l'aéroport


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name in a phrase: words start..end (exclusive) and the places that it may be."""

    start: int
    end: int
    key: str
    named: tuple[Named, ...]

    @property
    def words(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Sign:
    """A word or words that the grammar knows: `relation` and where they stand."""

    start: int
    end: int
    relation: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A read phrase: folded words, names, signs, kinds of place that it names, countries it speaks of."""

    text: str
    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    signs: tuple[Sign, ...]
    kinds: tuple[tuple[int, int, str], ...]
    countries: tuple[tuple[int, str], ...]
    unknown: tuple[str, ...] = ()  # words that look like names and that nothing here knows

    def has(self, relation: str) -> bool:
        return any(s.relation == relation for s in self.signs)

    def before(self, mention: Mention, relation: str, reach: int = 1) -> bool:
        """Whether a sign of that relation stands at most `reach` words before the name."""
        return any(s.relation == relation and 0 <= mention.start - s.end < reach for s in self.signs)

    def beside(self, mention: Mention, relation: str, reach: int = 1) -> bool:
        """Whether a sign of that relation stands at most `reach` words before or after the name."""
        after = any(s.relation == relation and 0 <= s.start - mention.end < reach for s in self.signs)
        return after or self.before(mention, relation, reach)

    def kinds_near(self, mention: Mention, reach: int = 2) -> set[str]:
        """Kinds of place named within or beside a name."""
        others = [m for m in self.mentions if m is not mention]
        return {
            k
            for s, e, k in self.kinds
            if e > mention.start - reach
            and s < mention.end + reach
            and not any(m.start <= s and e <= m.end for m in others)
        }


@cache
def _common() -> frozenset[str]:
    words = {fold(w) for w in grammar()["common"]["words"]}
    words |= {fold(w) for group in grammar()["relations"].values() for w in group}
    return frozenset(words)


@cache
def _relation_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for relation, group in grammar()["relations"].items():
        for word in group:
            found[fold(word)] = (*found.get(fold(word), ()), relation)
    return found


@cache
def _kinds_of_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind in grammar()["kinds"]:
        for word in kind_words(kind):
            found[word] = (*found.get(word, ()), kind)
    return found


@cache
def _country_stems() -> tuple[tuple[str, str], ...]:
    stems = [(fold(s), code) for code, group in grammar()["countries"].items() for s in group]
    return tuple(sorted(stems, key=lambda s: (-len(s[0]), s)))


def read(text: str) -> Phrase:
    """Read a phrase in any language of the ledger."""
    text = text.replace(";", " and ")
    spaced = _ELISION.sub(" ", _SUFFIX.sub(" ", text))
    words = tuple(fold(spaced).split())
    mentions = tuple(_mentions(words))
    signs = (Sign(s, e, r) for s, e, found in _runs(words, _relation_words()) for r in found)
    return Phrase(
        text=text,
        words=words,
        mentions=mentions,
        signs=tuple(s for s in signs if s.relation == "border" or not _inside(s, mentions)),
        kinds=tuple((s, e, k) for s, e, found in _runs(words, _kinds_of_words()) for k in found),
        countries=tuple(_countries(words)),
        unknown=_unknown(spaced, mentions),
    )


def _unknown(text: str, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """Words that could be names, where no name was found: capitals past the first word, Arabic words.

    "his warehouse", "one of the ports" and "المنافذ الحدودية" hold none: there is nothing to look up.
    """
    if mentions:
        return ()
    words = _WORD.findall(text)
    return tuple(
        w
        for at, w in enumerate(words)
        if (_ARABIC.search(w) or (w[0].isupper() and (at or len(words) == 1)))
        and not any(_is_common(v) or _country_of(v) for v in without_proclitics(fold(w)))
    )


def _inside(sign: Sign, mentions: tuple[Mention, ...]) -> bool:
    """Whether a sign is part of a name ("rural" in "Rural Damascus") and so says nothing beside it."""
    return any(m.start <= sign.start and sign.end <= m.end for m in mentions)


def without_proclitics(word: str) -> Iterator[str]:
    """The word, then what is left of an Arabic one without the particles written onto it."""
    yield word
    if _ARABIC.search(word):
        for prefix in _PROCLITICS:
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                yield word[len(prefix) :]


def _mentions(words: tuple[str, ...]) -> Iterator[Mention]:
    names = index()
    at = 0
    while at < len(words):
        for count in range(min(_MAX_WORDS, len(words) - at), 0, -1):
            key = next((k for k in _variants(words[at : at + count]) if k in names), "")
            if key and not (count < len(words) and _is_common(key)):
                yield Mention(at, at + count, key, names[key])
                at += count
                break
        else:
            at += 1


def _variants(words: tuple[str, ...]) -> Iterator[str]:
    rest = words[1:]
    for first in without_proclitics(words[0]):
        yield " ".join((first, *rest))


def _is_common(key: str) -> bool:
    return len(key) < 3 or key in _common() or key.isdigit()


def _runs(
    words: tuple[str, ...], known: dict[str, tuple[str, ...]]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The longest known runs of words, from left to right: start, end, what they mean."""
    at = 0
    while at < len(words):
        for count in range(min(5, len(words) - at), 0, -1):
            key = next((k for k in _variants(words[at : at + count]) if k in known), "")
            if key:
                yield at, at + count, known[key]
                at += count
                break
        else:
            at += 1


def _countries(words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for at, word in enumerate(words):
        code = next((c for w in without_proclitics(word) if (c := _country_of(w))), "")
        if code:
            yield at, code


def _country_of(word: str) -> str:
    return next((code for stem, code in _country_stems() if word.startswith(stem)), "")
