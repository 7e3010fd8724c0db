"""Stage `link`: which reports tell of one seizure, and how many independent voices tell it.

Profiles of the reports -> candidate pairs -> evidence -> points -> groups that no chain can run away with.
The answer depends on what the reports say alone: not on row order, file names, report_ids, notes or quality.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.link.attach import Attachment, attach
from etl.link.candidates import candidate_pairs
from etl.link.cluster import Grouping
from etl.link.judgements import Pair, Verdicts, words
from etl.link.profile import in_canonical_order, profile
from etl.link.scorer import Scorer
from etl.link.ties import cluster_of
from etl.link.timing import told
from etl.link.twins import possible_twins
from etl.link.weights import Weights, shipped_weights
from etl.records import Judgement, Linking, Report

__all__ = ["Attachment", "attach", "link"]


def link(
    reports: Sequence[Report], judgements: Sequence[Judgement] = (), *, weights: Weights | None = None
) -> Linking:
    """Group seizure reports into events.

    Aggregates and destructions are passed over. Every other report comes back in exactly one cluster, with
    its strongest tie inside it and its group of independent origin. `judgements` win over scores; those
    that can't be obeyed come back as issues. `weights` replaces the shipped ones (for fitting them).
    """
    seizures = {r.report_id: r for r in reports if r.claim.is_seizure}
    profiles = in_canonical_order(profile(r) for r in seizures.values())
    scorer = Scorer(profiles, weights or shipped_weights())
    verdicts = Verdicts(judgements, {p.label: i for i, p in enumerate(profiles)})
    pairs = candidate_pairs(profiles)
    grouping = Grouping(
        scorer.score,
        pages=[p.page for p in profiles],
        told=[told(p) for p in profiles],
        apart=verdicts.different,
        threshold=scorer.weights.threshold,
        best_share=scorer.weights.best_share,
    )
    obeyed = verdicts.join_into(grouping)
    grouping.grow((i, j) for i, j in pairs if scorer.looks_alike(i, j))
    groups = grouping.groups()
    clusters = [cluster_of(group, scorer, seizures, verdicts, obeyed) for group in groups]
    return Linking(
        clusters=tuple(sorted(clusters, key=lambda c: c.report_ids)),
        possibly_same=_possibly_same(groups, pairs, scorer, verdicts),
        issues=tuple(verdicts.issues),
    )


def _possibly_same(
    groups: Sequence[Sequence[int]], pairs: Sequence[Pair], scorer: Scorer, verdicts: Verdicts
) -> tuple[tuple[str, str, str], ...]:
    """Return the curators' doubtful pairs and those found here; a pair of events is named once."""
    group_of = {i: g for g, group in enumerate(groups) for i in group}
    judged = {p: words(j) for p, j in verdicts.possibly_same.items() if group_of[p[0]] != group_of[p[1]]}
    settled = frozenset(verdicts.different) | frozenset(judged)
    found = {(i, j): why for i, j, why in possible_twins(groups, pairs, scorer, settled)}
    labels = [p.label for p in scorer.profiles]
    named = []
    for (i, j), why in (judged | found).items():
        first, second = sorted((labels[i], labels[j]))
        named.append((first, second, why))
    return tuple(sorted(named))
