"""`etl schedule`: a refresh at the times of a crontab expression, until it is told to stop."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from etl.cli_heartbeat import heartbeat_options, make_heartbeat
from etl.cli_log import log_to_stderr
from etl.crontab import ScheduleError, cron_trigger
from etl.schedule import BROKEN, Run, Tell, keep_running

Options = Callable[[Callable[..., None]], Callable[..., None]]
"""A decorator that adds the options of a refresh to a command."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is run: `run(stop)` returns the exit code of a refresh; `tell` notes when the next one is due;
    `last_began` is when the last one began, None where that isn't known."""

    run: Run
    tell: Tell
    last_began: datetime | None = None


def schedule_command(refresh_options: Options, make_work: Callable[..., Work]) -> click.Command:
    """Return the command. `make_work` is called with the options of the refresh, by name."""

    @click.command("schedule")
    @click.option(
        "--cron",
        default="15 */6 * * *",
        show_default=True,
        help="When, in UTC: minute, hour, day of the month, month, weekday.",
    )
    @click.option(
        "--jitter",
        type=click.IntRange(min=0),
        default=300,
        show_default=True,
        metavar="SECONDS",
        help="Begin up to so much later, drawn anew each time.",
    )
    @click.option(
        "--grace",
        type=click.IntRange(min=1),
        default=3600,
        show_default=True,
        metavar="SECONDS",
        help="A time missed no longer ago than this is made up for, once.",
    )
    @click.option("--now-too", is_flag=True, help="Run once at once as well.")
    @heartbeat_options
    @refresh_options
    def schedule(
        *,
        cron: str,
        jitter: int,
        grace: int,
        now_too: bool,
        heartbeat: str | None,
        heartbeat_private: bool,
        **refresh: Any,
    ) -> None:
        """Refresh at the times of a crontab expression, one at a time, until SIGTERM or Ctrl+C."""
        stop = threading.Event()
        try:
            cron_trigger(cron, jitter_s=jitter)
        except ScheduleError as error:
            raise click.BadParameter(str(error), param_hint="--cron") from error
        beat = make_heartbeat(heartbeat, stop, private=heartbeat_private)
        log_to_stderr("schedule")
        work = make_work(**refresh)
        logging.getLogger(__name__).info("refreshing at %r (UTC), up to %d s later", cron, jitter)
        code = keep_running(
            cron,
            work.run,
            jitter_s=jitter,
            grace_s=grace,
            tell=work.tell,
            heartbeat=beat,
            stop=stop,
            at_start=now_too,
            last_began=work.last_began,
        )
        if code == BROKEN:  # the threads of a run that doesn't end must not keep the program
            logging.shutdown()
            sys.stdout.flush()
            os._exit(code)
        raise SystemExit(code)

    return schedule
