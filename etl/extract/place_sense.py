"""Names that stand for something else than a spot on the map, by the words behind them.

A capital that says or does something is its country's government ("Baghdad says that"); a military zone that
acts "on one of its fronts" is also the ground where it did.
"""

from __future__ import annotations

from functools import cache

from etl.extract.place_names import Mention
from etl.extract.place_words import Words, grammar, phrases
from geo.fold import fold
from geo.grammar import grammar as geo_grammar
from geo.places import places

_AHEAD = 14
"""Words behind a zone's name among which its front may be named."""
_OBJECTS = frozenset({"the", "a", "an", "its", "that", "no"})
_UNSAID = frozenset({"", "agency", "dateline"})
_BARE = frozenset({"no cue", "head of a line"})


@cache
def _capitals() -> dict[str, str]:
    return {place_id: f"country:{code}" for code, place_id in geo_grammar()["capitals"].items()}


@cache
def _verbs() -> frozenset[str]:
    return frozenset(fold(verb) for verb in grammar()["government"]["verbs"])


def read(words: Words, mention: Mention) -> None:
    """Set role, rule and places of a mention without a cue that stands for something else."""
    if mention.role not in _UNSAID or not mention.place_ids:
        return
    likeliest = mention.place_ids[0]
    if likeliest in _capitals() and mention.rule in _BARE and _acts(words, mention):
        mention.role, mention.rule, mention.place_ids = "agency", "government", (_capitals()[likeliest],)
    elif places()[likeliest].kind == "border_strip" and _on_its_front(words, mention):
        mention.role, mention.rule = "at", "on its front"


def _acts(words: Words, mention: Mention) -> bool:
    """Whether a verb follows a name that begins a clause: "Baghdad says", "دمشق تعلن"."""
    after = mention.right
    if words.joined(mention.left) or words.glue[mention.left] or not words.joined(after):
        return False
    verb = words.key[after]
    if verb in _verbs():
        return True
    object_follows = words.joined(after + 1) and words.key[after + 1] in _OBJECTS
    return verb.endswith("s") and len(verb) > 3 and object_follows


def _on_its_front(words: Words, mention: Mention) -> bool:
    for at in range(mention.right, min(mention.right + _AHEAD, len(words))):
        if "\n" in words.gap[at] or "." in words.gap[at]:
            return False
        if phrases("zone", "words").at(words, at):
            return True
    return False
