"""Which words of a sentence belong to which seizure, where one sentence tells of several.

"300,000 pills in Mosul and 450,000 in Kirkuk": a place stands behind its figure. "In Mosul 300,000 pills, in
Kirkuk 450,000": before it. The end of the sentence tells which of the two its writer does: what stands behind
the last figure belongs to that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from etl.extract.page import S

Span = tuple[int, int]


def own(mentions: Sequence[S], figures: Sequence[Span], which: int) -> Sequence[S]:
    """Return those mentions of a sentence that belong to one of its seizures; all where none does.

    `figures`: where the figures of each seizure begin and end, in order; `which`: index of the one asked for.
    """
    behind = any(mention.start >= figures[-1][1] for mention in mentions)
    cuts = [start for start, _ in figures[1:]] if behind else [end for _, end in figures[:-1]]
    return [m for m in mentions if bisect_right(cuts, m.start) == which] or mentions
