"""How values lie in the columns, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL refuses NUL, neither can encode lone surrogates


def storable(text: str) -> str:
    """The text with U+FFFD for what no database can hold."""
    return _UNSTORABLE.sub("\ufffd", text)


class Words(TypeDecorator[str]):
    """Text ordered by code point everywhere; what no database can hold becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Compare bytes on PostgreSQL too, whatever language the database was made for."""
        return Text(collation="C" if dialect.name == "postgresql" else None)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean on the way in."""
        return value and storable(value)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC. A naive one is a fault of the caller: ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn into UTC; SQLite keeps it without saying so."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without time zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say UTC again."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Digest(TypeDecorator[str]):
    """A checksum as hexadecimal digits, kept as bytes. "" stays empty."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """ValueError: no hexadecimal digits."""
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Lower case."""
        return None if value is None else bytes(value).hex()
