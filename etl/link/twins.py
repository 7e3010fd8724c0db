"""Events that stay two and may be one (analyst rule 1.4): named, never merged.

Two kinds: near-identical size in one country with days a few weeks apart (a second announcement, or a wrong
day on one page), and undated reports of near-identical size whose score comes close to the threshold. Both
only while nothing speaks against it. Conservative: a list that is long is a list that nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from etl.link.profile import Profile
from etl.link.scorer import Scorer
from etl.link.timing import days_apart
from etl.link.weights import Evidence

SMALLEST_TABLETS = 100_000
"""Below it figures recur too often to mean anything."""
NEAR_RATIO = 1.1
LONGEST_GAP_DAYS = 40
SAME_SIZE = frozenset({
    "same_1", "same_2", "same_3", "same_4", "rounded_1", "rounded_2", "over", "converts", "weight_same_1",
    "weight_same_2", "weight_close",
})  # fmt: skip
"""Levels of `amounts.amount`; two precise figures that differ are two seizures, however close."""
AGAINST = frozenset({
    ("place", "other_governorate"), ("place", "apart"), ("place", "district"), ("transport", "other"),
    ("words", "none_shared"),
    ("arrests", "other"), ("loads", "other"), ("drug", "other"), ("route", "other"), ("country", "other"),
    ("country", "shared"), ("weight", "far"), ("weight", "very_far"),
})  # fmt: skip
UNDATED = "same size and country, nothing against it, at least one of them undated"


def possible_twins(
    groups: Sequence[Sequence[int]],
    pairs: Iterable[tuple[int, int]],
    scorer: Scorer,
    settled: Iterable[tuple[int, int]] = (),
) -> Iterator[tuple[int, int, str]]:
    """Yield (report, report, why) once for each pair of groups that may be one seizure.

    `settled` are pairs on which a curator has spoken: their groups are passed over.
    """
    group_of = {i: g for g, group in enumerate(groups) for i in group}
    spoken_of = {_ordered(group_of[i], group_of[j]) for i, j in settled}
    best: dict[tuple[int, int], tuple[tuple[bool, float], int, int, str]] = {}
    for i, j in pairs:
        between = _ordered(group_of[i], group_of[j])
        if between[0] == between[1] or between in spoken_of:
            continue
        why = _why(scorer, i, j)
        rank = (why != UNDATED, scorer.score(i, j)) if why else None
        if rank and (between not in best or rank > best[between][0]):
            best[between] = (rank, i, j, why)
    for (g, h), (_, i, j, why) in sorted(best.items()):
        if not _share_a_page(groups[g], groups[h], scorer.profiles):
            yield i, j, why


def _ordered(g: int, h: int) -> tuple[int, int]:
    return (g, h) if g < h else (h, g)


def _share_a_page(group: Sequence[int], other: Sequence[int], profiles: Sequence[Profile]) -> bool:
    """One page that tells of both as two seizures settles the question."""
    return bool({profiles[i].page for i in group} & {profiles[j].page for j in other})


def _why(scorer: Scorer, i: int, j: int) -> str:
    a, b = scorer.profiles[i], scorer.profiles[j]
    if not _near_size(a.size, b.size) or a.carried or b.carried:
        return ""
    gap = days_apart(a, b)
    if gap is None:
        close_call = scorer.score(i, j) >= scorer.weights.doubtful
        return UNDATED if close_call and _alike(scorer.evidence(i, j)) else ""
    coarse = "year" in {a.precision, b.precision}
    if coarse or not 0 < gap <= LONGEST_GAP_DAYS or not _alike(scorer.evidence(i, j)):
        return ""
    return f"same size and country, dates {gap} days apart, nothing else against it"


def _near_size(a: float | None, b: float | None) -> bool:
    if a is None or b is None or max(a, b) > NEAR_RATIO * min(a, b):
        return False
    return min(a, b) >= SMALLEST_TABLETS


def _alike(evidence: Evidence) -> bool:
    return dict(evidence).get("amount") in SAME_SIZE and not AGAINST & set(evidence)
