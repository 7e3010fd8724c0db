"""Stage `link`: which reports tell of one seizure, and how many independent voices tell it.

Profiles of the reports -> candidate pairs -> evidence -> points -> groups that no chain can run away with.
The answer depends on what the reports say alone: not on row order, file names, report_ids, notes or quality.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.link.candidates import candidate_pairs
from etl.link.cluster import REPRESENTATIVES, Grouping
from etl.link.judgements import Pair, Verdicts, words
from etl.link.origins import origin_groups
from etl.link.profile import in_canonical_order, profile
from etl.link.scorer import Scorer
from etl.link.timing import told
from etl.link.twins import possible_twins
from etl.link.weights import Weights, explain, shipped_weights
from etl.records import Cluster, Judgement, Link, Linking, Report

__all__ = ["link"]


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
    clusters = [_cluster(group, scorer, seizures, verdicts, obeyed) for group in groups]
    return Linking(
        clusters=tuple(sorted(clusters, key=lambda c: c.report_ids)),
        possibly_same=_possibly_same(groups, pairs, scorer, verdicts),
        issues=tuple(verdicts.issues),
    )


def _cluster(
    group: Sequence[int],
    scorer: Scorer,
    seizures: dict[str, Report],
    verdicts: Verdicts,
    obeyed: set[Pair],
) -> Cluster:
    profiles = [scorer.profiles[i] for i in group]
    links = [_strongest_tie(i, group, scorer, verdicts, obeyed) for i in group]
    return Cluster(
        report_ids=tuple(sorted(p.label for p in profiles)),
        links=tuple(sorted(links, key=lambda tie: tie.report_id)),
        origin_groups=tuple(sorted(origin_groups([(p, seizures[p.label].outlet) for p in profiles]).items())),
    )


def _strongest_tie(
    i: int, group: Sequence[int], scorer: Scorer, verdicts: Verdicts, obeyed: set[Pair]
) -> Link:
    """Return a report's best-scoring tie, one that a curator made going before all others."""
    others = [j for j in group[: REPRESENTATIVES + 1] if j != i]
    label = scorer.profiles[i].label
    if not others:
        return Link(label, "", None)
    judged = [j for j in group if (min(i, j), max(i, j)) in obeyed]
    best = max(judged or others, key=lambda j: (scorer.score(i, j), -j))
    reasons = explain(scorer.evidence(i, best), scorer.weights)
    if judged:
        reasons = (words(verdicts.same[min(i, best), max(i, best)]), *reasons)
    return Link(label, scorer.profiles[best].label, round(scorer.score(i, best), 2), reasons)


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
