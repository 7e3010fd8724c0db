"""What a published table is made of: `Table`, `Field` and `Code`.

One definition serves every use: cell formatting, checks, the Frictionless data package, the data dictionary
and the R and Stata readers are all derived from it, so that they cannot drift apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

STATA_NAME_LIMIT = 32
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TYPES = frozenset({"text", "list", "integer", "number", "date", "yes_no"})


@dataclass(frozen=True)
class Code:
    """One allowed value of a coded column, with its label in English and Arabic."""

    value: str
    en: str
    ar: str


@dataclass(frozen=True)
class Field:
    """One column.

    `type` is text, list (texts joined by `|`), integer, number, date (YYYY-MM-DD) or yes_no (1/0).
    `decimals` is the number of decimal places a number is rounded to when it is written.
    """

    name: str
    type: str
    en: str
    ar: str
    unit: str = ""
    codes: tuple[Code, ...] = ()
    required: bool = False
    unique: bool = False
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    decimals: int = 3

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.name) > STATA_NAME_LIMIT:
            raise ValueError(f"{self.name!r}: not lower-case ASCII of at most {STATA_NAME_LIMIT} characters")
        if self.type not in _TYPES:
            raise ValueError(f"column {self.name}: unknown type {self.type!r}, use one of {sorted(_TYPES)}")

    @cached_property
    def allowed(self) -> frozenset[str]:
        """The values of `codes`; empty where any value is allowed."""
        return frozenset(code.value for code in self.codes)

    @property
    def is_text(self) -> bool:
        """Texts are the only cells that the formula guard may touch."""
        return self.type in {"text", "list"}


@dataclass(frozen=True)
class ForeignKey:
    """`fields` of this table name rows of `table` by its `references`."""

    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One published CSV: its columns in order, its key and what its rows are."""

    name: str
    en: str
    ar: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.columns)) != len(self.columns):
            raise ValueError(f"table {self.name} names a column twice")
        missing = [name for name in self.primary_key if name not in self.columns]
        if missing:
            raise ValueError(f"table {self.name}: key column {missing[0]} is not one of its columns")

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def field(self, name: str) -> Field:
        """The column called `name`; KeyError where the table has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"table {self.name} has no column {name!r}")


def codes(*rows: tuple[str, str, str]) -> tuple[Code, ...]:
    """A code list from (value, English label, Arabic label) rows."""
    return tuple(Code(*row) for row in rows)
