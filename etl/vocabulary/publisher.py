"""Take a publisher cell apart: name, credits, carriers.

`Gulf Insider (Arab News)`, `Al-Hayat (via Sauress)`, `Shafaq News (Arabic)` and `Arab News (mirror)` look
alike and say four different things. General rules tell them apart, with words and names from `outlets.toml`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.vocabulary import fold
from etl.vocabulary.outlet_names import by_name, editions, entries, indexes, rules
from geo.names import country_index

_PARENTHESES = re.compile(r"\s*\(([^()]*)\)")
_SLASH = re.compile(r"\s*(?<!\d)/\s*")  # not the one of "24/7"
_VIA = re.compile(r"\s+via\s+", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher cell taken apart: name, whom it credits, who carries it, whether it is a copy."""

    name: str
    credits: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    copied: bool = False


@lru_cache(maxsize=16384)
def read_publisher(text: str) -> Publisher:
    """Take a publisher cell apart.

    A name that the vocabulary lists whole stays whole. Otherwise parentheses, slashes and "via" are read:
    a known outlet there is a credit, a language, country or genre an edition, "mirror" or "repost" a copy,
    "via X" the carrier, and anything else a credit that the vocabulary doesn't know.
    """
    if fold(text) in indexes()[0]:
        return Publisher(text.strip())
    credited: list[str] = []
    carriers: list[str] = []
    copied = False
    for group in _PARENTHESES.findall(text):
        for part in _SLASH.split(group.replace(",", "/").replace(";", "/")):
            role, value = _read_note(part)
            credited += [value] if role == "credit" else []
            carriers += [value] if role == "carrier" else []
            copied = copied or role in {"copy", "carrier"}
    bare = _PARENTHESES.sub("", text).strip()
    if fold(bare) not in indexes()[0]:
        name, *slashed = _SLASH.split(bare)
        name, *via = _VIA.split(name)
        credited += slashed
        carriers += via
        bare, copied = name.strip(), copied or bool(via)
    return Publisher(bare, tuple(c for c in credited if c), tuple(c for c in carriers if c), copied)


def _read_note(part: str) -> tuple[str, str]:
    """Return (role, value) of one note in parentheses; the role is edition, copy, carrier or credit."""
    words, note = rules(), fold(part)
    if not note or note in editions() or note in words["genres"] or note.endswith(" ed"):
        return "edition", ""
    if note in words["copy_words"]:
        return "copy", ""
    if phrased := _read_phrase(part, note):
        return phrased
    if found := by_name(part):
        mirrors = all(entries()[i]["kind"] == "mirror" for i in found)
        return ("carrier" if mirrors else "credit"), part.strip()
    if note in country_index() or note in words["places"]:
        return "edition", ""
    return ("carrier" if _HOST.fullmatch(part.strip()) else "credit"), part.strip()


def _read_phrase(part: str, note: str) -> tuple[str, str] | None:
    """Read "via X", "repost of X", "mirror x.com", "X text"; None for a plain name."""
    words = rules()
    if note.startswith("via "):
        return "carrier", part.strip()[4:].strip()
    for prefix in words["copy_prefixes"]:
        if note.startswith(prefix + " "):
            rest = " ".join(part.split()[len(prefix.split()) :])
            return ("carrier" if prefix.endswith("mirror") else "credit"), rest
    for suffix in words["copy_suffixes"]:
        if note.endswith(" " + suffix):
            return _read_note(" ".join(part.split()[: -len(suffix.split())]))
    return None
