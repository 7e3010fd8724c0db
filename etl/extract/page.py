"""A page with everything its readers found, sentence by sentence: what `status` and `drafts` work on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from etl.extract import bodies, cues, days, drugs, means, money, numbers, partners, people, places, quantities
from etl.extract.lexicon import Match, look_up
from etl.extract.mentions import Body, Day, Means, Money, Partner, People, PlaceName, Quantity
from etl.extract.records import Document
from etl.extract.sections import STORY, TITLE, Sentence, sentences
from etl.extract.text import Text, fold_text

_LONGEST = 150_000
"""Folded characters of a page that are read. A live blog of a whole day has fewer, a dump has more."""
_MOST_SENTENCES = 2_000
"""... and sentences of its story."""
_MOST_QUANTITIES = 500
"""Quantities of a page that may be of seizures: more make a table, whose cells no grammar joins."""
_MOST_IN_SENTENCE = 100
"""... and of one sentence."""


class Spanned(Protocol):
    """Whatever stands somewhere in the folded text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Spanned)


@dataclass
class Annotated:
    """A sentence and what stands in it. `quantities` holds indices into `Page.quantities`."""

    sentence: Sentence
    words: str = ""  # the folded sentence, hyphens as spaces
    cues: frozenset[str] = frozenset()
    marks: list[Match[tuple[str, ...]]] = field(default_factory=list)  # the cues, where they stand
    quantities: list[int] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    places: list[PlaceName] = field(default_factory=list)
    people: list[People] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    partners: list[Partner] = field(default_factory=list)
    means: list[Means] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    drugs: list[Match[str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.sentence.kind

    def words_of(self, mention: Spanned) -> str:
        """Return the folded words of a mention of this sentence."""
        return self.words[mention.start - self.sentence.start : mention.end - self.sentence.start]


@dataclass(frozen=True)
class Page:
    """`parts` are the sentences of the story (title, captions and summaries included), in order.

    `partly`: the page was too long, or held too many figures, to be read whole.
    """

    document: Document
    text: Text
    parts: list[Annotated]
    quantities: Sequence[Quantity]
    partly: bool = False

    @cached_property
    def counted_again(self) -> frozenset[int]:
        """Indices of the quantities whose load a later one counts or weighs too."""
        return frozenset(q.tied_to for q in self.quantities if q.tied_to is not None)

    @cached_property
    def titles(self) -> list[Annotated]:
        """The sentences of the headline."""
        return [part for part in self.parts if part.kind == TITLE]

    @cached_property
    def first_of_several(self) -> int:
        """Index of the first sentence that speaks of several attempts; without one the number of parts."""
        found = (i for i, p in enumerate(self.parts) if "several" in p.cues and p.kind in {TITLE, STORY})
        return next(found, len(self.parts))

    @property
    def published(self) -> date | None:
        return self.document.published


def annotate(document: Document) -> Page | None:
    """Read a page with every reader; None where it names no drug. Linear in its length."""
    text = fold_text(document.body)
    named = drugs.find(text)
    if not named:
        return None  # most of the news: not worth the other readers' time
    whole = len(text.folded)
    text, told = _bounded(text, len(document.title))
    parts = [Annotated(s, text.words[s.start : s.end]) for s in told]
    starts = [part.sentence.start for part in parts]

    def spread(mentions: Iterable[S]) -> Iterable[tuple[Annotated, S]]:
        for mention in mentions:
            index = bisect_right(starts, mention.start) - 1
            if index >= 0 and mention.start < parts[index].sentence.end:
                yield parts[index], mention

    look_up(text)
    found = numbers.find(text)
    counted = quantities.find(text, found)
    position = {id(quantity): index for index, quantity in enumerate(counted)}
    for part, day in spread(days.find(text, document.published)):
        part.days.append(day)
    for part, quantity in spread(counted):
        if not _overlaps(part.days, quantity):
            part.quantities.append(position[id(quantity)])
    left_out = _limit_quantities(parts)
    for part, place in spread(places.find(text)):
        part.places.append(place)
    for part, persons in spread(people.find(text, found)):
        part.people.append(persons)
    forces = bodies.find(text)
    for part, body in spread(forces):
        part.bodies.append(body)
    for part, partner in spread(partners.find(text, forces)):
        part.partners.append(partner)
    for part, way in spread(means.find(text)):
        part.means.append(way)
    for part, sum_ in spread(money.find(text, found)):
        part.money.append(sum_)
    for part, drug in spread(named):
        part.drugs.append(drug)
    for part, cue in spread(cues.find(text)):
        part.cues |= set(cue.value)
        part.marks.append(cue)
    return Page(document, text, parts, counted, partly=left_out > 0 or len(text.folded) < whole)


def _bounded(text: Text, title_length: int) -> tuple[Text, list[Sentence]]:
    """Return what is read of a text, and its sentences: all, unless it is too long to be a page of news."""
    text = text.cut(_LONGEST)
    told = sentences(text, title_length)
    if len(told) > _MOST_SENTENCES:
        told = told[:_MOST_SENTENCES]
        text = text.cut(told[-1].end)
    return text, told


def _overlaps(days: Sequence[Day], quantity: Quantity) -> bool:
    """Tell whether a quantity shares words with one of the dates of its sentence, which come in order."""
    behind = bisect_left(days, quantity.end, key=lambda day: day.start)
    return behind > 0 and quantity.start < days[behind - 1].end


def _limit_quantities(parts: Sequence[Annotated]) -> int:
    """Leave out the quantities that are too many for a page of news, so that joining them stays quick; return
    how many.
    """
    left, dropped = _MOST_QUANTITIES, 0
    for part in parts:
        before = len(part.quantities)
        del part.quantities[min(left, _MOST_IN_SENTENCE) :]
        left -= len(part.quantities)
        dropped += before - len(part.quantities)
    return dropped
