"""Event ids follow their reports through every re-linking."""

from hypothesis import given
from hypothesis import strategies as st

from etl.publish.identity import ACTIVE, MERGED, WITHDRAWN, IdRow, assign, assign_all, event_id


def linked(*groups: str) -> list[tuple[str, list[str]]]:
    """("ab", "c"): two events, of reports a and b, and of report c."""
    return [(min(group), sorted(group)) for group in groups]


def first(*groups: str) -> tuple[IdRow, ...]:
    return assign(linked(*groups), (), "2024.01.1").rows


def test_new_events_are_numbered_in_the_given_order() -> None:
    found = assign(linked("ab", "c"), (), "2024.01.1")
    assert found.by_key == {"a": "CAP-000001", "c": "CAP-000002"}
    assert [(r.event_id, r.report_id, r.since) for r in found.rows] == [
        ("CAP-000001", "a", "2024.01.1"),
        ("CAP-000001", "b", "2024.01.1"),
        ("CAP-000002", "c", "2024.01.1"),
    ]


def test_an_id_stays_when_reports_come_and_go() -> None:
    found = assign(linked("bx", "c"), first("ab", "c"), "2024.02.1")
    assert found.by_key == {"b": "CAP-000001", "c": "CAP-000002"}
    since = {r.report_id: r.since for r in found.rows}
    assert since == {"b": "2024.01.1", "x": "2024.02.1", "c": "2024.01.1"}


def test_on_a_merge_the_oldest_id_survives_and_the_other_redirects() -> None:
    found = assign(linked("abc"), first("a", "bc"), "2024.02.1")
    assert found.by_key == {"a": "CAP-000001"}
    assert found.merged == {"CAP-000002": "CAP-000001"}
    assert IdRow("CAP-000002", "", MERGED, "CAP-000001", "2024.02.1") in found.rows


def test_redirects_need_one_hop_however_often_events_merge() -> None:
    once = assign(linked("a", "bc"), first("a", "b", "c"), "2024.02.1")
    twice = assign(linked("abc"), once.rows, "2024.03.1")
    targets = {r.event_id: r.merged_into for r in twice.rows if r.status == MERGED}
    assert targets == {"CAP-000002": "CAP-000001", "CAP-000003": "CAP-000001"}


def test_on_a_split_the_larger_part_keeps_the_id() -> None:
    found = assign(linked("a", "bcd"), first("abcd"), "2024.02.1")
    assert found.by_key == {"b": "CAP-000001", "a": "CAP-000002"}
    assert found.split == {"CAP-000001": ("CAP-000002",)}


def test_a_withdrawn_id_leaves_a_tombstone_and_its_number_is_never_used_again() -> None:
    gone = assign(linked("a"), first("a", "b"), "2024.02.1")
    assert gone.withdrawn == ("CAP-000002",)
    assert IdRow("CAP-000002", "b", WITHDRAWN, "", "2024.02.1") in gone.rows
    later = assign(linked("a", "z"), gone.rows, "2024.03.1")
    assert later.by_key["z"] == "CAP-000003"
    assert later.withdrawn == ()
    assert IdRow("CAP-000002", "b", WITHDRAWN, "", "2024.02.1") in later.rows


def test_a_withdrawn_id_comes_back_with_its_reports() -> None:
    gone = assign(linked("a"), first("a", "b"), "2024.02.1")
    back = assign(linked("a", "b"), gone.rows, "2024.03.1")
    assert back.by_key["b"] == "CAP-000002"
    assert {r.status for r in back.rows} == {ACTIVE}


def test_ids_beyond_a_million_stay_ids() -> None:
    assert event_id(1_234_567) == "CAP-1234567"


reports = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
partitions = reports.flatmap(
    lambda ids: st.lists(st.integers(0, 3), min_size=len(ids), max_size=len(ids)).map(
        lambda marks: [
            "".join(r for r, m in zip(ids, marks, strict=True) if m == mark) for mark in sorted(set(marks))
        ]
    )
)


