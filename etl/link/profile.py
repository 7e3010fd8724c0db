"""What the linker looks at in a report, read off once: a Profile.

Left out on purpose: the row's file and line, its report_id (kept only as a label), its notes and quality, and
date bounds that somebody read from the notes. Ledgers that differ in these alone get the same events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache

from etl.link.weights import common_words
from etl.records import Report
from etl.weburl import page_name
from geo.fold import fold

STEM_LETTERS = 5
"""`refrigerated` and `refrigerator`, `apple` and `apples` meet in their first letters."""

GRAMS_A_TABLET = 0.167
"""Only to bring weights and counts onto one axis for finding candidates; never published."""

FINE = frozenset({"exact", "town", "district", "border_strip"})
"""Coarser places say no more than their governorate or country."""

BORDER_KINDS = frozenset({"crossing", "border_strip", "border"})


@dataclass(frozen=True, slots=True)
class Profile:
    """A report as the linker sees it. Days are proleptic ordinals, amounts tablets or kg; None: unsaid."""

    label: str  # report_id: names the report in the answer, is never compared
    page: str  # of a machine-read report its document: it may join what a curator read on the same page
    outlet: str
    lang: str
    background: bool
    country: str
    countries: frozenset[str]  # every country that the report gives a reason to look in
    first: int | None  # the span that the report names, a day, a month or a year
    last: int | None
    precision: str
    carried: bool  # the date was filled in from another outlet's report
    own_day: bool  # the text names the date, or a weekday that gives it
    latest: int | None  # no later than this, by the page's date or another bound
    published: int | None
    count: float | None
    kg: float | None
    qualifier: str
    drug: str
    loads: frozenset[tuple[str, str, float]]
    place_id: str
    exact_place: bool
    latitude: float | None
    longitude: float | None
    radius_km: float
    admin1: frozenset[str]
    place_words: frozenset[str]
    words: frozenset[str]
    transport: str
    agencies: frozenset[str]
    arrests: int | None
    value_usd: float | None
    origin: frozenset[str]
    destination: frozenset[str]
    partners: frozenset[str]
    phrase: str
    place_phrase: str
    hiding_phrase: str
    text_group: str  # of a machine-read report: the documents that carry the same text

    @property
    def size(self) -> float | None:
        """Tablets, or tablets that the weight would make: an axis for finding candidates."""
        return self.count if self.count is not None else self.kg and self.kg * 1000 / GRAMS_A_TABLET

    @property
    def day(self) -> int | None:
        """Some day near the event for finding candidates: the end of the named span, else publication."""
        if self.precision == "year":
            return self.published if self.published is not None and not self.background else None
        return self.last if self.last is not None else self.latest


def profile(report: Report) -> Profile:
    """Read off a report what may serve as evidence."""
    claim, location = report.claim, report.location
    when = claim.when
    latest = None if when.bound_basis == "notes" else _ordinal(when.not_after)
    published = claim.published.toordinal() if claim.published else None
    if published is not None:
        latest = published if latest is None else min(latest, published)
    partners = _partner_countries(report)
    return Profile(
        label=report.report_id,
        page=claim.reading.document_id if claim.reading else page_name(claim.url),
        outlet=report.outlet.outlet_id,
        lang=claim.lang,
        background=claim.role == "background",
        country=claim.country,
        countries=_countries(report, partners),
        first=_ordinal(when.start),
        last=_ordinal(when.end),
        precision=when.precision,
        carried=when.basis == "other_report" and when.start is not None,
        own_day=when.basis in {"stated", "weekday"},
        latest=latest,
        published=published if published is not None else latest,
        count=report.tablets.best if report.tablets.basis == "stated" else None,
        kg=report.kg.best if report.kg.basis == "stated" else claim.weight_kg,
        qualifier=claim.amount.qualifier,
        drug=report.drug_group,
        loads=frozenset((x.drug, x.unit, x.quantity) for x in claim.other_loads if x.quantity),
        place_id=location.place_id if location.precision in FINE else "",
        exact_place=location.precision == "exact",
        latitude=location.latitude,
        longitude=location.longitude,
        radius_km=location.uncertainty_km or 0.0,
        admin1=frozenset(location.admin1_codes),
        place_words=_stems((claim.place, claim.place_as_written)),
        words=_stems((claim.concealment,)),
        transport=report.transport,
        agencies=_agencies(report),
        arrests=claim.arrests,
        value_usd=claim.value_usd,
        origin=frozenset(report.origin_countries),
        destination=frozenset(report.destination_countries),
        partners=partners,
        phrase=fold(claim.amount.as_written),
        place_phrase=fold(claim.place_as_written),
        hiding_phrase=fold(claim.concealment),
        text_group=claim.reading.text_group if claim.reading else "",
    )


def in_canonical_order(profiles: Iterable[Profile]) -> list[Profile]:
    """Sort by content, so that neither row order nor report_ids can decide a tie."""
    return sorted(profiles, key=_content)


def _content(p: Profile) -> str:
    values = (getattr(p, f.name) for f in fields(p) if f.name != "label")
    return "\x1f".join(repr(sorted(v)) if isinstance(v, frozenset) else repr(v) for v in values)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _partner_countries(report: Report) -> frozenset[str]:
    """Countries that took part beside the one where the drugs lay."""
    abroad = {a.country for a in report.agencies if a.role == "partner" and a.country}
    return (frozenset(report.claim.joint_with) | abroad) - {report.claim.country}


def _countries(report: Report, partners: frozenset[str]) -> frozenset[str]:
    """The stated country, those that took part, and at a border place the other end of the route."""
    found = {report.claim.country, *partners}
    if report.location.kind in BORDER_KINDS or report.location.precision == "border_strip":
        found |= {*report.origin_countries, *report.destination_countries}
    return frozenset(found - {""})


def _agencies(report: Report) -> frozenset[str]:
    """Codes of the bodies, or the stems of their names where the vocabulary lacks them."""
    known = {a.code for a in report.agencies if a.code and a.role != "partner"}
    unknown = [a.as_written for a in report.agencies if not a.code and a.role != "partner"]
    return frozenset(known) | _stems(unknown)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(_stems_of(text) for text in texts))


@lru_cache(maxsize=1 << 16)
def _stems_of(text: str) -> frozenset[str]:
    found = {word[:STEM_LETTERS] for word in fold(text).split() if len(word) > 2 and not word.isdigit()}
    return frozenset(found - common_stems())


@lru_cache(maxsize=1)
def common_stems() -> frozenset[str]:
    return frozenset(word[:STEM_LETTERS] for word in common_words())
