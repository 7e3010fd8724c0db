"""Places that the gazetteer has no name for: "the country", "abroad", villages that nobody listed yet.

A mention of this kind has no `place_ids`; its words are the page's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from etl.extract.place_lexicon import Name
from etl.extract.place_names import Mention, capital
from etl.extract.place_words import Phrases, Words, cues, grammar, phrases
from etl.extract.text import Text
from geo.fold import fold
from geo.grammar import grammar as geo_grammar
from geo.places import places

UNLISTED = "unlisted name: "
"""How the rule of a name begins that the gazetteer lacks; the page's words follow."""
OWN, ABROAD, ELSEWHERE, CROSSED = "own country", "abroad", "another country", "over the border"
"""Rules of the unnamed: "the country"; "abroad", "for export"; "a Gulf state"; "over the border"."""
_NOWHERE = Name((), 2)
_LONGEST = 3
_BACK = 7
_NEAR = 8
_OF = frozenset({"of", "called", "named"})
_SMALL_WORDS = frozenset(["a", "an", "the", "small", "of", "in", "near", "remote", "border"])
_KEPT = frozenset({"keep", "keeping", "kept", "منع"})
_FOUND_AT = frozenset({"at", "near", "between"})


def add(text: Text, words: Words, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the unnamed and the unlisted places among them, in order.

    A name that is no place without a cue gives way to a longer unlisted one ("village of Abu Hamra").
    """
    sure = [m for m in mentions if m.name.trust > 1 or m.kind]
    taken = {k for m in sure for k in range(m.left, m.right)}
    extra: list[Mention] = []
    for mention in (
        *_countryside(words, mentions),
        *_unnamed(text, words),
        *_unlisted(text, words, taken),
        *_beside(text, words, mentions, taken),
    ):
        covered = range(mention.left, mention.right)
        if taken.isdisjoint(covered):
            taken.update(covered)
            extra.append(mention)
    if not extra:
        return mentions
    covered_by_extra = {k for m in extra for k in range(m.left, m.right)}
    kept = [m for m in mentions if m.first not in covered_by_extra]
    return sorted((*kept, *extra), key=lambda m: m.first)


def _unnamed(text: Text, words: Words) -> Iterator[Mention]:
    """ "the country", "abroad", "a Gulf state", where a word says that the load went there."""
    for at, end, sort in _unnamed_phrases().all(words):
        cue = cues().before(words, at)
        role = cue[1] if cue else "destination" if words.glue[at].endswith("ل") else ""
        if not role and phrases("beside", "before").before(words, at):
            role = "near"
        if sort == "own":
            kept = _KEPT & set(words.key[max(at - _NEAR, 0) : at])
            if role in ("origin", "destination") and not kept:
                yield _mention(at, end, role, OWN)
        elif sort == "capital":
            if role in _FOUND_AT and not _named_behind(text, words, end):
                name = _capitals_of_countries()
                yield Mention(at, end, name, at, end, role=role, rule="the capital", place_ids=name.place_ids)
        elif sort == "crossed":
            begin = at - 1 if at and words.key[at - 1] == "the" else at
            if phrases("unnamed", "crossed_cues").before(words, begin):
                yield _mention(at, end, "via", CROSSED)
        elif sort == "elsewhere":
            if role == "destination":
                yield _mention(at, end, role, ELSEWHERE)
        elif phrases("unnamed", "abroad_cues").before(words, at) or words.glue[at].endswith("ل"):
            yield _mention(at, end, "destination", ABROAD)


@cache
def _capitals_of_countries() -> Name:
    ids = tuple(geo_grammar()["capitals"].values())
    return Name(ids)


def _named_behind(text: Text, words: Words, end: int) -> bool:
    """ "The capital, Damascus", "the capital of Iraq": named by what follows."""
    return (
        end < len(words)
        and words.gap[end].strip() in ("", ",", "(")
        and (capital(text, words, end) or words.key[end] == "of")
    )


@cache
def _unnamed_phrases() -> Phrases:
    table = grammar()["unnamed"]
    return Phrases(
        (p, sort) for sort in ("own", "abroad", "elsewhere", "crossed", "capital") for p in table[sort]
    )


def _countryside(words: Words, mentions: list[Mention]) -> Iterator[Mention]:
    """ "Damascus and its countryside": the governorate around a city, where it is another."""
    table = grammar()["countryside_of"]
    for mention in mentions:
        at = mention.right
        if at < len(words) and words.key[at] == "and" and words.joined(at):
            at += 1
        found = phrases("countryside_of", "words").at(words, at)
        codes = (places()[i].admin1_code for i in mention.place_ids)
        code = next((table[c] for c in codes if c in table), "")
        if found and code and words.joined(at):
            name = Name((f"gov:{code}",))
            yield Mention(at, found[0], name, at, found[0], place_ids=name.place_ids)


def _mention(first: int, last: int, role: str, rule: str) -> Mention:
    return Mention(first, last, _NOWHERE, first, last, role=role, rule=rule)


@cache
def _kinds_en() -> Phrases:
    return phrases("unknown", "kinds_en")


@cache
def _no_names() -> frozenset[str]:
    return frozenset(fold(w) for w in grammar()["unknown"]["calendar"])


@cache
def _not_arabic() -> frozenset[str]:
    return frozenset(fold(w) for w in grammar()["unknown"]["not_ar"])


@cache
def _first_of_two() -> frozenset[str]:
    return frozenset(fold(w) for w in grammar()["unknown"]["two_words_ar"])


def _unlisted(text: Text, words: Words, taken: set[int]) -> Iterator[Mention]:
    """A name behind or before a word for its kind: "village of Shuab", "the Badush area", "بلدة الشعيطات"."""
    for at, end, _ in _kinds_en().all(words):
        first, last = at, end
        if words.joined(end) and words.key[end] in _OF:
            last = _capitals(text, words, end + 1)
            found = last > end + 1 and words.joined(end + 1)
        else:
            first = _capitals_before(text, words, at) if words.joined(at) else at
            found = first < at
        if found and at not in taken and (role := _role(words, first)):
            yield _mention(first, last, role, UNLISTED)
    for at, end, _ in phrases("unknown", "kinds_ar").all(words):
        if at in taken or text.folded.startswith("ال", words.bare[at] + len(words.glue[at])):
            continue
        last = _arabic_name(text, words, end)
        if last > end and (role := _role(words, at)):
            yield _mention(at, last, role, UNLISTED)


def _beside(text: Text, words: Words, mentions: list[Mention], taken: set[int]) -> Iterator[Mention]:
    """A name that a known one explains: "searched Ferzol, near Zahle"."""
    for mention in mentions:
        at = mention.left
        likeliest = mention.place_ids[0] if mention.place_ids else ""
        if mention.name.nationality or likeliest.startswith("country:"):
            continue
        for _ in range(_BACK):
            if at <= 0 or words.gap[at].strip() == ",":
                break
            step = at - 1
            if (
                words.key[step] not in _SMALL_WORDS
                and _kinds_en().at(words, step) is None
                and not _beside_word(words, step)
            ):
                at = -1
                break
            at = step
        if at <= 0 or words.gap[at].strip() != ",":
            continue
        first = _capitals_before(text, words, at, comma=True)
        if first < at and not taken & set(range(first, at)) and (role := _role(words, first)):
            yield _mention(first, at, role, UNLISTED)


def _beside_word(words: Words, at: int) -> bool:
    return phrases("beside", "before").at(words, at) is not None


def _role(words: Words, at: int) -> str:
    """The part of a name that needs a word of place before it; "" where there is none."""
    skipped = at
    for _ in range(3):
        if words.glue[skipped].endswith("ب"):
            return "at"
        if not words.joined(skipped):
            return ""
        if found := cues().before(words, skipped):
            return str(found[1]) if found[1] in _FOUND_AT and words.key[skipped - 1] != "on" else ""
        if words.key[skipped - 1] not in ("the", "a"):
            return ""
        skipped -= 1
    return ""


def _capitals(text: Text, words: Words, at: int) -> int:
    """Where a run of words with capitals ends (exclusive)."""
    end = at
    while (
        end < len(words)
        and end - at < _LONGEST
        and (end == at or words.joined(end))
        and _is_name(text, words, end)
    ):
        end += 1
    return end


def _capitals_before(text: Text, words: Words, at: int, comma: bool = False) -> int:
    """Where a run of words with capitals begins that ends before a word."""
    first = at
    while first > 0 and at - first < _LONGEST and _is_name(text, words, first - 1):
        if not (words.joined(first) or (comma and first == at)):
            break
        first -= 1
    return first


def _is_name(text: Text, words: Words, at: int) -> bool:
    """A Latin word with a capital in front that is no acronym and no word of the place grammar."""
    if not "a" <= words.key[at][0] <= "z" or not capital(text, words, at):
        return False
    quote = text.quote(words.bare[at], words.end[at])
    return not quote.isupper() and words.key[at] not in _no_names() and cues().at(words, at) is None


def _arabic_name(text: Text, words: Words, at: int) -> int:
    """Where the name ends that begins at an Arabic word; `at` itself where that is no name."""
    if at >= len(words) or not words.joined(at) or words.gap[at] != " " or words.glue[at]:
        return at
    key = words.key[at]
    definite = text.folded.startswith("ال", words.bare[at])
    if (
        len(key) < 3
        or not "ء" <= key[0] <= "ي"
        or key in _not_arabic()
        or (not definite and key.endswith(("يه", "ين", "ات")))
    ):
        return at
    if cues().at(words, at) or phrases("bodies", "before_ar").at(words, at):
        return at
    if key in _first_of_two() and at + 1 < len(words) and words.gap[at + 1] == " ":
        return at + 2
    return at + 1
