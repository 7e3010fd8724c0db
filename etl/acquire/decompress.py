"""Bodies decompressed piece by piece, so that a bomb is noticed before it goes off.

1 kB of brotli holds 1 GiB of zeros. Common clients decompress each piece that arrives at one go, whatever
comes out; here no step gives more than some 100 kB, and the sizes are counted.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli

from etl.acquire.failures import failure

ACCEPT_ENCODING = "gzip, deflate, br"
_MOST_LAYERS = 2  # "gzip, gzip" is seen behind careless proxies, more only in bombs
_STEP = 1 << 16  # bytes that one step may give

Decoder = Callable[[Iterable[bytes]], Iterator[bytes]]


def body_of(chunks: Iterable[bytes], content_encoding: str, limit: int) -> bytes:
    """Collect a body and decompress it as its Content-Encoding says.

    `limit`: bytes, both as sent and decompressed (in between too). Raises FetchError: `body_too_large`,
    `encoding_unknown`, `body_undecodable`, `answer_cut_short`.
    """
    chunks = _at_most(chunks, limit)
    for decoder in reversed(_decoders(content_encoding)):  # the last one applied comes off first
        chunks = _at_most(decoder(chunks), limit)
    return b"".join(chunks)


def gunzip(data: bytes, limit: int) -> bytes:
    """Unpack a gzip file (a `sitemap.xml.gz`). Raises FetchError as `body_of` does."""
    return body_of([data], "gzip", limit)


def _decoders(content_encoding: str) -> list[Decoder]:
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > _MOST_LAYERS or any(name not in _BY_NAME for name in names):
        raise failure("encoding_unknown", encoding=content_encoding[:100])
    return [_BY_NAME[name] for name in names]


def _at_most(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise failure("body_too_large", limit=limit)
        yield chunk


def _gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """One or more gzip members; what follows the last is ignored, as browsers do."""
    member = zlib.decompressobj(wbits=31)
    begun = False
    for chunk in chunks:
        data = chunk
        while data:
            if member.eof:
                if not data.startswith(b"\x1f"):
                    return
                member = zlib.decompressobj(wbits=31)
            begun = True
            yield from _steps(member, data)
            data = member.unused_data
    if begun and not member.eof:
        raise failure("answer_cut_short")


def _deflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """zlib's format, as the standard has it, or the bare one that some servers send."""
    stream = None
    for chunk in chunks:
        if not chunk:
            continue
        if stream is None:
            stream = zlib.decompressobj(wbits=15 if chunk[0] & 0x0F == 8 else -15)
        if stream.eof:
            return
        yield from _steps(stream, chunk)
    if stream is not None and not stream.eof:
        raise failure("answer_cut_short")


def _steps(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while True:
        try:
            out = stream.decompress(data, _STEP)
        except zlib.error as error:
            raise failure("body_undecodable", encoding="gzip or deflate") from error
        if out:
            yield out
        data = stream.unconsumed_tail
        if stream.eof or (not data and len(out) < _STEP):
            return


def _brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    begun = False
    for chunk in chunks:
        if stream.is_finished():
            return
        data = chunk
        while True:
            try:
                out = stream.process(data, output_buffer_limit=_STEP)
            except brotli.error as error:
                raise failure("body_undecodable", encoding="brotli") from error
            begun, data = begun or bool(data), b""
            if out:
                yield out
            # A decoder that accepts more may still hold a window full: empty it before the next piece.
            if stream.is_finished() or (stream.can_accept_more_data() and len(out) < _STEP):
                break
    if begun and not stream.is_finished():
        raise failure("answer_cut_short")


_BY_NAME: dict[str, Decoder] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
}
