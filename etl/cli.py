"""The command line: `captagon-etl` or `python -m etl`.

Exit codes: 0 published (or nothing new), 1 refused with a reason, 2 wrong usage.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console

from etl import check as checks
from etl import explain as explaining
from etl.cli_extract import extract_command
from etl.cli_status import print_summary, write_status
from etl.pipeline import Inputs, build
from etl.publish import Refused, Request, Store, publish_content
from etl.publish.dictionary import render
from etl.publish.labels import parse

ROOT = Path(__file__).resolve().parents[1]
"""The project's folder in a checkout; installed as a package, commands take the folder they are run in."""
HOME = ROOT if (ROOT / "data").is_dir() else Path.cwd()

T = TypeVar("T")

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_OUT = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


_INPUTS = (
    click.option(
        "--reported", type=_FOLDER, default=HOME / "data/reported", help="Folder with the ledger's CSV files."
    ),
    click.option(
        "--decisions",
        type=_FOLDER,
        default=HOME / "data/decisions",
        help="Folder with links.csv, corrections.csv.",
    ),
    click.option(
        "--coverage", type=_FILE, default=HOME / "data/coverage.toml", help="File that says data_complete_to."
    ),
    click.option(
        "--inbox",
        type=_OUT,
        default=HOME / "data/inbox",
        help="Folder with pages to be read by the extractor; none where it doesn't exist.",
    ),
)


def _names_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say where the inputs lie, in the order of the help, as one argument `inputs`."""

    @wraps(command)
    def with_inputs(reported: Path, decisions: Path, coverage: Path, inbox: Path, **others: object) -> None:
        command(Inputs(reported, decisions, coverage, inbox=inbox), **others)

    named: Callable[..., None] = with_inputs
    for option in reversed(_INPUTS):
        named = option(named)
    return named


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Reported Captagon seizures: from curated reports to a published, geocoded dataset."""


@cli.command("build")
@_names_inputs
@click.option("--out", type=_OUT, default=HOME / "data", help="Folder to publish into.")
@click.option(
    "--release", default="", help="Label (2026.03.1) or day (2026-03-06); default: the newest input's date."
)
def build_command(inputs: Inputs, out: Path, release: str) -> None:
    """Build everything and publish it, unless nothing changed."""
    request = _request(release)
    console = Console(stderr=True)
    with _progress(console) as say, _no_cycle_collection():
        built = _or_refuse(lambda: build(replace(inputs, newest=request.newest), say))
        say("publishing")
        outcome = _or_refuse(
            lambda: publish_content(Store(out), built.content, request, Store(HOME / "data"))
        )
    write_status(out, built, outcome)
    print_summary(console, built, outcome, out)


@cli.command("check")
@_names_inputs
@click.option("--out", type=_OUT, default=HOME / "data", help="Folder with the release to check.")
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
@click.option("--out", type=_OUT, default=HOME / "data", help="Folder with the release.")
def explain_command(event_id: str, out: Path) -> None:
    """Show what the event EVENT_ID (CAP-000123) rests on: reports, words, rules, conversions, links."""
    for line in _or_refuse(lambda: explaining.explain(Store(out), event_id)):
        click.echo(line)


@cli.command("dictionary")
@click.option("--to", type=_FILE, default=HOME / "docs/data-dictionary.md", help="File to write.")
def dictionary_command(to: Path) -> None:
    """Write the data dictionary from the schema."""
    to.write_text(render(), encoding="utf-8")


cli.add_command(extract_command)


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


@contextmanager
def _no_cycle_collection() -> Iterator[None]:
    """Spare a large build the searches for reference cycles: its records make none and live to its end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
