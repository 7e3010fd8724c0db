"""Stage `normalise`: a placed claim -> Report, in common units and common codes.

Pure and row by row: what one report says never depends on another. Words that no vocabulary knows are
reported once each, as warnings; no row is lost here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etl.amounts import Figures, figures
from etl.records import AgencyRef, Claim, Issue, OutletRef, PlacedClaim, Report
from etl.vocabulary.agencies import resolve_agencies
from etl.vocabulary.drugs import drug_group
from etl.vocabulary.forms import is_alleged
from etl.vocabulary.groups import concealment_group, method_group, site_type, transport_code
from etl.vocabulary.issues import issue
from etl.vocabulary.outlets import OutletMatch, is_official, lookup_outlet
from etl.vocabulary.routes import RouteMatch, route_country

VERY_LARGE_TABLETS = 50_000_000
USD_A_TABLET = (0.05, 100.0)  # the 61 reports with a value and a count lie between 1 and 38 dollars a tablet


def normalise(placed: Iterable[PlacedClaim]) -> tuple[list[Report], list[Issue]]:
    """Return one report for each placed claim, in the same order, and a warning for each unknown word."""
    reports: list[Report] = []
    issues: dict[tuple[str, str], Issue] = {}
    for one in placed:
        report, warnings = _report(one)
        reports.append(report)
        for warning in warnings:
            issues.setdefault((warning.code, warning.value), warning)
    return reports, [issues[key] for key in sorted(issues)]


def _report(placed: PlacedClaim) -> tuple[Report, list[Issue]]:
    claim, location = placed.claim, placed.location
    counted = figures(claim)
    outlet = lookup_outlet(claim.publisher, claim.url)
    agencies = (*_bodies(claim, "seizing"), *_bodies(claim, "partner"))
    origin, destination = route_country(claim.origin), route_country(claim.destination)
    place_words = " ".join((claim.place, claim.place_as_written))
    report = Report(
        placed=placed,
        tablets=counted.tablets,
        kg=counted.kg,
        conversion_g=counted.conversion_g,
        mass_g=counted.mass_g,
        drug_group=drug_group(claim.drug),
        form=counted.form,
        outlet=OutletRef(outlet.outlet_id, outlet.name, outlet.kind, outlet.country, outlet.wire),
        is_official=is_official(outlet, (claim.country, *claim.joint_with)),
        agencies=agencies,
        authority=next((a.authority for a in agencies if a.role == "seizing" and a.authority), ""),
        transport=transport_code(claim.transport),
        method_group=method_group(claim.transport, claim.event_type, claim.concealment),
        concealment_group=concealment_group(claim.concealment),
        site_type=site_type(location.kind, place_words, claim.transport, claim.event_type, claim.concealment),
        origin_countries=origin.countries,
        destination_countries=destination.countries,
        route_basis=_route_basis(origin, destination),
        capacity_as_reported=counted.capacity,
        flags=_flags(claim, counted),
    )
    return report, _unknown_words(claim, outlet, agencies, {"origin": origin, "destination": destination})


def _bodies(claim: Claim, role: str) -> list[AgencyRef]:
    """Return the bodies that seized or took part, each name resolved with its country and the date."""
    names, country = claim.agencies, claim.country
    if role == "partner":
        names, country = claim.partners, claim.joint_with[0] if len(claim.joint_with) == 1 else ""
    first, last = claim.when.start or claim.when.not_before, claim.when.end or claim.when.not_after
    return [
        AgencyRef(name, match.code or "", match.authority, match.country, role)
        for name in names
        for match in resolve_agencies(name, country, first, last)
    ]


def _route_basis(*ends: RouteMatch) -> str:
    """Return `implied` if either end of the route is only implied, `stated` if what is known is stated."""
    bases = {end.basis for end in ends}
    return "implied" if "implied" in bases else "stated" if "stated" in bases else ""


def _told(claim: Claim) -> str:
    """Return what the page and its reader say of a site."""
    return " ; ".join((claim.amount.as_written, claim.place_as_written, claim.notes))


def _flags(claim: Claim, counted: Figures) -> tuple[str, ...]:
    """Return the flags of a report in alphabetical order."""
    flags = list(counted.flags)
    best = counted.tablets.best
    amount_known = counted.tablets.known or counted.kg.known
    if is_alleged(claim.event_type, amount_known, _told(claim)):
        flags.append("claim_of_site")
    if claim.is_seizure and best and best >= VERY_LARGE_TABLETS:
        flags.append("very_large")
    if claim.value_usd and best and not USD_A_TABLET[0] <= claim.value_usd / best <= USD_A_TABLET[1]:
        flags.append("value_check")
    if claim.quality == "weak":
        flags.append("weak_source")
    return tuple(sorted(flags))


def _unknown_words(
    claim: Claim, outlet: OutletMatch, agencies: Iterable[AgencyRef], route: Mapping[str, RouteMatch]
) -> list[Issue]:
    """Return a warning for each word of the claim that a vocabulary should know and doesn't."""
    found = []
    if not outlet.known:
        found.append(("unknown_publisher", "publisher", claim.publisher))
    elif outlet.unknown_credit:
        found.append(("unknown_credit", "publisher", outlet.unknown_credit))
    columns = {"seizing": "agencies", "partner": "partners"}
    found += [("unknown_agency", columns[a.role], a.as_written) for a in agencies if not a.code]
    found += [
        ("unmapped_route", column, getattr(claim, column)) for column, end in route.items() if not end.known
    ]
    return [
        issue(code, claim.ref, column=column, value=value, report_id=claim.report_id)
        for code, column, value in found
    ]
