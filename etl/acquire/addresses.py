"""Which addresses may be asked: pages on the public internet, and nothing behind it.

A page, a feed or a redirect may name any address: the cloud's metadata service, a router, a database on this
machine. So every address that a name leads to is checked, after the lookup, and the address that was checked
is the one that is connected to (`etl.acquire.transport`): a second lookup could give another.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from queue import Empty, SimpleQueue

import httpx

from etl.acquire.failures import LONGEST_URL, failure

Resolve = Callable[[str, int], Sequence[str]]
"""(host, port) -> its addresses. Raises OSError."""

# IANA special-purpose address registries, beyond what `is_global` of every supported Python knows.
_NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "100.64.0.0/10",  # shared by carriers; Alibaba's metadata service lies there
            "168.63.129.16/32",  # Azure's metadata and DNS service, in public space
            "192.0.0.0/24",  # protocol assignments; Oracle's metadata service
            "192.88.99.0/24",  # 6to4 relays
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
_UNICAST_6 = IPv6Network("2000::/3")  # all that was ever given out: mapped, local and multicast lie outside
_NOT_PUBLIC_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo among them: it carries any IPv4 address
            "2001:db8::/32",
            "2002::/16",  # 6to4: carries any IPv4 address
            "3fff::/20",
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # how networks without IPv4 reach it: the last 32 bits are what counts
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "home.arpa", "onion")
_NUMBERS = re.compile(r"[0-9a-fx.]+")
_LOWEST_FREE_PORT = 1024  # below it, other services than the web's own would be spoken to


def is_public(address: str) -> bool:
    """Whether an IP address is a host on the public internet. ValueError: it is no IP address."""
    found = ipaddress.ip_address(address)
    if isinstance(found, IPv6Address):
        if found.scope_id is not None:
            return False
        if found not in _NAT64:
            return found in _UNICAST_6 and not any(found in network for network in _NOT_PUBLIC_6)
        found = IPv4Address(int(found) & 0xFFFFFFFF)
    return found.is_global and not any(found in network for network in _NOT_PUBLIC_4)


def literal(host: str) -> str:
    """The IP address that a host spells, also as 2130706433, 0x7f.1 or 0177.0.0.1; "" for a name."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not _NUMBERS.fullmatch(host):
        return ""
    try:
        return str(IPv4Address(socket.inet_aton(host)))
    except OSError:
        return ""


def page_url(text: str, *, allow_private: bool = False) -> httpx.URL:
    """Read the address of a page: http(s), a host in lower case without a final dot, no fragment.

    Raises FetchError for addresses that can't be asked: other schemes, user names, mail and other low ports,
    spelled-out private addresses, over 2,000 characters. `allow_private` lifts the checks of host and port.
    """
    if len(text) > LONGEST_URL:
        raise failure("url_too_long", length=len(text), limit=LONGEST_URL)
    try:
        url = httpx.URL(text.strip())
        host = url.host.rstrip(".")
        url = url.copy_with(host=host, fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise failure("url_unusable", why="it can't be read") from error
    why = ""
    if url.scheme not in ("http", "https"):
        why = f"it begins with {url.scheme or 'nothing'}:, not http: or https:"
    elif not host:
        why = "it names no server"
    elif url.userinfo:
        why = "it carries a user name"
    elif not _may_be_web(url.port, allow_private):
        why = f"port {url.port} is no web server's"
    if why:
        raise failure("url_unusable", why=why)
    if len(str(url)) > 3 * LONGEST_URL:  # letters outside ASCII take three signs a byte
        raise failure("url_too_long", length=len(str(url)), limit=3 * LONGEST_URL)
    spelled = literal(host)
    if not allow_private:
        if spelled and not is_public(spelled):
            raise failure("address_not_public", address=spelled)
        if any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES):
            raise failure("address_not_public", address=host)
    return url


def _may_be_web(port: int | None, allow_private: bool) -> bool:
    if port in (None, 80, 443):
        return True
    return (1 if allow_private else _LOWEST_FREE_PORT) <= port <= 65_535


def by_system(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver, in its order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(
    host: str, port: int, resolve: Resolve, *, seconds: float, allow_private: bool = False
) -> list[str]:
    """Look a host up once and return its addresses; all of them must be public.

    One private address among public ones refuses the host: a name on the web has no reason for it, an attack
    has. Raises FetchError: no such name, no reply within `seconds`, an address that is not public.
    """
    try:
        addresses = _within(lambda: resolve(host, port), seconds)
    except (socket.gaierror, UnicodeError) as error:
        known = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise failure("name_lookup_failed" if known else "name_not_found", host=host) from error
    except (OSError, Empty) as error:
        raise failure("name_lookup_failed", host=host) from error
    if not addresses:
        raise failure("name_not_found", host=host)
    for address in () if allow_private else addresses:
        if not is_public(address):
            raise failure("address_not_public", address=address)
    return list(addresses)


def _within(work: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """What `work` returns or raises; Empty where it takes longer. A resolver can't be interrupted, so it is
    left behind in its thread."""
    box: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def run() -> None:
        try:
            box.put(work())
        except Exception as error:  # whatever it is, it is the caller's
            box.put(error)

    threading.Thread(target=run, daemon=True, name="look-up").start()
    result = box.get(timeout=max(seconds, 0.001))
    if isinstance(result, Exception):
        raise result
    return result
