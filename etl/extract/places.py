"""Reader of places: names of the gazetteer in running text, each with the part it plays.

`find` gives every name with its candidates; which of them a seizure lay at is decided by
`etl.extract.where`.
"""

from __future__ import annotations

from etl.extract import place_borders, place_names, place_roles, place_unnamed
from etl.extract.mentions import PlaceName
from etl.extract.text import Text


def find(text: Text) -> list[PlaceName]:
    """Return the places that a text names, in order, none overlapping, in offsets of the folded text.

    The span covers the phrase that names the place ("port of Latakia", "east of the Al-Rutba district").
    `rule` gives the words that decided the role.
    """
    words = place_names.read(text)
    mentions = place_borders.merge(words, place_names.candidates(text, words))
    mentions = place_unnamed.add(text, words, mentions)
    found: list[PlaceName] = []
    reached = 0
    for m in place_roles.assign(text, words, mentions):
        start, end = words.start[m.left], words.end[m.right - 1]
        start = max(start, reached)  # two names may share a word between them ("... border crossing")
        if words.glue[m.left]:
            start += len(words.glue[m.left])
        if start < end:
            rule = m.rule + text.quote(start, end) if m.rule == place_unnamed.UNLISTED else m.rule
            found.append(PlaceName(start, end, m.place_ids, m.role, rule))
            reached = end
    return found
