"""`etl refresh`: its options, also those of `etl schedule`, which runs it again and again."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from etl.acquire.client import default_user_agent
from etl.acquire.listings.archive import ADDRESS
from etl.cli_heartbeat import VARIABLE, heartbeat_options, make_heartbeat
from etl.cli_inputs import input_options, names_inputs, out_option
from etl.cli_log import log_to_stderr
from etl.cli_schedule import Work
from etl.heartbeat import report
from etl.home import data_folder
from etl.pipeline import Inputs
from etl.refresh import Plan, refresh
from etl.refresh.outcome import Exit
from etl.refresh.plan import system_clock
from etl.refresh.told import Told
from etl.status_file import last_began, note_next_run

_POLL_S = 0.2
_MOMENT = "a moment such as 2026-11-22T06:00:00Z"


def _now(_: click.Context, __: click.Parameter, value: str | None) -> Callable[[], datetime]:
    """A clock that stands still at the moment given, else the system's."""
    if value is None:
        return system_clock
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not {_MOMENT}") from error
    moment = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return lambda: moment


def _since(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a day such as 2026-11-01") from error
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


_OPTIONS = (
    click.option("--source", "only", multiple=True, metavar="ID", help="Ask this source only, due or not."),
    click.option(
        "--since", callback=_since, metavar="DAY", help="Leave out pages that are listed with an earlier day."
    ),
    click.option("--dry-run", is_flag=True, help="Only look at the listings; keep and publish nothing."),
    click.option(
        "--offline", is_flag=True, help="Ask nobody: read, build and publish what was fetched before."
    ),
    click.option(
        "--allow-shrink", is_flag=True, help="Publish even if more than 2 % of the events would be gone."
    ),
    click.option(
        "--allow-private", is_flag=True, help="Ask addresses that are not on the public internet (tests)."
    ),
    click.option(
        "--proxy",
        default="",
        envvar="CAPTAGON_PROXY",
        metavar="URL",
        help="Go through this proxy (CAPTAGON_PROXY); other variables of the environment are not used.",
    ),
    click.option(
        "--delay",
        type=click.FloatRange(0, 3600),
        default=1.0,
        show_default=True,
        metavar="SECONDS",
        help="Pause between two requests to one host.",
    ),
    click.option(
        "--archive",
        default=ADDRESS,
        show_default=True,
        metavar="URL",
        help="Where pages that are gone are looked up; empty: nowhere.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, 64),
        default=8,
        show_default=True,
        help="Requests at once, all hosts together.",
    ),
)


def refresh_options(command: Callable[..., None]) -> Callable[..., None]:
    """All options of a refresh, for a command that gets them as they are."""
    return input_options(_own_options(command))


def _own_options(command: Callable[..., None]) -> Callable[..., None]:
    command = click.option("--quiet", is_flag=True, help="Say only what went wrong.")(command)
    for option in reversed(_OPTIONS):
        command = option(command)
    return out_option("Folder to publish into.")(command)


@click.command("refresh")
@names_inputs
@_own_options
@click.option(
    "--tolerant", is_flag=True, help="End with 0 instead of 4 where only sources had trouble: for schedulers."
)
@heartbeat_options
@click.option("--now", "clock", callback=_now, metavar="MOMENT", help=f"Date everything by {_MOMENT}.")
def refresh_command(
    *,
    inputs: Inputs,
    out: Path,
    only: tuple[str, ...],
    delay: float,
    clock: Callable[[], datetime],
    quiet: bool,
    tolerant: bool,
    heartbeat: str | None,
    heartbeat_private: bool,
    **options: Any,
) -> None:
    """Ask the sources, read what is new, build, and publish unless nothing changed.

    Exit codes: 0 done, nothing new, or stopped as asked; 1 refused, the old release stands; 3 another refresh
    is at work; 4 done, but a source failed or lay outside its range; 5 too many events would be gone
    (--allow-shrink); 6 the store of documents can't be used.
    """
    try:
        default_user_agent()
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    plan = Plan(inputs, out, data_folder(), only=frozenset(only), clock=clock, delay_s=delay, **options)
    stop = threading.Event()
    beat = make_heartbeat(heartbeat, stop, private=heartbeat_private)
    code = Exit.REFUSED  # that of a run which breaks off at a fault
    with _stopped_by_signals(stop):
        try:
            code = refresh(plan, Told(clock, quiet=quiet), stop).exit
        finally:
            if beat and not (plan.dry_run or stop.is_set()):
                log_to_stderr("heartbeat", logging.WARNING if quiet else logging.INFO)
                report(beat, code, f"the run ended with exit code {code:d}")
    raise SystemExit(0 if tolerant and code is Exit.PARTLY else int(code))


def work_on_schedule(**options: Any) -> Work:
    """What `etl schedule` runs: a refresh in a process of its own, so that what it may do to its process, its
    memory included, is gone when it ends. The heartbeat is the schedule's, which also sees a process die.
    """
    command = [sys.executable, "-m", "etl", "refresh", *_as_written(options)]
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    folder: Path = options["out"]

    def run(stop: threading.Event) -> int:
        with subprocess.Popen(command, env=environment, start_new_session=True) as process:  # noqa: S603
            asked = False
            while process.poll() is None:
                if stop.wait(_POLL_S) and not asked:
                    process.terminate()
                    asked = True
            return process.returncode

    def tell(at: datetime | None) -> None:
        note_next_run(folder, at)

    return Work(run, tell, last_began(folder))


def _as_written(options: Mapping[str, Any]) -> list[str]:
    """The options as they would be typed; those of the environment are there for the child as well, and may
    hold secrets that a list of processes would show.
    """
    words: list[str] = []
    context = click.get_current_context()
    for option in refresh_command.params:
        name = option.name or ""
        value = options.get(name)
        if context.get_parameter_source(name) is ParameterSource.ENVIRONMENT:
            continue
        if value is True:
            words.append(option.opts[0])
        elif isinstance(value, datetime):
            words += [option.opts[0], value.date().isoformat()]
        elif value is not None and value is not False:
            for one in value if isinstance(value, tuple) else (value,):
                words += [option.opts[0], str(one)]
    return words


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT end the run at a safe place; a second Ctrl+C ends it at once, which is safe too.

    Service managers and the scheduler may both send SIGTERM: only the first one counts.
    """

    def ask(number: int, _: object) -> None:
        if stop.is_set() and number == signal.SIGINT:
            os._exit(128 + number)
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
