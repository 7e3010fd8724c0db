"""Sources -> documents in the store: look at each listing that is due, then fetch the pages worth reading.

Threads only ask; everything is written by the one thread that calls, in an order that doesn't depend on who
answers first where it matters: listings in the order of the sources, pages as they come. A page is kept,
marked and logged in one transaction, so a run may be killed anywhere and the next one goes on from there.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from etl.acquire.client import PAGES, TABLES, Client, FetchError
from etl.acquire.listings import list_source
from etl.acquire.listings.archive import ADDRESS, lookup
from etl.acquire.records import Answer, Listed, Listing, Source, Trouble
from etl.acquire.relevance import judge
from etl.acquire.troubles import trouble
from etl.store import Due, SourceState, Tracker, TrackerError
from etl.weburl import url_key

REVISITS = (timedelta(days=1), timedelta(days=7))
"""After a page was first listed: news are corrected early or never."""
FIRST_WAIT = timedelta(minutes=30)
LONGEST_WAIT = timedelta(days=1)
"""Where the trouble may pass, a page is asked for again after 30 minutes, then 1, 2, 4 ... hours."""
GIVEN_UP_AFTER = timedelta(days=14)
"""So long after it was first listed a page that fails is given up: sites are down for days, seldom for weeks.
The web archive is asked for a page so long after that was found dead."""
REFUSALS = frozenset({403, 404, 410})
"""Said twice, `LONGEST_WAIT` apart, they are believed: a site that is being mended says them as well."""
MOST_PAGES = 500
"""Pages of a source in one run; what is left waits for the next."""
EARLY = 0.9
"""A source is due when this share of its hours has passed: runs drift by minutes."""
WITHOUT_LISTING = frozenset({"table", "inbox"})
"""Kinds that are not asked what there is: a table is asked for itself, an inbox is a folder."""
GONE = frozenset({404, 410})
"""Such pages are looked up in the web archive; what an outlet forbids is not read elsewhere."""


class Say(Protocol):
    """What a run tells while it works (`etl.refresh.told`)."""

    def say(self, event: str, message: str = "", **fields: object) -> None: ...
    def expect(self, source: str, pages: int) -> None: ...
    def advance(self, source: str) -> None: ...


@dataclass(slots=True)
class Tally:
    """What became of one source: counts of pages, and the last thing that somebody should look at.

    `looked`: its listing was asked for; else it was not yet due. `heard`: it gave what it should, the listing
    or, of a table, the page; `missed`: why the last page that failed did.
    """

    source: Source
    looked: bool = False
    heard: bool = False
    listed: int = 0
    relevant: int = 0
    new: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    missed: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Collector:
    """One collection into a store, for the run `run_id`.

    `clock` dates everything. `since` leaves out pages listed with an earlier date. `stop` ends it early, at a
    safe place. `archive`: where dead pages are looked up, "" for nowhere.
    """

    tracker: Tracker
    client: Client
    run_id: int
    clock: Callable[[], datetime]
    told: Say
    stop: threading.Event
    since: datetime | None = None
    workers: int = 8
    archive: str = ADDRESS

    def collect(self, sources: Sequence[Source], *, even_if_not_due: bool = False) -> list[Tally]:
        """Look at the sources and fetch what they list; what each gave. Raises TrackerError."""
        tallies = [Tally(source) for source in sources]
        with _threads(self.workers, self.stop) as pool:
            due = [t for t in tallies if even_if_not_due or self._is_due(t.source)]
            looks = [pool.submit(self._look, tally.source) for tally in due]
            for tally, look in zip(due, looks, strict=True):
                self._note_look(tally, look)
            self._fetch(pool, tallies)
            if self.archive:
                self._look_up_the_dead(pool, tallies)
        return tallies

    # -- listings -----------------------------------------------------------------------------------------
    def _is_due(self, source: Source) -> bool:
        last, now = self.tracker.source_state(source.id).last_ok, self.clock()
        if last is None or last > now:  # a clock that ran ahead then would keep the source waiting
            return True
        return now - last >= EARLY * timedelta(hours=source.every_hours)

    def _look(self, source: Source) -> Listing:
        if self.stop.is_set():
            raise FetchError(Trouble("stopped", ""))
        state = self.tracker.source_state(source.id)
        return list_source(
            source, self._get, state.etag, state.last_modified, now=self.clock(), since=self.since
        )

    def _get(self, url: str, **asked: Any) -> Answer:
        return self.client.get(url, stop=self.stop, **asked)

    def _note_look(self, tally: Tally, look: Future[Listing]) -> None:
        try:
            self._take_listing(tally, look.result())
        except Exception as error:
            if not self.stop.is_set():
                self._note_failed_look(tally, _as_trouble(error, self.told, tally.source))

    def _note_failed_look(self, tally: Tally, error: FetchError) -> None:
        state, message = self.tracker.source_state(tally.source.id), error.trouble.message
        tally.looked, tally.trouble = True, message
        self._note_trouble(tally.source, error.trouble)
        now = self.clock()
        tried = replace(state, last_tried=now, failures=state.failures + 1, message=message)
        self.tracker.note_look(tried, now, answered=False)

    def _take_listing(self, tally: Tally, listing: Listing) -> None:
        source, now = tally.source, self.clock()
        state = replace(self.tracker.source_state(source.id), last_tried=now)
        for said in listing.troubles:
            self._note_trouble(source, said)
        tally.new = self.tracker.note_listed(source.id, _counted(tally, listing), now)
        if self.since is not None:  # the next look must not be told that nothing is new
            listing = replace(listing, etag="", last_modified="", unchanged=False)
        state = _looked(state, listing, tally, now)
        if source.kind in WITHOUT_LISTING:
            self.tracker.save_source_state(state)
        else:
            self.tracker.note_look(state, now, answered=not _nothing_read(listing))
        self.told.say(
            "looked",
            source=source.id,
            listed=tally.listed,
            relevant=tally.relevant,
            new=tally.new,
            unchanged=listing.unchanged,
        )

    def _note_trouble(self, source: Source, said: Trouble) -> None:
        self.tracker.note_trouble(self.run_id, source.id, said, self.clock())
        _say_trouble(self.told, source, said)

    # -- pages --------------------------------------------------------------------------------------------
    def _fetch(self, pool: ThreadPoolExecutor, tallies: Sequence[Tally]) -> None:
        now = self.clock()
        queues: list[list[tuple[Tally, Due]]] = []
        seen: set[str] = set()
        for tally in tallies:
            todo = [due for due in self._due(tally, now) if due.url_key not in seen]
            seen.update(due.url_key for due in todo)
            queues.append([(tally, due) for due in todo])
            self.told.expect(tally.source.id, len(todo))
        for (tally, due), answer in self._answers(pool, _in_turns(queues), self._ask):
            self._note_answer(tally, due, answer)
        for tally in tallies:
            if (late := _of_pages(tally)) and not self.stop.is_set():
                note_late(tally, late, self.tracker, self.run_id, now, self.told)

    def _due(self, tally: Tally, now: datetime) -> list[Due]:
        """The pages of a source to be asked for. A look at a table asks for its one page, whatever became of
        that before; an address that it had earlier is not asked any more."""
        source = tally.source
        if source.kind != "table":
            return self.tracker.due(source.id, now, MOST_PAGES)
        found = self.tracker.due(source.id, now, MOST_PAGES, whatever=tally.looked)
        return [due for due in found if due.url_key == url_key(source.url)]

    def _ask(self, asked: tuple[Tally, Due]) -> Answer:
        tally, due = asked
        accept = TABLES if tally.source.kind == "table" else PAGES
        return self._get(due.url, etag=due.etag, last_modified=due.last_modified, accept=accept)

    def _answers(
        self,
        pool: ThreadPoolExecutor,
        asked: Iterator[tuple[Tally, Due]],
        ask: Callable[[tuple[Tally, Due]], Any],
    ) -> Iterator[tuple[tuple[Tally, Due], Future[Any]]]:
        """Ask with a bounded number of answers in memory; nothing more is asked once told to stop."""
        waiting: dict[Future[Any], tuple[Tally, Due]] = {}
        while True:
            while len(waiting) < 2 * self.workers and not self.stop.is_set():
                one = next(asked, None)
                if one is None:
                    break
                waiting[pool.submit(ask, one)] = one
            if not waiting:
                return
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(done), done

    def _note_answer(self, tally: Tally, due: Due, got: Future[Answer]) -> None:
        try:
            self._take_answer(tally, due, got.result())
        except Exception as error:
            if not self.stop.is_set():
                self._note_failure(tally, due, _as_trouble(error, self.told, tally.source, due.url))

    def _take_answer(self, tally: Tally, due: Due, answer: Answer) -> None:
        source, now = tally.source.id, self.clock()
        again, is_source = _revisit(tally.source, due, now), tally.source.kind == "table"
        if answer.status == 304:
            self.tracker.note_unchanged(self.run_id, source, due.url, now, again, is_source=is_source)
            tally.unchanged += 1
            self.told.say("unchanged", source=source, url=due.url)
        else:
            kept = self.tracker.keep(self.run_id, source, due.url, answer, again, is_source=is_source)
            tally.fetched += kept.is_new
            tally.unchanged += not kept.is_new
            self.told.say(
                "kept",
                source=source,
                url=due.url,
                document=kept.document_id,
                new=kept.is_new,
                version=kept.version,
            )
        tally.heard = True
        self.told.advance(source)

    def _note_failure(self, tally: Tally, due: Due, error: FetchError) -> None:
        source, now = tally.source.id, self.clock()
        self.tracker.note_failure(
            self.run_id,
            source,
            due.url,
            error.trouble,
            now,
            _next_attempt(tally.source, due, error, now),
            is_dead=error.status in GONE,
            is_refused=error.status in REFUSALS,
            is_source=tally.source.kind == "table",
        )
        tally.failed += 1
        tally.missed = error.trouble.message
        self.told.say("failed", error.trouble.message, source=source, url=due.url, code=error.trouble.code)
        self.told.advance(source)

    # -- the web archive ----------------------------------------------------------------------------------
    def _look_up_the_dead(self, pool: ThreadPoolExecutor, tallies: Sequence[Tally]) -> None:
        now = self.clock()
        dead = [(t, due) for t in tallies for due in self.tracker.dead(t.source.id, now, MOST_PAGES)]
        for (tally, due), got in self._answers(pool, iter(dead), self._from_archive):
            try:
                self._take_copy(tally, due, *got.result())
            except Exception as error:
                if not self.stop.is_set():
                    self._note_no_copy(tally, due, _as_trouble(error, self.told, tally.source, due.url))

    def _take_copy(self, tally: Tally, due: Due, snapshot: str, answer: Answer | None) -> None:
        """Keep the copy, then note that there is one: a run that is killed between has it."""
        if answer is not None:
            kept = self.tracker.keep(self.run_id, tally.source.id, due.url, answer, None)
            tally.fetched += kept.is_new
            self.told.say(
                "kept", source=tally.source.id, url=due.url, document=kept.document_id, archive=True
            )
        self.tracker.note_archive(due.url, snapshot, self.clock())

    def _note_no_copy(self, tally: Tally, due: Due, error: FetchError) -> None:
        """A copy that is refused is none; where the trouble may pass, it is asked for again."""
        now = self.clock()
        self._note_trouble(tally.source, replace(error.trouble, url=due.url))
        over = error.permanent or now - (due.tried_at or now) >= GIVEN_UP_AFTER
        self.tracker.note_archive(due.url, "", now, None if over else now + _pause(due))

    def _from_archive(self, asked: tuple[Tally, Due]) -> tuple[str, Answer | None]:
        """The address of the archive's copy of a dead page and the copy; "" and None where it has none."""
        _, due = asked
        snapshot = lookup(due.url, self._get, self.archive)
        return snapshot, self._get(snapshot, accept=PAGES) if snapshot else None


