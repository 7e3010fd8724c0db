"""Over TLS the name is what is asked for and verified, whatever address was connected to."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from etl.acquire.client import Client, FetchError, Limits
from tests.etl.acquire.fetching import QUICK, client_of
from tests.servers.internet import PUBLIC, Internet
from tests.servers.loopback import Page, Site, serving
from tests.servers.proxy import tunnels_to

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for news.example and its key, made for this run."""
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "news.pem", folder / "key.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    command = ["openssl", "req", "-x509", *kind, *name, "-keyout", key, "-out", made]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


class Secure:
    def __init__(self, certificate: tuple[Path, Path]) -> None:
        made, key = certificate
        self.names: list[str | None] = []
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server.load_cert_chain(made, key)
        self.server.sni_callback = lambda _sock, name, _context: self.names.append(name)
        self.client = ssl.create_default_context(cafile=str(made))


@pytest.fixture
def secure(certificate: tuple[Path, Path]) -> Secure:
    return Secure(certificate)


@pytest.fixture
def site(secure: Secure) -> Iterator[Site]:
    with serving(tls=secure.server) as site:
        site.pages["/"] = Page(b"news")
        yield site


def test_the_name_is_sent_and_verified(site: Site, secure: Secure) -> None:
    internet = Internet(site)
    with client_of(internet, tls=secure.client) as client:
        assert client.get("https://news.example./").body == b"news"
    assert secure.names == ["news.example"]
    assert site.asked[0].headers["host"] == "news.example"
    assert internet.dialled == [PUBLIC]


def test_a_server_that_can_t_prove_its_name_is_not_read(site: Site, secure: Secure) -> None:
    internet = Internet(site)
    internet.names["other.example"] = [[PUBLIC]]
    with client_of(internet, tls=secure.client) as client, pytest.raises(FetchError) as caught:
        client.get("https://other.example/")
    assert caught.value.trouble.code == "tls_failed"
    assert site.asked == []
    assert len(internet.dialled) == 1  # not a passing trouble


def test_a_certificate_of_an_unknown_authority_is_refused_by_default(site: Site) -> None:
    with client_of(Internet(site), tls=None) as client, pytest.raises(FetchError) as caught:
        client.get("https://news.example/")
    assert caught.value.trouble.code == "tls_failed"


def test_a_server_without_tls_is_told(secure: Secure) -> None:
    with serving() as plain, client_of(Internet(plain), tls=secure.client) as client:
        with pytest.raises(FetchError) as caught:
            client.get("https://news.example/")
        assert caught.value.trouble.code == "tls_failed"


def test_a_redirect_from_https_to_http_is_not_followed(site: Site, secure: Secure) -> None:
    site.pages["/go"] = Page(status=301, headers={"Location": "http://news.example/"})
    with client_of(Internet(site), tls=secure.client) as client, pytest.raises(FetchError) as caught:
        client.get("https://news.example/go")
    assert caught.value.trouble.code == "redirect_to_plain"
    assert [asked.path for asked in site.asked] == ["/go"]


def test_a_slow_server_is_waited_for_over_tls_too(site: Site, secure: Secure) -> None:
    def slow(request: BaseHTTPRequestHandler) -> None:
        for part in (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/",
            b"html\r\nContent-Length: 8\r\n\r\nne",
            b"ws late",
        ):
            time.sleep(0.4)  # longer than a read looks away from its `stop`
            request.wfile.write(part)

    site.pages["/slow"] = slow
    with client_of(Internet(site), Limits(attempts=1), tls=secure.client) as client:
        assert client.get("https://news.example/slow").body == b"news lat"


def test_a_proxy_carries_tls_without_looking_in(site: Site, secure: Secure) -> None:
    with (
        tunnels_to(site.port) as (proxy, asked),
        Client(QUICK, proxy=proxy, obey_robots=False, tls=secure.client) as client,
    ):
        assert client.get("https://news.example/").body == b"news"
        with pytest.raises(FetchError) as caught:
            client.get("https://other.example/")
    assert asked == ["CONNECT news.example:443 HTTP/1.1", "CONNECT other.example:443 HTTP/1.1"]
    assert secure.names == ["news.example", "other.example"]
    assert caught.value.trouble.code == "tls_failed"


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "127.0.0.1:3128", "http://[::1", "http://"])
def test_a_proxy_that_can_t_be_used_is_told_at_once(proxy: str) -> None:
    with pytest.raises(ValueError, match="proxy"):
        Client(proxy=proxy)
