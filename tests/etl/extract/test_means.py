"""Hiding places, means of transport and kinds of event in news text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract import means
from etl.extract.mentions import Means
from etl.extract.text import fold_text
from etl.vocabulary import load
from etl.vocabulary.groups import transport_codes


def read(text: str, kind: str) -> list[Means]:
    return [found for found in means.find(fold_text(text)) if found.kind == kind]


def hidden(text: str) -> list[str]:
    folded = fold_text(text)
    return [folded.quote(m.start, m.end) for m in means.find(folded) if m.kind == "concealment"]


HIDING = [
    ("The tablets came in crates of apples.", "crates of apples"),
    ("Pills hidden in apple crates", "apple crates"),
    ("packed inside children's toys and furniture for the home", "children's toys"),
    ("They were put inside rubber wipers.", "rubber wipers"),
    ("Smugglers hid 4.6 million tablets in sanitary ware.", "sanitary ware"),
    ("Most of them lay in parts of a truck.", "parts of a truck"),
    ("The tank of the air compressor was stuffed with pills.", "tank of the air compressor"),
    ("The pills travelled inside rice sacks.", "rice sacks"),
    ("hidden under sacks of barley", "sacks of barley"),
    ("concealed in the linings of children's clothes", "linings of children's clothes"),
    ("pills and meth in a container trailer were found hidden in a container trailer", "container trailer"),
    ("A helium balloon carrying pills was stopped.", "helium balloon"),
    ("مدسوسة بين أكياس الفحم", "أكياس الفحم"),
    ("أخفى المهربون 209,759 حبة في إطار احتياطي لإحدى المركبات", "إطار احتياطي"),
    ("داخل مخابئ سرية أُعدت في جسم مركبة شحن", "مخابئ سرية"),
    ("كانت الحبوب في صناديق تفاح", "صناديق تفاح"),
    ("كبتاغون موضّباً في سبعة أطنان من الشاي", "الشاي"),
    ("مخبأة بإحكام داخل سرير معدني", "سرير معدني"),
    ("موضوعة بطريقة مبتكرة ضمن قطع غيار", "قطع غيار"),
    ("مخبأة داخل أعمدة خشبية", "أعمدة خشبية"),
    ("معدّة للتهريب ضمن مكنسة كهربائية", "مكنسة كهربائية"),
]

HIDING_BY_WHAT_STANDS_AROUND = [
    ("Household machines in a consignment proved to contain 112,810 tablets.", "Household machines"),
    ("Sealed plastic tubs, set afloat, held 11 kilograms of Captagon", "plastic tubs"),
    ("They took up the floor of a refrigerated lorry.", "floor of a refrigerated lorry"),
    ("In the sack, 200,000 Captagon pills.", "sack"),
    ("In construction equipment they discovered 165 kilograms of pills.", "construction equipment"),
    ("The load was declared as calcium powder.", "calcium powder"),
    ("What came out of the three containers was narcotics.", "containers"),
    ("The king's causeway: 11,276, inside a private car", "private car"),
    ("The pills had been mixed into a shipment of rubber carbon.", "shipment of rubber carbon"),
    ("عُثر في أجزائها على 208,092 حبة", "أجزائها"),
    ("وعثرت على 3 محركات كهربائية مخصصة للرافعات، وبتفكيكها تبين أنها تحوي الأقراص", "محركات"),
    ("وُجدت الحبوب ملفوفة بأكياس", "أكياس"),
    ('وردت إرسالية عبارة عن "آلة لصناعة الكتل"', "آلة لصناعة الكتل"),
    ("العثور في إطارها الاحتياطي على ألف حبة", "إطارها الاحتياطي"),
]

NOT_HIDING = [
    "They seized 2 million pills as well.",
    "The pills were found in a truck.",
    "Officers have opened equipment and trinkets filled with pills.",
    "كانت الحبوب على متن مركبة",
    "ضبط 5 آلاف حبة في ريف حمص الجنوبي",
    "The drugs were hidden in Latakia.",
    "Pills were found in a house in the city.",
    "They were loaded onto a truck on Monday.",
    "The search went on in the desert and in several places.",
    "An ambush stopped two cars.",
    "مخبأة في منزل بمدينة حلب",
    "مخبأة داخل الأراضي السورية",
    "فإن المتهم أوقف داخل العراق",
]

TRANSPORT = [
    ("loaded onto a refrigerator truck", "truck"),
    ("a pickup truck after a chase", "truck"),
    ("10,000 pills in a container trailer", "truck"),
    ("in the tires of cargo vehicles", "truck"),
    ("One vehicle held 43,000 pills.", "car"),
    ("Pills lay in warehouses near the port.", "building"),
    ("The factory was dismantled.", "building"),
    ("A consignment of onions reached the Jeddah Islamic Port.", "ship_container"),
    ("opened a container at the port", "ship_container"),
    ("Two drones were brought down.", "drone"),
    ("a microlight which was flying pills", "aircraft"),
    ("17 of 108 parcels", "parcel"),
    ("في صناديق حمّلها براد", "truck"),
    ("جسم مركبة شحن", "truck"),
    ("فراغات في هيكل حافلة", "bus"),
    ('فتشت فان أسود و"فان" آخر', "car"),
    ("دراجة نارية تنطلق بسرعة", "motorcycle"),
    ("في خمس حاويات", "ship_container"),
    ("بالونين رصدتهما الكاميرات", "balloon"),
    ("طائرات مسيّرة", "drone"),
    ("دهمت مستودعاً في الغازية", "building"),
    ("وصلت إرسالية إلى ميناء جدة الإسلامي", "ship_container"),
]


@pytest.mark.parametrize(("text", "place"), [*HIDING, *HIDING_BY_WHAT_STANDS_AROUND])
def test_hiding_places_are_quoted_as_written(text: str, place: str) -> None:
    assert place in hidden(text)


@pytest.mark.parametrize("text", NOT_HIDING)
def test_places_and_bare_vehicles_are_no_hiding_places(text: str) -> None:
    assert hidden(text) == []


@pytest.mark.parametrize(("text", "code"), TRANSPORT)
def test_transport_has_the_codes_of_the_ledger(text: str, code: str) -> None:
    assert code in {found.value for found in read(text, "transport")}


@pytest.mark.parametrize(
    "text",
    ["A consignment was stopped at Al-Haditha port.",
     "شحنة عبر منفذ الحديثة بميناء البري", "فإن السائق أوقف", "عبارة عن حبوب",
     "a shipping office"],
)  # fmt: skip
def test_land_ports_and_look_alikes_are_no_vehicles(text: str) -> None:
    assert read(text, "transport") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Soldiers raided a place in Hermel.", "raid"),
        ("a captagon factory", "factory"),
        ("a drone with crystal", "airdrop_or_drone"),
        ("The drugs were left behind.", "found_abandoned"),
        ("إتلاف كميات من المخدرات", "destruction"),
        ("داهمت مستودعاً", "raid"),
        ("معمل لتصنيع الكبتاغون", "factory"),
    ],
)
def test_kinds_of_event(text: str, code: str) -> None:
    assert code in {found.value for found in read(text, "event_type")}


def test_arabic_goods_are_named_in_english() -> None:
    assert [found.value for found in read("مدسوسة بين أكياس الفحم", "concealment")] == ["charcoal"]


def test_every_code_is_one_of_the_ledger() -> None:
    table = load("means_text")
    assert {*table["transport"], *table["transport_generic"]} <= set(transport_codes().values())
    assert set(table["event_type"]) <= set(load("methods")["event_type"])


PIECES = st.sampled_from(
    ["hidden ", "inside ", "in ", "the ", "rice ", "sacks ", "of ", "crates ", "truck ", "\n", ". ", "port ",
     "shipment ", "and ", "hid ",
     "مخبأة ", "داخل ", "أكياس ", "الفحم ", "شاحنة ", "ميناء ", "إرسالية ", "فان ", "و"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_means_lie_inside_one_line_of_any_text(text: str) -> None:
    folded = fold_text(text)
    for found in means.find(folded):
        assert 0 <= found.start < found.end <= len(folded.folded)
        assert "\n" not in folded.folded[found.start : found.end]
        assert found.value


@pytest.mark.parametrize("piece", ["hidden in ", "crates of ", "port shipment ", "مخبأة داخل ", "hid 1,000 "])
def test_hostile_repetition_ends(piece: str) -> None:
    means.find(fold_text(piece * 20_000))
