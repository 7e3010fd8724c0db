"""Names and phrases, each with the context it came in, and the place that it means."""

import pytest

from geo import gazetteer
from geo.gazetteer import resolve

# name or phrase, country, governorate, expected place_id ("" = nothing known is named)
CASES = [
    # one name, several countries
    ("Al-Haditha", "IQ", "Anbar", "iq:haditha-anbar"),
    ("Al-Haditha", "SA", "Al-Jouf", "sa:al-haditha-border-crossing"),
    ("Al Haditha Port", "SA", "", "sa:al-haditha-border-crossing"),
    ("الحديثة", "IQ", "", "iq:haditha-anbar"),
    ("منفذ الحديثة", "SA", "", "sa:al-haditha-border-crossing"),
    ("Tripoli", "LB", "", "lb:tripoli-lebanon"),
    ("طرابلس", "LB", "North Lebanon", "lb:tripoli-lebanon"),
    ("Port of Tripoli", "LB", "", "lb:tripoli-port"),
    ("Rabia", "IQ", "Nineveh", "iq:rabia-town"),
    ("Rabia crossing", "IQ", "", "iq:rabia-border-crossing"),
    ("منفذ ربيعة الحدودي", "IQ", "", "iq:rabia-border-crossing"),
    ("Tal Abyad", "SY", "Raqqa", "sy:tal-abyad"),
    ("Tal Abyad border crossing", "SY", "", "sy:tal-abyad-border-crossing"),
    ("تل الأبيض - بعلبك", "LB", "", "lb:tell-al-abyad-baalbek"),
    ("Tal al-Abyad, Baalbek", "LB", "Baalbek-Hermel", "lb:tell-al-abyad-baalbek"),
    ("Al-Karamah border crossing", "JO", "", "jo:al-karamah-border-crossing"),
    ("Karamah", "JO", "Mafraq", "jo:al-karamah-border-crossing"),
    ("Al-Karamah", "JO", "Balqa", "gn:250623"),
    ("مركز حدود الكرامة", "JO", "", "jo:al-karamah-border-crossing"),
    ("Arida", "LB", "Akkar", "lb:arida-border-crossing"),
    ("Arida border crossing", "SY", "", "sy:arida-border-crossing"),
    ("معبر العريضة", "SY", "Tartus", "sy:arida-border-crossing"),
    ("Al-Hamdaniya", "SY", "Aleppo", "sy:al-hamdaniya-aleppo"),
    ("Al-Hamdaniya", "IQ", "Nineveh", "iq:al-hamdaniya-qaraqosh"),
    ("قضاء الحمدانية", "IQ", "", "iq:al-hamdaniya-qaraqosh"),
    ("Wadiah", "YE", "", "ye:al-wadiah-border-crossing"),
    ("منفذ الوديعة", "SA", "", "sa:wadiah-border-crossing"),
    ("King Fahd Causeway", "BH", "", "bh:king-fahd-causeway-bahrain-side"),
    ("King Fahd Causeway", "SA", "", "sa:king-fahd-causeway"),
    ("Matraba", "LB", "", "lb:matraba-border-crossing"),
    ("Matraba", "SY", "", "sy:matraba-border-crossing"),
    ("Al-Durra", "JO", "", "jo:durra-border-crossing"),
    ("Al-Durra", "SA", "", "sa:al-durra-border-crossing"),
    # a crossing by the name of its other side
    ("Nassib", "JO", "", "jo:jaber-border-crossing"),
    ("معبر باب الهوى", "TR", "", "tr:cilvegozu-border-gate"),
    ("معبر باب الهوى", "SY", "", "sy:bab-al-hawa-border-crossing"),
    # town, crossing, district, port, airport of one name
    ("Al-Qaim", "IQ", "Anbar", "iq:al-qaim"),
    ("القائم", "IQ", "", "iq:al-qaim"),
    ("Al-Qaim district", "IQ", "", "iq:al-qaim-district"),
    ("قضاء القائم ضمن محافظة الأنبار", "IQ", "", "iq:al-qaim-district"),
    ("منفذ القائم الحدودي", "IQ", "", "iq:al-qaim-border-crossing"),
    ("Grenzübergang Al-Qaim", "IQ", "", "iq:al-qaim-border-crossing"),
    ("Albu Kamal", "SY", "", "sy:albu-kamal"),
    ("معبر البوكمال الحدودي", "SY", "", "sy:albu-kamal-border-crossing"),
    ("Latakia", "SY", "", "sy:latakia"),
    ("Latakia port", "SY", "", "sy:latakia-port"),
    ("port de Lattaquié", "SY", "", "sy:latakia-port"),
    ("مرفأ اللاذقية", "SY", "", "sy:latakia-port"),
    ("محافظة اللاذقية", "SY", "", "gov:SY-LA"),
    ("Umm Qasr", "IQ", "", "iq:umm-qasr"),
    ("southern port of Umm Qasr", "IQ", "", "iq:umm-qasr-port"),
    ("Beirut airport", "LB", "", "lb:beirut-rafic-hariri-international-airport"),
    ("مطار بيروت", "LB", "", "lb:beirut-rafic-hariri-international-airport"),
    ("ميناء جدة الإسلامي", "SA", "", "sa:jeddah-islamic-port"),
    ("Jeddah", "SA", "Makkah", "sa:jeddah"),
    ("Duba Port, northwest of the Kingdom", "SA", "", "sa:duba-port"),
    ("الميناء الجاف بالرياض", "SA", "", "sa:riyadh-dry-port"),
    ("Mezzeh air base", "SY", "Damascus", "sy:mezzeh-air-base"),
    # quarters and villages with the town around them
    ("Al-Muhajireen, Damascus", "SY", "Damascus", "sy:muhajireen-damascus"),
    ("منطقة الدورة ببغداد", "IQ", "", "iq:al-dora-baghdad"),
    ("Budai, Baalbek", "LB", "", "lb:boudai"),
    ("Qobbeh area of Tripoli", "LB", "", "lb:qobbeh-tripoli"),
    ("Şam'ın Dumayr bölgesi", "SY", "", "sy:dumayr"),
    ("near Dumayr in rural Damascus", "SY", "", "sy:dumayr"),
    ("يبرود (ريف دمشق)", "SY", "", "sy:yabroud"),
    ("Cebeli Saman in Idlib", "SY", "", "sy:jabal-sam-an"),
    ("حرف السماقة – الهرمل", "LB", "", "lb:harf-al-samaqa"),
    # governorates and areas
    ("Damascus countryside", "SY", "", "gov:SY-RD"),
    ("ريف دمشق", "SY", "", "gov:SY-RD"),
    ("Şam kırsalı", "SY", "", "gov:SY-RD"),
    ("Aleppo countryside", "SY", "", "gov:SY-HL"),
    ("northern Kirkuk", "IQ", "", "gov:IQ-KI"),
    ("southern parts of Basra province", "IQ", "", "gov:IQ-BA"),
    ("Hatay'da", "TR", "", "gov:TR-31"),
    ("Hatay il merkezinde", "TR", "", "tr:antakya"),
    ("Kurdistan Region", "IQ", "", "gov:IQ-KR"),
    ("Southern Iraq", "IQ", "", "iq:southern-iraq"),
    ("الأراضي السورية", "SY", "", "country:SY"),
    # the capital by that word
    ("a warehouse near the capital", "IQ", "", "iq:baghdad"),
    ("a flat in the capital Muscat", "OM", "", "om:muscat"),
    # a part of the report's country
    ("southern part of the country", "IQ", "", "iq:southern-iraq"),
    ("the country's south", "IQ", "", "iq:southern-iraq"),
    ("جنوب البلاد", "IQ", "", "iq:southern-iraq"),
    ("north of the country", "IQ", "", ""),
    # borders
    ("Iraq-Syria border", "IQ", "", "strip:IQ:IQ-SY"),
    ("الحدود السورية", "IQ", "", "strip:IQ:IQ-SY"),
    ("Iraq-Syria border", "IQ", "Anbar", "strip:IQ-AN:IQ-SY"),
    ("western border strip", "IQ", "Anbar", "strip:IQ-AN:IQ-SY"),
    ("الشريط الحدودي غربي محافظة الأنبار", "IQ", "", "strip:IQ-AN:IQ-SY"),
    ("Iran-Iraq border, Sulaymaniyah", "IQ", "", "strip:IQ-SU:IQ-IR"),
    ("البصرة ... قرب الحدود مع الكويت", "IQ", "", "strip:IQ-BA:IQ-KW"),
    ("gần biên giới với Kuwait", "IQ", "", "strip:IQ:IQ-KW"),
    ("Jordan-Syria border", "JO", "", "strip:JO:JO-SY"),
    ("Syria-Jordan border", "SY", "Daraa", "strip:SY-DR:JO-SY"),
    ("المنطقة العسكرية الشرقية", "JO", "", "jo:eastern-military-zone"),
    ("Northern Military Zone, Jordan-Syria border", "JO", "", "jo:northern-military-zone"),
    ("checkpoint near the Lebanese border", "SY", "Rif Dimashq", "strip:SY-RD:LB-SY"),
    ("southern border with Yemen", "SA", "", "strip:SA:SA-YE"),
    ("Qusayr, Lebanese border strip", "SY", "Homs", "sy:qusayr-border-strip-lebanon"),
    # on the way, between, on a road
    ("En route to Port of Beirut", "LB", "", "country:LB"),
    ("on the way to the Jordanian border", "SY", "", "country:SY"),
    ("Qamishli-Hasakah road", "SY", "", "sy:qamishli-hasakah-road"),
    ("zwischen Raqqa und Minbic", "SY", "", "sy:raqqa+sy:manbij"),
    # nothing known
    ("one of the ports", "IQ", "", ""),
    ("الصحراء ضمن قاطع فرقة المشاة الخامسة", "IQ", "", ""),
    ("شرطة دبي", "", "", ""),
    ("", "IQ", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "admin1", "expected"), CASES)
