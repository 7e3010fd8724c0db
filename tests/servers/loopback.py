"""A real HTTP server on loopback whose pages a test lays out, and which remembers what it was asked."""

from __future__ import annotations

import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[BaseHTTPRequestHandler], None]
"""Writes the whole response itself: for servers that misbehave below the level of pages."""


@dataclass
class Asked:
    path: str
    headers: dict[str, str]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are no error here."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Site:
    """`site.pages["/feed.xml"] = Page(...)` or a Handler; `site.asked` lists the requests in order."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Page | Handler] = {}
        self.asked: list[Asked] = []
        site = self

        class Respond(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30
            disable_nagle_algorithm = True  # head and body are sent apart: else the second waits for 40 ms

            def do_GET(self) -> None:
                names = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append(Asked(self.path, names))
                page = (
                    site.pages.get(self.path) or site.pages.get(self.path.split("?")[0]) or Page(status=404)
                )
                if callable(page):
                    self.close_connection = True
                    with suppress(OSError):  # clients hang up, which is what such pages are for
                        page(self)
                    return
                self.send_response(page.status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **page.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(page.body)))
                self.end_headers()
                self.wfile.write(page.body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = _Server((host, 0), Respond)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


@contextmanager
def serving(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site that answers until the block is left."""
    site = Site(host, tls)
    site.start()
    try:
        yield site
    finally:
        site.stop()
