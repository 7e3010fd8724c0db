"""Pairs -> groups: average-link clustering that no chain of lucky pairs can run away with.

How well two groups fit is mostly the mean score over ALL their pairs, also the unpromising ones, and partly
their best pair: an event with many reports holds short and rounded ones that fit each other poorly and all
fit the fullest report well. The best fit merges first, as long as it is above the threshold. So A like B
and B like C don't join A to C when these two contradict each other. Two reports of one page, and reports
that a curator told apart, never share a group.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence


class Grouping:
    """Groups of report indices that grow by merging; ties go to the smaller index, which is canonical."""

    def __init__(
        self,
        score: Callable[[int, int], float],
        *,
        pages: Sequence[str],
        apart: Iterable[tuple[int, int]] = (),
        threshold: float = 0.0,
        best_share: float = 0.0,
    ) -> None:
        """Begin with every report alone.

        `score` gives a pair's log-odds, `pages` the page of each report, `apart` pairs never to be joined;
        `best_share` (0 to 1) is the say of the best pair against the mean in a fit, which must be above
        `threshold`.
        """
        size = len(pages)
        self.members: dict[int, list[int]] = {i: [i] for i in range(size)}
        self._group = list(range(size))
        self._score = score
        self._threshold = threshold
        self._best_share = best_share
        self._total: dict[int, dict[int, tuple[float, float]]] = {i: {} for i in range(size)}
        self._version = [0] * size
        self._apart: dict[int, set[int]] = {i: set() for i in range(size)}
        for i, j in apart:
            self._apart[i].add(j)
            self._apart[j].add(i)
        self._pages = [{page} for page in pages]

    def join(self, i: int, j: int) -> None:
        """Put two reports into one group whatever their score: a curator's word."""
        a, b = sorted((self._group[i], self._group[j]))
        if a != b:
            self._merge(a, b)

    def forbidden(self, i: int, j: int) -> bool:
        """Whether the groups of two reports hold a pair that was told apart."""
        a, b = self._group[i], self._group[j]
        return a != b and any(self._apart[m] & set(self.members[b]) for m in self.members[a])

    def grow(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Merge groups, best fit first, beginning from the candidate pairs."""
        heap: list[tuple[float, int, int, int, int]] = []
        for i, j in pairs:
            a, b = self._group[i], self._group[j]
            if a != b and b not in self._total[a]:
                self._meet(a, b)
                self._push(heap, a, b)
        while heap:
            _, a, b, version_a, version_b = heapq.heappop(heap)
            if self._version[a] != version_a or self._version[b] != version_b:
                continue
            if not self._may_merge(a, b):
                continue
            self._merge(a, b)
            for c in sorted(self._total[a]):
                self._push(heap, a, c)

    def groups(self) -> list[list[int]]:
        """Return the groups, each sorted, in order of their smallest index."""
        return sorted(sorted(group) for group in self.members.values())

    def _fit(self, a: int, b: int) -> float:
        total, best = self._total[a][b]
        mean = total / (len(self.members[a]) * len(self.members[b]))
        return (1 - self._best_share) * mean + self._best_share * best

    def _meet(self, a: int, b: int) -> None:
        scores = [self._score(i, j) for i in self.members[a] for j in self.members[b]]
        self._total[a][b] = self._total[b][a] = sum(scores), max(scores)

    def _push(self, heap: list[tuple[float, int, int, int, int]], a: int, b: int) -> None:
        fit = self._fit(a, b)
        if fit > self._threshold:
            a, b = min(a, b), max(a, b)
            heapq.heappush(heap, (-fit, a, b, self._version[a], self._version[b]))

    def _may_merge(self, a: int, b: int) -> bool:
        if self._pages[a] & self._pages[b]:
            return False
        there = set(self.members[b])
        return not any(self._apart[m] & there for m in self.members[a])

    def _merge(self, a: int, b: int) -> None:
        neighbours = (set(self._total[a]) | set(self._total[b])) - {a, b}
        for c in neighbours:
            for group in (a, b):
                if c not in self._total[group]:
                    self._meet(group, c)
            (total_a, best_a), (total_b, best_b) = self._total[a][c], self._total[b][c]
            self._total[a][c] = self._total[c][a] = total_a + total_b, max(best_a, best_b)
            self._total[c].pop(b)
        self._total[a].pop(b, None)
        self._total.pop(b)
        for m in self.members[b]:
            self._group[m] = a
        self.members[a] += self.members.pop(b)
        self._pages[a] |= self._pages[b]
        self._version[a] += 1
        self._version[b] = -1
