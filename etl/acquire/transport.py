"""Connections that obey two rules: to a checked address only, and never longer than the time allowed.

The time limits of HTTP libraries are per read: a server that sends one byte a second is never late. Here
every read and write also ends when the time of the whole request is over, or when the caller's `stop` is set.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from etl.acquire.addresses import Resolve, public_addresses
from etl.acquire.failures import failure

Dial = Callable[[str, int, float], httpcore.NetworkStream]
"""(IP address, port, seconds) -> a connection. Raises httpcore.ConnectError or ConnectTimeout."""

_SLICE = 0.25  # seconds after which a waiting read looks whether it should stop


@dataclass(frozen=True, slots=True)
class _Allowance:
    ends: float  # on the monotonic clock
    total: float
    stop: threading.Event | None


_current = threading.local()  # a request runs in one thread from its first byte to its last


@contextmanager
def time_limit(left: float, total: float, stop: threading.Event | None = None) -> Iterator[None]:
    """Bound all that this thread sends and receives within the block to the seconds `left` of `total`.

    What goes beyond raises FetchError: `too_slow`, or `stopped` once `stop` is set.
    """
    _current.allowance = _Allowance(time.monotonic() + left, total, stop)
    try:
        yield
    finally:
        _current.allowance = None


def _left(timeout: float | None) -> float:
    """Seconds that a read may still take. Raises FetchError where there are none."""
    allowance: _Allowance | None = getattr(_current, "allowance", None)
    if allowance is None:
        return 60.0 if timeout is None else timeout
    if allowance.stop is not None and allowance.stop.is_set():
        raise failure("stopped")
    left = allowance.ends - time.monotonic()
    if left <= 0:
        raise failure("too_slow", seconds=f"{allowance.total:.3g}")
    return left if timeout is None else min(left, timeout)


class _Timed(httpcore.NetworkStream):
    """A connection whose every read and write keeps within the thread's allowance."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        late = time.monotonic() + _left(timeout)
        while True:
            try:
                return self._stream.read(max_bytes, min(_left(timeout), _SLICE))
            except httpcore.ReadTimeout:
                _left(timeout)
                if time.monotonic() >= late:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def by_tcp(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """Connect to an IP address; no name is looked up."""
    return httpcore.SyncBackend().connect_tcp(address, port, seconds)


class CheckedNetwork(httpcore.NetworkBackend):
    """Looks a host up once, checks every address, and connects to one of those that it checked.

    TLS still asks for and verifies the name, which the connection pool keeps.
    """

    def __init__(self, resolve: Resolve, *, allow_private: bool, dial: Dial = by_tcp) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._dial = dial

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = public_addresses(
            host, port, self._resolve, seconds=_left(timeout), allow_private=self._allow_private
        )
        for address in addresses[:-1]:
            try:
                return _Timed(self._dial(address, port, _left(timeout)))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return _Timed(self._dial(addresses[-1], port, _left(timeout)))


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class Transport(httpx.BaseTransport):
    """What httpx sends through: a pool of connections of the given network, straight or by a proxy.

    Errors are httpcore's own. The pool is built here and is not one of httpx's, so that no version of httpx
    can leave the checked network out. ValueError: `proxy` is no http(s) address.
    """

    def __init__(self, network: httpcore.NetworkBackend, tls: ssl.SSLContext, proxy: str = "") -> None:
        options: dict[str, Any] = {
            "ssl_context": tls,
            "max_connections": 100,
            "max_keepalive_connections": 20,
            "keepalive_expiry": 15.0,
            "network_backend": network,
        }
        if proxy:
            url = _proxy_url(proxy)
            options["proxy_auth"] = (url.username, url.password) if url.username else None
            proxy = str(url.copy_with(userinfo=b""))
        self._pool: httpcore.ConnectionPool = (
            httpcore.HTTPProxy(proxy, **options) if proxy else httpcore.ConnectionPool(**options)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=dict(request.extensions),
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


def _proxy_url(proxy: str) -> httpx.URL:
    try:
        url = httpx.URL(proxy)
    except httpx.InvalidURL as error:
        raise ValueError(f"the proxy's address can't be read: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("the proxy's address must look like http://host:port")
    return url
