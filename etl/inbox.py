"""Stage `inbox`: folders of saved pages -> papers.

What can't be read is an issue with its file and line; nothing is dropped in silence.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from etl.acquire.records import Source, Trouble
from etl.acquire.troubles import trouble
from etl.extract.documents import pieces, read_piece
from etl.papers import Paper, paper
from etl.records import Issue


@dataclass(slots=True)
class Saved:
    """What people saved: papers, and what could not be read.

    `listed`: by source the pieces of its folder, read or not; `troubles`: by source why to look at it.
    """

    papers: list[Paper] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    listed: dict[str, int] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)


def read_saved(inbox: Path | None, sources: Iterable[Source], base: Path) -> Saved:
    """Read the inbox, and the folders of the sources of that kind that are on, each folder once.

    `base` is where relative folders begin, which they may not leave.
    """
    saved = Saved()
    counts: dict[str, int] = {}
    if inbox:
        counts[os.path.realpath(inbox)] = _add(saved, inbox)
    for source in sources:
        if source.kind != "inbox" or not source.enabled:
            continue
        try:
            folder = _folder(source, base)
            if folder not in counts:
                counts[folder] = _add(saved, Path(folder), f"{source.id}/")
        except OSError as error:
            saved.troubles[source.id] = _unreadable(source, error.strerror or str(error))
            continue
        saved.listed[source.id] = count = counts[folder]
        if not source.minimum <= count <= source.maximum:
            saved.troubles[source.id] = trouble(
                "listing_outside_range", count=count, minimum=source.minimum, maximum=source.maximum
            )
    return saved


def read_inbox(folder: Path, within: str = "") -> tuple[list[Paper], list[Issue], int]:
    """Read every file below a folder, and count its pieces; a missing folder is an empty inbox.

    `within` stands before the names of its files. Raises OSError where a folder may not be looked into.
    """
    papers: list[Paper] = []
    issues: list[Issue] = []
    count = 0
    for piece in pieces(folder) if folder.is_dir() else ():
        count += 1
        named = replace(piece, name=within + piece.name)
        for read in read_piece(named):
            if isinstance(read, Issue):
                issues.append(read)
            else:
                papers.append(paper(read, named.ref))
    return papers, issues, count


def _add(saved: Saved, folder: Path, within: str = "") -> int:
    """Add what a folder holds; the number of its pieces."""
    papers, issues, count = read_inbox(folder, within)
    saved.papers += papers
    saved.issues += issues
    return count


def _folder(source: Source, base: Path) -> str:
    """The folder of a source, links resolved. Raises OSError where it can't be read."""
    named = Path(str(source.options["folder"]))
    folder, home = os.path.realpath(base / named), os.path.realpath(base)
    if not named.is_absolute() and not Path(folder).is_relative_to(home):
        raise OSError("it lies outside the folder of the list of sources; name it by its whole path")
    if not Path(folder).is_dir():
        raise OSError("there is no such folder")
    return folder


def _unreadable(source: Source, why: str) -> Trouble:
    """The trouble, with the folder's own name alone: where it lies is no news for a status page."""
    named = Path(str(source.options["folder"]))
    return trouble("inbox_unreadable", folder=named.name or named, why=why)
