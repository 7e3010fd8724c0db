"""The whole build, readable as prose: ledger -> locate -> normalise -> link -> events -> totals -> validate.

Then, beside it and without changing it, what machines read in documents (`etl.machine`). A pure function of
ledger, documents (inbox and store), decisions, vocabulary and gazetteer; `etl.publish` adds the release
before.
"""

from __future__ import annotations

import gc
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from etl import review
from etl.acquire.records import Trouble
from etl.acquire.sources import read_sources
from etl.aggregates import build_aggregates, destroyed_events
from etl.collection import Collection, collection_days, read_collection, with_claims
from etl.decisions import Decisions, read_decisions
from etl.events import build_bundle, build_events
from etl.inbox import Saved, read_saved
from etl.ledger import newest_day, quarantined_rows, read_ledger
from etl.link import link
from etl.locate import locate
from etl.machine import Reader, Settled, add_documents, by_reader, told_alone
from etl.normalise import normalise
from etl.papers import Papers, sort_out
from etl.publish.release import Content
from etl.publish.store import Refused
from etl.records import Issue, Linking, Report
from etl.validate import balance, validate, without_remainders

Say = Callable[[str], None]


@dataclass(frozen=True)
class Inputs:
    """Where the inputs lie.

    `newest` is the last believable day where a release names one. `inbox` is a folder of documents that
    people saved, `tracker` the database of those that were fetched, `sources` the file that names further
    folders, and says of fetched tables what their columns mean; without them there are none.
    """

    reported: Path
    decisions: Path
    coverage: Path
    newest: date | None = None
    inbox: Path | None = None
    tracker: str = ""
    sources: Path | None = None


@dataclass(frozen=True)
class Built:
    """What a build found, with the counts a person wants to see.

    `documents` counts them by what became of each (`etl.machine.FATES`). `in_folders`: pieces in the folders
    of sources; `source_troubles`: why sources whose tables or folders a build reads are to be looked at.
    """

    content: Content
    linking: Linking
    rows_read: int
    documents: Mapping[str, int]
    in_folders: Mapping[str, int]
    source_troubles: Mapping[str, Trouble]


def build(inputs: Inputs, say: Say = lambda _: None, reader: Reader | None = None) -> Built:
    """Run every stage. Raises Refused where nothing can be published.

    `reader` reads the documents; without one, the project's extractor.
    """
    sources, faults = read_sources(inputs.sources) if inputs.sources else ((), ())
    collection = read_collection(inputs.tracker, sources, faults, partial(told_alone, reader=reader))
    say("reading the ledger")
    decisions = read_decisions(inputs.decisions)
    judgements, machine_judgements = by_reader(decisions.judgements)
    ledger = read_ledger(
        inputs.reported,
        newest=inputs.newest,
        judgements=judgements,
        corrections=decisions.corrections,
        tables=collection.tables,
    )
    if not ledger.claims:
        raise Refused(f"no row of {inputs.reported} could be read: {_first(ledger.issues)}")
    say(f"locating {len(ledger.claims)} reports")
    placed, place_issues = locate(ledger.claims)
    say("bringing figures and names to common units and codes")
    reports, word_issues = normalise(placed)
    say("joining reports of one seizure")
    seizures = [report for report in reports if report.claim.is_seizure]
    linking = link(seizures, ledger.judgements)
    say(f"choosing the values of {len(linking.clusters)} events")
    events = build_events(seizures, linking)
    say("grouping published totals")
    totals = build_aggregates(reports, events)
    events, invalid = validate(events)
    rests, invalid_rests = validate([build_bundle(t.remainder) for t in totals if t.remainder])
    issues = (*decisions.issues, *ledger.issues, *place_issues, *word_issues, *linking.issues, *invalid)
    warnings = [*(i for i in issues if not i.blocking), *without_remainders(invalid_rests)]
    quarantine = [issue for issue in issues if issue.blocking]
    kept = _kept(reports, invalid)
    wrong = balance(
        ledger.rows_read, (r.claim.ref for r in kept), quarantined_rows([*ledger.issues, *invalid])
    )
    if wrong:
        raise Refused(f"the rows don't add up: {wrong}")
    complete_to = read_coverage(inputs.coverage)
    newest = max([newest_day(ledger.claims) or complete_to, *_days(decisions)])
    settled = Settled(kept, events, totals, newest)
    saved = read_saved(inputs.inbox, sources, inputs.sources.parent if inputs.sources else Path())
    papers = _papers(saved, collection, say)
    added = add_documents(papers, settled, machine_judgements, reader, inputs.newest)
    if sum(added.fates.values()) != papers.found:
        raise Refused(f"the documents don't add up: {papers.found} were found, {added.fates} became of them")
    content = Content(
        events=(*added.joined_events, *rests, *added.events),
        aggregates=(*added.joined_totals, *added.totals),
        reports=(*kept, *added.reports),
        destroyed=destroyed_events(reports, events) | added.destroyed,
        possibly_same=(*linking.possibly_same, *added.linking.possibly_same),
        quarantine=[*quarantine, *added.quarantine],
        warnings=[*warnings, *review.unused_entries(ledger.claims), *added.warnings],
        complete_to=complete_to,
        newest=max([newest, *collection_days(papers.papers, added.reports)]),
        coverage=with_claims(collection, papers.papers, added.reports),
        source_changes=collection.changes,
    )
    troubles = {**collection.table_troubles, **saved.troubles}
    return Built(content, linking, ledger.rows_read, added.fates, saved.listed, troubles)


def _papers(saved: Saved, collection: Collection, say: Say) -> Papers:
    found = sort_out((*saved.papers, *collection.papers), (*saved.issues, *collection.issues))
    if found.found:
        say(f"reading {len(found.papers)} documents")
    return found


def read_coverage(path: Path) -> date:
    """The day to which the collection is complete. Raises Refused where the file doesn't say."""
    try:
        complete_to = tomllib.loads(path.read_text(encoding="utf-8"))["data_complete_to"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise Refused(f"{path} does not say data_complete_to ({error})") from error
    if not isinstance(complete_to, date):
        raise Refused(f"{path}: data_complete_to must be a date such as 2026-03-06")
    return complete_to


def _days(decisions: Decisions) -> list[date]:
    """The days on which people decided: a decision is news as much as a report is."""
    signed = [j.on for j in decisions.judgements] + [c.on for c in decisions.corrections]
    return [date.fromisoformat(day) for day in signed]


def _kept(reports: Sequence[Report], invalid: Sequence[Issue]) -> list[Report]:
    out = {issue.report_id for issue in invalid}
    return [report for report in reports if report.report_id not in out]


def _first(issues: Sequence[Issue]) -> str:
    return next((issue.message for issue in issues if issue.blocking), "it holds no CSV file with rows")


@contextmanager
def no_cycle_collection() -> Iterator[None]:
    """Spare a large build the searches for reference cycles: its records make none and live to its end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
