"""The command line: `captagon-etl` or `python -m etl`.

Exit codes: 0 published (or nothing new), 1 refused with a reason, 2 wrong usage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console

from etl import check as checks
from etl import explain as explaining
from etl.cli_extract import extract_command
from etl.cli_inputs import names_inputs, out_option
from etl.cli_refresh import refresh_command, refresh_options, work_on_schedule
from etl.cli_schedule import schedule_command
from etl.cli_status import print_summary
from etl.cli_store import backup_command, migrate_command, store_group
from etl.home import data_folder
from etl.pipeline import Inputs, build, no_cycle_collection
from etl.publish import Refused, Request, Store, publish_content
from etl.publish.dictionary import render
from etl.publish.labels import parse
from etl.status_file import write_built

T = TypeVar("T")

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Reported Captagon seizures: from curated reports to a published, geocoded dataset."""


@cli.command("build")
@names_inputs
@out_option("Folder to publish into.")
@click.option(
    "--release", default="", help="Label (2026.03.1) or day (2026-03-06); default: the newest input's date."
)
def build_command(inputs: Inputs, out: Path, release: str) -> None:
    """Build everything and publish it, unless nothing changed."""
    request = _request(release)
    console = Console(stderr=True)
    with _progress(console) as say, no_cycle_collection():
        built = _or_refuse(lambda: build(replace(inputs, newest=request.newest), say))
        say("publishing")
        outcome = _or_refuse(
            lambda: publish_content(Store(out), built.content, request, Store(data_folder()))
        )
    write_built(out, built, outcome)
    print_summary(console, built, outcome, out)


@cli.command("check")
@names_inputs
@out_option("Folder with the release to check.")
def check_command(inputs: Inputs, out: Path) -> None:
    """Check the inputs, the current release and its copies; publish nothing."""
    console = Console(stderr=True)
    with _progress(console) as say:
        found = _or_refuse(lambda: checks.check(inputs, Store(out), say))
    for line in found.notes:
        click.echo(f"note: {line}")
    for line in found.problems:
        click.echo(f"problem: {line}")
    click.echo("all is well" if not found.problems else f"{len(found.problems)} problem(s)")
    if found.problems:
        raise SystemExit(1)


@cli.command("explain")
@click.argument("event_id")
@out_option("Folder with the release.")
def explain_command(event_id: str, out: Path) -> None:
    """Show what the event EVENT_ID (CAP-000123) rests on: reports, words, rules, conversions, links."""
    for line in _or_refuse(lambda: explaining.explain(Store(out), event_id)):
        click.echo(line)


@cli.command("dictionary")
@click.option("--to", type=_FILE, default=Path("docs/data-dictionary.md"), help="File to write.")
def dictionary_command(to: Path) -> None:
    """Write the data dictionary from the schema."""
    to.write_text(render(), encoding="utf-8")


cli.add_command(extract_command)
cli.add_command(refresh_command)
cli.add_command(schedule_command(refresh_options, work_on_schedule))
cli.add_command(store_group)
cli.add_command(migrate_command)
cli.add_command(backup_command)


def main() -> None:
    """Entry point of `captagon-etl`."""
    cli()


def _request(release: str) -> Request:
    try:
        return parse(release) if release else Request()
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--release") from error


def _or_refuse(step: Callable[[], T]) -> T:
    """Run a step; a refusal is told on standard error and ends the run with exit code 1."""
    try:
        return step()
    except Refused as refusal:
        click.echo(f"refused: {refusal}", err=True)
        raise SystemExit(1) from refusal


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[str], None]]:
    """A spinner with the current step on a terminal, a plain line a step otherwise."""
    if not console.is_terminal:
        yield lambda step: click.echo(step, err=True)
        return
    with console.status("starting") as status:

        def say(step: str) -> None:
            status.update(step)

        yield say
