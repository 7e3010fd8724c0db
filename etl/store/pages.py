"""Web pages: who listed them, and what is to be done with them next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select, update

from etl.acquire.records import Listed
from etl.store.columns import storable
from etl.store.inserts import insert
from etl.store.records import Asked, Due
from etl.store.tables import documents, listings, pages
from etl.weburl import normal_url, url_key

T = TypeVar("T")

LISTED_AGAIN = timedelta(days=1)
"""A page that was given up so long ago, and is listed still, is asked for again."""
_CHUNK = 500  # keys in one question: SQLite takes up to 32,766 parameters, older ones 999
_NEW = {"state": "pending", "version": 0, "attempts": 0, "etag": "", "last_modified": "", "archive_url": ""}


def key_sha256(url: str) -> str:
    """The checksum that a page is known by, hexadecimal."""
    return hashlib.sha256(url_key(storable(url)).encode()).hexdigest()


def note_listed(
    connection: Connection, source_id: str, items: Sequence[tuple[Listed, bool, str]], now: datetime
) -> int:
    """Note what a source lists: (item, looks relevant, why). Returns how many it never listed before.

    What is known stays as it is, except that a page which looked irrelevant may turn relevant, and that one
    which was given up is pending again.
    """
    found: dict[str, tuple[Listed, bool, str]] = {}
    for listed, relevant, reason in items:
        key = key_sha256(listed.url)
        if key not in found or (relevant and not found[key][1]):
            found[key] = (found[key][0] if key in found else listed, relevant, reason)
    ids = _page_ids(connection, found)
    rows = [
        row
        for chunk in _chunks(sorted(ids.values()))
        for row in connection.execute(
            select(listings.c.page_id, listings.c.relevant, _given_up(now).label("given_up"))
            .select_from(listings.join(pages))
            .where(listings.c.source_id == source_id, listings.c.page_id.in_(chunk))
        )
    ]
    known = {row.page_id: row.relevant for row in rows}
    for chunk in _chunks([row.page_id for row in rows if row.given_up]):
        connection.execute(update(pages).where(pages.c.id.in_(chunk)).values(state="pending"))
    fresh = [
        _listing(*item) | _where(source_id, ids[key], now)
        for key, item in found.items()
        if ids[key] not in known
    ]
    if fresh:
        connection.execute(insert(connection, listings).on_conflict_do_nothing(), fresh)
    for key, (_, relevant, reason) in found.items():
        if relevant and known.get(ids[key]) is False:
            is_it = (listings.c.source_id == source_id) & (listings.c.page_id == ids[key])
            connection.execute(update(listings).where(is_it).values(relevant=True, reason=reason))
    return len(fresh)


def _given_up(now: datetime) -> ColumnElement[bool]:
    """Pages that were given up long enough ago, or by a clock that ran ahead."""
    long_ago = or_(pages.c.tried_at <= now - LISTED_AGAIN, pages.c.tried_at > now)
    return and_(pages.c.state == "gave_up", long_ago)


def page_id(connection: Connection, asked: Asked) -> int:
    """The page of an address, which counts as listed and relevant from now on where nobody listed it."""
    key = key_sha256(asked.url)
    found = _page_ids(connection, [key])[key]
    row = _listing(Listed(asked.url), True, "") | _where(asked.source_id, found, asked.at)
    connection.execute(insert(connection, listings).values(row).on_conflict_do_nothing())
    return found


def due(connection: Connection, source_id: str, now: datetime, limit: int, *, whatever: bool) -> list[Due]:
    """Relevant pages of a source that should be asked for now: the newest first, then by address.

    What was planned by a clock that ran ahead, and has been set back since, is due at once; `whatever` became
    of them, all are.
    """
    ahead = pages.c.tried_at > now
    todo = or_(
        pages.c.state == "pending",
        and_(pages.c.state.in_(("failed", "refused")), or_(pages.c.next_attempt <= now, ahead)),
        and_(
            pages.c.state == "fetched",
            or_(pages.c.revisit_at <= now, and_(pages.c.revisit_at.is_not(None), ahead)),
        ),
        literal(whatever),
    )
    return _due(connection, _of_source(source_id).where(listings.c.relevant, todo).limit(limit))


def dead(connection: Connection, source_id: str, now: datetime, limit: int) -> list[Due]:
    """Pages of a source that are gone from the web, and to be looked up in the web archive: for the first
    time, or again where it could not be asked."""
    ahead = and_(pages.c.next_attempt.is_not(None), pages.c.archive_tried > now)
    gone = and_(
        pages.c.state == "dead", or_(pages.c.archive_tried.is_(None), pages.c.next_attempt <= now, ahead)
    )
    return _due(connection, _of_source(source_id).where(listings.c.relevant, gone).limit(limit))


def waiting(connection: Connection) -> dict[str, int]:
    """By source how many of its relevant pages failed and will be asked for again."""
    rows = connection.execute(
        select(listings.c.source_id, func.count())
        .select_from(listings.join(pages))
        .where(listings.c.relevant, pages.c.state.in_(("failed", "refused")))
        .group_by(listings.c.source_id)
    )
    return {row[0]: row[1] for row in rows}


def note_archive(
    connection: Connection, url: str, snapshot: str, now: datetime, next_attempt: datetime | None
) -> None:
    """Note what the web archive has of a page: the address of its copy, "" where there is none or it could
    not be had; with a `next_attempt` it is looked up again."""
    found = {"archive_tried": now, "archive_url": snapshot, "next_attempt": next_attempt}
    if next_attempt:
        found["attempts"] = pages.c.attempts + 1
    connection.execute(update(pages).where(pages.c.key_sha256 == key_sha256(url)).values(found))


def _of_source(source_id: str) -> Select[*tuple[Any, ...]]:
    newest = and_(documents.c.page_id == pages.c.id, documents.c.version == pages.c.version)
    return (
        select(
            listings.c.url,
            pages.c.state,
            pages.c.attempts,
            pages.c.tried_at,
            pages.c.etag,
            pages.c.last_modified,
            listings.c.source_id,
            listings.c.first_seen,
            documents.c.id.label("document_id"),
        )
        .select_from(listings.join(pages).outerjoin(documents, newest))
        .where(listings.c.source_id == source_id)
        .order_by(listings.c.published.desc().nulls_last(), listings.c.url)
    )


def _due(connection: Connection, wanted: Select[*tuple[Any, ...]]) -> list[Due]:
    return [
        Due(
            row.source_id,
            row.url,
            url_key(row.url),
            row.attempts,
            row.document_id,
            row.etag,
            row.last_modified,
            row.first_seen,
            row.tried_at,
            row.state == "refused",
        )
        for row in connection.execute(wanted)
    ]


def _page_ids(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The ids of pages by their keys; unknown ones are made."""
    keys = sorted(keys)  # in one order, so that two writers can't wait for each other
    found = _known_ids(connection, keys)
    unknown = [key for key in keys if key not in found]
    if unknown:
        rows = [{"key_sha256": key, **_NEW} for key in unknown]
        connection.execute(insert(connection, pages).on_conflict_do_nothing(), rows)
        found |= _known_ids(connection, unknown)
    return found


def _known_ids(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    columns = select(pages.c.key_sha256, pages.c.id)
    return {
        row.key_sha256: row.id
        for chunk in _chunks(keys)
        for row in connection.execute(columns.where(pages.c.key_sha256.in_(chunk)))
    }


def _where(source_id: str, page: int, now: datetime) -> dict[str, object]:
    return {"source_id": source_id, "page_id": page, "first_seen": now}


def _listing(listed: Listed, relevant: bool, reason: str) -> dict[str, object]:
    return {
        "url": normal_url(listed.url),
        "title": listed.title,
        "language": listed.language,
        "published": listed.published,
        "relevant": relevant,
        "reason": reason,
    }


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
