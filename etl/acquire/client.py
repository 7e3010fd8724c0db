"""The one way to the network: pages fetched politely, within limits, from the public internet only.

Decisions beyond the standards:

- Redirects: at most five, each address checked like the first; not from https to http, where anybody on the
  way could change what becomes evidence.
- Ports: 80, 443 and those from 1024 on. Addresses with user names are refused. No cookies are kept.
- Content types: those the caller accepts. Where a server says nothing, or `application/octet-stream`, the
  first bytes decide, and the answer carries what they tell.
- httpx's transports are used without `httpx.Client`, which would read cookies and redirects on its own.
- The environment's proxies are ignored. With `proxy` given, that server looks names up and connects, so the
  check of addresses is its duty; spelled-out private addresses and local names are refused here all the same.
"""

from __future__ import annotations

import email.utils
import os
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType, TracebackType
from typing import Any

import httpcore
import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from etl.acquire.addresses import Resolve, by_system, page_url
from etl.acquire.decompress import ACCEPT_ENCODING, body_of
from etl.acquire.failures import FetchError, failure
from etl.acquire.media import ANYTHING, FEEDS, JSON, PAGES, TABLES, says_nothing, sniffed
from etl.acquire.politeness import Politeness
from etl.acquire.records import Answer
from etl.acquire.robots import PRODUCT, Robots
from etl.acquire.transport import CheckedNetwork, Dial, Transport, by_tcp, time_limit

__all__ = ["FEEDS", "JSON", "PAGES", "TABLES", "Client", "FetchError", "Limits", "default_user_agent"]

