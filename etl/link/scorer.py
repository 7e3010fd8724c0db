"""Scores of report pairs, each worked out once."""

from __future__ import annotations

from collections.abc import Sequence

from etl.link.compare import compare
from etl.link.profile import Profile
from etl.link.weights import Evidence, Weights


class Scorer:
    """Evidence and scores for pairs of indices into `profiles`."""

    def __init__(self, profiles: Sequence[Profile], weights: Weights) -> None:
        self.profiles = profiles
        self.weights = weights
        self._scores: dict[tuple[int, int], float] = {}

    def evidence(self, i: int, j: int) -> Evidence:
        """Return the levels of agreement of two reports."""
        return compare(self.profiles[i], self.profiles[j])

    def looks_alike(self, i: int, j: int) -> bool:
        """Whether a pair alone is above the threshold; not remembered, for most candidates are not."""
        return self.weights.score(self.evidence(i, j)) > self.weights.threshold

    def score(self, i: int, j: int) -> float:
        """Return the log-odds that two reports tell of one seizure."""
        pair = (i, j) if i < j else (j, i)
        found = self._scores.get(pair)
        if found is None:
            found = self._scores[pair] = self.weights.score(self.evidence(i, j))
        return found
