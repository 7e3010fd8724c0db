"""What an event publishes of its reports' dates, places, drugs, bodies and standing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from etl.events import build_bundle, build_event, build_events
from etl.records import AgencyRef, Bundle, Cluster, Event, Linking, Load, OutletRef, Report, Span

Make = Callable[..., Report]


@pytest.fixture
def event(cluster: Callable[..., Cluster]) -> Callable[..., Event]:
    """`event(report, report, ..., origins=...)`."""

    def build(*reports: Report, origins: Any = ()) -> Event:
        return build_event(reports, cluster(reports, origins))

    return build


def values(event: Event, *names: str) -> tuple[object, ...]:
    return tuple(event.values[name].value if name in event.values else None for name in names)


# -- dates


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([("2024-05-01", "stated")], (date(2024, 5, 1), "day", "stated")),
        ([("2024-05-02", "published"), ("2024-05-01", "stated")], (date(2024, 5, 1), "day", "stated")),
        ([("2024-05-09", "other_report"), ("2024-05-01", "weekday")], (date(2024, 5, 1), "day", "weekday")),
        ([("2024-05-09", "other_report")], (date(2024, 5, 9), "day", "other_report")),
        ([("2024-05", "stated"), ("2024-05-03", "published")], (date(2024, 5, 3), "day", "published")),
        ([("2024-05", "stated"), ("2024-06-03", "published")], (date(2024, 5, 1), "month", "stated")),
        (
            [("2024", "stated"), ("2024-05", "published"), ("2024-05-03", "other_report")],
            (date(2024, 5, 3), "day", "other_report"),
        ),
        (
            [("2024-05-01", "stated"), ("2024-05-02", "stated"), ("2024-05-02", "stated")],
            (date(2024, 5, 2), "day", "stated"),
        ),
    ],
)
def test_own_stated_dates_go_first_and_a_finer_date_inside_refines(
    report: Make, event: Callable[..., Event], dates: list[tuple[str, str]], expected: tuple[object, ...]
) -> None:
    found = event(*(report(f"R{i}", when=day, basis=basis) for i, (day, basis) in enumerate(dates)))
    assert values(found, "date_start", "date_precision", "date_basis") == expected


def test_an_undated_event_has_no_day_but_keeps_its_bounds(
    report: Make, event: Callable[..., Event], when: Callable[..., Any]
) -> None:
    bounded = when("", not_before=date(2021, 1, 1), not_after=date(2021, 6, 30), bound_basis="notes")
    tighter = when("", not_after=date(2021, 3, 31), bound_basis="url_path")
    found = event(report("R1", when=bounded), report("R2", when=tighter))
    assert values(found, "date_precision", "date_start", "year") == ("none", None, None)
    assert values(found, "date_not_before", "date_not_after") == (date(2021, 1, 1), date(2021, 3, 31))
    assert values(found, "date_bound_basis") == (("notes", "url_path"),)
    assert "undated" in found.flags


def test_bounds_that_contradict_each_other_widen(
    report: Make, event: Callable[..., Event], when: Callable[..., Any]
) -> None:
    early = when("", not_after=date(2020, 1, 31), bound_basis="notes")
    late = when("", not_before=date(2020, 6, 1), not_after=date(2020, 12, 31), bound_basis="notes")
    found = event(report("R1", when=early), report("R2", when=late))
    assert values(found, "date_not_before", "date_not_after") == (date(2020, 6, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("text", "year", "month"), [("2024", 2024, None), ("2024-05", 2024, 5), ("2024-05-01", 2024, 5)]
)
def test_year_and_month_are_blank_where_unknown(
    report: Make, event: Callable[..., Event], text: str, year: int, month: int | None
) -> None:
    assert values(event(report(when=text)), "year", "month") == (year, month)


def test_a_date_after_the_first_page_that_told_the_news_gives_way(
    report: Make, event: Callable[..., Event]
) -> None:
    late = report("R1", when="2023-08-06", published=date(2023, 8, 6))
    early = report("R2", when="2023-08-03", basis="weekday", published=date(2023, 8, 3))
    assert values(event(late, early), "date_start") == (date(2023, 8, 3),)
    assert values(event(late), "date_start") == (date(2023, 8, 6),)
    month = report("R3", when="2023-08", role="background")  # refined by the day, not by the late one
    assert values(event(late, early, month), "date_start") == (date(2023, 8, 3),)
    recalled = report("R2", when="2023-08-03", basis="weekday", published=date(2023, 8, 3), role="background")
    assert values(event(late, recalled), "date_start") == (date(2023, 8, 6),)
    next_day = report("R1", when="2023-08-04", published=date(2023, 8, 4))  # another time zone
    assert values(event(next_day, early), "date_start") == (date(2023, 8, 4),)


def test_own_days_far_apart_are_flagged(report: Make, event: Callable[..., Event]) -> None:
    assert "dates_differ" in event(report("R1", when="2024-05-01"), report("R2", when="2024-05-09")).flags
    assert "dates_differ" not in event(report("R1", when="2024-05-01"), report("R2", when="2024-05-03")).flags


# -- places

ANBAR = {"precision": "governorate", "admin1_codes": ("IQ-AN",)}
QAIM = {"precision": "exact", "admin1_codes": ("IQ-AN",), "place": "Al-Qaim crossing",
"place_id": "iq:al-qaim",
        "latitude": 34.4, "longitude": 41.0, "uncertainty_km": 1.0}  # fmt: skip
NINEVEH = {"precision": "town", "admin1_codes": ("IQ-NI",), "place": "Rabia", "place_id": "iq:rabia"}


def test_the_most_specific_place_that_the_others_allow(report: Make, event: Callable[..., Event]) -> None:
    found = event(report("R1"), report("R2", **ANBAR), report("R3", **QAIM))
    assert values(found, "place", "place_precision", "latitude") == ("Al-Qaim crossing", "exact", 34.4)
    assert "places_differ" not in found.flags


def test_a_place_that_most_origins_exclude_is_not_published(
    report: Make, event: Callable[..., Event]
) -> None:
    found = event(
        report("R1", **QAIM),
        report("R2", **NINEVEH),
        report("R3", admin1_codes=("IQ-NI",), precision="governorate"),
    )
    assert values(found, "place") == ("Rabia",)
    assert "places_differ" in found.flags


def test_one_look_back_does_not_overrule_several_who_told_the_news(
    report: Make, event: Callable[..., Event]
) -> None:
    area = {"precision": "district", "place": "Southern Homs countryside", "place_id": "sy:homs-south"}
    town = {"precision": "town", "place": "Homs", "place_id": "sy:homs", "role": "background"}
    news = [report(f"R{i}", **area) for i in range(3)]
    assert values(event(*news, report("R8", **town)), "place") == ("Southern Homs countryside",)
    assert values(event(*news[:2], report("R8", **town)), "place") == ("Homs",)
    two = [report("R8", **town), report("R9", **town)]
    assert values(event(*news, *two), "place") == ("Homs",)


def test_coarser_than_a_town_there_is_no_point(report: Make, event: Callable[..., Event]) -> None:
    found = event(report(precision="district", latitude=34.0, longitude=41.0, uncertainty_km=30.0))
    assert values(found, "latitude", "longitude", "place_uncertainty_km") == (None, None, 30.0)


def test_the_country_is_where_the_drugs_lay_by_most_origins(
    report: Make, event: Callable[..., Event]
) -> None:
    abroad = report("R1", country="SY", joint_with=("IQ",))
    mine = report("R2", country="", joint_with=())
    found = event(abroad, mine)
    assert values(found, "country", "partner_countries") == ("SY", ("IQ",))


def test_both_places_stay_visible(report: Make, event: Callable[..., Event]) -> None:
    found = event(report("R1", place_as_written="Damascus"), report("R2", place_as_written="rural Damascus"))
    assert values(found, "place_as_reported") == (("Damascus", "rural Damascus"),)


def test_one_trusted_report_that_says_so_makes_it_cross_the_border(
    report: Make, event: Callable[..., Event]
) -> None:
    found = event(report("R1", border_relation="near"), report("R2", border_relation="crosses_stated"))
    assert values(found, "border_relation") == ("crosses_stated",)


# -- drugs and quantities


@pytest.mark.parametrize(
    ("drugs", "expected", "agreement"),
    [
        (["pills_unspecified", "captagon", "pills_unspecified"], "captagon", "1/3"),
        (["unspecified", "hashish"], "hashish", "1/2"),
        (["amphetamine", "amphetamine_tablets"], "amphetamine_tablets", "1/2"),
        (["mixed", "unspecified"], "mixed", "1/2"),
    ],
)
def test_the_most_specific_kind_is_the_drug(
    report: Make, event: Callable[..., Event], drugs: list[str], expected: str, agreement: str
) -> None:
    found = event(*(report(f"R{i}", drug=drug) for i, drug in enumerate(drugs)))
    assert values(found, "drug", "drug_agreement") == (expected, agreement)


def test_a_weak_report_does_not_name_the_drug(report: Make, event: Callable[..., Event]) -> None:
    found = event(report("R1", drug="pills_unspecified"), report("R2", drug="captagon", quality="weak"))
    assert values(found, "drug") == ("pills_unspecified",)


def test_the_weight_of_raw_material_becomes_no_tablets(report: Make, event: Callable[..., Event]) -> None:
    converted = Span(130952, 164671, 177419, "converted")
    raw = report(form="raw_material", tablets=converted, kg=27.5, conversion_g=0.167)
    assert values(event(raw), "tablets_best", "tablets_basis", "kg_best") == (None, "none", 27.5)
    assert values(event(replace(raw, form="tablets")), "tablets_best", "tablets_basis", "conversion_g") == (
        164671,
        "converted",
        0.167,
    )


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], ("tablets", 164671)),
        ([{"drug": "precursor", "form": "raw_material"}], ("raw_material", None)),
        ([{"form": "crushed_or_powder"}], ("crushed_or_powder", None)),
        ([{"drug": "mixed", "form": "mixed_load"}], ("mixed_load", None)),
        ([{"drug": "amphetamine", "form": "unknown"}], ("unknown", None)),
        ([{"drug": "unspecified", "form": "unknown"}], ("tablets", 164671)),  # says nothing of the form
        ([{"drug": "precursor", "form": "raw_material", "quality": "weak"}], ("tablets", 164671)),
        ([{"tablets": 170000}, {"form": "crushed_or_powder"}], ("tablets", 170000)),  # a count is a count
    ],
)
def test_one_good_report_of_something_else_forbids_conversion(
    report: Make, event: Callable[..., Event], others: list[dict[str, Any]], expected: tuple[object, ...]
) -> None:
    weighed = report(tablets=Span(130952, 164671, 177419, "converted"), kg=27.5, conversion_g=0.167)
    group = {"captagon": "captagon"}
    reports = [
        report(f"R{i}", **{"kg": 27.5, "drug_group": group.get(o.get("drug", "captagon"), o.get("drug"))} | o)
        for i, o in enumerate(others, 2)
    ]
    assert values(event(weighed, *reports), "form", "tablets_best") == expected


def test_a_converted_figure_is_that_of_the_published_one(report: Make, event: Callable[..., Event]) -> None:
    """Whichever report each came from: 30 kg "exact" from one outlet and "more than 30" from another."""
    kg_over = Span(30.0, 30.0, None, "stated")
    over = report("R1", tablets=Span(142857, 179641, None, "converted"), kg=kg_over, qualifier="over")
    exact = report("R2", form="unknown", kg=30.0)
    found = event(replace(over, conversion_g=0.167), exact)
    assert values(found, "kg_low", "kg_best", "kg_high") == (30.0, 30.0, 30.0)
    assert values(found, "tablets_low", "tablets_best", "tablets_high") == (142857, 179641, 193548)
    kg = [Span(n * 0.155e-3, n * 0.167e-3, n * 0.21e-3, "converted") for n in (5.2e6, 6e6)]
    counted = [report("R1", tablets=5.2e6, kg=kg[0]), report("R2", tablets=6e6, kg=kg[1], is_official=True)]
    assert values(event(*counted), "tablets_best", "kg_low", "kg_best") == (6e6, 806.0, 1002.0)


def test_the_weight_of_drugs_is_not_that_of_the_tablets_that_others_counted(
    report: Make, event: Callable[..., Event]
) -> None:
    """370 kg of "drugs" were 1,272,000 tablets and 108 kg of hashish."""
    converted = Span(197.16, 212.424, 267.12, "converted")
    counted = report("R1", tablets=1.272e6, kg=converted, conversion_g=0.167)
    drugs = {"drug": "unspecified", "drug_group": "unspecified", "form": "unknown", "kg": 370.0}
    several = [report(f"R{i}", **drugs) for i in range(2, 5)]
    assert values(event(counted, *several), "kg_best", "kg_basis") == (212.424, "converted")
    named_only = report("R1")  # names Captagon, says no figure
    assert values(event(named_only, *several), "kg_best", "kg_basis") == (370.0, "stated")
    assert values(event(*several), "kg_best") == (370.0,)


def test_the_figures_are_those_of_the_form(report: Make, event: Callable[..., Event]) -> None:
    pills = report(tablets=Span(130952, 164671, None, "converted"), kg=27.5, as_written="27.5 kg of pills")
    raw = {"drug": "precursor", "drug_group": "precursor", "form": "raw_material", "kg": 27.0}
    found = event(pills, report("R2", as_written="27 kg of raw material", **raw), report("R3", **raw))
    assert values(found, "form", "kg_best", "quantity_as_reported") == (
        "raw_material",
        27.0,
        "27 kg of raw material",
    )


def test_conversion_is_flagged_where_the_published_figure_is_converted(
    report: Make, event: Callable[..., Event]
) -> None:
    flags = ("converted_from_weight",)
    weighed = report("R1", tablets=Span(1e5, 2e5, 3e5, "converted"), kg=33.4, conversion_g=0.167, flags=flags)
    assert "converted_from_weight" in event(weighed).flags
    assert "converted_from_weight" not in event(weighed, report("R2", tablets=2e5)).flags


def test_nearly_is_about_also_where_it_is_published(report: Make, event: Callable[..., Event]) -> None:
    found = event(report(tablets=2000, qualifier="under", as_written="nearly 2,000 pills"))
    assert values(found, "tablets_qualifier", "tablets_low", "tablets_high") == ("about", 2000, 2000)


def test_a_stated_count_goes_before_a_converted_one(report: Make, event: Callable[..., Event]) -> None:
    found = event(report("R1", tablets=Span(1, 2e6, 3e6, "converted"), kg=334.0), report("R2", tablets=1.5e6))
    assert values(found, "tablets_best", "tablets_basis", "kg_best", "kg_basis") == (
        1.5e6,
        "stated",
        334.0,
        "stated",
    )


def test_no_quantity_is_no_zero(report: Make, event: Callable[..., Event]) -> None:
    found = event(report())
    assert values(found, "tablets_best", "kg_best", "tablets_rule", "counted") == (None, None, None, True)


def test_joint_operation_of_july_2025_in_miniature(report: Make, event: Callable[..., Event]) -> None:
    """One outlet's 2,015 kg would be 1.49 g a tablet: 215 kg is published, 2,015 kg is kept and flagged."""
    slip = report("R1", tablets=1.35e6, kg=2015.0, mass_g=1.49, flags=("mass_check",))
    good = report("R2", tablets=1.35e6, kg=215.0, mass_g=0.159)
    found = event(slip, good)
    assert values(found, "tablets_best", "kg_best", "figures_differ") == (1.35e6, 215.0, True)
    assert found.flag_reports["mass_check"] == ("R1",)


