"""The child that reads an e-mail: subject, day and the words of its body; attached files are only counted.

Answer: {"subject", "day", "kind": plain | html, "body": base64 of the bytes, "attached": number} or
{"trouble": code, ...words}. Who wrote it to whom is left out: those are private persons.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import MIMEPart

from etl.bounded.child import answer

PARTS = 200
DEEPEST = 20
_FILES = ("application", "message", "audio", "video")
_HEADERS = ("from", "subject", "date", "received", "mime-version", "content-type")


def read(data: bytes) -> dict[str, object]:
    """Read one message; of alternatives the plain text, where it has words."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not any(name in message for name in _HEADERS):
            return {"trouble": "document_mail_broken", "why": "it has no header of a mail"}
        parts = list(_parts(message))
        bodies = {kind: _bytes(part) for kind in ("html", "plain") if (part := _first(parts, kind))}
        kind = next((kind for kind in ("plain", "html") if bodies.get(kind, b"").strip()), "plain")
        return {
            "subject": _line(message, "subject"),
            "day": _day(message),
            "kind": kind,
            "body": base64.b64encode(bodies.get(kind, b"")).decode("ascii"),
            "attached": sum(part.is_attachment() or part.get_content_maintype() in _FILES for part in parts),
        }
    except _RefusedError as refusal:
        return {"trouble": "document_mail_broken", "why": str(refusal)}
    except MemoryError:
        raise
    except Exception as error:  # headers made to confuse make the library raise anything
        return {"trouble": "document_mail_broken", "why": type(error).__name__}


class _RefusedError(ValueError):
    """The mail is none that a person would send."""


def _parts(message: MIMEPart, depth: int = 0) -> Iterator[MIMEPart]:
    """The parts that hold something, in order; a message inside the message is one of them."""
    if depth > DEEPEST:
        raise _RefusedError(f"its parts are nested more than {DEEPEST} deep")
    if message.get_content_maintype() != "multipart":
        yield message
        return
    found = 0
    for part in message.iter_parts():
        for inner in _parts(part, depth + 1):
            found += 1
            if found > PARTS:
                raise _RefusedError(f"it has more than {PARTS} parts")
            yield inner


def _first(parts: list[MIMEPart], subtype: str) -> MIMEPart | None:
    wanted = f"text/{subtype}"
    return next((p for p in parts if p.get_content_type() == wanted and not p.is_attachment()), None)


def _bytes(part: MIMEPart) -> bytes:
    """The body as UTF-8, or as it was sent where its encoding is unknown or wrong."""
    raw = part.get_payload(decode=True)
    sent = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset()
    try:
        return sent.decode(charset).encode("utf-8") if charset else sent
    except (LookupError, UnicodeError):
        return sent


def _line(message: MIMEPart, name: str) -> str:
    """A header on one line: line breaks smuggled into it are blanks."""
    try:
        return " ".join(str(message[name] or "").split())[:1000]
    except Exception:  # the library's parser of encoded words raises anything on odd ones
        return ""


def _day(message: MIMEPart) -> str:
    """The day of the Date header where it was written, YYYY-MM-DD; "" where there is none."""
    try:
        found = message["date"].datetime
        return found.date().isoformat() if found else ""
    except Exception:
        return ""


if __name__ == "__main__":
    answer(read)
