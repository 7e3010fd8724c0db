"""One seizure in the making: its figures, its sentences, and how it stands to the others of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.extract import clauses
from etl.extract.loads import Figure
from etl.extract.page import Page, S
from etl.extract.sections import STORY

LEAD = 5
"""News stands in a page's first sentences; a feature comes to its examples later."""
NEAR = 3
"""A seizure is told in neighbouring sentences: figures further apart don't complete each other."""


@dataclass(eq=False)
class Draft:
    """One seizure (or total) in the making. `parts` are indices into Page.parts, in the order of the page."""

    status: str
    figures: list[Figure] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    is_sum: bool = False  # the sum of seizures told apart on the same page
    parent: Draft | None = None  # the sum that this one is part of
    shared: dict[int, tuple[Sequence[clauses.Span], int]] = field(default_factory=dict)
    """Sentences that tell of other drafts too: where the figures of each stand, which of them are its own."""

    def add(self, index: int) -> None:
        if index not in self.parts:
            self.parts.append(index)
            self.parts.sort()

    def own(self, index: int, mentions: Sequence[S]) -> Sequence[S]:
        """Return those of a sentence's mentions that belong to this draft."""
        return clauses.own(mentions, *self.shared[index]) if index in self.shared else mentions


def told(draft: Draft, page: Page) -> list[int]:
    """The draft's sentences of the story; those of headlines and captions where it has no other."""
    return [p for p in draft.parts if page.parts[p].kind == STORY] or draft.parts