def test_other_drugs_are_listed_once(report: Make, event: Callable[..., Event]) -> None:
    hashish = (Load("hashish", 50, "slabs"),)
    found = event(
        report("R1", other_loads=hashish),
        report("R2", other_loads=hashish),
        report("R3", other_loads=(Load("heroin", None, ""),)),
    )
    assert values(found, "other_drugs") == (("hashish:50:slabs", "heroin::"),)


# -- bodies, methods, people


def test_bodies_partners_and_announcers(report: Make, event: Callable[..., Event]) -> None:
    guard = AgencyRef("Iraqi Border Guard", "iq_border_guard", "iq_federal", "IQ", "seizing")
    partner = AgencyRef("Syrian police", "sy_police", "sy_transitional", "SY", "partner")
    ina = OutletRef("ina", "INA", "official", "IQ")
    found = event(
        report("R1", agencies=(guard, partner), authority="iq_federal"),
        report("R2", outlet=ina, is_official=True),
    )
    assert values(found, "agencies", "agency_codes", "authority") == (
        ("Iraqi Border Guard",),
        ("iq_border_guard",),
        "iq_federal",
    )
    assert values(found, "partner_countries", "announced_by", "evidence") == (
        ("SY",),
        ("IQ",),
        "official_text",
    )
    assert values(found, "official_url") == ("https://example.org/R2",)
    assert values(found, "source_urls") == (("https://example.org/R2", "https://example.org/R1"),)


