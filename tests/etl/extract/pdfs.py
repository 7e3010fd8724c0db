"""PDFs for tests, written by hand: a few objects and the table of where they lie."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def pdf(pages: Sequence[str] = (), *, title: str = "", **objects: bytes) -> bytes:
    """A PDF with these texts as pages. `objects` (o3=...) replace or add numbered objects."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (10 + 2 * at) for at in range(count))
    parts = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: b"<< /Title (%s) /CreationDate (D:20990101000000Z) >>" % title.encode("latin-1"),
    }
    for at, text in enumerate(pages):
        parts[10 + 2 * at] = page(11 + 2 * at)
        lines = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
        parts[11 + 2 * at] = stream(f"BT /F1 12 Tf 50 750 Td 14 TL {lines} ET".encode("latin-1"))
    for name, content in objects.items():
        parts[int(name[1:])] = content
    return assembled(parts)


def page(contents: int) -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
        b"/Resources << /Font << /F1 3 0 R >> /XObject << /X 9 0 R >> >> >>" % contents
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def packed(chunk: bytes, times: int) -> bytes:
    """A compressed stream of a chunk, many times over, without ever holding it whole."""
    press = zlib.compressobj(9)
    content = b"".join([*(press.compress(chunk) for _ in range(times)), press.flush()])
    return stream(content, b"/Filter /FlateDecode")


def assembled(parts: dict[int, bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in sorted(parts.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    size = max(parts) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        out += b"%010d %05d %s \n" % ((places[number], 0, b"n") if number in places else (0, 65535, b"f"))
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)