def look_only(
    client: Client,
    sources: Sequence[Source],
    *,
    clock: Callable[[], datetime],
    told: Say,
    stop: threading.Event,
    since: datetime | None = None,
) -> list[Tally]:
    """Look at the listings without a store: what each would give. Nothing else is asked for."""
    tallies = []
    for source in sources:
        if stop.is_set():
            break
        tally = Tally(source, looked=True)
        tallies.append(tally)
        try:
            listing = list_source(source, partial(client.get, stop=stop), now=clock(), since=since)
        except Exception as error:
            failed = _as_trouble(error, told, source).trouble
            tally.trouble = failed.message
            _say_trouble(told, source, failed)
            continue
        for said in listing.troubles:
            _say_trouble(told, source, said)
        _counted(tally, listing)
        told.say("looked", source=source.id, listed=tally.listed, relevant=tally.relevant)
    return tallies


def note_late(  # noqa: PLR0917
    tally: Tally, late: Trouble, tracker: Tracker, run_id: int, now: datetime, told: Say
) -> None:
    """Note a trouble with a source that shows only after its listing was read: its table is none, say."""
    source = tally.source.id
    tally.trouble = tally.trouble or late.message
    tracker.note_trouble(run_id, source, late, now)
    tracker.save_source_state(replace(tracker.source_state(source), message=tally.trouble))
    _say_trouble(told, tally.source, late)