def test_names_mean_their_place(text: str, country: str, admin1: str, expected: str) -> None:
    found = resolve(text, country=country, admin1=admin1)
    assert (found.place.place_id if found.place else "") == expected


@pytest.mark.parametrize("words", ["from Lebanon and Syria", "قادمة من لبنان وسوريا"])
def test_where_a_load_came_from_is_not_where_it_lay(words: str) -> None:
    assert resolve("", written=words).place is None


def test_the_table_is_long_enough_and_bilingual() -> None:
    assert len(CASES) >= 80
    assert sum(any("؀" <= c <= "ۿ" for c in text) for text, *_ in CASES) >= 25


def test_candidates_are_ranked_with_reasons() -> None:
    found = resolve("Al-Karamah", country="JO")
    scores = [c.score for c in found.candidates]
    assert len(scores) >= 2
    assert scores == sorted(scores, reverse=True)
    assert found.place is not None
    assert found.candidates[0].place.place_id == found.place.place_id
    assert all(c.reasons for c in found.candidates)
    assert any("in JO" in r for r in found.reasons)


def test_a_kind_can_be_asked_for() -> None:
    found = resolve("Al-Qaim", country="IQ", kind="crossing")
    assert found.place is not None
    assert found.place.kind == "crossing"


def test_without_a_country_the_words_decide() -> None:
    found = resolve("Haditha port in Saudi Arabia")
    assert found.place is not None
    assert found.place.country == "SA"


