"""Lines that a mail program or a printed page broke for want of room, made whole again.

The rules read a line's end as a sentence's or an item's, so a number and its unit must not stand on two.
"""

from __future__ import annotations

import re
from itertools import pairwise

_FULL = 0.85  # of the widest line: letters of printed pages differ in width
_ITEM = re.compile(r"[-–—•*▪·●◦] |[0-9٠-٩]{1,2}[.)] ")
_NARROWEST = 40  # characters; in narrower blocks lines are items, not wrapped


def unwrap(text: str) -> str:
    """Join lines that end where the next line's first word would not have fitted, blank lines kept.

    >>> unwrap("Customs officers at the crossing seized three million\\npills on Sunday.\\n\\nThe end.")
    'Customs officers at the crossing seized three million pills on Sunday.\\n\\nThe end.'
    """
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            blocks[-1].append(" ".join(line.split()))
        elif blocks[-1]:
            blocks.append([])
    return "\n\n".join(_joined(block) for block in blocks if block)


def _joined(lines: list[str]) -> str:
    width = max(map(len, lines))
    joined = lines[0]
    for line, following in pairwise(lines):
        needed = len(line) + 1 + len(following.split(" ", 1)[0])
        broken = width >= _NARROWEST and needed > _FULL * width and not _ITEM.match(following)
        joined += (" " if broken else "\n") + following
    return joined
