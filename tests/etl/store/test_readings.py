"""What readers made of the documents, and how the build gets at it."""

from datetime import date

from etl.store import Tracker
from tests.etl.store.samples import DAY, NOW, answer, fill, items, page, reading


def keep(tracker: Tracker, run: int, url: str, body: str, source: str = "sana") -> int:
    return tracker.keep(run, source, url, answer(body, url=url), None).document_id


def test_every_version_of_a_page_is_to_be_read(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    old, new = keep(tracker, run, page(1), "old"), keep(tracker, run, page(1), "new")
    other = keep(tracker, run, page(2), "words")
    assert [(raw.document_id, raw.body) for raw in tracker.unread("1", 9)] == [
        (old, b"old"),
        (new, b"new"),
        (other, b"words"),
    ]
    assert [raw.document_id for raw in tracker.unread("1", 1)] == [old]
    assert [raw.document_id for raw in tracker.unread("1", 9, after=new)] == [other]
    tracker.save_reading(old, "1", reading())
    tracker.save_reading(new, "1", reading())
    tracker.save_reading(other, "1", None, "document_without_text", "No text.")
    assert tracker.unread("1", 9) == []
    assert len(tracker.unread("2", 9)) == 3


def test_pages_of_other_words_come_with_all_their_versions(tracker: Tracker) -> None:
    """Unlike those whose bytes alone changed, those of one version, and what another reader read."""
    run = tracker.begin_run("test", NOW)
    worded = {1: ["a", "b", "a"], 2: ["c", "c"], 3: ["d"], 4: ["e", None]}
    for version in range(3):
        for number, texts in worded.items():
            for text in texts[version : version + 1]:
                document = keep(tracker, run, page(number), f"{number} {version}")
                tracker.save_reading(document, "1", reading(text) if text else None)
                tracker.save_reading(document, "2", reading("all alike"))
    pages = {group[0].url: group for group in tracker.reworded_pages("1")}
    assert {url: [(one.version, one.text) for one in group] for url, group in pages.items()} == {
        page(1): [(1, "a"), (2, "b"), (3, "a")],
        page(4): [(1, "e"), (2, "")],
    }
    assert [one.version for one in tracker.pages("1") if one.url == page(1)] == [3]
    assert list(tracker.reworded_pages("2")) == []


def test_a_reading_comes_back_as_it_was_saved(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    document = keep(tracker, run, page(), "raw")
    read = reading(
        "نص طويل", "عنوان", lang="ar", published=date(2026, 2, 28), publisher="SANA", signature=b"\x00\xff"
    )
    tracker.save_reading(document, "1", read)
    tracker.save_reading(document, "1", reading("something else"))  # what was read once stays
    (stored,) = tracker.pages("1")
    assert (stored.title, stored.text, stored.lang, stored.published, stored.publisher) == (
        "عنوان", "نص طويل", "ar", date(2026, 2, 28), "SANA",
    )  # fmt: skip
    assert (stored.text_sha256, stored.signature) == (read.text_sha256, b"\x00\xff")
    assert (stored.document_id, stored.version, stored.url, stored.fetched_at) == (document, 1, page(), NOW)
    assert (stored.issue_code, stored.issue_message) == ("", "")


def test_a_page_without_words_says_why(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.save_reading(
        keep(tracker, run, page(), "raw"), "1", None, "document_encrypted", "It is encrypted."
    )
    (stored,) = tracker.pages("1")
    assert (stored.title, stored.text, stored.published, stored.text_sha256) == ("", "", None, "")
    assert (stored.issue_code, stored.issue_message) == ("document_encrypted", "It is encrypted.")


def test_pages_come_by_their_words_then_by_address_newest_version_only(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    for number, text in ((3, "same"), (1, "same"), (2, "other"), (4, "")):
        tracker.save_reading(
            keep(tracker, run, page(number), f"{number}"), "1", reading(text) if text else None
        )
    tracker.save_reading(keep(tracker, run, page(2), "changed"), "1", reading("changed"))
    stored = list(tracker.pages("1"))
    assert [one.text_sha256 for one in stored] == sorted(one.text_sha256 for one in stored)
    assert [one.url for one in stored if one.text == "same"] == [page(1), page(3)]
    assert {one.text for one in stored} == {"same", "changed", ""}
    assert list(tracker.pages("2")) == []


def test_a_new_version_that_is_not_read_yet_hides_the_old(tracker: Tracker) -> None:
    """An old text must not stand for a page that says something else by now."""
    run = fill(tracker, pages=1)
    keep(tracker, run, page(1), "corrected")
    assert list(tracker.pages("1")) == []


def test_a_page_tells_every_source_that_listed_it_and_the_first_ones_address(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.note_listed("sana", items("http://www.news.example/1"), NOW)
    tracker.note_listed("ina", items("https://news.example/1/", relevant=False), NOW + DAY)
    tracker.note_listed("gdelt-en", items("https://news.example/1"), NOW + DAY)
    tracker.save_reading(keep(tracker, run, page(1), "raw", "gdelt-en"), "1", reading())
    (stored,) = tracker.pages("1")
    assert stored.source_ids == ("gdelt-en", "ina", "sana")
    assert stored.url == "http://www.news.example/1"
    (raw,) = tracker.unread("2", 9)
    assert raw.source_id == "sana"


def test_the_build_reads_a_snapshot_while_a_refresh_writes(tracker: Tracker) -> None:
    run = fill(tracker, pages=250)  # more than are fetched from the database at once
    seen = tracker.pages("1")
    first = next(seen)
    late = tracker.keep(run, "sana", page(999), answer("late", url=page(999)), None)
    tracker.save_reading(late.document_id, "1", reading("late"))
    assert len([first, *seen]) == 250
    assert len(list(tracker.pages("1"))) == 251


def test_a_reader_that_stops_early_holds_nothing(tracker: Tracker) -> None:
    fill(tracker, pages=3)
    for _ in range(50):  # more than there are connections
        seen = tracker.pages("1")
        next(seen)
        seen.close()
    tracker.vacuum(NOW)
