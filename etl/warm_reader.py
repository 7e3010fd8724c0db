"""Imported by the process that readers are forked from: everything they load on first use is there already.

So each of them starts at once, and they share the memory of libraries, word lists and places.
"""

from __future__ import annotations

from datetime import UTC, datetime

from etl.extract.records import Document
from etl.fetched import RawDocument
from etl.page_reading import extract, read_document

_ENGLISH = "Police in Al-Qaim seized 1,000 Captagon pills in a truck on Monday and arrested two people."
_ARABIC = "ضبطت الشرطة في القائم 1000 حبة كبتاغون في شاحنة يوم الاثنين وألقت القبض على شخصين."


def _warm_up() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    body = f"<html><body><article><p>{_ENGLISH}</p><p>{_ARABIC}</p></article></body></html>".encode()
    page = RawDocument(1, 1, "", "", "", at, 200, {"content-type": "text/html"}, "", body)
    read_document(page, is_table=False)
    for text in (_ENGLISH, _ARABIC):
        extract(Document("", text, published=at.date()))


_warm_up()
