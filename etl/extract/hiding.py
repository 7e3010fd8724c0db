"""How drugs were hidden: "inside rice sacks", "in crates of apples", "مدسوسة بين أكياس الفحم".

Two ways to a hiding place. Goods that say so by themselves ("ironing boards", "spare tyre") are taken
wherever they stand; common words ("boxes", "equipment") and goods that no list has need a verb of hiding and
a preposition before them. The words around a find ("crates of", "shipment") belong to it, six at most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from etl.extract.hiding_words import AIR, COMMON, STRONG, VEHICLE, VERB, Word, lexicon, lists
from etl.extract.lexicon import Match
from etl.extract.mentions import Means
from etl.extract.nearby import said_once, word_after, words_before
from etl.extract.text import Text

_REACH = 90  # from a verb of hiding over what was hidden to the goods
_STEP = 24  # from a verb of hiding to its preposition: "hidden in a professional way inside"
_REPEATED = 5  # "hidden in hidden in"
_MOST_WORDS = 4
_ARTICLES = frozenset({"the", "a", "an", "some", "two", "three", "احد", "احدي"})
_WORD = re.compile(r"[^\W_][\w']*")
_BARRIER = re.compile(r"[.;:\n](?!\d)")


def find(text: Text) -> list[Means]:
    """Return the hiding places of a text, sorted by start, none inside another."""
    matches = said_once(lexicon().find(text), _REPEATED)
    found: list[Means] = []
    verb: Match[Word] | None = None
    for index, match in enumerate(matches):
        if match.value.sort in {VERB, STRONG}:
            verb = match
            following = matches[index + 1].start if index + 1 < len(matches) else len(text.words)
            if match.value.sort == STRONG:
                found += filter(
                    None, [_unlisted(text, match, following), _named_before(text, matches, index)]
                )
        elif match.value.sort not in {COMMON, VEHICLE} or _supported(text, match, verb):
            found.append(_goods(text, match))
    return _apart(found)


def is_van(text: Text, start: int, end: int) -> bool:
    """Tell whether folded "فان" is a van: it is also what is left of "فإن" ("for"). True for other words."""
    if text.words[start:end] != "فان":
        return True
    before = next((word for _, word in words_before(text.words, start, 1)), "")
    quoted = text.words[max(0, start - 1) : start] == '"'
    return quoted or (text.quote(start, end) == "فان" and before in lists()["before_van"])


def _apart(found: list[Means]) -> list[Means]:
    """Drop what lies inside a longer find, and the bare vehicle around a narrower hiding place."""
    kept: list[Means] = []
    for means in sorted(found, key=lambda m: (m.start, -m.end, m.rule != "hidden.goods")):
        near = bool(kept) and means.start - kept[-1].end <= _REACH
        if kept and (means.start < kept[-1].end or (near and means.rule == "hidden.vehicle")):
            continue
        if near and kept[-1].rule == "hidden.vehicle":
            kept.pop()
        kept.append(means)
    return kept


# ---- listed goods


def _supported(text: Text, match: Match[Word], verb: Match[Word] | None) -> bool:
    """Tell whether the words before a common word make it a hiding place."""
    words = text.words
    if not is_van(text, match.start, match.end):
        return False
    arabic = words[match.start] >= "ء"
    before = [word.strip("\"'(,") for _, word in words_before(words, _word_start(words, match.start), 3)]
    if match.value.sort == VEHICLE and _holds_drugs(words, match.start):
        return True
    beside = _inside_or_shipped_ar if arabic else _inside_or_shipped
    if beside(before, match.value.sort == VEHICLE):
        return True
    if verb is None or not 0 <= match.start - verb.end <= _REACH:
        return False
    between = words[verb.end : match.start]
    prepositions = lists()["before_ar" if arabic else "before_en"]
    return not _BARRIER.search(between) and not prepositions.isdisjoint(between.split())


def _holds_drugs(words: str, start: int) -> bool:
    """Tell whether "pills in a" stands right before a vehicle: a drug, at most two words, then "in"."""
    before = [word.strip("\"'(,") for _, word in words_before(words, _word_start(words, start), 6)]
    if before[:1] and before[0] in _ARTICLES:
        before = before[1:]
    if not before[:1] or before[0] not in {"in", "في"}:
        return False
    return any(word.removeprefix("ال") in lists()["drugs"] for word in before[1:4])


def _named_before(text: Text, matches: Sequence[Match[Word]], index: int) -> Means | None:
    """Return the thing that "hidden inside it", "مخبأة بداخلها" refers to: the nearest before the verb."""
    verb = matches[index]
    behind = _WORD.findall(text.words, verb.end, verb.end + _STEP)[:2]
    if not any(word in lists()["it"] for word in (*behind, " ".join(behind))):
        return None
    near = takewhile(
        lambda match: verb.start - match.end <= _REACH, reversed(matches[max(0, index - 4) : index])
    )
    thing = next((match for match in near if match.value.sort not in {VERB, STRONG}), None)
    if thing is None or "\n" in text.words[thing.end : verb.start]:
        return None
    return _goods(text, thing) if is_van(text, thing.start, thing.end) else None


def _inside_or_shipped(before: list[str], vehicle: bool) -> bool:
    """Tell whether "inside (a)" or, for goods, "shipment of" stands right before; nearest word first."""
    if not {"inside", "within"}.isdisjoint(before[:2]):
        return True
    phrase = " ".join(reversed(before)).removesuffix(" the").removesuffix(" a")
    return not vehicle and phrase.endswith(tuple(lists()["shipments"]))


def _inside_or_shipped_ar(before: list[str], vehicle: bool) -> bool:
    near = {word.removeprefix("و").removeprefix("ب").removeprefix("ال") for word in before[:2]}
    return not lists()["inside_ar" if vehicle else "shipments_ar"].isdisjoint(near)


def _goods(text: Text, match: Match[Word]) -> Means:
    """Return a hiding place grown over the words that belong to the goods."""
    grow = _grow_arabic if text.words[match.start] >= "ء" else _grow_english
    start, end = grow(text.words, match)
    value = match.value.english or " ".join(text.quote(start, end).split())
    return Means(start, end, "concealment", value, f"hidden.{match.value.sort}")


def _grow_english(words: str, match: Match[Word]) -> tuple[int, int]:
    """Grow over "apple crates", "crates of apples", "spare parts of the machine"."""
    start, end = match.start, match.end
    if (following := word_after(words, end)) in lists()["carriers"]:
        end += 1 + len(following)
    before = list(words_before(words, start, 3))
    if before and before[0][1] in _ARTICLES:
        before = before[1:] if before[1:2] and before[1][1] == "of" else []
    if len(before) > 1 and before[0][1] == "of" and before[1][1] in lists()["carriers"]:
        start = before[1][0]
    elif before and match.value.sort != AIR and _may_describe(before[0][1]):
        start = before[0][0]
    return start, end


def _may_describe(word: str) -> bool:
    """Tell whether an English word before goods may describe them: no particle, verb or plural."""
    if not word.replace("'", "").isalpha() or word in lists()["undescriptive"]:
        return False
    return "'" in word or not word.endswith(("ing", "ed", "s"))


def _grow_arabic(words: str, match: Match[Word]) -> tuple[int, int]:
    """Grow over the vessel before goods ("أكياس الفحم") and what describes them behind."""
    start, end = _word_start(words, match.start), match.end
    if start < match.start and words[start] in "وب":
        start += 1
    for at, word in words_before(words, start, 1):
        if word.removeprefix("و") in lists()["carriers_ar"]:
            start = at
    for _ in range(2):
        word = word_after(words, end)
        if not word or not "ء" <= word[0] <= "ي" or word in lists()["ends"] or word[0] == "و":
            break
        vessel = words[start:end].removeprefix("ال") in lists()["carriers_ar"]
        if not word.startswith("ال") and (not vessel or word.endswith("ت")):
            break
        end += 1 + len(word)
    return start, end


# ---- goods that no list has


def _unlisted(text: Text, verb: Match[Word], following: int) -> Means | None:
    """Return the words behind "hidden inside" up to the next particle; None where a place or time stands."""
    active = text.words[verb.start : verb.end] in lists()["active"]
    limit = min(verb.end + (_REACH if active else _STEP), following)
    begin = _behind_preposition(text.words, verb.end, limit, active)
    if begin < 0:
        return None
    span = _noun_phrase(text.words, begin)
    if span is None or text.original[text.span(span[0], span[0] + 1)[0]].isupper():
        return None  # a capital: a place, not goods
    if not lists()["not_places"].isdisjoint(_bare_words(text.words[slice(*span)])):
        return None
    return Means(*span, "concealment", " ".join(text.quote(*span).split()), "hidden.unlisted")


def _behind_preposition(words: str, start: int, limit: int, active: bool) -> int:
    """Return where the first preposition ends, over adverbs (or an active verb's object); -1: none."""
    prepositions = lists()["before_en"] | lists()["before_ar"]
    at = start
    while (token := _WORD.search(words, at, limit)) and not _BARRIER.search(words, at, token.start()):
        word = token.group()
        if word in prepositions:
            return token.end()
        if not (active or word.endswith("ly") or word in lists()["skipped_ar"]):
            break
        at = token.end()
    return -1


def _noun_phrase(words: str, start: int) -> tuple[int, int] | None:
    """Return the span of up to four words behind a preposition, its article left out."""
    begin, end, count = -1, start, 0
    while count < _MOST_WORDS:
        token = _WORD.search(words, end, end + _STEP)
        if token is None or words[end : token.start()].strip(" \"'"):
            break
        word = token.group()
        ends = word in lists()["ends"] or word.isdigit() or word[0] == "و"
        if ends or (count and word.endswith(("ed", "ing"))):
            break
        end = token.end()
        if count or word not in _ARTICLES:
            begin = token.start() if begin < 0 else begin
            count += 1
    return (begin, end) if begin >= 0 else None


def _bare_words(phrase: str) -> set[str]:
    return {form for word in phrase.split() for form in (word, word.removeprefix("ال"))}


def _word_start(words: str, position: int) -> int:
    while position and words[position - 1].isalnum():
        position -= 1
    return position
