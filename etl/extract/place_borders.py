"""Borders called by the countries they part: "Syrian-Lebanese border", "الحدود العراقية السورية", "border with Iraq"."""

from __future__ import annotations

from functools import cache

from etl.extract.place_names import Mention, Name
from etl.extract.place_roles import cues
from etl.extract.place_words import Words, grammar, phrases
from geo.fold import fold
from geo.places import places

_REACH = 4


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(fold(w) for w in grammar()["border"][name])


def merge(words: Words, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with those that only name a border joined into one mention of role border."""
    done: list[Mention] = list(mentions)
    at = 0
    starts = phrases("border", "words")
    while at < len(words):
        found = starts.at(words, at)
        if found is None:
            at += 1
            continue
        end = found[0]
        if not _is_body(words, at, end):
            done = _merge_one(words, done, at, end)
        at = end
    return done


def _is_body(words: Words, at: int, end: int) -> bool:
    if end < len(words) and words.joined(end) and words.key[end] in _keys("not_before"):
        return True
    return at > 0 and words.joined(at) and words.key[at - 1] in _keys("not_after")


def _merge_one(words: Words, mentions: list[Mention], at: int, end: int) -> list[Mention]:
    before = [m for m in mentions if m.right <= at]
    after = [m for m in mentions if m.left >= end]
    if len(before) + len(after) != len(mentions):
        return mentions  # the word is part of a name
    parts: list[Mention] = []
    left = at
    while before and _country(before[-1]) and _only_modifiers(words, before[-1].right, left):
        left = before[-1].left
        parts.insert(0, before.pop())
    right = end
    behind: list[Mention] = []
    while (
        after
        and len(behind) < 3
        and _country(after[0])
        and _only_modifiers(words, right, after[0].left, after=True)
    ):
        right = after[0].right
        behind.append(after.pop(0))
    if not parts and not behind:
        return mentions
    codes = tuple(dict.fromkeys(m.name.place_ids[0].split(":")[1] for m in (*parts, *behind)))
    if len(codes) > 2:
        for mention in behind:
            mention.role, mention.rule = "border", "list of neighbours"
        return mentions
    place_ids = strips(codes)
    whole = Mention(at, end, Name(place_ids), left, right, place_ids=place_ids, role="border")
    whole.rule = f"{_cue(words, left)}border{' of two' if len(codes) == 2 else ''}"
    return [*before, whole, *after]


def _country(mention: Mention) -> bool:
    return mention.name.place_ids[0].startswith("country:") and not mention.rule


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
            return f"{found[1]} " if found[1] in ("at", "near") else ""
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
