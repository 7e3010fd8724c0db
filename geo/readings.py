"""The ways to read a phrase with known names in it: a site, a border, a road, the capital, an area.

Each takes the phrase and its ranked names and answers with a `Resolution`, or None where it does not apply.
"""

import math
from dataclasses import dataclass, replace
from functools import cache

import shapely

from geo import areas, lines, names
from geo.fold import fold
from geo.grammar import grammar
from geo.phrase import Mention, Phrase, without_proclitics
from geo.places import Place, index, places, precision_of
from geo.polyline import WGS84
from geo.ranking import Candidate, Context, joined, names_governorate

PRECISIONS = ("exact", "town", "district", "border_strip", "governorate", "country")  # finest first
_NEAR_KM = 60.0  # names this close in one phrase are one place and its surroundings
_NEIGHBOURHOOD_KM = 80.0
_OUTSKIRTS_KM = 15.0  # added by "near", "outskirts of" a town
_OFFSHORE_KM = 20.0  # added by "waters of", "off" a town, or by a road between it and a border
_BESIDE_KM = 5.0  # added by "near" a port, crossing or other single site
Ranked = list[tuple[Mention, tuple[Candidate, ...]]]


@dataclass(frozen=True, slots=True)
class Resolution:
    """`place`: the answer, None where no known name was found. `places`: several, where the words name
    several.

    `candidates` are ranked, the best first; `reasons` say how the answer was reached.
    """

    place: Place | None
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    unknown: tuple[str, ...] = ()  # words that look like names but that nothing here knows

    @property
    def resolved(self) -> bool:
        return self.place is not None


def road(phrase: Phrase, fine: Ranked, candidates: tuple[Candidate, ...]) -> Resolution | None:
    """Between two towns, or on the road that joins them: halfway, with half the way as uncertainty."""
    towns = [(m, c[0].place) for m, c in fine if c[0].place.kind in {"town", "village"}]
    on_road = phrase.has("between") or (phrase.has("road") and len(towns) == 2)
    if len(towns) < 2 or not on_road:
        return None
    (_, a), (_, b) = towns[:2]
    if a.country != b.country or a.longitude is None or b.longitude is None:
        return None
    azimuth, _, metres = WGS84.inv(a.longitude, a.latitude, b.longitude, b.latitude)
    lon, lat, _ = WGS84.fwd(a.longitude, a.latitude, azimuth, metres / 2)
    radius = round(metres / 2000 + 3, 1)
    same = a.admin1_code if a.admin1_code == b.admin1_code else ""
    place = replace(
        a,
        place_id=f"{a.place_id}+{b.place_id}",
        name=f"between {a.name} and {b.name}",
        name_ar=f"بين {a.name_ar} و{b.name_ar}" if a.name_ar and b.name_ar else "",
        admin1_code=same,
        kind="highway",
        latitude=round(lat, 5),
        longitude=round(lon, 5),
        precision=precision_of("highway", radius, same),
        uncertainty_km=radius,
        population=0,
    )
    reason = f"between {a.name} and {b.name}: the middle, give or take {radius:g} km"
    return Resolution(_drawn(place), candidates, (reason,), (a, b) if place.precision == "country" else ())


def site(phrase: Phrase, fine: Ranked, candidates: tuple[Candidate, ...]) -> Resolution | None:
    """The finest place named; several where the words join places that lie apart."""
    if not fine:
        return None
    main = [(m, c) for m, c in fine if not _comes_from(phrase, m)] or fine
    best = [(m, c[0]) for m, c in main]
    mention, top = max(best, key=lambda mc: (_fineness(mc[1].place), -mc[1].place.population, -mc[0].start))
    together = [mc for mc in best if mc[0] is mention or joined(phrase, mc[0], mention)]
    if len({c.place.place_id for _, c in together}) > 1:
        return _several(tuple(c.place for _, c in together), candidates)
    apart = [m for m, c in best if _km_between(c.place, top.place) > _NEAR_KM]
    if apart:  # names that don't belong together: the one that fits its context best
        mention, top = max(best, key=lambda mc: (mc[1].score, _fineness(mc[1].place), -mc[0].start))
    return Resolution(
        _qualified(top.place, mention, phrase),
        candidates,
        (f'"{mention.key}" is {top.place.name}', *top.reasons),
    )


