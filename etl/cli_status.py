"""What a build says of itself to people: a short table, and the outcome."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Grid

from etl.pipeline import Built
from etl.publish import Outcome
from etl.status_file import curated_counts

_BECAME = {
    "event": "of a seizure",
    "total": "of a total",
    "background": "only recalling",
    "not_relevant": "not relevant",
    "quarantined": "kept out",
    "repeated": "read already",
}


def print_summary(console: Console, built: Built, outcome: Outcome, out: Path) -> None:
    """The counts on standard error, the outcome on standard output."""
    content, found = built.content, curated_counts(built)
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
