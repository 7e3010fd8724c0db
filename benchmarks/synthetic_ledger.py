"""A made-up ledger of any size: clusters of reports on one seizure, with the noise that real outlets add.

Places are real names of the gazetteer, so that locating has its usual work; dates spread over twenty years,
whatever the size, so that a larger ledger is also a denser one. The same seed gives the same files.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from geo.places import places

COLUMNS = (
    "report_id", "url", "publisher", "lang", "published", "role", "event_type", "event_date", "date_basis",
    "country",
    "admin1", "place", "place_as_written", "drug", "quantity", "quantity_high", "qualifier", "unit",
    "quantity_as_written", "weight_kg", "other_drugs", "value_usd", "arrests", "killed", "agencies",
    "joint_with",
    "partners", "concealment", "transport", "origin", "destination", "period_start", "period_end", "scope",
    "quality",
    "notes",
)  # fmt: skip
COUNTRIES = ("IQ", "SY", "SA", "JO", "LB", "AE", "TR", "KW")
WEIGHTS = (20, 19, 17, 9, 9, 4, 4, 2)
REPORTS_AN_EVENT = ((1, 50), (2, 20), (3, 12), (4, 7), (6, 6), (9, 3), (14, 2))
OUTLETS = (
    "Shafaq News", "INA", "SANA", "SPA", "Petra", "NNA", "Reuters", "AFP", "Asharq Al-Awsat", "Enab Baladi",
    "Rudaw",
    "Kurdistan24", "Arab News", "Saudi Gazette", "The National", "Jordan Times", "Gulf News", "Anadolu",
    "Al-Mada",
    "Roya News", "Naharnet", "North Press", "Syria TV", "964media", "Daily8 (repost of Shafaq News)",
)  # fmt: skip
BODIES = {
    "IQ": "Iraqi Border Guard", "SY": "Syrian Anti-Narcotics Department", "JO": "Jordan Armed Forces",
    "SA": "Zakat, Tax and Customs Authority", "LB": "Internal Security Forces", "AE": "Dubai Police",
    "TR": "Turkish police", "KW": "Kuwaiti customs",
}  # fmt: skip
HIDDEN = (
    "",
    "",
    "inside apple crates",
    "in a shipment of oranges",
    "in the tyres of a truck",
    "two balloons",
    "in a bag",
)
MOVED = ("", "", "truck", "car", "balloon", "ship/container", "building")
KINDS = (("interdiction", 60), ("raid", 25), ("factory", 5), ("airdrop_or_drone", 6), ("found_abandoned", 4))
DRUGS = (("captagon", 85), ("pills_unspecified", 10), ("amphetamine_tablets", 5))
FIRST_DAY, DAYS = date(2006, 1, 1), 7300
GRAMS = 0.167

Row = dict[str, str]
T = TypeVar("T")


def write(folder: Path, reports: int, seed: int = 1) -> Path:
    """A ledger of exactly that many rows in `folder`; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "synthetic.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for number, row in zip(range(reports), _rows(random.Random(seed)), strict=False):
            writer.writerow({"report_id": f"S{number:07d}", "url": f"https://example.org/{number}"} | row)
    return folder


def _rows(rng: random.Random) -> Iterator[Row]:
    """Reports without end, those of one seizure after each other."""
    named = {
        code: [p for p in places().values() if p.country == code and ":" in p.place_id] for code in COUNTRIES
    }
    while True:
        country = rng.choices(COUNTRIES, WEIGHTS)[0]
        place = rng.choice(named[country])
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
        tablets = round(10 ** rng.uniform(3, 7), -rng.randrange(1, 4))
        event = {
            "event_type": _weighted(rng, KINDS), "country": country, "place": place.name,
            "agencies": BODIES[country],
            "drug": _weighted(rng, DRUGS), "concealment": rng.choice(HIDDEN), "transport": rng.choice(MOVED),
        }  # fmt: skip
        for _ in range(_weighted(rng, REPORTS_AN_EVENT)):
            yield event | _noise(rng, day, tablets, place.name)


def _noise(rng: random.Random, day: date, tablets: float, place: str) -> Row:
    """What one outlet makes of an event: its own date, wording, rounding and gaps."""
    told = {
        "publisher": rng.choice(OUTLETS),
        "lang": rng.choice(("en", "ar")),
        "quality": "good",
        "role": "primary",
    }
    published = day + timedelta(days=rng.randrange(3))
    told["published"] = published.isoformat() if rng.random() < 0.5 else ""
    told["place_as_written"] = place if rng.random() < 0.8 else ""
    if rng.random() < 0.2:
        told["place"] = ""
    if rng.random() < 0.8:
        slip = timedelta(days=rng.choice((0, 0, 0, 0, 0, 1)))
        told |= {
            "event_date": (day + slip).isoformat(),
            "date_basis": rng.choice(("stated", "weekday", "published")),
        }
        if told["published"] and told["published"] < told["event_date"]:
            told["published"] = told["event_date"]
    if rng.random() < 0.85:
        rounded = float(f"{tablets:.2g}") if rng.random() < 0.3 else tablets
        told |= {
            "quantity": f"{rounded:.0f}",
            "unit": "tablets",
            "quantity_as_written": f"{rounded:,.0f} pills",
        }
        told["qualifier"] = "exact" if rounded == tablets else rng.choice(("about", "over"))
        if rng.random() < 0.1:
            told["weight_kg"] = f"{rounded * GRAMS / 1000:.1f}"
    else:
        told |= {"unit": "unknown", "qualifier": "unstated"}
    if rng.random() < 0.1:
        told["role"] = "background"
    return told


def _weighted(rng: random.Random, choices: Sequence[tuple[T, int]]) -> T:
    return rng.choices([value for value, _ in choices], [weight for _, weight in choices])[0]
