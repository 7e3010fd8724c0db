"""The refresh itself, readable as prose: lock -> collect -> read -> build -> publish -> say how it went."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from etl.acquire.client import Client
from etl.acquire.collect import Collector, Tally, look_only, note_late
from etl.acquire.records import Source, Trouble
from etl.acquire.sources import fingerprint, read_sources
from etl.collection import remember_tables
from etl.extract.privacy import quote_of
from etl.machine import Reader
from etl.pipeline import Built, build, no_cycle_collection
from etl.publish import Outcome as Published
from etl.publish import Refused, Request, Shrunk, Store, publish_content
from etl.refresh.lock import BusyError, only_one, only_one_on, owner
from etl.refresh.outcome import Exit, Outcome
from etl.refresh.plan import MOST_SHRINKING, Plan
from etl.refresh.read import Readers, ReadersError, extract_new, read_new
from etl.refresh.status import refresh_part
from etl.refresh.told import Told
from etl.remembered import Memory
from etl.status_file import read_refresh, write_built, write_refresh
from etl.store import Tracker, TrackerError, open_tracker

COUNTS = (
    "listed", "relevant", "skipped", "fetched", "unchanged", "failed", "claims", "new_events", "quarantined",
)  # fmt: skip
"""What a run counts: pages that sources listed, of these worth fetching and not; fetched, found unchanged,
failed; reports that machines have read by now, events that the release before lacked, rows kept out."""


_NAMED = 5  # sources in a sentence; all stand in status.json


def refresh(plan: Plan, told: Told, stop: threading.Event) -> Outcome:
    """Run one refresh; it raises nothing that an operator can cause: the outcome says what happened.

    `stop` ends it at a safe place. The outcome also stands in `status.json`, but for a dry run and where
    another refresh is at work.
    """
    started = plan.clock()
    sources, faults = read_sources(plan.inputs.sources) if plan.inputs.sources else ((), ())
    for fault in faults:
        told.say("trouble", fault.message, code=fault.code)
    if unknown := sorted(plan.only - {source.id for source in sources}):
        return Outcome(Exit.REFUSED, f"no source is called {', '.join(unknown)}; see data/sources.toml")
    if plan.dry_run:
        return _dry_run(plan, told, stop, _asked(plan, sources))
    try:
        with only_one(plan.out, started):
            return _locked(plan, told, stop, sources, faults)
    except BusyError as busy:
        outcome = Outcome(Exit.BUSY, str(busy))
    except OSError as error:
        outcome = Outcome(Exit.REFUSED, f"{error.filename or plan.out} cannot be written ({error.strerror})")
    told.say(outcome.word, outcome.message)
    return outcome


def _locked(
    plan: Plan, told: Told, stop: threading.Event, sources: Sequence[Source], faults: Sequence[Trouble]
) -> Outcome:
    started, before = plan.clock(), read_refresh(plan.out)
    tallies: list[Tally] = []
    tracker: Tracker | None = None
    outcome = Outcome(Exit.STORE, "")
    try:
        with (
            open_tracker(plan.inputs.tracker, wait_s=plan.wait_s) as tracker,
            only_one_on(tracker, started),
        ):
            run_id = tracker.begin_run(owner(), started)
            if not plan.offline:
                if not faults:  # what can't be read has not left the list
                    _note_list(tracker, sources, plan.clock().date(), told)
                tallies = _collect(plan, told, stop, tracker=tracker, run_id=run_id, sources=sources)
            unread = _read(tracker, told, stop, sources)
            outcome = _published(
                plan, told, stop, tracker=tracker, run_id=run_id, tallies=tallies, faults=faults
            )
            if unread and not outcome.stopped:
                outcome = replace(
                    outcome, exit=outcome.exit or Exit.PARTLY, message=f"{outcome.message}; {unread}"
                )
            ended = plan.clock()
            tracker.end_run(run_id, outcome.word, outcome.exit, outcome.counts, outcome.message, ended)
            part = refresh_part(before, outcome, sources, tracker, span=(started, ended))
    except BusyError:
        raise
    except TrackerError as error:
        counts = outcome.counts or _counts(tallies)
        outcome = replace(outcome, exit=Exit.STORE, message=str(error), counts=counts, sources=tuple(tallies))
        part = refresh_part(before, outcome, sources, None, span=(started, plan.clock()))
    except Exception as error:
        message = f"the run broke off at a fault of this program ({type(error).__name__}): see its log"
        outcome = Outcome(Exit.REFUSED, message, counts=_counts(tallies), sources=tuple(tallies))
        part = refresh_part(before, outcome, sources, None, span=(started, plan.clock()))
        with _status(told):
            write_refresh(plan.out, part | {"outcome": "failed"})
        raise
    with _status(told):
        write_refresh(plan.out, part)
    told.say(outcome.word, outcome.message, release=outcome.release, **outcome.counts)
    return outcome


@contextmanager
def _status(told: Told) -> Iterator[None]:
    """What is written inside the block only tells of the run: no room for it doesn't change how that went."""
    try:
        yield
    except OSError as error:
        told.say("trouble", f"status.json cannot be written ({error.strerror}); it tells of an earlier run")


def _asked(plan: Plan, sources: Sequence[Source]) -> list[Source]:
    """The sources that this run asks: those named, else all that are on."""
    return [source for source in sources if (source.id in plan.only if plan.only else source.enabled)]


def _client(plan: Plan) -> Client:
    return plan.client(
        allow_private=plan.allow_private, proxy=plan.proxy, delay_s=plan.delay_s, now=plan.clock
    )


