"""What is known of a page besides its words: title, address, outlet, date, language.

Given by JSON, by `key: value` lines on top of a text file, by the page itself or by notes beside it; always
through `to_document`, so that each is checked the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from etl.decoding import printable
from etl.extract.records import Document
from etl.records import Issue, RowRef
from etl.vocabulary.issues import issue

FIELDS = ("id", "title", "url", "publisher", "published", "lang")
LONGEST_TITLE = 300
_HEADER_LINE = re.compile(r"([A-Za-z_]{2,20})\s{0,3}:(?:\s(.*)|)$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = range(1990, 2100)
_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LOOKED_AT = 5000  # characters that show the script


def to_document(
    fields: Mapping[str, object], text: str, name: str, ref: RowRef
) -> Iterator[Document | Issue]:
    """Yield the document, and before it what is wrong with its fields. `name`: its id where none is given."""
    given = {key: printable(str(value)).strip() for key, value in fields.items()}
    for key in [key for key in given if key not in FIELDS]:
        yield issue("document_field_unknown", ref, value=key, known=", ".join(FIELDS))
    published = _day(fields.get("published"))
    if published is None and given.get("published"):
        yield issue("document_date_unclear", ref, column="published", value=given["published"])
    text = printable(text)
    title = " ".join(given.get("title", "").split())
    if not text.strip():
        yield issue("document_without_text", ref)
        return
    yield Document(
        id=given.get("id") or name,
        text=text,
        title=title,
        lang=language(given.get("lang", ""), f"{title} {text[:_LOOKED_AT]}"),
        published=published,
        publisher=given.get("publisher", ""),
        url=given.get("url", ""),
    )


def split_header(text: str) -> tuple[dict[str, object], str]:
    """Split a text file into what is said of it on top and its words.

    The header is a first paragraph of `key: value` lines that begins with a known key. After it, or without
    one, a single line with a blank line below is the title.
    """
    text = "\n".join(text.splitlines()).strip("\n")
    first, _, rest = text.partition("\n\n")
    header: dict[str, object] = {}
    found = [match for line in first.split("\n") if (match := _HEADER_LINE.match(line))]
    if len(found) == first.count("\n") + 1 and found[0].group(1).lower() in FIELDS:
        header = {match.group(1).lower(): (match.group(2) or "").strip() for match in found}
        text = rest.strip("\n")
        first, _, rest = text.partition("\n\n")
    if "title" not in header and rest.strip() and "\n" not in first and len(first) <= LONGEST_TITLE:
        header["title"], text = first, rest
    return header, text


def language(given: str, sample: str) -> str:
    """ISO 639-1 code: as given, unless the script says otherwise; else by the script; "" if it can't tell."""
    code = given.strip().lower()[:2]
    arabic, latin = len(_ARABIC.findall(sample)), len(_LATIN.findall(sample))
    script = "ar" if arabic > latin else "en" if latin else ""
    return script if not code or {code, script} == {"ar", "en"} else code


def _day(value: object) -> date | None:
    """The day of an ISO date or time, as it stands there; None where it is none, or of no plausible year."""
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        found = _DAY.match(str(value or "").strip())
        try:
            value = date.fromisoformat(found.group()) if found else None
        except ValueError:
            return None
    return value if isinstance(value, date) and value.year in _YEARS else None
