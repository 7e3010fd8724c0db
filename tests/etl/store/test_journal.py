"""Runs, troubles, sources and what was collected when."""

from datetime import date

from etl.acquire.records import Trouble
from etl.records import CoverageRow, SourceChange
from etl.store import Problem, SourceState, Tracker
from tests.etl.store.samples import DAY, HOUR, NOW, REFUSED, answer, fill, items, page


def test_a_run_has_a_beginning_and_an_end(tracker: Tracker) -> None:
    run = tracker.begin_run("host:12", NOW)
    (begun,) = tracker.runs(9)
    assert (begun.run_id, begun.owner, begun.started_at, begun.ended_at, begun.exit_code) == (
        run, "host:12", NOW, None, None,
    )  # fmt: skip
    tracker.end_run(run, "partly", 4, {"fetched": 3, "failed": 1}, "one source failed", NOW + HOUR)
    (ended,) = tracker.runs(9)
    assert (ended.outcome, ended.exit_code, ended.message, ended.ended_at) == (
        "partly", 4, "one source failed", NOW + HOUR,
    )  # fmt: skip
    assert ended.counts == {"fetched": 3, "failed": 1}


def test_a_run_that_never_ended_was_interrupted(tracker: Tracker) -> None:
    ended = tracker.begin_run("a", NOW)
    tracker.end_run(ended, "ok", 0, {}, "", NOW)
    tracker.begin_run("b", NOW + HOUR)
    tracker.begin_run("c", NOW + DAY)
    assert [(run.owner, run.outcome) for run in tracker.runs(9)] == [
        ("c", ""),
        ("b", "interrupted"),
        ("a", "ok"),
    ]
    assert len(tracker.runs(2)) == 2


