"""E-mails and PDFs become documents; those made to hurt become one sentence, in bounded time."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from etl.bounded import mail as mail_child
from etl.bounded import pdf as pdf_child
from etl.extract import mail as mail_reader
from etl.extract import pdf as pdf_reader
from etl.extract.documents import read, read_bytes
from etl.extract.records import Document
from etl.extract.wrapped import unwrap
from etl.records import Issue
from tests.etl.extract.pdfs import packed, page, pdf, stream

STORY = (
    "Jordanian border guards foiled on Sunday an attempt to smuggle 1,350,000\n"
    "Captagon pills from Syria, the army said in a statement on its web site.\n"
    "Two men were arrested."
)
WHOLE = STORY.replace("\n", " ", 1).replace("\n", " ")
ARABIC = "ضبطت هيئة المنافذ الحدودية ثلاثة ملايين حبة كبتاغون في منفذ القائم."
HTML = f"<html><body><article><h1>A haul</h1><p>{WHOLE}</p><p>{ARABIC}</p></article></body></html>"


def read_all(data: bytes, media_type: str) -> tuple[list[Document], list[str]]:
    found = list(read_bytes(data, media_type, "it"))
    issues = [item.code for item in found if isinstance(item, Issue)]
    return [item for item in found if isinstance(item, Document)], issues


def mail(body: str = STORY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"Subject": "A haul", "Date": "Sun, 04 May 2025 23:30:00 +0300", **headers}.items():
        message[name] = value
    message["From"] = "Press Office <press@army.example>"
    message.set_content(body)
    return message


def one_mail(message: EmailMessage | bytes) -> tuple[Document, list[str]]:
    data = message if isinstance(message, bytes) else message.as_bytes()
    (document,), issues = read_all(data, "message/rfc822")
    return document, issues


# -- mails


def test_a_mail_is_its_words_its_subject_and_its_day(tmp_path: Path) -> None:
    """The day is that of the sender's clock; who wrote to whom is not taken over."""
    (tmp_path / "a.eml").write_bytes(mail(f"{STORY}\n\n-- \nA. Person, 0770 000", Subject=ARABIC).as_bytes())
    (document,) = read(tmp_path)
    assert isinstance(document, Document)
    assert (document.title, document.text) == (ARABIC, WHOLE)
    assert (document.published, document.id, document.publisher) == (date(2025, 5, 4), "a.eml", "")


def test_notes_beside_a_mail_or_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail().as_bytes())
    (tmp_path / "a.toml").write_text('url = "https://army.example/1"\npublished = 2025-05-03\n')
    (tmp_path / "b.pdf").write_bytes(pdf([STORY]))
    (tmp_path / "b.toml").write_text('title = "A haul"\n')
    first, second = read(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.url, first.published) == ("https://army.example/1", date(2025, 5, 3))
    assert (second.title, second.published) == ("A haul", None)


def alternatives() -> EmailMessage:
    message = mail()
    message.add_alternative("<p>Other words</p>", subtype="html")
    return message


def html_only() -> EmailMessage:
    message = mail()
    message.set_content(HTML, subtype="html")
    return message


def blank_text() -> EmailMessage:
    message = mail(" \n")
    message.add_alternative(HTML, subtype="html")
    return message


def attached() -> EmailMessage:
    message = alternatives()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="../../a.pdf")
    message.add_attachment("not this", filename="notes.txt")
    return message


def forwarded() -> EmailMessage:
    message = mail()
    message.add_attachment(mail("An older story", Subject="Older"))
    return message


@pytest.mark.parametrize(
    ("message", "issues", "text"),
    [
        (alternatives, [], WHOLE),
        (html_only, [], f"{WHOLE}\n\n{ARABIC}"),
        (blank_text, [], f"{WHOLE}\n\n{ARABIC}"),
        (attached, ["document_attachments"], WHOLE),
        (forwarded, ["document_attachments"], WHOLE),
    ],
)
def test_of_the_parts_of_a_mail(message: Callable[[], EmailMessage], issues: list[str], text: str) -> None:
    document, found = one_mail(message())
    assert (found, document.text, document.title) == (issues, text, "A haul")


