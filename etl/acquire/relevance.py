"""Which listed pages are worth fetching: by title, summary and the words of the address, tuned for recall.

Missing a seizure is worse than fetching a page too many. Words are in `relevance.toml` and `drugs.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from etl.acquire.records import Listed, Source
from etl.extract.lexicon import Lexicon
from etl.extract.text import Text, fold_phrase, fold_text
from etl.vocabulary import load

_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST = 4_000  # characters that are looked at
_FEWEST_WORDS = 3  # an address with fewer is a number or a section, which tells nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page is worth fetching, and the words that decided, for people (`subject: captagon`)."""

    relevant: bool
    reason: str


def relevance(
    title: str, summary: str = "", language: str = "", *, url: str = "", narrow: bool = False
) -> Verdict:
    """Decide by the words of a listing. English and Arabic are looked for in any `language`.

    Relevant: the subject (drugs, smuggling) is named, or an act and a scene are (seized ... at the border).
    Where there is neither title nor summary the words of the address are taken. `narrow`: the source lists
    this subject only, so nothing is left out.
    """
    if narrow:
        return Verdict(True, "narrow source")
    said = f"{title}\n{summary}".strip()
    words = said or _words_of(url)
    text = fold_text(words[:_MOST])
    subject, act, scene = _lists()
    if found := _first(subject, text):
        return Verdict(True, f"subject: {found}")
    act_found = _first(act, text)
    scene_found = act_found and _first(scene, text)
    if scene_found:
        return Verdict(True, f"act and scene: {act_found}, {scene_found}")
    blind = not said and len(words.split()) < _FEWEST_WORDS
    return Verdict(False, "nothing to judge by" if blind else "other news")


def judge(item: Listed, source: Source) -> Verdict:
    """Decide for a page as a source listed it; the source's option `narrow` takes all of its pages."""
    narrow = source.options.get("narrow") is True or source.kind in {"table", "inbox"}
    return relevance(item.title, item.summary, item.language, url=item.url, narrow=narrow)


def _first(words: Lexicon[str], text: Text) -> str:
    found = words.find(text)
    return text.words[found[0].start : found[0].end] if found else ""


def _words_of(url: str) -> str:
    """The words of an address' path: `/news/2026/11/jordan-foils-smuggling-attempt` has five."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    return " ".join(_WORD.findall(path))


@cache
def _lists() -> tuple[Lexicon[str], Lexicon[str], Lexicon[str]]:
    table = load("relevance")
    elsewhere = {fold_phrase(word) for word in table["subject"]["not_subject"]}
    drugs = [
        word for entry in load("drugs").values() for word in (*entry.get("words", ()), *entry["spellings"])
    ]
    subject = [*table["subject"]["words"], *(word for word in drugs if fold_phrase(word) not in elsewhere)]
    return (
        Lexicon((word, word) for word in subject),
        Lexicon((word, word) for word in table["act"]["words"]),
        Lexicon((word, word) for word in table["scene"]["words"]),
    )
