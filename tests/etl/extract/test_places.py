"""Places in running text: which are found, what part they play, and where a seizure lay by them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import place_unnamed, places, where
from etl.extract.mentions import PlaceName
from etl.extract.text import fold_text
from geo.places import places as gazetteer


def named(words):
    """Every place of a text: the page's words, the likeliest place (its id) and the role."""
    text = fold_text(words)
    return [
        (text.quote(m.start, m.end), m.place_ids[0] if m.place_ids else "", m.role) for m in places.find(text)
    ]


def decide(words, **known):
    return where.decide(places.find(fold_text(words)), **known)


@pytest.mark.parametrize(
    ("words", "quote", "place_id"),
    [
        # spellings, articles, marks
        ("seized at Al-Qaim crossing", "Al-Qaim crossing", "iq:al-qaim-border-crossing"),
        ("held in Deir Ezzor", "Deir Ezzor", "sy:deir-ez-zor"),
        ("held in Deir ez-Zor", "Deir ez-Zor", "sy:deir-ez-zor"),
        ("in the Al-Rutba district", "Al-Rutba district", "iq:rutba-district"),
        ("in Ar-Rutbah", "Ar-Rutbah", "iq:rutba"),
        ("near At Tanf", "near At Tanf", "sy:al-tanf-base"),
        ("in Rif Dimashq", "Rif Dimashq", "gov:SY-RD"),
        ("in Damascus countryside", "Damascus countryside", "gov:SY-RD"),
        ("in the countryside of Damascus", "countryside of Damascus", "gov:SY-RD"),
        ("in the countryside of Homs", "countryside of Homs", "gov:SY-HI"),
        ("in the Anbar desert", "Anbar desert", "iq:anbar-desert"),
        ("at the Jeddah Islamic Port", "Jeddah Islamic Port", "sa:jeddah-islamic-port"),
        ("at the port of Latakia", "port of Latakia", "sy:latakia-port"),
        ("at Beirut port", "Beirut port", "lb:beirut-port"),
        ("through the port of Beirut", "port of Beirut", "lb:beirut-port"),
        ("at Damascus International Airport", "Airport", "sy:damascus-international-airport"),
        ("in Sweida province", "Sweida province", "gov:SY-SU"),
        ("in the Eastern Province", "Eastern Province", "gov:SA-04"),
        ("at Al-Rub' Al-Khali crossing", "Al-Rub' Al-Khali crossing", "sa:empty-quarter-border-crossing"),
        ("police in Türkiye", "Türkiye", "country:TR"),
        ("in Iraq", "Iraq", "country:IQ"),
        ("in Kuwait", "Kuwait", "country:KW"),
        ("to the east of the Al-Rutba district", "to the east of the Al-Rutba district", "iq:rutba-district"),
        # Arabic, with what is glued to a name
        ("في منفذ القائم", "منفذ القائم", "iq:al-qaim-border-crossing"),
        ("بمنفذ القائم الحدودي", "منفذ القائم الحدودي", "iq:al-qaim-border-crossing"),
        ("وفي الأنبار", "الأنبار", "gov:IQ-AN"),
        ("بدرعا", "درعا", "sy:daraa"),
        ("من حلب وحمص", "حمص", "sy:homs"),
        ("للسعودية", "سعودية", "country:SA"),
        ("في ريف دمشق", "ريف دمشق", "gov:SY-RD"),
        ("بريف حمص الجنوبي", "ريف حمص الجنوبي", "sy:southern-homs-countryside"),
        ("بريف حمص الشرقي", "ريف حمص الشرقي", "gov:SY-HI"),
        ("في صحراء الأنبار", "صحراء الأنبار", "iq:anbar-desert"),
        ("مطار دمشق الدولي", "مطار دمشق الدولي", "sy:damascus-international-airport"),
        ("في ميناء جدة الإسلامي", "ميناء جدة الإسلامي", "sa:jeddah-islamic-port"),
        ("عند مرفأ بيروت", "مرفأ بيروت", "lb:beirut-port"),
        ("في محافظة حلب", "محافظة حلب", "gov:SY-HL"),
        ("عبر معبر المصنع", "معبر المصنع", "lb:masnaa-border-crossing"),
        ("في مركز جابر الحدودي", "جابر الحدودي", "jo:jaber-border-crossing"),
        ('عند مركز "جابر" الحدودي', 'جابر" الحدودي', "jo:jaber-border-crossing"),
        ("في إقليم كوردستان", "إقليم كوردستان", "gov:IQ-KR"),
        ("في قضاء القائم", "قضاء القائم", "iq:al-qaim-district"),
        ("جسر الملك فهد", "جسر الملك فهد", "sa:king-fahd-causeway"),
    ],
)  # fmt: skip
def test_finds(words, quote, place_id):
    found = named(words)
    assert any(quote in q and gazetteer()[i].place_id for q, i, _ in found if i), found
    ids = {i for m in places.find(fold_text(words)) for i in m.place_ids}
    assert place_id in ids


