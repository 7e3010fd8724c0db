"""Which body seized, and under whose authority: codes for the names that reports give.

Five hundred spellings name about a hundred bodies, and half of them are generic ("Interior Ministry",
"anti-narcotics department"). So a wording is resolved with the report's country and date, in the order
that `agencies.toml` describes. Place words in a name (Anbar Police Command) don't make a body of their own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from babel import Locale

from etl.vocabulary import Label, Table, fold, labels, load, mentioned, mentions, split_list
from etl.vocabulary.routes import country_of_places

_SLASH = re.compile(r"\s+/\s+")
_AND = re.compile(r"\s+(?:and|&|و)\s+")
_MAX_JOINT_WORDS = 3  # "customs and police" are two bodies, "Intelligence and Security Directorate" is one


@dataclass(frozen=True, slots=True)
class AgencyMatch:
    """A wording resolved: `code` is None where no body or role is recognised.

    `authority` is "" where it depends on a date that isn't known. `country` is the body's own, which need
    not be the report's. `basis` says how it was found: alias, keyword, role (a listed body) or generic (a
    made-up code).
    """

    code: str | None
    authority: str
    country: str
    known: bool
    basis: str = ""


def _data() -> Table:
    return load("agencies")


@cache
def _bodies(country: str) -> tuple[tuple[str, Table], ...]:
    """Return (code, entry) of the bodies that a report from a country may mean, in the file's order."""
    return tuple(
        (code, entry)
        for code, entry in _data()["body"].items()
        if entry["country"] == country or entry.get("anywhere")
    )


def _without_patrons(folded: str) -> str:
    """Take out words that name a backer, not an owner ("Turkish-backed police" are Syrian)."""
    for match in mentions(folded, _data()["nationality"]["not"]):
        folded = folded.replace(match.group(), " ")
    return folded


@lru_cache(maxsize=65536)
def _nationalities(folded: str) -> tuple[str, ...]:
    """Return the countries whose nationality a folded text names, in the order of the text."""
    own = _without_patrons(folded)
    found = [
        (match.start(), country)
        for country, words in _data()["nationality"].items()
        if country != "not"
        for match in mentions(own, words)
    ]
    return tuple(dict.fromkeys(country for _, country in sorted(found)))


def resolve_agency(text: str, country: str, on: date | None = None, until: date | None = None) -> AgencyMatch:
    """Resolve one name with the report's country (ISO2, "" if unknown) and the seizure's date.

    `on` is the day or the earliest day, `until` the latest one where only a span or a bound is known. The
    authority of a Syrian state body is left blank if that span straddles 8 December 2024, or is open on the
    side that matters.
    """
    folded = fold(text)
    nation = _own_nation(folded) or country
    own_area = _territory(folded, nation, on, until)
    found = _find(folded, nation, own_area)
    if found is None:
        return AgencyMatch(None, own_area, nation, known=False)
    code, basis = found
    entry = _data()["body"].get(code, {})
    body_country = str(entry.get("country", nation))
    listed = str(entry.get("authority", "")) or ("other" if code.endswith("_armed_group") else "")
    authority = own_area if own_area and body_country == nation else ""
    authority = authority or _authority(body_country, listed, on, until)
    return AgencyMatch(code, authority, body_country, known=True, basis=basis)


@lru_cache(maxsize=65536)
def _own_nation(folded: str) -> str:
    """Return the country that a name itself points to, by nationality or place, "" for none."""
    return next(iter(_nationalities(folded)), "") or country_of_places(_without_patrons(folded))


@lru_cache(maxsize=65536)
def _find(folded: str, nation: str, area: str) -> tuple[str, str] | None:
    """Return (code, basis) of the body that a name means, None if no word of it tells."""
    return _by_words(folded, nation, area) or _by_role(folded, nation, area)


@lru_cache(maxsize=65536)
def _areas(folded: str, nation: str) -> tuple[Table, ...]:
    """Return the territories of a country that words of a name point to, in the file's order."""
    areas = _data()["territory"]
    return tuple(a for a in areas if a["country"] == nation and mentioned(folded, a["keywords"]))


def _territory(folded: str, nation: str, on: date | None, until: date | None) -> str:
    """Return the authority that words in the name point to, "" for none or for one outside its time."""
    for area in _areas(folded, nation):
        over = "until" in area and (on or date.min) > area["until"]
        early = "since" in area and (until or on or date.max) < area["since"]
        if not (over or early):
            return str(area["authority"])
    return ""


def _by_words(folded: str, nation: str, area: str) -> tuple[str, str] | None:
    """Find a body by an exact alias, else by its own keywords; bodies of the named area go first."""
    bodies = _bodies(nation)
    for code, entry in bodies:
        if folded in {fold(alias) for alias in entry.get("aliases", ())}:
            return code, "alias"
    ranked = sorted(bodies, key=lambda item: bool(area) and item[1].get("authority", "") != area)
    roles = _data()["role"]
    for code, entry in ranked:
        specific = entry.get("authority", "") in {"", area, "sy_state"} or not area
        if specific and mentioned(folded, entry.get("keywords", ())):
            # "Asayish Anti-Drugs Forces": the narcotics body of the same area is the narrower answer.
            narrower = _role_body("narcotics", nation, area) if area else None
            if narrower and mentioned(folded, roles["narcotics"]["keywords"]):
                return narrower, "role"
            return code, "keyword"
    return None


