"""Security bodies in news text: spans, canonical names, countries and parts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract import bodies
from etl.extract.mentions import Body
from etl.extract.text import fold_text


def read(text: str) -> list[tuple[str, str, str]]:
    """(words as written, canonical name, country) of each body."""
    folded = fold_text(text)
    return [(folded.quote(b.start, b.end), b.name, b.country) for b in bodies.find(folded)]


def roles(text: str) -> list[tuple[str, str]]:
    return [(body.name, body.role) for body in bodies.find(fold_text(text))]


NAMES = [
    ("Iraq's Military Intelligence Directorate reported", "Military Intelligence Directorate", "IQ"),
    ("the Border Forces Command said on Friday", "Border Forces Command", ""),
    ("Syria's Ministry of Interior said yesterday", "Ministry of Interior", "SY"),
    ("the General Authority for Land and Maritime Ports said",
     "General Authority for Land and Sea Ports", "SY"),
    ("the Istanbul Provincial Gendarmerie Command", "Istanbul Provincial Gendarmerie Command", "TR"),
    ("the Crime Prevention Directorate of the Kurdistan Region",
     "Crime Prevention Directorate of the Kurdistan Region", "IQ"),
    ("Saudi Arabia's General Directorate of Narcotics Control (GDNC)",
     "General Directorate of Narcotics Control", "SA"),
    ("the Zakat, Tax and Customs Authority (ZATCA)", "Zakat, Tax and Customs Authority (ZATCA)", "SA"),
    ("Lebanese soldiers searched Ferzol", "Lebanese Army", "LB"),
    ("its anti-narcotics teams had discovered", "Anti-narcotics Teams", ""),
    ("Police in Turkey seized pills", "Turkish Police", "TR"),
    ("the 1st Infantry Division found", "1st Infantry Division", ""),
    ("troops of Jordan's Eastern Military Zone", "Eastern Military Zone", "JO"),
    ("هيئة المنافذ الحدودية", "Border Ports Commission", "IQ"),
    ("وزارة الداخلية العراقية، الخميس", "Iraqi Interior Ministry", "IQ"),
    ("شرطة دبي", "Dubai Police", "AE"),
    ("أحبطت زاتكا تهريب", "Zakat, Tax and Customs Authority (ZATCA)", "SA"),
    ("ضبطت إدارة مكافحة المخدرات السورية", "Syrian Anti-Narcotics Department", "SY"),
    ("شعبة المعلومات دهمت مستودعاً", "ISF Information Division", "LB"),
    ("فرع مكافحة المخدرات في ريف دمشق", "Anti-Narcotics Branch", "SY"),
    ("مديرية الاستخبارات العسكرية على بالونات", "Military Intelligence Directorate", ""),
    ("الجمارك الأردنية، والتحقيق مستمر", "Jordanian Customs", "JO"),
    ("القوات المسلحة الأردنية", "Jordan Armed Forces - Arab Army", "JO"),
    ("قوات حرس الحدود ضبطت", "Border Guard", ""),
    ("الداخلية السورية تضبط", "Syrian Interior Ministry", "SY"),
]  # fmt: skip

NONE = [
    "Jordan News Agency said",
    "at a shipping office in Damascus",
    "the world's refugee agency",
    "customs duties were raised",
    "a transport of weapons was stopped",
    "وكالة الأنباء السعودية",
    "أجهزة تتبع دخلت الصحراء",
    "في الأسواق الداخلية",
    "شركة النقل البري",
]


@pytest.mark.parametrize(("text", "name", "country"), NAMES)
def test_names_are_read_with_their_country(text: str, name: str, country: str) -> None:
    assert (name, country) in [(found, land) for _, found, land in read(text)]


@pytest.mark.parametrize("text", NONE)
def test_other_agencies_and_offices_are_no_security_bodies(text: str) -> None:
    assert read(text) == []


def test_name_as_written_stops_at_verbs_and_particles() -> None:
    assert read("قالت المديرية العامة لمكافحة المخدرات في بيان")[0][0] == "المديرية العامة لمكافحة المخدرات"
    assert read("The Interior Ministry announced on Sunday")[0][0] == "Interior Ministry"


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("in cooperation with the Anti-Narcotics Department", "Anti-Narcotics Department", "partner"),
        ("the pills were handed over to the Lebanese Army", "Lebanese Army", "recipient"),
        ("UNODC described the corridor", "UN Office on Drugs and Crime", "speaker"),
        ("police seized the pills", "Police", "seizing"),
        ("بالتنسيق مع المديرية العامة لمكافحة المخدرات", "Anti-Narcotics Directorate", "partner"),
        ("قال وزير الداخلية اللبناني", "Lebanese Interior Ministry", "speaker"),
        ("وأُبلغت المديرية العامة لمكافحة المخدرات", "Anti-Narcotics Directorate", "recipient"),
    ],
)
def test_words_before_a_body_give_its_part(text: str, name: str, role: str) -> None:
    assert (name, role) in roles(text)


PIECES = st.sampled_from(
    ["Directorate ", "of ", "Interior ", "Ministry ", "the ", "and ", "customs ", "Police ", "in ", "Iraq",
     "'s ", "\n", ", ",
     "مديرية ", "مكافحة ", "المخدرات ", "العامة ", "و", "شرطة ", "في ", "(", ")", "ZATCA", "الداخلية "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_bodies_lie_apart_inside_one_line_of_any_text(text: str) -> None:
    folded = fold_text(text)
    found: list[Body] = bodies.find(folded)
    for body in found:
        assert 0 <= body.start < body.end <= len(folded.folded)
        assert "\n" not in folded.folded[body.start : body.end]
        assert body.name
    assert all(before.end <= behind.start for before, behind in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["police and ", "Directorate of ", "unit ", "مديرية ", "شرطة و", "in Iraq "]
)
def test_hostile_repetition_ends(piece: str) -> None:
    bodies.find(fold_text(piece * 20_000))
