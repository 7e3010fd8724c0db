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

from etl.acquire.failures import FetchError

PRODUCT = "captagon-tracker"
"""The name by which robots.txt may address this program."""

_DAY_S, _RETRY_S = 86_400.0, 300.0
_LONGEST = 512_000  # bytes; RFC 9309: at least 500 KiB
_MOST_SERVERS = 5000
_USER_AGENT = re.compile(r"[ \t]*user[- ]?agent[ \t]*:?[ \t]*([^#\r\n]*)", re.IGNORECASE)
_NO_RULES = {"too_many_redirects", "redirect_loop"}

Fetch = Callable[[str, threading.Event | None], bytes]
"""(address of a robots.txt, stop) -> its bytes. Raises FetchError."""


@dataclass(slots=True)
class _Rules:
    lock: threading.Lock = field(default_factory=threading.Lock)
    until: float = 0.0  # on the monotonic clock
    told: Protego | None = None
    error: FetchError | None = None


class Robots:
    """The rules of every server asked so far, kept in memory."""

    def __init__(self, fetch: Fetch, longest_delay_s: float) -> None:
        self._fetch = fetch
        self._longest_delay_s = longest_delay_s
        self._servers: dict[str, _Rules] = {}
        self._lock = threading.Lock()

    def check(self, url: httpx.URL, stop: threading.Event | None = None) -> float:
        """Return the seconds that the server wants between requests, bounded; 0 where it does not say.

        Raises FetchError: `robots_refused`, `robots_unknown`, or why the server can't be reached.
        """
        rules = self._rules(url, stop)
        if rules.error is not None:
            raise _anew(rules.error, str(url))
        if rules.told is None:
            return 0.0
        if not rules.told.can_fetch(str(url), PRODUCT):
            raise FetchError("robots_refused", str(url), host=url.host)
        return min(rules.told.crawl_delay(PRODUCT) or 0.0, self._longest_delay_s)

    def _rules(self, url: httpx.URL, stop: threading.Event | None) -> _Rules:
        server = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            if len(self._servers) > _MOST_SERVERS:
                self._servers.clear()
            rules = self._servers.setdefault(server, _Rules())
        with rules.lock:
            if time.monotonic() >= rules.until:
                self._ask(f"{server}/robots.txt", rules, stop)
        return rules

    def _ask(self, address: str, rules: _Rules, stop: threading.Event | None) -> None:
        rules.told = rules.error = None
        lasts = _DAY_S
        try:
            rules.told = Protego.parse(_ours(self._fetch(address, stop)[:_LONGEST]))
        except FetchError as error:
            if error.trouble.code == "stopped":
                raise
            none = 400 <= error.status < 500 and error.status != 429
            if not none and error.trouble.code not in _NO_RULES:
                rules.error, lasts = error, _RETRY_S
        rules.until = time.monotonic() + lasts


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


def _anew(error: FetchError, url: str) -> FetchError:
    """The error of a robots.txt as that of a page; a new object, since threads share the kept one."""
    if error.status:
        return FetchError("robots_unknown", url, status=error.status, why=error.trouble.message)
    anew = FetchError.__new__(FetchError)
    anew.__dict__.update(error.__dict__)
    anew.args = error.args
    return anew
