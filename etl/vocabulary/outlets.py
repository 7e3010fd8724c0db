"""Who published a page, folded over spellings, and whose text it is.

A publisher cell says up to four things: `Gulf Insider (Arab News)`, `Al-Hayat (via Sauress)`, `Shafaq News (Arabic)`,
`Arab News (mirror)`. `read_publisher` takes it apart by general rules, so that outlets nobody has listed yet
are read alike; `lookup_outlet` then names the outlet by its spelling or, failing that, by the page's domain.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from etl.vocabulary import Label, Table, fold, load
from geo.names import country_index

_PARENTHESES = re.compile(r"\s*\(([^()]*)\)")
_SLASH = re.compile(r"\s*(?<!\d)/\s*")  # not the one of "24/7"
_VIA = re.compile(r"\s+via\s+", re.IGNORECASE)
_IP_ADDRESS = re.compile(r"[\d.]+|\[[\da-f:]+\]")
_STATE_HOST = re.compile(r"(?:^|\.)(?:gov|mil|gob|gouv|police)(?:\.([a-z]{2}))?$")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "mil", "net", "org"})


@dataclass(frozen=True, slots=True)
class OutletMatch:
    """One page's publisher.

    `kind` is the page's: a copy on somebody else's site is `mirror`, whatever the outlet. `wire` is the id of
    the agency or outlet whose text the page credits ("" if its own), `carrier` the id of the site that carries a
    copy. `state` (ISO2) is set for state bodies and state news agencies. `known` is False where neither name
    nor domain is in the vocabulary; `unknown_credit` keeps the words of a credit that isn't.
    """

    outlet_id: str
    name: str
    kind: str  # official | agency | outlet | mirror
    wire: str
    known: bool
    name_ar: str = ""
    country: str = ""
    state: str = ""
    carrier: str = ""
    unknown_credit: str = ""
    host_known: bool = False

    @property
    def origin_id(self) -> str:
        """Whose words these are: the credited wire or outlet, else the outlet itself."""
        return self.wire or self.outlet_id


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher cell taken apart: the outlet's name, whom it credits, who carries it, and whether it is a copy."""

    name: str
    credits: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    copied: bool = False


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
    if _IP_ADDRESS.fullmatch(host) or len(labels) < 2:
        return host
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if deep else labels[-2:])


def _entries() -> Table:
    table: Table = load("outlets")["outlets"]
    return table


def _rules() -> Table:
    table: Table = load("outlets")["rules"]
    return table


def name_key(name: str) -> str:
    """Return the key under which spellings of one outlet meet: no article, no edition, no domain ending.

    >>> name_key("The Jordan Times") == name_key("Jordan Times"), name_key("Alsouria Net") == name_key("Al-Souria Net")
    (True, True)
    """
    words = fold(name).split()
    words = words[1:] if len(words) > 1 and words[0] == "the" else words
    while len(words) > 1 and (words[-1] in _editions() or words[-1] in _rules()["name_endings"]):
        words = words[:-1]
    joined = "".join(words)
    return joined[2:] if joined.startswith(("al", "el")) and len(joined) > 5 else joined


@cache
def _editions() -> frozenset[str]:
    return frozenset(fold(word) for word in _rules()["editions"])


