"""Every way in which a server misbehaves ends with a trouble in words, before the server ends it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from etl.acquire.client import FetchError
from tests.etl.acquire.fetching import QUICK, client_of
from tests.servers.internet import PUBLIC, Internet
from tests.servers.loopback import Site, serving
from tests.servers.misbehaving import EXTRA_PAGES, PRIVATE, Case, cases, path_of

CASES = list(cases())


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages = {path_of(case): case.page for case in CASES} | EXTRA_PAGES
        assert len(site.pages) == len(CASES) + len(EXTRA_PAGES), "two cases share an address"
        yield site


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_server_that_misbehaves_is_left_with_a_trouble_in_words(site: Site, case: Case) -> None:
    internet = Internet(site)
    url = f"http://news.example{path_of(case)}"
    limits = replace(QUICK, **case.limits)
    with client_of(internet, limits) as client, pytest.raises(FetchError) as caught:
        client.get(url)
    error = caught.value
    assert (error.trouble.code, error.trouble.url, error.status) == (case.code, url, case.status)
    assert case.words in error.trouble.message
    assert len(error.trouble.message) < 300
    assert "{" not in error.trouble.message
    assert not getattr(case.page, "ended", False), "the client left first"
    while sum(asked.path == path_of(case) for asked in site.asked) < case.asked:
        time.sleep(0.01)
    assert sum(asked.path == path_of(case) for asked in site.asked) == case.asked
    assert set(internet.dialled) == {PUBLIC}


@pytest.mark.parametrize("url", PRIVATE)
def test_a_listing_may_not_name_a_private_address_either(site: Site, url: str) -> None:
    internet = Internet(site)
    with client_of(internet) as client, pytest.raises(FetchError) as caught:
        client.get(f"http:{url}" if url.startswith("//") else url)
    assert caught.value.permanent
    assert internet.dialled == []


def test_five_redirects_are_followed(site: Site) -> None:
    with client_of(Internet(site)) as client:
        answer = client.get("http://news.example/five-0#part")
    assert (answer.url, answer.final_url) == ("http://news.example/five-0#part", "http://news.example/five-5")
    assert answer.body == b"arrived"


def test_the_time_allowed_is_that_of_all_redirects_together(site: Site) -> None:
    site.pages["/late"] = late = Late()
    limits = replace(QUICK, total_s=1.5)
    with client_of(Internet(site), limits) as client, pytest.raises(FetchError) as caught:
        client.get("http://news.example/late")
    assert caught.value.trouble.code == "too_slow"
    assert "1.5 seconds" in caught.value.trouble.message
    assert late.asked <= 5, "of the six that five redirects allow"


class Late:
    """Redirects to itself under ever other names, each time after a third of a second."""

    asked = 0

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.35)
        self.asked += 1
        request.wfile.write(
            f"HTTP/1.1 302 Found\r\nLocation: /late?{self.asked}\r\nContent-Length: 0\r\n\r\n".encode()
        )