def test_what_partners_did_and_the_way_between(report: Make, event: Callable[..., Event]) -> None:
    found = event(report("R1", partners=("US DEA (tip-off)",), origin="Syria via Turkey"), report("R2"))
    assert values(found, "partner_role", "transit_countries") == (("tip",), ("TR",))
    assert values(event(report(notes="acted on a tip-off")), "partner_role") == (None,)


def test_a_known_method_goes_before_unknown_ones(report: Make, event: Callable[..., Event]) -> None:
    found = event(
        report("R1"), report("R2"), report("R3", method_group="balloon", event_type="airdrop_or_drone")
    )
    assert values(found, "method_group", "event_type") == ("balloon", "airdrop_or_drone")


def test_arrests_keep_their_spread_and_zero_only_where_said(
    report: Make, event: Callable[..., Event]
) -> None:
    found = event(report("R1", arrests=2), report("R2", arrests=3), report("R3", arrests=2))
    assert values(found, "arrests", "arrests_low", "arrests_high", "killed") == (2, 2, 3, None)
    assert values(event(report(arrests=0)), "arrests") == (0,)


# -- standing


@pytest.mark.parametrize(
    ("reports", "origins", "expected"),
    [
        ([{"role": "background"}, {"role": "background"}], "ab", "recalled_only"),
        ([{"quality": "weak"}, {"quality": "weak"}], "ab", "weak"),
        ([{}, {}], "ab", "several_origins"),
        ([{}, {}], "aa", "one_origin"),
        ([{"is_official": True}, {}], "ab", "official_text"),
    ],
)
def test_evidence(
    report: Make, event: Callable[..., Event], reports: list[dict[str, Any]], origins: str, expected: str
) -> None:
    found = event(*(report(f"R{i}", **given) for i, given in enumerate(reports)), origins=origins)
    assert values(found, "evidence") == (expected,)


