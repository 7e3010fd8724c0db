"""Totals, and the long tables behind the `|` lists of the product: a row per event and drug, body or flag."""

from __future__ import annotations

from etl import schema_codes as c
from etl.schema_seizures import CODE, EVENT_ID, ISO2, RELEASE
from etl.schema_types import Field, ForeignKey, Table

_EVENT = ForeignKey(("event_id",), "seizures", ("event_id",))
_EVENT_FIELD = Field("event_id", "text", "Seizure", "معرّف الضبطية", required=True, pattern=EVENT_ID)

# One field a line reads as a table; the formatter would spread it over a thousand lines.
# fmt: off
AGGREGATES = Table(
    name="aggregates",
    en="Published totals, one row each; they never enter a sum of events",
    ar="الحصائل الإجمالية المنشورة",
    fields=(
        Field("aggregate_id", "text", "Id of the total: AGG- and its smallest report_id", "معرّف الحصيلة",
              required=True,
              unique=True, pattern=r"AGG-.+"),
        Field("kind", "text", "Kind of total", "نوع الحصيلة", codes=c.AGGREGATE_KIND, required=True),
        Field("issuer", "text", "Who published the total", "الجهة المصدرة"),
        Field("issuer_country", "text", "Country of the issuer (ISO 3166 alpha-2)", "بلد الجهة المصدرة",
              pattern=ISO2),
        Field("scope_as_reported", "text", "What the total covers, in words", "ما تشمله الحصيلة"),
        Field("scope_kind", "text", "What kind of scope that is", "نوع النطاق", codes=c.SCOPE_KIND,
              required=True),
        Field("country", "text", "Country it covers (ISO 3166 alpha-2); blank: several or not stated",
              "البلد",
              pattern=ISO2),
        Field("territory", "text", "Territory, where it is not a whole country", "الإقليم"),
        Field("governorate", "list", "Governorates it covers, English names", "المحافظة بالإنجليزية"),
        Field("admin1_code", "list", "Governorates it covers (ISO 3166-2)", "رمز المحافظة"),
        Field("agency", "text", "Body whose seizures it covers; blank: all", "نطاق الجهة"),
        Field("drug", "text", "Drug as reported", "المادة", codes=c.DRUG, required=True),
        Field("drug_scope", "text", "What the total counts together", "نطاق المواد", codes=c.DRUG_SCOPE,
              required=True),
        Field("period_start", "date", "First day covered; blank: not stated", "بداية المدة"),
        Field("period_end", "date", "Last day covered; blank: not stated", "نهاية المدة"),
        Field("low", "number", "Lowest figure", "الأدنى", minimum=0),
        Field("best", "number", "Chosen figure: the newest official one, else the one of most outlets",
              "المعتمد",
              minimum=0),
        Field("high", "number", "Highest figure; blank where the sources say 'more than'", "الأعلى",
              minimum=0),
        Field("unit", "text", "Unit of low, best, high; blank: no quantity", "الوحدة", codes=c.UNIT),
        Field("qualifier", "text", "Wording of the chosen figure", "الصيغة", codes=c.QUALIFIER,
              required=True),
        Field("weight_kg", "number", "Weight stated beside a count", "الوزن المذكور", unit="kg", minimum=0),
        Field("n_incidents", "integer", "Seizures in the total, where stated or listed", "عدد العمليات",
              minimum=1),
        Field("said_on", "date", "Earliest publication of the total that is known", "تاريخ الإعلان"),
        Field("quantity_as_reported", "text", "The words of the report whose figure was chosen",
              "الكمية كما وردت"),
        Field("parts", "list", "Events that are parts of it, where known", "أجزاؤها من الضبطيات",
              pattern=rf"{EVENT_ID}(\|{EVENT_ID})*"),
        Field("remainder_event", "text", "Event that stands for what isn't broken out", "ضبطية الباقي",
              pattern=EVENT_ID),
        Field("superseded_by", "text", "Later running total of the same issuer and scope", "حلّت محلها"),
        Field("n_reports", "integer", "Reports of it", "عدد الأخبار", minimum=1, required=True),
        Field("n_outlets", "integer", "Outlets that carry it", "عدد الجهات الإعلامية", minimum=1,
              required=True),
        Field("report_ids", "list", "Reports of it", "الأخبار", required=True),
        Field("source_urls", "list",
              "Addresses, official first; blank only where a machine read a text without one",
              "روابط المصادر"),
        Field("release", "text", "Release label", "الإصدار", required=True, pattern=RELEASE),
        Field("review_status", "text", "Whether a person reviewed the reports", "حالة المراجعة",
              codes=c.REVIEW, required=True),
        Field("n_machine_reports", "integer",
              "Reports of it that a machine read; beside a curated total they change no other cell",
              "أخبار مستخرجة آلياً", minimum=0, required=True),
    ),
    primary_key=("aggregate_id",),
)

