"""Files in, documents out: saved web pages, plain text, JSON, JSON lines, e-mails and PDFs.

`pieces` cuts the input without looking into it, so that it streams and can be shared out among processes;
`read_piece` reads one piece. What can't be read becomes an Issue (`document_*` of issue_codes.toml) with the
file, the line and a sentence: pages come from anywhere, and a broken one must neither stop the others nor
vanish. Issues that are not `blocking` come beside their document.

Formats, and what a curator may say of a page, are described in data/inbox/README.md.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from etl.decoding import NotTextError, charset, decode
from etl.extract.fields import FIELDS, split_header, to_document
from etl.extract.foreign import BrokenError
from etl.extract.mail import read_mail
from etl.extract.pdf import read_pdf
from etl.extract.records import Document
from etl.extract.webpages import DEEPEST, TooNestedError, read_page
from etl.records import Issue, RowRef
from etl.vocabulary.issues import issue

LARGEST_PAGE = 10_000_000
"""Bytes of a page, or of a line of JSON, that are read."""
LARGEST_LIST = 100_000_000
"""Bytes of a .json file, which has to be held as a whole."""
FORMATS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text", ".text": "text", ".json": "json",
    ".jsonl": "lines", ".ndjson": "lines", ".eml": "mail", ".pdf": "pdf",
}  # fmt: skip
MEDIA_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/json": "json",
    "message/rfc822": "mail", "application/pdf": "pdf",
}  # fmt: skip
_NOTES = ".toml"


@dataclass(frozen=True, slots=True)
class Piece:
    """What is read on its own: a file, or one line of a JSON lines file.

    `name` is shown to people and makes ids: the path below the folder given, "-" for standard input.
    `data` is None where the file at `path` is still to be read. `size`: bytes of input, for progress.
    """

    name: str
    form: str  # html | text | json | lines | mail | pdf | too_large | unknown
    size: int
    path: Path | None = None
    data: bytes | None = None
    line: int = 1
    charset: str = ""  # the encoding that a server gave with it

    @property
    def ref(self) -> RowRef:
        return RowRef(self.name, self.line)


def read(path: Path, name: str = "") -> Iterator[Document | Issue]:
    """Yield the documents of a file or a folder, and an Issue for whatever could not be read as it is."""
    for piece in pieces(path, name):
        yield from read_piece(piece)


def read_bytes(data: bytes, media_type: str, name: str) -> Iterator[Document | Issue]:
    """Read what a server sent: the readers of files, chosen by a media type, which may name an encoding.

    What begins like a PDF is one, whatever the server calls it. `name` stands for the file's in ids and
    issues.
    """
    kind = media_type.partition(";")[0].strip().lower()
    form = "pdf" if data.startswith(b"%PDF-") else MEDIA_TYPES.get(kind)
    if form is None:
        yield issue("document_kind_unknown", RowRef(name, 1), value=kind or "without a media type")
        return
    yield from read_piece(Piece(name, form, len(data), data=data, charset=charset(media_type)))


def pieces(path: Path, name: str = "") -> Iterator[Piece]:
    """Cut a file or a folder (by name, subfolders too) into pieces. Raises nothing for what is inside."""
    if path.is_dir():
        for file in _files(path):
            yield from pieces(file, file.relative_to(path).as_posix())
        return
    name = name or path.name
    form = FORMATS.get(path.suffix.lower(), "unknown")
    if form != "lines":
        yield Piece(name, form, _size(path), path)
        return
    try:
        with path.open("rb") as stream:
            yield from lines(stream, name)
    except OSError:
        yield Piece(name, "html", 0, path)  # reading it again says why


def standard_input(stream: BinaryIO, as_lines: bool) -> Iterator[Piece]:
    """Cut what comes through a pipe: JSON lines where told so or where it begins like them, else one page."""
    first = stream.readline(LARGEST_PAGE + 1)
    start = first.removeprefix(b"\xef\xbb\xbf").strip()
    if as_lines or (start.startswith(b"{") and start.endswith(b"}")):
        yield from lines(stream, "-", first)
        return
    form = {b"<": "html", b"[": "json", b"{": "json"}.get(start[:1], "text")
    data = first + stream.read(_largest(form) + 1)
    yield Piece("-", form, len(data), data=data)


def lines(stream: BinaryIO, name: str, first: bytes = b"") -> Iterator[Piece]:
    """Cut JSON lines; blank ones are left out, and of one without end no more than LARGEST_PAGE is held.

    `first`: a first line that was read already.
    """
    number = 0
    while line := first or stream.readline(LARGEST_PAGE + 1):
        first = b""
        number += 1
        if len(line) > LARGEST_PAGE and not line.endswith(b"\n"):
            yield Piece(name, "too_large", len(line) + _skip_line(stream), data=b"", line=number)
        elif line.strip():
            yield Piece(name, "lines", len(line), data=line, line=number)


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of the line; its bytes."""
    size = 0
    while rest := stream.readline(LARGEST_PAGE):
        size += len(rest)
        if rest.endswith(b"\n"):
            break
    return size


