"""Where a load came from and where it was bound, as ISO 3166 alpha-2 codes.

Both are countries as the words give them; three rules read what reports leave unsaid:

- a load on its way to another country, "abroad" or out of "the country" came from where it was seized, unless
  the words name another origin;
- one that came from another country was bound for the country of the seizure, unless the words name another
  destination or it was found inland, at a named town;
- what the customs of an importing country (place_words.toml) catch at a crossing or port was bound for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.extract.mentions import PlaceName
from etl.extract.place_words import grammar
from geo.places import places

_AT_BORDER = frozenset({"", "crossing", "port", "airport", "border_strip", "desert"})
_GATES = frozenset({"crossing", "port", "airport"})


@dataclass(frozen=True, slots=True)
class Route:
    """Origin and destination, "" where unknown, with the mentions that gave them (None: by a rule)."""

    origin: str = ""
    origin_from: PlaceName | None = None
    destination: str = ""
    destination_from: PlaceName | None = None


def route(mentions: Sequence[PlaceName], country: str, kind: str) -> Route:
    """Read the route of a load seized in `country` at a place of a kind ("" where none is named)."""
    origin, origin_from = _abroad("origin", mentions, country)
    destination, destination_from = _abroad("destination", mentions, country)
    leaving = next(
        (m for m in mentions if m.rule == "abroad" or (m.rule == "own country" and m.role == "origin")), None
    )
    left = next((m for m in mentions if m.role == "origin" and _is_country(m, country)), None)
    entering = next(
        (
            m
            for m in mentions
            if m.role == "destination" and (m.rule == "own country" or _is_country(m, country))
        ),
        None,
    )
    if not origin and country and (leaving or left or (destination and not entering)):
        origin, origin_from = country, leaving or left
    if not destination and country and origin != country and not leaving:
        inbound = entering is not None or (bool(origin) and kind in _AT_BORDER)
        if inbound or (kind in _GATES and country in grammar()["importers"]["countries"]):
            destination, destination_from = country, entering
    return Route(origin, origin_from, destination, destination_from)


def _abroad(role: str, mentions: Sequence[PlaceName], country: str) -> tuple[str, PlaceName | None]:
    """The first country named with that role, other than that of the seizure."""
    for mention in mentions:
        if mention.role != role or not mention.place_ids:
            continue
        codes = [places()[i].country for i in mention.place_ids]
        if country not in codes:
            return codes[0], mention
    return "", None


def _is_country(mention: PlaceName, country: str) -> bool:
    return any(places()[i].kind == "country" and places()[i].country == country for i in mention.place_ids)
