"""What the client does with servers that behave: conditional requests, retries, types, proxies, TLS."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest

from etl.acquire.client import FEEDS, JSON, PAGES, TABLES, Client, FetchError, default_user_agent
from tests.etl.acquire.fetching import NO_AUTHORITIES, QUICK, client_of
from tests.servers.internet import Internet
from tests.servers.loopback import Page, Site, serving
from tests.servers.misbehaving import Failing, packed, silent

NEWS = "http://news.example"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def test_an_answer_has_the_bytes_and_the_headers_of_interest_and_no_cookie_comes_back(site: Site) -> None:
    headers = {
        "ETag": '"v1"',
        "Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT",
        "Set-Cookie": "id=1",
        "X-A": "b",
    }
    site.pages["/a"] = Page("خبر".encode(), headers=headers)
    when = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)
    with client_of(Internet(site), now=lambda: when) as client:
        answer = client.get(f"{NEWS}/a")
        client.get(f"{NEWS}/a")
    assert (answer.status, answer.body, answer.fetched_at) == (200, "خبر".encode(), when)
    assert answer.content_type == "text/html"
    assert set(answer.headers) == {"content-type", "etag", "last-modified", "date"}
    assert [asked.headers.get("cookie") for asked in site.asked] == [None, None]
    assert site.asked[0].headers["host"] == "news.example"


def test_an_unchanged_page_answers_304_without_a_body(site: Site) -> None:
    site.pages["/a"] = Page(status=304, headers={"ETag": '"v1"'})
    with client_of(Internet(site)) as client:
        answer = client.get(f"{NEWS}/a", etag='"v1"', last_modified="Sat, 21 Nov 2026 10:00:00 GMT")
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", '"v1"')
    assert site.asked[0].headers["if-none-match"] == '"v1"'
    assert site.asked[0].headers["if-modified-since"] == "Sat, 21 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize("tag", ['"ü"', '"a\r\nX: y"', '"' + "x" * 600 + '"'])
def test_a_tag_that_no_header_can_carry_is_not_sent(site: Site, tag: str) -> None:
    site.pages["/a"] = Page(b"news")
    with client_of(Internet(site)) as client:
        assert client.get(f"{NEWS}/a", etag=tag).body == b"news"
    assert "if-none-match" not in site.asked[0].headers


@pytest.mark.parametrize(
    ("contact", "sent"),
    [("", "contact: see CAPTAGON_CONTACT"), ("https://desk.example/bot", "https://desk.example/bot")],
)
def test_the_user_agent_is_honest(
    site: Site, contact: str, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAPTAGON_CONTACT", contact)
    with client_of(Internet(site)) as client, pytest.raises(FetchError):
        client.get(f"{NEWS}/a")
    name, _, rest = site.asked[0].headers["user-agent"].partition(" ")
    assert name.startswith("captagon-tracker/")
    assert rest == f"(+{sent})"


def test_a_contact_that_would_add_headers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPTAGON_CONTACT", "a\r\nX-Evil: 1")
    with pytest.raises(ValueError, match="CAPTAGON_CONTACT"):
        default_user_agent()


_BODY = b"<html>" + b"words " * 40_000


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", _BODY),
        ("identity", _BODY),
        ("gzip", packed(_BODY)),
        ("X-GZIP", packed(_BODY)),
        ("gzip", packed(_BODY[:1000]) + packed(_BODY[1000:])),
        ("gzip", packed(_BODY) + b"trailing"),
        ("deflate", packed(_BODY, 15)),
        ("deflate", packed(_BODY, -15)),
        ("br", brotli.compress(_BODY)),
        ("gzip, gzip", packed(packed(_BODY))),
        ("gzip, br", brotli.compress(packed(_BODY))),
    ],
)
def test_compressed_bodies_are_read(site: Site, encoding: str, body: bytes) -> None:
    site.pages["/a"] = Page(body, headers={"Content-Encoding": encoding} if encoding else {})
    with client_of(Internet(site)) as client:
        assert client.get(f"{NEWS}/a").body == _BODY


@pytest.mark.parametrize(
    ("told", "body", "accept", "found"),
    [
        ("text/html; charset=windows-1256", b"<p>", PAGES, "text/html"),
        ("APPLICATION/XHTML+XML", b"<html>", PAGES, "application/xhtml+xml"),
        ("application/octet-stream", b"\n<!DOCTYPE html><p>", PAGES, "text/html"),
        ("application/octet-stream", b"%PDF-1.7", PAGES, "application/pdf"),
        ("application/octet-stream", b"\xef\xbb\xbf<?xml version='1.0'?><rss>", FEEDS, "application/xml"),
        ("application/octet-stream", b"a;b\n1;2", TABLES, "application/octet-stream"),
        ("application/json", b"{}", JSON, "application/json"),
        ("application/rss+xml", b"<rss>", PAGES, ""),
        ("application/octet-stream", b"plain words", PAGES, ""),
        ("video/mp4", b"", PAGES | FEEDS | JSON | TABLES, ""),
        ("video/mp4", b"", frozenset(), "video/mp4"),
    ],
)
def test_only_the_accepted_types_are_read(
    site: Site, told: str, body: bytes, accept: frozenset[str], found: str
) -> None:
    site.pages["/a"] = Page(body, headers={"Content-Type": told})
    with client_of(Internet(site)) as client:
        if found:
            assert client.get(f"{NEWS}/a", accept=accept).content_type == found
        else:
            with pytest.raises(FetchError, match="which is not what is read here"):
                client.get(f"{NEWS}/a", accept=accept)


def test_a_page_without_a_type_is_looked_at(site: Site) -> None:
    site.pages["/a"] = lambda request: request.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"
    )
    with client_of(Internet(site)) as client:
        assert client.get(f"{NEWS}/a").content_type == "text/html"


def test_an_arabic_redirect_in_raw_utf_8_is_followed(site: Site) -> None:
    site.pages["/a"] = Page(status=301, headers={"Location": "/خبر?x=1".encode().decode("latin-1")})
    site.pages["/%D8%AE%D8%A8%D8%B1"] = Page(b"arrived")
    with client_of(Internet(site)) as client:
        assert client.get(f"{NEWS}/a").final_url == f"{NEWS}/%D8%AE%D8%A8%D8%B1?x=1"


def test_an_international_name_is_asked_in_its_ascii_form(site: Site) -> None:
    internet = Internet(site)
    internet.names["xn--4gbrim.example"] = internet.names["news.example"]
    site.pages["/"] = Page(b"arrived")
    with client_of(internet) as client:
        assert client.get("http://موقع.example./").final_url == "http://xn--4gbrim.example/"
        assert client.get("http://NEWS.example./").final_url == "http://news.example/"
    assert [asked.headers["host"] for asked in site.asked] == ["xn--4gbrim.example", "news.example"]


# -- asking again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_passing_trouble_is_asked_again(site: Site, status: int) -> None:
    site.pages["/a"] = Failing(Page(status=status), Page(status=status), Page(b"at last"))
    with client_of(Internet(site)) as client:
        assert client.get(f"{NEWS}/a").body == b"at last"
    assert len(site.asked) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "1"},
        {"Retry-After": "Sun, 22 Nov 2026 03:15:01 GMT", "Date": "Sun, 22 Nov 2026 03:15:00 GMT"},
    ],
)
def test_a_short_retry_after_is_waited_for(site: Site, headers: dict[str, str]) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    times = []

    def busy(request: object) -> None:
        times.append(time.monotonic())
        head = b"503 Busy" if len(times) == 1 else b"200 OK"
        request.wfile.write(b"HTTP/1.1 " + head + f"\r\n{lines}Content-Length: 6\r\n\r\n<html>".encode())

    site.pages["/a"] = busy
    with client_of(Internet(site)) as client:
        client.get(f"{NEWS}/a")
    assert len(times) == 2
    assert times[1] - times[0] >= 1


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("3600", 3600, 3600),
        ("9" * 400, 7 * 86_400, 7 * 86_400),
        ("in two hours", 6600, 7201),
        ("Sun, 22 Nov 9999 00:00:00 GMT", 7 * 86_400, 7 * 86_400),
    ],
)
def test_a_long_retry_after_is_left_to_the_caller_and_the_host_alone(
    site: Site, text: str, least: float, most: float
) -> None:
    if text == "in two hours":
        text = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    site.pages["/a"] = Page(status=429, headers={"Retry-After": text})
    with client_of(Internet(site)) as client:
        with pytest.raises(FetchError) as caught:
            client.get(f"{NEWS}/a")
        assert least <= (caught.value.retry_after or 0) <= most
        with pytest.raises(FetchError, match="asked to be left alone") as again:
            client.get(f"{NEWS}/b")
    assert not caught.value.permanent
    assert again.value.retry_after == pytest.approx(caught.value.retry_after, abs=600)
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "text", ["soon", "-5", "Sun, 99 Nov 2026", "1e9", "", "Sat, 21 Nov 2020 00:00:00 GMT"]
)
def test_a_retry_after_that_says_nothing_is_not_waited_for(site: Site, text: str) -> None:
    site.pages["/a"] = Failing(Page(status=503, headers={"Retry-After": text}), Page(b"at last"))
    with client_of(Internet(site)) as client:
        assert client.get(f"{NEWS}/a").body == b"at last"


@pytest.mark.parametrize(
    "page", [silent, Page(status=503, headers={"Retry-After": "3600"})], ids=["reading", "waiting"]
)
def test_stop_ends_reading_and_waiting(site: Site, page: Page) -> None:
    site.pages["/a"] = page
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    patient = replace(QUICK, read_s=3600, total_s=3600, longest_wait_s=3600)
    with client_of(Internet(site), patient) as client, pytest.raises(FetchError) as caught:
        client.get(f"{NEWS}/a", stop=stop)
    assert caught.value.trouble.code == "stopped"
    assert len(site.asked) <= 1


def test_a_server_that_is_down_is_tried_thrice(site: Site) -> None:
    internet = Internet(site)
    site.stop()
    with client_of(internet) as client, pytest.raises(FetchError) as caught:
        client.get(f"{NEWS}/a")
    assert caught.value.trouble.code == "connection_failed"
    assert len(internet.dialled) == 3


# -- proxies ------------------------------------------------------------------------------------------------


def test_the_proxies_of_the_environment_are_ignored(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/a"] = Page(b"straight")
    with serving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        with client_of(Internet(site)) as client:
            assert client.get(f"{NEWS}/a").body == b"straight"
        assert proxy.asked == []


def test_a_proxy_that_is_given_resolves_and_connects_but_private_addresses_stay_out(site: Site) -> None:
    site.pages["http://nowhere.example/a"] = Page(b"by proxy")
    site.pages["http://nowhere.example/b"] = Page(
        status=302, headers={"Location": "http://2852039166/latest/"}
    )
    with Client(QUICK, proxy=site.url, obey_robots=False, delay_s=0, tls=NO_AUTHORITIES) as client:
        assert client.get("http://nowhere.example/a").body == b"by proxy"
        for url in ("http://nowhere.example/b", "http://127.1/", "http://localhost/"):
            with pytest.raises(FetchError) as caught:
                client.get(url)
            assert caught.value.trouble.code == "address_not_public"
    assert [asked.path for asked in site.asked] == ["http://nowhere.example/a", "http://nowhere.example/b"]
