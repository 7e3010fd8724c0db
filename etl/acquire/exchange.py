"""One request and what comes back: what is sent along, and what is taken for an answer."""

from __future__ import annotations

import email.utils
import threading
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import httpx

from etl.acquire.decompress import body_of
from etl.acquire.failures import failure
from etl.acquire.media import ANYTHING, says_nothing, sniffed
from etl.acquire.records import Answer

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT = ("content-type", "etag", "last-modified", "content-language", "date")
_LONGEST_HEADER = 500  # characters of a header that is kept or sent
_LONGEST_LOCATION = 8000
_CODES = {
    401: "page_forbidden",
    403: "page_forbidden",
    404: "page_missing",
    410: "page_removed",
    429: "too_many_requests",
    451: "page_blocked_by_law",
}
_BUSY = (429, 503)
_LONGEST_RETRY_AFTER = 7 * 86_400.0  # seconds; a server that says more is asked again after a week


@dataclass(frozen=True, slots=True)
class Question:
    """What a caller of the client wants to have."""

    url: str
    etag: str = ""
    last_modified: str = ""
    accept: AbstractSet[str] = ANYTHING
    stop: threading.Event | None = None
    apart_s: float = 0.0

    @property
    def condition(self) -> Mapping[str, str]:
        """Headers that ask for a page only if it has changed."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value and _is_plain(value)}

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Accept": ", ".join([*sorted(self.accept), "*/*;q=0.1"]), **self.condition}


def target(url: httpx.URL, response: httpx.Response) -> str:
    """Where a redirect leads, not yet checked. Raises FetchError: `redirect_nowhere`, `url_unusable`."""
    raw = next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")
    if not raw:
        raise failure("redirect_nowhere", status=response.status_code)
    location = raw.decode("utf-8", errors="replace").strip()  # Arabic paths are often sent as they are
    try:
        return str(url.join(location[:_LONGEST_LOCATION]))
    except (httpx.InvalidURL, ValueError) as error:
        raise failure("url_unusable", why="it can't be read") from error


def judge(url: httpx.URL, response: httpx.Response, question: Question, now: datetime) -> None:
    """Raise FetchError unless the status is 200, or 304 where that was asked for."""
    status = response.status_code
    if status == 200 or (status == 304 and question.condition):
        return
    code = _CODES.get(status) or ("server_error" if status >= 500 else "status_unexpected")
    after = retry_after(response.headers, now) if status in _BUSY else None
    raise failure(code, status=status, retry_after=after, host=url.host)


def read(url: httpx.URL, response: httpx.Response, question: Question, now: datetime, largest: int) -> Answer:
    """Take the answer in. Raises FetchError: `content_type_unexpected` and those of `body_of`."""
    kept = {name: response.headers.get(name, "") for name in _KEPT}
    headers = {name: value for name, value in kept.items() if value and _is_plain(value)}
    body = b""
    if response.status_code == 200:
        told = headers.get("content-type", "").partition(";")[0].partition(",")[0].strip().lower()
        if not says_nothing(told):
            _accept(told, question.accept)
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > largest:
            raise failure("body_too_large", limit=largest)
        body = body_of(response.iter_raw(), response.headers.get("content-encoding", ""), largest)
        if says_nothing(told):
            headers["content-type"] = sniffed(body) or told or "application/octet-stream"
            _accept(headers["content-type"], question.accept)
    return Answer(question.url, str(url), response.status_code, now, body, MappingProxyType(headers))


def retry_after(headers: httpx.Headers, now: datetime) -> float | None:
    """Seconds that a server asks to be left alone, at most a week; None where it does not say.

    A number, or a date, which is compared with the server's own clock where it shows one.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), _LONGEST_RETRY_AFTER)
    until, by = _http_date(text), _http_date(headers.get("date", "")) or now
    if until is None:
        return None
    return min(max((until - by).total_seconds(), 0.0), _LONGEST_RETRY_AFTER)


def _is_plain(value: str) -> bool:
    return len(value) <= _LONGEST_HEADER and value.isascii() and value.isprintable()


def _accept(media_type: str, accept: AbstractSet[str]) -> None:
    if accept and media_type not in accept:
        raise failure("content_type_unexpected", found=media_type[:100])


def _http_date(text: str) -> datetime | None:
    try:
        found = email.utils.parsedate_to_datetime(text[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