@pytest.mark.parametrize(
    "words",
    [
        "The march hit the capital market hard; prices were on sale.",
        "SANA and Petra reported, citing the New York Times",
        "according to Agence France-Presse",
        "March was busy. Can anyone tell?",
        "they hit a bar in the van",
        "وزارة الداخلية أعلنت في بيان",
        "قال مصدر في مركز الشرطة إن الباب مفتوح",
        "ما زال الخطر قائما والجهد حديثا",
        "حالة قائمة في مصنع حديث",
        "اشتباك قصير مع المهربين",
        "المصنع ينتج آلاف الحبوب",
    ],
)
def test_common_words_are_no_places(words):
    assert named(words) == []


@pytest.mark.parametrize(
    ("words", "quote", "role"),
    [
        ("The pills were found in Damascus", "Damascus", "at"),
        ("It happened near Mosul", "near Mosul", "near"),
        ("a truck from Syria", "Syria", "origin"),
        ("a truck coming from Lebanon", "Lebanon", "origin"),
        ("pills out of Syria", "Syria", "origin"),
        ("sent from the Syrian side", "Syrian", "origin"),
        ("pills bound for Saudi Arabia", "Saudi Arabia", "destination"),
        ("heading towards Kuwait", "Kuwait", "destination"),
        ("smuggled into Jordan", "Jordan", "destination"),
        ("they entered Iraq", "Iraq", "destination"),
        ("which was to leave for Sudan", "Sudan", "destination"),
        ("brought through Turkey", "Turkey", "via"),
        ("by way of the Hadithah Port", "Hadithah Port", "via"),
        ("the Istanbul Provincial Gendarmerie Command", "Istanbul", "agency"),
        ("the Damascus branch said", "Damascus", "agency"),
        ("the anti-narcotics divisions of al-Karkh", "al-Karkh", "agency"),
        ("Iraq's Interior Ministry said", "Iraq's", "agency"),
        ("Lebanese soldiers searched", "Lebanese", "agency"),
        ("Saudi customs said", "Saudi", "agency"),
        ("15 Syrian nationals were held", "Syrian", "nationality"),
        ("a Jordanian was arrested", "Jordanian", "nationality"),
        ("mostly made in Syria", "Syria", "other"),
        ("neighbours such as Kuwait", "Kuwait", "other"),
        ("a workshop where pills were made in Muthanna", "Muthanna", "at"),
        ("before reaching the port of Beirut", "port of Beirut", "other"),
        ("kept out of Saudi Arabia", "Saudi Arabia", "destination"),
        ("News\nBAGHDAD: Officials said", "BAGHDAD", "dateline"),
        ("News\nERBIL, November 9 — Forty people", "ERBIL", "dateline"),
        ("News\nShafaq News – Baghdad\nA man", "Baghdad", "dateline"),
        ("News\nDamascus, SANA – Police found", "Damascus", "dateline"),
        ("Hermel: army shuts factory", "Hermel", "at"),
        ("عثر عليها في حلب", "حلب", "at"),
        ("ضبطت بدرعا", "درعا", "at"),
        ("براد قادم من الجانب السوري", "السوري", "origin"),
        ("مصدرها لبنان", "لبنان", "origin"),
        ("شحنة غادرت سوريا", "سوريا", "origin"),
        ("معدة للتهريب إلى السعودية", "السعودية", "destination"),
        ("كانت متجهة إلى العراق", "العراق", "destination"),
        ("وكانت وجهتها الكويت", "الكويت", "destination"),
        ("ثم عبرت تركيا", "تركيا", "via"),
        ("عبر معبر نصيب", "معبر نصيب", "via"),
        ("قالت شرطة دبي", "دبي", "agency"),
        ("مديرية جمارك مطار دمشق الدولي", "مطار دمشق الدولي", "agency"),
        ("وزارة الداخلية العراقية", "العراقية", "agency"),
        ("القوات المسلحة الأردنية", "الأردنية", "agency"),
        ("فرع مكافحة المخدرات في حلب", "حلب", "agency"),
        ("ثلاثة سوريين", "سوريين", "nationality"),
        ("داخل الأراضي السورية", "السورية", "at"),
        ("في جنوب سورية", "جنوب سورية", "at"),
        ("خبر\nشفق نيوز- بغداد\nنص", "بغداد", "dateline"),
        ("خبر\nدمشق - أ ف ب\nنص", "دمشق", "dateline"),
        ("خبر\n1) صحراء الأنبار، 11 كانون الثاني: بالونات", "صحراء الأنبار", "at"),
        ("الجمارك في منفذ الخفجي", "منفذ الخفجي", "at"),
        # the country named as the destination, before and behind its name
        ("tiles for a buyer in Qatar", "Qatar", "destination"),
        ("a Kuwait-bound lorry", "Kuwait", "destination"),
        ("with Oman as its destination", "Oman", "destination"),
        ("they were making for Jordan", "Jordan", "destination"),
        ("a cargo consigned to Bahrain", "Bahrain", "destination"),
        ("into the kingdom", "the kingdom", "destination"),
        ("كانت السفينة تقصد ليبيا", "ليبيا", "destination"),
        # who turned back; what was told, or brought in once it was caught
        ("the rest ran back into Syria", "Syria", "origin"),
        ("قبل فرارهم إلى سوريا", "سوريا", "origin"),
        ("نقلت إلى خارج لبنان", "خارج لبنان", "origin"),
        ("acting on information from Turkey", "Turkey", "other"),
        ("the ship was escorted to Cyprus", "Cyprus", "other"),
        ("40 kilometres from Iraq", "Iraq", "near"),
        ("a suburb of Aleppo", "suburb of Aleppo", ""),
        ("in the outskirts of Aleppo", "outskirts of Aleppo", "near"),
        # what is usual, what lies beside
        ("most of the pills are smuggled from Syria", "Syria", "other"),
        ("معظم الحبوب تأتي من سوريا", "سوريا", "other"),
        ("البلدة المتاخمة لسوريا", "سوريا", "other"),
        ("Usually hashish comes from Lebanon, and meth from Iran", "Iran", "other"),
        ("Usually hashish comes from Lebanon. These came from Iran", "Iran", "origin"),
        ("a province bordering Oman", "Oman", "other"),
        # governments by their capitals, zones by their fronts
        ("Drugs war: Baghdad says it is winning", "Baghdad", "agency"),
        ("عاجل\nدمشق تعلن ضبط شحنة", "دمشق", "agency"),
        ("في دمشق ضبطت شحنة", "دمشق", "at"),
        ("المنطقة العسكرية الجنوبية أحبطت على إحدى واجهاتها محاولة", "المنطقة العسكرية الجنوبية", "at"),
        ("قالت المنطقة العسكرية الجنوبية", "المنطقة العسكرية الجنوبية", ""),
        ("من مكتبه في البصرة", "البصرة", "agency"),
        # datelines behind a credit; numbered heads with a dash
        ("News\n(Agency - Desk) Amman, May 3 (Petra) -- Guards", "Amman", "dateline"),
        ("News\n(Agency)\nPolice in Amman", "Amman", "agency"),
        ("موجز\n2- تدمر (4 أيار): شاحنة", "تدمر", "at"),
    ],
)  # fmt: skip
def test_role(words, quote, role):
    assert [r for q, _, r in named(words) if quote in q] == [role], named(words)


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        ("in Baghdad, Nineveh and Kirkuk", ["at", "at", "at"]),
        ("from Lebanon and Syria", ["origin", "origin"]),
        ("from Daraa in Syria to Jordan", ["origin", "origin", "destination"]),
        ("in Ferzol, near Zahle in the Bekaa", ["at", "near", "at"]),
        ("the crossing that links Deir Ezzor in Syria with Anbar", ["other", "other", ""]),
        ("in Syria's Homs province", ["at", "at"]),
        ("في نينوى وكركوك", ["at", "at"]),
        ("في منطقة الضمير بريف دمشق", ["at", "at"]),
        ("في أربيل والسليمانية", ["at", "at"]),
    ],
)
def test_parts_that_go_on(words, roles):
    assert [role for *_, role in named(words)] == roles


