"""Which figure is published: a table of cases, and what must hold for any figures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.events.figures import Figure, choose
from etl.records import Span


def figure(report_id: str, value: float, qualifier: str = "exact", **more: object) -> Figure:
    low = None if qualifier == "under" else value
    high = None if qualifier == "over" else value
    span = more.pop("span", Span(low, value, high, "stated"))
    return Figure(
        **{"report_id": report_id, "span": span, "origin": report_id, "qualifier": qualifier, **more}
    )  # type: ignore[arg-type]


CASES = [
    ("one report", [figure("a", 5e5)], 5e5, "only_figure"),
    ("all agree", [figure("a", 3e6, "about"), figure("b", 2_987_000)], 2_987_000, "same_figure"),
    (
        "official, though alone",
        [figure("a", 3e6), figure("b", 3e6), figure("c", 2e6, official=True)],
        2e6,
        "official_newest",
    ),
    (
        "newest of two official",
        [
            figure("a", 3e6, official=True, published=date(2024, 5, 1)),
            figure("b", 3.5e6, official=True, published=date(2024, 5, 2)),
        ],
        3.5e6,
        "official_newest",
    ),
    ("most origins", [figure("a", 3e6), figure("b", 3e6), figure("c", 3.5e6)], 3e6, "most_origins"),
    (
        "copies are one voice",
        [
            figure("a", 3e6, origin="afp"),
            figure("b", 3e6, origin="afp"),
            figure("c", 3.5e6),
            figure("d", 3.5e6),
        ],
        3.5e6,
        "most_origins",
    ),
    ("more precise wording", [figure("a", 3e6, "about"), figure("b", 2_412_350)], 2_412_350, "more_precise"),
    ("median", [figure("a", 1e6), figure("b", 2e6), figure("c", 3e6)], 2e6, "median"),
    (
        "implausible mass set aside",
        [figure("a", 2015.0, plausible=False), figure("b", 2015.0, plausible=False), figure("c", 215.0)],
        215.0,
        "only_figure",
    ),
    ("implausible, and nothing else stands", [figure("a", 2015.0, plausible=False)], 2015.0, "only_figure"),
    (
        "outlier of one outlet",
        [figure("a", 3e6), figure("b", 3.1e6), figure("c", 2.6e7)],
        3.1e6,
        "more_precise",
    ),
    (
        "of two far apart neither is the slip",
        [figure("a", 1e5, "about"), figure("b", 1e6)],
        1e6,
        "more_precise",
    ),
    (
        "a count that grew",
        [
            figure("a", 1e7, "over", published=date(2019, 6, 28)),
            figure("b", 1e7, "over", published=date(2019, 6, 29)),
            figure("c", 3.3e7, published=date(2019, 7, 1)),
            figure("d", 3.3e7),
        ],
        3.3e7,
        "update",
    ),
]


@pytest.mark.parametrize(("figures", "best", "rule"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_rule_picks(figures: list[Figure], best: float, rule: str) -> None:
    found = choose(figures)
    assert (found.span.best, found.rule) == (best, rule)


def test_more_than_has_no_high_unless_somebody_gives_one() -> None:
    assert choose([figure("a", 3e6, "over")]).span == Span(3e6, 3e6, None, "stated")
    assert choose([figure("a", 3e6, "over"), figure("b", 3.2e6, "about", origin="x")]).span.high == 3.2e6


def test_low_and_high_run_over_the_figures_that_stand() -> None:
    found = choose([figure("a", 3e6), figure("b", 3.4e6), figure("c", 3e6), figure("d", 9e7)])
    assert (found.span.low, found.span.high) == (3e6, 3.4e6)
    assert found.verdicts == {"a": "chosen", "b": "differs", "c": "agrees", "d": "set_aside_outlier"}


def test_figures_differ_from_half_as_much_again_also_when_one_was_set_aside() -> None:
    assert not choose([figure("a", 1e6), figure("b", 1.4e6)]).differ
    assert choose([figure("a", 1e6), figure("b", 1.5e6)]).differ
    assert choose([figure("a", 3e6), figure("b", 3e6), figure("c", 2.6e7)]).differ


def test_a_range_counts_with_both_ends() -> None:
    assert choose([figure("a", 5e7, "range", span=Span(5e7, 5.5e7, 9e7, "stated"))]).differ


def test_a_count_that_others_give_as_well_is_not_the_slip_of_its_pair() -> None:
    found = choose([figure("a", 1.35e6, plausible=False), figure("b", 1.35e6)])
    assert found.verdicts["a"] in {"agrees", "chosen"}


def test_the_weight_of_an_outgrown_count_is_outgrown() -> None:
    found = choose(
        [figure("a", 1590.0), figure("b", 1600.0), figure("c", 5250.0)],
        {"a": "superseded", "b": "superseded"},
    )
    assert found.span.best == 5250.0
    assert found.verdicts["a"] == "superseded"


def test_without_figures_nothing_is_known() -> None:
    assert choose([]).span == Span()
    assert choose([]).rule == ""


figures = st.lists(
    st.builds(
        lambda i, value, origin, qualifier, official, plausible: figure(
            f"r{i}", value, qualifier, origin=origin, official=official, plausible=plausible
        ),
        st.integers(0, 30),
        st.integers(1, 10**8).map(float),
        st.sampled_from("pqrs"),
        st.sampled_from(["exact", "about", "over", "under"]),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda f: f.report_id,
)


@given(figures, st.randoms(use_true_random=False))
def test_whatever_outlets_say(given_figures: list[Figure], rng) -> None:  # type: ignore[no-untyped-def]
    found = choose(given_figures)
    assert found.span.best in {f.value for f in given_figures}
    assert found.span.low is None or found.span.low <= found.span.best
    assert found.span.high is None or found.span.high >= found.span.best
    assert set(found.verdicts) == {f.report_id for f in given_figures}
    assert list(found.verdicts.values()).count("chosen") == 1
    shuffled = list(given_figures)
    rng.shuffle(shuffled)
    assert choose(shuffled) == found
