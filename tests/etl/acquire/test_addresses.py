"""The address that is checked is the one that is connected to."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import httpcore
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.acquire.addresses import is_public, literal, page_url
from etl.acquire.client import Client, FetchError
from etl.acquire.transport import by_tcp
from tests.etl.acquire.fetching import NO_AUTHORITIES, QUICK, client_of
from tests.servers.internet import PUBLIC, PUBLIC_6, Internet
from tests.servers.loopback import Page, Site, serving

SPECIAL = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "168.63.129.16/32",
    "::/8",
    "::ffff:0:0/96",
    "100::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "64:ff9b:1::/48",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
)
"""IANA's special-purpose blocks (both registries), multicast, and a cloud's own address in public space."""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.pages["/"] = Page(b"news", headers={"Connection": "close"})
        yield site


@given(st.data())
def test_no_address_of_a_special_block_is_public(data: st.DataObject) -> None:
    block = ipaddress.ip_network(data.draw(st.sampled_from(SPECIAL)))
    address = data.draw(st.ip_addresses(network=block))
    assert address in ipaddress.ip_network("64:ff9b::/96") or not is_public(str(address))
    if address.version == 4:
        assert not is_public(f"64:ff9b::{address}")
        assert not is_public(f"::ffff:{address}")


@pytest.mark.parametrize(
    "address", [PUBLIC, PUBLIC_6, "1.1.1.1", "100.63.255.255", "172.32.0.1", f"64:ff9b::{PUBLIC}"]
)
def test_hosts_on_the_internet_are_public(address: str) -> None:
    assert is_public(address)


def test_a_scope_makes_an_address_local() -> None:
    assert not is_public(f"{PUBLIC_6}%eth0")


@given(st.text(max_size=60).map(lambda text: f"http://{text}"))
@example("http://" + "a" * 300 + "/")
@example("http://[::1%25eth0]/")
@example("http://\x00/")
@example("http://xn--/")
@example("http://a:b:c/")
@example("")
def test_any_text_is_an_address_or_a_trouble(text: str) -> None:
    try:
        url = page_url(text)
    except FetchError as error:
        assert error.permanent
        return
    spelled = literal(url.host)
    assert url.scheme in ("http", "https")
    assert not spelled or is_public(spelled)


@pytest.mark.parametrize(
    "text", ["http:///a", "//news.example/", "news.example", "HTTP:/a", "mailto:a@b.example"]
)
def test_what_names_no_server_can_t_be_asked(text: str) -> None:
    with pytest.raises(FetchError, match="can't be asked"):
        page_url(text)


def test_a_long_address_is_refused_and_its_trouble_is_short(site: Site) -> None:
    internet = Internet(site)
    with client_of(internet) as client, pytest.raises(FetchError) as caught:
        client.get("http://news.example/" + "a" * 100_000)
    assert caught.value.trouble.code == "url_too_long"
    assert len(caught.value.trouble.url) <= 2000
    assert internet.dialled == []


def test_a_rebinding_name_is_never_connected_to_at_its_second_address(site: Site) -> None:
    internet = Internet(site)
    internet.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
    with client_of(internet) as client:
        assert client.get("http://news.example/").body == b"news"
        with pytest.raises(FetchError) as caught:
            client.get("http://news.example/")
    assert caught.value.trouble.code == "address_not_public"
    assert "127.0.0.1" in caught.value.trouble.message
    assert internet.looked_up == ["news.example"] * 2  # once a connection: nothing between check and use
    assert internet.dialled == [PUBLIC]
    assert len(site.asked) == 1


def test_a_name_that_rebinds_during_a_redirect_is_not_followed(site: Site) -> None:
    internet = Internet(site)
    internet.names["news.example"] = [[PUBLIC], ["169.254.169.254"]]
    site.pages["/go"] = Page(status=302, headers={"Location": "/latest", "Connection": "close"})
    with client_of(internet) as client, pytest.raises(FetchError) as caught:
        client.get("http://news.example/go")
    assert caught.value.trouble.code == "address_not_public"
    assert internet.dialled == [PUBLIC]


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.8"],
        [PUBLIC, "127.0.0.1"],
        ["::1", PUBLIC],
        ["::ffff:10.0.0.1"],
        ["fe80::1%eth0"],
        ["64:ff9b::a00:1"],
    ],
)
def test_one_private_address_among_those_of_a_name_refuses_it(site: Site, addresses: list[str]) -> None:
    internet = Internet(site)
    internet.names["rebind.example"] = [addresses]
    site.pages["/go"] = Page(status=302, headers={"Location": "http://rebind.example/"})
    with client_of(internet) as client:
        for url in ("http://rebind.example/", "http://news.example/go"):
            with pytest.raises(FetchError) as caught:
                client.get(url)
            assert (caught.value.trouble.code, caught.value.trouble.url) == ("address_not_public", url)
    assert "rebind.example" in internet.looked_up
    assert set(internet.dialled) == {PUBLIC}


def test_the_second_address_is_tried_where_the_first_does_not_answer(site: Site) -> None:
    internet = Internet(site)
    internet.names["news.example"] = [["8.8.4.4", PUBLIC_6]]

    def dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        if address != "8.8.4.4":
            return internet.dial(address, port, seconds)
        return by_tcp("127.0.0.1", 1, seconds)  # nobody listens there

    with client_of(internet, dial=dial) as client:
        assert client.get("http://news.example/").body == b"news"
    assert internet.dialled == [PUBLIC_6]


def test_a_resolver_that_hangs_is_left_behind(site: Site) -> None:
    let_go = threading.Event()

    def hangs(host: str, port: int) -> Sequence[str]:
        let_go.wait()
        return [PUBLIC]

    limits = replace(QUICK, connect_s=0.3, attempts=1)
    try:
        with (
            client_of(Internet(site), limits, resolve=hangs) as client,
            pytest.raises(FetchError) as caught,
        ):
            client.get("http://news.example/")
    finally:
        let_go.set()
    assert caught.value.trouble.code == "name_lookup_failed"


def test_the_usual_client_refuses_loopback_and_connects_to_nothing(site: Site) -> None:
    with Client(delay_s=0) as client:
        for url in (site.url, f"http://localhost:{site.port}/", f"http://2130706433:{site.port}/"):
            with pytest.raises(FetchError) as caught:
                client.get(url)
            assert caught.value.trouble.code == "address_not_public"
    assert site.asked == []


def test_private_addresses_are_asked_where_a_test_allows_them(site: Site) -> None:
    with Client(QUICK, allow_private=True, obey_robots=False, tls=NO_AUTHORITIES) as client:
        assert client.get(site.url).body == b"news"
        assert client.get(f"http://localhost:{site.port}/").body == b"news"
