"""A free port of this machine, and waiting for a server on it."""

from __future__ import annotations

import socket
import time
from urllib.error import URLError
from urllib.request import urlopen


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def wait_for(address: str, seconds: float) -> None:
    """Returns when the address answers. Raises TimeoutError when it does not in time."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urlopen(address, timeout=seconds):
                return
        except (URLError, OSError) as error:
            if time.monotonic() > end:
                raise TimeoutError(f"{address} did not answer within {seconds:g} s") from error
            time.sleep(0.2)
