"""Published totals: one row each, taken apart into events, never counted beside their parts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from etl.aggregates import build_aggregates, destroyed_events, join_totals
from etl.events import build_event
from etl.records import Aggregate, Event, OutletRef, Report, Span

Make = Callable[..., Report]
PAGE = "https://example.org/page"
FIVE = "five attempts at Al-Haditha announced together"


@pytest.fixture
def total(report: Make) -> Make:
    def make(report_id: str = "T1", scope: str = FIVE, **given: Any) -> Report:
        plain = {
            "event_type": "aggregate",
            "country": "SA",
            "url": PAGE,
            "tablets": 1e6,
            "when": "2024-05-01",
        }
        return report(report_id, scope=scope, **plain | given)

    return make


@pytest.fixture
def seizure(report: Make, cluster: Callable[..., Any]) -> Callable[..., Event]:
    def make(report_id: str, tablets: float | None, **given: Any) -> Event:
        one = report(report_id, tablets=tablets, **{"country": "SA", "url": PAGE} | given)
        return build_event([one], cluster([one]))

    return make


def only(totals: tuple[Aggregate, ...]) -> Aggregate:
    assert len(totals) == 1
    return totals[0]


def left_over(total: Aggregate) -> float | None:
    return total.remainder.tablets.best if total.remainder else None


def test_reports_of_one_wording_and_figure_are_one_total(total: Make) -> None:
    found = only(build_aggregates([total("T2"), total("T1", url="https://example.org/other")], []))
    assert found.key == "T1"
    assert found.values["n_reports"] == 2
    assert found.values["report_ids"] == ("T1", "T2")


@pytest.mark.parametrize(
    "other",
    [
        {"country": "JO"},
        {"tablets": 3e6},
        {"when": "2025-05-01", "period_end": date(2025, 5, 1)},
        {"scope": "pills seized in Saudi Arabia in 2022"},
    ],
)
def test_another_country_figure_day_or_scope_is_another_total(total: Make, other: dict[str, Any]) -> None:
    first = total("T1", period_end=date(2024, 5, 1))
    assert len(build_aggregates([first, total("T2", **other)], [])) == 2


def test_same_country_period_and_figure_are_one_total_whatever_the_wording(total: Make) -> None:
    year = {"period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}
    one = total("T1", "Captagon, Anbar province, 2022", **year)
    other = total("T2", "Captagon, Iraq, 2022", **year)
    assert len(build_aggregates([one, other], [])) == 1


def test_the_newest_official_figure_goes_before_the_commonest(total: Make) -> None:
    reports = [
        total("T1"),
        total("T2"),
        total("T3", tablets=1.1e6, is_official=True, published=date(2024, 5, 1)),
        total("T4", tablets=1.2e6, is_official=True, published=date(2024, 5, 3)),
    ]
    values = only(build_aggregates(reports, [])).values
    assert (values["low"], values["best"], values["high"]) == (1e6, 1.2e6, 1.2e6)


def test_more_than_has_no_high(total: Make) -> None:
    over = total(qualifier="over")
    over = replace(over, tablets=replace(over.tablets, high=None))
    values = only(build_aggregates([over], [])).values
    assert (values["best"], values["high"], values["qualifier"]) == (1e6, None, "over")


def test_a_total_without_a_figure_has_none(total: Make) -> None:
    values = only(build_aggregates([total(tablets=None)], [])).values
    assert (values["unit"], values["best"], values["qualifier"]) == ("", None, "unstated")


def test_a_bundle_whose_parts_are_events_adds_nothing(total: Make, seizure: Callable[..., Event]) -> None:
    parts = [seizure("A", 6e5), seizure("B", 4e5)]
    found = only(build_aggregates([total()], parts))
    assert found.part_keys == ("A", "B")
    assert left_over(found) is None


def test_what_is_not_broken_out_is_left_over(total: Make, seizure: Callable[..., Event]) -> None:
    found = only(build_aggregates([total()], [seizure("A", 6e5)]))
    assert found.remainder is not None
    assert left_over(found) == 4e5
    assert found.remainder.n_incidents == 4


def test_a_bundle_without_parts_is_left_over_whole(total: Make) -> None:
    found = only(build_aggregates([total()], []))
    assert left_over(found) == 1e6
    assert found.remainder is not None
    assert found.remainder.n_incidents == 5


def test_all_announced_seizures_told_leave_nothing_whatever_the_sum(
    total: Make, seizure: Callable[..., Event]
) -> None:
    found = only(
        build_aggregates([total(scope="two attempts told together")], [seizure("A", 3e5), seizure("B", 2e5)])
    )
    assert left_over(found) is None


def test_parts_told_elsewhere_are_found_by_country_date_and_sum(
    total: Make, seizure: Callable[..., Event]
) -> None:
    elsewhere = {"url": "https://example.org/elsewhere", "when": "2024-05-02"}
    fitting = [seizure("A", 7e5, **elsewhere), seizure("B", 3e5, **elsewhere)]
    chance = [seizure("C", 9e4, **elsewhere), seizure("D", 3e5, **elsewhere | {"when": "2024-06-20"})]
    found = only(build_aggregates([total()], [*fitting, *chance]))
    assert found.part_keys == ("A", "B")


def test_an_older_seizure_recalled_on_the_page_is_no_part(total: Make, seizure: Callable[..., Event]) -> None:
    found = only(build_aggregates([total()], [seizure("A", 6e5, when="2021-01-01"), seizure("B", 2e6)]))
    assert found.part_keys == ()


def test_a_bundle_inside_a_bundle_is_counted_once(total: Make) -> None:
    small = total("T1", "two attempts at Al-Durra told together", tablets=7e4)
    large = total("T2", "three operations at Al-Durra and Turaif told together", tablets=1.9e5)
    inner, outer = build_aggregates([small, large], [])
    assert (left_over(inner), left_over(outer)) == (7e4, 1.2e5)


def test_the_parts_that_come_closest_are_taken_though_one_alone_is_within_the_spread(
    total: Make, seizure: Callable[..., Event]
) -> None:
    """A page that gave the first of two as the sum of both: the spread of the sum then holds one alone."""
    scope = {"scope": "two seizures told together"}
    reports = [
        total("T1", tablets=4.0e5, **scope),
        total("T2", tablets=7.5e5, **scope),
        total("T3", tablets=7.5e5, **scope),
    ]
    found = only(build_aggregates(reports, [seizure("A", 3.5e5), seizure("B", 4.012e5)]))
    assert (found.part_keys, left_over(found)) == (("A", "B"), None)


def test_weights_that_add_up_leave_nothing_whatever_the_counts(
    total: Make, seizure: Callable[..., Event]
) -> None:
    several = total(scope="several operations of one case", tablets=3.2e6, weight_kg=461.0)
    parts = [seizure("A", Span(4e5, 5e5, 6e5, "converted"), kg=89.0),
             seizure("B", Span(2e6, 2.2e6, 2.4e6, "converted"), kg=372.0)]  # fmt: skip
    assert left_over(only(build_aggregates([several], parts))) is None
    assert left_over(only(build_aggregates([several], parts[:1]))) == pytest.approx(2.7e6, rel=0.02)


PERIOD = {"period_start": date(2024, 5, 1), "period_end": date(2024, 5, 31)}
N_TOLD = "five attempts told together"
OPEN = {"period_end": date(2024, 5, 31)}
ELSEWHERE = {"url": "https://example.org/elsewhere"}


@pytest.mark.parametrize(
    ("announced", "other", "certain"),
    [
        # how many and since when
        ({"scope": N_TOLD, **PERIOD}, None, True),
        ({"scope": "several operations told together", **PERIOD}, None, True),
        ({"scope": N_TOLD, **OPEN}, None, True),
        ({"scope": "several operations told together", **OPEN}, None, False),
        ({"scope": "several operations told together", "when": ""}, None, False),
        # what else is known of those days
        ({"scope": N_TOLD, **PERIOD}, {"when": "2024-05-20"}, False),
        ({"scope": N_TOLD, **OPEN}, {"when": "2024-01-20"}, False),
        ({"scope": N_TOLD, **PERIOD}, {"when": "2024-07-20"}, True),
        ({"scope": N_TOLD, **PERIOD}, {"when": "2024"}, True),  # says too little
        ({"scope": N_TOLD, **PERIOD}, {"when": ""}, True),
        ({"scope": N_TOLD, **PERIOD}, {"tablets": 2e6}, True),  # too large
        ({"scope": N_TOLD, **PERIOD}, {"country": "JO"}, True),
        ({"scope": N_TOLD, **PERIOD}, {"drug_group": "hashish", "drug": "hashish"}, True),
        ({"scope": N_TOLD, **PERIOD}, {"admin1_codes": ("SA-04",)}, False),
        ({"scope": N_TOLD, "admin1_codes": ("SA-12",), **PERIOD},
         {"admin1_codes": ("SA-04",)}, True),
    ],
)  # fmt: skip
def test_what_may_be_told_already_is_not_certain(
    total: Make,
    seizure: Callable[..., Event],
    announced: dict[str, Any],
    other: dict[str, Any] | None,
    certain: bool,
) -> None:
    given = {"when": "2024-05-20", "tablets": 3e5, **ELSEWHERE} | (other or {})
    events = [seizure("X", given.pop("tablets"), **given)] if other is not None else []
    found = only(build_aggregates([total(**announced)], events))
    assert found.remainder is not None
    assert found.remainder.certain is certain


@pytest.mark.parametrize(
    ("tablets", "when", "certain"),
    [
        (4e5, "", False),
        (4.05e5, "", False),
        (4.5e5, "", True),
        (3e5, "", True),
        (4e5, "2021-01-01", True),
    ],
)
def test_the_one_missing_seizure_is_known_by_its_size(
    total: Make, seizure: Callable[..., Event], tablets: float, when: str, certain: bool
) -> None:
    two = total(scope="two attempts told together", **PERIOD)
    found = only(build_aggregates([two], [seizure("A", 6e5), seizure("X", tablets, when=when, **ELSEWHERE)]))
    assert found.remainder is not None
    assert (found.part_keys, found.remainder.certain) == (("A",), certain)


@pytest.mark.parametrize(
    ("qualifier", "tablets", "certain"),
    [
        ("over", 49_929, False),  # more than 261,000 is less than 262,000
        ("over", 52_352, True),
        ("over", 47_000, True),
        ("about", 48_200, False),
        ("exact", 49_900, False),
        ("exact", 50_500, True),
    ],
)
def test_a_round_sum_leaves_room_for_its_last_digit(
    total: Make, seizure: Callable[..., Event], qualifier: str, tablets: float, certain: bool
) -> None:
    three = total(
        scope="two attempts told together",
        tablets=261_000.0,
        qualifier=qualifier,
        **PERIOD,
    )
    other = seizure("X", tablets, when="", **ELSEWHERE)
    found = only(build_aggregates([three], [seizure("A", 211_973.0), other]))
    assert found.remainder is not None
    assert (left_over(found), found.remainder.certain) == (49_027, certain)


def test_totals_over_a_period_are_never_taken_apart(total: Make, seizure: Callable[..., Event]) -> None:
    yearly = total(scope="pills seized in 2024", period_start=date(2024, 1, 1), period_end=date(2024, 12, 31))
    found = only(build_aggregates([yearly], [seizure("A", 6e5)]))
    assert found.values["kind"] == "period_total"
    assert (found.part_keys, found.remainder) == ((), None)


def test_a_later_running_total_supersedes_unless_it_falls(total: Make) -> None:
    def running(report_id: str, end: date, tablets: float) -> Report:
        return total(
            report_id,
            f"pills seized in 2024 to {end}",
            tablets=tablets,
            period_start=date(2024, 1, 1),
            period_end=end,
            outlet=OutletRef("spa", "SPA", "official"),
        )

    june, august, october = (
        running("T1", date(2024, 6, 30), 1e6),
        running("T2", date(2024, 8, 31), 2e6),
        running("T3", date(2024, 10, 31), 1.5e6),
    )
    found = {a.key: a.superseded_by for a in build_aggregates([june, august, october], [])}
    assert found == {"T1": "T2", "T2": "", "T3": ""}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"when": "2024-05-20", "url": "https://example.org/d"}, ("A",)),
        ({"when": "2024-08-20", "url": "https://example.org/d"}, None),
        ({"when": "2024-08-20", "url": PAGE}, ("A",)),
        ({"when": "2024-05-20", "tablets": 3e6}, None),
        ({"when": "2024-05-20", "tablets": None}, None),
    ],
)
def test_a_destruction_points_to_its_seizure_where_that_is_known(
    report: Make, seizure: Callable[..., Event], given: dict[str, Any], expected: tuple[str, ...] | None
) -> None:
    plain = {"event_type": "destruction", "country": "SA", "tablets": 1e6}
    found = destroyed_events([report("X", **plain | given)], [seizure("A", 1e6), seizure("B", 5e6)])
    assert found.get("X") == expected


def test_the_order_of_reports_changes_no_total(total: Make, seizure: Callable[..., Event]) -> None:
    reports = [total(f"T{i}", tablets=1e6 + 1e4 * i) for i in range(4)]
    events = [seizure("A", 6e5), seizure("B", 1e5)]
    assert build_aggregates(reports, events) == build_aggregates(reports[::-1], events[::-1])


@pytest.mark.parametrize(
    ("read", "joins"),
    [
        ({"url": PAGE, "scope": "the kingdom's words of it"}, True),
        ({"url": PAGE, "tablets": 1.5e6, "scope": "the kingdom's words of it"}, False),
        ({"url": PAGE, "country": "JO", "scope": "other words"}, False),
        ({"url": "https://example.org/else", "scope": FIVE}, True),
        ({"url": "https://example.org/else", "scope": "other words"}, False),
        ({"url": "", "scope": ""}, False),
    ],
)
def test_a_machine_read_total_joins_the_one_it_tells_and_changes_nothing_of_it(
    total: Make, read: dict[str, Any], joins: bool
) -> None:
    known = build_aggregates([total("T1"), total("T5", scope="another", url="", tablets=7e6)], [])
    joined, own = join_totals([total("X1", **read)], known)
    assert [[r.report_id for r in t.joined] for t in joined] == [["X1"] if joins else [], []]
    assert [t.key for t in own] == ([] if joins else ["X1"])
    assert [replace(t, joined=()) for t in joined] == list(known)


def test_a_machine_read_bundle_leaves_nothing_over_and_has_no_parts(total: Make) -> None:
    _, own = join_totals([total("X1"), total("X2", url="https://example.org/b")], ())
    assert only(own).remainder is None
    assert [r.report_id for r in only(own).reports] == ["X1", "X2"]
