"""A claim as it may be published: no private person's name in its words ("Noor's seat" is a seat).

A thing stays without its owner; a place whose words are a person's name is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from etl.extract.privacy import DIRECTIONS, names
from etl.extract.records import Document, Found, TextClaim

_WORD = re.compile(r"[^\W_]+(?:[\-‐'’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s\Z")
_HANGING = re.compile(r"(?:\A(?:of|and|by)\s+|\s+(?:of|and|by|belonging to)\Z)", re.IGNORECASE)


def nameless(document: Document, claim: TextClaim) -> TextClaim:
    """Return the claim without the names of private persons in its places, bodies and hiding places."""
    return replace(
        claim,
        place=None if claim.place and _named(document, claim.place) else claim.place,
        places=tuple(place for place in claim.places if not _named(document, place)),
        agencies=_without(document, claim.agencies),
        partners=_without(document, claim.partners),
        concealment=_without(document, claim.concealment),
    )


def _named(document: Document, found: Found[Any]) -> list[str]:
    """The private names that a value's words overlap."""
    overlapping = (span for span in names(document) if span[0] < found.end and found.start < span[1])
    return [document.body[start:end] for start, end in overlapping]


def _without(document: Document, values: Sequence[Found[str]]) -> tuple[Found[str], ...]:
    cleaned = (replace(one, value=_cleaned(one.value, _named(document, one))) for one in values)
    return tuple(one for one in cleaned if one.value)


def _cleaned(value: str, persons: list[str]) -> str:
    """A value without the words of names, "" where no word is left."""
    value = value.translate(DIRECTIONS)
    if not persons:
        return value
    private = {_bare(word) for person in persons for word in _WORD.findall(person)}
    rest = _WORD.sub(lambda word: "" if _bare(word.group()) in private else word.group(), value)
    rest = _HANGING.sub("", " ".join(rest.split()))
    return rest.strip(" ,،;-") if _WORD.search(rest) else ""


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word).casefold()
