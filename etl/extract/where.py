"""Where one seizure lay, by the places that its passage names: country, governorate, place, and its route.

The words decide, not the map. The country is the one with most said for it; the place the finest one that
something is said to have been found at; of the bearers of a name, the one in that country and in a governorate
named beside it. Each answer keeps the mention that gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.extract.mentions import PlaceName
from etl.extract.place_unnamed import UNLISTED
from etl.extract.place_words import grammar
from etl.extract.where_route import Route, route
from geo import names
from geo.fold import fold
from geo.places import Place, index, places

_SITES = frozenset({"crossing", "port", "airport", "base"})
GATES = frozenset({"crossing", "port", "airport"})
_POINTS = frozenset({"exact", "town", "district"})

_PLACE_WEIGHT = {"at": 6.0, "near": 5.5, "between": 4.0, "": 3.0, "agency": 1.5}
"""How much the part that a place plays says for its being where the seizure lay."""
_GATE_WEIGHT = {"via": 4.6, "destination": 3.0, "origin": 2.5}
"""The same for a crossing, port or airport that the load passed: often where it was stopped."""
_COUNTRY_WEIGHT = {
    "at": 4.0,
    "near": 4.0,
    "agency": 3.0,
    "": 1.5,
    "between": 1.5,
    "dateline": 0.7,
    "border": 0.5,
    "via": 0.5,
}
_PLACE_FOR_COUNTRY = 1.5  # a town found at says more for its country than the country's name
_FROM_OUTSIDE = 0.15  # a mention outside the passage
_SEIZING_BODY = 3.0
_PUBLISHER = 0.2
_ONLY_SAID = 0.5  # bodies, beside words that say where something was found
_CAME_FROM = 0.4  # the country that the load came from, named otherwise as well
_NEAREST = 1.0  # the one nearest to an amount
_AGAIN = 0.5  # a place named once more
_BORDER, _REGION = 1.0, 2.5  # a stretch of border, a region of several governorates: where no more is said
_LATER = 0.02  # of two equal mentions the earlier


@dataclass(frozen=True, slots=True)
class Where:
    """Place of one seizure. Codes are ISO 3166 (alpha-2; 3166-2 for the governorate), "" where unknown.

    `place_name` is the gazetteer's English name, or the page's words for a place that it lacks (`place_id` ""). `country_from` and the like are the mentions that gave the other parts, None where they
    follow from elsewhere (a body's country, the publisher, a rule). `reason` says how it was decided.
    """

    place_id: str = ""
    place_name: str = ""
    country: str = ""
    admin1_code: str = ""
    admin1_name: str = ""
    chosen: PlaceName | None = None
    country_from: PlaceName | None = None
    admin1_from: PlaceName | None = None
    origin: str = ""
    origin_from: PlaceName | None = None
    destination: str = ""
    destination_from: PlaceName | None = None
    reason: str = ""


def decide(
    mentions: Sequence[PlaceName],
    *,
    context: Sequence[PlaceName] = (),
    publisher_country: str = "",
    agency_countries: Sequence[str] = (),
    focus: Sequence[int] = (),
) -> Where:
    """Decide where the seizure lay that a passage tells of.

    `mentions` are those of the passage, in order; `context` those around it that may speak of it too (title,
    dateline, lead), nearest first: they settle the country and give a place only where the passage names neither
    place nor governorate. `agency_countries` are those of the bodies that seized. `focus`: where the passage's amounts begin; the place of
    finding named nearest to one counts more.
    """
    nearest = _nearest(mentions, focus)
    country, country_from = _country(mentions, context, publisher_country, agency_countries, nearest)
    sites = _sites(mentions, country, nearest)
    around = mentions
    if all(s.score <= _BORDER for s in sites) and not _governorates(mentions, country):
        sites = _sites([m for m in context if m.role in ("at", "near", "via", "")], country) or sites
        around = context
    chosen, place, name = _best(sites, mentions) if sites else _city_governorate(mentions, country)
    if place is not None and not country:
        country, country_from = place.country, chosen
    admin1, admin1_from = _admin1(around, sites, chosen, place, country)
    if not admin1 and place is None and around is context:
        admin1, admin1_from = _admin1(mentions, sites, None, None, country)
    way: Route = route(mentions, country, place)
    return Where(
        place_id=place.place_id if place and name == place.name else "",
        place_name=name,
        country=country,
        admin1_code=admin1,
        admin1_name=governorate_name(admin1),
        chosen=chosen,
        country_from=country_from,
        admin1_from=admin1_from,
        origin=way.origin,
        origin_from=way.origin_from,
        destination=way.destination,
        destination_from=way.destination_from,
        reason=f"{chosen.role or 'named'}: {chosen.rule}" if chosen else "no place named",
    )


def governorate_name(code: str) -> str:
    """English name of a governorate, with the other one that reports use ("Makkah (Mecca)"); "" for ""."""
    if not code:
        return ""
    also = grammar()["also_called"].get(code, "")
    name = names.governorate(code).name_en
    return f"{name} ({also})" if also else name


def _nearest(mentions: Sequence[PlaceName], focus: Sequence[int]) -> list[PlaceName]:
    """For each amount, the place of finding named nearest to it."""
    found_at = [m for m in mentions if m.role in ("at", "near")]
    return [min(found_at, key=lambda m: abs(m.start - at)) for at in focus] if found_at else []


def _known(mention: PlaceName) -> list[Place]:
    return [places()[i] for i in mention.place_ids]


def _country(
    mentions: Sequence[PlaceName],
    context: Sequence[PlaceName],
    publisher: str,
    agencies: Sequence[str],
    nearest: Sequence[PlaceName] = (),
) -> tuple[str, PlaceName | None]:
    """The country with most said for it.

    Names with bearers in several countries count last, for those that something else speaks for. What a load
    came from or went to is no place of its seizure; a crossing's name counts for the other side where the load
    came from its own.
    """
    tally = _Tally()
    origins = {
        p.country for m in mentions if m.role == "origin" for p in _known(m)[:1] if p.kind == "country"
    }
    found_at = any(m.role in ("at", "near") and m.place_ids for m in mentions)
    ambiguous: list[tuple[float, list[str], PlaceName]] = []
    for outside, group in ((1.0, mentions), (_FROM_OUTSIDE, context)):
        times: dict[tuple[str, str], int] = {}
        for mention in group:
            found = _known(mention)
            weight = _country_weight(mention, found) * outside
            if not weight:
                continue
            key = (found[0].place_id, mention.role)
            times[key] = times.get(key, 0) + 1
            weight *= _AGAIN ** (times[key] - 1)
            weight += _NEAREST if mention in nearest else 0.0
            if mention.role == "agency":
                weight *= _ONLY_SAID if found_at else 1.0
            codes = list(dict.fromkeys(p.country for p in found))
            if twin := _twin_country(found, origins):
                tally.add(twin, weight, mention)
            elif len(codes) > 1 and not _plain_country(found):
                ambiguous.append((weight, codes, mention))
            else:
                passed = codes[0] in origins and mention.role != "agency"
                tally.add(codes[0], weight * (_CAME_FROM if passed else 1.0), mention)
    for code in dict.fromkeys(agencies):
        tally.add(code, _SEIZING_BODY * (_ONLY_SAID if found_at else 1.0))
    if publisher:
        tally.add(publisher, _PUBLISHER)
    for weight, codes, mention in ambiguous:
        spoken_for = [c for c in codes if c in tally.score]
        tally.add(max(spoken_for, key=tally.score.__getitem__) if spoken_for else codes[0], weight, mention)
    return tally.best()


class _Tally:
    """What is said for each country, and the mention that says most."""

    def __init__(self) -> None:
        self.score: dict[str, float] = {}
        self._giver: dict[str, tuple[float, PlaceName]] = {}

    def add(self, code: str, weight: float, mention: PlaceName | None = None) -> None:
        self.score[code] = self.score.get(code, 0.0) + weight
        if mention is not None and (code not in self._giver or weight > self._giver[code][0]):
            self._giver[code] = (weight, mention)

    def best(self) -> tuple[str, PlaceName | None]:
        if not self.score:
            return "", None
        code = max(self.score, key=self.score.__getitem__)  # of equals the first named
        return code, self._giver[code][1] if code in self._giver else None


def _plain_country(found: list[Place]) -> bool:
    """Whether a name is first of all one country's ("Kuwait"), unlike "the kingdom"."""
    return found[0].kind == "country" and not all(p.kind == "country" for p in found)


def _country_weight(mention: PlaceName, found: list[Place]) -> float:
    if not found:
        return 0.0
    kind = found[0].kind
    weight = _COUNTRY_WEIGHT.get(mention.role, 0.0)
    if kind in GATES:
        weight = max(weight, _GATE_WEIGHT.get(mention.role, 0.0))
    if mention.role in ("at", "near", "") and kind not in ("country", "border_strip"):
        weight *= _PLACE_FOR_COUNTRY
    return weight


def _twin_country(found: list[Place], origins: set[str]) -> str:
    """The country of a crossing's other side, where the load came from the side that the name belongs to."""
    first = found[0]
    if first.kind == "crossing" and first.country in origins and first.paired_with in places():
        return places()[first.paired_with].country
    return ""


@dataclass(frozen=True, slots=True)
class _Site:
    """A place of the country that the words name, with how much they say for it."""

    score: float
    mention: PlaceName
    place: Place | None


def _sites(mentions: Iterable[PlaceName], country: str, nearest: Sequence[PlaceName] = ()) -> list[_Site]:
    listed = list(mentions)
    around = {p.admin1_code for m in listed for p in _known(m)[:1] if p.admin1_code and p.country == country}
    found = []
    for order, mention in enumerate(listed):
        near = _NEAREST if mention in nearest else 0.0
        if not mention.place_ids:
            if mention.rule.startswith(UNLISTED) and mention.role in _PLACE_WEIGHT:
                found.append(_Site(_PLACE_WEIGHT[mention.role] + 1.5 + near - _LATER * order, mention, None))
            continue
        place = bearer_in(mention, country, around)
        weight = _site_weight(mention, place)
        if place is not None and weight:
            found.append(_Site(weight + near - _LATER * order, mention, place))
    return found


def _site_weight(mention: PlaceName, place: Place | None) -> float:
    if place is None or place.kind == "country":
        return 0.0
    weight = _PLACE_WEIGHT.get(mention.role, 0.0)
    if place.kind in GATES:
        weight = max(weight, _GATE_WEIGHT.get(mention.role, 0.0))
    if place.kind == "border_strip":
        said = mention.role in ("at", "near") or mention.rule in ("at border of two", "near border of two")
        return _BORDER if said else 0.0
    if place.kind == "governorate":
        several = names.governorate(place.admin1_code).parts
        return _REGION if several and mention.role == "at" else 0.0
    if not weight:
        return 0.0
    if place.kind in _SITES:
        return weight + 2.0
    if place.precision in _POINTS:
        return weight + (0.5 if _names_its_governorate(place) else 1.5)
    return weight


def _names_its_governorate(place: Place) -> bool:
    return place.admin1_code in names.governorate_index().get(place.name.casefold(), ())


def bearer_in(mention: PlaceName, country: str, around: set[str]) -> Place | None:
    """Which bearer of a name is meant in a country: that of a governorate named beside it, else the likeliest.

    A name of a crossing's other side means this side ("Nassib" told from Jordan is Jaber).
    """
    found = _known(mention)
    inside = [p for p in found if p.country == country] if country else found
    if not inside:
        twins = [places()[p.paired_with] for p in found if p.paired_with in places()]
        inside = [p for p in twins if p.country == country]
    near = [p for p in inside if p.admin1_code in around]
    return next(iter((*near, *inside)), None)


def _best(sites: list[_Site], mentions: Sequence[PlaceName]) -> tuple[PlaceName | None, Place | None, str]:
    """The site with most said for it, and its name: two names, where a list joins two governorates' cities."""
    sites = [s for s in sites if s.mention.role != "agency" or len(_list_of(s.mention, mentions)) == 1]
    if not sites:
        return None, None, ""
    best = max(sites, key=lambda s: s.score)
    if best.place is None:
        return best.mention, None, best.mention.rule.removeprefix(UNLISTED)
    joined = _list_of(best.mention, mentions)
    together = [s.place for s in sites if s.place and s is not best and s.mention in joined]
    codes = {p.admin1_code for p in (best.place, *together)}
    if together and len(codes) > 1:
        return best.mention, best.place, " and ".join(dict.fromkeys(p.name for p in (best.place, *together)))
    return best.mention, best.place, best.place.name


def _city_governorate(
    mentions: Sequence[PlaceName], country: str
) -> tuple[PlaceName | None, Place | None, str]:
    """The only governorate named, where it bears a city's name: "in Basra governorate" is a place as well."""
    named = _governorates(mentions, country)
    if len(named) != 1:
        return None, None, ""
    code, mention = next(iter(named.items()))
    name = names.governorate(code).name_en
    if not any(n.place.kind == "town" and n.place.admin1_code == code for n in index().get(fold(name), ())):
        return None, None, ""
    return mention, places()[f"gov:{code}"], name


def _governorates(
    mentions: Iterable[PlaceName], country: str, roles: Iterable[str] = ("at", "near", "between")
) -> dict[str, PlaceName]:
    """Governorates of the country that mentions with these roles name or lie in -> the mention."""
    found: dict[str, PlaceName] = {}
    for mention in mentions:
        if mention.role in roles:
            code = next(
                (p.admin1_code for p in _known(mention) if p.country == country and p.admin1_code), ""
            )
            if code:
                found.setdefault(code, mention)
    return found


def _admin1(
    mentions: Sequence[PlaceName],
    sites: list[_Site],
    chosen: PlaceName | None,
    place: Place | None,
    country: str,
) -> tuple[str, PlaceName | None]:
    """Governorate of the place; else the only one named. None where several are, or a region of several."""
    listed = _list_of(chosen, mentions) if chosen else []
    if place is not None and place.kind not in ("border_strip",):
        codes = {place.admin1_code, *_governorates(listed, country)}
        return (_single(place.admin1_code), chosen) if len(codes) == 1 else ("", None)
    for roles in (("at", "near", "between"), ("", "destination"), ("agency",)):
        named = _governorates(mentions, country, roles)
        if len(named) == 1:
            code, giver = next(iter(named.items()))
            return (_single(code), giver) if _single(code) else ("", None)
        if named:
            return "", None
    return (_single(place.admin1_code), chosen) if place is not None else ("", None)


def _list_of(chosen: PlaceName, mentions: Sequence[PlaceName]) -> list[PlaceName]:
    """The mentions that one list joins to the chosen one ("in Nineveh and Kirkuk")."""
    ordered = list(mentions)
    if chosen not in ordered:
        return []
    at = ordered.index(chosen)
    first = at
    while first > 0 and ordered[first].rule == "list":
        first -= 1
    last = at + 1
    while last < len(ordered) and ordered[last].rule == "list":
        last += 1
    return ordered[first:last]


def _single(code: str) -> str:
    """The code, "" for a region of several governorates."""
    return "" if not code or names.governorate(code).parts else code
