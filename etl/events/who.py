"""Who seized it, who took part, how it travelled and where it was bound; arrests and values."""

from __future__ import annotations

from collections.abc import Callable

from etl.events import figures
from etl.events.case import Case, said_on
from etl.events.figures import Figure
from etl.records import Choice, Report, Span
from etl.vocabulary import fold, load, mentioned
from etl.vocabulary.routes import route_country

UNKNOWN: frozenset[object] = frozenset({"unknown", "other"})
EVENT_TYPES = ("airdrop_or_drone", "factory", "found_abandoned", "raid", "interdiction", "other")
"""From the most to the least telling: a drop from an aircraft is also an interdiction, not the other way."""


def choose(case: Case, country: str) -> dict[str, Choice]:
    """Columns on how, by whom, from where and with what result."""
    seizing = case.every(lambda r: (a.as_written for a in r.agencies if a.role == "seizing"))
    return {
        "event_type": _event_type(case),
        "site_type": _or_unknown(case.vote(lambda r: r.site_type, unknown=UNKNOWN)),
        "transport": case.vote(lambda r: r.transport, unknown=UNKNOWN),
        "method_group": _or_unknown(case.vote(lambda r: r.method_group, unknown=UNKNOWN)),
        "concealment": case.first(lambda r: r.claim.concealment),
        "concealment_group": _or_unknown(case.vote(lambda r: r.concealment_group, unknown=UNKNOWN)),
        "agencies": seizing,
        "agency_codes": case.union(lambda r: (a.code for a in r.agencies if a.role == "seizing")),
        "authority": case.vote(lambda r: r.authority, unknown=UNKNOWN),
        "partner_role": case.union(_partner_roles),
        "announced_by": _announced_by(case),
        "partner_countries": case.union(lambda r: _partners(r, country)),
        "origin_country": case.vote(lambda r: tuple(sorted(set(r.origin_countries)))),
        "destination_country": case.vote(lambda r: tuple(sorted(set(r.destination_countries)))),
        "origin_as_reported": case.every(lambda r: (r.claim.origin,)),
        "destination_as_reported": case.every(lambda r: (r.claim.destination,)),
        "transit_countries": case.union(_transit),
        "route_basis": case.vote(lambda r: r.route_basis),
        "capacity_as_reported": case.first(lambda r: r.capacity_as_reported),
        **_people(case),
    }


def _event_type(case: Case) -> Choice:
    voted = case.vote(lambda r: r.claim.event_type, among=case.trusted)
    kinds = {r.claim.event_type for r in case.trusted}
    special = [kind for kind in EVENT_TYPES[:3] if kind in kinds]
    if special and voted.value in {"raid", "interdiction", "other"}:
        givers = tuple(sorted(r.report_id for r in case.trusted if r.claim.event_type == special[0]))
        return Choice(special[0], "most_specific", givers)
    return voted


def _or_unknown(choice: Choice) -> Choice:
    return choice if choice.value else Choice("unknown", "none")


def _announced_by(case: Case) -> Choice:
    """Countries of the official pages; without any, those of the bodies named as seizing."""
    official = case.union(lambda r: (r.outlet.country,) if r.is_official else ())
    return (
        official
        if official.value
        else case.union(lambda r: (a.country for a in r.agencies if a.role == "seizing"))
    )


def _partners(report: Report, country: str) -> list[str]:
    taking_part = {*report.claim.joint_with, *(a.country for a in report.agencies if a.role == "partner")}
    return [code for code in taking_part if code and code != country]


def _partner_roles(report: Report) -> list[str]:
    """What the report says its partners did; nothing where it names no partner."""
    if not (report.claim.partners or report.claim.joint_with):
        return []
    words = fold(" ; ".join((*report.claim.partners, report.claim.notes)))
    return [
        role for role, entry in load("partner_roles")["role"].items() if mentioned(words, entry["keywords"])
    ]


def _transit(report: Report) -> list[str]:
    """Countries that the words for either end name as passed through ("Syria via Turkey")."""
    ends = (report.claim.origin, report.claim.destination)
    return [code for text in ends for code in route_country(text).transit]


def _people(case: Case) -> dict[str, Choice]:
    arrests = _count(case, lambda r: r.claim.arrests)
    killed = _count(case, lambda r: r.claim.killed)
    value = _count(case, lambda r: r.claim.value_usd)
    return {
        "arrests": Choice(arrests.span.best, arrests.rule or "none", arrests.report_ids),
        "arrests_low": Choice(arrests.span.low, arrests.rule or "none", arrests.report_ids),
        "arrests_high": Choice(arrests.span.high, arrests.rule or "none", arrests.report_ids),
        "killed": Choice(killed.span.best, killed.rule or "none", killed.report_ids),
        "value_usd_reported": Choice(value.span.best, value.rule or "none", value.report_ids),
    }


def _count(case: Case, get: Callable[[Report], float | None]) -> figures.Chosen:
    """A count or sum by the same rule as the quantities; 0 only where a source says zero."""
    given = [
        Figure(
            report_id=r.report_id,
            span=Span(value, value, value, "stated"),
            origin=case.origin(r),
            official=r.is_official,
            published=said_on(r),
        )
        for r in case.reports
        if (value := get(r)) is not None
    ]
    return figures.choose(given)
