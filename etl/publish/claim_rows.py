"""From reports to the rows of `claims.csv`: what each report says of each field, beside what was published.

`basis` warns of details that are no corroboration: dates filled from another outlet, and hiding places or
bodies told in the very words of a report of another origin, as an event's details are when a curator carries
them from one row to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from etl.publish.event_rows import Rows
from etl.publish.evidence_rows import quote_of, review_status
from etl.publish.report_rows import date_text
from etl.records import Claim, Event, Report

SHARED_WORDS = 3
"""From this many words on, identical free text in reports of two origins is taken to be carried over."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One field of one report; `column` is the column of `seizures.csv` it speaks to."""

    field: str
    value: str
    column: str
    value_high: str = ""
    unit: str = ""
    qualifier: str = ""
    as_written: str = ""
    basis: str = "in_page"


def event_claims(event: Event, event_id: str) -> Rows:
    """Claims of an event's reports; of those that a machine read and that joined it, nothing was chosen."""
    origins = dict(event.cluster.origin_groups)
    repeated = _repeated(event, origins)
    rows: Rows = []
    for report in event.reports:
        for said in _fields(report):
            choice = event.values.get(said.column)
            rule = choice.rule if choice else ""
            agrees = report.report_id in choice.report_ids if choice and choice.report_ids else None
            rows.append(
                _row(report, said)
                | {
                    "event_id": event_id,
                    "origin_group": origins.get(report.report_id, report.report_id),
                    "agrees": agrees,
                    "chosen": bool(agrees) and _taken_from(event, said.column) in {report.report_id, "all"},
                    "rule_id": rule if rule != "none" else "",
                }
                | ({"basis": "carried_over"} if (report.report_id, said.field) in repeated else {})
            )
    return rows + [
        _row(one.report, said) | {"event_id": event_id, "origin_group": one.origin_group, "chosen": False}
        for one in event.joined
        for said in _fields(one.report)
    ]


def other_claims(reports: Iterable[Report]) -> Rows:
    """Claims of reports that belong to no event: nothing was chosen from them."""
    return [_row(report, said) | {"chosen": False} for report in reports for said in _fields(report)]


def _row(report: Report, said: _Said) -> dict[str, object]:
    return {
        "claim_id": f"{report.report_id}.{said.field}",
        "report_id": report.report_id,
        "field": said.field,
        "value": said.value,
        "value_high": said.value_high,
        "unit": said.unit,
        "qualifier": said.qualifier,
        "as_written": said.as_written,
        "language": report.claim.lang,
        "basis": said.basis,
        "review_status": review_status(report.claim),
        "quote": quote_of(report.claim.reading, said.field),
    }


def _taken_from(event: Event, column: str) -> str:
    """The report a published value was taken from: the most preferred of those that give it, or all."""
    choice = event.values[column]
    if choice.rule == "all_reports":
        return "all"
    if column in {"tablets_best", "kg_best"}:
        named = [i for i, verdict in event.verdicts.items() if verdict == "chosen" and i in choice.report_ids]
        if named:
            return named[0]
    return next((r.report_id for r in event.reports if r.report_id in choice.report_ids), "")


def _repeated(event: Event, origins: dict[str, str]) -> set[tuple[str, str]]:
    """(report_id, field) of free texts that a more preferred report of another origin gives word for word."""
    first: dict[tuple[str, str], str] = {}
    found = set()
    for report in event.reports:
        origin = origins.get(report.report_id, report.report_id)
        for name, text in (
            ("agencies", "|".join(report.claim.agencies)),
            ("concealment", report.claim.concealment),
        ):
            if len(text.split()) < SHARED_WORDS:
                continue
            if first.setdefault((name, text), origin) != origin:
                found.add((report.report_id, name))
    return found


def _fields(report: Report) -> Iterator[_Said]:
    """The fields that a report fills, in a fixed order."""
    claim = report.claim
    for said in (*_facts(claim), *_quantities(report), *_circumstances(claim)):
        if said.value:
            yield said


def _facts(claim: Claim) -> Iterator[_Said]:
    basis = {"other_report": "carried_over", "weekday": "inferred", "published": "inferred"}
    yield _Said("event_type", claim.event_type, "event_type")
    yield _Said("date", date_text(claim.when), "date_start", basis=basis.get(claim.when.basis, "in_page"))
    yield _Said("country", claim.country, "country")
    yield _Said("admin1", "|".join(claim.admin1), "admin1_code")
    yield _Said("place", claim.place, "place", as_written=claim.place_as_written)
    yield _Said("drug", claim.drug, "drug")


def _quantities(report: Report) -> Iterator[_Said]:
    claim = report.claim
    amount = claim.amount
    if amount.quantity is not None:
        yield _Said(
            "quantity",
            f"{amount.quantity:.15g}",
            "tablets_best" if report.tablets.basis == "stated" else "kg_best",
            value_high="" if amount.quantity_high is None else f"{amount.quantity_high:.15g}",
            unit=amount.unit,
            qualifier=amount.qualifier,
            as_written=amount.as_written,
        )
    if claim.weight_kg is not None:
        yield _Said("weight", f"{claim.weight_kg:.15g}", "kg_best", unit="kg")
    if claim.other_loads:
        loads = [
            f"{x.drug}:{'' if x.quantity is None else f'{x.quantity:.15g}'}:{x.unit}"
            for x in claim.other_loads
        ]
        yield _Said("other_drugs", "|".join(loads), "other_drugs")
    for name, number, unit, column in (
        ("value", claim.value_usd, "USD", "value_usd_reported"),
        ("arrests", claim.arrests, "persons", "arrests"),
        ("killed", claim.killed, "persons", "killed"),
    ):
        if number is not None:
            yield _Said(name, f"{number:.15g}", column, unit=unit)


def _circumstances(claim: Claim) -> Iterator[_Said]:
    yield _Said("agencies", "|".join(claim.agencies), "agencies")
    yield _Said("joint_with", "|".join(claim.joint_with), "partner_countries")
    yield _Said("partners", "|".join(claim.partners), "partner_countries")
    yield _Said("concealment", claim.concealment, "concealment")
    yield _Said("transport", claim.transport, "transport")
    yield _Said("origin", claim.origin, "origin_as_reported")
    yield _Said("destination", claim.destination, "destination_as_reported")
    yield _Said("period_start", "" if claim.period_start is None else claim.period_start.isoformat(), "")
    yield _Said("period_end", "" if claim.period_end is None else claim.period_end.isoformat(), "")
    yield _Said("scope", claim.scope, "")
