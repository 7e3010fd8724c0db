"""Turns at a host: apart in time, few at once, first come first served; hosts don't wait for each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from etl.acquire.client import FetchError
from etl.acquire.politeness import Politeness
from tests.etl.acquire.fetching import client_of
from tests.servers.internet import PUBLIC, Internet
from tests.servers.loopback import Page, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


class Busy:
    """A page that takes its time and notes when it was asked and by how many at once.

    `meeting`: it answers only once so many have come together.
    """

    def __init__(self, seconds: float, meeting: int = 1) -> None:
        self.seconds = seconds
        self.times: list[float] = []
        self.most = self._now = 0
        self._lock = threading.Lock()
        self._meeting = threading.Barrier(meeting)

    def __call__(self, request: object) -> None:
        with self._lock:
            self.times.append(time.monotonic())
            self._now += 1
            self.most = max(self.most, self._now)
        self._meeting.wait(50)
        time.sleep(self.seconds)
        with self._lock:
            self._now -= 1
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nnews")


def together(calls: list[Callable[[], object]]) -> None:
    """Make the calls, each in a thread of its own."""
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_requests_to_a_host_lie_apart(site: Site) -> None:
    site.pages["/a"] = page = Busy(0)
    begun = time.monotonic()
    with client_of(Internet(site), delay_s=0.15) as client:
        together([lambda: client.get("http://news.example/a")] * 6)
    assert len(page.times) == 6
    assert all(at - begun >= 0.15 * number for number, at in enumerate(sorted(page.times)))


@pytest.mark.parametrize("per_host", [1, 3])
def test_only_so_many_run_at_once(site: Site, per_host: int) -> None:
    site.pages["/a"] = page = Busy(0.05, meeting=per_host)
    with client_of(Internet(site), per_host=per_host) as client:
        together([lambda: client.get("http://news.example/a")] * 9)
    assert page.most == per_host
    assert len(page.times) == 9


def test_hosts_do_not_wait_for_each_other(site: Site) -> None:
    internet = Internet(site)
    hosts = [f"host-{number}.example" for number in range(8)]
    internet.names |= {host: [[PUBLIC]] for host in hosts}
    site.pages["/a"] = page = Busy(0, meeting=8)
    with client_of(internet, delay_s=10, per_host=1) as client:
        together([lambda host=host: client.get(f"http://{host}/a") for host in hosts])
    assert page.most == 8


def test_first_come_first_served() -> None:
    politeness = Politeness(0.02, 1, 30)
    served: list[int] = []

    def take(number: int) -> None:
        with politeness.turn("news.example"):
            served.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(12)]
    with politeness.turn("news.example"):
        for came, thread in enumerate(threads, 1):
            thread.start()
            while len(politeness._host("news.example").waiting) < came:  # so that they come in this order
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert served == list(range(12))


def test_a_turn_is_given_back_after_an_error() -> None:
    politeness = Politeness(0, 1, 30)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), politeness.turn("news.example"):
            raise ZeroDivisionError


def test_one_who_stops_waiting_does_not_hold_up_the_others() -> None:
    politeness = Politeness(0, 1, 30)
    stop = threading.Event()
    said: list[str] = []

    def impatient() -> None:
        try:
            with politeness.turn("news.example", stop):
                said.append("served")
        except FetchError as error:
            said.append(error.trouble.code)

    with politeness.turn("news.example"):
        thread = threading.Thread(target=impatient)
        thread.start()
        time.sleep(0.05)
        stop.set()
        thread.join(60)
    assert said == ["stopped"]
    with politeness.turn("news.example"):
        said.append("next")
    assert said[-1] == "next"


def test_a_host_that_asked_for_it_is_left_alone_for_a_while() -> None:
    politeness = Politeness(0, 2, longest_wait_s=1)
    begun = time.monotonic()
    politeness.close("news.example", 0.3)
    with politeness.turn("news.example"):
        assert time.monotonic() - begun >= 0.3
    politeness.close("news.example", 600)
    with pytest.raises(FetchError) as caught, politeness.turn("news.example"):
        pass
    assert 300 < (caught.value.retry_after or 0) <= 600
    with politeness.turn("other.example"):
        pass


@pytest.mark.parametrize("jump", [-86_400.0, 86_400.0 * 400])
def test_a_jump_of_the_clock_changes_no_wait(
    site: Site, jump: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    jumps = iter(range(1, 10_000))
    monkeypatch.setattr(time, "time", lambda: real() + jump * next(jumps))
    site.pages["/a"] = page = Busy(0)
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private/")
    begun = time.monotonic()
    with client_of(Internet(site), delay_s=0.1, obey_robots=True) as client:
        for _ in range(4):
            client.get("http://news.example/a")
    assert all(at - begun >= 0.1 * number for number, at in enumerate(page.times))
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
