"""What was collected of each source on each day, counted from the pages themselves, not from the log, and
whether it could be had, kept by day.

So a run that was killed and repeated at the same time counts as one that was not, and nothing is lost where
old log lines are forgotten.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import Connection, Date, Select, func, select

from etl.records import CoverageRow
from etl.store.tables import documents, listings, looks, pages

_FAILED = ("failed", "refused", "gave_up", "dead")
_ANSWERED = {(True, False): "yes", (True, True): "partly", (False, True): "no"}
"""By what is kept of a day: an answer at one look at least, none at one at least."""
_Counts = Counter[tuple[str, date]]


def coverage(connection: Connection) -> list[CoverageRow]:
    """One row for each source and day (UTC) with anything to count, sorted.

    `listed`, `relevant`: pages that the source named on that day for the first time. `fetched`: pages that it
    names at any time of which a new version came that day. `failed`: relevant pages whose last attempt was on
    that day and failed. `answered`: whether the source itself could be had.
    """
    seen = func.date(listings.c.first_seen, type_=Date)
    fetched = func.date(documents.c.fetched_at, type_=Date)
    tried = func.date(pages.c.tried_at, type_=Date)
    listed = _counts(
        connection,
        select(listings.c.source_id, seen, func.count()).group_by(listings.c.source_id, seen),
    )
    relevant = _counts(
        connection,
        select(listings.c.source_id, seen, func.count())
        .where(listings.c.relevant)
        .group_by(listings.c.source_id, seen),
    )
    new = _counts(
        connection,
        select(listings.c.source_id, fetched, func.count(documents.c.page_id.distinct()))
        .select_from(listings.join(documents, documents.c.page_id == listings.c.page_id))
        .group_by(listings.c.source_id, fetched),
    )
    failed = _counts(
        connection,
        select(listings.c.source_id, tried, func.count())
        .select_from(listings.join(pages))
        .where(listings.c.relevant, pages.c.state.in_(_FAILED))
        .group_by(listings.c.source_id, tried),
    )
    answered = {
        (row.source_id, row.day): _ANSWERED[row.answered, row.failed]
        for row in connection.execute(select(looks))
    }
    return [
        CoverageRow(
            source_id=key[0],
            day=key[1],
            listed=listed[key],
            relevant=relevant[key],
            fetched=new[key],
            failed=failed[key],
            answered=answered.get(key, ""),
        )
        for key in sorted(listed.keys() | new.keys() | failed.keys() | answered.keys())
    ]


def _counts(connection: Connection, wanted: Select[str, date, int]) -> _Counts:
    return _Counts({(source_id, day): number for source_id, day, number in connection.execute(wanted)})
