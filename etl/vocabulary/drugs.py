"""Drugs: which codes there are, how they are spelled and which of them count together."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from etl.vocabulary import codes_by_spelling, fold, load

CAPTAGON = "captagon"  # the group that the tracker is about


class Drug(NamedTuple):
    """A drug of the ledger: its code, labels and the code of the group it is counted in."""

    code: str
    en: str
    ar: str
    group: str


@cache
def drugs() -> dict[str, Drug]:
    """Return code -> Drug in the vocabulary's order."""
    return {
        code: Drug(code, entry["en"], entry["ar"], entry["group"]) for code, entry in load("drugs").items()
    }


@lru_cache(maxsize=4096)
def drug_code(text: str) -> str | None:
    """Return the code of a drug named in any known spelling, None for an unknown one."""
    return codes_by_spelling("drugs").get(fold(text)) if text.isprintable() else None


def drug_group(code: str) -> str:
    """Return what a drug counts with: captagon and amphetamine_tablets together, any other by itself."""
    return drugs()[code].group


def unused_drugs(codes: Iterable[str]) -> list[str]:
    """Return the drugs of the vocabulary that none of the given codes is, in its order."""
    seen = set(codes)
    return [code for code in drugs() if code not in seen]
