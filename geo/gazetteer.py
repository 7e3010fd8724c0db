"""Which place a name means: candidates ranked by their context, with reasons; never the first match.

`resolve` reads a name (or a whole phrase) with what else is known: the country and governorate of the report,
the kind of place wanted, the page's own words. Where the words name several places, a border, a road or only
a direction, the answer is no more precise than they are.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import shapely

from geo import areas, lines, names
from geo.fold import fold
from geo.grammar import grammar
from geo.phrase import Mention, Phrase, read, without_proclitics
from geo.places import Named, Place, index, places, precision_of
from geo.polyline import WGS84

__all__ = ["Candidate", "Place", "Resolution", "by_id", "resolve"]

_PRECISIONS = ("exact", "town", "district", "border_strip", "governorate", "country")  # finest first
_AREA_KINDS = frozenset({"district", "region", "desert", "valley"})
_NEAR_KM = 60.0  # names this close in one phrase are one place and its surroundings
_NEIGHBOURHOOD_KM = 80.0
_OUTSKIRTS_KM = 15.0  # added by "near", "outskirts of" a town
_OFFSHORE_KM = 20.0  # added by "waters of", "off" a town, or by a road between it and a border
_BESIDE_KM = 5.0  # added by "near" a port, crossing or other single site


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, its score (higher fits better) and what made it."""

    place: Place
    score: float
    reasons: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class _Context:
    country: str
    admin1: tuple[str, ...]
    kind: str


def by_id(place_id: str) -> Place:
    """The place of an id (`iq:al-qaim`, `gn:97268`, `gov:IQ-AN`, `country:IQ`). Raises KeyError."""
    return places()[place_id]


def resolve(
    name: str,
    *,
    country: str | None = None,
    admin1: str | Sequence[str] | None = None,
    kind: str | None = None,
    written: str | None = None,
) -> Resolution:
    """Resolve a place name or phrase.

    `country` is an alpha-2 code; `admin1` governorate codes or spellings, several as a sequence or joined by
    "|"; `kind` a gazetteer kind; `written` the page's own words, used where the name says less than they do.
    """
    context = _Context((country or "").upper(), _codes(admin1, country), kind or "")
    first = _resolve_text(name, context)
    second = _resolve_text(written or "", context)
    if first.place is None or (second.place is not None and _says_more(second.place, first)):
        return second if second.place is not None or not name.strip() else first
    return first


def _codes(admin1: str | Sequence[str] | None, country: str | None) -> tuple[str, ...]:
    given = admin1.split("|") if isinstance(admin1, str) else list(admin1 or ())
    found: list[str] = []
    for text in given:
        known = text if f"gov:{text}" in places() else None
        match = names.governorate(known) if known else names.find_governorate(text, country)
        if match:
            found += match.parts or (match.code,)
    return tuple(dict.fromkeys(found))


def _says_more(fine: Place, first: Resolution) -> bool:
    """Whether the page's words name a finer place inside a governorate or country that is all the name gives.

    Not where the name was coarse on purpose: "en route to Beirut port", "northern Kirkuk", several places.
    """
    coarse = first.place
    if coarse is None or first.places or coarse.precision not in _PRECISIONS[4:]:
        return False
    if any(c.place.precision not in _PRECISIONS[4:] for c in first.candidates):
        return False
    if _PRECISIONS.index(fine.precision) >= _PRECISIONS.index(coarse.precision):
        return False
    if coarse.admin1_code and coarse.admin1_code in names.governorate_index().get(fold(fine.name), ()):
        return False  # the town that gave its name: the words for the governorate were chosen
    return fine.country == coarse.country and coarse.admin1_code in ("", fine.admin1_code)


def _resolve_text(text: str, context: _Context) -> Resolution:
    if not text.strip():
        return Resolution(None)
    phrase = read(text)
    ranked = [(m, _rank(m, phrase, context)) for m in phrase.mentions]
    ranked = [(m, _as_areas(m, c, phrase)) for m, c in ranked if c and not phrase.beside(m, "agency")]
    fine = [(m, c) for m, c in ranked if c[0].place.precision not in {"governorate", "country"}]
    candidates = tuple(sorted((x for _, c in fine or ranked for x in c), key=_by_score))
    return (
        _border_of_namesake(phrase, ranked, fine, context, candidates)
        or _road(phrase, fine, candidates)
        or _site(phrase, fine, candidates)
        or _border(phrase, ranked, context, candidates)
        or _capital(phrase, ranked, context, candidates)
        or _part_of_country(phrase, ranked, context, candidates)
        or _area(phrase, ranked, candidates)
        or Resolution(None, candidates, ("no known name in the words",), unknown=phrase.unknown)
    )


def _as_areas(mention: Mention, candidates: tuple[Candidate, ...], phrase: Phrase) -> tuple[Candidate, ...]:
    """Where a town's name means its governorate.

    Joined to a name that is only a governorate's ("Najaf and Anbar"), or as what another name lies in ("Mount
    Simeon in Idlib").
    """
    joined = any(
        m is not mention
        and all(n.place.kind == "governorate" for n in m.named)
        and _joined(phrase, m, mention)
        for m in phrase.mentions
    )
    holds = phrase.before(mention, "inside") and any(
        m.end < mention.start and any(n.place.kind in _AREA_KINDS for n in m.named) for m in phrase.mentions
    )
    regions = tuple(c for c in candidates if c.place.kind == "governorate")
    return regions if (joined or holds) and regions else candidates


