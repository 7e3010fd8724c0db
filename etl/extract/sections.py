"""The parts of a page: headline, story, captions, summaries; what belongs to other stories is left out.

Pages carry more than their story: tickers, "read also" blocks, picture lines. They repeat figures or bring
those of other stories, so only sentences of the story make events (`etl/vocabulary/page_furniture.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.extract.text import Text, fold_phrase
from etl.vocabulary import load

TITLE, STORY, CAPTION, SUMMARY = "title", "story", "caption", "summary"

_LATE = 0.6
"""A "read more" line with a headline in it ends the page when it stands behind this share of the text."""
_EARLY = 0.3
"""A heading as "Latest news" above this share of the text is a ticker's, and the story still comes."""
_SHORTEST_CAPTION = 45
"""A shorter line that ends in an agency's name is a dateline: "BAGHDAD (AFP)"."""
_TICKER_DASHES = 2
"""A line of headlines strung together by this many dashes is a ticker."""
_STOP = re.compile(r"[.!?]+[\"')\]]{0,3}(?=\s|$)|;\s")
_HEAD = re.compile(r"([^:.]{2,40}?) ?(:|\.{2,})(.*)", re.DOTALL)
"""A label and what follows it: "Read also: ...", "اقرأ أيضا.. ..."."""
_LINE = re.compile(r"[^\n]+")
_LEAD_MARKS = re.compile(r"[\s\W_]*")
_LAST_WORD = re.compile(r"[\w.]{1,12}$")
_CREDIT = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]]\s*\.?\s*$")
_COUNTER = re.compile(r"\d{1,2} ?/ ?\d{1,2} ")
_TICKER = re.compile(r"(?:^| )[-|] ?(?=\S)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start`..`end` in the folded text; `line` counts the story's lines; `kind` is one of the four parts."""

    start: int
    end: int
    line: int
    kind: str


def sentences(text: Text, title_length: int) -> list[Sentence]:
    """Return the sentences of the page that belong to its story, in order.

    `title_length`: how many characters of the original are the headline (0 = none).
    """
    found: list[Sentence] = []
    folded = text.folded
    for number, match in enumerate(_LINE.finditer(folded)):
        start, end = match.span()
        if title_length and text.span(start, end)[0] < title_length:
            found += (Sentence(a, b, number, TITLE) for a, b in _split(folded, start, end))
            continue
        line = folded[start:end]
        kind = _kind(line)
        if end > {"end": _EARLY, "other_story": _LATE}.get(kind, 1.0) * len(folded):
            break
        if kind in {"end", "other_story", "ticker"}:
            continue
        found += (Sentence(a, b, number, kind) for a, b in _split(folded, start, end))
    return found


def _kind(line: str) -> str:
    marks = _LEAD_MARKS.match(line)
    bare = line[marks.end() if marks else 0 :]
    words = fold_phrase(bare[:60])
    label = _HEAD.match(words)
    head, colon, rest = label.groups() if label else (words, "", "")
    head = head.strip()
    furniture = _furniture()
    if (head in furniture["alone"] and not rest.strip(" .:")) or words.strip(" :.") in furniture["alone"]:
        return "end"
    if colon and head in furniture["inline"]:
        return "other_story"
    if colon and head in furniture["summary"]:
        return SUMMARY
    if (colon and head in furniture["caption"]) or _COUNTER.match(line) or _is_credited(line):
        return CAPTION
    if _is_ticker(line):
        return "ticker"
    return STORY


def _is_credited(line: str) -> bool:
    credit = _CREDIT.search(line[-60:]) if len(line) > _SHORTEST_CAPTION else None
    return credit is not None and fold_phrase(credit.group(1)) in _furniture()["credits"]


def _is_ticker(line: str) -> bool:
    """Headlines strung together: a dash or bar before the first and between the others, no full stop."""
    begins = line.lstrip()[:1] in {"-", "|", "*"}
    return begins and len(_TICKER.findall(line)) > _TICKER_DASHES - 1 and ". " not in line


@cache
def _furniture() -> dict[str, frozenset[str]]:
    table = load("page_furniture")
    return {
        "alone": frozenset(map(fold_phrase, table["related"]["alone"])),
        "inline": frozenset(map(fold_phrase, [*table["related"]["inline"], *table["related"]["alone"]])),
        "caption": frozenset(map(fold_phrase, table["caption"]["starts"])),
        "credits": frozenset(map(fold_phrase, table["caption"]["credits"])),
        "summary": frozenset(map(fold_phrase, table["summary"]["starts"])),
        "abbreviations": frozenset(table["abbreviations"]["words"]),
    }


def _split(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(folded, start, end):
        if folded[stop.start()] == "." and _abbreviates(folded, begin, stop.start()):
            continue
        if folded[begin : stop.end()].strip():
            yield begin, stop.end()
        begin = stop.end()
    if folded[begin:end].strip():
        yield begin, end


def _abbreviates(folded: str, begin: int, stop: int) -> bool:
    """Tell whether the full stop at `stop` belongs to an abbreviation or to a single letter."""
    word = _LAST_WORD.search(folded[max(begin, stop - 12) : stop])
    last = word.group() if word else ""
    return (len(last) == 1 and last.isalpha()) or last in _furniture()["abbreviations"]
