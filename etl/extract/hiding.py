"""How drugs were hidden: "inside rice sacks", "in crates of apples", "مدسوسة بين أكياس الفحم".

Two ways to a hiding place. Goods that say so by themselves ("ironing boards", "spare tyre") are taken wherever
they stand; common words ("boxes", "equipment") and goods that no list has need a verb of hiding and a
preposition before them. The words around a find ("crates of", "shipment") belong to it, six words at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.extract.lexicon import Lexicon, Match
from etl.extract.mentions import Means
from etl.extract.nearby import word_after, words_before
from etl.extract.text import Text, fold_phrase
from etl.vocabulary import load

_REACH = 90  # from a verb of hiding to the goods
_OBJECT = 80  # "hid 4.6 million tablets in ...": over what was hidden
_MOST_WORDS = 6
_WORD = re.compile(r"[^\W_][\w']*")
_BARRIER = re.compile(r"[.;:\n](?!\d)")


class _Word(NamedTuple):
    """`sort`: verb, strong (a verb that tells alone), goods, common, air. `english`: of an Arabic noun."""

    sort: str
    english: str = ""


def find(text: Text) -> list[Means]:
    """Return the hiding places of a text, sorted by start, none inside another."""
    matches = _lexicon().find(text)
    found: list[Means] = []
    verb: Match[_Word] | None = None
    for index, match in enumerate(matches):
        if match.value.sort in {"verb", "strong"}:
            verb = match
            following = matches[index + 1].start if index + 1 < len(matches) else len(text.words)
            if match.value.sort == "strong" and (means := _unknown(text, match, following)):
                found.append(means)
            continue
        if match.value.sort in {"common", "vehicle"} and not _supported(text, match, verb):
            continue
        found.append(_goods(text, match))
    return _apart(found)


def _apart(found: list[Means]) -> list[Means]:
    """Drop what lies inside a longer find, and the bare vehicle around a narrower hiding place."""
    kept: list[Means] = []
    for means in sorted(found, key=lambda m: (m.start, -m.end, m.rule != "hidden.goods")):
        near = bool(kept) and means.start - kept[-1].end <= _REACH
        if kept and (means.start < kept[-1].end or (near and means.rule == "hidden.vehicle")):
            continue
        if near and kept[-1].rule == "hidden.vehicle":
            kept.pop()
        kept.append(means)
    return kept


def _supported(text: Text, match: Match[_Word], verb: Match[_Word] | None) -> bool:
    """Tell whether a verb of hiding with its preposition, or "shipment of", stands before a common word."""
    words, lists = text.words, _lists()
    vehicle = match.value.sort == "vehicle"
    if vehicle and not is_van(text, match.start, match.end):
        return False
    arabic = words[match.start] >= "ء"
    before = [word.strip("\"'(,") for _, word in words_before(words, _word_start(words, match.start), 3)]
    if arabic:
        near = [word.removeprefix("و").removeprefix("ب").removeprefix("ال") for word in before[:2]]
        if any(word in (lists["inside_ar"] if vehicle else lists["shipments_ar"]) for word in near):
            return True
    else:
        phrase = " ".join(reversed(before))
        if not vehicle and any(phrase.endswith(shipment) or phrase.endswith((shipment + " the", shipment + " a")) for shipment in lists["shipments"]):
            return True
        if before and before[0] in {"inside", "within"} or (len(before) > 1 and before[1] in {"inside", "within"}):
            return True
    if verb is None or not 0 <= match.start - verb.end <= (_OBJECT if verb.value.sort == "strong" else _REACH):
        return False
    between = words[verb.end : match.start]
    if _BARRIER.search(between):
        return False
    prepositions = lists["before_ar"] if arabic else lists["before_en"]
    return any(word in prepositions for word in between.split())


def _goods(text: Text, match: Match[_Word]) -> Means:
    """Return a hiding place grown over the words that belong to the goods."""
    words = text.words
    arabic = words[match.start] >= "ء"
    start, end = (_arabic_phrase if arabic else _english_phrase)(words, match)
    value = match.value.english or " ".join(text.quote(start, end).split())
    return Means(start, end, "concealment", value, f"hidden.{match.value.sort}")


def _english_phrase(words: str, match: Match[_Word]) -> tuple[int, int]:
    lists = _lists()
    start, end = match.start, match.end
    if (following := word_after(words, end)) in lists["carriers"]:
        end += 1 + len(following)
    before = [(at, word) for at, word in words_before(words, start, 3)]
    if before and before[0][1] in {"the", "a", "an"} and len(before) > 1 and before[1][1] == "of":
        before = before[1:]
    if len(before) > 1 and before[0][1] == "of" and before[1][1] in lists["carriers"]:
        return before[1][0], end
    if match.value.sort != "air" and before and _may_describe(before[0][1]):
        start = before[0][0]
    return start, end


def _may_describe(word: str) -> bool:
    """Tell whether an English word before goods may describe them: no particle, verb or plural."""
    bare = word.replace("'", "")
    return bare.isalpha() and word not in _lists()["loose"] and not bare.endswith(("ing", "ed")) and (
        "'" in word or not word.endswith("s")
    )


def is_van(text: Text, start: int, end: int) -> bool:
    """Tell whether folded "فان" is a van: it is also what is left of "فإن" ("for")."""
    if text.words[start:end] != "فان":
        return True
    before = next((word for _, word in words_before(text.words, start, 1)), "")
    quoted = text.words[start - 1 : start] == '"'
    return quoted or (text.quote(start, end) == "فان" and before in _lists()["before_van"])


def _arabic_phrase(words: str, match: Match[_Word]) -> tuple[int, int]:
    lists = _lists()
    start, end = _word_start(words, match.start), match.end
    if words[start : start + 1] in {"و", "ب"} and start < match.start:
        start += 1
    for at, word in words_before(words, start, 1):
        if word.removeprefix("و") in lists["carriers_ar"]:
            start = at
    for _ in range(2):
        word = word_after(words, end)
        if not word or not "ء" <= word[0] <= "ي" or word in lists["ends"] or word[0] == "و":
            break
        carrier = words[start:end].removeprefix("ال") in lists["carriers_ar"]
        if not word.startswith("ال") and (not carrier or word.endswith("ت")):
            break
        end += 1 + len(word)
    return start, end


def _unknown(text: Text, verb: Match[_Word], following: int) -> Means | None:
    """Return the words behind "hidden inside" up to the next particle, for goods that no list has."""
    words, lists = text.words, _lists()
    arabic = words[verb.start] >= "ء"
    limit = min(len(words), verb.end + (_OBJECT if not arabic and words[verb.start : verb.end] in _ACTIVE else 24), following)
    prepositions = lists["before_ar"] if arabic else lists["before_en"]
    at = verb.end
    while at < limit:
        token = _WORD.search(words, at, limit)
        if token is None or _BARRIER.search(words, at, token.start()):
            return None
        if token.group() in prepositions:
            break
        if not (arabic and token.group() in lists["skipped_ar"]) and not (not arabic and words[verb.start : verb.end] in _ACTIVE) and not token.group().endswith("ly"):
            return None
        at = token.end()
    else:
        return None
    begin, end, count = -1, token.end(), 0
    while count < _MOST_WORDS - 2:
        word = _WORD.search(words, end, end + 26)
        if word is None or words[end : word.start()].strip(" \"'"):
            break
        plain = word.group()
        if count == 0 and plain in {"the", "a", "an", "some", "two", "three", "احد", "احدي"}:
            end = word.end()
            continue
        if plain in lists["ends"] or plain.isdigit() or (count and plain.endswith(("ed", "ing"))) or plain[0] == "و":
            break
        if count == 0 and (plain in lists["not_places"] or plain.removeprefix("ال") in lists["not_places"] or _is_name(text, word.start())):
            return None
        begin = word.start() if begin < 0 else begin
        end = word.end()
        count += 1
    if begin < 0 or any(word in lists["not_places"] for word in words[begin:end].split()):
        return None
    return Means(begin, end, "concealment", " ".join(text.quote(begin, end).split()), "hidden.unknown")


_ACTIVE = frozenset({"hid", "hide", "hiding", "conceal", "concealing"})


def _is_name(text: Text, position: int) -> bool:
    """Tell whether a word begins with a capital: a place, not goods."""
    return text.original[text.span(position, position + 1)[0]].isupper()


def _word_start(words: str, position: int) -> int:
    while position and words[position - 1].isalnum():
        position -= 1
    return position


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = load("means_text")
    hiding, goods = table["hiding"], table["goods"]
    loose = load("people_words")["before"]
    return {
        "before_en": frozenset(hiding["before_en"]),
        "before_ar": frozenset(map(fold_phrase, hiding["before_ar"])),
        "skipped_ar": frozenset(map(fold_phrase, hiding["skipped_ar"])),
        "not_places": frozenset(map(fold_phrase, hiding["not_places"])),
        "ends": frozenset(map(fold_phrase, hiding["ends"])),
        "before_van": frozenset(map(fold_phrase, goods["before_van"])),
        "inside_ar": frozenset(map(fold_phrase, ("داخل", "بداخل", "ضمن", "متن"))),
        "carriers": frozenset(goods["carriers"]),
        "carriers_ar": frozenset(map(fold_phrase, goods["carriers_ar"])),
        "shipments": frozenset(goods["shipments"]),
        "shipments_ar": frozenset(fold_phrase(word).removeprefix("ب") for word in goods["common_ar"]["shipments"]),
        "loose": frozenset(loose["stop"]) | frozenset(loose["one"]) | frozenset(loose["definite"]) | frozenset(loose["vague"]) | frozenset(hiding["before_en"]) | frozenset(goods["never_before"]),
    }


@cache
def _lexicon() -> Lexicon[_Word]:
    return Lexicon(_entries())


def _entries() -> Iterator[tuple[str, _Word]]:
    table = load("means_text")
    hiding, goods = table["hiding"], table["goods"]
    for phrase in goods["airborne_en"]:
        yield phrase, _Word("air")
    for phrase, english in goods["airborne_ar"].items():
        yield phrase, _Word("air", english)
    for phrase in goods["en"]:
        yield phrase, _Word("goods")
    for phrase in goods["common_en"]:
        yield phrase, _Word("common")
    for phrase in goods["vehicles_en"]:
        yield phrase, _Word("vehicle")
    for phrase in goods["vehicles_ar"]:
        yield phrase, _Word("vehicle", goods["ar"][phrase])
    common = frozenset(map(fold_phrase, goods["common_ar"]["words"]))
    for phrase, english in goods["ar"].items():
        yield phrase, _Word("common" if fold_phrase(phrase) in common else "goods", english)
    for phrase in hiding["strong_en"]:
        yield phrase, _Word("strong")
    for phrase in hiding["en"]:
        yield phrase, _Word("verb")
    for phrase in hiding["ar"]:
        yield phrase, _Word("strong")
