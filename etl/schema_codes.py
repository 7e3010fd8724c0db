"""The code lists of the published columns: one list a column, labelled in English and Arabic.

Arabic terms follow the glossary of the project (ضبطية, حبة, منفذ حدودي ...), not a dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping

from etl.schema_types import Code, codes
from etl.vocabulary import Label, labels, load
from etl.vocabulary.agencies import authority_labels
from etl.vocabulary.drugs import drugs
from etl.vocabulary.flags import flag_labels
from etl.vocabulary.forms import form_labels
from etl.vocabulary.groups import all_labels
from etl.vocabulary.scopes import all_labels as scope_labels
from geo.border import sectors


def _labelled(words: Mapping[str, Label]) -> tuple[Code, ...]:
    """A code list whose words lie in a vocabulary file."""
    return tuple(Code(value, label.en, label.ar) for value, label in words.items())


_GROUPS = all_labels()
DRUG = tuple(Code(drug.code, drug.en, drug.ar) for drug in drugs().values())
FORM = _labelled(form_labels())
TRANSPORT = _labelled(_GROUPS["transport"])
METHOD_GROUP = _labelled(_GROUPS["method_group"])
SITE_TYPE = _labelled(_GROUPS["site_type"])
CONCEALMENT_GROUP = _labelled(_GROUPS["concealment_group"])
AGGREGATE_KIND = _labelled(scope_labels()["kind"])
SCOPE_KIND = _labelled(scope_labels()["scope_kind"])
DRUG_SCOPE = _labelled(scope_labels()["drug_scope"])
AUTHORITY = _labelled(authority_labels())
PARTNER_ROLE = _labelled(labels(load("partner_roles")["role"]))
BORDER_SECTOR = tuple(Code(sector.code, sector.name_en, sector.name_ar) for sector in sectors())

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
EVIDENCE = codes(
    ("official_text", "official statement read", "بيان رسمي"),
    ("several_origins", "several independent origins", "مصادر أصلية مستقلة"),
    ("one_origin", "one origin", "مصدر واحد"),
    ("recalled_only", "only recalled in later reports", "وردت في أخبار لاحقة فقط"),
    ("weak", "weak reports only", "أخبار ضعيفة فقط"),
)
NOT_COUNTED = codes(
    ("claim_of_site", "a site that is only alleged", "موقع مزعوم فقط"),
    (
        "parts_unknown",
        "a joint announcement whose seizures may be listed already",
        "إعلان مجمّع قد تكون ضبطياته مدرجة",
    ),
    ("machine_read", "read by a machine and not yet reviewed", "مستخرجة آلياً ولم تُراجع بعد"),
)
EVENT_FLAGS = codes(
    (
        "figures_differ",
        "The highest reported figure is at least 1.5 times the lowest.",
        "تباين الأرقام بين المصادر.",
    ),
    (
        "outlier_figure",
        "A figure over 3 times off the other origins was set aside.",
        "استُبعد رقم بعيد عن المصادر الأخرى.",
    ),
    ("count_grew", "An earlier count grew later; the later one stands.", "ارتفع العدد لاحقاً واعتُمد الأحدث."),
    ("drugs_differ", "The reports name different drugs.", "تسمّي الأخبار مواد مختلفة."),
    (
        "dates_differ",
        "The reports' own days lie more than 3 days apart.",
        "تتباعد تواريخ الأخبار أكثر من ثلاثة أيام.",
    ),
    ("places_differ", "The reports name places that exclude each other.", "تذكر الأخبار أماكن متعارضة."),
    ("possible_duplicate", "May be the same seizure as another event.", "تكرار محتمل."),
    ("bundle", "Several seizures announced together.", "إعلان مجمّع لعدة ضبطيات."),
    ("undated", "No report gives a date.", "غير مؤرَّخ."),
    ("recalled_only", "Only recalled in later reports.", "وردت في أخبار لاحقة فقط."),
    ("weak_sources", "Rests on weak reports only.", "تستند إلى أخبار ضعيفة فقط."),
)
FLAG = _labelled(flag_labels()) + EVENT_FLAGS
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
ANSWERED = codes(
    ("yes", "at each look", "في كل مرة"),
    ("partly", "at one look, not at another", "في مرة دون أخرى"),
    ("no", "at no look: an outage, of the source or of the way to it", "لم يُجب في أي مرة: انقطاع"),
)
SOURCE_CHANGE = codes(
    ("added", "joined the list", "أضيف إلى القائمة"),
    ("removed", "left the list", "حُذف من القائمة"),
    ("changed", "is asked for something else than before", "تغيّر ما يُطلب منه"),
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
