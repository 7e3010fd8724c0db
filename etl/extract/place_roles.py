"""What part a place plays, by the words around its name: a small grammar for both languages.

In this order: a dateline; part of a body's name ("Damascus branch", "شرطة دبي"); a nationality or what the
adjective of a country stands for; the words right before ("from", "إلى", glued ب and ل); and a list goes on with
the part of the name before it ("in Baghdad, Nineveh and Kirkuk").
"""

from __future__ import annotations

import re
from functools import cache

from etl.extract.place_names import ALSO_COUNTRIES, Mention
from etl.extract.place_words import Phrases, Words, grammar, phrases
from etl.extract.text import Text
from geo.fold import fold
from geo.places import places

_HEAD = re.compile(r"[^\n]{0,70}?(?: [-|]|[-|] |: ?|:$|\|\||/ ?|$)", re.M)
_NUMBERED = re.compile(r"\s*(?:\d{1,2}\s?[).:-]|[(]\d{1,2}[)]|[*•◾▪#-])")
_JOINERS = frozenset({"and", "or", "و", "او", "as", "well", "then", "plus", "ثم", "كذلك"})
_STOPS = frozenset(
    "in at on to from by with was were is are has have had said where when who that which while after before for "
    "as into over through announced reported seized found stopped the a an".split()
)
_HOLDERS = frozenset({"in", "at", "inside", "within", "في", "ب", "ضمن"})
_MOST_SKIPPED = 6
GATES = frozenset({"crossing", "port", "airport"})
"""Where the seat of a body is where it seizes: "customs at Al-Durra crossing"."""
_ADJECTIVE_REACH = 6
_SENTENCE_END = re.compile(r"[.!?\n:;]")


@cache
def cues() -> Phrases:
    return Phrases((phrase, role) for role, entry in grammar()["roles"].items() for phrase in entry["words"])


@cache
def _folded(*path: str) -> frozenset[str]:
    table = grammar()
    for name in path:
        table = table[name]
    return frozenset(fold(word) for word in table)


def assign(text: Text, words: Words, mentions: list[Mention]) -> list[Mention]:
    """Set role and rule of each mention; drop those that needed a cue and have none."""
    kept: list[Mention] = []
    heads = _Heads(text)
    for mention in mentions:
        if mention.rule:  # a border, read already
            kept.append(mention)
            continue
        previous = kept[-1] if kept else None
        mention.role, mention.rule = _role(text, words, mention, previous, heads)
        if mention.rule == "list" and previous is not None:
            mention.place_ids = _as_area(mention, previous)
        cue = mention.role not in ("", "agency", "nationality") or mention.kind or mention.near
        if mention.name.trust == 1 and not cue:
            continue
        kept.append(mention)
    return kept


def _role(
    text: Text, words: Words, mention: Mention, previous: Mention | None, heads: _Heads
) -> tuple[str, str]:
    start = words.start[mention.left]
    head = heads.of(start)
    if head and head[0] == "dateline" and cues().before(words, mention.left) is None:
        return head
    if mention.name.nationality or _is_adjective(text, words, mention):
        return _adjective(words, mention, previous)
    if (body := _body(words, mention)) and not (body.startswith("seat") and _is_gate(mention)):
        return "agency", body
    if head:
        listed = previous is not None and previous.role == "at" and _goes_on(words, previous, mention.left)
        return "at", "list" if listed else head[1]
    return _by_cue(words, mention.left, previous, mention)


def _is_gate(mention: Mention) -> bool:
    return mention.kind in GATES or (bool(mention.place_ids) and places()[mention.place_ids[0]].kind in GATES)


def _as_area(mention: Mention, previous: Mention) -> tuple[str, ...]:
    """In a list with governorates ("the provinces of Baghdad, Nineveh and Basra") a city's name is its governorate's."""
    known = places()
    regions = tuple(i for i in mention.place_ids if known[i].kind == "governorate")
    headed = previous.kind in ("governorate", "countryside") and previous.left < previous.first
    only = all(known[i].kind == "governorate" for i in previous.place_ids) and previous.rule == "list"
    if not regions or not (headed or only):
        return mention.place_ids
    return regions