@pytest.mark.parametrize(
    ("words", "strip", "at"),
    [
        ("a laboratory on the Syrian-Lebanese border", "strip:SY:LB-SY", True),
        ("close to the frontier with Syria", "strip:IQ:IQ-SY", True),
        ("over the Iraq-Syria border", "strip:IQ:IQ-SY", False),
        ("على الحدود العراقية السورية", "strip:IQ:IQ-SY", True),
        ("قرب الحدود مع سوريا", "strip:JO:JO-SY", True),
    ],
)
def test_border_is_one_mention(words, strip, at):
    (mention,) = places.find(fold_text(words))
    assert mention.role == "border"
    assert strip in mention.place_ids
    assert mention.rule.startswith(("at", "near")) is at


@pytest.mark.parametrize(
    "words", ["Jordanian border guards", "Iraq's border authority", "قوات حرس الحدود الأردنية"]
)
def test_border_in_the_name_of_a_body(words):
    assert [role for *_, role in named(words)] == ["agency"]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("found in the village of Abu Hamra", "village of Abu Hamra"),
        ("found in the Badush area", "Badush area"),
        ("when soldiers searched Ferzol, near Zahle", "Ferzol"),
        ("في بلدة الشعيطات", "بلدة الشعيطات"),
        ("بقرية حوش السيد", "قرية حوش السيد"),
    ],
)
def test_names_that_the_gazetteer_lacks(words, quote):
    text = fold_text(words)
    (unlisted,) = [m for m in places.find(text) if m.rule.startswith(place_unnamed.UNLISTED)]
    assert text.quote(unlisted.start, unlisted.end) == quote
    assert unlisted.place_ids == ()


