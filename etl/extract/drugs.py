"""Names of drugs in a text, as the ledger codes them (`etl/vocabulary/drugs.toml`)."""

from __future__ import annotations

from functools import cache

from etl.extract.lexicon import Lexicon, Match
from etl.extract.text import Text
from etl.vocabulary import load

TABLET_DRUGS = frozenset({"captagon", "amphetamine_tablets", "amphetamine", "pills_unspecified"})
"""Names that pages give one and the same consignment of tablets."""
VAGUE = frozenset({"", "unspecified", "mixed"})


@cache
def _lexicon() -> Lexicon[str]:
    entries = load("drugs").items()
    return Lexicon(
        (phrase, code) for code, entry in entries for phrase in (*entry.get("words", ()), *entry["spellings"])
    )


def find(text: Text) -> list[Match[str]]:
    """Return the drugs named, with their codes."""
    return _lexicon().find(text)


def agree(one: str, other: str) -> bool:
    """Tell whether two names may mean one load: the same, both tablets', or one of them says nothing."""
    return one == other or one in VAGUE or other in VAGUE or {one, other} <= TABLET_DRUGS