class _Heads:
    """The heads of lines: "BAGHDAD, March 3 -", "شفق نيوز- بغداد", "1) Anbar, 4 January:"."""

    def __init__(self, text: Text) -> None:
        self._text = text.folded
        self._begin, self._line_end = 0, -1
        self._head_end, self._role = 0, ""

    def of(self, start: int) -> tuple[str, str] | None:
        """Role and rule of a place in the head of a line; to be asked in the order of the text."""
        while start > self._line_end:
            self._begin = self._line_end + 1
            end = self._text.find("\n", self._begin)
            self._line_end = end if end >= 0 else len(self._text)
            self._head_end = -1
        if self._head_end < 0:
            self._head_end, self._role = self._read(self._begin)
        if not self._role or start >= self._head_end:
            return None
        if self._role == "dateline" and len(self._text[self._begin : start].split()) > _LONGEST_CREDIT:
            return None
        return self._role, "head of a line"

    def _read(self, begin: int) -> tuple[int, str]:
        """Where the head of a line ends, and what a place in it is; "" for a line without one."""
        end = _head_end(self._text, begin)
        head = self._text[begin:end]
        numbered = _NUMBERED.match(head)
        if numbered and numbered.end() == len(head):  # "1)" alone: the head goes on
            end = _head_end(self._text, end)
            head = self._text[begin:end]
        count, sign = len(head.split()), head.rstrip()[-1:]
        if count > _LONGEST_HEAD and not numbered:
            return end, ""
        if sign == ":" and (begin == 0 or numbered):
            return end, "at"
        if begin == 0 or (sign in "|/" and sign and count > _LONGEST_CREDIT + 1):
            return end, ""
        if sign and sign in "-|/":
            further = _head_end(self._text, end)
            if len(self._text[end:further].split()) <= _LONGEST_CREDIT:
                end = further
            return end, "dateline"
        return end, "dateline" if sign == ":" or (end >= self._line_end and count <= _LONGEST_CREDIT) else ""


def _head_end(text: str, begin: int) -> int:
    found = _HEAD.match(text, begin)
    return found.end() if found else begin


_LONGEST_HEAD = 8
_LONGEST_CREDIT = 4


def _is_adjective(text: Text, words: Words, mention: Mention) -> bool:
    """Whether "السورية", "السعودية" is the adjective, which is spelt as the country: behind a definite noun."""
    at = mention.first
    if (
        mention.last - at != 1
        or words.key[at] not in ALSO_COUNTRIES
        or words.glue[at]
        or not words.joined(at)
    ):
        return False
    if words.key[at] == "سوريه" and text.folded.startswith("ال", words.bare[at]):
        return True
    if cues().before(words, at):
        return False
    before = words.bare[at - 1] + len(words.glue[at - 1])
    return (
        text.folded.startswith("ال", before)
        or words.glue[at - 1].endswith("لل")
        or words.key[at - 1] in _folded("bodies", "skip_ar")
    )


def _adjective(words: Words, mention: Mention, previous: Mention | None) -> tuple[str, str]:
    """What "Syrian" stands for: people, a body, the land, or nothing that matters here."""
    at, last = mention.first, mention.last
    arabic = "ء" <= words.key[at][0] <= "ي"
    if arabic:
        noun = at - 1
        for _ in range(_ADJECTIVE_REACH):
            if noun < 0 or not words.joined(noun + 1):
                break
            key = words.key[noun]
            if key in _folded("people", "before"):
                return "nationality", "people"
            if key in _folded("bodies", "before_ar"):
                return "agency", f"adjective of {key}"
            if key in _folded("land", "before"):
                return _by_cue(words, noun, previous, mention)
            if key not in _folded("bodies", "skip_ar"):
                break
            noun -= 1
        return "other", "adjective"
    count = len(words)
    follow = last
    for _ in range(5):
        if follow >= count or not words.joined(follow):
            break
        key = words.key[follow]
        if key in _folded("people", "after"):
            return "nationality", "people"
        if key in _folded("bodies", "after") and phrases("land", "after").at(words, follow) is None:
            return "agency", f"adjective of {key}"
        if key in _folded("land", "after"):
            return _by_cue(words, at, previous, mention)
        if key not in _folded("bodies", "skip"):
            break
        follow += 1
    return "nationality" if follow == last else "other", "adjective"