def _as_trouble(error: Exception, told: Say, source: Source, url: str = "") -> FetchError:
    """An error of the network as it is. Any other is a fault of this program, which the log gets whole: what
    one source or page sets off is its trouble alone. Of the store it is everybody's, and raised again."""
    if isinstance(error, TrackerError):
        raise error
    if isinstance(error, FetchError):
        return error
    told.say("fault", source=source.id, url=url or source.url, traceback=traceback.format_exception(error))
    return FetchError(trouble("program_failed", url or source.url, kind=type(error).__name__))


def _say_trouble(told: Say, source: Source, said: Trouble) -> None:
    told.say("trouble", said.message, source=source.id, code=said.code, url=said.url)


def _counted(tally: Tally, listing: Listing) -> list[tuple[Listed, bool, str]]:
    """The items of a look that was answered: (item, looks relevant, why); the tally counts them."""
    verdicts = [(item, judge(item, tally.source)) for item in listing.items]
    tally.looked, tally.trouble = True, _needs_a_look(listing)
    tally.heard = not tally.trouble and tally.source.kind != "table"
    tally.listed, tally.relevant = len(verdicts), sum(verdict.relevant for _, verdict in verdicts)
    return [(item, verdict.relevant, verdict.reason) for item, verdict in verdicts]