@pytest.mark.parametrize(
    ("raw", "title", "text"),
    [
        (
            b"Subject: a\r\n b\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n" + ARABIC.encode(),
            "a b",
            ARABIC,
        ),
        (b"Subject: =?utf-8?B?2LbYqNi3?= \n\n" + ARABIC.encode("cp1256") * 9, "ضبط", ARABIC * 9),
        (b"Subject: =?utf-8?Q?a=0D=0AFrom:_b?=\n\nwords", "a From: b", "words"),
        (b"Subject: =?nonsense?Q?=FF?=\n\nwords", "=?nonsense?Q?=FF?=", "words"),
        (b"From: a\nDate: 99 Foo 2025\n\nwords", "", "words"),
        (b"From: a\nContent-Transfer-Encoding: base64\n\n!!!d29yZHM", "", "words"),
        (b"From: a\nContent-Type: multipart/mixed\n\nwords", "", ""),
    ],
)
def test_odd_mails(raw: bytes, title: str, text: str) -> None:
    documents, issues = read_all(raw, "message/rfc822")
    if text:
        assert documents[0].title.replace("\ufffd", "=?nonsense?Q?=FF?=") == title
        assert documents[0].text == text
        assert documents[0].published is None
    else:
        assert issues == ["document_without_text"]


def nested(depth: int) -> bytes:
    lines = [b"From: a"]
    for level in range(depth):
        lines += [b'Content-Type: multipart/mixed; boundary="b%d"' % level, b"", b"--b%d" % level]
    return b"\n".join([*lines, b"Content-Type: text/plain", b"", STORY.encode()])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"no mail at all", "document_mail_broken"),
        (b"", "document_mail_broken"),
        (bytes(1000), "document_mail_broken"),
        (nested(40), "document_mail_broken"),
        (nested(3000), "document_mail_broken"),
        (nested(1) + b"\n--b0\nContent-Type: text/plain\n\nx" * 500, "document_mail_broken"),
        (b"From: a\nContent-Type: image/png\n\n\x89PNG", "document_without_text"),
        (b"From: a\n\n" + b"\x89PNG\r\n\x1a\n" + bytes(99), "document_not_text"),
        (b"From: a\nContent-Type: text/html\n\n" + b"<div>" * 5000 + b"words", "document_too_nested"),
        (b"From: a\n" + b"x" * 10_000_001, "document_too_large"),
    ],
)
def test_mails_that_cannot_be_read(raw: bytes, code: str) -> None:
    assert read_all(raw, "message/rfc822") == ([], [code])


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: " + b"=?utf-8?Q?a?= " * 100_000,
        b"Subject: " + b"(" * 200_000,
        b"Date: " + b"(" * 200_000,
        b"Content-Type: text/plain" + b'; a*0*="b"' * 100_000,
        b"Content-Disposition: " + b"a;" * 300_000,
        b"X: y\n" * 500_000,
    ],
    ids=["words", "comments", "dates", "parameters", "dispositions", "headers"],
)
def test_headers_made_to_stall_are_bounded(header: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_reader, "SECONDS", 2.0)
    documents, issues = read_all(b"From: a\n" + header + b"\n\nwords", "message/rfc822")
    assert issues == ([] if documents else ["document_too_heavy"])


@given(st.integers(0, 1 << 30), st.integers(1, 20))
@settings(max_examples=100, deadline=None)
def test_no_broken_byte_makes_the_reader_of_mails_fail(seed: int, count: int) -> None:
    json.dumps(mail_child.read(mutated(_MAIL, seed, count)))


_MAIL = attached().as_bytes()


def mutated(data: bytes, seed: int, count: int) -> bytes:
    chance = random.Random(seed)
    raw = bytearray(data)
    for _ in range(count):
        at = chance.randrange(len(raw))
        raw[at : at + chance.randrange(3)] = bytes([chance.randrange(256)]) * chance.randrange(3)
    return bytes(raw)


# -- PDFs


def one_pdf(data: bytes) -> tuple[Document, list[str]]:
    (document,), issues = read_all(data, "application/pdf")
    return document, issues


def refused(data: bytes) -> str:
    documents, issues = read_all(data, "application/pdf")
    assert documents == []
    (code,) = issues
    return code


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A haul at the border", "A haul at the border"),
        ("Microsoft Word - a b.docx", ""),
        ("Layout1", ""),
        ("", ""),
    ],
)
def test_a_pdf_is_its_words(title: str, shown: str) -> None:
    """Lines that the page's width broke are whole again, the page's number is no word, its making no date."""
    document, issues = one_pdf(
        pdf([f"Border haul\n{STORY}\n- 1 -", "A second page.\nPage 2 of 2"], title=title)
    )
    assert issues == []
    assert document.text == f"Border haul\n{WHOLE}\nA second page."
    assert (document.title, document.published, document.lang) == (shown, None, "en")


