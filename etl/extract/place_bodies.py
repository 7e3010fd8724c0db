"""Names within the names of bodies ("Damascus branch", "شرطة دبي"), and what "Syrian" stands for."""

from __future__ import annotations

from functools import cache

from etl.extract.place_lexicon import ALSO_COUNTRIES, is_arabic
from etl.extract.place_names import Mention
from etl.extract.place_words import Words, cues, grammar
from etl.extract.text import Text
from geo.fold import fold
from geo.places import places

GATES = frozenset({"crossing", "port", "airport"})
LAND = "land"
"""What `adjective` says of "the Syrian side", "الأراضي السورية": the country itself."""
_STOPS = frozenset({
    "in", "at", "on", "to", "from", "by", "with", "was", "were", "is", "are", "has", "have", "had", "said",
    "where", "when", "who", "that", "which", "while", "after", "before", "for", "as", "into", "over",
    "through", "announced", "reported", "seized", "found", "stopped", "the", "a", "an",
})  # fmt: skip
_BEFORE_NAME = frozenset({"the", "autonomous", "city", "s"})
_SEATED = frozenset({"in", "of", "for"})
_REACH = 6


@cache
def _folded(*path: str) -> frozenset[str]:
    table = grammar()
    for name in path:
        table = table[name]
    return frozenset(fold(word) for word in table)


def is_adjective(text: Text, words: Words, mention: Mention) -> bool:
    """Whether "السورية", "السعودية" is the adjective rather than the country: behind a definite noun."""
    at = mention.first
    if (
        mention.last - at != 1
        or words.key[at] not in ALSO_COUNTRIES
        or words.glue[at]
        or not words.joined(at)
    ):
        return False
    if words.key[at] == "سوريه" and text.folded.startswith("ال", words.bare[at]):
        return True
    if cues().before(words, at):
        return False
    before = words.bare[at - 1] + len(words.glue[at - 1])
    return (
        text.folded.startswith("ال", before)
        or words.glue[at - 1].endswith("لل")
        or words.key[at - 1] in _folded("bodies", "skip_ar")
    )


def adjective(words: Words, mention: Mention) -> tuple[str, str, int]:
    """What "Syrian" stands for: role, rule, and the word whose cue counts if it is the land."""
    return (
        _arabic_adjective(words, mention) if is_arabic(words.key[mention.first]) else _english(words, mention)
    )


def _arabic_adjective(words: Words, mention: Mention) -> tuple[str, str, int]:
    """Its noun stands before it, other adjectives between: "القوات المسلحة الأردنية"."""
    noun = mention.first - 1
    for _ in range(_REACH):
        if noun < 0 or not words.joined(noun + 1):
            break
        if said := _noun(words.key[noun], "before", "before_ar"):
            return (*said, noun)
        if words.key[noun] not in _folded("bodies", "skip_ar"):
            break
        noun -= 1
    return "other", "adjective", noun


def _english(words: Words, mention: Mention) -> tuple[str, str, int]:
    """Its noun stands behind it: "Syrian Interior Ministry", "Lebanese coast guard"."""
    follow = mention.last
    for _ in range(_REACH):
        if not words.joined(follow):
            break
        if said := _noun(words.key[follow], "after", "after"):
            return (*said, mention.first)
        if words.key[follow] not in _folded("bodies", "skip"):
            break
        follow += 1
    return "nationality" if follow == mention.last else "other", "adjective", mention.first


def _noun(key: str, side: str, body_side: str) -> tuple[str, str] | None:
    if key in _folded("people", side):
        return "nationality", "people"
    if key in _folded("land", side):
        return LAND, key
    return ("agency", f"adjective of {key}") if key in _folded("bodies", body_side) else None


def body(words: Words, mention: Mention) -> str:
    """Whether a name is part of a body's name or its seat: the rule that says so, "" if not.

    The seat at a crossing, port or airport is no mere seat: it is where the body seizes.
    """
    arabic = is_arabic(words.key[mention.first])
    rule = (
        _arabic_body(words, mention)
        if arabic
        else _named_behind(words, mention) or _english_seat(words, mention)
    )
    gate = mention.kind in GATES or places()[mention.place_ids[0]].kind in GATES
    return "" if gate and rule.startswith("seat") else rule


def _arabic_body(words: Words, mention: Mention) -> str:
    """ "شرطة دبي"; with a preposition its seat: "فرع مكافحة المخدرات في حلب"."""
    at = mention.left
    said, reach, noun = "name", 3, at - 1
    if words.glue[at] == "ب":
        said, reach = "seat", 4
    elif words.glue[at]:
        return ""
    elif noun >= 0 and words.key[noun] == "في" and words.joined(at):
        said, reach, noun = "seat", 4, at - 2
    for k in range(noun, max(noun - reach, -1), -1):
        if not words.joined(k + 1):
            break
        noun_key = words.key[k]
        if said == "seat" and noun_key.endswith("ه"):  # "its office in Babil"
            noun_key = noun_key[:-1] if noun_key[:-1] in _folded("bodies", "before_ar") else noun_key
        if noun_key in _folded("bodies", "before_ar"):
            return f"{said} of {noun_key}"
        if words.key[k] not in _folded("bodies", "skip_ar"):
            break
    return ""


def _named_behind(words: Words, mention: Mention) -> str:
    """ "Istanbul Provincial Gendarmerie Command", "Iraq's border authority"."""
    possessive = mention.name.place_ids[0].startswith("country:")
    for step in range(_REACH):
        follow = mention.right + step
        if not words.joined(follow) or words.key[follow] in _STOPS:
            break
        if words.key[follow] in _folded("bodies", "after"):
            return f"name of {words.key[follow]}"
        if words.key[follow] not in _folded("bodies", "skip") and not (possessive and step <= 1):
            break
    return ""


def _english_seat(words: Words, mention: Mention) -> str:
    """ "Police in Basra", "the forces of the autonomous Kurdistan region"."""
    at = mention.left
    while at > 1 and words.joined(at) and words.key[at - 1] in _BEFORE_NAME:
        at -= 1
    if at <= 1 or not words.joined(at) or not words.joined(at - 1) or words.key[at - 1] not in _SEATED:
        return ""
    noun = words.key[at - 2]
    return f"seat of {noun}" if noun in _folded("bodies", "before_en") else ""
