"""Files become documents; what cannot be read is told with file, line and a sentence, and stops nothing."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.decoding import NotTextError, decode
from etl.extract import documents
from etl.extract.documents import Piece, lines, pieces, read, read_bytes, read_piece, standard_input
from etl.extract.fields import language, split_header
from etl.extract.records import Document
from etl.records import Issue

ENGLISH = "Customs officers at Al-Qaim found three million captagon pills in a truck on Saturday."
ARABIC = "ضبطت هيئة المنافذ الحدودية ثلاثة ملايين حبة كبتاغون في منفذ القائم."
PAGE = """<!DOCTYPE html>
<!-- saved from url=(0034)https://news.example/2025/captagon -->
<html lang="{lang}"><head><meta charset="utf-8"><title>{title} - Example News</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2025-11-15T09:30:00+03:00">
<meta property="article:modified_time" content="2026-02-01T09:30:00+03:00">
<script>var pills = "9 million";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport 77 million</a></li></ul></nav>
<article><h1>{title}</h1><p>{first}</p><p>{second}</p></article>
<aside>Read also <a href="/x">Five million pills burnt</a></aside>
<footer>All rights reserved 2026</footer></body></html>"""


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only(path: Path) -> Document:
    items = list(read(path))
    assert len(items) == 1, items
    assert isinstance(items[0], Document), items
    return items[0]


def codes(path: Path) -> list[str]:
    return [item.code if isinstance(item, Issue) else "document" for item in read(path)]


# -- web pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "words"), [("en", ENGLISH), ("ar", ARABIC)])
def test_a_web_page_is_its_article_and_what_it_says_of_itself(tmp_path: Path, lang: str, words: str) -> None:
    html = PAGE.format(lang=lang, title=f"{words[:16]}!", first=words, second=f"{words} Again.")
    page = only(written(tmp_path, "page.html", html))
    assert page.text == f"{words}\n\n{words} Again."
    assert page.title == f"{words[:16]}!"
    assert (page.id, page.lang, page.published) == ("page.html", lang, date(2025, 11, 15))
    assert page.publisher == "Example News"
    assert page.url == "https://news.example/2025/captagon"


def test_a_page_in_an_old_arabic_encoding(tmp_path: Path) -> None:
    html = PAGE.format(lang="ar", title="خبر", first=ARABIC, second=ARABIC).replace("utf-8", "windows-1256")
    assert ARABIC in only(written(tmp_path, "old.htm", html.encode("cp1256"))).text


def test_a_post_without_any_frame(tmp_path: Path) -> None:
    post = f'<div class="message"><div class="text">{ENGLISH}<br><br>{ENGLISH}</div></div>'
    assert only(written(tmp_path, "post.html", post)).text.count(ENGLISH) == 2


def test_tags_left_open_lose_no_words(tmp_path: Path) -> None:
    page = only(written(tmp_path, "a.html", f"<html><body><div><p>{ENGLISH}<p>{ARABIC}<ul><li>one<li>two"))
    assert ENGLISH in page.text
    assert ARABIC in page.text


def test_entities_of_the_page_s_own_are_not_resolved(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.dat", "the secret words of another file")
    for doctype in (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;">]>',
    ):
        html = (
            f'<?xml version="1.0"?>{doctype}<html><body><article><p>{ENGLISH} &x;</p></article></body></html>'
        )
        text = only(written(tmp_path, "page.xhtml", html)).text
        assert ENGLISH in text
        assert "secret" not in text
        assert "aaaaaaaaaa" not in text


def test_a_page_nested_without_end_is_refused_not_cut_short(tmp_path: Path) -> None:
    deep = f"<html><body>{'<div>' * 5000}<p>{ENGLISH}</p></body></html>"
    assert codes(written(tmp_path, "deep.html", deep)) == ["document_too_nested"]
    long = f"<html><body><article>{''.join(f'<p>{n}. {ENGLISH}' for n in range(500))}</article></body></html>"
    assert only(written(tmp_path, "long.html", long)).text.count(ENGLISH) == 500


def test_a_page_without_an_article(tmp_path: Path) -> None:
    assert codes(written(tmp_path, "a.html", "<html><head><title>x</title></head><body></body></html>")) == [
        "document_without_text"
    ]


# -- plain text -----------------------------------------------------------------------------------------


def test_the_first_line_is_the_title_where_a_blank_line_follows(tmp_path: Path) -> None:
    page = only(written(tmp_path, "a.txt", f"Pills in a truck\r\n\r\n{ENGLISH}\r\nMore.\r\n"))
    assert (page.title, page.text) == ("Pills in a truck", f"{ENGLISH}\nMore.")
    assert only(written(tmp_path, "b.txt", f"{ENGLISH}\nMore.")).title == ""


def test_a_header_tells_of_a_text(tmp_path: Path) -> None:
    header = "URL: https://t.me/x/1\npublisher: وكالة\nPublished: 2025-11-15\nlang: ar\n"
    page = only(written(tmp_path, "a.txt", f"{header}\nعنوان\n\n{ARABIC}"))
    assert (page.url, page.publisher, page.published) == ("https://t.me/x/1", "وكالة", date(2025, 11, 15))
    assert (page.title, page.text, page.lang) == ("عنوان", ARABIC, "ar")


def test_a_header_may_name_the_title_and_a_first_sentence_with_a_colon_is_none(tmp_path: Path) -> None:
    assert split_header(f"title: A: b\n\n{ENGLISH}\n\nMore.") == ({"title": "A: b"}, f"{ENGLISH}\n\nMore.")
    header, text = split_header(f"BAGHDAD: {ENGLISH}\nMore: words.")
    assert (header, text) == ({}, f"BAGHDAD: {ENGLISH}\nMore: words.")


def test_notes_beside_a_page_win_over_what_it_says(tmp_path: Path) -> None:
    written(tmp_path, "page.html", PAGE.format(lang="en", title="T", first=ENGLISH, second=ENGLISH))
    written(
        tmp_path, "page.toml", 'url = "https://true.example"\npublished = 2025-11-16\npublisher = "Other"'
    )
    page = only(tmp_path)
    assert (page.url, page.published, page.publisher) == ("https://true.example", date(2025, 11, 16), "Other")


def test_notes_that_cannot_be_read_are_told_of_and_the_page_is_read(tmp_path: Path) -> None:
    written(tmp_path, "a.txt", ENGLISH)
    written(tmp_path, "a.toml", "url = ")
    assert codes(tmp_path) == ["document_notes_broken", "document"]


# -- encodings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1256", "iso8859_6"])
def test_arabic_in_the_encodings_of_real_files(encoding: str) -> None:
    text = f"{ARABIC}\n" * 5
    assert decode(text.encode(encoding)) == text


FRENCH = "Les autorités ont saisi 40 000 comprimés à la frontière : « une prise exceptionnelle ». "


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("utf-8", "cp1256", ARABIC),
        ("iso-8859-1", "cp1256", ARABIC),
        ("windows-1252", "cp1256", ARABIC),
        ("us-ascii", "cp1256", ARABIC),
        ("utf-16", "cp1256", ARABIC),
        ("utf-16", "utf-8", ARABIC),
        ("windows-1256", "utf-8", ARABIC),
        ("iso-8859-1", "cp1252", FRENCH),
        ("windows-1252", "cp1252", FRENCH),
        ("us-ascii", "cp1252", FRENCH),
    ],
)
def test_what_a_page_declares_counts_where_it_can_be_true(declared: str, encoding: str, text: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text * 3}</p></body></html>'
    assert decode(page.encode(encoding), html=True) == page


@pytest.mark.parametrize(
    ("told", "encoding", "text"),
    [
        ("windows-1255", "cp1255", "תפסו שלושה מיליון כדורי קפטגון"),  # the guess knows of no Hebrew
        ("windows-1256", "cp1256", ARABIC),
        ("iso-8859-1", "cp1256", ARABIC),
        ("utf-8", "cp1256", ARABIC),
        ("hex", "cp1256", ARABIC),
        ("no-such-thing", "cp1256", ARABIC),
        ("windows-1256", "utf-8", ARABIC),
        ("iso-8859-1", "cp1252", FRENCH),
    ],
)
@pytest.mark.parametrize("media", ["text/html", "text/plain"])
def test_what_a_server_says_of_the_encoding_counts_where_it_can_be_true(
    media: str, told: str, encoding: str, text: str
) -> None:
    words = f"{text * 3}."
    sent = f"<html><body><article><p>{words}</p></article></body></html>" if media == "text/html" else words
    (page,) = read_bytes(sent.encode(encoding), f"{media}; Charset={told}", "https://news.example/1")
    assert isinstance(page, Document)
    assert page.text.split() == words.split()


def test_a_few_broken_bytes_do_not_turn_utf_8_into_something_else() -> None:
    data = (ARABIC * 30).encode()
    assert decode(data[:99] + b"\xff" + data[100:]).count("\ufffd") <= 2
    assert ARABIC in decode(data[:99] + b"\xff" + data[100:])


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 text", b"PK\x03\x04....", b"\x89PNG\r\n", bytes(range(32)) * 40, b"\x00" * 500]
)
def test_bytes_that_are_no_text_are_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(NotTextError):
        decode(data)
    assert codes(written(tmp_path, "a.txt", data)) == ["document_not_text"]


def test_nul_and_half_characters_never_reach_a_document(tmp_path: Path) -> None:
    line = '{"id": "x\\u0000", "text": "pills \\ud83d and \\u0000 more", "title": "\\udc00"}'
    page = only(written(tmp_path, "a.jsonl", line))
    assert page.text == "pills \ufffd and \ufffd more"
    page.body.encode()
    page.id.encode()


# -- JSON -----------------------------------------------------------------------------------------------


def test_article_lines_keep_their_text_as_it_is(tmp_path: Path) -> None:
    article = {"id": "a1", "lang": "ar", "published": "2025-11-15T23:00:00Z", "publisher": "P", "title": "T",
               "text": f" {ARABIC}\r\n", "url": "u", "events": []}  # fmt: skip
    rest = {"text": ENGLISH, "published": None}
    path = written(tmp_path, "a.jsonl", f"{json.dumps(article)}\n\n{json.dumps(rest)}\n")
    first, second = read(path)
    assert first == Document("a1", f" {ARABIC}\r\n", "T", "ar", date(2025, 11, 15), "P", "u")
    assert second == Document("a.jsonl:3", ENGLISH, lang="en")


def test_a_list_or_one_object(tmp_path: Path) -> None:
    many = written(tmp_path, "many.json", json.dumps([{"text": ENGLISH}, {"text": ARABIC, "id": 7}]))
    assert [d.id for d in read(many) if isinstance(d, Document)] == ["many.json:1", "7"]
    assert only(written(tmp_path, "one.json", json.dumps({"text": ENGLISH}))).id == "one.json"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "document_json_broken"),
        ("[" * 100_000, "document_json_broken"),
        ('{"text": ' + "9" * 5000 + "}", "document_json_broken"),
        ("3", "document_json_shape"),
        ("null", "document_json_shape"),
        ('{"title": "t"}', "document_json_shape"),
        ('{"text": 5}', "document_json_shape"),
        ('{"text": "  "}', "document_without_text"),
        ("\x00\x01\x02", "document_not_text"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_next_is_read(
    tmp_path: Path, line: str, code: str
) -> None:
    bad, good = read(written(tmp_path, "a.jsonl", f'{line}\n{{"text": "{ENGLISH}"}}\n'))
    assert isinstance(bad, Issue)
    assert (bad.code, bad.blocking) == (code, True)
    assert bad.ref is not None
    assert (bad.ref.file, bad.ref.line) == ("a.jsonl", 1)
    assert isinstance(good, Document)


@pytest.mark.parametrize(
    "value",
    ["15/11/2025", "yesterday", "2025-13-01", "2025-11", "0001-01-01", "9999-12-31", 20251115, [], {}],
)
def test_a_bad_date_is_told_and_the_page_read_as_undated(tmp_path: Path, value: object) -> None:
    path = written(tmp_path, "a.jsonl", json.dumps({"text": ENGLISH, "published": value}))
    items = list(read(path))
    assert isinstance(items[-1], Document)
    assert items[-1].published is None
    assert [i.code for i in items if isinstance(i, Issue)] == ["document_date_unclear"]
    assert not any(i.blocking for i in items if isinstance(i, Issue))


# -- sizes, kinds and folders ---------------------------------------------------------------------------


def test_pages_too_large_are_refused_and_those_after_them_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_PAGE", 200)
    stream = io.BytesIO(b"x" * 5000 + b'\n{"text": "pills"}\n' + b"y" * 300)
    items = [item for piece in lines(stream, "a") for item in read_piece(piece)]
    assert [i.code if isinstance(i, Issue) else i.id for i in items] == [
        "document_too_large", "a:2", "document_too_large",
    ]  # fmt: skip


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_PAGE", 200)
    assert codes(written(tmp_path, "a.txt", ENGLISH * 10)) == ["document_too_large"]


def test_a_folder_is_read_by_name_and_nothing_in_it_vanishes(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.txt",
        "README.md",
        ".hidden",
        "_draft.txt",
        "scan.docx",
        "alone.toml",
    ):
        written(tmp_path, name, ENGLISH)
    items = list(read(tmp_path))
    assert [i.id for i in items if isinstance(i, Document)] == ["a.txt", "b.txt", "sub/c.txt"]
    assert [i.ref.file for i in items if isinstance(i, Issue) and i.ref] == ["alone.toml", "scan.docx"]
    assert {i.code for i in items if isinstance(i, Issue)} == {"document_kind_unknown"}


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    for name in ("gone.txt", "gone.jsonl"):
        assert codes(tmp_path / name) == ["document_unreadable"]


@pytest.mark.parametrize(
    ("data", "as_lines", "ids"),
    [
        (f'{{"id": "a", "text": "{ENGLISH}"}}\n{{"text": "{ENGLISH}"}}\n', False, ["a", "-:2"]),
        (f'\n{{"text": "{ENGLISH}"}}', True, ["-:2"]),
        (f'{{\n"id": "a",\n"text": "{ENGLISH}"}}', False, ["a"]),
        (f'[{{"text": "{ENGLISH}"}}]', False, ["-:1"]),
        (f"<html><body><article><p>{ENGLISH}</p></article></body></html>", False, ["-"]),
        (f"Title\n\n{ENGLISH}", False, ["-"]),
    ],
)
def test_what_comes_through_a_pipe_is_told_by_its_beginning(
    data: str, as_lines: bool, ids: list[str]
) -> None:
    found = standard_input(io.BytesIO(data.encode()), as_lines)
    assert [item.id for piece in found for item in read_piece(piece) if isinstance(item, Document)] == ids


@pytest.mark.parametrize(
    ("given_", "sample", "expected"),
    [
        ("", ENGLISH, "en"), ("", ARABIC, "ar"), ("", "123 …", ""), ("AR", ARABIC, "ar"),
        ("eng", ENGLISH, "en"),        ("en", ARABIC, "ar"), ("fr", ENGLISH, "fr"),
        ("", f"{ARABIC} (SANA)", "ar"), ("fa", ARABIC, "fa"),
    ],
)  # fmt: skip
def test_language(given_: str, sample: str, expected: str) -> None:
    assert language(given_, sample) == expected


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["html", "text", "json", "lines"]), st.binary(max_size=400) | st.text(max_size=200))
def test_any_bytes_give_documents_or_reasons(form: str, data: bytes | str) -> None:
    content = data.encode("utf-8", "replace") if isinstance(data, str) else data
    items = list(read_piece(Piece("x", form, len(content), data=content)))
    assert items
    for item in items:
        if isinstance(item, Document):
            assert item.text.strip()
            item.body.encode()
        else:
            assert item.message


def test_pieces_are_cut_without_reading_files(tmp_path: Path) -> None:
    path = written(tmp_path, "a.html", "<html>")
    (piece,) = pieces(path)
    assert (piece.data, piece.size) == (None, 6)


def test_a_publisher_is_words_without_tags(tmp_path: Path) -> None:
    html = PAGE.format(lang="en", title="Pills found", first=ENGLISH, second=f"{ENGLISH} Again.")
    name = "&lt;script&gt;Example&lt;/script&gt; &lt;b&gt;News"
    html = html.replace('site_name" content="Example News"', f'site_name" content="{name}"')
    assert only(written(tmp_path, "page.html", html)).publisher == "Example News"
