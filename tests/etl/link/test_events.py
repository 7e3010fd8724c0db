"""Stories that must come out right: what is one seizure, what is two, and who is right when people judge."""

from __future__ import annotations

from etl.link import link

from .conftest import Made, groups, judged, together

QAIM = {
    "event_date": "2023-03-11", "admin1": "Anbar", "place": "Al-Qaim border crossing", "quantity": "3000000",
    "qualifier": "over", "concealment": "apple crates in a refrigerated truck", "transport": "truck",
    "arrests": "1", "agencies": "Border Ports Authority",
}  # fmt: skip
RAID = {
    "event_date": "2024-08-01", "admin1": "Basra", "place": "Basra", "transport": "building",
    "agencies": "Basra Police",
}  # fmt: skip
BARE = {"event_date": "", "date_basis": "", "quantity": "1000000"}


def test_outlets_on_one_seizure_with_rounded_and_undated_versions_are_one_event(made: Made) -> None:
    reports = made(
        QAIM,
        QAIM | {"lang": "ar", "event_date": "2023-03-12", "quantity_as_written": "أكثر من ثلاثة ملايين حبة"},
        QAIM | {"event_date": "", "date_basis": "", "published": "2023-03-12", "qualifier": "exact"},
    )
    assert together(reports) == [{0, 1, 2}]


def test_a_background_paragraph_joins_the_event_that_it_recalls(made: Made) -> None:
    recalled = {
        "role": "background", "event_date": "2023-03", "quantity": "3000000",
        "place": "Al-Qaim border crossing", "admin1": "Anbar", "published": "2024-06-20",
    }  # fmt: skip
    reports = made(QAIM, QAIM | {"event_date": "2023-03-12"}, recalled, QAIM | {"event_date": "2024-06-19"})
    assert together(reports) == [{0, 1, 2}, {3}]


def test_two_seizures_in_one_town_on_one_day_stay_two(made: Made) -> None:
    reports = made(
        RAID | {"quantity": "15000", "arrests": "3"},
        RAID | {"quantity": "15000", "arrests": "3"},
        RAID | {"quantity": "220000", "arrests": "1", "transport": "truck"},
    )
    assert together(reports) == [{0, 1}, {2}]


def test_a_re_announcement_weeks_later_does_not_count_twice(made: Made) -> None:
    first = QAIM | {"quantity": "1272000", "qualifier": "exact"}
    again = first | {"event_date": "2023-04-02", "date_basis": "published", "published": "2023-04-02"}
    assert together(made(first, first, again)) == [{0, 1, 2}]


def test_equal_loads_whose_own_days_are_weeks_apart_stay_two(made: Made) -> None:
    first = QAIM | {"quantity": "1272000", "qualifier": "exact"}
    assert together(made(first, first | {"event_date": "2023-04-02"})) == [{0}, {1}]


def test_a_page_cannot_tell_of_what_came_after_it(made: Made) -> None:
    earlier = QAIM | {"event_date": "2023-03-01", "date_basis": "published", "published": "2023-03-01"}
    assert together(made(earlier, QAIM)) == [{0}, {1}]


def test_two_rows_of_one_page_are_two_events_unless_a_curator_says_otherwise(made: Made) -> None:
    reports = made(QAIM | {"url": "https://example.org/x"}, QAIM | {"url": "http://www.example.org/x/"})
    assert together(reports) == [{0}, {1}]
    assert together(reports, [judged(*reports, "same")]) == [{0, 1}]


def test_a_third_outlet_does_not_join_the_two_rows_of_one_page(made: Made) -> None:
    reports = made(
        QAIM | {"url": "https://example.org/y"}, QAIM | {"url": "https://example.org/y"}, QAIM, QAIM
    )
    found = together(reports)
    assert len(found) == 2
    assert not any({0, 1} <= group for group in found)


def test_both_sides_of_a_joint_seizure_are_one_event(made: Made) -> None:
    syrian = {
        "country": "SY", "joint_with": "IQ", "event_date": "2025-10-22", "quantity": "1272000",
        "agencies": "Syrian Anti-Narcotics Department",
    }  # fmt: skip
    iraqi = syrian | {"country": "IQ", "joint_with": "SY", "agencies": "Iraqi Ministry of Interior"}
    blank = syrian | {"country": "", "joint_with": ""}
    assert together(made(syrian, iraqi, blank)) == [{0, 1, 2}]
    assert together(made(syrian | {"joint_with": ""}, iraqi | {"joint_with": ""})) == [{0}, {1}]


def test_a_weight_and_the_count_that_it_makes_are_one_load(made: Made) -> None:
    counted = QAIM | {"quantity": "400000", "qualifier": "exact"}
    weighed = counted | {"quantity": "67", "unit": "kg"}
    assert together(made(counted, weighed)) == [{0, 1}]