def _needs_a_look(listing: Listing) -> str:
    """What a person should see to: a range left, or a listing of which nothing could be read; else ""."""
    outside = next((t.message for t in listing.troubles if t.code == "listing_outside_range"), "")
    return outside or (listing.troubles[0].message if _nothing_read(listing) else "")


def _nothing_read(listing: Listing) -> bool:
    return not listing.items and bool(listing.troubles)


def _looked(state: SourceState, listing: Listing, tally: Tally, now: datetime) -> SourceState:
    """The state after a look that was answered. Of an unchanged listing the old marks stay."""
    return replace(
        state,
        etag=state.etag if listing.unchanged else listing.etag,
        last_modified=state.last_modified if listing.unchanged else listing.last_modified,
        last_ok=now,
        failures=0,
        listed=state.listed if listing.unchanged else tally.listed,
        message=tally.trouble,
    )


def _of_pages(tally: Tally) -> Trouble | None:
    """The trouble of a source of whose pages more than half failed in this run; None: it has none."""
    asked = tally.fetched + tally.unchanged + tally.failed
    if 2 * tally.failed <= asked:
        return None
    if tally.source.kind == "table":
        return trouble("table_missed", tally.source.url, why=tally.missed)
    return trouble("pages_missed", tally.source.url, failed=tally.failed, asked=asked, why=tally.missed)


def _revisit(source: Source, due: Due, now: datetime) -> datetime | None:
    """When to ask again for a page that answered; None: no more. A table as often as its source says."""
    if source.kind == "table":
        return now + EARLY * timedelta(hours=source.every_hours)
    times = (due.listed_at + after for after in REVISITS) if due.listed_at else ()
    return next((time for time in times if time > now), None)


def _next_attempt(source: Source, due: Due, error: FetchError, now: datetime) -> datetime | None:
    """When to ask for a page again that failed; None: no more. A table is asked for at its times for good."""
    asked_to_wait = now + timedelta(seconds=error.retry_after or 0)
    if source.kind == "table":
        return max(_revisit(source, due, now) or now, asked_to_wait)
    if error.status in REFUSALS:
        return None if due.refused else now + LONGEST_WAIT
    if error.permanent or now - (due.listed_at or now) >= GIVEN_UP_AFTER:
        return None
    return max(now + _pause(due), asked_to_wait)


def _pause(due: Due) -> timedelta:
    """How long to wait where a trouble may pass, the longer the more often it was met."""
    return min(FIRST_WAIT * (1 << min(due.attempts, 10)), LONGEST_WAIT)


def _in_turns(queues: Sequence[list[tuple[Tally, Due]]]) -> Iterator[tuple[Tally, Due]]:
    """One page of each source in turn, so that no host holds up the others."""
    left = [iter(queue) for queue in queues]
    while left:
        for queue in list(left):
            one = next(queue, None)
            if one is None:
                left.remove(queue)
            else:
                yield one


@contextmanager
def _threads(workers: int, stop: threading.Event) -> Iterator[ThreadPoolExecutor]:
    """A pool whose threads are told to stop where the block is left by an error."""
    pool = ThreadPoolExecutor(workers, thread_name_prefix="acquire")
    try:
        yield pool
    except BaseException:
        stop.set()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