def test_troubles_of_pages_and_of_sources_newest_first(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.note_trouble(run, "ina", Trouble("old", "Long ago."), NOW - DAY)
    tracker.note_failure(run, "sana", page(1), REFUSED, NOW, NOW + HOUR)
    tracker.note_trouble(
        run, "ina", Trouble("broken", "It is cut off.", "https://ina.example/feed"), NOW + HOUR
    )
    tracker.keep(run, "sana", page(2), answer(url=page(2)), None)
    assert tracker.problems(NOW) == [
        Problem(NOW + HOUR, "ina", "broken", "It is cut off.", "https://ina.example/feed"),
        Problem(NOW, "sana", REFUSED.code, REFUSED.message, page(1)),
    ]


def test_the_state_of_a_source(tracker: Tracker) -> None:
    assert tracker.source_state("sana") == SourceState("sana")
    for failures in (1, 2):
        state = SourceState("sana", '"e"', "then", NOW, NOW - DAY, failures, 30, "It did not answer.")
        tracker.save_source_state(state)
        assert tracker.source_state("sana") == state
    assert tracker.source_state("ina") == SourceState("ina")


def test_changes_of_the_list_of_sources(tracker: Tracker) -> None:
    first, second = date(2026, 1, 1), date(2026, 2, 1)
    assert tracker.note_sources({"sana": "1", "ina": "1"}, first) == [
        SourceChange(first, "ina", "added"),
        SourceChange(first, "sana", "added"),
    ]
    assert tracker.note_sources({"ina": "1", "sana": "1"}, second) == []
    assert tracker.note_sources({"sana": "2", "nna": "1"}, second) == [
        SourceChange(second, "ina", "removed"),
        SourceChange(second, "nna", "added"),
        SourceChange(second, "sana", "changed"),
    ]
    assert tracker.note_sources({"sana": "3", "nna": "1"}, second) == [
        SourceChange(second, "sana", "changed")
    ]
    assert tracker.note_sources({}, second) != []
    assert [(c.day, c.source_id, c.change) for c in tracker.source_changes()] == [
        (first, "ina", "added"),
        (first, "sana", "added"),
        (second, "ina", "removed"),
        (second, "nna", "added"),
        (second, "nna", "removed"),
        (second, "sana", "changed"),
        (second, "sana", "removed"),
    ]


def test_coverage_by_source_and_day(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    tracker.note_listed("sana", items(page(1), page(2), page(3)) + items(page(4), relevant=False), NOW)
    tracker.note_listed("ina", items(page(1)), NOW)
    tracker.keep(run, "sana", page(1), answer("a"), None)
    tracker.note_failure(run, "sana", page(2), REFUSED, NOW, NOW + DAY)
    tracker.note_failure(run, "sana", page(3), REFUSED, NOW, NOW + DAY)
    day, next_day = NOW.date(), (NOW + DAY).date()
    assert tracker.coverage() == [CoverageRow("ina", day, 1, 1, 1, 0), CoverageRow("sana", day, 4, 3, 1, 2)]
    tracker.keep(run, "sana", page(1), answer("b", NOW + DAY), None)
    tracker.keep(run, "sana", page(2), answer("c", NOW + DAY), None)
    tracker.note_failure(run, "sana", page(3), REFUSED, NOW + DAY, None)
    assert tracker.coverage() == [
        CoverageRow("ina", day, 1, 1, 1, 0),
        CoverageRow("ina", next_day, 0, 0, 1, 0),
        CoverageRow("sana", day, 4, 3, 1, 0),
        CoverageRow("sana", next_day, 0, 0, 2, 1),
    ]


def test_a_day_on_which_a_source_could_not_be_had_is_told_from_a_quiet_one(tracker: Tracker) -> None:
    down, up = NOW.date(), (NOW + DAY).date()
    tracker.note_look(SourceState("sana", last_tried=NOW), NOW, answered=False)
    tracker.note_look(SourceState("sana", last_tried=NOW), NOW + HOUR, answered=False)
    tracker.note_look(SourceState("ina", last_tried=NOW), NOW, answered=False)
    tracker.note_look(SourceState("ina", last_tried=NOW), NOW + HOUR, answered=True)
    tracker.note_look(SourceState("sana", last_tried=NOW + DAY), NOW + DAY, answered=True)
    told = [
        CoverageRow("ina", down, 0, 0, 0, 0, answered="partly"),
        CoverageRow("sana", down, 0, 0, 0, 0, answered="no"),
        CoverageRow("sana", up, 0, 0, 0, 0, answered="yes"),
    ]
    assert tracker.coverage() == told
    tracker.vacuum(NOW + 9 * DAY)
    assert tracker.coverage() == told


def test_a_table_is_its_own_page(tracker: Tracker) -> None:
    run = tracker.begin_run("test", NOW)
    days = [NOW + number * DAY for number in range(4)]
    tracker.note_failure(run, "moi", page(), REFUSED, days[0], days[1], is_source=True)
    tracker.keep(run, "moi", page(), answer("a", days[1]), None, is_source=True)
    tracker.note_unchanged(run, "moi", page(), days[2], None, is_source=True)
    tracker.note_failure(run, "moi", page(), REFUSED, days[3], None, is_source=True)
    assert [one.answered for one in tracker.coverage()] == ["no", "yes", "yes", "no"]


def test_a_run_repeated_at_the_same_time_counts_once(tracker: Tracker) -> None:
    fill(tracker)
    tracker.note_look(SourceState("sana", last_tried=NOW), NOW, answered=True)
    tracker.note_look(SourceState("ina", last_tried=NOW), NOW, answered=False)
    before = tracker.coverage()
    run = tracker.begin_run("again", NOW)
    tracker.note_look(SourceState("sana", last_tried=NOW), NOW, answered=True)
    tracker.note_look(SourceState("ina", last_tried=NOW), NOW, answered=False)
    tracker.note_listed("sana", items(page(1), page(2)), NOW)
    tracker.keep(run, "sana", page(1), answer(f"<p>{page(1)}</p>"), None)
    assert tracker.coverage() == before
