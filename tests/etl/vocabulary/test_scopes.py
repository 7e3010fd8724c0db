"""Published totals: period totals told from bundles, estimates and mere counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.vocabulary.scopes import (
    ScopeContext,
    adds_up_several,
    all_labels,
    parse_scope,
    unknown_scopes,
    unused_entries,
)

SA = ScopeContext(country="SA", drug="captagon", agencies="ZATCA")


@pytest.mark.parametrize(
    ("text", "kind", "incidents"),
    [
        ("five attempts at Al-Haditha announced together", "bundle", 5),
        ("two trucks at Duba told together", "bundle", 2),
        ("two pilgrim buses at Halat Ammar", "bundle", 2),
        ("four Amman busts in a week to about 14 September 2023", "bundle", 4),
        ("six shipments at Shuwaikh announced by the ministry in 2022", "bundle", 6),  # unseen wording
        ("several sea attempts in three regions, period not stated", "bundle", None),
        ("parcels at two airports and a garage store in one Aachen case", "bundle", None),
        ("Captagon, Iraq, 2023 (UNODC)", "period_total", None),
        ("January to May of an unnamed year, 465 customs attempts", "period_total", 465),
        ("17 cases in the last three months of 2016", "period_total", 17),
        ("seven foiled attempts at the Syria-Jordan border in recent weeks", "period_total", 7),
        ("pills seized in Oman in 2024", "period_total", None),
        ("sum of three seizures of April 2022 (1.8, 8 and 6.2 million)", "sum_of_listed", 3),
        ("amount allegedly trafficked by one network via Austria", "trafficked_estimate", None),
        ("two seizures at the airport announced on 30 May 2017", "bundle", 2),
    ],
)
def test_kinds(text: str, kind: str, incidents: int | None) -> None:
    scope = parse_scope(text, SA)
    assert (scope.kind, scope.n_incidents, scope.known) == (kind, incidents, True)


def test_a_total_without_quantity_is_a_count() -> None:
    text = "21 balloons brought down in western Anbar, period not given"
    assert parse_scope(text, ScopeContext(country="IQ", has_quantity=False)).kind == "count_only"
    assert parse_scope(text, ScopeContext(country="IQ")).kind == "period_total"
    bundle = parse_scope("two raids announced together", ScopeContext(has_quantity=False))
    assert bundle.kind == "bundle"  # its parts are events all the same


@pytest.mark.parametrize(
    ("text", "context", "scope_kind", "issuer", "agency", "drug_scope"),
    [
        ("Captagon, Iraq, 2023 (UNODC)", ScopeContext("IQ", drug="captagon"), "national", "UNODC", "",
         "captagon"),
        ("all narcotics, Iraq, since 2023",
         ScopeContext("IQ", agencies="Interior Ministry", drug="mixed"), "national", "Ministry of Interior",
         "", "all_drugs"),
        ("Jordan army seizures of narcotic pills, January-September 2025",
         ScopeContext("JO", agencies="Jordan Armed Forces", drug="pills_unspecified"), "agency",
         "Jordan Armed Forces - Arab Army", "jo_jaf", "pills"),
        ("Captagon, Anbar province, first three months of 2022",
         ScopeContext("IQ", ("Anbar",), drug="captagon", publisher="Khaleej Times (AFP)"), "governorate",
         "Khaleej Times", "", "captagon"),
        ("Captagon, whole region, 2022 to 22 March (AFP count)", ScopeContext(drug="captagon"), "regional",
         "AFP", "", "captagon"),
        ("Captagon, worldwide, first eight months of 2022 (AFP tally)", ScopeContext(drug="captagon"),
         "international", "AFP", "", "captagon"),
        ("amphetamine-group seizures in Saudi Arabia in 2008 (UN report)",
         ScopeContext("SA", drug="amphetamine"), "national", "UNODC", "", "other"),
        ("Iraq-Syria border, second half of 2025; part of the international total",
         ScopeContext("SY", place="Iraq-Syria border", agencies="Ministry of Interior", drug="captagon"),
         "border", "Ministry of Interior", "", "captagon"),
        ("pills, Kurdistan Region, 2023",
         ScopeContext("IQ", ("Kurdistan Region",), agencies="Kurdistan anti-narcotics directorate"),
         "territory", "Directorate General for Combating Narcotics, Kurdistan Region (Asayish)",
         "iq_krg_narcotics", "pills"),
        ("three attempts at Khafji announced together", SA, "operation",
         "Zakat, Tax and Customs Authority (to May 2021: Saudi Customs)", "", "captagon"),
        ("seizures in 2021", ScopeContext("KW", drug="pills_unspecified"), "national", "", "", "pills"),
        ("seizures in 2021", ScopeContext("KW", drug="hashish"), "national", "", "", "other"),
        ("seizures in 2021", ScopeContext("KW", drug="unspecified"), "national", "", "", "all_drugs"),
    ],
)  # fmt: skip
def test_scope_fields(
    *, text: str, context: ScopeContext, scope_kind: str, issuer: str, agency: str, drug_scope: str
) -> None:
    scope = parse_scope(text, context)
    assert (scope.scope_kind, scope.issuer, scope.agency, scope.drug_scope) == (
        scope_kind, issuer, agency, drug_scope,
    )  # fmt: skip


def test_parts_of_a_larger_total_say_so() -> None:
    assert parse_scope(
        "Syria-Turkey border, second half of 2025; part of the international total"
    ).part_of_larger
    assert not parse_scope("Captagon seized inside Syria, 2025").part_of_larger


def test_notes_that_betray_a_sum() -> None:
    assert adds_up_several("two operations added together: the split is not given")
    assert adds_up_several("undated; sum of two attempts")
    assert not adds_up_several("gives both tablets and weight together")
    assert not adds_up_several("")


def test_unknown_and_unused_are_reported() -> None:
    assert unknown_scopes([("somewhere, somehow", ScopeContext()), ("Iraq, 2023", ScopeContext())]) == [
        "somewhere, somehow"
    ]
    assert parse_scope("somewhere, somehow").kind == "period_total"
    unused = unused_entries(["several operations tied to one trafficker"])
    assert "several operations tied to one trafficker" not in unused
    assert unused


def test_labels() -> None:
    for codes in all_labels().values():
        assert all(label.en and label.ar for label in codes.values())


@given(st.text(max_size=80), st.booleans())
def test_never_fails(text: str, has_quantity: bool) -> None:
    scope = parse_scope(text, ScopeContext(has_quantity=has_quantity))
    labels = all_labels()
    assert scope.kind in labels["kind"]
    assert scope.scope_kind in labels["scope_kind"]
    assert scope.drug_scope in labels["drug_scope"]
