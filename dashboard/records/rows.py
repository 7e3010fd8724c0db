"""Seizures as rows of the table: numbers to sort and filter by, beside the words a reader sees."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.event.headline import short
from dashboard.event.versions import number
from dashboard.figures import amounts
from dashboard.figures.view import Look
from dashboard.filters import UNSTATED
from dashboard.i18n import t
from dashboard.labels import country, governorate, labeller
from dashboard.release import Snapshot, per_release

CODED = (
    "drug", "event_type", "site_type", "transport", "method_group", "authority", "border_sector",
    "border_relation", "place_precision", "evidence", "review_status",
)  # fmt: skip
NUMBERS = (
    "tablets_best", "kg_best", "arrests", "n_outlets", "n_origins", "border_km", "border_distance_km",
    "n_machine_reports",
)  # fmt: skip


def rows(events: pd.DataFrame, snapshot: Snapshot, lang: str = "en") -> list[dict[str, Any]]:
    """One flat record a seizure, newest first, undated last. Unknown numbers are None, unknown words ""."""
    wanted = set(events["event_id"])
    return [row for row in _all_rows(snapshot, lang) if row["event_id"] in wanted]


@per_release(4)
def _all_rows(snapshot: Snapshot, lang: str) -> tuple[dict[str, Any], ...]:
    """The rows of a release, made once: a change of the filters only chooses among them."""
    label = labeller(snapshot, lang)
    look = Look(lang=lang, label=label)
    order = snapshot.seizures.sort_values(
        ["date_start", "event_id"], ascending=[False, True], na_position="last", kind="stable"
    )
    return tuple(_row(row, label, look, lang) for _, row in order.iterrows())


def _row(event: pd.Series, label: Any, look: Look, lang: str) -> dict[str, Any]:
    start = event["date_start"]
    codes = [code for code in str(event["admin1_code"]).split("|") if code]
    admin1 = " / ".join(governorate(code, lang) for code in codes) or str(event["admin1"]).replace("|", " / ")
    found: dict[str, Any] = {
        "event_id": event["event_id"],
        "date_start": None if pd.isna(start) else start.date().isoformat(),
        "when": short(event, lang),
        "country": country(str(event["country"]), lang) if event["country"] else "",
        "admin1": admin1,
        "place": str(event["place_ar"] if lang == "ar" and event["place_ar"] else event["place"]),
        "amount": amount(event, look),
        "marks": marks(event, lang),
        "unstated": event["drug"] in UNSTATED,
        "machine": t("read.mark", lang=lang) if event["review_status"] == "machine" else "",
        "concealment": str(event["concealment"]),
    }
    found |= {name: label(name, str(event[name])) if event[name] else "" for name in CODED}
    return found | {name: number(event.get(name)) for name in NUMBERS}


def amount(event: pd.Series, look: Look) -> str:
    """Tablets, else the weight, else that no quantity is stated: never 0."""
    kg = number(event["kg_best"])
    if number(event["tablets_best"]) is None and kg is not None:
        return t("event.unit.kg", lang=look.lang, figure=f"{kg:,.0f}" if kg >= 10 else f"{kg:g}")
    return amounts.tablets(event, look)


def marks(event: pd.Series, lang: str = "en") -> list[str]:
    """What must be said wherever the number appears."""
    found = []
    if event["figures_differ"]:
        found.append(t("event.figures_differ", lang=lang))
    if event["possible_duplicate_of"]:
        found.append(t("records.maybe_twice", lang=lang))
    return found
