"""Which place of a country a seizure lay at, and which governorate, by the parts that places play."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from etl.extract.mentions import PlaceName
from etl.extract.place_roles import AGAIN
from etl.extract.place_unnamed import UNLISTED
from etl.extract.place_words import grammar
from etl.extract.where_named import FOUND_AT, GATES, Named, twins
from geo import names
from geo.fold import fold
from geo.grammar import grammar as geo_grammar
from geo.places import Place, index, places

_WEIGHT = {"at": 6.0, "near": 5.5, "between": 4.0, "": 3.0, "agency": 1.5}
"""How much the part that a place plays says for its being where the seizure lay."""
_GATE_WEIGHT = {"via": 4.6, "destination": 3.0, "origin": 2.5}
"""The same for a crossing, port or airport that the load passed: often where it was stopped."""
_GATE, _TOWN, _CAPITAL_TOWN = (
    2.0,
    1.5,
    0.5,
)  # finer places say more; a governorate's own city is often the area
BORDER, _REGION = 1.0, 2.5  # a stretch of border, a region of several governorates: where no more is said
_NEAREST = 1.0  # in the governorate that is named nearest to an amount
_AT_BORDER = frozenset({"at border of two", "near border of two", "at border"})
_MOST_JOINED = 2  # longer lists name an area, not a place
_LATER = 0.02  # of two equal mentions the earlier
_FOR_CITIES = (("at", "near", "between"), ("agency",), ("dateline",))
_POINTS = frozenset({"exact", "town", "district"})


@dataclass(frozen=True, slots=True)
class Site:
    """A place that the words name, how much they say for it; no `place`: unknown to the gazetteer."""

    score: float
    named: Named
    place: Place | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The place decided on: the mention, the gazetteer's place and the English name (or the page's words)."""

    mention: PlaceName | None = None
    place: Place | None = None
    name: str = ""
    group: int = -1


def sites(passage: Iterable[Named], country: str) -> list[Site]:
    """Return the places in a country at which the passage may have something found."""
    listed = list(passage)
    around = {n.places[0].admin1_code for n in listed if n.places and n.places[0].country == country} - {""}
    nearest = set(governorates((n for n in listed if n.nearest), country))
    areas = set(governorates((n for n in listed if n.kind == "governorate"), country, FOUND_AT))
    elsewhere = {n.group: n.places[0].admin1_code for n in listed if n.mention.rule == AGAIN and n.places}
    bodies = Counter(n.group for n in listed if n.role == "agency")
    found = []
    for named in listed:
        if named.role == "agency" and bodies[named.group] > 1:
            continue  # bodies of several places
        place = bearer(named, country, around)
        if place and place.admin1_code and not named.role and areas and place.admin1_code not in areas:
            continue  # named by the way, while something was found elsewhere
        if place and elsewhere.get(named.group, place.admin1_code) != place.admin1_code:
            continue  # "in the capital and in Rif Dimashq": no one place
        if elsewhere and named.role in ("", "agency"):
            continue  # nor is it the seat of those who went to both
        weight = _weight(named, place)
        if weight:
            near = _NEAREST if named.nearest or (place and place.admin1_code in nearest) else 0.0
            found.append(Site(weight + near - _LATER * named.order, named, place))
    return found


def _weight(named: Named, place: Place | None) -> float:
    weight = _WEIGHT.get(named.role, 0.0)
    if place is None:
        unlisted = not named.places and named.mention.rule.startswith(UNLISTED)
        return weight + _TOWN if weight and unlisted else 0.0
    if place.precision not in _POINTS:
        return _weight_of_area(named, place)
    if place.kind in GATES:
        weight = max(weight, _GATE_WEIGHT.get(named.role, 0.0))
    if not weight or _part_of_country(place):
        return 0.0
    if place.kind in GATES or place.kind == "base":
        return weight + _GATE
    return weight + (_CAPITAL_TOWN if _names_its_governorate(place) else _TOWN)


def _weight_of_area(named: Named, place: Place) -> float:
    """A region of several governorates is a place, one is none; a border where both sides are named."""
    if place.kind == "governorate":
        return _REGION if named.role == "at" and names.governorate(place.admin1_code).parts else 0.0
    if place.kind == "border_strip":
        said = named.role in FOUND_AT or named.mention.rule in _AT_BORDER
        return BORDER if said else 0.0
    return 0.0 if place.kind == "country" or _part_of_country(place) else _WEIGHT.get(named.role, 0.0)


