"""From where, seized where, to where: each event's ends as the reports give them.

A region ("Gulf states") stays a region: it is never spread over countries. What no report states is an end
of its own, `NOT_STATED`, never left out (analyst requirements 2.4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

NOT_STATED, SEVERAL, OTHER_WORDS, REST = "", "several", "other_words", "rest"
REGION = "region:"
"""Before the words of an end that is no country, such as `region:Gulf states`."""
MOST = 8
"""Countries of a side with a name of their own; rarer ones stand together, never with the not stated."""
OWN_ROW = 5
"""Events from which a region has a row of its own; rarer words stand together."""
STATED, IMPLIED = "stated", "implied"


@dataclass(frozen=True, slots=True)
class Journey:
    """One event's way. Ends are country codes, `REGION` + words, or one of the words above."""

    event_id: str
    origin: str
    seized: str
    destination: str
    implied: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Events behind a cell or a band: those whose way is stated, those for which it is implied."""

    stated: int
    implied: int
    event_ids: tuple[str, ...]

    @property
    def events(self) -> int:
        return self.stated + self.implied


@dataclass(frozen=True)
class Matrix:
    """Origin by destination. Rows and columns in the order of their counts, `NOT_STATED` always the last."""

    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    cells: Mapping[tuple[str, str], Count]
    total: int

    def row_total(self, origin: str) -> int:
        return sum(count.events for (one, _), count in self.cells.items() if one == origin)

    def column_total(self, destination: str) -> int:
        return sum(count.events for (_, one), count in self.cells.items() if one == destination)

    @property
    def both_countries(self) -> int:
        """Events of which both ends are known as one country each."""
        return sum(n.events for ends, n in self.cells.items() if all(map(is_country, ends)))


def is_country(end: str) -> bool:
    return len(end) == 2 and end.isupper()


def journeys(events: pd.DataFrame) -> tuple[Journey, ...]:
    """The ways of `events` (rows of seizures), one each."""
    ends = {
        side: [
            _end(str(codes), str(words))
            for codes, words in zip(events[f"{side}_country"], events[f"{side}_as_reported"], strict=True)
        ]
        for side in ("origin", "destination")
    }
    often = Counter(end for side in ends.values() for end in side if end.startswith(REGION))
    kept = {
        side: [OTHER_WORDS if end.startswith(REGION) and often[end] < OWN_ROW else end for end in found]
        for side, found in ends.items()
    }
    rows = zip(
        events["event_id"],
        kept["origin"],
        events["country"],
        kept["destination"],
        events["route_basis"],
        strict=True,
    )
    return tuple(
        Journey(str(one), origin, str(seized), destination, basis == IMPLIED)
        for one, origin, seized, destination, basis in rows
    )


def _end(codes: str, words: str) -> str:
    if codes:
        return SEVERAL if "|" in codes else codes
    return REGION + words.split("|", maxsplit=1)[0] if words else NOT_STATED


def gathered(found: tuple[Journey, ...]) -> tuple[Journey, ...]:
    """The same ways with the rare countries of each side under one name."""
    kept = {}
    for side in ("origin", "seized", "destination"):
        counts = Counter(getattr(one, side) for one in found if is_country(getattr(one, side)))
        kept[side] = {code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]}

    def name(one: Journey, side: str) -> str:
        end = str(getattr(one, side))
        return end if not is_country(end) or end in kept[side] else REST

    return tuple(
        replace(
            one,
            origin=name(one, "origin"),
            seized=name(one, "seized"),
            destination=name(one, "destination"),
        )
        for one in found
    )


def matrix(found: tuple[Journey, ...]) -> Matrix:
    """How many of the ways lead from each origin to each destination."""
    groups: dict[tuple[str, str], list[Journey]] = {}
    for one in found:
        groups.setdefault((one.origin, one.destination), []).append(one)
    return Matrix(
        origins=_ordered(Counter(one.origin for one in found)),
        destinations=_ordered(Counter(one.destination for one in found)),
        cells={ends: _count(group) for ends, group in groups.items()},
        total=len(found),
    )


def _ordered(counts: Counter[str]) -> tuple[str, ...]:
    """Countries first, then regions, then what stands together; the not stated is there even with none."""

    def rank(end: str) -> tuple[int, int, str]:
        kind = 0 if is_country(end) else 2 if end.startswith(REGION) else 4 if end == NOT_STATED else 3
        kind = 1 if end == REST else kind
        return kind, -counts[end], end

    return tuple(sorted({*counts, NOT_STATED}, key=rank))


def _count(group: list[Journey]) -> Count:
    implied = sum(one.implied for one in group)
    return Count(len(group) - implied, implied, tuple(one.event_id for one in group))


@dataclass(frozen=True, slots=True)
class Band:
    """A band of the flow chart: `leg` 0 leads to where it was seized, 1 from there on."""

    leg: int
    start: str
    end: str
    implied: bool
    events: int


def bands(found: tuple[Journey, ...]) -> tuple[Band, ...]:
    """The bands of the flow chart, stated and implied ways apart, the broadest first."""
    counts: Counter[tuple[int, str, str, bool]] = Counter()
    for one in found:
        counts[0, one.origin, one.seized, one.implied] += 1
        counts[1, one.seized, one.destination, one.implied] += 1
    return tuple(
        Band(*key, events=n) for key, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