def test_reports_outlets_and_origins_are_counted_apart(report: Make, event: Callable[..., Event]) -> None:
    same = OutletRef("shafaq", "Shafaq", "outlet")
    found = event(report("R1", outlet=same), report("R2", outlet=same), report("R3"), origins="aab")
    assert values(found, "n_reports", "n_outlets", "n_origins") == (3, 2, 2)


def test_an_alleged_site_is_listed_and_not_counted(report: Make, event: Callable[..., Event]) -> None:
    found = event(report(flags=("claim_of_site",)))
    assert values(found, "counted", "not_counted_reason") == (False, "claim_of_site")
    assert values(event(report("R1", flags=("claim_of_site",)), report("R2")), "counted") == (True,)


def test_a_sum_typed_as_one_seizure_is_a_bundle(report: Make, event: Callable[..., Event]) -> None:
    found = event(report(tablets=4.47e7, notes="two operations added together: the split is not given"))
    assert values(found, "is_bundle", "n_incidents") == (True, None)
    assert "bundle" in found.flags


def test_possible_duplicates_are_flagged_on_both_sides(report: Make, cluster: Callable[..., Cluster]) -> None:
    one, other = report("R1"), report("R2")
    linking = Linking((cluster([one]), cluster([other])), possibly_same=(("R1", "R2", "same figure"),))
    assert ["possible_duplicate" in e.flags for e in build_events([other, one], linking)] == [True, True]