def _body(words: Words, mention: Mention) -> str:
    """Whether a name is part of a body's name or its seat; the noun that says so."""
    at = mention.left
    arabic = "ء" <= words.key[mention.first][0] <= "ي"
    if arabic:
        noun, through = at - 1, words.glue[at] in ("ب", "") and at > 0
        if words.glue[at] == "ب" or (noun >= 0 and words.key[noun] == "في" and words.joined(at)):
            noun = at - 1 if words.glue[at] == "ب" else at - 2
            reach, seat = 4, True
        elif words.glue[at]:
            return ""
        else:
            reach, seat = 3, False
        for step in range(reach):
            if not through or noun - step < 0 or not words.joined(noun - step + 1):
                return ""
            key = words.key[noun - step]
            if key in _folded("bodies", "before_ar"):
                return f"seat of {key}" if seat else f"name of {key}"
            if key not in _folded("bodies", "skip_ar"):
                return ""
        return ""
    possessive = mention.name.place_ids[0].startswith("country:")
    follow = mention.right
    for step in range(6):
        if follow >= len(words) or not words.joined(follow):
            break
        key = words.key[follow]
        if key in _STOPS:
            break
        if key in _folded("bodies", "after"):
            return f"name of {key}"
        if key not in _folded("bodies", "skip") and not (possessive and step < 2):
            break
        follow += 1
    while at >= 2 and words.joined(at) and words.key[at - 1] in ("the", "autonomous", "city", "s"):
        at -= 1
    if at >= 2 and words.joined(at) and words.key[at - 1] in ("in", "of", "for"):
        noun = at - 2
        if words.joined(at - 1) and words.key[noun] in _folded("bodies", "before_en"):
            return f"seat of {words.key[noun]}"
    return ""


def _by_cue(words: Words, at: int, previous: Mention | None, mention: Mention) -> tuple[str, str]:
    """The part given by the words right before word `at`, or by the list that the name goes on with."""
    if (
        previous is not None and previous.right == at and words.joined(at) and not words.glue[at]
    ):  # "Syria's Homs", "Turkish province Hatay"
        if previous.role in ("nationality", "other", "agency"):
            return _by_cue(words, previous.left, None, mention)
        return previous.role, f"{previous.rule}, within"
    skipped = at
    for _ in range(_MOST_SKIPPED):
        glue = words.glue[skipped]
        if glue.endswith("ب"):
            return _contained("at", "ب", words, skipped, previous, mention)
        if glue.endswith("ل"):
            return "destination", "ل"
        if glue in ("و", "ف"):
            break
        if skipped == 0 or not words.joined(skipped):
            break
        if found := cues().before(words, skipped):
            begin, role = found
            if role == "made":
                role = "other" if mention.place_ids[0].startswith("country:") else "at"
            return _contained(role, " ".join(words.key[begin:skipped]), words, begin, previous, mention)
        step = phrases("modifiers", "words").before(words, skipped)
        if step is None or (previous and step[0] < previous.right):
            break
        skipped = step[0]
    if mention.near:
        return "near", "beside"
    if previous is not None and previous.role != "dateline" and _goes_on(words, previous, at):
        return previous.role, "list"
    return "", "no cue"


def _contained(
    role: str, cue: str, words: Words, begin: int, previous: Mention | None, mention: Mention
) -> tuple[str, str]:
    """What a place lies in plays the same part: "from Deraa in Syria", "near Zahle in the Bekaa"."""
    if (
        cue in _HOLDERS
        and previous is not None
        and previous.right == begin
        and words.gap[begin].strip() in ("", ",", "(")
    ):
        if previous.role in ("origin", "destination", "via", "other", "agency") and _holds(mention, previous):
            return previous.role, f"{cue} (holds the place before)"
        return "at", f"{cue} (holds the place before)"
    return role, cue


def _holds(mention: Mention, previous: Mention) -> bool:
    """Whether one of a name's areas holds a bearer of the name before it."""
    known = places()
    areas = [known[i] for i in mention.place_ids]
    inside = [known[i] for i in previous.place_ids]
    return any(
        (a.kind == "country" and a.country == p.country and p.kind != "country")
        or (a.admin1_code and a.admin1_code == p.admin1_code)
        for a in areas
        for p in inside
    )


def _goes_on(words: Words, previous: Mention, at: int) -> bool:
    """Whether only commas and "and" stand between a name and the one before."""
    between = range(previous.right, at)
    if any(words.key[k] not in _JOINERS for k in between):
        return False
    if any(_SENTENCE_END.search(words.gap[k]) for k in range(previous.right, at + 1)):
        return False
    return bool(between) or words.glue[at] == "و" or words.gap[at].strip() in (",", "-", "/", "(", ",-")
