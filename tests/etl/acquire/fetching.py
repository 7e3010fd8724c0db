"""What the tests of the client share: limits, and a client whose internet is a loopback server."""

from __future__ import annotations

import ssl
from typing import Any

from etl.acquire.client import Client, Limits
from tests.servers.internet import Internet

QUICK = Limits(connect_s=60, read_s=60, total_s=100, largest=2_000_000, backoff_s=0.01)
"""Quick to ask again, and patient: what a test isn't about must not happen on a busy machine."""
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # loading the usual ones takes its time


def client_of(internet: Internet, limits: Limits = QUICK, **options: Any) -> Client:
    """A client with all checks on and, unless told otherwise, without manners."""
    settings: dict[str, Any] = {
        "delay_s": 0.0,
        "per_host": 100,
        "obey_robots": False,
        "tls": NO_AUTHORITIES,
        "resolve": internet.resolve,
        "dial": internet.dial,
    }
    return Client(limits, **{**settings, **options})
