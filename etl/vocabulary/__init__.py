"""Domain words as data: every list lies in a TOML file beside this module.

Outlets, security bodies, hiding places, routes and scopes are named in so many ways that no list is ever
complete. So each vocabulary has two layers: exact entries (what reports were seen to say) and general
rules (keywords, nationalities, credits in parentheses) for what nobody has seen yet. Both are data. A lookup
says whether it `known` its input, so that the build can report what it didn't; `unused_entries` of each
vocabulary reports the other way round: entries that no input used.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

Table = Mapping[str, Any]


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


# One Arabic letter is written in several ways (hamza seats, ta marbuta, alef maqsura), Turkish dotless i
# survives decomposition, and tatweel is mere decoration: all fold to one spelling, for lookups only.
_LETTERS = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": "",
    "ک": "ك", "ی": "ي", "ı": "i", "ß": "ss", "ø": "o", "đ": "d",
})  # fmt: skip
_NOT_WORD = re.compile(r"[\W_]+")
_APOSTROPHE = re.compile(r"[’'`ʼʿʾ]")


@cache
def fold(text: str) -> str:
    """Return the lookup key of a text: lower case, no marks, no punctuation, single spaces.

    >>> fold("L’Orient-Le Jour"), fold("Türkiye Gazetesi/AA")
    ('lorient le jour', 'turkiye gazetesi aa')
    """
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text.translate(_LETTERS)))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare.translate(_LETTERS).casefold()).strip()


@cache
def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Compile one folded keyword: whole words, `*` standing for any ending (or, in front, any beginning)."""
    words = [re.escape(fold(w.strip("*"))).replace(r"\ ", " ") for w in phrase.split()]
    stars = [(w.startswith("*"), w.endswith("*")) for w in phrase.split()]
    parts = [(r"\w*" if a else "") + w + (r"\w*" if b else "") for w, (a, b) in zip(words, stars, strict=True)]
    return re.compile(r"(?<!\w)" + r"\ ".join(parts) + r"(?!\w)")


def mentions(folded: str, phrases: Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield the first match of each keyword found in an already folded text.

    A keyword is one or more whole words; `tyre*` also meets `tyres`, `*جمارك` also meets `الجمارك`.
    """
    for phrase in phrases:
        if match := _phrase_pattern(phrase).search(folded):
            yield match


def mentioned(folded: str, phrases: Iterable[str]) -> bool:
    """Tell whether an already folded text contains any of the keywords."""
    return next(mentions(folded, phrases), None) is not None


def split_list(text: str) -> list[str]:
    """Return the parts of a ledger cell whose values are joined by `|`, blanks left out."""
    return [part.strip() for part in text.split("|") if part.strip()]
