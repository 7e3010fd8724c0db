"""XML from strangers: decoded here, so that what is checked is what is parsed, and refused where it declares.

Entities and document types are how XML reaches other files, other servers and all of the memory. No feed or
sitemap needs them.
"""

from __future__ import annotations

import codecs
import re

from etl.decoding import NotTextError, charset, decode, printable

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?\sencoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{2,40})""", re.ASCII
)
_BEFORE = {  # first bytes of "<?" or "<r" where there is no byte order mark
    b"<\x00\x00\x00": "utf-32-le",
    b"\x00\x00\x00<": "utf-32-be",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}
# Encodings whose signs below 128 are ASCII's: in no other could a declaration hide from the check.
_PLAIN = re.compile(r"(?:utf8|windows\d+|cp125\d|iso8859\d+|latin\d+|ascii|usascii|koi8r|macarabic)\Z")
_DOCTYPE = re.compile(r"<!doctype\s+[\w:.-]{1,100}\s*>", re.IGNORECASE)
_BLANKS = re.compile(r"\s*")
_ENTITY = re.compile(r"<!entity", re.IGNORECASE)


class DeclaresError(ValueError):
    """The document declares entities or a document type with a subset or an address of its own."""


def xml_text(body: bytes, content_type: str = "") -> str:
    """Return an XML document as text, without its XML declaration and bare document type.

    Raises DeclaresError for `<!ENTITY` anywhere and for a document type with an internal subset or an
    external identifier, in whatever encoding; NotTextError for bytes that are no text.
    """
    text = _decoded(body, content_type).lstrip("\ufeff \t\r\n")
    if _ENTITY.search(text):
        raise DeclaresError
    return _without_prolog(text)


def _decoded(body: bytes, content_type: str) -> str:
    if body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return decode(body)
    for beginning, encoding in _BEFORE.items():
        if body.startswith(beginning):
            return printable(body.decode(encoding, errors="replace"))
    declared = _DECLARED.search(body[:1024])
    for name in (declared and declared[1].decode("ascii"), charset(content_type)):
        if name and (encoding := _plain_encoding(name)):
            try:
                return printable(body.decode(encoding))
            except UnicodeDecodeError:
                continue  # it isn't what it says: decided by the bytes below
    return decode(body)


def _plain_encoding(name: str) -> str:
    """The codec of an encoding's name, if it is one that a declaration can't hide in; else ""."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return ""
    return codec if _PLAIN.fullmatch(re.sub(r"[^a-z0-9]", "", codec)) else ""


def _without_prolog(text: str) -> str:
    """Leave out what stands before the first element. Raises DeclaresError for more than a bare type."""
    at = 0
    while True:
        at = _BLANKS.match(text, at).end()  # type: ignore[union-attr] # it matches nothing, too
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            if end < 0:
                return ""
            at = end + 3
        elif text.startswith("<?", at):
            end = text.find("?>", at + 2)
            if end < 0:
                return ""
            at = end + 2
        elif text[at : at + 9].lower() == "<!doctype":
            bare = _DOCTYPE.match(text, at)
            if not bare:
                raise DeclaresError
            at = bare.end()
        else:
            return text[at:]


__all__ = ["DeclaresError", "NotTextError", "xml_text"]