@pytest.mark.parametrize(
    ("text", "country", "precision", "radius"),
    [
        ("Latakia port", "SY", "exact", 3),
        ("warehouses near the port of Latakia", "SY", "town", 8),
        ("Damascus", "SY", "town", 9),
        ("outskirts of Damascus", "SY", "district", 24),
        ("Khafji waters", "SA", "district", 25),
        ("Anbar desert", "IQ", "governorate", 170),
        ("Wadi Hauran", "IQ", "governorate", 120),
    ],
)
def test_words_beside_a_name_widen_it(text: str, country: str, precision: str, radius: float) -> None:
    place = resolve(text, country=country).place
    assert place is not None
    assert (place.precision, place.uncertainty_km) == (precision, radius)


def test_south_of_damascus_is_in_neither_governorate_for_sure() -> None:
    place = resolve("south of Damascus", country="SY").place
    assert place is not None
    assert place.admin1_code == ""


def test_coarse_places_have_no_point() -> None:
    for text in ("Anbar desert", "Southern Iraq", "Anbar province", "Iraq"):
        place = resolve(text, country="IQ").place
        assert place is not None
        assert place.latitude is None


def test_neighbours_named_together_are_one_disc() -> None:
    found = resolve("Cairo and Giza", country="EG")
    assert found.place is not None
    assert found.place.precision == "district"
    assert [p.name for p in found.places] == ["Cairo", "Giza"]


def test_distant_places_named_together_are_all_kept() -> None:
    found = resolve("مدينة الرياض ومحافظة جدة", country="SA")
    assert {p.admin1_code for p in found.places} == {"SA-01", "SA-02"}
    assert found.place is not None
    assert found.place.precision == "country"


def test_two_governorates_are_both_kept() -> None:
    found = resolve("southern provinces of Najaf and Anbar", country="IQ")
    assert {p.place_id for p in found.places} == {"gov:IQ-NA", "gov:IQ-AN"}


def test_the_pages_words_help_where_the_name_says_less() -> None:
    assert resolve("", country="IQ", written="منفذ القائم الحدودي").place == gazetteer.by_id(
        "iq:al-qaim-border-crossing"
    )
    finer = resolve("Anbar", country="IQ", written="a house in Rutba")
    assert finer.place is not None
    assert finer.place.place_id == "iq:rutba"
    kept = resolve("northern Kirkuk", country="IQ", written="a store in Kirkuk")
    assert kept.place is not None
    assert kept.place.place_id == "gov:IQ-KI"


def test_unknown_names_are_told_apart_from_words_without_names() -> None:
    assert resolve("in the village of Qwertystan", country="IQ").unknown == ("Qwertystan",)
    assert resolve("his warehouse", country="IQ").unknown == ()
    assert resolve("المنافذ الحدودية", country="SA").unknown == ()


def test_governorates_by_code_or_spelling_are_the_same_context() -> None:
    by_code = resolve("Al-Hamdaniya", country="IQ", admin1=["IQ-NI"])
    assert by_code.place == resolve("Al-Hamdaniya", country="IQ", admin1="Nineveh").place


def test_ids_are_looked_up() -> None:
    assert gazetteer.by_id("country:IQ").name == "Iraq"
    with pytest.raises(KeyError):
        gazetteer.by_id("nowhere")
