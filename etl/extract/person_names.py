"""Private persons' names in a page: the pieces that a published quote must not show.

Told by the words before them (a dealer called ..., المدعو ...), by common given names, by initials, by an age
behind them, and, where letters have cases, by being a run of capitalised words that nothing known explains.
In doubt a name is masked; it stays where a title, an office behind a comma, a place, a body or the list of
leaders accounts for it. The words lie in `etl/vocabulary/privacy.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.extract import nations, places
from etl.extract.text import fold_phrase, fold_text
from etl.vocabulary import load

Span = tuple[int, int]
LONGEST = 5
"""Words of a name at most."""
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u0652\u0670'’\-‐](?=[^\W\d_])|[\u064b-\u0652])*")
_CONJUNCTION = re.compile(r"[وف]?[بلك]?(?=\w\w\w)")
_GLUE = re.compile(r"(?:[وف]?(?:[بلك]?ال|لل|[بلك])|[وف])(?=\w\w)")
_ARTICLE = re.compile(r"(?:al|el|ad|ar|as|ash|an|at|az)[-'’ ](?=\w)")
_ARABIC_LETTER = "[ء-ي]ـ?"
_INITIALS = re.compile(
    rf"(?<!\w)(?:[A-Z]\.\s?){{2,3}}(?!\w)"
    rf"|(?<![\w.]){_ARABIC_LETTER}(?:\s?\.\s?{_ARABIC_LETTER}){{1,3}}(?!\w)"
    rf"|(?<=[«\"(]){_ARABIC_LETTER}(?:\s{_ARABIC_LETTER}){{1,3}}(?=[»\")])"
)
_QUOTED = re.compile(r"""[\s:]{0,3}(?:بـ)?[«"“'‘(]([^«»"“”‘’()\n]{1,40})[»"”'’)]""")
_AGE = re.compile(r"(?:[,،]\s?|\s?\(|[,،]?\saged\s)[1-9]\d(?=[,،)]|-year|\syears|\sعام)")
_BEHIND_COMMA = re.compile(r"\s?[,،(]\s?([^,،.()\n]{1,60})")
_NEAR = re.compile(r"[\s,:\"“'‘«(]{1,3}\Z|-\Z|ـ?\s?\Z")
_LOOK_BACK = 8  # words between an office and its holder
_MOSTLY = 0.6
"""Share of capitalised words from which a line is a headline in title case."""


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    text: str
    bare: frozenset[str]  # folded, without possessive, with and without Arabic's glued letters
    forms: frozenset[str]  # the same, without the article too
    place: bool = False  # part of a place's or a country's name
    known: bool = False  # that, or a body's, an outlet's, a plain word: no part of a private name by itself
    kin: int = 0  # words from here that say "his brother", "his cousin" in Arabic

    def of(self, name: str) -> bool:
        """Whether the word is in a list; given names count without the article alone ("الرياض" is a city)."""
        if self.text.endswith("على"):  # the preposition: its letters fold to those of Ali
            return name == "ends"
        return not (self.bare if name.startswith("given") else self.forms).isdisjoint(_words(name))


def find(body: str) -> list[Span]:
    """Return the spans of private names in a page's title and text, in order, none overlapping.

    A name given again ("Eid added") is that of the person whom the page named in full, in office or not.
    """
    runs = [run for line in _lines(body) for run in _runs(body, line)]
    full = [run for run in runs if run.told and len(run.words) > 1]
    public = frozenset[str]().union(*(word.bare for run in full if not run.private for word in run.words))
    private = frozenset[str]().union(*(run.words[-1].bare for run in full if run.private)) - public
    spans = [*_initials(body)]
    for run in runs:
        alone = run.words[0].bare if len(run.words) == 1 else frozenset()
        in_office = all(word.bare & public for word in run.words)
        if run.private and (run.told or alone & private) and not in_office:
            spans.append((run.words[0].start, run.words[-1].end))
    return _merged(spans)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _initials(body: str) -> Iterator[Span]:
    for match in _INITIALS.finditer(body):
        text = match.group().rstrip()
        hour = body[: match.start()].rstrip()[-1:].isdigit() and _letters(text) in ("AM", "PM")
        if not hour and _letters(text) not in {
            _letters(kept) for kept in load("privacy")["initials"]["keep"]
        }:
            yield match.start(), match.start() + len(text)


def _letters(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalpha() and c != "ـ")


