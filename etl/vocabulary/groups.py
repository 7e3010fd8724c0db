"""Codes for how drugs were hidden and moved, and for what kind of place they were found at.

All lookups are total: a text that no keyword meets is `other` (a hiding place was given) or `unknown`
(nothing was said), never an error; `unmatched_concealments` and `unused_entries` tell the build what the
lists miss and what they don't need.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from types import MappingProxyType

from etl.vocabulary import Label, Table, fold, labels, load, mentioned, mentions

UNKNOWN = "unknown"
OTHER = "other"


@cache
def transport_codes() -> MappingProxyType[str, str]:
    """Return ledger wording -> code ("ship/container" -> "ship_container")."""
    table = load("methods")["transport"]
    return MappingProxyType({word: code for code, entry in table.items() for word in entry["ledger"]})


def transport_code(ledger_word: str) -> str:
    """Return the code of a means of transport, "" where none is stated or the word is not in the list."""
    return transport_codes().get(ledger_word.strip().casefold(), "")


def _strip(folded: str, phrases: Iterable[str]) -> str:
    """Take phrases out of a folded text, so that their words cannot meet a keyword."""
    for match in mentions(folded, phrases):
        folded = folded.replace(match.group(), " ; ")
    return folded


@lru_cache(maxsize=65536)
def _first_group(name: str, table: str, folded: str, field: str = "keywords") -> str:
    """Return the first code of a table (`sites`, `site`) whose keywords meet a folded text, "" for none."""
    entries: Table = load(name)[table]
    for code, entry in entries.items():
        if mentioned(_strip(folded, entry.get("not", ())), entry.get(field, ())):
            return str(code)
    return ""


@lru_cache(maxsize=65536)
def concealment_group(text: str) -> str:
    """Return the group of a hiding place in free words: `unknown` if blank, `other` if no keyword meets."""
    folded = fold(text)
    if not folded:
        return UNKNOWN
    return _first_group("concealment", "concealment", folded) or OTHER


@lru_cache(maxsize=65536)
def method_group(transport: str, event_type: str, concealment: str) -> str:
    """Return how the drugs travelled or lay.

    The stated transport decides; the hiding place refines it where the words are narrower (a microlight among
    aircraft) and stands in where no transport is stated; the event type comes last.
    """
    table = load("methods")
    code = transport_code(transport)
    stated = str(table["transport"][code]["method"]) if code else ""
    implied = str(table["event_type"].get(event_type, {}).get("method", ""))
    folded = fold(concealment)
    for group, entry in table["method"].items():
        refines = (stated or implied) in entry.get("over", ()) or (not stated and "" in entry.get("over", ()))
        if refines and mentioned(_strip(folded, entry.get("not", ())), entry.get("keywords", ())):
            return _settle(str(group), implied)
    return _settle(stated, implied) or UNKNOWN


def _settle(found: str, implied: str) -> str:
    """A factory in a building is a production site, not a store; a drop from the air is no plain flight."""
    if not found or (implied == "production" and found == "stored"):
        return implied
    if implied == "air_unspecified" and found == "aircraft":
        return "light_aircraft"
    return found


@cache
def _site_of_kind() -> dict[str, str]:
    """Return gazetteer kind -> site, for the kinds that tell one."""
    return {kind: code for code, entry in load("sites")["site"].items() for kind in entry["kinds"]}


def site_type(
    place_kind: str | None, place_text: str, transport: str, event_type: str, concealment: str
) -> str:
    """Return the kind of place: the gazetteer's kind, then the place words, then what else the report says.

    `place_kind` is the gazetteer's kind of the resolved place (None or "" if unresolved). A town or an area
    says nothing about the site, so the words "Warehouse, Latakia" still count.
    """
    table = load("sites")
    sites, fallback = table["site"], table["fallback"]
    place, hiding = fold(place_text), fold(concealment)
    precise = {"crossing", "port", "airport"}
    kind_site = _site_of_kind().get(place_kind or "", "")
    if kind_site in precise and not mentioned(place, sites["storage"]["keywords"]):
        return str(kind_site)
    if certain := fallback["event_type"].get(event_type):
        return str(certain)
    return (
        _first_group("sites", "site", place)
        or str(kind_site)
        or _first_group("sites", "site", hiding, "hints")
        or str(fallback["transport"].get(transport_code(transport), ""))
        or UNKNOWN
    )


def all_labels() -> dict[str, dict[str, Label]]:
    """Return list name -> code -> English and Arabic label, for the data dictionary and the dashboard."""
    methods = load("methods")
    return {
        "transport": labels(methods["transport"]),
        "event_type": labels(methods["event_type"]),
        "method_group": labels(methods["method"]),
        "site_type": labels(load("sites")["site"]),
        "concealment_group": labels(load("concealment")["concealment"]),
    }


def unmatched_concealments(texts: Iterable[str]) -> list[str]:
    """Return the hiding places that no keyword meets, sorted."""
    return sorted({text for text in texts if concealment_group(text) == OTHER})


def unused_entries(texts: Iterable[str]) -> list[str]:
    """Return `group: keyword` for each concealment keyword that none of the texts contains, in list order."""
    folded = sorted({fold(text) for text in texts})
    return [
        f"{group}: {keyword}"
        for group, entry in load("concealment")["concealment"].items()
        for keyword in entry["keywords"]
        if not any(mentioned(text, (keyword,)) for text in folded)
    ]
