"""How to cite a release or one seizure, and where to report an error in it."""

from __future__ import annotations

import logging
import os
from datetime import date
from urllib.parse import quote, urlsplit, urlunsplit

import flask
from babel.dates import format_date

from dashboard.i18n import locale, t
from dashboard.release import Snapshot

log = logging.getLogger(__name__)

REPORT_ENV = "CAPTAGON_REPORT_TO"
"""Where errors are reported: `mailto:curator@example.org` or the address of an issue form."""
BASE_ENV = "CAPTAGON_BASE_URL"
"""Public address of the dashboard, for links in citations and downloads."""
MAX_BODY = 1500
_FORMS = {"mailto": ("subject", "body"), "https": ("title", "body"), "http": ("title", "body")}


def base_url() -> str:
    """The public address without a closing slash: the configured one, else the one that the reader asked."""
    configured = os.environ.get(BASE_ENV, "").strip()
    asked = flask.request.host_url if flask.has_request_context() else ""
    return (configured or asked).rstrip("/")


def long_day(day: date, lang: str = "en") -> str:
    """21 November 2026, as citations have it."""
    return str(format_date(day, "d MMMM y", locale=locale(lang)))


def cite_release(
    snapshot: Snapshot,
    accessed: date | None,
    lang: str = "en",
    query: str = "",
    *,
    base: str = "",
    read: str = "",
) -> str:
    """The whole release, or a view of it. `accessed` None: the reader fills in the day.

    `read` is that of the filters: a view says whether it holds what nobody has reviewed.
    """
    where = f"{base or base_url()}/" + (f"?{query}" if query else "")
    return t(
        "cite.release",
        lang=lang,
        read=t(f"read.cite.{read}", lang=lang) if read else "",
        release=snapshot.label,
        complete_to=long_day(snapshot.data_complete_to, lang),
        url=where,
        accessed=long_day(accessed, lang) if accessed else t("cite.fill_in_day", lang=lang),
    )


def cite_event(event_id: str, title: str, snapshot: Snapshot, accessed: date, lang: str = "en") -> str:
    """One seizure, with the release that the reader saw."""
    return t(
        "cite.event",
        lang=lang,
        event_id=event_id,
        title=title,
        release=snapshot.label,
        url=f"{base_url()}/event/{event_id}",
        accessed=long_day(accessed, lang),
    )


def report_error(event_id: str, snapshot: Snapshot, lang: str = "en") -> str:
    """A link that opens a mail or an issue with id and release filled in; "" where none is set."""
    target = os.environ.get(REPORT_ENV, "").strip()
    if not target:
        return ""
    parts = urlsplit(target)
    subject = t("report.subject", lang=lang, event_id=event_id, release=snapshot.label)
    body = t(
        "report.body",
        lang=lang,
        event_id=event_id,
        release=snapshot.label,
        url=f"{base_url()}/event/{event_id}",
    )
    names = {"mailto": ("subject", "body"), "https": ("title", "body"), "http": ("title", "body")}.get(
        parts.scheme
    )
    if names is None:
        log.warning("%s=%s is neither mailto: nor http(s):", REPORT_ENV, target)
        return ""
    filled = "&".join(
        f"{name}={quote(text, safe='')}" for name, text in zip(names, (subject, body[:MAX_BODY]), strict=True)
    )
    query = f"{parts.query}&{filled}" if parts.query else filled
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))
