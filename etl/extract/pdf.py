"""A PDF's words. A PDF is a picture of pages: where paragraphs and lines end is guessed from their length.

What it says of itself (when it was made, by whom) is that of its file, not of the news: only a title is
taken. The day of publication and the address stand in the notes beside it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from etl.extract.foreign import BrokenError, read_foreign
from etl.extract.wrapped import unwrap

SECONDS = 30.0
"""For one PDF; one of 50 pages takes about a tenth."""
_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")  # ligatures, Arabic letters by their form
_PAGE_NUMBER = re.compile(r"\W{0,3}(?:[Pp]age |صفحة )?\d{1,4}(?: ?(?:/|of|من) ?\d{1,4})?\W{0,3}")
_FILE_NAME = re.compile(r"^(?:microsoft |untitled)|\.(?:docx?|pdf|indd|qxd|pptx?|rtf)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PdfText:
    """`partly`: pages or words were left out."""

    text: str
    title: str = ""
    partly: bool = False


def read_pdf(data: bytes) -> PdfText:
    """Read the words of a PDF. Raises BrokenError."""
    found = read_foreign("pdf", data, seconds=SECONDS)
    text = unwrap("\n".join(map(_page, found["pages"])))
    if not text:
        raise BrokenError("document_pdf_pictures")
    title = " ".join(found["title"].split())
    return PdfText(text, "" if _FILE_NAME.search(title) or " " not in title else title, found["partly"])


def _page(text: str) -> str:
    """A page's lines without its number, letters as they are typed."""
    plain = _SHAPES.sub(lambda shapes: unicodedata.normalize("NFKC", shapes.group()), text)
    lines = [line for line in plain.splitlines() if line.strip()]
    for at in (0, -1):
        if lines and _PAGE_NUMBER.fullmatch(lines[at].strip()):
            del lines[at]
    return "\n".join(lines)