@given(st.lists(partitions, min_size=1, max_size=6))
def test_through_any_history_every_id_ever_given_is_accounted_for_once(history: list[list[str]]) -> None:
    rows: tuple[IdRow, ...] = ()
    ever: set[str] = set()
    for number, groups in enumerate(history, start=1):
        found = assign(linked(*groups), rows, f"2024.01.{number}")
        again = assign(linked(*groups), found.rows, f"2024.01.{number + 1}")
        assert again.by_key == found.by_key, "unchanged clusters keep their ids"
        assert again.rows == found.rows
        rows = found.rows
        ever |= {r.event_id for r in rows}
        status = {r.event_id: r.status for r in rows}
        assert set(status) == ever
        assert len({(r.event_id, r.status) for r in rows}) == len(ever), "one status an id"
        assert {i for i, s in status.items() if s == ACTIVE} == set(found.by_key.values())
        assert len(set(found.by_key.values())) == len(groups)
        active = [r.report_id for r in rows if r.status == ACTIVE]
        assert sorted(active) == sorted("".join(groups))


steps = st.tuples(partitions, partitions, st.sets(st.sampled_from("abcdefgh")))


@given(st.lists(steps, min_size=1, max_size=6))
def test_curated_ids_never_depend_on_machine_read_events(
    history: list[tuple[list[str], list[str], set[str]]],
) -> None:
    """Capitals are machine-read reports; some of those in no event of their own joined a curated one."""
    alone: tuple[IdRow, ...] = ()
    beside: tuple[IdRow, ...] = ()
    for number, (curated, machine, joining) in enumerate(history, start=1):
        theirs = linked(*(group.upper() for group in machine))
        free = {letter.upper() for letter in joining} - {i for _, ids in theirs for i in ids}
        homes = {letter: min(curated[0]) for letter in sorted(free)} if curated else {}
        label = f"2024.01.{number}"
        plain = assign(linked(*curated), alone, label)
        both = assign_all(linked(*curated), theirs, homes, beside, label)
        assert {key: both.by_key[key] for key in plain.by_key} == plain.by_key
        assert [row for row in both.rows if row.event_id < "CAP-9"] == list(plain.rows)
        assert {both.by_key[key] for key, _ in theirs} == {
            row.event_id for row in both.rows if row.event_id > "CAP-9" and row.status == ACTIVE
        }
        assert len({(row.event_id, row.status) for row in both.rows}) == len(
            {row.event_id for row in both.rows}
        )
        assert assign_all(linked(*curated), theirs, homes, both.rows, "2024.02.1").rows == both.rows
        alone, beside = plain.rows, both.rows


def test_a_machine_read_event_whose_report_joined_a_curated_one_redirects_to_it() -> None:
    before = assign_all(linked("a"), linked("X"), {}, (), "2024.01.1")
    assert before.by_key == {"a": "CAP-000001", "X": "CAP-900001"}
    after = assign_all(linked("a"), [], {"X": "a"}, before.rows, "2024.02.1")
    assert IdRow("CAP-900001", "", MERGED, "CAP-000001", "2024.02.1") in after.rows
    assert (after.merged, after.withdrawn) == ({"CAP-900001": "CAP-000001"}, ())


def test_a_redirect_from_a_machine_read_event_needs_one_hop_when_its_home_merges() -> None:
    first_ = assign_all(linked("a", "b"), linked("X"), {}, (), "2024.01.1")
    joined = assign_all(linked("a", "b"), [], {"X": "b"}, first_.rows, "2024.02.1")
    merged = assign_all(linked("ab"), [], {"X": "a"}, joined.rows, "2024.03.1")
    targets = {row.event_id: row.merged_into for row in merged.rows if row.status == MERGED}
    assert targets == {"CAP-000002": "CAP-000001", "CAP-900001": "CAP-000001"}
