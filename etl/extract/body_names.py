"""Where the name of a security body begins and ends: it grows from its head over the words that belong to it.

English names grow to the left over capitals and over the words of the trade ("anti-narcotics"), and to the
right over "of ..." and "for ..."; Arabic ones over their genitives and adjectives. The words are in
`etl/vocabulary/bodies_text.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from etl.extract.nearby import word_after, words_before
from etl.extract.text import Text, fold_phrase
from etl.vocabulary import load

_LEFT = 8  # words that a name may have before its head
_RIGHT = 9
_HEADS = 4  # "فرع إدارة شعبة مكتب" at most
_WORD = re.compile(r"[\w']+")
_LINK = re.compile(r" (?:of|for)(?: the)?(?= )|(?:,)? and(?= )|,(?= \w+,? and )")


# ---- English


def english_span(text: Text, start: int, end: int, floor: int) -> tuple[int, int] | None:
    """Return the span of the English name whose head is start..end; None where the head names nothing.

    `floor`: where the name before this one ends.
    """
    words, lists = text.words, english_lists()
    head = words[start:end]
    if word_after(words, end) in lists["describes"]:
        return None
    begin = _left(text, start, floor)
    finish = _right(text, end) if head in _takes_more() else end
    while begin < start and words[begin:finish].split(" ", 1)[0] in {"and", "the"}:
        begin += len(words[begin:finish].split(" ", 1)[0]) + 1
    phrase = words[begin:finish]
    tokens = _WORD.findall(phrase)
    bare = [token.removesuffix("'s") for token in tokens]
    if head not in lists["alone"] and len(tokens) < 2:
        return None
    if any(token in lists["not"] for token in bare):
        return None
    if not any(token in lists["signs"] or token.startswith(lists["stems"]) for token in bare):
        return None
    return begin, finish


def _left(text: Text, start: int, floor: int) -> int:
    words, lists = text.words, english_lists()
    begin, pending = start, start
    for at, word in words_before(words, start, _LEFT):
        if at < floor:
            break
        bare = word.strip("\"'(")
        if word in {"and", "&"}:
            pending = at
            continue
        if (
            bare != word
            or bare.endswith((",", ".", "'s"))
            or not bare.replace("'", "").replace(".", "").isalnum()
        ):
            break
        belongs = bare in lists["modifiers"] or (_capital(text, at) and bare not in lists["starters"])
        if not belongs and not bare.isdigit() and not bare.endswith(("st", "nd", "rd", "th")):
            break
        if not belongs and not bare[0].isdigit():
            break
        if pending != begin and bare not in lists["modifiers"]:
            break  # "Syria and Iraqi police": the first is no part of the name
        begin = pending = at
    return begin


def _right(text: Text, end: int) -> int:
    words, lists = text.words, english_lists()
    finish = end
    for _ in range(_RIGHT):
        link = _LINK.match(words, finish)
        at = link.end() if link else finish
        if at >= len(words) or words[at] != " ":
            break
        word = _WORD.match(words, at + 1)
        if word is None:
            break
        bare = word.group().removesuffix("'s")
        if link is None and finish == end:
            break  # a head is followed by "of" or by nothing of its name
        if not (
            bare in lists["modifiers"] or (_capital(text, word.start()) and bare not in lists["starters"])
        ):
            break
        if link and "and" in link.group() and bare not in lists["modifiers"]:
            break
        finish = word.end()
        if word.group().endswith("'s"):
            return word.end() - 2
    return finish


def _capital(text: Text, position: int) -> bool:
    return text.original[text.span(position, position + 1)[0]].isupper()


@cache
def _takes_more() -> frozenset[str]:
    return frozenset(
        {
            "directorate",
            "department",
            "ministry",
            "authority",
            "command",
            "administration",
            "agency",
            "office",
            "bureau",
            "commission",
            "directorates",
            "section",
            "branch",
            "division",
            "council",
        }
    )


@cache
def english_lists() -> dict[str, frozenset[str] | tuple[str, ...]]:
    """Return the word lists of English names, folded."""
    table = load("bodies_text")["english"]
    lists: dict[str, frozenset[str] | tuple[str, ...]] = {
        name: frozenset(map(fold_phrase, table[name]))
        for name in ("heads", "alone", "modifiers", "not", "starters", "describes")
    }
    lists["signs"] = frozenset(sign for sign in table["signs"] if not sign.endswith("*"))
    lists["stems"] = tuple(sign.rstrip("*") for sign in table["signs"] if sign.endswith("*"))
    return lists


# ---- Arabic


def arabic_span(text: Text, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the Arabic name whose head is start..end (glued letters left out), or None."""
    words, lists = text.words, arabic_lists()
    article = words[max(0, start - 2) : start] in {"ال", "لل"}
    head = words[start:end]
    if article and "ال" + head not in lists["definite"]:
        return None
    if not article and head not in lists["heads"]:
        return None
    finish = _arabic_tail(words, end, article, head)
    begin = start - 2 if article and words[start - 2 : start] == "ال" else start
    tokens = [bare_arabic(token) for token in words[begin:finish].split()]
    if len(tokens) == 1 and not (article and "ال" + head in lists["alone"]):
        return None
    if head == "داخليه" and any(word.startswith("ال") for _, word in words_before(words, begin, 1)):
        return None  # an adjective: "the inner markets"
    if any(token in lists["not"] for token in tokens) or not any(token in lists["signs"] for token in tokens):
        return None
    return begin, finish


def bare_arabic(word: str) -> str:
    """Return a folded Arabic word without و, ل and its article."""
    for glued in ("وال", "لل", "ال", "بال"):
        if word.startswith(glued) and len(word) > len(glued) + 2:
            return word[len(glued) :]
    if word.startswith("ل") and word[1:] in arabic_lists()["construct"]:
        return word[1:]
    return word


def _arabic_tail(words: str, end: int, article: bool, head: str) -> int:
    lists = arabic_lists()
    finish, need = end, not article
    for step in range(_RIGHT):
        word = word_after(words, finish)
        if not word or not "ء" <= word[0] <= "ي" or word in lists["stops"] or word in lists["never"]:
            break
        stem = word[1:] if word.startswith(("و", "ل")) else word
        if need:
            if step == _HEADS:
                break  # heads of heads of heads: no name
            need = word in lists["construct"] or word in lists["heads"]
        elif word.startswith("ال"):
            if article and not _is_adjective(word):
                break
        elif word.startswith("لل") or (word.startswith("ل") and stem in lists["construct"]):
            need = not word.startswith("لل")
        elif not (word.startswith("وال") and stem in lists["paired"]):
            break
        finish += len(word) + 1
    return finish


def _is_adjective(word: str) -> bool:
    return word.endswith(("ي", "يه")) or word in arabic_lists()["adjectives"]


@cache
def arabic_lists() -> dict[str, frozenset[str]]:
    """Return the word lists of Arabic names, folded."""
    table = load("bodies_text")["arabic"]
    lists = {
        name: frozenset(fold_phrase(word) for word in table[name])
        for name in ("heads", "definite", "alone", "construct", "paired", "never", "stops", "signs", "not")
    }
    lists["adjectives"] = frozenset(
        {"العام", "العامه", "المسلحه", "المشتركه", "المختصه", "الخاصه", "العليا", "المشترك"}
    )
    return lists