def _by_score(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.place.place_id


_Ranked = list[tuple[Mention, tuple[Candidate, ...]]]


def _rank(mention: Mention, phrase: Phrase, context: _Context) -> tuple[Candidate, ...]:
    """Candidates of one name, best first.

    Those of another country than the given one are left out, but for the name of a crossing's other side: it
    means this side's (Nassib in Jordan is Jaber).
    """
    pool = [n for n in mention.named if not context.country or n.place.country == context.country]
    if not pool:
        twins = (places().get(n.place.paired_with) for n in mention.named)
        pool = [Named(t, False) for t in twins if t is not None and t.country == context.country]
    return tuple(sorted((_score(n, mention, phrase, context) for n in pool), key=_by_score))


def _score(named: Named, mention: Mention, phrase: Phrase, context: _Context) -> Candidate:
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
    if place.kind in {"town", "village"} and _names_governorate(mention, place) and not _namesake(place):
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
    place: Place, mention: Mention, phrase: Phrase, context: _Context
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
    place: Place, mention: Mention, phrase: Phrase, context: _Context
) -> Iterable[tuple[float, str]]:
    if context.kind:
        yield (
            (3.0, f"a {place.kind}, as asked") if place.kind == context.kind else (-1.0, f"no {context.kind}")
        )
    said = phrase.kinds_near(mention)
    if said:
        yield (2.0, f"the words say {place.kind}") if place.kind in said else (0.0, "")


def _road(phrase: Phrase, fine: _Ranked, candidates: tuple[Candidate, ...]) -> Resolution | None:
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


def _site(phrase: Phrase, fine: _Ranked, candidates: tuple[Candidate, ...]) -> Resolution | None:
    """The finest place named; several where the words join places that lie apart."""
    if not fine:
        return None
    main = [(m, c) for m, c in fine if not phrase.before(m, "origin")] or fine
    best = [(m, c[0]) for m, c in main]
    mention, top = max(best, key=lambda mc: (_fineness(mc[1].place), -mc[1].place.population, -mc[0].start))
    together = [mc for mc in best if mc[0] is mention or _joined(phrase, mc[0], mention)]
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


def _fineness(place: Place) -> int:
    return -_PRECISIONS.index(place.precision)


def _joined(phrase: Phrase, a: Mention, b: Mention) -> bool:
    """Whether "and" (or the Arabic و written onto a word) joins two names."""
    first, second = sorted((a, b), key=lambda m: m.start)
    if any(s.relation == "joiner" and first.end <= s.start < second.start for s in phrase.signs):
        return True
    return phrase.words[second.start].startswith("و") and not second.key.startswith("و")


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
    if phrase.beside(mention, "part") and place.kind == "town" and _names_governorate(mention, place):
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


def _names_governorate(mention: Mention, place: Place) -> bool:
    return place.admin1_code in names.governorate_index().get(mention.key, ())


def _drawn(place: Place) -> Place:
    """Coarser than a district there is no point to draw."""
    if place.precision in {"governorate", "country"}:
        return replace(place, latitude=None, longitude=None)
    return place


def _border_of_namesake(
    phrase: Phrase, ranked: _Ranked, fine: _Ranked, context: _Context, candidates: tuple[Candidate, ...]
) -> Resolution | None:
    """ "Iran-Iraq border, Sulaymaniyah": beside a border, a name that town and governorate share is the
    latter's."""
    if not phrase.has("border") or not fine or any(not _names_governorate(m, c[0].place) for m, c in fine):
        return None
    regions = [(m, _rank_areas(c[0].place)) for m, c in fine]
    return _border(phrase, regions, context, candidates)


def _rank_areas(town: Place) -> tuple[Candidate, ...]:
    return (Candidate(places()[f"gov:{town.admin1_code}"], 0.0, ()),)


def _capital(
    phrase: Phrase, ranked: _Ranked, context: _Context, candidates: tuple[Candidate, ...]
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


def _namesake(town: Place) -> bool:
    """Whether town and governorate bear one name (Basra), unlike Antakya, that some call Hatay."""
    return town.admin1_code in names.governorate_index().get(fold(town.name), ())


def _border(
    phrase: Phrase, ranked: _Ranked, context: _Context, candidates: tuple[Candidate, ...]
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


def _part_of_country(
    phrase: Phrase, ranked: _Ranked, context: _Context, candidates: tuple[Candidate, ...]
) -> Resolution | None:
    """ "South of the country": the part of the report's country that the gazetteer knows by that direction."""
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


def _area(phrase: Phrase, ranked: _Ranked, candidates: tuple[Candidate, ...]) -> Resolution | None:
    """A governorate, or several; else the country, where the words name no more."""
    regions = [c[0].place for m, c in ranked if not phrase.before(m, "origin")]
    governorates = list(dict.fromkeys(p for p in regions if p.precision == "governorate"))
    if len({p.admin1_code for p in governorates}) > 1:
        return _several(tuple(governorates), candidates)
    if governorates:
        return Resolution(_drawn(governorates[0]), candidates, ("the words name a governorate",))
    if regions:
        return Resolution(_drawn(regions[0]), candidates, ("the words name a country",))
    return None
