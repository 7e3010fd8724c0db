"""A group of reports in the words of the release: each report's strongest tie, and its origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.link.cluster import REPRESENTATIVES
from etl.link.judgements import Pair, Verdicts, words
from etl.link.origins import origin_groups
from etl.link.scorer import Scorer
from etl.link.weights import explain
from etl.records import Cluster, Link, Report


def cluster_of(
    group: Sequence[int],
    scorer: Scorer,
    reports: Mapping[str, Report],
    verdicts: Verdicts,
    obeyed: set[Pair],
) -> Cluster:
    """Return the cluster of a group of indices into the scorer's profiles."""
    profiles = [scorer.profiles[i] for i in group]
    links = [strongest_tie(i, group, scorer, verdicts, obeyed) for i in group]
    return Cluster(
        report_ids=tuple(sorted(p.label for p in profiles)),
        links=tuple(sorted(links, key=lambda tie: tie.report_id)),
        origin_groups=tuple(sorted(origin_groups([(p, reports[p.label].outlet) for p in profiles]).items())),
    )


def strongest_tie(
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
