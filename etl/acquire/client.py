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

import os
import ssl
import threading
import time
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType

import httpcore
import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_result,
    sleep_using_event,
    stop_after_attempt,
    stop_when_event_set,
    wait_exponential,
    wait_random,
)

from etl.acquire.addresses import Resolve, by_system, page_url
from etl.acquire.decompress import ACCEPT_ENCODING
from etl.acquire.exchange import REDIRECTS, Question, judge, read, target
from etl.acquire.failures import FetchError, failure
from etl.acquire.media import FEEDS, JSON, PAGES, TABLES
from etl.acquire.politeness import Politeness
from etl.acquire.records import Answer
from etl.acquire.robots import PRODUCT, Robots
from etl.acquire.transport import CheckedNetwork, Dial, Transport, by_tcp, time_limit

__all__ = ["FEEDS", "JSON", "PAGES", "TABLES", "Client", "FetchError", "Limits", "default_user_agent"]


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
        apart_s: float = 0.0,
    ) -> Answer:
        """Fetch a page, or learn that it is unchanged since `etag` or `last_modified` (status 304, no body).

        `accept`: media types, one of PAGES, FEEDS, JSON, TABLES; empty for any. `stop` ends waiting and
        reading within half a second, connecting within `connect_s`. `apart_s`: seconds that this host wants
        between requests, where that is more than the client's own delay. Raises FetchError for all that is
        neither 200 nor an expected 304.
        """
        return self._repeatedly(Question(url, etag, last_modified, accept, stop, apart_s), self._robots)

    def _robots_txt(self, url: str, stop: threading.Event | None) -> bytes:
        return self._repeatedly(Question(url, stop=stop), None).body

    def _repeatedly(self, question: Question, robots: Robots | None) -> Answer:
        stop = question.stop or threading.Event()
        said = Retrying(
            stop=stop_after_attempt(self.limits.attempts) | stop_when_event_set(stop),
            wait=self._wait,
            retry=retry_if_result(self._worth_another),
            sleep=sleep_using_event(stop),
            retry_error_callback=lambda state: state.outcome and state.outcome.result(),
        )(self._attempt, question, robots)
        if isinstance(said, Answer):
            return said
        raise said

    def _attempt(self, question: Question, robots: Robots | None) -> Answer | FetchError:
        """The answer, or a fresh error: the one that was raised holds all that was read in its traceback."""
        try:
            return self._once(question, robots)
        except FetchError as error:
            return error.at(question.url)

    def _worth_another(self, said: Answer | FetchError) -> bool:
        if isinstance(said, Answer) or not said.passing:
            return False
        return said.retry_after is None or said.retry_after <= self.limits.longest_wait_s

    def _wait(self, state: RetryCallState) -> float:
        """Seconds before the next attempt: growing, spread, and no sooner than the server asked."""
        limits = self.limits
        growing = wait_exponential(limits.backoff_s, limits.longest_wait_s)
        spread = growing + wait_random(0, limits.backoff_s)
        said = state.outcome.result() if state.outcome else None
        asked = said.retry_after if isinstance(said, FetchError) else None
        return max(spread(state), asked or 0.0)

    def _once(self, question: Question, robots: Robots | None) -> Answer:
        """One attempt: the page and its redirects."""
        url = page_url(question.url, allow_private=self._allow_private)
        left, seen = self.limits.total_s, {url}
        for _ in range(self.limits.redirects + 1):
            delay = robots.check(url, question.stop) if robots else 0.0
            with self._politeness.turn(url.host, question.stop, max(delay, question.apart_s)):
                begun = time.monotonic()
                with time_limit(left, self.limits.total_s, question.stop):
                    answer = self._ask(url, question)
                left -= time.monotonic() - begun
            if isinstance(answer, Answer):
                return answer
            further = page_url(answer, allow_private=self._allow_private)
            if further in seen:
                raise failure("redirect_loop")
            if url.scheme == "https" and further.scheme == "http":
                raise failure("redirect_to_plain", target=further.host)
            seen.add(further)
            url = further
        raise failure("too_many_redirects", limit=self.limits.redirects)

    def _ask(self, url: httpx.URL, question: Question) -> Answer | str:
        """Ask one address: the answer, or where it sends us."""
        request = httpx.Request(
            "GET", url, headers={**self._headers, **question.headers}, extensions=self._timeouts
        )
        reading = False
        try:
            response = self._transport.handle_request(request)
            try:
                if response.status_code in REDIRECTS:
                    return target(url, response)
                judge(url, response, question, self._now())
                reading = True
                return read(url, response, question, self._now(), self.limits.largest)
            finally:
                response.close()
        except FetchError as error:
            if error.retry_after is not None:
                self._politeness.close(url.host, error.retry_after)
            raise
        except httpcore.TimeoutException as error:
            raise failure("no_answer_in_time", host=url.host) from error
        except httpcore.ConnectError as error:
            by_tls = any(isinstance(said, ssl.SSLError) for said in (*error.args, error.__context__))
            raise failure("tls_failed" if by_tls else "connection_failed", host=url.host) from error
        except httpcore.ProxyError as error:
            raise failure("proxy_failed") from error
        except httpcore.ProtocolError as error:
            raise failure("answer_cut_short" if reading else "answer_malformed") from error
        except (httpcore.NetworkError, OSError, ValueError) as error:
            raise failure("connection_lost", host=url.host) from error
