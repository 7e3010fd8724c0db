"""Articles made up for the tests, with what an extractor reads in them, and a release that holds them.

    python -m tests.etl.sample_documents FOLDER

publishes the shipped ledger with these documents into FOLDER: one joins a curated event, one makes an
event of its own, one gives a total, one only recalls a seizure, and one is not relevant.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.extract.privacy import Quote
from etl.extract.records import Document, Extraction, Found, LoadAmount, PlaceRole, TextClaim
from etl.machine import Reader
from etl.pipeline import Inputs, build
from etl.publish import Request, Store, publish_content
from etl.records import When

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Sample:
    """An article as a line of JSON, and its claims: field -> (value, words that say it)."""

    article: dict[str, str]
    doc_class: str
    claims: tuple[dict[str, Any], ...] = ()

    @property
    def document(self) -> Document:
        given: dict[str, Any] = {"lang": "en"} | self.article
        given["published"] = date.fromisoformat(given["published"]) if given.get("published") else None
        return Document(**given)

    @property
    def extraction(self) -> Extraction:
        return Extraction(self.doc_class, tuple(_claim(self.document, dict(c)) for c in self.claims))


def day(text: str, basis: str = "stated") -> When:
    return When(date.fromisoformat(text), date.fromisoformat(text), "day", basis)


def _found(document: Document, value: Any, words: str, rule: str) -> Found[Any]:
    start = document.body.index(words)
    return Found(value, start, start + len(words), rule)


def _claim(document: Document, given: dict[str, Any]) -> TextClaim:
    kind, scope = given.pop("kind", "incident"), given.pop("scope", "")
    made: dict[str, Any] = {}
    for name, told in given.items():
        if isinstance(told, list):
            made[name] = tuple(_found(document, value, words, f"sample_{name}") for value, words in told)
        else:
            made[name] = _found(document, *told, f"sample_{name}")
    return TextClaim(kind=kind, start=0, end=len(document.body), scope=scope, **made)


JOINS = Sample(
    {
        "id": "apples",
        "lang": "en",
        "published": "2023-03-12",
        "publisher": "The Test Courier",
        "url": "https://courier.example/apples",
        "title": "Pills among apples at Al-Qaim",
        "text": "BAGHDAD: Border officers at the Al-Qaim crossing in Anbar stopped a refrigerator truck on "
        "Saturday, March 11, and found three million pills of captagon in crates of apples. "
        "The driver was arrested.",
    },
    "incident",
    (
        {
            "when": (day("2023-03-11"), "March 11"),
            "country": ("IQ", "BAGHDAD"),
            "admin1": ("IQ-AN", "Anbar"),
            "place": ("Al-Qaim border crossing", "Al-Qaim crossing"),
            "amounts": [
                (LoadAmount("captagon", 3e6, 3e6, "tablets", "exact"), "three million pills of captagon")
            ],
            "arrests": (1, "driver was arrested"),
            "concealment": [("crates of apples", "crates of apples")],
            "transport": ("truck", "refrigerator truck"),
        },
    ),
)
ALONE = Sample(
    {
        "id": "rutba",
        "lang": "ar",
        "published": "2026-02-17",
        "publisher": "جريدة الاختبار",
        "url": "https://jarida.example/rutba",
        "title": "ضبط 415 ألف حبة مخدرة قرب الرطبة",
        "text": "أعلنت مديرية شؤون المخدرات يوم الاثنين ضبط 415,700 حبة كبتاغون داخل صهريج ماء قرب الرطبة في "
        "محافظة الأنبار، والقبض على متهمين اثنين قدما من سوريا.",
    },
    "incident",
    (
        {
            "when": (day("2026-02-16", "weekday"), "يوم الاثنين"),
            "country": ("IQ", "الأنبار"),
            "admin1": ("IQ-AN", "محافظة الأنبار"),
            "place": ("Ar-Rutbah", "الرطبة"),
            "places": [(PlaceRole("country:SY", "Syria", "origin"), "سوريا")],
            "amounts": [(LoadAmount("captagon", 415700, 415700, "tablets", "exact"), "415,700 حبة كبتاغون")],
            "arrests": (2, "متهمين اثنين"),
            "agencies": [("General Directorate for Narcotics Affairs", "مديرية شؤون المخدرات")],
            "concealment": [("water tank", "صهريج ماء")],
            "origin": ("SY", "سوريا"),
        },
    ),
)
TOTAL = Sample(
    {
        "id": "total",
        "lang": "en",
        "published": "2019-07-02",
        "publisher": "The Test Courier",
        "url": "https://courier.example/total",
        "title": "Customs count their finds",
        "text": "Jordan's customs seized 1.23 million captagon pills in the first half of 2019, "
        "an official said.",
    },
    "aggregate_only",
    (
        {
            "kind": "aggregate",
            "scope": "captagon pills seized by Jordan's customs in the first half of 2019",
            "when": (When(date(2019, 1, 1), date(2019, 6, 30), "period", "stated"), "first half of 2019"),
            "country": ("JO", "Jordan"),
            "amounts": [
                (LoadAmount("captagon", 1.23e6, 1.23e6, "tablets", "exact"), "1.23 million captagon pills")
            ],
        },
    ),
)
RECALLS = Sample(
    {
        "id": "recalls",
        "lang": "en",
        "published": "2021-05-05",
        "publisher": "The Test Courier",
        "url": "https://courier.example/trial",
        "title": "Trial opens in Amman",
        "text": "A court in Amman opened the trial of two men. They were caught in Zarqa in April 2020 "
        "with 48,350 captagon pills.",
    },
    "background_only",
    (
        {
            "kind": "background",
            "when": (When(date(2020, 4, 1), date(2020, 4, 30), "month", "stated"), "April 2020"),
            "country": ("JO", "Amman"),
            "place": ("Zarqa", "Zarqa"),
            "amounts": [(LoadAmount("captagon", 48350, 48350, "tablets", "exact"), "48,350 captagon pills")],
        },
    ),
)
IRRELEVANT = Sample(
    {
        "id": "wheat",
        "lang": "en",
        "published": "2021-05-05",
        "publisher": "The Test Courier",
        "title": "Wheat harvest begins",
        "text": "Farmers in Hasakah brought in the first 3,000 tonnes of wheat.",
    },
    "not_relevant",
)
SAMPLES = (JOINS, ALONE, TOTAL, RECALLS, IRRELEVANT)


def reader(*samples: Sample) -> Reader:
    """Reads the samples' texts as they say, and quotes whole sentences."""
    known = {s.document.body: s.extraction for s in samples}

    def quote(document: Document, found: Found[Any]) -> Quote:
        before = re.split(r"(?:\n|(?<=\.) )", document.body[: found.start])[-1]
        after = re.split(r"(?:\n|(?<=\.) )", document.body[found.start :])[0]
        return Quote(before + after, len(before), len(before) + found.end - found.start)

    return Reader(lambda documents: (known[document.body] for document in documents), quote)


def write(folder: Path, *samples: Sample, file: str = "articles.jsonl") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(sample.article, ensure_ascii=False) for sample in samples]
    (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def publish(folder: Path, *samples: Sample) -> Store:
    """The shipped ledger with the samples, published into `folder`."""
    data = ROOT / "data"
    inbox = write(folder / "inbox", *samples)
    inputs = Inputs(data / "reported", data / "decisions", data / "coverage.toml", inbox=inbox)
    store = Store(folder)
    publish_content(store, build(inputs, reader=reader(*samples)).content, Request(), Store(data))
    return store


if __name__ == "__main__":
    publish(Path(sys.argv[1]), *SAMPLES)
