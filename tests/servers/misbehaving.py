"""Servers that misbehave, each with what the client must say of it: a table of cases.

Every handler ends by itself, at the latest after `_LONGEST` seconds, and takes little memory. Those that
would go on for ever tell whether they had to end by themselves: then the client has waited for that.
"""

from __future__ import annotations

import socket
import struct
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from urllib.parse import quote

import brotli

from tests.servers.loopback import Handler, Page

GIB = 1 << 30
_LONGEST = 120.0  # seconds
_ZEROS = bytes(1 << 24)


# -- bombs: 1 GiB of zeros each, little on the wire ---------------------------------------------------------


@cache
def gzip_bomb() -> bytes:
    """One valid gzip member: a flushed block of zeros, repeated."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(_ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(GIB // len(_ZEROS)):
        check = zlib.crc32(_ZEROS, check)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"
    return head + block * (GIB // len(_ZEROS)) + b"\x03\x00" + struct.pack("<II", check, 0x40000000)


@cache
def deflate_bomb() -> bytes:
    """The same in zlib's format, its checksum wrong: no client gets that far."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(_ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * (GIB // len(_ZEROS)) + b"\x03\x00" + bytes(4)


@cache
def brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=5, lgwin=24)
    return b"".join(packer.process(_ZEROS) for _ in range(GIB // len(_ZEROS))) + packer.finish()


@cache
def nested_bomb() -> bytes:
    """gzip in gzip: a few kB."""
    return packed(gzip_bomb())


def packed(data: bytes, wbits: int = 31) -> bytes:
    packer = zlib.compressobj(9, wbits=wbits)
    return packer.compress(data) + packer.flush()


# -- handlers below the level of pages ----------------------------------------------------------------------


def sends(*pieces: bytes) -> Handler:
    """These bytes as they are, then the end of the connection."""

    def handle(request: BaseHTTPRequestHandler) -> None:
        for piece in pieces:
            request.wfile.write(piece)

    return handle


class Endless:
    """Goes on until the client leaves; `ended`: it had to end by itself."""

    ended = False

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        self.go_on(request, time.monotonic() + _LONGEST)
        self.ended = True

    def go_on(self, request: BaseHTTPRequestHandler, ends: float) -> None:
        """Raises OSError once the client has left."""
        raise NotImplementedError


@dataclass
class drips(Endless):  # noqa: N801  reads as a verb, as its neighbours do
    """`head`, then `piece` again and again."""

    head: bytes
    piece: bytes
    pause: float

    def go_on(self, request: BaseHTTPRequestHandler, ends: float) -> None:
        request.wfile.write(self.head)
        while time.monotonic() < ends:
            request.wfile.write(self.piece)
            time.sleep(self.pause)


class Silent(Endless):
    """Takes the request and says nothing until the client goes."""

    def go_on(self, request: BaseHTTPRequestHandler, ends: float) -> None:
        request.connection.settimeout(ends - time.monotonic())
        if not request.connection.recv(1):
            raise ConnectionResetError


silent = Silent()


def resets(request: BaseHTTPRequestHandler) -> None:
    """Breaks the connection off in the middle of a body."""
    request.wfile.write(_OK + b"Content-Length: 1000\r\n\r\nbeginning")
    request.wfile.flush()
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.connection.close()


class Failing:
    """Answers with the given pages one after the other; the last one stays."""

    def __init__(self, *pages: Page) -> None:
        self._pages = list(pages)

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        page = self._pages.pop(0) if len(self._pages) > 1 else self._pages[0]
        request.send_response(page.status)
        for name, value in {"Content-Type": "text/html", **page.headers}.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(page.body)))
        request.end_headers()
        request.wfile.write(page.body)


# -- the table ----------------------------------------------------------------------------------------------

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@dataclass(frozen=True)
class Case:
    """`asked`: how many requests reach the page, attempts together; `words` are in the message; `limits`: the
    ones that the case is about."""

    name: str
    page: Page | Handler
    code: str
    asked: int = 1
    words: str = ""
    status: int = 0
    limits: Mapping[str, float] = field(default_factory=dict)


