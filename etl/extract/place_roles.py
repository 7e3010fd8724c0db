"""What part a place plays, by the words around its name: a small grammar for both languages.

In this order: a dateline; part of a body's name ("Damascus branch", "شرطة دبي"); a nationality or what the
adjective of a country stands for; the words right before ("from", "إلى", glued ب and ل); and a list goes on
with the part of the name before it ("in Baghdad, Nineveh and Kirkuk").
"""

from __future__ import annotations

import re

from etl.extract import place_sense
from etl.extract.place_bodies import LAND, adjective, body, is_adjective
from etl.extract.place_heads import Heads
from etl.extract.place_names import Mention
from etl.extract.place_unnamed import ABROAD
from etl.extract.place_words import Words, cues, phrases
from etl.extract.text import Text
from geo.fold import fold
from geo.places import places

LIST, AGAIN = "list", "list, said again"
"""Rules of a name that goes on with the one before it: "in Homs and Aleppo", "in Homs and in Aleppo"."""
USUAL = "what is usual"
_JOINERS = frozenset({"and", "or", "و", "او", "as", "well", "then", "plus", "ثم", "كذلك"})
_HOLDERS = frozenset({"in", "at", "inside", "within", "في", "ب", "ضمن"})
_MOST_SKIPPED = 6
_FURTHER = 8
_THERE = frozenset({"there", "هناك"})
_WAYS = frozenset({"origin", "destination"})
_BEFORE = ("before ", "قبل ")
_WITHIN = ", within"
_SENTENCE_END = re.compile(r"[.!?\n:;]")
_NO_CUE = frozenset({"", "agency", "nationality"})
_ADJECTIVES = frozenset({"nationality", "other", "agency"})
_OUTSIDE = frozenset({"outside", fold("خارج")})
_SUBURBS = frozenset({"suburb", "suburbs", "outskirts", fold("ضواحي"), fold("ضاحية")})
_PASSED = frozenset({"across", "over"})


def assign(text: Text, words: Words, mentions: list[Mention]) -> list[Mention]:
    """Set role and rule of each mention; drop those that needed a cue and have none."""
    kept: list[Mention] = []
    heads = Heads(text)
    for mention in mentions:
        if mention.rule:  # a border, read already
            kept.append(mention)
            continue
        previous = kept[-1] if kept else None
        mention.role, mention.rule = _role(text, words, mention, previous, heads)
        place_sense.read(words, mention)
        if mention.rule == LIST and previous is not None:
            mention.place_ids = _as_area(mention, previous)
        cue = mention.role not in _NO_CUE or mention.kind or mention.near
        if mention.name.trust != 1 or cue:
            kept.append(mention)
    return kept


def _role(
    text: Text, words: Words, mention: Mention, previous: Mention | None, heads: Heads
) -> tuple[str, str]:
    head = heads.of(words.start[mention.left])
    if head == "dateline" and cues().before(words, mention.left) is None:
        return head, "head of a line"
    at = mention.left
    if mention.name.nationality or is_adjective(text, words, mention):
        role, rule, at = adjective(words, mention)
        if role != LAND:
            return role, rule
    elif rule := body(words, mention):
        return "agency", rule
    elif head:
        listed = previous is not None and previous.role == "at" and _goes_on(words, previous, at)
        return "at", LIST if listed else "head of a line"
    if _is_country(mention) and _said_behind(words, mention.right):
        return "destination", "named as the destination"
    return _by_cue(words, at, previous, mention)


def _as_area(mention: Mention, previous: Mention) -> tuple[str, ...]:
    """In a list of governorates ("provinces of Baghdad, Nineveh and Basra") a city is its governorate."""
    known = places()
    regions = tuple(i for i in mention.place_ids if known[i].kind == "governorate")
    headed = previous.kind in ("governorate", "countryside") and previous.left < previous.first
    only = all(known[i].kind == "governorate" for i in previous.place_ids)
    if not regions or not (headed or only):
        return mention.place_ids
    return regions


def _by_cue(words: Words, at: int, previous: Mention | None, mention: Mention) -> tuple[str, str]:
    """The part given by the words right before word `at`, or by the list that the name goes on with."""
    if previous is not None and _is_within(words, previous, at):
        if previous.role in _ADJECTIVES and previous.right == at:  # "Turkish province Hatay"
            return _by_cue(words, previous.left, None, mention)
        return previous.role, f"{previous.rule.removesuffix(_WITHIN)}{_WITHIN}"
    if found := _cue(words, at, previous):
        return _by_words_before(words, mention, previous, found)
    if previous is not None and previous.role == "origin" and _left_for(words, previous, at):
        return "destination", "left for"
    if not mention.near and previous and previous.role != "dateline" and _goes_on(words, previous, at):
        return previous.role, LIST
    return ("near", "beside") if mention.near else ("", "no cue")


def _by_words_before(
    words: Words, mention: Mention, previous: Mention | None, found: tuple[int, str, str]
) -> tuple[str, str]:
    begin, role, cue = found
    if role == "destination" and _is_country(mention) and words.key[mention.left] in _OUTSIDE:
        return "origin", ABROAD
    role = _of_country(role, cue) if _is_country(mention) else _of_place(role, cue)
    if role in _WAYS and (_is_habit(words, begin) or _same_habit(words, previous, begin)):
        return "other", USUAL
    if role == "destination" and previous is not None and _from_there(words, previous, begin):
        return role, "from there to"
    if previous is not None and cue in _HOLDERS and _right_behind(words, previous, begin):
        return _role_of_holder(mention, previous), f"{cue} (holds the place before)"
    if previous is not None and role == previous.role == "at" and _goes_on(words, previous, begin):
        return role, AGAIN
    return ("near", "suburb") if role == "at" and _is_suburb(words, mention) else (role, cue)


