"""Which place a name means: candidates ranked by their context, with reasons; never the first match.

`resolve` reads a name (or a whole phrase) with what else is known: the country and governorate of the report,
the kind of place wanted, the page's own words. Where the words name several places, a border, a road or only
a direction, the answer is no more precise than they are.
"""

from collections.abc import Sequence

from geo import names, readings
from geo.fold import fold
from geo.phrase import read
from geo.places import Place, places
from geo.ranking import Candidate, Context, as_areas, by_score, rank
from geo.readings import PRECISIONS, Resolution

__all__ = ["Candidate", "Place", "Resolution", "by_id", "resolve"]


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
    context = Context((country or "").upper(), _codes(admin1, country), kind or "")
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
    if coarse is None or first.places or coarse.precision not in PRECISIONS[4:]:
        return False
    if any(c.place.precision not in PRECISIONS[4:] for c in first.candidates):
        return False
    if PRECISIONS.index(fine.precision) >= PRECISIONS.index(coarse.precision):
        return False
    if coarse.admin1_code and coarse.admin1_code in names.governorate_index().get(fold(fine.name), ()):
        return False  # the town that gave its name: the words for the governorate were chosen
    return fine.country == coarse.country and coarse.admin1_code in ("", fine.admin1_code)


def _resolve_text(text: str, context: Context) -> Resolution:
    if not text.strip():
        return Resolution(None)
    phrase = read(text)
    ranked = [(m, rank(m, phrase, context)) for m in phrase.mentions]
    ranked = [(m, as_areas(m, c, phrase)) for m, c in ranked if c and not phrase.beside(m, "agency")]
    fine = [(m, c) for m, c in ranked if c[0].place.precision not in {"governorate", "country"}]
    candidates = tuple(sorted((x for _, c in fine or ranked for x in c), key=by_score))
    return (
        readings.border_of_namesake(phrase, ranked, fine, context, candidates)
        or readings.road(phrase, fine, candidates)
        or readings.site(phrase, fine, candidates)
        or readings.border(phrase, ranked, context, candidates)
        or readings.capital(phrase, ranked, context, candidates)
        or readings.part_of_country(phrase, ranked, context, candidates)
        or readings.area(phrase, ranked, candidates)
        or Resolution(None, candidates, ("no known name in the words",), unknown=phrase.unknown)
    )
