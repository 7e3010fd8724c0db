"""How drugs were hidden: "inside rice sacks", "in crates of apples", "مدسوسة بين أكياس الفحم".

Two ways to a hiding place. Goods that say so by themselves ("ironing boards", "spare tyre") are taken
wherever they stand; common words ("boxes", "equipment") and goods that no list has need a verb of hiding and
a preposition before them. The words around a find ("crates of", "shipment") belong to it, six at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from etl.extract.hiding_signs import (
    ARTICLES,
    BARRIER,
    REACH,
    STEP,
    drug_near,
    is_van,
    part_of,
    supported,
    word_start,
)
from etl.extract.hiding_words import (
    AIR,
    AS,
    COMMON,
    GIVES_UP,
    HOLDS,
    NEVER,
    STRONG,
    VEHICLE,
    VERB,
    Word,
    lexicon,
    lists,
)
from etl.extract.lexicon import Match
from etl.extract.mentions import Means
from etl.extract.nearby import said_once, word_after, words_before
from etl.extract.text import Text

_REPEATED = 5  # "hidden in hidden in"
_MOST_WORDS = 4
_WORD = re.compile(r"[^\W_][\w']*")
_CUES = frozenset({VERB, STRONG, AS, HOLDS, GIVES_UP})
_AT = frozenset({"in", "from", "at", "on"})
_HELD = 45  # from "contained" to the drug


def find(text: Text) -> list[Means]:
    """Return the hiding places of a text, sorted by start, none inside another."""
    matches = [m for m in said_once(lexicon().find(text), _REPEATED) if m.value.sort != NEVER]
    found: list[Means] = []
    verb: Match[Word] | None = None
    for index, match in enumerate(matches):
        sort = match.value.sort
        if sort in _CUES:
            verb = match if sort in {VERB, STRONG, AS} else verb
            following = matches[index + 1].start if index + 1 < len(matches) else len(text.words)
            found += filter(None, _told_by(text, matches, index, following))
        elif sort not in {COMMON, VEHICLE} or supported(text, match, verb):
            found.append(_goods(text, match))
    return _apart([means for means in found if not _is_bare_vehicle(text.words, means)])


def _told_by(
    text: Text, matches: Sequence[Match[Word]], index: int, following: int
) -> Iterator[Means | None]:
    """Yield the hiding places that a word of hiding tells by itself: behind it or before it."""
    cue = matches[index]
    word = text.words[cue.start : cue.end]
    if cue.value.sort in {STRONG, AS}:
        yield _unlisted(text, cue, following)
    refers_back = cue.value.sort == STRONG and _refers_back(text.words, cue)
    holds = word in lists()["holds"] and drug_near(text.words, cue.end, cue.end + _HELD)
    if refers_back or holds or cue.value.sort == GIVES_UP:
        yield _named_before(text, matches, index, goods_only=not refers_back)


def _is_bare_vehicle(words: str, means: Means) -> bool:
    """Tell whether a find is only what the drugs travelled in: "inside a truck"; a container hides them."""
    said = words[means.start : means.end]
    return means.rule == "hidden.vehicle" and said.removeprefix("ال") in lists()["bare"]


def _apart(found: list[Means]) -> list[Means]:
    """Drop what lies inside a longer find, and the bare vehicle around a narrower hiding place."""
    kept: list[Means] = []
    for means in sorted(found, key=lambda m: (m.start, -m.end, m.rule != "hidden.goods")):
        near = bool(kept) and means.start - kept[-1].end <= REACH
        if kept and (means.start < kept[-1].end or (near and means.rule == "hidden.vehicle")):
            continue
        if near and kept[-1].rule == "hidden.vehicle":
            kept.pop()
        kept.append(means)
    return kept


# ---- listed goods


def _begins_list(words: str, end: int) -> bool:
    """Tell whether a thing is joined to the one that a verb is about: "tools and toys filled with"."""
    return words.startswith((" and ", ", and "), end)


def _is_aside(words: str, match: Match[Word]) -> bool:
    """Tell whether a thing is where another lay or what it is for: "in a consignment", "مخصصة للرافعات"."""
    before = [word for _, word in words_before(words, match.start, 2)]
    return words[max(0, match.start - 2) : match.start] == "لل" or not _AT.isdisjoint(before)


def _refers_back(words: str, verb: Match[Word]) -> bool:
    """Tell whether "inside it", "بداخلها" stands behind a verb of hiding."""
    behind = _WORD.findall(words, verb.end, verb.end + STEP)[:2]
    return any(word in lists()["it"] for word in (*behind, " ".join(behind)))


def _named_before(
    text: Text, matches: Sequence[Match[Word]], index: int, *, goods_only: bool
) -> Means | None:
    """Return the nearest thing before a verb: of "hidden inside it", of "machines proved to contain"."""
    verb = matches[index]
    near = takewhile(
        lambda match: verb.start - match.end <= REACH, reversed(matches[max(0, index - 4) : index])
    )
    not_it = {*_CUES, VEHICLE} if goods_only else _CUES
    thing = next((m for m in near if m.value.sort not in not_it and not _is_aside(text.words, m)), None)
    if (
        thing is None
        or (goods_only and _begins_list(text.words, thing.end))
        or BARRIER.search(text.words, thing.end, verb.start)
    ):
        return None
    return _goods(text, thing) if is_van(text, thing.start, thing.end) else None


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
    if before and before[0][1] in ARTICLES:
        before = before[1:] if before[1:2] and before[1][1] == "of" else []
    if len(before) > 1 and before[0][1] == "of" and before[1][1] in lists()["carriers"]:
        start = before[1][0]
    elif part_of(words, start, end):
        end = part_of(words, start, end)
    elif words[start:end] in lists()["carriers"] and words.startswith(" of ", end):
        end = _end_of_goods(words, end + len(" of "), end)
    elif before and match.value.sort != AIR and _may_describe(before[0][1]):
        start = before[0][0]
    return start, end


def _end_of_goods(words: str, begin: int, end: int) -> int:
    """Return where "shipment of rubber carbon" ends; `end` where no goods follow: "boxes of pills"."""
    goods = _noun_phrase(words, begin)
    if goods is None or not lists()["not_places"].isdisjoint(words[slice(*goods)].split()):
        return end
    return goods[1]


def _may_describe(word: str) -> bool:
    """Tell whether an English word before goods may describe them: no particle, verb or plural."""
    if not word.replace("'", "").isalpha() or word in lists()["undescriptive"]:
        return False
    return "'" in word or not word.endswith(("ing", "ed", "s"))


def _grow_arabic(words: str, match: Match[Word]) -> tuple[int, int]:
    """Grow over the vessel before goods ("أكياس الفحم") and what describes them behind."""
    start, end = word_start(words, match.start), match.end
    if start < match.start and words[start] in "وبف":
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
    limit = min(verb.end + (REACH if active else STEP), following)
    told = verb.value.sort == AS
    begin = verb.end if told else _behind_preposition(text.words, verb.end, limit, active)
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
    while (token := _WORD.search(words, at, limit)) and not BARRIER.search(words, at, token.start()):
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
        token = _WORD.search(words, end, end + STEP)
        if token is None or words[end : token.start()].strip(" \"'"):
            break
        word = token.group()
        ends = word in lists()["ends"] or word.isdigit() or word[0] == "و"
        if ends or (count and word.endswith(("ed", "ing"))):
            break
        end = token.end()
        if count or word not in ARTICLES:
            begin = token.start() if begin < 0 else begin
            count += 1
    return (begin, end) if begin >= 0 else None


def _bare_words(phrase: str) -> set[str]:
    return {form for word in phrase.split() for form in (word, word.removeprefix("ال"))}