@cache
def _index() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return three indexes to outlet ids: exact folded spelling, name key, domain (hosts may be listed whole)."""
    spellings: dict[str, list[str]] = {}
    keys: dict[str, list[str]] = {}
    domains: dict[str, list[str]] = {}
    for outlet_id, entry in _entries().items():
        names = (entry["name"], entry.get("name_ar", ""), *entry.get("spellings", ()))
        for name in (n for n in names if n):
            for index, key in ((spellings, fold(name)), (keys, name_key(name))):
                if outlet_id not in index.setdefault(key, []):
                    index[key].append(outlet_id)
        for domain in entry["domains"]:
            domains.setdefault(domain, []).append(outlet_id)
    frozen = [{k: tuple(v) for k, v in index.items()} for index in (spellings, keys, domains)]
    return frozen[0], frozen[1], frozen[2]


def _by_name(name: str) -> tuple[str, ...]:
    spellings, keys, _ = _index()
    return spellings.get(fold(name)) or keys.get(name_key(name)) or ()


def _by_host(host: str) -> tuple[str, ...]:
    """Return the outlets of a host, the longest listed suffix first (`today.lorientlejour.com` before its parent)."""
    domains = _index()[2]
    while host.count(".") >= 1:
        if host in domains:
            return domains[host]
        host = host.partition(".")[2]
    return ()


def _choose(candidates: tuple[str, ...], host: str, country: str = "") -> str:
    """Settle a name that several outlets bear: by the page's domain, then by country, then by the list's order."""
    at_host = set(_by_host(host))
    ranked = sorted(
        candidates,
        key=lambda c: (c not in at_host, not country or _entries()[c].get("country", "") != country),
    )
    return ranked[0] if ranked else ""


@lru_cache(maxsize=16384)
def read_publisher(text: str) -> Publisher:
    """Take a publisher cell apart.

    A name that the vocabulary lists whole stays whole. Otherwise parentheses, slashes and "via" are read:
    a known outlet there is a credit, a language, country or genre an edition, "mirror" or "repost" a copy, "via X"
    the carrier, and anything else a credit that the vocabulary doesn't know.
    """
    if fold(text) in _index()[0]:
        return Publisher(text.strip())
    credited: list[str] = []
    carriers: list[str] = []
    copied = False
    for group in _PARENTHESES.findall(text):
        for part in _SLASH.split(group.replace(",", "/").replace(";", "/")):
            role, value = _read_note(part)
            credited += [value] if role == "credit" else []
            carriers += [value] if role == "carrier" else []
            copied = copied or role in {"copy", "carrier"}
    bare = _PARENTHESES.sub("", text).strip()
    if fold(bare) not in _index()[0]:
        name, *slashed = _SLASH.split(bare)
        name, *via = _VIA.split(name)
        credited += slashed
        carriers += via
        bare, copied = name.strip(), copied or bool(via)
    return Publisher(bare, tuple(c for c in credited if c), tuple(c for c in carriers if c), copied)


def _read_note(part: str) -> tuple[str, str]:
    """Return (role, value) of one note in parentheses; the role is edition, copy, carrier or credit."""
    rules, note = _rules(), fold(part)
    if not note or note in _editions() or note in rules["genres"] or note.endswith(" ed"):
        return "edition", ""
    if note.startswith("via "):
        return "carrier", part.strip()[4:].strip()
    if note in rules["copy_words"]:
        return "copy", ""
    for word in rules["copy_prefixes"]:
        if note.startswith(word + " "):
            rest = " ".join(part.split()[len(word.split()) :])
            return ("carrier", rest) if word.endswith("mirror") else ("credit", rest)
    for word in rules["copy_suffixes"]:
        if note.endswith(" " + word):
            return _read_note(" ".join(part.split()[: -len(word.split())]))
    if _by_name(part):
        mirrors = all(_entries()[i]["kind"] == "mirror" for i in _by_name(part))
        return ("carrier" if mirrors else "credit"), part.strip()
    if note in country_index() or note in rules["places"]:
        return "edition", ""
    return ("carrier" if re.fullmatch(r"[\w-]+(\.[\w-]+)+", part.strip()) else "credit"), part.strip()


@lru_cache(maxsize=65536)
def lookup_outlet(publisher: str, url: str) -> OutletMatch:
    """Name the outlet of a page by its publisher cell and URL.

    The name decides; where it is unknown the domain does, unless that domain belongs to a site that carries
    others' texts. An outlet in neither list gets an id from its domain (from its name on hosts that many
    share), so that its spellings still fold, and `known` is False.
    """
    read, host = read_publisher(publisher), host_of(url)
    at_host = _by_host(host)
    hosted_by_mirror = bool(at_host) and all(_entries()[i]["kind"] == "mirror" for i in at_host)
    carrier = next((i for c in read.carriers for i in _by_name(c)), "")
    if hosted_by_mirror and not carrier:
        carrier = at_host[0]
    place = _entries()[carrier].get("country", "") if carrier else ""
    outlet_id = _choose(_by_name(read.name), host, place)
    if not outlet_id and at_host and not hosted_by_mirror and not read.copied:
        outlet_id = _choose(at_host, host)
    if not outlet_id and hosted_by_mirror and not read.name:
        outlet_id = at_host[0]
    entry = _entries().get(outlet_id) or _unlisted(read.name, host)
    country = str(entry.get("country", ""))
    wire, unknown_credit = _credit(read.credits, outlet_id, country)
    copied = read.copied or (bool(carrier) and carrier != outlet_id)
    return OutletMatch(
        outlet_id=outlet_id or _working_id(read.name, host, shared=hosted_by_mirror or copied),
        name=str(entry["name"]),
        kind="mirror" if copied else str(entry["kind"]),
        wire=wire,
        known=bool(outlet_id),
        name_ar=str(entry.get("name_ar", "")),
        country=country,
        state=str(entry.get("state", "")),
        carrier=carrier if carrier != outlet_id else "",
        unknown_credit=unknown_credit,
        host_known=outlet_id in at_host or bool(_STATE_HOST.search(host)),
    )


def _unlisted(name: str, host: str) -> Table:
    """Return what is known of an outlet that no list has: a page on a government host is a state body's own."""
    if found := _STATE_HOST.search(host):
        state = (found.group(1) or "us").upper()
        return {"name": name, "kind": "official", "country": state, "state": state}
    return {"name": name, "kind": "outlet"}