EVENT_DRUGS = Table(
    name="event_drugs",
    en="Drugs of each seizure, one row each",
    ar="مواد كل ضبطية",
    fields=(
        _EVENT_FIELD,
        Field("drug", "text", "Drug", "المادة", required=True, pattern=CODE),
        Field("is_main", "yes_no", "1: the main load", "المادة الرئيسية", required=True),
        Field("form", "text", "Form", "الشكل", codes=c.FORM, required=True),
        Field("low", "number", "Lowest figure", "الأدنى", minimum=0),
        Field("best", "number", "Chosen figure", "المعتمد", minimum=0),
        Field("high", "number", "Highest figure", "الأعلى", minimum=0),
        Field("unit", "text", "Unit of the figures, as reported for further drugs; blank: no quantity",
              "الوحدة"),
        Field("n_reports", "integer", "Reports that name it", "عدد الأخبار", minimum=1, required=True),
    ),
    primary_key=("event_id", "drug", "unit", "is_main"),
    foreign_keys=(_EVENT,),
)

EVENT_AGENCIES = Table(
    name="event_agencies",
    en="Bodies that seized or took part, one row each",
    ar="الجهات المشاركة في كل ضبطية",
    fields=(
        _EVENT_FIELD,
        Field("agency_code", "text", "Code; blank where the body is not in the vocabulary", "رمز الجهة",
              pattern=CODE),
        Field("agency", "text", "Body as written", "الجهة كما وردت", required=True),
        Field("country", "text", "Country of the body (ISO 3166 alpha-2)", "بلد الجهة", pattern=ISO2),
        Field("authority", "text", "Authority it belongs to", "السلطة", codes=c.AUTHORITY),
        Field("role", "text", "Seizing body or partner", "الدور", codes=c.AGENCY_ROLE, required=True),
        Field("n_reports", "integer", "Reports that name it", "عدد الأخبار", minimum=1, required=True),
    ),
    primary_key=("event_id", "agency_code", "agency", "role"),
    foreign_keys=(_EVENT,),
)

EVENT_FLAGS = Table(
    name="event_flags",
    en="Check notes of each seizure, one row each",
    ar="ملاحظات التدقيق لكل ضبطية",
    fields=(
        _EVENT_FIELD,
        Field("flag", "text", "Check note", "الملاحظة", required=True, codes=c.FLAG),
        Field("report_ids", "list", "Reports concerned; blank: the event as a whole", "الأخبار المعنية"),
        Field("detail", "text", "What was found, in one sentence", "الشرح", required=True),
    ),
    primary_key=("event_id", "flag"),
    foreign_keys=(_EVENT,),
)

EVENT_IDS = Table(
    name="event_ids",
    en="Which id each report belongs to, and what became of ids no longer in use",
    ar="معرّفات الضبطيات",
    fields=(
        Field("event_id", "text", "Id", "المعرّف", required=True, pattern=EVENT_ID),
        Field("report_id", "text", "Report; blank for ids no longer in use", "معرّف الخبر"),
        Field("status", "text", "Status of the id", "الحالة", codes=c.ID_STATUS, required=True),
        Field("merged_into", "text", "Surviving id", "المعرّف الباقي", pattern=EVENT_ID),
        Field("since", "text", "Release in which this came about", "منذ الإصدار", required=True,
              pattern=RELEASE),
    ),
    primary_key=("event_id", "report_id"),
)
