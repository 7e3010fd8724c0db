"""What stands around a quantity: drugs, goods, cues such as "weighing", "each", "per hour", "تكفي لإنتاج"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from etl.extract.currencies import Sum, money_of
from etl.extract.lexicon import Lexicon, Match, shared
from etl.extract.mentions import Number
from etl.extract.text import Text, fold_phrase
from etl.extract.unit_words import POUNDS, WORD, unit_words
from etl.vocabulary import load
from etl.vocabulary.units import units

if TYPE_CHECKING:
    from etl.extract.counted import Counted

PILL_DRUGS = frozenset(("captagon", "amphetamine_tablets", "tramadol", "pregabalin"))
GENERIC = frozenset(("unspecified", "mixed", "pills_unspecified"))
_BREAK = re.compile(r"[.!?\n](?:(?<=\n)\n*|(?<!\n)(?=[ \"')\n]|\Z)[\"')]{0,2}\n*)")
_BRACKET = re.compile(r" ?\([^()\n]{1,30}\)")
_AHEAD = 70  # characters behind a unit in which its drug may be named
_PUNCTUATION = re.compile(r"[,;:!?\n]|\.(?![^ \n])")
_GAP_WORDS = 6
_CONTAINING = frozenset(("containing", "with", "مادة", "ماده", "نوع", "تحتوي", "على", "ال"))
_ANAPHORA = frozenset(("drug", "stimulant", "narcotic", "مخدر"))


class Sense(NamedTuple):
    """What a word of the lists may mean; several at once ("drugs" is a drug and an adjective)."""

    drug: str = ""
    cues: frozenset[str] = frozenset()


@shared
def _lexicon() -> Lexicon[Sense]:
    drugs: dict[str, str] = {}
    cues: dict[str, set[str]] = defaultdict(set)
    for code, entry in load("drugs").items():
        for word in entry.get("words", ()):
            drugs.setdefault(fold_phrase(word).removeprefix("ال"), code)
    table = load("quantity_words")
    lists: list[tuple[str, Iterable[str]]] = [
        ("good", table["goods"]),
        ("total", table["total"]),
        ("weighs", table["weighs"]["words"]),
        ("person", table["other_counts"]),
    ]
    lists += [
        (f"{role} {side}", table[role][side]) for role in ("each", "rate") for side in ("before", "after")
    ]
    lists.append(("enough_for before", table["enough_for"]["before"]))
    lists += [(f"precision {q}", load("quantifiers")[q]["after"]) for q in ("about", "over", "under")]
    for q in ("about", "over", "under"):
        before = [fold_phrase(w).removesuffix(" ب") for w in load("quantifiers")[q]["before"]]
        lists.append((f"{q} before", before))
    for name, words in lists:
        for word in words:
            cues[fold_phrase(word).removeprefix("ال")].add(name)
    for word, unit in unit_words().items():
        if len(word) == 1 or (len(word) == 2 and word.isascii()):
            continue  # abbreviations are looked for behind numbers only
        cues[word].add("pill" if unit.measure == "tablets" else "unit")
    phrases = dict.fromkeys([*drugs, *cues])
    return Lexicon((p, Sense(drugs.get(p, ""), frozenset(cues.get(p, ())))) for p in phrases)


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of `quantity_words.toml`, folded."""
    words = load("quantity_words")[name]
    return frozenset(fold_phrase(w) for w in (words["words"] if isinstance(words, dict) else words))


@cache
def _stops() -> re.Pattern[str]:
    words = sorted(word_list("stops"), key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![a-zء-ي'-])[وف]?(?:{'|'.join(words)})(?![a-zء-ي'-])")


