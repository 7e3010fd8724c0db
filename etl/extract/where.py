"""Where one seizure lay, by the places that its passage names: country, governorate, place, and its route.

The words decide, not the map: the place nearest to the seizure's own words that a report names as where
something was found; then its country; and where a name has several bearers, the one that the country, the
governorates beside it and the kind of place in the words speak for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.extract.mentions import PlaceName
from geo import names
from geo.places import Place, places

_FINE = frozenset({"exact", "town", "district"})
_SITES = frozenset({"crossing", "port", "airport", "base"})
_CROSSED = frozenset({"crossing", "port", "airport"})

# How much a mention says of where the seizure lay, by the part it plays.
_WEIGHT = {"at": 6.0, "near": 5.0, "between": 4.0, "border": 0.0, "": 3.0, "agency": 1.0, "dateline": 0.3}
_SITE_WEIGHT = {"via": 3.5, "destination": 2.5, "origin": 2.0, "other": 1.0}
"""For a crossing, port or airport that the load went through, to or from: often where it was found."""
_CONTEXT = 0.4  # a mention outside the passage
_COUNTRY_WEIGHT = {
    "at": 5.0,
    "near": 4.0,
    "between": 3.0,
    "": 2.5,
    "agency": 3.0,
    "dateline": 1.0,
    "border": 1.0,
    "via": 0.7,
}


@dataclass(frozen=True, slots=True)
class Where:
    """Place of one seizure. Codes are ISO 3166 (country alpha-2, governorate 3166-2), "" where unknown.

    `place_name` is the gazetteer's English name, `chosen` the mention that gave it; `country_from`,
    `admin1_from`,
    `origin_from`, `destination_from` the mentions that gave the other parts, None where they follow from
    elsewhere (an agency's country, the publisher). `reason` says in words how it was decided.
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
) -> Where:
    """Decide where the seizure lay that a passage tells of.

    `mentions` are those of the passage, in order; `context` those of the document around it (title, dateline,
    lead), which only fill gaps. `agency_countries` are those of the bodies that seized.
    """
    country, country_from, why = _country(mentions, context, publisher_country, agency_countries)
    chosen, place, reason = _place(mentions, country)
    if chosen is None:
        chosen, place, reason = _place([m for m in context if m.role in ("at", "near", "via")], country)
        reason = reason and f"{reason}, of the page"
    if place is not None and not country:
        country, country_from, why = place.country, chosen, "the country of the place"
    admin1, admin1_from = _admin1(mentions, place, chosen, country)
    if not admin1 and place is None:
        admin1, admin1_from = _admin1([m for m in context if m.role in ("at", "near")], None, None, country)
    if place is not None and place.kind in ("governorate", "country"):
        place, chosen = None, None
    origin, origin_from = _route("origin", mentions, context, country)
    destination, destination_from = _route("destination", mentions, context, country)
    return Where(
        place_id=place.place_id if place else "",
        place_name=place.name if place else "",
        country=country,
        admin1_code=admin1,
        admin1_name=names.governorate(admin1).name_en if admin1 else "",
        chosen=chosen,
        country_from=country_from,
        admin1_from=admin1_from,
        origin=origin if origin != destination else "",
        origin_from=origin_from,
        destination=destination,
        destination_from=destination_from,
        reason="; ".join(r for r in (reason, why) if r),
    )


def _known(mention: PlaceName) -> list[Place]:
    return [places()[i] for i in mention.place_ids]


