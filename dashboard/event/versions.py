"""The outlets' versions of one seizure, side by side, and whether each agrees with the figure taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.event.plausible import tablet_mass
from dashboard.i18n import t

AGREEMENT = {
    "chosen": "agrees",
    "agrees": "agrees",
    "differs": "differs",
    "superseded": "differs",
    "set_aside_outlier": "set_aside",
    "set_aside_implausible": "set_aside",
    "no_figure": "no_figure",
    "": "no_figure",
}
ORDER = ("agrees", "differs", "set_aside", "no_figure")


@dataclass(frozen=True)
class Version:
    """What one page says. `origin` numbers the independent origins of the event from 1, in the order shown;
    `origin_id` is the outlet, agency or body that stands for it. `spans` is a range of tablets in words.
    """

    report_id: str
    outlet: str
    url: str
    language: str
    role: str
    official: bool
    kind: str
    origin: int
    origin_id: str
    agreement: str
    rule: str
    figure: str
    weight: str
    words: str
    place: str
    published: str
    date_given: str
    drug: str
    note: str
    wire: str
    mass_g: float | None
    tablets: float | None
    kg: float | None
    qualifier: str
    spans: str

    @property
    def misfit(self) -> bool:
        """Whether its own count and weight do not go together."""
        return self.mass_g is not None and not tablet_mass().holds(self.mass_g)


def versions(reports: pd.DataFrame, lang: str = "en") -> tuple[Version, ...]:
    """The reports of one event: the chosen figure first, then official, then news before recollections.

    Reports of one origin stand together within those that agree, differ or give no figure.
    """
    found = sorted((_version(row, lang) for row in reports.to_dict("records")), key=_rank)
    first = {version.origin_id: at for at, version in reversed(list(enumerate(found)))}
    found.sort(key=lambda version: (ORDER.index(version.agreement), first[version.origin_id], _rank(version)))
    numbers = {name: i for i, name in enumerate(dict.fromkeys(one.origin_id for one in found), start=1)}
    return tuple(replace(version, origin=numbers[version.origin_id]) for version in found)


def _rank(version: Version) -> tuple[int, bool, bool, bool, str, str]:
    return (
        ORDER.index(version.agreement),
        version.rule != "chosen",
        not version.official,
        version.role != "primary",
        version.origin_id,
        version.report_id,
    )


def _text(frame: pd.DataFrame, column: str) -> list[str]:
    return [str(value) for value in frame[column]] if column in frame else [""] * len(frame)


def _version(row: dict[Any, Any], lang: str) -> Version:
    rule = str(row.get("best_rule", ""))
    tablets, kg = number(row.get("tablets")), number(row.get("kg"))
    qualifier = str(row.get("qualifier", ""))
    return Version(
        report_id=str(row["report_id"]),
        outlet=str(row.get("outlet", "")) or str(row.get("publisher", "")),
        url=str(row.get("url", "")),
        language=str(row.get("language", "")),
        role=str(row.get("role", "")),
        official=bool(row.get("is_official", False)),
        kind=str(row.get("outlet_kind", "")),
        origin=1,
        origin_id=str(row.get("origin_group", "")),
        agreement=AGREEMENT.get(rule, "no_figure"),
        rule=rule,
        figure=stated("tablets", row, qualifier, lang),
        weight=stated("kg", row, "" if row.get("tablets_basis") == "stated" else qualifier, lang),
        words=str(row.get("quantity_as_written", "")),
        place=str(row.get("place_as_written", "")) or str(row.get("place", "")),
        published=iso(row.get("published")),
        date_given=date_given(row),
        drug=str(row.get("drug", "")),
        note=str(row.get("curator_notes", "")),
        wire=str(row.get("wire", "")),
        mass_g=number(row.get("tablet_mass_g")),
        tablets=tablets if row.get("tablets_basis") == "stated" else None,
        kg=kg if row.get("kg_basis") == "stated" else None,
        qualifier=qualifier,
        spans=_spans(row, qualifier, lang),
    )


def _spans(row: Any, qualifier: str, lang: str) -> str:
    """`50,000,000 to 60,000,000`, "" where the page gives no range."""
    low, high = number(row.get("tablets_low")), number(row.get("tablets_high"))
    if qualifier != "range" or low is None or high is None or low >= high:
        return ""
    return t("event.range", lang=lang, low=plain(low), high=plain(high))


_PRECISE = {"day": 10, "week": 10, "month": 7, "year": 4}
"""Characters of YYYY-MM-DD that a date of each precision has."""


def date_given(row: Any) -> str:
    """The date that this page gives, no finer than it does; "" where it gives none or has another page's."""
    if row.get("date_basis") == "other_report":
        return ""
    return iso(row.get("date_start"))[: _PRECISE.get(str(row.get("date_precision")), 0)]


def stated(unit: str, row: Any, qualifier: str, lang: str = "en") -> str:
    """`about 32,000 tablets`, `more than 3,000,000 tablets`, `215 kg`: only what the page itself states."""
    low, best, high = (number(row.get(name)) for name in (f"{unit}_low", unit, f"{unit}_high"))
    if best is None or row.get(f"{unit}_basis") != "stated":
        return ""
    if qualifier == "range" and low is not None and high is not None and low < high:
        figure = t("event.range", lang=lang, low=plain(low), high=plain(high))
    elif qualifier in {"about", "over", "under"}:
        figure = t(f"event.qualified.{qualifier}", lang=lang, figure=plain(best))
    else:
        figure = plain(best)
    return t(f"event.unit.{unit}", lang=lang, figure=figure)


def plain(value: float) -> str:
    """A figure in full, with thousands separators and no more decimals than it has (at most three)."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.3f}".rstrip("0").rstrip(".")


def number(value: object) -> float | None:
    """A float, or None where the cell is blank."""
    return float(value) if isinstance(value, int | float) and not pd.isna(value) else None


def iso(value: object) -> str:
    """A timestamp as YYYY-MM-DD, "" where unknown; texts pass through."""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if not pd.isna(value) else ""
    return value if isinstance(value, str) else ""
