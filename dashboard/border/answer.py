"""What crosses from Syria, where and how: the plain sentences over the border page.

Facts only, made from the two periods. Below ten events in either nothing is compared or ranked; what could
still belong (undated, undecided, pills of unstated kind) is counted in a sentence of its own. Where no report
was collected there stands no 0 (analyst requirements 1.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard import tally
from dashboard.border.pair import Pair, Period
from dashboard.border.position import NEAR_KM
from dashboard.border.sectors import methods
from dashboard.collection.marks import across, marks, warning
from dashboard.components.sentence import other_period, when
from dashboard.filters import CHANGE_OF_GOVERNMENT
from dashboard.i18n import DEFAULT, clauses, t, tablets, tablets_between
from dashboard.labels import labeller
from dashboard.release import Snapshot
from geo import border


@dataclass(frozen=True)
class Answer:
    """What stands over the page, parts may hold <b>: how many; where and how, as word and text; further
    facts; what is not in them; the caution."""

    count: str
    terms: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    left_out: tuple[str, ...]
    caution: str


def answer(pair: Pair, snapshot: Snapshot, lang: str = DEFAULT) -> Answer:
    """The sentences of a state of the filters."""
    now = pair.now
    terms, facts = [], []
    if len(now.at_line) or len(now.unstated_at_line):
        terms.append((t("border.where", lang=lang), _sectors(now, lang)))
        terms.append((t("border.how", lang=lang), _methods(now, snapshot, lang)))
    if n := len(now.elsewhere) + len(now.unstated_elsewhere):
        facts.append(t("border.elsewhere", lang=lang, n=n))
    facts.append(_judgement(pair, lang))
    return Answer(
        _count(pair, snapshot, lang),
        tuple(terms),
        tuple(fact for fact in facts if fact),
        _left_out(pair, lang),
        _caution(pair, snapshot, lang),
    )


def _count(pair: Pair, snapshot: Snapshot, lang: str) -> str:
    """How many lie at the line, with their tablets; pills of unstated kind and the other period beside."""
    now, period = pair.now, when(pair.selection.span, snapshot, lang)
    events = now.at_line
    key = "border.count" if len(events) else "border.count_none"
    said = t(key, lang=lang, n=len(events), when=period[:1].upper() + period[1:], km=round(NEAR_KM))
    known = events[events["tablets_best"].notna()]
    if len(known):
        low, _, high = tally.total(known)
        said += t("border.amount", lang=lang, amount=_amount(low, high, lang), n=len(known))
    if len(now.unstated_at_line):
        said += t("border.beside", lang=lang, n=len(now.unstated_at_line))
    if pair.before is not None:
        other = other_period(pair.selection, snapshot, lang)
        said += _before(pair.before, other, lang)
    return said + t("border.stop", lang=lang)


def _before(period: Period, name: str, lang: str) -> str:
    """`name` is the period in words."""
    events, unstated = len(period.at_line), len(period.unstated_at_line)
    if events:
        return t("border.before", lang=lang, n=events, period=name)
    key = "border.before_unstated" if unstated else "border.before_none"
    return t(key, lang=lang, n=unstated, period=name)


def _amount(low: float, high: float, lang: str) -> str:
    return tablets(high, lang) if low == high else tablets_between(low, high, lang)


def _sectors(period: Period, lang: str) -> str:
    """`Anbar: Euphrates 2; Anbar, stretch unknown 1 (+6 kind not stated)`: by sector, never by a made-up
    point."""
    names = {s.code: s.name_ar if lang == "ar" else s.name_en for s in border.sectors()}
    names[""] = t("border.sector.unknown", lang=lang)
    parts = []
    for code, name in names.items():
        events, unstated = (
            int((frame["border_sector"] == code).sum()) for frame in (period.at_line, period.unstated_at_line)
        )
        if events or unstated:
            parts.append(_part(name, events, unstated, lang))
    return clauses(parts, lang)


def _methods(period: Period, snapshot: Snapshot, lang: str) -> str:
    label = labeller(snapshot, lang)
    own, beside = dict(methods(period.at_line)), dict(methods(period.unstated_at_line))
    codes = sorted(
        {*own, *beside}, key=lambda code: (code == "", -own.get(code, 0) - beside.get(code, 0), code)
    )
    return clauses(
        (
            _part(
                label("transport", code) if code else t("border.method_unknown", lang=lang),
                own.get(code, 0),
                beside.get(code, 0),
                lang,
            )
            for code in codes
        ),
        lang,
    )


def _part(name: str, events: int, unstated: int, lang: str) -> str:
    if not events:
        return t("border.part_unstated", lang=lang, name=name, n=unstated)
    key = "border.part_beside" if unstated else "border.part"
    return t(key, lang=lang, name=name, n=events, unstated=unstated)


def _judgement(pair: Pair, lang: str) -> str:
    """What may be said of a move along the line: nothing below ten events a side."""
    if pair.before is None:
        return ""
    now, before = len(pair.now.at_line), len(pair.before.at_line)
    if not pair.comparable:
        key = "border.too_few" if now and before else "border.too_few_none"
        return t(key, lang=lang, now=now, before=before)
    return t("border.comparable", lang=lang, now=now, before=before)


def _left_out(pair: Pair, lang: str) -> tuple[str, ...]:
    chosen = pair.selection
    found = []
    if n := len(chosen.undated):
        found.append(t("border.undated", lang=lang, n=n, here=len(pair.undated_at_line)))
    if n := len(chosen.undecided):
        found.append(t("border.undecided", lang=lang, n=n))
    doubtful = pd.concat([pair.now.at_line, pair.now.elsewhere])
    if n := int((doubtful["possible_duplicate_of"] != "").sum()):
        found.append(t("border.repeats", lang=lang, n=n))
    return tuple(found)


def _caution(pair: Pair, snapshot: Snapshot, lang: str) -> str:
    now, before = pair.now.span, pair.before.span if pair.before is not None else None
    crossing = before is not None and before.end < CHANGE_OF_GOVERNMENT <= now.end
    said = t("lead.caution_change" if crossing else "lead.caution", lang=lang)
    return f"{said} {warning(across(marks(snapshot), now, before), lang)}".rstrip()