def read_piece(piece: Piece) -> Iterator[Document | Issue]:
    """Read one piece: usually one document, several of a JSON list, none but an Issue of what is broken."""
    data = piece.data
    if piece.form == "unknown":
        yield issue("document_kind_unknown", piece.ref, value=Path(piece.name).suffix or "without an ending")
        return
    if data is None and piece.path is not None:
        try:
            with piece.path.open("rb") as stream:
                data = stream.read(_largest(piece.form) + 1)
        except OSError as error:
            yield issue("document_unreadable", piece.ref, why=error.strerror or str(error))
            return
    if data is None or piece.form == "too_large" or len(data) > _largest(piece.form):
        yield issue("document_too_large", piece.ref, limit=_largest(piece.form) // 1_000_000)
        return
    try:
        yield from _READERS[piece.form](piece, data)
    except NotTextError as error:
        yield issue("document_not_text", piece.ref, kind=str(error))
    except TooNestedError:
        yield issue("document_too_nested", piece.ref, limit=DEEPEST)
    except BrokenError as error:
        yield issue(error.code, piece.ref, **error.words)


def _html(piece: Piece, data: bytes) -> Iterator[Document | Issue]:
    page = read_page(data, piece.charset)
    own = {
        "title": page.title,
        "url": page.url,
        "publisher": page.publisher,
        "published": page.published,
        "lang": page.lang,
    }
    notes, issues = _notes(piece)
    yield from issues
    yield from to_document({**own, **notes}, page.text, piece.name, piece.ref)


def _text(piece: Piece, data: bytes) -> Iterator[Document | Issue]:
    header, text = split_header(decode(data, told=piece.charset))
    notes, issues = _notes(piece)
    yield from issues
    yield from to_document({**header, **notes}, text, piece.name, piece.ref)


def _mail(piece: Piece, data: bytes) -> Iterator[Document | Issue]:
    mail = read_mail(data)
    if mail.attached:
        yield issue("document_attachments", piece.ref, count=mail.attached)
    notes, issues = _notes(piece)
    yield from issues
    yield from to_document(
        {"title": mail.title, "published": mail.published, **notes}, mail.text, piece.name, piece.ref
    )


def _pdf(piece: Piece, data: bytes) -> Iterator[Document | Issue]:
    page = read_pdf(data)
    if page.partly:
        yield issue("document_read_partly", piece.ref)
    notes, issues = _notes(piece)
    yield from issues
    yield from to_document({"title": page.title, **notes}, page.text, piece.name, piece.ref)


def _json(piece: Piece, data: bytes) -> Iterator[Document | Issue]:
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        if isinstance(error, NotTextError):
            raise
        yield issue("document_json_broken", piece.ref, why=_first_words(error))
        return
    articles = value if isinstance(value, list) else [value]
    for number, article in enumerate(articles, 1):
        name = f"{piece.name}:{number}" if isinstance(value, list) else piece.name
        if piece.form == "lines":
            name = f"{piece.name}:{piece.line}"
        yield from _article(article, name, piece.ref)


def _article(article: object, name: str, ref: RowRef) -> Iterator[Document | Issue]:
    if not isinstance(article, Mapping) or not isinstance(article.get("text"), str):
        kind = "an object without it" if isinstance(article, Mapping) else f"a {type(article).__name__}"
        yield issue("document_json_shape", ref, value=kind)
        return
    known = {key: article[key] for key in FIELDS if article.get(key) not in (None, "")}
    yield from to_document(known, article["text"], name, ref)


def _notes(piece: Piece) -> tuple[dict[str, object], list[Issue]]:
    """What a curator noted beside a page, in NAME.toml."""
    file = piece.path.with_suffix(_NOTES) if piece.path else None
    if file is None or not file.is_file():
        return {}, []
    try:
        return dict(tomllib.loads(file.read_text(encoding="utf-8-sig"))), []
    except (OSError, ValueError, RecursionError) as error:
        return {}, [issue("document_notes_broken", piece.ref, why=_first_words(error))]


def _files(folder: Path) -> Iterator[Path]:
    """Files to read, in the order of their names: not hidden ones, READMEs, nor notes beside a page."""
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        path = Path(entry.path)
        if entry.name.startswith((".", "_", "README")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(path)
        elif not (path.suffix == _NOTES and any(path.with_suffix(s).exists() for s in FORMATS)):
            yield path


def _largest(form: str) -> int:
    return LARGEST_LIST if form == "json" else LARGEST_PAGE


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _first_words(error: BaseException) -> str:
    return str(error).split("\n", 1)[0][:120] or type(error).__name__


_READERS = {"html": _html, "text": _text, "json": _json, "lines": _json, "mail": _mail, "pdf": _pdf}
