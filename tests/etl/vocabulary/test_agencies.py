"""Bodies: generic names by country, authority by area and date, joint names split."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.vocabulary import load
from etl.vocabulary.agencies import (
    agency_country,
    agency_label,
    authority_labels,
    body_labels,
    body_roles,
    resolve_agencies,
    resolve_agency,
    unknown_agencies,
    unused_entries,
)


@pytest.mark.parametrize(
    ("text", "country", "code", "authority"),
    [
        ("Interior Ministry", "IQ", "iq_moi", "iq_federal"),
        ("Interior Ministry", "LB", "lb_moi", "other_state"),
        ("Iraqi Interior Ministry", "SY", "iq_moi", "iq_federal"),
        ("Anti-Narcotics Department", "JO", "jo_and", "other_state"),
        ("General Directorate for Combating Narcotics (Iraq)", "SY", "iq_gdnpa", "iq_federal"),
        ("General Directorate for Narcotics and Psychotropic Substances", "SY", "iq_gdnpa", "iq_federal"),
        ("المديرية العامة لشؤون المخدرات والمؤثرات العقلية", "SY", "iq_gdnpa", "iq_federal"),
        ("Anbar Police Command", "IQ", "iq_police", "iq_federal"),
        ("Wasit Narcotics Department", "IQ", "iq_gdnpa", "iq_federal"),  # unseen province
        ("Erbil anti-narcotics directorate", "IQ", "iq_krg_narcotics", "iq_krg"),
        (
            "Erbil anti-narcotics directorate",
            "SA",
            "iq_krg_narcotics",
            "iq_krg",
        ),  # a partner named by its place
        ("Mosul security forces", "", "iq_security_forces", "iq_federal"),
        ("Asayish", "IQ", "iq_krg_asayish", "iq_krg"),
        ("Asayish", "SY", "sy_asayish", "sy_sdf_aanes"),
        ("Asayish Directorate for Drug Control", "IQ", "iq_krg_narcotics", "iq_krg"),
        ("Directorate General of Counter-Terrorism", "IQ", "iq_krg_ctd", "iq_krg"),
        ("Counter-Terrorism Service", "IQ", "iq_cts", "iq_federal"),
        ("Federal Intelligence and Investigations Agency", "IQ", "iq_fiia", "iq_federal"),
        ("وكالة الاستخبارات والتحقيقات الاتحادية", "IQ", "iq_fiia", "iq_federal"),
        ("Iraqi National Intelligence Service", "SY", "iq_inis", "iq_federal"),
        ("5th Infantry Division intelligence", "IQ", "iq_military_intelligence", "iq_federal"),
        ("1st Battalion, 6th Border Brigade", "IQ", "iq_border_forces", "iq_federal"),
        ("Border Ports Authority", "IQ", "iq_border_ports", "iq_federal"),
        ("هيئة المنافذ الحدودية", "IQ", "iq_border_ports", "iq_federal"),
        ("Maghaweir al-Thowra", "SY", "sy_free_army", "sy_al_tanf"),
        ("US-led coalition", "SY", "int_coalition", "sy_al_tanf"),
        ("Syrian Democratic Forces", "SY", "sy_sdf", "sy_sdf_aanes"),
        ("Azaz police", "SY", "sy_sna_police", "sy_sna"),
        ("Afrin Anti-Drug and Smuggling (Turkish-backed police)", "SY", "sy_sna_police", "sy_sna"),
        ("Men of Dignity", "SY", "sy_men_of_dignity", "other"),
        ("ISF Central Drugs Office", "LB", "lb_isf_narcotics", "other_state"),
        ("Internal Security Forces", "LB", "lb_isf", "other_state"),
        ("General Security", "LB", "lb_general_security", "other_state"),
        ("Lebanese Army Directorate of Intelligence", "LB", "lb_laf_intelligence", "other_state"),
        ("Lebanese Customs Anti-Narcotics Division", "LB", "lb_customs", "other_state"),
        ("Al-Haditha Customs", "SA", "sa_zatca", "other_state"),
        ("ZATCA", "", "sa_zatca", "other_state"),
        ("Dubai Police", "", "ae_dubai_police", "other_state"),
        (
            "Hatay Customs Enforcement Smuggling and Intelligence",
            "TR",
            "tr_customs_enforcement",
            "other_state",
        ),
        ("Tunisian customs", "TN", "tn_customs", "other_state"),  # no body listed: a plain code
        ("الجمارك", "TN", "tn_customs", "other_state"),
        ("Interpol", "SD", "int_interpol", "other"),
        ("US DEA (tip-off)", "GR", "us_dea", "other_state"),
        ("various (UNODC data)", "", "int_several_states", "other_state"),
    ],
)
def test_bodies(text: str, country: str, code: str, authority: str) -> None:
    match = resolve_agency(text, country)
    assert (match.code, match.authority, match.known) == (code, authority, True)


@pytest.mark.parametrize(
    ("text", "on", "until", "authority"),
    [
        ("Interior Ministry", date(2024, 12, 7), None, "sy_former_government"),
        ("Interior Ministry", date(2024, 12, 8), None, "sy_transitional"),
        ("إدارة مكافحة المخدرات", date(2025, 10, 1), None, "sy_transitional"),
        ("Anti-Narcotics Department", date(2025, 1, 1), date(2025, 12, 31), "sy_transitional"),  # year only
        ("Anti-Narcotics Department", date(2023, 1, 1), date(2023, 12, 31), "sy_former_government"),
        ("Anti-Narcotics Department", date(2024, 1, 1), date(2024, 12, 31), ""),  # straddles the change
        ("Anti-Narcotics Department", None, None, ""),
        ("Anti-Narcotics Department", None, date(2022, 5, 1), "sy_former_government"),  # only "not after"
        ("Anti-Narcotics Department", None, date(2025, 5, 1), ""),
        ("Syrian security authorities (Assad era)", date(2025, 5, 1), None, "sy_former_government"),
        ("new authorities", None, None, "sy_transitional"),
        ("rebels", date(2015, 3, 1), None, "other"),  # not those of December 2024
        ("rebels", date(2024, 12, 20), None, "sy_transitional"),
        ("Azaz police", date(2025, 6, 1), None, "sy_transitional"),  # the SNA was dissolved in January 2025
        ("Azaz police", None, date(2026, 6, 1), "sy_sna"),  # "not after" does not say that it was after
        ("General Security Service (Idlib)", date(2022, 2, 12), None, "other"),
        ("General Security Service (Idlib)", date(2025, 2, 12), None, "sy_transitional"),
    ],
)
def test_syrian_authority_follows_the_date(
    text: str, on: date | None, until: date | None, authority: str
) -> None:
    assert resolve_agency(text, "SY", on, until).authority == authority


@pytest.mark.parametrize(
    ("cell", "country", "codes"),
    [
        ("Iraqi and Syrian Interior Ministries", "SY", ["iq_moi", "sy_moi"]),
        ("Iraqi and Syrian authorities", "SY", ["iq_government", "sy_authorities"]),
        ("Syrian and Iraqi authorities", "SY", ["sy_authorities", "iq_government"]),
        ("customs and police", "KW", ["kw_customs", "kw_police"]),
        (
            "Saudi Ministry of Interior / General Directorate of Narcotics Control",
            "IQ",
            ["sa_moi", "sa_gdnc"],
        ),
        ("ZATCA|General Directorate of Narcotics Control", "SA", ["sa_zatca", "sa_gdnc"]),
        ("Anbar Police Command|Anbar police", "IQ", ["iq_police"]),
        ("Directorate General of Intelligence and Security (Defence Ministry)", "IQ", ["iq_dgis"]),
        ("General Directorate for Narcotics and Psychotropic Substances", "IQ", ["iq_gdnpa"]),
        ("Guild of Weavers|Anbar police", "IQ", [None, "iq_police"]),
        ("", "IQ", []),
    ],
)
def test_cells(cell: str, country: str, codes: list[str | None]) -> None:
    assert [match.code for match in resolve_agencies(cell, country)] == codes


def test_unknown_names_are_reported_not_guessed() -> None:
    match = resolve_agency("Guild of Weavers", "IQ")
    assert (match.code, match.authority, match.known) == (None, "", False)
    assert resolve_agency("customs", "").code is None  # no country, no body
    assert unknown_agencies([("Guild of Weavers|Anbar police", "IQ")]) == ["Guild of Weavers"]


def test_unused_bodies_are_reported() -> None:
    unused = unused_entries([("Anbar police", "IQ")])
    assert "iq_police" not in unused
    assert "jo_jaf" in unused


def test_labels() -> None:
    assert agency_label("iq_gdnpa").ar.startswith("المديرية العامة لشؤون المخدرات والمؤثرات العقلية")
    assert agency_label("tn_customs") == ("Customs (Tunisia)", "الجمارك (تونس)")
    assert (agency_country("tn_customs"), agency_country("int_interpol")) == ("TN", "")
    assert body_roles("tn_customs") == {"customs"}
    assert "narcotics" in body_roles("iq_gdnpa")


def test_the_list_is_consistent() -> None:
    data = load("agencies")
    authorities = set(authority_labels()) | {"sy_state"}
    for code, body in data["body"].items():
        assert code.isascii()
        assert code == code.lower()
        assert body.get("authority", "other") in authorities
        assert set(body.get("roles", ())) <= set(data["role"])
        assert body_labels()[code].ar
    assert {area["authority"] for area in data["territory"]} <= authorities


@given(st.text(max_size=80), st.sampled_from(["IQ", "SY", "LB", "SA", "TN", ""]))
def test_any_text_resolves_to_something(text: str, country: str) -> None:
    for match in resolve_agencies(text, country, date(2025, 1, 1)):
        assert match.known == (match.code is not None)
        assert match.authority in {*authority_labels(), ""}
