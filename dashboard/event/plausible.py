"""What a tablet weighs and costs, from `dashboard/data/plausible.toml`, each with the address of its source.

What the source is stands in the language files, under `lineage.source`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Range:
    """A published range, both ends included. `place` is the key of a place, "" for what tablets weigh;
    `year` 0 is no year."""

    low: float
    high: float
    url: str
    place: str = ""
    year: int = 0

    def holds(self, value: float) -> bool:
        """Whether a value lies in the range, both as published: rounded to cents."""
        return self.low <= round(value, 2) <= self.high


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    text = resources.files("dashboard").joinpath("data", "plausible.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def tablet_mass() -> Range:
    """Grams that a tablet may weigh."""
    entry = _file()["tablet_mass_g"]
    return Range(entry["low"], entry["high"], entry["url"])


@lru_cache(maxsize=256)
def price(country: str) -> Range:
    """US dollars that outlets give for a tablet where a seizure was made."""
    entry = next(one for one in _file()["price"] if country in one["countries"] or not one["countries"])
    return Range(entry["low"], entry["high"], entry["url"], entry["place"], entry["year"])