def _lines(body: str) -> Iterator[list[_Word]]:
    """Yield the words of each line; `known` where a place, a country or a plain word accounts for them."""
    accounted = _accounted(body)
    plain = {match.group() for match in _WORD.finditer(body) if match.group().islower()}
    offset = 0
    for line in body.split("\n"):
        words = []
        for match in _WORD.finditer(line):
            start, end = match.start() + offset, match.end() + offset
            word = _Word(start, end, match.group(), _bare(match.group()), _forms(match.group()))
            plainly = word.text[0].isupper() and word.text.lower() in plain
            word.place = bool(accounted[start])
            word.known = word.place or plainly or _is_known(word.text)
            words.append(word)
        for index, word in enumerate(words):
            word.kin = _relative(words, index)
        yield words
        offset += len(line) + 1


def _accounted(body: str) -> bytearray:
    """1 for each character of a place's or country's name."""
    text = fold_text(body)
    marks = bytearray(len(body) + 1)
    spans = [(m.start, m.end) for m in places.find(text)] + [(m.start, m.end) for m in nations.find(text)]
    for start, end in (text.span(*span) for span in spans):
        marks[start:end] = b"\x01" * (end - start)
    return marks


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that may be one name. `private`: nobody's of note, `told`: something says that it is a name."""

    words: list[_Word]
    private: bool
    told: bool


def _runs(body: str, words: list[_Word]) -> Iterator[_Run]:
    """Yield the possible names of a line, and what stands in quotes after "nicknamed" as one of them."""
    headline = sum(word.text[0].isupper() for word in words) > _MOSTLY * len(words)
    index = 0
    while index < len(words):
        called = _called(body, words, index)
        quoted = _QUOTED.match(body, words[index - 1].end) if called else None
        if quoted and words[index].end <= quoted.start(1):
            index += 1
            continue
        last = index + 1
        while quoted and last < len(words) and words[last].end <= quoted.end(1):
            last += 1
        if not quoted:
            last = _run_end(body, words, index, called)
        if last == index:
            index += 1
            continue
        run = words[index:last]
        given = any(w.of("given") and not w.of("given_or_word") for w in run)
        capitalised = len(run) > 1 and not headline and run[0].text[0].isupper()
        paired = run[0].of("given") and len(run) > 1 + run[1 % len(run)].of("particle")
        aged = _AGE.match(body, run[-1].end) is not None
        owner = _owns(words, last) and (given or not headline) and not run[0].of("suspect")
        somewhere = len(run) == 1 and index > 0 and words[index - 1].of("where")
        told = called or aged or capitalised or paired or owner or (given and not somewhere)
        yield _Run(run, bool(quoted) or not _public(body, words, index, last), told)
        index = last


def _owns(words: list[_Word], last: int) -> bool:
    """Whether the name that ends before `last` is said to own a private thing ("Samir's white car")."""
    behind = words[last : last + 2]
    return words[last - 1].text.endswith(("'s", "’s")) and any(word.of("belongings") for word in behind)


def _relative(words: list[_Word], index: int) -> int:
    """Words at `index` that say "his brother", "his cousin" in Arabic, not "a sister (state)": 0, 1 or 2."""
    pair = " ".join(_folded(word.text) for word in words[index : index + 2])
    if pair.removeprefix("و") in _words("kin"):
        return 1 + (" " in pair)
    word = words[index]
    return int(not word.text.endswith("ة") and not word.bare.isdisjoint(_words("kin")))


def _called(body: str, words: list[_Word], index: int) -> bool:
    """Whether the words before say that a private person's name comes."""
    if not index or not _NEAR.match(body[words[index - 1].end : words[index].start]):
        return False
    if words[index - 1].kin == 1 or (index > 1 and words[index - 2].kin == 2):
        return not words[index].text.startswith("ال")
    before = words[max(index - 2, 0) : index]
    pair = _folded(body[before[0].start : before[-1].end]).removeprefix("و").removeprefix("ال")
    if not (before[-1].of("suspect") or pair in _words("suspect")):
        return False
    above = words[max(index - 5, 0) : index]
    return any(word.of("accused") for word in above) or not any(word.of("no_person") for word in above)


def _run_end(body: str, words: list[_Word], index: int, called: bool) -> int:
    """Index behind the words that may be one name and begin at `index`; `index` itself where none does."""
    first = words[index]
    latin = first.text[0].isascii() or first.text[0].isupper()
    if (first.known and not _place_and_name(body, words, index)) or first.of("title") or first.of("ends"):
        return index
    if first.kin:
        return index
    if latin and not (first.text[0].isupper() or _ARTICLE.match(first.text.lower())):
        return index
    if not latin and not (first.of("given") or (called and len(first.text) > 2)):
        return index
    end = index + 1
    while end < len(words) and end - index < LONGEST and _joined(body, words[end - 1], words[end]):
        word = words[end]
        surname = latin and word.place and words[end - 1].of("given") and not words[end - 1].place
        if (word.known and not (word.of("given") or surname)) or word.of("title"):
            break
        if word.kin:
            break
        if latin and not (word.text[0].isupper() or word.of("particle") or _ARTICLE.match(word.text.lower())):
            break
        if not latin and (word.of("ends") or not _name_goes_on(words, index, end, called)):
            break
        end += 1
    while end - index > 1 and latin and words[end - 1].of("particle") and words[end - 1].text.islower():
        end -= 1
    alone = not latin and end - index == 1 and first.of("given_or_word") and not called
    return index if alone else end


