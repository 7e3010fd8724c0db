"""Where a load came from and where it was bound, as ISO 3166 alpha-2 codes.

Both are countries as the words give them; four rules read what reports leave unsaid:

- a load on its way "abroad" or "out of the country" came from where it was seized, unless the words name
  another origin; so did one bound for another country, if it was seized in one that makes the drug;
- one that was to enter "the country" at a crossing came from the crossing's other side;
- one that came from another country or over the border was bound for the country of the seizure, unless the
  words name another destination or it was found inland, at a named town;
- what the customs of an importing country (`traders` of place_words.toml) catch at a gate was bound for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from etl.extract.mentions import PlaceName
from etl.extract.place_unnamed import ABROAD, CROSSED, ELSEWHERE, OWN
from etl.extract.place_words import grammar
from geo.fold import fold
from geo.places import Place, places

_AT_BORDER = frozenset({"", "crossing", "port", "airport", "border_strip", "desert"})
_GATES = frozenset({"crossing", "port", "airport"})


@dataclass(frozen=True, slots=True)
class Route:
    """Origin and destination, "" where unknown, with the mentions that gave them (None: by a rule)."""

    origin: str = ""
    origin_from: PlaceName | None = None
    destination: str = ""
    destination_from: PlaceName | None = None


def route(mentions: Sequence[PlaceName], country: str, place: Place | None) -> Route:
    """Read the route of a load seized in `country`, at a place where one is named."""
    kind = place.kind if place else ""
    origin, origin_from = _abroad("origin", mentions, country)
    destination, destination_from = _abroad("destination", mentions, country)
    if destination == origin:  # who got away went back where he came from
        destination, destination_from = "", None
    leaving = _first(mentions, lambda m: m.rule == ABROAD or (m.rule == OWN and m.role == "origin"))
    entering = _first(mentions, lambda m: m.role == "destination" and (m.rule == OWN or _names(m, country)))
    exporter = country in grammar()["traders"]["exporters"]
    if not origin and country:
        left = leaving or _first(mentions, lambda m: m.role == "origin" and _names(m, country))
        outward = destination or _first(mentions, lambda m: m.rule == ELSEWHERE)
        if destination:
            left = left or _first(mentions, lambda m: m.role == "origin" and _lies_in(m, country))
        if left or (exporter and outward and not entering):
            origin, origin_from = country, left
        elif entering and entering.rule == OWN and place and place.paired_with in places():
            origin = places()[place.paired_with].country
    if not destination and country and origin != country and not leaving:
        over = _first(mentions, lambda m: m.rule == CROSSED)
        inbound = entering or (origin and kind in _AT_BORDER) or (over and not exporter)
        if inbound or (kind in _GATES and country in grammar()["traders"]["importers"]):
            destination, destination_from = country, entering
    return Route(origin, origin_from, destination, destination_from)


def _first(mentions: Sequence[PlaceName], wanted: Callable[[PlaceName], bool]) -> PlaceName | None:
    return next((m for m in mentions if wanted(m)), None)


def _abroad(role: str, mentions: Sequence[PlaceName], country: str) -> tuple[str, PlaceName | None]:
    """The first country named with that role, other than that of the seizure; "and then to" the last."""
    told = [m for m in mentions if m.role == role and m.place_ids]
    told.sort(key=lambda m: m.rule not in _onward())
    for mention in told:
        codes = [places()[i].country for i in mention.place_ids]
        if country not in codes:
            return codes[0], mention
    return "", None


@cache
def _onward() -> frozenset[str]:
    return frozenset(fold(words) for words in grammar()["roles"]["destination"]["onward"])


def _lies_in(mention: PlaceName, country: str) -> bool:
    return bool(mention.place_ids) and {places()[i].country for i in mention.place_ids} == {country}


def _names(mention: PlaceName, country: str) -> bool:
    return any(places()[i].kind == "country" and places()[i].country == country for i in mention.place_ids)
