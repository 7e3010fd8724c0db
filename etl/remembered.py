"""Extractions remembered between refreshes: the same text gives the same answer until the extractor changes.

A build without memory reads every text anew and arrives at the same release; `etl build` does that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import msgspec

from etl.extract.claims import claims
from etl.extract.privacy import with_names
from etl.extract.records import Document, Extraction
from etl.store import Tracker

FAILED = b""
"""Remembered of a text on which the extractor failed."""
_AT_ONCE = 500
_ROOT = Path(__file__).resolve().parents[1]
_PARTS = ("etl/extract", "etl/vocabulary", "geo")
_LIBRARIES = ("pyahocorasick", "hijridate", "rapidfuzz")
_decoder = msgspec.json.Decoder(Extraction)


@cache
def extractor_version() -> str:
    """The checksum of everything that an extraction depends on beside its text: code, words, places."""
    digest = hashlib.sha256()
    for part in _PARTS:
        for path in sorted((_ROOT / part).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(_ROOT).as_posix()} {content}\n".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:16]


def input_sha256(document: Document) -> str:
    """The checksum of what the extractor sees of a document."""
    seen = (
        document.title,
        document.text,
        document.lang,
        document.published,
        document.publisher,
        document.url,
    )
    parts = (str(part).encode("utf-8", "surrogatepass") for part in seen)
    return hashlib.sha256(b"".join(b"%d:%s" % (len(part), part) for part in parts)).hexdigest()


def extract(document: Document) -> bytes:
    """Read a document; the extraction, ready to be quoted, in the form that is kept."""
    return msgspec.json.encode(with_names(document, claims(document)))


class Memory:
    """The extractions that a store remembers, for `etl.machine.Reader`."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction | None]:
        """The extractions of documents: read now where they aren't remembered, None where that failed."""
        waiting = iter(documents)
        while batch := list(islice(waiting, _AT_ONCE)):
            keys = [input_sha256(document) for document in batch]
            known = self._tracker.extractions(extractor_version(), keys)
            for key, document in zip(keys, batch, strict=True):
                content = known.get(key)
                if content is None:
                    yield claims(document)
                else:
                    yield None if content == FAILED else _decoder.decode(content)
