"""How many independent voices stand behind an event: reports that pass on one text are one origin.

Ten outlets with one agency's dispatch are one voice. Inside an event, reports share an origin when they come
from one outlet, credit one agency or outlet (or are that one), are mirrors of it, say the same in the same
words (figure, place and hiding place as written, in one language), or stand in documents that carry one text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from etl.link.profile import Profile
from etl.records import OutletRef

SHORTEST_PHRASE = 12
SHORTEST_TEXT = 40
"""Letters. Pages hit on "three million pills" by chance; on forty letters in a row they seldom do."""


def origin_groups(reports: Sequence[tuple[Profile, OutletRef]]) -> dict[str, str]:
    """Return label -> origin for the reports of one event; an origin bears a wire's or outlet's name."""
    parent: dict[str, str] = {}
    wires = {outlet.wire for _, outlet in reports}

    def find(voice: str) -> str:
        parent.setdefault(voice, voice)
        while parent[voice] != voice:
            voice = parent[voice]
        return voice

    def unite(a: str, b: str) -> None:
        first, second = sorted((find(a), find(b)), key=lambda voice: (voice not in wires, voice))
        parent[second] = first

    told: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for profile, outlet in reports:
        find(outlet.outlet_id)
        if outlet.wire:
            unite(outlet.outlet_id, outlet.wire)
        for text in _texts(profile):
            told[text].append(outlet.outlet_id)
    for outlets in told.values():
        for other in outlets[1:]:
            unite(outlets[0], other)
    return {profile.label: find(outlet.outlet_id) for profile, outlet in reports}


def _texts(p: Profile) -> list[tuple[str, ...]]:
    """What a copy gives itself away by: its text, or the amount together with the place or hiding place."""
    texts: list[tuple[str, ...]] = [(p.text_group,)] if p.text_group else []
    if min(len(p.phrase), len(p.place_phrase)) < SHORTEST_PHRASE:
        return texts
    words = (p.lang, p.phrase, p.place_phrase)
    if len(p.phrase) + len(p.place_phrase) >= SHORTEST_TEXT:
        texts.append(words)
    elif p.hiding_phrase:
        texts.append((*words, p.hiding_phrase))
    return texts
