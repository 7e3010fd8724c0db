"""What was fetched, as inputs of a build: papers, tables, and how the collection went.

Nothing here depends on the order in which pages were fetched or on how often a run was interrupted: of each
page the newest version counts that still tells its story (`etl.versions`), sorted by its words; of each table
the newest that can be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from etl.acquire.records import Source, Trouble
from etl.acquire.troubles import trouble
from etl.extract.records import Document
from etl.fetched import StoredPage
from etl.page_reading import IS_TABLE, READER_VERSION
from etl.papers import Paper
from etl.publish import Refused
from etl.records import Claim, CoverageRow, Issue, Report, RowRef, SourceChange
from etl.remembered import table_rows
from etl.store import Tracker, TrackerError, open_tracker
from etl.tables import TableRows
from etl.versions import Wording, in_force
from etl.vocabulary.issues import issue
from etl.weburl import page_name

_PAGES_AT_ONCE = 100  # with their versions: up to 150,000 characters each
Telling = Callable[[Sequence[Paper]], Sequence[tuple[Claim, ...]]]
"""What each of some papers tells by itself (`etl.machine.told_alone`)."""
Days = tuple[tuple[str, date], ...]
"""Sources and the days (UTC) on which something was fetched for them."""


@dataclass(frozen=True)
class Collection:
    """Everything that was collected by program; empty where nothing was.

    `table_days` has the source and day of each of `tables`; `table_troubles` says by source why its newest
    table can't be read, or that it has more or fewer rows than expected.
    """

    papers: Sequence[Paper] = ()
    issues: Sequence[Issue] = ()
    tables: Sequence[TableRows] = ()
    table_days: Days = ()
    table_troubles: Mapping[str, Trouble] = field(default_factory=dict)
    coverage: Sequence[CoverageRow] = ()
    changes: Sequence[SourceChange] = ()


def read_collection(
    tracker: str, sources: Sequence[Source], faults: Sequence[Trouble], told: Telling
) -> Collection:
    """Read the store at an address; without one, or a file there, nothing was collected.

    `sources` say of tables what their columns mean; `faults` are of entries that couldn't be read. `told`
    reads papers, to see which version of a page still tells its story. Raises Refused where the store can't
    be used, holds pages that no reader of this version has seen, or a table whose entry may be the one with
    a fault.
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
            _refuse_lost_tables(store, sources, faults)
            return _read(store, _tables(sources), told)
    except TrackerError as error:
        raise Refused(str(error)) from error


def remember_tables(store: Tracker, sources: Iterable[Source]) -> None:
    """Read the tables among the sources for the builds to come. Raises TrackerError."""
    for source in _tables(sources):
        _table(store, source, keep=True)


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


def _refuse_lost_tables(store: Tracker, sources: Sequence[Source], faults: Sequence[Trouble]) -> None:
    """Raises Refused where a fault in the list of sources may hide what the columns of a table mean.

    Without its entry a table can't be told from one that was taken off the list, whose rows go.
    """
    if not faults:
        return
    known = {source.id for source in sources}
    named = (page.source_ids for page in store.pages(READER_VERSION) if page.issue_code == IS_TABLE)
    if lost := sorted({one for ids in named for one in ids} - known):
        raise Refused(
            f"the rows of {', '.join(lost)} can't be read while the list of sources has a fault, and a build "
            f"without them would drop them: {faults[0].message} Then run `etl refresh --offline`"
        )


def _read(store: Tracker, tables: Sequence[Source], told: Telling) -> Collection:
    papers, issues = [], []
    standing = dict(_standing(store, told))
    for page in store.pages(READER_VERSION):
        if page.issue_code == IS_TABLE:
            continue
        if page.document_id in standing:  # what is wrong with the newest version is said with it
            page, not_followed = standing[page.document_id]  # noqa: PLW2901
            issues.append(not_followed)
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
        tables=[table.rows for table in read],
        table_days=tuple(table.day for table in read),
        table_troubles={table.day[0]: table.trouble for table in read if table.trouble},
        coverage=store.coverage(),
        changes=store.source_changes(),
    )


def _standing(store: Tracker, told: Telling) -> Iterator[tuple[int, tuple[StoredPage, Issue]]]:
    """By a page's newest version the earlier one that counts in its place, and the issue that says so."""
    groups = store.reworded_pages(READER_VERSION)
    while batch := list(islice(groups, _PAGES_AT_ONCE)):
        papers = [_paper(page, RowRef(page.url, 1)) for versions in batch for page in versions]
        claims = iter(told(papers))
        for versions in batch:
            wordings = [Wording(page.title, page.signature, next(claims)) for page in versions]
            at = in_force(wordings)
            if at + 1 < len(versions):
                code = "document_version_strange" if wordings[-1].claims else "document_version_silent"
                yield (
                    versions[-1].document_id,
                    (versions[at], _not_followed(code, versions[-1], versions[at])),
                )


def _not_followed(code: str, newest: StoredPage, standing: StoredPage) -> Issue:
    paper = _paper(standing, RowRef(standing.url, 1))
    newer, older = (f"{page.fetched_at:%Y-%m-%d %H:%M} UTC" for page in (newest, standing))
    return issue(code, paper.ref, value=standing.url, report_id=paper.document_id, newer=newer, older=older)


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


def _tables(sources: Iterable[Source]) -> list[Source]:
    """The sources that are tables; whether they are asked today or not, what was fetched counts."""
    return [source for source in sources if source.kind == "table"]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's rows, the source and day (UTC) of their fetching, why the source is to be looked at."""

    rows: TableRows
    day: tuple[str, date]
    trouble: Trouble | None


def _table(store: Tracker, source: Source, *, keep: bool = False) -> _Table | None:
    """The table of a source; None where none was ever fetched.

    A version of which nothing can be read (a page in its place, other columns), or that has fewer or more
    rows than expected, takes nothing away: the newest one without trouble counts, and what is wrong with the
    newest of all stands beside it. Where none is without trouble, the newest that can be read counts.
    """
    newest: _Table | None = None
    readable: _Table | None = None
    with closing(store.versions(source.id, source.url)) as versions:
        for raw in versions:
            rows = table_rows(store, raw, source, keep=keep)
            trouble_ = _refusal(rows) or _outside_range(rows, source)
            found = _Table(rows, (source.id, raw.fetched_at.date()), trouble_)
            newest = newest or found
            if trouble_ is None:
                return _beside(newest, found)
            if readable is None and rows.rows_read:
                readable = found
    return newest and _beside(newest, readable or newest)


def _beside(newest: _Table, standing: _Table) -> _Table:
    """The table that counts, with what is wrong with the newest. Issues of rows that don't count are none."""
    if newest is standing:
        return standing
    said = () if newest.rows.rows_read else newest.rows.issues
    rows = replace(standing.rows, issues=(*said, *standing.rows.issues))
    return _Table(rows, standing.day, newest.trouble)


def _refusal(table: TableRows) -> Trouble | None:
    """Why none of a table could be read."""
    if table.rows_read or table.skipped:
        return None
    return next((Trouble(i.code, i.message) for i in table.issues if i.blocking), None)


def _outside_range(table: TableRows, source: Source) -> Trouble | None:
    low, high = source.minimum, source.maximum
    if low <= table.rows_read <= high:
        return None
    return trouble("listing_outside_range", source.url, count=table.rows_read, minimum=low, maximum=high)
