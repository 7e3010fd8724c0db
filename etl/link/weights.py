"""The linker's numbers and words, read from data: points a level, the threshold, phrases, common words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

Evidence = tuple[tuple[str, str], ...]
"""(feature, level) pairs, e.g. ("amount", "same_3"); features on which a report is silent are left out."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Additive log-odds: a pair's score is `start` plus the points of its levels.

    `threshold` is the fit of two groups (see `etl.link.cluster`, `best_share`) above which they become one
    event, `doubtful` the score above which two events are named as possibly the same.
    """

    start: float
    threshold: float
    doubtful: float
    best_share: float
    points: MappingProxyType[tuple[str, str], float]

    def score(self, evidence: Evidence) -> float:
        """Return the log-odds that two reports tell of one seizure; levels without points say nothing."""
        points = self.points
        return self.start + sum(points.get(found, 0.0) for found in evidence)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def shipped_weights() -> Weights:
    """Return the weights of `weights.toml`, which tells how they were found."""
    table = _read("weights")
    points = {(f, level): float(p) for f, levels in table["points"].items() for level, p in levels.items()}
    return Weights(
        float(table["start"]),
        float(table["threshold"]),
        float(table["doubtful"]),
        float(table["best_share"]),
        MappingProxyType(points),
    )


@cache
def phrases() -> MappingProxyType[tuple[str, str], str]:
    """Return the plain words for each (feature, level) that `etl explain` prints."""
    table = _read("phrases")["phrases"]
    return MappingProxyType(
        {(f, level): str(t) for f, levels in table.items() for level, t in levels.items()}
    )


@cache
def common_words() -> frozenset[str]:
    """Return words of places and hiding places that say too little to link by."""
    return frozenset(_read("phrases")["common_words"])


def explain(evidence: Evidence, weights: Weights) -> tuple[str, ...]:
    """Return the evidence in words with its points, weightiest first; what weighs nothing is left out."""
    weighed = [(weights.points.get(found, 0.0), found) for found in evidence]
    told = sorted((w for w in weighed if abs(w[0]) >= 0.05), key=lambda w: (-abs(w[0]), w[1]))
    return tuple(f"{phrases().get(found, ' '.join(found))} ({points:+.1f})" for points, found in told)
