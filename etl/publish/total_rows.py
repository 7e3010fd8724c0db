"""Rows of `aggregates.csv`, `event_ids.csv`, `quarantine.csv`, `warnings.csv`, and the growing
`changes.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etl.publish.event_rows import Rows
from etl.publish.evidence_rows import review_status
from etl.publish.identity import IdRow
from etl.records import Aggregate, Issue, Report
from geo.names import governorate


def aggregate_id(key: str) -> str:
    return f"AGG-{key}"


def aggregate_of(aggregates: Iterable[Aggregate]) -> dict[str, str]:
    """report_id -> id of the total it tells of."""
    return {r.report_id: aggregate_id(a.key) for a in aggregates for r in (*a.reports, *a.joined)}


def aggregate_rows(aggregates: Iterable[Aggregate], events: Mapping[str, str], label: str) -> Rows:
    """One row a total; `events` maps the keys of events to their ids."""
    rows: Rows = []
    for total in sorted(aggregates, key=lambda a: a.key):
        codes = total.values["admin1_code"]
        names = tuple(governorate(str(code)).name_en for code in codes) if isinstance(codes, tuple) else ()
        rows.append(
            {
                **total.values,
                "aggregate_id": aggregate_id(total.key),
                "governorate": names,
                "parts": tuple(sorted(events[key] for key in total.part_keys if key in events)),
                "remainder_event": events.get(total.key, "") if total.remainder else "",
                "superseded_by": aggregate_id(total.superseded_by) if total.superseded_by else "",
                "release": label,
                "review_status": review_status(total.reports[0].claim),
                "n_machine_reports": len(_machine_read(total)),
            }
        )
    return rows


def _machine_read(total: Aggregate) -> list[Report]:
    return [r for r in (*total.reports, *total.joined) if r.claim.is_machine_read]


def id_rows(rows: Iterable[IdRow]) -> Rows:
    return [
        {
            "event_id": row.event_id,
            "report_id": row.report_id,
            "status": row.status,
            "merged_into": row.merged_into,
            "since": row.since,
        }
        for row in rows
    ]


def issue_rows(issues: Iterable[Issue]) -> Rows:
    """Issues by file, line and column; those of no row come first."""
    rows: Rows = [
        {
            "file": issue.ref.file if issue.ref else "",
            "line": issue.ref.line if issue.ref else None,
            "column": issue.column,
            "code": issue.code,
            "message": issue.message,
            "value": issue.value,
            "report_id": issue.report_id,
        }
        for issue in issues
    ]
    return sorted(
        rows,
        key=lambda r: (str(r["file"]), r["line"] or 0, str(r["column"]), str(r["code"]), str(r["value"])),
    )
