"""Tables that lead from the product back to the pages: reports, claims, and what was set aside.

`reports.csv` has one row for every ledger row that could be read and for every seizure or total that a
machine read in a document, `quarantine.csv` one for every reason that kept a row or a document out.
`evidence.csv` holds the words that a machine read.
"""

from __future__ import annotations

from etl import schema_codes as c
from etl.schema_seizures import CODE, EVENT_ID, ISO2, RELEASE
from etl.schema_types import Field, ForeignKey, Table

_LANG = r"[a-z]{2,3}"
DOCUMENT_ID = r"DOC-[0-9a-f]{12}"

# One field a line reads as a table; the formatter would spread it over a thousand lines.
# fmt: off
REPORTS = Table(
    name="reports",
    en="Reports: one row per public page and seizure, or total; from the ledger, or read by a machine",
    ar="الأخبار: صف لكل صفحة وضبطية",
    fields=(
        Field("report_id", "text", "Stable id of the ledger row; DOC- and a number: read by a machine",
              "معرّف الخبر", required=True, unique=True),
        Field("event_id", "text",
              "Seizure it tells of; blank for totals, destructions, and what a document only recalls",
              "معرّف الضبطية", pattern=EVENT_ID),
        Field("row_kind", "text", "What the row reports", "نوع الصف", codes=c.ROW_KIND, required=True),
        Field("aggregate_id", "text", "Total it tells of", "معرّف الحصيلة"),
        Field("of_events", "list", "Destructions: seizures whose drugs were destroyed, where known",
              "الضبطيات التي أُتلفت موادها", pattern=rf"{EVENT_ID}(\|{EVENT_ID})*"),
        Field("url", "text", "Address of the page; blank only for a machine-read text without one",
              "رابط الصفحة"),
        Field("publisher", "text", "Publisher as written in the ledger", "الناشر كما كُتب"),
        Field("outlet_id", "text", "Outlet, spellings folded", "رمز الجهة الإعلامية", required=True),
        Field("outlet", "text", "Name of the outlet", "الجهة الإعلامية"),
        Field("outlet_kind", "text", "Kind of outlet", "نوع الجهة", codes=c.OUTLET_KIND),
        Field("outlet_country", "text", "Country of the outlet (ISO 3166 alpha-2)", "بلد الجهة",
              pattern=ISO2),
        Field("wire", "text", "Agency or outlet that the page credits", "المصدر المنقول عنه"),
        Field("origin_group", "text", "Reports of one origin share it, within an event",
              "مجموعة المصدر الأصلي"),
        Field("is_official", "yes_no", "1: the text of an official body", "نص جهة رسمية", required=True),
        Field("role", "text", "News of this page, or recalled by it", "دور الخبر", codes=c.ROLE,
              required=True),
        Field("language", "text", "Language of the page (ISO 639)", "اللغة", pattern=_LANG),
        Field("published", "date", "Publication date, blank where the page doesn't say", "تاريخ النشر"),
        Field("quality", "text", "Quality of the report", "جودة الخبر", codes=c.QUALITY, required=True),
        Field("event_type", "text", "Kind of event in this report", "نوع الحدث", codes=c.ROW_EVENT_TYPE,
              required=True),
        Field("event_date", "text",
              "Date of the seizure as this report gives it: YYYY-MM-DD, YYYY-MM or YYYY", "التاريخ",
              pattern=r"\d{4}(-\d{2}){0,2}"),
        Field("date_start", "date", "First day of the span this report gives", "أول يوم"),
        Field("date_end", "date", "Last day of that span", "آخر يوم"),
        Field("date_precision", "text", "How precise it is", "دقة التاريخ", codes=c.DATE_PRECISION,
              required=True),
        Field("date_basis", "text", "Where it comes from", "أساس التاريخ", codes=c.DATE_BASIS),
        Field("country", "text", "Country (ISO 3166 alpha-2)", "البلد", pattern=ISO2),
        Field("admin1", "list", "Governorate, English name", "المحافظة بالإنجليزية"),
        Field("admin1_code", "list", "Governorate (ISO 3166-2)", "رمز المحافظة"),
        Field("place", "text", "Place as resolved", "المكان"),
        Field("place_as_written", "text", "Place in the page's words", "المكان كما ورد"),
        Field("place_precision", "text", "How precise the place is", "دقة المكان", codes=c.PLACE_PRECISION,
              required=True),
        Field("place_reasons", "list", "Why the place was resolved so", "أسباب تحديد المكان"),
        Field("drug", "text", "Drug as this report names it", "المادة", codes=c.DRUG, required=True),
        Field("form", "text", "Form of the load", "الشكل", codes=c.FORM, required=True),
        Field("tablets_low", "integer", "Tablets, lower bound", "الحبوب: الأدنى", unit="tablets", minimum=0),
        Field("tablets", "integer", "Tablets", "الحبوب", unit="tablets", minimum=0),
        Field("tablets_high", "integer", "Tablets, upper bound", "الحبوب: الأعلى", unit="tablets", minimum=0),
        Field("tablets_basis", "text", "Stated or converted", "أساس العدد", codes=c.AMOUNT_BASIS,
              required=True),
        Field("kg_low", "number", "Weight, lower bound", "الوزن: الأدنى", unit="kg", minimum=0),
        Field("kg", "number", "Weight", "الوزن", unit="kg", minimum=0),
        Field("kg_high", "number", "Weight, upper bound", "الوزن: الأعلى", unit="kg", minimum=0),
        Field("kg_basis", "text", "Stated or converted", "أساس الوزن", codes=c.AMOUNT_BASIS, required=True),
        Field("tablet_mass_g", "number", "Grams a tablet by this report's own count and weight",
              "غرام لكل حبة",
              unit="g",
              minimum=0),
        Field("qualifier", "text", "Wording of the figure", "صيغة الرقم", codes=c.QUALIFIER, required=True),
        Field("quantity_as_written", "text", "The figure in the page's words", "الكمية كما وردت"),
        Field("quote", "text", "Words of the page that a machine read (blank for curated rows)", "اقتباس"),
        Field("rule", "text", "Rule that read them (blank for curated rows)", "القاعدة"),
        Field("link_to", "text", "Report it was joined to", "الخبر المرتبط به"),
        Field("link_score", "number", "Score of that link", "درجة الربط"),
        Field("link_reasons", "list", "What made the link", "أسباب الربط"),
        Field("agrees_with_best", "yes_no",
              "1: its figure is the event's best (within rounding); blank: no figure",
              "يوافق الرقم المعتمد"),
        Field("best_rule", "text", "What the rule for the best figure did with this report", "معاملة الرقم",
              codes=c.REPORT_RULE),
        Field("flags", "list", "Check notes on this report", "ملاحظات تدقيق", codes=c.FLAG),
        Field("curator_notes", "text", "What a careful reader noticed", "ملاحظات المحرر"),
        Field("ledger_file", "text", "File of the ledger; blank for machine-read reports", "ملف السجل"),
        Field("ledger_line", "integer", "Line in that file", "السطر", minimum=2),
        Field("review_status", "text", "Whether a person collected it or a machine read it", "حالة المراجعة",
              codes=c.REVIEW, required=True),
        Field("document_id", "text", "Document that a machine read; blank for curated rows", "معرّف الوثيقة",
              pattern=DOCUMENT_ID),
    ),
    primary_key=("report_id",),
    foreign_keys=(
        ForeignKey(("event_id",), "seizures", ("event_id",)),
        ForeignKey(("aggregate_id",), "aggregates", ("aggregate_id",)),
    ),
)

