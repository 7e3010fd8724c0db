"""Which pairs of reports are worth comparing, without looking at all of them.

Reports meet in blocks: one country and one size, one country and one week or month, one place, one rare word
of a hiding place; reports that may lie in several countries stand in the blocks of each, and those without a
country, or with partners, also meet across countries by size and time. A block is sorted and each report is
paired with its next few only, so the work grows as n log n however many reports share a block.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import floor, log2

from etl.link.profile import Profile

NEIGHBOURS = 16
FEWEST_NEIGHBOURS = 5
DENSE_LEDGER = 4_000
"""Reports. Beyond it blocks fill up with unrelated reports and each report is paired with fewer of them."""

RARE_WORDS = 2
SIZE_STEPS = 2.0
"""Size buckets an octave; every report stands in two neighbouring ones, so that no edge separates a pair."""
WEEK_DAYS = 8

ANYWHERE = "any country"
"""Blocks across countries, where only pairs with a report that may lie elsewhere are made."""

Key = tuple[object, ...]


def candidate_pairs(profiles: Sequence[Profile]) -> list[tuple[int, int]]:
    """Return index pairs (i < j) worth comparing, sorted. The order of `profiles` must be canonical."""
    rarity = Counter(word for p in profiles for word in p.words)
    blocks: dict[Key, list[int]] = defaultdict(list)
    for index, p in enumerate(profiles):
        for key in set(_keys(p, rarity)):
            blocks[key].append(index)
    pairs: set[tuple[int, int]] = set()
    reach = max(FEWEST_NEIGHBOURS, min(NEIGHBOURS, NEIGHBOURS * DENSE_LEDGER // max(1, len(profiles))))
    for key, members in blocks.items():
        if len(members) > 1:
            pairs.update(_neighbours(key, members, profiles, reach))
    return sorted(pairs)


def _keys(p: Profile, rarity: Counter[str]) -> Iterator[Key]:
    countries = sorted(p.countries) or [""]
    sizes = _size_buckets(p.size)
    month = _month(p.day)
    for country in countries:
        for size in sizes:
            yield "by_day", country, "size", size
            yield "by_size", country, "size", size
            if p.day is not None and p.precision != "year":
                yield "by_size", country, "size and month", size, month
                yield "by_size", country, "size and month", size, (month or 0) + 1
        if p.day is not None:
            for week in {p.day // WEEK_DAYS, (p.day + WEEK_DAYS // 2) // WEEK_DAYS}:
                yield "by_size", country, "week", week, p.precision == "day"
            yield "by_size", country, "month", month
            yield "by_size", country, "month", (month or 0) + 1
        if p.first is not None:
            yield "by_size", country, "year", p.first // 365
        if p.size is None:
            yield "by_day", country, "unquantified"
        for word in sorted(p.words, key=lambda w: (rarity[w], w))[:RARE_WORDS]:
            yield "by_size", country, "word", word
    if p.place_id:
        yield "by_size", "place", p.place_id
        yield "by_day", "place", p.place_id
    for size in sizes:
        yield "by_day", ANYWHERE, size
    if month is not None:
        yield "by_size", ANYWHERE, "month", month


def _size_buckets(size: float | None) -> tuple[int, ...]:
    if size is None or size <= 0:
        return ()
    position = log2(size) * SIZE_STEPS
    return floor(position), floor(position + 0.5) + 100_000


def _month(day: int | None) -> int | None:
    return None if day is None else day // 31


def _neighbours(
    key: Key, members: list[int], profiles: Sequence[Profile], reach: int
) -> Iterator[tuple[int, int]]:
    if len(members) > reach + 1:
        members = sorted(members, key=lambda i: _position(key[0] == "by_day", profiles[i], i))
    across = key[1] == ANYWHERE
    for position, i in enumerate(members):
        for j in members[position + 1 : position + 1 + reach]:
            if profiles[i].page != profiles[j].page and (not across or _wanders(profiles[i], profiles[j])):
                yield (i, j) if i < j else (j, i)


def _wanders(a: Profile, b: Profile) -> bool:
    """Whether two reports of different countries may tell of one seizure all the same."""
    return not a.country or not b.country or a.country in b.countries or b.country in a.countries


def _position(by_day: bool, p: Profile, index: int) -> tuple[float, float, int]:
    size = p.size if p.size is not None else -1.0
    day = float(p.day) if p.day is not None else -1.0
    return (day, size, index) if by_day else (size, day, index)
