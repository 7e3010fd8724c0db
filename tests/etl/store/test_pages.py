"""What is listed, and what is due."""

import pytest

from etl.acquire.records import Listed
from etl.store import Tracker
from tests.etl.store.samples import DAY, HOUR, NOW, REFUSED, answer, items, page
from tests.stores import statements_sent


def due(tracker: Tracker, at=NOW, source: str = "sana", limit: int = 100) -> list[str]:
    return [one.url for one in tracker.due(source, at, limit)]


def test_what_is_listed_again_is_not_new(tracker: Tracker) -> None:
    assert tracker.note_listed("sana", items(page(1), page(2)), NOW) == 2
    assert tracker.note_listed("sana", items(page(1), page(3)), NOW + DAY) == 1
    assert [(row.day, row.listed) for row in tracker.coverage()] == [
        (NOW.date(), 2),
        ((NOW + DAY).date(), 1),
    ]


def test_one_page_under_several_addresses_is_one(tracker: Tracker) -> None:
    one = "https://www.news.example/1/?utm_source=rss"
    assert tracker.note_listed("sana", items(page(1), one, f"{page(1)}#top"), NOW) == 1
    assert due(tracker) == [page(1)]


def test_the_newest_are_due_first_then_by_address(tracker: Tracker) -> None:
    tracker.note_listed("sana", items(page(1), page(9)), NOW)
    tracker.note_listed("sana", items(page(2), published=NOW - DAY), NOW)
    tracker.note_listed("sana", items(page(4), page(3), published=NOW), NOW)
    assert due(tracker) == [page(3), page(4), page(2), page(1), page(9)]
    assert due(tracker, limit=2) == [page(3), page(4)]
    assert due(tracker, source="ina") == []


def test_what_looked_irrelevant_is_due_once_it_is_relevant_and_stays_so(tracker: Tracker) -> None:
    tracker.note_listed("sana", items(page(1), relevant=False), NOW)
    assert due(tracker) == []
    assert tracker.note_listed("sana", items(page(1)), NOW + HOUR) == 0
    assert due(tracker) == [page(1)]
    tracker.note_listed("sana", items(page(1), relevant=False), NOW + HOUR)
    assert due(tracker) == [page(1)]
    assert [(row.listed, row.relevant) for row in tracker.coverage()] == [(1, 1)]


def test_an_item_twice_in_one_listing_is_relevant_if_either_is(tracker: Tracker) -> None:
    assert tracker.note_listed("sana", items(page(1), relevant=False) + items(page(1)), NOW) == 1
    assert due(tracker) == [page(1)]


def test_what_a_source_finds_irrelevant_another_may_want(tracker: Tracker) -> None:
    tracker.note_listed("sana", items(page(1), relevant=False), NOW)
    tracker.note_listed("ina", items(page(1)), NOW)
    assert (due(tracker), due(tracker, source="ina")) == ([], [page(1)])