def test_the_order_of_reports_changes_nothing(report: Make, event: Callable[..., Event]) -> None:
    reports = [report(f"R{i}", tablets=1e6 + i, place_as_written=f"p{i}", **ANBAR) for i in range(5)]
    assert event(*reports) == event(*reversed(reports))


def test_every_value_names_its_rule_and_only_its_own_reports(
    report: Make, event: Callable[..., Event]
) -> None:
    found = event(report("R1", tablets=1e6), report("R2", tablets=2e6, **QAIM))
    for name, choice in found.values.items():
        assert choice.rule, name
        assert set(choice.report_ids) <= {"R1", "R2"}, name


def test_what_a_bundle_leaves_over_is_one_event_of_its_own(report: Make) -> None:
    told = report("R1", event_type="aggregate", tablets=1e6)
    found = build_bundle(Bundle((told,), Span(4e5, 4e5, 4e5, "stated"), Span(), 2))
    assert values(found, "is_bundle", "n_incidents", "tablets_best", "event_type") == (
        True,
        2,
        4e5,
        "interdiction",
    )
    assert "bundle" in found.flags


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, (date(2024, 5, 20), "day", 2024, 5, None)),  # the announcement's own day
        (date(2024, 5, 9), date(2024, 5, 9), (date(2024, 5, 9), "day", 2024, 5, None)),
        (date(2024, 5, 1), date(2024, 5, 6), (date(2024, 5, 1), "week", 2024, 5, date(2024, 5, 6))),
        (date(2024, 5, 1), date(2024, 5, 31), (date(2024, 5, 1), "month", 2024, 5, date(2024, 5, 31))),
        (date(2024, 1, 1), date(2024, 12, 31), (date(2024, 1, 1), "year", 2024, None, date(2024, 12, 31))),
        (date(2023, 10, 1), date(2024, 4, 30), (None, "none", None, None, date(2024, 4, 30))),
        (None, date(2024, 5, 31), (None, "none", None, None, date(2024, 5, 31))),
    ],
)
def test_a_bundle_is_dated_by_its_period_not_by_its_announcement(
    report: Make, start: date | None, end: date | None, expected: tuple[object, ...]
) -> None:
    told = report("R1", event_type="aggregate", tablets=1e6, when="2024-05-20")
    found = build_bundle(Bundle((told,), Span(4e5, 4e5, 4e5, "stated"), Span(), 2, start, end))
    assert values(found, "date_start", "date_precision", "year", "month", "date_not_after") == expected
    assert ("undated" in found.flags) == (expected[1] == "none")


def test_an_uncertain_rest_is_listed_and_not_counted(report: Make) -> None:
    rest = Bundle((report("R1", event_type="aggregate"),), Span(4e5, 4e5, 4e5, "stated"), Span(), None)
    assert values(build_bundle(rest), "counted", "not_counted_reason") == (True, None)
    doubtful = build_bundle(replace(rest, certain=False))
    assert values(doubtful, "counted", "not_counted_reason") == (False, "parts_unknown")


def test_the_rest_of_a_bundle_is_converted_like_any_load(report: Make) -> None:
    told = report("R1", event_type="aggregate", kg=216.0)
    weighed = build_bundle(Bundle((told,), Span(), Span(216.0, 216.0, 216.0, "stated"), None))
    assert values(weighed, "tablets_low", "tablets_best", "tablets_basis", "conversion_g") == (
        1028571,
        1293413,
        "converted",
        0.167,
    )
    powder = replace(told, form="crushed_or_powder")
    crushed = build_bundle(Bundle((powder,), Span(), Span(216.0, 216.0, 216.0, "stated"), None))
    assert values(crushed, "tablets_best", "tablets_basis", "conversion_g") == (None, "none", None)
