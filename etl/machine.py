"""The build's second half: papers -> machine-read reports beside a curated build that is final.

What people collected is read-only here. A machine-read report joins one curated event or total as evidence,
or makes events and totals of its own kind, or stays by itself where its page only recalls the seizure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from etl.aggregates import destroyed_events, join_totals
from etl.dates import newest_believable
from etl.events import build_events
from etl.extract.claims import claims
from etl.extract.privacy import quote_of
from etl.extract.records import Document, Extraction
from etl.link import attach
from etl.locate import locate
from etl.normalise import normalise
from etl.papers import Paper, Papers
from etl.readings import Quoting, Readings, read_paper
from etl.records import Aggregate, Claim, Event, Issue, Judgement, Linking, Report
from etl.validate import validate
from etl.vocabulary.issues import issue

ID_PREFIX = "DOC-"
"""What the ids of machine-read reports begin with."""
FATES = ("event", "total", "background", "not_relevant", "quarantined", "repeated")
"""What may become of a document; of one that tells several things the first counts."""


@dataclass(frozen=True)
class Reader:
    """How documents are read, one after the other (None: it could not be), and how their words are shown."""

    extract: Callable[[Iterable[Document]], Iterator[Extraction | None]]
    quote: Quoting


def project_reader() -> Reader:
    """The project's own extractor and its way of quoting."""
    return Reader(partial(map, claims), quote_of)


@dataclass(frozen=True)
class Settled:
    """What stands after the curated half: its reports, published events and totals, its newest day."""

    reports: Sequence[Report]
    events: Sequence[Event]
    totals: Sequence[Aggregate]
    newest: date


@dataclass(frozen=True)
class Added:
    """What documents add. `joined_events` and `joined_totals` are the curated ones, evidence beside them.

    `fates` counts the documents by what became of them; they add up to the documents found.
    """

    joined_events: Sequence[Event]
    joined_totals: Sequence[Aggregate]
    events: Sequence[Event] = ()
    totals: Sequence[Aggregate] = ()
    reports: Sequence[Report] = ()
    destroyed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    linking: Linking = field(default_factory=lambda: Linking(()))
    quarantine: Sequence[Issue] = ()
    warnings: Sequence[Issue] = ()
    fates: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FATES, 0))


