"""Domain words as data: every list lies in a TOML file beside this module.

Outlets, security bodies, hiding places, routes and scopes are named in so many ways that no list is ever
complete. So each vocabulary has two layers: exact entries (what reports were seen to say) and general
rules (keywords, nationalities, credits in parentheses) for what nobody has seen yet. Both are data. A lookup
says whether it `known` its input, so that the build can report what it didn't; `unused_entries` of each
vocabulary reports the other way round: entries that no input used.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from geo.fold import fold

__all__ = ["Label", "Table", "fold", "labels", "load", "mentioned", "mentions", "split_list"]

Table = Mapping[str, Any]

_ANY = "anyletters"  # what `*` becomes while a keyword is folded: letters, so that folding keeps them


class Label(NamedTuple):
    """A code's words in the two languages of the product."""

    en: str
    ar: str


@cache
def load(name: str) -> Table:
    """Return `etl/vocabulary/<name>.toml`, read once per process and not to be changed by callers."""
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def labels(table: Table) -> dict[str, Label]:
    """Return code -> Label for a table whose entries carry `en` and `ar`."""
    return {code: Label(str(entry["en"]), str(entry["ar"])) for code, entry in table.items()}


@cache
def codes_by_spelling(name: str) -> dict[str, str]:
    """Folded spelling -> code, of a vocabulary whose entries have `en`, `ar` and `spellings`.

    The entry marked `blank` is also what an empty cell means.
    """
    found = {}
    for code, entry in load(name).items():
        for spelling in (code, entry["en"], entry["ar"], *entry["spellings"]):
            found[fold(spelling)] = code
        if entry.get("blank"):
            found[""] = code
    return found


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Compile keywords into one pattern: whole folded words, `*` for any ending (in front, any beginning)."""
    folded = (fold(phrase.replace("*", _ANY)).split() for phrase in phrases)
    sources = (r"\ ".join(word.replace(_ANY, r"\w*") for word in words) for words in folded)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sources)})(?!\w)")


def mentions(folded: str, phrases: Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield the first match of each keyword found in an already folded text.

    A keyword is one or more whole words; `tyre*` also meets `tyres`, `*جمارك` also meets `الجمارك`.
    """
    for phrase in phrases:
        if match := _pattern((phrase,)).search(folded):
            yield match


def mentioned(folded: str, phrases: Iterable[str]) -> bool:
    """Tell whether an already folded text contains any of the keywords."""
    wanted = tuple(phrases)
    return bool(wanted) and _pattern(wanted).search(folded) is not None


def split_list(text: str) -> list[str]:
    """Return the parts of a ledger cell whose values are joined by `|`, blanks left out."""
    return [part.strip() for part in text.split("|") if part.strip()]
