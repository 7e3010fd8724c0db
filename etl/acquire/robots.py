"""robots.txt as RFC 9309 has it: asked once a day for each server, obeyed for every page.

- 4xx (401 and 403 too): there are no rules, everything may be fetched; also after endless redirects.
- 5xx, 429, and answers that can't be read: the rules are unknown, so nothing may be fetched for five minutes.
- A server that can't be reached at all: its pages can't be either, and they fail with the same trouble for
  five minutes, so that a dead host costs one attempt and not one a page.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from protego import Protego

from etl.acquire.failures import FetchError, failure

PRODUCT = "captagon-tracker"
"""The name by which robots.txt may address this program."""

_DAY_S, _RETRY_S = 86_400.0, 300.0
_LONGEST = 512_000  # bytes; RFC 9309: at least 500 KiB
_MOST_SERVERS = 5000
_USER_AGENT = re.compile(r"[ \t]*user[- ]?agent[ \t]*:?[ \t]*([^#\r\n]*)", re.IGNORECASE)
_NO_RULES = {"too_many_redirects", "redirect_loop"}
_OURS = {"stopped", "host_asked_to_wait"}  # says nothing of the rules, so it is not kept

Fetch = Callable[[str, threading.Event | None], bytes]
"""(address of a robots.txt, stop) -> its bytes. Raises FetchError."""


@dataclass(frozen=True, slots=True)
class _Rules:
    told: Protego | None = None
    error: FetchError | None = None
    until: float = 0.0  # on the monotonic clock


@dataclass(slots=True)
class _Server:
    rules: _Rules = field(default_factory=_Rules)
    asking: threading.Lock = field(default_factory=threading.Lock)


class Robots:
    """The rules of every server asked so far, kept in memory."""

    def __init__(self, fetch: Fetch, longest_delay_s: float) -> None:
        self._fetch = fetch
        self._longest_delay_s = longest_delay_s
        self._servers: dict[str, _Server] = {}
        self._lock = threading.Lock()

    def check(self, url: httpx.URL, stop: threading.Event | None = None) -> float:
        """Return the seconds that the server wants between requests, bounded; 0 where it does not say.

        Raises FetchError: `robots_refused`, `robots_unknown`, or why the server can't be reached.
        """
        rules = self._rules(url, stop)
        if rules.error is not None:
            raise _as_of_page(rules.error)
        if rules.told is None:
            return 0.0
        if not rules.told.can_fetch(str(url), PRODUCT):
            raise failure("robots_refused", host=url.host)
        return min(rules.told.crawl_delay(PRODUCT) or 0.0, self._longest_delay_s)

    def _rules(self, url: httpx.URL, stop: threading.Event | None) -> _Rules:
        name = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            if len(self._servers) > _MOST_SERVERS:
                self._servers.clear()
            server = self._servers.setdefault(name, _Server())
        with server.asking:
            if time.monotonic() >= server.rules.until:
                server.rules = self._ask(f"{name}/robots.txt", stop)
            return server.rules

    def _ask(self, address: str, stop: threading.Event | None) -> _Rules:
        try:
            told = Protego.parse(_ours(self._fetch(address, stop)[:_LONGEST]))
        except FetchError as error:
            if error.trouble.code in _OURS:
                raise
            none = 400 <= error.status < 500 and error.status != 429
            if none or error.trouble.code in _NO_RULES:
                return _Rules(until=time.monotonic() + _DAY_S)
            return _Rules(error=error, until=time.monotonic() + _RETRY_S)
        return _Rules(told, until=time.monotonic() + _DAY_S)


def _as_of_page(error: FetchError) -> FetchError:
    """Why a page can't be had whose robots.txt can't: out of reach, or its rules are unknown."""
    code = error.trouble.code
    if error.status or (error.permanent and code != "address_not_public"):
        return failure("robots_unknown", status=error.status, why=error.trouble.message)
    return error


def _ours(data: bytes) -> str:
    """The text with all other robots' names made one: rules for thousands of names, each with thousands of
    lines, would otherwise be multiplied with each other."""
    lines = []
    for line in data.decode("utf-8-sig", errors="replace").splitlines():
        found = _USER_AGENT.match(line)
        if found and found.group(1).strip().lower() not in ("*", PRODUCT):
            lines.append("User-agent: another")
        else:
            lines.append(line)
    return "\n".join(lines)