class Surroundings:
    """A text's marks, in order, with ways to ask for those near a quantity."""

    def __init__(self, text: Text, numbers: Sequence[Number]) -> None:
        self.text = text
        self.folded = text.folded
        self.marks: list[Match[Sense]] = _lexicon().find(text)
        self.starts = [m.start for m in self.marks]
        self.by_start = {m.start: m for m in self.marks}
        self.numbers = numbers
        self.number_starts = [n.outer for n in numbers]
        self.breaks = [m.start() for m in _BREAK.finditer(text.folded)]
        self.claimed: set[int] = set()  # where drugs were named that a quantity took
        self.sums: dict[int, Sum] = {
            i: found for i, n in enumerate(numbers) if (found := money_of(text.folded, n))
        }

    def between(self, start: int, end: int) -> Sequence[Match[Sense]]:
        """Return the marks that begin in start..end."""
        return self.marks[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def sums_before(self, position: int) -> Sequence[Sum]:
        """Return the sum of money that the last number before a position is, if it is one."""
        index = bisect_left(self.number_starts, position) - 1
        return [self.sums[index]] if index in self.sums else []

    def sentence(self, position: int) -> int:
        """Return the number of the sentence that a position lies in."""
        return bisect_left(self.breaks, position)

    def sentence_start(self, position: int) -> int:
        """Return where that sentence begins."""
        index = self.sentence(position)
        return self.breaks[index - 1] + 1 if index else 0

    def next_number(self, position: int) -> int:
        """Return where the next number with its precision begins, at or behind a position."""
        index = bisect_left(self.number_starts, position)
        return self.number_starts[index] if index < len(self.number_starts) else len(self.folded)

    def phrase_end(self, end: int) -> int:
        """Return where the phrase of a unit that ends at `end` stops speaking of it."""
        limit = min(end + _AHEAD, self.next_number(end))
        for pattern in (_PUNCTUATION, _stops()):
            if match := pattern.search(self.folded, end, limit):
                limit = match.start()
        return limit

    def cue_before(self, position: int, cue: str, reach: int) -> Match[Sense] | None:
        """Return the last mark of a cue that ends within `reach` characters before, in the same sentence."""
        low = max(self.sentence_start(position), position - reach)
        for mark in reversed(self.between(low, position)):
            if cue in mark.value.cues and mark.end <= position:
                return mark
        return None


def words_between(folded: str, start: int, end: int) -> list[str]:
    """Return the words of a piece of text, at most one more than any gap may have."""
    if end - start > 80:
        return [""] * (_GAP_WORDS + 1)
    return WORD.findall(folded, start, end)


def describe(around: Surroundings, one: Counted) -> bool:
    """Fill in a quantity's drug, role and rule; False where it counts nothing that matters here."""
    bracket = _BRACKET.match(around.folded, one.unit_end)  # "461 kilograms (1,000 pounds) of pills"
    end = around.phrase_end(bracket.end() if bracket else one.unit_end)
    marks = [m for m in around.between(one.number_end, end) if m.end <= end]
    if marks and _belongs_to_next(around, one, marks[-1]):
        marks = marks[:-1]
    drug, last = _drug(around.folded, one, marks)
    good = next((m for m in marks if "good" in m.value.cues), None)
    if good and (not last or good.start < last.start):
        if one.unit.measure == "mass":
            one.role, one.rule = "carrier", "goods"
            return True
        if one.unit.measure == "packages" or around.folded[good.start : good.end] in word_list("grains"):
            return False
    if drug:
        one.drug, one.rule = drug, one.rule or "phrase"
        if last is not None:
            one.drug_at = last.start
            around.claimed.add(last.start)
            one.end = max(one.end, last.end)
    elif one.rule != "anaphora":
        _named_before(around, one)
    if one.unit.measure == "packages" and one.drug_at > one.unit_end and _far(around, one):
        one.drug, one.rule = "", ""
    set_role(around, one)
    if one.unit.code == POUNDS:
        return _as_kilograms(one)
    return one.unit.code != "pieces" or _pieces(around, one)


def _drug(folded: str, one: Counted, marks: Sequence[Match[Sense]]) -> tuple[str, Match[Sense] | None]:
    """Return the code of the drug that a phrase names and the mark that named it."""
    pills = one.unit.measure == "tablets" or any("pill" in m.value.cues for m in marks)
    named = [m for m in marks if m.value.drug]
    if one.unit.measure == "tablets":
        named = [m for m in named if not _joined(folded, one.unit_end, m.start)]
    if not named:
        return ("pills_unspecified" if pills and one.unit.measure != "tablets" else ""), None
    specific = [m for m in named if m.value.drug not in GENERIC]
    codes = list(dict.fromkeys(m.value.drug for m in specific))
    if "captagon" in codes and "amphetamine" in codes:
        codes.remove("amphetamine")
    if len(codes) > 1 and one.unit.measure == "mass":
        return "mixed", specific[-1]
    if codes:
        code = codes[0]
        return ("amphetamine_tablets" if code == "amphetamine" and pills else code), specific[
            -1 if len(codes) == 1 else 0
        ]
    mark = named[-1]
    if len(named) == 1 and folded[mark.start : mark.end] in _ANAPHORA and _definite(folded, mark.start):
        one.rule = "anaphora"  # "8 kilograms of the drug": which one, an earlier sentence says
        return "", None
    if pills:
        return "pills_unspecified", named[-1]
    return ("mixed" if any(m.value.drug == "mixed" for m in named) else "unspecified"), named[-1]


def _belongs_to_next(around: Surroundings, one: Counted, mark: Match[Sense]) -> bool:
    """Tell "31 tonnes and methamphetamine 25 tonnes" from "31 tonnes of methamphetamine"."""
    between = around.folded[one.unit_end : mark.start]
    joined = " and " in between or " و" in between
    return joined and around.folded[mark.end : around.next_number(mark.end)][:3] == " "


def _definite(folded: str, start: int) -> bool:
    words = folded[max(0, start - 18) : start].split()
    return folded.endswith("ال", 0, start) or "the" in words[-2:]


def _pieces(around: Surroundings, one: Counted) -> bool:
    """Settle what pieces are: plants only of what grows, thousands of Captagon units are tablets."""
    noun = around.folded[one.number_end : one.unit_end].split()[-1]
    if noun.startswith(("plant", "shrub", "seedling")):
        return one.drug in ("cannabis", "hashish", "opium")
    if noun in word_list("countless") and one.drug in PILL_DRUGS and (one.low or 0) >= 1000:
        one.unit = units()["tablets"]
    return True


def _as_kilograms(one: Counted) -> bool:
    """Turn pounds of a drug into kilograms; other pounds are money or nothing that matters."""
    if not one.drug or one.low is None or one.high is None:
        return False
    one.low, one.high = round(one.low * one.unit.kg, 3), round(one.high * one.unit.kg, 3)
    one.unit, one.rule = units()["kg"], "pounds"
    return True


def _far(around: Surroundings, one: Counted) -> bool:
    """Tell whether a package's drug stands behind more than adjectives: "17 parcels of buttons with ..."."""
    known = word_list("modifiers") | _CONTAINING | unit_words().keys()
    words = words_between(around.folded, one.unit_end, one.drug_at)
    return any(w not in known and w.removeprefix("ال") not in known for w in words)


def _joined(folded: str, start: int, end: int) -> bool:
    """Tell whether "and" stands between a unit and a drug: "200,000 pills and hashish"."""
    if end < start:
        return False
    between = folded[start:end]
    return " and " in between or " و" in between


@cache
def _measured() -> frozenset[str]:
    """Return the words that may stand between a drug and its weight."""
    words = {word for phrase in word_list("measured") for word in phrase.split()}
    return frozenset(words | {"of", "the", "a", "about", "total", "its", "their"})


def _named_before(around: Surroundings, one: Counted) -> None:
    """Look for the drug or cargo in front: "Heroin, 2 kilograms", "The machinery weighed about 10 tons"."""
    low = max(around.sentence_start(one.start), one.start - 60)
    for mark in reversed(around.between(low, one.start)):
        if mark.end > one.start:
            continue
        if not mark.value.drug and "good" not in mark.value.cues:
            continue
        gap = words_between(around.folded, mark.end, one.start)
        if len(gap) > _GAP_WORDS or any(w not in _measured() and w not in unit_words() for w in gap):
            return
        if mark.value.drug:
            if mark.start in around.claimed:  # another quantity's drug: "20 tonnes of hashish and 5 million"
                return
            pills = one.unit.measure == "tablets" or any(w in unit_words() for w in gap)
            code = mark.value.drug
            if pills:
                code = {"amphetamine": "amphetamine_tablets", "unspecified": "pills_unspecified"}.get(
                    code, code
                )
            one.drug, one.rule, one.drug_at = code, "named before", mark.start
        elif one.unit.measure == "mass" and any(w in _measured() for w in gap):
            one.role, one.rule = "carrier", "goods"
        return


def set_role(around: Surroundings, one: Counted) -> None:
    """Find out whether a quantity is a rate, one package's content, or what raw material would make."""
    if one.role != "load":
        return
    if _OF_PACKAGES.search(around.folded, max(0, one.start - 24), one.start):  # "46 bags of 50 kilograms"
        one.role, one.rule = "each", "package"
        return
    folded, start = around.folded, one.start
    for mark in around.between(one.unit_end, min(one.unit_end + 40, around.next_number(one.unit_end))):
        gap = folded[one.unit_end : mark.start]
        if "," in gap or "." in gap or "\n" in gap:
            break
        for role in ("rate", "each"):
            if folded.startswith(" of", mark.end):  # "25 kilos each of heroin and meth"
                continue
            if (
                f"{role} after" in mark.value.cues
                and (role == "rate" or len(gap) <= 12)
                and not _later(folded, mark.end)
            ):
                one.role, one.rule = role, role
                return
    for role, reach in (("enough_for", 14), ("rate", 14), ("each", 40)):
        if cue := around.cue_before(start, f"{role} before", reach + 40):
            gap = folded[cue.end : start]
            if len(gap) <= reach and not re.search(r",| and | و", gap):
                one.role, one.rule = role, role
                return


_OF_PACKAGES = re.compile(
    r"(?:bags|sacks|packets|parcels|boxes|cartons|pouches|اكياس|علب|صناديق) (?:of|سعه|زنه) \Z"
)
_LATER = re.compile(r" (?:after|before|earlier|later|ago|prior|since|and a half)")


def _later(folded: str, end: int) -> bool:
    """Tell "a day later" from "a day"."""
    return _LATER.match(folded, end) is not None
