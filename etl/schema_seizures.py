"""The product: `seizures.csv`, one row per seizure.

Names carry units, blanks mean unknown (0 only where a source says zero), yes/no is 1/0. The order of the
columns is part of the contract with users; new columns are added at the end.
"""

from __future__ import annotations

from etl import schema_codes as c
from etl.schema_types import Field, Table

EVENT_ID = r"CAP-\d{6,}"
ISO2 = r"[A-Z]{2}"
ISO2_LIST = r"[A-Z]{2}(\|[A-Z]{2})*"
ISO3 = r"[A-Z]{3}"
ADMIN1_LIST = r"[A-Z]{2}-[A-Z0-9]{1,3}(\|[A-Z]{2}-[A-Z0-9]{1,3})*"
CODE = r"[a-z0-9]+(_[a-z0-9]+)*"
CODE_LIST = rf"{CODE}(\|{CODE})*"
RELEASE = r"\d{4}\.\d{2}\.\d+"


def _tablets(name: str, en: str, ar: str) -> Field:
    return Field(name, "integer", en, ar, unit="tablets", minimum=0)


def _kg(name: str, en: str, ar: str) -> Field:
    return Field(name, "number", en, ar, unit="kg", minimum=0)


def _km(name: str, en: str, ar: str) -> Field:
    return Field(name, "number", en, ar, unit="km", minimum=0, maximum=605, decimals=1)


def _distance(name: str, en: str, ar: str) -> Field:
    return Field(name, "number", en, ar, unit="km", minimum=0, decimals=1)


