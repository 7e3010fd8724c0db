"""Where the drugs lay: the most specific place that the other reports don't contradict."""

from __future__ import annotations

from collections.abc import Sequence

from etl.events.case import Case
from etl.records import Choice, Location, Report

PRECISIONS = ("exact", "town", "district", "border_strip", "governorate", "country", "none")
SEVERAL = 3
"""From so many origins on, what the news says of the place goes before what a single recollection says."""


def choose(case: Case) -> dict[str, Choice]:
    """Country, place and border columns (names of governorates and ISO3 are filled in at publication)."""
    country = case.vote(lambda r: r.location.country or r.claim.country, among=_known_country(case.trusted))
    if not country.value:
        country = case.vote(lambda r: r.location.country or r.claim.country)
    inside = [r for r in case.reports if r.location.country in {country.value, ""}] or list(case.reports)
    regions = case.vote(lambda r: r.location.admin1_codes, among=inside)
    chosen = _most_specific(case, inside, regions)
    location = chosen.location
    same = tuple(sorted(r.report_id for r in inside if _place_key(r.location) == _place_key(location)))
    rule = "most_specific_consistent" if len(inside) > 1 else "only_report"
    found = {name: Choice(value, rule, same) for name, value in _columns(location).items()}
    crossing = [r.report_id for r in case.trusted if r.location.border_relation == "crosses_stated"]
    if crossing:
        found["border_relation"] = Choice("crosses_stated", "stated", tuple(sorted(crossing)))
    if not location.admin1_codes and regions.value:
        found["admin1_code"] = regions
    return found | {
        "country": country,
        "place_as_reported": case.every(lambda r: (r.claim.place_as_written or r.claim.place,)),
    }


def contradictions(case: Case) -> tuple[str, ...]:
    """Reports whose governorate or country excludes the place that another report gives."""
    located = [r for r in case.trusted if r.location.admin1_codes]
    return tuple(
        sorted({r.report_id for r in located for o in located if not _compatible(r.location, o.location)})
    )


def _known_country(reports: Sequence[Report]) -> list[Report] | None:
    return [r for r in reports if r.location.country or r.claim.country] or None


def _compatible(a: Location, b: Location) -> bool:
    """Whether one seizure can lie in both places."""
    if a.country and b.country and a.country != b.country:
        return False
    return not a.admin1_codes or not b.admin1_codes or bool(set(a.admin1_codes) & set(b.admin1_codes))


def _most_specific(case: Case, reports: Sequence[Report], regions: Choice) -> Report:
    """Of the places compatible with most origins: the most precise, then the one most origins name.

    `regions` is the governorate of most origins: it decides where compatibility is a tie.
    """

    def support(report: Report) -> int:
        return len({case.origin(o) for o in reports if _compatible(report.location, o.location)})

    def voices(report: Report) -> int:
        return len({case.origin(o) for o in reports if _place_key(o.location) == _place_key(report.location)})

    def rank(report: Report) -> tuple[int, bool, int, int, float]:
        place = report.location
        in_region = not regions.value or place.admin1_codes == regions.value
        radius = place.uncertainty_km if place.uncertainty_km is not None else 9999.0
        return -support(report), not in_region, PRECISIONS.index(place.precision), -voices(report), radius

    # A report that names only the country agrees with every place: it must not win by agreeing.
    placed = [r for r in reports if r.location.precision not in {"country", "none"}]
    # One look back ("Homs") doesn't overrule several who told the news ("southern countryside of Homs").
    news = [r for r in placed if r in case.trusted]
    if len({case.origin(r) for r in news}) >= SEVERAL:
        placed = [r for r in placed if r in news or voices(r) > 1]
    return min(placed or reports, key=rank)


def _place_key(place: Location) -> tuple[object, ...]:
    return place.precision, place.place_id or place.place, place.admin1_codes, place.country


def _columns(place: Location) -> dict[str, object]:
    drawn = place.precision in {"exact", "town"}
    border = place.border
    found: dict[str, object] = {
        "admin1_code": place.admin1_codes or None,
        "place": place.place,
        "place_ar": place.place_ar,
        "place_kind": place.kind,
        "latitude": place.latitude if drawn else None,
        "longitude": place.longitude if drawn else None,
        "place_precision": place.precision,
        "place_uncertainty_km": place.uncertainty_km,
        "border_relation": place.border_relation,
    }
    if border:
        found |= {
            "border_km": border.km,
            "border_km_low": border.km_low,
            "border_km_high": border.km_high,
            "border_distance_km": border.distance_km,
            "border_distance_low_km": border.distance_low_km,
            "border_distance_high_km": border.distance_high_km,
            "border_sector": border.sector,
            "border_side": border.side,
            "nearest_crossing": border.nearest_crossing,
        }
    return found
