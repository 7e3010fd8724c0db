"""The store as the rest of the pipeline sees it: one object, one short transaction a call."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from etl.acquire.records import Answer, Listed, Trouble
from etl.fetched import RawDocument, ReadPage, StoredPage
from etl.records import CoverageRow, SourceChange
from etl.store import (
    claim,
    coverage,
    documents,
    extractions,
    journal,
    pages,
    readings,
    schema,
    sources,
    transfer,
    upkeep,
)
from etl.store.engine import address, make_engine, shown
from etl.store.errors import TrackerError, plain_words
from etl.store.records import Asked, Due, Kept, Problem, Run, SourceState

WAIT_S = 30.0
"""How long a writer waits for another process that writes. A writer holds the store for milliseconds, the
longest (10,000 listed items, an import) for seconds."""


class Tracker:
    """An open store. Threads may share it. Every method raises TrackerError where the database can't be used.

    A method that writes has either written everything to disk when it returns, or nothing.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._turn = threading.Lock()  # threads queue here, rather than asking SQLite again and again
        self.where = where

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with plain_words(self.where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with plain_words(self.where), self._turn, self._writer.begin() as connection:
            yield connection

    @property
    def file(self) -> Path | None:
        """The database as a file; None where a server has it."""
        return Path(self.where) if self._engine.dialect.name == "sqlite" else None

    @contextmanager
    def claimed(self) -> Iterator[bool]:
        """Claim a store of a server for the block: whether nobody else has. It ends with the process."""
        with claim.claimed(self._engine, self.where) as is_free:
            yield is_free

    # -- runs and their log ------------------------------------------------------------------------------
    def begin_run(self, owner: str, now: datetime) -> int:
        """Begin a run and return its id; older ones without an end become `interrupted`."""
        with self._writing() as connection:
            return journal.begin_run(connection, owner, now)

    def end_run(  # noqa: PLR0917
        self,
        run_id: int,
        outcome: str,
        exit_code: int,
        counts: Mapping[str, int],
        message: str,
        now: datetime,
    ) -> None:
        """Note how a run ended."""
        with self._writing() as connection:
            journal.end_run(connection, run_id, outcome, exit_code, counts, message, now)

    def runs(self, limit: int) -> list[Run]:
        """The last runs, newest first."""
        with self._reading() as connection:
            return journal.last_runs(connection, limit)

    def note_trouble(self, run_id: int, source_id: str, trouble: Trouble, now: datetime) -> None:
        """Log a trouble that is of no page: with a listing, or with the source itself."""
        with self._writing() as connection:
            journal.log(connection, Asked(run_id, source_id, trouble.url, now), "trouble", trouble=trouble)

    def problems(self, since: datetime) -> list[Problem]:
        """Troubles noted at `since` or later, of pages and of sources, newest first."""
        with self._reading() as connection:
            return journal.problems(connection, since)

    # -- sources ------------------------------------------------------------------------------------------
    def source_state(self, source_id: str) -> SourceState:
        """How the last looks at a source went; a blank state where there were none."""
        with self._reading() as connection:
            return sources.state(connection, source_id)

    def save_source_state(self, state: SourceState) -> None:
        """Put the state in the place of the one before."""
        with self._writing() as connection:
            sources.save_state(connection, state)

    def note_look(self, state: SourceState, now: datetime, *, answered: bool) -> None:
        """Put the state after a look in the place of the one before, and note whether the source answered."""
        with self._writing() as connection:
            sources.save_state(connection, state)
            sources.note_look(connection, state.source_id, now, answered=answered)

    def note_sources(self, fingerprints: Mapping[str, str], day: date) -> list[SourceChange]:
        """Note the list of sources (id -> fingerprint); returns what changed against the list noted last."""
        with self._writing() as connection:
            return sources.note(connection, fingerprints, day)

    def source_changes(self) -> list[SourceChange]:
        """Every change of the list of sources, by day and source."""
        with self._reading() as connection:
            return sources.changes(connection)

    # -- pages --------------------------------------------------------------------------------------------
    def note_listed(self, source_id: str, items: Sequence[tuple[Listed, bool, str]], now: datetime) -> int:
        """Note what a source lists: (item, looks relevant, why); returns how many it never listed before.

        A page that looked irrelevant when first listed and is relevant now becomes due; so does one that was
        given up a day ago or earlier.
        """
        with self._writing() as connection:
            return pages.note_listed(connection, source_id, items, now)

    def due(self, source_id: str, now: datetime, limit: int, *, whatever: bool = False) -> list[Due]:
        """Relevant pages to be asked for now: new ones, failed ones whose time has come, those to be
        revisited; all of them, `whatever` became of them before. The newest first, then by address."""
        with self._reading() as connection:
            return pages.due(connection, source_id, now, limit, whatever=whatever)

    def waiting(self) -> dict[str, int]:
        """By source how many of its pages failed and wait to be asked for again; none: not named."""
        with self._reading() as connection:
            return pages.waiting(connection)

    def dead(self, source_id: str, now: datetime, limit: int) -> list[Due]:
        """Pages that are gone from the web and should be looked up in the web archive now."""
        with self._reading() as connection:
            return pages.dead(connection, source_id, now, limit)

    def note_archive(
        self, url: str, snapshot: str, now: datetime, next_attempt: datetime | None = None
    ) -> None:
        """Note what the web archive has of a dead page: the copy's address, "" where there is none, or none
        could be had; with a `next_attempt` it is looked up again then."""
        with self._writing() as connection:
            pages.note_archive(connection, url, snapshot, now, next_attempt)

    # -- documents ----------------------------------------------------------------------------------------
    def keep(
        self,
        run_id: int,
        source_id: str,
        url: str,
        answer: Answer,
        revisit_at: datetime | None,
        *,
        is_source: bool = False,
    ) -> Kept:
        """Keep an answer: as a new version, unless the newest one has the same bytes. ValueError: a 304.

        `is_source`, here and below: the page is the source itself, a table, of which the day is noted.
        """
        with self._writing() as connection:
            if is_source:
                sources.note_look(connection, source_id, answer.fetched_at, answered=True)
            return documents.keep(
                connection, Asked(run_id, source_id, url, answer.fetched_at), answer, revisit_at
            )

    def note_unchanged(
        self,
        run_id: int,
        source_id: str,
        url: str,
        now: datetime,
        revisit_at: datetime | None,
        *,
        is_source: bool = False,
    ) -> None:
        """The server answered that nothing is new (304)."""
        with self._writing() as connection:
            if is_source:
                sources.note_look(connection, source_id, now, answered=True)
            documents.note_unchanged(connection, Asked(run_id, source_id, url, now), revisit_at)

    def note_failure(  # noqa: PLR0917
        self,
        run_id: int,
        source_id: str,
        url: str,
        trouble: Trouble,
        now: datetime,
        next_attempt: datetime | None,
        *,
        is_dead: bool = False,
        is_refused: bool = False,
        is_source: bool = False,
    ) -> None:
        """A page could not be fetched; what is stored of it stays.

        Without a next attempt it is given up; `is_dead`: it is gone for good then, to be looked up in the web
        archive. `is_refused`: the server said that it is gone or forbidden, which the next attempt is told.
        """
        with self._writing() as connection:
            if is_source:
                sources.note_look(connection, source_id, now, answered=False)
            asked = Asked(run_id, source_id, url, now)
            documents.note_failure(
                connection, asked, trouble, next_attempt, is_dead=is_dead, is_refused=is_refused
            )

    def latest(self, source_id: str, url: str) -> RawDocument | None:
        """The newest version of a page that a source names, None where there is none."""
        with self._reading() as connection:
            return documents.latest(connection, source_id, url)

    def versions(self, source_id: str, url: str) -> Generator[RawDocument]:
        """Every version of a page that a source names, the newest first; streamed."""
        with self._reading() as connection:
            yield from documents.versions(connection, source_id, url)

    # -- readings -----------------------------------------------------------------------------------------
    def unread(self, reader_version: str, limit: int, *, after: int = 0) -> list[RawDocument]:
        """Versions of pages that this reader has not read, with ids above `after`, by their ids."""
        with self._reading() as connection:
            return readings.unread(connection, reader_version, limit, after)

    def save_reading(
        self,
        document_id: int,
        reader_version: str,
        page: ReadPage | None,
        issue_code: str = "",
        issue_message: str = "",
    ) -> None:
        """Keep what a reader made of a document (None: nothing, the issue says why). The first stays."""
        with self._writing() as connection:
            readings.save(connection, document_id, reader_version, page, (issue_code, issue_message))

    def pages(self, reader_version: str) -> Iterator[StoredPage]:
        """The newest version of each page as this reader read it, by text_sha256, then address; streamed.

        A snapshot: what others write meanwhile is not in it.
        """
        with self._reading() as connection:
            yield from readings.stored_pages(connection, reader_version)

    def reworded_pages(self, reader_version: str) -> Iterator[list[StoredPage]]:
        """All versions, the oldest first, of pages of which this reader read different words; streamed."""
        with self._reading() as connection:
            yield from readings.reworded_pages(connection, reader_version)

    def coverage(self) -> list[CoverageRow]:
        """What was collected of each source on each day."""
        with self._reading() as connection:
            return coverage.coverage(connection)

    # -- extractions --------------------------------------------------------------------------------------
    def extractions(self, extractor: str, inputs: Sequence[str]) -> dict[str, bytes]:
        """What this version of the extractor made of inputs, by their checksums, where known."""
        with self._reading() as connection:
            return extractions.load(connection, extractor, inputs)

    def save_extractions(self, extractor: str, contents: Mapping[str, bytes]) -> None:
        """Keep what the extractor made of inputs, by their checksums; what is known stays."""
        with self._writing() as connection:
            extractions.save(connection, extractor, contents)

    # -- upkeep -------------------------------------------------------------------------------------------
    def export(self, path: Path) -> int:
        """Write everything to a file of gzipped JSON lines; returns the number of rows."""
        with self._reading() as connection, transfer.new_file(path) as file:
            return transfer.export(connection, file)

    def import_(self, path: Path) -> int:
        """Read an export into this store, which must be empty: everything or, where it is broken, nothing."""
        with self._writing() as connection:
            return transfer.import_(connection, path, self.where)

    def verify(self) -> list[str]:
        """What is wrong with the store, one sentence each; [] when all is well. Reads every document."""
        with self._reading() as connection:
            return upkeep.verify(connection)

    def vacuum(self, keep_log_after: datetime) -> None:
        """Forget older log lines and readings of former reader versions, and give the space back to the disk.

        Documents are never touched.
        """
        with self._writing() as connection:
            upkeep.prune(connection, keep_log_after)
        with plain_words(self.where), self._turn:
            upkeep.compact(self._engine)

    def backup(self, to: Path) -> None:
        """Write a consistent copy while others go on writing: on SQLite a database file, else an export."""
        if self._engine.dialect.name != "sqlite":
            self.export(to)
            return
        if to.exists() and to.samefile(self.where):
            raise TrackerError("store_backup_itself", self.where)
        with self._reading() as connection, transfer.new_file(to) as file:
            upkeep.copy(connection, Path(file.name))


def back_up(where: str | Path, to: Path) -> None:
    """Write a copy of a store, as `Tracker.backup`; on SQLite also of one that is yet to be migrated."""
    with _engine(where, WAIT_S, create=False) as (engine, name):
        with engine.connect() as connection:
            schema.check(connection, name, any_version=engine.dialect.name == "sqlite")
        with Tracker(engine, name) as store:
            store.backup(to)


def open_tracker(where: str | Path, *, create: bool = True, wait_s: float = WAIT_S) -> Tracker:
    """Open the store at a path, or at postgresql://...; a new or empty database gets its tables.

    Raises TrackerError where it can't be used, or has another schema (the message says what to do).
    """
    with _engine(where, wait_s, create=create) as (engine, name):
        if create:
            with engine.connect() as connection:
                is_new = schema.revision(connection) == ""
            if is_new:
                with engine.execution_options(writes=True).begin() as connection:
                    if schema.revision(connection) == "":
                        schema.upgrade(connection, name)
        with engine.connect() as connection:
            schema.check(connection, name)
        return Tracker(engine, name)


def migrate(where: str | Path, *, to: str = "head") -> tuple[str, str]:
    """Take a store up to the newest schema, or to a given one; returns the schema before and after.

    Everything or nothing: one transaction. Raises TrackerError as `open_tracker`.
    """
    with _engine(where, WAIT_S, create=True) as (engine, name):
        with engine.execution_options(writes=True).begin() as connection:
            change = schema.upgrade(connection, name, to)
        engine.dispose()
        return change


@contextmanager
def _engine(where: str | Path, wait_s: float, *, create: bool) -> Iterator[tuple[Engine, str]]:
    """An engine, which is disposed of where the block fails."""
    url = address(where)
    name = shown(url)
    if url.drivername == "sqlite" and not create and not Path(name).is_file():
        raise TrackerError("store_missing", name)
    engine = make_engine(url, wait_s)
    try:
        with plain_words(name):
            if url.drivername == "sqlite":
                Path(name).parent.mkdir(parents=True, exist_ok=True)
            yield engine, name
    except BaseException:
        engine.dispose()
        raise
