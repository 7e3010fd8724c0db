"""`etl schedule`: a refresh at the times of a crontab expression, until it is told to stop."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click

from etl.crontab import ScheduleError, cron_trigger
from etl.heartbeat import heartbeat_to
from etl.schedule import BROKEN, Heartbeat, Run, Tell, keep_running

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
    @click.option(
        "--heartbeat",
        envvar="CAPTAGON_HEARTBEAT_URL",
        show_envvar=True,
        metavar="URL",
        help="Asked after a good run; URL/fail after a bad one. A secret: better in the environment.",
    )
    @click.option("--heartbeat-private", is_flag=True, help="The heartbeat's server is on your own network.")
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
        beat = _heartbeat(heartbeat, stop, heartbeat_private)
        _log_to_stderr()
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


def _heartbeat(url: str | None, stop: threading.Event, private: bool) -> Heartbeat | None:
    if not url:
        return None
    try:
        return heartbeat_to(url, stop=stop, allow_private=private)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="--heartbeat") from error


class JsonLines(logging.Formatter):
    """One JSON object a line, as a refresh writes them: at, event, level, message, trace where one is."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "event": "schedule",
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def _log_to_stderr() -> None:
    """Sentences on a terminal, JSON lines elsewhere; where logging is set up already, as it is."""
    handler = logging.StreamHandler()
    plain = logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S")
    handler.setFormatter(plain if sys.stderr.isatty() else JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would write whole addresses