def _note_list(tracker: Tracker, sources: Sequence[Source], today: date, told: Told) -> None:
    """Note which sources are on, and what changed since the list was noted last."""
    on = {source.id: fingerprint(source) for source in sources if source.enabled}
    for change in tracker.note_sources(on, today):
        told.say("source_" + change.change, source=change.source_id)


def _collect(
    plan: Plan,
    told: Told,
    stop: threading.Event,
    *,
    tracker: Tracker,
    run_id: int,
    sources: Sequence[Source],
) -> list[Tally]:
    with _client(plan) as client, told.bars():
        collector = Collector(
            tracker,
            client,
            run_id,
            plan.clock,
            told,
            stop,
            since=plan.since,
            workers=plan.workers,
            archive=plan.archive,
        )
        return collector.collect(_asked(plan, sources), even_if_not_due=bool(plan.only))


def _read(tracker: Tracker, told: Told, stop: threading.Event, sources: Sequence[Source]) -> str:
    """Read what is new; a sentence where the machine had no room for that, else ""."""
    tables = {source.id for source in sources if source.kind == "table"}
    try:
        with Readers() as readers:
            read_new(tracker, readers, tables, told, stop)
            extract_new(tracker, readers, told, stop)
    except ReadersError as error:
        told.say("trouble", str(error), code="readers_failed")
        return str(error)
    if not stop.is_set():
        remember_tables(tracker, sources)
    return ""


def _dry_run(plan: Plan, told: Told, stop: threading.Event, sources: Sequence[Source]) -> Outcome:
    """Look at the listings and say what they give; nothing is kept, nothing else is asked for."""
    with _client(plan) as client:
        tallies = look_only(client, sources, clock=plan.clock, told=told, stop=stop, since=plan.since)
    counts = _counts(tallies)
    message = f"{len(tallies)} sources list {counts['listed']} pages, {counts['relevant']} worth fetching"
    outcome = Outcome(_exit(tallies, ()), message + _needing_a_look(tallies, ()), counts=counts)
    told.say(outcome.word, outcome.message, **counts)
    return outcome


def _published(
    plan: Plan,
    told: Told,
    stop: threading.Event,
    *,
    tracker: Tracker,
    run_id: int,
    tallies: Sequence[Tally],
    faults: Sequence[Trouble],
) -> Outcome:
    counts, sources = _counts(tallies), tuple(tallies)
    if stop.is_set():
        words = "stopped as asked; what was fetched is kept, the next run goes on"
        return Outcome(Exit.DONE, words, stopped=True, counts=counts, sources=sources)
    try:
        with no_cycle_collection():
            reader = Reader(Memory(tracker).extract, quote_of)
            built = build(plan.inputs, lambda step: told.say("step", step), reader)
            for tally in tallies:  # before publishing, which they may be the reason to refuse
                if tally.source.id in built.in_folders:
                    tally.listed = tally.relevant = built.in_folders[tally.source.id]
                if tally.looked and (found := built.source_troubles.get(tally.source.id)):
                    note_late(tally, found, tracker, run_id, plan.clock(), told)
            counts = _counts(tallies)
            told.say("step", "publishing")
            published = publish_content(
                Store(plan.out),
                built.content,
                Request(),
                Store(plan.shipped),
                most_shrinking=1.0 if plan.allow_shrink else MOST_SHRINKING,
            )
    except Shrunk as refusal:
        words = str(refusal) + _needing_a_look(tallies, faults, built.source_troubles)
        return Outcome(Exit.SHRUNK, words, counts=counts, sources=sources)
    except Refused as refusal:
        return Outcome(Exit.REFUSED, str(refusal), counts=counts, sources=sources)
    with _status(told):
        write_built(plan.out, built, published)
    counts |= _found(built, published)
    words = f"release {published.label} " + ("is published" if published.is_new else "stays: nothing new")
    return Outcome(
        _exit(tallies, faults),
        words + _needing_a_look(tallies, faults),
        published=published.is_new,
        release=published.label,
        counts=counts,
        sources=sources,
    )


def _exit(tallies: Sequence[Tally], faults: Sequence[Trouble]) -> Exit:
    looked = [tally for tally in tallies if tally.looked]
    if len(looked) > 1 and not any(tally.heard for tally in looked):
        return Exit.CUT_OFF
    return Exit.PARTLY if faults or any(tally.trouble for tally in tallies) else Exit.DONE


def _needing_a_look(
    tallies: Sequence[Tally], faults: Sequence[Trouble], not_asked: Iterable[str] = ()
) -> str:
    """The sources that somebody should look at, for the end of a sentence; `not_asked`: also those."""
    ids = list(dict.fromkeys([*(tally.source.id for tally in tallies if tally.trouble), *not_asked]))
    parts = []
    if ids:
        shown = ", ".join(ids[:_NAMED]) + (" ..." if ids[_NAMED:] else "")
        parts.append(f"{_several(len(ids), 'source')} ({shown})")
    if faults:
        parts.append(f"{_several(len(faults), 'fault')} in the list of sources")
    return f"; to be looked at: {', '.join(parts)}" if parts else ""


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _counts(tallies: Sequence[Tally]) -> dict[str, int]:
    """Pages by what became of them; what the build counts is 0 until it has run."""
    found: Counter[str] = Counter()
    for tally in tallies:
        found["listed"] += tally.listed
        found["relevant"] += tally.relevant
        found["skipped"] += tally.listed - tally.relevant
        found["fetched"] += tally.fetched
        found["unchanged"] += tally.unchanged
        found["failed"] += tally.failed
    return {name: found[name] for name in COUNTS}


def _found(built: Built, published: Published) -> dict[str, int]:
    content = built.content
    return {
        "claims": sum(report.claim.is_machine_read for report in content.reports),
        "new_events": published.added,
        "quarantined": len(content.quarantine),
    }