CLAIMS = Table(
    name="claims",
    en="Claims: one row per report and field",
    ar="الأقوال: صف لكل خبر وحقل",
    fields=(
        Field("claim_id", "text", "report_id and field", "معرّف القول", required=True, unique=True),
        Field("report_id", "text", "Report", "معرّف الخبر", required=True),
        Field("event_id", "text", "Seizure it tells of; blank for totals and destructions", "معرّف الضبطية",
              pattern=EVENT_ID),
        Field("origin_group", "text", "Independent origin of the report", "مجموعة المصدر الأصلي"),
        Field("field", "text", "What is claimed", "الحقل", required=True, pattern=CODE),
        Field("value", "text", "What the report says", "القيمة", required=True),
        Field("value_high", "text", "Upper end of a range", "القيمة العليا"),
        Field("unit", "text", "Unit of the value, as reported", "الوحدة"),
        Field("qualifier", "text", "Wording of a figure", "الصيغة", codes=c.QUALIFIER),
        Field("as_written", "text", "The page's words", "كما ورد"),
        Field("quote", "text", "Words of the page that a machine read", "اقتباس"),
        Field("language", "text", "Language of the page (ISO 639)", "اللغة", pattern=_LANG),
        Field("basis", "text", "On the page, inferred, or carried over from another report", "الأساس",
              codes=c.CLAIM_BASIS, required=True),
        Field("agrees", "yes_no", "1: agrees with the published value; blank: nothing to compare",
              "يوافق المنشور"),
        Field("chosen", "yes_no", "1: the published value was taken from this report", "مأخوذ منه",
              required=True),
        Field("rule_id", "text", "Rule that chose the published value", "القاعدة", pattern=CODE),
        Field("review_status", "text", "Whether a person collected it or a machine read it", "حالة المراجعة",
              codes=c.REVIEW, required=True),
    ),
    primary_key=("claim_id",),
    foreign_keys=(
        ForeignKey(("report_id",), "reports", ("report_id",)),
        ForeignKey(("event_id",), "seizures", ("event_id",)),
    ),
)

