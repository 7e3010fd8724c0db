"""Machine-read reports against events that are final: each joins one curated event, or others of its kind.

The curated groups stand as they are: none loses a report, and no chain of machine-read reports ever makes
two of them one. Candidates, points and groups are those of `etl.link`, so that a machine-read report joins
what the same words in the ledger would have joined; where it was read on a page that a curator has read too,
a little more readily.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.link.candidates import candidate_pairs
from etl.link.cluster import Grouping
from etl.link.judgements import Pair, Verdicts, words
from etl.link.origins import origin_groups
from etl.link.profile import Profile, in_canonical_order, profile
from etl.link.scorer import Scorer
from etl.link.ties import cluster_of, strongest_tie
from etl.link.timing import told
from etl.link.twins import possible_twins
from etl.link.weights import Weights, shipped_weights
from etl.records import Cluster, Joined, Judgement, Link, Linking, Report
from etl.weburl import page_name

PAGE_POINTS = 3.0
"""Log-odds for what is read on a page of the event: most likely a seizure that its curator found there.

Set by hand. Of 361 pairs of different seizures on one page of the ledger 15 % score high enough to join with
it, 7 % without; each claim joins the best of them, and two claims of one page never the same.
"""


class _PageScorer(Scorer):
    """Scores with PAGE_POINTS for machine-read reports and the events that hold a row of their page."""

    def __init__(
        self, profiles: Sequence[Profile], weights: Weights, on_page: Mapping[int, frozenset[int]]
    ) -> None:
        super().__init__(profiles, weights)
        self.on_page = on_page

    def _points(self, i: int, j: int) -> float:
        known = j in self.on_page.get(i, ()) or i in self.on_page.get(j, ())
        return PAGE_POINTS if known else 0.0

    def score(self, i: int, j: int) -> float:
        return super().score(i, j) + self._points(i, j)

    def looks_alike(self, i: int, j: int) -> bool:
        return self.weights.score(self.evidence(i, j)) + self._points(i, j) > self.weights.threshold


@dataclass(frozen=True, slots=True)
class Attachment:
    """`joined`: the key of a curated cluster (its smallest report_id) -> the reports that joined it.

    `linking` holds the groups of the others. Its `possibly_same` pairs have at least one report of theirs.
    """

    joined: Mapping[str, tuple[Joined, ...]]
    linking: Linking


def attach(
    machine: Sequence[Report],
    curated: Sequence[Report],
    clusters: Sequence[Cluster],
    judgements: Sequence[Judgement] = (),
    *,
    weights: Weights | None = None,
) -> Attachment:
    """Link machine-read seizures against the curated `clusters` and among themselves.

    `curated` holds the reports of the clusters. `judgements` name at least one machine-read report each;
    those that can't be obeyed come back as issues, as does one that would make two curated events one.
    """
    seizures = {r.report_id: r for r in machine if r.claim.is_seizure}
    if not seizures and not judgements:
        return Attachment({}, Linking(()))
    in_clusters = {report_id for cluster in clusters for report_id in cluster.report_ids}
    reports = seizures | {r.report_id: r for r in curated if r.report_id in in_clusters}
    profiles = in_canonical_order(profile(r) for r in reports.values())
    index = {p.label: i for i, p in enumerate(profiles)}
    ours = {index[report_id] for report_id in seizures}
    final = [[index[report_id] for report_id in cluster.report_ids] for cluster in clusters]
    on_page = _on_page(profiles, reports, final)
    scorer = _PageScorer(profiles, weights or shipped_weights(), on_page)
    verdicts = Verdicts(judgements, index)
    near = {(i, j) for i, j in candidate_pairs(profiles) if i in ours or j in ours}
    near |= {(min(i, j), max(i, j)) for i, others in on_page.items() for j in others}
    pairs = sorted(near)
    grouping = _grouping(profiles, scorer, verdicts, final)
    obeyed = verdicts.join_into(grouping)
    grouping.grow((i, j) for i, j in pairs if scorer.looks_alike(i, j))
    groups = grouping.groups()
    ties = _Ties(scorer, verdicts, obeyed, reports, on_page)
    known = {report_id: origin for cluster in clusters for report_id, origin in cluster.origin_groups}
    own = [group for group in groups if ours.issuperset(group)]
    shared = [group for group in groups if ours.intersection(group) and not ours.issuperset(group)]
    joined = {min(profiles[i].label for i in g if i not in ours): ties.joined(g, ours, known) for g in shared}
    return Attachment(
        joined,
        Linking(
            clusters=tuple(sorted((ties.cluster(group) for group in own), key=lambda c: c.report_ids)),
            possibly_same=_possibly_same(groups, ours, pairs, scorer, verdicts),
            issues=tuple(verdicts.issues),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Ties:
    """Groups in the words of the release."""

    scorer: Scorer
    verdicts: Verdicts
    obeyed: set[Pair]
    reports: Mapping[str, Report]
    on_page: Mapping[int, frozenset[int]]

    def cluster(self, group: Sequence[int]) -> Cluster:
        """Return a group of machine-read reports alone."""
        return cluster_of(group, self.scorer, self.reports, self.verdicts, self.obeyed)

    def joined(self, group: Sequence[int], ours: set[int], known: Mapping[str, str]) -> tuple[Joined, ...]:
        """Return the machine-read reports of a group around a curated one, whose origins are `known`."""
        voices = _voices([self.scorer.profiles[i] for i in group], self.reports, known)
        links = [self._link(i, group) for i in group if i in ours]
        return tuple(
            Joined(self.reports[link.report_id], link, voices[link.report_id])
            for link in sorted(links, key=lambda link: link.report_id)
        )

    def _link(self, i: int, group: Sequence[int]) -> Link:
        """Return the strongest tie, with the page among its reasons where that helped."""
        link = strongest_tie(i, group, self.scorer, self.verdicts, self.obeyed)
        if self.on_page.get(i, frozenset()).isdisjoint(group):
            return link
        page = f"the page of a report in this event ({PAGE_POINTS:+.1f})"
        return replace(link, reasons=(*link.reasons, page))


def _grouping(
    profiles: Sequence[Profile], scorer: Scorer, verdicts: Verdicts, final: Sequence[Sequence[int]]
) -> Grouping:
    grouping = Grouping(
        scorer.score,
        pages=[p.page for p in profiles],
        told=[told(p) for p in profiles],
        apart=verdicts.different,
        final=[i for group in final for i in group],
        threshold=scorer.weights.threshold,
        best_share=scorer.weights.best_share,
    )
    for first, *others in final:
        for other in others:
            grouping.join(first, other)
    return grouping


def _on_page(
    profiles: Sequence[Profile], reports: Mapping[str, Report], final: Sequence[Sequence[int]]
) -> dict[int, frozenset[int]]:
    """Machine-read report -> the reports of the events that hold a row of its page, by index."""
    pages: dict[str, set[int]] = defaultdict(set)
    for group in final:
        for i in group:
            pages[profiles[i].page] |= set(group)
    claims = ((i, reports[p.label].claim) for i, p in enumerate(profiles))
    own = {i: page_name(claim.url) for i, claim in claims if claim.is_machine_read}
    return {i: frozenset(pages[page]) for i, page in own.items() if page and page in pages}


def _voices(
    group: Sequence[Profile], reports: Mapping[str, Report], known: Mapping[str, str]
) -> dict[str, str]:
    """report_id -> origin: that of a curated report with the same voice, which keeps the name it has."""
    found = origin_groups([(p, reports[p.label].outlet) for p in group])
    curated: dict[str, list[str]] = defaultdict(list)
    for report_id, voice in found.items():
        if report_id in known:
            curated[voice].append(known[report_id])
    return {report_id: min(curated.get(voice, [voice])) for report_id, voice in found.items()}


def _possibly_same(
    groups: Sequence[Sequence[int]], ours: set[int], pairs: Sequence[Pair], scorer: Scorer, verdicts: Verdicts
) -> tuple[tuple[str, str, str], ...]:
    """Pairs of which one group at least is machine-read only: what two curated events are to each other was
    settled before.
    """
    group_of = {i: g for g, group in enumerate(groups) for i in group}
    doubts = verdicts.possibly_same.items()
    settled = (*verdicts.different, *verdicts.possibly_same)
    found = [
        *((i, j, words(judged)) for (i, j), judged in doubts if group_of[i] != group_of[j]),
        *possible_twins(groups, pairs, scorer, settled),
    ]
    named = []
    for i, j, why in found:
        if ours.issuperset(groups[group_of[i]]) or ours.issuperset(groups[group_of[j]]):
            first, second = sorted((scorer.profiles[i].label, scorer.profiles[j].label))
            named.append((first, second, why))
    return tuple(sorted(named))
