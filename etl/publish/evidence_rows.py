"""From what a machine read to the rows of `evidence.csv`: each value with its words and its rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etl.publish.cells import plain
from etl.publish.event_rows import Rows
from etl.records import Claim, Evidence, Reading, Report


def review_status(claim: Claim) -> str:
    """`machine` until a person has taken the claim into the ledger."""
    return "machine" if claim.is_machine_read else "curated"


def quote_of(reading: Reading | None, field: str) -> str:
    """The words of the page for a field of `claims.csv`, "" where a person read it."""
    told = reading.evidence if reading else ()
    return next((one.quote for one in told if one.field == field), "")


def evidence_rows(reports: Iterable[Report], event_of: Mapping[str, str]) -> Rows:
    """Rows by report, in the order of the fields; `event_of` maps report_id -> event_id.

    A value that a page gives twice stands once, with its first words.
    """
    rows: Rows = []
    for report in sorted(reports, key=lambda r: r.report_id):
        reading, seen = report.claim.reading, set()
        for one in reading.evidence if reading else ():
            if reading is None or (one.field, one.value) in seen:
                continue
            seen.add((one.field, one.value))
            rows.append(
                {
                    "report_id": report.report_id,
                    "event_id": event_of.get(report.report_id, ""),
                    "field": one.field,
                    "value": one.value,
                    **_words(one),
                    "rule": one.rule,
                    "document_id": reading.document_id,
                    "document_sha256": reading.sha256,
                }
            )
    return rows


def _words(one: Evidence) -> dict[str, object]:
    """The quote as it is published and where its telling words stand in it.

    Publishing puts runs of blanks together and an apostrophe before what a spreadsheet would run, so that
    the offsets move with them.
    """
    if not one.quote or one.start is None or one.end is None:
        return {}
    quote, before = plain(one.quote), one.quote[: one.start]
    guard = len(quote) - len(" ".join(one.quote.split()))
    return {
        "quote": quote,
        "highlight_start": guard + len(" ".join(f"{before}x".split())) - 1,
        "highlight_end": guard + len(" ".join(one.quote[: one.end].split())),
    }
