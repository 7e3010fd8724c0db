"""Candidates for a name, scored by the context that it stands in."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from geo import names
from geo.fold import fold
from geo.grammar import grammar
from geo.phrase import Mention, Phrase
from geo.places import Named, Place, places

_AREA_KINDS = frozenset({"district", "region", "desert", "valley"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, its score (higher fits better) and what made it."""

    place: Place
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    country: str
    admin1: tuple[str, ...]
    kind: str


def by_score(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.place.place_id


def as_areas(mention: Mention, candidates: tuple[Candidate, ...], phrase: Phrase) -> tuple[Candidate, ...]:
    """Where a town's name means its governorate.

    Joined to a name that is only a governorate's ("Najaf and Anbar"), or as what another name lies in ("Mount
    Simeon in Idlib").
    """
    beside_area = any(
        m is not mention
        and all(n.place.kind == "governorate" for n in m.named)
        and joined(phrase, m, mention)
        for m in phrase.mentions
    )
    holds = phrase.before(mention, "inside") and any(
        m.end < mention.start and any(n.place.kind in _AREA_KINDS for n in m.named) for m in phrase.mentions
    )
    regions = tuple(c for c in candidates if c.place.kind == "governorate")
    return regions if (beside_area or holds) and regions else candidates


def rank(mention: Mention, phrase: Phrase, context: Context) -> tuple[Candidate, ...]:
    """Candidates of one name, best first.

    Those of another country than the given one are left out, but for the name of a crossing's other side: it
    means this side's (Nassib in Jordan is Jaber).
    """
    pool = [n for n in mention.named if not context.country or n.place.country == context.country]
    if not pool:
        twins = (places().get(n.place.paired_with) for n in mention.named)
        pool = [Named(t, False) for t in twins if t is not None and t.country == context.country]
    return tuple(sorted((_score(n, mention, phrase, context) for n in pool), key=by_score))


def _score(named: Named, mention: Mention, phrase: Phrase, context: Context) -> Candidate:
    place = named.place
    parts: list[tuple[float, str]] = [
        (float(grammar()["kinds"][place.kind]["prior"]), f"a {place.kind}"),
        (min(1.5, math.log10(place.population + 1) / 4), f"{place.population} inhabitants"),
        (0.4 * mention.words, f"{mention.words} words in common"),
    ]
    if not named.direct:
        parts.append((-0.2, "without the word for its kind"))
    if not place.place_id.startswith("gn:"):
        parts.append((1.2, "named in reports"))
    if place.kind in {"town", "village"} and names_governorate(mention, place) and not namesake(place):
        parts.append((-3.0, "the governorate's name rather than the town's"))
    if context.country:
        parts.append((4.0, f"in {context.country}"))
    elif place.country in {code for _, code in phrase.countries}:
        parts.append((2.0, f"the words speak of {place.country}"))
    parts += _admin1_parts(place, mention, phrase, context)
    parts += _kind_parts(place, mention, phrase, context)
    kept = [(s, r) for s, r in parts if s]
    return Candidate(place, round(sum(s for s, _ in kept), 3), tuple(f"{r} ({s:+.1f})" for s, r in kept))


def _admin1_parts(
    place: Place, mention: Mention, phrase: Phrase, context: Context
) -> Iterable[tuple[float, str]]:
    if context.admin1 and place.admin1_code:
        inside = place.admin1_code in context.admin1
        yield (3.0, f"in {place.admin1_code}") if inside else (-2.0, f"not in {'|'.join(context.admin1)}")
    around = {
        n.place.admin1_code
        for m in phrase.mentions
        if m is not mention
        for n in m.named
        if n.place.kind in {"governorate", "town", "district"} and n.place.country == place.country
    } - {""}
    if place.admin1_code in around:
        yield 1.5, "with another name of its governorate"


def _kind_parts(
    place: Place, mention: Mention, phrase: Phrase, context: Context
) -> Iterable[tuple[float, str]]:
    if context.kind:
        yield (
            (3.0, f"a {place.kind}, as asked") if place.kind == context.kind else (-1.0, f"no {context.kind}")
        )
    said = phrase.kinds_near(mention)
    if said:
        yield (2.0, f"the words say {place.kind}") if place.kind in said else (0.0, "")


def names_governorate(mention: Mention, place: Place) -> bool:
    return place.admin1_code in names.governorate_index().get(mention.key, ())


def namesake(town: Place) -> bool:
    """Whether town and governorate bear one name (Basra), unlike Antakya, that some call Hatay."""
    return town.admin1_code in names.governorate_index().get(fold(town.name), ())


def joined(phrase: Phrase, a: Mention, b: Mention) -> bool:
    """Whether "and" (or the Arabic و written onto a word) joins two names."""
    first, second = sorted((a, b), key=lambda m: m.start)
    if any(s.relation == "joiner" and first.end <= s.start < second.start for s in phrase.signs):
        return True
    return phrase.words[second.start].startswith("و") and not second.key.startswith("و")