def _is_habit(words: Words, at: int) -> bool:
    """ "Most Captagon comes from Syria": words of the clause right before a cue."""
    for k in range(at - 1, max(at - _MOST_SKIPPED, 0) - 1, -1):
        if not words.joined(k + 1):
            return False
        if phrases("habit", "words").at(words, k):
            return True
    return False


def _same_habit(words: Words, previous: Mention | None, at: int) -> bool:
    """ "... and crystal from Iran": what the sentence says of another drug is usual as well."""
    if previous is None or previous.rule != USUAL or at - previous.right > _FURTHER:
        return False
    return not any(_SENTENCE_END.search(words.gap[k]) for k in range(previous.right, at + 1))


def _from_there(words: Words, previous: Mention, at: int) -> bool:
    """ "To Cyprus, and from there, with new papers, to Qatar": the way goes on."""
    if previous.role != "destination" or at - previous.right > _FURTHER:
        return False
    return any(words.key[k] in _THERE for k in range(previous.right, at))


def _said_behind(words: Words, after: int) -> bool:
    """ "Saudi Arabia as its destination", "Kuwait-bound"; not "from Syria, bound for Iraq"."""
    if not words.joined(after):
        return False
    bound = words.key[after] == "bound" and words.gap[after] == "-"
    return bound or phrases("roles", "destination", "behind").at(words, after) is not None


def _is_within(words: Words, previous: Mention, at: int) -> bool:
    """ "Syria's Homs", "the Reyhanli district of Hatay": one place, named by two names."""
    if words.glue[at] or not words.joined(at):
        return False
    return previous.right == at or (
        previous.right == at - 1 and words.key[at - 1] == "of" and words.joined(at - 1)
    )


def _cue(words: Words, at: int, previous: Mention | None) -> tuple[int, str, str] | None:
    """The cue before a word, modifiers in between left out: where it begins, the role and the words."""
    for _ in range(_MOST_SKIPPED):
        glue = words.glue[at]
        if glue.endswith("ب"):
            return at, "at", "ب"
        if glue.endswith("ل"):
            beside = phrases("adjacent", "words").before(words, at) and words.joined(at)
            return at, "other" if beside else "destination", "ل"
        if glue or not words.joined(at):
            break
        if found := cues().before(words, at):
            return found[0], found[1], " ".join(words.key[found[0] : at])
        step = phrases("modifiers", "words").before(words, at)
        if step is None or (previous and step[0] < previous.right):
            break
        at = step[0]
    return None


def _is_country(mention: Mention) -> bool:
    return mention.place_ids[0].startswith("country:")


def _is_suburb(words: Words, mention: Mention) -> bool:
    """ "A Beirut suburb", "the suburbs of Damascus": not the city itself."""
    around = (*words.key[mention.left : mention.first], *words.key[mention.last : mention.right])
    known = places()[mention.place_ids[0]].kind
    return known == "town" and any(key in _SUBURBS for key in around)


def _left_for(words: Words, previous: Mention, at: int) -> bool:
    """ "Left Latakia for Benghazi"."""
    return previous.right == at - 1 and words.key[at - 1] == "for" and words.joined(at - 1)


def _of_country(role: str, cue: str) -> str:
    """ "Made in Syria" is no finding; "across Turkey" is a way; "before it was taken to Sudan" its aim."""
    if role == "made":
        return "other"
    return "via" if cue in _PASSED else "destination" if cue.startswith(_BEFORE) else role


def _of_place(role: str, cue: str) -> str:
    """ "A workshop in Muthanna"; "the head of Duba customs" (لجمرك ضباء) says no way."""
    return "at" if role == "made" else "" if cue == "ل" else role


def _right_behind(words: Words, previous: Mention, at: int) -> bool:
    return previous.right == at and words.gap[at].strip() in ("", ",", "(")


def _role_of_holder(mention: Mention, previous: Mention) -> str:
    """What a place lies in plays the same part: "from Deraa in Syria", "near Zahle in the Bekaa"."""
    passed_on = previous.role in ("origin", "destination", "via", "other", "agency")
    return previous.role if passed_on and _holds(mention, previous) else "at"


def _holds(mention: Mention, previous: Mention) -> bool:
    """Whether one of a name's areas holds a bearer of the name before it."""
    known = places()
    areas = [known[i] for i in mention.place_ids]
    inside = [known[i] for i in previous.place_ids]
    return any(
        (a.kind == "country" and a.country == p.country and p.kind != "country")
        or (a.admin1_code and a.admin1_code == p.admin1_code)
        for a in areas
        for p in inside
    )


def _goes_on(words: Words, previous: Mention, at: int) -> bool:
    """Whether only commas and "and" stand between a name and the one before."""
    between = range(previous.right, at)
    if any(words.key[k] not in _JOINERS for k in between):
        return False
    if any(_SENTENCE_END.search(words.gap[k]) for k in range(previous.right, at + 1)):
        return False
    return bool(between) or words.glue[at] == "و" or words.gap[at].strip() in (",", "-", "/", "(", ",-")
