"""`captagon-etl extract`: what news pages say of seizures, as a summary, coloured, or as JSON lines.

Exit codes: 0 everything read, 1 something was refused (told on standard error; the rest is in the output),
2 wrong usage.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from etl.extract import claims
from etl.extract.answers import answer
from etl.extract.documents import pieces, standard_input
from etl.extract.explain import explanation
from etl.extract.records import Document
from etl.extract.shown import harmless, summary
from etl.extract.streaming import stream
from etl.records import Issue

_SOURCE = click.Path(exists=True, allow_dash=True, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command("extract")
@click.argument("source", type=_SOURCE, metavar="FILE|DIR|-")
@click.option("--jsonl", is_flag=True, help="One JSON object an article; standard input is article lines.")
@click.option("--explain", is_flag=True, help="The text with the words of each field in colour, and a table.")
@click.option("-o", "--out", type=_OUT, help="File to write; default: standard output.")
@click.option(
    "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to use."
)
def extract_command(source: Path, jsonl: bool, explain: bool, out: Path | None, workers: int) -> None:
    """Read pages (.html, .txt, .json, .jsonl) and print the seizures that they tell of."""
    if jsonl and explain:
        raise click.UsageError("--jsonl is for programs, --explain for people: take one of them")
    if out and not (out.parent.is_dir() and os.access(out.parent, os.W_OK)):
        raise click.UsageError(f"-o {harmless(str(out))}: its folder is missing or can't be written to")
    is_pipe = str(source) == "-"
    found = standard_input(sys.stdin.buffer, jsonl) if is_pipe else pieces(source)
    refused = False
    with _output(out) as file, _progress(source, shown=not file.isatty()) as advance:
        write: Callable[..., None] = _printer(file) if explain else partial(print, file=file)
        work: Callable[[Document], object] = _as_line if jsonl else _as_picture if explain else _as_summary
        for done in stream(found, work, workers):
            for issue in done.issues:
                _tell(issue)
                refused = refused or issue.blocking
            for result in done.results:
                write(result)
            advance(done.size, len(done.results))
    if refused:
        raise SystemExit(1)


def _as_line(document: Document) -> str:
    return json.dumps(answer(document, claims(document)), ensure_ascii=False)


def _as_summary(document: Document) -> str:
    return summary(document, claims(document))


def _as_picture(document: Document) -> RenderableType:
    return explanation(document, claims(document))


def _printer(file: TextIO) -> Callable[..., None]:
    return Console(file=file, highlight=False).print


def _tell(issue: Issue) -> None:
    where = f"{issue.ref.file} line {issue.ref.line}: " if issue.ref else ""
    kind = "refused" if issue.blocking else "note"
    click.echo(harmless(f"{kind}: {where}{issue.message} [{issue.code}]"), err=True)


@contextmanager
def _output(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that gets its name when it is complete."""
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # whatever the terminal's own: pages are in any script
        yield sys.stdout
        return
    part = out.with_name(out.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            yield file
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _progress(source: Path, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error where it is a terminal and the results don't go there; else nothing.

    Yields a function of bytes read and articles done.
    """
    console = Console(stderr=True)
    if not (shown and console.is_terminal):
        yield lambda _size, _articles: None
        return
    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[articles]:,} articles"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=_bytes_in(source), articles=0)
        articles = 0

        def advance(size: int, done: int) -> None:
            nonlocal articles
            articles += done
            bar.update(task, advance=size, articles=articles)

        yield advance


def _bytes_in(source: Path) -> int | None:
    """Size of a file or of all files of a folder; None (the bar only moves) for a pipe."""
    if source.is_dir():
        return sum(path.stat().st_size for path in source.rglob("*") if path.is_file())
    return source.stat().st_size if source.is_file() else None