def test_a_page_is_due_again_when_its_time_has_come(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.note_listed("sana", items(page(1), page(2), page(3)), NOW)
    kept = tracker.keep(run, "sana", page(1), answer(etag='"v1"', last_modified="then"), NOW + DAY)
    tracker.note_failure(run, "sana", page(2), REFUSED, NOW, NOW + HOUR)
    tracker.note_failure(run, "sana", page(3), REFUSED, NOW, None)
    assert due(tracker, NOW) == []
    assert [(d.url, d.attempts, d.document_id) for d in tracker.due("sana", NOW + HOUR, 9)] == [
        (page(2), 1, None)
    ]
    (again,) = (d for d in tracker.due("sana", NOW + DAY, 9) if d.url == page(1))
    assert (again.document_id, again.etag, again.last_modified, again.attempts) == (
        kept.document_id, '"v1"', "then", 0,
    )  # fmt: skip
    tracker.note_unchanged(run, "sana", page(1), NOW + DAY, NOW + 2 * DAY)
    assert due(tracker, NOW + DAY) == [page(2)]
    assert page(1) in due(tracker, NOW + 2 * DAY)


def test_what_one_source_fetched_another_need_not(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    for source in ("sana", "ina"):
        tracker.note_listed(source, items(page(1)), NOW)
    tracker.keep(run, "sana", page(1), answer(), None)
    assert due(tracker, source="ina") == []


def test_dead_pages_are_looked_up_in_the_archive_once(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.note_listed("sana", items(page(1), page(2), page(3)), NOW)
    for number in (1, 2):
        tracker.note_failure(run, "sana", page(number), REFUSED, NOW, None, is_dead=True)
    tracker.note_failure(run, "sana", page(3), REFUSED, NOW, None)
    assert [one.url for one in tracker.dead("sana", NOW, 9)] == [page(1), page(2)]
    tracker.note_archive(page(1), "", NOW)
    assert [one.url for one in tracker.dead("sana", NOW, 9)] == [page(2)]
    tracker.note_archive(page(2), "", NOW, NOW + HOUR)
    assert tracker.dead("sana", NOW, 9) == []
    (again,) = tracker.dead("sana", NOW + HOUR, 9)
    assert (again.url, again.attempts, again.tried_at) == (page(2), 2, NOW)
    assert tracker.dead("sana", NOW - DAY, 9) == [again], "a clock that ran ahead"
    snapshot = "https://web.archive.org/web/20260101000000id_/" + page(2)
    tracker.note_archive(page(2), snapshot, NOW)
    tracker.keep(run, "sana", page(2), answer(url=snapshot), None)
    assert tracker.dead("sana", NOW + DAY, 9) == []
    (row,) = tracker.coverage()
    assert (row.fetched, row.failed) == (1, 2)


def test_what_was_given_up_and_is_listed_still_is_asked_for_again_a_day_later(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    listed = items(page(1), page(2))
    tracker.note_listed("sana", listed, NOW)
    tracker.note_failure(run, "sana", page(1), REFUSED, NOW, None)
    tracker.note_failure(run, "sana", page(2), REFUSED, NOW, None, is_dead=True)
    for after, found in ((HOUR, []), (DAY, [page(1)])):
        assert tracker.note_listed("sana", listed, NOW + after) == 0
        assert due(tracker, NOW + after) == found
    assert [one.url for one in tracker.due("sana", NOW, 9, whatever=True)] == [page(1), page(2)]


def test_10_000_items_are_noted_in_few_statements(tracker: Tracker) -> None:
    """Questions about hundreds of pages at once, and all rows of a table in one go: not one a page."""
    listed = [
        (Listed(page(number), f"Title {number}", published=NOW), True, "drug") for number in range(10_000)
    ]
    for new, most in ((10_000, 70), (0, 50)):
        with statements_sent() as sent:
            assert tracker.note_listed("sana", listed, NOW) == new
        assert 0 < len(sent) < most
    assert len(tracker.due("sana", NOW, 20_000)) == 10_000


@pytest.mark.parametrize("times", [1, 2])
def test_nothing_listed_is_nothing(tracker: Tracker, times: int) -> None:
    for _ in range(times):
        assert tracker.note_listed("sana", [], NOW) == 0
    assert tracker.coverage() == []


def test_what_a_clock_planned_that_ran_ahead_is_due_when_it_is_set_back(tracker: Tracker) -> None:
    run, ahead = tracker.begin_run("test", NOW), NOW + 3650 * DAY
    tracker.note_listed("sana", items(page(1), page(2), page(3)), ahead)
    tracker.note_failure(run, "sana", page(1), REFUSED, ahead, ahead + HOUR)
    tracker.keep(run, "sana", page(2), answer(url=page(2), at=ahead), ahead + HOUR)
    tracker.keep(run, "sana", page(3), answer(url=page(3), at=ahead), None)
    assert due(tracker, at=ahead) == []
    assert due(tracker, at=NOW) == [page(1), page(2)]
    tracker.note_failure(run, "sana", page(1), REFUSED, NOW, NOW + HOUR)
    tracker.note_unchanged(run, "sana", page(2), NOW, NOW + HOUR)
    assert due(tracker, at=NOW) == []
