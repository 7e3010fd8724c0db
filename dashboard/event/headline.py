"""A seizure in one line: what, where, when; as precise as the sources and no more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from babel.dates import format_date, format_skeleton

from dashboard import i18n
from dashboard.event.versions import number, plain
from dashboard.i18n import t, words
from dashboard.labels import country, labeller
from dashboard.release import Snapshot

OF_THEIR_OWN = ("captagon", "amphetamine_tablets", "pills_unspecified")


def title(event: pd.Series, snapshot: Snapshot, lang: str = "en") -> str:
    """`3,000,000 Captagon tablets, Al-Qaim border crossing`."""
    where = next(iter(_places(event, lang)), "")
    what = amount(event, snapshot, lang)
    joined = t("event.title.what_where", lang=lang, what=what, where=where) if where else what
    return joined[:1].upper() + joined[1:]


def amount(event: pd.Series, snapshot: Snapshot, lang: str = "en") -> str:
    """The quantity taken with its qualifier and drug, in words; never 0 where none is stated."""
    drug = str(event["drug"])
    name = labeller(snapshot, lang)("drug", drug)
    tablets, kg = number(event["tablets_best"]), number(event["kg_best"])
    if tablets is not None and not (event["tablets_basis"] == "converted" and kg is not None):
        figure = qualified(tablets, str(event["tablets_qualifier"]), lang)
        key = f"event.title.{drug}" if drug in OF_THEIR_OWN else "event.title.tablets"
        return t(key, lang=lang, figure=figure, drug=name)
    if kg is not None:
        figure = qualified(kg, str(event["tablets_qualifier"]), lang)
        return t("event.title.kg", lang=lang, figure=figure, drug=name)
    key = "event.title.none_unspecified" if drug == "unspecified" else "event.title.none"
    return t(key, lang=lang, drug=name)


def qualified(value: float, qualifier: str, lang: str = "en") -> str:
    """`about 32,000`, `more than 3,000,000`, `1,350,000`."""
    key = f"event.qualified.{qualifier}"
    return t(key, lang=lang, figure=plain(value)) if key in words("en") else plain(value)


def place(event: pd.Series, lang: str = "en") -> str:
    """`Al-Qaim border crossing, Anbar, Iraq`: what is known of it, "" where nothing is."""
    return i18n.listed(_places(event, lang), lang)


def _places(event: pd.Series, lang: str) -> tuple[str, ...]:
    """From the place itself to its country, each once, as far as known."""
    arabic = lang == "ar"
    parts = [
        str((event["place_ar"] if arabic else "") or event["place"]),
        str((event["admin1_ar"] if arabic else "") or event["admin1"]).replace("|", " / "),
        country(str(event["country"]), lang) if event["country"] else "",
    ]
    return tuple(dict.fromkeys(part for part in parts if part))


def when(event: Any, lang: str = "en") -> str:
    """`11 March 2023`, `March 2023`, `2023`; for an undated event what bounds it, if anything does."""
    start, end = event["date_start"], event["date_end"]
    precision = "none" if pd.isna(start) or pd.isna(end) else str(event["date_precision"])
    if precision == "none":
        return _bounds(event.get("date_not_before"), event.get("date_not_after"), lang)
    if precision == "week":
        ends = {"start": full_day(start.date(), lang), "end": full_day(end.date(), lang)}
        return t("event.when.between", lang=lang, **ends)
    if precision == "month":
        return str(format_skeleton("yMMMM", start.date(), locale=i18n.locale(lang)))
    return str(start.year) if precision == "year" else full_day(start.date(), lang)


def _bounds(first: Any, last: Any, lang: str) -> str:
    """What is known of the day of an undated seizure."""
    known = {
        name: full_day(value.date(), lang)
        for name, value in (("start", first), ("end", last))
        if not pd.isna(value)
    }
    key = {(): "undated", ("start",): "undated_after", ("end",): "undated_before"}
    return t(f"event.when.{key.get(tuple(known), 'undated_between')}", lang=lang, **known)


def short(event: Any, lang: str = "en") -> str:
    """The same for a narrow column: `11 Mar 2023`; a plain `undated` where no page gives a day."""
    if pd.isna(event["date_start"]) or event["date_precision"] == "none":
        return t("event.when.short_undated", lang=lang)
    return (
        i18n.day(event["date_start"].date(), lang) if event["date_precision"] == "day" else when(event, lang)
    )


def full_day(day: date, lang: str = "en") -> str:
    """11 March 2023."""
    return str(format_date(day, "d MMMM y", locale=i18n.locale(lang)))
