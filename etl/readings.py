"""Stage `readings`: what a machine read in a paper -> Claims like those of ledger rows, with their evidence.

The main load is the one that the tracker is about: Captagon before pills of unstated kind before the rest,
of equals the largest. Nothing is guessed: what the text doesn't say stays blank, as in the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from etl.dates import Period, bound
from etl.extract.nameless import nameless
from etl.extract.privacy import DIRECTIONS, MASK, Quote
from etl.extract.records import Document, Extraction, Found, LoadAmount, TextClaim
from etl.papers import Paper
from etl.records import Amount, Claim, Evidence, Issue, Load, Reading, When
from etl.rows import is_web_address
from etl.vocabulary import load
from etl.vocabulary.drugs import CAPTAGON, drug_group
from etl.vocabulary.issues import issue
from etl.vocabulary.units import units
from geo.names import country, governorate

Quoting = Callable[[Document, Found[Any]], Quote]
"""The words of a page around a value that may be published, e.g. `etl.extract.privacy.quote_of`."""

_LANGUAGE = re.compile("[a-z]{2,3}")
_MEASURES = ("tablets", "mass", "packages", "unknown")
"""Of several figures of one load, a count of tablets says most."""
PLAIN_SEIZURE = "interdiction"
"""What the ledger calls a seizure of whose kind no more is told."""
DAYS_LONG = {"day": 1, "week": 7, "month": 31, "year": 366}
"""The longest span of each precision of the ledger."""
_GROUPS = (CAPTAGON, "pills_unspecified")


@dataclass(frozen=True, slots=True)
class Readings:
    """Claims in the order of the text, what is wrong with others, and what the paper was taken for."""

    claims: tuple[Claim, ...]
    issues: tuple[Issue, ...]
    doc_class: str


def read_paper(paper: Paper, extraction: Extraction, latest: date, quote: Quoting) -> Readings:
    """Turn what was read in a paper into claims; `latest` is the last day that a date may have.

    A claim that can't be right (a date after its publication) or says nothing (no country and no amount) is a
    blocking issue, and so is a page of seizures in which none could be read.
    """
    if extraction.names is not None:
        paper = replace(paper, document=replace(paper.document, names=extraction.names))
    page = paper.document
    late = issue(
        "future_date",
        paper.ref,
        column="published",
        value=str(page.published),
        report_id=paper.document_id,
        newest=latest,
    )
    if page.published and page.published > latest:
        return Readings((), (late,), extraction.doc_class)
    claims, issues = [], []
    for number, told in enumerate(extraction.claims, 1):
        claim = _Maker(paper, told, f"{paper.document_id}-{number}", quote).claim()
        wrong = _wrong(claim, latest)
        if wrong:
            issues.append(wrong)
        else:
            claims.append(claim)
    if not extraction.claims and extraction.doc_class in {"incident", "aggregate_only"}:
        issues.append(issue("document_without_claims", paper.ref, report_id=paper.document_id))
    if extraction.partly:
        issues.append(issue("document_read_partly", paper.ref, report_id=paper.document_id))
    return Readings(tuple(claims), tuple(issues), extraction.doc_class)


def _wrong(claim: Claim, latest: date) -> Issue | None:
    """What keeps a claim out, None for nothing."""
    words = {"report_id": claim.report_id}
    start, published = claim.when.start, claim.published
    slack = timedelta(days=int(load("dates")["publication_slack_days"]))
    if start and published and start > published + slack:
        shown = start.isoformat()
        return issue("event_after_publication", claim.ref, value=shown, published=published, **words)
    if start and start > latest:
        return issue("future_date", claim.ref, column="date", value=start.isoformat(), newest=latest, **words)
    if not claim.country and claim.amount.quantity is None:
        return issue("reading_without_substance", claim.ref, **words)
    return None


class _Maker:
    """One claim in the making; evidence gathers as its fields are read."""

    def __init__(self, paper: Paper, told: TextClaim, report_id: str, quote: Quoting) -> None:
        self.paper, self.told, self.report_id = paper, nameless(paper.document, told), report_id
        self.quote = quote
        self.evidence: list[Evidence] = []

    def claim(self) -> Claim:
        page, told = self.paper.document, self.told
        total = told.kind == "aggregate"
        when = self.when()
        event_type = self.text("event_type", told.event_type)
        country_code = self.text("country", told.country)
        admin1 = self.text("admin1", told.admin1)
        place = self.text("place", told.place)
        place_words = self.evidence[-1] if told.place else None
        for named in told.places:
            if named.value.role != "seized_at":
                self.note("named_place", f"{named.value.name}:{named.value.role}", named)
        main, weight, others, words = self.loads()
        drug = main.drug if main else self.text("drug", told.drug) or "unspecified"
        value = told.value_usd.value[0] if told.value_usd else None
        if told.value_usd:
            self.note(
                "value", "-".join(dict.fromkeys(f"{v:.15g}" for v in told.value_usd.value)), told.value_usd
            )
        return Claim(
            ref=self.paper.ref,
            report_id=self.report_id,
            url=page.url if is_web_address(page.url) else "",
            publisher=page.publisher.translate(DIRECTIONS),
            lang=page.lang if _LANGUAGE.fullmatch(page.lang) else "",
            published=page.published,
            role="background" if told.kind == "background" else "primary",
            event_type="aggregate" if total else event_type or PLAIN_SEIZURE,
            when=when,
            country=country_code,
            admin1=(governorate(admin1).name_en,) if admin1 else (),
            place=place,
            place_as_written=" ".join(_highlighted(place_words).replace(MASK, " ").split()),
            drug=drug,
            amount=_amount(main, words),
            weight_kg=weight,
            other_loads=others,
            value_usd=value,
            arrests=self.number("arrests", told.arrests),
            killed=self.number("killed", told.killed),
            agencies=self.texts("agencies", told.agencies),
            joint_with=self.texts("joint_with", told.partners),
            partners=(),
            concealment="; ".join(self.texts("concealment", told.concealment)),
            transport=self.text("transport", told.transport),
            origin=self.country("origin", told.origin),
            destination=self.country("destination", told.destination),
            period_start=told.when.value.start if total and told.when else None,
            period_end=told.when.value.end if total and told.when else None,
            scope=self.scope() if total else "",
            quality="good",
            notes="",
            reading=Reading(
                self.paper.document_id, self.paper.sha256, tuple(self.evidence), self.paper.text_group
            ),
        )

    def note(self, field: str, value: str, found: Found[Any]) -> None:
        """Keep the words and the rule of a value."""
        words = self.quote(self.paper.document, found) if found.end > found.start else Quote()
        told = words.text[words.start : words.end]
        start = words.start + len(told) - len(told.lstrip()) if words.text else None
        end = words.start + len(told.rstrip()) if words.text else None
        self.evidence.append(Evidence(field, value, words.text, start, end, found.rule))

    def text(self, field: str, found: Found[str] | None) -> str:
        return self.texts(field, [found] if found else [])[0] if found else ""

    def texts(self, field: str, found: Sequence[Found[str]]) -> tuple[str, ...]:
        for one in found:
            self.note(field, one.value, one)
        return tuple(dict.fromkeys(one.value for one in found))

    def number(self, field: str, found: Found[int] | None) -> int | None:
        if found is None:
            return None
        self.note(field, str(found.value), found)
        return found.value

    def country(self, field: str, found: Found[str] | None) -> str:
        """The English name of one end of the route, as the ledger has it."""
        code = self.text(field, found)
        return country(code).name_en if code else ""

    def scope(self) -> str:
        """What the total covers: the words that say so, else those around its figure."""
        around = (one.quote for one in self.evidence if one.field == "quantity")
        return self.told.scope or next(around, "")

    def when(self) -> When:
        """The date, bounded by the page's own day where it is coarse or missing."""
        page, told = self.paper.document, self.told
        when = told.when.value if told.when else When()
        if told.when and when.start:
            self.note("date", _days(when), told.when)
        published = Period(page.published, page.published, "day") if page.published else None
        return bound(
            _in_ledger_terms(when), published=published, url=page.url, primary_seizure=told.kind == "incident"
        )

    def loads(self) -> tuple[LoadAmount | None, float | None, tuple[Load, ...], str]:
        """The main figure, the weight stated beside it, the further loads, and the main figure's words."""
        by_load: dict[int, list[tuple[LoadAmount, str]]] = {}
        for found in self.told.amounts:
            self.note("quantity", _figure(found.value), found)
            by_load.setdefault(found.value.load, []).append((found.value, _highlighted(self.evidence[-1])))
        for figures in by_load.values():
            figures.sort(key=lambda figure: _MEASURES.index(units()[figure[0].unit].measure))
        ranked = sorted(by_load.values(), key=lambda figures: _rank(figures[0][0]))
        if not ranked:
            return None, None, (), ""
        (main, words), *beside = ranked[0]
        weights = [kg for figure, _ in beside if (kg := units()[figure.unit].kg * figure.low)]
        further = tuple(
            Load(figures[0][0].drug, figures[0][0].low, figures[0][0].unit) for figures in ranked[1:]
        )
        counted = units()[main.unit].measure != "mass"
        return main, round(weights[0], 6) if weights and counted else None, further, words