def _redirect(to: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": to})


def _encoded(body: bytes, encoding: str) -> Page:
    return Page(body, headers={"Content-Encoding": encoding})


PRIVATE = (
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.0.1./",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/latest/meta-data/",
    "http://172.31.0.1/",
    "http://192.0.0.192/",
    "http://192.168.1.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:93.184.215.14]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::169.254.169.254]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://db.internal/",
    "http://printer.local/",
    "//127.0.0.1/",
)
"""Where no request may go, in the forms that slip past a look at the text."""

_UNUSABLE = (
    "file:///etc/passwd",
    "ftp://news.example/a",
    "gopher://news.example:70/_x",
    "javascript:alert(1)",
    "data:text/html,hi",
    "http://user:secret@news.example/",
    "http://news.example@127.0.0.1/",
    "http://news.example:25/",
    "http://news.example:99999/",
    "http://0177.0.0.1/",
    "http://news.example:0/",
    "http://[::1/",
    "http://１２７.0.0.1/",
)

_LOOPS = {
    "/loop-1": _redirect("/loop-2", 301),
    "/loop-2": _redirect("/loop-3", 308),
    "/loop-3": _redirect("/loop-1", 307),
    **{f"/far-{n}": _redirect(f"/far-{n + 1}") for n in range(8)},
    "/five-0": _redirect("/five-1", 301),
    "/five-1": _redirect("/five-2", 302),
    "/five-2": _redirect("/five-3", 303),
    "/five-3": _redirect("/five-4", 307),
    "/five-4": _redirect("/five-5", 308),
    "/five-5": Page(b"arrived"),
}
EXTRA_PAGES: dict[str, Page | Handler] = {**_LOOPS}


def cases() -> Iterator[Case]:
    """All cases but the bombs, which take some seconds to make."""
    yield from _statuses()
    yield from _redirects()
    yield from _bodies()
    yield from _protocol()


def _statuses() -> Iterator[Case]:
    for status, code, asked in (
        (401, "page_forbidden", 1),
        (403, "page_forbidden", 1),
        (404, "page_missing", 1),
        (410, "page_removed", 1),
        (418, "status_unexpected", 1),
        (451, "page_blocked_by_law", 1),
        (429, "too_many_requests", 3),
        (500, "server_error", 3),
        (502, "server_error", 3),
        (503, "server_error", 3),
        (204, "status_unexpected", 1),
        (206, "status_unexpected", 1),
        (304, "status_unexpected", 1),
    ):
        yield Case(f"status {status}", Page(status=status), code, asked, status=status)
    later = {"Retry-After": "3600"}
    yield Case("429 for an hour", Page(status=429, headers=later), "too_many_requests", 1, "429", 429)
    yield Case("503 for an hour", Page(status=503, headers=later), "server_error", 1, "503", 503)


def _redirects() -> Iterator[Case]:
    yield Case("redirect to itself", _redirect("/redirect%20to%20itself", 301), "redirect_loop", 1, "circle")
    yield Case("redirect in a circle of three", _redirect("/loop-1"), "redirect_loop", 1, "circle")
    yield Case("redirect too far", _redirect("/far-0"), "too_many_redirects", 1, "more than 5")
    yield Case("redirect nowhere", Page(status=301), "redirect_nowhere", 1, "301", 301)
    yield Case("redirect to nobody", _redirect("http://gone.example/"), "name_not_found", 1, "gone.example")
    yield Case("redirect endless", _redirect("/" + "a" * 2001), "url_too_long", 1, "2000")
    for target in PRIVATE:
        yield Case(
            f"redirect {target}", _redirect(target), "address_not_public", 1, "not on the public internet"
        )
    for target in _UNUSABLE:
        yield Case(f"redirect {target}", _redirect(target.encode().decode("latin-1")), "url_unusable", 1)


def _bodies() -> Iterator[Case]:
    page = b"<html>" + b"x" * 50_000
    yield Case(
        "gzip thrice", _encoded(packed(packed(packed(page))), "gzip, gzip, gzip"), "encoding_unknown", 1
    )
    yield Case("zstd", _encoded(b"\x28\xb5\x2f\xfd", "zstd"), "encoding_unknown", 1, "zstd")
    yield Case("not gzip", _encoded(page, "gzip"), "body_undecodable", 1, "gzip")
    yield Case("not brotli", _encoded(b"\xff" * 500, "br"), "body_undecodable", 1, "brotli")
    yield Case("half a gzip", _encoded(packed(page)[:-20], "gzip"), "answer_cut_short", 3)
    yield Case("half a brotli", _encoded(brotli.compress(page)[:-4], "br"), "answer_cut_short", 3)
    yield Case("half a deflate", _encoded(packed(page, 15)[:-20], "deflate"), "answer_cut_short", 3)
    yield Case("large", Page(bytes(2_000_001)), "body_too_large", 1, "2000000")
    yield Case(
        "an image", Page(b"\x89PNG", headers={"Content-Type": "image/png"}), "content_type_unexpected", 1
    )
    unknown = {"Content-Type": "application/octet-stream"}
    yield Case("a program", Page(b"MZ\x90\x00", headers=unknown), "content_type_unexpected", 1)


def _protocol() -> Iterator[Case]:
    endless = drips(_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nhello\r\n", 0.05)
    unlimited = drips(_OK + b"Connection: close\r\n\r\n", b"x" * 50_000, 0)
    total, read = {"total_s": 1.5}, {"read_s": 0.4}
    yield Case("slow drip", endless, "too_slow", 1, "1.5 seconds", limits=total)
    yield Case("slow drip of headers", drips(_OK, b"X-A: b\r\n", 0.05), "too_slow", 1, limits=total)
    continues = drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02)
    yield Case("continue for ever", continues, "too_slow", 1, limits=total)
    yield Case("endless body", unlimited, "body_too_large", 1)
    yield Case("silence", silent, "no_answer_in_time", 3, "did not answer in time", limits=read)
    unfinished = drips(_OK + b"\r\n<html>", b"", 30)
    yield Case("silence in the body", unfinished, "no_answer_in_time", 3, limits=read)
    yield Case("reset", resets, "connection_lost", 3, "broke off")
    yield Case("hangs up", sends(), "answer_malformed", 3)
    yield Case("not HTTP", sends(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "answer_malformed", 3, "not HTTP")
    yield Case("flood of headers", drips(_OK, b"X-Flood: " + b"y" * 60_000, 0), "answer_malformed", 3)
    yield Case("many headers", sends(_OK, b"X-A: b\r\n" * 50_000, b"\r\n"), "answer_malformed", 3)
    yield Case("length too long", sends(_OK + b"Content-Length: 900\r\n\r\nshort"), "answer_cut_short", 3)
    yield Case(
        "length absurd", sends(_OK + b"Content-Length: " + b"9" * 19 + b"\r\n\r\nshort"), "body_too_large", 1
    )
    yield Case("length negative", sends(_OK + b"Content-Length: -5\r\n\r\nshort"), "answer_malformed", 3)
    two = b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort!"
    yield Case("two lengths", sends(_OK + two), "answer_malformed", 3)
    chunked = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
    yield Case("chunks cut", sends(chunked + b"a\r\n0123456789\r\n5\r\nab"), "answer_cut_short", 3)
    yield Case("chunks broken", sends(chunked + b"zz\r\nhello\r\n"), "answer_cut_short", 3)


def path_of(case: Case) -> str:
    """Where the page of a case lies."""
    return "/" + quote(case.name, safe="")