def _part_of_country(place: Place) -> bool:
    """ "Southern Iraq": says no more than a country does."""
    return (
        place.kind == "region"
        and not place.admin1_code
        and names.country(place.country).name_en in place.name
    )


def _names_its_governorate(place: Place) -> bool:
    return place.admin1_code in names.governorate_index().get(fold(place.name), ())


def bearer(named: Named, country: str, around: set[str]) -> Place | None:
    """Which bearer of a name is meant: one in the country, in a governorate named beside it.

    A name of a crossing's other side means this side ("Nassib" told from Jordan is Jaber).
    """
    inside = [p for p in named.places if p.country == country] if country else list(named.places)
    inside = inside or [p for p in twins(named.places) if p.country == country]
    return next((p for p in inside if p.admin1_code in around), inside[0] if inside else None)


def best(found: Sequence[Site]) -> Answer:
    """Return the place with most said for it; two names where a list joins two, none where more."""
    if not found:
        return Answer()
    top = max(found, key=lambda s: s.score)
    mention, group = top.named.mention, top.named.group
    if top.place is None:
        return Answer(mention, None, mention.rule.removeprefix(UNLISTED), group)
    joined = [s.place for s in found if s.place and s.named.group == group]
    if len(joined) > _MOST_JOINED:
        return Answer(group=group)
    if len({p.admin1_code for p in joined}) > 1:
        return Answer(mention, top.place, " and ".join(dict.fromkeys(p.name for p in joined)), group)
    return Answer(mention, top.place, top.place.name, group)


def governorates(
    passage: Iterable[Named], country: str, roles: Iterable[str] = ("at", "near", "between")
) -> dict[str, PlaceName]:
    """Return the governorates of a country in which mentions with these roles lie, each with one."""
    found: dict[str, PlaceName] = {}
    for named in passage:
        if named.role in roles and named.kind != "country" and not _is_desk(named):
            code = next((p.admin1_code for p in named.places if p.country == country and p.admin1_code), "")
            if code:
                found.setdefault(code, named.mention)
    return found


def _is_desk(named: Named) -> bool:
    """Whether a dateline names a city where news is written, whatever it is about."""
    return named.role == "dateline" and bool(named.places) and named.places[0].place_id in _desks()


@cache
def _desks() -> frozenset[str]:
    return frozenset(geo_grammar()["capitals"].values()) | frozenset(grammar()["desks"]["places"])


def city_governorate(passage: Sequence[Named], country: str) -> Answer:
    """The only governorate named, where it bears a city's name: "in Basra governorate" is a place as well."""
    named = next((g for r in _FOR_CITIES if (g := governorates(passage, country, r))), {})
    if len(named) != 1:
        return Answer()
    code, mention = next(iter(named.items()))
    name = names.governorate(code).name_en
    if any(n.place.kind == "town" and n.place.admin1_code == code for n in index().get(fold(name), ())):
        return Answer(mention, places()[f"gov:{code}"], name)
    return Answer()


def governorate(passage: Sequence[Named], answer: Answer, country: str) -> tuple[str, PlaceName | None]:
    """Governorate of the place; else the only one named. "" where several are, or a region of several."""
    place = answer.place
    if place is not None and _is_other_side(place, answer.mention):
        return "", None
    if place is not None and place.kind != "border_strip" and place.admin1_code:
        joined = governorates((n for n in passage if n.group == answer.group), country, _WEIGHT)
        return (
            (single(place.admin1_code), answer.mention) if set(joined) <= {place.admin1_code} else ("", None)
        )
    for roles in (("at", "near", "between"), ("",), ("agency",), ("dateline",)):
        named = governorates(passage, country, roles)
        if len(named) == 1:
            code, giver = next(iter(named.items()))
            return (single(code), giver) if single(code) else ("", None)
        if named:
            return "", None
    return (single(place.admin1_code), answer.mention) if place is not None else ("", None)


def _is_other_side(place: Place, mention: PlaceName | None) -> bool:
    """Whether the words name the crossing's other side: this side's governorate is not theirs."""
    ids = mention.place_ids if mention else ()
    return place.place_id not in ids and place.paired_with in ids


def single(code: str) -> str:
    """The code of a governorate, "" for a region of several."""
    return "" if not code or names.governorate(code).parts else code