_KEPT = ("content-type", "etag", "last-modified", "content-language", "date")
_LONGEST_HEADER = 500  # characters of a header that is kept
_REDIRECTS = (301, 302, 303, 307, 308)
_CODES = {
    401: "page_forbidden",
    403: "page_forbidden",
    404: "page_missing",
    410: "page_removed",
    429: "too_many_requests",
    451: "page_blocked_by_law",
}
_LONGEST_RETRY_AFTER = 7 * 86_400.0  # seconds; a server that says more is asked again after a week


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts that no answer gets past.

    `total_s` is the time on the network of one attempt with its redirects; waiting for one's turn or before a
    further attempt comes on top. `largest` holds for the body as sent and for what it decompresses to.
    """

    connect_s: float = 10.0
    read_s: float = 20.0
    total_s: float = 60.0
    largest: int = 10_000_000
    redirects: int = 5
    attempts: int = 3
    backoff_s: float = (
        1.0  # before the second attempt; doubled for each further one, up to as much again added
    )
    longest_wait_s: float = 30.0  # Retry-After and Crawl-delay beyond it are not waited for


def default_user_agent() -> str:
    """Name, version, and how to reach the operator: the environment's CAPTAGON_CONTACT (a URL or address).

    ValueError: the contact has signs that no header can carry.
    """
    try:
        number = version(PRODUCT)
    except PackageNotFoundError:
        number = "0"
    contact = os.environ.get("CAPTAGON_CONTACT", "").strip()
    if not (contact.isascii() and contact.isprintable()):
        raise ValueError("CAPTAGON_CONTACT: only printable ASCII letters, please")
    return f"{PRODUCT}/{number} (+{contact or 'contact: see CAPTAGON_CONTACT'})"


@dataclass(frozen=True, slots=True)
class _Question:
    url: str
    etag: str
    last_modified: str
    accept: AbstractSet[str]
    stop: threading.Event | None
    by_robots: bool


class Client:
    """Fetches pages; one for all threads. Close it, or use it as a context manager.

    `resolve` gives the addresses of a host (may raise OSError), `dial` connects to one of them: tests put
    their own in, to stand for the internet. `now` is the wall clock that `fetched_at` is read from; nothing
    else hangs on it. `tls` replaces the usual verification by certifi's list of authorities.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow_private: bool = False,
        proxy: str = "",
        delay_s: float = 1.0,
        per_host: int = 2,
        obey_robots: bool = True,
        resolve: Resolve = by_system,
        dial: Dial = by_tcp,
        user_agent: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._allow_private = allow_private
        self._now = now
        network = CheckedNetwork(resolve, allow_private=allow_private or bool(proxy), dial=dial)
        self._transport = Transport(network, tls or httpx.create_ssl_context(trust_env=False), proxy)
        self._headers = {
            "User-Agent": user_agent or default_user_agent(),
            "Accept-Encoding": ACCEPT_ENCODING,
        }
        self._timeouts = {
            "timeout": httpx.Timeout(self.limits.read_s, connect=self.limits.connect_s).as_dict()
        }
        self._politeness = Politeness(delay_s, per_host, self.limits.longest_wait_s)
        self._robots = Robots(self._robots_txt, self.limits.longest_wait_s) if obey_robots else None

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        accept: AbstractSet[str] = PAGES,
        stop: threading.Event | None = None,
    ) -> Answer:
        """Fetch a page, or learn that it is unchanged since `etag` or `last_modified` (status 304, no body).

        `accept`: media types, one of PAGES, FEEDS, JSON, TABLES; empty for any. `stop` ends waiting and
        reading within half a second. Raises FetchError for all that is neither 200 nor an expected 304.
        """
        return self._repeatedly(_Question(url, etag, last_modified, accept, stop, self._robots is not None))

    def _robots_txt(self, url: str, stop: threading.Event | None) -> bytes:
        return self._repeatedly(_Question(url, "", "", ANYTHING, stop, by_robots=False)).body

    def _repeatedly(self, question: _Question) -> Answer:
        stop = question.stop or threading.Event()
        try:
            return Retrying(
                stop=stop_after_attempt(self.limits.attempts),
                wait=self._wait,
                retry=retry_if_exception(self._worth_another),
                sleep=lambda seconds: _pause(stop, seconds),
                reraise=True,
            )(self._once, question)
        except FetchError as error:
            raise error.at(question.url) from error.__cause__

    def _worth_another(self, error: BaseException) -> bool:
        if not isinstance(error, FetchError) or not error.passing:
            return False
        return error.retry_after is None or error.retry_after <= self.limits.longest_wait_s

    def _wait(self, state: RetryCallState) -> float:
        """Seconds before the next attempt: growing, spread, and no sooner than the server asked."""
        limits = self.limits
        growing = wait_exponential(limits.backoff_s, limits.longest_wait_s)
        spread = growing + wait_random(0, limits.backoff_s)
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, FetchError) else None
        return max(spread(state), asked or 0.0)

    def _once(self, question: _Question) -> Answer:
        """One attempt: the page and its redirects."""
        url = page_url(question.url, allow_private=self._allow_private)
        left, seen = self.limits.total_s, {url}
        for _ in range(self.limits.redirects + 1):
            delay = self._robots.check(url, question.stop) if self._robots and question.by_robots else 0.0
            with self._politeness.turn(url.host, question.stop, delay):
                begun = time.monotonic()
                with time_limit(left, question.stop):
                    answer = self._ask(url, question)
                left -= time.monotonic() - begun
            if isinstance(answer, Answer):
                return answer
            if answer in seen:
                raise failure("redirect_loop")
            if url.scheme == "https" and answer.scheme == "http":
                raise failure("redirect_to_plain", target=answer.host)
            seen.add(answer)
            url = answer
        raise failure("too_many_redirects", limit=self.limits.redirects)

    def _ask(self, url: httpx.URL, question: _Question) -> Answer | httpx.URL:
        """Ask one address: the answer, or where it sends us."""
        reading = False
        try:
            headers = {**self._headers, **_headers(question)}
            response = self._transport.handle_request(
                httpx.Request("GET", url, headers=headers, extensions=self._timeouts)
            )
            try:
                if response.status_code in _REDIRECTS:
                    return self._target(url, response)
                self._judge_status(url, response, question)
                reading = True
                return self._answer(url, response, question)
            finally:
                response.close()
        except httpcore.TimeoutException as error:
            raise failure("no_answer_in_time", host=url.host) from error
        except httpcore.ConnectError as error:
            refused = isinstance(error.__cause__, ssl.SSLError) or isinstance(error.__context__, ssl.SSLError)
            raise failure("tls_failed" if refused else "connection_failed", host=url.host) from error
        except httpcore.NetworkError as error:
            raise failure("connection_lost", host=url.host) from error
        except httpcore.ProxyError as error:
            raise failure("proxy_failed") from error
        except httpcore.ProtocolError as error:
            raise failure("answer_cut_short" if reading else "answer_malformed") from error

    def _target(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
        if not raw:
            raise failure("redirect_nowhere", status=response.status_code)
        location = raw.decode("utf-8", errors="replace").strip()
        try:
            target = str(url.join(location[:8000]))
        except (httpx.InvalidURL, ValueError) as error:
            raise failure("url_unusable", why="it can't be read") from error
        return page_url(target, allow_private=self._allow_private)

    def _judge_status(self, url: httpx.URL, response: httpx.Response, question: _Question) -> None:
        status = response.status_code
        if status == 200 or (status == 304 and (question.etag or question.last_modified)):
            return
        after = _retry_after(response.headers, self._now) if status in (429, 503) else None
        if after is not None:
            self._politeness.close(url.host, after)
        code = _CODES.get(status) or ("server_error" if status >= 500 else "status_unexpected")
        raise failure(code, status=status, retry_after=after, host=url.host)

    def _answer(self, url: httpx.URL, response: httpx.Response, question: _Question) -> Answer:
        headers = {name: response.headers.get(name, "") for name in _KEPT}
        headers = {name: value for name, value in headers.items() if value and _keepable(value)}
        body = b""
        if response.status_code == 200:
            told = headers.get("content-type", "").split(";", 1)[0].strip().lower()
            if not says_nothing(told):
                _accepted(told, question.accept)
            length = response.headers.get("content-length", "")
            if length.isdecimal() and int(length[:20]) > self.limits.largest:
                raise failure("body_too_large", limit=self.limits.largest)
            encoding = response.headers.get("content-encoding", "")
            body = body_of(response.iter_raw(), encoding, self.limits.largest)
            if says_nothing(told):
                headers["content-type"] = sniffed(body) or told or "application/octet-stream"
                _accepted(headers["content-type"], question.accept)
        return Answer(
            question.url, str(url), response.status_code, self._now(), body, MappingProxyType(headers)
        )


def _headers(question: _Question) -> Mapping[str, str]:
    headers = {"Accept": ", ".join([*sorted(question.accept), "*/*;q=0.1"])}
    if question.etag and _keepable(question.etag):
        headers["If-None-Match"] = question.etag
    if question.last_modified and _keepable(question.last_modified):
        headers["If-Modified-Since"] = question.last_modified
    return headers


def _keepable(value: str) -> bool:
    return len(value) <= _LONGEST_HEADER and value.isascii() and value.isprintable()


def _accepted(media_type: str, accept: AbstractSet[str]) -> None:
    if accept and media_type not in accept:
        raise failure("content_type_unexpected", found=media_type[:100])


def _retry_after(headers: httpx.Headers, now: Callable[[], datetime]) -> float | None:
    """Seconds that a server asks to be left alone: a number, or a date (by its own clock if it shows one)."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), _LONGEST_RETRY_AFTER)
    until, by = _http_date(text), _http_date(headers.get("date", "")) or now()
    if until is None:
        return None
    return min(max((until - by).total_seconds(), 0.0), _LONGEST_RETRY_AFTER)


def _http_date(text: str) -> datetime | None:
    try:
        found = email.utils.parsedate_to_datetime(text[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _pause(stop: threading.Event, seconds: Any) -> None:
    if stop.wait(float(seconds)):
        raise failure("stopped")
