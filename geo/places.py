"""The gazetteer's places, and the index of the spellings that name them."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geo import border, names
from geo.fold import fold
from geo.grammar import grammar


@dataclass(frozen=True, slots=True)
class Place:
    """A named place or area, no more precise than it is known.

    `uncertainty_km` is the radius within which the named thing lies, None for strips, governorates,
    countries.
    A border strip is the stretch km_low..km_high of the land border `line` ('JO-SY'), `depth_km` deep into
    `country`; its geometry is `geo.areas.strip_polygon`.
    """

    place_id: str
    name: str
    name_ar: str
    country: str
    admin1_code: str
    kind: str
    latitude: float | None
    longitude: float | None
    precision: str  # exact | town | district | border_strip | governorate | country
    uncertainty_km: float | None
    population: int = 0
    line: str = ""
    km_low: float | None = None
    km_high: float | None = None
    depth_km: float | None = None
    source: str = ""
    paired_with: str = ""  # a crossing's other side


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("geo").joinpath("data/gazetteer.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def precision_of(kind: str, uncertainty_km: float | None, admin1_code: str) -> str:
    """The finest class that fits both the kind of place and how well its position is known."""
    finest = str(grammar()["kinds"][kind]["precision"])
    limits = grammar()["precision_km"]
    if finest not in limits:
        return finest
    classes = list(limits)
    for name in classes[classes.index(finest) :]:
        if uncertainty_km is not None and uncertainty_km <= limits[name]:
            return str(name)
    return "governorate" if admin1_code else "country"


@cache
def places() -> dict[str, Place]:
    """place_id -> Place: the gazetteer, then governorates (`gov:IQ-AN`) and countries (`country:IQ`)."""
    found = [_place(row) for row in _rows()]
    found += [
        Place(
            f"gov:{g.code}",
            g.name_en,
            g.name_ar,
            g.country,
            g.code,
            "governorate",
            None,
            None,
            "governorate",
            None,
        )
        for g in (names.governorate(c) for c in _area_codes())
    ]
    found += [
        Place(f"country:{c.code}", c.name_en, c.name_ar, c.code, "", "country", None, None, "country", None)
        for c in names.countries()
    ]
    return {p.place_id: p for p in found}


def _area_codes() -> list[str]:
    return list(dict.fromkeys(code for codes in names.governorate_index().values() for code in codes))


def _place(row: dict[str, str]) -> Place:
    uncertainty = _number(row["uncertainty_km"])
    strip = row["kind"] == "border_strip"
    return Place(
        place_id=row["place_id"],
        name=row["name"],
        name_ar=row["name_ar"],
        country=row["country"],
        admin1_code=row["admin1_code"],
        kind=row["kind"],
        latitude=_number(row["latitude"]),
        longitude=_number(row["longitude"]),
        precision=precision_of(row["kind"], uncertainty, row["admin1_code"]),
        uncertainty_km=uncertainty,
        population=int(row["population"] or 0),
        line=row["line"],
        km_low=_number(row["km_low"]),
        km_high=_number(row["km_high"]),
        depth_km=border.STRIP_DEPTH_KM if strip else None,
        source=row["source"],
        paired_with=row["paired_with"],
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A place under one of its spellings; `direct` unless a word for its kind was taken off ("Rabia
    crossing")."""

    place: Place
    direct: bool


@cache
def index() -> dict[str, tuple[Named, ...]]:
    """Folded spelling -> the places that bear it."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in _rows():
        if row["place_id"].startswith("strip:") and not row["aliases"]:
            continue  # borders are found by the countries that a phrase names, not by a spelling
        for key, direct in _keys([row["name"], row["name_ar"], *_split(row["aliases"])], row["kind"]):
            found[key][row["place_id"]] = found[key].get(row["place_id"], False) or direct
    for key, codes in names.governorate_index().items():
        for code in codes:
            found[key].setdefault(f"gov:{code}", True)
    for key, code in names.country_index().items():
        if len(key) > 3 or key in {"uae", "ksa"}:
            found[key].setdefault(f"country:{code}", True)
    known = places()
    return {k: tuple(Named(known[i], direct) for i, direct in ids.items()) for k, ids in found.items() if k}


_TAIL = re.compile(r"\s*[,(].*$")


def _keys(spellings: list[str], kind: str) -> Iterator[tuple[str, bool]]:
    for spelling in spellings:
        for text in dict.fromkeys((spelling, _TAIL.sub("", spelling))):
            key = fold(text)
            if len(key) < 2:
                continue
            yield key, True
            bare = key if kind == "border_strip" else without_kind_words(key, kind)
            if bare != key and len(bare) >= 3 and not _names_an_area(bare):
                yield bare, False


def _names_an_area(key: str) -> bool:
    """Whether what is left of "Hatay Airport" or "Anbar desert" is a governorate's or a country's name."""
    return key in names.governorate_index() or key in names.country_index()


@cache
def kind_words(kind: str) -> tuple[str, ...]:
    """Folded words for a kind, longest first."""
    return tuple(sorted({fold(w) for w in grammar()["kinds"][kind]["words"]}, key=lambda w: (-len(w), w)))


def without_kind_words(key: str, kind: str) -> str:
    """A folded name without the words that only say what it is ("qaim border crossing" -> "qaim")."""
    for word in kind_words(kind):
        if key.startswith(word + " "):
            key = key[len(word) + 1 :]
        if key.endswith(" " + word):
            key = key[: -len(word) - 1]
    return key
