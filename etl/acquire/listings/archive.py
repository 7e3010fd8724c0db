"""Dead links: the newest copy of a page in the Wayback Machine.

https://archive.org/help/wayback_api.php
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from etl.acquire.failures import FetchError, failure
from etl.acquire.listings.links import web_address
from etl.acquire.listings.request import Get
from etl.acquire.media import JSON
from etl.decoding import NotTextError, decode
from etl.weburl import page_host

ADDRESS = "https://archive.org/wayback/available"
_COPY = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?://[^\s]+)\Z")


def lookup(url: str, get: Get, address: str = ADDRESS) -> str:
    """Return the address of the newest archived copy of a page as it was fetched then, or "".

    The address is in the archive's raw form (`.../20240101000000id_/https://...`): without the archive's own
    frame and rewritten links. Only copies that answered 200, lie at web.archive.org and are of the same host
    count. Raises FetchError if the archive can't be asked.
    """
    if not web_address(url):
        return ""
    try:
        answer = get(f"{address}?url={quote(url, safe='')}", accept=JSON)
    except FetchError as error:
        if error.permanent:  # it says nothing of the page, and may pass: a notice of maintenance, say
            raise failure("archive_refused", status=error.status, why=error.trouble.message) from error
        raise
    try:
        said = json.loads(decode(answer.body))
    except (ValueError, RecursionError, NotTextError):
        return ""
    for key in ("archived_snapshots", "closest"):
        said = said.get(key) if isinstance(said, dict) else None
    if not isinstance(said, dict) or said.get("available") is not True or str(said.get("status")) != "200":
        return ""
    copy = _COPY.match(str(said.get("url", "")))
    if not copy or not web_address(copy[2]) or _host(copy[2]) != _host(url):
        return ""
    return f"https://web.archive.org/web/{copy[1]}id_/{copy[2]}"


def _host(url: str) -> str:
    return page_host(url).partition(":")[0]  # the archive writes ":80" into old addresses
