"""Why a page could not be fetched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from etl.acquire.troubles import is_permanent, trouble

_AGAIN = {
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

    def __init__(
        self, code: str, url: str = "", *, status: int = 0, retry_after: float | None = None, **words: Any
    ) -> None:
        self.trouble = trouble(code, url, **words)
        self.status = status
        self.retry_after = retry_after
        super().__init__(self.trouble.message)

    @property
    def permanent(self) -> bool:
        """Whether asking again on another day will not help."""
        return is_permanent(self.trouble.code)

    @property
    def passing(self) -> bool:
        """Whether asking again within seconds may help."""
        return self.trouble.code in _AGAIN

    def at(self, url: str) -> FetchError:
        """The same error, its trouble named at `url` where it has no place yet."""
        if not self.trouble.url:
            self.trouble = replace(self.trouble, url=url)
        return self
