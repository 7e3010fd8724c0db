"""Borders called by the countries they part: "Syrian-Lebanese border", "الحدود العراقية السورية"."""

from __future__ import annotations

from collections import deque
from functools import cache

from etl.extract.place_lexicon import Name
from etl.extract.place_names import Mention
from etl.extract.place_words import Words, cues, grammar, phrases
from geo.fold import fold
from geo.places import places

_REACH = 4
_MOST = 3  # countries that one border is called by, one more than it has
_SIDES = 2


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(fold(w) for w in grammar()["border"][name])


def merge(words: Words, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with those that only name a border joined into one mention of role border."""
    done: list[Mention] = []
    rest = deque(mentions)
    reached = 0
    for at, end, _ in phrases("border", "words").all(words):
        if at < reached or _is_body(words, at, end):
            continue
        reached = end
        while rest and rest[0].right <= at:
            done.append(rest.popleft())
        if not (rest and rest[0].left < end):  # else the word is part of a name
            _merge_one(words, done, rest, at, end)
    return [*done, *rest]


def _is_body(words: Words, at: int, end: int) -> bool:
    if end < len(words) and words.joined(end) and words.key[end] in _keys("not_before"):
        return True
    return at > 0 and words.joined(at) and words.key[at - 1] in _keys("not_after")


def _merge_one(words: Words, before: list[Mention], after: deque[Mention], at: int, end: int) -> None:
    """Join the countries around one border word: right before it, behind "with" or, in Arabic, behind it."""
    parts: list[Mention] = []
    left, right = at, end
    while before and _country(before[-1]) and _only_modifiers(words, before[-1].right, left):
        parts.insert(0, before.pop())
        left = parts[0].left
    ahead: list[Mention] = []
    while (
        after
        and len(ahead) < _MOST
        and _country(after[0])
        and _only_modifiers(words, right, after[0].left, after=True)
    ):
        ahead.append(after.popleft())
        right = ahead[-1].right
    codes = tuple(dict.fromkeys(m.name.place_ids[0].split(":")[1] for m in (*parts, *ahead)))
    if not codes or len(codes) > _SIDES:
        for mention in ahead:
            mention.role, mention.rule = "border", "list of neighbours"
        before += [*parts, *ahead]
        return
    place_ids = strips(codes)
    whole = Mention(at, end, Name(place_ids), left, right, place_ids=place_ids, role="border")
    whole.rule = f"{_cue(words, left)}border{' of two' if len(codes) > 1 else ''}"
    before.append(whole)


def _country(mention: Mention) -> bool:
    return not mention.rule and mention.name.place_ids[0].startswith("country:")


def _only_modifiers(words: Words, first: int, last: int, after: bool = False) -> bool:
    if last - first > _REACH or not all(
        words.joined(k) for k in range(first, last + 1) if 0 < k < len(words)
    ):
        return False
    allowed = _keys("modifiers") | {"and", "و"} | (_keys("with") if after else frozenset())
    if after and last - first == 0 and "a" <= words.key[first][0] <= "z":
        return False  # English needs "with": "the border Syria closed"
    return all(words.key[k] in allowed for k in range(first, last))


def _cue(words: Words, left: int) -> str:
    """ "at " where the words before say that something happened at the border, not over it."""
    for at in range(left, max(left - 4, 0), -1):
        if words.glue[at].endswith("ب"):
            return "at "
        if found := cues().before(words, at):
            over = words.key[at - 1] in ("over", "across")
            return f"{found[1]} " if found[1] in ("at", "near") and not over else ""
        if words.key[at - 1] not in ("the", *_keys("modifiers")):
            return ""
    return ""


@cache
def strips(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The border strips between two countries, or along all borders of one: whole countries' first."""
    found = [
        p.place_id
        for p in places().values()
        if p.kind == "border_strip" and p.line and set(codes) <= set(p.line.split("-"))
    ]
    whole = [i for i in found if len(i.split(":")[1]) == 2]
    return tuple(sorted(whole)) + tuple(sorted(set(found) - set(whole)))
