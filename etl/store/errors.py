"""What can be wrong with the database itself, in plain words (`acquire_codes.toml`, codes `store_...`)."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from etl.acquire.troubles import trouble

_OF_SQLITE = {  # primary result codes, https://sqlite.org/rescode.html
    sqlite3.SQLITE_BUSY: "store_locked",
    sqlite3.SQLITE_LOCKED: "store_locked",
    sqlite3.SQLITE_FULL: "store_disk_full",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_PERM: "store_read_only",
    sqlite3.SQLITE_CORRUPT: "store_corrupt",
    sqlite3.SQLITE_NOTADB: "store_corrupt",
    sqlite3.SQLITE_CANTOPEN: "store_cannot_open",
    sqlite3.SQLITE_IOERR: "store_disk_error",
}
_OF_POSTGRESQL = {  # SQLSTATE or its class, https://www.postgresql.org/docs/current/errcodes-appendix.html
    "55P03": "store_locked",
    "40P01": "store_locked",
    "40001": "store_locked",
    "53100": "store_disk_full",
    "25006": "store_read_only",
    "42501": "store_read_only",
    "58030": "store_disk_error",
    "XX001": "store_corrupt",
    "XX002": "store_corrupt",
    "3D000": "store_cannot_open",
    "08": "store_cannot_open",
    "28": "store_cannot_open",
    "53": "store_cannot_open",
    "57": "store_cannot_open",
}
_UNKNOWN = "store_unusable"
_OF_SYSTEM = {
    errno.ENOSPC: "store_disk_full",
    errno.EDQUOT: "store_disk_full",
    errno.EROFS: "store_read_only",
    errno.EACCES: "store_read_only",
    errno.EPERM: "store_read_only",
}


class TrackerError(Exception):
    """The store can't be used; the message says what is wrong, where, and what to do. `code` is that of
    `acquire_codes.toml`."""

    def __init__(self, code: str, where: str, **words: Any) -> None:
        super().__init__(trouble(code, where=where, **words).message)
        self.code = code


@contextmanager
def plain_words(where: str) -> Iterator[None]:
    """Turn what a database or disk refuses into a TrackerError. Faults of the program pass as they are."""
    try:
        yield
    except NoConnectionFree as error:
        raise TrackerError("store_locked", where) from error
    except DBAPIError as error:
        is_operational = isinstance(error, OperationalError)
        code = _code(error.orig, is_operational=is_operational)
        if not code and not is_operational:
            raise
        raise TrackerError(code or _UNKNOWN, where, said=_first_line(error.orig)) from error
    except sqlite3.Error as error:
        code = _code(error, is_operational=False) or _UNKNOWN
        raise TrackerError(code, where, said=_first_line(error)) from error
    except OSError as error:
        code = _OF_SYSTEM.get(error.errno or 0, "store_disk_error")
        raise TrackerError(code, where, said=error.strerror or str(error)) from error


def _code(error: BaseException | None, *, is_operational: bool) -> str:
    if isinstance(error, sqlite3.Error):
        return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "")
    state = getattr(error, "sqlstate", None)
    if state is None:  # no server said anything: there was none, or it went away
        return "store_cannot_open" if is_operational else ""
    return _OF_POSTGRESQL.get(state) or _OF_POSTGRESQL.get(state[:2], "")


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).strip().splitlines()), "no reason given")
