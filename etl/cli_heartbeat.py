"""The options of the heartbeat, of `etl refresh` and `etl schedule` alike."""

from __future__ import annotations

import threading
from collections.abc import Callable

import click

from etl.heartbeat import Heartbeat, heartbeat_to

VARIABLE = "CAPTAGON_HEARTBEAT_URL"

_OPTIONS = (
    click.option(
        "--heartbeat",
        envvar=VARIABLE,
        show_envvar=True,
        metavar="URL",
        help="Asked after a good run; URL/fail after a bad one. A secret: better in the environment.",
    ),
    click.option("--heartbeat-private", is_flag=True, help="The heartbeat's server is on your own network."),
)


def heartbeat_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options, for `make_heartbeat`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def make_heartbeat(url: str | None, stop: threading.Event, *, private: bool) -> Heartbeat | None:
    """What sends the beat, None where none is wanted. Raises click.BadParameter."""
    if not url:
        return None
    try:
        return heartbeat_to(url, stop=stop, allow_private=private)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="--heartbeat") from error
