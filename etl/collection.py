"""What was fetched, as inputs of a build: papers, tables, and how the collection went.

Nothing here depends on the order in which pages were fetched or on how often a run was interrupted: of each
page the newest version counts, sorted by its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.acquire.records import Source
from etl.acquire.sources import read_sources
from etl.extract.records import Document
from etl.page_reading import IS_TABLE, READER_VERSION
from etl.papers import Paper
from etl.publish import Refused
from etl.records import CoverageRow, Issue, Report, RowRef, SourceChange
from etl.store import StoredPage, Tracker, TrackerError, open_tracker
from etl.tables import TableRows, TableSource, read_table
from etl.weburl import page_name

Days = tuple[tuple[str, date], ...]
"""Sources and the days (UTC) on which something was fetched for them."""


@dataclass(frozen=True)
class Collection:
    """Everything that was collected by program; empty where nothing was.

    `table_days` has the source and day of each of `tables`.
    """

    papers: Sequence[Paper] = ()
    issues: Sequence[Issue] = ()
    tables: Sequence[TableRows] = ()
    table_days: Days = ()
    coverage: Sequence[CoverageRow] = ()
    changes: Sequence[SourceChange] = ()


def read_collection(tracker: str, sources: Path | None) -> Collection:
    """Read the store at an address; without one, or a file there, nothing was collected.

    Raises Refused where the store can't be used, or holds pages that no reader of this version has seen.
    """
    if not tracker or ("://" not in tracker and not Path(tracker).exists()):
        return Collection()
    try:
        with open_tracker(tracker, create=False) as store:
            if store.unread(READER_VERSION, 1):
                raise Refused(
                    f"{store.where} holds pages that this version has not read yet, and a build without them "
                    "would drop what they tell; run `etl refresh --offline`, which reads them and publishes"
                )
            return _read(store, _tables(sources))
    except TrackerError as error:
        raise Refused(str(error)) from error


def with_claims(
    collection: Collection, papers: Iterable[Paper], reports: Iterable[Report]
) -> list[CoverageRow]:
    """The coverage with the reports that were read in the pages and tables fetched on each day."""
    days = {paper.document_id: paper.collected for paper in papers if paper.collected}
    counts: Counter[tuple[str, date]] = Counter()
    for report in reports:
        if report.claim.reading:
            counts.update(days.get(report.claim.reading.document_id, ()))
    for table, day in zip(collection.tables, collection.table_days, strict=True):
        counts[day] += len(table.rows)
    return [replace(row, claims=counts[row.source_id, row.day]) for row in collection.coverage]


def collection_days(papers: Iterable[Paper], reports: Iterable[Report]) -> set[date]:
    """The days on which pages were fetched that tell of something: news as much as a report is."""
    told = {report.claim.reading.document_id for report in reports if report.claim.reading}
    return {day for paper in papers if paper.document_id in told for _, day in paper.collected}


def _read(store: Tracker, tables: Sequence[Source]) -> Collection:
    papers, issues = [], []
    for page in store.pages(READER_VERSION):
        if page.issue_code == IS_TABLE:
            continue
        ref = RowRef(page.url, 1)
        if page.issue_code:
            blocking = not page.text
            issues.append(Issue(page.issue_code, page.issue_message, ref, value=page.url, blocking=blocking))
        if page.text:
            papers.append(_paper(page, ref))
    read = [found for source in tables if (found := _table(store, source))]
    return Collection(
        papers=papers,
        issues=issues,
        tables=[rows for _, rows in read],
        table_days=tuple(day for day, _ in read),
        coverage=store.coverage(),
        changes=store.source_changes(),
    )


def document_of(page: StoredPage) -> Document:
    """A stored page as the extractor takes it."""
    return Document(
        id=page.url,
        text=page.text,
        title=page.title,
        lang=page.lang,
        published=page.published,
        publisher=page.publisher,
        url=page.url,
    )


def _paper(page: StoredPage, ref: RowRef) -> Paper:
    document = document_of(page)
    day = page.fetched_at.date()
    collected = tuple((source, day) for source in page.source_ids)
    return Paper(document, page.text_sha256, ref, page.signature, collected, name=page_name(page.url))


def _tables(sources: Path | None) -> list[Source]:
    """The sources that are tables; whether they are asked today or not, what was fetched counts."""
    if sources is None or not sources.is_file():
        return []
    return [source for source in read_sources(sources)[0] if source.kind == "table"]


def _table(store: Tracker, source: Source) -> tuple[tuple[str, date], TableRows] | None:
    raw = store.latest(source.id, source.url)
    if raw is None:
        return None
    day = raw.fetched_at.date()
    told = TableSource(source.url, source.name, source.language, day)
    return (source.id, day), read_table(raw.body, source.options, source.id, source=told)
