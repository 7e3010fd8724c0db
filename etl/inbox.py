"""Stage `inbox`: a folder of saved pages -> papers, each text once, whatever its files are called.

A paper is known by the SHA-256 of its title and text: its id, and those of its reports, depend on neither
file name nor order. What can't be read is an issue with its file and line; nothing is dropped in silence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from etl.extract.documents import pieces, read_piece
from etl.extract.records import Document
from etl.records import Issue, RowRef
from etl.vocabulary.issues import issue

_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was read, and where it lies: for people only, nothing else depends on `ref`."""

    document: Document
    sha256: str
    ref: RowRef

    @property
    def document_id(self) -> str:
        return f"DOC-{self.sha256[:_ID_DIGITS]}"


@dataclass(frozen=True, slots=True)
class Inbox:
    """Papers sorted by SHA-256. `found` counts what lies in the folder: papers, repeated and unreadable."""

    papers: tuple[Paper, ...] = ()
    issues: tuple[Issue, ...] = ()
    found: int = 0
    repeated: int = 0
    unreadable: int = 0


def read_inbox(folder: Path) -> Inbox:
    """Read every file below a folder; a missing folder is an empty inbox."""
    papers: list[Paper] = []
    issues: list[Issue] = []
    for piece in pieces(folder) if folder.is_dir() else ():
        for read in read_piece(piece):
            if isinstance(read, Issue):
                issues.append(read)
            else:
                papers.append(Paper(read, text_sha256(read), piece.ref))
    unreadable = sum(found.blocking for found in issues)
    found = len(papers) + unreadable
    # The same words on two pages, then one page saved twice: of each the fullest stays.
    kept, copies = _one_of_each(papers, lambda paper: paper.sha256)
    kept, again = _one_of_each(kept, lambda paper: _page(paper) or paper.sha256)
    repeated = [*copies, *again]
    issues += [_repeated(paper, other) for paper, other in repeated]
    in_order = sorted(kept, key=lambda paper: paper.sha256)
    return Inbox(tuple(in_order), tuple(issues), found, len(repeated), unreadable)


def text_sha256(document: Document) -> str:
    """Hash what the extractor reads of a document: its title and text."""
    return hashlib.sha256(document.body.encode("utf-8", "surrogatepass")).hexdigest()


def _one_of_each(
    papers: Iterable[Paper], key: Callable[[Paper], str]
) -> tuple[list[Paper], list[tuple[Paper, Paper]]]:
    """The papers with a key of their own, and (copy, kept) for the others."""
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        groups.setdefault(key(paper), []).append(paper)
    pairs = [(paper, group[0]) for group in _ordered(groups.values()) for paper in group[1:]]
    return [group[0] for group in groups.values()], pairs


def _ordered(groups: Iterable[list[Paper]]) -> Iterator[list[Paper]]:
    for group in groups:
        group.sort(key=_fullest_first)
        yield group


def _fullest_first(paper: Paper) -> tuple[object, ...]:
    """Most said of the page, then the longest text; the rest only so that no order of files decides."""
    page = paper.document
    said = sum(map(bool, (page.url, page.publisher, page.published, page.lang)))
    published = page.published.isoformat() if page.published else ""
    return -said, -len(page.body), paper.sha256, page.url, page.publisher, published, page.lang, paper.ref


def _page(paper: Paper) -> str:
    """The page behind the address: scheme, www, a trailing slash or a fragment make no other page."""
    try:
        parts = urlsplit(paper.document.url.strip())
    except ValueError:
        return ""
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}" if host else ""


def _repeated(paper: Paper, kept: Paper) -> Issue:
    other = f"line {kept.ref.line} of {kept.ref.file}"
    return issue("document_repeated", paper.ref, value=paper.document.url, other=other)
