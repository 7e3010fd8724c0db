"""From events to rows of `seizures.csv`, `event_drugs.csv`, `event_agencies.csv`, `event_flags.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from etl.publish.cells import Row
from etl.records import Event, Report
from etl.schema import EVENT_FLAGS, SEIZURES
from geo.names import country, governorate

Rows = list[dict[str, object]]


def seizure_row(event: Event, event_id: str, release: str) -> dict[str, object]:
    """The event's row of `seizures.csv`, `last_changed` left to `etl.publish.release`."""
    row: dict[str, object] = {
        name: event.values[name].value for name in SEIZURES.columns if name in event.values
    }
    codes = tuple(str(code) for code in _items(row.get("admin1_code")))
    iso2 = str(row.get("country") or "")
    return row | {
        "event_id": event_id,
        "country_iso3": country(iso2).iso3 if iso2 else "",
        "admin1": tuple(governorate(code).name_en for code in codes),
        "admin1_ar": tuple(governorate(code).name_ar for code in codes),
        "event_url": f"/event/{event_id}",
        "release": release,
        "n_machine_reports": len(event.reports if event.is_machine_read else event.joined),
    }


def drug_rows(event: Event, event_id: str) -> Rows:
    """The main load and the further drugs; a further drug has the figures of the reports that name it."""
    main = event.values
    unit = "tablets" if main["tablets_best"].value is not None else "kg"
    known = main[f"{unit}_best"].value is not None
    rows: Rows = [
        {
            "event_id": event_id,
            "drug": main["drug"].value,
            "is_main": True,
            "form": main["form"].value,
            "low": main[f"{unit}_low"].value,
            "best": main[f"{unit}_best"].value,
            "high": main[f"{unit}_high"].value,
            "unit": unit if known else "",
            "n_reports": sum(r.claim.drug == main["drug"].value for r in event.reports),
        }
    ]
    further: dict[tuple[str, str], dict[str, list[float]]] = {}
    for report in event.reports:
        for load in report.claim.other_loads:
            amounts = further.setdefault((load.drug, load.unit if load.quantity is not None else ""), {})
            amounts.setdefault(report.report_id, []).extend([] if load.quantity is None else [load.quantity])
    for (drug, load_unit), by_report in sorted(further.items()):
        sums = [sum(amounts) for amounts in by_report.values() if amounts]
        rows.append(
            {
                "event_id": event_id,
                "drug": drug,
                "is_main": False,
                "form": "unknown",
                "low": min(sums, default=None),
                "best": sorted(sums)[(len(sums) - 1) // 2] if sums else None,
                "high": max(sums, default=None),
                "unit": load_unit,
                "n_reports": len(by_report),
            }
        )
    return rows


def agency_rows(event: Event, event_id: str) -> Rows:
    """Each body once a role: by its code where it has one, else by the words of the reports."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    naming: dict[tuple[str, str], set[str]] = {}
    for report in event.reports:
        for agency in report.agencies:
            key = (agency.code or agency.as_written, agency.role)
            found.setdefault(
                key,
                {
                    "event_id": event_id,
                    "agency_code": agency.code,
                    "agency": agency.as_written,
                    "country": agency.country,
                    "authority": agency.authority,
                    "role": agency.role,
                },
            )
            naming.setdefault(key, set()).add(report.report_id)
    return [found[key] | {"n_reports": len(naming[key])} for key in sorted(found)]


def flag_rows(event: Event, event_id: str) -> Rows:
    """The event's check notes with the sentence a reader sees and the reports concerned."""
    sentences = {code.value: code.en for code in EVENT_FLAGS.field("flag").codes}
    return [
        {"event_id": event_id, "flag": flag, "report_ids": ids, "detail": sentences[flag]}
        for flag, ids in sorted(event.flag_reports.items())
    ]


def duplicates(
    events: Iterable[Event], ids: Mapping[str, str], pairs: Sequence[tuple[str, str, str]]
) -> dict[str, tuple[str, ...]]:
    """event_id of a doubtful event -> the better attested events that it may repeat.

    `pairs` are reports of different events. Only the weaker side is doubtful, so that a total without
    doubtful events still counts the seizure once (requirement 1.4). A machine-read event is always weaker.
    """
    event_of = {r.report_id: e for e in events for r in (*e.reports, *(one.report for one in e.joined))}
    found: dict[str, set[str]] = {}
    for a, b, _ in pairs:
        one, other = event_of.get(a), event_of.get(b)
        if one and other and one.key != other.key:
            strong, doubtful = sorted((one, other), key=lambda e: (*_weakness(e), ids[e.key]))
            found.setdefault(ids[doubtful.key], set()).add(ids[strong.key])
    return {event_id: tuple(sorted(others)) for event_id, others in found.items()}


def _weakness(event: Event) -> tuple[bool, int, int, bool]:
    """Sorts the best attested event first: curated, independent origins, reports, a known day or month."""
    origins = {group for _, group in event.cluster.origin_groups}
    dated = any(r.claim.when.precision in {"day", "week", "month"} for r in event.reports)
    return (event.is_machine_read, -len(origins), -len(event.reports), not dated)


def _items(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else ()


def amounts_of(report: Report) -> Row:
    """The report's own quantities as columns of `reports.csv`."""
    return {
        "tablets_low": report.tablets.low,
        "tablets": report.tablets.best,
        "tablets_high": report.tablets.high,
        "tablets_basis": report.tablets.basis,
        "kg_low": report.kg.low,
        "kg": report.kg.best,
        "kg_high": report.kg.high,
        "kg_basis": report.kg.basis,
        "tablet_mass_g": report.mass_g,
    }
