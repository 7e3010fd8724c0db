"""The child that reads a PDF: its words only; no script, link, form, attached file or picture is looked at.

Answer: {"title": ..., "pages": [text, ...], "partly": whether pages or words were left} or {"trouble": code,
...words}. Streams may unpack to 75 MB each (the library's own limit).
"""

from __future__ import annotations

from io import BytesIO

from etl.bounded.child import answer

PAGES = 50
TEXT = 300_000
"""Characters of all pages: what is longer is no news."""


def read(data: bytes) -> dict[str, object]:
    """Read the first pages; a page that is broken is left out, and told."""
    from pypdf import PdfReader  # noqa: PLC0415 - takes time, and is bounded like the rest
    from pypdf.errors import DependencyError  # noqa: PLC0415

    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"trouble": "document_pdf_locked"}
        pages, broken = _pages(reader)
        more = len(reader.pages) > PAGES
        title = _title(reader)
    except DependencyError:  # a cipher that only an optional library knows
        return {"trouble": "document_pdf_locked"}
    except MemoryError:
        raise
    except Exception as error:  # a broken file makes the library raise anything
        return {"trouble": "document_pdf_broken", "why": type(error).__name__}
    if broken and not any(page.strip() for page in pages):
        return {"trouble": "document_pdf_broken", "why": broken}
    return {"title": title, "pages": pages, "partly": bool(broken) or more or sum(map(len, pages)) >= TEXT}


def _pages(reader: object) -> tuple[list[str], str]:
    pages: list[str] = []
    broken, left = "", TEXT
    for number in range(min(PAGES, len(reader.pages))):  # type: ignore[attr-defined]
        if left <= 0:
            break
        try:
            text = reader.pages[number].extract_text()[:left]  # type: ignore[attr-defined]
        except MemoryError:
            raise
        except Exception as error:
            broken, text = type(error).__name__, ""
        left -= len(text)
        pages.append(text)
    return pages, broken


def _title(reader: object) -> str:
    try:
        return str(reader.metadata.title or "")[:1000]  # type: ignore[attr-defined]
    except Exception:  # no metadata, or broken ones: no reason to lose the words
        return ""


if __name__ == "__main__":
    answer(read)