def test_a_seized_and_destroyed_load_counts_once_as_the_seizure(made: Made) -> None:
    seizure, burnt = made(QAIM, QAIM | {"event_type": "destruction"})
    assert groups(link([seizure, burnt])) == {frozenset([seizure.report_id])}


def test_different_splits_what_the_score_would_join(made: Made) -> None:
    reports = made(QAIM, QAIM)
    assert together(reports) == [{0, 1}]
    assert together(reports, [judged(*reports, "different")]) == [{0}, {1}]


def test_same_holds_through_others_and_joins_what_no_score_would(made: Made) -> None:
    reports = made(QAIM, RAID | {"quantity": "50"}, BARE | {"country": "TR"})
    same = [judged(reports[0], reports[1], "same"), judged(reports[1], reports[2], "same")]
    assert together(reports, same) == [{0, 1, 2}]
    answer = link(reports, same)
    tie = next(tie for tie in answer.clusters[0].links if tie.report_id == reports[2].report_id)
    assert tie.reasons[0] == "judged same by a curator on 2026-01-01: read both pages"
    assert answer.issues == ()


def test_a_chain_of_same_that_different_forbids_is_reported_and_gives_way(made: Made) -> None:
    reports = made(QAIM, RAID, BARE)
    a, b, c = reports
    decisions = [
        judged(a, b, "same", "2026-01-01"),
        judged(b, c, "same", "2026-02-01"),
        judged(a, c, "different"),
    ]
    answer = link(reports, decisions)
    assert together(reports, decisions) == [{0, 1}, {2}]
    assert [found.code for found in answer.issues] == ["judgement_overruled"]
    assert link(reports, decisions[::-1]) == answer


def test_a_judgement_on_a_report_that_is_no_seizure_is_reported(made: Made) -> None:
    seizure, total = made(QAIM, QAIM | {"event_type": "aggregate"})
    answer = link([seizure, total], [judged(seizure, total, "same")])
    assert [found.code for found in answer.issues] == ["judgement_without_seizure"]
    assert total.report_id in answer.issues[0].message


def test_possibly_same_keeps_both_events_and_passes_the_curators_reason_on(made: Made) -> None:
    a, b = made(QAIM, RAID)
    answer = link([a, b], [judged(a, b, "possibly_same")])
    assert len(answer.clusters) == 2
    assert answer.possibly_same == (
        (a.report_id, b.report_id, "judged possibly same by a curator on 2026-01-01: read both pages"),
    )


SEVEN = {"quantity": "7000000", "qualifier": "exact", "event_date": "2025-02-06"}


def test_equal_large_loads_weeks_apart_are_named_as_possibly_one(made: Made) -> None:
    a, b = made(SEVEN, SEVEN | {"event_date": "2025-03-10"})
    ((first, second, why),) = link([a, b]).possibly_same
    assert {first, second} == {a.report_id, b.report_id}
    assert "32 days apart" in why


def test_what_speaks_against_it_or_one_page_that_tells_both_keeps_a_pair_unnamed(made: Made) -> None:
    later = SEVEN | {"event_date": "2025-03-10"}
    for one, other in (
        (SEVEN | {"transport": "truck"}, later | {"transport": "balloon"}),
        (SEVEN | {"admin1": "Basra"}, later | {"admin1": "Anbar"}),
        (SEVEN | {"url": "https://example.org/z"}, later | {"url": "https://example.org/z"}),
        (SEVEN, later | {"event_date": "2025-06-10"}),
        (SEVEN | {"quantity": "7000"}, later | {"quantity": "7000"}),
        (SEVEN, later | {"quantity": "9000000"}),
        (SEVEN, later | {"event_date": "2025"}),
    ):
        reports = made(one, other)
        assert link(reports).possibly_same == ()
    a, b = made(SEVEN, later)
    assert link([a, b], [judged(a, b, "different")]).possibly_same == ()


def test_every_seizure_stands_in_one_cluster_with_its_strongest_tie_inside(made: Made) -> None:
    reports = made(QAIM, QAIM | {"event_date": "2023-03-12"}, RAID)
    answer = link(reports)
    assert sorted(r for c in answer.clusters for r in c.report_ids) == sorted(r.report_id for r in reports)
    for cluster in answer.clusters:
        assert {tie.report_id for tie in cluster.links} == set(cluster.report_ids)
        assert dict(cluster.origin_groups).keys() == set(cluster.report_ids)
        for tie in cluster.links:
            alone = len(cluster.report_ids) == 1
            assert (tie.to_report_id == "") is alone
            assert (tie.score is None) is alone
            assert tie.to_report_id in {*cluster.report_ids, ""} - {tie.report_id}