def _by_role(folded: str, nation: str, area: str) -> tuple[str, str] | None:
    if not nation:
        return None
    for role, entry in _data()["role"].items():
        words = folded
        for match in mentions(folded, entry.get("not", ())):
            words = words.replace(match.group(), " ")
        if mentioned(words, entry["keywords"]):
            listed = _role_body(role, nation, area)
            return (listed, "role") if listed else (f"{nation.lower()}_{role}", "generic")
    return None


@cache
def _role_body(role: str, nation: str, area: str) -> str | None:
    """Return the body with a role in a country; of a named area if there is one, else of the state."""
    of_role = [(c, e) for c, e in _bodies(nation) if role in e.get("roles", ()) and e["country"] == nation]
    default = str(_data()["default_authority"].get(nation, ""))
    for wanted in (area, default, ""):
        for code, entry in of_role:
            if wanted and entry.get("authority", default) == wanted:
                return code
    return next((c for c, e in of_role if not default), None)


def _authority(country: str, listed: str, on: date | None, until: date | None) -> str:
    """Return an authority code; "" for a state body of a country that changed hands, on an unknown date."""
    authority = listed or str(_data()["default_authority"].get(country, "other_state"))
    if authority != "sy_state":
        return authority
    turn = _data()["turn"]["SY"]
    if on is not None and on >= turn["first_day"]:
        return str(turn["since"])
    last = until if until is not None else on
    return str(turn["before"]) if last is not None and last < turn["first_day"] else ""


def resolve_agencies(
    cell: str, country: str, on: date | None = None, until: date | None = None
) -> tuple[AgencyMatch, ...]:
    """Resolve a ledger cell of several names (`|`, " / "): each body once, in the cell's order.

    "Iraqi and Syrian Interior Ministries" is two bodies, "customs and police" too; unknown names are kept.
    """
    found: dict[tuple[str | None, str], AgencyMatch] = {}
    for part, nation in _names(cell, country):
        match = resolve_agency(part, nation, on, until)
        found.setdefault((match.code, part if match.code is None else ""), match)
    return tuple(found.values())


def _names(cell: str, country: str) -> Iterator[tuple[str, str]]:
    """Yield (single name, country to read it in); in "Saudi Ministry / Directorate" both are Saudi."""
    for name in split_list(cell):
        nation = country
        for piece in _SLASH.split(name):
            nation = next(iter(_nationalities(fold(piece))), nation)
            yield from ((part, nation) for part in _joint_parts(piece))


@lru_cache(maxsize=65536)
def _joint_parts(name: str) -> tuple[str, ...]:
    """Split a joint name: two nationalities before one body, or two short names that each have a role."""
    folded = fold(name)
    sides = _AND.split(folded)
    nations = [_nationalities(side) for side in sides]
    if len(sides) == 2 and all(nations) and nations[0] != nations[1]:
        demonym = next(mentions(sides[0], _data()["nationality"][nations[0][0]])).group()
        first = sides[0] if _has_role(sides[0]) else f"{demonym} {sides[1].split(' ', 1)[-1]}"
        return first, sides[1]
    short = len(sides) == 2 and all(len(side.split()) <= _MAX_JOINT_WORDS for side in sides)
    if short and all(_has_role(side) for side in sides) and _by_words(folded, "", "") is None:
        return tuple(sides)
    return (name,)


def _has_role(folded: str) -> bool:
    return any(mentioned(folded, entry["keywords"]) for entry in _data()["role"].values())


def agency_label(code: str) -> Label:
    """Return a body's official name in English and Arabic, also for the made-up codes (`tn_customs`)."""
    body = _data()["body"].get(code)
    if body:
        return Label(str(body["en"]), str(body["ar"]))
    nation, _, role = code.partition("_")
    entry = _data()["role"][role]
    names = [str(Locale(lang).territories.get(nation.upper(), nation.upper())) for lang in ("en", "ar")]
    return Label(f"{entry['en']} ({names[0]})", f"{entry['ar']} ({names[1]})")


def body_roles(code: str) -> frozenset[str]:
    """Return the roles of a listed body, or the one role of a made-up code."""
    body = _data()["body"].get(code)
    return frozenset(body.get("roles", ())) if body else frozenset({code.partition("_")[2]})


def agency_country(code: str) -> str:
    """Return the country (ISO2) a body belongs to, "" for an international one."""
    body = _data()["body"].get(code)
    return str(body["country"]) if body else code.partition("_")[0].upper()


def authority_labels() -> dict[str, Label]:
    """Return the authority codes with their labels."""
    return labels(_data()["authority"])


def body_labels() -> dict[str, Label]:
    """Return the listed bodies with their official names."""
    return labels(_data()["body"])


def unknown_agencies(cells: Iterable[tuple[str, str]]) -> list[str]:
    """Return names from (cell, country) pairs that resolve to no body, sorted."""
    return sorted(
        {
            part
            for cell, country in cells
            for part, nation in _names(cell, country)
            if not resolve_agency(part, nation).known
        }
    )


def unused_entries(cells: Iterable[tuple[str, str]]) -> list[str]:
    """Return codes of listed bodies that none of the (cell, country) pairs names, in the list's order."""
    used = {match.code for cell, country in cells for match in resolve_agencies(cell, country)}
    return [code for code in _data()["body"] if code not in used]
