"""`captagon-etl store ...`, `migrate` and `backup`: looking after the store of fetched documents.

Exit codes: 0 done, 1 `store verify` found something wrong, 2 wrong usage, 6 the store can't be used (the
message says why and what to do).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from etl.cli_inputs import store_option
from etl.store import Tracker, TrackerError, back_up, migrate, open_tracker

UNUSABLE = 6
"""Exit code: the store can't be used."""

_KEEP_LOG_DAYS = 90
_FILE = click.Path(dir_okay=False, path_type=Path)
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("store")
def store_group() -> None:
    """Look after the store of fetched documents."""


@store_group.command("export")
@click.argument("file", type=_FILE)
@store_option
def export_command(file: Path, where: str) -> None:
    """Write everything to FILE (gzipped JSON lines with a checksum), while others go on writing."""
    with _store(where) as store:
        click.echo(f"{store.export(file):,} rows of {store.where} written to {file}")


@store_group.command("import")
@click.argument("file", type=_EXISTING)
@store_option
def import_command(file: Path, where: str) -> None:
    """Read an export into a new or empty store: everything, or nothing where FILE is damaged."""
    with _store(where, create=True) as store:
        click.echo(f"{store.import_(file):,} rows of {file} read into {store.where}")


@store_group.command("verify")
@store_option
def verify_command(where: str) -> None:
    """Check the database, its references and the checksum of every document."""
    with _store(where) as store:
        found = store.verify()
    for line in found:
        click.echo(f"problem: {line}")
    click.echo(f"{len(found)} problem(s)" if found else "all is well")
    if found:
        raise SystemExit(1)


@store_group.command("vacuum")
@click.option(
    "--keep-log",
    type=click.IntRange(min=0),
    default=_KEEP_LOG_DAYS,
    show_default=True,
    metavar="DAYS",
    help="How much of the fetch log stays.",
)
@store_option
def vacuum_command(keep_log: int, where: str) -> None:
    """Forget old log lines and what former readers made of pages, and free the space; documents stay."""
    with _store(where) as store:
        store.vacuum(datetime.now(UTC) - timedelta(days=keep_log))
        click.echo(f"{store.where} is as small as it gets")


@click.command("migrate")
@store_option
def migrate_command(where: str) -> None:
    """Bring the store up to the schema of this program: everything or nothing. Make a back-up first."""
    with _plain_refusals():
        before, after = migrate(where)
    if before == after:
        click.echo(f"the store has schema {after} already")
    else:
        click.echo(f"the store went from {f'schema {before}' if before else 'empty'} to schema {after}")


@click.command("backup")
@click.argument("to", type=_FILE)
@store_option
def backup_command(to: Path, where: str) -> None:
    """Write a consistent copy of the store to the file TO, while others go on writing.

    An SQLite file for an SQLite store: put it in the store's place to restore. For PostgreSQL an export, as
    `store import` reads it.
    """
    with _plain_refusals():
        back_up(where, to)
    click.echo(f"the store was copied to {to}")


@contextmanager
def _store(where: str, *, create: bool = False) -> Iterator[Tracker]:
    with _plain_refusals(), open_tracker(where, create=create) as store:
        yield store


@contextmanager
def _plain_refusals() -> Iterator[None]:
    try:
        yield
    except TrackerError as error:
        click.echo(str(error), err=True)
        raise SystemExit(UNUSABLE) from error
