"""What the extractor made of texts and the reader of tables of theirs: opaque bytes, by the checksum of what
was given and the version of the program that read it.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from etl.store.inserts import insert
from etl.store.tables import extractions

OF_TABLES = "tables "
"""What versions of the reader of tables begin with; all others are of the extractor."""
_CHUNK = 500  # keys in one question


def load(connection: Connection, extractor: str, inputs: Sequence[str]) -> dict[str, bytes]:
    """The contents known for these inputs, by checksum."""
    found: dict[str, bytes] = {}
    columns = select(extractions.c.input_sha256, extractions.c.content).where(
        extractions.c.extractor == extractor
    )
    for start in range(0, len(inputs), _CHUNK):
        wanted = columns.where(extractions.c.input_sha256.in_(inputs[start : start + _CHUNK]))
        found |= {row.input_sha256: zlib.decompress(row.content) for row in connection.execute(wanted)}
    return found


def save(connection: Connection, extractor: str, contents: Mapping[str, bytes]) -> None:
    """Keep contents by the checksum of their inputs; what is known stays."""
    rows = [
        {"input_sha256": key, "extractor": extractor, "content": zlib.compress(content)}
        for key, content in sorted(contents.items())
    ]
    if rows:
        connection.execute(insert(connection, extractions).on_conflict_do_nothing(), rows)
