"""Totals and what is traced of them in sentences: neutral, with the bounds, and nothing left out."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from dashboard import i18n, labels
from dashboard.i18n import DEFAULT, clauses, listed, t
from dashboard.labels import country, governorate
from dashboard.reconcile.bundles import Bundle
from dashboard.reconcile.intervals import PART, TRACED, Interval
from dashboard.reconcile.issuers import FALLS, Beside
from dashboard.reconcile.ours import Compared
from dashboard.reconcile.totals import KG, Reason, Total


def amount(value: float, unit: str, lang: str = DEFAULT) -> str:
    """`24 M tablets`, `1,256 kg`."""
    return t(f"totals.unit.{unit}", lang=lang, amount=figure(value, unit, lang))


def figure(value: float, unit: str, lang: str = DEFAULT) -> str:
    """A quantity without its unit, rounded for reading."""
    if unit == KG:
        return f"{value:,.0f}" if value >= 10 else f"{value:g}"
    return i18n.tablets(value, lang)


def short(value: float, unit: str, lang: str = DEFAULT) -> str:
    """A quantity on a bar: tablets without their unit, weights with it."""
    return amount(value, unit, lang) if unit == KG else figure(value, unit, lang)


def between(found: Interval, unit: str, lang: str = DEFAULT) -> str:
    """`9.6–17 M`: low to high without a unit."""
    if unit == KG:
        return f"{figure(found.low, unit, lang)}–{figure(found.high, unit, lang)}"
    return i18n.tablets_between(found.low, found.high, lang)


def stated_amount(total: Total, lang: str = DEFAULT) -> str:
    """The total as its source gives it: `at least 25 M tablets`; words for one without an amount."""
    if total.best is None or not total.unit:
        return t("totals.no_amount", lang=lang)
    text = amount(total.best, total.unit, lang)
    if total.high is not None and total.low is not None and total.low < total.high:
        text = t("totals.spread", lang=lang, amount=text, low=figure(total.low, total.unit, lang),
                 high=figure(total.high, total.unit, lang))  # fmt: skip
    key = f"totals.qualified.{total.qualifier}"
    return t(key, lang=lang, amount=text) if total.qualifier in {"over", "under", "about"} else text


def issuer(total: Total, lang: str = DEFAULT) -> str:
    """The body's name, with its country where the name does not say it."""
    if not total.issuer:
        return t("figure.official.issuer_unknown", lang=lang)
    return labels.issuer(total.issuer, total.issuer_country, lang)


def covers(total: Total, lang: str = DEFAULT) -> str:
    """What a total counts, by its codes: `Captagon, Anbar, Iraq`, and the body where it is not the issuer.

    For readers of another language than that of `Total.scope`, which is in English.
    """
    drug = t(f"totals.why.drug.{total.drug_scope or 'other'}", lang=lang)
    code = f"code.agency_codes.{total.agency}"
    named = t(code, lang=lang) if total.agency and i18n.has(code, lang) else ""
    own = labels.body(total.issuer, total.issuer_country, lang)
    return listed([drug, where(total, lang), *([named] if named and named != own else [])], lang)


def where(total: Total, lang: str = DEFAULT) -> str:
    """`Iraq`; `Anbar, Iraq`."""
    home = country(total.country, lang) if total.country else t("totals.where_unknown", lang=lang)
    if total.scope_kind not in {"governorate", "territory"} or not total.admin1:
        return home
    return listed([*(governorate(code, lang) for code in total.admin1), home], lang)


def period(total: Total, lang: str = DEFAULT) -> str:
    """`2023`, `Jul 2025 to Dec 2025`, `1 Jan 2025 to 16 Jul 2025`, as fine as it needs to be."""
    start, end = total.start, total.end
    if start is None or end is None:
        last = end or start
        return (
            t("totals.period_part", lang=lang, day=i18n.day(last, lang))
            if last
            else t("figure.official.period_unknown", lang=lang)
        )
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        same = start.year == end.year
        return (
            str(start.year)
            if same
            else t("figure.official.period", lang=lang, first=str(start.year), last=str(end.year))
        )
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        if (start.year, start.month) == (end.year, end.month):
            return i18n.month(start, lang)
        return _span(i18n.month(start, lang), i18n.month(end, lang), lang)
    return i18n.day(start, lang) if start == end else _span(i18n.day(start, lang), i18n.day(end, lang), lang)


def _span(first: str, last: str, lang: str) -> str:
    return t("figure.official.period", lang=lang, first=first, last=last)


def percent(share: float) -> str:
    """`38%`, `0.4%`: no share that is not nothing reads as nothing."""
    return f"{share:.0%}" if share == 0 or share >= 0.01 else f"{share:.1%}" if share >= 0.001 else "<0.1%"


