"""Pairs -> groups: average-link clustering that no chain of lucky pairs can run away with.

How well two groups fit is mostly the mean score over ALL their pairs, also the unpromising ones, and partly
their best pair: an event with many reports holds short and rounded ones that fit each other poorly and all
fit the fullest report well. The best fit merges first, as long as it is above the threshold. So A like B
and B like C don't join A to C when these two contradict each other. Two reports of one page, and reports
that a curator told apart, never share a group.

A fit can't exceed its best pair, so only candidate pairs above the threshold are kept. The fit of two grown
groups is first guessed from the pairs at hand and worked out in full when its turn comes; of large groups
the first REPRESENTATIVES reports, in canonical order, stand for all. So the work stays near n log n.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from etl.link.timing import Told

REPRESENTATIVES = 32


@dataclass(frozen=True, slots=True)
class _Fit:
    """What is known of two groups' pairs: sum and number of scores, the best, and whether that is all."""

    total: float
    pairs: int
    best: float
    complete: bool

    def joined(self, other: _Fit | None) -> _Fit:
        if other is None:
            return _Fit(self.total, self.pairs, self.best, complete=False)
        complete = self.complete and other.complete
        return _Fit(self.total + other.total, self.pairs + other.pairs, max(self.best, other.best), complete)


class Grouping:
    """Groups of report indices that grow by merging; ties go to the smaller index, which is canonical."""

    def __init__(
        self,
        score: Callable[[int, int], float],
        *,
        pages: Sequence[str],
        told: Sequence[Told] = (),
        apart: Iterable[tuple[int, int]] = (),
        final: Iterable[int] = (),
        threshold: float = 0.0,
        best_share: float = 0.0,
    ) -> None:
        """Begin with every report alone.

        `score` gives a pair's log-odds, `pages` the page of each report, `told` what each says of its time
        (groups that clash stay two), `apart` pairs never to be joined; once the groups grow, no two that hold
        `final` reports become one. `best_share` (0 to 1) is the say of the best pair against the mean in a
        fit, which must be above `threshold`.
        """
        size = len(pages)
        self._members: dict[int, list[int]] = {i: [i] for i in range(size)}
        self._group = list(range(size))
        self._score = score
        self._threshold = threshold
        self._best_share = best_share
        self._fits: dict[int, dict[int, _Fit]] = {i: {} for i in range(size)}
        self._version = [0] * size
        self._apart: dict[int, set[int]] = defaultdict(set)
        for i, j in apart:
            self._apart[i].add(j)
            self._apart[j].add(i)
        self._pages = [{page} for page in pages]
        self._told = list(told) or [Told()] * size
        finished = frozenset(final)
        self._final = [i in finished for i in range(size)]
        self._heap: list[tuple[float, int, int, int, int]] = []

    def join(self, i: int, j: int) -> None:
        """Put two reports into one group whatever their score: a curator's word."""
        a, b = sorted((self._group[i], self._group[j]))
        if a != b:
            self._merge(a, b)

    def forbidden(self, i: int, j: int) -> bool:
        """Whether the groups of two reports hold a pair that was told apart, or are two that are final."""
        a, b = self._group[i], self._group[j]
        return a != b and self._told_apart(a, b)

    def grow(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Merge groups, best fit first, beginning from the pairs that look alike."""
        for i, j in pairs:
            a, b = sorted((self._group[i], self._group[j]))
            if a != b and b not in self._fits[a]:
                self._fits[a][b] = self._fits[b][a] = self._worked_out(a, b)
                self._push(a, b)
        while self._heap:
            _, a, b, version_a, version_b = heapq.heappop(self._heap)
            if self._version[a] != version_a or self._version[b] != version_b:
                continue
            if self._pages[a] & self._pages[b] or self._told[a].clashes(self._told[b]):
                continue
            if self._told_apart(a, b):
                continue
            if not self._fits[a][b].complete:
                self._fits[a][b] = self._fits[b][a] = self._worked_out(a, b)
                self._push(a, b)
                continue
            self._merge(a, b)
            for c in sorted(self._fits[a]):
                self._push(a, c)

    def groups(self) -> list[list[int]]:
        """Return the groups, each sorted, in order of their smallest index."""
        return sorted(sorted(group) for group in self._members.values())

    def _told_apart(self, a: int, b: int) -> bool:
        if self._final[a] and self._final[b]:
            return True
        if not self._apart:
            return False
        there = set(self._members[b])
        return any(self._apart[m] & there for m in self._members[a] if m in self._apart)

    def _worked_out(self, a: int, b: int) -> _Fit:
        here, there = (sorted(self._members[g])[:REPRESENTATIVES] for g in (a, b))
        scores = [self._score(i, j) for i in here for j in there]
        return _Fit(sum(scores), len(scores), max(scores), complete=True)

    def _push(self, a: int, b: int) -> None:
        known = self._fits[a][b]
        fit = (1 - self._best_share) * known.total / known.pairs + self._best_share * known.best
        if fit > self._threshold:
            a, b = min(a, b), max(a, b)
            heapq.heappush(self._heap, (-fit, a, b, self._version[a], self._version[b]))

    def _merge(self, a: int, b: int) -> None:
        """Take group b into group a; what is known of their neighbours is added up."""
        fits_a, fits_b = self._fits[a], self._fits.pop(b)
        fits_a.pop(b, None)
        fits_b.pop(a, None)
        for c in fits_a.keys() | fits_b.keys():
            known, other = fits_a.get(c), fits_b.get(c)
            first = known or other
            assert first is not None
            fits_a[c] = self._fits[c][a] = first.joined(other if known else None)
            self._fits[c].pop(b, None)
        for m in self._members[b]:
            self._group[m] = a
        self._members[a] += self._members.pop(b)
        self._pages[a] |= self._pages[b]
        self._told[a] |= self._told[b]
        self._final[a] = self._final[a] or self._final[b]
        self._version[a] += 1
        self._version[b] = -1
