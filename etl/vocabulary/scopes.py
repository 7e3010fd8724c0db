"""What a published total covers: its kind, area, author and drugs, read from the words in `scope`.

Two things hide under "aggregate". A period total ("Captagon, Iraq, 2023") may stand beside the events; a
bundle ("five attempts at Al-Haditha announced together") is made of events and never counts beside them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.vocabulary import Label, Table, fold, labels, load, mentioned, mentions, split_list
from etl.vocabulary.agencies import agency_country, agency_label, body_roles, resolve_agencies
from etl.vocabulary.outlets import lookup_outlet

_DIGITS = re.compile(r"\d{1,3}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# Bodies that speak for the whole country's seizures, by their role; the others speak for their own.
_NATIONAL_ROLES = frozenset({"narcotics", "interior_ministry", "government"})


@dataclass(frozen=True, slots=True)
class ScopeContext:
    """What the row beside the scope says; every field may be blank. Names as in the ledger."""

    country: str = ""
    admin1: tuple[str, ...] = ()
    place: str = ""
    drug: str = ""
    agencies: str = ""
    publisher: str = ""
    has_quantity: bool = True
    has_period: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope taken apart. `known` is False where no word of it told the kind and `period_total` is a guess.

    `agency` is the code of the one body whose seizures it covers ("" = all or several). `n_incidents` is the
    number of seizures the words give. `part_of_larger` marks totals that another published total contains.
    """

    kind: str
    scope_kind: str
    issuer: str
    issuer_country: str
    country: str
    governorate: tuple[str, ...]
    territory: str
    agency: str
    drug_scope: str
    n_incidents: int | None
    part_of_larger: bool
    known: bool


def _data() -> Table:
    return load("scopes")


@cache
def _exact() -> dict[str, dict[str, str]]:
    return {fold(text): entry for text, entry in _data()["exact"].items()}


def _first(table: str, folded: str) -> str:
    """Return the first code of a table whose keywords (after its `not` phrases are out) meet the text."""
    for code, entry in _data()[table].items():
        words = folded
        for match in mentions(folded, entry.get("not", ())):
            words = words.replace(match.group(), " ; ")
        if mentioned(words, entry["keywords"]):
            return str(code)
    return ""


def _incidents(folded: str) -> int | None:
    """Return the number that stands before a noun for seizures: "five attempts" -> 5, "17 cases" -> 17."""
    data = _data()
    words = folded.split()
    for word, *following in (words[i : i + 3] for i in range(len(words))):
        number = data["number"].get(word) or (int(word) if _DIGITS.fullmatch(word) else 0)
        if number > 1 and any(mentioned(" ".join(following[:n]), data["count"]["nouns"]) for n in (1, 2)):
            return int(number)
    return None


def _kind(folded: str, incidents: int | None, *, has_quantity: bool) -> tuple[str, bool]:
    """Return (kind, whether words told it). A total without any quantity is a mere count."""
    count = _data()["count"]
    found = _first("kind", folded)
    told = bool(found) or _YEAR.search(folded) is not None
    over_time = mentioned(folded, count["period_not_bundle"])
    if found in {"", "period_total"} and incidents is not None and incidents <= count["at_most"]:
        found, told = "bundle", True
    if over_time and found == "bundle":
        found = "period_total"
    if found in {"", "period_total", "count_only"}:
        found = "period_total" if has_quantity else "count_only"
    return found, told or not has_quantity


@lru_cache(maxsize=16384)
def parse_scope(text: str, context: ScopeContext | None = None) -> Scope:
    """Take a scope text apart with the help of its row. Never fails: what isn't said is blank."""
    row = context or ScopeContext()
    folded = fold(text)
    exact = _exact().get(folded, {})
    incidents = _incidents(folded)
    kind, known = _kind(folded, incidents, has_quantity=row.has_quantity)
    kind, known = exact.get("kind", kind), known or bool(exact) or row.has_period
    bodies = [m.code for m in resolve_agencies(row.agencies, row.country) if m.code]
    issuer, issuer_country = _issuer(folded, bodies, row.publisher)
    scope_kind = exact.get("scope_kind") or _scope_kind(folded, kind, row, bodies)
    of_one_body = scope_kind in {"agency", "governorate", "territory"} and len(bodies) == 1
    single = kind in {"bundle", "sum_of_listed"}
    return Scope(
        kind=kind,
        scope_kind=scope_kind,
        issuer=issuer,
        issuer_country=issuer_country,
        country=row.country,
        governorate=row.admin1,
        territory=row.place if not single else "",
        agency=bodies[0] if of_one_body else "",
        drug_scope=_drug_scope(folded, row.drug),
        n_incidents=incidents,
        part_of_larger=mentioned(folded, _data()["part_of"]["keywords"]),
        known=known,
    )


def _scope_kind(folded: str, kind: str, row: ScopeContext, bodies: list[str]) -> str:
    if kind in {"bundle", "sum_of_listed"}:
        return "operation"
    by_words = _first("scope_kind", folded)
    if by_words:
        return by_words
    if len(row.admin1) == 1:
        return "governorate"
    if len(bodies) == 1 and not _NATIONAL_ROLES & body_roles(bodies[0]):
        return "agency"
    return "national" if row.country else "regional"


def _issuer(folded: str, bodies: list[str], publisher: str) -> tuple[str, str]:
    """Return (name, ISO2) of the figure's author: named in the words, else the body, else the outlet."""
    for name, words in _data()["issuer"].items():
        if mentioned(folded, words):
            return str(name), str(_data()["issuer_country"].get(name, ""))
    if bodies:
        return agency_label(bodies[0]).en, agency_country(bodies[0])
    return (lookup_outlet(publisher, "").name if publisher else ""), ""


def _drug_scope(folded: str, drug: str) -> str:
    by_words = _first("drug_scope", folded)
    if by_words:
        return by_words
    if drug in {"captagon", "amphetamine_tablets"}:
        return "captagon"
    if drug == "pills_unspecified":
        return "pills"
    return "all_drugs" if drug in {"mixed", "unspecified", ""} else "other"


def adds_up_several(notes: str) -> bool:
    """Tell whether a curator's note says that a row typed as one seizure adds up several."""
    return any(mentioned(fold(note), _data()["sum_note"]["keywords"]) for note in split_list(notes))


def all_labels() -> dict[str, dict[str, Label]]:
    """Return list name -> code -> label, for the data dictionary and the dashboard."""
    return {name: labels(_data()[name]) for name in ("kind", "scope_kind", "drug_scope")}


def unknown_scopes(scopes: Iterable[tuple[str, ScopeContext]]) -> list[str]:
    """Return the scope texts whose kind no word told, sorted."""
    return sorted({text for text, context in scopes if not parse_scope(text, context).known})


def unused_entries(texts: Iterable[str]) -> list[str]:
    """Return the exactly listed wordings that no scope has, in list order."""
    seen = {fold(text) for text in texts}
    return [text for text in _data()["exact"] if fold(text) not in seen]