def _rank(figure: LoadAmount) -> tuple[int, int, float]:
    """The main load first."""
    group, unit = drug_group(figure.drug), units()[figure.unit]
    place = _GROUPS.index(group) if group in _GROUPS else len(_GROUPS)
    return place, _MEASURES.index(unit.measure), -figure.low * (unit.kg or 1)


def _amount(main: LoadAmount | None, words: str) -> Amount:
    if main is None:
        return Amount(unit="unknown")
    high = main.high if main.high > main.low else None
    return Amount(main.low, high, main.unit, main.qualifier, words)


def _figure(amount: LoadAmount) -> str:
    """drug:quantity:unit, as in `other_drugs`; a range with a hyphen."""
    numbers = dict.fromkeys(f"{number:.15g}" for number in (amount.low, amount.high))
    return f"{amount.drug}:{'-'.join(numbers)}:{amount.unit}"


def _highlighted(one: Evidence | None) -> str:
    """The words of a quote that say the value."""
    return one.quote[one.start : one.end] if one and one.start is not None else ""


def _in_ledger_terms(when: When) -> When:
    """A span of any days ("from 3 to 9 May") is as precise as the week, month or year that is no shorter."""
    if when.start is None or when.end is None or when.precision in DAYS_LONG:
        return when
    length = (when.end - when.start).days + 1
    precision = next((name for name, days in DAYS_LONG.items() if length <= days), "")
    return replace(when, precision=precision) if precision else When()


def _days(when: When) -> str:
    """The date as precise as it is; a span as two days."""
    assert when.start is not None
    length = {"year": 4, "month": 7}.get(when.precision)
    if length or when.end in {None, when.start}:
        return when.start.isoformat()[:length]
    return f"{when.start}/{when.end}"