def by_reader(judgements: Iterable[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    """Judgements on reports of the ledger alone, and those that name a machine-read report."""
    ours: list[Judgement] = []
    theirs: list[Judgement] = []
    for judgement in judgements:
        named = (judgement.report_id_a, judgement.report_id_b)
        (theirs if any(i.startswith(ID_PREFIX) for i in named) else ours).append(judgement)
    return ours, theirs


def is_of_document(found: Issue) -> bool:
    """Whether an issue concerns a document, not a row or a decision of people."""
    return found.code.startswith(("document_", "reading_")) or found.report_id.startswith(ID_PREFIX)


def told_alone(papers: Sequence[Paper], reader: Reader | None = None) -> list[tuple[Claim, ...]]:
    """The seizures and totals that each fetched paper tells by itself, whatever others tell."""
    read = _read_each(papers, reader, date.max)
    return [tuple(claim for claim in one.claims if _stands_alone(claim)) for one in read]


def _stands_alone(claim: Claim) -> bool:
    return claim.role == "primary" and bool(claim.country or claim.event_type == "aggregate")


def add_documents(
    papers: Papers,
    settled: Settled,
    judgements: Sequence[Judgement],
    reader: Reader | None = None,
    newest: date | None = None,
) -> Added:
    """Read the papers and find their place beside the curated events.

    `newest` is the last believable day where a release names one; else the documents' own days lead on from
    the curated ones (`etl.dates.newest_believable`). Without a `reader` the project's own reads.
    """
    days = [p.document.published for p in papers.papers if p.document.published]
    latest = newest or max(settled.newest, newest_believable([settled.newest, *days]))
    readings = _read(papers.papers, reader, latest)
    placed, place_issues = locate([claim for read in readings.values() for claim in read.claims])
    reports, word_issues = normalise(placed)
    clusters = [event.cluster for event in settled.events]
    attached = attach(reports, settled.reports, clusters, judgements)
    events, refused = _events(reports, attached.linking)
    joined_totals, totals = join_totals(reports, settled.totals)
    out = {found.report_id for found in refused}
    kept = [report for report in reports if report.report_id not in out]
    found = [*papers.issues, *(one for read in readings.values() for one in read.issues), *refused]
    found += attached.linking.issues
    joined_events = [replace(e, joined=attached.joined.get(e.key, ())) for e in settled.events]
    homes = {one.report.report_id: "event" for joined in attached.joined.values() for one in joined}
    homes |= {report.report_id: "event" for event in events for report in event.reports}
    homes |= {r.report_id: "total" for r in kept if r.claim.event_type == "aggregate"}
    return Added(
        joined_events=joined_events,
        joined_totals=joined_totals,
        events=events,
        totals=totals,
        reports=kept,
        destroyed=destroyed_events(kept, settled.events),
        linking=attached.linking,
        quarantine=[one for one in found if one.blocking],
        warnings=[
            *(one for one in found if not one.blocking),
            *(_of_page(one) for one in (*place_issues, *word_issues) if one.value),
        ],
        fates=_fates(papers, readings, homes, out),
    )


def _read(papers: Sequence[Paper], reader: Reader | None, latest: date) -> dict[str, Readings]:
    read = zip(papers, _read_each(papers, reader, latest), strict=True)
    return {paper.document_id: readings for paper, readings in read}


def _read_each(papers: Sequence[Paper], reader: Reader | None, latest: date) -> Iterator[Readings]:
    """What was read in each of the papers, in their order."""
    reader = reader or project_reader()
    read = zip(papers, reader.extract(paper.document for paper in papers), strict=True)
    for paper, extraction in read:
        yield _readings(paper, extraction, paper.latest or latest, reader.quote)


def _readings(paper: Paper, extraction: Extraction | None, latest: date, quote: Quoting) -> Readings:
    if extraction is None:
        why = "it took too long, too much memory, or broke the extractor"
        failed = issue("document_failed", paper.ref, report_id=paper.document_id, why=why)
        return Readings((), (failed,), "not_relevant")
    return read_paper(paper, extraction, latest, quote)


def _events(reports: Sequence[Report], linking: Linking) -> tuple[tuple[Event, ...], list[Issue]]:
    """Events of the machine-read groups, and issues for the reports of those that can't be published.

    What pages only recall makes no event: nobody knows when and where it was news.
    """
    by_id = {report.report_id: report for report in reports}
    told = [
        cluster
        for cluster in linking.clusters
        if any(by_id[i].claim.role == "primary" for i in cluster.report_ids)
    ]
    events, issues = validate(build_events(reports, replace(linking, clusters=tuple(told))))
    somewhere = [event for event in events if event.values["country"].value]
    nowhere = [
        issue("reading_without_country", report.claim.ref, report_id=report.report_id)
        for event in events
        if not event.values["country"].value
        for report in event.reports
    ]
    return tuple(somewhere), [*issues, *nowhere]


def _of_page(found: Issue) -> Issue:
    """The issue without its file: what a text says is the same whatever its file is called."""
    return replace(found, ref=None)


def _fates(
    papers: Papers, readings: dict[str, Readings], homes: dict[str, str], refused: set[str]
) -> dict[str, int]:
    """How many documents became what."""
    counts = dict.fromkeys(FATES, 0)
    counts["repeated"], counts["quarantined"] = papers.repeated, papers.unreadable
    for read in readings.values():
        counts[_fate(read, homes, refused)] += 1
    return counts


def _fate(read: Readings, homes: dict[str, str], refused: set[str]) -> str:
    kept = [claim.report_id for claim in read.claims if claim.report_id not in refused]
    became = {homes.get(report_id, "background") for report_id in kept}
    for fate in FATES:
        if fate in became:
            return fate
    if any(found.blocking for found in read.issues) or len(kept) < len(read.claims):
        return "quarantined"
    return "background" if read.doc_class == "background_only" else "not_relevant"
