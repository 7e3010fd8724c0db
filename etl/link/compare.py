"""Two reports side by side: for each kind of evidence the level of agreement, never a verdict.

Every judge takes two profiles, is symmetric, and answers "" where either report is silent. A verdict needs
the points of `weights.toml`; the words for each level stand in `phrases.toml`.
"""

from __future__ import annotations

from collections.abc import Callable
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import fuzz

from etl.link.amounts import amount, hedge, weight
from etl.link.profile import Profile
from etl.link.timing import date
from etl.link.weights import Evidence

EARTH_DIAMETER_KM = 2 * 6371.0088
VAGUE_DRUGS = frozenset({"pills_unspecified", "unspecified", "mixed"})
SHORTEST_PHRASE = 12


def compare(a: Profile, b: Profile) -> Evidence:
    """Return all levels of agreement between two reports."""
    return tuple((feature, level) for feature, judge in JUDGES if (level := judge(a, b)))


def country(a: Profile, b: Profile) -> str:
    """Where the drugs lay; two known countries meet only if one takes part in the other's seizure."""
    if not a.country and not b.country:
        return "both_silent"
    if a.country == b.country:
        return "same"
    if not a.country or not b.country:
        return "one_silent"
    return "shared" if a.country in b.countries or b.country in a.countries else "other"


def distance_km(a: Profile, b: Profile) -> float | None:
    """Great-circle distance of the two places' centres; None where one has no position."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    la, lb = radians(a.latitude), radians(b.latitude)
    half = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return EARTH_DIAMETER_KM * asin(sqrt(half))


def place(a: Profile, b: Profile) -> str:
    """The finest level on which both speak: site, town, shared words, governorate."""
    if a.place_id and a.place_id == b.place_id:
        return "same_site" if a.exact_place else "same_place"
    km = distance_km(a, b)
    if km is not None:
        beyond = km - a.radius_km - b.radius_km
        return "near" if beyond <= 5 else "district" if beyond <= 40 else "apart"
    shared = len(a.place_words & b.place_words)
    if shared:
        return "words_2" if shared > 1 else "words_1"
    if a.admin1 and b.admin1:
        return "same_governorate" if a.admin1 & b.admin1 else "other_governorate"
    return ""


def words(a: Profile, b: Profile) -> str:
    """Telling words of the hiding place."""
    if not a.words or not b.words:
        return ""
    shared = len(a.words & b.words)
    if shared:
        return f"shared_{min(3, shared)}"
    return "none_shared" if min(len(a.words), len(b.words)) > 1 else ""


def _same(x: object, y: object) -> str:
    return "" if not x or not y else "same" if x == y else "other"


def _meet(x: frozenset[str], y: frozenset[str]) -> str:
    return "" if not x or not y else "shared" if x & y else "other"


def transport(a: Profile, b: Profile) -> str:
    """Means of transport."""
    return _same(a.transport, b.transport)


def agencies(a: Profile, b: Profile) -> str:
    """Bodies that seized."""
    return _meet(a.agencies, b.agencies)


def partners(a: Profile, b: Profile) -> str:
    """Foreign partners; in a joint seizure each side names the other."""
    if not a.partners or not b.partners:
        return ""
    crossed = a.country in b.partners and b.country in a.partners
    return "shared" if crossed or a.partners & b.partners else "other"


def arrests(a: Profile, b: Profile) -> str:
    """Number of people arrested; three or more agree by chance less often than one or two."""
    if a.arrests is None or b.arrests is None:
        return ""
    if a.arrests != b.arrests:
        return "other"
    return "same_several" if a.arrests > 2 else "same_few"


def value(a: Profile, b: Profile) -> str:
    """Stated value in dollars, within 5 %."""
    if not a.value_usd or not b.value_usd:
        return ""
    low, high = sorted((a.value_usd, b.value_usd))
    return "same" if high / low < 1.05 else "other"


def loads(a: Profile, b: Profile) -> str:
    """Other drugs seized with the tablets, by kind and amount within 2 %."""
    if not a.loads or not b.loads:
        return ""
    for drug_a, unit_a, x in a.loads:
        for drug_b, unit_b, y in b.loads:
            if drug_a == drug_b and unit_a == unit_b and abs(x - y) <= 0.02 * max(x, y):
                return "same"
    return "other"


def drug(a: Profile, b: Profile) -> str:
    """Kinds that don't count together; `pills` may be any of them."""
    if a.drug == b.drug:
        return ""
    return "vague" if a.drug in VAGUE_DRUGS or b.drug in VAGUE_DRUGS else "other"


def route(a: Profile, b: Profile) -> str:
    """Countries of origin and destination."""
    ends = ((a.origin, b.origin), (a.destination, b.destination))
    agree = [bool(x & y) for x, y in ends if x and y]
    if not agree:
        return ""
    return "other" if not all(agree) else "same_both" if len(agree) == 2 else "same"


def wording(a: Profile, b: Profile) -> str:
    """The page's own words for the amount, within one language."""
    if a.lang != b.lang or min(len(a.phrase), len(b.phrase)) < SHORTEST_PHRASE:
        return ""
    ratio = fuzz.token_sort_ratio(a.phrase, b.phrase, score_cutoff=80)
    return "same" if ratio >= 95 else "alike" if ratio else ""


def outlet(a: Profile, b: Profile) -> str:
    """One outlet seldom tells one story twice, so this says little either way."""
    return "same" if a.outlet == b.outlet else ""


def recall(a: Profile, b: Profile) -> str:
    """Whether pages recall an older seizure rather than announce one: they leave more unsaid."""
    return ("", "one", "both")[a.background + b.background]


JUDGES: tuple[tuple[str, Callable[[Profile, Profile], str]], ...] = (
    ("amount", amount),
    ("weight", weight),
    ("hedge", hedge),
    ("date", date),
    ("country", country),
    ("place", place),
    ("words", words),
    ("transport", transport),
    ("agencies", agencies),
    ("partners", partners),
    ("arrests", arrests),
    ("value", value),
    ("loads", loads),
    ("drug", drug),
    ("route", route),
    ("wording", wording),
    ("outlet", outlet),
    ("recall", recall),
)
