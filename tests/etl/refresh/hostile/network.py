"""Answers that are none, each given once in a feed's place and once in a page's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import brotli

from tests.etl.refresh.hostile.cases import NOTHING, Case, Made, Pages, html, item, rss
from tests.servers.internet import PUBLIC
from tests.servers.loopback import Handler, Page
from tests.servers.misbehaving import drips, packed, resets, sends, silent

NAMES = {
    "named-private.example": [["127.0.0.1"]],
    "also-private.example": [[PUBLIC, "::ffff:127.0.0.1"]],
}
"""Names that lead into private networks, the second of them among others."""
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_UNPACKED = 100_000_000


def _redirect(to: str, status: int = 301) -> Page:
    return Page(status=status, headers={"Location": to})


_ON_THE_WAY: Pages = {
    "/back": _redirect("back-2", 308),
    "/back-2": _redirect("back", 307),
    **{f"/{n}": _redirect(f"{n + 1}", 302) for n in range(1, 8)},
}


@cache
def _gzip_bomb() -> bytes:
    return packed(bytes(_UNPACKED))


@cache
def _brotli_bomb() -> bytes:
    return brotli.compress(bytes(_UNPACKED), quality=5)


_HOUR = {"Retry-After": "3600"}
_ANSWERS: tuple[tuple[str, Page | Handler, str, str], ...] = (
    ("loop", _redirect("back"), "redirect_loop", "circle"),
    ("far", _redirect("1"), "too_many_redirects", "more than 5 times"),
    ("s403", Page(status=403), "page_forbidden", "(status 403)"),
    ("s404", Page(status=404), "page_missing", "does not exist (404)"),
    ("s410", Page(status=410), "page_removed", "removed (410)"),
    ("s429", Page(status=429, headers=_HOUR), "too_many_requests", "asked too often (429)"),
    ("s500", Page(status=500), "server_error", "(status 500)"),
    ("s503", Page(status=503, headers=_HOUR), "server_error", "(status 503)"),
    ("unasked_304", Page(status=304), "status_unexpected", "status 304"),
    ("drip", drips(_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"2\r\nhi\r\n", 0.05), "too_slow", "ended"),
    ("silence", silent, "no_answer_in_time", "did not answer in time"),
    ("endless", drips(_OK + b"Connection: close\r\n\r\n", b"x" * 200_000, 0), "body_too_large", "10000000"),
    ("large", Made(lambda: bytes(10_000_001), Content_Type="text/html"), "body_too_large", "10000000"),
    ("gzip", Made(_gzip_bomb, Content_Encoding="gzip"), "body_too_large", "decompressed"),
    ("brotli", Made(_brotli_bomb, Content_Encoding="br"), "body_too_large", "decompressed"),
    ("cut", sends(_OK + b"Content-Length: 900\r\n\r\n" + rss()), "answer_cut_short", "broke off"),
    ("reset", resets, "connection_lost", "broke off"),
    ("not_http", sends(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "answer_malformed", "not HTTP"),
    ("image", Page(b"\x89PNG", headers={"Content-Type": "image/png"}), "content_type_unexpected",
     "image/png"),
    ("file", _redirect("file:///etc/passwd"), "url_unusable", "file:"),
)  # fmt: skip


def private_forms(port: int) -> dict[str, str]:
    """Addresses of a listener on this machine, and others' metadata, in forms that slip past a look."""
    return {
        "v4": f"http://127.0.0.1:{port}/",
        "short": f"http://127.1:{port}/",
        "decimal": f"http://2130706433:{port}/",
        "hex": f"http://0x7f000001:{port}/",
        "octal": f"http://017700000001:{port}/",
        "zero": f"http://0.0.0.0:{port}/",
        "v6": f"http://[::1]:{port}/",
        "mapped": f"http://[::ffff:127.0.0.1]:{port}/",
        "mapped_hex": f"http://[::ffff:7f00:1]:{port}/",
        "compatible": f"http://[::127.0.0.1]:{port}/",
        "nat64": f"http://[64:ff9b::7f00:1]:{port}/",
        "localhost": f"http://localhost:{port}/",
        "no_scheme": f"//127.0.0.1:{port}/",
        "named": f"http://named-private.example:{port}/",
        "named_too": f"http://also-private.example:{port}/",
        "metadata": "http://169.254.169.254/latest/meta-data/",
    }


def answers(port: int) -> Iterator[Case]:
    """Each answer as a feed, when the source is to be looked at, and as a page beside one that is well, when
    it isn't; a host that asks to be left alone gives no other page either."""
    well = {"/feed.xml": Page(rss(item("page"), item("well"))), "/well": Page(html("<p>Rain.</p>").encode())}
    inside = (
        (f"to_{name}", _redirect(target, 302), "address_not_public", "not on the public internet")
        for name, target in private_forms(port).items()
    )
    for name, answer, code, words in (*_ANSWERS, *inside):
        feed: Pages = {"/feed.xml": answer, **_ON_THE_WAY}
        yield Case(f"feed_{name}", feed, code, words, look=True, counts=NOTHING)
        page: Pages = {"/page": answer, **_ON_THE_WAY}
        if name in {"s429", "s503"}:
            yield Case(f"page_{name}", page, code, words, look=True, counts=(1, 1, 0, 1))
        else:
            yield Case(f"page_{name}", well | page, code, words, counts=(2, 2, 1, 1))
