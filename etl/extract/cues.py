"""Words that say how a sentence stands to the news: `etl/vocabulary/story_cues.toml`, found in a text."""

from __future__ import annotations

import re

from etl.extract.lexicon import Lexicon, Match, shared, without_article
from etl.extract.text import Text
from etl.vocabulary import load

GRAMMAR = frozenset({"announced_before", "long_units", "within"})
"""Lists that are looked up inside other findings, not cues by themselves."""
_HAD = re.compile(r"(?<!\w)و?كان(?:ت|وا|تا|ا)? (?:[^\s.]+ ){1,6}?قد ([^\s.,]+)")
"""وكانت السلطات قد أعلنت: Arabic's past of a past, its two halves parted by the subject."""


@shared
def _lexicon() -> Lexicon[tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for group, entry in load("story_cues").items():
        if group in GRAMMAR:
            continue
        for phrase in entry["words"]:
            groups.setdefault(without_article(phrase), []).append(group)
    return Lexicon((phrase, tuple(dict.fromkeys(names))) for phrase, names in groups.items())


def find(text: Text) -> list[Match[tuple[str, ...]]]:
    """Return every cue with the groups it belongs to, overlapping ones included, sorted by start."""
    marks = _lexicon().find_all(text)
    told = load("story_cues")["announced_before"]["words"]
    marks += (
        Match(m.start(), m.end(), ("recalled",)) for m in _HAD.finditer(text.words) if m.group(1) in told
    )
    return sorted(marks, key=lambda match: match.start)
