"""Tells a watching service that refreshes are made, so that a silence is noticed.

By the convention of such services: GET of the address after a good run, of the address + /fail after a bad
one. The address is a secret (who knows it can send the beat), so only its host is ever written to the log.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import httpx

from etl.acquire.client import Client, FetchError, Limits
from etl.acquire.media import ANYTHING

log = logging.getLogger(__name__)

GOOD = frozenset({0, 4})
"""Exit codes of a refresh that count as alive: done or nothing new; done, though a source had trouble, which
is ordinary on a bad network and stands on the status page."""
SAYS_NOTHING = frozenset({3})
"""Another refresh was at work: neither good nor bad."""

Heartbeat = Callable[[bool, str], None]

# A beat is worth half a minute, no more: the next run brings another.
_LIMITS = Limits(connect_s=5, read_s=5, total_s=8, largest=100_000, redirects=2, attempts=3, longest_wait_s=4)


def heartbeat_to(url: str, *, stop: threading.Event | None = None, allow_private: bool = False) -> Heartbeat:
    """Return what sends a beat: called with whether the run was good, and a sentence for the log.

    It never raises; what goes wrong is said in the log. `stop` ends it early. `allow_private`: the service is
    on the operator's own network. ValueError: `url` is no web address.
    """
    try:
        address = httpx.URL(url.strip())
    except httpx.InvalidURL as error:
        raise ValueError("the address of the heartbeat can't be read") from error
    if address.scheme not in ("http", "https") or not address.host:
        raise ValueError("the address of the heartbeat must begin with https:// or http:// and name a server")
    failing = address.copy_with(path=f"{address.path.rstrip('/')}/fail")

    def beat(good: bool, sentence: str) -> None:
        log.info("telling %s: %s", address.host, sentence)
        try:
            with Client(_LIMITS, allow_private=allow_private, delay_s=0, obey_robots=False) as client:
                client.get(str(address if good else failing), accept=ANYTHING, stop=stop)
        except FetchError as error:
            if not 200 <= error.status < 300:  # 201, 202 and 204 are as good
                own = " For a service of your own: --heartbeat-private." if _is_private(error) else ""
                log.warning("the heartbeat to %s failed: %s%s", address.host, error, own)
        except (
            Exception
        ) as error:  # a certificate store that can't be read, a setting that no header can carry
            log.warning("the heartbeat to %s failed: %s", address.host, type(error).__name__)

    return beat


def report(heartbeat: Heartbeat, code: int, sentence: str) -> None:
    """Beat for a run that ended with this exit code."""
    if code not in SAYS_NOTHING:
        heartbeat(code in GOOD, sentence)


def _is_private(error: FetchError) -> bool:
    return error.trouble.code == "address_not_public"
