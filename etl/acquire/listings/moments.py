"""When a listing says that a page was published, as far as it is to be believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from etl.acquire.listings.notes import Notes

_AHEAD = timedelta(days=1)  # clocks and time zones differ by hours; a day ahead is no news yet
_FIRST = datetime(
    1995, 1, 1, tzinfo=UTC
)  # the web's first news sites: before is a default such as 1970-01-01


def believed(moment: datetime | None, said: str, now: datetime, notes: Notes) -> datetime | None:
    """Return a stated time of publication in UTC, or None where it can't be.

    `said` are the listing's own words for it: words without a moment, a moment before 1995 or more than a day
    ahead of `now` are noted. Nothing said is nothing wrong.
    """
    if moment is None:
        if said.strip():
            notes.count("listing_date_unreadable", said.strip())
        return None
    try:
        moment = moment.astimezone(UTC)
    except (OverflowError, ValueError):
        moment = _FIRST - timedelta(days=1)
    if moment > now + _AHEAD:
        notes.count("listing_date_ahead", said.strip() or moment.isoformat())
        return None
    if moment < _FIRST:
        notes.count("listing_date_unreadable", said.strip() or moment.isoformat())
        return None
    return moment


def from_iso(said: str) -> datetime | None:
    """Read a W3C date (`2026-11-21`, `2026-11-21T10:00+03:00`); without a zone it is UTC."""
    text = said.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
