"""Countries and governorates: codes, today's names in English and Arabic, and the spellings reports use.

`data/names.csv` has one row each, kept by hand: level `country` (ISO 3166-1; names from CLDR), `governorate`
(ISO 3166-2, or a code with X where the standard has none), `area` (several governorates under one name) and
`dropped` (a polygon of the source that belongs to nothing here, with the reason).
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geo.fold import fold
from geo.grammar import grammar


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 codes, English and Arabic name, further spellings."""

    code: str
    iso3: str
    name_en: str
    name_ar: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Governorate:
    """A first-level division, or an area of several (`parts`).

    `polygons` names shapes of the source; where empty, the disc (latitude, longitude, radius_km) stands in
    and `note` says why.
    """

    code: str
    country: str
    name_en: str
    name_ar: str
    aliases: tuple[str, ...] = ()
    polygons: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    note: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name_en, self.name_ar, *self.aliases)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("geo").joinpath("data/names.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def _countries() -> dict[str, Country]:
    return {
        row["code"]: Country(row["code"], row["iso3"], row["name_en"], row["name_ar"], _split(row["aliases"]))
        for row in _rows()
        if row["level"] == "country"
    }


@cache
def _governorates() -> dict[str, Governorate]:
    return {row["code"]: _governorate(row) for row in _rows() if row["level"] in {"governorate", "area"}}


def _governorate(row: dict[str, str]) -> Governorate:
    shapes = _split(row["polygon"])
    is_area = row["level"] == "area"
    latitude, longitude, radius = (
        float(row[c]) if row[c] else None for c in ("latitude", "longitude", "radius_km")
    )
    return Governorate(
        code=row["code"],
        country=row["country"],
        name_en=row["name_en"],
        name_ar=row["name_ar"],
        aliases=_split(row["aliases"]),
        polygons=() if is_area else shapes,
        parts=shapes if is_area else (),
        latitude=latitude,
        longitude=longitude,
        radius_km=radius,
        note=row["note"],
    )


def countries() -> tuple[Country, ...]:
    """All countries, by code."""
    return tuple(_countries().values())


def country(code: str) -> Country:
    """The country of an ISO 3166 alpha-2 code. Raises KeyError for an unknown one."""
    return _countries()[code]


def governorates(country_code: str | None = None) -> tuple[Governorate, ...]:
    """All governorates (areas of several left out), of one country if a code is given."""
    return tuple(g for g in _governorates().values() if not g.parts and country_code in (None, g.country))


def governorate(code: str) -> Governorate:
    """The governorate or area of a code. Raises KeyError for an unknown one."""
    return _governorates()[code]


def dropped_polygons() -> dict[str, str]:
    """Polygon of the source -> why it belongs to no governorate here."""
    return {row["polygon"]: row["note"] for row in _rows() if row["level"] == "dropped"}


@cache
def country_index() -> dict[str, str]:
    """Folded spelling -> alpha-2 code; codes themselves (IQ, IRQ) included."""
    index: dict[str, str] = {}
    for c in countries():
        for spelling in (c.name_en, c.name_ar, *c.aliases, c.iso3):
            index.setdefault(fold(spelling), c.code)
    return index


@cache
def governorate_index() -> dict[str, tuple[str, ...]]:
    """Folded spelling -> codes of the governorates and areas that it may mean (Al-Jawf: SA and YE)."""
    index: dict[str, list[str]] = {}
    for g in _governorates().values():
        for spelling in g.spellings:
            codes = index.setdefault(fold(spelling), [])
            if g.code not in codes:
                codes.append(g.code)
    return {key: tuple(codes) for key, codes in index.items()}


def find_country(text: str) -> Country | None:
    """The country that a word or code names, None if it is unknown.

    >>> find_country("Irak").code, find_country("sa").code, find_country("سورية").code
    ('IQ', 'SA', 'SY')
    """
    upper = text.strip().upper()
    if upper in _countries():
        return _countries()[upper]
    code = country_index().get(fold(text))
    return _countries()[code] if code else None


def find_governorate(text: str, country: str | None = None) -> Governorate | None:
    """The governorate (or area of several) that a spelling names; None if unknown or ambiguous.

    `country` settles names that several countries use (Al-Jawf, Capital, Red Sea).
    """
    for key in _without_level_words(fold(text)):
        codes = governorate_index().get(key, ())
        fitting = [c for c in codes if country in (None, "", _governorates()[c].country)]
        if len(fitting) == 1:
            return _governorates()[fitting[0]]
        if fitting:
            return None
    return None


@cache
def _level_words() -> tuple[str, ...]:
    """Folded words that say "governorate" around its name, longest first."""
    return tuple(sorted({fold(w) for w in grammar()["levels"]["words"]}, key=lambda w: (-len(w), w)))


def _without_level_words(key: str) -> Iterator[str]:
    yield key
    for word in _level_words():
        if key.startswith(word + " "):
            yield fold(key[len(word) + 1 :])
        if key.endswith(" " + word):
            yield fold(key[: -len(word) - 1])
