"""The inbox: every file is read or accounted for, each text once, whatever the files are called."""

import json
from pathlib import Path
from typing import Any

import pytest

from etl import inbox as stage
from etl.acquire.records import Source
from etl.papers import Papers, sort_out

LONG = "Police in Anbar stopped a truck and found one million captagon pills in it, the ministry said."


def read_inbox(folder: Path) -> Papers:
    papers, issues, _ = stage.read_inbox(folder)
    return sort_out(papers, issues)


def put(folder: Path, name: str, *articles: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    lines = [json.dumps({"text": LONG} | article, ensure_ascii=False) for article in articles]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_missing_folder_is_an_empty_inbox(tmp_path: Path) -> None:
    assert read_inbox(tmp_path / "none").found == 0


def test_ids_are_made_of_title_and_text_alone(tmp_path: Path) -> None:
    put(tmp_path / "a", "a.jsonl", {"title": "One", "url": "https://a.example/1"}, {"title": "Two"})
    put(tmp_path / "b", "z.jsonl", {"title": "Two", "publisher": "B"}, {"title": "One", "id": "x"})
    first, second = read_inbox(tmp_path / "a"), read_inbox(tmp_path / "b")
    assert [p.document_id for p in first.papers] == [p.document_id for p in second.papers]
    assert len({p.document_id for p in first.papers}) == 2
    assert all(len(p.document_id) == len("DOC-") + 12 for p in first.papers)


def test_the_same_words_are_read_once_and_the_fullest_copy_stays(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", {}, {"url": "https://a.example/1", "published": "2024-01-02"})
    put(tmp_path, "b.jsonl", {"url": "https://a.example/2"})
    inbox = read_inbox(tmp_path)
    assert [p.document.url for p in inbox.papers] == ["https://a.example/1"]
    assert (inbox.found, inbox.repeated) == (3, 2)
    assert {one.code for one in inbox.issues} == {"document_repeated"}
    assert all("line 2 of a.jsonl" in one.message for one in inbox.issues)


@pytest.mark.parametrize(
    "address", ["http://www.a.example/1", "https://a.example/1/", "https://A.example/1#top"]
)
def test_one_page_saved_twice_is_read_once_and_the_longer_text_stays(tmp_path: Path, address: str) -> None:
    put(tmp_path, "a.jsonl", {"url": "https://a.example/1"}, {"url": address, "text": f"{LONG} It is said."})
    inbox = read_inbox(tmp_path)
    assert [p.document.text for p in inbox.papers] == [f"{LONG} It is said."]
    assert inbox.repeated == 1


def test_pages_without_an_address_are_not_one_page(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", {"title": "One"}, {"title": "Two"}, {"title": "Three", "url": "no address"})
    assert len(read_inbox(tmp_path).papers) == 3


def test_what_cannot_be_read_is_counted_and_said(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", {})
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "README.md").write_text("not a page")
    inbox = read_inbox(tmp_path)
    assert (inbox.found, len(inbox.papers), inbox.unreadable) == (3, 1, 2)
    assert sorted(one.ref.file for one in inbox.issues if one.ref) == ["broken.json", "photo.png"]


def test_the_order_of_files_decides_nothing(tmp_path: Path) -> None:
    articles = [
        {"url": "https://a.example/1", "title": "One"},
        {"url": "https://a.example/1", "title": "One, longer"},
        {"title": "One"},
        {"publisher": "B", "title": "One"},
    ]
    put(tmp_path / "a", "a.jsonl", *articles)
    for number, article in enumerate(reversed(articles)):
        put(tmp_path / "b", f"{number}.jsonl", article)
    first, second = read_inbox(tmp_path / "a"), read_inbox(tmp_path / "b")
    assert [(p.sha256, p.document.url) for p in first.papers] == [
        (p.sha256, p.document.url) for p in second.papers
    ]
    assert first.repeated == second.repeated


def source(folder: str, name: str = "drop", **more: Any) -> Source:
    return Source(name, "Drop", "inbox", options={"folder": folder}, **more)


def test_folders_of_sources_are_read_beside_the_inbox_and_each_once(tmp_path: Path) -> None:
    put(tmp_path / "inbox", "a.jsonl", {"title": "One"})
    put(tmp_path / "drop", "a.jsonl", {"title": "Two"}, {"title": "Three"})
    (tmp_path / "drop" / "photo.png").write_bytes(b"\x89PNG\r\n")
    sources = [
        source("drop"),
        source(str(tmp_path / "drop"), "whole"),
        source("inbox", "same"),
        source("drop", "off", enabled=False),
        Source("feed", "F", "feed"),
    ]
    saved = stage.read_saved(tmp_path / "inbox", sources, tmp_path)
    assert sorted(paper.document.title for paper in saved.papers) == ["One", "Three", "Two"]
    assert {paper.ref.file for paper in saved.papers} == {"a.jsonl", "drop/a.jsonl"}
    assert [one.ref.file for one in saved.issues if one.ref] == ["drop/photo.png"]
    assert (saved.listed, saved.troubles) == ({"drop": 3, "whole": 3, "same": 1}, {})


@pytest.mark.parametrize(
    ("folder", "more", "said"),
    [
        ("none", {}, "there is no such folder"),
        ("a.txt", {}, "there is no such folder"),
        ("../outside", {}, "outside the folder"),
        ("link", {}, "outside the folder"),
        ("drop/../../outside", {}, "outside the folder"),
        ("loop", {}, "can't be read"),
        ("drop", {"minimum": 2}, "1 items where 2 to 1000"),
        ("drop", {"maximum": 0}, "1 items where 0 to 0"),
    ],
)
def test_what_is_wrong_with_the_folder_of_a_source(
    folder: str, more: dict[str, int], said: str, tmp_path: Path
) -> None:
    base = tmp_path / "data"
    put(tmp_path / "outside", "a.jsonl", {})
    base.mkdir()
    put(base / "drop", "a.jsonl", {})
    (base / "a.txt").write_text(LONG)
    (base / "link").symlink_to(tmp_path / "outside")
    (base / "loop").symlink_to(base / "loop")
    saved = stage.read_saved(None, [source(folder, **more), source("drop", "other")], base)
    assert list(saved.troubles) == ["drop"]
    assert said in saved.troubles["drop"].message
    assert str(tmp_path) not in saved.troubles["drop"].message
    assert len(saved.papers) == 1
