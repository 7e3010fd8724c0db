"""A bomb is noticed before it goes off: memory peaks as for a large page, whatever is packed into it."""

from __future__ import annotations

import gc
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.acquire.client import FetchError
from etl.acquire.decompress import body_of, gunzip
from tests.etl.acquire.fetching import QUICK, client_of
from tests.servers.internet import Internet
from tests.servers.loopback import Page, Site, serving
from tests.servers.misbehaving import GIB, brotli_bomb, deflate_bomb, gzip_bomb, nested_bomb, packed

LIMIT_MB = 150
_FETCH = """
import sys
from etl.acquire.client import Client, FetchError

def peak():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

with Client(allow_private=True, delay_s=0, obey_robots=False) as client:
    before = peak()
    try:
        said = len(client.get(sys.argv[1], accept=()).body)
    except FetchError as error:
        said = error.trouble.code
    print(said, before, peak())
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def fetch_elsewhere(url: str) -> tuple[str, float, float]:
    """What a process of its own says of a page, its peak memory (MB) before and after fetching it."""
    done = subprocess.run(
        [sys.executable, "-c", _FETCH, url], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    said, before, after = done.stdout.split()
    return said, int(before) / 1024, int(after) / 1024


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip_bomb),
        ("deflate", deflate_bomb),
        ("br", brotli_bomb),
        ("gzip, gzip", nested_bomb),
        ("gzip, br", lambda: brotli.compress(gzip_bomb(), quality=5)),
    ],
    ids=["gzip", "deflate", "brotli", "gzip in gzip", "gzip in brotli"],
)
def test_a_gibibyte_of_zeros_takes_no_more_memory_than_a_page(
    site: Site, encoding: str, bomb: Callable[[], bytes], record_property: Callable[[str, object], None]
) -> None:
    body = bomb()
    assert len(body) < 2_000_000
    site.pages["/bomb"] = Page(body, headers={"Content-Encoding": encoding})
    said, before, after = fetch_elsewhere(f"{site.url}/bomb")
    record_property("peak_mb", after)
    assert said == "body_too_large"
    assert after < LIMIT_MB, f"{after:.0f} MB at the peak, {before:.0f} of them before the fetch"


def test_the_largest_page_allowed_fits_too(site: Site) -> None:
    site.pages["/large"] = Page(packed(bytes(10_000_000)), headers={"Content-Encoding": "gzip"})
    said, before, after = fetch_elsewhere(f"{site.url}/large")
    assert said == "10000000"
    assert after < LIMIT_MB, f"{after:.0f} MB at the peak, {before:.0f} of them before the fetch"


def test_an_error_that_is_kept_does_not_keep_what_was_read(site: Site) -> None:
    site.pages["/bomb"] = Page(gzip_bomb(), headers={"Content-Encoding": "gzip"})
    errors = []
    gc.disable()  # what only the collector of cycles would free piles up between its rounds
    tracemalloc.start()
    try:
        with client_of(Internet(site)) as client:
            for _ in range(10):
                with pytest.raises(FetchError) as caught:
                    client.get("http://news.example/bomb")
                errors.append(caught.value)
                del caught
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
        gc.enable()
    assert {error.trouble.code for error in errors} == {"body_too_large"}
    assert held < 2 * QUICK.largest  # ten of them would be as many times the limit


def test_the_bombs_are_what_they_are_said_to_be() -> None:
    """Counted with plain decoders, a piece at a time: else the test above would show nothing."""
    assert gunzip(nested_bomb(), 10_000_000) == gzip_bomb()
    stream, total, rest = zlib.decompressobj(wbits=31), 0, gzip_bomb()
    while not stream.eof:
        total += len(stream.decompress(rest, 1 << 20))
        rest = stream.unconsumed_tail
    assert total == GIB


@settings(max_examples=150)
@given(
    st.binary(max_size=5000),
    st.sampled_from(["gzip", "deflate", "br", "gzip, br", "br, gzip", "gzip, gzip", "identity"]),
    st.integers(1, 600),
)
def test_what_was_packed_comes_out_whatever_the_pieces(body: bytes, encoding: str, size: int) -> None:
    sent = body
    for name in encoding.split(", "):
        sent = {"gzip": packed, "br": brotli.compress, "deflate": lambda data: packed(data, 15)}.get(
            name, bytes
        )(sent)
    pieces = [sent[start : start + size] for start in range(0, len(sent), size)]
    assert body_of(pieces, encoding, 10_000) == body


@settings(max_examples=300)
@given(
    st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "gzip, br", "br, gzip", "zstd", ",,"])
)
def test_any_bytes_give_a_body_or_a_trouble(data: bytes, encoding: str) -> None:
    try:
        assert len(body_of([data], encoding, 1000)) <= 1000
    except FetchError as error:
        assert error.trouble.code in {
            "body_undecodable",
            "answer_cut_short",
            "body_too_large",
            "encoding_unknown",
        }


@given(st.binary(min_size=20, max_size=400), st.data())
def test_a_damaged_gzip_never_passes_for_a_whole_one(body: bytes, data: st.DataObject) -> None:
    sent = packed(body)
    with pytest.raises(FetchError):
        body_of([sent[: data.draw(st.integers(1, len(sent) - 1))]], "gzip", 10_000)


@pytest.mark.parametrize("limit", [10, 11])
def test_the_limit_is_exact(limit: int) -> None:
    assert body_of([b"x" * 10], "", limit) == b"x" * 10
    with pytest.raises(FetchError):
        body_of([b"x" * 10, b"yy"], "", limit)