@pytest.mark.parametrize(
    "words",
    [
        "في المنطقة الحدودية",
        "في منطقة حدودية",
        "on Thursday, Lebanese Customs announced",
        "in the border area",
    ],
)
def test_no_name_where_there_is_none(words):
    assert not [m for m in places.find(fold_text(words)) if m.rule.startswith(place_unnamed.UNLISTED)]


@pytest.mark.parametrize(
    ("words", "country", "admin1", "place"),
    [
        ("Pills were seized at Al-Qaim crossing in Anbar", "IQ", "IQ-AN", "Al-Qaim border crossing"),
        ("Found in Budai, in Baalbek, in the eastern Beqaa", "LB", "LB-BH", "Boudai"),
        ("stopped in Al-Anbar province", "IQ", "IQ-AN", ""),
        ("found in Basra governorate", "IQ", "IQ-BA", "Basra"),
        ("found in Damascus", "SY", "SY-DI", "Damascus"),
        ("found in Nineveh and Kirkuk", "IQ", "", ""),
        ("found in northern Iraq", "IQ", "", ""),
        ("found in the Kurdistan Region", "IQ", "", "Kurdistan Region"),
        ("found in Kuwait", "KW", "", ""),
        ("found in Homs and Aleppo", "SY", "", "Homs and Aleppo"),
        ("in Damascus and its countryside", "SY", "", "Damascus"),
        (
            "It did not get through the Nassib crossing; it was found in Daraa",
            "SY",
            "SY-DR",
            "Nasib border crossing",
        ),
        ("أحبطت في منفذ القائم بمحافظة الأنبار", "IQ", "IQ-AN", "Al-Qaim border crossing"),
        ("ضبطت في مدينة حرستا بريف دمشق", "SY", "SY-RD", "Harasta"),
        ("داخل الأراضي السورية", "SY", "", ""),
        ("في ميناء جدة الإسلامي", "SA", "SA-02", "Jeddah Islamic Port"),
        ("في محافظة المثنى جنوبي العراق", "IQ", "IQ-MU", ""),
        ("في حمص وريف دمشق", "SY", "", "Homs"),
        ("raids in Damascus and in Rif Dimashq", "SY", "", ""),
        ("found near Zahle, close to Syria", "LB", "LB-BI", "Zahle"),
        ("found in the countryside of Damascus, said Beirut", "SY", "SY-RD", ""),
        ("عثر عليها على طريق دمشق - درعا في محافظة درعا", "SY", "SY-DR", "Damascus-Daraa highway"),
        ("ضبطت في ميناء إحدى الدول", "", "", ""),
    ],
)
def test_decides(words, country, admin1, place):
    spot = decide(words)
    assert (spot.country, spot.admin1_code, spot.place_name) == (country, admin1, place)