def _place_and_name(body: str, words: list[_Word], index: int) -> bool:
    """Whether a word that is a place's name too ("Jaber", "Salman") begins a person's here."""
    if not words[index].of("given") or index + 1 == len(words):
        return False
    after = words[index + 1]
    goes_on = (
        after.of("given") or after.of("particle") or after.text.startswith("ال") or after.text[0].isupper()
    )
    return goes_on and not after.known and not after.of("thing") and _joined(body, words[index], after)


def _name_goes_on(words: list[_Word], index: int, end: int, called: bool) -> bool:
    """Whether an Arabic name takes in one more word: a given name, a particle, or one or two others."""
    word = words[end]
    if len(word.text) < 3:
        return False
    if word.of("given") or word.of("particle") or words[end - 1].of("particle"):
        return True
    if words[index].of("given_or_word") and end - index == 1 and not called:
        return False
    if end - index == 2 and words[index].of("given") and words[index + 1].of("given"):
        return not word.of("thing")
    return end - index < (3 if word.text.startswith("ال") else 2) and not word.of("thing")


def _joined(body: str, left: _Word, right: _Word) -> bool:
    gap = body[left.end : right.start]
    return gap == " " or (gap in (". ", ".") and len(left.text) == 1)


def _public(body: str, words: list[_Word], index: int, last: int) -> bool:
    """Whether a title, an office, a thing or the list of leaders accounts for the name words[index:last]."""
    run = words[index:last]
    if _in_office(body, words, index):
        return True
    if all(word.of("leader") or word.of("given") for word in run) and any(word.of("leader") for word in run):
        return True
    latin = run[0].text[0].isascii()  # Arabic has the thing before its name
    if (
        latin
        and last < len(words)
        and body[run[-1].end : words[last].start] == " "
        and words[last].of("thing")
    ):
        return True
    behind = _BEHIND_COMMA.match(body, run[-1].end)
    if behind is None or _AGE.match(body, run[-1].end):
        return False
    offices = _words("apposition")
    return any(not _forms(word).isdisjoint(offices) for word in behind.group(1).split()[:6])


def _in_office(body: str, words: list[_Word], index: int) -> bool:
    """Whether the words before are a title, an office ("وزير الداخلية اللبناني") or a thing named so."""
    after = words[index].start
    for back, word in enumerate(reversed(words[max(index - _LOOK_BACK, 0) : index])):
        gap = body[word.end : after]
        if gap not in (" ", ". ", "-") and (back or gap not in (", ", "، ")):
            return False
        if word.of("title") or (word.of("thing") and not back):
            return True
        attribute = not word.text[0].isascii() and word.text.startswith(("ال", "وال"))
        if word.of("accused") or not (word.known or word.of("between") or attribute):
            return False
        after = word.start
    return False


@lru_cache(maxsize=1 << 14)
def _folded(words: str) -> str:
    return fold_phrase(words)


@lru_cache(maxsize=1 << 14)
def _is_known(word: str) -> bool:
    """Whether a word is in the list of known ones, in whole or part by part, or an outlet's."""
    if _Word(0, 0, word, _bare(word), _forms(word)).of("known") or not _forms(word).isdisjoint(_outlets()):
        return True
    return all(part in _words("known") for part in _folded(word).split())


@lru_cache(maxsize=1 << 14)
def _bare(word: str) -> frozenset[str]:
    folded = _folded(word.removesuffix("'s").removesuffix("’s"))
    glue = _CONJUNCTION.match(folded)
    return frozenset({folded, _ARTICLE.sub("", folded, count=1), folded[glue.end() :] if glue else folded})


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> frozenset[str]:
    bare = _bare(word)
    return bare | {form[glue.end() :] for form in bare if (glue := _GLUE.match(form))}


@cache
def _outlets() -> frozenset[str]:
    """Folded words of the names of outlets, except those that are persons' names too."""
    outlets = load("outlets")["outlets"].values()
    names = [name for outlet in outlets for name in (outlet["name"], *outlet.get("spellings", ()))]
    return frozenset(w for name in names for w in fold_phrase(name).split() if len(w) > 2) - _words("given")


@cache
def _words(name: str) -> frozenset[str]:
    """Folded words of a list in both languages."""
    return frozenset(fold_phrase(word) for words in load("privacy")[name].values() for word in words)
