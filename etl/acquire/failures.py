"""Why a page could not be fetched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from etl.acquire.records import Trouble
from etl.acquire.troubles import is_permanent, trouble

LONGEST_URL = 2000
"""Characters. Browsers and archives carry no more; longer ones are traps or tracking."""

_PASSING = {
    "name_lookup_failed",
    "connection_failed",
    "no_answer_in_time",
    "connection_lost",
    "answer_cut_short",
    "answer_malformed",
    "server_error",
    "too_many_requests",
}


class FetchError(Exception):
    """A page that was not fetched.

    `trouble` says why, in words. `status` is the server's status code, 0 where it gave none. `retry_after` is
    for how many seconds the server asked to be left alone, None where it did not.
    """

    def __init__(self, trouble: Trouble, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(trouble, status, retry_after)
        self.trouble = trouble
        self.status = status
        self.retry_after = retry_after

    def __str__(self) -> str:
        return self.trouble.message

    @property
    def permanent(self) -> bool:
        """Whether asking again on another day will not help."""
        return is_permanent(self.trouble.code)

    @property
    def passing(self) -> bool:
        """Whether asking again within seconds may help."""
        return self.trouble.code in _PASSING

    def at(self, url: str) -> FetchError:
        """The same, said of the page that was asked for, wherever on the way to it the trouble lay."""
        return FetchError(replace(self.trouble, url=url[:LONGEST_URL]), self.status, self.retry_after)


def failure(code: str, *, status: int = 0, retry_after: float | None = None, **words: Any) -> FetchError:
    """The error of a code of `acquire_codes.toml`, its sentence filled in."""
    return FetchError(trouble(code, status=status, **words), status, retry_after)
