"""The heartbeat, against a real server on loopback."""

import logging
import threading
from http.server import BaseHTTPRequestHandler

import pytest

from etl.heartbeat import heartbeat_to
from tests.servers.loopback import Page, serving

SECRET = "/ping/5f3c-secret"


@pytest.mark.parametrize(
    ("good", "suffix", "asked"),
    [
        (True, "", SECRET),
        (False, "", f"{SECRET}/fail"),
        (True, "/", f"{SECRET}/"),
        (False, "/", f"{SECRET}/fail"),
        (True, "?create=1", f"{SECRET}?create=1"),
        (False, "?create=1", f"{SECRET}/fail?create=1"),
    ],
)
def test_a_good_run_asks_the_address_a_bad_one_its_fail(good: bool, suffix: str, asked: str) -> None:
    with serving() as site:
        site.pages[SECRET] = site.pages[f"{SECRET}/"] = site.pages[f"{SECRET}/fail"] = Page(b"OK")
        heartbeat_to(site.url + SECRET + suffix, allow_private=True)(good, "the run ended")
        assert [request.path for request in site.asked] == [asked]


@pytest.mark.parametrize("status", [200, 201, 204])
@pytest.mark.parametrize("kind", ["text/plain", "application/json", "image/gif"])
def test_any_good_answer_will_do(status: int, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with serving() as site:
        site.pages[SECRET] = Page(b"", status, {"Content-Type": kind})
        heartbeat_to(site.url + SECRET, allow_private=True)(True, "the run ended")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("status", [404, 500])
def test_a_failure_is_said_and_the_secret_is_not(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="etl")
    with serving() as site:
        site.pages[SECRET] = Page(b"no", status)
        heartbeat_to(f"{site.url}{SECRET}?key=hidden", allow_private=True)(True, "the run ended")
    assert "the heartbeat to 127.0.0.1 failed" in caplog.text
    assert "secret" not in caplog.text
    assert "hidden" not in caplog.text


def test_nobody_there_is_said(caplog: pytest.LogCaptureFixture) -> None:
    with serving() as site:
        url = site.url
    heartbeat_to(url + SECRET, allow_private=True)(True, "the run ended")
    assert "the heartbeat to 127.0.0.1 failed" in caplog.text


def test_private_addresses_are_asked_only_where_allowed(caplog: pytest.LogCaptureFixture) -> None:
    with serving() as site:
        site.pages[SECRET] = Page(b"OK")
        heartbeat_to(site.url + SECRET)(True, "the run ended")
        assert site.asked == []
    assert "not on the public internet" in caplog.text
    assert "--heartbeat-private" in caplog.text


def test_a_contact_that_no_header_can_carry_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("CAPTAGON_CONTACT", "a\nb")
    heartbeat_to("https://watch.example" + SECRET)(True, "the run ended")
    assert "the heartbeat to watch.example failed: ValueError" in caplog.text


def test_a_server_that_hangs_does_not_hold_up_the_end() -> None:
    """The end comes while a beat waits for its answer: it is not waited for, nor asked for again."""
    stop, let_go = threading.Event(), threading.Event()

    def hangs(_: BaseHTTPRequestHandler) -> None:
        stop.set()
        let_go.wait()

    with serving() as site:
        site.pages[SECRET] = hangs
        try:
            heartbeat_to(site.url + SECRET, stop=stop, allow_private=True)(True, "the run ended")
        finally:
            let_go.set()
        assert len(site.asked) == 1


@pytest.mark.parametrize(
    "url", ["watch.example/1", "ftp://watch.example/1", "https://", "file:///etc/passwd", "::"]
)
def test_what_is_no_web_address_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="heartbeat"):
        heartbeat_to(url)