def _credit(credited: tuple[str, ...], own_id: str, country: str) -> tuple[str, str]:
    """Return (outlet id, unknown words) of a page's credits; a news agency goes before an outlet quoting it."""
    found = [_choose(_by_name(c), "", country) for c in credited]
    others = [i for i in found if i and i != own_id]
    agencies = [i for i in others if _entries()[i]["kind"] in {"agency", "official"}]
    unknown = [c for c, i in zip(credited, found, strict=True) if not i]
    return (agencies or others or [""])[-1], "; ".join(unknown)


def _working_id(name: str, host: str, *, shared: bool) -> str:
    """Return an id for an unlisted outlet: `x_` and its domain, or its folded name where the host is not its own."""
    domain = registered_domain(host)
    own = (
        domain and not shared and domain not in _rules()["shared_hosts"] and not _IP_ADDRESS.fullmatch(domain)
    )
    base = domain if own else "_".join(re.findall(r"\w+", fold(name)))
    ascii_base = re.sub(r"[^a-z0-9]+", "_", base.casefold()).strip("_")
    return "x_" + (ascii_base or "_".join(f"{ord(c):x}" for c in base) or "unnamed")


def is_official(match: OutletMatch, countries: Iterable[str]) -> bool:
    """Tell whether a page is an official statement on what bodies of these countries (ISO2) did.

    It is one where a ministry, army, customs or police page, or the state news agency, speaks for its own
    country on its own site: SANA on a Syrian raid, not SANA on a Jordanian one, and no copy of either.
    """
    own_voice = match.kind in {"official", "agency"} and not match.wire and match.host_known
    return own_voice and bool(match.state) and match.state in set(countries)


def outlet_name(outlet_id: str) -> Label:
    """Return an outlet's English and Arabic name (the English one twice where no Arabic is known)."""
    entry = _entries()[outlet_id]
    return Label(str(entry["name"]), str(entry.get("name_ar") or entry["name"]))


def unknown_publishers(pages: Iterable[tuple[str, str]]) -> list[str]:
    """Return the publisher cells of (publisher, url) pairs that neither name nor domain resolves, or whose credit doesn't."""
    return sorted(
        {p for p, url in pages if not (m := lookup_outlet(p, url)).known or m.unknown_credit},
    )


def unused_entries(pages: Iterable[tuple[str, str]]) -> list[str]:
    """Return ids of listed outlets that no page comes from, credits or is carried by, in list order."""
    used: set[str] = set()
    for publisher, url in pages:
        match = lookup_outlet(publisher, url)
        used |= {match.outlet_id, match.wire, match.carrier}
    return [outlet_id for outlet_id in _entries() if outlet_id not in used]
