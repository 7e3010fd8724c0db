"""Events that stay two and may be one (analyst rule 1.4): named, never merged.

Two kinds: near-identical size in one country a few weeks apart with nothing else against it (a second
announcement, or a wrong day on one page), and pairs whose score came close to the threshold. Conservative: a
list that is long is a list that nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from etl.link.profile import Profile
from etl.link.scorer import Scorer
from etl.link.timing import days_apart
from etl.link.weights import Evidence

SMALLEST_TABLETS = 100_000
"""Below it round figures recur too often to mean anything."""
LONGEST_GAP_DAYS = 45
SAME_SIZE = frozenset({"same_1", "same_2", "same_3", "same_4", "rounded_1", "rounded_2", "close"})
AGAINST = frozenset({
    ("place", "other_governorate"), ("place", "apart"), ("transport", "other"), ("words", "none_shared"),
    ("arrests", "other"), ("loads", "other"), ("drug", "other"), ("route", "other"), ("country", "other"),
    ("country", "shared"), ("weight", "far"), ("weight", "very_far"), ("date", "published_before"),
})  # fmt: skip


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
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for i, j in pairs:
        between = _ordered(group_of[i], group_of[j])
        if between[0] == between[1] or between in spoken_of:
            continue
        score = scorer.score(i, j)
        if between not in best or score > best[between][0]:
            best[between] = (score, i, j)
    for (g, h), (score, i, j) in sorted(best.items()):
        if _share_a_page(groups[g], groups[h], scorer.profiles):
            continue
        why = _why(scorer.profiles[i], scorer.profiles[j], scorer.evidence(i, j))
        if why and score >= scorer.weights.doubtful:
            yield i, j, why


def _ordered(g: int, h: int) -> tuple[int, int]:
    return (g, h) if g < h else (h, g)


def _share_a_page(group: Sequence[int], other: Sequence[int], profiles: Sequence[Profile]) -> bool:
    """One page that tells of both as two seizures settles the question."""
    return bool({profiles[i].page for i in group} & {profiles[j].page for j in other})


def _why(a: Profile, b: Profile, evidence: Evidence) -> str:
    found = dict(evidence)
    size = min(a.size or 0, b.size or 0)
    if found.get("amount") not in SAME_SIZE or size < SMALLEST_TABLETS or AGAINST & set(evidence):
        return ""
    gap = days_apart(a, b)
    if gap is None:
        return "same size and country, nothing against it, one of them undated"
    if a.carried or b.carried or not 0 < gap <= LONGEST_GAP_DAYS or "year" in (a.precision, b.precision):
        return ""
    return f"same size and country, dates {gap} days apart, nothing else against it"