def _country(
    mentions: Sequence[PlaceName], context: Sequence[PlaceName], publisher: str, agencies: Sequence[str]
) -> tuple[str, PlaceName | None, str]:
    """The country with most said for it: places and countries something lay in, then bodies, then datelines."""
    score: Counter[str] = Counter()
    giver: dict[str, tuple[float, PlaceName]] = {}
    for weak, group in ((1.0, mentions), (_CONTEXT * 0.5, context)):
        seen: set[tuple[str, str]] = set()
        for mention in group:
            found = _known(mention)
            codes = list(dict.fromkeys(p.country for p in found))
            role = mention.role
            weight = _COUNTRY_WEIGHT.get(role, 0.0)
            if role in _SITE_WEIGHT and found and found[0].kind in _CROSSED:
                weight = max(weight, _SITE_WEIGHT[role])
            if role in ("at", "near", "") and found and found[0].kind not in ("country", "border_strip"):
                weight *= 1.5
            for rank, code in enumerate(codes[:4]):
                said = weight * weak / (1 if rank == 0 else 3)
                if said and (code, role) not in seen:
                    seen.add((code, role))
                    score[code] += said
                    if code not in giver or said > giver[code][0]:
                        giver[code] = (said, mention)
    for code in dict.fromkeys(agencies):
        score[code] += 3.0
    if publisher:
        score[publisher] += 0.2
    if not score:
        return "", None, ""
    best = max(score, key=lambda c: (score[c], c))
    mention = giver[best][1] if best in giver else None
    return best, mention, f"{best} has most said for it ({score[best]:.1f})"


def _place(mentions: Iterable[PlaceName], country: str) -> tuple[PlaceName | None, Place | None, str]:
    """The finest place that something is said to have been found at, and its bearer in the country."""
    listed = list(mentions)
    around = {p.admin1_code for m in listed for p in _known(m)[:1] if p.admin1_code and p.country == country}
    best: tuple[float, int] | None = None
    answer: tuple[PlaceName | None, Place | None, str] = (None, None, "")
    for order, mention in enumerate(listed):
        bearer = bearer_in(mention, country, around)
        if bearer is None:
            continue
        weight = _WEIGHT.get(mention.role, 0.0)
        if bearer.kind in _CROSSED:
            weight = max(weight, _SITE_WEIGHT.get(mention.role, 0.0))
        if mention.role == "border" and mention.rule.startswith(("at", "near")):
            weight = 1.5
        if not weight:
            continue
        fine = 2.0 if bearer.kind in _SITES else 1.0 if bearer.precision in _FINE else 0.0
        if bearer.kind in ("governorate", "country"):
            continue
        if names.governorate_index().get(bearer.name.lower()):
            fine -= 0.8  # a city that gives a governorate its name, beside a town of it
        score = weight + 2 * fine
        if best is None or score > best[0]:
            best = (score, order)
            answer = (mention, bearer, f"{bearer.name}: {mention.role or 'named'} ({mention.rule})")
    return answer


def bearer_in(mention: PlaceName, country: str, around: set[str]) -> Place | None:
    """Which bearer of a name is meant in a country: that of a governorate named beside it, else the likeliest.

    A name of a crossing's other side means this side ("Nassib" told from Jordan is Jaber).
    """
    found = _known(mention)
    inside = [p for p in found if p.country == country] if country else found
    if not inside:
        twins = [places()[p.paired_with] for p in found if p.paired_with in places()]
        inside = [p for p in twins if p.country == country]
    if not inside:
        return None
    near = [p for p in inside if p.admin1_code in around]
    return (near or inside)[0]


def _admin1(
    mentions: Sequence[PlaceName], place: Place | None, chosen: PlaceName | None, country: str
) -> tuple[str, PlaceName | None]:
    """Governorate of the place; else the only one named. None where several are, or a region of several."""
    if place is not None and place.admin1_code and place.kind != "country":
        return _whole(place.admin1_code), chosen
    if place is not None and place.kind != "border_strip":
        return "", None
    named: dict[str, PlaceName] = {}
    for role in (("at", "near", "between"), ("", "destination", "border"), ("agency",)):
        for mention in mentions:
            if mention.role in role:
                for found in _known(mention):
                    if found.country == country and found.admin1_code:
                        named.setdefault(found.admin1_code, mention)
                        break
        if named:
            break
    if len(named) != 1:
        return "", None
    code, giver = next(iter(named.items()))
    return _whole(code), giver if _whole(code) else None


def _whole(code: str) -> str:
    return "" if names.governorate(code).parts else code


def _route(
    role: str, mentions: Sequence[PlaceName], context: Sequence[PlaceName], country: str
) -> tuple[str, PlaceName | None]:
    """The country that the load came from or was bound for, by the words of the passage, else of the page."""
    for group in (mentions, context):
        for mention in group:
            if mention.role == role and mention.place_ids:
                code = _known(mention)[0].country
                if role == "origin" and code == country and len(mentions) > 1:
                    continue
                return code, mention
    return "", None