def answer(one: Compared, lang: str = DEFAULT) -> str:
    """How much of a total can be traced to events, in one sentence."""
    total, ours, verdict = one.total, one.ours, one.verdict
    if ours is None or verdict is None:
        return why_not(one.reasons, lang)
    unit = total.unit
    return t(
        f"totals.said.{verdict.label}",
        lang=lang,
        total=stated_amount(total, lang),
        issuer=issuer(total, lang),
        where=where(total, lang),
        period=period(total, lang),
        ours=short(ours.sum.best, unit, lang),
        share=percent(verdict.share.best),
        events=t("totals.seizures", lang=lang, n=ours.n),
        rest=rest(one, lang),
        by=amount(verdict.by, unit, lang),
    )


def rest(one: Compared, lang: str) -> str:
    """What is not traced; of an "at least" it is at least that."""
    if one.verdict is None:
        return ""
    text = short(one.verdict.rest.best, one.total.unit, lang)
    return t("totals.rest_at_least", lang=lang, amount=text) if one.total.qualifier == "over" else text


def _dash(low: str, high: str) -> str:
    return low if low == high else f"{low}–{high}"


def label(one: Compared, lang: str = DEFAULT) -> str:
    """`traced in part, 70%`: the label of a total, with the share where that says more."""
    text = t(f"totals.label.{one.label}", lang=lang)
    if one.verdict is None or one.label not in {PART, TRACED}:
        return text
    return listed([text, percent(one.verdict.share.best)], lang)


def details(one: Compared, lang: str = DEFAULT) -> tuple[str, ...]:
    """What the answer rests on: its bounds, events without amounts, events that could belong."""
    total, ours, verdict = one.total, one.ours, one.verdict
    if ours is None or verdict is None:
        return ()
    found: list[str] = []
    if figure(ours.sum.low, total.unit, lang) != figure(ours.sum.high, total.unit, lang):
        share = _dash(percent(verdict.share.low), percent(verdict.share.high))
        span = between(ours.sum, total.unit, lang)
        if total.unit == KG:
            span = t("totals.unit.kg", lang=lang, amount=span)
        found.append(t("totals.bounds", lang=lang, span=span, share=share))
    if ours.doubtful:
        found.append(t("totals.doubtful", lang=lang, n=len(ours.doubtful)))
    if total.unit == KG and ours.n:
        found.append(t("totals.in_kg", lang=lang))
    if ours.without_amount:
        found.append(t("totals.without_amount", lang=lang, n=len(ours.without_amount)))
    if ours.n_could:
        found.append(_could(one, lang))
    if total.superseded_by:
        found.append(t("totals.superseded", lang=lang))
    return tuple(found)


def _could(one: Compared, lang: str) -> str:
    ours = one.ours
    if ours is None:
        return ""
    parts = clauses(
        (t(f"totals.could.{name}", lang=lang, n=len(ids)) for name, ids in ours.could.items()), lang
    )
    text = t("totals.could_belong", lang=lang, n=ours.n_could, parts=parts)
    if ours.could_unknown == ours.n_could:
        return f"{text} {t('totals.could_unstated', lang=lang)}"
    high = amount(ours.could_high, one.total.unit, lang)
    key = "totals.could_most_but" if ours.could_unknown else "totals.could_most"
    return f"{text} {t(key, lang=lang, amount=high, n=ours.could_unknown)}"


def why_not(reasons: tuple[Reason, ...], lang: str = DEFAULT) -> str:
    """`Not comparable: drug (all drugs together); period (not stated in full).`"""
    return t("totals.why_not", lang=lang, reasons=clauses((reason(one, lang) for one in reasons), lang))


def reason(one: Reason, lang: str = DEFAULT) -> str:
    """`drug: all drugs together`."""
    how = t(f"totals.why.{one.of}.{one.code}", lang=lang)
    return t("totals.reason", lang=lang, of=t(f"totals.of.{one.of}", lang=lang), how=how)


def bundle_said(found: Bundle, lang: str = DEFAULT) -> str:
    """What the parts of an announcement come to."""
    unit = found.total.unit
    if found.sum is None:
        return t("totals.bundle.no_amount", lang=lang)
    said = t(
        f"totals.bundle.{found.label}",
        lang=lang,
        sum=short(found.sum.best, unit, lang),
        by=amount(found.by, unit, lang),
    )
    if not found.unknown:
        return said
    return f"{said} {t('totals.bundle.unknown', lang=lang, n=len(found.unknown))}"


def beside_said(found: Beside, lang: str = DEFAULT) -> str:
    """In what totals of one issuer do not go together."""
    said = []
    for clash in found.clashes:
        first, second = clash.first, clash.second
        if first.best is None or second.best is None:
            continue
        key = "totals.beside.falls" if clash.how == FALLS else "totals.beside.apart"
        text = t(
            key,
            lang=lang,
            one=stated_amount(first, lang),
            other=stated_amount(second, lang),
            first=period(first, lang),
            second=period(second, lang),
            by=amount(abs(first.best - second.best), first.unit, lang),
        )
        said.append(text[:1].upper() + text[1:])
    return " ".join(said)


def day(value: date | None, lang: str = DEFAULT) -> str:
    """A day, "" where unknown."""
    return i18n.day(value, lang) if value else ""