@pytest.mark.parametrize(
    ("words", "agencies", "place_id"),
    [
        ("at Al-Haditha crossing", ("SA",), "sa:al-haditha-border-crossing"),
        ("in Haditha", ("IQ",), "iq:haditha-anbar"),
        ("at Al-Durra", ("SA",), "sa:al-durra-border-crossing"),
        ("at Al-Durra", ("JO",), "jo:durra-border-crossing"),
        ("at the Nassib crossing", ("JO",), "jo:jaber-border-crossing"),
        ("at the Nassib crossing", ("SY",), "sy:nasib-border-crossing"),
        ("at King Fahd Causeway", ("SA",), "sa:king-fahd-causeway"),
        ("في معبر العريضة", ("LB",), "lb:arida-border-crossing"),
        ("في معبر العريضة", ("SY",), "sy:arida-border-crossing"),
        ("في الجوف", ("SA",), "gov:SA-12"),
    ],
)
def test_namesakes(words, agencies, place_id):
    spot = decide(words, agency_countries=agencies)
    assert place_id in (spot.place_id, f"gov:{spot.admin1_code}")


@pytest.mark.parametrize(
    ("words", "origin", "destination"),
    [
        ("Jordan's army downed a drone sent from Syria", "SY", "JO"),
        ("Iraqi forces stopped it after it came over the border into Al-Anbar", "", "IQ"),
        ("Iraqi guards caught a balloon sent over the western frontier", "", "IQ"),
        ("Lebanese police: pills bound for Saudi Arabia found in Beirut", "LB", "SA"),
        ("found in Damascus, meant for export", "SY", ""),
        ("found in Latakia, about to leave the country", "SY", ""),
        ("found in Daraa on its way to a Gulf state", "SY", ""),
        ("found in Hatay, to be taken to Syria", "", "SY"),
        ("ZATCA found them at Jeddah Islamic Port", "", "SA"),
        ("Jordanian officers; the others got away to Syria, the group had come from Syria", "SY", "JO"),
        ("وصلت إلى منفذ القائم قادمة من سوريا", "SY", "IQ"),
        ("ضبطت في بيروت قبل نقلها إلى السعودية", "LB", "SA"),
        ("ضبطت في بيروت وكانت معدة للتهريب إلى السعودية", "LB", "SA"),
        ("في معبر جابر حاول سائقها دخول البلاد", "SY", "JO"),
        ("found in Yabroud, all of it from Lebanon", "LB", ""),
        ("found in Mersin; the ship had left Tartus for Jeddah", "SY", "SA"),
        ("found in Zahle; it was to go to Cyprus, and from there by air to Qatar", "LB", "QA"),
        ("found in Zahle, to go to Ivory Coast and then on to Qatar", "LB", "QA"),
        ("seized in Marib, sent from Sanaa and bound for Saudi Arabia", "YE", "SA"),
        ("left Syria, bound for Iraq, and was stopped at Trebil", "SY", "IQ"),
    ],
)
def test_route(words, origin, destination):
    spot = decide(words)
    assert (spot.origin, spot.destination) == (origin, destination)


def test_announcer_abroad_is_not_the_place():
    words = "أعلنت وزارة الداخلية العراقية ضبط الحبوب داخل الأراضي السورية في ريف دمشق"
    assert decide(words, agency_countries=("IQ",)).country == "SY"


