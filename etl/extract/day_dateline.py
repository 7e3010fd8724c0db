"""Dates of the page rather than of an event: its dateline ("BAGHDAD, March 5 -") and its time stamps."""

from __future__ import annotations

import re

from etl.extract.day_words import Words

_LONGEST_STAMP = 28
"""Letters besides the date that a line of page furniture may hold ("published", "15 C New York")."""
_HEAD = 700
"""Datelines stand this near to the beginning of a page, in characters."""
_LETTER = re.compile(r"[^\W\d_]")
_BYLINE = re.compile(r"[^.:;?!\d]{2,45}")
_AFTER_BYLINE = re.compile(r" ?[)\]]? ?(?:\([^()\n]{2,25}\) ?)?[-/|]")


def page_rule(folded: str, words: Words, start: int, end: int) -> str:
    """Return `timestamp` or `dateline` where a calendar date (tokens start..end) tells of the page."""
    first, last = words.tokens[start].start, words.tokens[end - 1].end
    if words.letters[end : end + 1] == "k" or words.letters[end : end + 2] in {"|k", "-k", ",k"}:
        return "timestamp"
    line_start = max(folded.rfind("\n", max(0, first - 200), first) + 1, first - 200, 0)
    line_end = folded.find("\n", last, last + 200)
    line_end = min(len(folded), last + 200) if line_end < 0 else line_end
    before, after = folded[line_start:first], folded[last:line_end]
    rest = len(_LETTER.findall(before)) + len(_LETTER.findall(after))
    allowed = _LONGEST_STAMP if line_start else 3  # the first line is the headline, and may date an event
    if rest <= allowed and not after.rstrip().endswith((".", ":")) and not after.lstrip().startswith(":"):
        return "timestamp"
    near = first < _HEAD
    if near and _AFTER_BYLINE.match(after) and (not before.strip(" (") or _BYLINE.fullmatch(before)):
        return "dateline"
    return "dateline" if near and before.strip() == "(" and after.startswith(")") else ""
