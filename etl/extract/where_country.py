"""Which country a seizure lay in: the one with most said for it.

Places and countries that something was found in say most, then bodies, then names without a cue and
datelines. What a load came from or went to is no place of its seizure. Names with bearers in several
countries ("Al-Haditha", "the kingdom") count for the one that something else speaks for.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.mentions import PlaceName
from etl.extract.where_named import FOUND_AT, GATES, Named, twins

_WEIGHT = {
    "at": 4.0, "near": 4.0, "agency": 2.5, "": 1.5, "between": 1.5, "dateline": 0.7, "border": 0.5,
    "via": 0.5,
}  # fmt: skip
_GATE_WEIGHT = {"via": 4.6, "destination": 3.0, "origin": 2.5}
_PLACE = 1.5  # a town found at says more for its country than the country's name
_OUTSIDE = 0.15  # a mention outside the passage
_SEIZING_BODY = 3.0
_PUBLISHER = 0.2
_BESIDE_FINDING = 0.5  # bodies, where the words say where something was found
_CAME_FROM = 0.4  # the country that the load came from, named otherwise as well
_AGAIN = 0.5  # a place named once more
_NEAREST = 2.0  # the one nearest to an amount


def country_of(
    passage: Sequence[Named], context: Sequence[Named], publisher: str, agencies: Sequence[str]
) -> tuple[str, PlaceName | None]:
    """Return the country, "" where nothing speaks for any, and the mention that says most for it."""
    tally = _Tally()
    origins = {n.places[0].country for n in passage if n.role == "origin" and n.kind == "country"}
    bodies = {n.places[0].country for n in passage if n.role == "agency" and n.places} | set(agencies)
    finding = _BESIDE_FINDING if any(n.role in FOUND_AT and n.places for n in passage) else 1.0
    ambiguous: list[tuple[float, list[str], Named]] = []
    for outside, group in ((1.0, passage), (_OUTSIDE, context)):
        times: dict[tuple[str, str], int] = {}
        for named in group:
            weight = _weight(named)
            if not weight:
                continue
            key = (named.places[0].place_id, named.role)
            weight *= outside * _AGAIN ** min(times.get(key, 0), 9)
            weight *= finding if named.role == "agency" else 1.0
            weight += _NEAREST if named.nearest else 0.0
            times[key] = times.get(key, 0) + 1
            codes = list(dict.fromkeys(p.country for p in named.places))
            if twin := _other_side(named, origins, bodies):
                ambiguous.append((weight, [twin, *codes], named))
            elif len(codes) > 1 and not _one_country(named):
                ambiguous.append((weight, codes, named))
            else:
                passed = codes[0] in origins and named.role != "agency"
                tally.add(codes[0], weight * (_CAME_FROM if passed else 1.0), named)
    for code in dict.fromkeys(agencies):
        tally.add(code, _SEIZING_BODY * finding)
    if publisher:
        tally.add(publisher, _PUBLISHER)
    for weight, codes, named in ambiguous:
        tally.add(max(codes, key=lambda c: tally.score.get(c, 0.0)), weight, named)
    return tally.best()


class _Tally:
    """What is said for each country, and the mention that says most."""

    def __init__(self) -> None:
        self.score: dict[str, float] = {}
        self._giver: dict[str, tuple[float, PlaceName]] = {}

    def add(self, code: str, weight: float, named: Named | None = None) -> None:
        self.score[code] = self.score.get(code, 0.0) + weight
        if named is not None and (code not in self._giver or weight > self._giver[code][0]):
            self._giver[code] = (weight, named.mention)

    def best(self) -> tuple[str, PlaceName | None]:
        if not self.score:
            return "", None
        code = max(self.score, key=self.score.__getitem__)  # of equals the first named
        return code, self._giver[code][1] if code in self._giver else None


def _weight(named: Named) -> float:
    if not named.places:
        return 0.0
    weight = _WEIGHT.get(named.role, 0.0)
    if named.role == "near" and named.kind == "country":
        return _WEIGHT["border"]  # "close to Lebanon" lies outside it
    if named.kind in GATES:
        weight = max(weight, _GATE_WEIGHT.get(named.role, 0.0))
    if named.role in ("at", "near", "") and named.kind not in ("country", "border_strip"):
        weight *= _PLACE
    return weight


def _one_country(named: Named) -> bool:
    """Whether a name is first of all one country's ("Kuwait"), unlike "the kingdom"."""
    return named.kind == "country" and any(p.kind != "country" for p in named.places)


def _other_side(named: Named, origins: set[str], bodies: set[str]) -> str:
    """The country of a crossing's other side, if the load came from its own or only that acts."""
    if named.kind != "crossing":
        return ""
    own = named.places[0].country
    twin = next((p.country for p in twins(named.places[:1])), "")
    return twin if own in origins or (twin in bodies and own not in bodies) else ""