def _comes_from(phrase: Phrase, mention: Mention) -> bool:
    """Whether the load came from there: "from Lebanon", and "Syria" in "from Lebanon and Syria"."""
    if phrase.before(mention, "origin"):
        return True
    before = [m for m in phrase.mentions if 0 <= mention.start - m.end <= 1 and joined(phrase, m, mention)]
    return any(_comes_from(phrase, m) for m in before)


def _fineness(place: Place) -> int:
    return -PRECISIONS.index(place.precision)


def _several(several: tuple[Place, ...], candidates: tuple[Candidate, ...]) -> Resolution:
    """Places named together: one disc over them where they are neighbours, else the area that holds them
    all."""
    first = several[0]
    reason = "the words name " + " and ".join(p.name for p in several)
    spread = max(_km_between(first, p) for p in several)
    if all(p.longitude is not None for p in several) and spread <= _NEIGHBOURHOOD_KM:
        return Resolution(_disc_over(several, spread), candidates, (reason,), several)
    codes = {p.admin1_code for p in several}
    one = len(codes) == 1 and "" not in codes
    area = places()[f"gov:{first.admin1_code}"] if one else places()[f"country:{first.country}"]
    return Resolution(area, candidates, (reason,), several)


def _disc_over(several: tuple[Place, ...], spread: float) -> Place:
    first = several[0]
    lon = sum(p.longitude or 0.0 for p in several) / len(several)
    lat = sum(p.latitude or 0.0 for p in several) / len(several)
    radius = round(spread / 2 + max(p.uncertainty_km or 0.0 for p in several), 1)
    codes = {p.admin1_code for p in several}
    same = codes.pop() if len(codes) == 1 else ""
    disc = replace(
        first,
        place_id="+".join(p.place_id for p in several),
        name=" and ".join(p.name for p in several),
        name_ar=" و".join(p.name_ar for p in several) if all(p.name_ar for p in several) else "",
        admin1_code=same,
        kind="region",
        latitude=round(lat, 5),
        longitude=round(lon, 5),
        precision=precision_of("region", radius, same),
        uncertainty_km=radius,
        population=0,
    )
    return _drawn(disc)


def _km_between(a: Place, b: Place) -> float:
    if a.longitude is None or b.longitude is None:
        return 0.0 if a.country == b.country else math.inf
    _, _, metres = WGS84.inv(a.longitude, a.latitude, b.longitude, b.latitude)
    return float(metres) / 1000


def _qualified(place: Place, mention: Mention, phrase: Phrase) -> Place:
    """The place as the words beside its name mean it."""
    if phrase.beside(mention, "route", 2):
        return places()[f"country:{place.country}"]
    if phrase.beside(mention, "countryside") and place.kind == "town" and place.admin1_code:
        return places()[f"gov:{place.admin1_code}"]
    if phrase.beside(mention, "part") and place.kind == "town" and names_governorate(mention, place):
        return places()[f"gov:{place.admin1_code}"]
    if place.uncertainty_km is not None and (
        phrase.beside(mention, "waters", 2) or (phrase.has("road") and phrase.has("border"))
    ):
        radius = place.uncertainty_km + _OFFSHORE_KM
        return _drawn(
            replace(
                place, uncertainty_km=radius, precision=precision_of("district", radius, place.admin1_code)
            )
        )
    if phrase.beside(mention, "near", 2) and place.uncertainty_km is not None:
        site = place.precision == "exact"
        radius = place.uncertainty_km + (_BESIDE_KM if site else _OUTSKIRTS_KM)
        kind = "town" if site else "district"
        near = replace(place, uncertainty_km=radius, admin1_code=_still_inside(place, radius))
        return _drawn(replace(near, precision=precision_of(kind, radius, place.admin1_code)))
    return _drawn(place)


@cache
def _still_inside(place: Place, radius_km: float) -> str:
    """Governorate of a widened place, "" where most of the wider disc lies in others (south of Damascus)."""
    if not place.admin1_code or place.longitude is None or place.latitude is None:
        return place.admin1_code
    disc = lines.disc(place.longitude, place.latitude, radius_km)
    inside = shapely.intersection(disc, areas.governorate_shape(place.admin1_code)).area
    land = shapely.intersection(disc, areas.country_shape(place.country) or disc).area
    return place.admin1_code if 2 * inside >= land else ""


