"""Security bodies, ministries and customs in a text: their names, and their part in the seizure.

The value `name` is the canonical English name where the words are known or an Arabic name tells its trade,
else the name as the page writes it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.extract import body_names, nations
from etl.extract.lexicon import Lexicon, Match, shared
from etl.extract.mentions import Body
from etl.extract.nations import Nation
from etl.extract.nearby import said_once, word_after, words_before
from etl.extract.text import Text
from etl.vocabulary import load

SEIZING, PARTNER, SPEAKER, RECIPIENT = "seizing", "partner", "speaker", "recipient"

_CUE_GAP = 14  # between "in cooperation with" and the body: "the", "its Iraqi"
_JOINT_GAP = 7  # between bodies that share a role: ", ", " and the "
_INSIDE = 40  # from a head that is a name by itself to its own head: "Military Intelligence Directorate"
_COUNTRY_GAP = 30  # "police in Turkey"
_COUNTRY_BEFORE = 36  # "the United Arab Emirates' police"
_POSSESSED = frozenset({"'s ", " ", "'s own ", "' "})
_IN = frozenset({"in", "of", "in the", "of the", "في", "في ال", "ال"})
_GENERIC = frozenset(
    {"Police", "Customs", "Army", "Border Guard", "Interior Ministry"}
)  # better with a country
_SMALL = frozenset({"of", "for", "and", "the", "in"})


class _Word(NamedTuple):
    """A known name, a head that a name grows from, or a cue of a role."""

    sort: str
    name: str = ""
    country: str = ""
    role: str = ""


def find(text: Text) -> list[Body]:
    """Return the bodies that a text names, sorted by start; roles by the words right before them."""
    found: list[Body] = []
    countries = _Countries(nations.find(text))
    cues = _cues().find(text)
    for match in said_once(_lexicon().find(text)):
        if found and match.start < found[-1].end:
            continue
        body = _read(text, match, countries, _floor(text.words, match.start, found))
        if body is None:
            continue
        if found and found[-1].start < body.start < found[-1].end:
            continue
        if found and body.start <= found[-1].start:
            found.pop()  # "Border Forces" has grown into "Border Forces Command"
        role = body.role or _role(text.words, body, found, cues)
        body = Body(body.start, body.end, body.name, body.country, role, body.rule)
        if found and _is_acronym(text.words, found[-1], body):
            continue
        found.append(body)
    return found


def _read(text: Text, match: Match[_Word], countries: _Countries, floor: int) -> Body | None:
    word = match.value
    if word.sort == "known":
        start = match.start - 2 if text.words[max(0, match.start - 2) : match.start] == "ال" else match.start
        if text.words[match.start : match.end] == "state security" and word_after(text.words, match.end) in {
            "council",
            "court",
        }:
            return None
        country = word.country or countries.at(text.words, start, match.end)
        return Body(start, match.end, word.name, country, word.role, "body.known")
    if text.words[match.start] >= "ء":
        span = body_names.arabic_span(text, match.start, match.end)
        if span is None:
            return None
        country = countries.at(text.words, *span)
        return Body(*span, _in_english(text, span, country), country, "", "body.arabic")
    span = body_names.english_span(text, match.start, match.end, floor)
    if span is None:
        return None
    country = countries.at(text.words, *span)
    return Body(*span, _as_written(text, span, country), country, "", "body.english")


def _floor(words: str, start: int, found: list[Body]) -> int:
    """Return how far back a name may grow: over the name before it only where mere words stand between."""
    if not found:
        return 0
    before = found[-1]
    if start - before.end > _INSIDE:
        return before.end
    gap = words[before.end : start]
    may_grow = before.rule == "body.english" and gap.replace(" ", "").isalpha()
    return before.start if (may_grow or gap == " ") and "and" not in gap.split() else before.end


# ---- names


def _as_written(text: Text, span: tuple[int, int], country: str) -> str:
    """Return an English name as the page has it, its people turned into their body ("Lebanese soldiers")."""
    words = text.quote(*span).split()
    body = load("bodies_text")["english"]["stands_for"].get(words[-1].lower())
    if body:
        words[-1] = body
    if len(words) == 1 and country:
        words.insert(0, nations.adjective(country))
    return " ".join(word if word in _SMALL or word[:1].isupper() else word.capitalize() for word in words)


def _in_english(text: Text, span: tuple[int, int], country: str) -> str:
    """Return what an Arabic name is called in English: its trade, its head, its country."""
    words = text.words[slice(*span)].split()
    tokens = {body_names.bare_arabic(word) for word in words}
    for line in _meanings():
        if tokens >= line.words:
            heads = (_heads().get(body_names.bare_arabic(word), "") for word in words)
            head = next(filter(None, heads), "") if line.headed else ""
            told = any(nations.is_adjective(token, country) for token in tokens)
            nation = nations.adjective(country) if told or line.english in _GENERIC else ""
            return " ".join(part for part in (nation, line.english, head) if part)
    return " ".join(text.quote(*span).split())


class _Meaning(NamedTuple):
    words: frozenset[str]
    english: str
    headed: bool


@cache
def _meanings() -> tuple[_Meaning, ...]:
    return tuple(
        _Meaning(frozenset(line["ar"]), line["en"], line.get("headed", False))
        for line in load("bodies_text")["meaning"]
    )


@cache
def _heads() -> dict[str, str]:
    return dict(load("bodies_text")["heads_in_english"])


# ---- country


class _Countries:
    """Words for countries, looked up around a name."""

    def __init__(self, matches: list[Match[Nation]]) -> None:
        self._matches = matches

    def at(self, words: str, start: int, end: int) -> str:
        """Return the country that a name tells, or "in Turkey" or "Syria's" right beside it."""
        low = bisect_left(self._matches, start - _COUNTRY_BEFORE, key=lambda match: match.start)
        high = bisect_left(self._matches, end + _COUNTRY_GAP, key=lambda match: match.start)
        behind = ""
        for match in self._matches[low:high]:
            if start <= match.start and match.end <= end + 2:
                return match.value.country
            if match.end <= start and words[match.end : start] in _POSSESSED:
                return match.value.country
            if match.start >= end and words[end : match.start].strip() in _IN and not behind:
                behind = match.value.country
        return behind


# ---- roles


def _role(words: str, body: Body, found: list[Body], cues: list[Match[str]]) -> str:
    """Return the part that the words around a body give it; one joined by "and" shares its neighbour's."""
    start = body.start
    if any(word == "وزير" for _, word in words_before(words, start, 1)):
        return SPEAKER
    index = bisect_left(cues, start, key=lambda cue: cue.start)
    if index and cues[index - 1].value != "behind" and start - cues[index - 1].end <= _CUE_GAP:
        gap = words[cues[index - 1].end : start]
        if not set(gap) & set(".;\n,"):
            return cues[index - 1].value
    if index < len(cues) and cues[index].value == "behind" and cues[index].start - body.end <= 1:
        return PARTNER
    if found and 0 <= start - found[-1].end <= _JOINT_GAP:
        gap = words[found[-1].end : start].strip()
        if gap in {"and", "and the", ",", ", and", "و", "وال", "and its"} and found[-1].role in {
            PARTNER,
            RECIPIENT,
        }:
            return found[-1].role
    return SEIZING


def _is_acronym(words: str, before: Body, body: Body) -> bool:
    """Tell whether a name only repeats the one before it in brackets: "Authority (ZATCA)"."""
    return (
        body.start - before.end <= 4
        and words[before.end : body.start].strip() in {"(", "-"}
        and (before.name == body.name or body.end - body.start <= 6)
    )


# ---- words


@shared
def _lexicon() -> Lexicon[_Word]:
    return Lexicon(_entries())


def _entries() -> Iterator[tuple[str, _Word]]:
    table = load("bodies_text")
    for entry in table["known"]:
        for phrase in entry["words"]:
            yield phrase, _Word("known", entry["name"], entry["country"], entry.get("role", ""))
    for phrase in (*table["english"]["alone"], *table["english"]["heads"]):
        yield phrase, _Word("head")
    for phrase in (*table["arabic"]["definite"], *table["arabic"]["heads"]):
        yield phrase, _Word("head")


@shared
def _cues() -> Lexicon[str]:
    return Lexicon(
        (phrase, role)
        for role in (PARTNER, RECIPIENT, "behind")
        for phrase in load("bodies_text")["role"][role]
    )
