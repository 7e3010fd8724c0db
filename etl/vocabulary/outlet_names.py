"""The list of outlets and its three indexes: by spelling, by a looser name key, by domain."""

import re
from functools import cache
from urllib.parse import urlsplit

from etl.vocabulary import Table, fold, load

IP_ADDRESS = re.compile(r"[\d.]+|\[[\da-f:]+\]")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "mil", "net", "org"})


def host_of(url: str) -> str:
    """Return the host of a URL in lower case without `www.`; "" for a URL without one."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:  # a broken IPv6 literal: the ledger stage reports bad URLs, a lookup need not
        return ""
    return host.removeprefix("www.")


def registered_domain(host: str) -> str:
    """Return the part of a host that somebody registered (`english.aawsat.com` -> `aawsat.com`)."""
    labels = host.split(".")
    if IP_ADDRESS.fullmatch(host) or len(labels) < 2:
        return host
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if deep else labels[-2:])


def entries() -> Table:
    """Return outlet id -> entry of the list."""
    table: Table = load("outlets")["outlets"]
    return table


def rules() -> Table:
    """Return the words by which publisher cells are read."""
    table: Table = load("outlets")["rules"]
    return table


def name_key(name: str) -> str:
    """Return the key under which spellings of one outlet meet: no article, no edition, no domain ending.

    >>> name_key("The Jordan Times"), name_key("Alsouria Net") == name_key("Al-Souria Net")
    ('jordantimes', True)
    """
    words = fold(name).split()
    words = words[1:] if len(words) > 1 and words[0] == "the" else words
    while len(words) > 1 and (words[-1] in editions() or words[-1] in rules()["name_endings"]):
        words = words[:-1]
    joined = "".join(words)
    return joined[2:] if joined.startswith(("al", "el")) and len(joined) > 5 else joined


@cache
def editions() -> frozenset[str]:
    """Return the folded words for languages and editions."""
    return frozenset(fold(word) for word in rules()["editions"])


@cache
def indexes() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return three indexes to outlet ids: by exact folded spelling, by name key, by domain or whole host."""
    spellings: dict[str, list[str]] = {}
    keys: dict[str, list[str]] = {}
    domains: dict[str, list[str]] = {}
    for outlet_id, entry in entries().items():
        names = (entry["name"], entry.get("name_ar", ""), *entry.get("spellings", ()))
        for name in (n for n in names if n):
            for index, key in ((spellings, fold(name)), (keys, name_key(name))):
                if outlet_id not in index.setdefault(key, []):
                    index[key].append(outlet_id)
        for domain in entry["domains"]:
            domains.setdefault(domain, []).append(outlet_id)
    frozen = [{k: tuple(v) for k, v in index.items()} for index in (spellings, keys, domains)]
    return frozen[0], frozen[1], frozen[2]


def by_name(name: str) -> tuple[str, ...]:
    """Return the ids of outlets with this spelling, or failing that with this name key."""
    spellings, keys, _ = indexes()
    return spellings.get(fold(name)) or keys.get(name_key(name)) or ()


def by_host(host: str) -> tuple[str, ...]:
    """Return the outlets of a host; `today.lorientlejour.com` is looked up before its parent domain."""
    domains = indexes()[2]
    while host.count(".") >= 1:
        if host in domains:
            return domains[host]
        host = host.partition(".")[2]
    return ()


def choose(candidates: tuple[str, ...], host: str, country: str = "") -> str:
    """Settle a name that several outlets bear: by the page's domain, then by country, then by list order."""
    at_host = set(by_host(host))
    ranked = sorted(
        candidates,
        key=lambda c: (c not in at_host, not country or entries()[c].get("country", "") != country),
    )
    return ranked[0] if ranked else ""