def _drawn(place: Place) -> Place:
    """Coarser than a district there is no point to draw."""
    if place.precision in {"governorate", "country"}:
        return replace(place, latitude=None, longitude=None)
    return place


def border_of_namesake(
    phrase: Phrase, ranked: Ranked, fine: Ranked, context: Context, candidates: tuple[Candidate, ...]
) -> Resolution | None:
    """ "Iran-Iraq border, Sulaymaniyah": beside a border, a name that town and governorate share is the
    latter's."""
    if not phrase.has("border") or not fine or any(not names_governorate(m, c[0].place) for m, c in fine):
        return None
    regions = [(m, _rank_areas(c[0].place)) for m, c in fine]
    return border(phrase, regions, context, candidates)


def _rank_areas(town: Place) -> tuple[Candidate, ...]:
    return (Candidate(places()[f"gov:{town.admin1_code}"], 0.0, ()),)


def capital(
    phrase: Phrase, ranked: Ranked, context: Context, candidates: tuple[Candidate, ...]
) -> Resolution | None:
    """ "The capital" of the report's country, where no governorate is named."""
    place_id = grammar()["capitals"].get(context.country)
    if not phrase.has("capital") or not place_id or any(c[0].place.kind == "governorate" for _, c in ranked):
        return None
    sign = next(s for s in phrase.signs if s.relation == "capital")
    mention = Mention(sign.start, sign.end, "capital", ())
    return Resolution(
        _qualified(places()[place_id], mention, phrase), candidates, (f"the capital of {context.country}",)
    )


def border(
    phrase: Phrase, ranked: Ranked, context: Context, candidates: tuple[Candidate, ...]
) -> Resolution | None:
    """A border named by its countries: the strip along it, in the governorate where one is known."""
    if not phrase.has("border"):
        return None
    said = list(dict.fromkeys(code for _, code in phrase.countries))
    own = context.country or (said[0] if said else "")
    others = [c for c in said if c != own]
    said_governorates = [
        c[0].place.admin1_code
        for _, c in ranked
        if c[0].place.kind == "governorate" and c[0].place.country == own
    ]
    for other in others:
        line = "-".join(sorted((own, other)))
        for area in (*said_governorates, *context.admin1, own):
            strip = places().get(f"strip:{area}:{line}")
            if strip:
                if phrase.has("route"):
                    return Resolution(
                        places()[f"country:{own}"], candidates, (f"on the way to {strip.name}",)
                    )
                return Resolution(strip, candidates, (f"the words speak of the border with {other}",))
    return None


def part_of_country(
    phrase: Phrase, ranked: Ranked, context: Context, candidates: tuple[Candidate, ...]
) -> Resolution | None:
    """ "South of the country": the part of the report's country known by that direction."""
    if not phrase.has("whole_country") or not context.country or ranked:
        return None
    for direction, stems in grammar()["directions"].items():
        folded = tuple(fold(s) for s in stems)
        if any(w.startswith(folded) for word in phrase.words for w in without_proclitics(word)):
            key = fold(f"{direction} {names.country(context.country).name_en}")
            parts = [n.place for n in index().get(key, ()) if n.place.country == context.country]
            if parts:
                return Resolution(
                    _drawn(parts[0]), candidates, (f"the {direction} part of {context.country}",)
                )
    return None


def area(phrase: Phrase, ranked: Ranked, candidates: tuple[Candidate, ...]) -> Resolution | None:
    """A governorate, or several; else the country, where the words name no more."""
    regions = [c[0].place for m, c in ranked if not _comes_from(phrase, m)]
    governorates = list(dict.fromkeys(p for p in regions if p.precision == "governorate"))
    if len({p.admin1_code for p in governorates}) > 1:
        return _several(tuple(governorates), candidates)
    if governorates:
        return Resolution(_drawn(governorates[0]), candidates, ("the words name a governorate",))
    if regions:
        return Resolution(_drawn(regions[0]), candidates, ("the words name a country",))
    return None
