"""An e-mail as a document: its subject is the title, its Date the day of publication.

Newsletters and statements of press offices come so. Who sent it to whom is not taken over.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from etl.decoding import decode
from etl.extract.foreign import read_foreign
from etl.extract.webpages import read_page
from etl.extract.wrapped import unwrap

SECONDS = 10.0
"""For one mail; the library's reader of headers can be made to go on for ever."""
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mail:
    """`published` is YYYY-MM-DD or ""; `attached` counts the files that came with it."""

    text: str
    title: str
    published: str
    attached: int


def read_mail(data: bytes) -> Mail:
    """Read one message. Raises BrokenError, NotTextError, TooNestedError."""
    found = read_foreign("mail", data, seconds=SECONDS)
    body = base64.b64decode(found["body"])
    if found["kind"] == "html":
        text = read_page(body).text if body.strip() else ""
    else:
        text = unwrap(_SIGNATURE.split(decode(body), maxsplit=1)[0])
    return Mail(text, found["subject"], found["day"], found["attached"])
