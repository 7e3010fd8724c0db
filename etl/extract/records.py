"""Document in, Extraction out: the records that the rest of the project sees of this package."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from etl.records import When

T = TypeVar("T")


@dataclass(frozen=True)
class Document:
    """One page's words. `lang` and `published` may be unknown ("", None): they are never guessed from
    today."""

    id: str
    text: str
    title: str = ""
    lang: str = ""
    published: date | None = None
    publisher: str = ""
    url: str = ""
    names: tuple[tuple[int, int], ...] | None = None
    """Where private persons' names stand in `body`; None where nobody has looked."""

    @cached_property
    def body(self) -> str:
        """Title and text as one string: what all spans of an Extraction point into."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value, the place of its words in `Document.body` (start <= end) and the rule that read them.

    Where a value follows from the whole page rather than from words (a published date) the span is empty.
    """

    value: T
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class LoadAmount:
    """One figure. `unit` is a code of units.toml, `drug` a code of drugs.toml, `qualifier` the ledger's.

    Figures with the same `load` count and weigh one load; low = high unless the page gives a range.
    """

    drug: str
    low: float
    high: float
    unit: str
    qualifier: str
    load: int = 0


@dataclass(frozen=True, slots=True)
class PlaceRole:
    """A place that the passage names: id in the gazetteer, English name, and its part: seized_at, origin,
    destination, via, agency_seat, other.
    """

    place_id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class TextClaim:
    """What one page says of one seizure, recalled seizure (`background`) or total (`aggregate`)."""

    kind: str  # incident | aggregate | background
    start: int  # the passage, in Document.body
    end: int
    when: Found[When] | None = None
    country: Found[str] | None = None  # ISO 3166 alpha-2
    admin1: Found[str] | None = None  # ISO 3166-2 code of the governorate
    place: Found[str] | None = None  # English name of the gazetteer, or the page's words where it has none
    place_id: str = ""
    places: tuple[Found[PlaceRole], ...] = ()
    amounts: tuple[Found[LoadAmount], ...] = ()
    value_usd: Found[tuple[float, float]] | None = None  # low, high
    arrests: Found[int] | None = None
    killed: Found[int] | None = None
    agencies: tuple[Found[str], ...] = ()  # canonical English names
    partners: tuple[Found[str], ...] = ()  # ISO 3166 alpha-2
    concealment: tuple[Found[str], ...] = ()
    transport: Found[str] | None = None  # ledger code
    event_type: Found[str] | None = None  # ledger code
    origin: Found[str] | None = None  # ISO 3166 alpha-2
    destination: Found[str] | None = None
    scope: str = ""  # aggregates: what the total covers
    flags: tuple[str, ...] = ()
    drug: Found[str] | None = None  # code of drugs.toml, for a seizure whose amount is not told


@dataclass(frozen=True, slots=True)
class Extraction:
    """`doc_class`: incident, aggregate_only, background_only, not_relevant. Claims in the order of the text.

    `partly`: the text is longer, or holds more figures, than a page of news; only its beginning was read.
    `names`: as `Document.names`, for whoever quotes the claims.
    """

    doc_class: str
    claims: tuple[TextClaim, ...] = field(default_factory=tuple)
    partly: bool = False
    names: tuple[tuple[int, int], ...] | None = None
