"""From what the stages found to the files of a release.

A release depends on its content, its label and the release before it (ids, `changes.csv`, `last_changed`),
on nothing else: the same inputs give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.publish import claim_rows, collection_rows, event_rows, report_rows, total_rows
from etl.publish.cells import Row, csv_bytes, read_csv, texts
from etl.publish.changes import change_rows, changed_columns
from etl.publish.datapackage import descriptor
from etl.publish.evidence_rows import evidence_rows
from etl.publish.identity import Identities, IdRow, assign_all
from etl.publish.readers import r_script, stata_script
from etl.publish.shared import PACKAGE, PREVIOUS, sha256
from etl.records import Aggregate, CoverageRow, Event, Issue, Report, SourceChange
from etl.schema import CHANGES, COVERAGE, EVENT_IDS, SEIZURES, TABLES

PARQUET = "seizures.parquet"
_NOT_COMPARED = frozenset({PARQUET, COVERAGE.file})
Texts = dict[str, str]


@dataclass(frozen=True)
class Content:
    """Everything that a release tells, before it has a label.

    `destroyed` maps a destruction's report_id to the keys of the events it covers; `possibly_same` holds
    pairs of report_ids. `complete_to` is the day to which the collection is complete, `newest` the newest
    day of the inputs. `coverage` and `source_changes` tell how documents were collected by program.
    """

    events: Sequence[Event]
    aggregates: Sequence[Aggregate]
    reports: Sequence[Report]
    destroyed: Mapping[str, tuple[str, ...]]
    possibly_same: Sequence[tuple[str, str, str]]
    quarantine: Sequence[Issue]
    warnings: Sequence[Issue]
    complete_to: date
    newest: date
    coverage: Sequence[CoverageRow] = ()
    source_changes: Sequence[SourceChange] = ()


@dataclass(frozen=True)
class Previous:
    """What is carried over from the release before. Without a `label` there was none: only ids are known.

    `sha256` is that of its descriptor, which names the checksums of all its files.
    """

    label: str = ""
    sha256: str = ""
    on: date | None = None
    ids: tuple[IdRow, ...] = ()
    seizures: Mapping[str, Texts] = field(default_factory=dict)
    changes: tuple[Texts, ...] = ()

    @classmethod
    def read(cls, files: Mapping[str, bytes]) -> Previous:
        """From the files of a release. Raises KeyError or ValueError where they are no release of ours."""
        package = json.loads(files[PACKAGE])
        ids = tuple(
            IdRow(row["event_id"], row["report_id"], row["status"], row["merged_into"], row["since"])
            for row in read_csv(files[EVENT_IDS.file])
        )
        return cls(
            label=str(package["captagon:release"]),
            sha256=sha256(files[PACKAGE]),
            on=date.fromisoformat(str(package["created"])[:10]),
            ids=ids,
            seizures={row["event_id"]: row for row in read_csv(files[SEIZURES.file])},
            changes=tuple(read_csv(files[CHANGES.file])),
        )

    def ids_only(self) -> Previous:
        """For a folder without a release of its own: ids continue, its history begins."""
        return Previous(ids=self.ids)


@dataclass(frozen=True)
class Tables:
    """The CSV files of a release, and the texts of `seizures.csv`, from which the other files follow."""

    identities: Identities
    seizures: list[Texts]
    files: dict[str, bytes]


def tables(content: Content, previous: Previous, label: str, on: date) -> Tables:
    """All CSV files of the release `label`."""
    ordered = sorted(content.events, key=_first_appearance)
    identities = _identities(ordered, previous.ids, label)
    events = sorted(((identities.by_key[e.key], e) for e in ordered), key=lambda pair: pair[0])
    seizures = _seizures(events, content, previous, label, on)
    new_changes = change_rows(
        previous.seizures, {row["event_id"]: row for row in seizures}, identities, label, on
    )
    event_keys = {event.key: event_id for event_id, event in events}
    event_of = {r.report_id: i for i, event in events for r in (*event.reports, *_joined(event))}
    totals = total_rows.aggregate_rows(content.aggregates, event_keys, label)
    others = [r for r in content.reports if r.report_id not in event_of]
    covers = {
        r: tuple(event_keys[k] for k in keys if k in event_keys) for r, keys in content.destroyed.items()
    }
    aggregate_of = total_rows.aggregate_of(content.aggregates)
    rows: dict[str, Sequence[Row]] = {
        "reports": _by_report(
            [row for i, event in events for row in report_rows.seizure_reports(event, i, aggregate_of)]
            + report_rows.total_reports(others, aggregate_of, covers)
        ),
        "claims": _by_report(
            [row for i, event in events for row in claim_rows.event_claims(event, i)]
            + claim_rows.other_claims(others)
        ),
        "evidence": evidence_rows(content.reports, event_of),
        "aggregates": totals,
        "event_drugs": [row for i, event in events for row in event_rows.drug_rows(event, i)],
        "event_agencies": [row for i, event in events for row in event_rows.agency_rows(event, i)],
        "event_flags": [row for i, event in events for row in event_rows.flag_rows(event, i)],
        "event_ids": total_rows.id_rows(identities.rows),
        "coverage": collection_rows.coverage_rows(content.coverage),
        "source_changes": collection_rows.change_rows(content.source_changes),
        "quarantine": total_rows.issue_rows(content.quarantine),
        "warnings": total_rows.issue_rows(content.warnings),
    }
    written = {table.name: texts(table, rows[table.name]) for table in TABLES if table.name in rows}
    written |= {"seizures": seizures, "changes": [*previous.changes, *texts(CHANGES, new_changes)]}
    files = {table.file: csv_bytes(table, written[table.name]) for table in TABLES}
    return Tables(identities, seizures, files)


def complete(
    made: Tables, content: Content, label: str, on: date, previous: Previous | None = None
) -> dict[str, bytes]:
    """All files of the release: the tables, the maps, the readers and the descriptor.

    The descriptor names `previous` by label and checksum, so that each release vouches for those before it.
    """
    from etl.publish import spatial  # noqa: PLC0415 - its libraries are half of the start of a program

    by_id = {made.identities.by_key[event.key]: event for event in content.events}
    files = made.files | {
        "seizures.geojson": spatial.seizures_geojson(made.seizures),
        PARQUET: spatial.seizures_parquet(made.seizures),
        "governorates.geojson": spatial.governorates_geojson(),
        "areas.geojson": spatial.areas_geojson(sorted(by_id.items())),
        "crossings.geojson": spatial.border_geojson(),
        "read_seizures.R": r_script(SEIZURES),
        "seizures.do": stata_script(SEIZURES),
    }
    before = (previous.label, previous.sha256) if previous and previous.label else None
    return files | {PACKAGE: descriptor(files, label, on, content.complete_to, content.newest, before=before)}


def same_content(a: Mapping[str, bytes], b: Mapping[str, bytes]) -> bool:
    """Whether two releases say the same of seizures.

    Left out of the comparison: the Parquet file, which follows from the rest, but whose bytes also depend on
    the version of the library that wrote them; how the collection went, which changes with every look at
    the sources: it is published, with columns that may be new, by the next release that has something to say;
    the release before.
    """
    return _comparable(a) == _comparable(b)


def _comparable(files: Mapping[str, bytes]) -> dict[str, object]:
    found: dict[str, object] = {
        name: content for name, content in files.items() if name not in {*_NOT_COMPARED, PACKAGE}
    }
    package = json.loads(files[PACKAGE])
    package.pop(PREVIOUS, None)
    package["resources"] = [one for one in package["resources"] if one["path"] not in _NOT_COMPARED]
    return found | {PACKAGE: package}


def _seizures(
    events: Sequence[tuple[str, Event]], content: Content, previous: Previous, label: str, on: date
) -> list[Texts]:
    """The rows of `seizures.csv` as texts; `last_changed` is carried over where nothing else changed."""
    ids = {event.key: event_id for event_id, event in events}
    doubtful = event_rows.duplicates([event for _, event in events], ids, content.possibly_same)
    rows = [
        event_rows.seizure_row(event, event_id, label)
        | {"possible_duplicate_of": doubtful.get(event_id, ()), "last_changed": on}
        for event_id, event in events
    ]
    written = texts(SEIZURES, rows)
    for row in written:
        before = previous.seizures.get(row["event_id"])
        if before is not None and not changed_columns(before, row):
            row["last_changed"] = before["last_changed"]
    return written


def _identities(events: Sequence[Event], previous: Sequence[IdRow], label: str) -> Identities:
    """Ids of events in order of appearance."""
    keyed = [(e.is_machine_read, (e.key, sorted(r.report_id for r in e.reports))) for e in events]
    return assign_all(
        [event for machine, event in keyed if not machine],
        [event for machine, event in keyed if machine],
        {report.report_id: event.key for event in events for report in _joined(event)},
        previous,
        label,
    )


def _joined(event: Event) -> list[Report]:
    return [one.report for one in event.joined]


def _first_appearance(event: Event) -> tuple[date, str, str]:
    """The order in which new events get their ids: by date, undated ones last."""
    start = event.values.get("date_start")
    day = start.value if start and isinstance(start.value, date) else date.max
    return day, str(event.values["country"].value or ""), event.key


def _by_report(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(rows, key=lambda row: str(row["report_id"]))
