"""Whether a common word is a hiding place where it stands: "in the sack, 200,000 pills", "floor of a van".

Words such as "boxes", "equipment" or "floor" hide drugs only where the words around them say so.
"""

from __future__ import annotations

import re

from etl.extract.hiding_words import AS, COMMON, VEHICLE, Word, lists
from etl.extract.lexicon import Match
from etl.extract.nearby import word_after, words_before
from etl.extract.text import Text

REACH = 90  # from a verb of hiding over what was hidden to the goods
STEP = 24  # from a verb of hiding to its preposition: "hidden in a professional way inside"
ARTICLES = frozenset({"the", "a", "an", "some", "two", "three", "احد", "احدي"})
BARRIER = re.compile(r"[.;:\n](?!\d)")
_FEW = 3
_BESIDE_DRUG = 45  # "in the sack, 200,000 pills"
_DRUG = re.compile(
    r"\d{4}|\d[,.]\d{3}|\dkg|(?<!\w)(?:million|pills?|tablets|captagon|hashish|narcotics?|drugs|kilogram(?:me)?s|kg|"
    r"مليون|مليوني|(?:ال)?حبوب|حبه|(?:ال)?اقراص|قرص|كبتاغون|كبتاجون|مخدرات|(?:ال)?حشيش|كيلوغراما?|كغم?)(?!\w)"
)
_PART_OF = re.compile(r" of ((?:[\w']{1,16} ?){1,4})")
_LETTERS = re.compile(r"[a-z]+")


def supported(text: Text, match: Match[Word], verb: Match[Word] | None) -> bool:
    """Tell whether the words around a common word, or a verb of hiding before it, make it a hiding place."""
    words, vehicle = text.words, match.value.sort == VEHICLE
    if not is_van(text, match.start, match.end):
        return False
    arabic = words[match.start] >= "ء"
    before = [word.strip("\"'(,") for _, word in words_before(words, word_start(words, match.start), 3)]
    beside = _inside_or_shipped_ar if arabic else _inside_or_shipped
    return (
        beside(before, vehicle)
        or (vehicle and _holds_drugs(words, match.start))
        or (match.value.sort == COMMON and part_of(words, match.start, match.end) > 0)
        or (match.value.sort == COMMON and _in_it_drugs(words, match, before, arabic))
        or (verb is not None and _behind_verb(words, verb, match, arabic))
    )


def _behind_verb(words: str, verb: Match[Word], match: Match[Word], arabic: bool) -> bool:
    """Tell whether a verb of hiding and a preposition stand before a word."""
    between = words[verb.end : match.start]
    if not 0 <= match.start - verb.end <= REACH or BARRIER.search(between):
        return False
    if verb.value.sort == AS or words[verb.start : verb.end].endswith((" of", " from")):
        return between.strip(" \"'").count(" ") < _FEW
    if arabic and words[match.start - 1] == "ب":
        return True
    return not lists()["before_ar" if arabic else "before_en"].isdisjoint(between.split())


def part_of(words: str, start: int, end: int) -> int:
    """Return where "floor of a lorry", "truck's floor", "سقف شاحنة" ends; 0: no part of a vehicle."""
    part = words[start:end]
    if part not in lists()["parts"]:
        return 0
    if part[0] >= "ء":
        behind = word_after(words, end)
        return end + 1 + len(behind) if behind.removeprefix("ال") in lists()["of_vehicles"] else 0
    if whole := _PART_OF.match(words, end):
        for word in _LETTERS.finditer(words, whole.start(1), whole.end(1)):
            if word.group() in lists()["of_vehicles"]:
                return word.end()
    owner = next((word for _, word in words_before(words, start, 1)), "")
    return end if owner.removesuffix("'s") in lists()["of_vehicles"] else 0


def _in_it_drugs(words: str, match: Match[Word], before: list[str], arabic: bool) -> bool:
    """Tell whether a preposition puts drugs into a word: "in the sack, 200,000 pills", "pills in bags"."""
    if words[match.start : match.end] in lists()["ambiguous"]:
        return False
    prepositions = lists()["before_ar" if arabic else "around_drugs"]
    glued = (
        arabic and words[match.start - 1] == "ب" and words[match.start - 2 : match.start - 1] in {" ", "و"}
    )
    if not glued:
        where = next((i for i, word in enumerate(before) if word.removeprefix("و") in prepositions), None)
        if where is None or any(word in lists()["ends"] for word in before[:where]):
            return False
    start = match.start - _BESIDE_DRUG
    stretch = words[max(0, start) : match.start]
    begin = max((stop.end() for stop in BARRIER.finditer(stretch)), default=0)
    return _DRUG.search(stretch, begin) is not None or drug_near(words, match.end, match.end + _BESIDE_DRUG)


def _holds_drugs(words: str, start: int) -> bool:
    """Tell whether "pills in a" stands right before a vehicle: a drug, at most two words, then "in"."""
    before = [word.strip("\"'(,") for _, word in words_before(words, word_start(words, start), 6)]
    if before[:1] and before[0] in ARTICLES:
        before = before[1:]
    if not before[:1] or before[0] not in {"in", "في"}:
        return False
    return any(word.removeprefix("ال") in lists()["drugs"] for word in before[1:4])


def _inside_or_shipped(before: list[str], vehicle: bool) -> bool:
    """Tell whether "inside (a)" or, for goods, "shipment of" stands right before; nearest word first."""
    if not {"inside", "within"}.isdisjoint(before):
        return True
    phrase = " ".join(reversed(before)).removesuffix(" the").removesuffix(" a")
    return not vehicle and phrase.endswith(tuple(lists()["shipments"]))


def _inside_or_shipped_ar(before: list[str], vehicle: bool) -> bool:
    near = {word.removeprefix("و").removeprefix("ب").removeprefix("ال") for word in before[:2]}
    return not lists()["inside_ar" if vehicle else "shipments_ar"].isdisjoint(near)


def drug_near(words: str, start: int, end: int) -> bool:
    """Tell whether a stretch of one sentence names a drug or a number of four digits or more."""
    stretch = words[max(0, start) : end]
    if start < 0 or (stop := BARRIER.search(stretch)) is None:
        return _DRUG.search(stretch) is not None
    return _DRUG.search(stretch, 0, stop.start()) is not None


def is_van(text: Text, start: int, end: int) -> bool:
    """Tell whether folded "فان" is a van: it is also what is left of "فإن" ("for"). True for other words."""
    if text.words[start:end] != "فان":
        return True
    before = next((word for _, word in words_before(text.words, start, 1)), "")
    quoted = text.words[max(0, start - 1) : start] == '"'
    return quoted or (text.quote(start, end) == "فان" and before in lists()["before_van"])


def word_start(words: str, position: int) -> int:
    while position and words[position - 1].isalnum():
        position -= 1
    return position
