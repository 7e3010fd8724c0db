"""Words that tell what befell people ("were arrested", "القبض على"), and whether they state a fact.

The words lie in `etl/vocabulary/people_words.toml`; a cue's form says where its people stand.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from etl.extract.lexicon import Lexicon, Match, shared
from etl.extract.nearby import said_once, word_after, words_before
from etl.extract.text import Text, fold_phrase
from etl.vocabulary import load

_KINDS = ("arrested", "referred", "killed", "killed_forces", "wounded", "fled", "sentenced")
_REPEATED = 5  # "was arrested was arrested"
_DENIALS = frozenset({"no", "without", "nobody", "none", "not"})
_ARTICLES = (["the"], ["a"], ["an"], ["those"])
_PASSIVE = frozenset({"past", "near", "subject"})


class Cue(NamedTuple):
    """What befell people (`kind`), and where they stand (`form`: a list of people_words.toml)."""

    kind: str
    form: str

    @property
    def arabic(self) -> bool:
        """Tell whether the word is Arabic."""
        return self.form.startswith("ar_")


def find(text: Text) -> list[Match[Cue]]:
    """Return the words that tell what befell people, in order."""
    return said_once(_lexicon().find(text), _REPEATED)


def states_fact(words: str, cue: Match[Cue]) -> bool:
    """Tell whether a cue says that something happened: not a wish, a denial or an adjective."""
    if cue.value.arabic:
        return not _wished_in_arabic(words, cue)
    ahead = [word for _, word in words_before(words, cue.start, 6)]
    before = ahead[:3]
    wished = before[:1] == ["to"] and not any(word in lists()["achieved"] for word in before[1:])
    behind = word_after(words, cue.end)
    if wished or behind.startswith("warrant") or not _DENIALS.isdisjoint(before[:2]):
        return False
    if cue.value.form in _PASSIVE and "whether" in ahead:
        return False
    return not (cue.value.form in {"past", "near"} and before[:1] in _ARTICLES)


def _wished_in_arabic(words: str, cue: Match[Cue]) -> bool:
    if words[max(0, cue.start - 2) : cue.start] == "لل":
        return True  # "in order to arrest"
    before = (word.removeprefix("و").removeprefix("ب") for _, word in words_before(words, cue.start, 1))
    return any(word in lists()["wish_ar"] for word in before)


@cache
def lists() -> dict[str, frozenset[str]]:
    """Return the small word lists of the grammar around cues, folded."""
    table = load("people_words")
    grammar, suspects = table["grammar"], table["suspects"]
    folded = {
        name: frozenset(map(fold_phrase, grammar[name]))
        for name in (
            "achieved",
            "wish_ar",
            "things_ar",
            "plain",
            "postmodifier",
            "prepositions",
            "load_of_ar",
        )
    }
    return {
        **folded,
        "light": frozenset(grammar["auxiliary"]) | frozenset(grammar["adverb"]),
        "skipped": frozenset(grammar["skipped"]) | frozenset(grammar["adverb"]),
        "more": frozenset(map(fold_phrase, (*suspects["more_en"], *suspects["more_ar"]))),
    }


@shared
def _lexicon() -> Lexicon[Cue]:
    table = load("people_words")
    return Lexicon(
        (phrase, Cue(kind, form))
        for kind in _KINDS
        for form, phrases in table[kind].items()
        for phrase in phrases
    )
