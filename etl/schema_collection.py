"""How the collection went: what was fetched of each source on each day, and when the list of sources changed.

Both tables are empty while nothing was collected by program. They say how much of a rise or a gap may come
from collecting, not from the events.
"""

from __future__ import annotations

from etl import schema_codes as c
from etl.schema_types import Field, Table

_SOURCE = r"[a-z0-9][a-z0-9_-]*"

# fmt: off
COVERAGE = Table(
    name="coverage",
    en="What was collected: one row per source and day on which it was asked, or pages of it were",
    ar="التغطية: ما جُمع من كل مصدر في كل يوم",
    fields=(
        Field("source", "text", "Source, as in data/sources.toml", "المصدر", required=True, pattern=_SOURCE),
        Field("day", "date", "Day of the collection (UTC)", "اليوم", required=True),
        Field("listed", "integer", "Pages that the source listed for the first time", "صفحات مدرجة لأول مرة",
              required=True, minimum=0),
        Field("relevant", "integer", "Of these, pages whose title or summary may tell of a seizure",
              "صفحات يُحتمل أن تتناول ضبطية", required=True, minimum=0),
        Field("fetched", "integer", "Pages fetched: new ones, and new versions of known ones",
              "صفحات جُلبت", required=True, minimum=0),
        Field("claims", "integer",
              "Reports of seizures and totals that a machine read in pages fetched on that day; for a table, "
              "its rows", "أخبار مستخرجة", required=True, minimum=0),
        Field("failed", "integer", "Pages that could not be fetched, at the last attempt", "صفحات تعذر جلبها",
              required=True, minimum=0),
        Field("answered", "text",
              "Whether the source itself could be had and read: its listing or, of a table, its page. Blank: "
              "it was not asked, or that was not noted yet", "هل أجاب المصدر نفسه", codes=c.ANSWERED),
    ),
    primary_key=("source", "day"),
)

SOURCE_CHANGES = Table(
    name="source_changes",
    en="When the list of sources changed; the first day is the day on which collection by program began",
    ar="تغييرات قائمة المصادر",
    fields=(
        Field("day", "date", "Day of the first collection with the changed list (UTC)", "اليوم",
              required=True),
        Field("source", "text", "Source, as in data/sources.toml", "المصدر", required=True, pattern=_SOURCE),
        Field("change", "text", "What happened to it", "التغيير", codes=c.SOURCE_CHANGE, required=True),
    ),
    primary_key=("day", "source", "change"),
)
