"""Who published a page, folded over spellings, and whose text it is.

The name in the publisher cell decides; where it is new, the page's domain does. What neither knows gets a
working id of its own and is reported by the build.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from etl.vocabulary import Label, Table, fold
from etl.vocabulary.outlet_names import (
    IP_ADDRESS,
    by_host,
    by_name,
    choose,
    entries,
    host_of,
    registered_domain,
    rules,
)
from etl.vocabulary.publisher import read_publisher

_STATE_HOST = re.compile(r"(?:^|\.)(?:gov|mil|gob|gouv|police)(?:\.([a-z]{2}))?$")


@dataclass(frozen=True, slots=True)
class OutletMatch:
    """One page's publisher.

    `kind` is the page's: a copy on somebody else's site is `mirror`, whatever the outlet. `wire` is the id
    of the agency or outlet whose text the page credits ("" if its own), `carrier` that of the site with the
    copy. `state` (ISO2) is set for state bodies and state news agencies. `known` is False where neither
    name nor domain is in the vocabulary; `unknown_credit` keeps the words of a credit that isn't.
    `host_known` says that the page lies on the outlet's own site, or on a government's.
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


@lru_cache(maxsize=65536)
def lookup_outlet(publisher: str, url: str) -> OutletMatch:
    """Name the outlet of a page by its publisher cell and URL.

    The name decides; where it is unknown the domain does, unless that domain belongs to a site that carries
    others' texts. An outlet in neither list gets an id from its domain (from its name on hosts that many
    share), so that its spellings still fold, and `known` is False.
    """
    read, host = read_publisher(publisher), host_of(url)
    at_host = by_host(host)
    hosted_by_mirror = bool(at_host) and all(entries()[i]["kind"] == "mirror" for i in at_host)
    carrier = next((i for c in read.carriers for i in by_name(c)), "")
    if hosted_by_mirror and not carrier:
        carrier = at_host[0]
    place = entries()[carrier].get("country", "") if carrier else ""
    outlet_id = choose(by_name(read.name), host, place)
    if not outlet_id and at_host and not hosted_by_mirror and not read.copied:
        outlet_id = choose(at_host, host)
    if not outlet_id and hosted_by_mirror and not read.name:
        outlet_id = at_host[0]
    entry = entries().get(outlet_id) or _unlisted(read.name, host)
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
    """Return what is known of an unlisted outlet: a page on a government host is a state body's own."""
    if found := _STATE_HOST.search(host):
        state = (found.group(1) or "us").upper()
        return {"name": name, "kind": "official", "country": state, "state": state}
    return {"name": name, "kind": "outlet"}


def _credit(credited: tuple[str, ...], own_id: str, country: str) -> tuple[str, str]:
    """Return (outlet id, unknown words) of a page's credits; an agency goes before an outlet quoting it."""
    found = [choose(by_name(c), "", country) for c in credited]
    others = [i for i in found if i and i != own_id]
    agencies = [i for i in others if entries()[i]["kind"] in {"agency", "official"}]
    unknown = [c for c, i in zip(credited, found, strict=True) if not i]
    return (agencies or others or [""])[-1], "; ".join(unknown)


def _working_id(name: str, host: str, *, shared: bool) -> str:
    """Return an id for an unlisted outlet: `x_` and its domain, or its name where the host isn't its own."""
    domain = registered_domain(host)
    own = domain and not shared and domain not in rules()["shared_hosts"] and not IP_ADDRESS.fullmatch(domain)
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
    entry = entries()[outlet_id]
    return Label(str(entry["name"]), str(entry.get("name_ar") or entry["name"]))


def unknown_publishers(pages: Iterable[tuple[str, str]]) -> list[str]:
    """Return the publisher cells of (publisher, url) pairs whose outlet or credit is unknown, sorted."""
    return sorted(
        {p for p, url in pages if not (m := lookup_outlet(p, url)).known or m.unknown_credit},
    )


def unused_entries(pages: Iterable[tuple[str, str]]) -> list[str]:
    """Return ids of listed outlets that no page comes from, credits or is carried by, in list order."""
    used: set[str] = set()
    for publisher, url in pages:
        match = lookup_outlet(publisher, url)
        used |= {match.outlet_id, match.wire, match.carrier}
    return [outlet_id for outlet_id in entries() if outlet_id not in used]
