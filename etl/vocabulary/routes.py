"""Origin and destination: from a report's words to countries, or to a region that names none.

"Gulf states" stays a region and is never spread over six countries; "Bekaa" is Lebanon, said by its place; "a
neighbouring country (Syria implied)" is Syria, but only implied. What no rule reads is `known = False` and
goes to the build's report.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.vocabulary import Label, Table, fold, labels, load, mentioned, mentions, split_list
from geo.names import countries, governorate, governorate_index

_NOTE = re.compile(r"\(([^()]*)\)")
_LONGEST_NAME = 4  # words: "Kingdom of Saudi Arabia"


@dataclass(frozen=True, slots=True)
class RouteMatch:
    """One end of a route.

    `countries` (ISO2, in the words' order) and `region` may both be set ("Jordan and Gulf states"). `transit`
    holds the countries after "via". `basis` is `stated` or `implied`, "" where nothing is mapped.
    """

    countries: tuple[str, ...] = ()
    region: str | None = None
    basis: str = ""
    known: bool = False
    transit: tuple[str, ...] = ()

    @property
    def iso2(self) -> str | None:
        """The country, where the words name exactly one and no region beside it."""
        return self.countries[0] if len(self.countries) == 1 and self.region is None else None


def _data() -> Table:
    return load("routes")


@cache
def _codes() -> frozenset[str]:
    return frozenset(c.code for c in countries())


@cache
def _place_index() -> dict[str, str]:
    """Return folded name -> ISO2 for countries and for governorates whose name only one country has."""
    plain = {fold(word) for word in _data()["rules"]["not_places"]}
    index = {
        key: next(iter(nations))
        for key, codes in governorate_index().items()
        if key not in plain and len(nations := {governorate(code).country for code in codes}) == 1
    }
    # Names only: as a word in a sentence, the three-letter code of Andorra is "and".
    spelled = {fold(name): c.code for c in countries() for name in (c.name_en, c.name_ar, *c.aliases)}
    return index | spelled


def _named(folded: str) -> Iterator[tuple[int, str]]:
    """Yield (position, ISO2) of the countries and governorates named in a folded text, longest name first."""
    words = folded.split()
    taken: set[int] = set()
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            span = set(range(start, start + size))
            code = _place_index().get(" ".join(words[start : start + size]))
            if code and not span & taken and (size > 1 or len(words[start]) > 2):
                taken |= span
                yield len(" ".join(words[:start])), code


def _countries_in(folded: str, places: str = "place") -> tuple[str, ...]:
    """Return the countries of all names and listed places in a folded text, in its order."""
    listed = [
        (match.start(), code)
        for code, phrases in _data()[places].items()
        for match in mentions(folded, phrases)
    ]
    named = _named(folded) if places == "place" else ()
    return tuple(dict.fromkeys(code for _, code in sorted([*listed, *named])))


def _split_at(folded: str, words: Iterable[str]) -> tuple[str, str]:
    """Cut a folded text at the first of some words: what stands before, and what follows it."""
    first = min(mentions(folded, words), key=lambda m: m.start(), default=None)
    if first is None:
        return folded, ""
    return folded[: first.start()].strip(), folded[first.end() :].strip()


def _region(folded: str) -> str | None:
    for code, entry in _data()["region"].items():
        if mentioned(folded, entry["keywords"]):
            return str(code)
    return None


@lru_cache(maxsize=16384)
def route_country(text: str) -> RouteMatch:
    """Map an origin or destination cell; `|` joins several values. A blank cell is known and empty."""
    parts = [_one_end(part) for part in split_list(text)]
    if not parts:
        return RouteMatch(known=True)
    nations = tuple(dict.fromkeys(code for part in parts for code in part.countries))
    transit = tuple(dict.fromkeys(code for part in parts for code in part.transit))
    region = next((part.region for part in parts if part.region), None)
    bases = {part.basis for part in parts}
    basis = "implied" if "implied" in bases else "stated" if "stated" in bases else ""
    return RouteMatch(nations, region, basis, all(part.known for part in parts), transit)


def _one_end(text: str) -> RouteMatch:
    if text in _codes():
        return RouteMatch((text,), basis="stated", known=True)
    rules = _data()["rules"]
    inferred = [fold(n) for n in _NOTE.findall(text) if mentioned(fold(n), rules["inference"])]
    end, way = _split_at(fold(_NOTE.sub(" ", text)), rules["transit"])
    before, away_from = _split_at(end, rules["outside"])
    nations, implied = _countries_in(before), False
    region = _region(before) or ("abroad" if away_from or before != end else None)
    hints = tuple(c for note in inferred for c in _countries_in(note)) or _countries_in(
        before, "implied_place"
    )
    if not nations and hints:
        nations, region, implied = hints, None, True
    if nations and region in {"domestic", "neighbouring_country"}:
        region = None  # "Baghdad and other areas of Iraq", "neighbouring Syria": the name is the answer
    transit = _countries_in(way) if way else ()
    basis = "implied" if implied else "stated" if nations or region else ""
    return RouteMatch(nations, region, basis, bool(nations or region), transit)


def country_of_places(folded: str) -> str:
    """Return the country of the first country, governorate or listed place in a folded text, "" for none."""
    return next(iter(_countries_in(folded)), "")


def region_labels() -> dict[str, Label]:
    """Return the region codes with their labels."""
    return labels(_data()["region"])


def unmapped(cells: Iterable[str]) -> list[str]:
    """Return the cells of which some part names neither a country nor a region, sorted."""
    return sorted({cell for cell in cells if not route_country(cell).known})


def unused_entries(cells: Iterable[str]) -> list[str]:
    """Return `table.code: keyword` of listed places and regions that none of the cells contains."""
    folded = sorted({fold(cell) for cell in cells})
    data = _data()
    listed = [(f"place.{code}", words) for code, words in data["place"].items()]
    listed += [(f"implied_place.{code}", words) for code, words in data["implied_place"].items()]
    listed += [(f"region.{code}", entry["keywords"]) for code, entry in data["region"].items()]
    return [
        f"{name}: {word}"
        for name, words in listed
        for word in words
        if not any(mentioned(text, (word,)) for text in folded)
    ]
