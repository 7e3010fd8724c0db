"""Papers: documents that were read, from whatever place, each text of an outlet once, copies known as copies.

A saved page is known by the SHA-256 of its title and text, a fetched one by its address, under which it may
change: its id, and those of its reports, depend on neither file names nor order. The same text on another
outlet's site is a paper of its own: it shows who passed the text on, and counts as the same origin
(`etl.link.origins`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.extract.records import Document
from etl.records import Issue, RowRef
from etl.syndication import first_copies, signature
from etl.vocabulary.issues import issue
from etl.weburl import page_host, page_name

_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was read, and where it lies (`ref`): for people only, nothing else depends on it.

    `collected`: sources and days (UTC) on which it was fetched; () where a person put it into the inbox.
    `name`: what its id is made of, where that is not the words alone. `text_group`: id of the first paper of
    those that carry one text, "" where it is the only one.
    """

    document: Document
    sha256: str
    ref: RowRef
    signature: bytes = b""
    collected: tuple[tuple[str, date], ...] = ()
    name: str = ""
    text_group: str = ""

    @property
    def document_id(self) -> str:
        made_of = _sha256(self.name) if self.name else self.sha256
        return f"DOC-{made_of[:_ID_DIGITS]}"

    @property
    def latest(self) -> date | None:
        """The last day that a fetched page can know of: the one after its fetching, east of UTC."""
        return max(day for _, day in self.collected) + timedelta(days=1) if self.collected else None


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers sorted by id. `found` counts what there was: papers, repeated and unreadable ones."""

    papers: tuple[Paper, ...] = ()
    issues: tuple[Issue, ...] = ()
    found: int = 0
    repeated: int = 0
    unreadable: int = 0


def paper(document: Document, ref: RowRef) -> Paper:
    """The paper of a document that a person saved."""
    return Paper(document, text_sha256(document), ref, signature(document.body))


def text_sha256(document: Document) -> str:
    """Hash what the extractor reads of a document: its title and text."""
    return _sha256(document.body)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sort_out(papers: Iterable[Paper], issues: Iterable[Issue]) -> Papers:
    """Keep one paper of each page and each text of a host; blocking issues count as unreadable documents."""
    papers, issues = list(papers), list(issues)
    unreadable = sum(one.blocking for one in issues)
    # The same words at one place, then one page read twice: of each the fullest stays.
    kept, repeated = _one_of_each(
        papers, lambda paper: paper.sha256, lambda paper: page_host(paper.document.url)
    )
    kept, again = _one_of_each(kept, lambda paper: page_name(paper.document.url) or paper.document_id)
    repeated += again
    issues += [_repeated(paper, other) for paper, other in repeated]
    in_order = sorted(_grouped(kept), key=lambda paper: paper.document_id)
    return Papers(tuple(in_order), tuple(issues), len(papers) + unreadable, len(repeated), unreadable)


def _one_of_each(
    papers: Iterable[Paper], key: Callable[[Paper], str], host: Callable[[Paper], str] = lambda _: ""
) -> tuple[list[Paper], list[tuple[Paper, Paper]]]:
    """Of the papers with one key the fullest, and of each further host its own; (copy, fullest) for the rest.

    Saved papers of further hosts are named by their host as well, for each to have its own id.
    """
    kept: list[Paper] = []
    repeated: list[tuple[Paper, Paper]] = []
    for first, *others in _groups(papers, key):
        hosts = {"", host(first)}
        kept.append(first)
        for other in others:
            if (its := host(other)) in hosts:
                repeated.append((other, first))
            else:
                hosts.add(its)
                kept.append(replace(other, name=other.name or f"{key(other)} {its}"))
    return kept, repeated


def _groups(papers: Iterable[Paper], key: Callable[[Paper], str]) -> Iterator[list[Paper]]:
    found: dict[str, list[Paper]] = {}
    for one in papers:
        found.setdefault(key(one), []).append(one)
    for group in found.values():
        group.sort(key=_fullest_first)
        yield group


def _grouped(papers: list[Paper]) -> list[Paper]:
    """The papers with the group of those that carry one text: the earliest one names it."""
    in_order = sorted(papers, key=_earliest_first)
    first = first_copies((paper.document_id, paper.signature) for paper in in_order)
    shared = {group for document_id, group in first.items() if group != document_id}
    return [
        replace(paper, text_group=group) if (group := first[paper.document_id]) in shared else paper
        for paper in papers
    ]


def _earliest_first(paper: Paper) -> tuple[date, str]:
    return paper.document.published or date.max, paper.document_id


def _fullest_first(paper: Paper) -> tuple[object, ...]:
    """Most said of the page, then the longest text; the rest only so that no order of files decides."""
    page = paper.document
    said = sum(map(bool, (page.url, page.publisher, page.published, page.lang)))
    published = page.published.isoformat() if page.published else ""
    return -said, -len(page.body), paper.sha256, page.url, page.publisher, published, page.lang, paper.ref


def _repeated(paper: Paper, kept: Paper) -> Issue:
    other = f"line {kept.ref.line} of {kept.ref.file}"
    return issue("document_repeated", paper.ref, value=paper.document.url, other=other)
