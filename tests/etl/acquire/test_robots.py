"""robots.txt is asked once for each server and obeyed, as RFC 9309 has it."""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.acquire.client import FetchError
from etl.acquire.robots import Robots
from tests.etl.acquire.fetching import QUICK, client_of
from tests.servers.internet import PUBLIC, Internet
from tests.servers.loopback import Page, Site, serving
from tests.servers.misbehaving import gzip_bomb, silent

NEWS = "http://news.example"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages |= {path: Page(b"news") for path in ("/a", "/private/a", "/b", "/private/b")}
        yield site


def rules(text: str) -> Page:
    return Page(text.encode(), headers={"Content-Type": "text/plain"})


ALL, NONE, PRIVATE = "all", "none", "all but /private/"


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        (rules(""), ALL),
        (rules("User-agent: *\nDisallow: /private/"), PRIVATE),
        (rules("User-agent: *\nDisallow: /\n\nUser-agent: Captagon-Tracker\nDisallow: /private/"), PRIVATE),
        (rules("User-agent: captagon-tracker\nDisallow: /\n\nUser-agent: *\nDisallow:"), NONE),
        (
            rules("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nDisallow: /private"),
            PRIVATE,
        ),
        (rules("user agent: another\nDisallow: /"), ALL),
        (rules("User-agent: *\nDisallow: /*iva*/a$\nDisallow: /private/b"), PRIVATE),
        (rules("User-agent: *\nDisallow: /\nAllow: /a\nAllow: /b"), PRIVATE),
        (rules("\ufeffUser-agent: *\r\nDisallow: /private/\r\n"), PRIVATE),
        (Page(b"\xff\xfe\x00\x01" * 1000), ALL),
        (Page(status=404), ALL),
        (Page(status=401), ALL),
        (Page(status=403), ALL),
        (Page(status=410), ALL),
        (Page(status=301, headers={"Location": "/robots.txt"}), ALL),
        (Page(status=301, headers={"Location": "/a/robots"}), ALL),
        (Page(status=500), NONE),
        (Page(status=503), NONE),
        (Page(status=429), NONE),
        (silent, NONE),
        (Page(gzip_bomb(), headers={"Content-Encoding": "gzip"}), NONE),
        (Page(status=302, headers={"Location": "http://127.0.0.1/robots.txt"}), NONE),
    ],
)
def test_what_a_robots_txt_allows(site: Site, page: Page, allowed: str) -> None:
    site.pages["/robots.txt"] = page
    refused = []
    limits = replace(QUICK, read_s=0.4) if page is silent else QUICK
    with client_of(Internet(site), limits, obey_robots=True) as client:
        for path in ("/a", "/b", "/private/a", "/private/b"):
            try:
                client.get(NEWS + path)
            except FetchError as error:
                refused.append(path)
                assert error.trouble.url == NEWS + path
    assert (
        refused
        == {ALL: [], NONE: ["/a", "/b", "/private/a", "/private/b"], PRIVATE: ["/private/a", "/private/b"]}[
            allowed
        ]
    )
    asked = [asked.path for asked in site.asked]
    assert not set(refused) & set(asked)
    assert asked.count("/robots.txt") <= QUICK.attempts


def test_unknown_rules_are_no_reason_to_give_a_page_up(site: Site) -> None:
    for page in (Page(status=500), Page(gzip_bomb(), headers={"Content-Encoding": "gzip"})):
        site.pages["/robots.txt"] = page
        with client_of(Internet(site), obey_robots=True) as client, pytest.raises(FetchError) as caught:
            client.get(f"{NEWS}/a")
        assert caught.value.trouble.code == "robots_unknown"
        assert not caught.value.permanent


def test_the_rules_are_asked_once_for_many_threads(site: Site) -> None:
    site.pages["/robots.txt"] = rules("User-agent: *\nDisallow: /private/")
    with client_of(Internet(site), obey_robots=True) as client:
        threads = [threading.Thread(target=client.get, args=(f"{NEWS}/a",)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
    assert len(site.asked) == 9


def test_a_redirect_to_another_server_obeys_its_rules(site: Site) -> None:
    internet = Internet(site)
    internet.names["other.example"] = [[PUBLIC]]
    site.pages["/go"] = Page(status=302, headers={"Location": "http://other.example/private/a"})
    site.pages["/robots.txt"] = rules("User-agent: *\nDisallow: /private/")
    with client_of(internet, obey_robots=True) as client, pytest.raises(FetchError) as caught:
        client.get(f"{NEWS}/go")
    assert caught.value.trouble.code == "robots_refused"
    assert [(asked.headers["host"], asked.path) for asked in site.asked] == [
        ("news.example", "/robots.txt"),
        ("news.example", "/go"),
        ("other.example", "/robots.txt"),
    ]


def test_a_dead_host_costs_one_round_of_attempts_and_not_one_a_page(site: Site) -> None:
    internet = Internet(site)
    site.stop()
    with client_of(internet, obey_robots=True) as client:
        for _ in range(5):
            with pytest.raises(FetchError) as caught:
                client.get(f"{NEWS}/a")
            assert caught.value.trouble.code == "connection_failed"
    assert len(internet.dialled) == QUICK.attempts


def test_the_crawl_delay_is_kept_up_to_a_bound(site: Site) -> None:
    site.pages["/robots.txt"] = rules("User-agent: *\nCrawl-delay: 0.3")
    times, begun = [], time.monotonic()
    site.pages["/a"] = lambda request: (times.append(time.monotonic()), request.send_error(404))
    with client_of(Internet(site), obey_robots=True) as client:
        for _ in range(3):
            with pytest.raises(FetchError):
                client.get(f"{NEWS}/a")
    assert times[-1] - begun >= 0.6

    site.pages["/robots.txt"] = rules("User-agent: *\nCrawl-delay: 86400")
    begun = time.monotonic()
    impatient = replace(QUICK, longest_wait_s=0.2)
    with client_of(Internet(site), impatient, obey_robots=True) as client:
        client.get(f"{NEWS}/b")
        client.get(f"{NEWS}/b")
    assert time.monotonic() - begun >= 0.2


def test_rules_for_thousands_of_robots_are_not_multiplied() -> None:
    names = "".join(f"User-agent: robot-{number}\n" for number in range(1_500))
    text = (names + "".join(f"Disallow: /{number}\n" for number in range(3_000)))[:512_000]
    robots = Robots(lambda url, stop: text.encode(), 30.0)
    tracemalloc.start()
    assert robots.check(httpx.URL("http://news.example/a")) == 0.0
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 15_000_000  # multiplied: 4.5 million rules


def test_a_pattern_full_of_wildcards_comes_to_an_end() -> None:
    """Matched the plain way it would take longer than the universe is old."""
    text = "User-agent: *\nDisallow: /" + "*a" * 500 + "*b$\n"
    robots = Robots(lambda url, stop: text.encode(), 30.0)
    assert robots.check(httpx.URL("http://news.example/" + "a" * 1900)) == 0.0


@given(st.binary(max_size=400))
def test_any_bytes_are_rules_or_none(data: bytes) -> None:
    robots = Robots(lambda url, stop: b"User-agent: *\nDisallow: /x\n" + data, 30.0)
    try:
        assert 0 <= robots.check(httpx.URL("http://news.example/a")) <= 30
    except FetchError as error:
        assert error.trouble.code == "robots_refused"
