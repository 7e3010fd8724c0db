"""From reports to the rows of `reports.csv`: one for each ledger row that could be read, and machine read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etl.publish.event_rows import Rows, amounts_of
from etl.publish.evidence_rows import review_status
from etl.records import Event, Joined, Link, Reading, Report, RowRef, When
from geo.names import governorate

ROUNDING = 0.02
"""Figures this close are one figure, rounded differently."""


def seizure_reports(event: Event, event_id: str, aggregate_of: Mapping[str, str]) -> Rows:
    """The event's reports, with why they are in it and what the rule for the best figure did with theirs.

    The reports of an event that stands for the rest of a bundle are reports of that total as well.
    Machine-read reports that joined the event come last: the rule for its figure never saw theirs.
    """
    links = {link.report_id: link for link in event.cluster.links}
    origins = dict(event.cluster.origin_groups)
    rows = []
    for report in event.reports:
        verdict = event.verdicts.get(report.report_id, "no_figure")
        rows.append(
            _common(report)
            | _link(links.get(report.report_id))
            | {
                "row_kind": row_kind(report),
                "event_id": event_id,
                "aggregate_id": aggregate_of.get(report.report_id, ""),
                "origin_group": origins.get(report.report_id, report.report_id),
                "agrees_with_best": _agrees(event, report),
                "best_rule": verdict,
            }
        )
    return rows + [_joined(one, event, event_id) for one in event.joined]


def _joined(one: Joined, event: Event, event_id: str) -> dict[str, object]:
    return (
        _common(one.report)
        | _link(one.link)
        | {
            "row_kind": "seizure",
            "event_id": event_id,
            "origin_group": one.origin_group,
            "agrees_with_best": _agrees(event, one.report),
        }
    )


def total_reports(
    reports: Iterable[Report], aggregate_of: Mapping[str, str], covers: Mapping[str, tuple[str, ...]]
) -> Rows:
    """Reports that belong to no event: of totals, of destructions, and seizures that a machine-read text
    only recalls.

    `aggregate_of` maps report_id -> aggregate_id, `covers` a destruction's report_id -> the events whose
    drugs were destroyed, where known.
    """
    return [
        _common(report)
        | {
            "row_kind": row_kind(report),
            "aggregate_id": aggregate_of.get(report.report_id, ""),
            "of_events": covers.get(report.report_id, ()),
        }
        for report in reports
    ]


def row_kind(report: Report) -> str:
    """What the report tells of: a seizure, or the aggregate or destruction that its event type names."""
    return "seizure" if report.claim.is_seizure else report.claim.event_type


def date_text(when: When) -> str:
    """The date as precise as it is: YYYY-MM-DD, YYYY-MM or YYYY; "" when undated. A week stands at its first
    day.
    """
    if when.start is None:
        return ""
    length = {"year": 4, "month": 7}.get(when.precision, 10)
    return when.start.isoformat()[:length]


def _agrees(event: Event, report: Report) -> bool | None:
    """Whether the report's figure is the published one, in the unit that it states; None without a figure."""
    for unit, span in (("tablets", report.tablets), ("kg", report.kg)):
        best = event.values[f"{unit}_best"].value
        if span.basis == "stated" and span.best is not None and isinstance(best, (int, float)):
            return abs(span.best - best) <= ROUNDING * max(span.best, best)
    return None


def _link(link: Link | None) -> dict[str, object]:
    if link is None:
        return {}
    return {"link_to": link.to_report_id, "link_score": link.score, "link_reasons": link.reasons}


def _common(report: Report) -> dict[str, object]:
    claim, place = report.claim, report.location
    return {
        "report_id": claim.report_id,
        "url": claim.url,
        "publisher": claim.publisher,
        "outlet_id": report.outlet.outlet_id,
        "outlet": report.outlet.name,
        "outlet_kind": report.outlet.kind,
        "outlet_country": report.outlet.country,
        "wire": report.outlet.wire,
        "is_official": report.is_official,
        "role": claim.role,
        "language": claim.lang,
        "published": claim.published,
        "quality": claim.quality,
        "event_type": claim.event_type,
        "event_date": date_text(claim.when),
        "date_start": claim.when.start,
        "date_end": claim.when.end,
        "date_precision": claim.when.precision,
        "date_basis": claim.when.basis,
        "country": place.country or claim.country,
        "admin1": tuple(governorate(code).name_en for code in place.admin1_codes),
        "admin1_code": place.admin1_codes,
        "place": place.place,
        "place_as_written": claim.place_as_written,
        "place_precision": place.precision,
        "place_reasons": place.reasons,
        "drug": claim.drug,
        "form": report.form,
        **amounts_of(report),
        "qualifier": claim.amount.qualifier,
        "quantity_as_written": claim.amount.as_written,
        "flags": report.flags,
        "curator_notes": claim.notes,
        "review_status": review_status(claim),
        **(_read(claim.reading) if claim.reading else _written(claim.ref)),
    }


def _written(ref: RowRef) -> dict[str, object]:
    return {"ledger_file": ref.file, "ledger_line": ref.line}


def _read(reading: Reading) -> dict[str, object]:
    """Of all that was read the words of the figure, else whatever comes first."""
    told = [e for e in reading.evidence if e.quote]
    best = next((e for e in told if e.field == "quantity"), told[0] if told else None)
    words = {"quote": best.quote, "rule": best.rule} if best else {}
    return {"document_id": reading.document_id, **words}
