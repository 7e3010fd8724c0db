"""The code lists of the published columns: one list a column, labelled in English and Arabic.

Arabic terms follow the glossary of the project (ضبطية, حبة, منفذ حدودي ...), not a dictionary.
"""

from __future__ import annotations

from etl.schema_types import codes

DATE_PRECISION = codes(
    ("day", "day", "يوم"),
    ("week", "week", "أسبوع"),
    ("month", "month only", "الشهر معلوم دون اليوم"),
    ("year", "year only", "السنة معلومة فقط"),
    ("none", "undated", "غير مؤرَّخ"),
)
DATE_BASIS = codes(
    ("stated", "stated on the page", "مذكور في الصفحة"),
    ("weekday", "resolved from a weekday", "مستنتج من اسم اليوم"),
    ("published", "day of publication", "يوم النشر"),
    ("other_report", "filled from another outlet's report", "من خبر جهة أخرى"),
)
BOUND_BASIS = codes(
    ("published", "publication date", "تاريخ النشر"),
    ("url_path", "date in the page's address", "تاريخ في عنوان الصفحة"),
    ("notes", "curator's notes", "ملاحظات المحرر"),
    ("page", "clue on the page", "قرينة في الصفحة"),
    ("decision", "a curator's decision", "قرار محرر"),
)
PLACE_PRECISION = codes(
    ("exact", "exact (crossing, port, named facility)", "دقيق (منفذ أو ميناء أو منشأة)"),
    ("town", "town", "مدينة أو بلدة"),
    ("district", "district", "قضاء أو ناحية"),
    ("border_strip", "stretch of the border", "الشريط الحدودي"),
    ("governorate", "known to governorate only", "معلوم على مستوى المحافظة فقط"),
    ("country", "known to country only", "معلوم على مستوى البلد فقط"),
    ("none", "not stated", "غير مذكور"),
)
BORDER_RELATION = codes(
    ("crosses_stated", "stated to cross the Iraq-Syria border", "ذُكر عبورها الحدود العراقية السورية"),
    ("near", "near the border", "قرب الحدود"),
    ("not_near", "not near the border", "بعيدة عن الحدود"),
    ("unknown", "undecided", "غير محسوم"),
)
SIDE = codes(("IQ", "Iraqi side", "الجانب العراقي"), ("SY", "Syrian side", "الجانب السوري"))
DRUG = codes(
    ("captagon", "Captagon", "الكبتاغون"),
    ("amphetamine_tablets", "amphetamine tablets", "أقراص الإمفيتامين"),
    ("pills_unspecified", "pills, kind not stated", "حبوب مخدرة (النوع غير مذكور)"),
    ("amphetamine", "amphetamine", "الإمفيتامين"),
    ("methamphetamine", "methamphetamine", "الميثامفيتامين (الكريستال)"),
    ("hashish", "hashish", "الحشيش"),
    ("cannabis", "cannabis", "القنب"),
    ("heroin", "heroin", "الهيروين"),
    ("cocaine", "cocaine", "الكوكايين"),
    ("opium", "opium", "الأفيون"),
    ("tramadol", "tramadol", "الترامادول"),
    ("pregabalin", "pregabalin", "البريغابالين"),
    ("precursor", "precursors", "السلائف الكيميائية"),
    ("equipment", "equipment", "معدات"),
    ("mixed", "several drugs together", "مواد مختلطة"),
    ("unspecified", "drug not stated", "المادة غير مذكورة"),
)
FORM = codes(
    ("tablets", "tablets", "حبوب"),
    ("crushed_or_powder", "crushed or powder", "مسحوق أو مطحون"),
    ("raw_material", "raw material", "مواد أولية"),
    ("mixed_load", "mixed load", "حمولة مختلطة"),
    ("equipment", "equipment", "معدات"),
    ("unknown", "unknown", "غير معروف"),
)
QUALIFIER = codes(
    ("exact", "exact", "دقيق"),
    ("about", "about", "نحو"),
    ("over", "more than", "أكثر من"),
    ("under", "less than", "أقل من"),
    ("range", "range", "بين حدين"),
    ("unstated", "not stated", "غير مذكور"),
)
AMOUNT_BASIS = codes(
    ("stated", "as reported", "كما ورد في المصدر"),
    ("converted", "converted from the other unit", "محسوب من الوحدة الأخرى"),
    ("none", "no quantity stated", "الكمية غير مذكورة"),
)
EVENT_TYPE = codes(
    ("interdiction", "foiled smuggling attempt", "إحباط محاولة تهريب"),
    ("raid", "raid", "مداهمة"),
    ("factory", "laboratory or factory", "معمل تصنيع"),
    ("found_abandoned", "found abandoned", "عُثر عليها متروكة"),
    ("airdrop_or_drone", "drone, balloon or airdrop", "طائرة مسيّرة أو بالون أو إسقاط جوي"),
    ("other", "other", "أخرى"),
)
ROW_EVENT_TYPE = EVENT_TYPE + codes(
    ("destruction", "destruction of drugs seized earlier", "إتلاف المضبوطات"),
    ("aggregate", "total over a period or several seizures", "حصيلة إجمالية"),
)
SITE_TYPE = codes(
    ("crossing", "border crossing", "منفذ حدودي"),
    ("port", "port", "ميناء"),
    ("airport", "airport", "مطار"),
    ("border_strip", "border strip", "الشريط الحدودي"),
    ("road", "road or checkpoint", "طريق أو نقطة تفتيش"),
    ("urban_building", "building", "مبنى"),
    ("storage", "store", "مخزن"),
    ("lab", "laboratory or factory", "معمل"),
    ("desert", "desert", "صحراء"),
    ("sea", "sea", "بحر"),
    ("parcel_hub", "parcel hub", "مركز طرود"),
    ("unknown", "unknown", "غير معروف"),
)
EVIDENCE = codes(
    ("official_text", "official statement read", "بيان رسمي"),
    ("several_origins", "several independent origins", "مصادر أصلية مستقلة"),
    ("one_origin", "one origin", "مصدر واحد"),
    ("recalled_only", "only recalled in later reports", "وردت في أخبار لاحقة فقط"),
    ("weak", "weak reports only", "أخبار ضعيفة فقط"),
)
NOT_COUNTED = codes(
    ("alleged_site", "a site that is only alleged", "موقع مزعوم فقط"),
    ("bundle_of_listed", "its parts are listed as events", "أجزاؤها مدرجة كضبطيات"),
    ("destroyed_earlier_seizure", "destruction of drugs seized earlier", "إتلاف مضبوطات سابقة"),
)
REVIEW = codes(
    ("curated", "collected and reconciled by a person", "جمعها محرر"),
    ("reviewed", "machine-read, reviewed by a person", "مُراجَع"),
    ("machine", "machine-read, not yet reviewed", "مستخرج آلياً"),
)
ROUTE_BASIS = codes(("stated", "stated", "مذكور"), ("implied", "implied", "مستنتج"))
OUTLET_KIND = codes(
    ("official", "official body", "جهة رسمية"),
    ("agency", "news agency", "وكالة أنباء"),
    ("outlet", "outlet", "جهة إعلامية"),
    ("mirror", "mirror or repost", "نسخة أو إعادة نشر"),
)
ROLE = codes(
    ("primary", "news in this page", "خبر الصفحة"), ("background", "recalled by the page", "خلفية في الصفحة")
)
ROW_KIND = codes(
    ("seizure", "report of a seizure", "خبر ضبطية"),
    ("aggregate", "report of a total", "خبر حصيلة"),
    ("destruction", "report of a destruction", "خبر إتلاف"),
)
QUALITY = codes(("good", "good", "جيد"), ("weak", "second-hand, doubtful or garbled", "ضعيف"))
CLAIM_BASIS = codes(
    ("in_page", "on the page", "في الصفحة"),
    ("inferred", "inferred from the page", "مستنتج من الصفحة"),
    ("carried_over", "carried over from another report", "منقول من خبر آخر"),
)
AGENCY_ROLE = codes(("seizing", "seizing body", "الجهة الضابطة"), ("partner", "partner", "جهة مشاركة"))
PARTNER_ROLE = codes(
    ("tip", "tip-off or shared intelligence", "معلومات استخبارية"),
    ("joint_team", "joint team", "فريق مشترك"),
    ("controlled_delivery", "controlled delivery", "تسليم مراقب"),
)
AGGREGATE_KIND = codes(
    ("period_total", "total over a period", "حصيلة إجمالية لمدة"),
    ("bundle", "several seizures announced together", "إعلان مجمّع لعدة ضبطيات"),
    ("sum_of_listed", "sum of seizures listed elsewhere", "مجموع ضبطيات مدرجة"),
    ("trafficked_estimate", "estimate of what was trafficked", "تقدير للكميات المهرّبة"),
    ("count_only", "number of seizures only", "عدد الضبطيات فقط"),
)
ID_STATUS = codes(
    ("active", "in use", "مستعمل"),
    ("merged_into", "merged: see merged_into", "مدموج"),
    ("withdrawn", "withdrawn", "مسحوب"),
)
CHANGE = codes(
    ("ADD", "added", "مضاف"),
    ("MOD", "corrected or extended", "مصحَّح"),
    ("MERGE", "merged", "مدموج"),
    ("SPLIT", "split", "مقسوم"),
    ("WITHDRAW", "withdrawn", "مسحوب"),
)
UNIT = codes(("tablets", "tablets", "حبة"), ("kg", "kilograms", "كغم"))
BEST_RULE = codes(
    ("only_figure", "the only figure", "الرقم الوحيد"),
    ("same_figure", "all reports agree", "اتفاق الأخبار"),
    ("official_newest", "newest official statement", "أحدث بيان رسمي"),
    ("most_origins", "figure of most independent origins", "رقم أكثر المصادر المستقلة"),
    ("more_precise", "more precise wording", "الصيغة الأدق"),
    ("median", "median of the figures", "الوسيط"),
    ("update", "a count that grew: the later figure", "عدد ارتفع: الرقم الأحدث"),
    ("converted", "converted from the other unit", "محسوب من الوحدة الأخرى"),
)
REPORT_RULE = codes(
    ("chosen", "its figure was chosen", "اختير رقمه"),
    ("agrees", "gives the chosen figure", "يوافق الرقم المعتمد"),
    ("differs", "gives another figure", "يعطي رقماً آخر"),
    ("set_aside_implausible", "set aside: grams a tablet out of range", "استُبعد: كتلة الحبة غير معقولة"),
    ("set_aside_outlier", "set aside: over 3 times off the other origins", "استُبعد: بعيد عن المصادر الأخرى"),
    ("superseded", "an earlier count that grew", "رقم سابق ارتفع لاحقاً"),
    ("no_figure", "gives no figure", "لا يعطي رقماً"),
)
DRUG_SCOPE = codes(
    ("captagon", "Captagon or amphetamine tablets", "الكبتاغون أو أقراص الإمفيتامين"),
    ("pills", "pills of unstated kind", "حبوب غير محددة النوع"),
    ("all_drugs", "all drugs together", "جميع المواد"),
    ("other", "another drug", "مادة أخرى"),
)
