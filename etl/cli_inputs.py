"""The options of the command line that say where the inputs lie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from etl.home import data_folder
from etl.pipeline import Inputs

Command = TypeVar("Command", bound=Callable[..., Any])

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_MAYBE_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


def _lies(name: str) -> Callable[[], Path]:
    """The default of an option: a place in the data folder."""
    return lambda: data_folder() / name


def store_option(command: Command) -> Command:
    """`--store`, the argument `where` of a command: a file, or postgresql://..."""
    return click.option(
        "--store",
        "where",
        envvar="CAPTAGON_DATABASE_URL",
        default=lambda: str(data_folder() / "tracker.sqlite"),
        metavar="FILE|URL",
        help="Store of fetched documents: a file, or postgresql://...  "
        "[default: CAPTAGON_DATABASE_URL, else tracker.sqlite in the data folder]",
    )(command)


def out_option(text: str) -> Callable[[Command], Command]:
    """`--out`, the folder of the releases."""

    def add(command: Command) -> Command:
        return click.option("--out", type=_MAYBE_FOLDER, default=data_folder, help=text)(command)

    return add


_INPUTS = (
    click.option(
        "--reported", type=_FOLDER, default=_lies("reported"), help="Folder with the ledger's CSV files."
    ),
    click.option(
        "--decisions",
        type=_FOLDER,
        default=_lies("decisions"),
        help="Folder with links.csv, corrections.csv.",
    ),
    click.option(
        "--coverage", type=_FILE, default=_lies("coverage.toml"), help="File that says data_complete_to."
    ),
    click.option(
        "--inbox",
        type=_MAYBE_FOLDER,
        default=_lies("inbox"),
        help="Folder with pages to be read by the extractor; none where it doesn't exist.",
    ),
    click.option(
        "--sources", type=_FILE, default=_lies("sources.toml"), help="File with the list of sources."
    ),
    store_option,
)


def input_options(command: Command) -> Command:
    """The options themselves, in the order of the help."""
    for option in reversed(_INPUTS):
        command = option(command)
    return command


def names_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """The options as one argument `inputs`."""

    @wraps(command)
    def with_inputs(
        *,
        reported: Path,
        decisions: Path,
        coverage: Path,
        inbox: Path,
        sources: Path,
        where: str,
        **others: object,
    ) -> None:
        inputs = Inputs(reported, decisions, coverage, inbox=inbox, tracker=where, sources=sources)
        command(inputs=inputs, **others)

    return input_options(with_inputs)