def test_the_first_fifty_pages_are_read() -> None:
    document, issues = one_pdf(pdf([f"This is what stands on page {n} of it" for n in range(80)]))
    assert issues == ["document_read_partly"]
    assert "page 49 of it" in document.text
    assert "page 50 of it" not in document.text


def test_a_broken_page_costs_no_other() -> None:
    document, issues = one_pdf(
        pdf([STORY, "gone"], o13=b"<< /Length 5 /Filter /Nonsense >>\nstream\nxxxxx\nendstream")
    )
    assert (document.text, issues) == (WHOLE, ["document_read_partly"])


def with_password(user: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf([STORY]))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def test_a_pdf_that_may_be_read_but_not_changed_is_read() -> None:
    assert one_pdf(with_password(""))[0].text == WHOLE


_SELF = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 9 0 R >> >>"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: with_password("secret"), "document_pdf_locked"),
        (lambda: pdf([""]), "document_pdf_pictures"),
        (pdf, "document_pdf_pictures"),
        (lambda: b"%PDF-1.7\n" + bytes(500), "document_pdf_broken"),
        (lambda: b"%PDF-1.7", "document_pdf_broken"),
        (lambda: b"no PDF", "document_pdf_broken"),
        (lambda: pdf([STORY])[:200], "document_pdf_broken"),
        (lambda: pdf([STORY], o11=packed(bytes(1 << 20), 200)), "document_pdf_broken"),
        (lambda: pdf([STORY], o2=b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"), "document_pdf_broken"),
        (
            lambda: pdf([STORY], o11=stream(b"/X Do"), o9=stream(b"/X Do /X Do", _SELF)),
            "document_pdf_pictures",
        ),
        (lambda: pdf() + b" " * 10_000_000, "document_too_large"),
    ],
    ids=["password", "pictures", "no page", "zeros", "head", "text", "cut", "bomb", "loop", "self", "large"],
)
def test_pdfs_that_cannot_be_read(make: Callable[[], bytes], code: str) -> None:
    assert refused(make()) == code


def test_a_page_of_endless_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """40 MB of text commands on each of 50 pages, from 100 kB."""
    monkeypatch.setattr(pdf_reader, "SECONDS", 3.0)
    commands = b"BT /F1 12 Tf 1 0 0 1 50 50 Tm (a) Tj ET\n" * 1000
    kids = b" ".join([b"10 0 R"] * 50)
    data = pdf(
        ["x"], o2=b"<< /Type /Pages /Kids [%s] /Count 50 >>" % kids, o10=page(11), o11=packed(commands, 1000)
    )
    assert refused(data) == "document_too_heavy"


@given(st.integers(0, 1 << 30), st.integers(1, 20))
@settings(max_examples=60, deadline=None)
def test_no_broken_byte_makes_the_reader_of_pdfs_fail(seed: int, count: int) -> None:
    json.dumps(pdf_child.read(mutated(_PDF, seed, count)))


_PDF = pdf([STORY, STORY], title="A haul")


# -- what a server sent


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("text/html", HTML.encode()),
        ("Text/HTML; charset=utf-8", HTML.encode()),
        ("application/xhtml+xml", HTML.encode()),
        ("text/plain", WHOLE.encode()),
        ("application/json", json.dumps({"text": WHOLE}).encode()),
        ("application/pdf", pdf([STORY])),
        ("application/octet-stream", pdf([STORY])),
        ("text/html", pdf([STORY])),
        ("message/rfc822", mail().as_bytes()),
    ],
)
def test_bytes_are_read_by_their_media_type(media_type: str, data: bytes) -> None:
    (document,), issues = read_all(data, media_type)
    assert issues == []
    assert WHOLE in document.text
    assert document.id == "it"


@pytest.mark.parametrize("media_type", ["", "image/png", "application/octet-stream", "text/html5"])
def test_other_media_types_are_told(media_type: str) -> None:
    assert read_all(b"words", media_type) == ([], ["document_kind_unknown"])


# -- lines that were broken for want of room


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a\nb", "a\nb"),
        ("", ""),
        ("\n\n a \n\n\n b\n", "a\n\nb"),
        (STORY, WHOLE),
        (f"Title\n{STORY}", f"Title\n{WHOLE}"),
        ("Seized on Sunday:\n- 1,200,000 Captagon pills hidden in a truck\n- 15 kg of hashish\n- a rifle",)
        * 2,
    ],
)
def test_unwrapping(text: str, whole: str) -> None:
    assert unwrap(text) == whole