def test_context_helps_only_where_the_passage_is_silent():
    title = places.find(fold_text("Captagon found at Jeddah port"))
    silent = places.find(fold_text("The pills were inside boxes."))
    told = places.find(fold_text("The pills were found in Riyadh."))
    assert where.decide(silent, context=title).place_id == "sa:jeddah-islamic-port"
    assert where.decide(told, context=title).place_id == "sa:riyadh"


@pytest.mark.parametrize(
    "words", ["the Lebanese-Turkish border, the Syrian border", "Lebanese Turkish border,حدود"]
)
def test_border_of_two_that_have_none_in_common(words):
    first, *_ = places.find(fold_text(words))
    assert (first.role, first.place_ids) == ("border", ())


def test_border_where_no_more_is_said():
    title = places.find(fold_text("Five die in clashes at the Syrian border"))
    passage = places.find(fold_text("Jordanian soldiers found drugs."))
    spot = where.decide(passage, context=title)
    assert (spot.country, spot.place_id, spot.admin1_code) == ("JO", "strip:JO:JO-SY", "")


def test_place_nearest_to_the_amount():
    words = "في درعا شاحنة، وفي حلب مئة ألف حبة"
    text = fold_text(words)
    found = places.find(text)
    assert where.decide(found).admin1_code == "SY-DR"
    assert where.decide(found, focus=[text.folded.index("ميه")]).admin1_code == "SY-HL"


def test_publisher_is_a_weak_prior():
    found = places.find(fold_text("Police in Turkey found them"))
    assert where.decide(found, publisher_country="IQ").country == "TR"
    assert where.decide([], publisher_country="IQ").country == "IQ"
    assert where.decide([]) == where.Where()


def test_every_id_of_the_word_lists_is_known():
    table = place_unnamed.grammar()
    ids = [*table["spellings"], *table["desks"]["places"]]
    ids += [f"country:{c}" for c in (*table["nationalities"], *table["country_spellings"])]
    ids += [f"country:{c}" for trade in table["traders"].values() for c in trade]
    assert [i for i in ids if i not in gazetteer()] == []


_PIECES = [
    "Damascus", "in ", "at ", "the ", "al-", "border ", "with ", "Syrian ", "-", "and ", ", ", "\n", ": ",
    "حلب", " في ", "ب", "و", "ال", "محافظة ", "الحدود ", "السورية", "منطقة ", "village of ", "Abc ", "from ",
    "إلى ", "the country", "'", "\u200f", "1) ", "#", "ـ", "ً", "ß", "İ", "𝐁", "(", ")", "/", "crossing ",
    "port of ", "its countryside", "the capital",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(_PIECES)).map("".join)))
@settings(max_examples=300)
def test_any_text(words):
    text = fold_text(words)
    found = places.find(text)
    reached = 0
    for mention in found:
        assert reached <= mention.start < mention.end <= len(text.folded)
        assert "\n" not in text.folded[mention.start : mention.end]
        assert set(mention.place_ids) <= set(gazetteer())
        reached = mention.end
    spot = where.decide(found, focus=[0])
    assert (not spot.place_id) or spot.place_name


_KNOWN = sorted(gazetteer())
_ROLES = ["at", "near", "origin", "destination", "via", "between", "border", "agency", "dateline", ""]
_RULES = ["list", "in", "abroad", "own country", "over the border", place_unnamed.UNLISTED + "X"]


@given(
    st.lists(
        st.builds(
            PlaceName,
            st.integers(0, 1000),
            st.integers(1001, 1010),
            st.lists(st.sampled_from(_KNOWN), max_size=3).map(tuple),
            st.sampled_from(_ROLES),
            st.sampled_from(_RULES),
        ),
        max_size=8,
    ),
    st.lists(st.sampled_from(["IQ", "SY", "SA"]), max_size=2),
)  # fmt: skip
@settings(max_examples=200)
def test_any_mentions(mentions, agencies):
    spot = where.decide(mentions, agency_countries=agencies, context=mentions[::-1])
    if spot.place_id:
        assert gazetteer()[spot.place_id].country == spot.country
    if spot.admin1_code:
        assert spot.admin1_code.startswith(spot.country)
    assert spot.origin != spot.destination or not spot.origin
