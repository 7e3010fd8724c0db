"""Names of places in a text, each with the phrase around it that says what kind of place it is.

A name is a run of words that the lexicon knows; the runs that begin longer names are kept apart, so that one
pass over the words finds them all, however many names there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from etl.extract.place_lexicon import Name, fits, is_arabic, known_words, lexicon, of_kind, sites
from etl.extract.place_words import BLANK, Phrases, Words, grammar, phrases
from etl.extract.text import Text
from geo.fold import fold

_BORDER = frozenset({fold("حدود"), "border", "borders"})
_AT_THE_BORDER = fold("حدودي")
_FATHATAN = "\u064b"


@dataclass(slots=True)
class Mention:
    """A name found: words first..last (exclusive), and the phrase around it, from..to, with its kind."""

    first: int
    last: int
    name: Name
    left: int
    right: int
    kind: str = ""
    near: bool = False
    role: str = ""
    rule: str = ""
    place_ids: tuple[str, ...] = ()


@cache
def _kinds_before() -> Phrases:
    return Phrases((p, kind) for kind, entry in grammar()["kind_words"].items() for p in entry["before"])


@cache
def _kinds_after() -> Phrases:
    return Phrases((p, kind) for kind, entry in grammar()["kind_words"].items() for p in entry["after"])


def read(text: Text) -> Words:
    """Return the words of a text as the place grammar sees them."""
    return Words(text, known_words())


def candidates(text: Text, words: Words) -> list[Mention]:
    """Return the names of a text from left to right, longest first, with the phrase around each.

    Those that need a cue (`Name.trust` 1) are still among them; those that need a word for their kind and
    have none are not.
    """
    mentions: list[Mention] = []
    found_at, beginnings = lexicon()
    at, limit = 0, 0
    for first in [i for i, key in enumerate(words.key) if key in found_at or key in beginnings]:
        if first < at:
            continue
        at = first
        end, name = _longest(words, at)
        if name is None or not (words.key[at] == "the" or capital(text, words, at)):
            at += 1
        elif not name.place_ids:
            at = end
        else:
            mention = Mention(at, end, name, at, end, place_ids=name.place_ids)
            found = _read(text, words, mention, limit)
            at = end if found else at + 1
            if found:
                mentions.append(mention)
                limit = mention.right
    return mentions


def _longest(words: Words, at: int) -> tuple[int, Name | None]:
    """The longest name that begins at a word: its end (exclusive) and what it may mean."""
    found, beginnings = lexicon()
    run, until = words.key[at], at + 1
    end, name = until, found.get(run)
    while run in beginnings and until < len(words) and words.gap[until] in BLANK:
        run = f"{run} {words.key[until]}"
        until += 1
        if run in found:
            end, name = until, found[run]
    return end, name


def _read(text: Text, words: Words, mention: Mention, limit: int) -> bool:
    """Read the phrase around a name, from word `limit` on; False where it is the word that it is spelt as."""
    name = mention.name
    if _accusative(text, words, mention):
        mention.name = Name(name.place_ids, nationality=True)
        return True
    if name.nationality:
        return True
    _phrase(text, words, mention, limit)
    if mention.kind:
        return bool(name.trust) or fits(mention.place_ids, mention.kind)
    return bool(name.trust) and not (name.article and not _written_with_article(text, words, mention.first))


def capital(text: Text, words: Words, at: int) -> bool:
    """Latin names begin with a capital on the page; Arabic has none."""
    first = text.original[text.span(words.bare[at], words.bare[at] + 1)[0]]
    return first.isupper() or not first.islower()


def _accusative(text: Text, words: Words, mention: Mention) -> bool:
    """ "سورياً", a Syrian, is spelt as the country but for its ending, which folding drops."""
    at = mention.first
    if not mention.name.place_ids[0].startswith("country:") or not words.key[at].endswith("يا"):
        return False
    first, last = text.span(words.bare[at], words.end[at])
    return _FATHATAN in text.original[first : last + 1]


def _written_with_article(text: Text, words: Words, at: int) -> bool:
    glue = words.glue[at]
    return glue.endswith("لل") or text.folded.startswith("ال", words.bare[at] + len(glue))


def _phrase(text: Text, words: Words, mention: Mention, limit: int) -> None:
    """Take in the words around a name that say what it is ("east of the Al-Rutba district")."""
    first, last = mention.first, mention.last
    if words.joined(last) and not words.glue[last] and (after := _kinds_after().at(words, last)):
        mention.right, mention.kind = after
    if not words.glue[first]:
        _extend_left(words, mention, limit)
    if is_arabic(words.key[first]):
        _extend_right(text, words, mention)
    if mention.kind:
        key = " ".join(words.key[first:last])
        ids = (*mention.name.place_ids, *sites().get((mention.kind, key), ()))
        mention.place_ids = of_kind(tuple(dict.fromkeys(ids)), mention.kind)


def _extend_right(text: Text, words: Words, mention: Mention) -> None:
    """Arabic adjectives behind the name: of its kind ("الإسلامي"), of its part ("الغربي")."""
    for _ in range(2):
        at = mention.right
        if not words.joined(at) or words.glue[at] or not text.folded.startswith("ال", words.bare[at]):
            return
        if not mention.kind and words.key[at] == _AT_THE_BORDER:
            mention.kind = "crossing"  # "مركز جابر الحدودي"
        if mention.kind and (ending := phrases("endings", "words").at(words, at)):
            mention.right = ending[0]
        elif beside := phrases("beside", "after").at(words, at):
            mention.right = beside[0]
        else:
            return


def _extend_left(words: Words, mention: Mention, limit: int) -> None:
    """Words for the kind before the name ("port of"), and for what lies beside it ("east of the")."""
    country = mention.name.place_ids[0].startswith("country:")
    for _ in range(3):
        at = mention.left
        if not words.joined(at) or words.glue[at] or (country and words.key[at - 1] in _BORDER):
            return
        ends = (at, at - 1) if words.key[at - 1] in ("the", "of") and words.joined(at - 1) else (at,)
        if (kind := _ending(_kinds_before(), words, ends)) and kind[0] >= limit:
            mention.left, mention.kind = kind[0], mention.kind or kind[1]
        elif (beside := _ending(phrases("beside", "before"), words, ends)) and beside[0] >= limit:
            mention.left, mention.near = beside[0], True
        else:
            return


def _ending(table: Phrases, words: Words, ends: tuple[int, ...]) -> tuple[int, str] | None:
    for end in ends:
        if found := table.before(words, end):
            return found
    return None
