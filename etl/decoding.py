"""Bytes to text: what pages are really encoded in, whatever they claim.

Most pages are UTF-8, old Arabic ones often Windows-1256, and saved files carry a few broken bytes. No text is
refused for a broken byte: it becomes U+FFFD, and the rest is read.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word or ZIP",
    b"\xd0\xcf\x11\xe0": "Word",
    b"\x89PNG": "PNG image",
    b"\xff\xd8\xff": "JPEG image",
    b"GIF8": "GIF image",
    b"RIFF": "WebP image or sound",
    b"\x1f\x8b": "gzip",
    b"wOF": "font",
    b"\x00\x00\x00\x18ftyp": "video",
    b"\x00\x00\x00 ftyp": "video",
}
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,40})""", re.IGNORECASE
)
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.IGNORECASE | re.ASCII)
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252"})  # one encoding, as browsers read them
_BEYOND_ASCII = re.compile(rb"[\xc0-\xff]+")
_WORD = 3  # letters beyond ASCII in a row, which words of Western languages don't have
_HEAD = 4096  # where HTML must declare its encoding: 1,024 bytes; real pages are later
_SAMPLE = 1 << 16  # bytes that the guess looks at
_LIKELY = ["cp1256", "iso8859_6", "cp1252", "cp1254", "utf_16_le", "utf_16_be"]
_MOST_BROKEN = 0.002  # share of broken characters up to which text still counts as UTF-8
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.01


class NotTextError(ValueError):
    """The bytes are no text; its message is what they are, as far as that can be told."""


def charset(content_type: str) -> str:
    """The encoding that a `Content-Type` names, as it is written; "" where it names none."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def decode(data: bytes, *, html: bool = False, told: str = "") -> str:
    """Decode a page. Raises NotTextError for images, archives and other bytes that are no text.

    Order: byte order mark, UTF-8, the encoding `told` by the server, that which an HTML page declares, UTF-8
    with some broken bytes, a guess by letter frequencies.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return printable(data[len(mark) :].decode(_bare(encoding, mark), errors="replace"))
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise NotTextError(kind)
    try:
        return _unless_binary(data.decode("utf-8"), data)
    except UnicodeDecodeError:
        pass
    for name in (told, _declared(data) if html else ""):
        if encoding := _possible(name, data):
            return _unless_binary(data.decode(encoding, errors="replace"), data)
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= _MOST_BROKEN * len(text):
        return _unless_binary(text, data)
    best = from_bytes(data[:_SAMPLE], cp_isolation=_LIKELY).best()
    if best is None:
        raise NotTextError("an unknown kind")
    return printable(data.decode(best.encoding, errors="replace"))


def printable(text: str) -> str:
    """Replace NUL and halves of surrogate pairs, which no output could hold, by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _bare(encoding: str, mark: bytes) -> str:
    """The codec for bytes whose mark was taken off."""
    if encoding == "utf-8":
        return encoding
    return f"{encoding}-{'le' if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else 'be'}"


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return found.group(1).decode("ascii", errors="replace") if found else ""


def _possible(name: str, data: bytes) -> str:
    """The codec of an encoding's name; "" for no such one, and where the text can't be in it."""
    try:
        name = codecs.lookup(name).name if name else ""
        "".encode(name or "utf-8")  # codecs such as hex are no text encodings
    except (LookupError, UnicodeError, ValueError):
        return ""
    if name.startswith("utf-"):  # UTF-8 it isn't, and in the others no declaration would have been legible
        return ""
    if name in _WESTERN:
        return "" if _is_other_script(data) else "cp1252"
    return name


def _is_other_script(data: bytes) -> bool:
    """Whether words consist of letters beyond ASCII: old Arabic pages often declare what their editor did."""
    found = [len(letters) for letters in _BEYOND_ASCII.findall(data[:_SAMPLE])]
    return 2 * sum(length for length in found if length >= _WORD) > sum(found)


def _unless_binary(text: str, data: bytes) -> str:
    """The text, unless its bytes are full of control characters."""
    head = data[:_SAMPLE]
    if len(_CONTROLS.findall(head)) > _MOST_CONTROLS * len(head):
        raise NotTextError("an unknown kind")
    return printable(text)
