"""What a build says of itself: `status.json` for programs, a short table for people."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid

from etl.pipeline import Built
from etl.publish import Outcome

_BECAME = {
    "event": "of a seizure",
    "total": "of a total",
    "background": "only recalling",
    "not_relevant": "not relevant",
    "quarantined": "kept out",
    "repeated": "read already",
}


def write_status(out: Path, built: Built, outcome: Outcome) -> None:
    """`status.json`: what the last run found; the only file that runs on the same inputs may differ in.

    Events, reports and totals are the curated ones; those of machines stand under `documents`, beside the
    number of documents by what became of each.
    """
    content, found = built.content, _counts(built)
    status = {
        "release": outcome.label,
        "published": outcome.is_new,
        "data_complete_to": content.complete_to.isoformat(),
        "newest_input": content.newest.isoformat(),
        "rows_read": built.rows_read,
        "reports": found["reports"],
        "events": found["events"],
        "aggregates": found["aggregates"],
        "quarantine": len(content.quarantine),
        "warnings": len(content.warnings),
        "documents": {
            "found": sum(built.documents.values()),
            **built.documents,
            "machine_reports": len(content.reports) - found["reports"],
            "machine_events": len(content.events) - found["events"],
            "machine_aggregates": len(content.aggregates) - found["aggregates"],
        },
    }
    (out / "status.json").write_text(json.dumps(status, indent=1) + "\n", encoding="utf-8")


def print_summary(console: Console, built: Built, outcome: Outcome, out: Path) -> None:
    """The counts on standard error, the outcome on standard output."""
    content, found = built.content, _counts(built)
    bundles = sum(bool(event.values["is_bundle"].value) for event in content.events)
    grid = Grid.grid(padding=(0, 2))
    rows: list[tuple[str, object]] = [
        ("rows read", built.rows_read),
        ("reports", found["reports"]),
        ("events", f"{found['events']} (of these {bundles} bundles)"),
        ("totals", found["aggregates"]),
    ]
    if documents := sum(built.documents.values()):
        became = (f"{_BECAME[fate]}: {n}" for fate, n in built.documents.items() if n)
        joined = sum(len(event.joined) for event in content.events)
        read, events = len(content.reports) - found["reports"], len(content.events) - found["events"]
        rows += [
            ("documents", f"{documents} ({', '.join(became)})"),
            (
                "machine-read",
                f"reports: {read}, beside curated events: {joined}, events of their own: {events}",
            ),
        ]
    rows += [
        ("kept out", f"{len(content.quarantine)} (quarantine.csv)"),
        ("to look at", f"{len(content.warnings)} (warnings.csv)"),
    ]
    for name, value in rows:
        grid.add_row(name, str(value))
    console.print(grid)
    if outcome.is_new:
        click.echo(f"published release {outcome.label} in {out}")
    else:
        click.echo(f"nothing new: release {outcome.label} in {out} stays current")
    if outcome.repaired:
        click.echo(f"repaired copies: {', '.join(outcome.repaired)}")


def _counts(built: Built) -> dict[str, int]:
    """The curated part of what is published."""
    content = built.content
    return {
        "reports": sum(not report.claim.is_machine_read for report in content.reports),
        "events": sum(not event.is_machine_read for event in content.events),
        "aggregates": sum(not total.reports[0].claim.is_machine_read for total in content.aggregates),
    }
