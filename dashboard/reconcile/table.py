"""The comparison as a table for download: one row a total, numbers in full."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from math import isinf

from dashboard.export.source import guard
from dashboard.filters import Filters
from dashboard.reconcile.bundles import Bundle
from dashboard.reconcile.choice import choose
from dashboard.reconcile.ours import Compared
from dashboard.reconcile.totals import Total
from dashboard.release import Snapshot

TEXTS = ("aggregate_id", "kind", "issuer", "issuer_country", "country", "admin1_code", "scope_as_reported",
         "drug_scope", "agency")  # fmt: skip
COLUMNS = (
    *TEXTS, "period_start", "period_end", "said_on", "unit", "qualifier", "total_low", "total_best",
    "total_high", "label", "differs_in", "n_events", "events_low", "events_best", "events_high", "share_low",
    "share_best", "share_high", "not_traced_low", "not_traced_best", "not_traced_high", "differs_by",
    "n_without_amount", "n_doubtful", "n_could_belong", "could_belong_high", "event_ids", "could_belong_ids",
    "superseded_by", "source_urls", "release", "issuer_kind",
)  # fmt: skip
"""`n_events` have an amount and make up `events_*`, in `unit`; `event_ids` has those without one too."""


def to_csv(filters: Filters, snapshot: Snapshot, *, for_excel: bool = False) -> bytes:
    """The totals of `filters` as CSV; `for_excel` puts the byte-order mark before it."""
    choice = choose(filters, snapshot)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for held in (choice.official, choice.outlets):
        for one in (*held.inside, *held.outside, *held.rest):
            writer.writerow(_shared(one.total, snapshot) | _compared(one))
        for joint in held.bundles:
            writer.writerow(_shared(joint.total, snapshot) | _bundle(joint))
    return out.getvalue().encode("utf-8-sig" if for_excel else "utf-8")


def _shared(total: Total, snapshot: Snapshot) -> dict[str, str]:
    return {
        "aggregate_id": guard(total.aggregate_id),
        "kind": guard(total.kind),
        "issuer": guard(total.issuer),
        "issuer_country": guard(total.issuer_country),
        "country": guard(total.country),
        "admin1_code": guard("|".join(total.admin1)),
        "scope_as_reported": guard(total.scope),
        "drug_scope": guard(total.drug_scope),
        "agency": guard(total.agency),
        "period_start": total.start.isoformat() if total.start else "",
        "period_end": total.end.isoformat() if total.end else "",
        "said_on": total.said_on.isoformat() if total.said_on else "",
        "unit": total.unit,
        "qualifier": guard(total.qualifier),
        **_three("total", (total.low, total.best, total.high)),
        "superseded_by": guard(total.superseded_by),
        "source_urls": guard("|".join(total.sources)),
        "release": snapshot.label,
        "issuer_kind": total.issuer_kind,
    }


def _compared(one: Compared) -> dict[str, str]:
    found = {"label": one.label, "differs_in": "|".join(f"{r.of}:{r.code}" for r in one.reasons)}
    ours, verdict = one.ours, one.verdict
    if ours is None or verdict is None:
        return found
    could = [event_id for ids in ours.could.values() for event_id in ids]
    return found | {
        "n_events": str(ours.n),
        **_three("events", (ours.sum.low, ours.sum.best, ours.sum.high)),
        **{f"share_{end}": f"{getattr(verdict.share, end):.4f}" for end in ("low", "best", "high")},
        **_three("not_traced", (verdict.rest.low, verdict.rest.best, verdict.rest.high)),
        "differs_by": number(verdict.by),
        "n_without_amount": str(len(ours.without_amount)),
        "n_doubtful": str(len(ours.doubtful)),
        "n_could_belong": str(ours.n_could),
        "could_belong_high": number(ours.could_high),
        "event_ids": "|".join(ours.ids),
        "could_belong_ids": "|".join(could),
    }


def _bundle(one: Bundle) -> dict[str, str]:
    members = (*one.parts, *((one.rest,) if one.rest else ()))
    found = {"label": one.label, "event_ids": "|".join(members), "differs_by": number(one.by)}
    if one.sum is None:
        return found
    known = len(members) - len(one.unknown)
    return found | {
        "n_events": str(known),
        "n_without_amount": str(len(one.unknown)),
        **_three("events", (one.sum.low, one.sum.best, one.sum.high)),
    }


def _three(name: str, values: Iterable[float | None]) -> dict[str, str]:
    return {
        f"{name}_{end}": number(value) for end, value in zip(("low", "best", "high"), values, strict=True)
    }


def number(value: float | None) -> str:
    """A figure in full, never 3e+06; blank where unknown or without a limit."""
    if value is None or isinf(value):
        return ""
    return f"{value:.0f}" if value == round(value) else f"{value:.3f}".rstrip("0")