# One field a line reads as a table; the formatter would spread it over a thousand lines.
# fmt: off
_WHEN = (
    Field("event_id", "text",
          "Stable id of the seizure; survives re-linking. Numbers from 900001 on: read by a machine only",
          "معرّف ثابت للضبطية", required=True, unique=True, pattern=EVENT_ID),
    Field("date_start", "date", "First day of the span the sources name; blank when undated",
          "أول يوم في المدة المذكورة"),
    Field("date_end", "date", "Last day of that span; equals date_start for a known day",
          "آخر يوم في المدة المذكورة"),
    Field("date_precision", "text", "How precise the date is; `none`: undated", "دقة التاريخ",
          codes=c.DATE_PRECISION,
          required=True),
    Field("date_basis", "text", "Where the date comes from; blank when undated", "أساس التاريخ",
          codes=c.DATE_BASIS),
    Field("year", "integer", "Year, blank when unknown or when the span crosses years", "السنة", minimum=1990,
          maximum=2100),
    Field("month", "integer", "Month 1-12, blank when the date is coarser than a month", "الشهر", minimum=1,
          maximum=12),
)
_WHERE = (
    Field("country", "text", "Country where the drugs lay (ISO 3166 alpha-2)",
          "البلد الذي وُجدت فيه المواد", pattern=ISO2),
    Field("country_iso3", "text", "The same as ISO 3166 alpha-3", "رمز البلد بثلاثة أحرف", pattern=ISO3),
    Field("admin1", "list", "Governorate, today's English name; several: in one of them or across them",
          "المحافظة بالإنجليزية"),
    Field("admin1_code", "list", "Governorate (ISO 3166-2)", "رمز المحافظة", pattern=ADMIN1_LIST),
    Field("admin1_ar", "list", "Governorate in Arabic", "المحافظة"),
    Field("place", "text", "Most specific place, English", "المكان بالإنجليزية"),
    Field("place_ar", "text", "Most specific place, Arabic", "المكان"),
    Field("latitude", "number", "WGS84; blank when the place is coarser than a town", "خط العرض",
          unit="degrees",
          minimum=-90, maximum=90, decimals=5),
    Field("longitude", "number", "WGS84; blank when the place is coarser than a town", "خط الطول",
          unit="degrees",
          minimum=-180, maximum=180, decimals=5),
    Field("place_precision", "text", "How precisely the place is known", "دقة المكان",
          codes=c.PLACE_PRECISION,
          required=True),
    Field("place_uncertainty_km", "number", "Radius within which the place lies", "نصف قطر عدم اليقين",
          unit="km",
          minimum=0, decimals=1),
    Field("border_relation", "text", "Relation to the Iraq-Syria border", "الصلة بالحدود العراقية السورية",
          codes=c.BORDER_RELATION, required=True),
    _km("border_km", "Position along the Iraq-Syria border, 0 = tripoint with Turkey",
        "الكيلومتر على امتداد الحدود (من الشمال)"),
    _km("border_km_low", "Lowest position compatible with the place's uncertainty",
    "أدنى موضع على امتداد الحدود"),
    _km("border_km_high", "Highest position compatible with the place's uncertainty",
    "أعلى موضع على امتداد الحدود"),
    _distance("border_distance_km", "Distance to the Iraq-Syria border", "المسافة إلى خط الحدود"),
    _distance("border_distance_low_km", "Lowest distance compatible with the place's uncertainty",
    "أدنى مسافة"),
    _distance("border_distance_high_km", "Highest distance compatible with the place's uncertainty",
    "أعلى مسافة"),
    Field("border_sector", "text", "Sector of the border", "قاطع الحدود", codes=c.BORDER_SECTOR),
    Field("border_side", "text", "Side of the border, by the country of the seizure", "جانب الحدود",
          codes=c.SIDE),
    Field("nearest_crossing", "text", "Nearest crossing of the Iraq-Syria border", "أقرب منفذ حدودي"),
)
_WHAT = (
    Field("drug", "text", "Main drug: the most specific kind that a good primary report names",
          "المادة الرئيسية",
          codes=c.DRUG, required=True),
    Field("drugs_as_reported", "list", "Kinds of the main load as the reports name them", "المادة كما وردت",
          codes=c.DRUG),
    Field("form", "text", "Form of the main load; weight becomes tablets only for `tablets`", "الشكل",
          codes=c.FORM,
          required=True),
    _tablets("tablets_low", "Lowest figure of the outlets; lower bound of a conversion",
    "عدد الحبوب: الأدنى"),
    _tablets("tablets_best", "Chosen figure (see tablets_rule); blank when no quantity is known",
    "عدد الحبوب: المعتمد"),
    _tablets("tablets_high", "Highest figure; blank where the sources say 'more than'", "عدد الحبوب: الأعلى"),
    Field("tablets_qualifier", "text", "Wording of the chosen figure", "صيغة العدد", codes=c.QUALIFIER,
          required=True),
    Field("tablets_basis", "text", "Whether the tablets are stated or converted from weight", "أساس العدد",
          codes=c.AMOUNT_BASIS, required=True),
    _kg("kg_low", "Lowest weight of the main load", "الوزن: الأدنى"),
    _kg("kg_best", "Chosen weight of the main load", "الوزن: المعتمد"),
    _kg("kg_high", "Highest weight of the main load; blank where the sources say 'more than'",
    "الوزن: الأعلى"),
    Field("kg_basis", "text", "Whether the weight is stated or converted from a count", "أساس الوزن",
          codes=c.AMOUNT_BASIS, required=True),
    Field("conversion_g", "number",
          "Mass of a tablet used for a conversion; blank where nothing was converted",
          "كتلة الحبة المستعملة في التحويل", unit="g", minimum=0),
    Field("quantity_as_reported", "text", "The words of the report whose figure was chosen",
          "الكمية كما وردت"),
    Field("other_drugs", "list", "Drugs seized with the main load, drug:quantity:unit",
          "مواد أخرى ضُبطت معها"),
    Field("value_usd_reported", "number", "Estimated value as reported; never to be summed",
          "القيمة المقدَّرة (كما وردت)",
          unit="USD", minimum=0, decimals=0),
    Field("arrests", "integer", "Arrests (chosen figure)", "عدد المقبوض عليهم", unit="persons", minimum=0),
    Field("killed", "integer", "Persons killed (chosen figure)", "عدد القتلى", unit="persons", minimum=0),
)
_HOW = (
    Field("event_type", "text", "Kind of seizure", "نوع الضبطية", codes=c.EVENT_TYPE, required=True),
    Field("site_type", "text", "Kind of site", "نوع الموقع", codes=c.SITE_TYPE, required=True),
    Field("transport", "text", "Means of transport", "وسيلة النقل", codes=c.TRANSPORT),
    Field("method_group", "text", "Method of smuggling, grouped", "طريقة التهريب", codes=c.METHOD_GROUP),
    Field("concealment", "text", "How the drugs were hidden, as reported", "أسلوب الإخفاء"),
    Field("agencies", "list", "Seizing bodies as reported", "الجهات الضابطة كما وردت"),
    Field("agency_codes", "list", "Seizing bodies by code", "رموز الجهات الضابطة", pattern=CODE_LIST),
    Field("authority", "text", "Authority the seizing bodies belong to", "السلطة", codes=c.AUTHORITY),
    Field("announced_by", "list", "Countries whose officials announced it (ISO 3166 alpha-2)", "أعلنتها",
          pattern=ISO2_LIST),
    Field("partner_countries", "list", "Countries that took part (ISO 3166 alpha-2)", "الدول المشاركة",
          pattern=ISO2_LIST),
    Field("origin_country", "list", "Where the load came from (ISO 3166 alpha-2)", "بلد القدوم",
          pattern=ISO2_LIST),
    Field("destination_country", "list", "Where it was bound (ISO 3166 alpha-2)", "بلد الوجهة",
          pattern=ISO2_LIST),
    Field("origin_as_reported", "list", "Origin in the reports' words", "جهة القدوم (كما وردت)"),
    Field("destination_as_reported", "list", "Destination in the reports' words", "الوجهة (كما وردت)"),
)
_STANDING = (
    Field("counted", "yes_no", "1: enters totals; 0: see not_counted_reason", "تدخل في المجاميع",
          required=True),
    Field("is_bundle", "yes_no", "1: several seizures announced together and not broken out", "إعلان مجمّع",
          required=True),
    Field("n_incidents", "integer", "Seizures in a bundle, 1 otherwise; blank where a bundle gives no number",
          "عدد العمليات", minimum=1),
    Field("possible_duplicate_of", "list",
          "Better attested events that this one may repeat; totals are given with and without it",
          "تكرار محتمل", pattern=rf"{EVENT_ID}(\|{EVENT_ID})*"),
    Field("figures_differ", "yes_no", "1: the highest figure is at least 1.5 times the lowest",
          "تباين الأرقام بين المصادر", required=True),
    Field("evidence", "text", "What the event rests on", "نوع الدليل", codes=c.EVIDENCE, required=True),
    Field("n_reports", "integer", "Reports of the event", "عدد الأخبار", minimum=1, required=True),
    Field("n_outlets", "integer", "Outlets, spellings folded", "عدد الجهات الإعلامية", minimum=1,
          required=True),
    Field("n_origins", "integer", "Independent origins: copies of one wire or statement count once",
          "مصادر أصلية مستقلة", minimum=1, required=True),
    Field("languages", "list", "Languages of the reports (ISO 639)", "اللغات",
          pattern=r"[a-z]{2,3}(\|[a-z]{2,3})*"),
    Field("source_urls", "list",
          "Addresses of the reports, official first; blank only where a machine read a text without one",
          "روابط المصادر"),
    Field("official_url", "text", "First official page among them", "رابط البيان الرسمي"),
    Field("flags", "list", "Check notes; see event_flags.csv", "ملاحظات تدقيق", codes=c.FLAG),
    Field("review_status", "text",
          "Whether a person reviewed the reports; `machine` rows are never counted", "حالة المراجعة",
          codes=c.REVIEW, required=True),
    Field("first_reported", "date", "Earliest publication date among the reports; blank where none is known",
          "أول نشر معروف"),
    Field("last_changed", "date", "Date of the release that last changed this row", "آخر تغيير",
          required=True),
    Field("release", "text", "Release label", "الإصدار", pattern=RELEASE, required=True),
)
_ADDED = (
    Field("date_not_before", "date", "Earliest possible day of an undated or coarsely dated event",
          "في موعد لا يسبق"),
    Field("date_not_after", "date", "Latest possible day of an undated or coarsely dated event",
          "في موعد لا يتجاوز"),
    Field("date_bound_basis", "list", "What the bounds rest on", "أساس الحدين", codes=c.BOUND_BASIS),
    Field("drug_group", "text", "What is counted together: captagon holds captagon and amphetamine_tablets",
          "مجموعة المادة", codes=c.DRUG, required=True),
    Field("drug_agreement", "text", "n/m: n of m reports name this drug", "اتفاق الأخبار على المادة",
          pattern=r"\d+/\d+",
          required=True),
    Field("tablets_rule", "text", "Rule that chose the figure", "قاعدة اختيار الرقم", codes=c.BEST_RULE),
    Field("not_counted_reason", "text", "Why counted is 0", "سبب عدم الاحتساب", codes=c.NOT_COUNTED),
    Field("place_as_reported", "list", "The place in the reports' words", "المكان كما ورد"),
    Field("place_kind", "text", "Kind of place in the gazetteer", "نوع المكان", pattern=CODE),
    Field("concealment_group", "text", "How the drugs were hidden, grouped", "مجموعة الإخفاء",
          codes=c.CONCEALMENT_GROUP),
    Field("transit_countries", "list", "Countries passed through (ISO 3166 alpha-2)", "بلدان العبور",
          pattern=ISO2_LIST),
    Field("route_basis", "text", "Whether origin and destination are stated or implied", "أساس المسار",
          codes=c.ROUTE_BASIS),
    Field("partner_role", "list", "What the partners did", "دور الشركاء", codes=c.PARTNER_ROLE),
    Field("value_as_reported", "text", "Estimated value in the report's words", "القيمة كما وردت"),
    Field("arrests_low", "integer", "Lowest number of arrests reported", "المقبوض عليهم: الأدنى",
          unit="persons",
          minimum=0),
    Field("arrests_high", "integer", "Highest number of arrests reported", "المقبوض عليهم: الأعلى",
          unit="persons",
          minimum=0),
    Field("capacity_as_reported", "text", "Output or 'enough for' figures of a site; enters no amount",
          "الطاقة الإنتاجية المعلنة"),
    Field("event_url", "text", "Page of the event in the dashboard, relative to its address",
          "رابط صفحة الضبطية",
          required=True),
    Field("n_machine_reports", "integer",
          "Reports of it that a machine read; beside a curated event they change no other cell",
          "أخبار مستخرجة آلياً", minimum=0, required=True),
)

SEIZURES = Table(
    name="seizures",
    en="Reported seizures, one row each",
    ar="الضبطيات المُعلنة، صف لكل ضبطية",
    fields=_WHEN + _WHERE + _WHAT + _HOW + _STANDING + _ADDED,
    primary_key=("event_id",),
)
