"""Units of the ledger, and the masses by which kilograms become tablets."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from etl.vocabulary import codes_by_spelling, fold, load


class Unit(NamedTuple):
    """A unit. `measure`: tablets, mass, packages or unknown; `kg`: kilograms in one unit of mass, else 0."""

    code: str
    measure: str
    kg: float
    largest: float


class TabletMass(NamedTuple):
    """Grams a tablet: `low`, `best`, `high` for converting; the plausible bounds for checking."""

    low: float
    best: float
    high: float
    plausible_low: float
    plausible_high: float


@cache
def units() -> dict[str, Unit]:
    """Return code -> Unit in the vocabulary's order."""
    return {
        code: Unit(code, entry["measure"], float(entry.get("kg", 0)), float(entry["largest"]))
        for code, entry in load("units").items()
    }


@cache
def tablet_mass() -> TabletMass:
    """Return the tablet masses of `conversions.toml`, each sourced there."""
    table = load("conversions")["tablet_mass_g"]
    return TabletMass(*(float(table[name]["value"]) for name in TabletMass._fields))


@lru_cache(maxsize=4096)
def unit_code(text: str) -> str | None:
    """Return the code of a unit named in any known spelling, None for an unknown one."""
    return codes_by_spelling("units").get(fold(text)) if text.isprintable() else None


def unused_units(codes: Iterable[str]) -> list[str]:
    """Return the units of the vocabulary that none of the given codes is, in its order."""
    seen = set(codes)
    return [code for code in units() if code not in seen]
