"""A claim on the database of a server: held by a connection of its own, let go on any end of its process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from etl.store.errors import plain_words

_REFRESH = 0x0CA97A61  # any number that no other program takes for its advisory lock


@contextmanager
def claimed(engine: Engine, where: str) -> Iterator[bool]:
    """Whether nobody else holds the claim, which is held inside the block. PostgreSQL only."""
    with plain_words(where):  # no transaction: one that is open for so long would keep dead rows from removal
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        is_free = connection.execute(select(func.pg_try_advisory_lock(_REFRESH))).scalar_one()
    try:
        yield bool(is_free)
    finally:
        if is_free:  # at once: the server may notice a closed connection a while later
            with suppress(SQLAlchemyError):
                connection.execute(select(func.pg_advisory_unlock(_REFRESH)))
        connection.invalidate()  # a claim that could not be let go ends with the connection
        connection.close()