EVIDENCE = Table(
    name="evidence",
    en="What a machine read, one row per value: the words, and the rule that read them",
    ar="ما استُخرج آلياً: صف لكل قيمة مع الكلمات والقاعدة",
    fields=(
        Field("report_id", "text", "Machine-read report", "معرّف الخبر", required=True),
        Field("event_id", "text", "Seizure it tells of; blank for totals and what is only recalled",
              "معرّف الضبطية", pattern=EVENT_ID),
        Field("field", "text", "What was read", "الحقل", required=True, pattern=CODE),
        Field("value", "text", "Its value; amounts as drug:quantity:unit", "القيمة", required=True),
        Field("quote", "text",
              "At most 25 words of the page, private names masked; blank where no words say it (a day of "
              "publication)", "اقتباس"),
        Field("highlight_start", "integer", "First character of the quote that says it, counted from 0",
              "بداية التظليل", minimum=0),
        Field("highlight_end", "integer", "First character after it", "نهاية التظليل", minimum=0),
        Field("rule", "text", "Rule that read it", "القاعدة", required=True),
        Field("document_id", "text", "Document", "معرّف الوثيقة", required=True, pattern=DOCUMENT_ID),
        Field("document_sha256", "text", "SHA-256 of the document's title and text", "بصمة الوثيقة",
              required=True, pattern=r"[0-9a-f]{64}"),
    ),
    primary_key=("report_id", "field", "value"),
    foreign_keys=(
        ForeignKey(("report_id",), "reports", ("report_id",)),
        ForeignKey(("event_id",), "seizures", ("event_id",)),
    ),
)

_ISSUE_FIELDS = (
    Field("file", "text", "File", "الملف"),
    Field("line", "integer", "Line in that file", "السطر", minimum=1),
    Field("column", "text", "Column", "العمود"),
    Field("code", "text", "Reason", "رمز السبب", required=True, pattern=CODE),
    Field("message", "text", "What is wrong, and what to do", "الشرح", required=True),
    Field("value", "text", "The cell", "القيمة"),
    Field("report_id", "text", "report_id of the row, where it has one", "معرّف الخبر"),
)

QUARANTINE = Table(
    name="quarantine",
    en="Rows that were kept out, and why",
    ar="صفوف مستبعدة وأسبابها",
    fields=_ISSUE_FIELDS,
    primary_key=(),
)

WARNINGS = Table(
    name="warnings",
    en="What a curator should look at: unresolved places, unknown words, unused entries",
    ar="ما ينبغي للمحرر مراجعته",
    fields=_ISSUE_FIELDS,
    primary_key=(),
)

CHANGES = Table(
    name="changes",
    en="What each release added, changed, merged, split or withdrew",
    ar="التغييرات في كل إصدار",
    fields=(
        Field("release", "text", "Release label", "الإصدار", required=True, pattern=RELEASE),
        Field("date", "date", "Date of the release", "تاريخ الإصدار", required=True),
        Field("event_id", "text", "Seizure", "معرّف الضبطية", required=True, pattern=EVENT_ID),
        Field("change", "text", "What happened", "نوع التغيير", codes=c.CHANGE, required=True),
        Field("columns", "list", "MOD: columns of seizures.csv that changed", "الأعمدة المتغيرة"),
        Field("other_event_ids", "list", "MERGE: the surviving event; SPLIT: the events it was split into",
              "ضبطيات أخرى معنية", pattern=rf"{EVENT_ID}(\|{EVENT_ID})*"),
    ),
    primary_key=("release", "event_id", "change"),
)
