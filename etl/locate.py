"""Stage `locate`: a claim -> where it lies, no more precise than its words, and where that is against the
border.

Pure and row by row. The ledger's country is believed; its place, governorates and the page's own words are
resolved together by `geo.gazetteer`. What stays unresolved keeps the governorate or country that is known,
and
is reported. Positions along the Iraq-Syria line come from `geo.border`, for all places at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from etl.records import BorderPosition, Claim, Issue, Location, PlacedClaim, RowRef
from etl.vocabulary.issues import issue
from geo import areas, border, gazetteer, names
from geo.gazetteer import Place, Resolution

BORDER_LINE = "IQ-SY"
BORDER_COUNTRIES = ("IQ", "SY")
NEAR_KM = 25.0  # analyst-requirements 1.5: "a place within 25 km of the line"
FAR_COUNTRY_KM = 100.0  # beyond it, events of other countries have no position along the line
_LIST = re.compile(r",|;|\band\b")
_SHORTEST_LIST = 3
_POINTS = ("exact", "town", "district")


def locate(claims: Iterable[Claim]) -> tuple[list[PlacedClaim], list[Issue]]:
    """Return one placed claim for each claim, in the same order, and a warning for each unknown name."""
    todo = list(claims)
    found = [_location(claim) for claim in todo]
    issues = [i for claim, location in zip(todo, found, strict=True) for i in _issues(claim, location)]
    placed = [
        PlacedClaim(claim, _related(claim, location))
        for claim, location in zip(todo, _with_points(found), strict=True)
    ]
    once: dict[tuple[str, str, str], Issue] = {}
    for found_issue in sorted(issues, key=lambda i: (i.ref or RowRef("", 0), i.code, i.column)):
        once.setdefault((found_issue.code, found_issue.column, found_issue.value), found_issue)
    return placed, [once[key] for key in sorted(once)]


def _issues(claim: Claim, location: Location) -> Iterable[Issue]:
    if not location.resolved:
        column = "place" if claim.place else "place_as_written"
        words = claim.place or claim.place_as_written
        yield issue("unresolved_place", claim.ref, column=column, value=words, report_id=claim.report_id)
    for name in claim.admin1:
        if not _is_governorate(name, claim.country):
            yield issue(
                "unknown_governorate", claim.ref, column="admin1", value=name, report_id=claim.report_id
            )


@cache
def _is_governorate(name: str, country: str) -> bool:
    return names.find_governorate(name, country) is not None


def _location(claim: Claim) -> Location:
    codes, area = _governorates(claim.admin1, claim.country)
    listed = _listed(claim.place, claim.country)
    # Two names may be one place and its surroundings, unless the governorates are two as well.
    if len(listed) >= _SHORTEST_LIST or (listed and len(codes) > 1):
        return replace(_known_area(claim.country, listed), reasons=("the words list several places",))
    found = _resolve(claim.place, claim.country, codes, claim.place_as_written)
    if found.place is None:
        # A place that the ledger names must be known; of the page's own words only those that look like
        # names.
        resolved = not (claim.place or found.unknown)
        return replace(_known_area(claim.country, codes, area), resolved=resolved, reasons=found.reasons)
    return _from_place(found.place, found, claim, codes, area)


@cache
def _listed(words: str, country: str) -> tuple[str, ...]:
    """Governorates of a list of places ("Jazan, Najran and Tabuk") in several of them, () for anything else.

    A list is no more precise than all of it, while "Dora, Baghdad" narrows one name by the next.
    """
    items = [item for item in _LIST.split(words) if item.strip()]
    if len(items) == 1 or not country:
        return ()
    found = [_resolve(item, country, (), "").place for item in items]
    codes = [place.admin1_code for place in found if place is not None and place.country == country]
    return (
        tuple(dict.fromkeys(codes)) if len(codes) == len(items) and all(codes) and len(set(codes)) > 1 else ()
    )


@cache
def _resolve(place: str, country: str, admin1: tuple[str, ...], written: str) -> Resolution:
    return gazetteer.resolve(place, country=country, admin1=admin1, written=written)


@cache
def _governorates(spellings: tuple[str, ...], country: str) -> tuple[tuple[str, ...], str]:
    """Codes of the governorates that the ledger names, and the area's name where one word stands for
    several."""
    codes: list[str] = []
    area = ""
    for spelling in spellings:
        known = names.find_governorate(spelling, country)
        if known is not None:
            codes += known.parts or (known.code,)
            area = known.name_en if known.parts else area
    return tuple(dict.fromkeys(codes)), area


def _known_area(country: str, codes: tuple[str, ...], area: str = "") -> Location:
    """The governorate(s) or country that a report names, where it names no place."""
    if not codes:
        return Location("country" if country else "none", country=country)
    named = [names.governorate(c) for c in codes]
    return Location(
        "governorate",
        country=country or named[0].country,
        admin1_codes=codes,
        place_id="+".join(f"gov:{c}" for c in codes),
        place=area or " and ".join(g.name_en for g in named),
        place_ar="" if area else " و".join(g.name_ar for g in named),
        kind="governorate",
    )


def _from_place(place: Place, found: Resolution, claim: Claim, codes: tuple[str, ...], area: str) -> Location:
    reasons = found.reasons
    if found.places and place.precision in {"governorate", "country"}:
        several = tuple(dict.fromkeys(p.admin1_code for p in found.places))
        if all(several):
            return replace(_known_area(place.country, several), reasons=reasons)
    if (
        codes
        and place.kind in {"governorate", "country"}
        and (place.admin1_code not in codes or not claim.place)
    ):
        return replace(_known_area(claim.country, codes, area), reasons=reasons)
    if codes and place.precision == "country":
        return replace(_known_area(claim.country, codes, area), reasons=reasons)
    point = place.precision in _POINTS
    return Location(
        precision=place.precision,
        country=claim.country or place.country,
        admin1_codes=(place.admin1_code,) if place.admin1_code else codes,
        place_id=place.place_id,
        place=place.name,
        place_ar=place.name_ar,
        kind=place.kind,
        latitude=place.latitude if point else None,
        longitude=place.longitude if point else None,
        uncertainty_km=place.uncertainty_km if point else None,
        border=_area_position(place) if not point else None,
        reasons=reasons,
    )


@dataclass(frozen=True, slots=True)
class _Range:
    """Positions and distances that an area spans against the line."""

    km_low: float
    km_high: float
    distance_low: float
    distance_high: float


def _area_position(place: Place) -> BorderPosition | None:
    """Position of a place that is no point: a strip of the line itself, else the range of its area."""
    if place.line == BORDER_LINE and place.km_low is not None and place.km_high is not None:
        low, high = place.km_low, place.km_high
        depth = place.depth_km or border.STRIP_DEPTH_KM
        sector = border.sector_of_stretch(low, high)
        return BorderPosition(None, low, high, None, 0.0, depth, sector, _side(place.country), "")
    return _position_of(_range_of_place(place), place.country)


def _position_of(span: _Range | None, country: str) -> BorderPosition | None:
    if span is None:
        return None
    abroad = country not in BORDER_COUNTRIES
    blank = abroad and span.distance_high > FAR_COUNTRY_KM
    return BorderPosition(
        km=None,
        km_low=None if blank else span.km_low,
        km_high=None if blank else span.km_high,
        distance_km=None,
        distance_low_km=span.distance_low,
        distance_high_km=span.distance_high,
        sector="" if abroad else border.sector_of_stretch(span.km_low, span.km_high),
        side=_side(country),
        nearest_crossing="",
    )


@cache
def _range_of_place(place: Place) -> _Range | None:
    return _range_of_shape(areas.area_of(place))


@cache
def _range_of_governorates(codes: tuple[str, ...]) -> _Range | None:
    return _range_of_shape(shapely.union_all([areas.governorate_shape(c) for c in codes]))


def _range_of_shape(shape: BaseGeometry | None) -> _Range | None:
    """What an area spans: the feet of points along its rim, and 0 km where the line runs through or beside
    it."""
    if shape is None or shape.is_empty:
        return None
    rim = shapely.get_coordinates(shapely.segmentize(shape.boundary, 0.1))
    against = border.positions(rim[:, 0], rim[:, 1])
    return _Range(
        round(float(against.km_low.min()), 1),
        round(float(against.km_high.max()), 1),
        round(float(against.distance_low_km.min()), 1),
        round(float(against.distance_high_km.max()), 1),
    )


def _side(country: str) -> str:
    return country if country in BORDER_COUNTRIES else ""


def _with_points(found: Sequence[Location]) -> list[Location]:
    """Give every location with coordinates its position, all in one pass; areas get theirs from their
    shape."""
    points = [i for i, loc in enumerate(found) if loc.latitude is not None]
    done = list(found)
    if points:
        measured = border.positions(
            np.array([found[i].longitude for i in points], dtype=float),
            np.array([found[i].latitude for i in points], dtype=float),
            np.array([found[i].uncertainty_km or 0.0 for i in points], dtype=float),
        )
        for at, i in enumerate(points):
            done[i] = replace(found[i], border=_point_position(measured, at, found[i].country))
    for i, loc in enumerate(done):
        if loc.border is None and loc.latitude is None:
            done[i] = replace(loc, border=_position_of(_known_range(loc), loc.country))
    return done


def _known_range(location: Location) -> _Range | None:
    if location.precision == "governorate" and location.admin1_codes:
        return _range_of_governorates(location.admin1_codes)
    if location.precision == "country":
        return _range_of_place(gazetteer.by_id(f"country:{location.country}"))
    return None


def _point_position(measured: border.Positions, at: int, country: str) -> BorderPosition:
    def km(values: np.ndarray) -> float:
        return round(float(values[at]), 1)

    inside = country in BORDER_COUNTRIES or km(measured.distance_km) <= FAR_COUNTRY_KM
    low, high = km(measured.km_low), km(measured.km_high)
    return BorderPosition(
        km=km(measured.km) if inside else None,
        km_low=low if inside else None,
        km_high=high if inside else None,
        distance_km=km(measured.distance_km),
        distance_low_km=km(measured.distance_low_km),
        distance_high_km=km(measured.distance_high_km),
        sector=str(measured.sector[at]) if inside else "",
        side=_side(country),
        nearest_crossing=str(measured.nearest_crossing[at]) if inside else "",
    )


def _related(claim: Claim, location: Location) -> Location:
    return replace(location, border_relation=_relation(claim, location))


def _relation(claim: Claim, location: Location) -> str:
    """Near the line and stated to cross it are two things; stated wins."""
    if _crosses(claim, location):
        return "crosses_stated"
    if location.precision == "none":
        return "unknown"
    if location.border is None:
        return "not_near"  # a country too far away to be mapped here
    if location.border.distance_high_km <= NEAR_KM:
        return "near"
    return "not_near" if location.border.distance_low_km > NEAR_KM else "unknown"


def _crosses(claim: Claim, location: Location) -> bool:
    """Whether the report takes the load over the Iraq-Syria line: from or to the other side, or at a
    crossing."""
    if location.country not in BORDER_COUNTRIES:
        return False
    other = next(c for c in BORDER_COUNTRIES if c != location.country)
    if other in {*_countries(claim.origin), *_countries(claim.destination)}:
        return True
    return (
        location.kind == "crossing" and location.border is not None and (location.border.distance_low_km == 0)
    )


@cache
def _countries(words: str) -> frozenset[str]:
    known = (names.find_country(part) for part in words.replace(";", "|").split("|"))
    return frozenset(c.code for c in known if c is not None)
