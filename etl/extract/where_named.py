"""The places of one passage, with what deciding needs to know of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from etl.extract.mentions import PlaceName
from etl.extract.place_roles import AGAIN, LIST
from geo.places import Place, places

GATES = frozenset({"crossing", "port", "airport"})
"""Kinds of place where a load on its way is stopped."""
FOUND_AT = frozenset({"at", "near"})


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with the places that it may be, likeliest first.

    `order`: its number in the passage. `group`: the same for all that one list joins ("in Nineveh and
    Kirkuk"). `nearest`: of the places of finding the one nearest to an amount.
    """

    mention: PlaceName
    places: tuple[Place, ...]
    order: int
    group: int
    nearest: bool = False

    @property
    def role(self) -> str:
        return self.mention.role

    @property
    def kind(self) -> str:
        """Kind of the likeliest place, "" for a place without a name of the gazetteer."""
        return self.places[0].kind if self.places else ""


def read(mentions: Sequence[PlaceName], focus: Sequence[int] = ()) -> list[Named]:
    """Look up the mentions of a passage. `focus`: where its amounts begin."""
    known = places()
    nearest = _nearest(mentions, focus)
    named = []
    group = 0
    for order, mention in enumerate(mentions):
        group += mention.rule not in (LIST, AGAIN)
        found = tuple(known[i] for i in mention.place_ids)
        named.append(Named(mention, found, order, group, order in nearest))
    return named


def _nearest(mentions: Sequence[PlaceName], focus: Sequence[int]) -> set[int]:
    """Numbers of the places of finding that stand nearest to the amounts."""
    orders = [k for k, m in enumerate(mentions) if m.role in FOUND_AT and m.place_ids]
    if not orders:
        return set()
    orders.sort(key=lambda k: mentions[k].start)
    starts = [mentions[k].start for k in orders]
    found = set()
    for position in focus:
        right = bisect_left(starts, position)
        around = [k for k in (right - 1, right) if 0 <= k < len(starts)]
        found.add(orders[min(around, key=lambda k: abs(starts[k] - position))])
    return found


def twins(named: Sequence[Place]) -> list[Place]:
    """The other sides of the crossings among places."""
    known = places()
    return [known[p.paired_with] for p in named if p.paired_with in known]
