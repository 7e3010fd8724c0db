"""What the readers of this package hand to each other: pieces of the folded text with their meaning.

`start`, `end` are offsets into `Text.folded` everywhere in this module. A mention says what a few words mean
by
themselves; which seizure they belong to is decided by `assemble`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.gazetteer import Place, by_id


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits, words or both ("3 million", "مليون و350 ألف").

    `low` = `high` for one number; both None for a vague one ("dozens", "آلاف"). `qualifier`: exact, about,
    over,
    under, range; `start`..`end` is the number alone, `outer` begins where its qualifier begins.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    qualifier: str
    outer: int
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit: of drugs, or of something else that must not be taken for drugs.

    `unit` is a code of units.toml; `drug` one of drugs.toml, "" where no drug is named in the phrase itself.
    `role`: `load` (may be a seized amount); `each` (content of one package, "with 200 g in each"); `rate`
    (capacity, per hour or day); `carrier` (weight of a cargo, machine, vehicle that is no drug);
    `enough_for` (pills that raw material would make). `tied_to`: index in the same list of the quantity that
    counts or weighs the same load ("2.4 million of them, with a weight of 424 kg"), the earlier of both;
    None.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    qualifier: str
    drug: str = ""
    role: str = "load"
    tied_to: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in US dollars ("$46.93 million to $117.3 million"). `role`: `value` of the drugs, or `price` of
    one
    tablet or kilogram, or `other` (budgets, markets, fines). Sums in other money are not mentions.
    """

    start: int
    end: int
    low: float
    high: float
    role: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A date or period as the words give it, `first`..`last` inclusive; both None where it cannot be known
    ("on Sunday" on a page without a date).

    `precision`: day, week, month, year, period. `basis`: stated (a calendar date), weekday, relative. `kind`:
    `point`, or `period` for words that span several days on purpose ("since January", "in the first ten
    months").
    """

    start: int
    end: int
    first: date | None
    last: date | None
    precision: str
    basis: str
    kind: str = "point"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place, or a word that points to one ("Syrian").

    `place_ids`: candidates of the gazetteer, likeliest first by themselves. `role` by the words around it:
    at, origin, destination, via, near, between, border, agency (part of a body's name or its seat),
    nationality, dateline, other; "" where they don't say.
    """

    start: int
    end: int
    place_ids: tuple[str, ...]
    role: str = ""
    rule: str = ""

    @property
    def likeliest(self) -> Place | None:
        """The first candidate; None where the gazetteer has none."""
        return by_id(self.place_ids[0]) if self.place_ids else None


@dataclass(frozen=True, slots=True)
class People:
    """A count of persons. `kind`: arrested, killed, wounded, fled, sentenced, other. `count` None: number
    unsaid."""

    start: int
    end: int
    kind: str
    count: int | None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A security body, ministry or court: `name` canonical English, `country` ISO 3166 alpha-2 or "" where
    the
    words don't say. `role`: seizing, partner ("in cooperation with", "on information from"), speaker (only
    quoted: SANA, UNODC), recipient (handed over to).
    """

    start: int
    end: int
    name: str
    country: str = ""
    role: str = "seizing"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A country that helped: by a body of its own, a nationality or its name ("with Iraq", "معلومات من
    السعودية")."""

    start: int
    end: int
    country: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """How drugs were hidden or moved. `kind`: concealment (value = English noun phrase of the list, or the
    page's
    words), transport (value = a ledger code of methods.toml), event_type (value = a ledger code).
    """

    start: int
    end: int
    kind: str
    value: str
    rule: str = ""
