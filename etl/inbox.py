"""Stage `inbox`: a folder of saved pages -> papers.

What can't be read is an issue with its file and line; nothing is dropped in silence.
"""

from __future__ import annotations

from pathlib import Path

from etl.extract.documents import pieces, read_piece
from etl.papers import Paper, paper
from etl.records import Issue


def read_inbox(folder: Path) -> tuple[list[Paper], list[Issue]]:
    """Read every file below a folder; a missing folder is an empty inbox."""
    papers: list[Paper] = []
    issues: list[Issue] = []
    for piece in pieces(folder) if folder.is_dir() else ():
        for read in read_piece(piece):
            if isinstance(read, Issue):
                issues.append(read)
            else:
                papers.append(paper(read, piece.ref))
    return papers, issues
